"""Checks that say what is wrong: of a gate, of a graph, of a student's number.

Everything is compared with what small nudges measure (`nudges.py`). A wrong answer is compared with the
numbers of the known mistakes (`mistakes.py`), and gets a reason only if exactly one of them fits.
"""

import copy
import inspect
from typing import NamedTuple

import numpy as np

from . import values, words
from .errors import GraphError
from .gate import Gate
from .graph import ComputationalGraph
from .mistakes import Use, differentiated, numbers_of_mistakes, the_reason, uses_of, wrong_numbers
from .nudges import each_entry, loss_of, node_of, slope, untouched, weights_for, wide, widened

RIGHT, WRONG, KINK = "✓", "✗", "△"
MOST = 2000  # entries that are nudged one by one in a gate
SAMPLE = 40  # entries of each input that are nudged in a graph
UPSTREAM = 2.0


class Row(NamedTuple):
    """One comparison: a name, the two numbers, and ✓, ✗ or △."""

    name: str
    yours: object
    measured: object
    mark: str


class Report:
    """The answer of a check: ✓ right, ✗ wrong, △ not differentiable here. True unless ✗.

    `.reason` is the code of the one known mistake that fits, or None; `.rows` holds the numbers.
    """

    def __init__(self, mark, lines, reason=None, rows=()):
        self.mark, self.reason, self.rows = mark, reason, tuple(rows)
        self.lines = tuple(f"{mark} {lines[0]}".splitlines() + list(lines[1:]))[:3]

    def __bool__(self):
        return self.mark != WRONG

    def __repr__(self):
        return "\n".join(self.lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self)}


def sentence(code, **facts):
    """A sentence of a report."""
    return words.REPORTS[code].format(**facts)


def because(reason):
    """The sentence of a reason; without one, the advice that always helps."""
    return words.REASONS[reason or "unknown"]


def safely(where, check, *arguments):
    """The report of a check; an exception of the student's code becomes one too."""
    try:
        return check(*arguments)
    except Exception as error:
        return stopped(where, error)


def stopped(where, error):
    """The report on an exception: its sentence, and a reason where there is one."""
    if isinstance(error, GraphError):
        reason = CODES.get(error.code, error.code)
        return Report(WRONG, [f"{where}: {line}" if k == 0 else line
                              for k, line in enumerate(str(error).splitlines())], reason)
    problem = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    in_place = isinstance(error, ValueError) and "read-only" in str(error)
    reason = "changed_in_place" if in_place else "stopped"
    lines = [sentence("stopped", where=where), problem, because(reason)]
    return Report(WRONG, lines, reason)


CODES = {
    "gate_without_self": "missing_self",
    "gradient_count": "wrong_count",
    "gradient_missing": "wrong_count",
    "gradient_shape": "wrong_shape",
}


# ── a gate ───────────────────────────────────────────────────────────────────────────────────────


def check_gate(gate, *inputs, upstream=None):
    """Compare a gate's backward with what nudges of its forward measure.

    `gate` is any class with the methods `forward` and `backward`, or an object of one. It is tried at
    the inputs given, at points nearby, and with several upstream gradients. `upstream` sets the first
    of them, in the shape of the output. Returns a Report and never raises.
    """
    where = gate.__name__ if inspect.isclass(gate) else type(gate).__name__
    return safely(where, check_gate_named, where, gate, inputs, upstream)


def check_gate_named(where, gate, inputs, upstream=None, wanted=None):
    """The check of a gate that a message calls `where`. `wanted` are the input numbers that matter."""
    tried = TriedGate(gate)
    trials = trials_of(tried, inputs, upstream)
    slots = range(len(inputs)) if wanted is None else wanted
    problem = first_problem(tried, trials, slots)
    if problem is not None:
        return gate_is_wrong(where, tried, trials, *problem)
    rows = [row_of(tried, trial, slot) for trial in trials for slot in slots]
    names = listed([tried.names[slot] for slot in slots])
    here = [trial for trial in trials if trial.is_given]
    if any(not trial.is_smooth(slot) for trial in here for slot in slots):
        return Report(KINK, [sentence("gate_kink", where=where), kink_line(tried, here, slots)], rows=rows)
    return Report(RIGHT, [sentence("gate_right", where=where, names=names)], rows=rows)


