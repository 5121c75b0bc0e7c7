"""Gates for arrays, told how they work by a setting: axes, shapes, indices, batches of matrices.

Each against an outside engine (HIPS autograd), on random shapes with axes of 0 and 1, and as flat
code.
"""

import itertools
import operator

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Constant, Input
from cs231n_lec4.engine import values

pytestmark = pytest.mark.filterwarnings("error")

SHAPES = [(4,), (1,), (0,), (2, 3), (1, 3), (3, 1), (0, 3), (3, 0), (2, 3, 4), (2, 1, 3), (2, 0, 3)]


def axes_of(shape):
    """None, every axis from both ends, every pair, none of them."""
    both_ends = range(-len(shape), len(shape))
    pairs = [
        p for p in itertools.product(both_ends, repeat=2) if len({k % len(shape) for k in p}) == 2
    ]
    return [None, (), *both_ends, *pairs]


ALONG_AXES = [(shape, axis) for shape in SHAPES for axis in axes_of(shape)]
INDICES = {
    (4,): [0, -1, np.int64(2), (), ..., None, slice(None), slice(1, 3), slice(None, None, -2),
           slice(4, 9), [0, 0, 3], [2, -2, 2], [], np.array([[0, 1], [1, 0]]),
           [True, False, True, True], np.zeros(4, bool)],
    (2, 3): [1, -2, (0, 2), (1, -1), (slice(None), 1), (..., 0), (slice(None, None, -1), slice(1, None)),
             [1, 1, 1], ([0, 1, 0], [2, 2, 2]), (slice(None), [0, 0, 2]), (None, 1), (1, None, [0, 0]),
             np.array([[True, False, True], [False, False, True]]), (np.array([0, 1, 0]), slice(0, 2)),
             ([[0], [1], [0]], [0, 2])],
    (0, 3): [slice(None), (slice(None), 1), [], np.zeros((0, 3), bool)],
    (2, 3, 2): [0, (0, 1), (..., 1), (1, slice(None), [0, 0]), (slice(None), 2, 1), (0, 2, -1),
                ([0, 1], slice(None), [1, 1])],
}  # fmt: skip
PICKED = [(shape, index) for shape, indices in INDICES.items() for index in indices]
RESHAPED = [
    ((6,), (2, 3)), ((6,), -1), ((2, 3), 6), ((2, 3), (3, -1)), ((2, 3), (1, 6, 1)), ((0, 3), (3, 0)),
    ((0, 3), 0), ((1,), ()), ((), (1, 1)), ((2, 3, 4), (4, -1)),
]  # fmt: skip


def drawn(shape, dtype=np.float64, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def compared(ours, theirs, shape, dtype=np.float64):
    """Value and gradient of `ours`, of a node, and of `theirs`, of an array; also as flat code."""
    x = drawn(shape, dtype)
    graph = ComputationalGraph(ours(Input(x, "x")))
    value = theirs(np.asarray(x, np.float64))
    upstream = drawn(np.shape(value), dtype, seed=1) if np.ndim(value) else dtype(1.0)
    expected = autograd.grad(lambda x: anp.sum(theirs(x) * np.asarray(upstream, np.float64)))
    grad, truth = graph.backward(upstream)["x"], expected(np.asarray(x, np.float64))
    limit = 1e-13 if dtype is np.float64 else 1e-5
    for got, wanted in ((graph.output.value, value), (grad, truth)):
        assert np.shape(got) == np.shape(wanted)
        assert np.asarray(got).dtype == dtype
        np.testing.assert_allclose(got, wanted, rtol=limit, atol=limit)
    step = c.compile_flat(graph)
    arguments = {"x": x, **({"upstream": upstream} if np.ndim(value) else {})}
    flat_value, flat_grads = step(**arguments)
    np.testing.assert_array_equal(flat_value, graph.output.value)
    np.testing.assert_array_equal(flat_grads["x"], grad)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("shape", "axis"), ALONG_AXES)
