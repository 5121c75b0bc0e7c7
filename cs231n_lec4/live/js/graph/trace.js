// A small plot of the output against one input; at the point of now a tangent whose slope is the
// gradient, once that is known.

import { shape } from "../core/page_parts.js";
import { label, scale, sheet, stroke } from "../core/shapes.js";
import { numberAt } from "./changes.js";
import { gradientOfInput } from "../program/program.js";
import { numberIn, withNumber } from "./session.js";

const [WIDTH, HEIGHT] = [270, 130];
const [EDGE, TOP, FOOT] = [8, 22, 20];
const POINTS = 60; // of the curve
const REACH = 0.14; // of the tangent to each side, as a part of the range
const CUT = 0.05; // of the numbers at each end may leave the plot, where they are
const FAR = 3; // times farther apart than the others: a pole would flatten the rest

/**
 * Where a curve is drawn: from the lowest to the highest of its numbers. What a pole sends far away
 * is left out, but never the number of now.
 * @param {number[]} numbers
 * @param {number} now
 * @returns {[number, number]}
 */
export function heightsOf(numbers, now) {
  const known = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  const cut = Math.floor(CUT * known.length);
  const most = known.slice(cut, known.length - cut);
  const hasPole = spanOf(known) > FAR * spanOf(most);
  const kept = [...(hasPole ? most : known), now].filter(Number.isFinite);
  const [low, high] = [Math.min(...kept), Math.max(...kept)];
  if (!kept.length) return [-1, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

const spanOf = (sorted) => sorted[sorted.length - 1] - sorted[0];

/** The plot, and what draws it anew for an input. */
export function mountTrace(session) {
  const { program, lookAt } = session;
  const output = program.values.at(-1);
  const root = sheet(WIDTH, HEIGHT);
  root.classList.add("trace");
  let drawn = { key: "", numbers: /** @type {number[]} */ ([]) };
  const curveOf = (control) => {
    const { input, index, min, max } = control;
    const key = JSON.stringify([input, index, withNumber(session.inputs, control, 0)]);
    if (drawn.key === key) return drawn.numbers; // only this input has moved
    const places = Array.from({ length: POINTS + 1 }, (_, k) => min + ((max - min) * k) / POINTS);
    const at = (place) => lookAt(withNumber(session.inputs, control, place))(output);
    drawn = { key, numbers: places.map(at) };
    return drawn.numbers;
  };
  const show = (control, hasTangent) =>
    root.replaceChildren(...plotOf(session, control, curveOf(control), hasTangent));
  return { root, show };
}

function plotOf({ look, program, inputs, nodeNames }, control, numbers, hasTangent) {
  const { input, label: name, min, max } = control;
  const [value, now] = [numberIn(inputs, control), look(program.values.at(-1))];
  const slope = numberAt(look(gradientOfInput(program, input)), control);
  const heights = heightsOf(numbers, now);
  const x = scale(min, max, EDGE, WIDTH - EDGE);
  const y = scale(...heights, HEIGHT - FOOT, TOP);
  const reach = REACH * (max - min);
  const ends = [value - reach, value + reach].map((at) => [x(at), y(now + slope * (at - value))]);
  const here = Number.isFinite(now) ? [{ class: "now", cx: x(value), cy: y(now), r: 4.5 }] : [];
  const curve = numbers.map((number, k) => [x(min + ((max - min) * k) / POINTS), y(number)]);
  return [
    ...zeroLine(heights, y),
    ...runsOf(curve).map((run) => stroke("curve", run)),
    ...runsOf(hasTangent ? ends : []).map((run) => stroke("tangent", run)),
    ...here.map((point) => shape("circle", point)),
    label(nodeNames.at(-1), EDGE, TOP - 8, "start"),
    label(name, WIDTH - EDGE, HEIGHT - 4, "end"),
  ];
}

function zeroLine([low, high], y) {
  if (low > 0 || high < 0) return [];
  return [shape("line", { class: "zero", x1: EDGE, x2: WIDTH - EDGE, y1: y(0), y2: y(0) })];
}

/**
 * The parts of a curve between places where it has no number.
 * @param {number[][]} points
 */
export function runsOf(points) {
  const runs = [/** @type {number[][]} */ ([])];
  for (const point of points)
    if (point.every(Number.isFinite)) runs[runs.length - 1].push(point);
    else runs.push([]);
  return runs.filter((run) => run.length > 1);
}
