// What goes along axes: sums and other reductions, transposing, shapes, entries by index.

import { dataOf, isArray, shapeOf, sizeOf, spread, whole } from "./arrays.js";
import { placesOf, stepsOf, stridesOf, taken } from "./strides.js";

/**
 * Axis numbers without minus: every axis for null.
 * @param {null | number | number[]} axis
 * @returns {number[]}
 */
function axesOf(axis, count) {
  const axes = axis === null ? Array.from({ length: count }, (_, k) => k) : [axis].flat();
  return axes.map((k) => (k < 0 ? k + count : k));
}

/** @param {null | number[]} axes */
const transposed = (x, axes = null) => {
  if (!isArray(x)) return x;
  const order =
    axes === null ? axesOf(null, x.shape.length).reverse() : axesOf(axes, x.shape.length);
  const strides = stridesOf(x.shape);
  const shape = order.map((axis) => x.shape[axis]);
  const places = placesOf(order.map((axis, k) => stepsOf(shape[k], strides[axis])));
  return { shape, data: taken(x.data, places) };
};

export function swapped(x, one, other) {
  const [a, b] = axesOf([one, other], x.shape.length);
  const order = axesOf(null, x.shape.length);
  [order[a], order[b]] = [b, a];
  return transposed(x, order);
}

/**
 * A function that goes over whole axes. `f(data, from, to)` makes one number of a stretch of data.
 * @param {(data: ArrayLike<number>, from: number, to: number) => number} f
 */
export const along =
  (f) =>
  (x, axis = null, keepdims = false) => {
    if (!isArray(x)) return f([x], 0, 1);
    const axes = axesOf(axis, x.shape.length);
    const kept = axesOf(null, x.shape.length).filter((k) => !axes.includes(k));
    const { data } = kept.length ? transposed(x, [...kept, ...axes]) : x;
    const length = sizeOf(axes.map((k) => x.shape[k]));
    const found = new Float64Array(sizeOf(kept.map((k) => x.shape[k])));
    for (let k = 0; k < found.length; k++) found[k] = f(data, k * length, (k + 1) * length);
    const shape = keepdims
      ? x.shape.map((n, k) => (axes.includes(k) ? 1 : n))
      : kept.map((k) => x.shape[k]);
    return whole(shape, found);
  };

function total(data, from, to) {
  let found = 0;
  for (let k = from; k < to; k++) found += data[k];
  return found;
}

const sum = along(total);
const mean = along((data, from, to) => total(data, from, to) / (to - from));

/** The entry that wins against all others. */
export const winner = (f) =>
  along((data, from, to) => {
    let found = data[from];
    for (let k = from + 1; k < to; k++) found = f(found, data[k]);
    return found;
  });

/** The sums of a gradient over the axes along which `x` was repeated: it has the shape of `x`. */
function unbroadcast(grad, x) {
  const [from, to] = [shapeOf(grad), shapeOf(x)];
  const extra = from.length - to.length;
  const repeated = from.flatMap((n, k) => (n === to[k - extra] ? [] : [k]));
  if (!repeated.length) return grad;
  return reshaped(sum(grad, repeated), to);
}

/** How many entries of x are in one sum along `axis`. */
const count = (x, axis = null) =>
  isArray(x) ? sizeOf(axesOf(axis, x.shape.length).map((k) => x.shape[k])) : 1;

/** z, a sum of x along `axis`, once for each entry that was added. */
function repeated(z, x, axis = null) {
  if (!isArray(x)) return z;
  const axes = axesOf(axis, x.shape.length);
  const kept = x.shape.map((length, k) => (axes.includes(k) ? 1 : length));
  return broadcastTo(reshaped(z, kept), x.shape);
}

// ── shapes ──

/** The same entries in another shape; −1 stands for what is left. */
export function reshaped(x, shape) {
  const data = dataOf(x);
  const lengths = [shape].flat();
  const left = data.length / sizeOf(lengths.filter((length) => length !== -1));
  const known = lengths.map((length) => (length === -1 ? left : length));
  return whole(known, data);
}

const broadcastTo = (x, shape) => whole([shape].flat(), spread(x, [shape].flat()));
const full = (shape, number) => broadcastTo(number, shape);

// ── entries ──

/** A part of an axis, as Python's `start:stop:step`. */
export const slice = (start, stop, step) => ({ start, stop, step: step ?? 1 });

export const REST = {}; // as many whole axes as there are left, Python's …

/** x[…]: numbers, slices, null for a new axis, REST; lists of numbers choose together. */
export function pick(x, ...items) {
  if (Array.isArray(x)) return x.at(items[0]);
  const { shape, places } = chosen(x.shape, items);
  return whole(shape, taken(x.data, places));
}

/** Zeros of the shape of x, with `grad` added at the entries that x[…] picks. */
function put(grad, x, ...items) {
  const { shape, places } = chosen(x.shape, items);
  const from = spread(grad, shape);
  const data = new Float64Array(x.data.length);
  places.forEach((place, k) => (data[place] += from[k]));
  return { shape: x.shape, data };
}

// The steps along each axis of the result, and from them its shape and its places.
function chosen(shape, items) {
  const strides = stridesOf(shape);
  const steps = [];
  const lengths = [];
  let together = null; // the axis of the lists
  let axis = 0;
  const add = (offsets, isKept = true) => {
    steps.push(offsets);
    if (isKept) lengths.push(offsets.length);
  };
  for (const item of expanded(items, shape.length)) {
    if (item === null) add(Int32Array.of(0));
    else if (typeof item === "number")
      add(Int32Array.of(inside(item, shape[axis]) * strides[axis++]), false);
    else if ("step" in item) add(sliced(item, shape[axis], strides[axis++]));
    else {
      const offsets = offsetsOf(item, shape[axis], strides[axis++]);
      if (together) together.forEach((_, k) => (together[k] += offsets[k]));
      else add((together = offsets));
    }
  }
  for (; axis < shape.length; axis++) add(stepsOf(shape[axis], strides[axis]));
  return { shape: lengths, places: placesOf(steps) };
}

function expanded(items, count) {
  const named = items.filter((item) => item !== null && item !== REST).length;
  const left = new Array(count - named).fill(slice(null, null, null));
  return items.flatMap((item) => (item === REST ? left : [item]));
}

const inside = (k, length) => (k < 0 ? k + length : k);

const offsetsOf = (list, length, stride) =>
  Int32Array.from(list.data ?? list, (k) => inside(k, length) * stride);

// As Python reads a slice: what is left out goes to the end, and ends are cut to the length.
function sliced({ start, stop, step }, length, stride) {
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const cut = (k, missing) =>
    k === null ? missing : Math.min(high, Math.max(low, inside(k, length)));
  const first = cut(start, step > 0 ? low : high);
  const count = Math.max(0, Math.ceil((cut(stop, step > 0 ? high : low) - first) / step));
  return stepsOf(count, step * stride, first * stride);
}

/** What a program may ask for of all this. */
export const ON_AXES = {
  sum,
  mean,
  unbroadcast,
  repeated,
  count,
  transpose: transposed,
  swapaxes: swapped,
  reshape: reshaped,
  broadcast_to: broadcastTo,
  zeros: (shape) => full(shape, 0),
  ones: (shape) => full(shape, 1),
  zeros_like: (x) => full(shapeOf(x), 0),
  ones_like: (x) => full(shapeOf(x), 1),
  slice,
  rest: () => REST,
  pick,
  put,
};
