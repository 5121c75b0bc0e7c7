"""Notebooks 02 and 03: what they claim is true, and each common slip is told its own reason."""

import contextlib
import io
import random

import nbformat
import pytest
from exercises import answer_to, report_on
from notebook_tools import NOTEBOOKS, code_cells, exercises, tags, text_of

from cs231n_lec4 import ComputationalGraph as Graph
from cs231n_lec4 import (
    Input,
    MaxGate,
    check_answer,
    check_gate,
    explore,
    flat_code,
    lecture,
    maximum,
    words,
)

NEURON = nbformat.read(NOTEBOOKS / "02_sigmoid_neuron.ipynb", as_version=4)
PATTERNS = nbformat.read(NOTEBOOKS / "03_gate_patterns.ipynb", as_version=4)


def source(notebook, name):
    return next(cell.source for cell in notebook.cells if cell.id == name)


def checked(notebook, name, old="", new=""):
    """The report of an exercise's check after `old` was replaced by `new` in the student's cell."""
    exercise = source(notebook, name)
    assert old in exercise, old
    space = {}
    exec(source(notebook, "imports"), space)
    exec(exercise.replace(old, new), space)
    return eval(source(notebook, f"{name}-check"), space)


def run_until(notebook, name):
    """The student's variables and what was printed, after all cells up to `name`."""
    space, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for cell in code_cells(notebook):
            if not tags(cell) & {"raises-exception", "check"}:
                exec(cell.source, space)
            if cell.id == name:
                return space, printed.getvalue()
    raise AssertionError(f"no cell {name}")


def saved_text(notebook, name):
    return text_of(next(cell.outputs for cell in notebook.cells if cell.id == name)).strip()


# ── 02: the claims ────────────────────────────────────────────────────────────────────────────────


def test_the_two_quizzes_ask_for_all_thirteen_gradients_but_the_one_at_the_end():
    space, _ = run_until(NEURON, "left-python")
    asked = [*space["right_half"].answers, *space["left_half"].answers]
    graph = lecture.sigmoid_neuron()
    nodes = [node for node in graph.nodes if node.wants_grad]
    assert len(nodes) == 13
    assert sorted([*asked, "f"]) == sorted(graph.name_of(node) for node in nodes)


def test_the_worked_blanks_are_right_and_the_others_stay_open():
    space, printed = run_until(NEURON, "left-python")
    graph = lecture.sigmoid_neuron()
    for view in (space["right_half"], space["left_half"]):
        worked = {key: number for key, number in view.answers.items() if number is not None}
        assert 1 <= len(worked) < len(view.answers) / 2
        assert check_answer(graph, worked)
    assert printed.splitlines()[-1] == "2 of 8 so far"


@pytest.mark.parametrize(
    ("notebook", "name"),
    [(NEURON, "promise"), (NEURON, "right"), (PATTERNS, "promise"), (PATTERNS, "patterns")],
)
def test_what_is_to_be_predicted_is_not_in_the_saved_output(notebook, name):
    rows = [line.split() for line in saved_text(notebook, name).splitlines() if "  " in line]
    shown = {row[0]: row[2] for row in rows if len(row) == 3}
    assert set(shown.values()) <= {"gradient", "?", "1.00"}
    assert [node for node, gradient in shown.items() if gradient == "1.00"] in ([], ["f"])


@pytest.mark.parametrize(("name", "number"), {"x0": 0.4, "w1": -0.4, "x1": -0.6}.items())
def test_the_twice_rounded_numbers_of_the_slide_pass_with_a_remark(name, number):
    report = check_answer(lecture.sigmoid_neuron(), name, number)
    assert report.mark == "✓"
    assert "as on the slide" in repr(report)


@pytest.mark.parametrize(("name", "number"), {"x0": 0.41, "w1": -0.3, "x1": -0.62}.items())
def test_a_number_that_no_rounding_gives_does_not_pass(name, number):
    assert check_answer(lecture.sigmoid_neuron(), name, number).mark == "✗"


