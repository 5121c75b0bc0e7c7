"""What a report says, whatever a check is given."""

import numpy as np
import pytest
from small_graphs import doubled, refused, second_miss, squared_norm_of_Wx, sum_then_product

import cs231n_lec4 as c
from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    Input,
    check_answer,
    check_elementwise,
    check_gate,
    check_gradients,
    check_jacobian,
    check_jacobian_size,
    check_number,
    known_mistakes,
    numerical_gradient,
    words,
)
from cs231n_lec4.checking.reports import Report


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: check_gate(c.MultiplyGate), "no_inputs"),
        (lambda: check_gate(int, 3.0), "gate_without_method"),
        (lambda: check_gate(None, 3.0), "gate_without_method"),
        (lambda: check_gate(c.sigmoid, 3.0), "gate_without_method"),
        (lambda: check_gate(c.MultiplyGate, 3.0), "gate_inputs"),
        (lambda: check_gate(c.MultiplyGate, 3.0, 2.0, 1.0), "gate_inputs"),
        (lambda: check_gate(c.MultiplyGate, "3", 2.0), "value_is_text"),
        (lambda: check_gate(c.MultiplyGate, Input(3.0, "x"), 2.0), "value_is_node"),
        (lambda: check_gate(c.MultiplyGate, 3.0, 2.0, upstream=[1.0, 2.0]), "upstream_shape"),
        (lambda: check_gate(lambda x: x, 3.0), "gate_without_method"),
        (lambda: check_gate(c.MatMulGate, np.ones((2, 3)), np.ones(2)), "matrices"),
        (lambda: check_gradients(3.0), "not_a_graph"),
        (lambda: check_gradients(sum_then_product(), upstream=[1.0]), "upstream_shape"),
        (lambda: check_answer(None, "x", 3.0), "not_a_graph"),
        (lambda: check_answer(sum_then_product(), "w", 3.0), "unknown_node"),
        (lambda: check_answer(sum_then_product(), ["x", "y"], [3.0, 3.0]), "unknown_node"),
        (lambda: check_answer(sum_then_product(), Input(1.0, "x"), 3), "node_of_another_graph"),
        (lambda: check_answer(sum_then_product(), "x", "three"), "not_a_number"),
        (lambda: check_answer(sum_then_product(), "x", [1.0, 2.0]), "one_number"),
        (lambda: check_answer(sum_then_product(), "x", None), "not_answered"),
        (lambda: check_answer(sum_then_product(), {}), "not_answered"),
        (lambda: check_answer(sum_then_product(), "q", 3.0, kind="values"), "unknown_choice"),
        (lambda: check_answer(doubled(), "c1", 3.0), "constant_has_no_gradient"),
        (lambda: check_number(..., 3.0), "not_answered"),
        (lambda: check_number(Input(1.0, "x"), 3.0), "not_a_number"),
        (lambda: check_number(1.0, "one"), "value_is_text"),
        (lambda: check_number([1.0, 2.0], [1.0, 2.0, 3.0]), "wrong_shape"),
        (lambda: check_jacobian_size({"rows": 4}, 4, 4), "unknown_choice"),
        (lambda: check_jacobian_size({}, 4, 4), "not_answered"),
        (lambda: check_jacobian([1.0], 3.0), "jacobian_of_what"),
        (lambda: check_elementwise(c.ReluGate, "x"), "value_is_text"),
    ],
)
def test_no_check_raises_whatever_it_is_given(call, reason):
    report = call()
    assert not report
    assert report.reason == reason
    assert 1 <= len(repr(report).splitlines()) <= 3


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: known_mistakes(doubled(), "c1"), "constant_has_no_gradient"),
        (lambda: known_mistakes(Input(1.0, "x"), "x"), "not_a_graph"),
        (lambda: known_mistakes(doubled(), "w"), "unknown_node"),
        (lambda: known_mistakes(doubled(), Input(1.0, "x")), "node_of_another_graph"),
        (lambda: numerical_gradient(3.0, "x"), "not_a_graph"),
        (lambda: numerical_gradient(doubled(), "x", h=0.0), "nudge_size"),
        (lambda: numerical_gradient(doubled(), "x", h="small"), "nudge_size"),
        (lambda: numerical_gradient(doubled(), "x", upstream=[1.0]), "upstream_shape"),
        (lambda: numerical_gradient(doubled(), "x", upstream="1"), "value_is_text"),
        (lambda: c.jacobian(doubled()), "jacobian_of_what"),
        (lambda: c.jacobian(doubled(), "x", "y"), "jacobian_of_what"),
    ],
)
def test_what_measures_says_what_it_needs(call, code):
    with pytest.raises(c.GraphError) as caught:
        call()
    assert caught.value.code == code
    assert len(str(caught.value).splitlines()) <= 4
    assert "None" not in str(caught.value)


