"""The computational graph: forward through its gates, backward through them reversed (slide 75).

What a graph remembers: `backward` trusts what the nodes hold if no value has moved, in any graph,
since this graph's own last pass, or, in a new graph, since the first of its inputs was made; else
it goes forward first. So it does not matter who moves an input, or a gate that is shared.
"""

import functools
import itertools
from contextlib import contextmanager, suppress

import numpy as np

from ..guidance.errors import GraphError
from ..guidance.nodes import RefusingGraph
from ..guidance.refusals import circle_of, same_name
from . import values
from .gate import quietly
from .node import CLOCK, ONE_AT_A_TIME, Constant, Node


class ComputationalGraph(RefusingGraph):
    """All nodes that `output` is computed from (slide 75). Raises GraphError for what is no node.

    - `graph.forward(x=1.0)` sets inputs, recomputes every gate, and returns the output's value.
    - `graph.backward()` returns the gradient of the output with respect to every input.
    - `graph.nodes`, `graph.inputs`, `graph["q"]`: the nodes in order, the inputs by name, any node
      by name.
    """

    quick_way = None  # speed is no part of the lesson: `flat/quick.py` may put one here

    def forward(self, /, **new):
        """Set the named inputs, recompute every gate in order, and return the output's value.

        Gradients are cleared: they belonged to the old values. If a value does not fit, nothing
        changes.
        """
        with ONE_AT_A_TIME:
            if self._quick and self._quick.forward(new):
                self.whole_at = CLOCK.now
            else:
                with self._moved(new):
                    for gate in self.gates:
                        gate.compute()
            return self.output.value

    def backward(self, upstream=None, accumulate=False):
        """The gradient of the output with respect to every input, as `{name: gradient}`.

        Every call clears the gradients and computes them anew. An output that is an array needs
        `upstream`, the gradient of some loss with respect to it, in the output's shape.

        `accumulate=True` adds: the inputs keep the sum of this pass and of what `backward` left in
        them before, also before a `forward`. So gradients of several examples add up, until a
        plain `backward()` starts anew. The gates hold the gradients of this pass alone.
        """
        with ONE_AT_A_TIME:
            before = self._left() if accumulate else None
            if self.whole_at != CLOCK.now:
                self.forward()
            if not (self._quick and self._quick.backward(upstream)):
                with self._started(upstream), np.errstate(all="ignore"):
                    for gate in reversed(self.gates):
                        gate.send_down()
            grads = {name: node.grad for name, node in self.inputs.items()}
            self.last = grads if before is None else self._summed(before, grads)
            return self.last.copy()

    def __init__(self, output):
        if not isinstance(output, Node):
            raise GraphError("graph_of_no_node", kind=type(output).__name__)
        if output.value is None:
            raise GraphError("graph_of_empty_gate", gate=type(output).__name__)
        self.output, self.nodes = output, topological_order(output)
        self.inputs, self.gates, self.unasked = {}, [], []  # unasked: nobody wants their gradient
        self._named = {}
        self.whole_at = CLOCK.now  # while it shows this, the nodes hold one whole pass
        for node in self.nodes:
            if node.name is not None and self._named.setdefault(node.name, node) is not node:
                raise GraphError("two_of_one_name", name=node.name)
            if not node.wants_grad:
                self.unasked.append(node)
            elif node.inputs:
                self.gates.append(node)
            else:
                self.inputs[node.name] = node
                if node.made_at < self.whole_at:
                    self.whole_at = node.made_at
        self.last = {}  # the inputs' gradients as the last `backward` left them
        self._quick = self.quick_way and self.quick_way(self)

    @functools.cached_property
    def names(self):
        """{node: name}. A node without a name of its own is v1, v2, … in topological order."""
        own = {node: name for name, node in self._named.items()}
        free = {True: free_names("c", self._named), False: free_names("v", self._named)}
        return {n: own.get(n) or next(free[isinstance(n, Constant)]) for n in self.nodes}

    def __getitem__(self, name):
        for node, known in self.names.items():
            if known == (same_name(name) if isinstance(name, str) else name):
                return node
        raise GraphError("unknown_node", name=name, known=", ".join(self.names.values()))

    def __repr__(self):
        return f"ComputationalGraph({', '.join(self.inputs)} → {self.name_of(self.output)})"

    def name_of(self, node):
        """The node's own name, or the one this graph gives it."""
        return self.names[node]

    def shares(self, gate):
        """What `gate` alone hands to each of its inputs; None for an input that no one asks about.

        Where a wire branches, the gradient on it is the sum of such shares (slide 51).
        """
        if gate.grad is None or not gate.wants_grad:
            return [None] * len(gate.inputs)
        with ONE_AT_A_TIME:
            return gate.downstream()

    # What follows is care: for what does not fit, for interrupts, for other graphs.

    @contextmanager
    def _moved(self, new):
        """The inputs hold their new values. Whatever stops the pass, everything is as it was."""
        new = self._accepted(new)
        before = [(node, node.value) for node in new]
        CLOCK.now = time = CLOCK.now + 1  # from here on no graph trusts what its nodes hold
        try:
            for node, value in new.items():
                node._value = value
            yield
            clear(self.nodes[::-1])
        except BaseException:  # also if the student interrupts: never half of a pass
            put_back(before, self.gates, self.nodes[::-1])
            raise
        self.whole_at = time

    @contextmanager
    def _started(self, upstream):
        """The output holds the first gradient. If the pass stops, no node has one."""
        first = self._first_gradient(upstream)
        try:
            clear(self.nodes[::-1])
            self.output.grad = first
            yield
        except BaseException:
            clear(self.nodes[::-1])
            raise

    def _left(self):
        """{input: its gradient before this pass}; `forward` may have cleared it meanwhile."""
        inputs = self.inputs.items()
        return {n: self.last.get(n) if x.grad is None else x.grad for n, x in inputs}

    @quietly
    def _summed(self, before, grads):
        """The inputs hold both together. What had another shape before is no share of it."""
        for name, node in self.inputs.items():
            old, new = before[name], grads[name]
            if old is not None and values.shape(old) == values.shape(new):
                grads[name] = values.unbroadcast(values.added(old, new), node.value)
        for name, node in self.inputs.items():
            node.grad = grads[name]
        return grads

    def _accepted(self, new):
        """{input: its value in the coming pass}, each in the form that a node holds."""
        new = {same_name(name): value for name, value in new.items()}
        for name in new:
            if name not in self.inputs:
                raise GraphError("unknown_input", name=name, known=", ".join(self.inputs))
        inputs = self.inputs.items()
        return {node: values.as_value(new.get(name, node.value), name) for name, node in inputs}

    def _first_gradient(self, upstream):
        """The gradient of the output with respect to itself is 1."""
        value = self.output.value
        upstream = checked_upstream(upstream, value, lambda: self.name_of(self.output))
        return values.unbroadcast(upstream, value) if self.output.wants_grad else None