def test_the_three_roundings_are_those_of_the_slide_and_of_the_picture():
    lines = answer_to("0.39", "02 rounding")
    assert [line.split()[-1] for line in lines] == ["0.196612", "0.39", "0.40"]


def test_folding_four_gates_into_one_changes_nothing_outside():
    numbers = random.Random(2)
    for _ in range(20):
        inputs = {name: numbers.uniform(-3, 3) for name in ("w0", "x0", "w1", "x1", "w2")}
        small, large = lecture.sigmoid_neuron(**inputs), lecture.folded_neuron(**inputs)
        assert large.output.value == pytest.approx(small.output.value)
        assert large.backward() == pytest.approx(small.backward())


def test_the_backward_pass_has_one_line_for_each_gradient():
    forward, backward = flat_code(lecture.sigmoid_neuron()).split("# backward")
    assert sum("=" in line for line in forward.splitlines()) == 8
    assert sum("=" in line for line in backward.splitlines()) == 13


def test_at_a_sum_of_ten_almost_no_gradient_is_left():
    neuron = lecture.folded_neuron(w2=6.0)
    assert neuron["v4"].value == 10.0
    assert 0 < abs(neuron.inputs["w0"].grad) < 1e-4


# ── 02: each slip has its own reason ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("node", "number", "reason"),
    [
        ("v4", 0.235, "slope_at_output"),
        ("v4", -0.25, "sign"),
        ("v4", 1.0, "forgot_local"),
        ("w2", 1.0, "forgot_upstream"),
        ("w2", 3.0, "gave_the_value"),
        ("w0", 4.0, "forgot_upstream"),
        ("w0", 0.25, "forgot_local"),
        ("w0", 4.25, "adds_upstream"),
        ("w0", 0.75, "swaps_gradients"),
        ("x1", -5.0, "forgot_upstream"),
        ("x1", 1.25, "sign"),
        ("x1", 0.75, "swaps_gradients"),
        ("x1", 3.0, "gave_the_value"),
    ],
)
def test_a_wrong_gradient_of_the_neuron_gets_its_own_reason(node, number, reason):
    right = {"v4": 0.25, "w2": 0.25, "w0": 1.0, "x0": 0.75, "w1": 0.75, "x1": -1.25}
    old = source(NEURON, "predict").partition(" = ")[2]
    assert checked(NEURON, "predict", old, repr(right)).mark == "✓"
    report = checked(NEURON, "predict", old, repr({**right, node: number}))
    assert (report.mark, report.reason) == ("✗", reason)
    assert report.lines[-1] == words.REASONS[reason]


SIGMOID_LINE = "dx = (1.0 - self.z) * self.z"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (SIGMOID_LINE, "forgot_upstream"),
        (f"{SIGMOID_LINE} + dz", "adds_upstream"),
        (f"{SIGMOID_LINE} * -dz", "sign"),
        ("dx = dz", "forgot_local"),
        ("s = 1.0 / (1.0 + exp(-self.z)); dx = (1.0 - s) * s * dz", "slope_at_output"),
        ("dx = self.z * dz", "value_as_local"),
    ],
)
def test_a_slip_in_a_sigmoid_gate_gets_its_own_reason(line, reason):
    assert checked(NEURON, "slip", SIGMOID_LINE, line).reason == reason


def test_upstream_one_hides_the_slip_of_the_notes():
    space = {}
    exec(source(NEURON, "imports"), space)
    exec(source(NEURON, "slip"), space)
    gate = space["NotesSigmoidGate"]()
    gate.forward(1.0)
    assert gate.backward(1.0) == [pytest.approx(0.19661193324148185)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("dx = dz", "forgot_local"),
        ("dx = self.z * dz", "sign"),
        ("dx = -self.z", "forgot_upstream"),
        ("dx = -self.z + dz", "adds_upstream"),
        ("dx = -exp(-self.z) * dz", "slope_at_output"),
    ],
)
def test_a_slip_in_a_gate_of_a_size_of_ones_own_gets_its_own_reason(line, reason):
    assert checked(NEURON, "build", "dx = dz", line).reason == reason


