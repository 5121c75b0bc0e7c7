"""Checks of notebook 11: an engine that a student grows, piece by piece, beside the package.

A wrong backward pass is told a reason only if that slip gives the student's numbers on every graph.
"""

import numpy as np

from ...checking.answers import answers_report
from ...checking.numbers import close
from ...checking.reports import RIGHT, WRONG, Report, both, safe, safely, sentence, short, wrong
from ...engine.graph import topological_order
from ...engine.node import GATES, Constant, Input
from .. import graphs
from .engine_slips import SLIPS
from .function_checks import with_common_reason

# ── operations: their values and their local gradients ───────────────────────────────────────────

POINTS = ((0.7, -1.5), (-2.0, 0.4), (1.25, 3.0))


@safe("local")
def check_operations(Value, exp, reciprocal, maximum):
    """Check the values and the local gradients of + × exp 1/x max, at numbers of the check's."""
    operations = {"add": Value.__add__, "multiply": Value.__mul__, "exp": exp}
    operations |= {"reciprocal": reciprocal, "max": maximum}
    for name, operation in operations.items():
        report = operation_report(name, operation, Value)
        if not report:
            return report
    return Report(RIGHT, [sentence("operations_right", names=", ".join(operations))])


def operation_report(name, operation, Value):
    """The report on one operation: what it returns, its values, then its local gradients."""
    points = [numbers[: GATES[name].takes] for numbers in POINTS]
    made = [operation(*map(Value, numbers)) for numbers in points]
    for one in made:
        if not isinstance(one, Value):
            return Report(WRONG, [sentence("operation_kind", name=name)], "wrong_return")
        if not is_complete(one, len(points[0])):
            facts = {"name": name, "count": len(points[0])}
            return Report(WRONG, [sentence("local_count", **facts)], "wrong_count")
    for kind in ("value", "grad"):
        pairs = zip(points, made, strict=True)
        bad = [r for pair in pairs for r in number_reports(name, *pair, kind) if not r]
        if bad and bad[0].rows:  # else it is no number, and says so
            return with_common_reason(bad[0], bad[1:], "unknown_operation", UNSAID)
        if bad:
            return bad[0]
    return Report(RIGHT, [])


def is_complete(made, count):
    """Has it one local gradient for each of so many inputs?"""
    return isinstance(made.local, list | tuple) and len(made.local) == len(made.inputs) == count


def number_reports(name, numbers, made, kind):
    """A report on each number of one result: a gate of the package knows the truth."""
    inputs = [Input(*pair) for pair in zip(numbers, "xy", strict=False)]
    graph = graphs.ready(GATES[name](*inputs).named("z"))
    local = [float(slope) if isinstance(slope, bool) else slope for slope in made.local]
    answers = zip(graph.inputs, local, strict=True) if kind == "grad" else [("z", made.value)]
    for answer in answers:
        report = answers_report(graph, [answer], kind)
        facts = {"name": name, "numbers": ", ".join(map(short, numbers)), "said": report.lines[0]}
        report.lines = (sentence("in_operation", **facts), *report.lines[1:])
        yield report


# They speak of an upstream gradient, or of a wire: here is only one operation.
UNSAID = {"forgot_local", "adds_upstream", "value_as_local", "gave_an_input"}


# ── order ────────────────────────────────────────────────────────────────────────────────────────


@safe("order")
def check_order(order, Value):
    """Check that `order(output)` lists every node once, each after its inputs."""
    for output in small_outputs(Value):
        nodes = order(output)
        if not isinstance(nodes, list | tuple) or not all(isinstance(n, Value) for n in nodes):
            return Report(WRONG, [sentence("order_kind")], "wrong_return")
        reason, facts = slip_in_order(nodes, topological_order(output))
        if reason:
            yours = sentence("order_yours", names=" ".join(n.name for n in nodes) or "–")
            return wrong(reason, sentence(reason, **facts), yours)
    return Report(RIGHT, [sentence("order_right")])


def small_outputs(Value):
    """The ends of small graphs; from the second on a gate is used more than once.

    In the last two it is near the end on one path, and far on the other.
    """
    a, b = Value(2.0, "a"), Value(1.0, "b")
    c = Value(3.0, "c", [a, b], [1.0, 1.0])
    d = Value(9.0, "d", [c, c], [3.0, 3.0])
    e = Value(27.0, "e", [d, Value(3.0, "f", [c], [1.0])], [3.0, 9.0])
    return c, d, e, Value(30.0, "g", [c, e], [1.0, 1.0]), Value(30.0, "h", [e, c], [1.0, 1.0])


def slip_in_order(nodes, right):
    """(reason, facts) of the first thing that is wrong with a list of nodes."""
    for node in right:
        if nodes.count(node) == 0:
            return "node_missing", {"node": node.name}
        if nodes.count(node) > 1:
            return "node_twice", {"node": node.name, "count": nodes.count(node)}
    for node in nodes:
        for x in node.inputs:
            if nodes.index(x) > nodes.index(node):
                return "gate_before_input", {"node": node.name, "input": x.name}
    return None, {}


