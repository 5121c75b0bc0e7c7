// What a gradient says: one input moves by a small step. Forward, each wire's real change; back,
// its gradient times that change, which is what the last wire should change by. Pressed again, the
// input moves on.

import { formatNumber, trimmed } from "../core/format.js";
import { element, fill } from "../core/page_parts.js";
import { scroller } from "../core/scroller.js";
import { gradientName } from "../graph/wires.js";

const KEPT = 60; // columns before a nudge: wider than a window, so that the scroll bar is there
const STEPS = ["0.1", "0.01", "1", "−0.1", "−0.01", "−1"];

export function mountNudge(session, words) {
  const scalars = session.controls.filter((control) => !control.index);
  const button = element("button", { type: "button" }, words.nudge);
  const choice = select(
    words.nudge_input,
    scalars.map((control) => control.label),
  );
  const size = select(words.nudge_size, STEPS);
  const sentence = element("p", { class: "nudge-sentence", role: "status" });
  const table = element("table", { class: "nudge-table" });
  const asked = element("div", { class: "nudge-question" }, button, choice, words.nudge_by, size);
  // Before a nudge the table stands there without its numbers, so that the page does not jump.
  const answer = element("div", { class: "nudge-answer" }, sentence, scroller(words.nudge, table));
  const root = element("div", { class: "nudge" }, asked, answer);

  let last = null; // the nudge of which the table tells, until something else moves
  let idle = null; // the wires for which the empty table keeps its place already
  const stepNow = () => stepOf(session, scalars[choice.selectedIndex], size);
  const show = () => {
    if (last && !isWhereItLed(session, last)) last = null;
    if (!last && idle === session.wires) return;
    idle = last ? null : session.wires;
    const nudge = last ?? stepNow();
    const wires = measured(session, nudge);
    answer.classList.toggle("is-off", !last);
    sentence.textContent = last ? nudgeSentence(session, nudge, wires, words) : words.nudge_help;
    table.replaceChildren(...nudgeRows(last ? wires : wires.slice(0, KEPT), words));
    session.wires.forEach((wire) => wire.group.classList.remove("moved"));
    if (last) wires.forEach(({ group, change }) => group.classList.toggle("moved", change !== 0));
  };
  button.addEventListener("click", () => {
    last = stepNow();
    session.set(last.control, last.inputs[last.name]);
  });
  return { root, show };
}

function select(label, texts) {
  const options = texts.map((text) => element("option", {}, text));
  return element("select", { "aria-label": label }, ...options);
}

// A step of one input from where it is: the inputs it leads to, the numbers before it and after.
function stepOf({ inputs, look, lookAt }, control, size) {
  const name = control.input;
  const step = Number(size.value.replace("−", "-"));
  const to = Number((inputs[name] + step).toPrecision(12)); // −1.9 + 0.1 is −1.8
  const moved = { ...inputs, [name]: to };
  return { control, name, step, inputs: moved, before: look, after: lookAt(moved) };
}

const isWhereItLed = (session, { inputs }) =>
  session.names.every((name) => session.inputs[name] === inputs[name]);

// Each wire with its change, and the gradient that it had before.
function measured({ program, wires }, { before, after }) {
  const own = wires.filter((wire) => wire.role === "wire" && wire.alive);
  return own.map((wire) => ({
    ...wire,
    change: after(program.values[wire.node]) - before(program.values[wire.node]),
    gradient: before(gradientName(program, wire)),
  }));
}

function nudgeSentence({ program }, { name, step, before }, wires, words) {
  const gradient = before(program.grads[program.values.indexOf(name)]);
  const output = wires[wires.length - 1];
  return fill(words.nudge_sentence, {
    input: name,
    output: output.name,
    step: withSign(step),
    factor: step < 0 ? `(${fourDigits(step)})` : fourDigits(step),
    gradient: fourDigits(gradient),
    expected: withSign(gradient * step),
    change: withSign(output.change),
  });
}

const TEXTS = [
  ({ name }) => name,
  ({ change }) => withSign(change),
  ({ gradient }) => fourDigits(gradient),
  ({ gradient, change }) => withSign(gradient * change),
];

// One column for each wire; four rows, however large the graph is.
function nudgeRows(wires, words) {
  return words.nudge_columns.map((title, k) =>
    nudgeRow(k ? "td" : "th", title, wires.map(TEXTS[k])),
  );
}

function nudgeRow(tag, title, texts) {
  const cells = texts.map((text) => element(tag, tag === "th" ? { scope: "col" } : {}, text));
  return element("tr", {}, element("th", { scope: "row" }, title), ...cells);
}

// At most four decimals, without zeros at their end.
const fourDigits = (value) => trimmed(formatNumber(value, 4));

export const withSign = (value) => (value > 0 ? "+" : "") + fourDigits(value);
