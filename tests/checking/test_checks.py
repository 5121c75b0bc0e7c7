"""Checks of gates and graphs find planted mistakes, name them, and never blame what is right."""

import numpy as np
import pytest
from random_graphs import random_graph
from small_graphs import doubled, squared_norm_of_Wx, sum_then_product
from wrong_gates import WRONG_GATES, ChangesUpstream, SlopeOfTheOutput

import cs231n_lec4 as c
from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    Input,
    check_answer,
    check_gate,
    check_gradients,
    words,
)
from cs231n_lec4.checking.nudges import sampled
from cs231n_lec4.engine.node import GATES


def test_at_least_thirty_mistakes_are_planted():
    assert len({kind for kind, *_ in WRONG_GATES}) >= 30


@pytest.mark.parametrize(("gate", "inputs", "blamed", "reason"), WRONG_GATES)
def test_a_planted_mistake_is_reported_with_its_reason(gate, inputs, blamed, reason):
    report = check_gate(gate, *inputs)
    assert not report
    assert report.reason == reason
    assert gate.__name__ in report.lines[0]
    assert blamed in report.lines[0]
    assert len(repr(report).splitlines()) <= 3
    assert reason in words.REASONS


@pytest.mark.parametrize(
    ("gate", "inputs"), [(g, i) for g, i, *_ in WRONG_GATES if issubclass(g, Gate)]
)
def test_a_wrong_gate_is_named_among_right_ones(gate, inputs):
    nodes = [Input(value, f"i{k}") for k, value in enumerate(inputs)]
    middle = gate(*[1.1 * node + 0.0 for node in nodes]).named("here")
    after = c.tanh(0.1 * middle) if np.ndim(middle.value) == 0 else (0.3 * middle).sum()
    report = check_gradients(ComputationalGraph(c.sigmoid(after) * 0.7))
    assert not report
    assert "here" in repr(report)
    assert gate.__name__ in repr(report)


def test_a_wrong_gate_in_a_graph_gets_its_reason():
    x = Input(0.3, "x")
    report = check_gradients(ComputationalGraph(2.0 * SlopeOfTheOutput(x * 3.0).named("s")))
    assert report.reason == "slope_at_output"
    assert report.lines[0].startswith("s (SlopeOfTheOutput)")


def test_a_gate_that_writes_into_what_it_shares_is_told_so_in_a_graph():
    x, b = Input([3.0, -1.0], "x"), Input([0.5, 2.0], "b")
    report = check_gradients(ComputationalGraph(ChangesUpstream(x) + b))
    assert report.reason == "changed_in_place"
    assert "Make a new array" in report.lines[1]


def test_a_mistake_that_only_another_upstream_shows_is_found_in_a_graph():
    class Forgets(c.MultiplyGate):
        def backward(self, dz):
            return [self.y, self.x]

    x, y = Input(3.0, "x"), Input(-4.0, "y")
    assert check_gradients(ComputationalGraph(Forgets(x, y))).reason == "forgot_upstream"


def test_another_upstream_is_tried_on_the_graph_as_a_whole():
    class Forgets(c.MultiplyGate):
        def backward(self, dz):
            return [self.y, self.x]

    Forgets.is_ours = True  # then only the graph's own two passes can find it
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    assert not check_gradients(ComputationalGraph(Forgets(x, y)))


def test_both_are_named_where_two_mistakes_fit():
    half = next(kind for kind, *_ in WRONG_GATES if kind.__name__ == "HalfTheSquaredNorm")
    report = check_gate(half, [1.0, 3.0])  # of a square it is the lost 2, and no mean of two
    assert not report
    assert report.reason == "factor_two"
    report = check_answer(sum_then_product(), "z", -4.0)  # its value, and the gradient of q
    assert not report
    assert report.reason == "gave_the_value or swaps_gradients"
    assert report.lines[-1] == (
        "Two mistakes give this. Either: This is the value on the wire. "
        "Or: This is the gradient that belongs to the other input."
    )


def alarms(seeds):
    """The random graphs that a check does not believe, and how many it could measure."""
    reports = [check_gradients(random_graph(seed)) for seed in seeds]
    return [r for r in reports if not r], sum(r.mark == "✓" for r in reports)


def test_no_false_alarm_in_a_thousand_correct_checks():
    wrong, right = alarms(range(1000))
    assert wrong == []
    assert right >= 990


@pytest.mark.long
def test_no_false_alarm_in_ten_thousand_correct_checks():
    wrong, right = alarms(range(1000, 11_000))
    assert wrong == []
    assert right >= 9900


