// What a gradient says: a small step on one input, each wire's real change, and gradient times change.

import { formatNumber } from "./format.js";
import { element, fill } from "./page_parts.js";
import { gradientName } from "./wires.js";

export function mountNudge(session, words) {
  const scalars = session.controls.filter((control) => !control.index);
  const choice = element("select", { "aria-label": words.nudge_input });
  choice.append(...scalars.map((c) => element("option", { value: c.input }, c.label)));
  const size = element("select", { "aria-label": words.nudge_size });
  size.append(...["0.1", "0.01", "1", "−0.1"].map((h) => element("option", {}, h)));
  const button = element("button", { type: "button", "aria-pressed": "false" }, words.nudge);
  const sentence = element("p", { class: "nudge-sentence", role: "status" });
  const table = element("table", { class: "nudge-table" });
  const asked = element("div", { class: "nudge-question" }, button, choice, words.nudge_by, size);
  const root = element("div", { class: "nudge" }, asked, sentence, table);

  const isOn = () => button.getAttribute("aria-pressed") === "true";
  const show = () => {
    session.wires.forEach((wire) => wire.group.classList.remove("moved"));
    table.hidden = sentence.hidden = !isOn();
    if (!isOn()) return;
    const h = Number(size.value.replace("−", "-"));
    showNudge(session, words, choice.value, h, sentence, table);
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isOn()));
    show();
  });
  choice.addEventListener("change", show);
  size.addEventListener("change", show);
  return { root, show };
}

function showNudge(session, words, name, h, sentence, table) {
  const { program, look, inputs } = session;
  const after = session.lookAt({ ...inputs, [name]: inputs[name] + h });
  const rows = [];
  for (const wire of session.wires.filter((w) => w.role === "wire")) {
    const change = after(program.values[wire.node]) - look(program.values[wire.node]);
    if (change === 0 || !wire.alive) continue;
    wire.group.classList.add("moved");
    rows.push([wire.name, change, look(gradientName(program, wire))]);
  }
  const output = program.values[program.values.length - 1];
  const facts = {
    input: name,
    output: session.wires[session.wires.length - 1].name,
    step: signed(h),
    factor: factor(h),
    gradient: number(look(program.grads[inputNode(session, name)])),
    expected: signed(look(program.grads[inputNode(session, name)]) * h),
    change: signed(after(output) - look(output)),
  };
  sentence.textContent = fill(words.nudge_sentence, facts);
  table.replaceChildren(heading(words), ...rows.map(row));
}

function inputNode(session, name) {
  return session.program.values.indexOf(name);
}

function heading(words) {
  const cells = words.nudge_columns.map((text) => element("th", { scope: "col" }, text));
  return element("tr", {}, ...cells);
}

function row([name, change, gradient]) {
  const numbers = [signed(change), number(gradient), signed(gradient * change)];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    ...numbers.map((text) => element("td", {}, text)),
  );
}

// At most four decimals, and no zeros at their end: 0.4, not 0.4000.
const number = (value) => formatNumber(value, 4).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
const signed = (value) => (value > 0 ? "+" : "") + number(value);
const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
