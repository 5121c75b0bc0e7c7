// Products of matrices and vectors, and batches of them.

import { common, isArray, sizeOf, spread, times, whole } from "./arrays.js";
import { REST, pick, reshaped, slice, swapped } from "./axes.js";

/** x @ y. A vector on the left is a row, on the right a column; more than two axes are batches. */
export function matmul(x, y) {
  const rows = x.shape.length === 1 ? reshaped(x, [1, -1]) : x;
  const columns = y.shape.length === 1 ? reshaped(y, [-1, 1]) : y;
  const [n, inner] = rows.shape.slice(-2);
  const m = columns.shape.at(-1);
  const batch = common(rows.shape.slice(0, -2), columns.shape.slice(0, -2));
  const left = spread(rows, [...batch, n, inner]);
  const right = spread(columns, [...batch, inner, m]);
  const data = new Float64Array(sizeOf(batch) * n * m);
  for (let k = 0; k < sizeOf(batch); k++)
    addProduct(data.subarray(k * n * m), part(left, k, n * inner), part(right, k, inner * m), n, m);
  return whole([...batch, ...(x === rows ? [n] : []), ...(y === columns ? [m] : [])], data);
}

const part = (data, k, size) => data.subarray(k * size, (k + 1) * size);

// Row by row: each entry on the left times a whole row on the right.
function addProduct(data, left, right, n, m) {
  const inner = left.length / n;
  for (let i = 0; i < n; i++)
    for (let k = 0; k < inner; k++) {
      const factor = left[i * inner + k];
      for (let j = 0; j < m; j++) data[i * m + j] += factor * right[k * m + j];
    }
}

/** Every entry of x times every entry of y; more axes in front are a batch. */
export function outer(x, y) {
  if (!isArray(x) || !isArray(y)) return times(x, y);
  return times(pick(x, REST, null), pick(y, REST, null, ALL));
}

const ALL = slice(null, null, null);
const mT = (x) => swapped(x, -1, -2);

/** The gradient with respect to x of x @ y, where y is a batch of matrices. */
export const batchDx = (dz, x, y) =>
  x.shape.length > 1
    ? matmul(dz, mT(y))
    : pick(matmul(pick(dz, REST, null, ALL), mT(y)), REST, 0, ALL);

/** The gradient with respect to y of x @ y, where x is a batch of matrices. */
export const batchDy = (dz, x, y) =>
  y.shape.length > 1 ? matmul(mT(x), dz) : pick(matmul(mT(x), pick(dz, REST, null)), REST, 0);
