// What the gradient of one entry is made of: the entries that it reaches, one gate on, and the
// numbers that stand beside it there. A NaN in the place of a number finds all that is made of it.

import { dataOf, isArray, shapeOf, whole } from "./arrays.js";
import { compileProgram } from "./program.js";

const MOST = 64; // entries of an array that are tried one by one

/** @typedef {{ node: number, side: "value" | "gradient", k: number }} Place */
/** @typedef {{ node: number, k: number, upstream: number, slope: number }} Term */

/**
 * The numbers that make the gradient of entry k of a wire, and the terms that add up to it.
 * @param {any} session
 * @param {any} wire
 * @param {number} k
 * @returns {{ places: Place[], terms: Term[] }}
 */
export function pathsOf({ program, look, wires }, wire, k) {
  const uses = wires.filter(({ node, gate }) => node === wire.node && gate !== null);
  const own = wire.gate === null ? uses : [wire]; // a branch has its share alone
  const asked = own.filter(({ gate, slot }) => wire.alive && program.shares[gate]?.[slot]);
  const found = asked.map((use) => pathsThrough(program, look, use, k));
  return { places: found.flatMap((one) => one.places), terms: found.flatMap((one) => one.terms) };
}

function pathsThrough(program, look, { gate, slot }, k) {
  const tree = expanded(program.shares[gate][slot], program);
  const names = [...new Set(namesIn(tree))];
  const run = compileProgram({ inputs: names, constants: {}, lines: [["share", tree]] });
  const numbers = Object.fromEntries(names.map((name) => [name, look(name)]));
  const shareWith = (name, e, number, rest) => {
    const data = dataOf(numbers[name]).map((x) => rest ?? x);
    data[e] = number;
    const share = run({ ...numbers, [name]: whole(shapeOf(numbers[name]), data) })("share");
    return isArray(share) ? share.data[k] : share;
  };
  const upstream = program.grads[gate];
  const places = names.flatMap((name) =>
    entriesOf(numbers[name])
      .filter((e) => Number.isNaN(shareWith(name, e, NaN)))
      .map((e) => ({ ...sideOf(program, name), k: e })),
  );
  const reached = places.filter(({ side, node }) => side === "gradient" && node === gate);
  const entries = upstream in numbers ? dataOf(numbers[upstream]) : [];
  const slopeAt = (e) => shareWith(upstream, e, 1, 0);
  const term = ({ k: e }) => ({ node: gate, k: e, upstream: entries[e], slope: slopeAt(e) });
  return { places, terms: reached.map(term) };
}

const entriesOf = (x) => {
  const { length } = dataOf(x);
  return Array.from({ length: length > MOST ? 0 : length }, (_, e) => e);
};

const sideOf = ({ values, grads }, name) =>
  values.includes(name)
    ? { node: values.indexOf(name), side: /** @type {const} */ ("value") }
    : { node: grads.indexOf(name), side: /** @type {const} */ ("gradient") };

// ── trees ──

function namesIn(tree) {
  if (typeof tree === "string") return [tree];
  return Array.isArray(tree) && tree[0] !== "number" ? tree.slice(1).flatMap(namesIn) : [];
}

// Helper variables (a saved mask, say) in the place of their names; flat/trees.py does the same.
function expanded(name, program) {
  const trees = new Map(program.lines);
  const own = new Set([...program.values, ...program.grads]);
  const open = (tree) => {
    const isHelper = typeof tree === "string" && !own.has(tree) && trees.has(tree);
    if (isHelper) return open(trees.get(tree));
    return Array.isArray(tree) ? [tree[0], ...tree.slice(1).map(open)] : tree;
  };
  return open(trees.get(name));
}
