// The Jacobian of a ReLU: a heat map up to 64 × 64, a counter above, and the product done twice.

import { mountControls } from "../panels/controls.js";
import { formatNumber } from "../core/format.js";
import { element, fill } from "../core/page_parts.js";
import { heatMap, notBuilt } from "../core/heat_map.js";
import { mountScene } from "../core/hall_keys.js";
import { keepKeys, takeKeys } from "../core/keys.js";
import { send } from "../graph/session.js";

const ROWS = 8; // of the table
const REACH = 3;

const REST = 600; // milliseconds without a move, then the numbers are spoken
const CHANGES = ["change:size", "change:x", "change:shift"];

export function renderJacobian({ model, el }) {
  const words = model.get("words");
  const view = partsOf(model, words);
  el.replaceChildren(view.root);
  keepKeys(view.root);
  if (model.get("class_mode")) {
    takeKeys(view.root);
    mountScene(view.root);
  }
  let timer = 0;
  const show = () => {
    const text = showJacobian(model, words, view);
    clearTimeout(timer);
    timer = setTimeout(() => (view.said.textContent = text), REST);
  };
  CHANGES.forEach((change) => model.on(change, show));
  show();
  return () => {
    clearTimeout(timer);
    CHANGES.forEach((change) => model.off(change, show));
  };
}

function partsOf(model, words) {
  const sizes = sizeChoice(model, words);
  const entries = mountControls(entrySession(model), words);
  const all = mountControls(shiftSession(model, words), words);
  const counter = element("p", { class: "jacobian-counter" });
  const place = element("div", { class: "jacobian-map" });
  const axes = element("p", { class: "jacobian-axes" }, words.axes);
  const table = element("div", { class: "jacobian-table" });
  const said = element("p", { class: "only-heard", "aria-live": "polite" });
  const sides = element("div", { class: "jacobian-parts" }, place, table);
  const root = element("div", {
    class: `cs231n-live jacobian-view${model.get("class_mode") ? " for-class" : ""}`,
    role: "group",
    "aria-label": words.jacobian_view,
    tabindex: "-1",
  });
  root.append(sizes.root, counter, sides, entries.root, all.root, said);
  return { root, sizes, entries, all, counter, place, axes, table, said };
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
  const beside = () =>
    x ? productTable(x, model.get("upstream"), words) : costs(words, facts);
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

// One radio button for each size: arrow keys go from one to the next.
function sizeChoice(model, words) {
  const name = `sizes-${Math.random().toString(36).slice(2)}`;
  const buttons = Object.keys(model.get("memory")).map((size) => {
    const button = element("input", { type: "radio", name, value: size });
    button.addEventListener("change", () => send(model, { size: Number(size) }));
    return button;
  });
  const labels = buttons.map((button) =>
    element("label", {}, button, grouped(Number(button.value))),
  );
  const root = element(
    "fieldset",
    { class: "sizes" },
    element("legend", {}, words.sizes),
    ...labels,
  );
  const show = () =>
    buttons.forEach((button) => (button.checked = Number(button.value) === model.get("size")));
  return { root, show };
}

// Four sliders, one for each entry of x.
function entrySession(model) {
  const control = (k) => ({ label: `x[${k}]`, index: k, min: -REACH, max: REACH, step: 0.1 });
  const withEntry = (k, value) => model.get("x").map((old, j) => (j === k ? value : old));
  return {
    model,
    controls: [0, 1, 2, 3].map(control),
    get: ({ index }) => model.get("x")[index],
    set: ({ index }, value) => send(model, { x: withEntry(index, value) }),
    reset: () => send(model, { x: [...model.get("slide")] }),
  };
}

// One slider that is added to every entry.
function shiftSession(model, words) {
  return {
    model,
    controls: [{ label: words.shift, min: -REACH, max: REACH, step: 0.1 }],
    get: () => model.get("shift"),
    set: (_, value) => send(model, { shift: value }),
    reset: () => send(model, { shift: 0 }),
  };
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────

function factsOf(model, x) {
  const n = model.get("size");
  const [memory, direct] = model.get("memory")[n];
  return {
    n: grouped(n),
    entries: grouped(n * n),
    memory,
    direct,
    ones: x.filter((v) => v > 0).length,
  };
}

// Jᵀ · upstream with every product, zeros included; and the one line that needs no matrix.
export function bothWays(x, upstream) {
  const J = x.map((_, i) => x.map((v, j) => (i === j && v > 0 ? 1 : 0)));
  const byMatrix = x.map((_, j) => x.reduce((sum, _, i) => sum + J[i][j] * upstream[i], 0));
  const direct = x.map((v, j) => upstream[j] * (v > 0));
  return { byMatrix, direct };
}

function productTable(x, upstream, words) {
  const { byMatrix, direct } = bothWays(x, upstream);
  const head = element(
    "tr",
    {},
    ...words.jacobian_columns.map((name) => element("th", { scope: "col" }, name)),
  );
  const row = (_, i) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, String(i)),
      number(x[i], "value"),
      number(upstream[i], "gradient"),
      number(byMatrix[i], "gradient"),
      number(direct[i], "gradient"),
    );
  const rows = x.slice(0, ROWS).map(row);
  const off = Math.max(...byMatrix.map((value, i) => Math.abs(value - direct[i])));
  const facts = {
    n: grouped(x.length),
    entries: grouped(x.length ** 2),
    off: formatNumber(off),
    rows: ROWS,
  };
  const more = x.length > ROWS ? [element("p", {}, fill(words.more_rows, facts))] : [];
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return [table, ...more, element("p", {}, fill(words.both_ways, facts))];
}

function number(value, kind) {
  return element("td", { class: kind }, formatNumber(value, 1));
}

function costs(words, facts) {
  return words.costs.map((sentence) => element("p", {}, fill(sentence, facts)));
}

function grouped(n) {
  return n.toLocaleString("en-US");
}

export default { render: renderJacobian };