LOSSES = (c.SoftmaxLossGate, c.HingeLossGate, c.BinaryCrossEntropyGate)  # they want labels
ANY_SHAPE = [(g, g.takes) for g in GATES.values() if g not in (c.MatMulGate, *LOSSES)]


@pytest.mark.parametrize(("gate", "count"), ANY_SHAPE)
@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_a_right_gate_is_right_wherever_it_is_tried(gate, count, shape):
    rng = np.random.default_rng(7)
    for _ in range(4):
        report = check_gate(gate, *(rng.uniform(0.3, 2.0, shape) for _ in range(count)))
        assert report.mark == "✓", report


def test_power_and_matrix_gates_are_right():
    assert check_gate(c.PowerGate, 2.0, 3.0).mark == "✓"
    assert check_gate(c.PowerGate, -8.0, 2.0).mark == "✓"
    assert check_gate(c.MatMulGate, np.ones((2, 3)), np.arange(12.0).reshape(3, 4)).mark == "✓"
    assert check_gate(c.LogGate, 0.01).mark == "✓"
    assert check_gate(c.ReciprocalGate, 1e-4).mark == "✓"


def test_a_graph_of_matrices_is_right_and_float32_too():
    assert check_gradients(squared_norm_of_Wx()).mark == "✓"
    W, x = np.ones((3, 2), np.float32), np.array([0.2, -0.4], np.float32)
    assert check_gradients(squared_norm_of_Wx(W, x)).mark == "✓"


def test_a_graph_whose_output_is_an_array_is_right():
    x = Input([1.0, -2.0, 0.5], "x")
    assert check_gradients(ComputationalGraph(c.tanh(x) * 3.0)).mark == "✓"


KINKS = [
    lambda h: c.relu(h - h.value),
    lambda h: c.maximum(h, c.Constant(h.value)),
    lambda h: c.maximum(h - h.value, h.value - h),
    lambda h: c.leaky_relu(h - h.value),
    lambda h: c.elu(h - h.value, alpha=0.3),
]


def kinked_graph(seed):
    """A smooth function of x and y, brought exactly to a kink, inside another smooth function."""
    rng = np.random.default_rng(seed)
    x, y = Input(rng.normal(), "x"), Input(rng.normal(), "y")
    kink = KINKS[seed % len(KINKS)](x * y + x - 0.5 * y)
    f = rng.choice([-1.0, 1.0]) * rng.uniform(0.2, 2.0) * kink + c.tanh(y)
    return ComputationalGraph(f * c.sigmoid(x) + x if seed % 2 else f)


def verdicts(seeds):
    graphs = [kinked_graph(seed) for seed in seeds]
    answers = [check_answer(g, "x", g.backward()["x"]) for g in graphs]
    return [check_gradients(g).mark for g in graphs] + [a.mark for a in answers]


def test_a_kink_is_neither_right_nor_wrong():
    assert verdicts(range(100)) == ["△"] * 200


@pytest.mark.long
def test_a_thousand_kinks_are_neither_right_nor_wrong():
    assert verdicts(range(1000)) == ["△"] * 2000


@pytest.mark.parametrize(
    ("gate", "inputs"),
    [(c.ReluGate, (0.0,)), (c.MaxGate, (2.0, 2.0)), (c.ReluGate, ([1.0, 0.0],))],
)
def test_a_gate_at_a_kink_is_neither_right_nor_wrong(gate, inputs):
    report = check_gate(gate, *inputs)
    assert report.mark == "△"
    assert report
    assert "left" in report.lines[1]


def test_a_wrong_gate_at_a_kink_is_still_found_beside_it():
    assert check_gate(WRONG_GATES[17][0], 0.0).reason == "wrong_mask"


@pytest.mark.parametrize("x", [1e-7, -3e-7, 2e-6, -1e-6])
def test_a_kink_nearer_than_a_nudge_does_not_mislead(x):
    report = check_gradients(ComputationalGraph(c.relu(Input(x, "x"))))
    assert report.mark in "✓△"


def test_a_smooth_meeting_of_two_kinks_is_no_mistake_of_the_graph():
    x = Input(0.0, "x")  # relu(x) - relu(-x) is x; its gates say 0 at 0
    assert check_gradients(ComputationalGraph(c.relu(x) - c.relu(-x))).mark == "△"


class DataIsNotAsked(c.MultiplyGate):
    def backward(self, dz):
        return [self.y * dz, 0.0]


