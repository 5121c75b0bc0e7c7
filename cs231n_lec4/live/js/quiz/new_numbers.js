// New numbers for a quiz: drawn so that no known mistake gives the right answer, and no two the
// same.

import { same } from "../graph/session.js";
import { isScalar } from "../program/program.js";
import { slack } from "./judge.js";

const TRIES = 20000;
const TRIES_OF_ARRAYS = 2000; // each takes ten times as long
const WHOLE = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((k) => [k, -k]);
const HALF = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5];

// A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32).
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// {input: number} under which every mistake can be told from the truth and from the others. Where
// no drawing is so good, the best one. `session`: program, names, lookAt, settings, and the numbers
// so far.
export function drawNumbers(blanks, session, random) {
  const { names, lookAt, inputs, settings, program } = session;
  const most = isScalar(program) ? TRIES : TRIES_OF_ARRAYS;
  let best = null;
  let fewest = Infinity;
  for (let tries = 0; tries < most && fewest > 0; tries++) {
    const pool = tries < most / 4 ? WHOLE : [...WHOLE, ...HALF];
    const drawn = (name) => [name, alike(inputs[name], () => oneOf(pool, random))];
    const numbers = Object.fromEntries(names.map(drawn));
    if (same(numbers, inputs)) continue;
    const bad = countBad(blanks, lookAt(numbers), settings.digits, fewest);
    if (bad < fewest) [best, fewest] = [numbers, bad];
  }
  return best;
}

// How many blanks have a mistake that cannot be told; counting ends at `enough`.
function countBad(blanks, look, digits, enough) {
  let bad = 0;
  for (const blank of blanks) {
    if (bad >= enough) break;
    if (!canBeTold(blank, look, digits)) bad += 1;
  }
  return bad;
}

function canBeTold(blank, look, digits) {
  const room = slack(blank, look, digits);
  const truth = look(blank.truth);
  if (!Number.isFinite(truth) || (truth === 0 && !blank.may_be_zero)) return false;
  const found = [["right", truth]];
  for (const [code, tree] of blank.mistakes) {
    const number = look(tree);
    if (Number.isNaN(number) || (number === 0 && truth === 0)) continue; // not in play here
    if (found.some(([other, n]) => other !== code && Math.abs(n - number) <= room)) return false;
    found.push([code, number]);
  }
  return true;
}

// The items in another order.
export function shuffled(items, random) {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}

// A number, or nested lists of numbers, in the form of another.
const alike = (given, draw) =>
  Array.isArray(given) ? given.map((part) => alike(part, draw)) : draw();

function oneOf(items, random) {
  return items[Math.floor(random() * items.length)];
}
