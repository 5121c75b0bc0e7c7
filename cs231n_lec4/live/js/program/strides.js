// Where the entries of an array stand, row by row. Every rearrangement is one idea: the list of
// places to take the entries from.

/** How far apart two neighbours along each axis are. */
export function stridesOf(shape) {
  const strides = new Array(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Where an entry stands, row by row. */
export const placeIn = (index, shape) =>
  stridesOf(shape).reduce((place, stride, axis) => place + stride * index[axis], 0);

/** The steps along one axis: 0, stride, 2 · stride, … */
export const stepsOf = (length, stride, start = 0) =>
  Int32Array.from({ length }, (_, k) => start + k * stride);

/** Every place that one step along each axis leads to, the last axis first. */
export function placesOf(steps) {
  let places = Int32Array.of(0);
  for (const axis of steps) {
    const { length } = axis;
    const longer = new Int32Array(places.length * length);
    for (let k = 0, row = 0; row < places.length; row++)
      for (let j = 0; j < length; j++) longer[k++] = places[row] + axis[j];
    places = longer;
  }
  return places;
}

/** The entries at these places. */
export function taken(data, places) {
  const found = new Float64Array(places.length);
  for (let k = 0; k < places.length; k++) found[k] = data[places[k]];
  return found;
}
