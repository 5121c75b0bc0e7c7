"""The computational graph: its gates in topological order, forward and backward (slide 75)."""

import functools
import operator
import threading

import numpy as np

from ..guidance.errors import GraphError
from . import values
from .gate import ARITHMETIC
from .node import Constant, Node

# A slider may move a graph from another thread while a cell works on it, and two graphs may share
# nodes. One pass at a time keeps every pass whole.
ONE_PASS_AT_A_TIME = threading.RLock()


class ComputationalGraph:
    """All nodes that `output` is computed from.

    - `graph.forward(x=1.0)` sets inputs, recomputes every gate, and returns the output's value.
    - `graph.backward()` returns the gradient of the output with respect to every input.
    - `graph.nodes`, `graph.inputs`, `graph["q"]`: the nodes in order, the inputs by name, any node
      by name.
    """

    def __init__(self, output):
        if not isinstance(output, Node):
            raise GraphError("graph_of_no_node", kind=type(output).__name__)
        if output.value is None:
            raise GraphError("graph_of_empty_gate", gate=type(output).__name__)
        self.output = output
        self.nodes = topological_order(output)
        refuse_equal_names(self.nodes)
        inputs, gates, unasked, are_quick = {}, [], [], output.wants_grad
        for node in self.nodes:
            above = node.inputs
            if not node.wants_grad:
                unasked.append(node)
            elif above:
                gates.append((node, above[0], above[1] if len(above) > 1 else None))  # gate, x, y
                are_quick = are_quick and node.is_ours
            else:
                inputs[node.name] = node
        self.inputs, self._gates, self._unasked, self._are_quick = inputs, gates, unasked, are_quick
        self._remember()

    @functools.cached_property
    def names(self):
        """{node: name}. A node without a name of its own is v1, v2, … in topological order."""
        return names_of(self.nodes)

    def __getitem__(self, name):
        for node, known in self.names.items():
            if known == name:
                return node
        raise GraphError("unknown_node", name=name, known=", ".join(self.names.values()))

    def __repr__(self):
        return f"ComputationalGraph({', '.join(self.inputs)} → {self.name_of(self.output)})"

    def name_of(self, node):
        """The node's own name, or the one this graph gives it."""
        return self.names[node]

    def forward(self, /, **new):
        """Set the named inputs, recompute every gate in order, and return the output's value.

        Gradients are cleared: they belonged to the old values. If a value does not fit, nothing
        changes.
        """
        with ONE_PASS_AT_A_TIME:
            if not (self._is_quick and self._quick_forward(new)):
                self._careful_forward(self._accepted(new))
            self._clear_gradients()
            return self.output.value

    def backward(self, upstream=None):
        """The gradient of the output with respect to every input, as `{name: gradient}`.

        Every call clears the gradients and computes them anew. An output that is an array needs
        `upstream`, the gradient of some loss with respect to it, in the output's shape.
        """
        with ONE_PASS_AT_A_TIME:
            grads = self._quick_backward() if self._is_quick and upstream is None else None
            return self._careful_backward(upstream) if grads is None else grads

    def shares(self, gate):
        """What `gate` alone hands to each of its inputs; None for an input that no one asks about.

        Where a wire branches, the gradient on it is the sum of such shares (slide 51).
        """
        if gate.grad is None or not gate.wants_grad:
            return [None] * len(gate.inputs)
        with ONE_PASS_AT_A_TIME, np.errstate(all="ignore"):
            pairs = zip(gate.inputs, gate.downstream(), strict=True)
            return [share if node.wants_grad else None for node, share in pairs]

    # There are two ways to do a pass. The quick one is for Python floats and our own gates, which
    # have one input, x, or two, x and y. Where it meets anything else it gives up. The careful one
    # is right for everything.

    def _quick_forward(self, new):
        inputs = self.inputs
        try:
            for name, value in new.items():
                if type(value) is not float:
                    return self._put_back(new)
                inputs[name].value = value
            for gate, x, y in self._gates:
                z = gate.forward(x.value) if y is None else gate.forward(x.value, y.value)
                if type(z) is not float:
                    return self._put_back(new)
                gate.value = z
        except (*ARITHMETIC, KeyError):
            return self._put_back(new)
        self._seen.update(new)
        return True

    def _put_back(self, new):
        """Give up: the inputs of these names get the values back that they had."""
        for name in new:
            if name in self.inputs:
                self.inputs[name].value = self._seen[name]
        return False

    def _quick_backward(self):
        f = self.output.value
        if type(f) is not float or f != f:  # an array, or NaN: it is not equal to itself
            return None
        self._clear_gradients()
        self.output.grad = 1.0
        try:
            for gate, x, y in reversed(self._gates):
                grads = gate.backward(gate.grad)
                dx = grads[0]
                x.grad = dx if x.grad is None else x.grad + dx
                if y is not None:
                    dy = grads[1]
                    y.grad = dy if y.grad is None else y.grad + dy
        except ARITHMETIC:
            return None
        for node in self._unasked:
            node.grad = None
        return self._float_gradients()

    def _float_gradients(self):
        """{name: gradient}. None if an input moved since our forward pass, or if one is odd."""
        grads, seen = {}, self._seen
        for name, node in self.inputs.items():
            if node.value is not seen[name] or type(node.grad) is not float:
                return None
            grads[name] = node.grad
        return grads

    def _careful_forward(self, new):
        old = {name: self.inputs[name].value for name in new}
        try:
            self._compute(new)
        except BaseException:  # also when the student interrupts: one whole pass, never half of one
            self._compute(old)
            raise

    def _compute(self, new):
        for name, value in new.items():
            self.inputs[name].value = value
        self._remember()
        with np.errstate(all="ignore"):
            for gate, *_ in self._gates:
                gate.compute()

    def _careful_backward(self, upstream):
        self._catch_up()
        first = self._first_gradient(upstream)
        self._clear_gradients()
        self.output.grad = first if self.output.wants_grad else None
        with np.errstate(all="ignore"):
            for gate, *_ in reversed(self._gates):
                send_down(gate, gate.downstream())
        return {name: node.grad for name, node in self.inputs.items()}

    def _clear_gradients(self):
        for node in self.nodes:
            node.grad = None

    def _remember(self):
        """What values of the inputs this graph has seen, and whether they allow the quick way."""
        self._seen, self._is_quick = {}, self._are_quick
        for name, node in self.inputs.items():
            self._seen[name] = value = node.value
            if type(value) is not float:
                self._is_quick = False

    def _catch_up(self):
        """Recompute if another graph, or `x.value = …`, moved an input since our forward pass."""
        now = {name: node.value for name, node in self.inputs.items()}
        if not all(map(operator.is_, self._seen.values(), now.values())):
            self._careful_forward({name: values.as_value(x, name) for name, x in now.items()})

    def _accepted(self, new):
        """The new values of inputs, in the form a node holds."""
        for name in new:
            if name not in self.inputs:
                known = ", ".join(self.inputs) or "none"
                raise GraphError("unknown_input", name=name, known=known)
        return {name: values.taken_value(new, name) for name in list(new)}

    def _first_gradient(self, upstream):
        """The gradient of the output with respect to itself is 1."""
        value = self.output.value
        expected = values.shape(value)
        if upstream is None and expected == ():
            return type(value)(1)
        if upstream is None:
            node = self.name_of(self.output)
            raise GraphError("upstream_needed", node=node, shape=expected)
        upstream = values.as_value(upstream, "upstream")
        got = values.shape(upstream)
        if got != expected:
            node = self.name_of(self.output)
            raise GraphError("upstream_shape", got=got, node=node, expected=expected)
        return values.unbroadcast(upstream, value)


