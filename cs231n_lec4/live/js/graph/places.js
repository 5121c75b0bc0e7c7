// Where the numbers of a wire stand, in the picture's own units: each entry of an array has a place.

import { heightOf } from "./wires.js";

const CHARACTER = 6.02; // the width of one, as pictures/dot.py counts it

/** The two cells of a wire: `rule` lies between them. */
export function cellsOf(wire) {
  const [x, rule] = wire.ways.left.at(-1);
  const half = heightOf(wire);
  return { x, y: rule - half, width: wire.ways.right[0][0] - x, height: 2 * half, half, rule };
}

/** How far Graphviz moves the whole picture to the right and down. */
export function originOf({ group }) {
  const moved = group.parentNode.getAttribute("transform");
  return /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(moved)?.slice(1).map(Number) ?? [0, 0];
}

/**
 * The place of entry `k` above the rule ("value") or below it ("gradient"), as it is written now.
 * @param {any} wire
 * @param {string} side
 * @param {number} k
 * @param {{ rows: number, columns: number }} size
 */
export function entryPlace(wire, side, k, { rows, columns }) {
  const { y, rule, half } = cellsOf(wire);
  const edges = edgesOf(wire, side, columns);
  const [column, height] = [k % columns, half / rows];
  const top = (side === "value" ? y : rule) + Math.floor(k / columns) * height;
  return { x: edges[column], y: top, width: edges[column + 1] - edges[column], height };
}

/**
 * Where columns begin and the last one ends. Numbers end where their column ends, and have a bracket
 * or two spaces between them; of what is not written out, or not yet, the columns are equally wide.
 */
export function edgesOf(wire, side, columns) {
  const { x, width } = cellsOf(wire);
  const line = wire.lines[side][0] ?? "";
  const ends = [...line.matchAll(/[^\s[\]]+/g)].map((found) => found.index + found[0].length + 1);
  if (!line.startsWith("[") || ends.length !== columns)
    return Array.from({ length: columns + 1 }, (_, k) => x + (k * width) / columns);
  const start = x + (width - line.length * CHARACTER) / 2;
  return [0, ...ends].map((end) => start + end * CHARACTER);
}
