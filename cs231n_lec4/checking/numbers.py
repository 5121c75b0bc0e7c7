"""Numbers and arrays: when two of them are the same, and in which form they are worked with."""

import numpy as np

from ..engine import values


def same(x, y):
    """Two numbers or arrays that differ by rounding only."""
    if type(x) is float and type(y) is float:
        return x == y or abs(x - y) <= 1e-6 * max(1e-12, abs(y))
    if not same_shape(x, y):
        return False
    size = max(1e-12, np.max(np.abs(y), initial=0.0))
    return bool(np.all(np.abs(np.subtract(x, y)) <= 1e-6 * size))


def same_shape(x, y):
    """Have two values one shape? A number has the shape ()."""
    return values.shape(x) == values.shape(y)


def close(x, y, rtol=1e-6, atol=1e-12):
    """The same shape, and the same numbers but for rounding; NaN is NaN."""
    return same_shape(x, y) and bool(np.allclose(x, y, rtol, atol, equal_nan=True))


def nearly(yours, number):
    """Equal as far as measured numbers can tell."""
    return close(yours, number, rtol=1e-4, atol=1e-7)


def plain(number):
    """A Python float if it is one number."""
    return float(number) if np.ndim(number) == 0 else np.asarray(number)


def is_nan(x):
    """No number at all: not in play at this point."""
    return x != x if type(x) is float else np.size(x) > 0 and bool(np.isnan(x).all())


def wide(value):
    """A float, or a read-only float64 array."""
    return values.as_value(np.array(value, dtype=np.float64), "value")


def different(shape):
    """Numbers that differ in size and sign, so that no mistake cancels in their sum."""
    return np.resize([2.0, -1.0, 0.5, 3.0, -2.5, 1.5, -0.75], shape)


def index_of_largest(array):
    """Where the largest entry stands, () for a single number."""
    return np.unravel_index(np.argmax(array), np.shape(array))


def units(value):
    """For each entry of `value` an upstream gradient: a 1 there, else 0."""
    for index in np.ndindex(values.shape(value)):
        upstream = np.zeros(values.shape(value))
        upstream[index] = 1.0
        yield wide(upstream)
