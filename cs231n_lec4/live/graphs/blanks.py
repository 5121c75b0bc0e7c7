"""What a quiz asks: one blank for each hidden number, with the known mistakes as expression trees.

A tree is what the browser's program is made of (`flat.py`): a number, a name, or
`[operation, tree, …]`. So the truth and every mistake follow when the numbers of the graph change,
with no kernel at hand.
"""

import itertools

import numpy as np

from ...engine.gate import Gate
from ...flat.trees import evaluate, run_program, uses
from ...steps import moments as steps

NOT_IN_PLAY = ["number", "nan"]
POINTS = 24  # at so many random points two expressions are compared


class Blanks:
    """The questions that a picture can ask: `gradient(wire)` and `value(wire)` make one blank."""

    def __init__(self, graph, program):
        self.graph, self.program = graph, program
        self.trees = dict(program["lines"])
        self.output = len(graph.nodes) - 1
        self.gates = [k for k, n in enumerate(graph.nodes) if isinstance(n, Gate) and n.wants_grad]
        self.rows = {(k, row["slot"]): row for k in self.gates for row in self._rows(k)}
        self.has_router = any(steps.has_cases(row["local"]) for row in self.rows.values())
        self.points = list(points(program))

    def _rows(self, k):
        """Upstream, local and downstream of one gate's inputs; the local gradient as a tree."""
        rows = steps.backward_step(self.graph, self.program, self.trees, k)["rows"]
        for row in rows:
            if row["local"] is None:  # a gradient is linear in the upstream one
                row["local"] = replaced(row["tree"], row["upstream"], 1.0)
        return rows

    def gradient(self, wire):
        """A blank for the gradient below `wire`; on a branch, for the share of that branch."""
        rows = self._uses(wire)
        sums = len(rows) > 1
        truth = self.program["grads"][wire.node] if sums else rows[0]["downstream"]
        mistakes = self._at_a_branch(wire, rows) if sums else self._at_a_gate(wire, rows[0])
        kind = "sum" if sums else "share" if wire.role == "branch" else "gradient"
        factors = [(row["upstream"], row["local"]) for row in rows]
        parts = [pair for a, b in factors for pair in ([a, b], [b, a])]
        return {
            **self._blank(wire, kind, truth, mistakes, parts),
            "local": rows[0]["local"],
            "facts": self._facts(wire, rows[0]["through"], len(rows)),
        }

    def value(self, wire):
        """A blank for the value above the wire of a gate."""
        k = wire.node
        truth = self.program["values"][k]
        inputs = [self._value_of(n) for n in self.graph.nodes[k].inputs]
        rows = [self.rows[k, slot] for slot in range(len(inputs)) if (k, slot) in self.rows]
        parts = [[self.program["values"][row["to"]], row["local"]] for row in rows]
        mistakes = self._of_a_value(k, truth, inputs)
        return {
            **self._blank(wire, "value", truth, mistakes, parts),
            "facts": self._facts(wire, k, len(inputs)),
        }

    def _blank(self, wire, kind, truth, mistakes, parts):
        return {
            "wire": wire.id,
            "kind": kind,
            "truth": truth,
            "rounded": [[number, weight] for number, weight in parts if not is_plain(number)],
            "mistakes": self._distinct(truth, mistakes),
            "nudge": self._nudge(wire) if kind in ("gradient", "sum") else None,
        }

    def _facts(self, wire, through, count):
        """The names that a sentence about this blank needs."""
        name = self.graph.name_of
        nodes = self.graph.nodes
        return {
            "f": name(nodes[self.output]),
            "x": name(nodes[wire.node]),
            "through": name(nodes[through]),
            "gate": nodes[through].symbol,
            "count": count,
        }

    def _uses(self, wire):
        if wire.role == "branch":
            return [self.rows[wire.gate, wire.slot]]
        return [row for row in self.rows.values() if row["to"] == wire.node]

    def _is_router(self, k):
        return any(steps.has_cases(r["local"]) for r in self.rows.values() if r["through"] == k)

    def _value_of(self, node):
        return self.program["values"][self.graph.nodes.index(node)]

    def _nudge(self, wire):
        """The lines of the program under which this one value is 0.01 larger."""
        name = self.program["values"][wire.node]
        return [name, ["+", self.trees.get(name, name), 0.01]]

    # ── known mistakes: the likeliest first ──

    def _at_a_gate(self, wire, row):
        upstream, local, share = row["upstream"], row["local"], row["downstream"]
        value = self.program["values"][wire.node]
        found = [
            ("gave_the_value", value),
            ("sign", self._moves(share, ["neg", share])),
            *self._at_a_router(row),
            ("forgot_upstream", self._moves(share, local)),
            ("adds_upstream", self._unless_zero([upstream, local], ["+", local, upstream])),
            *self._rule_of_another(row, value),
        ]
        if wire.role == "branch":
            found.append(("gave_the_sum", self._moves(share, self.program["grads"][wire.node])))
        return found

    def _at_a_router(self, row):
        """max and ReLU: the gradient let through where it should stop, and the reverse."""
        if not steps.has_cases(row["local"]):
            return [("forgot_local", self._moves(row["downstream"], row["upstream"]))]
        wrong = ["-", row["upstream"], row["downstream"]]
        return [("wrong_mask", self._unless_zero([row["upstream"]], wrong))]

    def _rule_of_another(self, row, value):
        """The other input's gradient; × taken for +; the slope at the output."""
        k, slot, upstream = row["through"], row["slot"], row["upstream"]
        gate, share = self.graph.nodes[k], row["downstream"]
        found = []
        if len(gate.inputs) == 1:
            there = replaced(row["local"], value, self.program["values"][k])
            found.append(("slope_at_output", self._moves(share, ["*", there, upstream])))
        if len(gate.inputs) != 2:
            return found
        other = self._value_of(gate.inputs[1 - slot])
        if (k, 1 - slot) in self.rows:
            theirs = self.rows[k, 1 - slot]["downstream"]
            found.append(("swaps_gradients", self._moves(share, theirs)))
        elif gate.symbol == "×":
            found.append(("swaps_gradients", self._moves(share, ["*", value, upstream])))
        if gate.symbol == "+":
            found.append(("multiplied_at_add", self._moves(share, ["*", other, upstream])))
        return found

    def _at_a_branch(self, wire, rows):
        shares = [row["downstream"] for row in rows]
        total = self.program["grads"][wire.node]
        alone = [
            ("one_path_of_two", self._unless_zero([s for s in shares if s != share], share))
            for share in shares
        ]
        return [
            ("gave_the_value", self.program["values"][wire.node]),
            *alone,
            ("sign", self._moves(total, ["neg", total])),
            ("multiplied_at_a_branch", self._unless_zero(shares, folded("*", shares))),
            ("mean_instead_of_sum", self._moves(total, ["/", total, float(len(shares))])),
            ("forgot_upstream", self._moves(total, folded("+", [row["local"] for row in rows]))),
        ]

    def _of_a_value(self, k, truth, inputs):
        found = [("sign", self._moves(truth, ["neg", truth]))]
        for x in inputs:
            if self._is_router(k):  # its value is one of its inputs, and that is no mistake
                x = ["if", ["==", x, truth], NOT_IN_PLAY, x]
            if not is_plain(x):
                found.append(("gave_an_input", x))
        found.append(("gave_the_gradient", self.program["grads"][k]))
        if len(inputs) == 2:
            x, y = inputs
            found += [("added", ["+", x, y]), ("multiplied", ["*", x, y])]
            found += [("subtracted", ["-", x, y])]
        return found

    # Where a router sends nothing, a mistake may honestly give the right 0. Then it is not in play.

    def _moves(self, truth, wrong):
        if not self.has_router:
            return wrong
        return ["if", ["==", truth, 0.0], ["if", ["==", wrong, 0.0], NOT_IN_PLAY, wrong], wrong]

    def _unless_zero(self, conditions, wrong):
        if not self.has_router:
            return wrong
        for condition in conditions:
            wrong = ["if", ["==", condition, 0.0], NOT_IN_PLAY, wrong]
        return wrong

    def _distinct(self, truth, mistakes):
        """Without a mistake that always gives the truth, or always what an earlier one gives."""
        right = self._at_points(truth)
        kept = []
        for code, tree in mistakes:
            numbers = self._at_points(tree)
            if not any(always_equal(numbers, other) for other in (right, *(n for *_, n in kept))):
                kept.append((code, tree, numbers))
        return [[code, tree] for code, tree, _ in kept]

    def _at_points(self, tree):
        return np.array([evaluate(tree, numbers) for numbers in self.points], dtype=float)


