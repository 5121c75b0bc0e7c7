"""Notebook 11: the student's own engine beside the package, and three ways to a derivative."""

from decimal import Decimal, localcontext

from .. import words
from ..engine.graph import ComputationalGraph, topological_order
from ..engine.node import GATES, Constant, Input
from ..guidance.errors import one_of
from ..words.console import table
from .checks.check_lab import centred_difference, relative_error

GATE_OF = {gate.symbol: gate for gate in GATES.values()}


def as_graph(output, below=None):
    """The graph of a student's `Value`: what it was made from, gate by gate, for `draw`.

    An input is a Value with a name, a constant one without. Below the wires stand the student's
    own gradients, or the numbers of `below`, {Value: number}.
    """
    nodes = {}
    for value in topological_order(output):
        nodes[value] = node_of(value, [nodes[x] for x in value.inputs])
    graph = ComputationalGraph(nodes[output])
    for value, node in nodes.items():
        if node.wants_grad:
            node.grad = float(value.grad if below is None else below[value])
    return graph


def node_of(value, inputs):
    """A gate, an input or a constant, as a Value's name says."""
    if not inputs:
        return Input(value.value, value.name) if value.name else Constant(value.value)
    one_of(GATE_OF, value.name, "unknown_choice", name="Value.name", given=value.name)
    return GATE_OF[value.name](*inputs)


# ── numeric, symbolic, automatic ─────────────────────────────────────────────────────────────────

RATE, START = 3.7, 0.3  # h ← 3.7 h (1 − h), as in notebook 00


def repeated(h, times):
    """The formula of notebook 00: one line, so many times. `h` is a number or a node."""
    for _ in range(times):
        h = RATE * h * (1 - h)
    return h


def written_out(times):
    """The derivative of this formula, by the product rule: (h (1 − h))′ = h′ (1 − h) − h h′."""
    h, slope = "x", "1"
    for _ in range(times):
        h, slope = f"3.7*{h}*(1-{h})", f"3.7*({slope}*(1-{h}) - {h}*{slope})"
    return slope


def symbolic_size(times):
    """How often x stands in `written_out(times)`: a line has the derivative twice, and h twice."""
    formula, derivative = 1, 0
    for _ in range(times):
        formula, derivative = 2 * formula, 2 * derivative + 2 * formula
    return derivative


def exact_slope(times):
    """The derivative with 60 digits."""
    with localcontext() as context:
        context.prec = 60
        h, slope = Decimal(START), Decimal(1)
        for _ in range(times):
            h, slope = Decimal(RATE) * h * (1 - h), Decimal(RATE) * (1 - 2 * h) * slope
        return float(slope)


class ThreeWays:
    """The derivative of the repeated formula in three ways, for several numbers of repetitions.

    A row: repetitions; how often x stands in the symbolic derivative; the relative error of the
    numeric one; the gates that automatic differentiation walks through, and its error.
    """

    def __init__(self, times=(1, 5, 10, 20)):
        self.rows = [self.row(n) for n in times]

    def row(self, times):
        """The five numbers of one row."""
        exact = exact_slope(times)
        graph = ComputationalGraph(repeated(Input(START, "x"), times))
        numeric = centred_difference(lambda x: repeated(x, times), START, 1e-5)
        errors = [relative_error(d, exact) for d in (numeric, graph.backward()["x"])]
        return times, symbolic_size(times), errors[0], len(graph.gates), errors[1]

    def __repr__(self):
        rows = [map(written, row) for row in self.rows]
        return table(words.THREE_WAYS, rows, widths=(5, 13, 14, 7, 16))


def written(number):
    """A count with commas; an error with one digit, where more than rounding is left."""
    if isinstance(number, int):
        return f"{number:,}"
    return f"{number:.0e}" if number > 1e-12 else "< 1e-12"
