// Runs a graph's flat code in the browser. A program is a list of lines [name, tree]; a tree is a
// number, a name, or [operation, tree, …]. Each line becomes a small function of the numbers and
// arrays so far.

import { arrayOf, isArray, numberOf } from "./arrays.js";
import { OPERATIONS, truthy } from "./operations.js";

/** Is every number of the program a single one? Without a program, nothing is known of them. */
export const isScalar = (program) =>
  Boolean(program) && program.shapes.every((shape) => shape.length === 0);

/** What a program calls the gradient with respect to an input. */
export const gradientOfInput = ({ values, grads }, input) => grads[values.indexOf(input)];

// Python asks an array only if it has a single entry.
const holds = (x) => truthy(isArray(x) ? x.data[0] : x);

// A tree as a function of `slots`, the list of all numbers; `slotOf` says where a name is kept.
function compileTree(tree, slotOf) {
  if (typeof tree === "string") {
    const slot = slotOf.get(tree);
    return (slots) => slots[slot];
  }
  if (!Array.isArray(tree)) return () => tree;
  const [operation, ...parts] = tree;
  if (operation === "number") return () => numberOf(parts[0]);
  const terms = parts.map((part) => compileTree(part, slotOf));
  const [first, second, third] = terms;
  if (operation === "if") return (slots) => (holds(first(slots)) ? second(slots) : third(slots));
  const run = OPERATIONS[operation];
  if (terms.length === 1) return (slots) => run(first(slots));
  if (terms.length === 2) return (slots) => run(first(slots), second(slots));
  return (slots) => run(...terms.map((term) => term(slots)));
}

// The program as one function: {input name: number} → a function that looks up any tree's number.
export function compileProgram(program) {
  const { inputs: names, constants } = program;
  const fixed = Object.values(constants).map(arrayOf);
  const known = [...names, ...Object.keys(constants)];
  const slotOf = new Map(known.map((name, slot) => [name, slot]));
  const lines = program.lines.map(([name, tree]) => {
    const run = compileTree(tree, slotOf);
    if (!slotOf.has(name)) slotOf.set(name, slotOf.size);
    return [slotOf.get(name), run];
  });
  const compiled = new Map();
  return function runProgram(inputs) {
    const slots = new Array(slotOf.size);
    names.forEach((name, slot) => (slots[slot] = arrayOf(inputs[name])));
    fixed.forEach((array, k) => (slots[names.length + k] = array));
    for (const [slot, run] of lines) slots[slot] = run(slots);
    return (tree) => {
      if (tree === null || tree === undefined) return null;
      if (!compiled.has(tree)) compiled.set(tree, compileTree(tree, slotOf));
      const found = compiled.get(tree)(slots);
      return isArray(found) ? found : Number(found);
    };
  };
}