# ── the whole engine, on the graphs of the lecture ───────────────────────────────────────────────


def late_share(a=2.0, b=1.0):
    """f = p c + c p with p = a b and c = p + 1: p may send only after c has."""
    p = (Input(a, "a") * Input(b, "b")).named("p")
    c = (p + 1.0).named("c")
    return graphs.ready((p * c + c * p).named("f"))


SCALAR = (  # every graph of the lecture that has a gate for each single number, and one more
    graphs.add_multiply,
    graphs.sigmoid_neuron,
    graphs.folded_neuron,
    graphs.gate_patterns,
    graphs.branch,
    graphs.svm_small,
    graphs.squared_norm_spelled_out,
    graphs.small_net,
    graphs.one_weight,
    graphs.staged,
    late_share,
)
TIMES = 3  # so often each graph is asked: with its own numbers, then with others


def check_engine(Value, exp, reciprocal, maximum, backward):
    """Check that a student's engine gives the package's gradients on every scalar graph of the
    lecture, with the slides' numbers and with others, and that a second call gives them again."""
    engine = Value, exp, reciprocal, maximum
    report = check_operations(*engine)
    return report and safely("backward", engine_report, engine, backward)


def engine_report(engine, backward):
    """The first graph with another gradient, and the slip that gives all of the student's."""
    runs = [Run(*pair, engine, backward) for pair in lecture_graphs()]
    first_wrong = next((run for run in runs if not run.is_right()), None)
    if first_wrong is None:
        return Report(RIGHT, [sentence("engine_right", count=len(SCALAR), times=TIMES)])
    return wrong(slip_of(runs), *first_wrong.lines(), otherwise="unknown_engine")


def slip_of(runs):
    """The reason that fits every run; None if no known one does."""
    if all(same(run.first, run.truth) for run in runs):
        return "old_gradients_left"
    if all(run.is_scaled() for run in runs):
        return "first_gradient_is_one"
    return both(code for code, slip in SLIPS if all(run.is_slip(slip) for run in runs))


def lecture_graphs():
    """(name, graph) of every scalar graph, with the numbers of its slide, then with others."""
    random = np.random.default_rng(4)
    for make in SCALAR:
        for k in range(TIMES):
            graph = make()
            if k:
                graph.forward(**{name: random.uniform(-2, 2) for name in graph.inputs})
            yield make.__name__, graph


class Run:
    """One graph, built again of a student's Values: two backward calls beside the truth."""

    def __init__(self, name, graph, engine, backward):
        self.name = name
        self.truth = graph.backward()
        self.output, self.inputs = rebuilt(graph, *engine)
        backward(self.output)
        self.first, self.start = self.grads(), float(self.output.grad)
        backward(self.output)
        self.second = self.grads()

    def grads(self):
        """The gradients that a call has left on the inputs."""
        return {name: float(value.grad) for name, value in self.inputs.items()}

    def is_right(self):
        """Both times?"""
        return same(self.first, self.truth) and same(self.second, self.truth)

    def is_scaled(self):
        """Did it begin with another number than 1, and go on rightly?"""
        scaled = {name: self.start * truth for name, truth in self.truth.items()}
        return self.start != 1.0 and same(self.first, scaled)

    def is_slip(self, slip):
        """Does an engine with this slip give the student's first gradients?"""
        grads = slip(self.output)
        return same(self.first, {name: grads[x] for name, x in self.inputs.items()})

    def lines(self):
        """Which gradient differs, and by what."""
        yours = self.second if same(self.first, self.truth) else self.first
        name = next(n for n, truth in self.truth.items() if not close(yours[n], truth))
        facts = {"yours": short(yours[name]), "truth": short(self.truth[name])}
        return sentence("engine_wrong", graph=self.name, name=name), sentence("engines", **facts)


def same(grads, others):
    """Are all gradients equal, but for rounding?"""
    return all(close(grads[name], others[name]) for name in grads)


def rebuilt(graph, Value, exp, reciprocal, maximum):
    """(output, {name: input}): a graph of the package made of a student's five operations."""
    made, minus, one = {}, Value(-1.0), Value(1.0)
    rules = {
        "+": lambda x, y: x + y,
        "−": lambda x, y: x + y * minus,
        "×": lambda x, y: x * y,
        "xʸ": lambda x, y: x * x,  # the lecture only squares
        "1/x": reciprocal,
        "exp": exp,
        "max": maximum,
        "σ": lambda x: reciprocal(exp(x * minus) + one),
        "ReLU": lambda x: maximum(Value(0.0), x),
    }
    for node in graph.nodes:
        inputs = [made[x] for x in node.inputs]
        is_leaf = isinstance(node, Input | Constant)
        made[node] = Value(node.value, node.name or "") if is_leaf else rules[node.symbol](*inputs)
    return made[graph.output], {name: made[node] for name, node in graph.inputs.items()}
