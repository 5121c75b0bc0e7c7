"""What a nudge measures, and how far it can be trusted."""

import numpy as np
import pytest
from small_graphs import doubled, squared_norm_of_Wx, state, sum_then_product

import cs231n_lec4 as c
from cs231n_lec4 import (
    ComputationalGraph,
    Input,
    check_answer,
    check_gradients,
    known_mistakes,
    numerical_gradient,
)
from cs231n_lec4.checking.nudges import slope, slopes, wrong_entry


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


class ScaledInFloat32(c.Gate):
    def forward(self, x):
        return np.float32(2.5) * np.float32(x)

    def backward(self, dz):
        return [2.5 * dz]


@pytest.mark.parametrize("x", [0.7, -30.0, [0.3, 5.0]])
def test_the_step_follows_the_precision_of_the_graph(x):
    graph = ComputationalGraph((ScaledInFloat32(Input(x, "x")) * 2.0).sum())
    assert numerical_gradient(graph, "x") == pytest.approx(5.0 * np.ones(np.shape(x)), rel=1e-4)
    rough = numerical_gradient(graph, "x", h=1e-7)  # a step that was asked for is taken
    assert np.max(np.abs(rough - 5.0)) > 0.01


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


def test_a_nudge_may_be_any_kind_of_number():
    assert numerical_gradient(doubled(), "x", h=np.float32(1e-3)) == pytest.approx(2.0)
