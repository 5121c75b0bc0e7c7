"""The wrong numbers that known mistakes give, worked out by hand."""

import numpy as np
import pytest
from random_graphs import random_graph
from small_graphs import (
    branch,
    doubled,
    known_share_mistakes,
    known_value_mistakes,
    reason,
    sum_then_product,
)

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, Input, check_answer, known_mistakes, words
from cs231n_lec4.checking.mistakes import Mistake, told_apart
from cs231n_lec4.checking.table import AMONG_ARRAYS, AT_ONE_USE, UNLIKELY


def test_the_known_mistakes_of_the_first_graph():
    mistakes = known_mistakes(sum_then_product(), "x")
    assert mistakes == {
        "gave_the_value": -2.0,
        "sign": 4.0,
        "factor_two": -8.0,
        "forgot_upstream": 1.0,
        "adds_upstream": -3.0,
        "multiplied_at_add": -20.0,
        "value_as_local": -12.0,
        "subtracts_upstream": 5.0,
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


@pytest.mark.parametrize("strength", [0.1, 0.35])
def test_a_penalty_with_half_of_its_gradient_has_its_reason(strength):
    W = Input(np.linspace(-1.0, 1.2, 12).reshape(3, 4), "W")
    scores = Input(np.arange(15.0).reshape(5, 3) / 9.0, "X") @ W
    loss = c.softmax_loss(scores, [0, 1, 2, 3, 0])
    for penalty in (c.squared_norm(W), (W**2).sum(), (W * W).sum()):
        graph = ComputationalGraph(loss + strength * penalty)
        half = graph.backward()["W"] - strength * W.value
        assert check_answer(graph, "W", half).reason == "half_of_a_path"
        assert check_answer(graph, "W", half + 0.3 * strength * W.value).reason is None


def test_half_of_the_gradient_of_a_square_is_one_path_of_two():
    x = Input(3.0, "x")
    assert reason(ComputationalGraph(x * x * 5.0), "x", 15.0).startswith("one_path_of_two or ")


def every_code(graph):
    """The codes of all mistakes at every node."""
    of_gates = [known_value_mistakes(graph, n) for n in graph.nodes if isinstance(n, Gate)]
    of_wires = [known_mistakes(graph, n) for n in graph.nodes if n.wants_grad]
    return {code for found in (*of_gates, *of_wires) for code in found}


def test_every_reason_of_the_tables_has_a_sentence():
    codes = {row.code for row in AT_ONE_USE + AMONG_ARRAYS + UNLIKELY}
    codes |= every_code(branch()) | every_code(doubled())
    assert codes <= set(words.REASONS)
    assert all(len(words.REASONS[code]) <= 110 for code in codes)


def weighted(f, *weights):
    """Σ weight · f, so that each entry has an upstream gradient of its own."""
    return ComputationalGraph((f * np.array(weights)).sum())


def vector(*numbers):
    return Input(list(numbers), "x")


MATRIX, SKEWED = ((1.0, 2.0), (3.0, 5.0), (0.0, 1.0)), ((1.0, 2.0), (3.0, -1.0), (0.5, 4.0))

TWO = ((2.0, -1.0), (0.5, 3.0))


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
            "max_gives_value": [2, 0, -1.5],
            "missing_sum": [[2, 0, 0], [0, 0, 0], [0, 0, -0.5]],
        },
    ),
    (
        "a bias that broadcasting repeats",
        lambda: weighted(Input(MATRIX, "X") + vector(1.0, -1.0), *SKEWED),
        {
            "forgot_upstream": [3, 3],
            "missing_sum_over_broadcast": SKEWED,
            "one_path_of_two": [1, 2],
            "mean_instead_of_sum": [4.5 / 3, 5 / 3],
            "added_along_other_axis": [3, 2, 4.5],
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
            "forgot_local": [[1, 1], [2, 2], [3, 3]],
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
            "added_along_other_axis": [3, 24],
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
            "forgot_local": 3,
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
        {
            "forgot_upstream": 1,
            "adds_upstream": 4,
            "max_gives_value": 15,
            "wrong_mask": 0,
        },
    ),
    (
        "the smaller of two",
        lambda: ComputationalGraph(3.0 * c.maximum(Input(5.0, "w"), Input(-1.0, "x"))),
        {"wrong_mask": 3, "max_gives_value": -3},
    ),
    (
        "a squared norm",
        lambda: ComputationalGraph(2.0 * c.squared_norm(vector(3.0, 4.0))),
        {
            "forgot_upstream": [6, 8],
            "not_differentiated": [18, 32],
            "norm_not_squared": [1.2, 1.6],
        },
    ),
    (
        "a sum along an axis",
        lambda: weighted(Input(MATRIX, "x").sum(axis=0), 2.0, -1.0),
        {
            "forgot_upstream": np.ones((3, 2)),
            "forgot_to_repeat": [2, -1],
            "repeated_wrong_axis": [[2, 2, 2], [-1, -1, -1]],
        },
    ),
    (
        "a mean along the last axis",
        lambda: weighted(Input(MATRIX, "x").mean(axis=-1), 2.0, -1.0, 4.0),
        {
            "forgot_upstream": np.full((3, 2), 0.5),
            "forgot_to_repeat": [1, -0.5, 2],
            "repeated_wrong_axis": [[1, -0.5, 2], [1, -0.5, 2]],
            "forgot_divide_by_n": [[2, 2], [-1, -1], [4, 4]],
        },
    ),
    (
        "a sum along one of three axes",
        lambda: weighted(Input(np.arange(8.0).reshape(2, 2, 2), "x").sum(axis=1), *TWO),
        {
            "forgot_upstream": np.ones((2, 2, 2)),
            "forgot_to_repeat": TWO,
            "repeated_wrong_axis": [TWO, TWO],
        },
    ),
    (
        "places that are picked twice",
        lambda: weighted(vector(1.0, 2.0, 4.0)[[2, 0, 2, 2]], 3.0, 5.0, -1.0, 0.5),
        {
            "forgot_upstream": [1, 0, 3],
            "overwrote_a_place": [5, 0, 0.5],
            "missing_sum": [[0, 0, 3], [5, 0, 0], [0, 0, -1], [0, 0, 0.5]],
        },
    ),
    (
        "a softmax",
        lambda: weighted(c.softmax(vector(0.0, np.log(3.0))), 2.0, -6.0),
        {
            "forgot_upstream": [0, 0],
            "forgot_local": [2, -6],
            "diagonal_alone": [0.375, -1.125],
            "missing_sum": [[0.375, -0.375], [1.125, -1.125]],
            "slope_at_output": 8 * (lambda p: p * (1 - p))(c.sigmoid(0.5)) * np.array([1, -1]),
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
    of_any = {"gave_the_value", "sign", "factor_two", *(row.code for row in UNLIKELY)}
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
    assert reason(graph, "s", 2.0 * truth) == "forgot_divide_by_n or factor_two"  # two rows
    scores = Input(np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 8.5], [0.0, 2.0, 1.0]]), "s")
    graph = ComputationalGraph(6.0 * c.hinge_loss(scores, [0, 1, 0]))
    assert reason(graph, "s", 3.0 * graph.backward()["s"]) == "forgot_divide_by_n"


