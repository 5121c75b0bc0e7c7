"""Checks of numbers that a student worked out by hand, and wrote down."""

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from .. import values, words
from ..errors import GraphError
from ..gate import Gate
from ..graph import ComputationalGraph
from .mistakes import differentiated, the_reason, uses_of, wrong_numbers, wrong_values
from .nudges import loss_of, node_of, slopes, widened
from .reports import (
    KINK,
    RIGHT,
    WRONG,
    Report,
    Row,
    because,
    brief,
    kink_line,
    listed,
    pair,
    safely,
    sentence,
)

SAMPLE = 200  # entries of an array that are nudged, to look for kinks


def check_answer(graph, answer, number=None, kind="grad"):
    """Check numbers that a student worked out: `check_answer(graph, {"x": -4, "q": -4})`.

    One alone: `check_answer(graph, "x", -4)`. Names may be those of inputs or of gates.
    `kind="value"` asks for values in place of gradients. A number rounded to the digits it shows is
    right. Returns a Report; never raises.
    """
    answers = answer if isinstance(answer, dict) else {answer: number}
    return safely("check_answer", answers_report, graph, answers, kind)


def answers_report(graph, answers, kind):
    """The first wrong answer, or that all are right."""
    if not isinstance(graph, ComputationalGraph):
        raise GraphError("not_a_graph", function="check_answer", kind=type(graph).__name__)
    reports = [answer_report(graph, name, yours, kind) for name, yours in answers.items()]
    rows = [row for report in reports for row in report.rows]
    for mark in (WRONG, KINK):
        for report in reports:
            if report.mark == mark:
                report.rows = tuple(rows)
                return report
    if len(reports) == 1:
        return reports[0]
    return Report(RIGHT, [sentence("answers_right", names=listed(map(str, answers)))], None, rows)


def answer_report(graph, name, yours, kind):
    """The report on one number."""
    node = node_of(graph, name)
    name = graph.name_of(node)
    if kind == "value":
        with differentiated(graph):
            return compare(name, yours, Truth(node.value, wrong_values(node), kind=kind))
    measured = measured_slopes(graph, node)
    at_kink = any(s.is_kink for s in measured.values())
    with differentiated(graph):
        truth = np.zeros(values.shape(node.value)) if node.grad is None else node.grad
        found = wrong_numbers(uses_of(graph, node), node.value, truth)
        known = Truth(truth, found, rounded_on_the_way(graph, node), measured, "grad")
    report = compare(name, yours, known)
    if not at_kink or not report.rows or values.shape(yours) != values.shape(truth):
        return report
    lines = [sentence("answer_kink", name=name), kink_line(measured, report.rows[0].yours)]
    return Report(KINK, lines, "kink", [report.rows[0]._replace(mark=KINK)])


def measured_slopes(graph, node):
    """What nudges of a node measure, `{index: Slope}`; nothing for a large array."""
    shape = values.shape(graph.output.value)
    if np.size(node.value) > SAMPLE:
        return {}
    with widened(graph):
        return slopes(node.value, loss_of(graph, node, np.ones(shape) if shape else 1.0))


@dataclass
class Truth:
    """The right answer, and what is known beside it."""

    value: object
    mistakes: list = ()
    on_the_way: float | None = None
    measured: dict = field(default_factory=dict)
    kind: str = "number"


def check_number(yours, truth, name="answer"):
    """Check a number, or an array, against the right one. Returns a Report; never raises."""
    return safely(name, compare, name, yours, Truth(truth))


def compare(name, yours, truth):
    """The report on one answer."""
    if yours is None or yours is ...:
        return Report(WRONG, [sentence("not_answered", name=name)], "not_answered")
    try:
        yours = values.as_value(yours, name)
    except GraphError:
        line = sentence("not_a_number", name=name, yours=repr(yours)[:40])
        return Report(WRONG, [line], "not_a_number")
    if is_equal(yours, truth.value):
        return right("answer_right", name, yours, truth.value)
    if as_shown(yours, truth.value):
        return right("answer_rounded", name, yours, truth.value)
    if truth.on_the_way is not None and as_shown(yours, truth.on_the_way):
        return right("answer_on_the_way", name, yours, truth.value)
    return wrong_answer(name, yours, truth, the_reason(yours, truth.mistakes, as_shown))


def is_equal(yours, truth):
    """Equal but for rounding in the computer."""
    if values.shape(yours) != values.shape(truth):
        return False
    return bool(np.allclose(yours, truth, rtol=1e-6, atol=1e-12, equal_nan=True))


def as_shown(yours, truth):
    """Is `yours` the truth, rounded to the decimals that `yours` shows, two at least?"""
    if values.shape(yours) != values.shape(truth):
        return False
    decimals = max(map(decimals_of, np.ravel(yours)), default=2)
    return bool(np.allclose(yours, truth, rtol=1e-6, atol=0.5000001 * 10.0**-decimals))


def decimals_of(number):
    """How many decimals a number is written with, two at least."""
    return max(2, -Decimal(repr(float(number))).as_tuple().exponent) if np.isfinite(number) else 2


def right(code, name, yours, truth):
    """A ✓ report on one answer."""
    line = sentence(code, name=name, yours=brief(yours), truth=brief(truth))
    return Report(RIGHT, [line], None, [Row(name, yours, truth, RIGHT)])


def wrong_answer(name, yours, truth, reason):
    """A ✗ report on one answer."""
    row = Row(name, yours, truth.value, WRONG)
    wrong = "answer_wrong" if truth.kind == "grad" else "value_wrong"
    wrong += "_array" if values.shape(yours) else ""
    first = sentence(wrong, name=name, yours=brief(yours))
    if values.shape(yours) != values.shape(truth.value):
        reason = reason or "wrong_shape"
        line = sentence("shapes", yours=values.shape(yours), truth=values.shape(truth.value))
        return Report(WRONG, [first, line, because(reason)], reason, [row])
    advice = because(reason) if reason else words.REASONS[ADVICE[truth.kind]]
    return Report(WRONG, [first, numbers_line(yours, truth), advice], reason, [row])


ADVICE = {"grad": "unknown", "value": "unknown_value", "number": "unknown_number"}


def numbers_line(yours, truth):
    """Yours beside the right number, where they differ most."""
    off = np.nan_to_num(np.abs(np.subtract(yours, truth.value)), nan=np.inf)
    index = np.unravel_index(np.argmax(off), off.shape)
    slope = truth.measured.get(index)
    right = slope.value if slope and slope.is_known else np.asarray(truth.value)[index]
    code = "measured" if slope and slope.is_known else "computed"
    if truth.kind == "number":
        return sentence("yours", yours=pair(yours, right, index)["yours"])
    return sentence(code, **pair(yours, right, index))


def rounded_on_the_way(graph, node):
    """The gradient of a person who rounds each upstream one to two decimals, as the slides do."""
    if any(np.ndim(n.value) for n in graph.nodes):
        return None
    total = 0.0
    for gate in graph.nodes:
        if isinstance(gate, Gate) and gate.grad is not None and node in gate.inputs:
            total += rounded_share(gate, node)
    return total


def rounded_share(gate, node):
    """What `gate` would hand to `node` if its upstream gradient were the rounded one."""
    kept, gate.grad = gate.grad, two_decimals(gate.grad)
    pairs = zip(gate.inputs, gate.downstream(), strict=True)
    gate.grad = kept
    return sum(share for x, share in pairs if x is node)


def two_decimals(number):
    """Rounded half away from zero, as a person rounds; NaN and inf stay."""
    return float(np.copysign(np.floor(abs(number) * 100.0 + 0.5) / 100.0, number))