def test_a_sum_along_axes(shape, axis, dtype):
    compared(lambda x: x.sum(axis=axis), lambda x: anp.sum(x, axis=axis), shape, dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("shape", "axis"),
    [(s, a) for s, a in ALONG_AXES if 0 not in s or np.sum(np.ones(s), a).size == 0],
)
def test_a_mean_along_axes(shape, axis, dtype):
    def theirs(x):
        return anp.sum(x, axis=axis) * (
            1.0 if 0 in shape else np.mean(np.ones(shape), axis) / np.sum(np.ones(shape), axis)
        )

    compared(lambda x: x.mean(axis=axis), theirs, shape, dtype)


def test_a_mean_of_nothing_is_not_a_number_and_has_an_empty_gradient():
    for axis, expected in ((None, np.nan), (0, [np.nan] * 3)):
        graph = ComputationalGraph(Input(np.zeros((0, 3)), "x").mean(axis=axis).sum())
        np.testing.assert_array_equal(graph["v1"].value, expected)
        assert graph.backward()["x"].shape == (0, 3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("shape", "index"), PICKED, ids=str)
def test_what_is_picked_receives_the_gradient_as_often_as_it_was_picked(shape, index, dtype):
    def places(x):  # autograd knows no lists of booleans
        return (
            tuple(map(np.asarray, x))
            if isinstance(x, tuple) and all(isinstance(k, list) for k in x) and x
            else x
        )

    theirs = (
        np.array(index, dtype=int if index == [] else None)
        if isinstance(index, list)
        else places(index)
    )
    compared(operator.itemgetter(index), lambda x: x[theirs], shape, dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("shape", "new"), RESHAPED)
def test_a_reshaped_array_has_its_gradient_in_the_old_shape(shape, new, dtype):
    if shape:
        compared(lambda x: x.reshape(new), lambda x: anp.reshape(x, new), shape, dtype)
    graph = ComputationalGraph(Input(drawn(shape), "x").reshape(new).sum())
    assert np.shape(graph.backward()["x"]) == shape


def test_a_shape_may_be_given_number_by_number():
    x = Input(np.arange(6.0), "x")
    assert (
        x.reshape(2, 3).value.tolist() == x.reshape((2, 3)).value.tolist() == [[0, 1, 2], [3, 4, 5]]
    )
    assert x.reshape(2, -1).value.shape == (2, 3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_transposed_array_has_its_gradient_transposed_back(shape, dtype):
    compared(lambda x: x.T, anp.transpose, shape, dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape[-1]])
def test_softmax(shape, dtype):
    def theirs(x):
        return anp.exp(x) / anp.sum(anp.exp(x), axis=-1, keepdims=True)

    compared(c.softmax, theirs, shape, dtype)


PRODUCTS = [
    ((2, 3, 4), (2, 4, 5)), ((2, 3, 4), (4, 5)), ((3, 4), (2, 4, 5)), ((2, 3, 4), (4,)), ((4,), (2, 4, 5)),
    ((1, 3, 4), (2, 4, 5)), ((2, 3, 4), (1, 4, 5)), ((2, 1, 3, 4), (3, 4, 2)), ((5, 2, 3, 4), (2, 4, 1)),
    ((2, 2, 3, 4), (4,)), ((4,), (2, 2, 4, 3)), ((0, 3, 4), (4, 2)), ((2, 0, 4), (2, 4, 2)), ((2, 3, 0), (0, 2)),
    ((1, 1, 1), (1,)), ((1,), (1, 1, 1)), ((2, 3, 4), (2, 4, 1)), ((3, 3, 3), (3, 3, 3)), ((3, 3, 3), (3,)),
    ((3,), (3, 3, 3)), ((3, 1, 3, 3), (3, 3)), ((3, 3), (2, 1, 3, 3)),
]  # fmt: skip


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("left", "right"), PRODUCTS)
def test_a_batch_of_matrices(left, right, dtype):
    x, y = drawn(left, seed=2), drawn(right, seed=3)
    compared(lambda x: x @ y.astype(dtype), lambda x: anp.matmul(x, y), left, dtype)
    compared(lambda y: x.astype(dtype) @ y, lambda y: anp.matmul(x, y), right, dtype)


def test_a_batch_and_a_matrix_in_one_graph_after_a_move_to_another_shape():
    x, w = Input(np.ones((2, 3)), "x"), Input(np.arange(3.0), "w")
    graph = ComputationalGraph((x @ w).sum())
    assert graph.backward()["w"].tolist() == [2.0] * 3
    graph.forward(x=np.ones((5, 2, 3)))
    assert graph.backward()["w"].tolist() == [10.0] * 3


