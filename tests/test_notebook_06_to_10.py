"""Notebooks 06 to 10: what they claim is true, and common slips are told their reason."""

import contextlib
import io

import nbformat
import numpy as np
import pytest
from notebook_tools import NOTEBOOKS, code_cells, tags

from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    Input,
    MultiplyGate,
    check_answer,
    check_gate,
    lecture,
    parse,
    relu,
)
from cs231n_lec4.checking.check_lab import StepTable, centred_difference, relative_error

BOOKS = {
    path.stem[:2]: nbformat.read(path, as_version=4)
    for path in NOTEBOOKS.glob("*.ipynb")
    if path.stem[:2] in ("06", "07", "08", "09", "10")
}


def source(book, name):
    return next(cell.source for cell in BOOKS[book].cells if cell.id == name)


def checked(book, name, old="", new=""):
    """The report of an exercise's check after `old` was replaced by `new` in the student's cell."""
    exercise = source(book, name)
    assert old in exercise, old
    space = {}
    exec(source(book, "imports"), space)
    exec(exercise.replace(old, new), space)
    *before, last = source(book, f"{name}-check").strip().split("\n")
    exec("\n".join(before), space)
    return eval(last, space)


def solution(book, name):
    text = source(book, f"{name}-answer")
    return text.split("```python\n")[1].split("```")[0]


# ── 06: forward and backward as code ─────────────────────────────────────────────────────────────


def test_the_notes_gate_has_two_slips_and_each_is_told():
    report = checked("06", "slip")
    assert not report
    assert report.reason == "missing_self"
    with_self = source("06", "slip").replace("(x, y)", "(self, x, y)").replace("(dz)", "(self, dz)")
    space = {"Gate": Gate}
    exec(with_self, space)
    report = check_gate(space["NotesGate"], 3.0, -4.0)
    assert report.reason == "adds_upstream"


def test_the_broken_gate_looks_right_at_two_and_two_and_the_checker_is_not_fooled():
    space = {"Gate": Gate}
    repaired = source("06", "slip").replace("(x, y)", "(self, x, y)").replace("(dz)", "(self, dz)")
    exec(repaired, space)
    gate, right = space["NotesGate"](), MultiplyGate()
    for one in (gate, right):
        one.forward(2.0, 2.0)
    assert gate.backward(2.0) == right.backward(2.0)
    assert not check_gate(space["NotesGate"], 2.0, 2.0, upstream=2.0)


def test_a_gate_that_reads_globals_or_forgets_its_cache_is_told():
    class Forgetful(Gate):
        saved = (3.0, -4.0)

        def forward(self, x, y):
            return x * y

        def backward(self, dz):
            return [self.saved[1] * dz, self.saved[0] * dz]

    assert not check_gate(Forgetful, 3.0, -4.0)


def test_one_gate_used_twice_remembers_only_the_second_product():
    gate = MultiplyGate()
    gate.forward(3.0, -4.0)
    gate.forward(10.0, 20.0)
    assert gate.backward(1.0) == [20.0, 10.0]


def test_at_two_the_typed_formulas_max_gate_turns_to_a():
    graph = parse("tanh(a*b) + max(a, c)**2", a=0.5, b=-1, c=1)
    assert graph.backward()["c"] == 2.0
    graph.forward(a=2.0)
    assert graph.backward()["c"] == 0.0


def test_a_second_backward_does_not_add_to_the_first():
    graph = lecture.branch()
    assert graph.backward() == graph.backward() == {"a": 2.0, "b": 5.0}


# ── 07: losses ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("reg * W", "2 * reg * W", None),
        ("    return X.T @ dscores + reg * W", "    dscores /= len(X)\n    return -X.T @ dscores - 2 * reg * W", "sign"),
    ],
)
def test_a_slip_in_the_svm_is_wrong(old, new, reason):
    report = checked("07", "slip", old, new)
    assert not report
    assert report.reason == reason


