// Runs a graph's flat code in the browser. A program is a list of lines [name, tree]; a tree is a
// number, a name, or [operation, tree, …]. Each line becomes a small function of the numbers so
// far.

const truthy = (x) => x !== 0 && x !== false; // as in Python, NaN counts as true

// Where JavaScript and IEEE's pow disagree: 1 to any power is 1, and so is -1 to an infinite one.
const power = (x, y) => (x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y);

const OPERATIONS = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "**": power,
  neg: (x) => -x,
  pos: (x) => +x,
  not: (x) => !truthy(x),
  "==": (x, y) => x === y,
  "!=": (x, y) => x !== y,
  "<": (x, y) => x < y,
  "<=": (x, y) => x <= y,
  ">": (x, y) => x > y,
  ">=": (x, y) => x >= y,
  and: (x, y) => (truthy(x) ? y : x),
  or: (x, y) => (truthy(x) ? x : y),
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  maximum: (x, y) => (x >= y || x !== x ? x : y), // NaN wins, so that it cannot hide
  max: (x, y) => (y > x ? y : x), // Python's own max and min
  min: (x, y) => (y < x ? y : x),
};

const SPECIAL = { inf: Infinity, "-inf": -Infinity, nan: NaN };

// A tree as a function of `slots`, the array of all numbers; `slotOf` says where a name is kept.
export function compileTree(tree, slotOf) {
  if (typeof tree === "number") return () => tree;
  if (typeof tree === "string") {
    const slot = slotOf.get(tree);
    return (slots) => slots[slot];
  }
  const [operation, ...parts] = tree;
  if (operation === "number") return () => SPECIAL[parts[0]];
  const [first, second, third] = parts.map((part) => compileTree(part, slotOf));
  if (operation === "if") return (slots) => (truthy(first(slots)) ? second(slots) : third(slots));
  const run = OPERATIONS[operation];
  if (second === undefined) return (slots) => run(first(slots));
  return (slots) => run(first(slots), second(slots));
}

// The program as one function: {input name: number} → a function that looks up any tree's number.
export function compileProgram(program) {
  const slotOf = new Map(program.inputs.map((name, slot) => [name, slot]));
  const lines = program.lines.map(([name, tree]) => {
    const run = compileTree(tree, slotOf);
    if (!slotOf.has(name)) slotOf.set(name, slotOf.size);
    return [slotOf.get(name), run];
  });
  const compiled = new Map();
  return function runProgram(inputs) {
    const slots = new Array(slotOf.size);
    program.inputs.forEach((name, slot) => (slots[slot] = inputs[name]));
    for (const [slot, run] of lines) slots[slot] = run(slots);
    return (tree) => {
      if (tree === null || tree === undefined) return null;
      if (!compiled.has(tree)) compiled.set(tree, compileTree(tree, slotOf));
      return Number(compiled.get(tree)(slots));
    };
  };
}
