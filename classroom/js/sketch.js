// What a picture of a graph shows: boxes, wires and the edges between them, and
// which wire has its name above it (pictures/sketch.py).

import { short } from "../core/format.js";
import { fill } from "../core/page_parts.js";

/** `signs` are the tables NUMBER_FIRST, NUMBER_LAST and RAISED of sketch.py. */
export function sketchOf({ nodes, names, placeOf, output }, { signs, words }) {
  const [boxes, wires, edges] = /** @type {any[][]} */ ([[], [], []]);
  const uses = nodes.map(() => []);
  const labels = nodes.map((node) => (node.kind === "gate" ? labelOf(node, signs) : null));
  nodes.forEach((node, k) =>
    labels[k]?.slots.forEach((slot) => uses[placeOf(node.inputs[slot])].push([k, slot])),
  );
  const connect = (tail, head, wire, arrow = false) => {
    const edge = { id: `e${edges.length}`, tail, head, alive: wire.alive, arrow };
    edges.push(edge);
    wire.edges.push(edge.id);
  };
  const addWire = (facts) => {
    wires.push({ gate: null, slot: null, role: "wire", edges: [], ...facts });
    return wires.at(-1);
  };
  nodes.forEach((node, k) => {
    if (!uses[k].length && k !== output) return;
    const box = node.kind === "gate" ? `g${k}` : `i${k}`;
    const text = labels[k]?.text ?? node.name ?? "";
    boxes.push({ id: box, kind: box[0] === "g" ? "gate" : "input", text });
    const alive = node.wantsGrad;
    const wire = addWire({ id: `w${k}`, node: k, name: names[k], alive });
    if (uses[k].length === 1) [wire.gate, wire.slot] = uses[k][0];
    connect(box, wire.id, wire);
    if (uses[k].length < 2) return;
    boxes.push({ id: `f${k}`, kind: "fork", text: alive ? "+" : "" });
    connect(wire.id, `f${k}`, wire);
    uses[k].forEach(([gate, slot], j) => {
      const name = fill(words.picture.branch, { name: names[k], gate: names[gate] });
      const facts = { id: `w${k}_${j}`, node: k, name, alive, gate, slot, role: "branch" };
      const branch = addWire(facts);
      connect(`f${k}`, branch.id, branch);
    });
  });
  const entering = wires.filter(({ gate }) => gate !== null);
  entering.sort((a, b) => a.gate - b.gate || a.slot - b.slot);
  for (const wire of entering) connect(wire.id, `g${wire.gate}`, wire, true);
  const { kind, name } = nodes[output];
  return { boxes, wires, edges, named: kind === "gate" && name ? `w${output}` : null };
}

// The text inside a gate and the slots that are drawn as wires: ×−1, +1, 1/x, x².
function labelOf({ gate: { symbol }, inputs, axis }, signs) {
  const plain = inputs
    .map((node, slot) => (node.kind === "constant" ? slot : -1))
    .filter((slot) => slot >= 0);
  if (inputs.length === 2 && plain.length === 1) {
    const text = withNumber(symbol, inputs[plain[0]].value, plain[0], signs);
    if (text) return { text, slots: [1 - plain[0]] };
  }
  const text = axis === null ? symbol : `${symbol} axis ${axis}`;
  return { text, slots: inputs.map((_, slot) => slot) };
}

// + and 1 → +1. null where the two have no short form.
function withNumber(symbol, value, slot, { first, last, raised }) {
  const number = short(value, 6);
  if (slot === 0 && symbol in first) return first[symbol].replace("{}", number);
  if (symbol === "xʸ")
    return Number.isInteger(value)
      ? `x${number.replace(/./g, (c) => raised[c] ?? c)}`
      : `x^${number}`;
  if ((symbol === "+" || symbol === "−") && number.startsWith("−"))
    return { "+": "−", "−": "+" }[symbol] + number.slice(1);
  return symbol in last ? last[symbol].replace("{}", number) : null;
}
