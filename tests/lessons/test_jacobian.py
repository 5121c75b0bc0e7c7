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


@pytest.mark.parametrize(
    ("m", "n", "dtype", "text"),
    [
        (1, 1023, "i1", "1,023 bytes"),
        (1, 1024, "i1", "1 KiB"),
        (1, 1536, "i1", "1.5 KiB"),
        (10, 1024, "i1", "10 KiB"),
        (1, 10752, "i1", "10 KiB"),
        (4, 258, "i1", "1 KiB"),
        (1024**3, 1024**3, "i1", "1,024 PiB"),
    ],
)
def test_a_size_has_the_unit_a_person_would_use(m, n, dtype, text):
    assert jacobian_size(m, n, dtype) == text


def test_the_limit_is_256_mebibytes():
    from cs231n_lec4.lessons.jacobians import refuse_too_large

    refuse_too_large(4096, 8192)
    for m, n in ((4096, 8193), (8192, 4097)):
        with pytest.raises(GraphError, match=f"{m:,} × {n:,}"):
            refuse_too_large(m, n)


# ── checks of what is said about Jacobians ───────────────────────────────────────────────────────


def test_the_counts_of_a_jacobian_are_checked():
    right = {"entries": 4096 * 4096, "bytes": 4 * 4096 * 4096}
    assert repr(c.check_jacobian_size(right, 4096, 4096)) == "✓ All right: entries, bytes."
    assert c.check_jacobian_size({"entries": 12, "bytes": 8 * 12}, 3, 4, dtype="float64")
    assert not c.check_jacobian_size({**right, "bytes": 5}, 4096, 4096)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"entries": 3}, "diagonal_only"),
        ({"entries": 8}, "sides_added"),
        ({"bytes": 15}, "entries_not_bytes"),
        ({"bytes": 12}, "diagonal_only"),
        ({"bytes": 480}, "bits_not_bytes"),
        ({"bytes": 120}, "other_dtype"),
        ({"bytes": 61}, None),
    ],
)
def test_a_wrong_count_of_a_jacobian_has_its_reason(answers, reason):
    report = c.check_jacobian_size(answers, 3, 5)
    assert report.mark == "✗"
    assert report.reason == reason


def test_the_other_precision_is_known_from_both_sides():
    assert c.check_jacobian_size({"bytes": 60}, 3, 5, dtype="float64").reason == "other_dtype"


@pytest.mark.parametrize(
    ("yours", "reason"),
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], "identity_not_mask"),
        ([1, 0, 1], "diagonal_only"),
        ([[1, 0, 1]] * 3, "off_diagonal"),
        ([[2, 0, 0], [0, 0, 0], [0, 0, 3]], "max_gives_value"),
        ([[0, 0, 0], [0, 0, 0], [0, 0, 0]], None),
    ],
)
def test_the_jacobian_of_relu_is_checked(yours, reason):
    report = c.check_jacobian(yours, c.ReluGate(), [2.0, -1.0, 3.0])
    assert not report
    assert report.reason == reason
    assert c.check_jacobian(np.diag([1, 0, 1]), c.ReluGate(), [2.0, -1.0, 3.0])


def test_a_jacobian_with_rows_and_columns_exchanged_is_told_so():
    graph = ComputationalGraph(
        np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]) @ Input(np.ones(3), "x")
    )
    assert c.check_jacobian([[1, 2, 3], [4, 5, 6]], graph, "x")
    assert c.check_jacobian([[1, 4], [2, 5], [3, 6]], graph, "x").reason == "transposed"


class BuildsTheMatrix(c.ReluGate):
    def backward(self, dz):
        return [np.diag(self.is_on) @ dz]


def test_a_gate_that_builds_its_jacobian_is_found_though_it_is_right():
    x = np.array([1.0, -2.0, 3.0])
    assert c.check_gate(BuildsTheMatrix, x)
    report = c.check_elementwise(BuildsTheMatrix, x)
    assert report.reason == "builds_jacobian"
    assert report.lines[1] == "For 1,000 numbers it takes the memory of 1,000 × 1,000 numbers."
    assert c.check_elementwise(c.ReluGate, x).mark == "✓"
    assert not c.check_elementwise(c.ReluGate, x, upstream=[1.0])


def test_a_jacobian_whose_rows_are_all_alike_lacks_the_indicator():
    graph = ComputationalGraph(
        np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]) @ Input(np.ones(3), "x")
    )
    report = c.check_jacobian([[5, 7, 9], [5, 7, 9]], graph, "x")
    assert report.reason == "missing_indicator"
    assert report.lines[0] == "J: the value is not right."
    square = ComputationalGraph(c.tanh(Input([0.0, 0.0], "x")))
    assert c.check_jacobian(np.eye(2), square, "x")


class BuildsOnlyBits(c.ReluGate):
    def backward(self, dz):
        return [np.eye(len(dz), dtype=bool).any(axis=0) * self.is_on * dz]


def test_a_matrix_of_yes_and_no_is_a_matrix_too():
    report = c.check_elementwise(BuildsOnlyBits, np.array([1.0, -2.0, 3.0]))
    assert report.reason == "builds_jacobian"
    assert report.lines[0].startswith("BuildsOnlyBits: the gradients are right, but")
