// The state of the page as an address, and back: the formula, its numbers, which view, its step, which
// gradients are asked for. An address comes from anybody, so each part is looked at.

import { asGiven } from "../core/format.js";
import { readNumber } from "../core/numbers.js";

export const VIEWS = ["move", "walk", "quiz"];
const [LONGEST, MOST] = [4000, 100]; // characters; numbers, or gradients that are asked for
const NAME = /^[\p{XIDS}_]\p{XIDC}*$/u;

/**
 * @typedef {object} State
 * @property {string} formula
 * @property {Map<string, number>} numbers
 * @property {string} view
 * @property {number} place
 * @property {string[]} ask
 */

// Brackets and stars, too: a chat may take them for the end of an address, or for bold letters.
const plain = (text) =>
  encodeURIComponent(text).replace(
    /[()*!'~]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** @param {State} state */
export function addressOf({ formula, numbers, view, place, ask }) {
  const listed = [...numbers].map(([name, x]) => `${plain(name)}:${plain(exactly(x))}`).join(",");
  const parts = [`f=${plain(formula)}`, `n=${listed}`];
  if (view !== VIEWS[0]) parts.push(`v=${view}`);
  if (view === "walk" && place) parts.push(`p=${place}`);
  if (view === "quiz" && ask.length) parts.push(`a=${ask.map(plain).join(",")}`);
  return `#${parts.join("&")}`;
}

// As it was given, where that is the very number.
function exactly(x) {
  const text = asGiven(x).replaceAll("−", "-");
  return Number(text) === x ? text : String(x);
}

/**
 * The state of an address, or the part that cannot be read.
 * @returns {{ state?: State, damaged?: string }}
 */
export function stateFrom(hash) {
  const state = { formula: "", numbers: new Map(), view: VIEWS[0], place: 0, ask: [] };
  if (hash.length > LONGEST) return { damaged: `${hash.slice(0, 20)}…` };
  const seen = new Set();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [key, ...rest] = part.split("=");
    const read = READERS.get(key);
    try {
      if (!read || seen.has(key) || rest.length !== 1 || !read(state, rest[0]))
        return { damaged: part };
    } catch {
      return { damaged: part }; // % and no letters behind it
    }
    seen.add(key);
  }
  return seen.has("f") ? { state } : { damaged: hash };
}

const READERS = new Map([
  ["f", (state, text) => ((state.formula = decodeURIComponent(text)), true)],
  ["n", readNumbers],
  ["v", (state, text) => VIEWS.includes((state.view = text))],
  ["p", (state, text) => /^\d{1,4}$/.test(text) && ((state.place = Number(text)), true)],
  ["a", readAsked],
]);

function readNumbers({ numbers }, text) {
  const pairs = text ? text.split(",") : [];
  for (const pair of pairs) {
    const [name, number, ...more] = pair.split(":").map(decodeURIComponent);
    const { value } = readNumber(number ?? "");
    if (!NAME.test(name) || more.length || value === undefined || numbers.has(name)) return false;
    numbers.set(name, value);
  }
  return pairs.length <= MOST;
}

function readAsked(state, text) {
  state.ask = text ? text.split(",").map(decodeURIComponent) : [];
  return state.ask.length <= MOST && state.ask.every((key) => NAME.test(key));
}
