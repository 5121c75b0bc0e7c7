"""The numbers a node may hold, and the plain arithmetic that gates are written in.

A scalar is a Python float, an array a read-only NumPy array; float32 stays float32, whole numbers
become floats. `exp`, `log`, `tanh`, `maximum` and `where` work on both.
"""

import math
import sys

import numpy as np

from ..guidance.errors import GraphError

FLOATS = (np.float64, np.float32)
LARGEST = sys.float_info.max
COMPLEX = {complex, np.complex64, np.complex128, np.clongdouble}


def as_value(value, name):
    """`value` as a float or as a read-only array of our own. `name` is for the message."""
    if type(value) is float:
        return value
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return float(value)
    refuse(value, name)
    array = np.array(value, dtype=kept_dtype(value, name))
    if array.ndim == 0:
        return scalar(array[()])
    array.flags.writeable = False
    return array


def only_holder(named, name):
    """Take `name` out of a dict. How many references to its value does this function see?"""
    value = named.pop(name)
    return value, sys.getrefcount(value)


ALONE = only_holder({"x": object()}, "x")[1]  # what it sees if nobody else holds the value


def taken_value(named, name):
    """Like `as_value` of `named[name]`, but a fresh array that nobody else holds is not copied.

    In `graph.forward(w=w - rate * dw)` the new array is only in the call, so we may keep it. An
    array that a variable refers to is copied: it may change later, and ours must not.
    """
    value, holders = only_holder(named, name)
    fresh = type(value) is np.ndarray and value.ndim and value.base is None and holders == ALONE
    if not fresh or value.dtype not in FLOATS:
        return as_value(value, name)
    value.flags.writeable = False
    return value


def refuse(value, name):
    """Stop what is clearly not a number, and say what to write instead."""
    if isinstance(value, bool | np.bool_):
        raise GraphError("value_is_bool", name=name, value=value, number=float(value))
    if isinstance(value, str):
        raise GraphError("value_is_text", name=name, value=value)
    if isinstance(value, complex | np.complexfloating):
        raise GraphError("value_is_complex", name=name, value=value)
    if hasattr(value, "wants_grad"):
        raise GraphError("value_is_node", name=name)
    if not isinstance(value, int | float | np.number | np.ndarray | list | tuple):
        raise GraphError("value_is_not_a_number", name=name, kind=type(value).__name__)


def kept_dtype(value, name):
    """float32 and float64 stay; whole numbers become float64; the rest is no number."""
    try:
        array = np.asarray(value)
    except GraphError:  # a list of nodes
        raise
    except (ValueError, TypeError):
        raise GraphError("value_is_ragged", name=name) from None
    if array.dtype in FLOATS:
        return array.dtype
    if array.dtype.kind not in "iuf":
        kind = f"an array of {array.dtype.type.__name__}"
        raise GraphError("value_is_not_a_number", name=name, kind=kind)
    return np.float64


def tidy(value):
    """A gate's result as a node holds it: a float, a float32, a read-only array; else None."""
    if type(value) is float:
        return value
    if type(value) is np.float64:
        return float(value)
    if isinstance(value, np.ndarray) and value.ndim:
        if value.dtype not in FLOATS:
            value = value.astype(np.float64) if value.dtype.kind in "biuf" else None
        return None if value is None else read_only(value)
    if isinstance(value, np.ndarray | np.generic):
        value = value[()]
    if isinstance(value, bool | int | float | np.bool_ | np.number) and not is_complex(value):
        return scalar(value)
    return None


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


def is_complex(value):
    """True for the numbers that Python makes of, say, (-8.0) ** 0.5."""
    return type(value) in COMPLEX


def shape(value):
    """The shape of a value; `()` for a single number."""
    return getattr(value, "shape", ())


def unbroadcast(grad, value):
    """Sum `grad` over the axes along which `value` was repeated, so that both have one shape.

    A value that was used many times collects the gradient of every use: the same rule as at a
    branch.
    """
    if same_form(grad, value):
        return grad
    extra = np.ndim(grad) - np.ndim(value)
    grad = np.sum(grad, axis=tuple(range(extra))) if extra > 0 else np.asarray(grad)
    repeated = tuple(i for i, n in enumerate(shape(value)) if n == 1 and grad.shape[i] != 1)
    grad = grad.sum(axis=repeated, keepdims=True) if repeated else grad
    if shape(value) == ():
        return value.dtype.type(grad) if type(value) is np.float32 else float(grad)
    return grad.astype(value.dtype, copy=False)


def fitted(grad, value):
    """A gradient in the dtype of `value` and, where summing can do it, in its shape."""
    return tidy(unbroadcast(tidy(grad), value))


def same_form(x, y):
    """Are both floats, or arrays of one shape and one dtype?"""
    if type(x) is not type(y):
        return False
    return type(x) is float or (type(x) is np.ndarray and x.shape == y.shape and x.dtype == y.dtype)


# The plain arithmetic. Python's math is about twenty times faster than NumPy on one float.


def exp(x):
    """e to the power x."""
    return math.exp(x) if type(x) is float else np.exp(x)


def log(x):
    """The natural logarithm of x."""
    return math.log(x) if type(x) is float else np.log(x)


def tanh(x):
    """The hyperbolic tangent of x."""
    return math.tanh(x) if type(x) is float else np.tanh(x)


def maximum(x, y):
    """The larger of x and y, element by element. NaN wins, so that it cannot hide."""
    if type(x) is float and type(y) is float:
        return x if x >= y or x != x else y
    return np.maximum(x, y)


def where(condition, x, y):
    """x where the condition holds, else y, element by element."""
    if type(condition) is bool:
        return x if condition else y
    return np.where(condition, x, y)


def outer(x, y):
    """Every element of x times every element of y: shapes (n,) and (m,) give (n, m)."""
    return np.multiply.outer(x, y)
