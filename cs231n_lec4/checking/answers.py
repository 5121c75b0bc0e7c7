"""Checks of numbers that a student worked out by hand, and wrote down."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..engine import values
from ..guidance.errors import GraphError, one_of
from ..guidance.refusals import graph_expected
from .graphs import differentiable, loss_of, node_of, widened
from .mistakes import slips_at_the_next_mask, wrong_gradients, wrong_values
from .nudges import slopes
from .numbers import close, index_of_largest, same_shape
from .reports import (
    KINK,
    RIGHT,
    WRONG,
    Report,
    Row,
    because,
    both,
    brief,
    entry,
    entry_line,
    kink_line,
    listed,
    pair,
    random_report,
    safe,
    safely,
    sentence,
    shape_reason,
    shapes_line,
    short,
)
from .ties import tie_report
from .trials import random_gate
from .uses import differentiated, places_of, share_from

MANY = 6  # entries: more are not written out
SAMPLE = 200  # entries of an array that are nudged, to look for kinks
ADVICE = {
    "grad": "unknown",
    "value": "unknown_value",
    "number": "unknown_number",
    "by hand": "unknown",
}


@dataclass
class Truth:
    """The right answer, and what is known beside it.

    `mistakes` are pairs of a reason code and a wrong number; whoever makes a Truth may give a code
    several. `further` are those that are named where none of these fits. `on_the_way` is the answer
    of a person who rounds at each gate, `measured` what nudges say, {index: Slope}. `kind` is
    "grad", "value" or, where no graph is asked, "number" or "by hand" (a gradient).
    """

    value: object
    mistakes: list = ()
    on_the_way: float | None = None
    measured: dict = field(default_factory=dict)
    kind: str = "number"
    further: list = ()

    def __post_init__(self):
        self.mistakes = [(code, x) for code, *numbers in self.mistakes for x in numbers]


# ── questions ────────────────────────────────────────────────────────────────────────────────────


@safe("check_answer")
def check_answer(graph, answer, number=None, kind="grad", asked=()):
    """Check numbers worked out by hand, as on slides 12-51: `check_answer(graph, {"x": -4})`.

    One alone: `check_answer(graph, "x", -4)`. Names may be those of inputs or of gates.
    `kind="value"` asks for values in place of gradients; `asked` are the names that may not be
    missing. A number rounded to the digits it shows is right. Returns a Report; never raises.
    """
    answers = all_of(asked, answer) if asked else answer
    pairs = answers.items() if isinstance(answers, dict) else [(answers, number)]
    return answers_report(graph, pairs, kind)


def answers_report(graph, answers, kind):
    """The report on all answers of one kind, pairs of a name and a number."""
    graph_expected(graph, "check_answer")
    one_of(("grad", "value"), kind, "unknown_choice", name="kind", given=kind)
    if (where := random_gate(graph)) is not None:
        return random_report(where)
    answers = list(answers)
    report = gradient_report if kind == "grad" else value_report
    found = together([report(graph, name, yours) for name, yours in answers])
    tie = tie_report(graph, answers) if found.mark == KINK else None
    return found if tie is None else tie


def check_number(yours, truth, name="answer"):
    """Check a number, a list or an array against the right one, which has its shape.

    Not in the lecture. Returns a Report; never raises.
    """
    return safely(name, lambda: compare(name, yours, Truth(values.as_value(truth, name))))


def named_report(answers, known):
    """The report on answers by name; `known` is {name: Truth}, and none may be missing."""
    answers = all_of(known, answers)
    for name in answers:
        one_of(known, name, "unknown_choice", name=sentence("answer_name"), given=name)
    return together([compare(name, yours, known[name]) for name, yours in answers.items()])


def all_of(names, answers):
    """The answers, and None for each name that has none."""
    if answers is None or answers is ...:
        answers = {}
    if not isinstance(answers, dict):
        example = ", ".join(f'"{name}": …' for name in names)
        raise GraphError("answers_without_names", example=example)
    return {**answers, **{name: None for name in names if name not in answers}}


def together(reports):
    """The first wrong answer, else the first at a kink, else that all are right."""
    rows = tuple(row for report in reports for row in report.rows)
    for mark in (WRONG, KINK):
        for report in reports:
            if report.mark == mark:
                report.rows = rows
                return report
    if not reports:
        return Report(WRONG, [sentence("not_answered", name="answers")], "not_answered")
    if len(reports) == 1:
        return reports[0]
    names = listed(row.name for row in rows)
    return Report(RIGHT, [sentence("answers_right", names=names)], None, rows)


# ── the truth in a graph ─────────────────────────────────────────────────────────────────────────


def value_report(graph, name, yours):
    """The report on one value."""
    node = node_of(graph, name)
    truth = Truth(node.value, wrong_values(graph, node), kind="value")
    return compare(graph.names[node], yours, truth)


def gradient_report(graph, name, yours):
    """The report on one gradient. Where there is no slope, no number is wrong."""
    node = differentiable(graph, name)
    name, truth = graph.names[node], true_gradient(graph, node)
    report = compare(name, yours, truth)
    if not report.rows or not is_excused(report.rows[0].yours, truth):
        return report
    lines = [sentence("gate_kink", where=name), kink_line(truth.measured, report.rows[0].yours)]
    return Report(KINK, lines, "kink", [report.rows[0]._replace(mark=KINK)])


def is_excused(yours, truth):
    """Is there a kink, and every other entry right?"""
    kinks = [index for index, slope in truth.measured.items() if slope.is_kink]
    if not kinks or not same_shape(yours, truth.value):
        return False
    is_fine = np.array(shown(yours, truth.value))
    for index in kinks:
        is_fine[index] = True
    return is_fine.all()


def true_gradient(graph, node):
    """The gradient of a node, what nudges measure, and the numbers of the known mistakes."""
    measured, found = measured_slopes(graph, node), wrong_gradients(graph, node)
    further = slips_at_the_next_mask(graph, node)
    with differentiated(graph):
        further += others_gradients(graph, node)
        rounded = rounded_on_the_way(graph, node)
        return Truth(node.grad, found, rounded, measured, "grad", further)


def others_gradients(graph, node):
    """The gradients with respect to all other values; 0 and 1 say nothing."""
    others = [n.grad for n in graph.nodes if n is not node and n.wants_grad]
    return [
        ("another_gradient", grad)
        for grad in others
        if np.any(np.abs(grad) > 0) and np.any(np.abs(grad) != 1)
    ]


def measured_slopes(graph, node):
    """What nudges of a node measure, `{index: Slope}`; nothing for a large array."""
    if np.size(node.value) > SAMPLE:
        return {}
    ones = np.ones(values.shape(graph.output.value))
    with widened(graph):
        return slopes(node.value, loss_of(graph, node, ones))


def rounded_on_the_way(graph, node):
    """The gradient of a person who rounds each upstream one to two decimals, as the slides do."""
    if any(np.ndim(n.value) for n in graph.nodes):
        return None
    places = [(gate, slot) for gate, slot in places_of(graph, node) if gate.grad is not None]
    shares = (share_from(gate, slot, two_decimals(gate.grad)) for gate, slot in reversed(places))
    return sum(shares, 0.0)


def two_decimals(number):
    """Rounded half away from zero, as a person rounds; NaN and inf stay."""
    return float(np.copysign(np.floor(abs(number) * 100.0 + 0.5) / 100.0, number))


# ── an answer beside the truth ───────────────────────────────────────────────────────────────────


def compare(name, yours, truth):
    """The report on one answer."""
    if yours is None or yours is ...:
        return Report(WRONG, [sentence("not_answered", name=name)], "not_answered")
    try:
        yours = values.as_value(as_written(yours), name)
    except GraphError as error:
        return Report(WRONG, str(error).splitlines(), "not_a_number")
    if close(yours, truth.value):
        return right("answer_right", name, yours, truth.value)
    if as_shown(yours, truth.value):
        return right("answer_rounded", name, yours, truth.value)
    if is_measured(yours, truth):
        return right("answer_right", name, yours, yours)
    if truth.on_the_way is not None and as_shown(yours, truth.on_the_way):
        return right("answer_on_the_way", name, yours, truth.value)
    return wrong_answer(name, yours, truth)


def as_written(yours):
    """A fraction as a float, and a mask of True and False as ones and zeros."""
    if isinstance(yours, Fraction | Decimal):
        return float(yours)
    is_mask = isinstance(yours, np.ndarray) and yours.dtype == bool
    return yours.astype(float) if is_mask else yours


def as_shown(yours, truth):
    """Is `yours` the truth, rounded to the decimals that `yours` shows, two at least?"""
    return same_shape(yours, truth) and bool(np.all(shown(yours, truth)))


def shown(yours, truth):
    """The same for each entry. What is rounded must be small beside the largest entry: 0 is not
    0.0033, rounded."""
    decimals = max(map(decimals_of, np.ravel(yours)), default=2)
    largest = np.max(np.abs(truth), initial=0.0, where=np.isfinite(truth))
    room = max(1e-9, min(0.5000001 * 10.0**-decimals, 0.999 * largest))
    return np.isclose(yours, truth, rtol=1e-6, atol=room)


def decimals_of(number):
    """How many decimals a number is written with, two at least."""
    return max(2, -Decimal(repr(float(number))).as_tuple().exponent) if np.isfinite(number) else 2


def is_measured(yours, truth):
    """Is it what nudges measure, where the graph itself has no number (0/0 on the way)?"""
    if not truth.measured or not same_shape(yours, truth.value) or not np.isnan(truth.value).any():
        return False
    entries = [(np.asarray(yours)[index], slope) for index, slope in truth.measured.items()]
    return all(s.is_known and np.isclose(x, s.value, atol=1e-9) for x, s in entries)


def right(code, name, yours, truth):
    """A ✓ report on one answer."""
    facts = {"yours": brief(yours), "truth": brief(truth)}
    if code == "answer_rounded" and np.size(yours) > MANY:
        index = index_of_largest(np.abs(np.subtract(yours, truth)))
        code, truth_there = "answer_rounded_entry", short(np.asarray(truth)[index])
        facts = {"entry": entry(name, index), "truth": truth_there}
    return Report(
        RIGHT, [sentence(code, name=name, **facts)], None, [Row(name, yours, truth, RIGHT)]
    )


def wrong_answer(name, yours, truth):
    """A ✗ report on one answer. Its reason names the known mistakes that fit."""
    fits = same_shape(yours, truth.value)
    reasons = [
        both(code for code, number in known if as_shown(yours, number))
        for known in (truth.mistakes, truth.further)
    ]
    reason = reasons[0] or reasons[1] or (None if fits else shape_reason(truth.value, truth.kind))
    code = "answer_wrong" if truth.kind in ("grad", "by hand") else "value_wrong"
    code += "_array" if values.shape(yours) else ""
    is_one = fits and np.ndim(yours) == 0
    text = pair(yours, truth.value)["yours"] if is_one else brief(yours)
    numbers = numbers_line(name, yours, truth, is_told=is_second_miss(name, yours, truth))
    lines = [sentence(code, name=name, yours=text), numbers, advice_on(reason, truth.kind)]
    return Report(WRONG, lines, reason, [Row(name, yours, truth.value, WRONG)])


def advice_on(reason, kind):
    """What to do about the mistakes that fit; where none does, what helps with this kind."""
    if reason == "wrong_shape" and kind != "grad":
        return because("shape_of_value")
    return because(reason or ADVICE[kind])


misses = {}  # {exercise: the wrong answers to it so far, each once}


def is_second_miss(name, yours, truth):
    """Was there another wrong answer before? The first one is told its reason, not the number."""
    exercise = name, truth.kind, np.asarray(truth.value).tobytes()
    answers = misses.setdefault(exercise, [])
    if (answer := np.asarray(yours).tobytes()) not in answers:
        answers.append(answer)
    return answers.index(answer) > 0


def numbers_line(name, yours, truth, is_told):
    """Where yours is most wrong; if `is_told`, beside the right number. "" for one number alone."""
    if not same_shape(yours, truth.value):
        return shapes_line(yours, truth.value)
    index = worst_entry(yours, truth)
    slope, code = truth.measured.get(index), "computed"
    right = np.asarray(truth.value)[index]
    if slope and slope.is_known:
        right, code = slope.value, "measured"
    if truth.kind in ("number", "by hand") or not is_told:
        code = "yours"  # the right number is not given away
    if code == "yours" and not index:
        return ""  # it stands in the line above
    code += "_entry" if index else ""
    return entry_line(code, name, index, yours, right)


def worst_entry(yours, truth):
    """The index where yours is most wrong; not at a kink, and by nudges where truth is NaN."""
    right = np.array(truth.value, dtype=np.float64)
    for index, slope in truth.measured.items():
        if slope.is_kink or np.isnan(right[index]):
            right[index] = np.asarray(yours)[index] if slope.is_kink else slope.value
    return index_of_largest(np.nan_to_num(np.abs(np.subtract(yours, right)), nan=np.inf))
