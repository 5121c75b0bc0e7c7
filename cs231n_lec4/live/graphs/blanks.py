"""What a quiz asks: one blank for each hidden number, with the known mistakes as expression trees.

The mistakes are those of `checking/table.py`. So the truth and every mistake follow when the
numbers of the graph change, with no kernel at hand.
"""

import numpy as np

from ... import words
from ...checking.axes import wrong_sizes
from ...checking.mistakes import at_entry, in_play, told_apart
from ...checking.table import is_unlikely
from ...checking.trees import NumbersWantedError, TreeReader
from ...checking.uses import places_of, readings, share_of
from ...engine.gate import Gate
from ...flat.program import replaced, uses, whole_trees
from ...steps import moments as steps


class Blanks:
    """The questions that a picture can ask: `gradient(wire)`, `entry(wire, index)` and
    `value(wire)` make one blank."""

    def __init__(self, graph, program):
        self.graph, self.program = graph, program
        self.trees = whole_trees(program)
        self.output = len(graph.nodes) - 1
        self.gates = [k for k, n in enumerate(graph.nodes) if isinstance(n, Gate) and n.wants_grad]
        self.rows = {(k, row["slot"]): row for k in self.gates for row in self._rows(k)}
        self.has_router = any(steps.has_cases(row["local"]) for row in self.rows.values())
        asked = [node for node in graph.nodes if node.wants_grad]
        self.points, self.reader = readings(graph, asked), TreeReader(graph, program)

    def _rows(self, k):
        """Upstream, local and downstream of one gate's inputs; the local gradient as a tree."""
        rows = steps.factors_of(self.graph, self.program, self.trees, k)
        for row in rows:
            if row["local"] is None:  # a gradient is linear in the upstream one
                row["local"] = replaced(row["tree"], {row["upstream"]: 1.0})
        return rows

    def gradient(self, wire):
        """A blank for the gradient below `wire`; on a branch, for the share of that branch."""
        rows = self._uses(wire)
        kind = "sum" if len(rows) > 1 else "share" if wire.role == "branch" else "gradient"
        factors = [(row["upstream"], row["local"]) for row in rows]
        parts = [pair for a, b in factors for pair in ([a, b], [b, a])]
        points, trees = self._readings(wire)
        return {
            **self._blank(wire, kind, trees.grad, in_play(points), trees, parts),
            "local": rows[0]["local"],
            "facts": self._facts(wire, rows[0]["through"], len(rows)),
        }

    def entry(self, wire, index):
        """A blank for one entry of the gradient of an array."""
        points, trees = self._readings(wire)
        place = int(np.ravel_multi_index(index, np.shape(points[0].value)))
        mistakes = at_entry(in_play(points), [at.grad for at in points], index)
        reached = [
            (use, k)
            for n, use in enumerate(trees.uses)
            for k in range(use.jacobian.shape[0])
            if any(at.uses[n].jacobian[k, place] for at in points)
        ]
        factors = [(entry_of(use.upstream, k), use.jacobian[k, place]) for use, k in reached]
        parts = [[a.tree, b.tree] for pair in factors for a, b in (pair, pair[::-1])]
        unit = self.reader.unit(place, np.shape(points[0].value)).tree
        blank = self._blank(wire, "entry", trees.grad[index], list(mistakes), trees, parts)
        facts = self._facts(wire, self.output, len(reached))
        names = ", ".join(self._name(use, k) for use, k in reached)
        facts |= {"x": label_of(facts["x"], index), "reached": names}
        blank["may_be_zero"] |= not any(at.grad[index] for at in points)  # nothing picks this entry
        blank |= {"index": list(index), "grid": np.shape(points[0].value)}
        return {**blank, "nudge": self._nudge(wire, unit), "facts": facts}

    def _name(self, use, k):
        """Entry k of what a gate computes, by name: `q[0]`."""
        node = self.graph.nodes[self.program["values"].index(use.output.tree)]
        shape = np.shape(node.value)
        return label_of(self.graph.names[node], np.unravel_index(k, shape) if shape else ())

    def value(self, wire):
        """A blank for the value above the wire of a gate."""
        k, inputs = wire.node, self.graph.nodes[wire.node].inputs
        rows = [self.rows[k, slot] for slot in range(len(inputs)) if (k, slot) in self.rows]
        parts = [[self.program["values"][row["to"]], row["local"]] for row in rows]
        points, trees = self._readings(wire)
        return {
            **self._blank(wire, "value", trees.value, in_play(points, "value"), trees, parts),
            "facts": self._facts(wire, k, len(inputs)),
        }

    def size(self, wire, axis):
        """A blank for the length of one axis of the array that a gate computes."""
        node = self.graph.nodes[wire.node]
        mistakes = [[code, size] for size, code in wrong_sizes(node, axis).items()]
        shapes = ", ".join(str(np.shape(x.value)) for x in node.inputs)
        facts = {"axis": axis, "shapes": shapes, **self._facts(wire, wire.node, 1)}
        return {
            **{"wire": wire.id, "kind": "size", "truth": float(np.shape(node.value)[axis])},
            **{"mistakes": mistakes, "unlikely": [], "rounded": [], "nudge": None},
            **{"index": [0, axis], "grid": [1, np.ndim(node.value)], "facts": facts},
        }

    def _readings(self, wire):
        """What the table of mistakes reads: numbers at several points, and the same as trees."""
        node = self.graph.nodes[wire.node]
        points, trees = self.points[node], self.reader.read(node)
        if wire.role != "branch":
            return points, trees
        k = places_of(self.graph, node).index((self.graph.nodes[wire.gate], wire.slot))
        return [share_of(at, k) for at in points], share_of(trees, k)

    def _blank(self, wire, kind, truth, mistakes, trees, parts):
        return {
            "wire": wire.id,
            "kind": kind,
            "truth": truth.tree,
            "may_be_zero": self.has_router,  # a router sends nothing to the input it does not take
            "rounded": [[number, weight] for number, weight in parts if uses(number)],
            "mistakes": named([m for m in mistakes if not is_unlikely(m.code)], trees),
            "unlikely": named([m for m in mistakes if is_unlikely(m.code)], trees),
            "nudge": self._nudge(wire) if kind in ("gradient", "sum") else None,
        }

    def _facts(self, wire, through, count):
        """The names that a sentence about this blank needs."""
        name = self.graph.name_of
        nodes = self.graph.nodes
        f, is_array = name(nodes[self.output]), np.ndim(nodes[self.output].value) > 0
        return {
            "f": words.QUIZ["sum_of"].format(f=f) if is_array else f,
            "x": name(nodes[wire.node]),
            "through": name(nodes[through]),
            "gate": nodes[through].symbol,
            "count": count,
        }

    def _uses(self, wire):
        if wire.role == "branch":
            return [self.rows[wire.gate, wire.slot]]
        return [row for row in self.rows.values() if row["to"] == wire.node]

    def _nudge(self, wire, where=1.0):
        """The line of the program under which this one value is 0.01 larger, or one entry of it."""
        name = self.program["values"][wire.node]
        step = 0.01 if where == 1.0 else ["*", 0.01, where]
        return [name, ["+", dict(self.program["lines"]).get(name, name), step]]


def named(mistakes, trees):
    """`[codes, tree]` of each mistake; of those that are one everywhere, all codes, and the first
    tree that there is."""
    found = []
    for codes, twins in told_apart(mistakes):
        trees_of_it = [tree for m in twins if (tree := tree_of(m, trees)) is not None]
        found += [[" or ".join(codes), tree] for tree in trees_of_it[:1]]
    return found


def tree_of(mistake, trees):
    """What a mistake gives, as a tree; None where its formula can be asked of numbers only."""
    try:
        return mistake.formula(trees).tree
    except NumbersWantedError:
        return None


def label_of(name, index):
    """An entry as its slider calls it: `W[0, 1]`."""
    return f"{name}[{', '.join(map(str, index))}]" if len(index) else name


def entry_of(tree, k):
    """Entry k of a tree, counted row by row."""
    return tree[tuple(map(int, np.unravel_index(k, tree.shape)))] if tree.shape else tree


def hidden_below(program, names):
    """`names`, and every name of the program whose number is computed from one of them."""
    hidden = set(names)
    for target, tree in program["lines"]:
        if uses(tree) & hidden:
            hidden.add(target)
    return hidden
