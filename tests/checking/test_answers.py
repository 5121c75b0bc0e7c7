"""Answers that a student worked out by hand: right, rounded, or wrong with a reason."""

import numpy as np
import pytest
from small_graphs import doubled, second_miss, squared_norm_of_Wx, sum_then_product

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Input, check_answer, check_jacobian, check_number
from cs231n_lec4.checking.answers import two_decimals


def test_right_answers_are_right_together_and_alone():
    graph = sum_then_product()
    report = check_answer(graph, {"x": -4, "y": -4.0, "z": 3})
    assert report.mark == "✓"
    assert [row.mark for row in report.rows] == ["✓"] * 3
    assert check_answer(graph, "q", -4)
    assert check_answer(graph, {"q": 3, "f": -12}, kind="value")


def test_the_first_wrong_answer_is_told():
    report = check_answer(sum_then_product(), {"x": -4, "y": 4, "z": 0})
    assert "y" in report.lines[0]
    assert report.reason == "sign"
    assert [row.mark for row in report.rows] == ["✓", "✗", "✗"]


def test_an_answer_is_right_to_the_digits_it_shows():
    graph = ComputationalGraph(c.sigmoid(Input(1.0, "x")))
    for answer in (0.2, 0.20, 0.197, 0.1966, 0.196612):
        assert check_answer(graph, "x", answer), answer
    for answer in (0.19, 0.21, 0.1969, 0.3):
        assert not check_answer(graph, "x", answer), answer


def test_the_rounded_numbers_of_the_slide_pass_with_a_remark():
    values = {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}
    w0, x0, w1, x1, w2 = (Input(v, n) for n, v in values.items())
    graph = ComputationalGraph(c.sigmoid(w0 * x0 + w1 * x1 + w2))
    for name, number in {"w0": -0.2, "x0": 0.4, "w1": -0.4, "x1": -0.6, "w2": 0.2}.items():
        report = check_answer(graph, name, number)
        assert report.mark == "✓", report
    assert "slide" in repr(check_answer(graph, "x1", -0.6))


def test_a_number_is_checked_without_a_graph():
    assert check_number(4096 * 4096, 16_777_216)
    assert not check_number(4096, 16_777_216, "entries")
    assert repr(check_number(None, 1.0, "entries")) == "✗ entries: no answer yet."


def test_a_list_or_an_array_is_checked_against_a_list():
    assert check_number([1, 2], [1.0, 2.0])
    assert check_number(np.array([1.0, 2.0]), (1, 2))
    report = check_number([[1, 2], [3, 4]], [[1, 2], [3, 5]], "table")
    assert report.lines[:2] == ("table: the value is not right.", "Yours is 4 at table[1, 1].")
    assert report.reason is None


def test_an_answer_that_is_an_array_is_told_where_it_is_wrong():
    graph = squared_norm_of_Wx()
    report = check_answer(graph, "x", [-0.112, 0.8])
    assert report.lines[1] == "Yours is 0.8 at x[1]."
    report = second_miss(graph, "x", [-0.112, 0.7])
    assert report.lines[1] == "Yours is 0.7 at x[1], a nudge measures 0.636."
    report = second_miss(graph, "q", [0.22, 0.3], kind="value")
    assert report.lines[1] == "Yours is 0.3 at q[1], the graph computes 0.26."


def test_an_answer_at_a_kink_has_the_reason_kink():
    graph = ComputationalGraph(c.relu(Input(0.0, "x")))
    assert check_answer(graph, "x", 0.0).reason == "kink"


def test_the_gradient_of_an_array_is_measured_too():
    graph = ComputationalGraph(c.tanh(Input([0.0, 1.0], "x")))
    assert "a nudge measures 1." in second_miss(graph, "x", [3.0, 0.42]).lines[1]


def test_nan_is_the_right_answer_where_it_is_the_value():
    assert check_number(float("nan"), float("nan"))


@pytest.mark.parametrize(
    ("number", "rounded"), [(0.125, 0.13), (-0.125, -0.13), (10.0, 10.0), (0.124, 0.12)]
)
def test_a_person_rounds_half_away_from_zero(number, rounded):
    assert two_decimals(number) == rounded


def test_a_value_of_the_wrong_shape_is_not_told_about_gradients():
    of_a_value = check_answer(doubled(), "x", [3.0, 3.0], kind="value")
    of_a_number = check_number([1.0, 2.0], [1.0, 2.0, 3.0])
    of_a_jacobian = check_jacobian(np.eye(3), c.ReluGate(), [1.0, 2.0])
    for report in (of_a_value, of_a_number, of_a_jacobian):
        assert report.reason == "wrong_shape"
        assert "gradient" not in report.lines[-1]
    assert "gradient" in check_answer(doubled(), "x", [2.0, 2.0]).lines[-1]


def test_only_the_diagonal_of_a_mask_is_called_a_mask():
    identity = check_jacobian(np.eye(2), c.ReluGate(), [1.0, -2.0])
    assert identity.reason == "identity_not_mask"
    assert check_jacobian([[1.0]], c.MultiplyGate(), 2.0, 3.0).reason != "identity_not_mask"
    assert check_jacobian(np.eye(2), c.TanhGate(), [1.0, 2.0]).reason != "identity_not_mask"
