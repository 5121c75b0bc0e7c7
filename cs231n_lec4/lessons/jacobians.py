"""The Jacobian of a graph or a gate: every output entry by every input entry (slides 52-57).

Backpropagation never needs it. It is here to be looked at, while it is small.
"""

import inspect

import numpy as np

from .. import words
from ..checking.graphs import node_of, untouched
from ..checking.numbers import units
from ..engine.gate import Gate
from ..engine.graph import ComputationalGraph
from ..engine.node import Input
from ..guidance.errors import GraphError
from ..words.digits import grouped

LARGEST = 2**28  # bytes: 256 MiB


def jacobian(graph, *what):
    """The Jacobian J[i, j] = ∂z_i / ∂x_j at the present values, of shape (size of z, size of x).

    `jacobian(graph, "x")`: the output z of a graph by one of its nodes. `jacobian(ReluGate(), x)`:
    the output of a gate by its first input, further inputs following. Arrays are read row by row.
    Each line is one backward pass with an upstream gradient of a single 1. The graph is left as it
    was. Raises GraphError before anything is made if it would take more than 256 MiB (slide 56).
    """
    if not isinstance(graph, ComputationalGraph):
        graph, what = graph_of_gate(graph, what)
    if len(what) != 1:
        raise GraphError("jacobian_of_what")
    [name] = what
    node = node_of(graph, name)
    m, n = np.size(graph.output.value), np.size(node.value)
    refuse_too_large(m, n)
    with untouched(graph):
        lines = np.zeros((m, n))
        for line, upstream in zip(lines, units(graph.output.value), strict=True):
            graph.backward(upstream)
            if node.grad is not None:
                line[:] = np.ravel(node.grad)
        return lines


def graph_of_gate(gate, inputs):
    """A graph of this gate alone, and the name of its first input."""
    kind = gate if inspect.isclass(gate) else type(gate)
    if not issubclass(kind, Gate) or not inputs:
        raise GraphError("jacobian_of_what")
    settings = {} if gate is kind else vars(gate)
    settings = {k: v for k, v in settings.items() if k in dir(kind)}
    nodes = [Input(value, f"x{k}") for k, value in enumerate(inputs)]
    return ComputationalGraph(kind(*nodes, **settings)), ["x0"]


def refuse_too_large(m, n):
    """Stop before the memory is asked for."""
    if m * n * 8 > LARGEST:
        code = "jacobian_too_large_square" if m == n else "jacobian_too_large"
        raise GraphError(code, m=grouped(m), n=grouped(n), size=jacobian_size(m, n))


def jacobian_size(m, n, dtype=np.float64):
    """The memory of an m × n Jacobian, as text: `jacobian_size(4096, 4096, "f4")` is 64 MiB.

    From bytes to TiB, of 1024 each (slides 55, 56). m and n are not checked: never raises for whole
    numbers.
    """
    size, k = m * n * np.dtype(dtype).itemsize, 0
    while size >= 1024 and k < len(words.MEMORY) - 1:
        size, k = size / 1024, k + 1
    digits = 1 if k and size < 10 and round(size, 1) != round(size) else 0
    return words.MEMORY[k].format(size=f"{size:,.{digits}f}")
