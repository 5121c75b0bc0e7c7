"""The checks find planted mistakes, name them, and never blame what is right."""

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
    check_gate,
    check_gradients,
    check_number,
    known_mistakes,
    numerical_gradient,
    words,
)
from cs231n_lec4.checking.mistakes import known_share_mistakes, known_value_mistakes


def sum_then_product():
    """The lecture's first graph (slide 12)."""
    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    return ComputationalGraph(((x + y).named("q") * z).named("f"))


def branch():
    """b feeds two gates; its gradient is 3 + 2."""
    a, b = Input(2.0, "a"), Input(1.0, "b")
    return ComputationalGraph(((a + b).named("c") * (b + 1.0).named("d")).named("e"))


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


def test_no_reason_is_given_where_two_mistakes_fit():
    half = next(kind for kind, *_ in WRONG_GATES if kind.__name__ == "HalfTheSquaredNorm")
    report = check_gate(half, [1.0, 3.0])  # half of it, or the mean over two entries
    assert not report
    assert report.reason is None
    report = check_answer(sum_then_product(), "z", -4.0)  # its value, and the gradient of q
    assert not report
    assert report.reason is None


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
    "call",
    [
        lambda: check_gate(c.MultiplyGate),
        lambda: check_gate(int, 3.0),
        lambda: check_gate(None, 3.0),
        lambda: check_gate(c.MultiplyGate, 3.0),
        lambda: check_gate(c.MultiplyGate, "3", 2.0),
        lambda: check_gate(c.MultiplyGate, 3.0, 2.0, upstream=[1.0, 2.0]),
        lambda: check_gate(lambda x: x, 3.0),
        lambda: check_gradients(3.0),
        lambda: check_gradients(sum_then_product(), upstream=[1.0]),
        lambda: check_answer(None, "x", 3.0),
        lambda: check_answer(sum_then_product(), "w", 3.0),
        lambda: check_answer(sum_then_product(), "x", "three"),
        lambda: check_answer(sum_then_product(), "x", [1.0, 2.0]),
        lambda: check_answer(sum_then_product(), "x", None),
        lambda: check_number(..., 3.0),
        lambda: check_number(Input(1.0, "x"), 3.0),
    ],
)
def test_no_check_raises_whatever_it_is_given(call):
    report = call()
    assert not report
    assert report.reason
    assert 1 <= len(repr(report).splitlines()) <= 3


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
