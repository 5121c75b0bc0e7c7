"""Checks of notebook 12: the backward pass of a layer, and of a loss whose slope cancels."""

import numpy as np

from ...checking.answers import Truth
from ...checking.reports import RIGHT, Report, safe, sentence
from ...engine.gates import sigmoid
from .function_checks import scores_report, several_report

# ── a layer ──────────────────────────────────────────────────────────────────────────────────────

LAYERS = ((4, 3, 2), (5, 2, 6))  # N, D, M


@safe("layer_backward")
def check_layer(forward, backward):
    """Check `backward(dout, cache)`: the gradients with respect to X, W and b, in this order.

    The cache is the one that the student's own `forward(X, W, b)` returns.
    """
    for sizes in LAYERS:
        X, W, b, dout = numbers(*sizes)
        _, cache = forward(X, W, b)
        told = "matrices_of_layer", layer_gradients(X, W, dout), "three gradients"
        report = several_report(backward, (dout, cache), *told, locked=True)
        if not report:
            return report
    return Report(RIGHT, [sentence("layer_right", count=len(LAYERS))])


def numbers(N, D, M):
    """X, W, b and dout of a layer, in arrays that cannot be changed."""
    random = np.random.default_rng(N)
    arrays = [random.normal(size=shape) for shape in ((N, D), (D, M), (M,), (N, M))]
    for array in arrays:
        array.flags.writeable = False
    return arrays


def layer_gradients(X, W, dout):
    """The three gradients, each with what known mistakes give."""
    count, one = len(X), np.ones_like(dout)
    right = {"dX": dout @ W.T, "dW": X.T @ dout, "db": dout.sum(axis=0)}
    mistakes = {
        "dX": [("forgot_upstream", one @ W.T)],
        "dW": [("forgot_upstream", X.T @ one)],
        "db": [
            ("missing_sum_over_broadcast", dout),
            ("summed_over_outputs", dout.sum(axis=1)),
            ("summed_over_all", dout.sum()),
            ("forgot_upstream", one.sum(axis=0), one[0]),
            ("one_path_of_two", *dout),
        ],
    }
    for name, truth in right.items():
        mistakes[name] += [("mean_of_shares", truth / count), ("sign", -truth)]
        mistakes[name] += [("factor_two", 2 * truth, truth / 2)]
        mistakes[name] += [("transposed", truth.T)] if truth.ndim == 2 else []
        mistakes[name] += [("other_gradient", *(x for x in right.values() if x is not truth))]
    return {n: Truth(truth, mistakes[n], kind="by hand") for n, truth in right.items()}


# ── sigmoid and cross-entropy ────────────────────────────────────────────────────────────────────

ANSWERS = (
    (np.array([2.0, -1.0, 0.5, -3.0, 1.5]), np.array([1.0, 1.0, 0.0, 0.0, 1.0])),
    (np.array([-0.7, 1.2, 0.3]), np.array([0.0, 1.0, 1.0])),
)


@safe("loss_backward")
def check_loss_backward(function):
    """Check `function(scores, y)`: the gradient of the mean binary cross-entropy, p = σ(score)."""
    return scores_report(function, ANSWERS, loss_gradient, "function_stops")


def loss_gradient(scores, y):
    """The gradient, with what known mistakes give."""
    p, count = sigmoid(scores), len(scores)
    slope = p * (1 - p)
    rows = [
        ("label_not_subtracted", p),
        ("right_for_yes_alone", p - 1),
        ("sign", y - p),
        ("slope_not_cancelled", (p - y) * slope),
        ("stopped_at_p", (p - y) / slope, -y / p),
        ("score_in_place_of_p", scores - y),
        ("factor_two", 2 * (p - y)),
    ]
    mistakes = [("forgot_divide_by_n", p - y), ("one_mean", (p - y).mean())]
    mistakes += [(code, *(number / count for number in numbers)) for code, *numbers in rows]
    mistakes += rows  # and no mean either: the first of two slips is told
    return Truth((p - y) / count, mistakes, kind="by hand")
