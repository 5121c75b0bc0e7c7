// A bead: what it carries, side by side, and what stands below that. An array is a tile: one small
// cell for each entry, the larger, the stronger.

import { shape } from "../core/page_parts.js";

const SMALL = 0.8; // the digits of a bead that stands: it holds a whole product
const BELOW = 0.85; // of these digits, those of the second line
const CELL = 8; // of a tile at most, in the picture's own units
const [WIDEST, HIGHEST] = [64, 24]; // a tile at most
const EDGE = 2; // around a tile

/** @import { Point } from "./ways.js" */

/**
 * The entries of an array row by row, each against the largest, from −1 to 1; which are picked.
 * @typedef {{ rows: number, columns: number, levels: number[], picked: number[] }} Tile
 */

/**
 * @typedef {object} Bead
 * @property {(string | Tile)[]} parts
 * @property {string} [below]
 * @property {"value" | "gradient"} side whose colour it has
 * @property {Point[]} way a single point: it stands there
 */

/** @returns {part is Tile} */
export const isTile = (part) => typeof part !== "string";

const stands = ({ way }) => way.length === 1;

const digitsOf = (bead, size) => (stands(bead) ? SMALL * size : size);

const textWidth = (text, digits) => 0.61 * text.length * digits;

function cellOf({ rows, columns }) {
  return [Math.min(CELL, WIDEST / columns), Math.min(CELL, HIGHEST / rows)];
}

function sizeOf(part, digits) {
  if (!isTile(part)) return [textWidth(part, digits), 1.35 * digits];
  const [width, height] = cellOf(part);
  return [width * part.columns, height * part.rows + 2 * EDGE];
}

/**
 * The width and the height of a bead, in the picture's own units; `size` is that of the digits.
 * @param {Bead} bead
 * @param {number} size
 */
export function beadSize(bead, size) {
  const digits = digitsOf(bead, size);
  const sizes = bead.parts.map((part) => sizeOf(part, digits));
  const gaps = 0.4 * digits * (sizes.length - 1);
  const above = gaps + sizes.reduce((sum, [width]) => sum + width, 0);
  const lower = textWidth(bead.below ?? "", BELOW * digits);
  const high = Math.max(...sizes.map(([, height]) => height));
  const pad = bead.parts.every(isTile) ? 2 * EDGE : 0.8 * digits;
  return [Math.max(above, lower) + pad, high + (bead.below ? 1.1 * digits : 0), above, high];
}

/**
 * @param {Bead} bead
 * @param {number} size
 */
export function beadOf(bead, size) {
  const digits = digitsOf(bead, size);
  const [width, height, above, high] = beadSize(bead, size);
  const rx = Math.min(height / 2, 0.7 * digits);
  const box = { class: "case", x: -width / 2, y: -height / 2, width, height, rx };
  const middle = high / 2 - height / 2;
  let x = -above / 2;
  const inside = bead.parts.map((part) => {
    const [wide] = sizeOf(part, digits);
    const made = isTile(part)
      ? tile(part, x, middle)
      : line(part, x + wide / 2, middle + 0.36 * digits, digits);
    x += wide + 0.4 * digits;
    return made;
  });
  if (bead.below) inside.push(line(bead.below, 0, height / 2 - 0.35 * digits, BELOW * digits));
  const kind = `${stands(bead) ? "stands" : "runs"}${bead.parts.some(isTile) ? " holds" : ""}`;
  return shape("g", { class: `bead of-${bead.side} ${kind}` }, shape("rect", box), ...inside);
}

const line = (text, x, y, size) =>
  shape("text", { x, y, "font-size": size, "text-anchor": "middle" }, text);

function tile({ rows, columns, levels, picked }, x, middle) {
  const [width, height] = cellOf({ rows, columns });
  const cells = levels.map((level, k) =>
    shape("rect", {
      class: `${level < 0 ? "negative" : ""}${picked.includes(k) ? " picked" : ""}`,
      ...{ x: x + (k % columns) * width, y: middle + (Math.floor(k / columns) - rows / 2) * height },
      ...{ width, height, "fill-opacity": Math.abs(level) },
    }),
  );
  return shape("g", { class: "tile" }, ...cells);
}
