// The wires of the picture, and the numbers that stand above and below them.

import { isArray } from "../program/arrays.js";
import { arrayLines, formatNumber } from "../core/format.js";
import { layBand, showBand } from "../flow/bands.js";
import { waysOf } from "../flow/ways.js";

// One wire: its texts above and below the line, and what is to stand there, line by line. With a
// band, also `size`: how large its gradient is, or null.
export function wireOf(parts, record, hasBand) {
  const group = parts.get(record.id);
  const texts = {
    value: [...group.querySelectorAll(".value")],
    gradient: [...group.querySelectorAll(".gradient")],
  };
  const ways = waysOf(parts, record);
  const band = hasBand ? layBand(parts, record, ways) : null;
  return { ...record, group, texts, ways, band, lines: { value: [], gradient: [] }, size: null };
}

/** How high the cell of a wire's value is, and that of its gradient, in the picture's own units. */
export const heightOf = ({ ways: { seat } }) => seat.gradient[1] - seat.value[1];

// Numbers for these wires: from the program, or as the kernel sent them.
export function showNumbers(session, wires) {
  for (const wire of wires) Object.assign(wire, numbersOf(session, wire));
}

// What stands on a wire once all is known, and the size of its gradient.
export function numbersOf({ look, program, settings, model }, wire) {
  if (!program) {
    const { texts, size } = model.get("frame")[wire.id];
    return { lines: { value: texts[0], gradient: texts[1] }, size };
  }
  const gradient = look(gradientName(program, wire));
  const value = look(program.values[wire.node]);
  const lines = { value: linesOf(value, settings), gradient: linesOf(gradient, settings) };
  return { lines, size: largestOf(gradient) };
}

// Changing the letters of a text that is there is far cheaper than putting a new text in its place.
export function writeText(element, text) {
  if (!element.firstChild) element.append("");
  if (element.firstChild.data !== text) element.firstChild.data = text;
}

export function writeTexts(wires) {
  for (const { texts, lines, band, size } of wires) {
    if (band) showBand(band, size);
    for (const side of ["value", "gradient"])
      texts[side].forEach((element, k) => writeText(element, lines[side][k] ?? ""));
  }
}

// A branch shows its own share; every other wire the whole gradient.
export function gradientName(program, wire) {
  if (wire.role === "branch") return program.shares[wire.gate][wire.slot];
  return program.grads[wire.node];
}

// Of an array, how large its largest entry is.
function largestOf(gradient) {
  if (gradient === null || !isArray(gradient)) return gradient;
  return Math.max(...gradient.data.map(Math.abs));
}

// A number or an array as a wire shows it, line by line.
function linesOf(value, settings) {
  if (value !== null && isArray(value)) return arrayLines(value, settings);
  return [numberText(value, settings)];
}

// A number as a wire shows it; formulas and sentences show it alike.
export function numberText(number, { digits, width }) {
  return number === null ? "" : formatNumber(number, digits, width);
}

// What stands on a wire now, as one line each.
export const valueOf = (wire) => joined(wire.lines.value);
export const gradientOf = (wire) => joined(wire.lines.gradient);

function joined(lines) {
  return lines.join(" ").replace(/\s+/g, " ").trim(); // rows of an array are padded
}
