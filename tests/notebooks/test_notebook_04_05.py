"""Notebooks 04 and 05: each wrong answer has its reason, the prose is true, the view is right."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from notebook_tools import NOTEBOOKS, code_cells, exercises, read, solution, tags
from traitlets import TraitError

from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    GraphError,
    Input,
    ReluGate,
    check_elementwise,
    check_jacobian,
    explore_jacobian,
    lecture,
    squared_norm,
)
from cs231n_lec4 import check_jacobian_size as check_size
from cs231n_lec4.lessons.checks.jacobian_checks import peak_of_backward
from cs231n_lec4.words import JACOBIAN, REASONS

JACOBIANS = read(NOTEBOOKS / "04_jacobians.ipynb")
MATRICES = read(NOTEBOOKS / "05_matrix_gradients.ipynb")
BOTH = pytest.mark.parametrize("notebook", [JACOBIANS, MATRICES], ids=["04", "05"])


def report_on(notebook, name, answer):
    """What the check of exercise `name` says about an answer, given as the text of its cell."""
    space = {}
    for cell in code_cells(notebook):
        if cell.id == name:
            exec(answer, space)
        elif cell.id == f"{name}-check":
            return eval(cell.source, space)
        elif not tags(cell):
            exec(cell.source, space)
    raise AssertionError(f"there is no exercise {name}")


def received(notebook, name, old="", new=""):
    """The exercise as a student gets it, with one piece replaced."""
    source = next(cell.source for cell in code_cells(notebook) if cell.id == name)
    assert old in source
    return source.replace(old, new)


# ── 04: every misconception its own reason ────────────────────────────────────────────────────

SIZES = [
    ("the diagonal only", "{'entries': 1000, 'bytes': 4000}", "diagonal_only"),
    ("the two sides added", "{'entries': 2000, 'bytes': 8000}", "sides_added"),
    ("a byte for each entry", "{'entries': 1e6, 'bytes': 1e6}", "entries_not_bytes"),
    ("float64", "{'entries': 1e6, 'bytes': 8e6}", "other_dtype"),
    ("bits", "{'entries': 1e6, 'bytes': 32e6}", "bits_not_bytes"),
    ("the memory of the diagonal", "{'entries': 1e6, 'bytes': 4000}", "diagonal_only"),
    ("another number", "{'entries': 1e6, 'bytes': 17}", None),
]
BY_HAND = [
    ("the identity", "np.eye(3)", "identity_not_mask"),
    ("the diagonal as a vector", "[1, 0, 1]", "diagonal_only"),
    ("the values on the diagonal", "np.diag([2, 0, 3])", "max_gives_value"),
    ("no zeros off the diagonal", "[[1, 0, 1], [1, 0, 1], [1, 0, 1]]", "off_diagonal"),
]
CUBES = [
    ("builds the Jacobian", "np.diag(3 * self.x ** 2) @ dz", "builds_jacobian"),
    ("forgets upstream", "3 * self.x ** 2", "forgot_upstream"),
    ("adds upstream", "3 * self.x ** 2 + dz", "adds_upstream"),
    ("passes upstream on", "dz", "forgot_local"),
    ("takes the slope at the output", "3 * (self.x ** 3) ** 2 * dz", "slope_at_output"),
    ("does not sum over the rows", "np.diag(3 * self.x ** 2) * dz", "missing_sum"),
    ("loses a sign", "-3 * self.x ** 2 * dz", "sign"),
]


@pytest.mark.parametrize(("slip", "answer", "reason"), SIZES, ids=lambda part: str(part)[:30])
def test_a_wrong_size_gets_its_reason(slip, answer, reason):
    report = report_on(JACOBIANS, "size", f"answers = {answer}")
    assert (report.mark, report.reason) == ("✗", reason), slip


@pytest.mark.parametrize(("slip", "answer", "reason"), BY_HAND, ids=lambda part: str(part)[:30])
def test_a_wrong_jacobian_gets_its_reason(slip, answer, reason):
    report = report_on(JACOBIANS, "more", f"by_hand = {answer}")
    assert (report.mark, report.reason) == ("✗", reason), slip


@pytest.mark.parametrize(("slip", "line", "reason"), CUBES, ids=lambda part: str(part)[:30])
def test_a_wrong_line_of_backward_gets_its_reason(slip, line, reason):
    answer = received(JACOBIANS, "build", "dx = None", f"dx = {line}")
    report = report_on(JACOBIANS, "build", answer)
    assert (report.mark, report.reason) == ("✗", reason), slip


def test_the_slip_of_notebook_4_is_a_jacobian_that_is_built():
    assert report_on(JACOBIANS, "slip", received(JACOBIANS, "slip")).reason == "builds_jacobian"


MASKS = [
    ("the identity for the Jacobian", "dz", "wrong_mask"),
    ("a mask of the gradient", "dz * (dz > 0)", "wrong_mask"),
    ("the mask upside down", "dz * (self.x < 0)", "wrong_mask"),
]


@pytest.mark.parametrize(("slip", "line", "reason"), MASKS, ids=lambda part: str(part)[:30])
def test_a_wrong_mask_is_named(slip, line, reason):
    answer = received(JACOBIANS, "slip", "J.T @ dz", line)
    assert report_on(JACOBIANS, "slip", answer).reason == reason, slip


# ── 05: every misconception its own reason ────────────────────────────────────────────────────

GRADIENTS = [
    ("M29 the norm, not its square", "q", "q / np.sqrt(q @ q)", "norm_not_squared"),
    ("M12 transposed, and the shape fits", "W", "np.outer(x, 2 * q)", "transposed"),
    ("M12 no transpose, and the shape fits", "x", "W @ (2 * q)", "transposed"),
    ("M13 the sum left out", "x", "2 * q[:, None] * W", "missing_sum"),
    ("M13 no indicator", "W", "np.tile(2 * q.sum() * x, (2, 1))", "missing_indicator"),
    ("the factor 2 left out", "W", "np.outer(q, x)", "factor_two"),
    ("a number for a matrix", "W", "2 * q @ x", "wrong_shape"),
]
RIGHT = {"q": "2 * q", "W": "np.outer(2 * q, x)", "x": "W.T @ (2 * q)"}


@pytest.mark.parametrize(
    ("slip", "name", "line", "reason"), GRADIENTS, ids=lambda part: str(part)[:40]
)
def test_a_wrong_gradient_gets_its_reason(slip, name, line, reason):
    lines = {**RIGHT, name: line}
    answer = "answers = {" + ", ".join(f"'{n}': {text}" for n, text in lines.items()) + "}"
    report = report_on(MATRICES, "derive", answer)
    assert (report.mark, report.reason) == ("✗", reason), slip


def test_the_slip_of_notebook_5_is_a_lost_transpose():
    assert report_on(MATRICES, "slip", received(MATRICES, "slip")).reason == "transposed"


PRODUCTS = [
    ("the transpose of dX", "(dY @ self.W.T).T", "self.X.T @ dY", "transposed"),
    ("the transpose of dW", "dY @ self.W.T", "dY.T @ self.X", "transposed"),
    ("a product that does not fit", "dY @ self.W", "self.X.T @ dY", "matrices"),
    ("the handout's misprint", "dY @ self.X.T", "self.X.T @ dY", "matrices"),
    ("the inputs exchanged", "self.X.T @ dY", "dY @ self.W.T", "wrong_shape"),
    ("only one line", "dY @ self.W.T", "None", "wrong_count"),
]


@pytest.mark.parametrize(("slip", "dX", "dW", "reason"), PRODUCTS, ids=lambda part: str(part)[:30])
def test_a_wrong_matrix_product_gets_its_reason(slip, dX, dW, reason):
    answer = received(MATRICES, "build", "dX = None", f"dX = {dX}")
    report = report_on(MATRICES, "build", answer.replace("dW = None", f"dW = {dW}"))
    assert (report.mark, report.reason) == ("✗", reason), slip


BIASES = [
    ("M15 the mean", "dS.mean(axis=0)", "mean_instead_of_sum"),
    ("M15 not reduced", "dS", "missing_sum_over_broadcast"),
    ("the other axis", "dS.sum(axis=1)", "added_along_other_axis"),
]


@pytest.mark.parametrize(("slip", "line", "reason"), BIASES, ids=lambda part: str(part)[:30])
def test_a_wrong_gradient_of_a_bias_gets_its_reason(slip, line, reason):
    answer = received(MATRICES, "bias", "db = None", f"db = {line}")
    report = report_on(MATRICES, "bias", answer)
    assert (report.mark, report.reason) == ("✗", reason), slip


def test_the_discussion_question_sees_a_lost_mask():
    line = solution(next(c.source for c in MATRICES.cells if c.id == "two-answer"))
    wrong = line.replace(" * (z > 0)", "")
    assert wrong != line
    assert report_on(MATRICES, "two", line).mark == "✓"
    assert report_on(MATRICES, "two", wrong).mark == "✗"


@BOTH
def test_each_solution_is_right_and_each_report_is_short(notebook):
    for exercise, _, answer in exercises(notebook):
        report = report_on(notebook, exercise.id, solution(answer.source))
        assert report.mark == "✓", report
        assert len(report_on(notebook, exercise.id, exercise.source).lines) <= 3


# ── the checks ────────────────────────────────────────────────────────────────────────────────


class OneLine:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, dz):
        return dz * (self.x > 0)


def test_one_line_takes_the_memory_of_a_vector_and_a_matrix_that_of_a_matrix():
    class Matrix(OneLine):
        def backward(self, dz):
            return np.diag(self.x > 0) @ dz

    assert peak_of_backward(OneLine, 1000) < 100_000
    assert peak_of_backward(Matrix, 1000) > 1_000_000
    assert check_elementwise(OneLine, [1.0, -2.0]).mark == "✓"


def test_a_check_of_a_jacobian_never_raises():
    assert check_jacobian([1.0], lecture.add_multiply(), "nothing").mark == "✗"
    assert check_size({"entries": "many"}, 3, 3).reason == "not_a_number"
    assert check_elementwise(object, [1.0]).mark == "✗"


def test_a_jacobian_that_is_the_identity_is_not_called_a_mistake():
    assert check_jacobian(np.eye(2), ReluGate(), [1.0, 2.0]).mark == "✓"


# ── the graphs of the two notebooks ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("graph", "case", "names"),
    [
        (lecture.matrix_product(), "later_matmul_2x3_3x4", {"X": "x", "W": "w"}),
        (lecture.two_matrices(), "later_discussion_relu_l2", {"W1": "W1", "W2": "W2", "X": "X"}),
        (lecture.squared_norm_of_product(), "lec_l2_of_Wx", {"W": "W", "x": "x", "q": "q"}),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_the_graphs_have_the_numbers_of_the_lecture(graph, case, names):
    cases = json.loads((Path(__file__).parents[1] / "ground_truth.json").read_text())
    truth = next(c for c in cases if c["id"] == case)
    assert graph.output.value == pytest.approx(truth["output"])
    for ours, theirs in names.items():
        np.testing.assert_allclose(graph[ours].grad, truth["gradients"][theirs], atol=1e-12)


# ── what the prose says ───────────────────────────────────────────────────────────────────────


def prose(notebook):
    """The Markdown of the core: no folded text, nothing under *more*."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    last = next(k for k, cell in enumerate(cells) if cell.id == "remember")
    text = "\n".join(cell.source for cell in cells[: last + 1])
    return re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)


