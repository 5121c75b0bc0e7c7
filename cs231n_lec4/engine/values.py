"""The numbers a node may hold, and the plain arithmetic that gates are written in.

A scalar is a Python float, an array a read-only NumPy array; float32 stays float32, whole numbers
become floats. `exp`, `log`, `tanh`, `maximum` and `where` work on both.
"""

import math
import sys

import numpy as np

from ..guidance.refusals import dtype_of, refuse_value

FLOATS = (np.float64, np.float32)
LARGEST = sys.float_info.max


def as_value(value, name):
    """`value` as a float or as a read-only array of our own. `name` is for the message."""
    if type(value) is float or is_own(value):
        return value
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return float(value)
    refuse_value(value, name)
    dtype = dtype_of(value, name)
    array = np.array(value, dtype=dtype if dtype in FLOATS else np.float64)
    array.flags.writeable = False
    return array if array.ndim else scalar(array[()])


def is_own(value):
    """Is it an array as a node holds it already? Nobody can write to it, so it is not copied."""
    if type(value) is not np.ndarray or value.dtype not in FLOATS or not value.ndim:
        return False
    return value.flags.owndata and not value.flags.writeable


def tidy(value):
    """A gate's result as a node holds it: a float, a float32, a read-only array; else None."""
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, np.ndarray | np.generic) or value.dtype.kind not in "biuf":
        return None
    if value.dtype not in FLOATS:
        value = value.astype(np.float64)
    return read_only(value) if value.ndim else scalar(value[()])


def read_only(array):
    """The same numbers, through a window that cannot be written to."""
    if array.flags.writeable:
        array = array.view()
        array.setflags(write=False)
    return array


def added(x, y):
    """x + y as a node holds it. A new array: `x += y` would change x for all who share it."""
    return x + y if type(x) is float else tidy(x + y)


def scalar(value):
    """A Python float; only float32 keeps its NumPy type."""
    return value if type(value) is np.float32 else float(value)


def shape(value):
    """The shape of a value; `()` for a single number."""
    return getattr(value, "shape", ())


def unbroadcast(grad, value):
    """A gradient in the shape and the dtype of `value`: summed over the axes that were repeated.

    A value that was used many times collects the gradient of every use: the same rule as at a
    branch. Raises ValueError or IndexError where no sum leads to that shape.
    """
    if same_form(grad, value):
        return grad
    extra = np.ndim(grad) - np.ndim(value)
    grad = np.sum(grad, axis=tuple(range(extra))) if extra > 0 else np.asarray(grad)
    repeated = tuple(i for i, n in enumerate(shape(value)) if n == 1 and grad.shape[i] != 1)
    grad = np.sum(grad, axis=repeated, keepdims=True) if repeated else grad
    if shape(grad) != shape(value):
        raise ValueError
    return tidy(grad.astype(getattr(value, "dtype", float), copy=False))


def same_form(x, y):
    """Are both floats, or arrays of one shape and one dtype?"""
    if type(x) is not type(y):
        return False
    return type(x) is float or (type(x) is np.ndarray and x.shape == y.shape and x.dtype == y.dtype)


# The plain arithmetic. Python's math is about twenty times faster than NumPy on one float.


def exp(x):
    """e to the power x; inf where that is too large for a number."""
    if type(x) is not float:
        return np.exp(x)
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def log(x):
    """The natural logarithm of x; −inf at 0, NaN below."""
    if type(x) is not float:
        return np.log(x)
    try:
        return math.log(x)
    except ValueError:
        return math.nan if x else -math.inf


def tanh(x):
    """The hyperbolic tangent of x."""
    return math.tanh(x) if type(x) is float else np.tanh(x)


def maximum(x, y):
    """The larger of x and y, element by element. NaN wins, so that it cannot hide."""
    if type(x) is float and type(y) is float:
        return x if x >= y or x != x else y
    return np.maximum(x, y)


def where(condition, x, y):
    """x where the condition holds, else y, element by element, of numbers, not of nodes: for the
    body of a gate (not in the lecture)."""
    if type(condition) is bool:
        return x if condition else y
    return np.where(condition, x, y)


def outer(x, y):
    """Every element of x times every element of y: shapes (n,) and (m,) give (n, m).

    More axes in front are a batch: each vector with its own.
    """
    if np.ndim(x) == 0 or np.ndim(y) == 0:
        return x * y
    return np.expand_dims(x, -1) * np.expand_dims(y, -2)


# What arrays need: axes, batches, places.


def repeated(z, x, axis=None):
    """z, a sum of x along `axis`, once for each entry that was added: in the shape of x."""
    if axis is not None:
        z = np.expand_dims(z, axis)
    return z * np.ones_like(x)


def count(x, axis=None):
    """How many entries of x are in one sum along `axis`."""
    lengths = shape(x)
    if axis is not None:
        lengths = [lengths[k] for k in (axis if isinstance(axis, tuple) else (axis,)) if lengths]
    return math.prod(lengths)


def placed(z, x, index):
    """Zeros in the shape of x, and z added at `index`, as often as a place stands there."""
    whole = np.zeros_like(x)
    np.add.at(whole, index, z)
    return whole


def batch_dx(dz, x, y):
    """The gradient with respect to x of x @ y, where y is a batch of matrices: dZ Yᵀ for each."""
    return dz @ y.mT if x.ndim > 1 else (dz[..., None, :] @ y.mT)[..., 0, :]


def batch_dy(dz, x, y):
    """The gradient with respect to y of x @ y, where x is a batch of matrices: Xᵀ dZ for each."""
    return x.mT @ dz if y.ndim > 1 else (x.mT @ dz[..., None])[..., 0]
