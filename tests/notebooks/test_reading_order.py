"""What a first reader of 00 to 05 meets, in order: a question before its answer, and an answer to
each question; one name for one thing; no path that leads nowhere."""

import ast
import contextlib
import io
import re

import numpy as np
import pytest
from exercises import answer_to
from notebook_tools import ROOT, code_cells, exercises, paths, read, solution, tags, text_of

from cs231n_lec4 import lecture, parse, quiz

LESSONS = {path.stem[:2]: read(path) for path in paths() if path.stem[:2] < "06"}
each = pytest.mark.parametrize("number", LESSONS)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
ASKS = re.compile(r"\*\*Predict(\.\*\*|\*\* )")
ANSWERED = re.compile("<summary>Answer</summary>|asked again")
NAMES_OF_PATTERNS = re.compile(r"\b(distribut|rout|switch)(e[rs]|es|or|ing)?s?\b", re.IGNORECASE)


def cell(number, name):
    """The cell with this id."""
    return next(cell for cell in LESSONS[number].cells if cell.id == name)


def place(number, name):
    """Where it stands."""
    return LESSONS[number].cells.index(cell(number, name))


def core(number):
    """The cells up to *To remember*."""
    return LESSONS[number].cells[: place(number, "remember") + 1]


def shown_before(number, name):
    """All that is open before the cell with this id: text, outputs, no answers that are folded."""
    cells = LESSONS[number].cells[: place(number, name)]
    return "\n".join(FOLDED.sub("", c.source) + text_of(c.get("outputs", [])) for c in cells)


# ── questions before answers ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["add", "max", "multiply"])
def test_nothing_names_the_pattern_of_a_gate_before_its_view(name):
    opening = place("03", f"{name}-say")
    texts = [c.source for c in LESSONS["03"].cells[opening : place("03", name) + 1]]
    assert not NAMES_OF_PATTERNS.search("\n".join(texts))
    assert NAMES_OF_PATTERNS.search(cell("03", f"{name}-seen").source)


def test_the_rule_of_max_comes_after_its_question():
    assert "larger input" not in shown_before("03", "max")


@pytest.mark.parametrize("column", ["Jᵀ · upstream", "x > 0)"])
def test_the_product_with_a_jacobian_is_not_shown_before_it_is_explained(column):
    space = played("04", "direct-both")
    assert (space["view"].product, space["diagonal"].product) == (False, False)
    assert space["both"].product
    assert column not in shown_before("04", "direct-say")


@each
def test_what_is_filled_in_is_said_before_it(number):
    for k, filled in enumerate(LESSONS[number].cells):
        if ".answer(" in filled.source:
            said = " ".join(c.source for c in LESSONS[number].cells[k - 1 : k])
            assert re.search(r"(is|are) filled in for you", said), filled.id


def test_the_slope_of_a_curve_is_not_measured_before_it_is_asked_for():
    assert "0.61" not in shown_before("01", "curve")


# ── no check holds the answer ─────────────────────────────────────────────────────────────────


def answers_in(check, task, right):
    """The expressions of a check that are, without the student's names, one of the right values.

    A number that the task itself names does not count: it is given.
    """
    given = [float(n) for n in re.findall(r"-?\d+\.?\d*", task.replace("−", "-"))]
    found = set()
    for node in ast.walk(ast.parse(check)):
        own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} & set(right["student"])
        if isinstance(node, ast.expr) and not own:
            with contextlib.suppress(Exception):
                value = eval(ast.unparse(node), dict(right["space"]))
                known = any(equal(value, number) for number in given)
                if not known and any(equal(value, answer) for answer in right["values"]):
                    found.add(ast.unparse(node))
    return sorted(found)


def equal(value, answer):
    """Whether both are the same number or array."""
    kinds = (int, float, np.ndarray, np.generic)  # names and gates are no answers
    if not isinstance(value, kinds) or not isinstance(answer, kinds):
        return False
    return np.shape(value) == np.shape(answer) and bool(np.all(value == answer))


def solved(notebook, exercise, answer):
    """The names that the solution changes in the student's cell, and their new values."""
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(notebook):
            if cell.id == exercise.id:
                break
            if not tags(cell) & {"raises-exception", "check", "exercise"}:
                exec(cell.source, space)
        received = dict(space)
        exec(exercise.source, received)
        exec(solution(answer.source), space)
    both = [name for name in received if name != "__builtins__" and name in space]
    student = {name for name in both if space[name] is not received[name]}
    student -= {name for name in student if equal(space[name], received[name])}
    values = [space[name] for name in student]
    inside = [v for value in values if isinstance(value, dict) for v in value.values()]
    return {"space": space, "student": student, "values": [*values, *inside]}


