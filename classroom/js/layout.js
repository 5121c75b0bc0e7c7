// DOT text → the SVG that the views take, by WebAssembly Graphviz: fetched from the site when the
// first picture is wanted, tidied as pictures/svg.py does, bent where a straight line would cross
// something (pictures/straight.py).

const MOST_LINES = 400; // up to here it is looked whether a line runs through something

let engine = null; // a promise: the engine is asked for once

/** @param {string} address of the script that brings it */
function engineFrom(address) {
  engine ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve(globalThis.WasmGraphviz.load());
    script.onerror = reject;
    script.src = address;
    document.head.append(script);
  });
  return engine;
}

/** The picture, as text. */
export async function layOut(dot, address) {
  const graphviz = await engineFrom(address);
  const draw = (text) => tidied(graphviz.dot(text, "svg"));
  let svg = draw(dot);
  if (dot.split("->").length <= MOST_LINES + 1 && runsThroughSomething(svg))
    svg = draw(dot.replace("splines=line", "splines=polyline"));
  return new XMLSerializer().serializeToString(svg);
}

const centre = (text, x) => {
  text.setAttribute("text-anchor", "middle");
  text.setAttribute("x", x);
};
const childrenOf = (group, tag) => [...group.children].filter((part) => part.localName === tag);

/** A group of class `wire` holds a line, its value text, then its gradient text, centred. */
export function tidied(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  for (const title of svg.querySelectorAll("title")) title.remove();
  for (const words of svg.querySelectorAll("text")) words.removeAttribute("xml:space");
  const background = svg.querySelector("g > polygon");
  background?.setAttribute("class", "background");
  background?.setAttribute("stroke", "none");
  for (const gate of svg.querySelectorAll("g.gate")) {
    const middle = gate.querySelector("ellipse")?.getAttribute("cx");
    childrenOf(gate, "text").forEach((words) => centre(words, middle));
  }
  svg.querySelectorAll("g.wire").forEach(tidyWire);
  return svg;
}

function tidyWire(group) {
  const line = ruleOf(group);
  const ends = ["x1", "x2"].map((key) => Number(line.getAttribute(key)));
  const texts = childrenOf(group, "text");
  for (const words of texts) centre(words, String((ends[0] + ends[1]) / 2));
  if (group.classList.contains("named")) moveName(group, texts.shift());
  texts.forEach((words, k) => {
    words.setAttribute("class", k < texts.length / 2 ? "value" : "gradient");
  });
}

// `w3` keeps only numbers; its name stands in `n3`.
function moveName(group, words) {
  const name = document.createElementNS(group.namespaceURI, "g");
  name.setAttribute("id", group.id.replace("w", "n"));
  name.setAttribute("class", "name");
  name.append(words);
  group.after(name);
}

// The border that Graphviz drew between the two cells becomes a line.
function ruleOf(group) {
  const border = group.querySelector("polyline, polygon");
  const points = border
    .getAttribute("points")
    .trim()
    .split(/\s+/)
    .map((p) => p.split(",").map(Number));
  const [xs, y] = [points.map(([x]) => x), points[0][1]];
  const line = document.createElementNS(group.namespaceURI, "line");
  const place = { x1: Math.min(...xs), x2: Math.max(...xs), y1: y, y2: y };
  const kept = ["stroke", "stroke-width", "stroke-dasharray"].map((key) => [
    key,
    border.getAttribute(key),
  ]);
  for (const [key, value] of [["class", "rule"], ...Object.entries(place), ...kept])
    if (value !== null) line.setAttribute(key, value);
  border.remove();
  group.prepend(line);
  return line;
}

// ── does a line between two boxes pass through a third? ──

export function runsThroughSomething(svg) {
  const lines = [...svg.querySelectorAll("g.edge > path")].map(endsOf);
  const boxes = [...svg.querySelectorAll("g.wire, g.gate")].map(insideOf);
  return lines.some((line) => boxes.some((box) => crosses(line, box)));
}

function endsOf(path) {
  const numbers = path
    .getAttribute("d")
    .match(/-?[\d.]+/g)
    .map(Number);
  return [numbers.slice(0, 2), numbers.slice(-2)];
}

const numbersOf = (part, keys) => keys.map((key) => Number(part.getAttribute(key)));

// A rectangle well inside a gate or the cells of a wire.
function insideOf(group) {
  const gate = childrenOf(group, "ellipse")[0];
  if (gate) {
    const [x, y, wide, high] = numbersOf(gate, ["cx", "cy", "rx", "ry"]);
    return [
      [x - wide * 0.6, y - high * 0.6],
      [x + wide * 0.6, y + high * 0.6],
    ];
  }
  const [x1, x2, y] = numbersOf(childrenOf(group, "line")[0], ["x1", "x2", "y1"]);
  const high = 5 * childrenOf(group, "text").length;
  return [
    [x1 + 2, y - high],
    [x2 - 2, y + high],
  ];
}

// A point start + t · way is inside where every coordinate is: t lies in two intervals.
/** @param {number[][]} line
 * @param {number[][]} box */
export function crosses([start, end], [low, high]) {
  let [enter, leave] = [0, 1];
  for (const axis of [0, 1]) {
    const way = end[axis] - start[axis];
    const isInside = low[axis] < start[axis] && start[axis] < high[axis];
    const ends = [low, high].map((corner) => (corner[axis] - start[axis]) / way);
    if (way)
      [enter, leave] = [Math.max(enter, Math.min(...ends)), Math.min(leave, Math.max(...ends))];
    else if (!isInside) return false;
  }
  return enter < leave;
}
