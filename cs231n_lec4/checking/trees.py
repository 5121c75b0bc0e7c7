"""A use as the browser reads it: arithmetic on its fields makes expression trees.

So the formulas of `table.py` follow when the numbers of a graph change, with no kernel at hand.
A tree is a number, a name, or `[operation, tree, …]` (`flat/program.py`).
"""

import numpy as np

from ..flat.trees import expanded, replaced
from .uses import Reading, Use, places_of

NOT_IN_PLAY = ["number", "nan"]


class Tree:
    """A number that the browser computes. + − · / and the sign make larger trees."""

    def __init__(self, tree):
        self.tree = tree

    def __add__(self, other):
        return joined("+", self, other)

    def __sub__(self, other):
        return joined("-", self, other)

    def __mul__(self, other):
        return joined("*", self, other)

    def __rmul__(self, other):
        return joined("*", other, self)

    def __truediv__(self, other):
        return joined("/", self, other)

    def __neg__(self):
        return Tree(["neg", self.tree])


def joined(operation, x, y):
    """The tree `x operation y`."""
    return Tree([operation, *(part.tree if isinstance(part, Tree) else part for part in (x, y))])


def larger(x, y):
    """The larger of two: trees, numbers or arrays."""
    if isinstance(x, Tree):
        return joined("maximum", x, y)
    return max(x, y) if type(x) is float else np.maximum(x, y)


def unless_zero(condition, wrong):
    """A mistake that is in play only where `condition` is not 0: adding 0 is none. Else NaN."""
    if isinstance(condition, Tree):
        return Tree(["if", ["==", condition.tree, 0.0], NOT_IN_PLAY, wrong.tree])
    return wrong if np.any(condition) else wrong * np.nan


# ── read from a program ──────────────────────────────────────────────────────────────────────────


class TreeReader:
    """Reads the nodes of a graph as `uses.readings` does, with trees in place of numbers."""

    def __init__(self, graph, program):
        self.graph, self.program = graph, program
        self.trees = dict(program["lines"])
        self.place = {node: k for k, node in enumerate(graph.nodes)}

    def read(self, node):
        """The Reading of one node."""
        uses = [self.use(gate, slot) for gate, slot in places_of(self.graph, node)]
        inputs = tuple(Tree(self.value(x)) for x in node.inputs)
        grad = self.program["grads"][self.place[node]]
        return Reading(Tree(self.value(node)), Tree(grad), uses, inputs)

    def value(self, node):
        """The name of a node's value, or a number."""
        return self.program["values"][self.place[node]]

    def use(self, gate, slot):
        """One use of a value."""
        shares = self.program["shares"][str(self.place[gate])]
        upstream = self.program["grads"][self.place[gate]]
        local = replaced(self.full(shares[slot]), {upstream: 1.0})  # gradients are linear in it
        theirs = shares[1 - slot] if len(shares) == 2 else None
        return Use(
            tuple(Tree(self.value(x)) for x in gate.inputs),
            slot,
            Tree(self.value(gate)),
            Tree(upstream),
            Tree(shares[slot]),
            local=Tree(local),
            theirs=None if theirs is None else Tree(theirs),
            at_output=Tree(upstream) * self.at_output(gate, local) if len(shares) == 1 else None,
        )

    def at_output(self, gate, local):
        """The local gradient where the gate's input has the number of its output."""
        x, z = self.value(gate.inputs[0]), self.value(gate)
        return Tree(replaced(local, {x: z, z: replaced(self.full(z), {x: z})}))

    def full(self, name):
        """What a name stands for, without helper variables."""
        return expanded(self.trees[name], self.program, self.trees)
