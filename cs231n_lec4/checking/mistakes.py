"""Known mistakes that are in play: the same ones for the checks and for the quiz.

The formulas stand in `table.py`. An answer that equals the number of one gets its reason; its
sentence stands in `words.REASONS`. Where two mistakes give the answer, both are named.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ..guidance.refusals import graph_expected
from .graphs import differentiable
from .numbers import is_nan, plain, same
from .table import rows_of_a_gradient, rows_of_a_value
from .uses import differentiated, places_of, readings, share_from

ROWS = {"grad": rows_of_a_gradient, "value": rows_of_a_value}

# ── which rows are in play ───────────────────────────────────────────────────────────────────────


@dataclass
class Mistake:
    """What one mistake gives at each point."""

    code: str
    formula: Any
    numbers: list


def in_play(points, kind="grad"):
    """The mistakes that can differ from the right number, in the order of the table.

    `points` are Readings of one value; `kind` is "grad" or "value", what a student is asked for.
    """
    truths, found = [getattr(at, kind) for at in points], []
    for code, formula in ROWS[kind](points) if points else []:
        numbers = [formula(at) for at in points]
        if any(x is None for x in numbers) or all(map(is_right, numbers, truths)):
            continue
        found.append(Mistake(code, formula, [plain(x) for x in numbers]))
    return found


def told_apart(mistakes):
    """`[codes, twins]`: together all mistakes that give the same number everywhere."""
    groups = []
    for mistake in mistakes:
        alike = (g for g in groups if all(map(is_twin, g[0].numbers, mistake.numbers)))
        if (twins := next(alike, None)) is None:
            groups.append(twins := [])
        twins.append(mistake)
    return [(list(dict.fromkeys(twin.code for twin in twins)), twins) for twins in groups]


def is_right(number, truth):
    """Is this the right number after all, or not in play at this point?"""
    return is_nan(number) or same(number, truth)


def is_twin(x, y):
    """Do two mistakes give the same at this point?"""
    return is_nan(x) == is_nan(y) and (is_nan(x) or same(x, y))


def at_entry(mistakes, truths, index):
    """The same mistakes at one entry of an array, where it is wrong; `truths` at the same points.

    Of an answer with more axes than the array, each of its numbers there is one term of a sum.
    """
    right = [truth[index] for truth in truths]
    for mistake in mistakes:
        for place in places_at(np.shape(mistake.numbers[0]), np.shape(truths[0]), index):
            numbers = [plain(x[place]) for x in mistake.numbers]
            if not all(map(is_right, numbers, map(plain, right))):
                code = mistake.code if len(place) == len(index) else "one_term_of_a_sum"
                yield Mistake(code, partial(picked, mistake.formula, place), numbers)


def places_at(wrong, shape, index):
    """Where an answer of the shape `wrong` says something of this entry."""
    if wrong[len(wrong) - len(shape) :] != shape:
        return []
    return [(*lead, *index) for lead in np.ndindex(wrong[: len(wrong) - len(shape)])]


def picked(formula, place, at):
    """One entry of what a formula gives."""
    return formula(at)[place]


# ── the table, asked about a graph ───────────────────────────────────────────────────────────────


def known_mistakes(graph, node):
    """`{reason code: wrong number}` for the gradient of the output with respect to `node`.

    `node` is a node or its name. Numbers that equal the right gradient are left out; each has
    its shape. Not in the lecture. Raises GraphError for a constant: it has no gradient.
    """
    graph_expected(graph, "known_mistakes")
    return first_of_each(wrong_gradients(graph, differentiable(graph, node)))


def wrong_gradients(graph, node):
    """Every `(code, wrong number)` for the gradient with respect to a node."""
    return wrong_numbers(readings(graph, [node])[node], "grad")


MASK = ("wrong_mask", "max_gives_value", "flat_below_zero")


def slips_at_the_next_mask(graph, node):
    """`(code, wrong number)` where the value's only gate got its upstream through a wrong mask.

    So for W in relu(x @ W): nobody asked for the gradient between the two.
    """
    places = places_of(graph, node)
    if len(places) != 1:
        return []
    [(gate, slot)] = places
    known = [(code, number) for code, number in wrong_gradients(graph, gate) if code in MASK]
    with differentiated(graph):
        return [(code, share_from(gate, slot, upstream)) for code, upstream in known]


def wrong_values(graph, gate):
    """Every `(code, wrong number)` for the forward pass of one gate; none for an input."""
    return wrong_numbers(readings(graph, [gate])[gate], "value") if gate.inputs else []


def wrong_numbers(points, kind):
    """`(code, wrong number)` at the first point, where that is not the right number."""
    found = [(mistake.code, mistake.numbers[0]) for mistake in in_play(points, kind)]
    return [(code, x) for code, x in found if not is_right(x, getattr(points[0], kind))]


def first_of_each(found):
    """A dict with the first number of each code."""
    numbers = {}
    for code, number in found:
        numbers.setdefault(code, number)
    return numbers
