// A formula as text → a tree, as lessons/formula.py and Python's own reader take it. The text is
// never run. tests/classroom/test_formula_page.py holds the two readers equal.

import { fill } from "../core/page_parts.js";

const LETTER = "[\\p{L}\\p{Nl}\\p{No}_]"; // of a name; digits come later
const WORD = "[\\p{L}\\p{N}_]";
const NOT_INSIDE = `(?<!${WORD})`;
const NAME = `${LETTER}${WORD}*`;
const NUMBER = `(?<![\\p{L}\\p{N}_.])(?:\\p{Nd}+\\.?\\p{Nd}*|\\.\\p{Nd}+)(?![\\p{Nd}.])(?![eE][+-]?\\p{Nd})`;
const PARTED = new RegExp(`^(?:(${NAME})\\s*=(?!=)\\s*)?(.*)$`, "su"); // f = x * y
const EDGE = /^[\t-\r\x1c-\x20\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** A refusal: a code, and the sentence that a person reads. */
export class Refusal extends Error {
  constructor(facts, code, given = {}) {
    super(fill(facts.errors[code], given));
    this.code = code;
  }
}

/**
 * What reads formulas with these facts: the words, the functions, the limits (formula_page.py).
 * `numbers` are a Map of the names that have a number; `build` refuses what cannot be a graph.
 */
export function readerOf(facts, build) {
  const functions = new Map(Object.entries(facts.functions));
  const refuse = (code, given) => {
    throw new Refusal(facts, code, given);
  };
  const names = [...functions.keys()];

  function read(formula, numbers) {
    const [, left = "", text] = checked(formula).match(PARTED);
    refuseNotation(text, numbers);
    return { left, text, tree: treeOf(text) };
  }

  /** The text with × · − ² and full-width signs as Python writes them. */
  function checked(formula) {
    const { raised, same_sign } = facts.signs;
    const signs = (text) => text.replace(/./gsu, (c) => same_sign[c] ?? c);
    const powers = trimmed(formula).replace(
      /[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+/g,
      (run) => `**${run.replace(/./g, (c) => raised[c])}`,
    );
    const text = signs(signs(powers).normalize("NFKC"));
    const count = [...text].length;
    if (!count) refuse("formula_is_empty");
    if (count > facts.longest) refuse("formula_too_long", { count, most: facts.longest });
    for (const character of text)
      if (!/^([ -~]|(?!\p{Cf})\p{XIDC})$/u.test(character))
        refuse("formula_character", spelt(character));
    return text;
  }

  function refuseNotation(text, numbers) {
    for (const [word] of text.matchAll(new RegExp(NAME, "gu")))
      if (facts.keywords.includes(word)) refuse("formula_word", { word });
    for (const [code, pattern] of REFUSED)
      if (pattern.test(text)) refuse(code, { formula: text, instead: suggested(text, numbers) });
    for (const name of names)
      if (!numbers.has(name) && new RegExp(`${NOT_INSIDE}${name}\\s+${WORD}`, "u").test(text))
        withoutBrackets(name);
    const starred = withTimes(text, numbers);
    if (starred !== text) refuse("formula_times", { formula: text, instead: starred });
  }

  /** The formula with ** for ^, and exp for a power of e; what is wrong in that is said first. */
  function suggested(text, numbers) {
    if (!text.includes("^")) return text;
    let found = withTimes(text.replaceAll("^", "**"), numbers);
    if (!numbers.has("e")) {
      const e = `${NOT_INSIDE}e\\s*\\*\\*\\s*`;
      found = found.replace(new RegExp(`${e}(${WORD}+|-${WORD}+)`, "gu"), "exp($1)");
      found = found.replace(new RegExp(`${e}(?=\\()`, "gu"), "exp");
    }
    build({ text: found, tree: treeOf(found) }, numbers);
    return found;
  }

  function withTimes(text, numbers) {
    const put = (found, pattern, by) => found.replace(new RegExp(pattern, "gu"), by);
    let found = put(text, NAME, (word) => apart(word, numbers));
    found = put(found, `(${NUMBER})\\s*(?=${LETTER}|\\()`, "$1*");
    found = put(found, `\\)\\s*(?=[\\p{L}\\p{N}_(])`, ")*");
    found = put(found, `(?<=${WORD})\\s+(?=${WORD})`, "*");
    const called = (_, name) => (numbers.has(name) && !functions.has(name) ? `${name}*` : name);
    return put(found, `${NOT_INSIDE}(${NAME})\\s*(?=\\()`, called);
  }

  function apart(word, numbers) {
    if (numbers.has(word) || functions.has(word)) return word;
    const given = [...numbers.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
    const parts = given.length ? (word.match(new RegExp(given.join("|"), "gu")) ?? []) : [];
    return parts.length > 1 && parts.join("") === word ? parts.join("*") : word;
  }

  function withoutBrackets(name) {
    const inputs = [..."xy"].slice(0, functions.get(name).takes).join(", ");
    refuse("formula_function_name", { name, inputs });
  }

  function treeOf(text) {
    if (nesting(text) > facts.deepest) refuse("formula_too_deep", { most: facts.deepest });
    const tree = parsed(text, () => refuse("formula_unclear", { formula: text }));
    const count = partsOf(tree);
    if (count > facts.most_parts)
      refuse("formula_too_many_parts", { count, most: facts.most_parts });
    return tree;
  }

  return { read, refuse, functions, withoutBrackets };
}

/** @type {[string, RegExp][]} */
const REFUSED = [
  ["formula_quotes", /["'\x60]/],
  ["formula_compares", /[<>]|[=!]=|!/],
  ["formula_equals", /(?<!,axis)(?<!, axis)(?<!, axis )=|[:;]/],
  ["formula_caret", /\^/],
  ["formula_index", /[[\]{}]/],
  [
    "formula_attribute",
    new RegExp(
      `(?:${LETTER}|\\))${WORD}*\\s*\\.(?!T(?!${WORD}))|` +
        `\\.\\s*(?![eE][+-]?\\p{Nd}|T(?!${WORD}))${LETTER}`,
      "u",
    ),
  ],
  ["formula_sign", /\/\/|%|&|\||~|#|\$|\?|\\/],
];

function trimmed(text) {
  const start = text.replace(EDGE, "");
  return [...[...start].reverse().join("").replace(EDGE, "")].reverse().join("");
}

/** A character as Python shows it, and its number. */
function spelt(character) {
  const code = character.codePointAt(0);
  const hex = (digits) => code.toString(16).padStart(digits, "0");
  const number = `U+${hex(4).toUpperCase()}`;
  const short = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
  const isSeen = !/[\p{C}\p{Z}]/u.test(character);
  const long = code < 256 ? `\\x${hex(2)}` : code < 65536 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
  return { character: `'${isSeen ? character : (short ?? long)}'`, number };
}

function nesting(text) {
  let deepest = 0;
  let level = 0;
  for (const character of text) {
    level += Number(character === "(") - Number(character === ")");
    deepest = Math.max(deepest, level);
  }
  return deepest;
}

// ── Python's grammar of expressions, as much of it as the signs that are left can write ──

const DIGITS = "[0-9](?:_?[0-9])*";
const FLOAT = `(?:${DIGITS}\\.(?:${DIGITS})?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?|${DIGITS}[eE][+-]?${DIGITS}`;
const TOKEN = new RegExp(
  `(?<float>${FLOAT})|(?<int>${DIGITS})|(?<name>[\\p{XIDS}_]\\p{XIDC}*)|(?<sign>\\*\\*|\\.\\.\\.|[-+*/@(),.=])`,
  "uy",
);

function tokensOf(text, unclear) {
  const found = [];
  for (let at = 0; ;) {
    while (text[at] === " ") at++;
    if (at === text.length) return [...found, { kind: "end", text: "", start: at, end: at }];
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups ?? unclear();
    const [kind, token] = Object.entries(groups).find(([, part]) => part !== undefined) ?? [];
    at += token.length;
    const isNumber = kind === "float" || kind === "int";
    const isImaginary = isNumber && /^[jJ](?!\p{XIDC})/u.test(text.slice(at));
    if (isImaginary) at++;
    if (isNumber && /^\p{XIDC}/u.test(text.slice(at))) unclear();
    if (kind === "int" && !isImaginary && /^0[_0]*[1-9]/.test(token)) unclear();
    found.push({ kind, text: token, isImaginary, start: at - token.length, end: at });
  }
}

function parsed(text, unclear) {
  const tokens = tokensOf(text, unclear);
  let place = 0;
  const now = () => tokens[place];
  const is = (...signs) => now().kind === "sign" && signs.includes(now().text);
  const next = () => tokens[place++];
  const take = (sign) => (is(sign) ? next() : unclear());
  const part = (kind, start, facts) => ({ kind, start, end: tokens[place - 1].end, ...facts });

  function binary(signs, inner) {
    return () => {
      const { start } = now();
      let left = inner();
      while (is(...signs)) {
        const sign = next().text;
        left = part("binary", start, { sign, parts: [left, inner()] });
      }
      return left;
    };
  }
  const product = binary(["*", "/", "@"], signed);
  const sum = binary(["+", "-"], product);

  function signed() {
    const { start } = now();
    if (!is("+", "-")) return power();
    const sign = next().text;
    return part("unary", start, { sign, parts: [signed()] });
  }

  function power() {
    const { start } = now();
    const base = primary();
    if (!is("**")) return base;
    next();
    return part("binary", start, { sign: "**", parts: [base, signed()] });
  }

  function primary() {
    const { start } = now();
    let found = atom();
    while (is(".", "(")) {
      if (next().text === ".") {
        const { kind, text: word } = next();
        if (kind !== "name") unclear();
        found = part("attribute", start, { word, parts: [found] });
      } else {
        const facts = inputsOfCall();
        found = part("call", start, { ...facts, parts: [found, ...facts.inputs, ...facts.named] });
      }
    }
    return found;
  }

  function atom() {
    const { kind, text: token, isImaginary, start } = next();
    if (kind === "name") return part("name", start, { name: token, parts: [] });
    if (kind === "float" || kind === "int") {
      const value = isImaginary ? null : Number(token.replaceAll("_", ""));
      return part("number", start, { value, isWhole: kind === "int", parts: [] });
    }
    if (token === "...") return part("rest", start, { parts: [] });
    return token === "(" ? inBrackets(start) : unclear();
  }

  function inBrackets(start) {
    const parts = [];
    let commas = 0;
    while (!is(")")) {
      parts.push(starred());
      if (!is(",")) break;
      next();
      commas++;
    }
    take(")");
    if (parts.length === 1 && !commas) return parts[0].kind === "star" ? unclear() : parts[0];
    return part("tuple", start, { parts });
  }

  function starred() {
    const { start } = now();
    if (!is("*")) return sum();
    next();
    return part("star", start, { parts: [sum()] });
  }

  // First inputs, then named ones, then those with two stars.
  function inputsOfCall() {
    const [inputs, named, axes] = /** @type {any[][]} */ ([[], [], []]);
    let phase = 0;
    while (!is(")")) {
      if (is("**")) {
        phase = 2;
        next();
        named.push(sum());
        axes.push(null);
      } else if (now().kind === "name" && tokens[place + 1].text === "=") {
        phase = Math.max(phase, 1);
        axes.push(next().text);
        next();
        named.push(sum());
      } else {
        if (phase === 2 || (phase === 1 && !is("*"))) unclear();
        inputs.push(starred());
      }
      if (!is(",")) break;
      next();
    }
    take(")");
    return { inputs, named, axes };
  }

  const { start } = now();
  const first = sum();
  const parts = [first];
  let isTuple = false;
  while (is(",")) {
    isTuple = true;
    next();
    if (now().kind !== "end") parts.push(sum());
  }
  if (now().kind !== "end") unclear();
  return isTuple ? part("tuple", start, { parts }) : first;
}

/** How many expressions Python would count. */
const partsOf = ({ parts }) => parts.reduce((count, part) => count + partsOf(part), 1);

/** The names in a text that may want a number; a name before a bracket is a function. */
export function namesIn(text, functions) {
  const isName = new RegExp(`(?<![\\p{L}\\p{N}_.])${NAME}(?!${WORD}|\\s*[(=])`, "gu");
  const found = text.normalize("NFKC").match(isName) ?? [];
  return [...new Set(found)].filter((name) => !functions.has(name) && name !== "e");
}
