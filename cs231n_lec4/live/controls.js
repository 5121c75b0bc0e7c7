// A labelled slider and a text box for each input, and "Reset to the slide".

import { readNumber } from "./numbers.js";
import { element, fill } from "./page_parts.js";

export function mountControls(session, words) {
  const rows = session.controls.map((control) => sliderRow(session, control, words));
  const reset = element("button", { type: "button", class: "reset" }, words.reset);
  reset.addEventListener("click", session.reset);
  const problem = element("p", { class: "problem", role: "status" });
  const box = element("div", { class: "controls" }, ...rows.map((row) => row.element));
  const root = element("div", { class: "control-panel" }, box, reset, problem);

  root.addEventListener("problem", (event) => (problem.textContent = event.detail));
  const show = () => rows.forEach((row) => row.show());
  show();
  return { root, show };
}

function sliderRow(session, control, words) {
  const { min, max, step, label } = control;
  const slider = element("input", { type: "range", min, max, step, "aria-label": label });
  const title = fill(words.box, { name: label });
  const box = element("input", { type: "text", inputmode: "decimal", "aria-label": title });
  const row = element("label", { class: "slider-row" }, element("span", {}, label), slider, box);

  slider.addEventListener("input", () => {
    tell(row, "");
    session.set(control, Number(slider.value));
  });
  box.addEventListener("change", () => readBox(session, control, words, row, box));
  const show = () => {
    const value = session.get(control);
    if (Number(slider.value) !== value) slider.value = value;
    slider.setAttribute("aria-valuetext", shortest(value));
    if (document.activeElement !== box) box.value = shortest(value);
  };
  return { element: row, show };
}

// A box that cannot be read keeps its old value and says why.
function readBox(session, control, words, row, box) {
  const read = readNumber(box.value);
  const facts = { name: control.label, text: box.value.slice(0, 20), value: shortest(session.get(control)) };
  tell(row, read.problem ? fill(words[read.problem], facts) : "");
  if (!read.problem) session.set(control, read.value);
  box.value = shortest(session.get(control));
}

function tell(row, text) {
  row.dispatchEvent(new CustomEvent("problem", { bubbles: true, detail: text }));
}

// 0.30000000000000004 is shown as 0.3.
export function shortest(value) {
  return String(Number(value.toPrecision(12))).replace("-", "−");
}
