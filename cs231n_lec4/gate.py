"""What every gate can do, so that the gates themselves read like the slide.

A gate computes one value from its inputs (`forward`) and, given the gradient of the loss with respect
to that value, the gradient with respect to each input (`backward`): slides 24-29 and 76-77.
"""

import dis
import functools
import inspect

import numpy as np

from . import values, words
from .errors import GraphAttributeError, GraphError
from .nodes import Constant, Node

TAKEN = ("value", "grad", "inputs", "name", "wants_grad", "symbol", "wants", "compute", "downstream")


class Gate(Node):
    """One operation. Write `forward` and `backward` as on slide 77; the rest is here.

    `MultiplyGate()` is a gate to work by hand. `MultiplyGate(a, b)` is a node of a graph.
    A setting is a class attribute: `LeakyReluGate(x, slope=0.1)`.
    """

    __slots__ = ("__dict__", "inputs", "wants_grad")
    symbol = ""

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls.symbol = cls.__dict__.get("symbol") or cls.__name__.removesuffix("Gate")
        for method in (cls.forward, cls.backward):
            refuse_taken_words(cls, method)

    def __init__(self, *inputs, **settings):
        for setting, value in settings.items():
            self._set(setting, value)
        self.name = self.value = self.grad = None
        self.inputs = tuple(node if isinstance(node, Node) else Constant(node) for node in inputs)
        self.wants_grad = any(node.wants_grad for node in self.inputs)
        if inputs:
            self._check_inputs()
            with np.errstate(all="ignore"):
                self.compute()

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
        arguments = [node.value for node in self.inputs]
        try:
            z = self.forward(*arguments)
        except Exception as error:
            z = self._forward_again(arguments, error)
        self.value = z if type(z) is float else self._tidied(z, arguments)

    def downstream(self):
        """The gradient with respect to each input, from `.grad`; None where nobody asks.

        Each has the shape of its input: what broadcasting repeated is summed back.
        """
        try:
            grads = self.backward(self.grad)
        except Exception as error:
            grads = self._backward_again(error)
        if len(self.inputs) == 1 and not isinstance(grads, list | tuple):
            grads = [grads]
        if not isinstance(grads, list | tuple) or len(grads) != len(self.inputs):
            raise self._wrong_count(grads)
        return [self._fitted(node, grad) for node, grad in zip(self.inputs, grads, strict=True)]

    def __getattr__(self, attribute):
        if attribute in saved_by(type(self).forward):
            arguments = ", ".join((arguments_of(type(self).forward) or [])[1:])
            gate = type(self).__name__
            raise GraphAttributeError("backward_before_forward", gate=gate, arguments=arguments)
        return super().__getattr__(attribute)

    # What follows is care for the unusual: IEEE answers, shapes, and messages.

    def _set(self, setting, value):
        if setting.startswith("_") or not hasattr(type(self), setting) or setting in TAKEN:
            known = ", ".join(settings_of(type(self))) or "none"
            raise GraphError(
                "gate_setting", gate=type(self).__name__, setting=setting, known=known
            )
        setattr(self, setting, value)

    def _check_inputs(self):
        expected, count = arguments_of(type(self).forward), len(self.inputs)
        if expected is None or len(expected) - 1 == count:
            return
        gate = type(self).__name__
        if expected[:1] != ["self"] and len(expected) == count:
            raise GraphError(
                "gate_without_self", gate=gate, method="forward", arguments=", ".join(expected)
            )
        raise GraphError(
            "gate_inputs", gate=gate, expected=words.count(len(expected) - 1, "input"), count=count
        )

    def _forward_again(self, arguments, error):
        """A number that Python refuses (1/0, exp(1000)) has an IEEE answer: ask NumPy's float64."""
        if not arithmetic(error, arguments):
            raise self._stopped("forward", error) from error
        with np.errstate(all="ignore"):
            try:
                return self.forward(*map(np.float64, arguments))
            except Exception as again:
                raise self._stopped("forward", again) from again

    def _backward_again(self, error):
        arguments = [node.value for node in self.inputs]
        if not arithmetic(error, arguments):
            raise self._stopped("backward", error) from error
        with np.errstate(all="ignore"):
            try:
                self.forward(*map(np.float64, arguments))
                return self.backward(np.float64(self.grad))
            except Exception as again:
                raise self._stopped("backward", again) from again

    def _tidied(self, z, arguments):
        if values.is_complex(z):  # (-8.0) ** 0.5 is complex in Python, NaN on the number line
            with np.errstate(all="ignore"):
                z = self.forward(*map(np.float64, arguments))
        value = values.tidy(z)
        if value is None:
            kind = type(z).__name__
            raise GraphError("gate_returned", gate=type(self).__name__, kind=kind)
        return value

    def _fitted(self, node, grad):
        if type(grad) is float and type(node.value) is float:
            return grad
        if not node.wants_grad:
            return None
        grad = None if grad is None else values.tidy(grad)
        if grad is None:
            raise self._error("gradient_missing", name=label(node))
        try:
            fitted = values.unbroadcast(grad, node.value)
        except (ValueError, IndexError):
            fitted = grad
        if values.shape(fitted) != values.shape(node.value):
            raise self._error(
                "gradient_shape",
                name=label(node),
                got=values.shape(grad),
                expected=values.shape(node.value),
            )
        return values.tidy(fitted)

    def _wrong_count(self, grads):
        count = len(grads) if isinstance(grads, list | tuple) else 1
        letters = [f"d{name}" for name in (arguments_of(type(self).forward) or [])[1:]]
        return self._error(
            "gradient_count",
            inputs=words.count(len(self.inputs), "input"),
            count=words.count(count, "gradient"),
            example=f"return [{', '.join(letters)}]",
        )

    def _stopped(self, method, error):
        if isinstance(error, GraphError):
            return error
        shapes = [values.shape(node.value) for node in self.inputs]
        if isinstance(error, ValueError) and any(shapes) and type(self).__module__.startswith(__package__):
            hint = matmul_hint(*shapes) if self.symbol == "@" else ""
            return self._error(
                "shapes_do_not_fit", shapes=" and ".join(map(str, shapes)), hint=hint
            )
        problem = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        numbers = ", ".join(brief(node.value) for node in self.inputs)
        return self._error("gate_stopped", method=method, problem=problem, values=numbers)

    def _error(self, code, **facts):
        return GraphError(code, gate=type(self).__name__, node=label(self), **facts)


