"""Does a gate answer an exercise? It is a student's own, has that forward, and does not nudge."""

from contextlib import suppress

import numpy as np

from .numbers import nearly, same_shape
from .reports import RIGHT, WRONG, Report, sentence, wrong
from .trials import other_points, upstream_for


def answers_other_exercise(where, tried, inputs, computes):
    """The ✗ report on a gate whose forward is not `computes`, or the package's; else None."""
    if getattr(tried.kind, "is_ours", False):
        return Report(WRONG, [sentence("not_yours", where=where)], "not_yours")
    for point in (inputs, *other_points(inputs)):
        truth = np.asarray(computes(*point))
        if not np.isfinite(truth).all():
            continue  # such as log(-3)
        if not nearly(tried.forward(tried.fresh(), point), truth):
            return wrong("other_forward", sentence("forward_wrong", where=where))
    return None


def unless_nudged(report, where, tried, inputs):
    """The report; a ✗ one where backward is right, but by nudges of its own forward."""
    if report.mark != RIGHT or not nudges_forward(tried, inputs):
        return report
    line = sentence("nudges_inside", where=where)
    return wrong("nudges_inside", line, rows=report.rows)


def nudges_forward(tried, inputs):
    """Does backward call forward near the inputs? At the very inputs it may: that saves memory."""
    gate, seen = tried.fresh(), []
    upstream = upstream_for(tried.forward(gate, inputs), None)
    forward = gate.forward

    def recorded(*point):
        seen.append(point)
        return forward(*point)

    with suppress(AttributeError):  # a class with __slots__
        gate.forward = recorded
    tried.backward(gate, upstream, inputs)
    return any(is_near(point, inputs) for point in seen)


def is_near(point, inputs):
    """Are these the inputs, moved a little?"""
    pairs = list(zip(point, inputs, strict=False))
    if not all(same_shape(x, y) for x, y in pairs):
        return False
    moves = [np.max(np.abs(np.subtract(x, y)), initial=0.0) for x, y in pairs]
    return 0.0 < max(moves, default=0.0) < 0.1
