// Sliders, boxes and radio buttons.

import { asGiven, grouped } from "../core/format.js";
import { readNumber } from "../core/numbers.js";
import { buttonFor, element, fill } from "../core/page_parts.js";

const PAGE = 10; // steps of a slider at Page Up and Page Down
const MOST = 8; // sliders that stand open below a picture; more fold away
const DECIMALS = 3; // of a number in a box that nobody writes in

/**
 * One number that a hand can move.
 * @typedef {object} Control
 * @property {string} label
 * @property {number} min of the slider, and max
 * @property {number} max
 * @property {number} step
 * @property {number} [most] that its box takes
 * @property {() => number} get
 * @property {(value: number) => void} set
 * @property {(value: number) => string} [spoken] its value in words
 * @property {(value: number) => string} [refuse] why the box cannot take a number; "" if it can
 */

/**
 * A labelled slider and a text box for each control, and "Reset".
 * @param {Control[]} controls
 * @param {() => void} reset
 */
export function mountControls(controls, reset, words) {
  const rows = controls.map((control) => sliderRow(control, words));
  const button = buttonFor(words.reset, reset, { class: "reset" });
  const box = element("div", { class: "controls" }, ...rows.map((row) => row.root));
  const letters = Math.max(...controls.map(({ label }) => label.length));
  box.style.setProperty("--longest", `${letters}`);
  const sliders = rows.length > MOST ? folded(box, rows.length, words) : box;
  const root = element("div", { class: "control-panel" }, sliders, button);
  root.append(problemLine(root));
  return { root, rows, show: () => rows.forEach((row) => row.show()) };
}

// What cannot be read, or cannot be, is told in the place that the control stands in.
export function problemLine(place) {
  const line = element("p", { class: "problem", role: "status" });
  place.addEventListener("problem", ({ detail }) => (line.textContent = detail));
  return line;
}

// Whether a fold is open is the view's own affair: it is no trait, and no number.
function folded(box, count, words) {
  const title = element("summary", {}, fill(words.many_sliders, { count }));
  return element("details", { class: "many" }, title, box);
}

// A saved page has no Python to compute arrays.
export function withoutControls(text) {
  const root = element("p", { class: "control-panel" }, text);
  return { root, show() {} };
}

export function sliderRow(control, words, kind = "slider-row", text = control.label) {
  const parts = [slider(control), numberBox(control, words)];
  const roots = parts.map((part) => part.root);
  const root = element("label", { class: kind }, element("span", {}, text), ...roots);
  return { root, show: () => parts.forEach((part) => part.show()) };
}

/** @param {Control} control */
export function slider(control) {
  const { min, max, step, label } = control;
  const root = element("input", { type: "range", min, max, step, "aria-label": label });
  const move = () => {
    tellProblem(root, "");
    control.set(Number(root.value));
  };
  root.addEventListener("input", move);
  root.addEventListener("keydown", (event) => page(event, root, control, move));
  const spoken = control.spoken ?? rounded;
  let shown = null;
  const show = () => {
    const value = control.get();
    if (value === shown) return;
    shown = value;
    if (Number(root.value) !== value) root.value = String(value);
    root.setAttribute("aria-valuetext", spoken(value));
  };
  return { root, show };
}

// Page Up and Page Down go ten steps, in every browser. The space bar does not scroll the page.
function page(event, root, { step }, move) {
  const direction = { PageUp: 1, PageDown: -1, " ": 0 }[event.key];
  if (direction === undefined) return;
  event.preventDefault();
  if (!direction) return;
  root.value = String(Number(root.value) + direction * PAGE * step);
  move();
}

/** @param {Control} control */
export function numberBox(control, words) {
  const title = fill(words.box, { name: control.label });
  const root = element("input", { type: "text", inputmode: "decimal", "aria-label": title });
  root.addEventListener("change", () => readBox(control, words, root));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") root.value = asGiven(control.get());
    if (event.key !== "Enter") return;
    event.preventDefault(); // of Ctrl+Enter a browser would make nothing
    readBox(control, words, root);
  });
  root.addEventListener("focus", () => {
    root.value = asGiven(control.get());
    root.select(); // as Tab does; a new text takes the selection away
  });
  root.addEventListener("blur", () => (root.value = rounded(control.get())));
  const show = () => {
    if (document.activeElement !== root) root.value = rounded(control.get());
  };
  return { root, show };
}

// A box that cannot be read keeps its old value and says why.
function readBox(control, words, box) {
  const read = readNumber(box.value);
  const problem = read.problem ? words[read.problem] : (control.refuse?.(read.value) ?? "");
  const { label: name, min, max, most = max } = control;
  const limits = { low: asGiven(min), high: grouped(most) };
  const facts = { name, ...limits, text: box.value.slice(0, 20), value: asGiven(control.get()) };
  tellProblem(box, fill(problem, facts));
  if (!problem) control.set(read.value);
  box.value = asGiven(control.get());
}

/**
 * Radio buttons: one Tab stop, and arrow keys go from one to the next. `face` is what is seen of an
 * option; where that is no text, `name` says it.
 * @param {object} choice
 * @param {string} choice.title
 * @param {{ value: any, face: string | Node, name?: string }[]} choice.options
 * @param {() => any} choice.get
 * @param {(value: any) => void} choice.set
 * @param {string} [choice.kind]
 */
export function radioGroup({ title, options, get, set, kind }) {
  const group = `choice-${Math.random().toString(36).slice(2)}`;
  const buttons = options.map(({ value, name }) => {
    const attributes = { type: "radio", name: group, value, "aria-label": name };
    const button = element("input", attributes);
    button.addEventListener("change", () => set(value));
    return button;
  });
  const label = (option, k) => element("label", { title: option.name }, buttons[k], option.face);
  const legend = element("legend", {}, title);
  const root = element("fieldset", { class: kind }, legend, ...options.map(label));
  const show = () => buttons.forEach((button, k) => (button.checked = options[k].value === get()));
  return { root, show };
}

export function tellProblem(place, text) {
  place.dispatchEvent(new CustomEvent("problem", { bubbles: true, detail: text }));
}

/**
 * 0.17699900022950 is shown as 0.177 where nobody writes; a small number keeps three digits.
 * @param {number} value
 */
export function rounded(value) {
  const isSmall = Math.abs(value) < 10 ** -DECIMALS;
  return asGiven(Number(isSmall ? value.toPrecision(DECIMALS) : value.toFixed(DECIMALS)));
}