def label(node):
    """What a message calls a node: its name, or the kind of gate it is."""
    return node.name or type(node).__name__


def brief(value):
    """A value in a message: the number, or the shape of the array."""
    return repr(value) if values.shape(value) == () else f"array of shape {values.shape(value)}"


@functools.lru_cache(maxsize=256)
def arguments_of(method):
    """The names of a method's arguments, `self` included; None if it takes any number of them."""
    parameters = inspect.signature(method).parameters.values()
    if any(p.kind in (p.VAR_POSITIONAL, p.KEYWORD_ONLY) for p in parameters):
        return None
    return [p.name for p in parameters]


def settings_of(gate_class):
    """The settings of a gate class: its own class attributes that hold a number."""
    found = {k: v for c in gate_class.__mro__ for k, v in vars(c).items() if c not in (Gate, Node)}
    return sorted(k for k, v in found.items() if isinstance(v, int | float))


@functools.lru_cache(maxsize=256)
def saved_by(method):
    """The names that a method stores in self."""
    if not inspect.isfunction(method):
        return set()
    return {s.argval for s in dis.get_instructions(method) if s.opname == "STORE_ATTR"}


def refuse_taken_words(gate_class, method):
    """A gate that stores `self.value` would overwrite the node's own value: say so at once."""
    if not inspect.isfunction(method):
        return
    for step in dis.get_instructions(method):
        if step.opname == "STORE_ATTR" and step.argval in TAKEN:
            raise GraphError(
                "gate_word_is_taken",
                gate=gate_class.__name__,
                method=method.__name__,
                word=step.argval,
            )


def arithmetic(error, arguments):
    """Is this an error of scalar arithmetic, which NumPy's float64 answers with inf or NaN?"""
    kinds = (ZeroDivisionError, OverflowError, ValueError, TypeError)
    return isinstance(error, kinds) and all(type(x) is float for x in arguments)


def matmul_hint(left, right):
    """The transposition that would fit, if there is exactly one."""
    fits = [
        text
        for text, a, b in (("x.T @ y", left[::-1], right), ("x @ y.T", left, right[::-1]))
        if a and b and a[-1] == b[0]
    ]
    return words.DID_YOU_MEAN_SHAPES.format(guess=fits[0]) if len(fits) == 1 else ""
