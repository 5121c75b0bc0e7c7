"""A gate under test: it runs at a point, and nudges measure what its backward should have said."""

import ast
import copy
import inspect
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from .. import words
from ..engine import values
from ..engine.gate import Gate
from ..engine.graph import checked_upstream
from ..guidance.errors import GraphError
from ..guidance.ieee import answered, float64_of
from ..guidance.refusals import gradients_expected, inputs_expected, result_expected
from ..guidance.sources import definition_of
from .nudges import H, nudged, slopes, wrong_entry
from .numbers import different, plain, same_shape, units, wide
from .reports import Row, mark_of
from .uses import Reading, use_with

ENTRIES = 200  # of an output: so many backwards tell how upstream comes in


class TriedGate:
    """Any class with the methods forward and backward, or an object of one."""

    def __init__(self, gate):
        self.gate, self.kind = gate, gate if inspect.isclass(gate) else type(gate)
        self.name = name_of(gate)
        for method in ("forward", "backward"):
            refuse_method(self.kind, method, self.name)
        self.signature = inspect.signature(self.fresh().forward)
        self.names = list(self.signature.parameters)

    def fresh(self):
        """A gate of its own, that shares no memory with another one."""
        if self.gate is self.kind:
            return self.gate()
        other = copy.copy(self.gate)
        if isinstance(other, Gate):  # outside of its graph: every gradient is asked for
            other.inputs, other.wants_grad = (), True
        with suppress(Exception):  # lists and dicts that it keeps are its own; a file cannot be
            other = copy.deepcopy(other)
        return other

    def forward(self, gate, inputs):
        """The output, a float or an array. What Python refuses (1/0) is asked of NumPy."""
        z = answered(gate.forward, *inputs)
        value = values.tidy(z)
        if value is None:
            raise result_expected(self.name, self.name, z)
        return value

    def backward(self, gate, upstream, inputs):
        """The gradients, one for each input, in the shapes in which they came."""

        def forward_on_float64():
            gate.forward(*map(float64_of, inputs))

        grads = answered(gate.backward, upstream, anew=forward_on_float64)
        names = self.all_names(inputs)
        if len(inputs) == 1 and not isinstance(grads, list | tuple):
            grads = [grads]
        if not isinstance(grads, list | tuple) or len(grads) != len(inputs):
            raise gradients_expected(self.name, self.name, names, len(inputs), grads)
        return [self.gradient(*triple) for triple in zip(grads, inputs, names, strict=True)]

    def gradient(self, grad, value, name):
        """One gradient as numbers. A graph sums over broadcast axes, so a Gate need not."""
        grad = None if grad is None else values.tidy(np.asarray(grad))
        if grad is None:
            raise GraphError("gradient_missing", gate=self.name, name=name, node=self.name)
        if issubclass(self.kind, Gate) and not same_shape(grad, value):
            with suppress(ValueError, IndexError):
                return values.unbroadcast(grad, value)
        return grad

    def numbers(self, inputs):
        """The inputs in float64, as many as `forward` takes."""
        try:
            self.signature.bind(*inputs)
        except TypeError:
            raise inputs_expected(self.name, self.names, inputs) from None
        if issubclass(self.kind, Gate) and self.kind.takes not in (None, len(inputs)):
            raise inputs_expected(self.name, self.names, inputs)  # as a node: no default is one
        named = zip(inputs, self.all_names(inputs), strict=True)
        return [wide(values.as_value(x, name)) for x, name in named]

    def all_names(self, inputs):
        """A name for each input, also for `forward(self, *inputs)`."""
        if len(self.names) == len(inputs):
            return self.names
        return [words.REPORTS["input_number"].format(k=k + 1) for k in range(len(inputs))]


def name_of(gate):
    """What a report calls a gate: the name of its class."""
    return getattr(gate, "__name__", type(gate).__name__)


def place_of(graph, gate):
    """What a report calls a gate of a graph: its name there, and the name of its class."""
    return f"{graph.names[gate]} ({type(gate).__name__})"


def is_random(tried, inputs):
    """Does forward give another answer for the same inputs?"""
    first, *others = [tried.forward(tried.fresh(), inputs) for _ in range(8)]
    return not all(np.array_equal(first, other, equal_nan=True) for other in others)