# ── binary cross-entropy ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if 0 not in shape])
def test_binary_cross_entropy(shape, dtype):
    y = np.random.default_rng(4).choice([0.0, 0.25, 1.0], shape)

    def theirs(s):
        p = 1.0 / (1.0 + anp.exp(-s))
        return anp.mean(-y * anp.log(p) - (1.0 - y) * anp.log(1.0 - p))

    compared(lambda s: c.binary_cross_entropy(s, y), theirs, shape, dtype)


def test_a_score_of_a_thousand_costs_a_thousand_or_nothing():
    for score, label in itertools.product((1000.0, -1000.0), (0, 1)):
        is_right = (score > 0) == label
        for s, y in ((score, label), ([score], [label])):
            graph = ComputationalGraph(c.binary_cross_entropy(Input(s, "s"), y))
            assert graph.output.value == (0.0 if is_right else 1000.0)
            assert np.ravel(graph.backward()["s"])[0] == (0.0 if is_right else np.sign(score))
            value, grads = c.compile_flat(graph)(s)
            assert (value, np.ravel(grads["s"])[0]) == (
                graph.output.value,
                np.ravel(graph["s"].grad)[0],
            )


def test_its_gradient_is_p_less_y_over_the_number_of_scores():
    graph = ComputationalGraph(
        3.0 * c.binary_cross_entropy(Input([[0.5, -2.0, 1.0]], "s"), [[1, 0, 0.5]])
    )
    p = c.sigmoid(graph["s"].value)
    np.testing.assert_allclose(graph.backward()["s"], p - [[1, 0, 0.5]], rtol=1e-14)


def test_labels_stay_those_that_were_given():
    labels, index = [1.0, 0.0], [0, 0]
    s = Input([2.0, 3.0], "s")
    loss, picked = c.binary_cross_entropy(s, labels), s[index]
    before = loss.value
    labels[:], index[:] = [0.0, 1.0], [1, 1]
    assert ComputationalGraph(loss).forward() == before
    assert ComputationalGraph(picked).forward().tolist() == [2.0, 2.0]


# ── what shows, what stops ───────────────────────────────────────────────────────────────────────


def test_what_is_not_a_number_shows_where_it_arises():
    x = Input([[1.0, np.nan], [2.0, 3.0]], "x")
    assert np.isnan(x.sum(axis=1).value).tolist() == [True, False]
    assert np.isnan(c.softmax(x).value).tolist() == [[True, True], [False, False]]
    assert np.isnan(c.binary_cross_entropy(x, [[0, 1], [0, 1]]).value)
    graph = ComputationalGraph(x[[0, 0], 1].sum())
    assert np.isnan(graph.output.value)
    assert graph.backward()["x"].tolist() == [[0.0, 2.0], [0.0, 0.0]]


def test_softmax_of_large_scores_does_not_overflow():
    assert c.softmax(np.array([1000.0, 0.0, 1000.0])).tolist() == [0.5, 0.0, 0.5]
    assert c.softmax(3.0) == 1.0


def test_a_single_number_is_an_array_of_one():
    x = Input(2.0, "x")
    for node in (x.sum(), x.mean(), x.T, x[...], x[()], x.reshape(()), c.softmax(x)):
        graph = ComputationalGraph(node * 1.0)
        expected = 1.0 if isinstance(node, c.SoftmaxGate) else 2.0
        assert (type(node.value), node.value) == (float, expected)
        assert type(graph.backward()["x"]) is float
        assert c.compile_flat(graph)(2.0)[0] == expected


def test_a_part_that_was_picked_twice_is_a_branch():
    W, x = Input([[1.0, 2.0], [3.0, 5.0]], "W"), Input([2.0, 7.0], "x")
    rows = ComputationalGraph((W[0] @ x) * (W[1] @ x))
    whole = ComputationalGraph((lambda q: q[0] * q[1])(W @ x))
    assert rows.forward() == whole.forward()
    for name, grad in rows.backward().items():
        np.testing.assert_allclose(grad, whole.backward()[name], rtol=1e-15)


