// One gate from close: its formula forward, and for each input upstream · local = downstream.
// What its pattern is called stands there after the first move: before it, that is the question.
// While Backward hides a gradient, its formula hides it too.

import { element, region } from "../core/page_parts.js";
import { formulasOf } from "./steps.js";

export function mountGate(session, words) {
  const { steps, pattern } = session.settings.gate;
  const isPass = ({ kind }) => kind === "forward" || kind === "backward";
  const passes = steps.filter(isPass);
  const name = element("p", { class: "pattern" }, words[`pattern_${pattern}`] ?? "");
  const formula = region("formula", words.formula);
  const root = element("div", { class: "one-gate" }, name, formula);
  let seen = false;
  const show = () => {
    seen ||= JSON.stringify(session.inputs) !== JSON.stringify(session.start);
    name.style.visibility = seen ? "" : "hidden"; // its place is kept: nothing jumps
    formula.replaceChildren(...passes.flatMap((step) => shownFormulas(session, step)));
  };
  return { root, show };
}

function shownFormulas(session, step) {
  const formulas = formulasOf(session, step);
  const isLate = (wire) => wire.gate === step.node && wire.isLate;
  if (step.kind === "backward" && session.wires.some(isLate))
    formulas.forEach((one) => (one.style.visibility = "hidden")); // its place is kept
  return formulas;
}
