// One gate from close: its formula forward, and for each input upstream · local = downstream.

import { tableMath } from "./formula.js";
import { element } from "./page_parts.js";
import { formulaPlace, stepRow } from "./steps.js";

export function mountGate(session, words) {
  const { steps, pattern, loss } = session.settings.gate;
  const name = element("p", { class: "pattern" }, words[`pattern_${pattern}`] ?? "");
  const formula = formulaPlace(words);
  const root = element("div", { class: "one-gate" }, name, formula);
  const show = () => {
    const chosen = steps.filter((step) => step.kind === "forward" || step.kind === "backward");
    formula.replaceChildren(
      ...chosen.map((step) =>
        tableMath(step.rows.map((row) => stepRow(session, step, { ...row, loss }, words))),
      ),
    );
  };
  return { root, show };
}
