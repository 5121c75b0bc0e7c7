// The entries of an array on a wire, each with its own gradient: from the program, or as the kernel
// sent them. graphs/frames.py gives the same.

import { formatNumber, isWrittenOut } from "../core/format.js";
import { stridesOf } from "../program/strides.js";
import { gradientName } from "./wires.js";

const MOST = 48; // of a larger array so many are shown, evenly spread
const LARGEST = 1e300; // in the place of infinity

/** @typedef {[place: number[], value: string, gradient: string, height: number, depth: number]} Item */

export const holdsArray = ({ program, model }, wire) =>
  program ? program.shapes[wire.node].length > 0 : Boolean(model.get("frame")[wire.id].entries);

/**
 * `rows` and `columns` say how the entries stand on the wire: as the array itself, or in one strip.
 * @returns {{ shape: number[], rows: number, columns: number, strip: boolean, items: Item[] }}
 */
export function entriesOf({ program, look, model, settings }, wire) {
  if (!program) return model.get("frame")[wire.id].entries;
  const { shape, data } = look(program.values[wire.node]);
  const gradient = look(gradientName(program, wire))?.data;
  const chosen = evenly(data.length);
  const strip = !isWrittenOut(shape);
  const [heights, depths] = [data, gradient].map((side) => levels(side, chosen));
  const text = (side, k) => (side ? formatNumber(side[k], settings.digits) : "");
  return {
    shape,
    rows: strip ? 1 : shape[0],
    columns: strip ? chosen.length : (shape[1] ?? 1),
    strip,
    items: chosen.map((k, item) => [
      placeOf(k, shape),
      text(data, k),
      text(gradient, k),
      heights[item],
      depths[item],
    ]),
  };
}

function evenly(size) {
  const count = Math.min(size, MOST);
  const gap = (size - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, k) => Math.round(k * gap));
}

export const placeOf = (k, shape) =>
  stridesOf(shape).map((stride, axis) => Math.floor(k / stride) % shape[axis]);

// Each chosen entry against the largest of all, from −1 to 1; 0 where it is no number.
function levels(side, chosen) {
  if (!side) return chosen.map(() => 0);
  const numbers = Array.from(side, (x) => Math.min(LARGEST, Math.max(-LARGEST, x)) || 0);
  const largest = Math.max(...numbers.map(Math.abs));
  return chosen.map((k) => (largest > 0 ? Math.round((100 * numbers[k]) / largest) / 100 : 0));
}
