"""Checks of backward passes and graphs that a student writes, and of pairs of lucky numbers."""

import numpy as np

from ... import words
from ...checking.answers import check_answer
from ...checking.reports import RIGHT, WRONG, Report, safe, sentence, short, wrong
from ...checking.trials import name_of
from ...engine.gate import Gate
from ...guidance.errors import GraphError
from ...guidance.refusals import graph_expected
from .function_checks import called_with, first_wrong, on_answer

# ── notebooks 01 and 03 ──────────────────────────────────────────────────────────────────────────


def check_pass(function, graph, *points, asked):
    """Check a backward pass by hand: `function(x, y)` returns the gradients of `graph(x, y)`.

    It is called at each of the `points`, so that no number known by heart is right; `asked` are
    the names of the gradients. Returns a Report; never raises.
    """
    return first_wrong([pass_report(function, graph, point, asked) for point in points], "unknown")


def pass_report(function, graph, point, asked):
    """The report on one call, with the numbers of that call: so one can make it again."""

    def judge(yours):
        report = check_answer(graph(*point), yours, asked=asked)
        if not report and report.rows:
            numbers = " ".join([*report.lines[1:-1], called_with(function, point)])
            report.lines = (report.lines[0], numbers, report.lines[-1])
        return report

    return on_answer(function, point, "matrices", judge)


@safe("check_own_graph")
def check_own_graph(graph, answers, seen):
    """Check gradients of a graph that a student built: two gates at least, and not `seen` again.

    Every input needs its answer. Returns a Report; never raises.
    """
    if graph is None or graph is ...:
        return Report(WRONG, [sentence("own_graph_missing")], "not_answered")
    graph_expected(graph, "check_own_graph")
    count = sum(isinstance(node, Gate) for node in graph.nodes)
    if count < 2:
        return Report(WRONG, [sentence("own_graph_small", count=count)], "own_graph_small")
    if look_of(graph) == look_of(seen):
        return Report(WRONG, [sentence("own_graph_seen")], "own_graph_seen")
    return check_answer(graph, answers, asked=tuple(graph.inputs))


def look_of(graph):
    """The gates and numbers of a graph, without its names."""
    place = {node: k for k, node in enumerate(graph.nodes)}
    return [(type(n), str(n.value), *(place[x] for x in n.inputs)) for n in graph.nodes]


PATTERNS = {"A": (45.0, 36.0), "B": (0.0, 9.0), "C": (9.0, 9.0)}  # to the 4 and to the 5


@safe("check_patterns")
def check_patterns(**gates):
    """Check which gate is A, B and C: each gets 4 and 5, and 9 from upstream (slides 46-50)."""
    for letter, gate in gates.items():
        if not isinstance(gate, Gate):
            raise GraphError("gate_expected", name=letter, given=name_of(gate))
        gate.forward(4.0, 5.0)
        given = tuple(gate.backward(9.0))
        if given != PATTERNS[letter]:
            facts = {"gate": type(gate).__name__, "given": words.AND.join(map(short, given))}
            return wrong("other_pattern", sentence("pattern_wrong", letter=letter, **facts))
    return Report(RIGHT, [sentence("answers_right", names=", ".join(gates))])


# ── notebook 06 ──────────────────────────────────────────────────────────────────────────────────

WANTED = 2


@safe("pairs")
def check_lucky_pairs(pairs):
    """Check two different pairs (y, dz) with y + dz = y · dz, but for rounding in the computer."""
    try:
        found = np.array([[float(number) for number in pair] for pair in pairs])
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.ndim != 2 or found.shape[1] != 2 or not np.isfinite(found).all():
        return Report(WRONG, [words.RETURNS["pairs"]], "wrong_return")
    for pair in found:
        if not is_lucky(*pair):
            return unlucky_report(*pair)
    count = len(different(found))
    if count >= WANTED:
        return Report(RIGHT, [sentence("pairs_right", count=count)])
    reason = "same_pair" if len(found) > count else "one_pair"
    return wrong(reason, sentence("pairs_so_far", count=count))


def is_lucky(y, dz, off=1e-8):
    """Is the sum the product, but for rounding? y + dz = y · dz says that (y − 1)(dz − 1) = 1: so a
    large number does not hide what is missing."""
    return abs((y - 1) * (dz - 1) - 1) <= off


def different(pairs):
    """The pairs, each once."""
    kept = []
    for pair in pairs:
        if not any(np.allclose(pair, other) for other in kept):
            kept.append(pair)
    return kept


def unlucky_report(y, dz):
    """The report on a pair whose sum and product differ."""
    facts = {"y": short(y), "dz": short(dz), "sum": short(y + dz), "product": short(y * dz)}
    reason = "nearly_equal" if is_lucky(y, dz, 0.05) else "sum_not_product"
    return wrong(reason, sentence("pair_wrong", **facts))
