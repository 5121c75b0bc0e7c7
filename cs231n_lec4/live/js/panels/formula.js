// Formulas as MathML, which browsers set themselves: nothing is fetched. A formula comes as a tree
// of the program; it is written once with names and once with numbers.

import { maker } from "../core/page_parts.js";

const BINDS = { "+": 1, "-": 1, "*": 2, neg: 3, "**": 4 };
const SIGNS = { "+": "+", "-": "−", "*": "·" };

const mathML = maker("http://www.w3.org/1998/Math/MathML");

export const math = (tag, ...children) => mathML(tag, {}, ...children);

export const sign = (text) => math("mo", text);

// w0 as w with a small 0.
export function nameMath(name) {
  const [, word, digits] = /^(.*?)(\d*)$/.exec(name) ?? [];
  const letters = math("mi", word || name);
  if ([...word].length > 1) letters.setAttribute("mathvariant", "normal");
  return word && digits ? math("msub", letters, math("mn", digits)) : letters;
}

// ∂f/∂x: the gradient of f with respect to x.
export function gradientMath(of, to) {
  const top = math("mrow", sign("∂"), nameMath(of));
  return math("mfrac", top, math("mrow", sign("∂"), nameMath(to)));
}

// A minus in front is a sign of its own; that of an exponent stays in its number: −9.12e−5.
export function numberMath(digits, inProduct = false) {
  if (!digits.startsWith("−")) return math("mn", digits);
  const whole = math("mrow", sign("−"), math("mn", digits.slice(1)));
  return inProduct ? brackets(whole) : whole;
}

export function brackets(inside) {
  const isTall = inside.querySelector("mfrac, mtable") !== null;
  const [left, right] = ["(", ")"].map(sign);
  for (const side of [left, right]) side.setAttribute("stretchy", String(isTall));
  return math("mrow", left, inside, right);
}

// A tree; `leaf(tree, inProduct)` sets a name or a number.
export function treeMath(tree, leaf, binds = 0) {
  if (!Array.isArray(tree)) return leaf(tree, binds > 0);
  const [operation, ...parts] = tree;
  if (operation === "call") return call(parts[0], parts.slice(1), leaf);
  if (operation === "/") return math("mfrac", ...parts.map((part) => treeMath(part, leaf)));
  if (operation === "exp") return math("msup", math("mi", "e"), treeMath(parts[0], leaf));
  if (!(operation in BINDS)) return call(operation, parts, leaf);
  const own = BINDS[operation];
  const whole = operationMath(operation, parts, leaf, own);
  return own < binds ? brackets(whole) : whole;
}

function operationMath(operation, parts, leaf, own) {
  if (operation === "neg") return math("mrow", sign("−"), treeMath(parts[0], leaf, own));
  if (operation === "**")
    return math("msup", baseMath(treeMath(parts[0], leaf, own + 1)), treeMath(parts[1], leaf));
  const right = treeMath(parts[1], leaf, operation === "-" ? own + 1 : Math.max(own, 1));
  return math("mrow", treeMath(parts[0], leaf, own), sign(SIGNS[operation]), right);
}

// (9e−5)², not 9e−5².
function baseMath(base) {
  return base.tagName === "mn" && base.textContent.includes("e") ? brackets(base) : base;
}

function call(name, parts, leaf) {
  const listed = parts.flatMap((part, k) =>
    k ? [sign(","), treeMath(part, leaf)] : [treeMath(part, leaf)],
  );
  const word = math("mi", name);
  word.setAttribute("mathvariant", "normal");
  return math("mrow", word, brackets(math("mrow", ...listed)));
}

// An array between square brackets; a vector comes as rows of one cell.
export function matrixMath(rows) {
  const table = math(
    "mtable",
    ...rows.map((cells) => math("mtr", ...cells.map((cell) => math("mtd", cell)))),
  );
  return math("mrow", sign("["), table, sign("]"));
}

// Rows of cells, aligned under each other.
export function tableMath(rows) {
  const table = math(
    "mtable",
    ...rows.map((cells) => math("mtr", ...cells.map((c) => math("mtd", c)))),
  );
  table.setAttribute("displaystyle", "true");
  const whole = math("math", table);
  whole.setAttribute("display", "block");
  return whole;
}

// A factor with its role in small letters below: upstream, local, downstream.
export function withRole(factor, role) {
  const below = math("mtext", role);
  below.classList.add("role");
  return math("munder", factor, below);
}