def put_back(before, gates, from_output):
    """Of a pass that did not end: the inputs hold what they held, and so do the gates."""
    for node, value in before:
        node._value = value
    for gate in gates:
        with suppress(GraphError):  # the old values may be what a gate stops at
            gate.compute()
    if from_output[0].grad is None:  # the old gradients are gone, or going
        clear(from_output)


def clear(from_output):
    """No gradients. The output loses its own first: so one can see that the others are going."""
    for node in from_output:
        node.grad = None


def checked_upstream(upstream, value, name):
    """The upstream gradient of `value`: 1 for one number, else what is given, of its shape.

    `name()` is what a message calls the node.
    """
    expected = values.shape(value)
    if upstream is None and expected:
        raise GraphError("upstream_needed", node=name(), shape=expected)
    upstream = values.as_value(1.0 if upstream is None else upstream, "upstream")
    if (got := values.shape(upstream)) != expected:
        raise GraphError("upstream_shape", got=got, node=name(), expected=expected)
    return upstream


def topological_order(output):
    """Every node after its inputs, left input first. No recursion: chains may be long."""
    order, path, seen = {}, [output], {output}
    while path:
        for node in path[-1].inputs:
            if node not in order:
                if node.inputs:
                    if node in seen:
                        raise circle_of(path, node)
                    seen.add(node)
                    path.append(node)
                    break
                order[node] = None  # nothing comes before a leaf
        else:  # all of its inputs have their place
            order[path.pop()] = None
    return list(order)


def free_names(letter, taken):
    """letter1, letter2, … without those that are taken."""
    names = (f"{letter}{k}" for k in itertools.count(1))
    return (name for name in names if name not in taken)
