"""Checks of notebook 07: the first losses, and the gradient of a softmax loss by hand.

Each gives a Report and never raises. A wrong answer is told its reason where a known mistake gives
it.
"""

import numpy as np

from ..checking.answers import Truth, compare, named_report
from ..checking.reports import safely


def check_first_losses(answers, classes):
    """Check `{"softmax": …, "hinge": …}`: the losses of so many equal scores (margin 1)."""
    return safely("check_first_losses", named_report, answers, first_losses(classes))


def first_losses(classes):
    """Both losses, each with what is often said instead."""
    softmax = [
        ("probability_not_loss", 1 / classes),
        ("log_of_probability", np.log(1 / classes)),
        ("other_logarithm", np.log10(classes)),
        ("other_logarithm", np.log2(classes)),
        ("sum_over_classes", classes * np.log(classes)),
    ]
    hinge = [
        ("right_class_counted", classes),
        ("margin_forgotten", 0.0),
        ("one_wrong_class", 1.0),
        ("mean_over_classes", (classes - 1) / classes),
    ]
    return {"softmax": Truth(np.log(classes), softmax), "hinge": Truth(classes - 1.0, hinge)}


def check_softmax_gradient(yours, p, right):
    """Check the gradient of L with respect to the scores: p, and one less for the right class."""
    return safely("scores", compare, "scores", yours, softmax_gradient(np.asarray(p), right))


def softmax_gradient(p, right):
    """The gradient, with what is often said instead."""
    one = np.eye(len(p))[right]
    mistakes = [
        ("nothing_subtracted", p),
        ("sign", one - p),
        ("one_subtracted_everywhere", p - 1),
        ("right_class_alone", (p - 1) * one),
        ("right_class_set_to_zero", p * (1 - one)),
        ("gave_one_minus_p", np.where(one == 1, 1 - p, p)),
        ("gave_one_minus_p", 1 - p),
        *[("other_class", p - np.eye(len(p))[k]) for k in range(len(p)) if k != right],
        ("probability_not_gradient", -np.log(p[right])),
    ]
    return Truth(p - one, mistakes)