def told(notebook):
    """Each exercise whose check holds the answer, with what it holds."""
    for exercise, check, answer in exercises(notebook):
        task = notebook.cells[notebook.cells.index(exercise) - 1].source
        right = solved(notebook, exercise, answer)
        yield from [(exercise.id, text) for text in answers_in(check.source, task, right)]


@each
def test_no_check_holds_its_solution(number):
    assert list(told(LESSONS[number])) == []


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("check_number(count, 6)", ["6"]),
        ("check_number(count, 2 * 3)", ["2 * 3"]),
        ("check_number(count, np.sum(a != b))", ["np.sum(a != b)"]),
        ("check_number(count, 7 - x)", []),
        ("check_answer(graph, count)", []),
    ],
)
def test_a_check_that_holds_its_solution_is_seen(check, found):
    space = {"np": np, "a": np.arange(6), "b": -1, "count": 6, "x": 2}
    right = {"space": space, "student": {"count"}, "values": [6]}
    assert answers_in(check, "How many?", right) == found
    assert answers_in("check_number(count, 6)", "There are 6.", right) == []


# ── every question has an answer ──────────────────────────────────────────────────────────────


@each
def test_after_a_question_comes_an_answer(number):
    """A picture is not enough: what was seen is said, or what to write down is checked."""
    cells = core(number)
    asked = [k for k, c in enumerate(cells) if ASKS.search(FOLDED.sub("", c.source))]
    assert asked
    open_ones = [cells[k].id for k in asked if not is_closed(cells[k:])]
    assert open_ones == []


def is_closed(cells):
    """Whether an answer follows before the next question; `cells` begin with the question."""
    for k, following in enumerate(cells):
        if k and (following.source.startswith("## ") or ASKS.search(following.source)):
            return False
        if following.cell_type == "code" and re.search(r"\bquiz\(|\.so_far", following.source):
            return True
        if ANSWERED.search(following.source) or "-seen" in following.id:
            return True
    return False


@pytest.mark.parametrize(
    ("number", "name", "answer"),
    [
        ("00", "growth-seen", "2²⁰ times"),
        ("01", "nudge-seen", "−0.4"),
        ("01", "value-or-gradient-seen", "only x and y"),
        ("02", "closed-seen", "Thirteen"),
        ("03", "multiply-seen", "When y is 0, x receives 0"),
        ("04", "direct-seen", "makes the diagonal"),
        ("04", "live-seen", "[4, 0, 5]"),
        ("04", "order-seen", "J is (2, 3), upstream (2,), downstream (3,)"),
        ("05", "sum-seen", "0.044 − 0.156 = −0.112"),
        ("05", "indicator-seen", "[0.2, 0.4, 0, 0]"),
    ],
)
def test_a_question_that_was_left_open_is_closed(number, name, answer):
    assert answer in cell(number, name).source


@pytest.mark.parametrize("number", ["01", "02"])
def test_each_question_under_more_has_its_answer(number):
    for line in cell(number, "more").source.splitlines():
        assert "?" not in line or line.endswith(")"), line


# ── what the text says is so ──────────────────────────────────────────────────────────────────


@each
def test_the_files_and_names_to_read_are_there(number):
    said = cell(number, "remember").source
    for names, path in re.findall(r"open (?:`(\w+)` in )?`(cs231n_lec4/[\w/.]+)`", said):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^(class|def) {names}", text, re.MULTILINE)
    for path in re.findall(r"`(cs231n_lec4/[\w/.]+)`", said):
        assert (ROOT / path).is_file()


def played(number, name):
    """The student's variables after all cells up to this one, without exercises."""
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for c in code_cells(LESSONS[number]):
            if not tags(c) & {"raises-exception", "check", "exercise"}:
                exec(c.source, space)
            if c.id == name:
                return space
    raise AssertionError(name)


def test_a_ten_times_smaller_step_has_a_hundred_times_smaller_gap():
    lines = answer_to(1, "01 curve")
    rows = [[float(n) for n in re.findall(r"-?\d+\.?\d*", line)] for line in lines]
    assert [row[0] for row in rows] == [1.0, 0.1, 0.01]
    for step, real, expected, gap in rows:
        assert gap == pytest.approx(step**2)
        assert real - expected == pytest.approx(gap, abs=1e-4)


