"""The Jacobian: small ones are right, large ones are never built."""

import tracemalloc

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, GraphError, Input, jacobian, jacobian_size


def test_an_elementwise_gate_has_a_diagonal_jacobian():
    np.testing.assert_array_equal(
        jacobian(c.ReluGate(), [1.0, -2.0, 3.0]), [[1, 0, 0], [0, 0, 0], [0, 0, 1]]
    )


def test_row_i_column_j_is_output_i_by_input_j():
    W, x = Input([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "W"), Input([1.0, 0.5, -1.0], "x")
    graph = ComputationalGraph(W @ x)
    np.testing.assert_array_equal(jacobian(graph, "x"), W.value)
    expected = np.kron(np.eye(2), x.value)  # q_k depends on row k of W only
    np.testing.assert_array_equal(jacobian(graph, "W"), expected)


def test_a_jacobian_agrees_with_central_differences():
    rng = np.random.default_rng(3)
    X, W = Input(rng.normal(size=(2, 3)), "X"), Input(rng.normal(size=(3, 4)), "W")
    graph = ComputationalGraph(c.tanh(X @ W))
    for name in ("X", "W"):
        rows = [
            np.ravel(c.numerical_gradient(graph, name, upstream=unit.reshape(2, 4)))
            for unit in np.eye(8)
        ]
        np.testing.assert_allclose(jacobian(graph, name), rows, atol=1e-8)


def test_a_scalar_graph_has_one_row():
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    assert jacobian(ComputationalGraph(x * y), "x").tolist() == [[-4.0]]
    W = Input([[1.0, 2.0]], "W")
    assert jacobian(ComputationalGraph(c.squared_norm(W)), "W").tolist() == [[2.0, 4.0]]


def test_a_gate_keeps_its_settings_and_takes_further_inputs():
    assert jacobian(c.LeakyReluGate(slope=0.1), -2.0).tolist() == [[0.1]]
    assert jacobian(c.MultiplyGate, 3.0, -4.0).tolist() == [[-4.0]]


def test_the_graph_is_left_as_it_was():
    x = Input([1.0, -2.0], "x")
    graph = ComputationalGraph((x * x).named("q") * 3.0)
    graph.backward(upstream=[1.0, 1.0])
    before = [(repr(n.value), repr(n.grad)) for n in graph.nodes]
    jacobian(graph, "x")
    jacobian(graph, "q")
    assert [(repr(n.value), repr(n.grad)) for n in graph.nodes] == before


def test_the_jacobian_of_the_slide_is_refused_before_memory_is_asked_for():
    x = np.ones(409_600, np.float32)
    tracemalloc.start()
    with pytest.raises(GraphError) as caught:
        jacobian(c.ReluGate(), x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "jacobian_too_large_square"
    for fact in ("409,600 × 409,600", "1.2 TiB", "diagonal"):
        assert fact in str(caught.value)
    assert len(str(caught.value).splitlines()) <= 4
    assert peak < 100 * 2**20


def test_a_large_jacobian_that_is_not_square_is_refused_too():
    with pytest.raises(GraphError) as caught:
        jacobian(c.MatMulGate(), np.ones((500, 500)), np.ones((500, 400)))
    assert caught.value.code == "jacobian_too_large"


@pytest.mark.parametrize(
    ("m", "n", "dtype", "text"),
    [
        (4, 4, "f8", "128 bytes"),
        (64, 64, "f8", "32 KiB"),
        (4096, 4096, "f4", "64 MiB"),
        (4096, 4096, "f8", "128 MiB"),
        (409_600, 409_600, "f4", "625 GiB"),
        (409_600, 409_600, "f8", "1.2 TiB"),
    ],
)
def test_the_sizes_of_the_slides(m, n, dtype, text):
    assert jacobian_size(m, n, dtype) == text


@pytest.mark.parametrize("what", [(3.0, 1.0), (int, 1.0), (c.ReluGate(),)])
def test_what_has_no_jacobian_is_told(what):
    with pytest.raises(GraphError) as caught:
        jacobian(*what)
    assert caught.value.code == "jacobian_of_what"


def test_the_name_of_the_function_is_not_hidden_by_its_module():
    assert callable(c.jacobian)
    assert callable(c.parse)
