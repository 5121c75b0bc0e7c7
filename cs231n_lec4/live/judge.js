// Is an answer right? If not, which known mistake gives it? Pure functions of numbers, tested with node.
// A blank holds trees (program.js): truth, mistakes [[code, tree], …], rounded [[tree, weight], …].

import { formatNumber } from "./format.js";

// Right means right to the digits shown, or as right as the rounded numbers of the picture allow. A reason
// is given only if exactly one known mistake fits.
export function judge(blank, answer, look, digits) {
  const truth = look(blank.truth);
  const error = Math.abs(answer - truth);
  const room = slack(blank, look, digits);
  if (error <= room) return { right: true, rounded: error > halfUnit(truth, digits), truth };
  const reason = onlyReason(blank, answer, look, halfUnit(answer, digits));
  return { right: false, truth, reason: reason ?? onlyReason(blank, answer, look, room) };
}

// undefined: no mistake fits. null: more than one does.
function onlyReason(blank, answer, look, room) {
  const fitting = blank.mistakes.filter(([, tree]) => Math.abs(answer - look(tree)) <= room);
  const codes = new Set(fitting.map(([code]) => code));
  if (codes.size === 0) return undefined;
  return codes.size === 1 ? fitting[0][0] : null;
}

// What rounding can do to an answer: its own last digit, and those of the numbers it comes from.
export function slack(blank, look, digits) {
  let total = halfUnit(look(blank.truth), digits);
  for (const [tree, weight] of blank.rounded)
    total += Math.abs(look(weight)) * rounding(look(tree), digits);
  return total;
}

function rounding(value, digits) {
  const half = halfUnit(value, digits);
  const nearest = Math.round(value / (2 * half)) * 2 * half;
  return Math.abs(value - nearest) < 1e-9 * Math.max(1, Math.abs(value)) ? 0 : half;
}

// Half a unit of the last digit that is shown: 0.005 for 3.14.
export function halfUnit(value, digits) {
  const [mantissa, power] = formatNumber(value, digits).replaceAll("−", "-").split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length;
  return 0.5 * 10 ** (Number(power ?? 0) - decimals) * (1 + 1e-9);
}
