// Is an answer right? If not, which known mistake gives it? Pure functions of numbers, tested with
// node.
// A blank holds trees (program.js): truth, mistakes [[codes, tree], …], the same of unlikely ones,
// and rounded [[tree, weight], …].

import { formatNumber } from "../core/format.js";

const DUST_OF_SUMS = 1e-9; // 0.1 + 0.2 is not quite 0.3

// Right means right to the digits shown, or as right as the rounded numbers of the picture allow.
// A reason names the known mistake that fits, or the two: "sign or forgot_local".
export function judge(blank, answer, look, digits) {
  const truth = look(blank.truth);
  const error = Math.abs(answer - truth);
  const room = slack(blank, look, digits);
  if (error <= room)
    return { right: true, rounded: error > halfUnit(truth, digits) + DUST_OF_SUMS, truth };
  const rooms = [
    () => halfUnit(answer, digits),
    () => room,
    (number) => Math.abs(number) * relativeRounding(blank, look, digits),
  ];
  return { right: false, truth, reason: reasonOf(blank, answer, look, rooms) };
}

// The codes of the mistakes that give the answer, the likeliest first: exactly, else with what
// rounding can do to it. null where none does.
function reasonOf(blank, answer, look, rooms) {
  for (const mistakes of [blank.mistakes, blank.unlikely])
    for (const room of rooms) {
      const fits = ([, tree]) => Math.abs(answer - look(tree)) <= room(look(tree));
      const codes = mistakes.filter(fits).flatMap(([codes]) => codes.split(" or "));
      if (codes.length) return [...new Set(codes)].slice(0, 2).join(" or ");
    }
  return null;
}

// What rounding can do to an answer: its own last digit, and those of the numbers it comes from.
export function slack(blank, look, digits) {
  let total = halfUnit(look(blank.truth), digits) + DUST_OF_SUMS;
  for (const [tree, weight] of blank.rounded)
    total += Math.abs(look(weight)) * rounding(look(tree), digits);
  return total;
}

// The same for the factors of a product, as a part of it.
function relativeRounding(blank, look, digits) {
  const parts = blank.rounded.map(([tree]) => rounding(look(tree), digits) / Math.abs(look(tree)));
  return parts.reduce((sum, part) => sum + part, 0);
}

function rounding(value, digits) {
  const half = halfUnit(value, digits);
  const nearest = Math.round(value / (2 * half)) * 2 * half;
  return Math.abs(value - nearest) < 1e-9 * Math.max(1, Math.abs(value)) ? 0 : half;
}

// Half a unit of the last digit that is shown: 0.005 for 3.14.
function halfUnit(value, digits) {
  const [mantissa, power] = formatNumber(value, digits).replaceAll("−", "-").split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length;
  return 0.5 * 10 ** (Number(power ?? 0) - decimals);
}
