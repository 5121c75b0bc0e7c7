// A fully-connected net as SVG: a column of circles for each layer, a line for each weight.

import { shape } from "../core/page_parts.js";
import { label, sheet } from "../core/shapes.js";

const WIDTH = 560;
const GAP = 26; // between two units
const MOST = 8; // units of one layer that are drawn; of more, the first and the last ones
const HEAD = 40; // for the names of the matrices
const MIDDLE = HEAD + (GAP * (MOST + 1)) / 2;

// The sheet has always one size, so that nothing around it moves.
export function drawNet(layers) {
  const columns = layers.map((size) => heights(size));
  const x = (layer) => (WIDTH * (layer + 0.5)) / layers.length;
  const gaps = columns.slice(1).map((_, layer) => layer);
  return sheet(
    WIDTH,
    HEAD + GAP * (MOST + 1),
    ...gaps.map((layer) => wires(x(layer), x(layer + 1), columns[layer], columns[layer + 1])),
    ...gaps.flatMap((layer) => matrixName(layers, layer, (x(layer) + x(layer + 1)) / 2)),
    ...columns.flatMap((column, layer) => units(x(layer), column, layer)),
    ...layers.flatMap((size, layer) => (size > MOST ? [dots(x(layer))] : [])),
  );
}

// Where the units of a layer stand, from top to bottom.
export function heights(size) {
  const gaps = Math.min(size - 1, MOST);
  const places = Array.from({ length: gaps + 1 }, (_, k) => MIDDLE + GAP * (k - gaps / 2));
  return size <= MOST ? places : places.filter((y) => y !== MIDDLE); // the dots stand there
}

function wires(left, right, from, to) {
  const lines = from.flatMap((low) => to.map((high) => `M${left} ${low}L${right} ${high}`));
  return shape("path", { d: lines.join(""), class: "weight" });
}

function units(x, column, layer) {
  const kind = layer === 0 ? "unit of-input" : "unit";
  return column.map((y) => shape("circle", { cx: x, cy: y, r: 8.5, class: kind }));
}

function dots(x) {
  return label("⋮", x, MIDDLE + 6, "middle", "dots");
}

// W1 with its shape above its wires: a row for each unit it leads to.
function matrixName(layers, layer, x) {
  const size = `${layers[layer + 1]} × ${layers[layer]}`;
  return [label(`W${layer + 1}`, x, 12), label(size, x, 27, "middle", "small")];
}