def test_a_batch_norm_is_a_formula():
    x = Input(drawn((5, 3)), "x")
    centred = x - x.mean(axis=0)
    graph = ComputationalGraph(centred / ((centred**2).mean(axis=0) + 1e-5) ** 0.5)
    assert c.check_gradients(graph, upstream=drawn((5, 3), seed=7))
    np.testing.assert_allclose(graph.output.value.mean(axis=0), 0.0, atol=1e-15)


def test_the_helpers_count_repeat_and_place():
    x = np.zeros((2, 3))
    assert [values.count(x, axis) for axis in (None, 0, -1, (0, 1), ())] == [6, 2, 3, 6, 1]
    assert values.count(2.0) == values.count(2.0, 0) == 1
    assert values.repeated(np.array([1.0, 2.0]), x, 1).tolist() == [[1, 1, 1], [2, 2, 2]]
    assert values.placed(np.array([1.0, 2.0]), np.zeros(3), [2, 2]).tolist() == [0, 0, 3]
    batches = values.outer(np.ones((2, 3)), np.ones((2, 4)))
    assert batches.shape == (2, 3, 4)


PICTURES = [
    (lambda x: x.sum(), "sum"), (lambda x: x.sum(axis=0), "sum axis 0"),
    (lambda x: x.mean(axis=(0, -1)), "mean axis (0, -1)"), (lambda x: x.T, "xᵀ"),
    (lambda x: x.reshape(3, 2), "reshape (3, 2)"), (lambda x: x.reshape(-1), "reshape -1"),
    (operator.itemgetter(1), "[1]"), (operator.itemgetter((0, 2)), "[0, 2]"),
    (operator.itemgetter((slice(None), 1)), "[:, 1]"), (operator.itemgetter(slice(1)), "[:1]"),
    (operator.itemgetter((..., slice(None, None, -1))), "[..., ::-1]"),
    (operator.itemgetter([0, 1, 0]), "[[0, 1, 0]]"), (c.softmax, "softmax"),
    (operator.itemgetter(np.zeros((2, 3), bool)), "[an array of shape (2, 3)]"),
    (lambda x: c.binary_cross_entropy(x, np.zeros((2, 3))), "BCE"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "text"), PICTURES, ids=[row[1] for row in PICTURES])
def test_a_picture_says_what_the_gate_was_told(f, text):
    graph = ComputationalGraph(f(Input(drawn((2, 3)), "x")))
    boxes = c.draw(graph).sketch.boxes
    assert [box.text for box in boxes if box.kind == "gate"] == [text]


FLAT = [
    (lambda x: x.sum(axis=0), "np.sum(x, axis=0)", "repeated(dv1, x, axis=0)"),
    (lambda x: x.sum(), "np.sum(x)", "repeated(dv1, x)"),
    (lambda x: x[:, -1], "x[:, -1]", "placed(dv1, x, v1_index)"),
    (lambda x: x[1, 0], "x[1, 0]", "placed(dv1, x, (1, 0))"),
    (lambda x: x.reshape(3, 2), "np.reshape(x, (3, 2))", "np.reshape(dv1, np.shape(x))"),
    (lambda x: x @ np.ones((3, 2)), "x @ c1", "dv1 @ c1.T"),
]


@pytest.mark.parametrize(("f", "forward", "backward"), FLAT)
def test_flat_code_reads_as_a_person_writes_it(f, forward, backward):
    text = c.flat_code(ComputationalGraph(f(Input(drawn((2, 3)), "x"))))
    assert f"v1 = {forward}\n" in text
    assert f"dx = {backward}\n" in text


def test_settings_of_a_students_gate_keep_what_they_are_in_flat_code():
    class Nth(c.Gate):
        n = 1

        def forward(self, x):
            return x[self.n]

        def backward(self, dz):
            return [np.array([0.0, 1.0, 0.0]) * dz]

    graph = ComputationalGraph(Nth(Input([1.0, 2.0, 4.0], "x")))
    assert c.compile_flat(graph)([1.0, 2.0, 4.0])[0] == 2.0
    assert "x[1]" in c.flat_code(graph)


