"""Checks of notebook 08: counts of a net, the two-layer function, the feed-forward pass.

Each gives a Report and never raises. A wrong answer is told its reason where one known mistake
gives it.
"""

from itertools import product

import numpy as np

from ..checking.answers import Truth, compare, named_report
from ..checking.reports import WRONG, Report, because, safely, sentence
from ..guidance.errors import GraphError
from .networks import count_of, sigmoid, three_layer_forward, two_layer_scores

# ── counting ─────────────────────────────────────────────────────────────────────────────────────


def check_counts(answers, *sizes):
    """Check `{"layers": …, "neurons": …, "parameters": …}` of the net of these sizes (slide 97)."""
    return safely("check_counts", counts_report, answers, sizes)


def counts_report(answers, sizes):
    """The first wrong answer, or that all are right."""
    return named_report(answers, counts_and_mistakes(sizes))


def counts_and_mistakes(sizes):
    """The right counts of a net, each with what is often said instead."""
    count, layers = count_of(*sizes), len(sizes) - 1
    neurons, weights, parameters = count.neurons, count.weights, count.parameters
    return {
        "layers": Truth(layers, [("input_counted", layers + 1), ("hidden_only", layers - 1)]),
        "neurons": Truth(
            neurons,
            [("input_counted", sum(sizes)), ("hidden_only", sum(sizes[1:-1]))],
        ),
        "parameters": Truth(
            parameters,
            [
                ("biases_forgotten", weights),
                ("input_has_biases", parameters + sizes[0]),
                ("one_bias_a_layer", weights + layers),
                ("units_not_weights", neurons),
                ("units_not_weights", sum(sizes)),
                ("layers_multiplied", int(np.prod(sizes))),
                ("last_layer_forgotten", weights - sizes[-2] * sizes[-1]),
                ("last_layer_forgotten", parameters - (sizes[-2] + 1) * sizes[-1]),
                ("one_layer", sizes[0] * sizes[-1]),
                ("one_layer", (sizes[0] + 1) * sizes[-1]),
            ],
        ),
    }


# ── functions that a student writes ──────────────────────────────────────────────────────────────

SMALL = (  # W1, W2, x: every known mistake gives another number
    np.array([[1.0, 2.0], [-1.0, 1.0], [0.5, -3.0]]),
    np.array([[1.0, -2.0, 3.0]]),
    np.array([-1.0, 2.0]),
)


def check_two_layers(function):
    """Check `function(W1, W2, x)`: f = W2 max(0, W1 x), with x of shape (2,)."""
    return safely("two_layers", two_layers_report, function)


def two_layers_report(function):
    """The report on one result."""
    W1, W2, x = SMALL
    mistakes = [
        ("max_on_the_input", W2 @ (W1 @ np.maximum(0, x))),
        ("no_activation", W2 @ (W1 @ x)),
        ("activation_on_output", np.maximum(0, two_layer_scores(W1, W2, x)[0])),
    ]
    truth = two_layer_scores(W1, W2, x)[0]
    return function_report(function, SMALL, truth, mistakes, "matrices_of_two")


def check_feed_forward(function):
    """Check `function(x, W1, b1, W2, b2, W3, b3, f)`: the pass of slide 99, with f a sigmoid."""
    return safely("feed_forward", feed_forward_report, function)


def feed_forward_report(function):
    """The report on one result."""
    random = np.random.default_rng(1)
    shapes = [(3, 1), (4, 3), (4, 1), (4, 4), (4, 1), (1, 4), (1, 1)]
    numbers = [random.normal(size=shape) for shape in shapes]
    truth = three_layer_forward(*numbers)[0]
    mistakes = wrong_passes(*numbers)
    return function_report(function, [*numbers, sigmoid], truth, mistakes, "matrices_of_three")


def wrong_passes(x, W1, b1, W2, b2, W3, b3):
    """What known mistakes give in place of slide 99."""

    def none(z):
        return z

    def run(f1=sigmoid, f2=sigmoid, f3=none, keep=(1, 1, 1)):
        a, b, c = keep
        return f3(W3 @ f2(W2 @ f1(W1 @ x + a * b1) + b * b2) + c * b3)

    h1 = sigmoid(W1 @ x) + b1
    late = W3 @ (sigmoid(W2 @ h1) + b2) + b3
    without = [run(keep=keep) for keep in product((0, 1), repeat=3) if keep != (1, 1, 1)]
    return [
        *[("bias_not_added", out) for out in without],
        ("activation_on_output", run(f3=sigmoid)),
        ("no_activation", run(none, none)),
        ("one_activation_missing", run(f1=none)),
        ("one_activation_missing", run(f2=none)),
        ("bias_after_activation", late),
    ]


def function_report(function, inputs, truth, mistakes, shapes):
    """The report on what a student's function returns. `shapes` says what the matrices take."""
    name = getattr(function, "__name__", repr(function))
    try:
        yours = function(*[np.copy(i) if isinstance(i, np.ndarray) else i for i in inputs])
    except Exception as error:
        return stopped_report(name, error, shapes)
    if yours is None or yours is ...:
        return Report(WRONG, [sentence("nothing_returned", name=name)], "not_answered")
    if np.size(yours) != 1:
        facts = {"got": np.shape(yours), "expected": np.shape(truth)}
        raise GraphError("unexpected_shape", name=name, **facts)
    wrong = [(code, float(np.sum(number))) for code, number in mistakes]
    return compare("f", float(np.sum(yours)), Truth(float(np.sum(truth)), wrong))


def stopped_report(name, error, shapes):
    """The report on a function that stopped: matrices that do not fit, or Python's own words."""
    if isinstance(error, ValueError) and "matmul" in str(error):
        lines = [sentence("product_impossible", name=name), because(shapes)]
        return Report(WRONG, lines, shapes)
    problem = f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"
    lines = [sentence("stopped", where=name), problem, because("function_stops")]
    return Report(WRONG, lines, "function_stops")
