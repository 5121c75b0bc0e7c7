"""Notebooks 06 to 10: what they claim is true, and common slips are told their reason."""

import ast
import contextlib
import io
import re

import nbformat
import numpy as np
import pytest
from exercises import answer_to
from lecture_links import unlinked
from notebook_tools import NOTEBOOKS, code_cells, tags, text_of

from cs231n_lec4 import (
    ComputationalGraph,
    Constant,
    Gate,
    Input,
    MultiplyGate,
    check_answer,
    check_gate,
    explore,
    flat_code,
    hinge_loss,
    lecture,
    parse,
    relu,
    squared_norm,
    step_through,
)
from cs231n_lec4.lessons.checks.check_lab import StepTable, centred_difference, relative_error
from cs231n_lec4.lessons.data import circles
from cs231n_lec4.lessons.networks import accuracy, train, two_layer_steps
from cs231n_lec4.lessons.seeds import how_many, shares_right
from cs231n_lec4.words import HALL, REASONS

BOOKS = {
    path.stem[:2]: nbformat.read(path, as_version=4)
    for path in NOTEBOOKS.glob("*.ipynb")
    if path.stem[:2] in ("06", "07", "08", "09", "10")
}


def source(book, name):
    return next(cell.source for cell in BOOKS[book].cells if cell.id == name)


def said(book, name, answer, needs=()):
    """What the check of an exercise says to an answer; `needs` are cells that it builds on."""
    space, printed = {}, io.StringIO()
    *before, last = ast.parse(source(book, f"{name}-check")).body
    with contextlib.redirect_stdout(printed):
        for cell in ("imports", *needs):
            exec(source(book, cell), space)
        exec(answer, space)
        exec(compile(ast.Module(before, []), "check", "exec"), space)
        if isinstance(last, ast.Expr):
            report = eval(ast.unparse(last), space)
            return printed.getvalue() + (repr(report) if report is not None else "")
        exec(compile(ast.Module([last], []), "check", "exec"), space)
    return printed.getvalue()


def received(book, name, old="", new=""):
    """The exercise as a student gets it, with one piece replaced."""
    assert old in source(book, name), old
    return source(book, name).replace(old, new)


def tells(text, reason):
    """Whether a check says that an answer is wrong, and this one reason for it."""
    return text.startswith("✗") and [r for r in REASONS if REASONS[r] in text] == [reason]


def solution(book, name):
    text = source(book, f"{name}-answer")
    return text.split("```python\n")[1].split("```")[0]


# ── 06: forward and backward as code ─────────────────────────────────────────────────────────────


WITH_SELF = {"forward(x, y)": "forward(self, x, y)", "backward(dz)": "backward(self, dz)"}


def notes_gate(old="", new=""):
    """The gate of the notes, its missing `self` repaired."""
    text = received("06", "slip", old, new)
    for wrong, right in WITH_SELF.items():
        text = text.replace(wrong, right)
    return text


def test_the_notes_gate_has_two_slips_and_each_is_told():
    first = said("06", "slip", source("06", "slip"))
    assert (
        first
        == "✗ In class NotesGate, forward(x, y) lacks self.\n  Write: def forward(self, x, y)."
    )
    half = received("06", "slip", "forward(x, y)", WITH_SELF["forward(x, y)"])
    assert "Write: def backward(self, dz)." in said("06", "slip", half)
    assert tells(said("06", "slip", notes_gate()), "adds_upstream")
    assert said("06", "slip", solution("06", "slip")).startswith("✓")


SLIPS_OF_A_MULTIPLY_GATE = [
    ("M8 gradients swapped", "self.x * dz", "self.y * dz", "swaps_gradients"),
    ("M9 constants", "-4.0 * dz", "3.0 * dz", "wrong_local"),
    ("M11 upstream forgotten", "self.y", "self.x", "forgot_upstream"),
    ("local forgotten", "dz", "dz", "forgot_local"),
    ("a sign", "-self.y * dz", "-self.x * dz", "sign"),
]


@pytest.mark.parametrize(("slip", "dx", "dy", "reason"), SLIPS_OF_A_MULTIPLY_GATE)
def test_a_slip_in_a_multiply_gate_is_called_by_its_name(slip, dx, dy, reason):
    old = "dx = self.y + dz\n        dy = self.x + dz"
    answer = notes_gate(old, f"dx = {dx}\n        dy = {dy}")
    assert tells(said("06", "slip", answer), reason), slip


