"""The checks find planted mistakes, name them, and never blame what is right."""

import math

import numpy as np
import pytest
from random_graphs import random_graph
from wrong_gates import WRONG_GATES, ReadsGlobals, SlopeOfTheOutput

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
from cs231n_lec4.checking.answers import two_decimals
from cs231n_lec4.checking.checks import sampled
from cs231n_lec4.checking.mistakes import known_share_mistakes, known_value_mistakes
from cs231n_lec4.checking.nudges import slope, slopes, wrong_entry
from cs231n_lec4.checking.reports import Report
from cs231n_lec4.checking.trials import other_points, upstream_for
from cs231n_lec4.lessons.check_lab import (
    StepTable,
    centred_difference,
    forward_difference,
    relative_error,
)


def sum_then_product():
    """The lecture's first graph (slide 12)."""
    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    return ComputationalGraph(((x + y).named("q") * z).named("f"))


def branch():
    """b feeds two gates; its gradient is 3 + 2."""
    a, b = Input(2.0, "a"), Input(1.0, "b")
    return ComputationalGraph(((a + b).named("c") * (b + 1.0).named("d")).named("e"))


def doubled():
    """A graph with a constant."""
    return ComputationalGraph(Input(3.0, "x") * 2.0)


def squared_norm_of_Wx(W=((0.1, 0.5), (-0.3, 0.8)), x=(0.2, 0.4)):
    """Slides 58-65."""
    W, x = Input(np.array(W), "W"), Input(np.array(x), "x")
    return ComputationalGraph(c.squared_norm((W @ x).named("q")).named("f"))


def state(graph):
    """Every number of a graph, and what the gates have saved."""
    saved = [repr(vars(n)) if isinstance(n, Gate) else "" for n in graph.nodes]
    return [(repr(n.value), repr(n.grad), s) for n, s in zip(graph.nodes, saved, strict=True)]


# ── planted mistakes ─────────────────────────────────────────────────────────────────────────────


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
    report = check_gate(half, [1.0, 3.0])  # half of it, or the mean over two entries
    assert not report
    assert report.reason is None
    report = check_answer(sum_then_product(), "z", -4.0)  # its value, and the gradient of q
    assert not report
    assert report.reason == "gave_the_value or swaps_gradients"
    assert report.lines[2] == (
        "Two mistakes give this. Either: This is the value on the wire. "
        "Or: This is the gradient that belongs to the other input."
    )


@pytest.mark.parametrize("point", [(2.0, 2.0), (3.0, 1.5)])
def test_adding_is_found_where_it_looks_like_multiplying(point):
    gate = WRONG_GATES[0][0]  # with upstream 2, y + dz equals y · dz at y = 2
    assert check_gate(gate, *point, upstream=2.0).reason == "adds_upstream"


def test_an_object_is_checked_as_well_as_its_class():
    assert check_gate(c.LeakyReluGate(slope=0.3), -2.0)
    assert not check_gate(ReadsGlobals(), 3.0, -4.0)


def test_a_plain_class_with_the_two_methods_is_a_gate():
    class Plain:
        def forward(this, x):
            this.x = x
            return x**3

        def backward(this, dz):
            return 3 * this.x**2 * dz

    assert check_gate(Plain, 2.0)
    assert check_gate(Plain, np.array([1.0, -2.0]))


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
        (lambda: check_gate(c.MatMulGate, np.ones((2, 3)), np.ones(2)), "stopped"),
        (lambda: check_gradients(3.0), "not_a_graph"),
        (lambda: check_gradients(sum_then_product(), upstream=[1.0]), "upstream_shape"),
        (lambda: check_answer(None, "x", 3.0), "not_a_graph"),
        (lambda: check_answer(sum_then_product(), "w", 3.0), "unknown_node"),
        (lambda: check_answer(sum_then_product(), ["x", "y"], [3.0, 3.0]), "unknown_node"),
        (lambda: check_answer(sum_then_product(), Input(1.0, "x"), 3), "node_of_another_graph"),
        (lambda: check_answer(sum_then_product(), "x", "three"), "not_a_number"),
        (lambda: check_answer(sum_then_product(), "x", [1.0, 2.0]), "wrong_shape"),
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


def refused(call):
    with pytest.raises(c.GraphError) as caught:
        call()
    return caught.value


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


# ── no false alarm ───────────────────────────────────────────────────────────────────────────────


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


GATES = [
    (c.AddGate, 2), (c.SubtractGate, 2), (c.MultiplyGate, 2), (c.DivideGate, 2), (c.MaxGate, 2),
    (c.ExpGate, 1), (c.ReciprocalGate, 1), (c.SigmoidGate, 1), (c.TanhGate, 1), (c.ReluGate, 1),
    (c.LeakyReluGate, 1), (c.EluGate, 1), (c.SquaredNormGate, 1), (c.SumGate, 1), (c.MeanGate, 1),
]  # fmt: skip


