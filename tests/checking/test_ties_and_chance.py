"""At a tie, and where forward is random, the three checks say the same."""

import numpy as np
import pytest

from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    Input,
    check_answer,
    check_gate,
    check_gradients,
    maximum,
    parse,
)


class BothWin(Gate):
    def forward(self, x, y):
        self.x, self.y = x, y
        return maximum(x, y)

    def backward(self, dz):
        return [dz * (self.x >= self.y), dz * (self.y >= self.x)]


class Noisy(Gate):
    def forward(self, x):
        return x + np.random.normal()

    def backward(self, dz):
        return [dz]


class Dropout(Gate):
    def forward(self, x):
        self.mask = np.random.random(np.shape(x)) < 0.5
        return x * self.mask

    def backward(self, dz):
        return [dz * self.mask]


class SameDropout(Dropout):
    def forward(self, x):
        self.mask = np.random.default_rng(3).random(np.shape(x)) < 0.5
        return x * self.mask


def graph_of(gate, *numbers, factor=5.0):
    nodes = [Input(value, name) for value, name in zip(numbers, "xy", strict=False)]
    return ComputationalGraph((gate(*nodes) * factor).sum())


@pytest.mark.parametrize("factor", [5.0, -0.5])
def test_three_checks_say_that_at_a_tie_both_cannot_win(factor):
    graph = graph_of(BothWin, 3.0, 3.0, factor=factor)
    reports = check_gate(BothWin, 3.0, 3.0), check_gradients(graph)
    for report in (*reports, check_answer(graph, graph.backward())):
        assert (report.mark, report.reason) == ("✗", "tie")
        assert "add up to" in report.lines[1]


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        ({"a": 6, "b": 0}, "△"),
        ({"a": 0, "b": 6}, "△"),
        ({"a": 3, "b": 3}, "△"),
        ({"a": 6, "b": 6}, "✗"),
        ({"a": 0, "b": 0}, "✗"),
        ({"a": 6}, "△"),
    ],
)
def test_two_answers_at_a_tie_add_up_to_upstream(answers, mark):
    assert check_answer(parse("6 * max(a, b)", a=-2, b=-2), answers).mark == mark


def test_equal_inputs_of_another_gate_are_no_tie():
    graph = parse("max(0, a * b)", a=0, b=0)  # at 0 a product looks like a max
    assert check_answer(graph, {"a": 0, "b": 0}).mark != "✗"
    graph = parse("max(a, b) * a", a=2, b=2)  # a has another path, too
    assert check_answer(graph, {"a": 4, "b": 2}).mark == "△"


@pytest.mark.parametrize("gate", [Noisy, Dropout])
def test_three_checks_say_that_forward_is_random(gate):
    x = np.linspace(1.0, 2.0, 9)
    graph = graph_of(gate, x)
    reports = check_gate(gate, x), check_gradients(graph), check_answer(graph, "x", x)
    assert {(report.mark, report.reason) for report in reports} == {("△", "random")}
    assert all(gate.__name__ in report.lines[0] for report in reports)


def test_chance_that_is_the_same_every_time_is_checked():
    x = np.linspace(1.0, 2.0, 9)
    assert check_gate(SameDropout, x).mark == "✓"
    assert check_gradients(graph_of(SameDropout, x)).mark == "✓"
