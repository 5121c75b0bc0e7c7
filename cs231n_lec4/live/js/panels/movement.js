// One step as a movement: which numbers run along which wires, and what stands between.

import { beadSize, isTile } from "../flow/bead.js";
import { pointAlong, toLeft, toRight } from "../flow/ways.js";
import { entriesOf, holdsArray } from "../graph/entry_numbers.js";
import { numbersOf, numberText } from "../graph/wires.js";
import { fillerOf } from "./formula.js";

/** @import { Bead, Tile } from "../flow/bead.js" */
/** @import { Stage } from "../flow/flow.js" */

const RUN = 650; // milliseconds from a number to a gate
const STAND = 900; // to read a product
const RUN_ON = 750; // from a gate to the next number
const LONGEST = 20; // characters that have room at a port
const LONGEST_CODE = 26;
const LINE = 10.8; // the height of a line in a bead that stands
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
  const run = (wire, way) => onWay(session, "value", wire, way);
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
    const row = rows.find(({ slot }) => slot === wire.slot);
    return atPort(session, wire, productOf(session, row) ?? alone(session, wire, "gradient"));
  });
  return [
    { time: RUN, beads: leaving(session, own) },
    { time: STAND, beads: products },
    { time: RUN_ON, beads: arriving(session, wires) },
  ];
}

// The shares of a branch run to its fork, meet, and run on as their sum.
function sum(session, { rows }, { own, branches }) {
  const text = written(session, rows[0].sum);
  const shares = branches.map((wire) => partOf(session, wire, "gradient"));
  const terms = shares.flatMap((share, k) => (k ? ["+", share] : [share]));
  const parts = text ? [text] : shares.some(isTile) ? terms : ["+"];
  const below = ([x, y]) => [x, y + 2 * BELOW]; // the "+" of the fork stays in sight
  const meet = own.map((wire) => standing({ parts }, below(wire.ways.right.at(-1))));
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
    { time: RUN_ON, beads: moves.map(({ parts, way }) => ({ parts, side: "gradient", way })) },
  ];
}

// ── beads ──

const back = (way) => way.toReversed();

// What a wire carries, on a way.
const onWay = (session, side, wire, way) => ({ ...alone(session, wire, side), side, way });

const leaving = (session, wires) =>
  wires.map((wire) => onWay(session, "gradient", wire, toLeft(wire, "gradient")));

const arriving = (session, wires) =>
  wires.map((wire) => onWay(session, "gradient", wire, back(toRight(wire, "gradient"))));

/** @returns {Bead} */
const standing = (load, point) => ({ ...load, side: "gradient", way: [point] });

const sizeOf = (session, load) => beadSize(standing(load, [0, 0]), session.flow.size);

// At the end of the wire: below it, but above a long line that comes from above. It hides no name
// of an input, and of the gate on its left not more than of that on its right.
function atPort(session, { node, ways }, load) {
  const way = back([...ways.left, ...ways.right]);
  const [width, height] = sizeOf(session, load);
  const [x, y] = pointAlong(way, width / 2);
  const isInput = session.parts.has(`i${node}`);
  const first = isInput ? ways.left.at(-1)[0] - 6 + width / 2 : ways.seat.gradient[0];
  const start = pointAlong(back(ways.right), width);
  const comesDown = start !== ways.right[0] && start[1] < y;
  const off = BELOW - LINE / 2 + height / 2;
  return standing(load, [Math.max(x, first), comesDown ? y - off : y + off]);
}

// ── what they carry ──

const alone = (session, wire, side) => ({ parts: [partOf(session, wire, side)] });

/**
 * A number as it stands on the wire, or an array.
 * @returns {string | Tile}
 */
function partOf(session, wire, side) {
  if (holdsArray(session, wire)) return tileOf(session, wire, side);
  return numbersOf(session, wire).lines[side][0] ?? "";
}

function tileOf(session, wire, side) {
  const { rows, columns, items } = entriesOf(session, wire);
  const levels = items.map(([, , , height, depth]) => (side === "value" ? height : depth));
  const isHere = (place) => place.node === wire.node && place.side === side;
  const picked = (session.picked ?? []).filter(isHere).map(({ k }) => k);
  return { rows, columns, levels, picked };
}

// Upstream · local with its numbers; of arrays as a line of code has it, and below it their shapes.
function productOf(session, { product, code, shapes }) {
  if (!code) return loadOf(written(session, product));
  const text = code.split("\n").at(-1).replace(/^(\w+) \+?= (\1 \+ )?/, "");
  if (text.length > LONGEST_CODE) return null;
  return loadOf(text.replaceAll(".T", "ᵀ"), /@|outer/.test(text) ? shapesIn(text, shapes) : "");
}

const loadOf = (text, below = "") => (text ? { parts: [text], below } : null);

// dq @ W.T as 2×2 @ 2×3.
function shapesIn(text, shapes) {
  const sizes = new Map(shapes.map(([name, shape]) => [name, shape.match(/\d+/g) ?? []]));
  return text.replace(/([A-Za-z_]\w*)(\.T)?/g, (whole, name, turned) => {
    const size = sizes.get(name);
    return size ? (turned ? size.toReversed() : size).join("×") : whole;
  });
}

// A product or a sum with its numbers; nothing where it would be too long.
function written(session, sentence) {
  const text = session.look && sentence ? filled(session, session.look, sentence) : "";
  return text.length > LONGEST ? "" : text;
}

const filled = ({ settings }, look, sentence) =>
  fillerOf(look, settings).sentence(sentence).replaceAll(" ", "");

// −0.1 · (−4.00) and +0.40; of arrays −0.1 · a tile, and a tile with the other signs.
function changeOf(session, row, wire, record) {
  const { value, gradient } = wire.ways.seat;
  const { product, parts } = loadsOf(session, row, partOf(session, wire, "gradient"), record);
  const [left, y] = [wire.ways.left.at(-1)[0], gradient[1]];
  const [width] = sizeOf(session, product);
  return { product, parts, at: [left + width / 2, y], way: [gradient, value] };
}

function loadsOf({ settings, nodeNames }, row, part, record) {
  const name = nodeNames[row.to];
  const product = [`−${settings.update.rate} ·`, part];
  if (isTile(part)) {
    const turned = { ...part, levels: part.levels.map((level) => -level) };
    return { product: { parts: product }, parts: [turned] };
  }
  if (!record) return { product: { parts: product }, parts: product }; // Python will know
  const change = record.after[name] - record.before[name];
  const text = `${change > 0 ? "+" : ""}${numberText(change, settings)}`;
  const read = (side) => record[side][name];
  return { product: loadOf(filled({ settings }, read, row.product)), parts: [text] };
}
