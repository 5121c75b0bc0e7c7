// A net whose layers are chosen; its neurons, weights and biases with the sums written out.

import { mountControls, tellProblem } from "../panels/controls.js";
import { grouped } from "../core/format.js";
import { keepKeys } from "../core/keys.js";
import { drawNet } from "./net_drawing.js";
import { element, fill } from "../core/page_parts.js";
import { send } from "../graph/session.js";

const NEW_LAYER = 4; // units

export function renderNet({ model, el }) {
  const words = model.get("words");
  const picture = element("div", { class: "net-picture", role: "img" });
  const session = layerSession(model, words, (text) => tellProblem(controls.root, text));
  const controls = mountControls(session, words);
  const rows = [...controls.root.querySelectorAll(".slider-row")];
  const counts = countTable(words);
  const eye = showBox(model, words);
  const said = element("p", { class: "only-heard", "aria-live": "polite" });
  const root = element(
    "div",
    { class: "cs231n-live net-view", role: "group", "aria-label": words.view },
    element("div", { class: "net-drawn" }, picture, controls.root),
    element("div", { class: "net-counts" }, eye.root, counts.root),
    said,
  );
  keepKeys(root);
  el.replaceChildren(root);

  let timer = 0;
  const show = () => {
    const layers = model.get("layers");
    const facts = factsOf(layers, model.get("shown"), words);
    session.controls.forEach((control, k) => (rows[k].hidden = !isUsed(control, layers)));
    controls.root.style.setProperty("--columns", layers.length);
    controls.show();
    eye.show();
    picture.setAttribute("aria-label", fill(words.alt, facts));
    picture.replaceChildren(drawNet(layers));
    counts.show(facts);
    clearTimeout(timer);
    timer = setTimeout(() => (said.textContent = fill(words.said, facts)), 600);
  };
  const events = ["change:layers", "change:shown"];
  events.forEach((event) => model.on(event, show));
  show();
  return () => {
    clearTimeout(timer);
    events.forEach((event) => model.off(event, show));
  };
}

// ── choosing the layers ─────────────────────────────────────────────────────────────────────────

// A slider and a box for each layer, and one pair for the number of hidden layers.
function layerSession(model, words, say) {
  const { units, slider, hidden } = model.get("limits");
  const layer = (label, place) => ({ label, place, min: 1, max: slider, step: 1, most: units });
  const inner = Array.from({ length: hidden }, (_, k) =>
    layer(fill(words.hidden, { k: k + 1 }), k + 1),
  );
  const depth = { label: words.depth, min: 0, max: hidden, step: 1, most: hidden };
  const get = (control) => numberOf(control, model.get("layers"));
  const set = (control, value) => {
    const good = Number.isInteger(value) && value >= control.min && value <= control.most;
    const facts = { name: control.label, low: control.min, high: grouped(control.most) };
    say(good ? "" : fill(words.out_of_range, { ...facts, value: get(control) }));
    if (good) send(model, { layers: withNumber(control, model.get("layers"), value) });
  };
  return {
    model,
    program: {}, // a saved page needs no Python for it
    controls: [layer(words.input, 0), ...inner, layer(words.output, -1), depth],
    get,
    set,
    reset: () => (say(""), send(model, { layers: [...model.get("start")] })),
  };
}

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
  const total = ([name, [, number]]) => [name, shown ? number : unknown];
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
  const row = (name, k) =>
    element("tr", {}, element("th", { scope: "row" }, ...head(name)), ...cells[k]);
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

export default { render: renderNet };