@pytest.mark.parametrize(
    ("pairs", "marks"),
    [("[(2.0, 2.0), (3.0, 1.5)]", "✓"), ("[(0.0, 0.0), (0.0, 0.0)]", "✗"), ("[(2.0, 1.0)]", "✗")],
)
def test_where_the_broken_gate_looks_right_is_computed(pairs, marks):
    text = said("06", "right", f"pairs = {pairs}")
    assert "".join(letter for letter in text if letter in "✓✗") == marks


BUILDS = [
    ("x forgotten", "2.0 * self.y * dz", "wrong_local"),
    ("half of it", "self.x * self.y * dz", "factor_two"),
    ("upstream forgotten", "2.0 * self.x * self.y", "forgot_upstream"),
    ("upstream added", "2.0 * self.x * self.y + dz", "adds_upstream"),
    ("a sign", "-2.0 * self.x * self.y * dz", "sign"),
]


@pytest.mark.parametrize(("slip", "line", "reason"), BUILDS)
def test_a_slip_in_a_gate_of_ones_own_is_called_by_its_name(slip, line, reason):
    right = "dy = 2.0 * self.x * self.y * dz"
    assert right in solution("06", "build")
    answer = solution("06", "build").replace(right, f"dy = {line}")
    assert tells(said("06", "build", answer), reason), slip


@pytest.mark.parametrize(
    ("line", "reason"), {"dz": "forgot_local", "self.z": "forgot_upstream"}.items()
)
def test_a_slip_in_an_exp_gate_is_called_by_its_name(line, reason):
    answer = solution("06", "write").replace("[self.z * dz]", f"[{line}]")
    text = said("06", "write", answer)
    assert text.startswith("✓ MyAddGate")
    assert REASONS[reason] in text


def walked(old="", new="", times=1):
    """What the two walks of the notebook give for (a + b)(b + 1), one line of them replaced."""
    space = {}
    for cell in ("imports", "order", "loop"):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(source("06", cell).replace(old, new) if old else source("06", cell), space)
    space["forward"](space["gates"])
    return [space["backward"](space["graph"], space["gates"]) for _ in range(times)][-1]


@pytest.mark.parametrize(
    ("slip", "old", "new", "grads"),
    [
        ("none", "", "", {"a": 2.0, "b": 5.0}),
        ("M4 overwriting", "node.grad += grad", "node.grad = grad", {"a": 2.0, "b": 2.0}),
        ("M5 the order", "reversed(gates):", "gates:", {"a": 0.0, "b": 0.0}),
    ],
)
def test_the_two_walks_are_right_and_a_slip_in_them_is_not(slip, old, new, grads):
    assert walked(old, new) == grads, slip


@pytest.mark.parametrize(
    ("order", "grads"),
    [
        (["p", "c", "f"], {"a": 5.0, "b": 10.0}),
        (["c", "p", "f"], {"a": 3.0, "b": 6.0}),
    ],
)
def test_where_a_gate_branches_the_wrong_order_loses_a_share(order, grads):
    space = {}
    text = source("06", "late").replace('["p", "c", "f"]', repr(order))
    assert repr(order) in text
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in ("imports", "order", "loop"):
            exec(source("06", cell), space)
        exec(text, space)
    late = space["late"]
    assert {name: late[name].grad for name in "ab"} == grads
    assert late["p"].grad == 5.0


def test_without_clearing_a_second_call_adds_to_the_first():
    assert walked(times=2) == {"a": 2.0, "b": 5.0}
    keep = "node.grad = node.grad or 0.0"
    assert walked("node.grad = 0.0", keep, times=2) != {"a": 2.0, "b": 5.0}


def test_the_broken_gate_looks_right_at_two_and_two_and_the_checker_is_not_fooled():
    space = {"Gate": Gate}
    exec(notes_gate(), space)
    gate, right = space["NotesGate"](), MultiplyGate()
    for one in (gate, right):
        one.forward(2.0, 2.0)
    assert gate.backward(2.0) == right.backward(2.0)
    assert not check_gate(space["NotesGate"], 2.0, 2.0, upstream=2.0)


