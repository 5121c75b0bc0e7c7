// The Jacobian of one gate as a table: a row for each entry that the gate computes, a column for
// each entry of its input. A step multiplies one column by upstream: one entry of Jᵀ · upstream.

import { arrayLines, formatNumber, isWrittenOut } from "../core/format.js";
import { element, fill, th, tr } from "../core/page_parts.js";
import { keepReachable } from "../core/scroller.js";
import { lightCells, nameOf, productOf } from "../graph/entries.js";
import { dataOf, sizeOf } from "../program/arrays.js";
import { pathsOf } from "../program/paths.js";
import { originOf } from "../graph/places.js";
import { heightOf } from "../graph/wires.js";
import { stepBar } from "./steps.js";

const NAME = 12; // the room for a name beside a wire and above it, in the picture's own units

export function mountJacobian(session, words) {
  const { wire, gate } = session.settings.jacobian;
  const { node } = session.wires.find(({ id }) => id === wire);
  const [columns, rows] = [node, gate].map((one) => entryNames(session, one));
  /** @type {any} `place`: so many sums are known; `pick`: the [row, column] that is pointed at */
  const state = { session, words, wire, gate, node, columns, rows, place: 0, pick: null };
  if (session.inClass) cutToGate(session, gate);
  const last = columns.length;
  const within = (place) => Math.max(0, Math.min(last, place));
  const go = (change) => tell(state, { place: within(change(state.place)), pick: null });
  const bar = stepBar(words, { start: () => 0, end: () => last, last }, go);
  const table = tableOf(state);
  const text = element("p", { class: "jacobian-said", role: "status" });
  const root = element("div", { class: "gate-jacobian" }, bar.root, table.root, text);
  const show = () => {
    const now = numbersOf(state);
    const { place, pick } = state;
    table.show(now);
    hideSums(state, now);
    lightCells(session, pick ? pickedCells(state) : stepCells(state, now));
    bar.show(place, fill(words.step_count, { place, all: last }));
    text.textContent = pick ? slopeText(state, now) : sumText(state, now);
    text.classList.toggle("hint", !pick && !place);
  };
  return { root, show, keys: bar.keys, said: () => text.textContent, isBar: true };
}

// In a hall the picture is the gate with its arrays alone: the table has place beside it.
function cutToGate({ wires, place }, gate) {
  const near = wires.filter((wire) => wire.gate === gate || wire.node === gate);
  const boxes = near.map((wire) => {
    const { left, right } = wire.ways;
    const [dx, dy] = originOf(wire);
    const [to] = wire.gate === gate ? right.at(-1) : right[0];
    const [y, height] = [right[0][1] + dy, heightOf(wire) + NAME];
    return [left[0][0] + dx - NAME, y - height, to + dx, y + height];
  });
  const [x, y] = [0, 1].map((k) => Math.min(...boxes.map((box) => box[k])));
  const [right, bottom] = [2, 3].map((k) => Math.max(...boxes.map((box) => box[k])));
  place.querySelector("svg").setAttribute("viewBox", [x, y, right - x, bottom - y].join(" "));
}

const entryNames = (session, node) =>
  Array.from({ length: sizeOf(session.program.shapes[node]) }, (_, k) =>
    nameOf(session, { node, k }),
  );

function tell(state, change) {
  Object.assign(state, change);
  state.session.tell();
}

// ── the numbers of this moment ──

// For each column what its sum is made of; upstream and the sums, entry by entry.
function numbersOf({ session, wire, gate, node, columns }) {
  const { look, program, wires } = session;
  const one = wires.find(({ id }) => id === wire);
  const [upstream, sums] = [gate, node].map((k) => dataOf(look(program.grads[k])));
  return { wire: one, paths: columns.map((_, k) => pathsOf(session, one, k)), upstream, sums };
}

const termAt = ({ paths }, row, column) => paths[column].terms.find(({ k }) => k === row);

// On the wire too, a sum is seen when its step is done; those of a long array when all are.
function hideSums({ session, place, node }, { wire, sums }) {
  const shape = session.program.shapes[node];
  const cover = (k) => (k < place ? null : "?");
  if (isWrittenOut(shape))
    wire.lines.gradient = arrayLines({ shape, data: sums }, session.settings, cover);
  else if (place < sums.length) wire.lines.gradient = ["?"];
}

