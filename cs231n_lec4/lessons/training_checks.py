"""Checks of notebook 09: the shapes of the weights, the backward pass, one step of training.

Each gives a Report and never raises. A wrong answer is told its reason where one known mistake
gives it.
"""

import operator

import numpy as np

from .. import words
from ..checking.answers import Truth, named_report
from ..checking.reports import RIGHT, WRONG, Report, because, safely, sentence
from .networks import two_layer_gradients

SIZES = {"D_in": 3, "H": 5, "D_out": 2}
OTHER_SIZES = {"D_in": 4, "H": 2, "D_out": 6}
RATE = 0.1


def check_weight_shapes(function):
    """Check `function(N, D_in, H, D_out)`: the shapes of W1 and W2 (slide 88)."""
    return safely("weight_shapes", shapes_report, function)


def shapes_report(function):
    """The first net whose shapes are wrong, or that both have the right ones."""
    report = shapes_of_net(function, SIZES)
    return report and shapes_of_net(function, OTHER_SIZES)


def shapes_of_net(function, sizes):
    """The shapes for two batch sizes; N may not matter."""
    D_in, H, D_out = sizes.values()
    right = ((D_in, H), (H, D_out))
    answer = function(N=4, **sizes)
    if as_shapes(answer) is None:
        return other_kind("weight_shapes", answer, "two shapes")
    found = {4: as_shapes(answer), 7: as_shapes(function(N=7, **sizes))}
    if set(found.values()) == {right}:
        return Report(RIGHT, [sentence("shapes_right")])
    transposed = tuple(shape[::-1] for shape in right)
    reason = "rows_are_outputs" if found[4] == transposed else None
    reason = reason if found[4] == found[7] else "batch_as_width"
    line = sentence("shapes_wrong", first=found[4], second=found[7], **sizes)
    return Report(WRONG, [line, because(reason or "neighbours_agree")], reason)


def as_shapes(answer):
    """What a student returned, as tuples of whole numbers; None if it is something else."""
    try:
        return tuple(tuple(map(operator.index, shape)) for shape in answer)
    except TypeError:
        return None


def other_kind(name, answer, expected):
    """The report on a function that returned something else, or nothing."""
    if answer is None:
        return Report(WRONG, [sentence("nothing_returned", name=name)], "not_answered")
    line = sentence("other_kind_returned", name=name, expected=words.RETURNS[expected])
    return Report(WRONG, [line], "wrong_return")


def numbers():
    """x, y, w1 and w2 in which every known mistake gives other numbers."""
    random, (D_in, H, D_out) = np.random.default_rng(2), SIZES.values()
    return [random.normal(size=shape) for shape in ((4, D_in), (4, D_out), (D_in, H), (H, D_out))]


def check_backward_pass(function):
    """Check `function(x, y, h, y_pred, w2)`: `{"w1": …, "w2": …}`, the gradients of slide 88."""
    return safely("backward_pass", backward_report, function)


def backward_report(function):
    """The first wrong gradient, or that both are right."""
    x, y, w1, w2 = numbers()
    _, h, grad_w1, grad_w2 = two_layer_gradients(x, y, w1, w2)
    upstream = 2 * (h @ w2 - y)
    grad_h = upstream @ w2.T
    yours = function(*map(np.copy, (x, y, h, h @ w2, w2)))
    if not isinstance(yours, dict):
        return other_kind("backward_pass", yours, "two gradients")
    mistakes = {
        "w2": [
            ("transposed", grad_w2.T),
            ("input_in_place_of_h", x.T @ upstream),
            ("factor_two", grad_w2 / 2),
        ],
        "w1": [
            ("slope_forgotten", x.T @ grad_h),
            ("slope_has_two_factors", x.T @ (grad_h * h)),
            ("slope_has_two_factors", x.T @ (grad_h * (1 - h))),
            ("transposed", grad_w1.T),
        ],
    }
    truths = {"w2": grad_w2, "w1": grad_w1}
    known = {n: Truth(truths[n], mistakes[n], kind="grad") for n in truths}
    return named_report({n: yours.get(n) for n in known}, known)


def check_training_step(function):
    """Check `function(x, y, w1, w2, rate)`: the two weights after one update, in new arrays."""
    return safely("training_step", step_report, function)


def step_report(function):
    """The first wrong weight, or that both are right."""
    given = numbers()
    copies = [np.copy(array) for array in given]
    yours = function(*copies, RATE)
    if not isinstance(yours, list | tuple) or len(yours) != 2:
        return other_kind("training_step", yours, "two weights")
    if any((copy != array).any() for copy, array in zip(copies, given, strict=True)):
        lines = [sentence("arrays_changed"), because("changed_in_place")]
        return Report(WRONG, lines, "changed_in_place")
    return named_report(dict(zip(("w1", "w2"), yours, strict=True)), updates_and_mistakes(*given))


def updates_and_mistakes(x, y, w1, w2):
    """The right weights, each with what known mistakes give."""
    _, _, grad_w1, grad_w2 = two_layer_gradients(x, y, w1, w2)
    late = two_layer_gradients(x, y, w1 - RATE * grad_w1, w2)[3]
    truths = {}
    for name, w, grad in (("w1", w1, grad_w1), ("w2", w2, grad_w2)):
        mistakes = [
            ("not_updated", w),
            ("uphill", w + RATE * grad),
            ("rate_forgotten", w - grad),
            ("step_without_weight", -RATE * grad),
            ("step_without_weight", RATE * grad),
            ("step_without_weight", grad),
        ]
        truths[name] = Truth(w - RATE * grad, mistakes)
    truths["w2"].mistakes.append(("updated_too_early", w2 - RATE * late))
    return truths
