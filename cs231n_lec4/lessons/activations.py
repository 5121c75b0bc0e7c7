"""The activation functions of slide 96, made of gates: their values and slopes are the gates' own.

    RELU.value(x), RELU.slope(x)

`value` and `slope` work on a number or an array of any shape and return the same shape. A gate that
has a `formula` is an activation function by that alone: a view shows it, and a net can be built
with it, `train(x, labels, activation="softplus")`.
"""

import math
from typing import NamedTuple

import numpy as np

from ..engine.gate import Gate, called
from ..engine.gates import maximum, sigmoid
from ..engine.graph import ComputationalGraph
from ..engine.node import GATES, Input
from ..guidance.errors import one_of


class Activation(NamedTuple):
    """A function of a node, built from gates. `formula` is what a reader sees."""

    name: str
    of: object
    formula: str

    def value(self, x):
        """The function at x."""
        return self._at(x).output.value

    def slope(self, x):
        """The derivative at x. At a kink it is the one that the gate sends back."""
        return self._at(x).backward(upstream=np.ones(np.shape(x)))["x"]

    def _at(self, x):
        return ComputationalGraph(self.of(Input(x, "x")))


def activation_of(gate, **settings):
    """A gate that has a `formula`, as an Activation. Its settings stand in the formula."""
    numbers = {**vars(gate), **settings}
    name = called(gate) if len(gate.symbol) == 1 else gate.symbol  # "sigmoid" says more than "σ"
    return Activation(name, lambda x: gate(x, **settings), gate.formula.format_map(numbers))


class GeluGate(Gate):
    """z = x · Φ(x): Φ is the share of a normal distribution that lies below x."""

    symbol = "GELU"
    formula = "x · Φ(x)"

    def forward(self, x):
        self.x = x
        self.below = 0.5 * (1.0 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2.0)))
        return x * self.below

    def backward(self, dz):
        density = np.exp(-self.x * self.x / 2.0) / math.sqrt(2.0 * math.pi)
        dx = (self.below + self.x * density) * dz
        return [dx]


SLIDE_SLOPE = 0.1  # of the leaky ReLU on slide 96; the gate's own 0.01 is that of the notes

SIGMOID = activation_of(GATES["sigmoid"])
LEAKY_RELU = activation_of(GATES["leaky_relu"], slope=SLIDE_SLOPE)
MAXOUT = Activation("maxout", lambda x: maximum(x, -0.5 * x), "max(x, −0.5 x)")
GELU = activation_of(GeluGate)
SILU = Activation("SiLU", lambda x: x * sigmoid(x), "x · σ(x)")
NONE = Activation("none", lambda x: x, "x")

# In the slide's order; then every other gate that has a formula.
ACTIVATIONS = dict.fromkeys(("sigmoid", "tanh", "relu", "leaky_relu", "maxout", "elu"))
ACTIVATIONS |= {n: activation_of(gate) for n, gate in GATES.items() if hasattr(gate, "formula")}
ACTIVATIONS |= {"leaky_relu": LEAKY_RELU, "maxout": MAXOUT}
LATER_ACTIVATIONS = {"gelu": GELU, "silu": SILU}  # lecture of 2025; both dip below zero
EVERY_ACTIVATION = {**ACTIVATIONS, **LATER_ACTIVATIONS, "none": NONE}


def activation_called(name):
    """The activation of this name. Raises GraphError where there is none."""
    asked = name if isinstance(name, str) else None
    return EVERY_ACTIVATION[one_of(EVERY_ACTIVATION, asked, "unknown_activation", name=name)]


def sigmoids_in_a_row(x, count=4):
    """What `count` sigmoids in a row do: their outputs, and each one's slope.

    The gradient of the last output with respect to x is the product of the slopes: four sigmoids
    leave 0.003 of it at x = 0.
    """
    outputs, slopes = [], []
    for _ in range(count):
        slopes.append(SIGMOID.slope(x))
        x = SIGMOID.value(x)
        outputs.append(x)
    return outputs, slopes