def test_one_gate_used_twice_remembers_only_the_second_product():
    gate = MultiplyGate()
    gate.forward(3.0, -4.0)
    gate.forward(10.0, 20.0)
    assert gate.backward(1.0) == [20.0, 10.0]


def test_at_two_the_typed_formulas_max_gate_turns_to_a():
    graph = parse("tanh(a*b) + max(a, c)**2", a=0.2, b=-1, c=1)
    assert graph.backward()["c"] == 2.0
    graph.forward(a=2.0)
    assert graph.backward()["c"] == 0.0


def test_a_second_backward_does_not_add_to_the_first():
    graph = lecture.branch()
    assert graph.backward() == graph.backward() == {"a": 2.0, "b": 5.0}


# ── 07: losses ───────────────────────────────────────────────────────────────────────────────────


def test_the_two_slips_of_the_svm_are_told_one_after_the_other():
    assert tells(said("07", "slip", source("07", "slip")), "forgot_divide_by_n")
    half = received("07", "slip", "    dpenalty", "    dscores /= len(X)\n    dpenalty")
    assert tells(said("07", "slip", half), "factor_two")
    assert said("07", "slip", solution("07", "slip")).startswith("✓")


ROW = "dscores[rows, y] = -dscores.sum(axis=1)"
SVMS = [
    ("M18 forgot 1/N", "dscores /= len(X)", "pass", "forgot_divide_by_n"),
    ("a sign", "dscores /= len(X)", "dscores /= -len(X)", "sign"),
    ("all entries", "dscores /= len(X)", "dscores /= dscores.size", "divided_by_another_number"),
    ("one for a row", ROW, "dscores[rows, y] = -1", "right_class_once"),
    ("one less", ROW, "dscores[rows, y] -= 1", "right_class_once"),
    ("nothing", ROW, "pass", "right_class_forgotten"),
    ("margins", "(margins > 0) * 1.0", "margins.copy()", "margins_not_ones"),
    ("M16", "2 * reg * W", "reg * W", "factor_two"),
    ("M16, twice", "2 * reg * W", "4 * reg * W", "factor_two"),
    ("M16, a sign", "2 * reg * W", "-2 * reg * W", "sign"),
    ("no lambda", "2 * reg * W", "2 * W", "lambda_forgotten"),
    ("the square", "2 * reg * W", "reg * W**2", "not_differentiated"),
    ("a mean", "2 * reg * W", "2 * reg * W / len(X)", "penalty_has_no_mean"),
    ("a sum", "2 * reg * W", "2 * reg * W.sum()", "penalty_summed"),
    ("X for W", "2 * reg * W", "2 * reg * X", "shape_of_value"),
]


@pytest.mark.parametrize(("slip", "old", "new", "reason"), SVMS)
def test_a_slip_in_the_svm_is_called_by_its_name(slip, old, new, reason):
    assert old in solution("07", "slip")
    assert tells(said("07", "slip", solution("07", "slip").replace(old, new)), reason), slip


def test_an_svm_that_returns_one_thing_is_told_what_to_return():
    answer = solution("07", "slip").replace("return dscores, dpenalty", "return dscores")
    assert "both gradients: dscores, dpenalty" in said("07", "slip", answer)


LESS = "dscores[rows, y] -= 1"
SOFTMAXES = [
    ("dscores /= len(scores)", "pass", "forgot_divide_by_n"),
    ("dscores /= len(scores)", "dscores /= -len(scores)", "sign"),
    ("dscores /= len(scores)", "dscores /= scores.size", "divided_by_another_number"),
    ("return dscores", "return dscores[0]", "shape_of_value"),
    (LESS, "pass", "nothing_subtracted"),
    (LESS, "dscores[rows, y] = 0", "right_class_lost_p"),
    (LESS, "dscores[rows, y] = -1", "right_class_lost_p"),
    (LESS, "dscores[rows, y] += 1", "one_added"),
    (LESS, "dscores -= 1", "one_subtracted_everywhere"),
    (LESS, "dscores[y] -= 1", "rows_not_entries"),
    ("keepdims=True", "keepdims=False", "entry_by_entry"),
]