def test_a_folded_loss_has_the_numbers_of_the_open_one():
    whole = c.lecture.binary_loss()
    w, x, b = (Input(node.value, name) for name, node in whole.inputs.items())
    folded = c.lecture.ready(c.binary_cross_entropy((w * x + b).named("s"), 1).named("L"))
    assert np.isclose(whole.output.value, folded.output.value, rtol=1e-15)
    for name in ("w", "x", "b", "s"):
        assert np.isclose(whole[name].grad, folded[name].grad, rtol=1e-15)
    drawing = c.draw(whole, fold={"BCE": c.lecture.BINARY_LOSS_GATES})
    labels = [[box.text for box in d.sketch.boxes] for d in (drawing, c.draw(folded))]
    assert labels[0] == labels[1]


# ── gradients that add up ────────────────────────────────────────────────────────────────────────


def test_accumulate_adds_to_the_gradients_of_the_inputs():
    graph = c.lecture.add_multiply()
    once = graph.backward()
    assert graph.backward(accumulate=True) == {name: 2 * grad for name, grad in once.items()}
    assert {name: x.grad for name, x in graph.inputs.items()} == {n: 2 * g for n, g in once.items()}
    assert (graph["q"].grad, graph["f"].grad) == (-4.0, 1.0)
    assert graph.backward() == once


def test_the_gradients_of_examples_add_up_to_that_of_the_batch():
    X, y = drawn((5, 3)), np.array([0, 1, 1, 0, 1.0])
    w, x = Input(drawn((3,), seed=8), "w"), Input(X[0], "x")
    label = Input(y[0], "y")
    graph = ComputationalGraph(((w @ x) - label) ** 2)
    graph.backward(accumulate=True)
    for row, answer in zip(X[1:], y[1:], strict=True):
        graph.forward(x=row, y=answer)
        assert w.grad is None
        total = graph.backward(accumulate=True)
    batch = ComputationalGraph((((Constant(X) @ w) - y) ** 2).sum())
    np.testing.assert_allclose(total["w"], batch.backward()["w"], rtol=1e-13)


def test_accumulate_takes_upstream_and_what_stands_there():
    x = Input([1.0, 2.0], "x")
    graph = ComputationalGraph(x * x)
    assert graph.backward(upstream=[1.0, 0.0], accumulate=True)["x"].tolist() == [2.0, 0.0]
    assert graph.backward(upstream=[0.0, 1.0], accumulate=True)["x"].tolist() == [2.0, 4.0]
    other = ComputationalGraph(x.sum())  # of another graph: x has a gradient already
    assert other.backward(accumulate=True)["x"].tolist() == [3.0, 5.0]
    other.forward(x=[1.0, 2.0, 3.0])  # a gradient of another shape is no share
    assert other.backward(accumulate=True)["x"].tolist() == [1.0, 1.0, 1.0]


def test_a_check_between_two_passes_adds_nothing():
    graph = ComputationalGraph(Input(3.0, "w") * Input(2.0, "x"))
    graph.backward()
    graph.forward(x=5.0)
    assert c.check_gradients(graph)
    assert graph.backward(accumulate=True)["w"] == 7.0


def test_what_was_handed_out_is_not_what_adds_up():
    graph = ComputationalGraph(Input(3.0, "w") * 2.0)
    graph.backward()["w"] = 100.0
    graph.forward()
    assert graph.backward(accumulate=True) == {"w": 4.0}


def test_a_pass_that_stops_adds_nothing():
    class Sometimes(c.Gate):
        works = True

        def forward(self, x):
            return x

        def backward(self, dz):
            return [dz if Sometimes.works else {}[0]]

    graph = ComputationalGraph(Sometimes(Input(3.0, "x")))
    graph.backward()
    Sometimes.works = False
    with pytest.raises(c.GraphError):
        graph.backward(accumulate=True)
    Sometimes.works = True
    assert graph.backward(accumulate=True) == {"x": 2.0}


def test_float32_stays_and_what_is_infinite_adds_quietly():
    x = Input(np.array([1.0, 2.0], np.float32), "x")
    graph = ComputationalGraph((x * np.float32(3.0)).sum())
    graph.backward()
    assert graph.backward(accumulate=True)["x"].dtype == np.float32
    graph = ComputationalGraph(Input(np.array([0.0]), "x") ** -1.0)
    graph.backward(upstream=[1.0])
    assert np.isnan(graph.backward(upstream=[-1.0], accumulate=True)["x"]).all()
