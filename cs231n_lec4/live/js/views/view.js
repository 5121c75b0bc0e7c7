// The live picture of a graph: sliders below, and numbers that move as the hand moves.

import { mountChoices } from "../panels/choices.js";
import { mountControls, tellProblem, withoutControls } from "../panels/controls.js";
import { mountDrawing, spokenPicture } from "../graph/drawing.js";
import { mountEntries } from "../graph/entries.js";
import { mountGate } from "../panels/gate.js";
import { mountNudge } from "../panels/nudge.js";
import { mountQuiz } from "../panels/quiz.js";
import { mountView, whenResting } from "../core/mount_view.js";
import { element } from "../core/page_parts.js";
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
const PATIENCE = 4000; // milliseconds that the kernel may take for an answer

export function render({ model, el }) {
  const { palette } = model.get("settings");
  return mountView({ model, el }, `palette-${palette}`, ["nameless"], buildGraph);
}

function buildGraph(model, words, show) {
  const session = startSession(model);
  const { settings } = session;
  const drawing = mountDrawing(session, model.get("pictures"), settings.fold ?? [], words);
  const controls = inputControls(session, words);
  const panels = settings.panels.map((name) => PANELS[name](session, words));
  const nameless = element("p", { class: "nameless", role: "status" });
  const below = [controls.root, ...panels.map((panel) => panel.root)];
  if (settings.panels.includes("steps")) below.push(below.shift());
  const showWires = (wires) => {
    showNumbers(session, wires);
    panels.forEach((panel) => panel.show());
    writeTexts(session.wiresInSight());
  };
  session.onMove(show);
  if (!session.program) followKernel(session, show, controls.root, words);
  return {
    parts: [nameless, drawing.root, ...below],
    show() {
      nameless.textContent = model.get("nameless") ? words.nameless : "";
      showWires(session.wiresInSight());
      controls.show();
      markPython(session);
      drawing.describeFirst();
    },
    said() {
      if (session.wiresInSight().length < session.wires.length) showWires(session.wires);
      drawing.describe();
      return spoken(session, panels, words);
    },
    keys: (event) => panels.forEach((panel) => panel.keys?.(event)),
    stop: session.stop,
  };
}

function inputControls(session, words) {
  const { python } = session.settings;
  if (python && session.model.saved) return withoutControls(python.text);
  const controls = session.controls.map((control) => ({
    ...control,
    get: () => session.get(control),
    set: (value) => session.set(control, value),
  }));
  return mountControls(controls, session.reset, words);
}

/**
 * The gate at which a saved page ends.
 * @param {any} session
 */
function markPython({ settings, model, parts, boxOf }) {
  if (settings.python && model.saved)
    parts.get(`g${boxOf(settings.python.node)}`)?.classList.add("by-python");
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

export default { render };
