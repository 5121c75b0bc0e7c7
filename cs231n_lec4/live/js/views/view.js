// The live picture of a graph: sliders below, and numbers that move as the hand moves.

import { mountBackward } from "../panels/backward.js";
import { mountChoices } from "../quiz/choices.js";
import { mountControls, numberBox, tellProblem, withoutControls } from "../panels/controls.js";
import { mountDrawing, spokenPicture } from "../graph/drawing.js";
import { mountEntries } from "../graph/entries.js";
import { mountGate } from "../panels/gate.js";
import { mountGrabs } from "../graph/grab.js";
import { mountHeld } from "../panels/held.js";
import { mountJacobian } from "../panels/jacobian.js";
import { mountQuiz } from "../quiz/quiz.js";
import { mountView, whenResting } from "../core/mount_view.js";
import { element } from "../core/page_parts.js";
import { startSession } from "../graph/session.js";
import { mountSteps } from "../panels/steps.js";
import { writeChanges } from "../graph/changes.js";
import { showNumbers, writeTexts } from "../graph/wires.js";

const PANELS = {
  backward: mountBackward,
  gate: mountGate,
  jacobian: mountJacobian,
  nudge: mountHeld,
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

function buildGraph(model, words, show, signal) {
  const session = startSession(model, signal);
  const { settings } = session;
  const drawing = mountDrawing(session, model.get("pictures"), settings.fold ?? [], words);
  const controls = inputControls(session, words);
  const boxOf = (control) => numberBox(control, words);
  const grabs = settings.grab ? mountGrabs(session, boxOf, words) : null;
  const passOn = (/** @type {any} */ { detail }) => tellProblem(controls.root, detail);
  drawing.root.addEventListener("problem", passOn);
  const panels = settings.panels.map((name) => PANELS[name](session, words));
  const nameless = element("p", { class: "nameless", role: "status" });
  const bars = panels.filter((panel) => panel.isBar);
  const others = panels.filter((panel) => !panel.isBar);
  const showWires = (wires) => {
    showNumbers(session, wires);
    panels.forEach((panel) => panel.show());
    if (grabs) writeChanges(session, session.wiresInSight());
    writeTexts(session.wiresInSight());
  };
  session.onMove(session.flow.finish); // a bead would carry a number of before
  session.onMove(show);
  if (!session.program) followKernel(session, show, controls.root, words);
  return {
    parts: [nameless, ...[drawing, ...bars, controls, ...others].map((part) => part.root)],
    show() {
      nameless.textContent = model.get("nameless") ? words.nameless : "";
      showWires(session.wiresInSight());
      controls.show();
      markPython(session);
      grabs?.show();
      drawing.describeFirst();
    },
    said() {
      if (session.wiresInSight().length < session.wires.length) showWires(session.wires);
      drawing.describe();
      return spoken(session, panels, words);
    },
    keys: (event) => panels.forEach((panel) => panel.keys?.(event)),
  };
}

function inputControls(session, words) {
  const { python } = session.settings;
  if (python && session.model.saved) return withoutControls(python.text);
  return mountControls(session.controls, session.reset, words);
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
