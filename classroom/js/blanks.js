// What the quiz asks: one blank for each gradient, with the known mistakes as trees. The table of
// mistakes comes with the facts (checking/table.py); which of its rows are in play at this graph is
// found as checking/mistakes.py finds it, at the same points.

import { compileProgram } from "../program/program.js";
import { gradientName } from "../graph/wires.js";
import { replaced } from "./flat.js";
import { hasCases } from "./moments.js";

/** The quiz of a graph; `ask`: the keys of the blanks, if not all. */
export function quizOf(drawn, chain, { mistakes, points }, ask = []) {
  const { graph, program, sketch } = drawn;
  const rows = chain.gates
    .flatMap((k) => chain.factorsOf(k))
    .map((row) => ({
      ...row, // a gradient is linear in the upstream one
      local: row.local ?? replaced(row.tree, { [row.upstream]: 1 }),
    }));
  const reader = readerOf(drawn, chain, pointsOf(drawn, points));
  const usesOf = ({ role, node, gate, slot }) =>
    rows.filter((row) =>
      role === "branch" ? row.through === gate && row.slot === slot : row.to === node,
    );
  const wires = sketch.wires.filter(({ alive, node }) => alive && node !== graph.output);
  const order = (wire) => [-wire.node, Number(wire.role === "wire")];
  const sorted = wires.toReversed().sort((a, b) => {
    const [[nodeA, lastA], [nodeB, lastB]] = [order(a), order(b)];
    return nodeA - nodeB || lastA - lastB;
  });
  const keyOf = ({ role, name, id }) => (role === "wire" ? name : id);
  const mayBeZero = rows.some(({ local }) => hasCases(local));
  const blanks = sorted
    .filter((wire) => !ask.length || ask.includes(keyOf(wire)))
    .map((wire) => {
      const own = usesOf(wire);
      const kind = own.length > 1 ? "sum" : wire.role === "branch" ? "share" : "gradient";
      const pairs = own.flatMap(({ upstream: a, local: b }) => [
        [a, b],
        [b, a],
      ]);
      const [{ through, local }] = own;
      const { truth, found } = reader.read(wire, mistakes);
      const value = program.values[wire.node];
      const nudged = [value, ["+", chain.trees.get(value) ?? value, 0.01]];
      return {
        key: keyOf(wire),
        wire: wire.id,
        kind,
        truth,
        may_be_zero: mayBeZero,
        rounded: pairs.filter(([number]) => namesIn(number).size),
        mistakes: found.filter(({ isUnlikely }) => !isUnlikely).map(codesAndTree),
        unlikely: found.filter(({ isUnlikely }) => isUnlikely).map(codesAndTree),
        nudge: kind === "share" ? null : nudged,
        local,
        facts: {
          f: graph.names[graph.output],
          x: graph.names[wire.node],
          through: graph.names[through],
          gate: graph.nodes[through].gate.symbol,
          count: own.length,
        },
      };
    });
  return { blanks, later: laterOf(drawn, blanks), seed: 0 };
}

const codesAndTree = ({ codes, tree }) => [codes.join(" or "), tree];

// Numbers that would give an answer away: computed from a hidden one, and not asked for.
function laterOf({ program, sketch }, blanks) {
  const asked = new Set(blanks.map(({ wire }) => wire));
  const below = blanks.map(({ key, truth }) => ({ key, hidden: hiddenBelow(program, truth) }));
  return sketch.wires.flatMap((wire) => {
    const name = gradientName(program, wire);
    const until = below.filter(({ hidden }) => hidden.has(name)).map(({ key }) => key);
    return until.length && !asked.has(wire.id) ? [{ wire: wire.id, side: "gradient", until }] : [];
  });
}

function hiddenBelow(program, truth) {
  const hidden = namesIn(truth);
  for (const [name, tree] of program.lines)
    if ([...namesIn(tree)].some((one) => hidden.has(one))) hidden.add(name);
  return hidden;
}

function namesIn(tree, found = new Set()) {
  if (typeof tree === "string") found.add(tree);
  else if (Array.isArray(tree) && tree[0] !== "number")
    tree.slice(1).forEach((part) => namesIn(part, found));
  return found;
}

// ── the points at which the mistakes are told apart ──

// The graph's own numbers, then others, near them and far from them, where all is finite.
function pointsOf({ program, inputs }, draws) {
  const run = compileProgram(program);
  const names = Object.keys(inputs);
  const wanted = [...program.values, ...program.grads].filter((tree) => tree !== null);
  const others = Array.from({ length: draws.count }, (_, k) => {
    const at = (name, j) => {
      const [far, factor] = draws.numbers[(k * names.length + j) % draws.numbers.length];
      return k % 2 ? far : inputs[name] * factor + 0.05 * far;
    };
    return run(Object.fromEntries(names.map((name, j) => [name, at(name, j)])));
  });
  return [
    run(inputs),
    ...others.filter((look) => wanted.every((tree) => Number.isFinite(look(tree)))),
  ];
}

// ── which rows of the table are in play ──