@pytest.mark.parametrize(("old", "new", "reason"), SOFTMAXES)
def test_a_slip_in_a_softmax_is_called_by_its_name(old, new, reason):
    assert old in solution("07", "build")
    assert tells(said("07", "build", solution("07", "build").replace(old, new)), reason)


def test_the_softmax_as_received_is_told_its_first_slip():
    assert tells(said("07", "build", source("07", "build")), "right_class_lost_p")
    assert said("07", "build", solution("07", "build")).startswith("✓")


def test_p_without_its_minus_one_and_a_lost_sign_are_told():
    assert tells(said("07", "predict", "d_scores = [0.1, 0.6, 0.3]"), "nothing_subtracted")
    assert tells(said("07", "predict", "d_scores = [-0.1, -0.6, 0.7]"), "sign")


def test_the_first_losses_are_those_of_ten_equal_scores():
    text = said("07", "start", "softmax_at_start, hinge_at_start = 2.302585, 9")
    assert text == "✓ All right: softmax, hinge."
    text = said("07", "start", "softmax_at_start, hinge_at_start = 2.302585, 10")
    assert tells(text, "right_class_counted")


def test_of_the_staged_example_three_shares_reach_x_and_two_reach_y():
    code = flat_code(lecture.staged())
    assert code.count(" dx ") == 3
    assert code.count(" dy ") == 2


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
    W = Input([[0.2, -0.3, 0.5], [0.4, 0.1, -0.6]], "W")
    data_loss = hinge_loss(Constant([[1.0, 2.0], [0.5, -1.0]]) @ W, [0, 2])
    graph = ComputationalGraph(data_loss + 10.0 * squared_norm(W))
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


MOVES = re.compile(r"\.(move|set|steps|reset|start)\(|\.(place|input_\w+) =")


@pytest.mark.parametrize("book", BOOKS)
def test_the_file_that_a_notebook_sends_its_reader_to_is_there(book):
    for path in re.findall(r"open `(.*?)`", source(book, "remember")):
        assert (NOTEBOOKS.parent / path).is_file(), path


@pytest.mark.parametrize("book", ["08", "09", "10"])
def test_no_cell_moves_a_view_before_the_reader_does(book):
    assert [cell.id for cell in code_cells(BOOKS[book]) if MOVES.search(cell.source)] == []


def test_the_small_net_at_minus_one_has_the_numbers_of_notebook_eight():
    view = explore(lecture.small_net())
    view.move(x=-1.0)
    assert (view.graph.output.value, view.graph["w1"].grad) == (0.5, -0.5)


def core_of(book):
    """The lesson in words: without code, formulas and what is folded."""
    texts = [cell.source for cell in BOOKS[book].cells if cell.cell_type == "markdown"]
    return re.sub(r"<details>.*?</details>|\$\$.*?\$\$", "", "\n".join(texts), flags=re.DOTALL)


def test_notebook_eight_has_five_ideas():
    titles = re.findall("^## (.*)$", core_of("08"), flags=re.MULTILINE)
    frame = ("The question", "Exercise", "To remember")
    assert len([title for title in titles if not title.startswith(frame)]) == 5


def test_what_notebook_eight_asks_for_stands_in_none_of_its_outputs():
    shown = "".join(text_of(cell.outputs) for cell in code_cells(BOOKS["08"]))
    for answer in ("308", "30,730", "weights: 3", "2-layer net", "110 neurons"):
        assert answer not in shown
    asked = next(cell for cell in BOOKS["08"].cells if cell.id == "neuron-picture")
    assert "wire w" not in text_of(asked.outputs).split("<details>")[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("slip", "", "", "max_on_the_input"),
        ("slip", "W1 @ np.maximum(0, x)", "W1 @ x", "no_activation"),
        ("slip", "W1 @ np.maximum(0, x)", "np.maximum(0, W1 @ x)", None),
        ("slip", "return W2 @ h", "return W1 @ h", "matrices_of_two"),
        ("build", "", "", "bias_not_added"),
        ("predict", "layers = None", "layers = 3", "input_counted"),
    ],
)
def test_a_slip_in_an_exercise_of_notebook_eight_is_told_its_reason(name, old, new, reason):
    text = said("08", name, received("08", name, old, new))
    assert tells(text, reason) if reason else text.startswith("✓")


