// The wires of the picture, and the numbers that stand above and below them.

import { formatNumber } from "./format.js";

// One wire: the texts above and below its line, and the lines that belong to it.
export function wireOf(parts, record) {
  const group = parts.get(record.id);
  return {
    ...record,
    group,
    values: [...group.querySelectorAll(".value")],
    gradients: [...group.querySelectorAll(".gradient")],
    edges: record.edges.map((id) => parts.get(id)).filter(Boolean),
  };
}

export function setTexts(elements, lines) {
  elements.forEach((element, k) => {
    const text = lines[k] ?? "";
    if (element.textContent !== text) element.textContent = text;
  });
}

// Numbers on every wire: from the program, or as the kernel sent them.
export function showNumbers(session) {
  const { look, program, settings } = session;
  const frame = session.model.get("frame");
  for (const wire of session.wires) {
    const [value, gradient] = program
      ? [look(program.values[wire.node]), look(gradientName(program, wire))]
      : [];
    setTexts(wire.values, program ? [numberText(value, settings)] : frame[wire.id][0]);
    setTexts(wire.gradients, program ? [numberText(gradient, settings)] : frame[wire.id][1]);
  }
}

// A branch shows its own share; every other wire the whole gradient.
export function gradientName(program, wire) {
  if (wire.role === "branch") return program.shares[wire.gate][wire.slot];
  return program.grads[wire.node];
}

function numberText(number, settings) {
  return number === null ? "" : formatNumber(number, settings.digits, settings.room);
}
