"""The checks of notebook 09 take every right answer, and tell each common slip its own reason."""

import numpy as np
import pytest

from cs231n_lec4 import words
from cs231n_lec4.lessons.checks.training_checks import (
    check_backward_pass,
    check_training_step,
    check_weight_shapes,
)
from cs231n_lec4.lessons.networks import two_layer_gradients

SHAPES = {
    None: lambda N, D_in, H, D_out: ((D_in, H), (H, D_out)),
    "batch_as_width": lambda N, D_in, H, D_out: ((D_in, N), (N, D_out)),
    "rows_are_outputs": lambda N, D_in, H, D_out: [[H, D_in], [D_out, H]],
}


@pytest.mark.parametrize("reason", SHAPES)
def test_the_slip_of_the_notes_is_told_and_so_is_the_other_side(reason):
    report = check_weight_shapes(SHAPES[reason])
    assert (bool(report), report.reason) == (reason is None, reason)


def test_shapes_that_fit_no_known_slip_get_the_rule():
    report = check_weight_shapes(lambda N, D_in, H, D_out: ((D_in, D_out), (H, D_out)))
    assert not report
    assert words.REASONS["neighbours_agree"] in repr(report)
    assert not check_weight_shapes(lambda N, D_in, H, D_out: None)


def test_shapes_of_one_net_by_heart_are_not_the_rule():
    by_heart = check_weight_shapes(lambda N, D_in, H, D_out: ((3, 5), (5, 2)))
    assert not by_heart
    assert "D_in = 4, H = 2, D_out = 6" in repr(by_heart)


def backward(grad_w1, grad_w2):
    """A backward pass from two formulas of x, h, u = grad_y_pred, g = grad_h."""

    def backward_pass(x, y, h, y_pred, w2):
        u = 2 * (y_pred - y)
        return {"w1": grad_w1(x, h, u, u @ w2.T), "w2": grad_w2(x, h, u, u @ w2.T)}

    return backward_pass


def right_w1(x, h, u, g):
    return x.T @ (g * h * (1 - h))


def right_w2(x, h, u, g):
    return h.T @ u


BACKWARD = [
    (right_w1, right_w2, None),
    (lambda x, h, u, g: x.T @ g, right_w2, "slope_forgotten"),
    (lambda x, h, u, g: x.T @ (g * h), right_w2, "slope_has_two_factors"),
    (lambda x, h, u, g: x.T @ (g * (1 - h)), right_w2, "slope_has_two_factors"),
    (lambda x, h, u, g: right_w1(x, h, u, g).T, right_w2, "transposed"),
    (right_w1, lambda x, h, u, g: u.T @ h, "transposed"),
    (right_w1, lambda x, h, u, g: x.T @ u, "input_in_place_of_h"),
    (right_w1, lambda x, h, u, g: h.T @ u / 2, "factor_two"),
    (right_w1, lambda x, h, u, g: None, "not_answered"),
    (lambda x, h, u, g: None, right_w2, "not_answered"),
    (right_w1, lambda x, h, u, g: h @ u, "matrices_backward"),
]


@pytest.mark.parametrize(("w1", "w2", "reason"), BACKWARD)
def test_a_slip_in_the_backward_pass_has_its_reason(w1, w2, reason):
    report = check_backward_pass(backward(w1, w2))
    assert (bool(report), report.reason) == (reason is None, reason)


def step(change):
    def training_step(x, y, w1, w2, rate):
        _, _, grad_w1, grad_w2 = two_layer_gradients(x, y, w1, w2)
        return change(w1, grad_w1, rate), change(w2, grad_w2, rate)

    return training_step


def early(x, y, w1, w2, rate):
    w1 = w1 - rate * two_layer_gradients(x, y, w1, w2)[2]
    return w1, w2 - rate * two_layer_gradients(x, y, w1, w2)[3]


def in_place(w, grad, rate):
    w -= rate * grad
    return w


STEPS = [
    (step(lambda w, grad, rate: w - rate * grad), None),
    (step(lambda w, grad, rate: w), "not_updated"),
    (step(lambda w, grad, rate: w + rate * grad), "uphill"),
    (step(lambda w, grad, rate: w - grad), "rate_forgotten"),
    (step(lambda w, grad, rate: -rate * grad), "step_without_weight"),
    (step(lambda w, grad, rate: rate * grad), "step_to_subtract"),
    (step(in_place), "changed_in_place"),
    (early, "updated_too_early"),
    (lambda x, y, w1, w2, rate: None, "not_answered"),
    (lambda x, y, w1, w2, rate: 1 / 0, "function_stops"),
]


@pytest.mark.parametrize(("function", "reason"), STEPS)
def test_a_slip_in_the_training_step_has_its_reason(function, reason):
    report = check_training_step(function)
    assert (bool(report), report.reason) == (reason is None, reason)
    assert len(repr(report).splitlines()) <= 3


def test_one_weight_that_stays_is_seen_too():
    def half(x, y, w1, w2, rate):
        return w1 - rate * two_layer_gradients(x, y, w1, w2)[2], np.copy(w2)

    assert check_training_step(half).reason == "not_updated"


def test_an_answer_of_another_kind_says_what_to_return():
    for report in (
        check_weight_shapes(lambda N, D_in, H, D_out: (D_in, H)),
        check_weight_shapes(lambda N, D_in, H, D_out: (np.ones((D_in, H)), np.ones((H, D_out)))),
        check_backward_pass(lambda x, y, h, y_pred, w2: (h, w2)),
        check_training_step(lambda x, y, w1, w2, rate: w1),
    ):
        assert report.reason == "wrong_return"
        assert "Return" in report.lines[0]


def test_a_gradient_that_is_left_out_is_not_answered_yet():
    assert check_backward_pass(lambda x, y, h, y_pred, w2: {"w1": w2}).reason == "not_answered"


def test_a_function_that_returns_nothing_is_told_so():
    for check in (check_weight_shapes, check_backward_pass, check_training_step):
        report = check(lambda *inputs, **named: None)
        assert report.reason == "not_answered"
        assert "End it with return." in report.lines[0]
