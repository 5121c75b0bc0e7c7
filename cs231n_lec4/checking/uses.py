"""Where a graph uses a value: at each such gate, all that the chain rule needs there."""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from .nudges import untouched

LARGEST = 100_000  # entries of a local Jacobian; above that only the simple mistakes are looked for


@dataclass
class Use:
    """One gate that uses one value, with everything the chain rule needs there.

    The value in question is input number `slot`. `locals[k]` is the gate's Jacobian with respect to
    its input k, of shape (size of the output, size of that input), or None where it is not known.
    """

    values: tuple
    slot: int
    output: object
    upstream: object
    share: object
    locals: list
    local_at_output: object = None

    @property
    def value(self):
        """The value that is used."""
        return self.values[self.slot]

    @property
    def same_shape(self):
        """Does the gate's output have the shape of the value?"""
        return values.shape(self.output) == values.shape(self.value)

    def pull(self, upstream, slot=None):
        """Some upstream gradient times the local gradient: Jᵀ upstream."""
        jacobian = self.locals[self.slot if slot is None else slot]
        return None if jacobian is None else pulled(jacobian, upstream, self.value)


def pulled(jacobian, upstream, value):
    """Jᵀ upstream, in the shape of `value`."""
    return (np.ravel(upstream) @ jacobian).reshape(values.shape(value))


# ── read from a graph ────────────────────────────────────────────────────────────────────────────


@contextmanager
def differentiated(graph):
    """The graph with its gradients filled in; afterwards it is what it was."""
    with untouched(graph):
        shape = values.shape(graph.output.value)
        graph.backward(None if shape == () else np.ones(shape))
        yield


def uses_of(graph, node):
    """Every use of `node` by a gate that has a gradient, in the order of the backward pass."""
    gates = [g for g in reversed(graph.nodes) if isinstance(g, Gate) and g.grad is not None]
    return [
        use_of(graph, gate, slot)
        for gate in gates
        for slot, x in enumerate(gate.inputs)
        if x is node and gate.wants_grad
    ]


def use_of(graph, gate, slot):
    """One use, read from the graph."""
    inputs = tuple(node.value for node in gate.inputs)
    return Use(
        values=inputs,
        slot=slot,
        output=gate.value,
        upstream=gate.grad,
        share=graph.shares(gate)[slot],
        locals=local_jacobians(gate),
        local_at_output=jacobian_at_output(gate, inputs),
    )


def local_jacobians(gate):
    """The gate's Jacobian with respect to each input, one backward per entry of the output."""
    size, upstream = np.size(gate.value), gate.grad
    if size == 0 or size * max(np.size(node.value) for node in gate.inputs) > LARGEST:
        return [None] * len(gate.inputs)
    lines = []
    for unit in np.eye(size):
        gate.grad = plain(unit.reshape(values.shape(gate.value)))
        lines.append([None if g is None else np.ravel(g) for g in gate.downstream()])
    gate.grad = upstream
    columns = zip(*lines, strict=True)
    return [None if column[0] is None else np.array(column) for column in columns]


def jacobian_at_output(gate, inputs):
    """The local Jacobian if the gate's input had been its output; None if that makes no sense."""
    if len(inputs) != 1 or values.shape(gate.value) != values.shape(inputs[0]):
        return None
    try:
        gate.forward(gate.value)
        return local_jacobians(gate)[0]
    except Exception:
        return None
    finally:
        gate.compute()


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────


def same(x, y):
    """Two numbers or arrays that differ by rounding only."""
    if values.shape(x) != values.shape(y):
        return False
    size = max(1e-12, np.max(np.abs(y), initial=0.0))
    return bool(np.all(np.abs(np.subtract(x, y)) <= 1e-6 * size))


def plain(number):
    """A Python float if it is one number."""
    return float(number) if np.ndim(number) == 0 else np.asarray(number)