def test_a_graph_of_constants_has_no_gradient_at_all():
    with pytest.raises(c.GraphError, match="These have one: none"):
        known_mistakes(ComputationalGraph(c.Constant(2.0) * 3.0), "c1")
    with pytest.raises(c.GraphError, match=r"numerical_gradient\(ComputationalGraph\(f\)\)"):
        numerical_gradient(2.0, "x")


def test_a_message_of_the_checks_says_where_and_what_to_do():
    def text(call):
        return repr(call())

    assert text(lambda: check_answer(doubled(), "c1", 2.0)) == (
        "✗ c1 does not depend on any input, so it has no gradient here.\n  These have one: x, v1."
    )
    assert check_answer(doubled(), "c1", 2.0, kind="value")
    assert text(lambda: check_answer(doubled(), "x", 2.0, kind="values")) == (
        "✗ kind cannot be 'values'.\n  Choose one of: grad, value."
    )
    assert "Node x belongs" in text(lambda: check_answer(doubled(), Input(1.0, "x"), 2.0))
    assert "check_answer(ComputationalGraph(f))" in text(lambda: check_answer(3.0, "x", 2.0))
    assert "known_mistakes(ComputationalGraph(f))" in str(refused(lambda: known_mistakes(2.0, "x")))
    assert "check_gradients(ComputationalGraph(f))" in text(lambda: check_gradients(3.0))
    assert "upstream got the text" in text(lambda: check_gradients(doubled(), upstream="1"))
    assert "upstream got the text" in text(lambda: check_gate(c.ExpGate, 1.0, upstream="1"))
    assert "got (2,)" not in text(lambda: check_gate(c.ExpGate, 1.0, upstream=[1.0, 2.0]))
    for part in ("shape (2,)", "forward has shape ()"):
        assert part in text(lambda: check_gate(c.ExpGate, 1.0, upstream=[1.0, 2.0]))


def test_a_report_tells_a_notebook_only_plain_text():
    report = check_number(1.0, 2.0)
    assert report._repr_mimebundle_() == {"text/plain": repr(report)}


