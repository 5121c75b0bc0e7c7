// The wires of the picture, and the numbers that stand above and below them.

import { formatNumber } from "./format.js";

// One wire: the texts above and below its line, and the lines that belong to it.
export function wireOf(parts, record) {
  const group = parts.get(record.id);
  return {
    ...record,
    group,
    values: [...group.querySelectorAll(".value")],
    gradients: [...group.querySelectorAll(".gradient")],
    edges: record.edges.map((id) => parts.get(id)).filter(Boolean),
  };
}

// Changing the letters of a text that is there is far cheaper than putting a new text in its place.
export function setTexts(elements, lines) {
  elements.forEach((element, k) => {
    const text = lines[k] ?? "";
    if (!element.firstChild) element.append("");
    if (element.firstChild.data !== text) element.firstChild.data = text;
  });
}

// Which wires of a large picture are in the window of its scrolling place: only these must follow
// the hand at once. `come` is called when others come into sight.
const MANY = 100;
const MARGIN = 60; // of the picture's own units: half a wire and a little more

export function watchWires(place, svg, wires, come) {
  if (wires.length <= MANY) return () => wires;
  const middles = wires.map((wire) => middleOf(wire.group));
  const width = Number(svg.getAttribute("viewBox").split(" ")[2]);
  let near = wires;
  place.onscroll = () => {
    const scale = svg.getBoundingClientRect().width / width;
    const [left, top] = [place.scrollLeft / scale - MARGIN, place.scrollTop / scale - MARGIN];
    const right = left + place.clientWidth / scale + 2 * MARGIN;
    const bottom = top + place.clientHeight / scale + 2 * MARGIN;
    const isNear = ([x, y]) => x > left && x < right && y > top && y < bottom;
    near = wires.filter((_, k) => isNear(middles[k]));
    come();
  };
  return () => near;
}

// The middle of a wire's rule, from the upper left corner of the picture.
export function middleOf(group) {
  const rule = group.querySelector(".rule");
  const [x1, x2, y] = ["x1", "x2", "y1"].map((key) => Number(rule.getAttribute(key)));
  const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(
    group.parentNode.getAttribute("transform"),
  );
  return [(x1 + x2) / 2 + Number(moved[1]), y + Number(moved[2])];
}

// Numbers on these wires: from the program, or as the kernel sent them.
export function showNumbers(session, wires) {
  const { look, program, settings, model } = session;
  const frame = program ? null : model.get("frame");
  for (const wire of wires) {
    const [above, below] = program
      ? [look(program.values[wire.node]), look(gradientName(program, wire))].map((number) => [
          numberText(number, settings),
        ])
      : frame[wire.id].texts;
    setTexts(wire.values, above);
    setTexts(wire.gradients, below);
  }
}

// A branch shows its own share; every other wire the whole gradient.
export function gradientName(program, wire) {
  if (wire.role === "branch") return program.shares[wire.gate][wire.slot];
  return program.grads[wire.node];
}

function numberText(number, settings) {
  return number === null ? "" : formatNumber(number, settings.digits, settings.room);
}

// What stands on a wire now, as one line each.
export const valueOf = (wire) => joined(wire.values);
export const gradientOf = (wire) => joined(wire.gradients);

function joined(elements) {
  const text = elements.map((element) => element.textContent).join(" ");
  return text.replace(/\s+/g, " ").trim(); // rows of an array are padded
}
