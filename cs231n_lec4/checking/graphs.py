"""A graph that is looked at: its nodes by name, its output as a function of one of its values.

Afterwards it is what it was.
"""

from contextlib import contextmanager, suppress

import numpy as np

from ..engine.gate import Gate
from ..engine.node import CLOCK, ONE_AT_A_TIME, Node
from ..guidance.errors import GraphError
from .numbers import wide


def node_of(graph, name):
    """The node called `name`; a node of the graph is taken too."""
    if not isinstance(name, Node):
        return graph[name]
    if name not in graph.names:
        raise GraphError("node_of_another_graph", node=name.name or type(name).__name__)
    return name


def differentiable(graph, name):
    """The node called `name`, which must have a gradient."""
    node = node_of(graph, name)
    if not node.wants_grad:
        known = ", ".join(graph.names[n] for n in graph.nodes if n.wants_grad)
        raise GraphError("constant_has_no_gradient", name=graph.names[node], known=known)
    return node


def as_held(graph, numbers):
    """`{input: value}` from floats and nested lists, which have 64 bits: float32 stays float32."""
    kinds = {name: getattr(node.value, "dtype", None) for name, node in graph.inputs.items()}
    return {n: x if kinds[n] is None else np.asarray(x, kinds[n]) for n, x in numbers.items()}


def loss_of(graph, node, weights):
    """A function: a value for `node` → the loss, every gate after it computed anew."""
    after = gates_after(graph, node)

    def loss(value):
        node.value = value
        for gate in after:
            gate.compute()
        with np.errstate(all="ignore"):
            return float(np.sum(weights * graph.output.value))

    return loss


def gates_after(graph, node):
    """The gates whose values depend on `node`, in order."""
    reached = {node}
    for gate in graph.nodes:
        if any(x in reached for x in gate.inputs):
            reached.add(gate)
    return [gate for gate in graph.nodes if gate in reached and gate is not node]


@contextmanager
def untouched(graph):
    """Whatever happens inside, the graph's values and gradients are afterwards what they were."""
    with ONE_AT_A_TIME, np.errstate(all="ignore"):
        before, last = [(node, node.value, node.grad) for node in graph.nodes], graph.last
        CLOCK.now += 1  # what follows is no pass of a graph: nobody may trust it
        try:
            yield
        finally:
            put_back(before)
            graph.last = last
            CLOCK.now += 1


def put_back(before):
    """The old numbers, and what each gate's forward had saved of them."""
    for node, value, grad in before:
        if isinstance(node, Gate):
            with suppress(GraphError):  # a gate that stops: whoever called us hears of it already
                node.compute()
        node.value, node.grad = value, grad


@contextmanager
def widened(graph):
    """The graph in float64: a nudge of 1e-6 is too small for float32."""
    with untouched(graph):
        for node in graph.nodes:
            if isinstance(node, Gate):
                node.compute()
            else:
                node.value = wide(node.value)
        yield
