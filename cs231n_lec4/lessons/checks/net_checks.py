"""Checks of notebook 08: counts of a net, the two-layer function, the feed-forward pass."""

from itertools import product

import numpy as np

from ...checking.answers import Truth, named_report
from ...checking.reports import safe
from ..networks import count_of, sigmoid, two_layer_scores
from .function_checks import function_report

# ── counting ─────────────────────────────────────────────────────────────────────────────────────


@safe("check_counts")
def check_counts(answers, *sizes):
    """Check `{"layers": …, "neurons": …, "parameters": …}` of the net of these sizes (slide 97)."""
    return named_report(answers, counts_and_mistakes(sizes))


def counts_and_mistakes(sizes):
    """The right counts of a net, each with what is often said instead."""
    count, layers = count_of(*sizes), len(sizes) - 1
    neurons, weights, parameters = count.neurons, count.weights, count.parameters
    last = sizes[-2] * sizes[-1]  # weights of the last layer
    return {
        "layers": Truth(layers, [("input_counted", layers + 1), ("hidden_only", layers - 1)]),
        "neurons": Truth(
            neurons,
            [
                ("input_counted", sum(sizes)),
                ("hidden_only", sum(sizes[1:-1])),
                ("outputs_only", sizes[-1]),
                ("input_in_place_of_output", sum(sizes[:-1])),
            ],
        ),
        "parameters": Truth(
            parameters,
            [
                ("biases_forgotten", weights),
                ("input_has_biases", parameters + sizes[0]),
                ("one_bias_a_layer", weights + layers),
                ("some_biases_forgotten", weights + sum(sizes[1:-1]), weights + sizes[-1]),
                ("layers_added_first", sum(sizes[:-1]) * sizes[-1], sizes[0] * neurons),
                ("input_in_place_of_output", weights + sum(sizes[:-1])),
                ("units_not_weights", neurons, sum(sizes)),
                ("layers_multiplied", int(np.prod(sizes))),
                ("last_layer_forgotten", weights - last, parameters - last - sizes[-1]),
                ("last_layer_forgotten", parameters - last),
                ("one_layer", sizes[0] * sizes[-1], (sizes[0] + 1) * sizes[-1]),
            ],
        ),
    }


# ── functions that a student writes ──────────────────────────────────────────────────────────────

SMALL = (  # W1, W2, x: every known mistake gives another number; the second f is negative
    (
        np.array([[1.0, 2.0], [-1.0, 1.0], [0.5, -3.0]]),
        np.array([[2.0, -0.5, 3.0]]),
        np.array([-1.0, 2.0]),
    ),
    (np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([[-1.0, -5.0]]), np.array([1.0, -3.0])),
)


@safe("two_layers")
def check_two_layers(function):
    """Check `function(W1, W2, x)`: f = W2 max(0, W1 x), with x of shape (2,)."""
    return function_report(function, SMALL, two_layers, "matrices_of_two")


def two_layers(W1, W2, x):
    """f, and what known mistakes give in its place."""
    truth, h = two_layer_scores(W1, W2, x)
    sums, above = W1 @ x, np.maximum(0, x)
    mistakes = [
        ("max_on_the_input", W2 @ (W1 @ above), W2 @ np.maximum(0, W1 @ above)),
        ("max_on_the_weights", W2 @ (np.maximum(0, W1) @ x)),
        ("no_activation", W2 @ sums),
        ("mask_in_place_of_max", W2 @ (sums > 0)),
        ("upside_down", W2 @ np.minimum(0, sums)),
        ("another_activation", *(W2 @ f(sums) for f in (np.abs, sigmoid, np.tanh))),
        ("activation_on_output", np.maximum(0, truth)),
        ("max_of_the_output", np.maximum(0, W2 @ sums)),
        ("second_layer_missing", h, np.sum(h)),
    ]
    return as_number(truth, mistakes)


@safe("feed_forward")
def check_feed_forward(function):
    """Check `function(x, W1, b1, W2, b2, W3, b3, f)`: the pass of slide 99, with f a sigmoid."""
    trials = [numbers(seed) for seed in (1, 2)]
    return function_report(function, trials, passes, "matrices_of_three")


def numbers(seed):
    """x, W1, b1, W2, b2, W3, b3 of slide 99, and f."""
    random = np.random.default_rng(seed)
    shapes = [(3, 1), (4, 3), (4, 1), (4, 4), (4, 1), (1, 4), (1, 1)]
    return [*(random.normal(size=shape) for shape in shapes), sigmoid]


def passes(x, W1, b1, W2, b2, W3, b3, f):
    """The output of slide 99, and what known mistakes give in its place."""

    def none(z):
        return z

    def run(f1=f, f2=f, f3=none, inside=(1, 1), keep=(1, 1, 1), b2=b2):
        a, b, c = keep
        h1 = f1(W1 @ x + a * b1) if inside[0] else f1(W1 @ x) + b1
        h2 = f2(W2 @ h1 + b * b2) if inside[1] else f2(W2 @ h1) + b2
        return f3(W3 @ h2 + c * b3)

    without = [run(keep=keep) for keep in product((0, 1), repeat=3) if keep != (1, 1, 1)]
    late = [run(inside=inside) for inside in product((0, 1), repeat=2) if inside != (1, 1)]
    others = [run(g, g) for g in (lambda z: np.maximum(0, z), np.tanh)]
    mistakes = [
        ("bias_not_added", *without),
        ("bias_after_activation", *late),
        ("another_activation", *others),
        ("bias_of_another_layer", run(b2=b1)),
        ("activation_on_output", run(f3=f), f(run(keep=(1, 1, 0))) + b3),
        ("second_layer_skipped", W3 @ f(W1 @ x + b1) + b3),
        ("no_activation", run(none, none)),
        ("one_activation_missing", run(f1=none), run(f2=none)),
        ("sign_of_bias", run(keep=(-1, -1, -1))),
    ]
    return as_number(run(), mistakes)


def as_number(truth, mistakes):
    """A Truth of one number; a mistake of another shape keeps its shape."""
    return Truth(float(alone(truth)), [(code, *map(alone, wrong)) for code, *wrong in mistakes])


def alone(x):
    """The number of an array that holds only one."""
    return np.ravel(x)[0] if np.size(x) == 1 else x
