"""The checks of 06 to 10 that call a student's function or take a student's numbers.

Each known mistake has numbers of its own in the trials. Typical wrong answers get their reason, and
right answers in unusual ways are right.
"""

import math
import re

import numpy as np
import pytest

from cs231n_lec4 import words
from cs231n_lec4.checking.answers import as_shown
from cs231n_lec4.checking.numbers import close
from cs231n_lec4.checking.reports import WRONG
from cs231n_lec4.lessons.checks import loss_checks, net_checks, template_checks, training_checks
from cs231n_lec4.lessons.checks.gate_checks import check_lucky_pairs
from cs231n_lec4.lessons.checks.loss_checks import (
    check_first_losses,
    check_softmax_backward,
    check_softmax_gradient,
)
from cs231n_lec4.lessons.checks.net_checks import check_counts, check_feed_forward, check_two_layers
from cs231n_lec4.lessons.checks.template_checks import check_horse_score, check_zebra_score
from cs231n_lec4.lessons.checks.training_checks import (
    check_backward_pass,
    check_training_step,
    check_weight_shapes,
)
from cs231n_lec4.lessons.networks import two_layer_gradients
from cs231n_lec4.lessons.seeds import how_many, line_of, shares_right

# ── the tables ───────────────────────────────────────────────────────────────────────────────────


def truths():
    """For each table of mistakes, the Truth of every trial."""
    yield "two layers", [net_checks.two_layers(*trial) for trial in net_checks.SMALL]
    yield "feed forward", [net_checks.passes(*net_checks.numbers(seed)) for seed in (1, 2)]
    horses = [template_checks.score_and_mistakes(*trial) for trial in template_checks.OTHERS]
    yield "horse score", horses
    sizes = training_checks.SIZES, training_checks.OTHER_SIZES
    given = [training_checks.numbers(**one) for one in sizes]
    steps = [
        training_checks.updates_and_mistakes(*numbers, rate)
        for numbers, rate in zip(given, training_checks.RATES, strict=True)
    ]
    batches = loss_checks.BATCHES
    yield "hinge", [loss_checks.hinge_gradient(X @ W, y) for X, W, y in batches]
    yield "softmax", [loss_checks.mean_softmax_gradient(X @ W, y) for X, W, y in batches]
    penalties = zip(batches, loss_checks.LAMBDAS, strict=True)
    yield "penalty", [loss_checks.penalty_gradient(W, reg, len(X)) for (X, W, _), reg in penalties]
    yield "step w1", [step["w1"] for step in steps]
    yield "step w2", [step["w2"] for step in steps]
    passes = [
        training_checks.gradients_and_mistakes(x, y, two_layer_gradients(x, y, w1, w2)[1], w1, w2)
        for x, y, w1, w2 in given
    ]
    yield "backward w1", [one["w1"] for one in passes]
    yield "backward w2", [one["w2"] for one in passes]


def reasons_of(trials, place):
    """The codes that fit the mistake at this place, at the first trial where it is wrong."""
    for truth in trials:
        _, number = truth.mistakes[place]
        if not close(number, truth.value):
            return {c for c, other in truth.mistakes if as_shown(number, other)}
    return set()