def send_down(gate, grads):
    """Give each input of `gate` its gradient. Where a wire branches, gradients add."""
    for node, grad in zip(gate.inputs, grads):  # noqa: B905 (their number is checked)
        if node.wants_grad:
            node.grad = grad if node.grad is None else values.added(node.grad, grad)


def topological_order(output):
    """Every node after all of its inputs, left input first. No recursion: chains may be long."""
    order, path, seen = {}, [output], {output}
    while path:
        for node in path[-1].inputs:
            if node not in order:
                if node.inputs:
                    if node in seen:
                        raise GraphError("gates_in_a_circle", circle=circle_of(path, node))
                    seen.add(node)
                    path.append(node)
                    break
                order[node] = True  # nothing comes before a leaf
        else:  # all of its inputs have their place
            order[path.pop()] = True
    return list(order)


def circle_of(path, node):
    """The names of the gates from `node` around to itself."""
    around = [*path[path.index(node) :], node]
    return " → ".join(one.name or type(one).__name__ for one in around[::-1][:6])


def refuse_equal_names(nodes):
    """Two nodes of one name would be one wire in a picture and one variable in the code."""
    seen = set()
    for node in nodes:
        name = node.name
        if name is not None:
            if name in seen:
                raise GraphError("two_of_one_name", name=name)
            seen.add(name)


def names_of(nodes):
    """A name for every node: its own, or the next free one of v1, v2, … (constants: c1, c2, …)."""
    own = {node.name for node in nodes}
    free = {True: free_names("c", own), False: free_names("v", own)}
    return {node: node.name or next(free[isinstance(node, Constant)]) for node in nodes}


def free_names(letter, taken):
    """letter1, letter2, … without those that are taken."""
    number = 0
    while True:
        number += 1
        if f"{letter}{number}" not in taken:
            yield f"{letter}{number}"