# ── 03: the claims ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("gate", "numbers", "gradients"),
    [
        (lambda z, w: z + w, {"upstream": -3.0, "z": -1.0}, [-3.0, -3.0]),
        (maximum, {"upstream": 2.0, "w": 3.9}, [2.0, 0.0]),
        (maximum, {"upstream": 2.0, "w": 4.1}, [0.0, 2.0]),
        (lambda z, w: z * w, {"upstream": 10.0, "w": -3.0}, [-30.0, 40.0]),
    ],
    ids=["add", "max below the tie", "max above the tie", "multiply"],
)
def test_one_gate_moved_from_python_hands_on_what_its_pattern_says(gate, numbers, gradients):
    z, w = Input(4.0, "z"), Input(2.0, "w")
    explore(Graph(gate(z, w))).move(**numbers)
    assert [z.grad, w.grad] == gradients


def test_at_a_tie_the_check_says_that_no_single_slope_exists():
    verdict, measured = answer_to("0 and 1", "03 tie")
    assert verdict.startswith("△ z: not differentiable here")
    assert "to the left measures 0, to the right 1" in measured


@pytest.mark.parametrize("number", [0.0, 0.5, 1.0])
def test_no_convention_at_a_tie_is_called_wrong(number):
    tie = Graph(lecture.maximum(Input(4.0, "z"), Input(4.0, "w")))
    assert check_answer(tie, "z", number).mark == "△"


def test_data_a_thousand_times_larger_make_the_weight_gradient_a_thousand_times_larger():
    numbers = [float(line.split()[-1]) for line in answer_to(1000, "03 scale")]
    assert numbers[1] == 1000 * numbers[0]


def test_a_backward_pass_moves_nothing_and_an_update_makes_f_smaller():
    [line] = answer_to("the first two", "03 update")
    before, after_backward, after_update = map(float, line.split())
    assert before == after_backward > after_update


def test_the_branch_quiz_asks_for_each_share_and_for_the_sum():
    space, _ = run_until(PATTERNS, "branch-python")
    answers = {"w1_0": 2.0, "w1_1": 3.0, "b": 5.0, "a": 2.0}
    space["branch"].answer(**answers)
    assert {"c", "d", *answers} == set(space["branch"].answers)
    assert space["branch"].solved


def test_no_inputs_of_the_slides_circuit_give_w_the_gradient_minus_six():
    numbers = random.Random(3)
    for _ in range(200):
        x, y, z, w = (numbers.uniform(-9, 9) for _ in range(4))
        gradients = lecture.gate_patterns(x=x, y=y, z=z, w=w).backward()
        assert (gradients["z"], gradients["w"]) == ((2.0, 0.0) if z > w else (0.0, 2.0))


# ── 03: each slip has its own reason ─────────────────────────────────────────────────────────────


MAX_LINE = "return [local_x * dz, local_y * dz]"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (MAX_LINE, "max_gives_value"),
        ("return [dz, dz]", "wrong_mask"),
        ("return [dz * (self.x < self.y), dz * (self.x > self.y)]", "wrong_mask"),
        ("return [1.0 * (self.x > self.y), 1.0 * (self.y > self.x)]", "forgot_upstream"),
        ("return [-dz * (self.x > self.y), -dz * (self.y > self.x)]", "sign"),
    ],
)
def test_a_slip_in_a_max_gate_gets_its_own_reason(line, reason):
    assert checked(PATTERNS, "slip-max", MAX_LINE, line).reason == reason


def test_at_the_slides_numbers_the_slip_in_max_gives_the_slides_gradient_by_chance():
    space = {}
    exec(source(PATTERNS, "imports"), space)
    exec(source(PATTERNS, "slip-max"), space)
    wrong, right = space["NotesMaxGate"](), MaxGate()
    for gate in (wrong, right):
        gate.forward(2.0, -1.0)
    assert wrong.backward(1.0) == right.backward(2.0) == [2.0, 0.0]