@pytest.mark.parametrize(
    ("name", "trials"), list(truths()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_each_known_mistake_is_seen_and_has_numbers_of_its_own(name, trials):
    for place, (code, _) in enumerate(trials[0].mistakes):
        assert reasons_of(trials, place) == {code}, (name, code)
        assert code in words.REASONS


def test_a_gradient_of_no_graph_is_called_a_gradient_and_not_given_away():
    lines = check_softmax_backward(lambda scores, y: 0.37 * scores).lines
    assert lines[0] == "scores: the gradient is not right."
    assert lines[1].startswith("Yours is ")
    assert "graph" not in lines[1]
    assert len(lines) == 3


# ── 06: pairs ────────────────────────────────────────────────────────────────────────────────────

PAIRS = [
    ([(2.0, 2.0), (3.0, 1.5)], None),
    ([(1.1, 11.0), (5, 1.25)], None),  # 12.100000000000001 in the computer
    ([[0, 0], [-1, 0.5]], None),
    (((7, 7 / 6), (7 / 6, 7)), None),
    ([(4, 4 / 3), (2, 2), (2, 2)], None),
    (np.array([[2.0, 2.0], [3.0, 1.5]]), None),
    ([(2.0, 2.0), (2.0, 2.0)], "same_pair"),
    ([(3.0, 1.5), (3, 1.5)], "same_pair"),
    ([(2.0, 2.0)], "one_pair"),
    ([(3.0, 1.0), (4.0, 1.0)], "sum_not_product"),
    ([(2.0, 2.0), (1.0, 3.0)], "sum_not_product"),
    ([(2.0, 2.0), (7.0, 1.17)], "nearly_equal"),
    ([(2.0, 2.0), (1.0, 1e9)], "sum_not_product"),
    ([(1e12, 1.0), (2.0, 2.0)], "sum_not_product"),
    ([(1e6, 1e6 / (1e6 - 1)), (-1e4, 1e4 / (1e4 + 1))], None),
    ([(np.inf, np.inf), (2.0, 2.0)], "wrong_return"),
    ([(2.0, 2.0), (1.5, 3.0, 1.0)], "wrong_return"),
    ((2.0, 2.0), "wrong_return"),
    ([], "wrong_return"),
    (None, "wrong_return"),
]


@pytest.mark.parametrize(("pairs", "reason"), PAIRS, ids=str)
def test_two_different_pairs_are_asked_for_and_rounding_is_no_mistake(pairs, reason):
    report = check_lucky_pairs(pairs)
    assert (bool(report), report.reason) == (reason is None, reason)


# ── 07 ───────────────────────────────────────────────────────────────────────────────────────────

FIRST = [
    ("softmax", 0.1, "probability_not_loss"),
    ("softmax", -2.302585, "log_of_probability"),
    ("softmax", 1.0, "other_logarithm"),
    ("softmax", 23.02585, "sum_over_classes"),
    ("hinge", 10, "right_class_counted"),
    ("hinge", 0, "margin_forgotten"),
    ("hinge", 1, "one_wrong_class"),
    ("hinge", 0.9, "mean_over_classes"),
    ("hinge", 3, None),
]


@pytest.mark.parametrize(("name", "number", "reason"), FIRST)
def test_a_first_loss_by_hand(name, number, reason):
    right = {"softmax": np.log(10), "hinge": 9}
    assert check_first_losses(right, 10)
    report = check_first_losses({**right, name: number}, 10)
    assert (report.mark, report.reason) == (WRONG, reason)


SCORES = [
    ([0.1, 0.6, 0.3], "nothing_subtracted"),
    ([-0.1, -0.6, 0.7], "sign"),
    ([-0.9, -0.4, -0.7], "one_subtracted_everywhere"),
    ([0.0, 0.0, -0.7], "right_class_alone"),
    ([0.1, 0.6, 0.0], "right_class_lost_p"),
    ([0.1, 0.6, 0.7], "gave_one_minus_p"),
    ([0.1, -0.4, 0.3], "other_class"),
    (1.20397, "probability_not_gradient"),
    ([0.1, 0.6], "wrong_shape"),
    (None, "not_answered"),
]


@pytest.mark.parametrize(("answer", "reason"), SCORES)
def test_the_gradient_of_a_softmax_by_hand(answer, reason):
    assert check_softmax_gradient((0.1, 0.6, -0.7), [0.1, 0.6, 0.3], 2)
    report = check_softmax_gradient(answer, [0.1, 0.6, 0.3], 2)
    assert (report.mark, report.reason) == (WRONG, reason)


# ── 08 and 10: functions of small arrays ─────────────────────────────────────────────────────────

TWO_LAYERS = {
    "W2 @ np.maximum(0, W1) @ x": "max_on_the_weights",
    "W2 @ max(0, W1 @ x)": "one_number_at_a_time",
    "W2 @ np.max(0, W1 @ x)": "max_along_an_axis",
    "W2 @ (W1 @ x > 0)": "mask_in_place_of_max",
    "W2 @ np.minimum(0, W1 @ x)": "upside_down",
    "W2 @ np.abs(W1 @ x)": "another_activation",
    "np.maximum(0, W2 @ W1 @ x)": "max_of_the_output",
    "np.maximum(0, W2 @ np.maximum(0, W1 @ x))": "activation_on_output",
    "np.maximum(0, W1 @ x)": "second_layer_missing",
    "W2.T @ np.maximum(0, W1 @ x)": "matrices_of_two",
    "W2.dot(W1)": "wrong_shape",
    "np.array([4.5])": "unknown_number",  # the first answer by heart
    "math.exp(W1 @ x)": "for_one_number",
}
RIGHT_TWO_LAYERS = [
    "W2.dot((W1 @ x).clip(min=0))",
    "np.einsum('ch,h->c', W2, np.maximum(W1 @ x, 0))",
    "W2 @ np.where(W1 @ x > 0, W1 @ x, 0)",
    "W2 @ ((W1 @ x) * (W1 @ x > 0))",
    "sum(w * max(0, row @ x) for w, row in zip(W2[0], W1))",
    "[float((W2 @ np.maximum(0, W1 @ x))[0])]",
    "(W2 @ np.maximum(0, (W1 @ x).astype(np.float64))).item()",
]
SPACE = {"np": np, "math": math}


def function(name, arguments, body):
    """A function of a student, from its last line."""
    space = dict(SPACE)
    exec(f"def {name}({arguments}):\n    return {body}", space)
    return space[name]


@pytest.mark.parametrize("body", [*TWO_LAYERS, *RIGHT_TWO_LAYERS])
def test_two_layers_written_in_one_line(body):
    report, reason = (
        check_two_layers(function("two_layers", "W1, W2, x", body)),
        TWO_LAYERS.get(body),
    )
    if reason == "unknown_number":
        assert (bool(report), report.reason) == (False, None)
    else:
        assert (bool(report), report.reason) == (reason is None, reason)
    assert "truth value" not in repr(report)


HORSES = {
    "h * W2": "not_summed",
    "np.mean(h * W2)": "mean_in_place_of_sum",
    "np.maximum(0, W2 @ h)": "activation_on_score",
    "np.sum(np.maximum(0, h * W2))": "parts_below_zero_lost",
    "-(W2 @ h)": "sign",
    "h @ W2[::-1]": "weights_exchanged",
    "max(h * W2)": "largest_in_place_of_sum",
    "W2 @ h.reshape(1, -1)": "one_product",
    "if_any(h)": "unknown_name",
}
RIGHT_HORSES = ["sum(a * b for a, b in zip(h, W2))", "np.dot(W2, h)", "h.T @ W2", "(h * W2).sum()"]


@pytest.mark.parametrize("body", [*HORSES, *RIGHT_HORSES])
def test_a_horse_score_written_in_one_line(body):
    report = check_horse_score(function("horse_score", "h, W2", body))
    assert (bool(report), report.reason) == (body in RIGHT_HORSES, HORSES.get(body))


def test_a_wrong_function_is_told_how_it_was_called_and_not_the_same_number_twice():
    lines = check_horse_score(function("horse_score", "h, W2", "np.max(h * W2)")).lines
    assert lines[:2] == (
        "f: the value is not 3.",
        "Called as horse_score([3.  1.  2.5], [ 1.  -2.   0.5]).",
    )


ZEBRAS = {
    3.3: "signs_of_weights_lost",
    2.5: "largest_in_place_of_sum",
    0.8: "largest_in_place_of_sum or parts_below_zero_lost",
    1.7: "sign",
    0: "activation_on_score",
    4.6: "weights_exchanged",
    2.9: "weights_not_used",
    -2.5: "last_part_alone",
}


@pytest.mark.parametrize("answer", ZEBRAS)
def test_a_zebra_score_by_hand(answer):
    report = check_zebra_score(answer)
    assert report.reason == ZEBRAS[answer]
    assert len(report.lines) == 2  # "Yours is …" said what stands in the line above
    assert check_zebra_score(-1.7)


PASSES = {
    "f(W3 @ f(W2 @ f(W1 @ x + b1) + b2) + b3)": "activation_on_output",
    "W3 @ f(W2 @ (f(W1 @ x) + b1) + b2) + b3": "bias_after_activation",
    "W3 @ (f(W2 @ f(W1 @ x + b1)) + b2) + b3": "bias_after_activation",
    "W3 @ f(W2 @ f(W1 @ x + b1) + b1) + b3": "bias_of_another_layer",
    "W3 @ np.maximum(0, W2 @ np.maximum(0, W1 @ x + b1) + b2) + b3": "another_activation",
    "W3 @ f(W2 @ f(W1 @ x - b1) - b2) - b3": "sign_of_bias",
    "W3 @ f(W2 @ f(W1 @ x + b1) + b2)": "bias_not_added",
    "W3 @ f(W2 * f(W1 @ x + b1) + b2) + b3": "wrong_shape",
    "W3 @ f(W2 @ f(x @ W1 + b1) + b2) + b3": "matrices_of_three",
}


@pytest.mark.parametrize("body", PASSES)
def test_a_feed_forward_pass_in_one_line(body):
    arguments = "x, W1, b1, W2, b2, W3, b3, f"
    assert check_feed_forward(function("feed_forward", arguments, body)).reason == PASSES[body]


COUNTS = [
    ({"neurons": 10}, "outputs_only"),
    ({"neurons": 3172}, "input_in_place_of_output"),
    ({"parameters": 307200 + 1000 + 100}, "some_biases_forgotten"),
    ({"parameters": 307200 + 1000 + 10}, "some_biases_forgotten"),
    ({"parameters": (3072 + 100) * 10}, "layers_added_first"),
    ({"parameters": 308_200}, "biases_forgotten"),
    ({"layers": 1}, "hidden_only"),
]


@pytest.mark.parametrize(("answer", "reason"), COUNTS)
def test_a_miscounted_net(answer, reason):
    report = check_counts(answer, 3072, 100, 10)
    assert (report.mark, report.reason) == (WRONG, reason)
    assert not re.search(r"not ([\d.]+)\.\n.*Yours is \1", repr(report))


# ── 09 ───────────────────────────────────────────────────────────────────────────────────────────

SHAPES = {
    "(D_in, H), (H, D_out)": None,
    "[np.array([D_in, H]), np.array([H, D_out])]": None,
    "(3, 5), (5, 2)": "by_heart",
    "(H, D_out), (D_in, H)": "exchanged",
    "(H, D_in), (D_out, H)": "rows_are_outputs",
    "(N, D_in), (N, D_out)": "batch_as_width",
    "(D_in, D_out)": "wrong_return",
}


@pytest.mark.parametrize("body", SHAPES)
def test_shapes_of_weights(body):
    report = check_weight_shapes(function("weight_shapes", "N, D_in, H, D_out", body))
    assert (bool(report), report.reason) == (SHAPES[body] is None, SHAPES[body])


W1, W2 = "x.T @ (g * h * (1 - h))", "h.T @ u"
GRADIENTS = [
    (f'{{"w1": {W1}, "w2": {W2}}}', None),
    (f'{{"w1": {W1}, "w2": {W2}, "h": g}}', None),
    (f'dict(w2=np.einsum("nh,nd->hd", h, u), w1={W1})', None),
    (f'{{"grad_w2": {W2}, "grad_w1": {W1}}}', "other_keys"),
    (f'{{"W1": {W1}, "W2": {W2}}}', "other_keys"),
    (f'{{"w1": {W2}, "w2": {W1}}}', "exchanged"),
    (f'{{"w1": {W1}, "w2": -{W2}}}', "sign"),
    (f'{{"w1": {W1}, "w2": {W2} / len(x)}}', "sum_not_mean"),
    (f'{{"w1": x.T @ (g * (1 - h**2)), "w2": {W2}}}', "slope_of_tanh"),
    (f'{{"w1": x.T @ (h * (1 - h)), "w2": {W2}}}', "slope_alone"),
    (f'{{"w1": x.T @ g * h * (1 - h), "w2": {W2}}}', "entry_by_entry"),
    (f'{{"w1": {W1}, "w2": 2 * h.T @ u}}', "factor_two"),
    (f"({W1}, {W2})", "wrong_return"),
]


@pytest.mark.parametrize(("body", "reason"), GRADIENTS)
def test_a_backward_pass_in_one_line(body, reason):
    def backward_pass(x, y, h, y_pred, w2):
        u = 2 * (y_pred - y)
        return eval(body, {**SPACE, "x": x, "h": h, "u": u, "g": u @ w2.T})

    report = check_backward_pass(backward_pass)
    assert (bool(report), report.reason) == (reason is None, reason)


STEPS = [
    ("w1 - rate * g1, w2 - rate * g2", None),
    ("[np.subtract(w1, rate * g1), w2 + -rate * g2]", None),
    ("g1, g2", "gradient_alone"),
    ("rate * g1, rate * g2", "step_to_subtract"),
    ("-rate * g1, -rate * g2", "step_without_weight"),
    ("w1 - 0.1 * g1, w2 - 0.1 * g2", "rate_not_used"),
    ("w1 - rate, w2 - rate", "gradient_forgotten"),
    ("w2 - rate * g2, w1 - rate * g1", "exchanged"),
    ("w1 - rate * g1 / len(x), w2 - rate * g2 / len(x)", "sum_not_mean"),
    ("w1 - rate * g1, w2", "not_updated"),
    ("w1 - rate * g2, w2 - rate * g1", "entry_by_entry"),
    ("dict(w1=w1, w2=w2)", "wrong_return"),
    ("np.subtract(w1, rate * g1, out=w1), w2 - rate * g2", "changed_in_place"),
]


@pytest.mark.parametrize(("body", "reason"), STEPS)
def test_a_training_step_in_one_line(body, reason):
    def training_step(x, y, w1, w2, rate):
        _, h, g1, g2 = two_layer_gradients(x, y, w1, w2)
        return eval(body, {**SPACE, **locals()})

    report = check_training_step(training_step)
    assert (bool(report), report.reason) == (reason is None, reason)


def test_the_first_weight_computed_with_the_new_second_one_is_told_truly():
    def training_step(x, y, w1, w2, rate):
        w2 = w2 - rate * two_layer_gradients(x, y, w1, w2)[3]
        return w1 - rate * two_layer_gradients(x, y, w1, w2)[2], w2

    report = check_training_step(training_step)
    assert report.reason == "updated_too_early"
    assert "w1" in report.lines[0]
    assert "new w1" not in report.lines[2]


# ── many seeds ───────────────────────────────────────────────────────────────────────────────────


def test_a_line_of_many_seeds_says_how_many_reach_enough():
    assert line_of("circles", 1, seeds=2).endswith("at least 95% with 0 of 2 seeds")
    assert how_many([0.95, 0.9, 1.0]) == 2
    assert shares_right("xor", 2, seeds=1, steps=3) == shares_right("xor", 2, seeds=1, steps=3)
