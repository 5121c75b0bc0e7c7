// Arrays on wires: a strip that shows the entries of large ones, and each entry with its own
// gradient, at the pointer or by arrow keys.

import { change, element, fill, shape } from "../core/page_parts.js";
import { formatNumber, isWrittenOut } from "../core/format.js";
import { entriesOf, holdsArray, placeOf } from "./entry_numbers.js";
import { pathsOf } from "../program/paths.js";
import { cellsOf, edgesOf, entryPlace } from "./places.js";
import { gradientName, gradientOf, valueOf } from "./wires.js";

/** @import { Term } from "../program/paths.js" */

const MOST_TERMS = 4; // of a sum that is written in words
const SIDES = ["value", "gradient"];
const STRIP = 3; // the height of a strip, in the picture's own units

export function mountEntries(session, words) {
  const text = element("p", { class: "entry hint", role: "status" }, words.entry_help);
  const marks = SIDES.map(() => shape("rect", { class: "here" })); // on the entry that is told of
  /** @type {any} */
  const state = { session, words, text, marks, boxes: new WeakMap(), current: null };
  // Heard here: a group of SVG that listens to the focus would be a stop of Tab itself.
  session.place.addEventListener("focusin", ({ target }) => {
    const wire = session.wires.find(({ group }) => group.contains(target));
    state.boxes.get(wire)?.meet(target);
  });
  const show = () => {
    const arrays = session.wires.filter((wire) => holdsArray(session, wire));
    text.hidden = !arrays.length;
    for (const wire of arrays) {
      if (!state.boxes.has(wire)) state.boxes.set(wire, coverArray(state, wire));
      state.boxes.get(wire).showStrips();
    }
    if (state.current && !session.wires.includes(state.current.wire)) forgetEntry(state);
    if (state.current) tellEntry(state);
  };
  return { root: text, show };
}

// Lays a see-through box over an array: it takes the pointer and the keys.
function coverArray(state, wire) {
  const { session, words } = state;
  const entries = entriesOf(session, wire);
  const area = cellsOf(wire);
  const keys = session.canTake?.(wire) ? words.entry_take : words.entry_keys;
  const label = fill(keys, { name: wire.name, shape: entries.shape.join(" × ") });
  const box = shape("rect", {
    ...{ class: "array", x: area.x, y: area.y, width: area.width, height: area.height },
    ...{ tabindex: "0", role: "img", "aria-label": label },
  });
  const strips = entries.strip ? [3, 4].map((level) => stripOf(wire, area, level, entries)) : [];
  const showStrips = () => {
    if (!strips.length) return;
    const { items } = entriesOf(session, wire);
    strips.forEach((strip) => strip(items));
  };
  wire.group.append(box);
  const go = (k) => {
    state.current = { wire, k };
    wire.group.append(...state.marks);
    tellEntry(state);
  };
  wire.group.addEventListener("pointermove", (event) => {
    if (!event.buttons) go(entryAt(event, wire, box, entries));
  });
  box.addEventListener("keydown", (event) => arrow(event, entries, state, go));
  box.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") wire.grabs?.[state.current.k]?.focus(); // Escape comes back: grab.js
  });
  wire.cover = box;
  const meet = (target) => {
    const taken = wire.grabs?.indexOf(target) ?? -1;
    go(taken >= 0 ? taken : state.current?.wire === wire ? state.current.k : 0);
  };
  return { showStrips, meet };
}

// One small cell for each entry, right above the rule or below it; the larger, the stronger.
function stripOf(wire, area, level, { items }) {
  const width = area.width / items.length;
  const y = level === 3 ? area.rule - STRIP - 0.6 : area.rule + 0.6;
  const cells = items.map((_, k) =>
    shape("rect", { x: area.x + k * width, y, width, height: STRIP }),
  );
  const kind = level === 3 ? "value-strip" : "gradient-strip";
  const group = shape("g", { class: `strip ${kind}` });
  group.append(...cells);
  wire.group.append(group);
  return (now) => {
    const isKnown = (level === 3 ? valueOf(wire) : gradientOf(wire)) !== "";
    now.forEach((item, k) => {
      cells[k].setAttribute("fill-opacity", isKnown ? Math.abs(item[level]) : 0);
      cells[k].classList.toggle("negative", item[level] < 0);
    });
  };
}