def random_gate(graph):
    """What to call the first random gate of a student in a graph; None if there is none."""
    gates = [n for n in graph.nodes if isinstance(n, Gate) and not n.is_ours]
    for gate in gates:
        if is_random(TriedGate(gate), [node.value for node in gate.inputs]):
            return place_of(graph, gate)
    return None


def refuse_method(kind, name, gate):
    """A method that is missing, or that lacks self. `gate` is what the message calls the gate."""
    method = inspect.getattr_static(kind, name, None)
    if method is None:
        raise GraphError("gate_without_method", gate=gate, method=name)
    names = list(inspect.signature(method).parameters) if inspect.isfunction(method) else ["self"]
    if not names or names[0] in ("x", "y", "z", "dz", "a", "b", "inputs", "upstream"):
        facts = {"gate": gate, "method": name, "arguments": ", ".join(names)}
        raise GraphError("gate_without_self", **facts)


def forgotten_self(gate):
    """What forward gets or saves, and backward reads without `self.`: it is not the gate's own."""
    kind = gate if inspect.isclass(gate) else type(gate)
    methods = [getattr(kind, name, None) for name in ("forward", "backward")]
    forward, backward = [definition_of(m) if inspect.isfunction(m) else None for m in methods]
    if forward is None or backward is None:
        return []
    named = [part for part in ast.walk(backward) if isinstance(part, ast.Name)]
    own = {*arguments_in(backward), *(n.id for n in named if not isinstance(n.ctx, ast.Load))}
    called = {part.func for part in ast.walk(backward) if isinstance(part, ast.Call)}
    read = {name.id for name in named if name not in called} - own
    return [name for name in (*arguments_in(forward)[1:], *saved_in(forward)) if name in read]


def saved_in(definition):
    """The names that a `def` saves in self and does not have for itself as arguments."""
    places = [part for part in ast.walk(definition) if isinstance(part, ast.Attribute)]
    saved = [place.attr for place in places if isinstance(place.ctx, ast.Store)]
    return [name for name in dict.fromkeys(saved) if name not in arguments_in(definition)]


def arguments_in(definition):
    """The names of all arguments in a `def`."""
    return [part.arg for part in ast.walk(definition) if isinstance(part, ast.arg)]


@dataclass
class Trial:
    """A gate at one point, with one upstream gradient: its gradients beside the measured slopes."""

    tried: TriedGate
    inputs: list
    output: object
    upstream: object
    yours: list
    is_given: bool
    slopes: list = field(default_factory=list)

    def measure(self):
        """The slope of Σ upstream · output with respect to every entry of every input."""
        gate = self.tried.fresh()
        for slot, value in enumerate(self.inputs):
            self.slopes.append(slopes(value, lambda v, k=slot: self.loss(gate, k, v)))

    def loss(self, gate, slot, value):
        """Σ upstream · output with one input replaced; NaN where forward has no answer."""
        try:
            output = self.tried.forward(gate, self.replaced(slot, value))
            return float(np.sum(self.upstream * output))
        except (ArithmeticError, ValueError):
            return np.nan

    def replaced(self, slot, value):
        """The inputs with one of them replaced."""
        return [value if k == slot else x for k, x in enumerate(self.inputs)]

    def truth(self, slot):
        """The measured gradient with respect to one input, in its shape."""
        found = [s.value for s in self.slopes[slot].values()]
        return np.reshape(found, values.shape(self.inputs[slot]))

    def wrong_entry(self, slot, yours=None):
        """The index where a gradient differs most from the slopes; None if it agrees."""
        yours = self.yours[slot] if yours is None else yours
        return wrong_entry(self.slopes[slot], yours, self.inputs[slot])

    @property
    def names(self):
        """What a report calls the inputs."""
        return self.tried.all_names(self.inputs)

    def row(self, slot):
        """The comparison of one gradient."""
        mark = mark_of(self.slopes[slot], self.wrong_entry(slot))
        return Row(self.names[slot], self.yours[slot], self.truth(slot), mark)

    def is_smooth(self, slot):
        """Has every entry of this input one slope?"""
        return all(s.is_known for s in self.slopes[slot].values())

    def has_kink(self, slot):
        """Is some entry of this input at a kink?"""
        return any(s.is_kink for s in self.slopes[slot].values())

    def reading(self, slot):
        """This trial as the table of known mistakes reads it."""
        inputs, output, there = self.inputs, self.output, None
        shares = [plain(self.truth(k)) for k in range(len(inputs))]
        if len(inputs) == 1 and same_shape(output, inputs[0]):
            there = self.local(0, output)
        facts = output, self.upstream, shares, self.local(slot, inputs[slot]), there
        return Reading(inputs[slot], shares[slot], [use_with(inputs, slot, *facts)])

    def depends_entry_by_entry(self, slot):
        """Is yours some local gradient times upstream, each entry of it where it belongs?

        With one entry of upstream alone, only what that entry of the output depends on may differ
        from 0; and these parts add up to the whole.
        """
        if np.size(self.output) > ENTRIES or not same_shape(self.yours[slot], self.inputs[slot]):
            return False
        gate, parts = self.tried.fresh(), []
        for upstream in units(self.output):
            self.tried.forward(gate, self.inputs)
            parts.append(np.ravel(self.tried.backward(gate, upstream, self.inputs)[slot]))
        reached = np.abs(self.local(slot, self.inputs[slot])) > 1e-9
        whole = np.ravel(self.upstream) @ np.array(parts)
        is_linear = np.allclose(whole, np.ravel(self.yours[slot]), rtol=1e-6, atol=1e-12)
        return is_linear and not np.any(np.array(parts)[~reached])

    def local(self, slot, value):
        """The Jacobian with respect to one input at `value`, by central differences."""
        gate = self.tried.fresh()

        def output(v):
            return np.ravel(self.tried.forward(gate, self.replaced(slot, v)))

        indices = np.ndindex(values.shape(value))
        entries = [nudged(value, output, i) for i in indices]
        return np.stack([(f(H) - f(-H)) / (2.0 * H) for f in entries], axis=1)


