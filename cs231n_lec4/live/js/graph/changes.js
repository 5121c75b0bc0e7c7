// What a held number changes. While it is held, each wire shows its real change above, and below it
// gradient × change: what the output should change by.

import { DUST, short, signed } from "../core/format.js";
import { shape } from "../core/page_parts.js";
import { dataOf, inRows, minus } from "../program/arrays.js";
import { placeIn } from "../program/strides.js";
import { numberIn } from "./session.js";
import { gradientName, heightOf } from "./wires.js";

const ABOVE = -1.2; // from the edge of a number's cell to the foot of the change, in the picture's
const OVER_FRAME = -0.2; // own units; over the frame of a number that can be taken
const BELOW = 5.5;
const MOST = 4; // entries whose changes are written side by side
const FIGURES = 2; // of each
const VALUE = "change of-value";
const NOTHING = { value: "", gradient: "" };

/**
 * What the held input changes, by the gradients of before. Null where nothing is held.
 * @returns {{ label: string, input: string, index: number[] | null, step: number,
 *   before: (tree: any) => any, real: (tree: any) => any } | null}
 */
export function changesOf({ held, inputs, look, lookAt }) {
  if (!held) return null;
  const old = { ...inputs, [held.input]: held.from };
  const before = lookAt(old);
  const step = numberIn(inputs, held) - numberIn(old, held);
  return { ...held, step, before, real: (tree) => minus(look(tree), before(tree)) };
}

/**
 * The number of a control in an array like its input: of a gradient, say.
 * @param {any} array
 * @param {{ index?: number[] | null }} control
 */
export const numberAt = (array, { index }) =>
  index && array ? array.data[placeIn(index, array.shape)] : array;

// Only beside numbers that are known at this moment.
export function writeChanges(session, wires) {
  const changes = changesOf(session);
  for (const wire of wires) {
    if (!changes && !wire.tags) continue;
    const texts = changes ? textsOf(session, wire, changes) : NOTHING;
    wire.tags ??= layTags(session, wire);
    for (const side of ["value", "gradient"]) {
      const isKnown = wire.lines[side].join("") !== "";
      wire.tags[side].textContent = isKnown ? texts[side] : "";
    }
  }
}

function textsOf({ program }, wire, { before, real }) {
  const changed = real(program.values[wire.node]);
  const change = dataOf(changed);
  const gradient = before(gradientName(program, wire));
  if (!change.some(Boolean)) return NOTHING;
  const gradients = gradient === null ? change : dataOf(gradient);
  const expected = change.reduce((sum, x, k) => sum + x * gradients[k], 0);
  return { value: changeText(changed), gradient: signed(expected) };
}

// One number, or the only one that changes; of a short array each, row by row.
function changeText(change) {
  const all = dataOf(change).map((x) => (Math.abs(x) < DUST ? 0 : x));
  const moved = all.filter(Boolean);
  if (all.length === 1 || (moved.length === 1 && all.length > 2)) return signed(moved[0]);
  if (all.length > MOST) return "";
  const texts = Array.from(all, (x) => (x ? signed(x, (y) => short(y, FIGURES)) : "0"));
  const rows = inRows(texts, change.shape[1] ?? 1);
  return rows.map((row) => `[${row.join(" ")}]`).join("");
}

// Where a gate's name stands above, the change stands to its right; at the end of all, to its left.
function layTags({ parts }, wire) {
  const { group, node, role, edges, ways } = wire;
  const [x, y] = [ways.seat.value[0], ways.right[0][1]];
  const name = role === "wire" && parts.get(`n${node}`)?.querySelector("text");
  const lift = wire.grabs?.length ? OVER_FRAME : ABOVE;
  const over = { class: VALUE, x, y: y - heightOf(wire) - lift };
  const above = name ? besideOf(name, edges.length === 1) : over;
  const below = { class: "change of-gradient", x, y: y + heightOf(wire) + BELOW };
  const tags = { value: shape("text", above), gradient: shape("text", below) };
  group.append(tags.value, tags.gradient);
  return tags;
}

function besideOf(name, isLast) {
  const half = 2.6 * name.textContent.length + 3;
  const x = Number(name.getAttribute("x")) + (isLast ? -half : half);
  return { class: `${VALUE} ${isLast ? "before" : "after"}`, x, y: name.getAttribute("y") };
}
