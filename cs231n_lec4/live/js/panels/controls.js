// A labelled slider and a text box for each input, and "Reset to the slide".

import { asGiven } from "../core/format.js";
import { readNumber } from "../core/numbers.js";
import { element, fill } from "../core/page_parts.js";

const PAGE = 10; // steps of a slider at Page Up and Page Down
const MOST = 8; // sliders that stand open below a picture; more fold away
const DECIMALS = 3; // of a number in a box that nobody writes in

export function mountControls(session, words) {
  if (session.program === null && session.model.saved) return withoutControls(words);
  const rows = session.controls.map((control) => sliderRow(session, control, words));
  const reset = element("button", { type: "button", class: "reset" }, words.reset);
  reset.addEventListener("click", session.reset);
  const problem = element("p", { class: "problem", role: "status" });
  const box = element("div", { class: "controls" }, ...rows.map((row) => row.element));
  const sliders = rows.length > MOST ? folded(box, rows.length, words) : box;
  const root = element("div", { class: "control-panel" }, sliders, reset, problem);

  root.addEventListener("problem", (event) => (problem.textContent = event.detail));
  const show = () => rows.forEach((row) => row.show());
  show();
  return { root, show };
}

// Whether a fold is open is the view's own affair: it is no trait, and no number.
function folded(box, count, words) {
  const title = element("summary", {}, fill(words.many_sliders, { count }));
  return element("details", { class: "many" }, title, box);
}

// A saved page has no Python to compute arrays.
function withoutControls(words) {
  const root = element("p", { class: "control-panel" }, words.needs_python);
  return { root, show() {} };
}

function sliderRow(session, control, words) {
  const { min, max, step, label } = control;
  const slider = element("input", { type: "range", min, max, step, "aria-label": label });
  const title = fill(words.box, { name: label });
  const box = element("input", { type: "text", inputmode: "decimal", "aria-label": title });
  const row = element("label", { class: "slider-row" }, element("span", {}, label), slider, box);
  const move = () => {
    tellProblem(row, "");
    session.set(control, Number(slider.value));
  };
  slider.addEventListener("input", move);
  slider.addEventListener("keydown", (event) => page(event, slider, control, move));
  box.addEventListener("change", () => readBox(session, control, words, row, box));
  box.addEventListener("focus", () => {
    box.value = asGiven(session.get(control));
    box.select(); // as Tab does; a new text takes the selection away
  });
  box.addEventListener("blur", () => (box.value = rounded(session.get(control))));
  let shown = null;
  const show = () => {
    const value = session.get(control);
    const text = rounded(value);
    if (document.activeElement !== box) box.value = text;
    if (value === shown) return;
    shown = value;
    if (Number(slider.value) !== value) slider.value = value;
    slider.setAttribute("aria-valuetext", text);
  };
  return { element: row, show };
}

// Page Up and Page Down go ten steps, in every browser.
function page(event, slider, { step }, move) {
  const direction = { PageUp: 1, PageDown: -1 }[event.key];
  if (!direction) return;
  event.preventDefault();
  slider.value = Number(slider.value) + direction * PAGE * step;
  move();
}

// A box that cannot be read keeps its old value and says why.
function readBox(session, control, words, row, box) {
  const read = readNumber(box.value);
  const value = asGiven(session.get(control));
  const facts = { name: control.label, text: box.value.slice(0, 20), value };
  tellProblem(row, read.problem ? fill(words[read.problem], facts) : "");
  if (!read.problem) session.set(control, read.value);
  box.value = asGiven(session.get(control));
}

export function tellProblem(place, text) {
  place.dispatchEvent(new CustomEvent("problem", { bubbles: true, detail: text }));
}

// 0.17699900022950 is shown as 0.177 where nobody writes; a small number keeps three digits.
export function rounded(value) {
  const isSmall = Math.abs(value) < 10 ** -DECIMALS;
  return asGiven(Number(isSmall ? value.toPrecision(DECIMALS) : value.toFixed(DECIMALS)));
}
