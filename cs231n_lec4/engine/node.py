"""Nodes: the values in a graph. Arithmetic on them builds gates: `f = (x + y) * z`.

`Input(value, "x")` starts a graph; `Constant(value)` is a number nobody asks a gradient for.
"""

import threading
from operator import attrgetter

import numpy as np

from ..guidance.errors import GraphError
from ..guidance.nodes import RefusingInput, RefusingNode, numpy_refused
from ..guidance.refusals import checked_name
from . import values

GATES = {}  # {what a formula calls it: the gate}; each class of ours enters itself

# A slider may move a graph from another thread while a cell works on it, and two graphs may share
# nodes. One at a time keeps every pass whole.
ONE_AT_A_TIME = threading.RLock()


class Clock:
    """Ticks when values begin to move: in a pass, by `x.value = …`."""

    __slots__ = ("now",)


CLOCK = Clock()
CLOCK.now = 0


def builds(name):
    """The methods of `node + other` and of `other + node`: each makes the gate of that name."""

    def method(self, other):
        return GATES[name](self, other)

    def reflected(self, other):
        return GATES[name](other, self)

    return method, reflected


class Node(RefusingNode):
    """A value in a graph (slides 12-23). `.value` flows forward, `.grad` backward, in one shape.

    `.grad` is the gradient of the graph's output with respect to this value, None before
    `backward`. Raises GraphError where Python's own reading would leave the graph: `if x > 0`.
    """

    __slots__ = ("grad", "name", "value")
    inputs = ()
    wants_grad = True

    def named(self, name):
        """Give this node a name, for pictures, tables, code and `graph[name]`. Returns the node."""
        self.name = checked_name(name)
        return self

    def __repr__(self):
        return f"{type(self).__name__} {self.name or ''}".strip() + f" = {self.value}"

    # Arithmetic builds gates. Slide 12: q = x + y, f = q * z.

    __add__, __radd__ = builds("add")
    __sub__, __rsub__ = builds("subtract")
    __mul__, __rmul__ = builds("multiply")
    __truediv__, _ = builds("divide")
    __pow__, __rpow__ = builds("power")
    __matmul__, __rmatmul__ = builds("mat_mul")

    def __rtruediv__(self, other):
        is_one = type(other) in (int, float) and other == 1
        return GATES["reciprocal"](self) if is_one else GATES["divide"](other, self)

    def __neg__(self):
        return GATES["multiply"](-1.0, self)

    def __pos__(self):
        return self

    def sum(self, axis=None):
        """The sum over all entries, or along an axis (a number or a tuple, as in NumPy)."""
        return GATES["sum"](self, axis=axis)

    def mean(self, axis=None):
        """The mean over all entries, or along an axis."""
        return GATES["mean"](self, axis=axis)

    @property
    def T(self):
        """The transposed matrix; of a vector, itself."""
        return GATES["transpose"](self)

    def reshape(self, *shape):
        """The same numbers in another shape: `x.reshape(2, 3)`, `x.reshape((2, 3))`, -1 too."""
        return GATES["reshape"](self, shape=shape[0] if len(shape) == 1 else shape)

    def __getitem__(self, index):
        """Entries, rows or columns, as NumPy picks them: `x[0]`, `x[:, 1]`, `x[[2, 0, 2]]`."""
        return GATES["pick"](self, index=index)

    def __array_ufunc__(self, ufunc, method, *inputs, **settings):
        """NumPy asks this first: `array * node` builds a gate, `np.exp(node)` is refused."""
        name = "mat_mul" if ufunc is np.matmul else ufunc.__name__
        gate = GATES.get(name) if len(inputs) == 2 else None
        if gate and method == "__call__" and not settings:
            return gate(*inputs)
        raise numpy_refused(ufunc)


class Input(RefusingInput, Node):
    """A value from outside (slide 12). The graph reports the gradient with respect to it.

    `Input(-2.0, "x")`: a number or an array, and a name that Python would accept for a variable.
    Change it with `graph.forward(x=new_value)`. `x.made_with` is the number it began with. Raises
    GraphError for what is neither number nor array of numbers, and for no name.
    """

    __slots__ = ("_value", "made_at", "made_with")

    def __init__(self, value=None, name=None):
        if value is None or name is None:
            raise GraphError("input_without_name")
        self.name = checked_name(name)
        is_float = type(value) is float
        self._value = value if is_float else values.as_value(value, f"Input {name}")
        self.made_with, self.made_at = self._value, CLOCK.now
        self.grad = None

    value = property(attrgetter("_value"))  # quicker than a method: each pass reads it

    @value.setter
    def value(self, value):
        with ONE_AT_A_TIME:
            CLOCK.now += 1
            self._value = value


class Constant(Node):
    """A value that never changes, without a gradient; a plain number becomes one (not in the
    lecture). A number or an array of any shape; raises GraphError for anything else."""

    __slots__ = ()
    wants_grad = False

    def __init__(self, value, name=None):
        self.name = None if name is None else checked_name(name)
        self.value = values.as_value(value, "Constant")
        self.grad = None
