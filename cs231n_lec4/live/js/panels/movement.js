// One step as a movement: which numbers run along which wires, and what stands between.

import { beadWidth } from "../flow/flow.js";
import { pointAlong, toLeft, toRight } from "../flow/ways.js";
import { numbersOf, numberText } from "../graph/wires.js";
import { fillerOf } from "./formula.js";

/** @import { Bead, Stage } from "../flow/flow.js" */

const RUN = 650; // milliseconds from a number to a gate
const STAND = 900; // to read a product
const RUN_ON = 750; // from a gate to the next number
const LONGEST = 20; // characters that have room at a port
const BELOW = 8.5; // how far under its wire a product stands, in the picture's own units

/**
 * The stages of a step, for graph/flow.js. `record` is what an update finds and makes. Wires inside
 * a folded gate are not there.
 * @returns {Stage[]}
 */
export function stagesOf(session, step, record) {
  const wires = {
    own: session.wires.filter((wire) => wire.node === step.node && wire.role === "wire"),
    branches: session.wires.filter((wire) => wire.node === step.node && wire.role === "branch"),
    into: session.wires.filter((wire) => wire.gate === step.node),
  };
  const stages = MOVEMENTS[step.kind](session, step, wires, record);
  return stages.filter(({ beads }) => beads.length);
}

const MOVEMENTS = { forward, start, backward, sum, update };

// Values run into the gate, its own value runs out, and where that branches, on.
function forward(session, _, { own, branches, into }) {
  const run = beadOn(session, "value");
  const fork = own.flatMap((wire) => toRight(wire, "value"));
  const stay = own.map((wire) => run(wire, [wire.ways.seat.value]));
  const on = branches.map((wire) => run(wire, [...fork, ...back(toLeft(wire, "value"))]));
  return [
    { time: RUN, beads: into.map((wire) => run(wire, toRight(wire, "value"))) },
    { time: RUN_ON, beads: own.map((wire) => run(wire, back(toLeft(wire, "value")))) },
    { time: RUN_ON, beads: on.length ? [...stay, ...on] : [] },
  ];
}

// The gradient of the output with respect to itself comes from the end of its wire.
function start(session, _, { own }) {
  return [{ time: RUN_ON, beads: arriving(session, own) }];
}

// Upstream runs to the gate; at each port stands upstream · local; the products run on.
function backward(session, { rows }, { own, into }) {
  const wires = into.filter(({ slot }) => rows.some((row) => row.slot === slot));
  const products = wires.map((wire) => {
    const { product } = rows.find((row) => row.slot === wire.slot);
    return atPort(session, wire, written(session, product) || textOf(session, wire, "gradient"));
  });
  return [
    { time: RUN, beads: leaving(session, own) },
    { time: STAND, beads: products },
    { time: RUN_ON, beads: arriving(session, wires) },
  ];
}

// The shares of a branch run to its fork, meet, and run on as their sum.
function sum(session, { rows }, { own, branches }) {
  const text = written(session, rows[0].sum) || "+";
  const below = ([x, y]) => [x, y + 2 * BELOW]; // the "+" of the fork stays in sight
  const meet = own.map((wire) => standing(text, below(wire.ways.right.at(-1))));
  return [
    { time: RUN, beads: leaving(session, branches) },
    { time: STAND, beads: meet },
    { time: RUN_ON, beads: arriving(session, own) },
  ];
}

// −rate · gradient stands below each parameter, and what it changes by goes up into its value.
function update(session, { rows }, _, record) {
  const own = session.wires.filter(({ role }) => role === "wire");
  const moves = rows.flatMap((row) =>
    own.filter(({ node }) => node === row.to).map((wire) => changeOf(session, row, wire, record)),
  );
  return [
    { time: STAND, beads: moves.map(({ product, at }) => standing(product, at)) },
    { time: RUN_ON, beads: moves.map(({ text, way }) => ({ text, side: "gradient", way })) },
  ];
}

// ── beads ──

const back = (way) => way.toReversed();

// A number of a wire on a way.
const beadOn = (session, side) => (wire, way) => ({
  text: textOf(session, wire, side),
  side,
  way,
});

function leaving(session, wires) {
  const run = beadOn(session, "gradient");
  return wires.map((wire) => run(wire, toLeft(wire, "gradient")));
}

function arriving(session, wires) {
  const run = beadOn(session, "gradient");
  return wires.map((wire) => run(wire, back(toRight(wire, "gradient"))));
}

/** @returns {Bead} */
const standing = (text, point) => ({ text, side: "gradient", way: [point] });

const widthOf = (session, text) => beadWidth(standing(text, [0, 0]), session.flow.size);

// At the end of the wire: below it, but above a long line that comes from above. It hides no name
// of an input, and of the gate on its left not more than of that on its right.
function atPort(session, { node, ways }, text) {
  const way = back([...ways.left, ...ways.right]);
  const width = widthOf(session, text);
  const [x, y] = pointAlong(way, width / 2);
  const isInput = session.parts.has(`i${node}`);
  const first = isInput ? ways.left.at(-1)[0] - 6 + width / 2 : ways.seat.gradient[0];
  const start = pointAlong(back(ways.right), width);
  const comesDown = start !== ways.right[0] && start[1] < y;
  return standing(text, [Math.max(x, first), comesDown ? y - BELOW : y + BELOW]);
}

// ── what they carry ──

// A number as it stands on the wire; of an array, its shape.
function textOf(session, wire, side) {
  const lines = numbersOf(session, wire).lines[side];
  return lines.length === 1 ? lines[0] : shapeOf(session, wire);
}

const shapeOf = ({ model }, wire) =>
  model.get("frame")[wire.id]?.entries?.shape.join(" × ") ?? "";

// A product or a sum with its numbers; nothing where it would be too long.
function written(session, sentence) {
  const text = session.look && sentence ? filled(session, session.look, sentence) : "";
  return text.length > LONGEST ? "" : text;
}

const filled = ({ settings }, look, sentence) =>
  fillerOf(look, settings).sentence(sentence).replaceAll(" ", "");

// −0.1 · (−4.00) and +0.40; of an array, which Python updates, its shape.
function changeOf(session, row, wire, record) {
  const { value, gradient } = wire.ways.seat;
  const name = session.nodeNames[row.to];
  const shape = textOf(session, wire, "gradient");
  const product = record ? filled(session, (part) => record[part][name], row.product) : shape;
  const change = record ? record.after[name] - record.before[name] : 0;
  const text = record ? `${change > 0 ? "+" : ""}${numberText(change, session.settings)}` : shape;
  const [left, y] = [wire.ways.left.at(-1)[0], gradient[1]];
  return { product, text, at: [left + widthOf(session, product) / 2, y], way: [gradient, value] };
}
