"""A use as the browser reads it: arithmetic on its fields makes expression trees.

So the formulas of `table.py` follow when the numbers of a graph change, with no kernel at hand.
A tree is a number, a name, or `[operation, tree, …]` (`flat/program.py`).
"""

import math

import numpy as np

from ..engine import values
from ..flat.program import replaced, whole_trees
from ..flat.translating import nested
from .uses import Reading, Use, places_of

NOT_IN_PLAY = ["number", "nan"]


class NumbersWantedError(Exception):
    """A formula asks for the numbers themselves: it cannot be a tree."""


class Tree:
    """A number, or an array of a known shape, that the browser computes.

    + − · / @ and the sign make larger trees, as they do with numbers and arrays.
    """

    def __init__(self, tree, shape=()):
        self.tree, self.shape = tree, tuple(shape)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return math.prod(self.shape)

    @property
    def T(self):
        return Tree(["transpose", self.tree], self.shape[::-1])

    def __getitem__(self, index):
        return Tree(["pick", self.tree, *index], self.shape[len(index) :]) if index else self

    def __len__(self):
        return self.shape[0]

    def __matmul__(self, other):
        return Tree(["@", self.tree, other.tree], self.shape[:-1] + other.shape[1:])

    def sum(self, axis=None, out=None):
        kept = () if axis is None else self.shape[:axis] + self.shape[axis + 1 :]
        return Tree(["sum", self.tree, axis], kept) if self.shape else self

    def reshape(self, shape):
        if shape == self.shape:
            return self
        if not shape:
            return Tree(["sum", self.tree])
        return Tree(["reshape", self.tree, ["list", *shape]], shape)

    def __array__(self, dtype=None, copy=None):
        raise NumbersWantedError

    def __array_ufunc__(self, ufunc, method, *parts, **settings):
        if ufunc is np.sqrt:
            return Tree(["sqrt", self.tree], self.shape)
        raise NumbersWantedError

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
        return Tree(["neg", self.tree], self.shape)


class Rows(Tree):
    """A matrix made of its rows. One entry is computed from its own row, not from all of them."""

    def __init__(self, rows, units):
        outer = (["outer", unit.tree, row.tree] for unit, row in zip(units, rows, strict=True))
        super().__init__(nested("+", outer), (len(rows), rows[0].size))
        self.rows = rows

    def __getitem__(self, index):
        return self.rows[index[0]][index[1:]]


def joined(operation, x, y):
    """The tree `x operation y`."""
    shape = np.broadcast_shapes(values.shape(x), values.shape(y))
    parts = [part.tree if isinstance(part, Tree) else part for part in (x, y)]
    return Tree([operation, *parts], shape)


def flat(x):
    """All entries in one row: of a tree, a number or an array."""
    return x.reshape((x.size,)) if isinstance(x, Tree) and x.shape else np.ravel(x)


def larger(x, y):
    """The larger of two: trees, numbers or arrays."""
    if isinstance(x, Tree):
        return joined("maximum", x, y)
    return max(x, y) if type(x) is float else np.maximum(x, y)


def unless_zero(condition, wrong):
    """A mistake that is in play only where `condition` is not 0: adding 0 is none. Else NaN."""
    if isinstance(condition, Tree):
        size = ["amax", ["abs", condition.tree]] if condition.shape else condition.tree
        none = ["*", NOT_IN_PLAY, wrong.tree] if wrong.shape else NOT_IN_PLAY
        return Tree(["if", ["==", size, 0.0], none, wrong.tree], wrong.shape)
    return wrong if np.any(condition) else wrong * np.nan


# ── read from a program ──────────────────────────────────────────────────────────────────────────


class TreeReader:
    """Reads the nodes of a graph as `uses.readings` does, with trees in place of numbers."""

    def __init__(self, graph, program):
        self.graph, self.program = graph, program
        self.trees = whole_trees(program)
        self.place = {node: k for k, node in enumerate(graph.nodes)}
        self.units = {}  # constants that the trees need: rows of 0 with a single 1

    def read(self, node):
        """The Reading of one node."""
        uses = [self.use(gate, slot) for gate, slot in places_of(self.graph, node)]
        inputs = tuple(map(self.tree_of, node.inputs))
        grad = self.program["grads"][self.place[node]]
        return Reading(self.tree_of(node), Tree(grad, values.shape(node.value)), uses, inputs)

    def tree_of(self, node):
        """The value of a node as a tree."""
        return Tree(self.value(node), values.shape(node.value))

    def value(self, node):
        """The name of a node's value, or a number."""
        return self.program["values"][self.place[node]]

    def use(self, gate, slot):
        """One use of a value."""
        shares = self.program["shares"][str(self.place[gate])]
        upstream = self.program["grads"][self.place[gate]]
        full = self.trees[shares[slot]]
        shape, out = values.shape(gate.inputs[slot].value), values.shape(gate.value)
        local = replaced(full, {upstream: ["ones_like", upstream] if out else 1.0})  # it is linear
        theirs = shares[1 - slot] if len(shares) == 2 else None
        other = None if theirs is None else gate.inputs[1 - slot].value
        return Use(
            tuple(map(self.tree_of, gate.inputs)),
            slot,
            self.tree_of(gate),
            Tree(upstream, out),
            Tree(shares[slot], shape),
            local=Tree(local, shape),
            theirs=None if theirs is None else Tree(theirs, values.shape(other)),
            at_output=self.share_at_output(gate, upstream, local, full, shape, len(shares)),
            jacobian=self.jacobian(full, upstream, shape, out) if shape or out else None,
        )

    def share_at_output(self, gate, upstream, local, full, shape, count):
        """The share with the local gradient taken at the gate's output, if that makes sense."""
        if count != 1 or shape != values.shape(gate.value):
            return None
        if not shape:
            return Tree(upstream) * self.at_output(gate, local)
        return Tree(self.at_output(gate, full).tree, shape)

    def jacobian(self, share, upstream, shape, out):
        """A row for each entry of the output: what its gradient alone, 1, sends down."""
        rows, count = [], math.prod(out)
        for k in range(count):
            unit = self.unit(k, out).tree if out else 1.0
            row = Tree(replaced(share, {upstream: unit}), shape)
            rows.append(flat(row) if shape else Tree(["broadcast_to", row.tree, ["list", 1]], (1,)))
        return Rows(rows, [self.unit(k, (count,)) for k in range(count)])

    def unit(self, k, shape):
        """An array of this shape: a 1 at entry k, counted row by row, else 0."""
        size = math.prod(shape)
        name = f"unit_{k}_of_{size}"
        self.units[name] = [float(j == k) for j in range(size)]
        return Tree(name, (size,)).reshape(tuple(shape))

    def at_output(self, gate, local):
        """The local gradient where the gate's input has the number of its output."""
        x, z = self.value(gate.inputs[0]), self.value(gate)
        return Tree(replaced(local, {x: z, z: replaced(self.trees[z], {x: z})}))