@BOTH
def test_a_cell_that_asks_for_a_prediction_comes_before_what_is_seen(notebook):
    asked = [k for k, cell in enumerate(notebook.cells) if "**Predict" in cell.source]
    assert len(asked) >= 5
    assert all(notebook.cells[k + 1].cell_type == "code" for k in asked)


def test_the_sizes_in_the_prose_are_those_of_the_jacobian():
    text = prose(JACOBIANS)
    assert f"{4096**2:,} entries, or {4096**2 * 4 // 2**20} MiB" in text
    assert f"{(4096 * 100) ** 2 * 4 // 2**30} GiB" in text
    assert f"at most {4096 * 100:,} entries" in text


def shown(notebook, name):
    """The text beside the saved picture of a cell."""
    cell = next(cell for cell in code_cells(notebook) if cell.id == name)
    return cell.outputs[0].data["text/plain"]


def test_what_is_to_be_predicted_is_not_in_the_saved_pictures():
    picture = shown(MATRICES, "picture")
    assert picture.count("?") == 3
    assert "0.44" not in picture
    assert shown(MATRICES, "product").count("?") == 2
    assert shown(JACOBIANS, "picture").count("?") == 1
    assert "columns: 0 ones" in shown(JACOBIANS, "table")


# ── the live view ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [4, 8, 16, 32, 64])
def test_the_view_has_a_one_where_x_is_positive(size):
    view = explore_jacobian()
    view.move(size=size, shift=0.3, x=[1.0, -2.0, 3.0, 0.0])
    np.testing.assert_array_equal(view.jacobian, np.diag(1.0 * (view.numbers > 0)))
    assert view.jacobian.shape == (size, size)
    assert 0 < view.jacobian.sum() < size