@pytest.mark.parametrize(("gate", "count"), GATES)
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


# ── kinks ────────────────────────────────────────────────────────────────────────────────────────

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


# ── nudges ───────────────────────────────────────────────────────────────────────────────────────


def test_a_nudge_measures_the_gradients_of_the_first_graph():
    graph = sum_then_product()
    measured = [numerical_gradient(graph, name) for name in "xyzq"]
    np.testing.assert_allclose(measured, [-4.0, -4.0, 3.0, -4.0], rtol=1e-9)
    assert all(type(number) is float for number in measured)


def test_a_measured_gradient_has_the_shape_of_its_value():
    graph = squared_norm_of_Wx()
    np.testing.assert_allclose(
        numerical_gradient(graph, "W"), [[0.088, 0.176], [0.104, 0.208]], rtol=1e-7
    )
    np.testing.assert_allclose(numerical_gradient(graph, "x"), [-0.112, 0.636], rtol=1e-7)


def test_measuring_and_checking_leave_the_graph_as_it_was():
    for graph in (sum_then_product(), squared_norm_of_Wx(np.ones((2, 2), np.float32))):
        for filled in (False, True):
            if filled:
                graph.backward()
            before = state(graph)
            name = next(iter(graph.inputs))
            numerical_gradient(graph, name)
            check_gradients(graph)
            check_answer(graph, name, 1.0)
            check_answer(graph, {graph.name_of(graph.output): 3.0}, kind="value")
            known_mistakes(graph, name)
            assert state(graph) == before


def test_float32_is_measured_in_float64():
    graph = squared_norm_of_Wx(np.ones((2, 2), np.float32), np.array([0.2, 0.4], np.float32))
    assert numerical_gradient(graph, "x").dtype == np.float64
    np.testing.assert_allclose(numerical_gradient(graph, "x"), [2.4, 2.4], rtol=1e-6)
    x, y = Input(np.float32(0.3), "x"), Input(np.float32(0.7), "y")
    graph = ComputationalGraph(c.tanh(x * y) * y)
    exact = (1.0 - np.tanh(0.21) ** 2) * 0.49
    assert numerical_gradient(graph, "x") == pytest.approx(exact, rel=1e-6)
    assert check_gradients(graph).mark == "✓"


def test_an_array_output_needs_an_upstream_gradient():
    graph = ComputationalGraph(Input([1.0, 2.0], "x") * 3.0)
    with pytest.raises(c.GraphError) as caught:
        numerical_gradient(graph, "x")
    assert caught.value.code == "upstream_needed"
    measured = numerical_gradient(graph, "x", upstream=[1.0, -2.0])
    np.testing.assert_allclose(measured, [3.0, -6.0])


def test_a_smaller_step_is_not_always_better():  # M27
    graph = ComputationalGraph(c.sigmoid(Input(1.0, "x")))
    exact = graph.backward()["x"]
    off = {h: abs(numerical_gradient(graph, "x", h) - exact) for h in (1e-1, 1e-5, 1e-11)}
    assert off[1e-5] < 1e-4 * off[1e-1]
    assert off[1e-5] < 1e-4 * off[1e-11]


# ── the table of known mistakes ──────────────────────────────────────────────────────────────────


def test_the_known_mistakes_of_the_first_graph():
    mistakes = known_mistakes(sum_then_product(), "x")
    assert mistakes == {
        "gave_the_value": -2.0,
        "sign": 4.0,
        "factor_two": -8.0,
        "forgot_upstream": 1.0,
        "adds_upstream": -3.0,
    }


def test_the_known_mistakes_at_a_branch():
    mistakes = known_mistakes(branch(), "b")
    assert mistakes["one_path_of_two"] == 3.0
    assert mistakes["overwrote_at_a_branch"] == 2.0
    assert mistakes["multiplied_at_a_branch"] == 6.0
    assert mistakes["forgot_upstream"] == 2.0


def test_no_known_mistake_equals_the_truth():
    for seed in range(60):
        graph = random_graph(seed)
        for name, grad in graph.backward().items():
            wrong = known_mistakes(graph, name).values()
            assert all(not np.isclose(number, grad or 0.0, rtol=1e-7, atol=0) for number in wrong)


def test_the_share_of_one_branch_and_the_value_of_a_gate_have_mistakes_too():
    graph = branch()
    shares = known_share_mistakes(graph, "c", 1)
    assert shares["gave_the_sum"] == 5.0
    values = known_value_mistakes(graph, "c")
    assert (values["multiplied"], values["subtracted"]) == (2.0, 1.0)
    assert known_value_mistakes(sum_then_product(), "f")["added"] == -1.0


