// A square matrix as a picture: only the ones are drawn, since all others are 0.

import { shape } from "./page_parts.js";

const SIDE = 256; // in the picture's own units
const MOST_DIGITS = 8; // up to so many rows the entries are written out

function square(alt, ...parts) {
  const viewBox = `-1 -1 ${SIDE + 2} ${SIDE + 2}`;
  return shape("svg", { viewBox, role: "img", "aria-label": alt }, ...parts);
}

// The Jacobian of a ReLU at x: a 1 on the diagonal where x > 0.
export function heatMap(x, alt) {
  const n = x.length;
  const side = SIDE / n;
  const frame = shape("rect", { class: "frame", width: SIDE, height: SIDE });
  const cells = x.map((v, i) => (v > 0 ? cell(i, side) : null)).filter(Boolean);
  const lines = n <= 16 ? x.slice(1).map((_, i) => rules((i + 1) * side)) : [];
  const digits =
    n <= MOST_DIGITS
      ? x.flatMap((v, i) => x.map((_, j) => digit(i, j, side, i === j && v > 0)))
      : [];
  return square(alt, frame, ...cells, ...lines, ...digits);
}

function cell(i, side) {
  return shape("rect", { class: "one", x: i * side, y: i * side, width: side, height: side });
}

// One line down and one across.
const rules = (at) => shape("path", { class: "rule", d: `M${at} 0V${SIDE}M0 ${at}H${SIDE}` });

function digit(i, j, side, isOne) {
  const size = Math.max(0.4 * side, 20);
  const middle = { x: (j + 0.5) * side, y: (i + 0.5) * side, "font-size": size };
  return shape("text", { ...middle, class: isOne ? "digit on" : "digit" }, isOne ? "1" : "0");
}

// Where nobody builds the matrix: an empty square.
export function notBuilt(text, alt) {
  const frame = shape("rect", { class: "frame is-empty", width: SIDE, height: SIDE });
  const middle = { x: SIDE / 2, y: SIDE / 2, "font-size": 22, class: "digit" };
  return square(alt, frame, shape("text", middle, text));
}
