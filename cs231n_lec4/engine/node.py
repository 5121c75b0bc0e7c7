"""Nodes: the values in a graph. Arithmetic on them builds gates: `f = (x + y) * z`.

`Input(value, "x")` starts a graph; `Constant(value)` is a number nobody asks a gradient for.
"""

import keyword

import numpy as np

from ..guidance.errors import GraphError
from ..guidance.misspelt import stand_in_for_likely_words
from . import values

OPERATORS = {}  # which gate an operator builds; gates.py fills it in


class Node:
    """A value in a graph. `.value` flows forward, `.grad` backward; both have the same shape.

    `.grad` is the gradient of the graph's output with respect to this value, None before
    `backward`.
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

    def __add__(self, other):
        return OPERATORS["add"](self, other)

    def __radd__(self, other):
        return OPERATORS["add"](other, self)

    def __sub__(self, other):
        return OPERATORS["subtract"](self, other)

    def __rsub__(self, other):
        return OPERATORS["subtract"](other, self)

    def __mul__(self, other):
        return OPERATORS["multiply"](self, other)

    def __rmul__(self, other):
        return OPERATORS["multiply"](other, self)

    def __truediv__(self, other):
        return OPERATORS["divide"](self, other)

    def __rtruediv__(self, other):
        is_one = type(other) in (int, float) and other == 1
        return OPERATORS["reciprocal"](self) if is_one else OPERATORS["divide"](other, self)

    def __pow__(self, other):
        return OPERATORS["power"](self, other)

    def __rpow__(self, other):
        return OPERATORS["power"](other, self)

    def __matmul__(self, other):
        return OPERATORS["matmul"](self, other)

    def __rmatmul__(self, other):
        return OPERATORS["matmul"](other, self)

    def __neg__(self):
        return OPERATORS["multiply"](-1.0, self)

    def __pos__(self):
        return self

    def sum(self):
        """The sum over all entries, one number."""
        return OPERATORS["sum"](self)

    def mean(self):
        """The mean over all entries, one number."""
        return OPERATORS["mean"](self)

    # What a node is not. Each of these would leave the graph without a word, so each says so.

    def __bool__(self):
        raise GraphError("node_as_bool", node=self)

    def __float__(self, *digits):
        raise GraphError("node_as_number", node=self)

    __int__ = __index__ = __complex__ = __round__ = __float__

    def __format__(self, digits):
        return float(self) if digits else str(self)

    def __abs__(self):
        raise GraphError("no_such_gate", operation="abs(node)", instead="maximum(node, -node)")

    def __floordiv__(self, other):
        raise GraphError("no_such_gate", operation="//", instead="a / b")

    def __mod__(self, other):
        raise GraphError("no_such_gate", operation="%", instead=INSTEAD_OF_OTHERS)

    __rfloordiv__, __rmod__ = __floordiv__, __mod__

    def __iter__(self):
        raise GraphError("node_has_no_parts", node=self)

    __len__ = __iter__

    def __getitem__(self, key):
        raise GraphError("node_has_no_parts", node=self)

    def __setitem__(self, key, value):
        raise GraphError("node_parts_are_fixed", node=self, name=self.name or "x")

    def __lt__(self, other):
        raise GraphError("node_compared", sign="<")

    def __le__(self, other):
        raise GraphError("node_compared", sign="<=")

    def __gt__(self, other):
        raise GraphError("node_compared", sign=">")

    def __ge__(self, other):
        raise GraphError("node_compared", sign=">=")

    def __eq__(self, other):
        if isinstance(other, int | float | np.number | np.ndarray):
            raise GraphError("node_equals_number", other=other)
        return self is other

    __hash__ = object.__hash__

    def __dir__(self):
        return filter(lambda word: hasattr(self, word), super().__dir__())  # without misspelt ones

    # NumPy asks these before it does anything with a node.

    def __array_ufunc__(self, ufunc, method, *inputs, **settings):
        """`array * node` builds a gate; `np.exp(node)` says what to write instead."""
        gate = OPERATORS.get(ufunc.__name__) if len(inputs) == 2 else None
        if gate and method == "__call__" and not settings:
            return gate(*inputs)
        raise GraphError(
            "numpy_does_not_know_nodes", function=ufunc.__name__, instead=instead(ufunc)
        )

    def __array_function__(self, function, types, args, settings):
        raise GraphError(
            "numpy_does_not_know_nodes", function=function.__name__, instead=instead(function)
        )

    def __array__(self, *args, **settings):
        raise GraphError("array_of_nodes")


class Input(Node):
    """A value that comes from outside. The graph reports the gradient with respect to it.

    `Input(-2.0, "x")`: a number or an array, and a name that Python would accept for a variable.
    Change it with `graph.forward(x=new_value)`.
    """

    __slots__ = ()

    def __init__(self, value=None, name=None):
        if value is None or name is None:
            raise GraphError("input_without_name")
        self.name = checked_name(name)
        is_float = type(value) is float
        self.value = value if is_float else values.as_value(value, f"Input {name}")
        self.grad = None

    def _changed_in_place(sign):
        def refuse(self, other):
            raise GraphError("node_changed_in_place", sign=sign, node=repr(self), name=self.name)

        return refuse

    __iadd__ = _changed_in_place("+=")
    __isub__ = _changed_in_place("-=")
    __imul__ = _changed_in_place("*=")
    __itruediv__ = _changed_in_place("/=")


class Constant(Node):
    """A value that never changes. No gradient is computed for it. A plain number becomes one."""

    __slots__ = ()
    wants_grad = False

    def __init__(self, value, name=None):
        self.name = None if name is None else checked_name(name)
        self.value = values.as_value(value, "Constant")
        self.grad = None


INSTEAD_OF_OTHERS = "a gate of this package, or write one"
INSTEAD = {
    "dot": "A @ node",
    "matmul": "A @ node",
    "sum": "node.sum()",
    "mean": "node.mean()",
    "max": "maximum(a, b)",
    "exp": "exp(node)",
    "log": "log(node)",
    "tanh": "tanh(node)",
    "maximum": "maximum(a, b)",
    "reciprocal": "1 / node",
    "negative": "-node",
    "square": "node ** 2",
    "sqrt": "node ** 0.5",
}


def instead(function):
    """What to write in place of a NumPy function."""
    return INSTEAD.get(function.__name__, INSTEAD_OF_OTHERS)


def checked_name(name):
    """The name, if Python would accept it for a variable."""
    if not isinstance(name, str):
        raise GraphError("name_is_not_text", kind=type(name).__name__)
    if not name.isidentifier() or keyword.iskeyword(name):
        raise GraphError("name_is_not_a_name", name=name[:40])
    return name


stand_in_for_likely_words(Node)