def test_every_reason_of_the_tables_has_a_sentence():
    from cs231n_lec4.checking import mistakes

    tables = (mistakes.AT_ONE_USE, mistakes.AT_A_BRANCH, mistakes.OF_ANY_GRADIENT)
    codes = {code for table in tables for code, _ in table}
    assert codes <= set(words.REASONS)
    assert all(len(words.REASONS[code]) <= 110 for code in codes)


# ── the misconceptions of students, one by one ───────────────────────────────────────────────────


def reason(graph, name, number, kind="grad"):
    report = check_answer(graph, name, number, kind=kind)
    assert report.mark == "✗"
    return report.reason


def test_m2_a_value_given_for_a_gradient():
    assert reason(sum_then_product(), "y", 5.0) == "gave_the_value"
    assert reason(sum_then_product(), "q", -4.0, kind="value") == "gave_the_gradient"


def test_m4_a_branch_whose_gradient_is_overwritten():
    a, b = Input(4.0, "a"), Input(1.5, "b")
    graph = ComputationalGraph((a + b) * (b + 1.0))
    assert reason(graph, "b", 2.5) == "overwrote_at_a_branch"
    assert reason(graph, "b", 5.5) == "one_path_of_two"


def test_m5_the_wrong_visiting_order():
    x = Input(3.0, "x")
    u = (x * x).named("u")
    graph = ComputationalGraph(u * x + u)  # backward must wait for both uses of u
    assert graph.backward()["x"] == 33.0
    assert check_answer(graph, "x", 33.0)
    assert not check_answer(graph, "x", 15.0)


def test_m6_a_second_backward_onto_old_gradients():
    assert reason(sum_then_product(), "x", -8.0) == "factor_two"


def test_m7_the_value_for_the_local_gradient_of_max():
    z, w = Input(5.0, "z"), Input(-1.0, "w")
    graph = ComputationalGraph(3.0 * c.maximum(z, w))
    assert reason(graph, "z", 15.0) == "max_gives_value"
    assert reason(graph, "w", 3.0) == "wrong_mask"


def test_m8_a_product_that_adds_or_swaps():
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    graph = ComputationalGraph(5.0 * (x * y))
    assert reason(graph, "x", 15.0) == "swaps_gradients"
    assert reason(graph, "x", 1.0) == "adds_upstream"


def test_m10_the_slope_at_the_output_or_with_the_wrong_sign():
    graph = ComputationalGraph(c.sigmoid(Input(1.0, "x")))
    assert reason(graph, "x", 0.219362) == "slope_at_output"
    assert reason(graph, "x", -0.196612) == "sign"


def test_m11_the_upstream_gradient_forgotten():
    assert reason(sum_then_product(), "x", 1.0) == "forgot_upstream"


def test_m12_rows_and_columns_exchanged():
    graph = squared_norm_of_Wx()
    assert reason(graph, "W", [[0.088, 0.104], [0.176, 0.208]]) == "transposed"
    assert reason(graph, "x", [0.304, 0.284]) == "transposed"


def test_m13_the_sum_over_outputs_forgotten():
    table = [[0.044, 0.22], [-0.156, 0.416]]
    assert reason(squared_norm_of_Wx(), "x", table) == "missing_sum"


def test_m15_a_bias_gradient_averaged_or_not_summed():
    x, b = Input(np.arange(12.0).reshape(4, 3), "x"), Input([0.1, 0.2, 0.3], "b")
    graph = ComputationalGraph(c.squared_norm(x + b))
    exact = graph.backward()["b"]
    each = 2.0 * (x.value + b.value)
    assert reason(graph, "b", exact / 4.0) == "mean_instead_of_sum"
    assert reason(graph, "b", each) == "missing_sum_over_broadcast"


def test_m16_a_factor_of_two_in_the_regularisation():
    W = Input([[1.0, -2.0, 0.5]], "W")
    graph = ComputationalGraph(0.5 * (0.1 * c.squared_norm(W)))
    assert reason(graph, "W", [[0.2, -0.4, 0.1]]) == "factor_two"


def test_m17_a_bias_regularised_in_the_loss_only():
    b, s = Input(0.7, "b"), Input(-1.0, "s")
    graph = ComputationalGraph((s + b) * 1.5 + 0.3 * b * b)
    report = check_answer(graph, "b", 1.5)
    assert not report


def test_m18_a_mean_without_its_n():
    x = Input([1.0, 2.0, 4.0], "x")
    graph = ComputationalGraph(2.0 * (x * x).mean())
    assert reason(ComputationalGraph(5.0 * x.mean()), "x", [5.0, 5.0, 5.0]) == "forgot_divide_by_n"
    assert not check_answer(graph, "x", 4.0 * x.value)


def test_m29_the_norm_taken_for_the_squared_norm():
    assert reason(squared_norm_of_Wx(), "q", [0.645942, 0.763386]) == "norm_not_squared"


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


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


def test_a_report_tells_a_notebook_only_plain_text():
    report = check_number(1.0, 2.0)
    assert report._repr_mimebundle_() == {"text/plain": repr(report)}


