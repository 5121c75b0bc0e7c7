// The picture of a training: what the net answers, the loss, the sizes. The kernel sends the
// numbers.

import { keepKeys } from "./keys.js";
import { element } from "./page_parts.js";
import { brief, label, logScale, logTicks, scale, shape, sheet, stroke, ticks } from "./shapes.js";

const SIDE = 280;
const WIDE = 400;
const LEFT = 50;
const BOTTOM = 26;

export function render({ model, el }) {
  const words = model.get("words");
  const map = mapPanel();
  const curve = panel(WIDE);
  const bars = panel(SIDE);
  const status = element("p", { class: "training-status" });
  const said = element("p", { class: "training-said", role: "status" });
  const titled = [map, curve, bars].map((part, place) =>
    element(
      "figure",
      { class: "training-panel" },
      element("figcaption", {}, words.panels[place]),
      part.root,
    ),
  );
  const picture = element("div", { class: "training-picture", role: "img" }, ...titled);
  el.replaceChildren(element("div", { class: "training" }, picture, status, said));

  const show = () => {
    const [scene, frame] = [model.get("scene"), model.get("frame")];
    map.show(scene, frame, model.get("answers"));
    curve.svg.replaceChildren(...lossChart(scene, frame, model.get("words")));
    bars.svg.replaceChildren(...sizeChart(frame, words));
    status.textContent = model.get("status");
    if (said.textContent !== model.get("said")) said.textContent = model.get("said");
    picture.setAttribute("aria-label", model.get("alt"));
  };
  model.on("change", show); // the kernel sends all numbers of a step at once
  show();
  // The menus and buttons around this picture are ipywidgets; once all is on the page, they are
  // found.
  requestAnimationFrame(() => keepKeys(el.closest(".cs231n-training") || el));
  return () => model.off("change", show);
}

function panel(width) {
  const svg = sheet(width, SIDE);
  return { root: svg, svg };
}

// The answers are coloured cells on a canvas; the points and the units' lines lie above it.
function mapPanel() {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const svg = sheet(SIDE, SIDE);
  const root = element("div", { class: "training-map" }, canvas, svg);
  return { root, show: (scene, frame, bytes) => showMap(canvas, svg, scene, frame, bytes) };
}

function showMap(canvas, svg, scene, frame, bytes) {
  paint(canvas, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), scene.cells);
  const x = scale(-scene.edge, scene.edge, 0, SIDE);
  const y = scale(-scene.edge, scene.edge, SIDE, 0);
  const lines = frame.lines.map(([a, b, c, d]) =>
    stroke("unit", [
      [x(a), y(b)],
      [x(c), y(d)],
    ]),
  );
  const points = scene.points.map(([a, b, k]) => point(x(a), y(b), k));
  svg.replaceChildren(...lines, ...points);
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
function point(x, y, k) {
  const corners = { 1: "-3.2,-3.2 3.2,-3.2 3.2,3.2 -3.2,3.2", 2: "0,-4.2 4,3.4 -4,3.4" }[k];
  const look = {
    class: `point class-${k}`,
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
  };
  return corners
    ? shape("polygon", { points: corners, ...look })
    : shape("circle", { r: 3.5, ...look });
}

function lossChart(scene, frame, words) {
  const numbers = frame.losses.map(([, loss]) => loss);
  const low = Math.min(0.02, 0.8 * Math.min(...numbers));
  const high = 1.3 * Math.max(2 * scene.guessing, ...numbers);
  const last = Math.max(10, frame.step);
  const x = scale(0, last, LEFT, WIDE - 12);
  const y = logScale(low, high, SIDE - BOTTOM, 8);
  const end = [x(frame.step), y(numbers.at(-1))];
  return [
    ...logTicks(low, high).flatMap((tick) => [
      stroke("grid", [
        [LEFT, y(tick)],
        [WIDE - 12, y(tick)],
      ]),
      label(tick, LEFT - 6, y(tick) + 4, "end"),
    ]),
    ...ticks(last).map((tick) => label(tick, x(tick), SIDE - 8)),
    stroke("guessing", [
      [LEFT, y(scene.guessing)],
      [WIDE - 12, y(scene.guessing)],
    ]),
    label(words.guess, WIDE - 14, y(scene.guessing) - 5, "end"),
    stroke(
      "loss",
      frame.losses.map(([step, loss]) => [x(step), y(loss)]),
    ),
    shape("circle", { cx: end[0], cy: end[1], r: 4.5, class: "now" }),
  ];
}

// Few enough characters for the top of a bar: 48.2, 0.0038, 7e−4.
function size(number) {
  if (number === 0 || number >= 0.1) return brief(number);
  const text = number < 0.001 ? number.toExponential(0) : String(Number(number.toPrecision(2)));
  return text.replace("-", "−");
}

// Filled bars are weights, outlined ones gradients.
function sizeChart(frame, words) {
  const y = logScale(1e-4, 100, SIDE - BOTTOM, 30);
  const x = scale(0, frame.weights.length, LEFT, SIDE - 6);
  const wide = Math.min(40, (x(1) - x(0)) * 0.38);
  const bar = (number, kind, left) => [
    shape("rect", {
      x: left + 2,
      y: y(number),
      width: wide - 4,
      height: Math.max(0, SIDE - BOTTOM - y(number)),
      class: `bar ${kind}`,
    }),
    label(size(number), left + wide / 2, y(number) - 6, "middle", "small"),
  ];
  return [
    ...[1e-4, 1e-2, 1, 100].flatMap((tick) => [
      stroke("grid", [
        [LEFT, y(tick)],
        [SIDE - 6, y(tick)],
      ]),
      label(tick, LEFT - 6, y(tick) + 4, "end"),
    ]),
    ...frame.weights.flatMap((weight, k) => {
      const middle = (x(k) + x(k + 1)) / 2;
      const name = label(words.layer.replace("{number}", k + 1), middle, SIDE - 8);
      return [
        ...bar(weight, "weights", middle - wide),
        ...bar(frame.grads[k], "grads", middle),
        name,
      ];
    }),
    shape("rect", { x: LEFT, y: 5, width: 12, height: 10, class: "bar weights" }),
    label(words.weights, LEFT + 17, 14, "start"),
    shape("rect", { x: LEFT + 100, y: 5, width: 12, height: 10, class: "bar grads" }),
    label(words.grads, LEFT + 117, 14, "start"),
  ];
}

export default { render };
