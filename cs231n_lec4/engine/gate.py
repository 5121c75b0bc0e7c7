"""What every gate can do, so that the gates themselves read like the slide.

A gate computes one value from its inputs (`forward`) and, given the gradient of the loss with
respect to that value, the gradient with respect to each input (`backward`): slides 24-29 and 76-77.
"""

import re

import numpy as np

from ..guidance import gates as guidance
from ..guidance import refusals
from ..guidance.errors import GraphError
from ..guidance.ieee import REFUSED, answered, float64_of
from . import values
from .node import CLOCK, GATES, Constant, Node

quietly = np.errstate(all="ignore")  # an odd number shows where it arises, without a warning


class Gate(Node):
    """One operation. Write `forward` and `backward` as on slide 77; the rest is here.

    `MultiplyGate()` is a gate to work by hand. `MultiplyGate(a, b)` is a node of a graph.
    A setting is a class attribute: `LeakyReluGate(x, slope=0.1)`. Inputs broadcast; each gradient
    has the shape of its input. Raises GraphError where shapes, or what a body returns, do not fit.
    """

    __slots__ = ("__dict__", "inputs", "wants_grad", "was_quick")
    symbol = ""
    takes = None  # how many inputs; None if any number
    is_ours = True  # a gate of this package
    is_plain = False  # one of ours that, on Python floats, calls nothing of NumPy's

    def __init__(self, *inputs, **settings):
        self.name = self.value = self.grad = None
        if settings:
            guidance.take_settings(self, settings)
        nodes, numbers, wants_grad, are_floats = [], [], False, True
        for node in inputs:
            if not isinstance(node, Node):
                node = Constant(node)
            nodes.append(node)
            numbers.append(node.value)
            wants_grad = wants_grad or node.wants_grad
            are_floats = are_floats and type(node.value) is float
        self.inputs, self.wants_grad = tuple(nodes), wants_grad
        # On floats a plain gate needs no care; whether this went well, `flat/quick.py` asks later.
        self.was_quick = are_floats and self.is_plain and self._first_float(numbers)
        if not self.was_quick:
            self._first_value()

    def forward(self, *inputs):
        """The output, from the inputs' values. Saves what `backward` needs."""
        raise GraphError("gate_without_method", gate=type(self).__name__, method="forward")

    def backward(self, dz):
        """The gradient with respect to each input, from `dz`, the upstream gradient."""
        raise GraphError("gate_without_method", gate=type(self).__name__, method="backward")

    def wants(self, k):
        """Does anybody ask for the gradient with respect to input number `k`?"""
        return not self.inputs or self.inputs[k].wants_grad

    @quietly
    def compute(self):
        """Forward: fill in `.value` from the inputs' values."""
        try:
            numbers = [node.value for node in self.inputs]
            z = answered(self.forward, *numbers)
        except Exception as error:
            raise refusals.stopped(self, "forward", error) from error
        self.value = values.tidy(z)
        if self.value is None:
            raise refusals.wrong_result(self, z)

    def send_down(self):
        """Backward: give each input its gradient. Where a wire branches, gradients add."""
        for node, grad in zip(self.inputs, self.downstream(), strict=True):
            if node.wants_grad:
                node.grad = grad if node.grad is None else values.added(node.grad, grad)

    @quietly
    def downstream(self):
        """The gradient with respect to each input, from `.grad`; None where nobody asks.

        Each has the shape of its input: what broadcasting repeated is summed back.
        """
        try:
            grads = answered(self.backward, self.grad, anew=self._forward_on_float64)
        except Exception as error:
            raise refusals.stopped(self, "backward", error) from error
        is_list = isinstance(grads, (list, tuple))
        if not is_list and len(self.inputs) == 1:
            grads = [grads]
        elif not is_list or len(grads) != len(self.inputs):
            raise refusals.wrong_count(self, grads)
        return [self._fitted(*pair) for pair in zip(self.inputs, grads, strict=True)]

    # What follows is care for the unusual.

    def __init_subclass__(cls):
        cls.symbol = vars(cls).get("symbol") or cls.__name__.removesuffix("Gate")
        cls.is_ours = cls.__module__.startswith(f"{__package__}.")
        names = refusals.arguments_of(cls.forward)
        cls.takes = None if names is None else len(names) - 1
        cls.is_plain = cls.is_ours and not guidance.calls_numpy(cls)
        if cls.is_ours:
            GATES[called(cls)] = cls
        else:
            guidance.refuse_class(cls)
            guidance.explain(cls)

    def _first_float(self, numbers):
        """Did it work? A plain gate can neither warn nor stop; only Python may refuse a number."""
        try:
            self.value = self.forward(*numbers)
        except REFUSED:
            return False
        return type(self.value) is float

    def _first_value(self):
        if not self.is_ours:
            guidance.refuse_missing_self(type(self))
        if not self.inputs:  # a gate to work by hand
            guidance.explain(type(self))
        else:
            if len(self.inputs) != self.takes is not None:
                raise refusals.wrong_inputs(self)
            self.compute()

    def _forward_on_float64(self):
        CLOCK.now += 1  # what the gate has saved is no float any more: no graph may trust it
        self.forward(*[float64_of(node.value) for node in self.inputs])

    def _fitted(self, node, grad):
        if not node.wants_grad:
            return None
        try:
            grad = values.tidy(np.asarray(grad) if isinstance(grad, list) else grad)
        except ValueError:  # a list of rows that differ in length
            grad = None
        if grad is None:
            raise refusals.missing_gradient(self, node)
        try:
            return values.unbroadcast(grad, node.value)
        except (ValueError, IndexError):
            raise refusals.wrong_shape(self, node, grad) from None


def node_or_number(gate, x):
    """What a function of `x` returns: the gate where x is a node of a graph, else its number."""
    return gate if isinstance(x, Node) else gate.value


def called(gate):
    """What a formula calls a gate: SquaredNormGate is squared_norm."""
    words = re.findall("[A-Z][a-z]*", gate.__name__.removesuffix("Gate"))
    return "_".join(words).lower()