def test_a_list_or_an_array_is_checked_against_a_list():
    assert check_number([1, 2], [1.0, 2.0])
    assert check_number(np.array([1.0, 2.0]), (1, 2))
    report = check_number([[1, 2], [3, 4]], [[1, 2], [3, 5]], "table")
    assert report.lines[:2] == ("table: the value is not right.", "Yours is 4 at table[1, 1].")
    assert report.reason is None


def test_an_answer_that_is_an_array_is_told_where_it_is_wrong():
    graph = squared_norm_of_Wx()
    report = check_answer(graph, "x", [-0.112, 0.7])
    assert report.lines[1] == "Yours is 0.7 at x[1], a nudge measures 0.636."
    report = check_answer(graph, "q", [0.22, 0.3], kind="value")
    assert report.lines[1] == "Yours is 0.3 at q[1], the graph computes 0.26."


# ── what the reports say ─────────────────────────────────────────────────────────────────────────


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
            lambda: check_answer(sum_then_product(), "x", -4.0001),
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
                "Yours is -4.00001, a nudge measures -4.",
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
                "✗ answer: the value is not 1.",
                "Yours is 1.0000021.",
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


class Reciprocal:
    def forward(self, x):
        self.x = x
        return 1.0 / x

    def backward(self, dz):
        return [-dz / self.x**2]


def test_what_python_refuses_is_measured_with_numpy():
    assert check_gate(Reciprocal, 2.0)
    assert check_gate(Reciprocal, 0.0).reason == "unmeasured"

    class Divides(Reciprocal):
        def forward(self, x):
            return 1 // 0

    report = check_gate(Divides, [1.0, 2.0])
    assert report.reason == "stopped"
    assert report.lines[1].startswith("ZeroDivisionError: ")


@pytest.mark.parametrize("name", ["x", "y", "z", "dz", "a", "b", "inputs", "upstream"])
def test_a_method_whose_first_argument_is_a_number_lacks_self(name):
    known = {}
    exec(f"class G:\n def forward(self, x): return x\n def backward({name}): return 1.0", known)
    report = check_gate(known["G"], 1.0)
    assert report.reason == "missing_self"
    assert report.lines[0] == f"In class G, backward({name}) lacks self."


@pytest.mark.parametrize(
    ("grads", "reason", "says"),
    [
        (None, "wrong_count", "2 inputs but backward returned 0 gradients"),
        (1.0, "wrong_count", "2 inputs but backward returned 1 gradient."),
        ([1.0, 2.0, 3.0], "wrong_count", "return [dx, dy]"),
        ([1.0, None], "wrong_count", "returned nothing for its input y"),
        ([np.ones(3), 1.0], "wrong_shape", "shape (3,)"),
    ],
)
def test_gradients_of_a_wrong_number_or_shape_are_told(grads, reason, says):
    class Plain:
        def forward(self, x, y):
            return x * y

        def backward(self, dz):
            return grads

    report = check_gate(Plain, 3.0, -4.0)
    assert report.reason == reason
    assert says in repr(report)


def test_a_forward_without_a_number_is_told():
    class Silent:
        def forward(self, x):
            return None

        def backward(self, dz):
            return dz

    assert check_gate(Silent, 1.0).reason == "gate_returned"


def test_an_error_with_many_lines_is_cut_to_one():
    class Talks:
        def forward(self, x):
            raise KeyError("first\nsecond") if x is None else OSError("a" * 300 + "\nb")

        def backward(self, dz):
            return dz

    report = check_gate(Talks, 1.0)
    assert report.lines == ("Talks stopped.", "OSError: " + "a" * 200, words.REASONS["stopped"])


def test_a_coincidence_at_the_point_given_is_found_at_another():
    class LogAtThree:
        def forward(self, x):
            self.x = x
            return math.log(x)

        def backward(self, dz):
            return 3.0 * dz / self.x**2  # right at x = 3 only; log(-3) is no point to try

    assert not check_gate(LogAtThree, 3.0)


# ── slopes ───────────────────────────────────────────────────────────────────────────────────────


def test_the_slope_at_a_kink_is_known_from_both_sides():
    found = slope(lambda t: abs(t) + 3.0 * t, 0.0)
    assert found.is_kink
    assert (found.left, found.right, found.value) == pytest.approx((2.0, 4.0, 3.0))
    assert found.error == 0.0
    assert not found.is_known


def test_a_slope_is_measured_at_large_numbers_and_beside_the_end_of_a_function():
    square = slope(lambda t: (1e6 + t) ** 2, 1e6)
    assert square.value == pytest.approx(2e6, rel=1e-8)
    with np.errstate(invalid="ignore"):
        log = slope(lambda t: np.log(1e-7 + t), 1e-7)
    assert log.value == pytest.approx(1e7, rel=1e-2)
    assert log.agrees(1e7)


