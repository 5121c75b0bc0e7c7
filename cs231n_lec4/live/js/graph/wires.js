// The wires of the picture, and the numbers that stand above and below them.

import { isArray } from "../program/arrays.js";
import { arrayLines, formatNumber } from "../core/format.js";

// One wire: its texts above and below the line, and what is to stand there, line by line.
export function wireOf(parts, record) {
  const group = parts.get(record.id);
  const texts = {
    value: [...group.querySelectorAll(".value")],
    gradient: [...group.querySelectorAll(".gradient")],
  };
  return { ...record, group, texts, lines: { value: [], gradient: [] } };
}

// A wire's rule, from the upper left corner of the picture.
export function ruleOf(group) {
  const rule = group.querySelector(".rule");
  const [x1, x2, y] = ["x1", "x2", "y1"].map((key) => Number(rule.getAttribute(key)));
  const whole = group.parentNode.getAttribute("transform");
  const [, dx, dy] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(whole)?.map(Number) ?? [];
  return { x1: x1 + dx, x2: x2 + dx, y: y + dy };
}

export function middleOf(group) {
  const { x1, x2, y } = ruleOf(group);
  return [(x1 + x2) / 2, y];
}

// Numbers for these wires: from the program, or as the kernel sent them.
export function showNumbers(session, wires) {
  const { look, program, settings, model } = session;
  const frame = program ? null : model.get("frame");
  const linesAt = (tree) => linesOf(look(tree), settings);
  for (const wire of wires) {
    const [above, below] = program
      ? [linesAt(program.values[wire.node]), linesAt(gradientName(program, wire))]
      : frame[wire.id].texts;
    wire.lines = { value: above, gradient: below };
  }
}

// Changing the letters of a text that is there is far cheaper than putting a new text in its place.
export function writeTexts(wires) {
  for (const { texts, lines } of wires)
    for (const side of ["value", "gradient"])
      texts[side].forEach((element, k) => {
        const text = lines[side][k] ?? "";
        if (!element.firstChild) element.append("");
        if (element.firstChild.data !== text) element.firstChild.data = text;
      });
}

// A branch shows its own share; every other wire the whole gradient.
export function gradientName(program, wire) {
  if (wire.role === "branch") return program.shares[wire.gate][wire.slot];
  return program.grads[wire.node];
}

// A number or an array as a wire shows it, line by line.
function linesOf(value, settings) {
  if (value !== null && isArray(value)) return arrayLines(value, settings.digits);
  return [numberText(value, settings)];
}

// A number as a wire shows it; formulas and sentences show it alike.
export function numberText(number, { digits, room }) {
  return number === null ? "" : formatNumber(number, digits, room);
}

// What stands on a wire now, as one line each.
export const valueOf = (wire) => joined(wire.lines.value);
export const gradientOf = (wire) => joined(wire.lines.gradient);

function joined(lines) {
  return lines.join(" ").replace(/\s+/g, " ").trim(); // rows of an array are padded
}
