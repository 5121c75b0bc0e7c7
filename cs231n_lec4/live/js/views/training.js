// A training: menus, buttons, and what the net answers, the loss, the sizes. The kernel trains and
// sends the numbers.

import { formatNumber, short } from "../core/format.js";
import { mountView, whenResting } from "../core/mount_view.js";
import { buttonFor, element, fill, paragraphs, setIdle, shape } from "../core/page_parts.js";
import { press, send } from "../core/send.js";
import {
  label,
  logScale,
  logTicks,
  ruleFrom,
  scale,
  sheet,
  stroke,
  ticks,
} from "../core/shapes.js";
import { withoutControls } from "../panels/controls.js";
import { startTrainer } from "./page_trainer.js";

// The charts, in pixels.
const USUAL = {
  side: 280, // their height, and the width of the map
  curve: 400, // the width of the loss
  bars: 280, // and of the sizes
  left: 50, // the place of the numbers at the left
  bottom: 26, // and below
  top: 30, // the place of the words over the bars
  guess: -5, // how far "guessing" stands below its line
  bar: 40, // how wide a bar may be
  digits: 2, // of a small number over a bar
  every: 1, // one of so many numbers below the loss is written
};
const LARGE = { left: 78, bottom: 32, top: 58, guess: 22, bar: 60, digits: 1, every: 2 };
const IN_CLASS = { side: 250, curve: 272, bars: 340, ...LARGE };

const WATCHED = ["frame", "said", "alt", "chosen", "running"]; // a frame comes with all that is drawn
// Start and One step wait while the net is training. Stop never waits: a hand may be quicker than
// the kernel's word that it runs.
const BUTTONS = ["start", "step", "stop", "reset"];
const WAITING = ["start", "step"];
const PATIENCE = 4000; // milliseconds that a training may be silent

export const renderTraining = (place) =>
  mountView(place, "cs231n-training", WATCHED, buildTraining);

function buildTraining(model, words, _, signal) {
  const size = model.get("class_mode") ? IN_CLASS : USUAL;
  const trainer = model.saved && model.get("lesson") ? startTrainer(model, words) : null;
  const act = trainer ?? ((name) => press(model, name, { chosen: model.get("chosen") }));
  const isStill = model.saved && !trainer;
  const withControls = () => trainingControls(model, words, act);
  const controls = isStill ? withoutControls(words.needs_python) : withControls();
  const map = mapPanel(size);
  const [curve, bars] = [sheet(size.curve, size.side), sheet(size.bars, size.side)];
  const status = element("p", { class: "training-status" });
  const said = element("p", { class: "training-said hint", role: "status" });
  const captions = words.panels.map((text) => element("figcaption", {}, text));
  const figure = (chart, k) => element("figure", { class: "training-panel" }, captions[k], chart);
  const figures = [map.root, curve, bars].map(figure);
  const picture = element("div", { class: "training-picture", role: "img" }, ...figures);
  const late = whenResting(PATIENCE, signal);
  const show = () => {
    const [scene, frame] = [model.get("scene"), model.get("frame")];
    controls.show();
    map.show(scene, frame, model.get("answers"));
    curve.replaceChildren(...lossChart(scene, frame, size));
    bars.replaceChildren(...sizeChart(frame, words, size));
    status.textContent = model.get("status");
    if (said.textContent !== model.get("said")) said.textContent = model.get("said");
    picture.setAttribute("aria-label", model.get("alt"));
    const isSilent = () => model.get("running") && !model.saved;
    late(() => isSilent() && (said.textContent = words.waiting));
  };
  const drawn = element("div", { class: "training" }, picture, status, said);
  signal.addEventListener("abort", () => trainer?.("stop"));
  return { parts: [controls.root, drawn], show };
}

// ── controls ──

function trainingControls(model, words, act) {
  const known = Object.entries(model.get("menus"));
  const isHere = (name) => !model.saved || model.get("lesson").menus.includes(name);
  const shown = known.filter(([name]) => isHere(name));
  const menus = shown.map(([name, options]) => menu(model, name, options, words.controls[name]));
  const buttons = BUTTONS.map((name) => {
    const isIdle = () => model.get("running") && WAITING.includes(name);
    const root = buttonFor(words[name], () => isIdle() || act(name));
    return { root, show: () => setIdle(root, isIdle()) };
  });
  const row = (kind, parts) => element("div", { class: kind }, ...parts.map((one) => one.root));
  const rows = [row("training-controls", menus), row("training-buttons", buttons)];
  const note = paragraphs([model.saved && words.page_keeps], { class: "training-note" });
  const root = element("div", {}, ...rows, ...note);
  return { root, show: () => [...menus, ...buttons].forEach((one) => one.show()) };
}

function menu(model, name, options, text) {
  const get = () => model.get("chosen")[name];
  const set = (value) => send(model, { chosen: { ...model.get("chosen"), [name]: value } });
  const choice = element("select", {}, ...options.map(([shown]) => element("option", {}, shown)));
  choice.addEventListener("change", () => set(options[choice.selectedIndex][1]));
  const root = element("label", { class: `training-${name}` }, element("span", {}, text), choice);
  const show = () => (choice.selectedIndex = options.findIndex(([, value]) => value === get()));
  return { root, show };
}

