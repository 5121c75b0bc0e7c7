// From the tree of a formula to the nodes of a graph, in their order, with their names: what `parse`
// and ComputationalGraph do in Python. A plain number meets a gate as a number.

import { compileProgram } from "../program/program.js";
import { readerOf } from "./reading.js";

const OPERATIONS = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "**": "power",
  "@": "mat_mul",
};
const AXES_OF_A_NUMBER = ["0", "-1", "()"]; // what NumPy lets a single number be summed along

/**
 * `parse(formula, numbers)` → the graph; a Refusal, with its sentence, where Python refuses. An output
 * without a name gets `usual`, if that is free.
 */
export function parserOf(facts, usual = "") {
  const reader = readerOf(facts, (read, numbers) =>
    builderOf(facts, reader, read, numbers).build(),
  );
  return function parse(formula, numbers) {
    const read = reader.read(formula, numbers);
    const { text } = read;
    const builder = builderOf(facts, reader, read, numbers);
    const output = builder.build();
    for (const name of numbers.keys())
      if (!builder.inputs.has(name)) reader.refuse("formula_extra_value", { name, formula: text });
    if (!builder.inputs.size) reader.refuse("formula_without_names", { formula: text });
    if (output.inputs.length) nameOutput(output, read.left, builder.inputs);
    return graphOf(output);
  };

  function nameOutput(output, name, inputs) {
    if (name) output.name = checkedName(name);
    else if (!inputs.has(usual)) output.name = usual;
    if (inputs.has(output.name)) reader.refuse("two_of_one_name", { name: output.name });
  }

  function checkedName(name) {
    const isName = /^[\p{XIDS}_]\p{XIDC}*$/u.test(name) && !facts.keywords.includes(name);
    return isName ? name : reader.refuse("name_is_not_a_name", { name: [...name].slice(0, 40).join("") });
  }
}

const isNode = (x) => typeof x === "object";
const constant = (value) => ({ kind: "constant", value, inputs: [], wantsGrad: false });

function builderOf(facts, { refuse, functions, withoutBrackets }, { text, tree }, numbers) {
  const inputs = new Map();

  function visit(part, depth) {
    if (depth > facts.deepest) refuse("formula_too_deep", { most: facts.deepest });
    const make = MAKERS[part.kind] ?? refusePart;
    return make(part, depth);
  }

  const refusePart = () => refuse("formula_part", { formula: text });

  const MAKERS = {
    number({ value }) {
      if (value === null) refusePart();
      if (!Number.isFinite(value)) refuse("formula_number", { formula: text });
      return value;
    },
    name: ({ name }) => inputs.get(name) ?? newInput(name),
    unary({ sign, parts }, depth) {
      const x = visit(parts[0], depth + 1);
      if (sign === "+") return x;
      return isNode(x) ? gate("multiply", [-1, x]) : -x;
    },
    binary: ({ sign, parts }, depth) => apply(OPERATIONS[sign], parts, depth),
    attribute: ({ word, parts }, depth) =>
      word === "T" ? apply("transpose", parts, depth) : refusePart(),
    call(part, depth) {
      const { parts, inputs: given, named, axes } = part;
      if (parts[0].kind !== "name") refusePart();
      if (!axes.length) return call(parts[0].name, given, depth);
      if (given.length !== 1 || axes.length > 1 || axes[0] !== "axis") refusePart();
      return callAlong(parts[0].name, given, axisText(named[0]), depth);
    },
  };

  function newInput(name) {
    if (!numbers.has(name)) {
      if (functions.has(name)) withoutBrackets(name);
      refuse(name === "e" ? "formula_e" : "formula_needs_value", { name });
    }
    const node = { kind: "input", name, value: numbers.get(name), inputs: [], wantsGrad: true };
    inputs.set(name, node);
    return node;
  }

  function call(name, given, depth) {
    const known = functions.get(name);
    if (!known)
      refuse("formula_unknown_function", { name, known: [...functions.keys()].join(", ") });
    const { takes, expected } = known;
    if (given.length !== takes) {
      const instead = fitting(name, takes, given);
      refuse("formula_inputs", { name, instead, expected, count: given.length });
    }
    return apply(known.gate, given, depth);
  }

  // max(max(x, y), z) for three, as they were typed.
  function fitting(name, takes, given) {
    const texts = given.map(({ start, end }) => text.slice(start, end));
    if (takes === 2 && texts.length > 2) return texts.reduce((x, y) => `${name}(${x}, ${y})`);
    return `${name}(${[..."xy"].slice(0, takes).join(", ")})`;
  }

  function callAlong(name, given, axis, depth) {
    const along = functions.get(name)?.gate;
    if (!facts.gates[along]?.settings || axis === null) refusePart();
    return apply(along, given, depth, axis);
  }

  function apply(kind, parts, depth, axis = null) {
    const found = parts.map((part) => visit(part, depth + 1));
    if (!found.some(isNode)) found[0] = constant(found[0]);
    const isOneOver = kind === "divide" && found[0] === 1;
    return isOneOver ? gate("reciprocal", [found[1]]) : gate(kind, found, axis);
  }

  function gate(kind, found, axis = null) {
    const known = facts.gates[kind];
    if (known.refused) refuse(...known.refused);
    if (axis !== null && !AXES_OF_A_NUMBER.includes(axis))
      refuse("setting_does_not_fit", { ...known.settings, given: axis });
    const nodes = found.map((x) => (isNode(x) ? x : constant(x)));
    const wantsGrad = nodes.some((node) => node.wantsGrad);
    const node = { kind: "gate", gate: known, inputs: nodes, wantsGrad, axis, name: null };
    return { ...node, value: valueOf(node) };
  }

  return {
    inputs,
    build() {
      const output = visit(tree, 0);
      return isNode(output) ? output : constant(output);
    },
  };
}

function valueOf({ gate, inputs }) {
  const names = ["x", "y"].slice(0, inputs.length);
  const run = compileProgram({ inputs: names, constants: {}, lines: gate.forward });
  return run(Object.fromEntries(names.map((name, k) => [name, inputs[k].value])))("z");
}

// An axis as Python writes it; null where it is no whole number and no list of them.
function axisText({ kind, sign, parts, value, isWhole }) {
  if (kind === "number" && isWhole && value !== null) return String(value);
  if (kind === "unary" && sign === "-" && parts[0].kind === "number")
    return axisText(parts[0]) && `-${axisText(parts[0])}`;
  const inner = kind === "tuple" ? parts.map(axisText) : [null];
  if (inner.includes(null) || parts.some((part) => part.kind === "tuple")) return null;
  return inner.length === 1 ? `(${inner[0]},)` : `(${inner.join(", ")})`;
}

// ── nodes in topological order, left input first; v1, v2, … for those without a name ──

function graphOf(output) {
  const places = new Map();
  const visit = (node) => {
    if (places.has(node)) return;
    node.inputs.forEach(visit);
    places.set(node, places.size);
  };
  visit(output);
  const nodes = [...places.keys()];
  const taken = new Set(nodes.filter(({ name }) => name).map(({ name }) => name));
  const free = { constant: freeNames("c", taken), gate: freeNames("v", taken) };
  const names = nodes.map(({ kind, name }) => name || free[kind]());
  return { nodes, names, placeOf: (node) => places.get(node), output: nodes.length - 1 };
}

function freeNames(letter, taken) {
  let number = 0;
  return () => {
    do number++;
    while (taken.has(`${letter}${number}`));
    return `${letter}${number}`;
  };
}
