// What a held number changes. While it is held, each wire shows its real change above, and below it
// gradient × change: what the output should change by.

import { signed } from "../core/format.js";
import { shape } from "../core/page_parts.js";
import { gradientName } from "./wires.js";

const ABOVE = 11.8; // from the rule to the foot of the real change, in the picture's own units
const BELOW = 18.5;
const VALUE = "change of-value";
const NOTHING = { value: "", gradient: "" };

/**
 * What the held input changes, by the gradients of before. Null where nothing is held.
 * @returns {{ input: string, step: number, before: (tree: any) => number,
 *   real: (tree: any) => number } | null}
 */
export function changesOf({ held, inputs, look, lookAt }) {
  if (!held) return null;
  const { input, from } = held;
  const before = lookAt({ ...inputs, [input]: from });
  return { input, step: inputs[input] - from, before, real: (tree) => look(tree) - before(tree) };
}

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
  const change = real(program.values[wire.node]);
  const gradient = before(gradientName(program, wire));
  return change ? { value: signed(change), gradient: signed(gradient * change) } : NOTHING;
}

// Where a gate's name stands above, the change stands to its right; at the end of all, to its left.
function layTags({ parts }, { group, node, role, edges, ways }) {
  const [x, y] = [ways.seat.value[0], ways.right[0][1]];
  const name = role === "wire" && parts.get(`n${node}`)?.querySelector("text");
  const above = name ? besideOf(name, edges.length === 1) : { class: VALUE, x, y: y - ABOVE };
  const below = { class: "change of-gradient", x, y: y + BELOW };
  const tags = { value: shape("text", above), gradient: shape("text", below) };
  group.append(tags.value, tags.gradient);
  return tags;
}

function besideOf(name, isLast) {
  const half = 2.6 * name.textContent.length + 3;
  const x = Number(name.getAttribute("x")) + (isLast ? -half : half);
  return { class: `${VALUE} ${isLast ? "before" : "after"}`, x, y: name.getAttribute("y") };
}