const valueCell = (node, k) => ({ node, side: "value", k });

const pickedCells = ({ pick, node, gate }) => [valueCell(node, pick[1]), valueCell(gate, pick[0])];

const stepCells = ({ place, node }, { paths }) =>
  place ? [valueCell(node, place - 1), ...paths[place - 1].places] : [];

// ── the sentences ──

function slopeText({ session, words, pick: [row, column], columns, rows }, now) {
  const term = termAt(now, row, column);
  const facts = { x: columns[column], q: rows[row] };
  if (!term) return fill(words.jacobian_unused, facts);
  const slope = formatNumber(term.slope, session.settings.digits);
  return fill(words.jacobian_slope, { ...facts, slope });
}

function sumText({ session, words, place, columns }, { paths, sums }) {
  if (!place) return words.jacobian_help;
  const { settings, nodeNames } = session;
  const { terms } = paths[place - 1];
  return fill(words.jacobian_sum, {
    f: nodeNames.at(-1),
    x: columns[place - 1],
    terms: terms.map((term) => productOf(term, settings)).join(" + ") || "0",
    gradient: formatNumber(sums[place - 1], settings.digits),
  });
}

// ── the table ──

function tableOf(state) {
  const { session, words, columns, rows } = state;
  const cell = (kind) => element("td", { class: kind });
  const slopes = rows.map(() => columns.map(() => cell("slope")));
  const [upstream, sums] = [rows, columns].map((side) => side.map(() => cell("gradient")));
  const heads = [cell(), ...[...columns, words.upstream].map((name) => th("col", name))];
  const body = rows.map((name, e) => [th("row", name), ...slopes[e], upstream[e]]);
  const foot = [th("row", words.jacobian_product), ...sums];
  const lines = [heads, ...body, foot].map((parts) => tr(...parts));
  const root = element("table", { "aria-label": words.jacobian_table }, ...lines);
  const scroll = element("div", { class: "slopes" }, root);
  root.tabIndex = 0;
  root.addEventListener("pointerover", ({ target }) => pickAt(state, placeOf(slopes, target)));
  root.addEventListener("pointerleave", () => tell(state, { pick: null }));
  root.addEventListener("keydown", (event) => arrow(event, state));
  keepReachable(scroll, words.view, root);
  const show = (now) => {
    const { place, pick } = state;
    const text = (number) => formatNumber(number, session.settings.digits);
    const largest = Math.max(...now.paths.flatMap(({ terms }) => terms.map(sizeOfSlope)), 1e-300);
    const isLit = (e, k) => (pick ? pick[0] === e && pick[1] === k : k === place - 1);
    slopes.forEach((line, e) =>
      line.forEach((part, k) => {
        const term = termAt(now, e, k);
        part.textContent = term ? text(term.slope) : "0";
        part.classList.toggle("used", Boolean(term));
        part.classList.toggle("lit", isLit(e, k));
        part.style.setProperty("--share", String(term ? sizeOfSlope(term) / largest : 0));
      }),
    );
    upstream.forEach((part, e) => (part.textContent = text(now.upstream[e])));
    sums.forEach((part, k) => {
      part.textContent = k < place ? text(now.sums[k]) : "";
      part.classList.toggle("lit", !pick && k === place - 1);
    });
  };
  return { root: scroll, show };
}

const sizeOfSlope = ({ slope }) => Math.abs(slope) || 0;

function placeOf(slopes, part) {
  const row = slopes.findIndex((line) => line.includes(part));
  return row < 0 ? null : [row, slopes[row].indexOf(part)];
}

function pickAt(state, pick) {
  if (pick?.join() !== state.pick?.join()) tell(state, { pick });
}

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// Arrow keys go from slope to slope; elsewhere in the view they step.
function arrow(event, state) {
  const move = ARROWS[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  const last = [state.rows.length - 1, state.columns.length - 1];
  const next = state.pick
    ? state.pick.map((at, axis) => Math.max(0, Math.min(last[axis], at + move[axis])))
    : [0, 0];
  pickAt(state, next);
}
