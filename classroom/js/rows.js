// The rows of the steps, as sentences and as formulas with holes for their numbers: steps/formulas.py,
// for graphs of single numbers.

import { asGiven } from "../core/format.js";

const [PRODUCT, BASE, ALONE] = [2, 5, 9]; // how tightly the surroundings bind

const surroundings = (binds) => (binds ? { in: binds === BASE ? "base" : "product" } : {});
const hole = (tree, binds = 0) => ({ tree, ...surroundings(binds) });
const given = (value, binds) => ({ text: asGiven(value), ...surroundings(binds) });

// ── a tree, in a line of text or stacked as MathML ──

const SIGNS = { "+": "+", "-": "−", "*": "·", "/": "/", "**": "^" };
const BINDS = { "+": [1, 1, 1], "-": [1, 1, 2], "*": [2, 2, 2], neg: [0, 3] };
const sign = (text) => ["mo", text];
const between = (separator, ...parts) => parts.flatMap((part) => [separator, ...part]).slice(1);
const withSign = (text, ...parts) => between(sign(text), ...parts.map((part) => [part]));
const equation = (...sides) => withSign("=", ...sides);

const IN_LINE = {
  binds: { ...BINDS, "/": [2, 2, 3], "**": [4, BASE, BASE] },
  joined(operation, parts) {
    if (operation === "neg") return ["−", ...parts[0]];
    const text = SIGNS[operation];
    if (text) return between(operation === "**" ? text : ` ${text} `, ...parts);
    return [`${operation}(`, ...between(", ", ...parts), ")"];
  },
  bracketed: (x) => ["(", ...x, ")"],
  leaf: (x) => [x],
};
const STACKED = {
  binds: { ...BINDS, "/": [ALONE, 0, 0], "**": [4, BASE, 0] },
  joined(operation, parts) {
    if (operation === "neg") return ["mrow", sign("−"), ...parts];
    if (operation === "/") return ["mfrac", ...parts];
    if (operation === "**") return ["msup", ...parts];
    if (operation === "exp") return ["msup", ["mi", "e"], ...parts];
    if (operation in SIGNS) return ["mrow", ...withSign(SIGNS[operation], ...parts)];
    return ["mrow", ["mi", operation], ["brackets", ["mrow", ...withSign(",", ...parts)]]];
  },
  bracketed: (x) => ["brackets", x],
  leaf: (x) => (typeof x === "string" ? nameMath(x) : x),
};

// `binds`: how tightly the surroundings hold the tree, which decides about brackets.
function written(tree, style, leaf, binds = 0) {
  if (!Array.isArray(tree) || tree[0] === "number") return style.leaf(leaf(tree, binds));
  const [operation, ...parts] = tree[0] === "call" ? tree.slice(1) : tree;
  const [own, ...inner] = style.binds[operation] ?? [ALONE, ...parts.map(() => 0)];
  const inside = parts.map((part, k) => written(part, style, leaf, inner[k]));
  const whole = style.joined(operation, inside);
  return own < binds ? style.bracketed(whole) : whole;
}

function named(tree, binds) {
  if (typeof tree === "string") return tree;
  return given(Array.isArray(tree) ? (tree[1] === "inf" ? Infinity : NaN) : Number(tree), binds);
}

const bothWays = (tree, style) => [named, hole].map((leaf) => written(tree, style, leaf));

function nameMath(name) {
  const [, word, digits] = /^(.*?)(\p{Nd}*)$/u.exec(name) ?? [];
  return word && /^[0-9]+$/.test(digits) ? ["msub", ["mi", word], ["mn", digits]] : ["mi", name];
}

const gradient = (of, to) => [
  "mfrac",
  ...[of, to].map((name) => ["mrow", sign("∂"), nameMath(name)]),
];

// ── the rows; `words` are the tables of sentences ──

// A sentence with its {placeholders} replaced by texts, by holes or by lists of both.
function sentence(text, facts) {
  const parts = text.split(/\{(\w+)\}/).flatMap((part, k) => (k % 2 ? facts[part] : part));
  const joined = [];
  for (const part of parts)
    if (typeof part === "string" && typeof joined.at(-1) === "string")
      joined.push(joined.pop() + part);
    else joined.push(part);
  return joined.filter((part) => part !== "");
}

/** q = x + y = (−2) + 5 = 3. */
export function forwardRow(name, tree, value, words) {
  const [formula, numbers] = bothWays(tree, IN_LINE);
  return {
    text: sentence(words.steps.forward, { node: name, formula, numbers, value: hole(value) }),
    math: equation(nameMath(name), ...bothWays(tree, STACKED), hole(value)),
  };
}

/** ∂f/∂f = 1. */
export const startRow = (of, words) => ({
  text: sentence(words.steps.start, { of, to: of }),
  math: equation(gradient(of, of), ["mn", "1"]),
});

/** ∂f/∂x = ∂f/∂q · ∂q/∂x = (−4) · 1 = −4: upstream · local = downstream, with their roles. */
export function backwardRow(of, to, through, { tree, upstream, local, downstream }, words) {
  const role = (factor, name) => ["role", factor, words.view[name], name];
  const value = hole(downstream);
  const result = ["tint", value, "downstream"];
  const left = role(gradient(of, to), "downstream");
  let numbers = written(tree, IN_LINE, hole);
  let math = equation(left, ...bothWays(tree, STACKED), result);
  if (local !== null) {
    const both = [hole(upstream, PRODUCT), hole(local, PRODUCT)];
    numbers = [both[0], " · ", both[1]];
    const factors = [role(gradient(of, through), "upstream"), role(gradient(through, to), "local")];
    const counted = [
      ["tint", both[0], "upstream"],
      ["tint", both[1], "local"],
    ];
    const products = [factors, counted].map((parts) => ["mrow", ...withSign("·", ...parts)]);
    math = [...equation(left, ...products, result), ...rule(local, to, through, words)];
  }
  const text = sentence(words.steps.backward, { of, to, through, numbers, value });
  return { text, math, product: numbers };
}

// Where the local gradient has letters in it, they are shown: ∂f/∂q = z.
function rule(local, to, through, words) {
  if (!hasLetters(local)) return [];
  const sides = equation(gradient(through, to), written(local, STACKED, named));
  return [["aside", ["mtext", words.view.because], ...sides]];
}

const hasLetters = (tree) =>
  Array.isArray(tree)
    ? !["if", "number"].includes(tree[0]) && tree.slice(1).some(hasLetters)
    : typeof tree === "string";

/** ∂f/∂x = 3 + 2 = 5: the shares of a wire that branches. */
export function sumRow(of, to, shares, total, words) {
  const terms = shares.map((share) => hole(share, PRODUCT));
  const sum = between(" + ", ...terms.map((term) => [term]));
  return {
    text: sentence(words.steps.sum, { of, to, numbers: sum, value: hole(total) }),
    sum,
    math: equation(gradient(of, to), ["mrow", ...withSign("+", ...terms)], hole(total)),
  };
}