class CubeWithoutThree(Gate):
    def forward(self, *inputs):
        self.inputs_seen = inputs
        return inputs[0] ** 3 * inputs[1]

    def backward(self, dz):
        x, y = self.inputs_seen
        return [x**2 * y * dz, x**3 * dz]


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        (
            lambda: check_gate(c.MultiplyGate, 3.0, -4.0),
            ["✓ MultiplyGate: right. Its gradients with respect to x, y are what nudges measure."],
        ),
        (
            lambda: check_gate(CubeWithoutThree, 2.0, 3.0),
            [
                "✗ CubeWithoutThree: the gradient with respect to input 1 is not right.",
                "Yours is 24, a nudge measures 72, at input 1 = 2, input 2 = 3, upstream 2.",
                words.REASONS["wrong_local"],
            ],
        ),
        (
            lambda: check_gate(c.ReluGate, 0.0),
            [
                "△ ReluGate: not differentiable here. A kink or a tie has no single slope.",
                "A nudge to the left measures 0, to the right 2; yours is 0.",
            ],
        ),
        (
            lambda: check_gradients(sum_then_product()),
            ["✓ Right. The gradients with respect to x, y, z are what nudges measure."],
        ),
        (
            lambda: check_gradients(ComputationalGraph(c.relu(Input(0.0, "x")))),
            [
                "△ Not differentiable here with respect to x. A kink or a tie has no single slope.",
                "A nudge to the left measures 0, to the right 1; yours is 0.",
            ],
        ),
        (lambda: check_answer(sum_then_product(), {"x": -4, "y": -4}), ["✓ All right: x, y."]),
        (lambda: check_answer(sum_then_product(), "x", -4), ["✓ x: -4 is right."]),
        (
            lambda: second_miss(sum_then_product(), "x", -4.0001),
            [
                "✗ x: the gradient is not -4.0001.",
                "Yours is -4.0001, a nudge measures -4.",
                words.REASONS["unknown"],
            ],
        ),
        (
            lambda: check_answer(sum_then_product(), "x", -4.0000123),
            [
                "✗ x: the gradient is not -4.00001.",
                words.REASONS["unknown"],
            ],
        ),
        (
            lambda: check_number(0.3333336, 1 / 3),
            ["✓ answer: 0.333334 is right."],
        ),
        (
            lambda: check_number(1.0000021, 1.0000049),
            [
                "✗ answer: the value is not 1.0000021.",
                words.REASONS["unknown_number"],
            ],
        ),
        (
            lambda: check_number([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
            ["✓ answer: [1. 2. 3. 4. 5. 6.] is right."],
        ),
        (
            lambda: check_number(np.arange(7.0), np.arange(7.0)),
            ["✓ answer: an array of shape (7,) is right."],
        ),
        (
            lambda: check_number([1 / 3, 1.0], [1 / 3, 1.0]),
            ["✓ answer: [0.3333 1.    ] is right."],
        ),
        (
            lambda: check_answer(squared_norm_of_Wx(), "x", [[1.0, 2.0]]),
            [
                "✗ x: the gradient is not right.",
                "Yours has shape (1, 2), the value has shape (2,).",
                words.REASONS["wrong_shape"],
            ],
        ),
    ],
)
def test_a_report_says_the_verdict_the_numbers_and_one_thing_to_do(call, lines):
    assert repr(call()) == "\n  ".join(lines)


def test_a_report_has_three_lines_at_most():
    assert repr(Report("✗", ["one", "two", "three", "four"])) == "✗ one\n  two\n  three"


class TooLongForIt:
    def forward(self, x):
        if len(x) > 9:
            raise OSError("too long\nfor me")
        return 2.0 * x

    def backward(self, dz):
        return 2.0 * dz


class OneForTwo:
    def forward(self, x, y):
        return x * y

    def backward(x, y):
        return x


class OneOfTwo(OneForTwo):
    def backward(self, dz):
        return dz


@pytest.mark.parametrize(
    ("call", "line", "text"),
    [
        (lambda: check_answer(doubled(), "x", 2.0, kind=np.zeros(2)), 0, "check_answer stopped."),
        (lambda: check_answer(doubled(), {}), 0, "answers: no answer yet."),
        (lambda: check_jacobian_size(5, 4, 4), 0, "The answers need their names."),
        (
            lambda: check_jacobian_size({"rows": 4}, 4, 4),
            slice(2),
            ("The name of an answer cannot be 'rows'.", "Choose one of: entries, bytes."),
        ),
        (
            lambda: check_elementwise(TooLongForIt, [1.0, 2.0]),
            slice(2),
            ("check_elementwise stopped.", "OSError: too long"),
        ),
        (
            lambda: check_gate(OneForTwo, 3.0, -4.0),
            0,
            "In class OneForTwo, backward(x, y) lacks self.",
        ),
        (
            lambda: check_gate(OneOfTwo, 3.0, -4.0),
            1,
            "Return one gradient for each input: return [dx, dy].",
        ),
    ],
)
def test_a_check_that_cannot_go_on_says_which_one_and_what_it_needs(call, line, text):
    assert call().lines[line] == text


def test_a_message_about_a_graph_has_the_name_of_its_function_and_one_line_for_a_node():
    assert str(refused(lambda: known_mistakes(3.0, "x"))).startswith("known_mistakes expects a")
    other = Input(np.eye(3), "W")  # an array is written in three lines
    assert len(str(refused(lambda: known_mistakes(doubled(), other))).splitlines()) == 2


def test_a_report_lists_kinks_in_the_order_of_the_inputs():
    graph = ComputationalGraph(c.maximum(Input(1.0, "x"), Input(1.0, "y")))
    assert "with respect to x, y." in check_gradients(graph).lines[0]
