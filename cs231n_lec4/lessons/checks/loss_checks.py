"""Checks of notebook 07: the first losses, a softmax by hand, two backward passes for a batch."""

import numpy as np

from ...checking.answers import Truth, compare, named_report
from ...checking.reports import safe
from ...engine.arrays import SoftmaxLossGate
from .function_checks import first_wrong, scores_report, several_report


@safe("check_first_losses")
def check_first_losses(answers, classes):
    """Check `{"softmax": …, "hinge": …}`: the losses of so many equal scores (margin 1)."""
    return named_report(answers, first_losses(classes))


def first_losses(classes):
    """Both losses, each with what is often said instead."""
    softmax = [
        ("probability_not_loss", 1 / classes),
        ("log_of_probability", np.log(1 / classes)),
        ("other_logarithm", np.log10(classes), np.log2(classes)),
        ("sum_over_classes", classes * np.log(classes)),
        ("right_class_left_out", np.log(classes - 1)),
    ]
    hinge = [
        ("right_class_counted", classes),
        ("margin_forgotten", 0.0),
        ("one_wrong_class", 1.0),
        ("mean_over_classes", (classes - 1) / classes),
        ("sign", 1.0 - classes),
    ]
    return {"softmax": Truth(np.log(classes), softmax), "hinge": Truth(classes - 1.0, hinge)}


@safe("scores")
def check_softmax_gradient(yours, p, right):
    """Check the gradient of L with respect to the scores: p, and one less for the right class."""
    return compare("scores", yours, softmax_gradient(np.asarray(p), right))


def softmax_gradient(p, right):
    """The gradient, with what is often said instead."""
    one = np.eye(len(p))[right]
    mistakes = [
        ("nothing_subtracted", p),
        ("sign", one - p),
        ("one_subtracted_everywhere", p - 1),
        ("right_class_alone", (p - 1) * one),
        ("right_class_lost_p", p * (1 - one)),
        ("gave_minus_p", p - 2 * p * one),
        ("gave_one_minus_p", 1 - p, np.where(one == 1, 1 - p, p)),
        ("gave_one_minus_p", np.where(one == 1, 1 - p, p - 1), np.where(one == 1, p - 1, 1 - p)),
        ("one_added", p + one),
        ("other_class", *(p - np.eye(len(p))[k] for k in range(len(p)) if k != right)),
        ("probability_not_gradient", -np.log(p[right])),
    ]
    return Truth(p - one, mistakes)


# ── backward passes of a batch ───────────────────────────────────────────────────────────────────


FEATURES = 3  # numbers of an example


def batch(examples, classes, seed):
    """X, W and the right classes y of a small batch."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(examples, FEATURES))
    W = random.normal(size=(FEATURES, classes))
    return X, W, random.integers(classes, size=examples)


BATCHES = (batch(4, 3, seed=7), batch(5, 4, seed=1))
LAMBDAS = (0.1, 0.7)


@safe("svm_backward")
def check_svm_backward(function):
    """Check `function(X, W, y, reg)`: the gradients of the mean hinge loss and of reg · ΣW²."""
    reports = [
        several_report(
            function,
            (X, W, y, reg),
            "matrices_of_batch",
            {"dscores": hinge_gradient(X @ W, y), "dpenalty": penalty_gradient(W, reg, len(X))},
            "scores and penalty",
        )
        for (X, W, y), reg in zip(BATCHES, LAMBDAS, strict=True)
    ]
    return first_wrong(reports, "unknown")


def hinge_gradient(scores, y):
    """The gradient of the mean hinge loss with respect to the scores (N, C), and mistakes."""
    count, one = len(scores), np.eye(scores.shape[1])[y]
    margins = np.maximum(0, scores - scores[np.arange(count), y][:, None] + 1) * (1 - one)
    open_ = (margins > 0) * 1.0
    whole = open_ - one * open_.sum(axis=1, keepdims=True)
    ahead = (margins > 1) * 1.0
    without_margin = ahead - one * ahead.sum(axis=1, keepdims=True)
    other_counts = scores.size, scores.shape[1], FEATURES
    mistakes = [
        ("forgot_divide_by_n", whole),
        ("divided_by_another_number", *(whole / n for n in other_counts)),
        ("right_class_counted", (whole - one) / count),
        ("margin_forgotten", without_margin / count),
        ("right_class_once", (open_ - one) / count),
        ("right_class_forgotten", open_ / count),
        ("margins_not_ones", (margins - one * margins.sum(axis=1, keepdims=True)) / count),
        ("sign", -whole / count),
    ]
    return Truth(whole / count, mistakes, kind="by hand")


def penalty_gradient(W, reg, count):
    """The gradient of reg · ΣW² with respect to W, and mistakes."""
    right = 2 * reg * W
    mistakes = [
        ("factor_two", right / 2, right * 2),
        ("lambda_forgotten", 2 * W),
        ("not_differentiated", reg * W**2, 2 * reg * W**2),
        ("penalty_has_no_mean", right / count),
        ("penalty_summed", np.sum(right)),
        ("sign", -right),
    ]
    return Truth(right, mistakes, kind="by hand")


@safe("softmax_backward")
def check_softmax_backward(function):
    """Check `function(scores, y)`: the gradient of the mean softmax loss of scores (N, C)."""
    given = [(X @ W, y) for X, W, y in BATCHES]
    return scores_report(function, given, mean_softmax_gradient, "matrices_of_batch")


def mean_softmax_gradient(scores, y):
    """The gradient of the mean softmax loss with respect to the scores (N, C), and mistakes."""
    count, one = len(scores), np.eye(scores.shape[1])[y]
    gate = SoftmaxLossGate(labels=y)
    gate.forward(scores)
    [right] = gate.backward(1.0)
    p = gate.p
    e, rows = np.exp(scores), p.copy()
    rows[y] -= 1
    of_one = [
        ("nothing_subtracted", p),
        ("right_class_lost_p", p * (1 - one), p * (1 - one) - one),
        ("gave_one_minus_p", np.where(one == 1, 1 - p, p)),
        ("one_added", p + one),
        ("labels_subtracted", p - y[:, None]),
        ("one_subtracted_everywhere", p - 1),
        ("rows_not_entries", rows),
        ("p_not_by_row", e / e.sum() - one, e / e.sum(axis=0) - one),
    ]
    mistakes = [
        ("forgot_divide_by_n", count * right),
        ("divided_by_another_number", right / scores.shape[1], count * right / scores.shape[1]),
        ("one_part_divided", p - one / count, np.where(one == 1, right, p)),
        ("sign", -right),
        *[(code, *(number / count for number in numbers)) for code, *numbers in of_one],
        *of_one,  # and no mean either: the first of two slips is told
    ]
    return Truth(right, mistakes, kind="by hand")