def test_the_view_starts_with_an_empty_jacobian_at_every_size():
    view = explore_jacobian()
    for size in (4, 8, 16, 32, 64):
        view.move(size=size)
        assert not view.jacobian.any()


def test_the_diagonal_is_the_identity_only_when_all_entries_are_positive():
    view = explore_jacobian()
    view.move(size=64, shift=3.0)
    np.testing.assert_array_equal(view.jacobian, np.eye(64))


def test_the_view_knows_the_memory_of_the_lecture():
    memory = explore_jacobian().memory
    assert memory["4096"] == ["64 MiB", "16 KiB"]
    assert memory["409600"] == ["625 GiB", "1.6 MiB"]


def test_the_view_refuses_what_its_controls_do_not_have():
    view = explore_jacobian()
    for wrong in ({"size": 5}, {"x": [1.0]}, {"shift": "a"}):
        with pytest.raises(TraitError):
            view.move(**wrong)
    assert (view.size, view.shift, len(view.x)) == (4, -3.0, 4)


def test_the_largest_jacobian_is_refused_and_the_view_lives_on():
    view = explore_jacobian()
    view.move(size=409_600)
    with pytest.raises(ValueError, match=r"1\.2 TiB"):
        _ = view.jacobian
    view.move(size=4, x=[1.0, 1.0, 1.0, 1.0])
    assert view.jacobian.sum() == 4