def test_the_entry_that_is_most_wrong_is_the_one_that_is_told():
    measured = slopes(np.array([10.0, -10.0]), lambda v: float(np.sum(v**2)) / 2.0)
    assert wrong_entry(measured, np.array([7.0, -11.0]), np.zeros(2)) == (0,)
    assert wrong_entry(measured, np.array([10.0, -12.0]), np.zeros(2)) == (1,)
    assert wrong_entry(measured, np.array([10.0, -10.0]), np.zeros(2)) is None
    assert wrong_entry(measured, np.array([10.0]), np.zeros(2)) == ()


def test_nudged_arrays_cannot_be_changed_by_whoever_gets_them():
    seen = []
    slopes(np.ones(2), lambda v: seen.append(v) or float(v.sum()))
    assert not any(array.flags.writeable for array in seen)


# ── the wrong numbers, worked out by hand ────────────────────────────────────────────────────────


def weighted(f, *weights):
    """Σ weight · f, so that each entry has an upstream gradient of its own."""
    return ComputationalGraph((f * np.array(weights)).sum())


def vector(*numbers):
    return Input(list(numbers), "x")


MATRIX, SKEWED = ((1.0, 2.0), (3.0, 5.0), (0.0, 1.0)), ((1.0, 2.0), (3.0, -1.0), (0.5, 4.0))
TABLE = [
    (
        "a local gradient of 1",
        lambda: ComputationalGraph(2.0 * c.exp(Input(0.0, "x"))),
        {"forgot_upstream": 1, "adds_upstream": 3, "slope_at_output": 2 * np.e},
    ),
    (
        "ReLU",
        lambda: weighted(c.relu(vector(1.0, -2.0, 3.0)), 2.0, -1.0, -0.5),
        {
            "forgot_upstream": [1, 0, 1],
            "adds_upstream": [3, -1, 0.5],
            "wrong_mask": [0, -1, 0],
            "missing_sum": [[2, 0, 0], [0, 0, 0], [0, 0, -0.5]],
        },
    ),
    (
        "a bias that broadcasting repeats",
        lambda: weighted(Input(MATRIX, "X") + vector(1.0, -1.0), *SKEWED),
        {
            "forgot_upstream": [3, 3],
            "missing_sum_over_broadcast": SKEWED,
            "mean_instead_of_sum": [4.5 / 3, 5 / 3],
        },
    ),
    (
        "what is not repeated",
        lambda: weighted(Input(MATRIX, "x") + np.array([1.0, -1.0]), *SKEWED),
        {
            "forgot_upstream": np.ones((3, 2)),
            "adds_upstream": np.add(SKEWED, 1.0),
            "transposed": np.transpose(SKEWED),
            "mean_instead_of_sum": np.divide(SKEWED, 3.0),
        },
    ),
    (
        "a mean",
        lambda: ComputationalGraph(3.0 * vector(1.0, 2.0, 4.0, 7.0).mean()),
        {
            "forgot_upstream": [0.25] * 4,
            "mean_instead_of_sum": [0.1875] * 4,
            "forgot_divide_by_n": [3] * 4,
        },
    ),
    (
        "a matrix times a vector, by the matrix",
        lambda: ComputationalGraph(
            (Input(MATRIX, "x") @ np.array([2.0, 4.0])) * np.array([1, 2, 3])
        ),
        {
            "forgot_upstream": [[2, 4]] * 3,
            "transposed": [[2, 4, 6], [4, 8, 12]],
            "missing_indicator": [[12, 24]] * 3,
        },
    ),
    (
        "a matrix times a vector, by the vector",
        lambda: ComputationalGraph((np.array(MATRIX) @ vector(2.0, 4.0)) * np.array([1, 2, 3])),
        {"forgot_upstream": [4, 8], "missing_sum": [[1, 2], [6, 10], [0, 3]]},
    ),
    (
        "a square matrix times a vector",
        lambda: weighted(np.array([[1.0, 2.0], [3.0, 5.0]]) @ vector(2.0, 4.0), 1.0, 3.0),
        {
            "forgot_upstream": [4, 7],
            "forgot_local": [1, 3],
            "adds_upstream": [5, 10],
            "transposed": [7, 18],
            "missing_sum": [[1, 2], [9, 15]],
        },
    ),
    (
        "rows of data times a matrix",
        lambda: weighted(np.array(MATRIX) @ Input([[2.0, -1.0], [0.5, 1.0]], "x"), *SKEWED),
        {
            "forgot_upstream": [[4, 4], [8, 8]],
            "transposed": [[10, 17.5], [-1, 3]],
            "mean_instead_of_sum": [[10 / 3, -1 / 3], [17.5 / 3, 1]],
        },
    ),
    (
        "three paths",
        lambda: three_paths(Input(2.0, "x")),
        {
            "adds_upstream": 12,
            "one_path_of_two": 1,
            "overwrote_at_a_branch": 3,
            "multiplied_at_a_branch": 15,
            "mean_instead_of_sum": 3,
        },
    ),
    (
        "the larger of two",
        lambda: ComputationalGraph(3.0 * c.maximum(Input(5.0, "x"), Input(-1.0, "w"))),
        {"forgot_upstream": 1, "adds_upstream": 4, "max_gives_value": 15, "wrong_mask": 0},
    ),
    (
        "the smaller of two",
        lambda: ComputationalGraph(3.0 * c.maximum(Input(5.0, "w"), Input(-1.0, "x"))),
        {"wrong_mask": 3},
    ),
    (
        "a squared norm",
        lambda: ComputationalGraph(2.0 * c.squared_norm(vector(3.0, 4.0))),
        {
            "forgot_upstream": [6, 8],
            "mean_instead_of_sum": [6, 8],
            "forgot_divide_by_n": [24, 32],
            "norm_not_squared": [1.2, 1.6],
        },
    ),
    (
        "an output that is an array",
        lambda: ComputationalGraph(vector(1.0, 2.0) * np.array([3.0, 5.0])),
        {
            "forgot_local": [1, 1],
            "adds_upstream": [4, 6],
            "missing_sum": [[3, 0], [0, 5]],
        },
    ),
    (
        "too many entries for a Jacobian",
        lambda: ComputationalGraph(2.0 * c.exp(Input(np.ones(400), "x"))),
        {"forgot_local": np.full(400, 2.0)},
    ),
]