def test_the_wrong_numbers_of_the_staged_example_are_told_apart():
    staged = lecture.staged()
    assert check_answer(staged, {"y": 1.5832}).reason == "one_path_of_two"
    assert check_answer(staged, {"x": 0.5121}).reason == "overwrote_at_a_branch"


def test_the_laboratory_shows_the_numbers_of_the_notes():
    from cs231n_lec4 import sigmoid

    exact = sigmoid(1.0) * (1 - sigmoid(1.0))
    rows = {h: (forward, centred) for h, forward, centred in StepTable(sigmoid, 1.0, exact).rows}
    assert rows[1e-3][0] == pytest.approx(2.3e-4, rel=0.1)
    assert rows[1e-3][1] == pytest.approx(3.0e-8, rel=0.1)
    assert rows[1e-11][1] > rows[1e-5][1]
    single = {h: c for h, _, c in StepTable(sigmoid, 1.0, exact, dtype=np.float32).rows}
    assert single[1e-5] > 1e-3


def test_a_nudge_across_the_kink_measures_something_between():
    assert centred_difference(relu, -1e-6, 1e-5) == pytest.approx(0.45)
    assert centred_difference(relu, -1e-6, 1e-7) == 0.0


def test_the_relative_error_of_two_zeros_is_zero():
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error([0.0, 1.0], [0.0, 1.1]) == pytest.approx(0.1 / 1.1)


def test_a_forgotten_factor_of_the_penalty_is_told():
    graph = lecture.svm_batch(reg=10.0)
    right = graph.backward()["W"]
    assert check_answer(graph, {"W": 2 * right}).reason == "factor_two"


# ── 08-10: networks ──────────────────────────────────────────────────────────────────────────────


def test_the_small_net_bends_at_zero():
    graph = lecture.small_net()
    values = [graph.forward(x=x) for x in (-2.0, -1.0, 0.0, 1.0, 2.0)]
    assert np.diff(values).tolist() == [-0.5, -0.5, 3.0, 3.0]


def test_the_tiny_net_has_the_numbers_of_one_update():
    graph = lecture.tiny_two_layer()
    grads = graph.backward()
    new = {name: graph[name].value - 0.1 * grads[name] for name in ("w1", "w2")}
    assert graph.forward(**new) == pytest.approx(5.799990022695086, rel=1e-12)


def test_the_saturated_column_of_notebook_nine_has_almost_no_gradient():
    graph = lecture.tiny_two_layer()
    graph.forward(w1=[[20.0, -0.4], [0.7, 0.1], [-0.3, 0.6]])
    grad = graph.backward()["w1"]
    assert np.abs(grad[:, 0]).max() < 0.01 < np.abs(grad[:, 1]).max()


@pytest.mark.parametrize("book", sorted(BOOKS))
def test_no_live_view_is_left_without_a_move_from_python(book):
    cells = code_cells(BOOKS[book])
    for k, cell in enumerate(cells):
        if "explore(" in cell.source or "step_through(" in cell.source or "activation_view(" in cell.source:
            following = "".join(later.source for later in cells[k : k + 3])
            assert ".move(" in following or ".place =" in following, cell.id


@pytest.mark.parametrize("book", ["06", "07", "08"])
def test_the_code_cells_run_one_after_another_with_the_solutions_in_place(book):
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(BOOKS[book]):
            if "raises-exception" in tags(cell):
                continue
            exercise = "exercise" in tags(cell)
            exec(solution(book, cell.id) if exercise else cell.source, space)


def test_a_graph_of_ones_own_gate_takes_sliders_and_flat_code():
    space = {}
    exec(source("06", "imports"), space)
    exec(source("06", "own"), space)
    graph = ComputationalGraph(space["SoftplusGate"](Input(0.5, "x")))
    assert graph.backward()["x"] == pytest.approx(1 / (1 + np.exp(-0.5)))