def hidden_below(program, names):
    """`names`, and every name of the program whose number is computed from one of them."""
    hidden = set(names)
    for target, tree in program["lines"]:
        if uses(tree) & hidden:
            hidden.add(target)
    return hidden


def points(program):
    """The numbers of the program at some random inputs; the same ones every time."""
    random = np.random.default_rng(4)
    for _ in range(POINTS):
        inputs = random.choice([-1.0, 1.0], len(program["inputs"]))
        inputs = inputs * random.uniform(0.3, 2.5, len(inputs))
        yield run_program(program, dict(zip(program["inputs"], inputs.tolist(), strict=True)))


def always_equal(a, b):
    """The same number at every point where both are in play; True too if they are so nowhere."""
    known = ~(np.isnan(a) | np.isnan(b))
    return bool(np.all(np.abs(a - b)[known] <= 1e-9 * (1 + np.abs(b[known]))))


def replaced(tree, name, new):
    """The tree with one name replaced."""
    if isinstance(tree, list):
        return [tree[0], *(replaced(part, name, new) for part in tree[1:])]
    return new if tree == name and isinstance(tree, str) else tree


def folded(operation, trees):
    """`a + b + c` as a tree."""
    return list(itertools.accumulate(trees, lambda x, y: [operation, x, y]))[-1]


def is_plain(tree):
    """A number that never changes."""
    return not uses(tree)
