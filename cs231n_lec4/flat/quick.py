"""The quick way through a graph of Python floats: the same two loops, over lists of numbers.

A graph asks it first. Where it meets anything but a float, or Python refuses an operation, it gives
up, and the graph's own loops do the pass. Nodes are written to at the end, once all is well.
"""

from ..engine.graph import LAST_PASS, ComputationalGraph
from ..engine.values import REFUSED


class QuickWay:
    """The two passes of one graph, as long as all of its values are floats.

    Every node has a place in a list of numbers. A step is a method of a gate, the gate's place and
    those of its inputs, x and perhaps y. It holds no graph: a graph must go when nobody uses it.
    """

    def __init__(self, graph):
        places = graph.places
        self.nodes, self.gates, self.seen = graph.nodes, graph.gates, graph.seen
        self.inputs = [(name, node, places[node]) for name, node in graph.inputs.items()]
        self.numbers = [node.value for node in self.nodes]
        self.steps, self.steps_back = [], []
        self.is_plain = graph.output.wants_grad
        self.was_whole = False  # did the last forward pass of this graph go this way?
        for gate in self.gates:
            self.is_plain = self.is_plain and gate.is_plain
            x, y = gate.inputs if len(gate.inputs) == 2 else (gate.inputs[0], None)
            z, i, j = places[gate], places[x], places.get(y)
            self.steps.append((gate.forward, z, i, j))
            if not x.wants_grad:
                i = None
            elif y is not None and not y.wants_grad:
                j = None
            self.steps_back.append((gate.backward, z, i, j))
        self.steps_back.reverse()

    def forward(self, new):
        """The pass of `graph.forward(**new)`, or False: then no node has changed."""
        self.was_whole = False
        seen = self._seen_with(new)
        if seen is None:
            return False
        LAST_PASS.seen = None
        numbers = self.numbers
        try:
            for forward, z, x, y in self.steps:
                number = forward(numbers[x]) if y is None else forward(numbers[x], numbers[y])
                if type(number) is not float:
                    return False
                numbers[z] = number
            self._write_values()
        except REFUSED:
            return False
        except BaseException:  # an interrupt: what the gates saved is of one pass again
            for gate in self.gates:
                gate.compute()
            raise
        self.was_whole, self.seen[:] = True, seen
        LAST_PASS.seen = self.seen
        return True

    def backward(self, upstream):
        """The pass of `graph.backward()`, or False: then no node has changed."""
        if not self.was_whole or upstream is not None:
            return False
        grads = [None] * len(self.nodes)
        grads[-1] = 1.0
        try:
            for backward, z, x, y in self.steps_back:
                some = backward(grads[z])
                if x is not None:
                    grads[x] = some[0] if grads[x] is None else grads[x] + some[0]
                if y is not None:
                    grads[y] = some[1] if grads[y] is None else grads[y] + some[1]
        except REFUSED:
            return False
        self._write_gradients(grads)
        return True

    def _seen_with(self, new):
        """What the inputs will hold. None if that is not for us: no float, or an unknown name."""
        seen, known = [], 0
        for name, node, k in self.inputs:
            number = node.value
            if name in new:
                number = new[name]
                known += 1
            if type(number) is not float:
                return None
            self.numbers[k] = number
            seen.append(number)
        return seen if known == len(new) and self.is_plain else None

    def _write_values(self):
        try:
            for node, number in zip(self.nodes, self.numbers):  # noqa: B905
                node.value, node.grad = number, None
        except BaseException:  # an interrupt comes too late: the pass is done
            for node, number in zip(self.nodes, self.numbers):  # noqa: B905
                node.value, node.grad = number, None
            raise

    def _write_gradients(self, grads):
        try:
            for node, grad in zip(self.nodes, grads):  # noqa: B905
                node.grad = grad
        except BaseException:
            for node, grad in zip(self.nodes, grads):  # noqa: B905
                node.grad = grad
            raise


ComputationalGraph.quick_way = QuickWay
