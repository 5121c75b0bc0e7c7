"""The activation functions of slide 96, each with its derivative, in plain NumPy.

    RELU.value(x), RELU.slope(x)

Every function works on a number or an array of any shape and returns the same shape. At a kink the
slope is the one the gates send back: ReLU 0, leaky ReLU its slope, ELU 1.
"""

import math
from typing import NamedTuple

import numpy as np

from ..guidance.errors import GraphError


class Activation(NamedTuple):
    """A function and its derivative. `formula` is what a reader sees."""

    name: str
    value: object
    slope: object
    formula: str


def sigmoid(x):
    """1 / (1 + e⁻ˣ). Output between 0 and 1."""
    with np.errstate(over="ignore"):  # e⁻ˣ may become infinite; 1 / infinity is the right answer, 0
        return 1 / (1 + np.exp(-x))


def sigmoid_slope(x):
    """σ (1 − σ), at most 0.25, at x = 0."""
    return sigmoid(x) * (1 - sigmoid(x))


def tanh_slope(x):
    """1 − tanh², at most 1, at x = 0."""
    return 1 - np.tanh(x) ** 2


def relu(x):
    """max(0, x)."""
    return np.maximum(0, x)


def relu_slope(x):
    """1 where x > 0, else 0."""
    return (np.asarray(x) > 0).astype(float)


def leaky_relu(x, slope=0.1):
    """max(slope · x, x). The slide uses 0.1; the notes speak of about 0.01."""
    return np.maximum(slope * np.asarray(x), x)


def leaky_relu_slope(x, slope=0.1):
    """1 where x > 0, else `slope`."""
    return np.where(np.asarray(x) > 0, 1.0, slope)


def elu(x, alpha=1.0):
    """x where x ≥ 0, else alpha (eˣ − 1)."""
    return np.where(np.asarray(x) >= 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, alpha=1.0):
    """1 where x ≥ 0, else alpha eˣ."""
    return np.where(np.asarray(x) >= 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def maxout(x, first=(1.0, 0.0), second=(-0.5, 0.0)):
    """max(w1 x + b1, w2 x + b2) of one number x. A layer of maxout needs twice the parameters."""
    (w1, b1), (w2, b2) = first, second
    return np.maximum(w1 * np.asarray(x) + b1, w2 * np.asarray(x) + b2)


def maxout_slope(x, first=(1.0, 0.0), second=(-0.5, 0.0)):
    """The weight of the winner; the first wins a tie."""
    (w1, b1), (w2, b2) = first, second
    return np.where(w1 * np.asarray(x) + b1 >= w2 * np.asarray(x) + b2, w1, w2)


def maxout_unit(x, w1, b1, w2, b2):
    """Slide 96 for a vector x of shape (D,): max(w1 · x + b1, w2 · x + b2).

    Returns the value and the gradients with respect to x, w1, b1, w2, b2, in a dict.
    """
    x, w1, w2 = map(np.asarray, (x, w1, w2))
    first, second = w1 @ x + b1, w2 @ x + b2
    wins = float(first >= second)
    grads = {"x": wins * w1 + (1 - wins) * w2, "w1": wins * x, "b1": wins}
    return max(first, second), {**grads, "w2": (1 - wins) * x, "b2": 1 - wins}


# What came later (lecture of 2025). Both dip below zero and are not monotonic.


def normal_share(x):
    """Φ(x): the share of a normal distribution that lies below x."""
    return 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(np.asarray(x, float) / math.sqrt(2)))


def gelu(x):
    """x · Φ(x)."""
    return x * normal_share(x)


def gelu_slope(x):
    """Φ(x) + x · φ(x), where φ is the slope of Φ."""
    return normal_share(x) + x * np.exp(-np.square(x) / 2) / math.sqrt(2 * math.pi)


def silu(x):
    """x · σ(x)."""
    return x * sigmoid(x)


def silu_slope(x):
    """σ(x) + x · σ(x) (1 − σ(x))."""
    return sigmoid(x) + x * sigmoid_slope(x)


SIGMOID = Activation("sigmoid", sigmoid, sigmoid_slope, "1 / (1 + e⁻ˣ)")
TANH = Activation("tanh", np.tanh, tanh_slope, "2 σ(2x) − 1")
RELU = Activation("ReLU", relu, relu_slope, "max(0, x)")
LEAKY_RELU = Activation("leaky ReLU", leaky_relu, leaky_relu_slope, "max(0.1 x, x)")
MAXOUT = Activation("maxout", maxout, maxout_slope, "max(x, −0.5 x)")
ELU = Activation("ELU", elu, elu_slope, "x, or eˣ − 1 below 0")
GELU = Activation("GELU", gelu, gelu_slope, "x · Φ(x)")
SILU = Activation("SiLU", silu, silu_slope, "x · σ(x)")
NONE = Activation("none", lambda x: x, np.ones_like, "x")

ACTIVATIONS = {
    "sigmoid": SIGMOID,
    "tanh": TANH,
    "relu": RELU,
    "leaky_relu": LEAKY_RELU,
    "maxout": MAXOUT,
    "elu": ELU,
}
LATER_ACTIVATIONS = {"gelu": GELU, "silu": SILU}
EVERY_ACTIVATION = {**ACTIVATIONS, **LATER_ACTIVATIONS, "none": NONE}


def activation_called(name):
    """The activation of this name. Raises GraphError where there is none."""
    if name not in EVERY_ACTIVATION:
        raise GraphError("unknown_activation", name=name, known=", ".join(EVERY_ACTIVATION))
    return EVERY_ACTIVATION[name]


def sigmoids_in_a_row(x, count=4):
    """What `count` sigmoids in a row do: their outputs, and each one's slope.

    The gradient of the last output with respect to x is the product of the slopes: four sigmoids
    leave 0.003 of it at x = 0.
    """
    outputs, slopes = [], []
    for _ in range(count):
        slopes.append(float(sigmoid_slope(x)))
        x = float(sigmoid(x))
        outputs.append(x)
    return outputs, slopes