@pytest.mark.parametrize(
    ("dx", "dy", "reason"),
    [
        ("self.x * dz", "self.y * dz", "swaps_gradients"),
        ("self.y + dz", "self.x + dz", "adds_upstream"),
        ("self.y", "self.x", "forgot_upstream"),
        ("dz", "dz", "forgot_local"),
        ("-self.y * dz", "-self.x * dz", "sign"),
    ],
)
def test_a_slip_in_a_multiply_gate_gets_its_own_reason(dx, dy, reason):
    old = "dx = self.x * dz\n        dy = self.y * dz"
    new = f"dx = {dx}\n        dy = {dy}"
    assert checked(PATTERNS, "slip-multiply", old, new).reason == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("db = dc", "overwrote_at_a_branch"),
        ("pass", "one_path_of_two"),
        ("db = db * dc", "multiplied_at_a_branch"),
        ("db = -db - dc", "sign"),
        ("db = 2 * (db + dc)", "factor_two"),
        ("db = a + b + dc + 2", "adds_upstream"),
    ],
)
def test_a_slip_at_a_branch_gets_its_own_reason(line, reason):
    assert checked(PATTERNS, "plus", "db = dc", line).reason == reason


def test_the_circuit_as_received_is_told_that_its_gradient_goes_the_other_way():
    assert checked(PATTERNS, "build").reason == "wrong_mask"


@pytest.mark.parametrize(
    ("k", "z", "w", "mark"),
    [(-6.0, -2.0, -1.0, "✓"), (-6.0, 2.0, -1.0, "✗"), (-6.0, 1.0, 1.0, "△"), (2.0, 1.0, 3.0, "✗")],
)
def test_the_circuit_is_right_where_k_is_minus_six_and_w_is_larger(k, z, w, mark):
    old = source(PATTERNS, "build").partition("circuit")[0]
    new = f"k = {k}\nx, y, z, w = 3.0, -4.0, {z}, {w}\n"
    assert checked(PATTERNS, "build", old, new).mark == mark


def test_a_max_with_a_larger_or_equal_sign_on_both_sides_hands_out_too_much():
    space = {}
    exec(source(PATTERNS, "imports"), space)
    both = "return [dz * (self.x >= self.y), dz * (self.y >= self.x)]"
    exec(source(PATTERNS, "slip-max").replace(MAX_LINE, both), space)
    gate = space["NotesMaxGate"]()
    gate.forward(4.0, 4.0)
    assert sum(gate.backward(1.0)) == 2.0
    assert check_gate(gate, 4.0, 4.0).mark != "✓"


# ── both: the exercises ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("notebook", [NEURON, PATTERNS], ids=["02", "03"])
def test_a_check_answers_in_three_lines_at_most(notebook):
    for _, check, _ in exercises(notebook):
        lines = text_of(check.outputs).strip().splitlines()
        assert len(lines) <= 3 * sum("✓" in line or "✗" in line for line in lines)


PATTERN_ANSWERS = {
    "MultiplyGate(), MaxGate(), AddGate()": None,
    "AddGate(), MaxGate(), MultiplyGate()": "A: AddGate hands 9 and 9",
    "MultiplyGate(), AddGate(), MaxGate()": "B: AddGate hands 9 and 9",
    "MultiplyGate(), MaxGate(), MaxGate()": "C: MaxGate hands 0 and 9",
    "MultiplyGate, MaxGate, AddGate": "A = MultiplyGate()",
    "MultiplyGate(), 'max', 'add'": "B = MultiplyGate()",
    "None, None, None": "A = MultiplyGate()",
}


@pytest.mark.parametrize(("gates", "said"), PATTERN_ANSWERS.items())
def test_every_wrong_letter_of_the_patterns_is_seen(gates, said):
    report = report_on("03 name", f"A, B, C = {gates}")
    assert bool(report) == (said is None)
    assert (said or "A, B, C") in repr(report)
