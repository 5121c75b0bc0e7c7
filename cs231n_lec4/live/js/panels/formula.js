// A step comes as data with holes (steps/formulas.py). Here they get the numbers of this moment, in
// a sentence and in MathML, which browsers set themselves: nothing is fetched.

import { formatNumber } from "../core/format.js";
import { maker } from "../core/page_parts.js";
import { withParticles } from "../core/particles.js";
import { numberText } from "../graph/wires.js";

/** @typedef {{ text?: string, tree?: any, in?: string }} Hole */

const mathML = maker("http://www.w3.org/1998/Math/MathML");

const math = (tag, ...children) => mathML(tag, {}, ...children);

/**
 * What fills holes. `read(tree)` finds a number, an array, or a text that is ready.
 * @param {(tree: any) => any} read
 * @param {any} settings
 */
export function fillerOf(read, settings) {
  const found = (/** @type {Hole} */ { text, tree }) => text ?? read(tree) ?? null;
  const textOf = (value) => (typeof value === "string" ? value : numberText(value, settings));

  // A sentence is a list of texts and holes.
  const piece = (part) => (typeof part === "string" ? part : inLine(textOf(found(part)), part));
  const sentence = (parts) => withParticles(parts.map(piece).join(""));

  // MathML is a text, a hole, or [tag, ...children].
  function formula(part) {
    if (typeof part === "string") return part;
    if (!Array.isArray(part)) return holeMath(part, found(part));
    const [tag, ...children] = part;
    const made = children.map(formula);
    return tag in OWN ? OWN[tag](...made) : math(tag, ...made);
  }

  const holeMath = (hole, value) =>
    Array.isArray(value) ? matrixMath(value, settings) : numberMath(textOf(value), hole);

  return { sentence, formula };
}

// Tags of our own: more than one element each.
const OWN = {
  brackets,
  role: (factor, text, role) =>
    mathML("munder", { class: `is-${role}` }, factor, mathML("mtext", { class: "role" }, text)),
  tint: (factor, role) => mathML("mrow", { class: `is-${role}` }, factor),
  aside: (...parts) => mathML("mrow", { class: "aside" }, ...parts),
};

function brackets(inside) {
  const stretchy = String(inside.querySelector("mfrac, mtable") !== null);
  const [left, right] = ["(", ")"].map((side) => mathML("mo", { stretchy }, side));
  return math("mrow", left, inside, right);
}

/**
 * Brackets round a negative number in a product, and round what has a power: (9e−5)², not 9e−5².
 * @param {string} text
 * @param {Hole} hole
 */
const needsBrackets = (text, hole) =>
  hole.in && (text.startsWith("−") || (hole.in === "base" && text.includes("e")));

const inLine = (text, hole) => (needsBrackets(text, hole) ? `(${text})` : text);

/**
 * A minus in front is a sign of its own; that of an exponent stays in its number: −9.12e−5.
 * @param {string} text
 * @param {Hole} hole
 */
function numberMath(text, hole = {}) {
  const digits = math("mn", text.replace(/^−/, ""));
  const whole = text.startsWith("−") ? math("mrow", math("mo", "−"), digits) : digits;
  return needsBrackets(text, hole) ? brackets(whole) : whole;
}

// An array between square brackets; a vector as rows of one cell.
function matrixMath(array, { digits }) {
  const cell = (number) => math("mtd", numberMath(formatNumber(number, digits)));
  const rows = array.map((row) => math("mtr", ...[row].flat().map(cell)));
  return math("mrow", math("mo", "["), math("mtable", ...rows), math("mo", "]"));
}

// Rows of cells, aligned under each other.
export function tableMath(rows) {
  const lines = rows.map((cells) => math("mtr", ...cells.map((cell) => math("mtd", cell))));
  const table = mathML("mtable", { displaystyle: "true" }, ...lines);
  return mathML("math", { display: "block" }, table);
}
