"""What every gate can do, so that the gates themselves read like the slide.

A gate computes one value from its inputs (`forward`) and, given the gradient of the loss with
respect to that value, the gradient with respect to each input (`backward`): slides 24-29 and 76-77.
"""

import numpy as np

from ..guidance import refusals
from ..guidance.errors import GraphError
from . import values
from .node import Constant, Node

ARITHMETIC = (ZeroDivisionError, OverflowError, ValueError, TypeError)


class GateClass(type):
    """The class of gate classes. It has a word for `MultiplyGate.forward(2, 3)`, without a gate."""

    forward = property(lambda cls: refusals.method_of(cls, "forward"))
    backward = property(lambda cls: refusals.method_of(cls, "backward"))


class Gate(Node, metaclass=GateClass):
    """One operation. Write `forward` and `backward` as on slide 77; the rest is here.

    `MultiplyGate()` is a gate to work by hand. `MultiplyGate(a, b)` is a node of a graph.
    A setting is a class attribute: `LeakyReluGate(x, slope=0.1)`.
    """

    __slots__ = ("__dict__", "inputs", "wants_grad")
    symbol = ""
    takes = None  # how many inputs; None if any number
    is_ours = True  # a gate of this package

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls.symbol = vars(cls).get("symbol") or cls.__name__.removesuffix("Gate")
        cls.is_ours = cls.__module__.startswith(f"{__package__}.")
        names = refusals.arguments_of(refusals.method_in(cls, "forward"))
        cls.takes = None if names is None else len(names) - 1
        if not cls.is_ours:
            refusals.refuse_own_init(cls)
            refusals.refuse_taken_words(cls)
            refusals.stand_in_for_saved_words(cls)

    def __init__(self, *inputs, **settings):
        self.name = self.value = self.grad = None
        for setting, value in settings.items():
            refusals.refuse_setting(self, setting)
            setattr(self, setting, value)
        nodes, numbers, wants_grad, are_floats = [], [], False, True
        for node in inputs:
            if not isinstance(node, Node):
                node = Constant(node)
            number = node.value
            nodes.append(node)
            numbers.append(number)
            wants_grad = wants_grad or node.wants_grad
            are_floats = are_floats and type(number) is float
        self.inputs, self.wants_grad = tuple(nodes), wants_grad
        if not (are_floats and self._quick_first(numbers)):
            self._careful_first()

    def forward(self, *inputs):
        """The output, from the inputs' values. Saves what `backward` needs."""
        raise GraphError("gate_without_method", gate=type(self).__name__, method="forward")

    def backward(self, dz):
        """The gradient with respect to each input, from `dz`, the upstream gradient."""
        raise GraphError("gate_without_method", gate=type(self).__name__, method="backward")

    def wants(self, k):
        """Does anybody ask for the gradient with respect to input number `k`?"""
        return not self.inputs or self.inputs[k].wants_grad

    def compute(self):
        """Fill in `.value` from the inputs' values, by this gate's own `forward`."""
        try:
            z = self.forward(*[node.value for node in self.inputs])
        except Exception as error:
            z = self._again("forward", error)
        self.value = z if type(z) is float else self._tidied(z)

    def downstream(self):
        """The gradient with respect to each input, from `.grad`; None where nobody asks.

        Each has the shape of its input: what broadcasting repeated is summed back.
        """
        try:
            grads = self.backward(self.grad)
        except Exception as error:
            grads = self._again("backward", error)
        return self._fitted(grads)

    # What follows is care for the unusual: IEEE answers, shapes, and messages.

    def _quick_first(self, numbers):
        """Compute from floats. Our own gates call nothing of NumPy's then that could warn."""
        if not self.is_ours:
            return False
        try:
            self.value = self.forward(*numbers)
        except ARITHMETIC:
            return False
        return type(self.value) is float

    def _careful_first(self):
        if not self.is_ours:
            refusals.refuse_missing_self(self)
        if not self.inputs:  # a gate to work by hand
            refusals.stand_in_for_saved_words(type(self))
        elif len(self.inputs) != self.takes is not None:
            raise refusals.wrong_inputs(self)
        else:
            with np.errstate(all="ignore"):
                self.compute()

    def _again(self, method, error):
        """A number that Python refuses (1/0, exp(1000)) has an IEEE answer: ask NumPy's float64."""
        numbers = [node.value for node in self.inputs]
        if not isinstance(error, ARITHMETIC) or float not in map(type, numbers):
            raise refusals.stopped(self, method, error) from error
        with np.errstate(all="ignore"):
            try:
                z = self.forward(*map(float64_of, numbers))
                return z if method == "forward" else self.backward(float64_of(self.grad))
            except Exception as again:
                raise refusals.stopped(self, method, again) from again
            finally:
                self._keep_floats()

    def _keep_floats(self):
        """Only these two calls should see NumPy's numbers; what they saved becomes plain again."""
        for word, saved in vars(self).items():
            if isinstance(saved, np.float64 | np.bool_):
                setattr(self, word, saved.item())

    def _tidied(self, z):
        if values.is_complex(z):  # (-8.0) ** 0.5 is complex in Python, NaN on the number line
            z = self._again("forward", ValueError())
        value = values.tidy(z)
        if value is None:
            raise refusals.wrong_result(self, z)
        return value

    def _fitted(self, grads):
        is_list = isinstance(grads, (list, tuple))
        if not is_list and len(self.inputs) == 1:
            grads = [grads]
        elif not is_list or len(grads) != len(self.inputs):
            raise refusals.wrong_count(self, grads)
        if type(self.grad) is float and not values.COMPLEX.isdisjoint(map(type, grads)):
            grads = self._again("backward", ValueError())
        return [self._fit(node, grad) for node, grad in zip(self.inputs, grads, strict=True)]

    def _fit(self, node, grad):
        if not node.wants_grad:
            return None
        if values.same_form(grad, node.value):
            return grad if type(grad) is float else values.read_only(grad)
        if grad is None or values.tidy(grad) is None:
            raise refusals.missing_gradient(self, node)
        try:
            fitted = values.fitted(grad, node.value)
        except (ValueError, IndexError):
            raise refusals.wrong_shape(self, node, grad) from None
        if values.shape(fitted) != values.shape(node.value):
            raise refusals.wrong_shape(self, node, grad)
        return fitted


def as_node(x):
    return x if isinstance(x, Node) else Constant(x)


def float64_of(value):
    """A Python float as NumPy's, which has an answer for everything; an array as it is."""
    return np.float64(value) if type(value) is float else value
