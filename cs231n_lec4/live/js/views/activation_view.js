// Six activation functions with one point that is dragged, typed or moved by arrow keys.

import { short } from "../core/format.js";
import { mountView } from "../core/mount_view.js";
import { change, element, fill, shape, th, tr } from "../core/page_parts.js";
import { scroller } from "../core/scroller.js";
import { send } from "../core/send.js";
import { label, ruleFrom, scale, sheet, stroke } from "../core/shapes.js";
import { problemLine, sliderRow } from "../panels/controls.js";

const WIDTH = 300;
const HEIGHT = 170;

export const renderActivations = (place) =>
  mountView(place, "activation-view", ["x"], buildActivations);

function buildActivations(model, words) {
  const grid = model.get("grid");
  const texts = model.get("class_mode") ? words.numbers_in_class : [words.numbers];
  const move = (x) => {
    const place = Math.round((Math.min(Math.max(x, grid.low), grid.high) - grid.low) / grid.step);
    send(model, { x: Number((grid.low + place * grid.step).toFixed(6)) });
  };
  const charts = model
    .get("curves")
    .map((curve) => chart(curve, grid, { caption: words.caption, numbers: texts }, move));
  const controls = pointControls(grid, words, () => model.get("x"), move);
  const chain = chainTable(model.get("chain"), words);
  const said = element("p", { class: "activation-said", role: "status" });
  const drawn = element("div", { class: "activation-charts" }, ...charts.map((one) => one.root));
  const start = model.get("x");
  let isMoved = false; // the table answers a prediction: not before a hand has moved
  const show = () => {
    const x = model.get("x");
    const place = Math.round((x - grid.low) / grid.step);
    charts.forEach((one) => one.show(place, x));
    controls.show();
    isMoved ||= x !== start;
    chain.show(isMoved ? place : null);
    said.textContent = sentence(model.get("curves"), place, x, grid, words);
  };
  return { parts: [controls.root, legend(words, grid), drawn, said, chain.root], show };
}

function legend(words, grid) {
  const value = element("span", {}, words.value);
  const slope = element("span", { class: "slope" }, words.slope);
  const flat = element("span", { class: "flat" }, fill(words.flat, { limit: grid.flat }));
  return element("p", { class: "activation-legend" }, value, slope, flat);
}

function pointControls(grid, words, get, set) {
  const { low: min, high: max, step } = grid;
  const refuse = (x) => (x >= min && x <= max ? "" : words.not_a_number);
  const control = { label: words.slider, min, max, step, get, set, refuse, spoken: short };
  const texts = { ...words, too_large: words.not_a_number };
  const row = sliderRow(control, texts, "activation-row", "x");
  const root = element("div", {}, row.root);
  root.append(problemLine(root));
  return { root, show: row.show };
}

function chart(curve, grid, words, move) {
  const x = scale(grid.low, grid.high, 8, WIDTH - 8);
  const y = scale(-1.6, 3.1, HEIGHT - 8, 8);
  const at = (place) => x(grid.low + place * grid.step);
  const line = (numbers) => numbers.map((number, place) => [at(place), y(number)]);
  const inside = (points) => points.filter(([, height]) => height > 0 && height < HEIGHT);
  const flat = ([first, last]) =>
    shape("rect", { x: at(first), width: at(last) - at(first), height: HEIGHT, class: "flat" });
  const value = shape("circle", { r: 5.5, class: "now" });
  const slope = shape("rect", { width: 9, height: 9, class: "now of-slope" });
  const svg = sheet(
    WIDTH,
    HEIGHT,
    ...flatParts(curve.slopes, grid).map(flat),
    ruleFrom("grid", 8, y(0), WIDTH - 8, y(0)),
    ruleFrom("grid", x(0), 8, x(0), HEIGHT - 8),
    stroke("slope", inside(line(curve.slopes))),
    stroke("value", inside(line(curve.values))),
    label("0", x(0) - 6, y(0) + 4, "end", "small under"),
    label("1", x(0) - 6, y(1), "end", "small beside"),
    slope,
    value,
  );
  const numbers = element("span", { class: "activation-numbers" });
  const title = fill(words.caption, curve);
  const root = element("figure", {}, element("figcaption", {}, title), svg, numbers);
  svg.addEventListener("pointerdown", (event) => svg.setPointerCapture(event.pointerId));
  const follow = (event) => event.buttons && move(pointed(svg, event, grid));
  svg.addEventListener("pointerdown", follow);
  svg.addEventListener("pointermove", follow);
  const show = (place, now) => {
    const [here, steep] = [curve.values[place], curve.slopes[place]];
    const within = (number) => Math.min(Math.max(y(number), 6), HEIGHT - 6);
    change(value, { cx: x(now), cy: within(here) });
    change(slope, { x: x(now) - 4.5, y: within(steep) - 4.5 });
    const facts = { value: short(here), slope: short(steep) };
    const parts = words.numbers.map((text) => element("span", {}, fill(text, facts)));
    numbers.replaceChildren(...parts);
  };
  return { root, show };
}

// Where on the x axis the pointer is.
function pointed(svg, event, grid) {
  const box = svg.getBoundingClientRect();
  const across = ((event.clientX - box.left) / box.width) * WIDTH;
  return scale(8, WIDTH - 8, grid.low, grid.high)(across);
}

// The stretches of places where the derivative is close to 0.
function flatParts(slopes, grid) {
  const parts = [];
  slopes.forEach((slope, place) => {
    if (Math.abs(slope) >= grid.flat) return;
    if (parts.length && parts.at(-1)[1] === place - 1) parts.at(-1)[1] = place;
    else parts.push([place, place]);
  });
  return parts.filter(([first, last]) => last > first);
}

function sentence(curves, place, x, grid, words) {
  const flat = curves.filter((curve) => Math.abs(curve.slopes[place]) < grid.flat);
  const names = flat.map((curve) => curve.name).join(", ");
  const facts = { x: short(x), limit: grid.flat, names };
  return fill(flat.length ? words.sentence : words.sentence_none, facts);
}

// Four sigmoids, one after the other: each output, each slope, and what is left of the gradient.
function chainTable(chain, words) {
  const rows = ["chain_output", "chain_slope", "chain_left"].map((key) => words[key]);
  const cells = rows.map(() => chain.outputs[0].map(() => element("td", {})));
  const heads = words.chain_columns.map((text) => (text ? th("col", text) : element("td", {})));
  const lines = [heads, ...rows.map((text, k) => [th("row", text), ...cells[k]])];
  const caption = element("caption", {}, words.chain);
  const about = { class: "activation-chain" };
  const table = element("table", about, caption, ...lines.map((line) => tr(...line)));
  const numbers = [chain.outputs, chain.slopes, chain.left];
  const show = (place) => {
    const text = (row, k) => (place === null ? "?" : short(numbers[row][place][k]));
    cells.forEach((line, row) => line.forEach((cell, k) => (cell.textContent = text(row, k))));
  };
  return { root: scroller(words.chain, table), show };
}