def test_every_sentence_of_the_view_can_be_filled():
    facts = dict.fromkeys(["n", "entries", "memory", "direct", "ones", "rows", "off"], 1)
    for sentences in JACOBIAN.values():
        for sentence in [sentences] if isinstance(sentences, str) else sentences:
            sentence.format(**facts)
    assert {"builds_jacobian", "identity_not_mask", "missing_indicator"} <= set(REASONS)


def own_gate(x):
    """A gate that only Python can compute."""

    class Sorted(Gate):
        def forward(self, x):
            self.order = np.argsort(x)
            return x[self.order]

        def backward(self, dz):
            return [dz[np.argsort(self.order)]]

    return Sorted(x)


@pytest.mark.parametrize(
    ("graph", "name"),
    [
        (lambda: ComputationalGraph(squared_norm(own_gate(Input([1.0, 2.0], "x")))), "x"),
        (lambda: ComputationalGraph(squared_norm(x := Input([1.0, 2.0], "x")) + x.sum()), "x"),
        (lecture.branch, "a"),
        (lambda: ComputationalGraph(Input(np.ones((2, 7)), "x").sum()), "x"),
        (lambda: ComputationalGraph(Input([1.0, 2.0], "x") * 3.0), "x"),
    ],
)
def test_a_jacobian_that_has_no_place_as_a_table_is_refused(graph, name):
    with pytest.raises(GraphError, match="cannot be shown as a table"):
        explore_jacobian(graph(), name)
