// What a program may ask for: the one list of operations, on numbers and on arrays.
// flat/trees.py is its twin in Python.

import { isArray, lifted, shapeOf, sizeOf, where } from "./arrays.js";
import { ON_AXES, winner } from "./axes.js";
import { batchDx, batchDy, matmul, outer } from "./products.js";

export const truthy = (x) => x !== 0 && x !== false; // as in Python, NaN counts as true

// Where JavaScript and IEEE's pow disagree: 1 to any power is 1, and so is -1 to an infinite one.
const power = (x, y) => (x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y);

const maximum = (x, y) => (x >= y || x !== x ? x : y); // NaN wins, so that it cannot hide
const minimum = (x, y) => (x <= y || x !== x ? x : y);

const NUMBERS = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "**": power,
  neg: (x) => -x,
  pos: (x) => +x,
  not: (x) => !truthy(x),
  "==": (x, y) => x === y,
  "!=": (x, y) => x !== y,
  "<": (x, y) => x < y,
  "<=": (x, y) => x <= y,
  ">": (x, y) => x > y,
  ">=": (x, y) => x >= y,
  and: (x, y) => (truthy(x) ? y : x),
  or: (x, y) => (truthy(x) ? x : y),
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  arctan: Math.atan,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  maximum,
  minimum,
  max: (x, y) => (y > x ? y : x), // Python's own max and min
  min: (x, y) => (y < x ? y : x),
};

/** Which score of each row is that of the right class: 1 there, else 0. */
function rightClasses(scores, labels) {
  const classes = scores.shape.at(-1);
  const right = labels.data ?? [labels].flat();
  const isRight = (_, k) => Number(right[Math.floor(k / classes)] === k % classes);
  return { shape: scores.shape, data: scores.data.map(isRight) };
}

export const OPERATIONS = {
  ...Object.fromEntries(Object.entries(NUMBERS).map(([name, f]) => [name, lifted(f)])),
  ...ON_AXES,
  where,
  amax: winner(maximum),
  amin: winner(minimum),
  "@": matmul,
  outer,
  batch_dx: batchDx,
  batch_dy: batchDy,
  shape: shapeOf,
  size: (x) => sizeOf(shapeOf(x)),
  ndim: (x) => shapeOf(x).length,
  len: (x) => (isArray(x) ? (x.shape ?? [x.length])[0] : 1),
  list: (...items) => items,
  right_classes: rightClasses,
};
