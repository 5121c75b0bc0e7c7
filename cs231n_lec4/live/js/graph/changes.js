// What a held number changes. While it is held, each wire shows its real change above, and below it
// gradient × change: what the output should change by.

import { signed } from "../core/format.js";
import { change, shape } from "../core/page_parts.js";
import { gradientName } from "./wires.js";

const ABOVE = 14.5; // from the rule to the foot of the real change, in the picture's own units
const BELOW = 18.5;

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
    const texts = changes ? textsOf(session, wire, changes) : { value: "", gradient: "" };
    wire.tags ??= layTags(session, wire);
    for (const side of ["value", "gradient"]) {
      const isKnown = wire.lines[side].join("") !== "";
      wire.tags[side].textContent = isKnown ? texts[side] : "";
    }
  }
}

function textsOf({ program }, wire, { before, real }) {
  const change = real(program.values[wire.node]);
  if (!change) return { value: "", gradient: "" };
  const gradient = before(gradientName(program, wire));
  return { value: signed(change), gradient: signed(gradient * change) };
}

// Above stands a gate's name already: then the change stands to its right.
function layTags({ parts }, { group, node, role, ways }) {
  const y = ways.right[0][1];
  const name = role === "wire" && parts.get(`n${node}`)?.querySelector("text");
  const tags = {
    value: shape("text", { class: "change of-value", x: ways.seat.value[0], y: y - ABOVE }),
    gradient: shape("text", { class: "change of-gradient", x: ways.seat.value[0], y: y + BELOW }),
  };
  if (name) change(tags.value, { class: "change of-value beside", x: rightOf(name) + 3 });
  group.append(tags.value, tags.gradient);
  return tags;
}

const rightOf = (name) => Number(name.getAttribute("x")) + 2.6 * name.textContent.length;