def test_the_wrong_values_are_those_a_person_would_write():
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    graph = ComputationalGraph((x * y).named("p") * 2.0)
    assert known_value_mistakes(graph, "p") == {
        "sign": 12.0, "gave_the_gradient": 2.0, "gave_an_input": 3.0,
        "added": -1.0, "subtracted": 7.0,
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
        "value_as_local": -24.0, "swaps_and_sign": -6.0, "subtracts_upstream": -6.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("graph", "answer", "said"),
    [
        (lambda x: (x + 4.0) * 3.0, 21.0, "value_as_local"),  # the sum, 7, times upstream
        (lambda x: (x + 4.0) * 5.0, 15.0, "value_as_local"),  # x times upstream
        (lambda x: c.tanh(x) * 2.0, 2.0 * np.tanh(3.0), "value_as_local"),
        (lambda x: (x * Input(-2.5, "y")) * 3.0, -9.0, "swaps_and_sign"),
        (lambda x: c.maximum(x, Input(4.5, "y")) * 3.0, 9.0, "max_gives_value"),
        (lambda x: c.maximum(x, Input(-1.0, "y")) * 7.0, 21.0, "max_gives_value"),
        (lambda x: c.relu(x) * -2.0, -6.0, "max_gives_value"),
        (lambda x: (x - 1.0) * 3.0, 6.0, "factor_two"),  # a likelier reason stands alone
    ],
)
def test_a_value_in_the_place_of_a_slope_and_two_slips_at_once_have_their_reasons(
    graph, answer, said
):
    graph = ComputationalGraph(graph(Input(3.0, "x")))
    assert check_answer(graph, "x", answer).reason == said


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


def test_an_empty_array_has_an_answer():
    for graph in (
        ComputationalGraph((Input(np.array([]), "x") * 3.0).sum()),
        ComputationalGraph(Input(np.zeros((0, 3)), "x") * 3.0),
    ):
        x = graph["x"].value
        assert all(np.size(wrong) == 0 for wrong in known_mistakes(graph, "x").values())
        assert check_answer(graph, "x", np.zeros(x.shape)).mark == "✓"
        assert check_answer(graph, "x", 1.0).reason == "wrong_shape"


def test_mistakes_are_told_apart_unless_they_give_one_number_everywhere():
    nan = float("nan")
    numbers = {"a": [1.5, nan], "b": [1.5, 2.0], "c": [1.5, nan], "d": [1.5, 2.0], "e": [nan, nan]}
    found = told_apart([Mistake(code, None, two) for code, two in numbers.items()])
    together = [["a", "c"], ["b", "d"], ["e"]]
    assert [codes for codes, _ in found] == together
    assert [[mistake.code for mistake in twins] for _, twins in found] == together