@pytest.mark.parametrize(("w", "said_of_it"), [(0.5, "0.06"), (3.0, "81")])
def test_four_layers_of_one_weight_multiply_the_gradient_by_its_fourth_power(w, said_of_it):
    chain = parse("relu(w * relu(w * relu(w * relu(w * x))))", w=w, x=1)
    assert chain.backward()["x"] == w**4
    assert float(said_of_it) == pytest.approx(w**4, abs=0.005)
    assert said_of_it in source("08", "scale-seen")


@pytest.mark.parametrize("start", [0.0, 0.5, -1.3])
@pytest.mark.parametrize("rate", [0.1, 0.02])
def test_from_an_equal_start_the_columns_of_the_gradient_stay_equal(start, rate):
    assert "range(4)" in source("09", "zero")
    net = lecture.tiny_two_layer()
    w1, w2 = start + 0 * net["w1"].value, start + 0 * net["w2"].value
    for _ in range(6):
        net.forward(w1=w1, w2=w2)
        grads = net.backward()
        w1, w2 = w1 - rate * grads["w1"], w2 - rate * grads["w2"]
    np.testing.assert_allclose(grads["w1"][:, 0], grads["w1"][:, 1])
    assert np.abs(grads["w1"]).max() > 1e-3


def test_the_gradients_of_the_mini_batches_of_notebook_nine_add_up():
    printed = "\n".join(answer_to("what I think", "09 batch"))
    rows = re.findall(r"^\[\[.*\]\]$", printed, re.MULTILINE)
    first, second, whole = (np.array(ast.literal_eval(row)) for row in rows)
    np.testing.assert_allclose(first + second, whole, atol=0.0011)


SEEDS = range(20)
NETS = {"2 units": (2, 0.0), "100 units": (100, 0.0), "with λ": (100, 0.01)}  # units, λ


def own_and_new(seed, hidden, strength):
    """The share of own and of new points that a net of the capacity cell has right."""
    own, new = circles(40, noise=0.3, seed=seed), circles(1000, noise=0.3, seed=1000 + seed)
    settings = {"hidden": hidden, "regularisation": strength, "rate": 0.5, "steps": 1000}
    *_, last = train(*own, **settings)
    return [accuracy(last.net, *points) for points in (own, new)]


def test_more_units_fit_their_own_points_and_a_penalty_narrows_the_gap():
    small, large, held = (own_and_new(4, *net) for net in NETS.values())
    assert small[0] < held[0] < large[0]
    assert held[0] - held[1] < large[0] - large[1]
    assert small[1] < large[1] <= held[1]


@pytest.mark.long
def test_the_means_of_twenty_seeds_are_those_of_notebook_nine():
    said = source("09", "capacity-seen")
    for name, net in NETS.items():
        own, new = 100 * np.mean([own_and_new(seed, *net) for seed in SEEDS], axis=0)
        assert f"{name} {own:.0f} and {new:.0f} %" in said


# ── 09: training ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("slip", "", "", "batch_as_width"),
        ("fill", "", "", "not_answered"),
        ("fill", "grad_w2 = None", "grad_w2 = x.T @ grad_y_pred", "input_in_place_of_h"),
        ("build", "", "", "not_updated"),
    ],
)
def test_a_slip_in_an_exercise_of_notebook_nine_is_told_its_reason(name, old, new, reason):
    text = said("09", name, received("09", name, old, new))
    assert "no answer yet" in text if reason == "not_answered" else tells(text, reason)


@pytest.mark.parametrize("name", ["slip", "fill", "build"])
def test_the_solutions_of_notebook_nine_are_right(name):
    assert said("09", name, solution("09", name)).startswith("✓")


def test_the_walk_of_notebook_nine_changes_weights_at_its_twelfth_step_only():
    space = {}
    for cell in ("imports", "tiny"):
        exec(source("09", cell).rpartition("\nwalk")[0] or source("09", cell), space)
    walk, before = space["walk"], space["walk"].input_w2
    walk.place = 11
    assert walk.input_w2 == before
    walk.place = 12
    moved = np.abs(np.subtract(walk.input_w2, before))
    assert np.unravel_index(moved.argmax(), moved.shape) == (0, 1)
    walk.place = 17
    assert [round(loss, 4) for loss in walk.losses] == [7.5613, 5.8]