class TriedGate:
    """A gate under test: any class with the two methods, or an object of one."""

    def __init__(self, gate):
        self.gate, self.is_class = gate, inspect.isclass(gate)
        kind = gate if self.is_class else type(gate)
        self.sums_back = issubclass(kind, Gate)  # a graph sums over what was broadcast
        for method in ("forward", "backward"):
            if not callable(getattr(kind, method, None)):
                raise GraphError("gate_without_method", gate=kind.__name__, method=method)
            self.refuse_missing_self(kind, inspect.getattr_static(kind, method))
        self.names = list(inspect.signature(self.fresh().forward).parameters)

    def refuse_missing_self(self, kind, method):
        names = list(inspect.signature(method).parameters) if inspect.isfunction(method) else ["self"]
        if names[:1] != ["self"] and not names[:1] == ["_"]:
            facts = {"gate": kind.__name__, "method": method.__name__, "arguments": ", ".join(names)}
            raise GraphError("gate_without_self", **facts)

    def fresh(self):
        """A gate of its own, with no memory of another pass."""
        if self.is_class:
            return self.gate()
        return twin(self.gate) if isinstance(self.gate, Gate) else copy.copy(self.gate)

    def forward(self, gate, inputs):
        """The output as a float or an array; what Python refuses (1/0) is asked of NumPy."""
        try:
            z = gate.forward(*inputs)
        except (ArithmeticError, ValueError):
            if any(type(x) is not float for x in inputs):
                raise
            z = gate.forward(*map(np.float64, inputs))
        value = values.tidy(np.nan if values.is_complex(z) else z)
        if value is None:
            raise GraphError("gate_returned", gate=type(gate).__name__, kind=type(z).__name__)
        return value

    def backward(self, gate, upstream, inputs):
        """The gradients, one for each input, as they came."""
        grads = gate.backward(upstream)
        if len(inputs) == 1 and not isinstance(grads, list | tuple):
            grads = [grads]
        if not isinstance(grads, list | tuple) or len(grads) != len(inputs):
            raise self.wrong_count(grads, inputs)
        return [self.as_gradient(g, x, n) for g, x, n in zip(grads, inputs, self.names, strict=False)]

    def as_gradient(self, grad, value, name):
        grad = None if grad is None else values.tidy(np.asarray(grad))
        if grad is None:
            facts = {"gate": type(self.fresh()).__name__, "name": name, "node": name}
            raise GraphError("gradient_missing", **facts)
        if self.sums_back and values.shape(grad) != values.shape(value):
            try:
                return values.unbroadcast(grad, value)
            except (ValueError, IndexError):
                return grad
        return grad

    def wrong_count(self, grads, inputs):
        count = len(grads) if isinstance(grads, list | tuple) else int(grads is not None)
        name = type(self.fresh()).__name__
        return GraphError(
            "gradient_count",
            gate=name,
            inputs=words.count(len(inputs), "input"),
            count=words.count(count, "gradient"),
            example=f"return [{', '.join(f'd{n}' for n in self.names)}]",
            node=name,
        )


def twin(gate):
    """A gate of the same kind and settings, outside the graph."""
    other = type(gate).__new__(type(gate))
    vars(other).update(vars(gate))
    other.inputs, other.wants_grad = (), True
    other.name = other.value = other.grad = None
    return other


class Trial:
    """A gate at one point with one upstream gradient: its own gradients beside the measured slopes."""

    def __init__(self, tried, gate, inputs, upstream, is_given):
        self.tried, self.inputs, self.is_given = tried, inputs, is_given
        self.output = tried.forward(gate, inputs)
        self.upstream = upstream_like(self.output, upstream)
        tried.forward(tried.fresh(), [x * 0.5 + 0.25 for x in inputs])  # another gate of the kind
        self.yours = tried.backward(gate, self.upstream, inputs)
        self.again = tried.backward(gate, self.upstream, inputs)
        self.slopes = [self.measured(slot) for slot in range(len(inputs))]

    def measured(self, slot):
        """The slope of Σ upstream · output for every entry of one input."""
        gate = self.tried.fresh()

        def loss(value):
            inputs = [value if k == slot else x for k, x in enumerate(self.inputs)]
            try:
                return float(np.sum(self.upstream * self.tried.forward(gate, inputs)))
            except (ArithmeticError, ValueError):
                return np.nan

        return np.asarray(each_entry(self.inputs[slot], slope, loss, every(self.inputs[slot])), object)

    def truth(self, slot):
        """The measured gradient with respect to one input; NaN where nothing could be measured."""
        found = [s.value if s.is_known else np.nan for s in slopes_in(self.slopes[slot])]
        return np.reshape(found, values.shape(self.inputs[slot]))

    def is_smooth(self, slot):
        return all(s.is_known for s in slopes_in(self.slopes[slot]))

    def wrong_entry(self, slot, yours=None):
        """The index of an entry that differs, `()` for a number or a shape; None if all agree."""
        yours = self.yours[slot] if yours is None else yours
        if values.shape(yours) != values.shape(self.inputs[slot]):
            return ()
        return differing(self.slopes[slot], yours)

    def use(self, slot):
        """This trial as the tables of known mistakes read it."""
        local = [self.local(k, self.inputs) for k in range(len(self.inputs))]
        return Use(
            tuple(self.inputs),
            slot,
            self.output,
            self.upstream,
            self.truth(slot),
            local,
            self.local_at_output(),
        )

    def local(self, slot, inputs):
        """The Jacobian with respect to one input, by central differences."""
        gate, h = self.tried.fresh(), 1e-6

        def output(value):
            return np.ravel(
                self.tried.forward(gate, [value if k == slot else x for k, x in enumerate(inputs)])
            )

        value = inputs[slot]
        columns = []
        for index in np.ndindex(values.shape(value)):
            step = np.zeros(values.shape(value))
            step[index] = h
            columns.append((output(wide(value + step)) - output(wide(value - step))) / (2 * h))
        return np.stack(columns, axis=1)

    def local_at_output(self):
        """The local Jacobian if the input had been the output."""
        if len(self.inputs) != 1 or values.shape(self.output) != values.shape(self.inputs[0]):
            return None
        return self.local(0, [self.output])


def slopes_in(slopes):
    """The slopes of an array of slopes, or the only one."""
    return [slopes] if isinstance(slopes, tuple) else as_slopes(slopes)


def as_slopes(array):
    """An object array may have swallowed a single Slope, which is a tuple."""
    if array.ndim == 1 and array.size and not isinstance(array[0], tuple):
        return [_slope(array)]
    return list(array.ravel())