function readerOf({ graph, program }, chain, points) {
  const { nodes, placeOf } = graph;
  const valueOf = (node) => program.values[placeOf(node)];
  const full = (name) => chain.expanded(chain.trees.get(name));

  // One use of a value, as trees.
  function useOf(k, slot) {
    const inputs = nodes[k].inputs.map(valueOf);
    const [upstream, output, shares] = [program.grads[k], program.values[k], program.shares[k]];
    const local = replaced(full(shares[slot]), { [upstream]: 1 });
    const [value, other] = [inputs[slot], inputs[1 - slot] ?? null];
    const there = { [value]: output, [output]: replaced(full(output), { [value]: output }) };
    const at_output = inputs.length === 1 ? ["*", upstream, replaced(local, there)] : null;
    const theirs = shares.length === 2 ? shares[1 - slot] : null;
    return { value, other, output, upstream, share: shares[slot], local, theirs, at_output };
  }

  // Every use of a node, in the order of backward.
  const usesOf = (node) =>
    chain.gates
      .toReversed()
      .flatMap((k) =>
        nodes[k].inputs.flatMap((input, slot) => (placeOf(input) === node ? [useOf(k, slot)] : [])),
      );

  /** The truth of a wire, and what the mistakes in play give: `{codes, tree, numbers}`. */
  function read(wire, table) {
    const isBranch = wire.role === "branch";
    const all = usesOf(wire.node);
    const truth = gradientName(program, wire);
    const uses = isBranch ? all.filter(({ share }) => share === truth) : all;
    const at = { value: program.values[wire.node], grad: truth };
    if (isBranch) at.whole = program.grads[wire.node];
    const right = points.map((look) => look(truth));
    const found = [];
    for (const [code, tree] of rowsOf(table, at, uses, (use) => numbersOf(use, points))) {
      const numbers = tree === null ? [] : points.map((look) => look(tree));
      if (tree === null || numbers.every((x, k) => isRight(x, right[k]))) continue;
      const isUnlikely = table.unlikely.some(([unlikely]) => unlikely === code);
      const isSame = (other) => other.numbers.every((x, k) => isTwin(x, numbers[k]));
      const twin = found.find((other) => other.isUnlikely === isUnlikely && isSame(other));
      if (!twin) found.push({ codes: [code], tree, numbers, isUnlikely });
      else if (!twin.codes.includes(code)) twin.codes.push(code);
    }
    return { truth, found };
  }
  return { read };
}

// Every row as a tree, the likeliest mistakes first.
function* rowsOf(table, at, uses, numbersAt) {
  const numbers = uses.flatMap(numbersAt);
  yield* filledRows(table.first, at);
  yield* filledRows(table.branches[uses.length] ?? [], { ...at, ...sharesOf(uses) });
  yield* rowsAtUses(table.at_one_use, uses, numbers);
  yield* filledRows(table.last, at);
  for (const use of uses)
    if (numbersAt(use).every(isSquare))
      yield* filledRows([table.half[use.theirs === null ? "alone" : "both"]], { ...at, ...use });
  yield* rowsAtUses(table.unlikely, uses, numbers);
}

const sharesOf = (uses) => Object.fromEntries(uses.map(({ share }, k) => [`share${k}`, share]));

const filledRows = (rows, facts) => rows.map(([code, tree]) => [code, filledTree(tree, facts)]);

// null where the row mentions what is not known here.
const filledTree = (tree, facts) =>
  [...namesIn(tree)].some((name) => (facts[name] ?? null) === null) ? null : replaced(tree, facts);

// A mistake that is made at every use of the value.
function rowsAtUses(rows, uses, numbers) {
  const inPlay = rows.filter(
    ([, , only, never]) =>
      (!(only in TESTS) || numbers.every(TESTS[only])) &&
      !(never in TESTS && numbers.every(TESTS[never])),
  );
  return inPlay.map(([code, tree]) => {
    const parts = uses.map((use) => filledTree(tree, use));
    return [code, parts.includes(null) ? null : parts.reduce((sum, part) => ["+", sum, part])];
  });
}

const numbersOf = (use, points) =>
  points.map((look) =>
    Object.fromEntries(Object.entries(use).map(([key, tree]) => [key, look(tree)])),
  );

// ── what a gate is, told by its numbers: the tests of checking/table.py, by their names ──

const same = (x, y) => x === y || Math.abs(x - y) <= 1e-6 * Math.max(1e-12, Math.abs(y));
const isClose = (x, y) => Math.abs(x - y) <= 1e-8 + 1e-5 * Math.abs(y);
const isRight = (x, truth) => Number.isNaN(x) || same(x, truth);
const isTwin = (x, y) => (Number.isNaN(x) ? Number.isNaN(y) : same(x, y));

const combines =
  (f) =>
  ({ value, other, output }) =>
    other !== null && same(output, f(value, other));
const isMax = combines((x, y) => Math.max(x, y));
const isProduct = combines((x, y) => x * y);
const isSwitch = (use) =>
  (use.local === 0 || isClose(use.local, 1)) &&
  (isMax(use) || (use.other === null && same(use.output, Math.max(use.value, 0))));
const isSquare = ({ value, output }) => same(output, value ** 2);

const TESTS = {
  is_switch: isSwitch,
  is_max_switch: (use) => isSwitch(use) && isMax(use),
  is_relu: (use) => isSwitch(use) && use.other === null,
  is_no_slip: (use) => isClose(Math.abs(use.local), 1) || isSwitch(use),
  differ_by_a_sign: (use) =>
    use.theirs !== null && (isMax(use) || same(Math.abs(use.theirs), Math.abs(use.share))),
  is_product_by_a_constant: (use) => use.theirs === null && isProduct(use),
  is_sum_of_one_shape: combines((x, y) => x + y),
  has_rule_of_its_own: (use) => isSwitch(use) || isProduct(use),
};