def three_paths(x):
    """x reaches the output by a product, by another one and by a sum: 3 + 5 + 1."""
    return ComputationalGraph(x * Input(3.0, "y") + x * 5.0 + x)


@pytest.mark.parametrize(
    ("graph", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_wrong_numbers_are_those_a_person_would_write(graph, expected):
    graph = graph()
    found = known_mistakes(graph, "x")
    if np.ndim(graph.output.value) == 0:
        truth = graph.backward()["x"]
        np.testing.assert_array_equal(found.pop("sign", 0.0), -truth)
        np.testing.assert_array_equal(found.pop("factor_two", 0.0), 2.0 * truth)
    of_any = {"gave_the_value", "sign", "factor_two"}
    assert found.keys() - of_any == expected.keys()
    for code, number in expected.items():
        np.testing.assert_allclose(found[code], number, rtol=1e-12)


@pytest.mark.parametrize(
    "wrong", [[0, -1, 0, 0, 0.7], [2, -1, -0.5, 0.5, 0.7], [2, 0, 0, 0.5, 0.7]]
)
def test_three_wrong_masks_have_one_reason(wrong):
    graph = weighted(c.relu(vector(1.0, -2.0, 3.0, 2.0, -1.0)), 2.0, -1.0, -0.5, 0.5, 0.7)
    assert reason(graph, "x", wrong) == "wrong_mask"


def test_the_mean_over_rows_is_known_as_well_as_the_mean_over_entries():
    scores = Input([[1.0, 2.0, 3.0], [3.0, 5.0, 8.0]], "s")
    graph = ComputationalGraph(6.0 * c.hinge_loss(scores, [0, 1]))
    truth = graph.backward()["s"]
    assert reason(graph, "s", 2.0 * truth) == "factor_two or forgot_divide_by_n"  # two rows
    scores = Input(np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 8.5], [0.0, 2.0, 1.0]]), "s")
    graph = ComputationalGraph(6.0 * c.hinge_loss(scores, [0, 1, 0]))
    assert reason(graph, "s", 3.0 * graph.backward()["s"]) == "forgot_divide_by_n"


def test_the_wrong_values_are_those_a_person_would_write():
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    graph = ComputationalGraph((x * y).named("p") * 2.0)
    assert known_value_mistakes(graph, "p") == {
        "sign": 12.0, "gave_the_gradient": 2.0, "gave_an_input": 3.0,
        "added": -1.0, "subtracted": 7.0, "took_the_larger": 3.0,
    }  # fmt: skip
    larger = c.maximum(Input(2.0, "x"), Input(5.0, "y")).named("m")
    assert known_value_mistakes(ComputationalGraph(larger - 3.0), "m") == {
        "sign": -5.0, "gave_the_gradient": 1.0, "gave_an_input": 2.0,
        "added": 7.0, "subtracted": -3.0, "multiplied": 10.0,
    }  # fmt: skip
    tripled = ComputationalGraph(c.tanh(Input(0.5, "x")).named("t") * 3.0)
    assert known_value_mistakes(tripled, "t") == {
        "sign": -np.tanh(0.5), "gave_the_gradient": 3.0, "gave_an_input": 0.5,
    }  # fmt: skip
    assert known_value_mistakes(ComputationalGraph(vector(2.0) * 3.0), "v1") == {}
    assert known_value_mistakes(tripled, "x") == {}
    assert reason(graph, "p", -4.0, kind="value") == "gave_an_input"


