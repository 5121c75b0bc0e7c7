"""The misconceptions of students, one by one: each answer gets its own reason."""

import numpy as np
from small_graphs import reason, squared_norm_of_Wx, sum_then_product

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Input, check_answer


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
