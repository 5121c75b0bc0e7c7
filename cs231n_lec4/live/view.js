// The live picture of a graph: sliders below, and numbers that move as the hand moves.

import { mountChoices } from "./choices.js";
import { mountControls } from "./controls.js";
import { element } from "./page_parts.js";
import { mountGate } from "./gate.js";
import { mountDrawing } from "./drawing.js";
import { mountNudge } from "./nudge.js";
import { mountQuiz } from "./quiz.js";
import { startSession } from "./session.js";
import { mountSteps } from "./steps.js";
import { showNumbers } from "./wires.js";

const PANELS = { gate: mountGate, nudge: mountNudge, steps: mountSteps, quiz: mountQuiz, choices: mountChoices };

export function render({ model, el }) {
  const session = startSession(model);
  const words = model.get("words");
  const settings = model.get("settings");
  const drawing = mountDrawing(session, model.get("pictures"), settings.fold ?? [], words);
  session.settings = settings;
  session.nodeNames = model.get("names");

  const controls = mountControls(session, words);
  const panels = settings.panels.map((name) => PANELS[name](session, words));
  const said = element("p", { class: "only-heard", "aria-live": "polite" });
  const root = element(
    "section",
    {
      class: `cs231n-live palette-${settings.palette}${settings.class_mode ? " for-class" : ""}`,
      "aria-label": words.view,
    },
    drawing.root,
    ...(settings.panels.includes("steps") ? [] : [controls.root]),
    ...panels.map((panel) => panel.root),
    ...(settings.panels.includes("steps") ? [controls.root] : []),
    said,
  );
  el.replaceChildren(root);

  const show = () => {
    showNumbers(session);
    controls.show();
    panels.forEach((panel) => panel.show());
    rest(() => (said.textContent = spoken(session, panels)));
  };
  const rest = whenResting(600);
  session.onMove(show);
  session.listen("change:frame", show);
  root.addEventListener("keydown", (event) => {
    // Plain keys are ours: JupyterLab would move its cursor at an arrow, and delete the cell at "d d".
    if (!(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
    panels.forEach((panel) => panel.keys?.(event));
  });
  show();
  return session.stop;
}

// What a screen reader hears when the hand rests.
function spoken(session, panels) {
  const special = panels.map((panel) => panel.said?.()).filter(Boolean);
  if (special.length) return special.join(" ");
  return session.wires
    .filter((wire) => wire.role === "wire")
    .map((wire) => `${wire.name}: ${wire.values[0]?.textContent}, ${wire.gradients[0]?.textContent}`)
    .join("; ");
}

function whenResting(milliseconds) {
  let timer = 0;
  return (then) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
}

export default { render };