// Values stand in the upper half of the box, gradients in the lower one.
function entryAt({ clientX, clientY }, wire, box, { rows, columns }) {
  const { left, top, width, height } = box.getBoundingClientRect();
  const down = (2 * (clientY - top)) / height;
  const row = Math.min(rows - 1, Math.max(0, Math.floor((down % 1) * rows)));
  const cells = cellsOf(wire);
  const across = cells.x + ((clientX - left) / width) * cells.width;
  const inner = edgesOf(wire, SIDES[down < 1 ? 0 : 1], columns).slice(1, -1);
  return row * columns + inner.filter((edge) => edge <= across).length;
}

function arrow(event, { columns, items }, { current }, go) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const next = current.k + (steps[event.key] ?? NaN);
  if (!(event.key in steps)) return;
  event.preventDefault();
  if (next >= 0 && next < items.length) go(next);
}

function tellEntry(state) {
  const { session, words, text, marks, current } = state;
  const { wire, k } = current;
  const { columns, rows, items, strip } = entriesOf(session, wire);
  const [place, value, gradient] = items[k];
  const terms = gradientOf(wire) && !strip ? lightPaths(state) : leavePaths(session);
  const isSum = terms.length > 0 && terms.length <= MOST_TERMS;
  const known = gradientOf(wire) ? (isSum ? words.entry_paths : words.entry) : words.entry_value;
  text.classList.remove("hint");
  text.textContent = fill(valueOf(wire) ? known : "", {
    ...{ name: wire.name, place: `[${place.join(", ")}]`, value, gradient },
    reached: terms.map((term) => nameOf(session, term)).join(", "),
    terms: terms.map((term) => productOf(term, session.settings)).join(" + "),
  });
  marks.forEach((mark, side) => change(mark, entryPlace(wire, SIDES[side], k, { rows, columns })));
}

// A fold has taken its wire away.
function forgetEntry(state) {
  state.current = null;
  state.text.textContent = state.words.entry_help;
  state.text.classList.add("hint");
  leavePaths(state.session);
}

// ── what its gradient is made of ──

function leavePaths(session) {
  session.paths?.remove();
  session.picked = [];
  return [];
}

// Lights the entries that this one reaches, and the numbers beside it; gives the terms of the sum.
function lightPaths({ session, current: { wire, k } }) {
  if (!session.program) return [];
  const { places, terms } = pathsOf(session, wire, k);
  const own = /** @type {const} */ (["value", "gradient"]).map((side) => ({ node: wire.node, side, k }));
  session.picked = [...own, ...places];
  lightCells(session, places);
  const gradient = session.look(gradientName(session.program, wire)).data[k];
  return isSumOf(terms, gradient) ? terms : [];
}

/**
 * Do the terms add up? Not where an array is too long to try each entry, nor for every wrong gate.
 * @param {Term[]} terms
 * @param {number} gradient
 */
function isSumOf(terms, gradient) {
  const parts = terms.map(({ upstream, slope }) => upstream * slope);
  const room = 1e-9 * Math.max(1, ...parts.map(Math.abs));
  return Math.abs(parts.reduce((sum, part) => sum + part, 0) - gradient) <= room;
}

/** Lights these numbers, where the picture shows them, and no others. */
export function lightCells(session, places) {
  session.paths ??= shape("g", { class: "paths" });
  const cells = places.flatMap((place) => cellOf(session, place));
  session.paths.replaceChildren(...cells.map((cell) => shape("rect", cell)));
  session.wires[0].group.parentNode.append(session.paths);
}

// The cell of one number, if the picture shows it.
function cellOf({ wires, program }, { node, side, k }) {
  const wire = wires.find((one) => one.node === node && one.role === "wire");
  const size = program.shapes[node];
  if (!wire || !isWrittenOut(size)) return [];
  const [rows = 1, columns = 1] = size;
  return [{ class: `${side}-path`, ...entryPlace(wire, side, k, { rows, columns }) }];
}

export function nameOf({ nodeNames, program }, { node, k }) {
  const place = placeOf(k, program.shapes[node]);
  return place.length ? `${nodeNames[node]}[${place.join(", ")}]` : nodeNames[node];
}

// Upstream · slope.
export function productOf({ upstream, slope }, { digits }) {
  const texts = [upstream, slope].map((number) => formatNumber(number, digits));
  return texts.map((text) => (text.startsWith("−") ? `(${text})` : text)).join(" · ");
}