// ── the picture ──

// The answers are coloured cells on a canvas; the points and the units' lines lie above it.
function mapPanel({ side }) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const svg = sheet(side, side);
  const root = element("div", { class: "training-map" }, canvas, svg);
  const show = ({ edge, cells, points }, { lines }, bytes) => {
    paint(canvas, colours(bytes), cells);
    const [x, y] = [scale(-edge, edge, 0, side), scale(-edge, edge, side, 0)];
    const units = lines.map(([a, b, c, d]) => ruleFrom("unit", x(a), y(b), x(c), y(d)));
    svg.replaceChildren(...units, ...points.map(([a, b, k]) => point(x(a), y(b), k)));
  };
  return { root, show };
}

// A saved page holds the bytes as a list.
function colours(bytes) {
  if (!bytes.buffer) return Uint8Array.from(bytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function paint(canvas, colours, cells) {
  if (canvas.width !== cells) canvas.width = canvas.height = cells;
  const context = canvas.getContext("2d");
  const image = context.createImageData(cells, cells);
  for (let place = 0; place < cells * cells; place++) {
    image.data.set(colours.subarray(3 * place, 3 * place + 3), 4 * place);
    image.data[4 * place + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

// A circle, a square or a triangle, so that classes differ in more than colour.
const SIGNS = [
  "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
  "M-3.2 -3.2h6.4v6.4h-6.4z",
  "M0 -4.2L4 3.4H-4z",
];

function point(x, y, k) {
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return shape("path", { d: SIGNS[k], class: `point class-${k}`, transform });
}

// Horizontal lines, each with its number at the left.
function levels(ticks, y, left, right) {
  return ticks.flatMap((tick) => [
    ruleFrom("grid", left, y(tick), right, y(tick)),
    label(tick, left - 6, y(tick), "end", "beside"),
  ]);
}

function lossChart(scene, frame, size) {
  const { side, curve, left, bottom } = size;
  const numbers = frame.losses.map(([, loss]) => loss);
  const low = Math.min(0.02, 0.8 * Math.min(...numbers));
  const high = 1.3 * Math.max(2 * scene.guessing, ...numbers);
  const [step, loss] = frame.losses.at(-1); // where it explodes, that is a step not taken
  const last = Math.max(10, step);
  const x = scale(0, last, left, curve - 12);
  const y = logScale(low, high, side - bottom, 8);
  const guess = y(scene.guessing);
  const line = frame.losses.map(([at, height]) => [x(at), y(height)]);
  const steps = ticks(last).filter((_, place) => place % size.every === 0);
  return [
    ...levels(logTicks(low, high), y, left, curve - 12),
    ...steps.map((tick) => label(tick, x(tick), side - 8)),
    ruleFrom("guessing", left, guess, curve - 12, guess),
    label(scene.guess, curve - 14, guess + size.guess, "end"),
    stroke("loss", line),
    shape("circle", { cx: x(step), cy: y(loss), r: 4.5, class: "now" }),
  ];
}

// Few enough characters for the top of a bar: 48.2, 0.0038, 7e−4.
function overBar(number, digits) {
  if (number > 0 && number < 0.001) return formatNumber(number, 2, 4);
  return short(number, number < 0.1 ? digits : 3);
}

// Filled bars are weights, outlined ones gradients.
function sizeChart(frame, words, size) {
  const { side, bars, left, bottom, top } = size;
  const y = logScale(1e-4, 100, side - bottom, top);
  const x = scale(0, frame.weights.length, left, bars - 6);
  const wide = Math.min(size.bar, (x(1) - x(0)) * 0.45);
  const bar = (number, kind, at) => [
    shape("rect", {
      ...{ class: `bar ${kind}`, x: at + 2, width: wide - 4 },
      ...{ y: y(number), height: side - bottom - y(number) },
    }),
    label(overBar(number, size.digits), at + wide / 2, y(number) - 6, "middle", "small"),
  ];
  const layer = (weight, k) => {
    const middle = (x(k) + x(k + 1)) / 2;
    return [
      ...bar(weight, "weights", middle - wide),
      ...bar(frame.grads[k], "grads", middle),
      label(fill(words.layer, { number: k + 1 }), middle, side - 8),
    ];
  };
  const grid = levels([1e-4, 1e-2, 1, 100], y, left, bars - 6);
  return [...grid, ...frame.weights.flatMap(layer), ...legend(words, left, bars)];
}

function legend(words, left, bars) {
  return ["weights", "grads"].flatMap((kind, k) => {
    const at = left + (k * (bars - left)) / 2;
    return [
      shape("rect", { x: at, y: 5, width: 12, height: 10, class: `bar ${kind}` }),
      label(words[kind], at + 17, 10, "start", "beside"),
    ];
  });
}