def test_the_share_of_a_branch_has_its_own_wrong_numbers():
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    assert known_share_mistakes(ComputationalGraph((x * y).named("p") * 2.0), "p", 0) == {
        "gave_the_value": 3.0, "sign": 8.0, "factor_two": -16.0, "forgot_upstream": -4.0,
        "forgot_local": 2.0, "adds_upstream": -2.0, "swaps_gradients": 6.0,
    }  # fmt: skip


# ── where a gate is tried ────────────────────────────────────────────────────────────────────────


def test_a_gate_is_tried_at_the_mirrored_point_and_at_two_nearby():
    given = [2.0, -4.0]
    mirrored, out, back = other_points([*given, 0.0])
    assert mirrored == [-2.0, 4.0, 0.0]
    for sign, point in ((1.0, out), (-1.0, back)):
        moves = [sign * (new / x - 1.0) for new, x in zip(point, given, strict=False)]
        assert 0.1 < moves[0] < 0.3
        assert moves[0] + 0.04 < moves[1] < 0.4  # each input moves by an amount of its own
        assert 0.0 < sign * point[2] < 0.05


def test_upstream_gradients_of_an_array_differ_in_size_and_sign():
    upstream = upstream_for(np.zeros(7), None)
    assert len(set(np.abs(upstream))) == 7
    assert np.sum(upstream < 0.0) == 3
    assert upstream_for(0.0, None) == 2.0


class StopsInBackward(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        return [dz / {}["missing"]]


class OneShape(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        return [np.ones(7)]


def test_a_gate_that_stops_or_has_a_wrong_shape_in_a_graph_has_its_reason():
    x = Input([1.0, 2.0], "x")
    stops = check_gradients(ComputationalGraph(StopsInBackward(x).sum()))
    assert (stops.mark, stops.reason) == ("✗", "stopped")
    shape = check_gradients(ComputationalGraph(OneShape(x).sum()))
    assert (shape.mark, shape.reason) == ("✗", "wrong_shape")


def test_a_report_has_three_lines_at_most():
    assert repr(Report("✗", ["one", "two", "three", "four"])) == "✗ one\n  two\n  three"


# ── the laboratory of gradient checks ────────────────────────────────────────────────────────────


def test_the_relative_error_is_zero_for_two_zeros_and_one_for_opposite_signs():
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(3.0, 4.0) == relative_error(4.0, 3.0) == 0.25
    assert relative_error(-2.0, 2.0) == 2.0
    assert relative_error([1.0, 0.0, 10.0], [1.0, 0.0, 5.0]) == 0.5


def test_the_two_differences_of_a_square_are_known():
    def square(x):
        return x * x

    assert forward_difference(square, 3.0, 0.5) == 6.5
    assert centred_difference(square, 3.0, 0.5) == 6.0


def test_the_table_of_steps_says_how_the_errors_shrink():
    table = StepTable(lambda x: x**3, 1.0, 3.0)
    assert [row[0] for row in table.rows] == [1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11]
    assert table.rows[0][1:] == pytest.approx((0.31 / 3.31, 0.01 / 3.01))
    lines = repr(table).splitlines()
    assert lines[0].split() == ["h", "forward", "centred"]
    assert lines[1] == "         1e-01         9e-02         3e-03"
    single = StepTable(lambda x: x**3, 1.0, 3.0, steps=(1e-5,), dtype=np.float32)
    assert single.rows[0][2] > 1e-4 > table.rows[2][2]


# ── answers: what is left ────────────────────────────────────────────────────────────────────────


def test_an_answer_at_a_kink_has_the_reason_kink():
    graph = ComputationalGraph(c.relu(Input(0.0, "x")))
    assert check_answer(graph, "x", 0.0).reason == "kink"


def test_the_gradient_of_an_array_is_measured_too():
    graph = ComputationalGraph(c.tanh(Input([0.0, 1.0], "x")))
    assert "a nudge measures 1." in check_answer(graph, "x", [3.0, 0.42]).lines[1]


def test_nan_is_the_right_answer_where_it_is_the_value():
    assert check_number(float("nan"), float("nan"))


@pytest.mark.parametrize(
    ("number", "rounded"), [(0.125, 0.13), (-0.125, -0.13), (10.0, 10.0), (0.124, 0.12)]
)
def test_a_person_rounds_half_away_from_zero(number, rounded):
    assert two_decimals(number) == rounded


# ── checks of gates and graphs: what is left ─────────────────────────────────────────────────────


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


# ── what a check says, and what it does at its edges ─────────────────────────────────────────────


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
        (lambda: check_jacobian_size(5, 4, 4), 0, "check_jacobian_size stopped."),
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
        (FiveForASquare, 2.0, "stale_cache"),  # always the same slope, where it should change
        (FiveForASquare, [2.0, 7.0], "wrong_local"),  # of an array that is not said so easily
        (FiveForThree, 2.0, "wrong_local"),  # the right slope does not change either
        (UpstreamSquared, [2.0, 7.0], None),  # upstream is not multiplied in correctly
    ],
)
def test_an_unknown_mistake_is_told_no_closer_than_its_numbers_allow(gate, x, reason):
    report = check_gate(gate, x)
    assert (report.mark, report.reason) == ("✗", reason)