def test_the_gradient_of_a_constant_is_not_judged():
    graph = ComputationalGraph(DataIsNotAsked(Input(3.0, "x"), c.Constant(2.0)))
    assert check_gradients(graph).mark == "✓"
    assert check_gate(DataIsNotAsked, 3.0, 2.0).mark == "✗"


def test_a_wrong_gate_in_a_graph_is_shown_with_its_own_upstream_gradient():
    x = Input(0.3, "x")
    report = check_gradients(ComputationalGraph(0.7 * SlopeOfTheOutput(x).named("s")))
    assert report.lines[1].endswith("at x = 0.3, upstream 0.7.")


def test_every_comparison_has_its_mark():
    report = check_gate(DataIsNotAsked, 3.0, 2.0)
    assert {row.name: row.mark for row in report.rows} == {"x": "✓", "y": "✗"}
    assert check_gate(c.ReluGate, 0.0).rows[0].mark == "△"
    kink = check_gradients(ComputationalGraph(c.relu(Input(0.0, "x"))))
    assert (kink.reason, kink.rows[0].mark) == ("kink", "△")


def test_what_is_too_large_or_has_no_number_is_said_to_be_unmeasured():
    report = check_gate(c.SumGate, np.ones(2001))
    assert report.reason == "too_large"
    assert "SumGate: 2001 numbers" in report.lines[0]
    report = check_gradients(ComputationalGraph(c.log(Input(-1.0, "x")).named("f")))
    assert report.reason == "unmeasured"
    assert report.lines[0] == words.REPORTS["gate_unmeasured"].format(where="f")


def test_of_a_large_array_forty_entries_are_tried():
    assert len(set(sampled(np.zeros((10, 10))))) == 40
    assert sampled(np.zeros(3)) == [(0,), (1,), (2,)]


class FiveForASquare:
    def forward(self, x):
        return x * x

    def backward(self, dz):
        return 5.0 * dz


class FiveForThree(FiveForASquare):
    def forward(self, x):
        return 3.0 * x


class UpstreamSquared(FiveForASquare):
    def backward(self, dz):
        return 0.7 * dz * dz


@pytest.mark.parametrize(
    ("gate", "x", "reason"),
    [
        (FiveForASquare, 2.0, "wrong_local"),  # it saves nothing, so no other pass is to blame
        (FiveForASquare, [2.0, 7.0], "wrong_local"),
        (FiveForThree, 2.0, "wrong_local"),  # the right slope does not change either
        (UpstreamSquared, [2.0, 7.0], None),  # upstream is not multiplied in correctly
    ],
)
def test_an_unknown_mistake_is_told_no_closer_than_its_numbers_allow(gate, x, reason):
    report = check_gate(gate, x)
    assert (report.mark, report.reason) == ("✗", reason)


def test_a_graph_is_tried_with_the_upstream_asked_for_and_with_one_of_the_other_sign():
    report = check_gradients(doubled(), upstream=4.0)
    assert [row.yours for row in report.rows] == [8.0]

    class LosesTheSign(c.MultiplyGate):
        def backward(self, dz):
            return [abs(dz) * self.y, abs(dz) * self.x]

    LosesTheSign.is_ours = True  # then only the graph's own two passes can find it
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    assert check_gradients(ComputationalGraph(LosesTheSign(x, y))).mark == "✗"


def test_a_wrong_graph_is_excused_by_a_gate_at_a_kink_and_by_nothing_else():
    class WrongInAGraphOnly(Gate):
        def forward(self, x):
            return 3.0 * x

        def backward(self, dz):
            return [(5.0 if self.inputs else 3.0) * dz]

    wrong = check_gradients(ComputationalGraph(WrongInAGraphOnly(Input(2.0, "x"))))
    assert (wrong.mark, wrong.reason) == ("✗", None)
    x = Input(0.0, "x")
    excused = check_gradients(ComputationalGraph(c.relu(x) - c.relu(-x)))
    assert (excused.mark, excused.reason) == ("△", "kink")


def test_what_is_just_small_enough_is_nudged(monkeypatch):
    monkeypatch.setattr("cs231n_lec4.checking.checks.MOST", 3)
    assert check_gate(c.SumGate, np.ones(3)).mark == "✓"
    assert check_gate(c.SumGate, np.ones(4)).reason == "too_large"
    kink = np.arange(200.0)
    graph = ComputationalGraph(c.relu(Input(kink, "x")).sum())
    assert check_answer(graph, "x", np.sign(kink)).mark == "△"
