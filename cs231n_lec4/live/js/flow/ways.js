// The way of a wire through the picture, as points: to the left of its number and to the right.

/** @typedef {[number, number]} Point */

const LINE = 12; // the height of a line of numbers, in the picture's own units

/**
 * The points that a path of Graphviz goes through. Its curves are straight here.
 * @param {string} d
 * @returns {Point[]}
 */
export function pointsOf(d) {
  return pairsOf(d).filter((_, k) => k % 3 === 0);
}

/**
 * @param {string} text
 * @returns {Point[]}
 */
function pairsOf(text) {
  const numbers = (text.match(/-?[\d.]+/g) ?? []).map(Number);
  return numbers.flatMap((x, k) => (k % 2 ? [] : [/** @type {Point} */ ([x, numbers[k + 1]])]));
}

/**
 * From left to right: `left` ends where the wire's rule begins, `right` begins where it ends.
 * `seat` is where its numbers stand.
 * @returns {{ left: Point[], right: Point[], seat: Record<string, Point> }}
 */
export function waysOf(parts, { id, edges }) {
  const group = parts.get(id);
  const rule = group.querySelector(".rule");
  const [x1, x2, y] = ["x1", "x2", "y1"].map((key) => Number(rule.getAttribute(key)));
  const count = group.querySelectorAll(".value").length;
  const half = count > 1 ? (LINE * count) / 2 + 3 : LINE / 2 + 0.5;
  const [tail, head] = edges.map((edge) => edgePoints(parts.get(edge)));
  return {
    left: [...tail, [x1, y]],
    right: [[x2, y], ...(head ?? [])],
    seat: { value: [(x1 + x2) / 2, y - half], gradient: [(x1 + x2) / 2, y + half] },
  };
}

// An edge, and where it has an arrow, its tip.
function edgePoints(edge) {
  const points = pointsOf(edge.querySelector("path").getAttribute("d"));
  const arrow = edge.querySelector("polygon")?.getAttribute("points");
  const end = points[points.length - 1];
  const tip = arrow && pairsOf(arrow).sort((a, b) => distance(b, end) - distance(a, end))[0];
  return tip ? [...points, tip] : points;
}

/**
 * @param {Point} a
 * @param {Point} b
 */
const distance = ([x0, y0], [x1, y1]) => Math.hypot(x1 - x0, y1 - y0);

// From the number on a wire to its end on the right or on the left.
export const toRight = ({ ways }, side) => [ways.seat[side], ...ways.right];
export const toLeft = ({ ways }, side) => [ways.seat[side], ...ways.left.toReversed()];

/**
 * How far along a way each of its points is, from 0 to 1. Where it has no length, all take their
 * turn. At least two points.
 * @param {Point[]} way
 */
export function sharesOf(way) {
  const lengths = way.map((point, k) => (k ? distance(way[k - 1], point) : 0));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const last = way.length - 1;
  let gone = 0;
  return lengths.map((length, k) => {
    gone += length;
    return k < last && whole ? gone / whole : k / last;
  });
}

/**
 * The point so far along a way; its end where the way is shorter.
 * @param {Point[]} way
 * @param {number} far
 * @returns {Point}
 */
export function pointAlong([start, ...rest], far) {
  if (!rest.length) return start;
  const length = distance(start, rest[0]);
  if (length < far) return pointAlong(rest, far - length);
  const part = length ? far / length : 0;
  return [start[0] + part * (rest[0][0] - start[0]), start[1] + part * (rest[0][1] - start[1])];
}

/** @param {Point[]} way */
export const pathOf = (way) => way.map(([x, y], k) => `${k ? "L" : "M"}${x},${y}`).join("");