def test_a_gate_that_makes_an_array_of_a_number_is_shown_without_its_upstream():
    class Pair:
        def forward(self, x):
            return np.array([x, 3.0 * x])

        def backward(self, dz):
            return 5.0 * dz[0]

    line = check_gate(Pair, 2.0).lines[1]  # upstream is [2, -1]: 2 · 1 - 1 · 3
    assert line == "Yours is 10 at x, a nudge measures -1."


def test_a_gate_may_leave_the_sum_over_broadcast_axes_to_the_graph_and_a_plain_class_not():
    class Sums:
        def forward(self, x, y):
            return x + y

        def backward(self, dz):
            return [dz, dz]

    class SumsInAGraph(Sums, Gate):
        pass

    inputs = np.ones((3, 2)), np.array([1.0, -2.0])
    assert check_gate(SumsInAGraph, *inputs).mark == "✓"
    assert check_gate(Sums, *inputs).reason == "missing_sum_over_broadcast"


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


@pytest.mark.parametrize(("x", "size"), [(0.5, 1.0), (-4.0, 4.0)])
def test_a_nudge_is_as_large_as_the_step_says_and_grows_with_large_numbers_only(x, size):
    graph = ComputationalGraph(Input(x, "x") ** 3)
    error = (0.1 * size) ** 2  # of the central difference of a cube: exactly h²
    assert numerical_gradient(graph, "x", h=0.1) == pytest.approx(3.0 * x**2 + error)
    moves = []
    slope(lambda t: moves.append(t) or (np.nan if t else 1.0), x)
    expected = [h for step in (1e-6, 1e-4, 1e-8, 1e-10) for h in (step, step / 8.0)]
    assert np.abs(moves[1:]) / size == pytest.approx(np.repeat(expected, 2), rel=1e-12, abs=0.0)


def test_the_rounding_of_a_large_loss_is_neither_a_kink_nor_a_wrong_gradient():
    rng = np.random.default_rng(4)
    for here, right in zip(10.0 ** rng.uniform(2, 9, 300), rng.uniform(1, 9, 300), strict=True):
        found = slope(lambda t, here=here, right=right: here + right * t, 0.5)
        assert found.is_known
        assert found.agrees(right)


def test_the_known_mistakes_fit_the_shapes_of_the_gate():
    def of(f, name):
        return known_mistakes(ComputationalGraph(f), name)

    number = of(weighted(Input(2.0, "b") * vector(1.0, 2.0, 4.0, 7.0), 1, -1, 0.5, 2).output, "b")
    assert number["missing_sum_over_broadcast"].tolist() == [1.0, -2.0, 2.0, 14.0]
    assert number["mean_instead_of_sum"] == 15.0 / 4.0
    column, matrix = Input([[1.0], [2.0], [3.0]], "c"), np.arange(6.0).reshape(3, 2)
    found = of((column * matrix).sum(), "c")
    assert found["mean_instead_of_sum"].tolist() == [[0.5], [2.5], [4.5]]  # of two columns
    square = Input([[1.0, 2.0], [3.0, 5.0]], "A")
    assert "missing_sum_over_broadcast" not in of((square @ square.value).sum(), "A")
    assert "norm_not_squared" not in of(Input(3.0, "x") * Input(3.0, "y"), "x")
    assert of(1e-8 * Input(3.0, "x"), "x")["sign"] == -1e-8  # small is not the same as zero


# ── odd but plausible input ──────────────────────────────────────────────────────────────────────


def test_an_empty_array_has_an_answer():
    for graph in (
        ComputationalGraph((Input(np.array([]), "x") * 3.0).sum()),
        ComputationalGraph(Input(np.zeros((0, 3)), "x") * 3.0),
    ):
        x = graph["x"].value
        assert all(np.size(wrong) == 0 for wrong in known_mistakes(graph, "x").values())
        assert check_answer(graph, "x", np.zeros(x.shape)).mark == "✓"
        assert check_answer(graph, "x", 1.0).reason == "wrong_shape"


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


def test_a_report_lists_kinks_in_the_order_of_the_inputs():
    graph = ComputationalGraph(c.maximum(Input(1.0, "x"), Input(1.0, "y")))
    assert "with respect to x, y." in check_gradients(graph).lines[0]


def test_a_nudge_may_be_any_kind_of_number():
    assert numerical_gradient(doubled(), "x", h=np.float32(1e-3)) == pytest.approx(2.0)
