// Arrays as the browser's program holds them: a shape, and the entries row by row. A single number
// stays a number.

import { placesOf, stepsOf, stridesOf, taken } from "./strides.js";

/** @typedef {{ shape: number[], data: Float64Array }} NDArray */

const SPECIAL = { inf: Infinity, "-inf": -Infinity, nan: NaN }; // JSON has no words for them

export const isArray = (x) => typeof x === "object";
export const shapeOf = (x) => (isArray(x) ? x.shape : []);
export const sizeOf = (shape) => shape.reduce((size, length) => size * length, 1);

/** A number as JSON holds it. */
export const numberOf = (x) => (typeof x === "string" ? SPECIAL[x] : Number(x));

/** A number, or an array from nested lists; an array stays as it is. */
export function arrayOf(lists) {
  if (!Array.isArray(lists)) return isArray(lists) ? lists : numberOf(lists);
  const shape = [];
  for (let rows = lists; Array.isArray(rows); rows = rows[0]) shape.push(rows.length);
  return { shape, data: Float64Array.from(lists.flat(shape.length), numberOf) };
}

/** The array as nested lists again. */
export function listsOf(x) {
  if (!isArray(x)) return x;
  const inner = x.shape.slice(1).reverse();
  return inner.reduce((rows, length) => inRows(rows, length), [...x.data]);
}

export function inRows(items, length) {
  const count = items.length / length;
  return Array.from({ length: count }, (_, k) => items.slice(k * length, (k + 1) * length));
}

/** An array without axes is a number. */
export const whole = (shape, data) => (shape.length ? { shape, data } : data[0]);

// ── broadcasting ──

/** The shape that two shapes have together: where one has a 1 or nothing, the other decides. */
export function common(one, other) {
  const [long, short] = one.length < other.length ? [other, one] : [one, other];
  const extra = long.length - short.length;
  const own = (axis) => short[axis - extra] ?? 1;
  return long.map((length, axis) => (own(axis) === 1 ? length : own(axis)));
}

const isSame = (one, other) =>
  one.length === other.length && one.every((length, axis) => length === other[axis]);

/**
 * The entries of x, repeated until they have this shape.
 * @returns {Float64Array}
 */
export function spread(x, shape) {
  if (!isArray(x)) return new Float64Array(sizeOf(shape)).fill(x);
  if (isSame(x.shape, shape)) return x.data;
  const extra = shape.length - x.shape.length;
  const strides = stridesOf(x.shape);
  const strideAt = (axis) => ((x.shape[axis - extra] ?? 1) === 1 ? 0 : strides[axis - extra]);
  return taken(x.data, placesOf(shape.map((length, axis) => stepsOf(length, strideAt(axis)))));
}

/** The entries of an array; a number is the only one. */
export const dataOf = (x) => spread(x, shapeOf(x));

/** A function of one or two numbers as a function of arrays too, entry by entry. */
export function lifted(f) {
  if (f.length === 1) return (x) => (isArray(x) ? { shape: x.shape, data: x.data.map(f) } : f(x));
  return (x, y) => (isArray(x) || isArray(y) ? zipped(f, x, y) : f(x, y));
}

export const minus = lifted((x, y) => x - y);
export const times = lifted((x, y) => x * y);

/** A step down: x − rate · grad. */
export const descended = (x, rate, grad) => minus(x, times(rate, grad));

function zipped(f, x, y) {
  const shape = common(shapeOf(x), shapeOf(y));
  const [left, right] = [spread(x, shape), spread(y, shape)];
  const data = new Float64Array(left.length);
  for (let k = 0; k < data.length; k++) data[k] = f(left[k], right[k]);
  return { shape, data };
}

/** The entries of x where the condition holds, else those of y. */
export function where(condition, x, y) {
  const shape = [condition, x, y].map(shapeOf).reduce(common);
  const [holds, yes, no] = [condition, x, y].map((part) => spread(part, shape));
  const data = holds.map((is, k) => (is !== 0 ? yes[k] : no[k]));
  return whole(shape, data);
}
