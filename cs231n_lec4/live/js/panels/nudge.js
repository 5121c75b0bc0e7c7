// What a gradient says: a small step on one input. Forward, each wire's real change; back, its
// gradient times that change, which is what the last wire should change by.

import { formatNumber, trimmed } from "../core/format.js";
import { element, fill } from "../core/page_parts.js";
import { gradientName } from "../graph/wires.js";

const KEPT = 60; // columns before a nudge: wider than a window, so that the scroll bar is there
const STEPS = ["0.1", "0.01", "1", "−0.1", "−0.01", "−1"];

export function mountNudge(session, words) {
  const scalars = session.controls.filter((control) => !control.index);
  const button = element("button", { type: "button", "aria-pressed": "false" }, words.nudge);
  const choice = select(
    words.nudge_input,
    scalars.map((control) => control.label),
  );
  const size = select(words.nudge_size, STEPS);
  const sentence = element("p", { class: "nudge-sentence", role: "status" });
  const table = element("table", { class: "nudge-table" });
  const asked = element("div", { class: "nudge-question" }, button, choice, words.nudge_by, size);
  // Before a nudge the table stands there without its numbers, so that the page does not jump.
  const scroll = { class: "scroll", tabindex: "0", role: "group", "aria-label": words.nudge };
  const answer = element("div", { class: "nudge-answer" }, sentence, element("div", scroll, table));
  const root = element("div", { class: "nudge" }, asked, answer);

  const isOn = () => button.getAttribute("aria-pressed") === "true";
  let idle = null; // the wires for which the empty answer keeps its place already
  const show = () => {
    if (!isOn() && idle === session.wires) return;
    idle = isOn() ? null : session.wires;
    answer.classList.toggle("is-off", !isOn());
    session.wires.forEach((wire) => wire.group.classList.remove("moved"));
    const nudge = nudgeOf(session, scalars[choice.selectedIndex].input, stepOf(size));
    sentence.textContent = isOn() ? nudgeSentence(session, nudge, words) : words.nudge_help;
    table.replaceChildren(...nudgeRows(nudge.wires.slice(0, isOn() ? Infinity : KEPT), words));
    if (isOn())
      nudge.wires.forEach(({ group, change }) => group.classList.toggle("moved", change !== 0));
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isOn()));
    show();
  });
  choice.addEventListener("change", show);
  size.addEventListener("change", show);
  return { root, show };
}

function select(label, texts) {
  const options = texts.map((text) => element("option", {}, text));
  return element("select", { "aria-label": label }, ...options);
}

const stepOf = (size) => Number(size.value.replace("−", "-"));

// Both passes again with one input moved: each wire with its change and its gradient.
function nudgeOf({ program, inputs, look, lookAt, wires }, name, step) {
  const after = lookAt({ ...inputs, [name]: inputs[name] + step });
  const own = wires.filter((wire) => wire.role === "wire" && wire.alive);
  const measured = own.map((wire) => ({
    ...wire,
    change: after(program.values[wire.node]) - look(program.values[wire.node]),
    gradient: look(gradientName(program, wire)),
  }));
  return { name, step, wires: measured };
}

function nudgeSentence({ look, program }, { name, step, wires }, words) {
  const gradient = look(program.grads[program.values.indexOf(name)]);
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

// One column for each wire; four rows, however large the graph is.
function nudgeRows(wires, words) {
  const [name, change, gradient, product] = words.nudge_columns;
  return [
    nudgeRow(
      "th",
      name,
      wires.map((wire) => wire.name),
    ),
    nudgeRow(
      "td",
      change,
      wires.map((wire) => withSign(wire.change)),
    ),
    nudgeRow(
      "td",
      gradient,
      wires.map((wire) => fourDigits(wire.gradient)),
    ),
    nudgeRow(
      "td",
      product,
      wires.map((wire) => withSign(wire.gradient * wire.change)),
    ),
  ];
}

function nudgeRow(tag, title, texts) {
  const cells = texts.map((text) => element(tag, tag === "th" ? { scope: "col" } : {}, text));
  return element("tr", {}, element("th", { scope: "row" }, title), ...cells);
}

// At most four decimals, without zeros at their end.
const fourDigits = (value) => trimmed(formatNumber(value, 4));

export const withSign = (value) => (value > 0 ? "+" : "") + fourDigits(value);
