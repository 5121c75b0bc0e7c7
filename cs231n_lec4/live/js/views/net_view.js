// A net whose layers are chosen; its neurons, weights and biases with the sums written out.

import { grouped } from "../core/format.js";
import { mountView } from "../core/mount_view.js";
import { element, fill, th, tr } from "../core/page_parts.js";
import { send } from "../core/send.js";
import { mountControls } from "../panels/controls.js";
import { drawNet } from "./net_drawing.js";

const NEW_LAYER = 4; // units

export const renderNet = (place) => mountView(place, "net-view", ["layers", "shown"], buildNet);

function buildNet(model, words) {
  const picture = element("div", { role: "img" });
  const layers = layerControls(model, words);
  const reset = () => send(model, { layers: [...model.get("start")] });
  const controls = mountControls(layers, reset, words);
  const counts = countTable(words);
  const eye = showBox(model, words);
  const facts = () => factsOf(model.get("layers"), model.get("shown"), words);
  const show = () => {
    const sizes = model.get("layers");
    layers.forEach((layer, k) => (controls.rows[k].root.hidden = !isUsed(layer, sizes)));
    controls.root.style.setProperty("--columns", sizes.length);
    controls.show();
    eye.show();
    picture.setAttribute("aria-label", fill(words.alt, facts()));
    picture.replaceChildren(drawNet(sizes));
    counts.show(facts());
  };
  const drawn = element("div", { class: "net-drawn" }, picture, controls.root);
  const counted = element("div", { class: "net-counts" }, eye.root, counts.root);
  return { parts: [drawn, counted], show, said: () => fill(words.said, facts()) };
}

// ── choosing the layers ─────────────────────────────────────────────────────────────────────────

// A slider and a box for each layer, and one pair for the number of hidden layers.
function layerControls(model, words) {
  const { units, slider, hidden } = model.get("limits");
  const control = (facts) => ({
    ...{ ...facts, step: 1 },
    get: () => numberOf(facts, model.get("layers")),
    set: (value) => send(model, { layers: withNumber(facts, model.get("layers"), value) }),
    refuse: (value) => (isFit(value, facts) ? "" : words.out_of_range),
  });
  const layer = (label, place) => control({ label, place, min: 1, max: slider, most: units });
  const inner = (_, k) => layer(fill(words.hidden, { k: k + 1 }), k + 1);
  const between = Array.from({ length: hidden }, inner);
  const depth = control({ label: words.depth, min: 0, max: hidden, most: hidden });
  return [layer(words.input, 0), ...between, layer(words.output, -1), depth];
}

const isFit = (value, { min, most }) => Number.isInteger(value) && value >= min && value <= most;

// place: 0 the input, −1 the output, 1, 2, … a hidden layer; none: how many hidden layers.
export function numberOf({ place }, layers) {
  return place === undefined ? layers.length - 2 : (layers.at(place) ?? NEW_LAYER);
}

export function withNumber({ place }, layers, value) {
  const [first, last] = [layers[0], layers.at(-1)];
  if (place === undefined) {
    const inner = layers.slice(1, -1);
    return [first, ...Array.from({ length: value }, (_, k) => inner[k] ?? NEW_LAYER), last];
  }
  return layers.with(place, value);
}

function isUsed({ place }, layers) {
  return place === undefined || place < layers.length - 1;
}

// ── counting ────────────────────────────────────────────────────────────────────────────────────

// {row: [the sum written out, its total]}. The input layer has no neurons of its own.
export function countsOf(layers) {
  const neurons = layers.slice(1);
  const pairs = neurons.map((out, k) => [layers[k], out]);
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const weights = sum(pairs.map(([into, out]) => into * out));
  const biases = sum(neurons);
  const units = neurons.map(grouped).join(" + ");
  return {
    neurons: [units, grouped(biases)],
    weights: [pairs.map((pair) => pair.map(grouped).join(" × ")).join(" + "), grouped(weights)],
    biases: [units, grouped(biases)],
    parameters: [`${grouped(weights)} + ${grouped(biases)}`, grouped(weights + biases)],
  };
}

function factsOf(layers, shown, words) {
  const rows = countsOf(layers);
  const names = shown ? { layers: layers.length - 1, hidden: layers.length - 2 } : {};
  const unknown = words.unknown;
  const total = ([name, row]) => [name, shown ? row[1] : unknown];
  const named = layers.length === 2 && shown ? words.named_linear : words.named;
  return {
    sizes: layers.join("-"),
    ...Object.fromEntries(Object.entries(rows).map(total)),
    rows: shown ? rows : Object.fromEntries(Object.keys(rows).map((name) => [name, [unknown]])),
    named: fill(named, { layers: unknown, hidden: unknown, ...names }),
  };
}

function countTable(words) {
  const names = Object.keys(words.rows);
  const cells = names.map(() => [0, 1].map(() => element("td", {})));
  const head = (name) => [words.rows[name], element("small", {}, words.notes[name])];
  const row = (name, k) => tr(th("row", ...head(name)), ...cells[k]);
  const table = element("table", {}, element("tbody", {}, ...names.map(row)));
  const named = element("p", { class: "net-name" });
  const show = (facts) => {
    named.textContent = facts.named;
    names.forEach((name, k) => {
      const [sum, total] = facts.rows[name];
      cells[k][0].textContent = sum === total ? "" : sum.replaceAll(" × ", "\u00a0×\u00a0");
      cells[k][1].textContent = total === undefined ? "" : `= ${total}`;
    });
  };
  return { root: element("div", {}, table, named), show };
}

function showBox(model, words) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => send(model, { shown: box.checked }));
  const root = element("label", { class: "net-show" }, box, words.show);
  return { root, show: () => (box.checked = model.get("shown")) };
}