@pytest.mark.parametrize(("formula", "x"), {"x**3": 1.5, "exp(x)": 0.4, "tanh(x)": -0.3}.items())
def test_so_it_is_for_any_curve(formula, x):
    curve = parse(formula, x=x)
    before, slope = curve.output.value, curve.backward()["x"]
    gaps = [curve.forward(x=x + step) - before - slope * step for step in (1e-2, 1e-3)]
    assert gaps[0] / gaps[1] == pytest.approx(100, rel=0.1)


def test_of_the_four_formulas_two_fit_a_tall_matrix_one_of_them_x():
    tall, x = np.ones((3, 2)), np.array([0.2, 0.4])
    q = tall @ x
    assert np.outer(2 * q, x).shape == tall.shape
    assert np.outer(2 * x, q).shape != tall.shape
    assert (2 * tall.T @ q).shape == x.shape
    with pytest.raises(ValueError, match="matmul"):
        _ = 2 * tall @ q
    said = cell("05", "shape-seen").source
    assert "only these two fit" in said
    assert "2Wᵀq that of x" in said


def test_the_shares_of_the_single_numbers_are_the_terms_before_the_sum():
    graph = lecture.squared_norm_of_product()
    W, q = graph["W"].value, graph["q"].value
    view = played("05", "numbers")["spelled_out"]
    asked = quiz(view, hide=["q1", "q0", "W01", "w1_0", "w1_1", "x0"], digits=3)
    shares = dict(zip(("w1_0", "w1_1"), (2 * q[:, None] * W)[:, 0], strict=True))
    asked.answer(**shares, q0=2 * q[0], q1=2 * q[1], x0=sum(shares.values()), W01=0.44 * 0.4)
    assert asked.solved
    assert "0.044 − 0.156" in cell("05", "sum-seen").source


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("01", "So $\\partial f/\\partial q$ has two names"),
        ("01", "z was the output, so `dz` was upstream. Here z is an input"),
        ("05", "it is **summed over**: it runs through all columns"),
        ("05", "`q[:, None]` is q as a column"),
        ("05", "Now each example is a *row*, so W stands to the right"),
        ("05", "the Jacobian of Y with respect to X"),
    ],
)
def test_a_name_with_two_meanings_is_explained_once(number, sentence):
    texts = " ".join(c.source for c in LESSONS[number].cells)
    assert " ".join(texts.split()).count(sentence) == 1


# ── a word is said before it is used, and a name is one that the reader can see ───────────────────

WORDS_OF_CHECKS = {"nudge": r"\*nudge\*", "v1": r"called v1, v2"}


@pytest.mark.parametrize("word", WORDS_OF_CHECKS)
def test_a_word_of_the_checks_and_pictures_is_said_before_it_is_met(word):
    for number in LESSONS:
        for c in LESSONS[number].cells:
            if re.search(WORDS_OF_CHECKS[word], c.source):
                return
            if c.cell_type == "code":  # a check may speak of nudges at the second miss
                met = text_of(c.outputs) + ("nudge" if "check" in tags(c) else "")
                assert not re.search(rf"\b{word}\b", met), (number, c.id)
    raise AssertionError("nowhere")


@each
def test_a_constant_that_is_drawn_without_a_name_is_not_called_by_one(number):
    for c in LESSONS[number].cells:
        assert c.cell_type == "code" or not re.search(r"\bc\d\b", c.source), c.id


def lines_of_code(source):
    """The code beside the steps of the view that this cell shows."""
    tree = ast.parse(source)
    calls = [part for part in ast.walk(tree) if isinstance(part, ast.Call)]
    call = next(call for call in calls if ast.unparse(call.func) == "step_through")
    argument = ast.unparse(call.args[0])
    space = {}
    exec("from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture", space)
    return repr(space["show_code"](eval(argument, space)))


@pytest.mark.parametrize(("number", "name"), [("05", "walk"), ("01", "shop")])
def test_the_code_beside_the_steps_does_not_answer_their_question(number, name):
    code = lines_of_code(cell(number, name).source)
    asked = cell(number, f"{name}-say").source.partition("**Predict")[2].partition("?")[0]
    assert asked
    for word in re.findall(r"`([^`]+)`", asked):
        assert word not in code, word


@each
def test_the_picture_below_a_prediction_does_not_show_its_answer(number):
    """Where an answer begins with its numbers, the picture did not show them before it was moved."""
    cells = LESSONS[number].cells
    for say, view, seen in zip(cells, cells[1:], cells[2:], strict=False):
        answer = re.match(r"(\d[\d.]*) and (\d[\d.]*)\. ", seen.source)
        if answer and ASKS.search(say.source):
            shown = re.findall(r"[\d.]+", text_of(view.outputs))
            assert not {float(x) for x in answer.groups()} & {float(x) for x in shown if x != "."}
