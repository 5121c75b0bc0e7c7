// The two passes cut into moments, one gate at a time: steps/moments.py, for single numbers.

import { backwardRow, forwardRow, startRow, sumRow } from "./rows.js";

/** What the steps, the quiz and the table of mistakes ask of a graph and its program. */
export function chainOf({ graph, program }) {
  const { nodes, placeOf } = graph;
  const trees = new Map(program.lines);
  const own = new Set([program.values, program.grads, Object.values(program.shares)].flat(2));
  const expanded = (tree) => {
    if (Array.isArray(tree)) return [tree[0], ...tree.slice(1).map(expanded)];
    return typeof tree === "string" && trees.has(tree) && !own.has(tree)
      ? expanded(trees.get(tree))
      : tree;
  };
  const gates = nodes.flatMap((node, k) => (node.kind === "gate" && node.wantsGrad ? [k] : []));
  // For each input of a gate that wants a gradient: its upstream, local and downstream.
  const factorsOf = (k) =>
    program.shares[k].flatMap((share, slot) => {
      if (share === null) return [];
      const tree = expanded(trees.get(share));
      const upstream = program.grads[k];
      const facts = { to: placeOf(nodes[k].inputs[slot]), through: k, slot, upstream, tree };
      return [{ ...facts, local: localOf(tree, upstream), downstream: share }];
    });
  // The names of each node's shares, in the order of backward.
  const shares = nodes.map(() => []);
  for (const k of gates.toReversed())
    for (const { to, downstream } of factorsOf(k)) shares[to].push(downstream);
  return { trees, expanded, gates, factorsOf, shares };
}

/** The steps, in the order in which things happen. */
export function stepsOf(drawn, chain, words) {
  const { graph, program } = drawn;
  const { nodes, names, placeOf, output } = graph;
  const { gates, factorsOf, shares } = chain;
  const of = names[output];
  const forward = gates.map((k) => {
    let tree = chain.expanded(chain.trees.get(program.values[k]));
    const inputs = nodes[k].inputs.map((node) => program.values[placeOf(node)]);
    if (hasCases(tree)) tree = ["call", nodes[k].gate.symbol, ...inputs];
    const row = forwardRow(names[k], tree, program.values[k], words);
    return { kind: "forward", node: k, rows: [{ node: k, ...row }] };
  });
  const start = { of: output, to: output, ...startRow(of, words) };
  const backward = gates.toReversed().flatMap((k) => {
    const factors = factorsOf(k);
    const rows = factors.map((one) => {
      const { to, slot, downstream } = one;
      const row = backwardRow(of, names[to], names[k], one, words);
      return { of: output, to, slot, downstream, ...row };
    });
    const sums = [...new Set(nodes[k].inputs.map(placeOf))].filter(
      (to) => shares[to].length > 1 && program.shares[k].includes(shares[to].at(-1)),
    );
    const sum = (to) => {
      const row = sumRow(of, names[to], shares[to], program.grads[to], words);
      return { kind: "sum", node: to, rows: [{ of: output, to, ...row }] };
    };
    return [{ kind: "backward", node: k, rows }, ...sums.map(sum)];
  });
  return [...forward, { kind: "start", node: output, rows: [start] }, ...backward];
}

/** For each wire, the step at which its value and its gradient are first known. */
export function shownFrom({ program, sketch }, { shares }, steps) {
  const [forward, share, total] = [new Map(), new Map(), new Map()];
  steps.forEach(({ kind, node, rows }, k) => {
    if (kind === "forward") forward.set(node, k + 1);
    else if (kind === "backward") rows.forEach(({ downstream }) => share.set(downstream, k + 1));
    else total.set(node, k + 1);
  });
  const shownAt = ({ node, role, gate, slot }) => {
    const names = role === "branch" ? [program.shares[gate][slot]] : shares[node];
    const known = names.flatMap((name) => share.get(name) ?? []);
    const sum = role === "wire" ? total.get(node) : undefined;
    return [forward.get(node) ?? 0, sum ?? (known.length ? Math.max(...known) : null)];
  };
  return Object.fromEntries(sketch.wires.map((wire) => [wire.id, shownAt(wire)]));
}

/** The steps of backward as movements need them. */
export const backwardMoves = (steps) =>
  steps
    .filter(({ kind }) => kind !== "forward")
    .map((step) => ({ ...step, rows: step.rows.map(({ math: _, ...row }) => row) }));

// ── trees ──

const CASES = ["if", "and", "or", "not", "==", "!=", "<", "<=", ">", ">="];

/** Does the tree choose between two values, or compare? */
export const hasCases = (tree) =>
  Array.isArray(tree) && (CASES.includes(tree[0]) || tree.slice(1).some(hasCases));

const mentions = (tree, name) =>
  tree === name || (Array.isArray(tree) && tree.slice(1).some((part) => mentions(part, name)));

// What the upstream gradient is multiplied by; null if it is not multiplied.
function localOf(tree, upstream) {
  if (tree === upstream) return 1;
  if (!Array.isArray(tree)) return null;
  const [operation, x, y, z] = tree;
  const isFree = (part) => !mentions(part, upstream);
  if (operation === "neg") return negative(localOf(x, upstream));
  if (operation === "*" && isFree(x)) return product(x, localOf(y, upstream));
  if (operation === "*" && isFree(y)) return product(localOf(x, upstream), y);
  if (operation === "/" && isFree(y)) {
    const top = localOf(x, upstream);
    return top === null ? null : ["/", top, y];
  }
  if (operation !== "if" || !isFree(x)) return null;
  const parts = [y, z].map((part) => (part === 0 ? 0 : localOf(part, upstream)));
  return parts.includes(null) ? null : ["if", x, ...parts];
}

function product(left, right) {
  if (left === null || right === null) return null;
  if (left === 1 || right === 1) return left === 1 ? right : left;
  return ["*", left, right];
}

const negative = (part) =>
  part === null ? null : typeof part === "number" ? -part : ["neg", part];