def test_with_a_rate_of_two_the_loss_rises_as_notebook_nine_says():
    walk = step_through(lecture.tiny_two_layer(), update=2.0, parameters=["w1", "w2"])
    walk.place = len(walk.steps)
    assert walk.losses[1] > walk.losses[0]


@pytest.mark.parametrize(
    ("cell", "data", "hidden", "claim"),
    [
        ("train-seen", "circles", 3, "With 3 units {count} of them reach 95 %"),
        ("train-seen", "circles", 4, "With 4 units all {count} reach it"),
        ("xor-say", "xor", 3, "{count} with 3"),
        ("xor-say", "xor", 4, "{count} with 4"),
    ],
)
def test_what_notebook_nine_says_of_twenty_seeds_is_so(cell, data, hidden, claim):
    shares = shares_right(data, hidden)
    assert claim.format(count=how_many(shares)) in source("09", cell)
    assert f"{shares[0]:.0%}".replace("%", "") in source("09", cell)  # the seed that is shown


def test_what_notebook_nine_says_of_its_saturated_units_holds_for_other_seeds_too():
    for seed in (0, 3):
        first, *_, last = two_layer_steps(steps=501, seed=seed)
        moved = [
            np.linalg.norm(b - a) / np.linalg.norm(a)
            for a, b in ((first.w1, last.w1), (first.w2, last.w2))
        ]
        assert moved[0] == pytest.approx(0.02, abs=0.005)
        assert 0.43 <= round(moved[1], 2) <= 0.47


# ── 10: templates ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("predict", "zebra = None", "zebra = 2.5", "largest_in_place_of_sum"),
        ("predict", "zebra = None", "zebra = 3.3", "signs_of_weights_lost"),
        ("slip", "", "", "largest_in_place_of_sum"),
        ("slip", "np.max(h * W2)", "np.sum(h)", "weights_not_used"),
        ("slip", "np.max(h * W2)", "2 * np.max(h * W2)", "unknown_number"),
        ("slip", "np.max(h * W2)", "W2 @ h", None),
        ("slip", "np.max(h * W2)", "h[:, None] @ W2[:, None]", "one_product"),
        ("build", "before = None\nafter = None", "before, after = 13, 0", "before_is_after"),
        (
            "build",
            '"zebra"\nbefore = None\nafter = None',
            '"dog"\nbefore, after = 2, 2',
            "before_is_after",
        ),
        ("build", "before = None\nafter = None", "before, after = 0, 13", None),
    ],
)
def test_a_slip_in_an_exercise_of_notebook_ten_is_told_its_reason(name, old, new, reason):
    text = said("10", name, received("10", name, old, new))
    assert tells(text, reason) if reason else text.startswith("✓")


def test_a_scene_has_the_title_that_stands_above_it_and_options_of_one_form():
    cells = nbformat.read(NOTEBOOKS / "lecture.ipynb", as_version=4).cells
    titles = [unlinked(c.source).removeprefix("## ") for c in cells if re.match(r"m\d", c.id)]
    assert titles == [text["title"] for text in HALL.values()]
    for text in HALL.values():
        hedged = ["about" in option for option, _ in text.get("answers", [])]
        assert all(hedged) or not any(hedged), text["title"]


@pytest.mark.parametrize("animal", ["cat", "bear"])
def test_the_control_of_another_animal_is_checked_by_its_own_numbers(animal):
    answer = solution("10", "build").replace("zebra", animal)
    needs = "from cs231n_lec4 import templates\n"
    nets = "trained, untrained = templates.train_animals(), templates.untrained_animals()\n"
    assert said("10", "build", needs + nets + answer).startswith("✓")


@pytest.mark.parametrize("book", ["08", "09", "10"])
def test_a_check_cell_is_one_call_that_holds_no_solution(book):
    for cell in code_cells(BOOKS[book]):
        if "check" in tags(cell):
            assert re.fullmatch(r"check_\w+\([^()*+]*\)", cell.source), cell.id


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
    explore(graph).move(x=-2.0)
    assert graph["x"].grad == pytest.approx(1 / (1 + np.exp(2.0)))
