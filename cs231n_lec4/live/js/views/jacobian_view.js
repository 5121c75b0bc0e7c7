// The Jacobian of a ReLU: a heat map up to 64 × 64, a counter above, and the product done twice.

import { formatNumber, grouped } from "../core/format.js";
import { heatMap, notBuilt } from "../core/heat_map.js";
import { mountView } from "../core/mount_view.js";
import { element, fill, paragraphs, th, tr } from "../core/page_parts.js";
import { keepReachable } from "../core/scroller.js";
import { handOf, send } from "../core/send.js";
import { mountControls, radioGroup } from "../panels/controls.js";

const ROWS = 8; // of the table
const RANGE = { min: -3, max: 3, step: 0.1 };

export const renderJacobian = (place) =>
  mountView(place, "jacobian-view", ["size", "x", "shift"], buildJacobian);

function buildJacobian(model, words) {
  const sizes = sizeChoice(model, words);
  const entries = entryControls(model, words);
  const all = shiftControls(model, words);
  const counter = element("p", { class: "jacobian-counter" });
  const place = element("div", { class: "jacobian-map" });
  const axes = element("p", { class: "jacobian-axes" }, words.axes);
  const table = element("div", { class: "jacobian-table" });
  keepReachable(table, words.view);
  const sides = element("div", { class: "jacobian-parts" }, place, table);
  const view = { sizes, entries, all, counter, place, axes, table };
  let heard = "";
  return {
    parts: [sizes.root, counter, sides, entries.root, all.root],
    show: () => (heard = showJacobian(model, words, view)),
    said: () => heard,
  };
}

// Shows the present numbers; returns what a screen reader hears.
function showJacobian(model, words, { sizes, entries, all, counter, place, axes, table }) {
  const x = numbersOf(model);
  const facts = factsOf(model, x ?? []);
  [sizes, entries, all].forEach((part) => part.show());
  entries.root.hidden = model.get("size") !== 4;
  all.root.hidden = model.get("size") === 4 || !x;
  counter.textContent = fill(x ? words.counter : words.counter_only, facts);
  const alt = fill(x ? words.alt : words.alt_not_built, facts);
  place.replaceChildren(x ? heatMap(x, alt) : notBuilt(words.not_built, alt), axes);
  const costs = () => paragraphs(words.costs.map((sentence) => fill(sentence, facts)));
  const beside = () => (x ? productTable(x, model.get("upstream"), words) : costs());
  table.replaceChildren(...(model.get("product") ? beside() : []));
  return `${counter.textContent} ${alt}`;
}

// The vector x; null where its Jacobian is only counted.
function numbersOf(model) {
  const [size, many] = [model.get("size"), model.get("many")];
  if (size === 4) return model.get("x");
  return size > many.length ? null : many.slice(0, size).map((x) => x + model.get("shift"));
}

// ── controls ────────────────────────────────────────────────────────────────────────────────────

function sizeChoice(model, words) {
  const sizes = Object.keys(model.get("memory")).map(Number);
  return radioGroup({
    title: words.sizes,
    kind: "sizes",
    options: sizes.map((size) => ({ value: size, face: grouped(size) })),
    ...handOf(model, "size"),
  });
}

// Four sliders, one for each entry of x.
function entryControls(model, words) {
  const control = (k) => ({
    ...{ label: `x[${k}]`, ...RANGE },
    get: () => model.get("x")[k],
    set: (value) => send(model, { x: model.get("x").with(k, value) }),
  });
  const reset = () => send(model, { x: [...model.get("slide")] });
  return mountControls([0, 1, 2, 3].map(control), reset, words);
}

// One slider that is added to every entry.
function shiftControls(model, words) {
  const shift = { label: words.shift, ...RANGE, ...handOf(model, "shift") };
  return mountControls([shift], () => shift.set(0), words);
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────

function factsOf(model, x) {
  const n = model.get("size");
  const [memory, direct] = model.get("memory")[n];
  const ones = x.filter((v) => v > 0).length;
  return { n: grouped(n), entries: grouped(n * n), memory, direct, ones };
}

// Jᵀ · upstream with every product, zeros included; and the one line that needs no matrix.
function bothWays(x, upstream) {
  const J = x.map((_, i) => x.map((v, j) => (i === j && v > 0 ? 1 : 0)));
  const byMatrix = x.map((_, j) => x.reduce((sum, _, i) => sum + J[i][j] * upstream[i], 0));
  const direct = x.map((v, j) => upstream[j] * Number(v > 0));
  return { byMatrix, direct };
}

function productTable(x, upstream, words) {
  const { byMatrix, direct } = bothWays(x, upstream);
  const head = tr(...words.jacobian_columns.map((name) => th("col", name)));
  const gradients = [upstream, byMatrix, direct];
  const row = (_, i) => {
    const cells = gradients.map((numbers) => number(numbers[i], "gradient"));
    return tr(th("row", String(i)), number(x[i], "value"), ...cells);
  };
  const rows = x.slice(0, ROWS).map(row);
  const off = Math.max(...byMatrix.map((value, i) => Math.abs(value - direct[i])));
  const [n, entries] = [x.length, x.length ** 2].map(grouped);
  const facts = { n, entries, off: formatNumber(off), rows: ROWS };
  const more = [x.length > ROWS && fill(words.more_rows, facts), fill(words.both_ways, facts)];
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return [table, ...paragraphs(more)];
}

function number(value, kind) {
  return element("td", { class: kind }, formatNumber(value, 1));
}
