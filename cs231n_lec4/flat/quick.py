"""The quick way through a graph of Python floats: the same two loops, with nothing around them.

A graph asks it first. Where it meets anything but a float, or Python refuses an operation, it puts
everything back and gives up, and the graph's own loops do the pass.
"""

from ..engine.graph import ComputationalGraph, clear, put_back
from ..engine.node import CLOCK
from ..guidance.ieee import REFUSED


class QuickWay:
    """The two passes of one graph, as long as all of its values are floats.

    A step is a gate with its inputs, x and perhaps y. It holds no graph: a graph must go when
    nobody uses it.
    """

    def __init__(self, graph):
        self.inputs, self.unasked, self.output = graph.inputs, graph.unasked, graph.output
        self.from_output, self.steps = graph.nodes[::-1], []
        is_plain, was_whole = graph.output.wants_grad, True
        for gate in graph.gates:
            is_plain = is_plain and gate.is_plain
            was_whole = was_whole and gate.was_quick
            inputs = gate.inputs
            self.steps.append((gate, inputs[0], inputs[1] if len(inputs) == 2 else None))
        self.is_plain = is_plain
        self.seen, self.seen_at = {}, None  # what the inputs held when the clock showed this
        self.was_whole = is_plain and was_whole  # is the pass that the nodes hold of this kind?

    def forward(self, new):
        """The pass of `graph.forward(**new)`, or False: then everything is as it was."""
        self.was_whole, time = False, CLOCK.now
        if not self.is_plain or (self.seen_at != time and not self._look()):
            return False
        try:
            self.was_whole = self._move(new)
        finally:  # also after an interrupt
            if not self.was_whole:
                before = [(self.inputs[name], self.seen[name]) for name in new if name in self.seen]
                moved = [gate for gate, *_ in self.steps] if CLOCK.now != time else []
                put_back(before, moved, self.from_output)
        return self.was_whole

    def backward(self, upstream):
        """The pass of `graph.backward()`, or False: then no node has a gradient."""
        if not self.was_whole or upstream is not None:
            return False
        try:
            clear(self.from_output)
            self.output.grad = 1.0
            for gate, x, y in reversed(self.steps):
                grads = gate.backward(gate.grad)
                x.grad = grads[0] if x.grad is None else x.grad + grads[0]
                if y is not None:
                    y.grad = grads[1] if y.grad is None else y.grad + grads[1]
            for node in self.unasked:
                node.grad = None
        except BaseException as problem:  # also an interrupt: no gradients rather than some
            clear(self.from_output)
            if isinstance(problem, REFUSED):
                return False
            raise
        return True

    def _look(self):
        """Others may have moved the inputs. What do they hold now, and are all of them floats?"""
        self.seen = {name: node._value for name, node in self.inputs.items()}
        return all(type(number) is float for number in self.seen.values())

    def _move(self, new):
        """Did all inputs and gates move?"""
        inputs = self.inputs
        try:
            for name, number in new.items():
                if type(number) is not float:
                    return False
                inputs[name]._value = number
            CLOCK.now += 1  # the gates move from here on
            for gate, x, y in self.steps:
                z = gate.forward(x.value) if y is None else gate.forward(x.value, y.value)
                if type(z) is not float:
                    return False
                gate.value = z
        except (KeyError, *REFUSED):
            return False
        clear(self.from_output)
        self.seen.update(new)
        self.seen_at = CLOCK.now
        return True


ComputationalGraph.quick_way = QuickWay
