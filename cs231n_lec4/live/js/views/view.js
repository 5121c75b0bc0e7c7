// The live picture of a graph: sliders below, and numbers that move as the hand moves.

import { mountChoices } from "../panels/choices.js";
import { mountControls, tellProblem } from "../panels/controls.js";
import { mountDrawing, spokenPicture } from "../graph/drawing.js";
import { mountEntries } from "../graph/entries.js";
import { mountGate } from "../panels/gate.js";
import { keepKeys, takeKeys } from "../core/keys.js";
import { mountNudge } from "../panels/nudge.js";
import { element } from "../core/page_parts.js";
import { mountQuiz } from "../panels/quiz.js";
import { mountScene } from "../core/hall_keys.js";
import { startSession } from "../graph/session.js";
import { mountSteps } from "../panels/steps.js";
import { showNumbers, writeTexts } from "../graph/wires.js";

const PANELS = {
  gate: mountGate,
  nudge: mountNudge,
  steps: mountSteps,
  quiz: mountQuiz,
  choices: mountChoices,
  entries: mountEntries,
};
const REST = 600; // milliseconds without a move, then all is brought up to date and spoken
const PATIENCE = 4000; // milliseconds that the kernel may take for an answer

export function render({ model, el }) {
  const session = startSession(model);
  const words = model.get("words");
  const settings = (session.settings = model.get("settings"));
  session.nodeNames = model.get("names");
  const drawing = mountDrawing(session, model.get("pictures"), settings.fold ?? [], words);
  const controls = mountControls(session, words);
  const panels = settings.panels.map((name) => PANELS[name](session, words));
  const said = element("p", { class: "only-heard", "aria-live": "polite" });
  const parts = [controls.root, ...panels.map((panel) => panel.root)];
  if (settings.panels.includes("steps")) parts.push(parts.shift());
  const root = element("div", rootAttributes(settings, words), drawing.root, ...parts, said);
  el.replaceChildren(root);

  const rest = whenResting(REST);
  const showWires = (wires) => {
    showNumbers(session, wires);
    panels.forEach((panel) => panel.show());
    writeTexts(session.wiresInSight());
  };
  const show = () => {
    const near = session.wiresInSight();
    showWires(near);
    controls.show();
    rest(() => {
      if (near.length < session.wires.length) showWires(session.wires);
      drawing.describe();
      said.textContent = spoken(session, panels, words);
    });
  };
  session.onMove(show);
  if (!session.program) followKernel(session, show, controls.root, words);
  keepKeys(root, (event) => panels.forEach((panel) => panel.keys?.(event)));
  show();
  drawing.describe();
  if (settings.class_mode) {
    takeKeys(root);
    mountScene(root);
  }
  return session.stop;
}

function rootAttributes(settings, words) {
  const kind = settings.class_mode ? " for-class" : "";
  const name = `cs231n-live palette-${settings.palette}${kind}`;
  return { class: name, role: "group", "aria-label": words.view, tabindex: "-1" };
}

// Numbers that only Python can compute come as frames.
function followKernel(session, show, place, words) {
  const late = whenResting(PATIENCE);
  session.ask = () => late(() => tellProblem(place, words.waiting));
  session.listen("change:frame", () => {
    late(() => {});
    tellProblem(place, "");
    show();
  });
}

// What a screen reader hears when the hand rests.
function spoken(session, panels, words) {
  const special = panels.map((panel) => panel.said?.()).filter(Boolean);
  return special.length ? special.join(" ") : spokenPicture(session, words);
}

function whenResting(milliseconds) {
  let timer = 0;
  return (then) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}

export default { render };
