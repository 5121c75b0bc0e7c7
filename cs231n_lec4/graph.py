"""The computational graph: every gate in topological order, forward, and backward in reverse (slide 75)."""

import threading

import numpy as np

from . import values
from .errors import GraphError
from .gate import Gate
from .nodes import Constant, Input, Node

# A slider may move a graph from another thread while a cell works on it, and two graphs may share
# nodes. One pass at a time keeps every pass whole.
ONE_PASS_AT_A_TIME = threading.RLock()


class ComputationalGraph:
    """All nodes that `output` is computed from.

    - `graph.forward(x=1.0)` sets inputs, recomputes every gate, and returns the output's value.
    - `graph.backward()` returns the gradient of the output with respect to every input.
    - `graph.nodes`, `graph.inputs`, `graph["q"]`: the nodes in order, the inputs by name, any node by name.
    """

    def __init__(self, output):
        if not isinstance(output, Node):
            raise GraphError("graph_of_no_node", kind=type(output).__name__)
        self.output = output
        self.nodes = topological_order(output)
        self.names = names_of(self.nodes)
        self.inputs = {node.name: node for node in self.nodes if isinstance(node, Input)}
        self._by_name = {name: node for node, name in self.names.items()}
        self._gates = [node for node in self.nodes if isinstance(node, Gate)]
        self._seen = [node.value for node in self.inputs.values()]

    def __getitem__(self, name):
        if name not in self._by_name:
            known = ", ".join(self._by_name)
            raise GraphError("unknown_node", name=name, known=known)
        return self._by_name[name]

    def __repr__(self):
        return f"ComputationalGraph({', '.join(self.inputs)} → {self.name_of(self.output)})"

    def name_of(self, node):
        """The node's own name, or the one this graph gives it: v1, v2, … in topological order."""
        return self.names[node]

    def forward(self, **new):
        """Set the named inputs, recompute every gate in order, and return the output's value.

        Gradients are cleared: they belonged to the old values. If a value does not fit, nothing changes.
        """
        with ONE_PASS_AT_A_TIME:
            old = {name: node.value for name, node in self.inputs.items()}
            accepted = {name: self._accept(name, value) for name, value in new.items()}
            try:
                self._run_forward({**old, **accepted})
            except Exception:
                self._run_forward(old)
                raise
            return self.output.value

    def backward(self, upstream=None):
        """The gradient of the output with respect to every input, as `{name: gradient}`.

        Every call clears the gradients and computes them anew. An output that is an array needs
        `upstream`, the gradient of some loss with respect to it, in the output's shape.
        """
        with ONE_PASS_AT_A_TIME:
            if self._moved():
                self._run_forward({name: node.value for name, node in self.inputs.items()})
            self._clear_gradients()
            self.output.grad = self._upstream(upstream)
            with np.errstate(all="ignore"):
                for gate in reversed(self._gates):
                    if gate.wants_grad:
                        send_down(gate)
            return {name: node.grad for name, node in self.inputs.items()}

    def shares(self, gate):
        """What `gate` alone hands to each of its inputs; None for an input that no one asks about.

        Where a wire branches, the gradient on it is the sum of such shares (slide 51).
        """
        if gate.grad is None or not gate.wants_grad:
            return [None] * len(gate.inputs)
        with ONE_PASS_AT_A_TIME, np.errstate(all="ignore"):
            return [s if n.wants_grad else None for n, s in zip(gate.inputs, gate.downstream())]

    # ── inside ──

    def _accept(self, name, value):
        if name not in self.inputs:
            raise GraphError("unknown_input", name=name, known=", ".join(self.inputs) or "none")
        return values.as_value(value, name)

    def _run_forward(self, numbers):
        for name, node in self.inputs.items():
            node.value = numbers[name]
        self._clear_gradients()
        with np.errstate(all="ignore"):
            for gate in self._gates:
                gate.compute()
        self._seen = [node.value for node in self.inputs.values()]

    def _moved(self):
        """Has another graph, or a direct `x.value = …`, moved an input since our forward pass?"""
        now = [node.value for node in self.inputs.values()]
        return any(a is not b for a, b in zip(now, self._seen, strict=True))

    def _clear_gradients(self):
        for node in self.nodes:
            node.grad = None

    def _upstream(self, upstream):
        node, shape = self.output, values.shape(self.output.value)
        if upstream is None:
            if shape != ():
                raise GraphError("upstream_needed", node=self.name_of(node), shape=shape)
            return 1.0 if type(node.value) is float else type(node.value)(1)
        upstream = values.as_value(upstream, "upstream")
        got = values.shape(upstream)
        if got != shape:
            raise GraphError("upstream_shape", got=got, node=self.name_of(node), expected=shape)
        return upstream


def send_down(gate):
    """Give each input of `gate` its gradient. Where a wire branches, gradients add."""
    for node, grad in zip(gate.inputs, gate.downstream(), strict=True):
        if node.wants_grad:
            # Not `+=`: the array may also be somebody else's gradient.
            node.grad = grad if node.grad is None else node.grad + grad


def topological_order(output):
    """Every node after all of its inputs, left input first. No recursion: a chain may be very long."""
    order, seen, stack = [], set(), [(output, iter(output.inputs))]
    seen.add(output)
    while stack:
        node, rest = stack[-1]
        child = next((n for n in rest if n not in seen), None)
        if child is None:
            order.append(node)
            stack.pop()
        else:
            seen.add(child)
            stack.append((child, iter(child.inputs)))
    return order


def names_of(nodes):
    """A name for every node: its own, or the next free one of v1, v2, … (constants: c1, c2, …)."""
    own = {}
    for node in nodes:
        if node.name is not None and own.setdefault(node.name, node) is not node:
            raise GraphError("two_of_one_name", name=node.name)
    free = {Gate: free_names("v", own), Constant: free_names("c", own)}
    kind = {True: Gate, False: Constant}
    return {node: node.name or next(free[kind[isinstance(node, Gate)]]) for node in nodes}


def free_names(letter, taken):
    """letter1, letter2, … without those that are taken."""
    number = 0
    while True:
        number += 1
        if f"{letter}{number}" not in taken:
            yield f"{letter}{number}"