def trials_of(tried, inputs, upstream):
    """The gate at the point given and at three others, with several upstream gradients.

    Other points and upstreams unmask coincidences: with y = dz = 2, adding looks like multiplying,
    and where upstream is the same for every entry, its mean looks like upstream.
    """
    gate = tried.fresh()
    first = trial(tried, gate, inputs, upstream, is_given=True)
    other = uneven(first.upstream)
    found = [first, trial(tried, gate, inputs, -1.5 * other, is_given=True)]
    for scale, point in zip((0.5, 3.0, -1.25), other_points(inputs), strict=True):
        try:
            found.append(trial(tried, gate, point, scale * other, is_given=False))
        except (ArithmeticError, ValueError):
            continue  # this point is outside what the gate can do, such as log(-3)
    return [t for t in found if t.is_given or np.isfinite(t.output).all()]


def trial(tried, gate, inputs, upstream, is_given):
    """One run of the gate, with another gate of its kind at work between forward and backward."""
    output, other = tried.forward(gate, inputs), tried.fresh()
    upstream = upstream_for(output, upstream)

    def both_passes():  # one backward for each forward: it may free what forward saved
        tried.forward(gate, inputs)
        if other is not gate:
            tried.forward(other, other_points(inputs)[1])
        return tried.backward(gate, upstream, inputs)

    yours, again = both_passes(), both_passes()
    if any(not np.array_equal(a, b, equal_nan=True) for a, b in zip(yours, again, strict=True)):
        raise GraphError("gate_adds_up", gate=tried.name)
    result = Trial(tried, inputs, output, upstream, yours, is_given)
    result.measure()
    return result


def upstream_for(output, upstream):
    """The upstream gradient asked for; else 2, or an array of different numbers."""
    if upstream is None:
        upstream = different(values.shape(output)) if values.shape(output) else 2.0
    return wide(checked_upstream(upstream, output, lambda: "forward"))


def uneven(upstream):
    """An upstream gradient without zeros, whose entries differ; a single number as it is."""
    is_uneven = len(np.unique(upstream)) == np.size(upstream) and np.all(upstream)
    return upstream if is_uneven or np.ndim(upstream) == 0 else wide(different(np.shape(upstream)))


def other_points(inputs):
    """The mirrored point, and two nearby, each input moved by an amount of its own."""
    out = [wide(x + (0.17 + 0.06 * k) * away(x)) for k, x in enumerate(inputs)]
    back = [wide(x - (0.21 + 0.05 * k) * away(x)) for k, x in enumerate(inputs)]
    return [[wide(np.negative(x)) for x in inputs], out, back]


def away(x):
    """A move away from 0, about as large as x."""
    return x + 0.1 * np.copysign(1.0, x)
