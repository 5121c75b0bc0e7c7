"""*Run All*, then read: every view stands where its cell left it. Then a hand moves every slider:
no right answer may be marked wrong for that."""

import functools
import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from nbformat.v4 import new_code_cell
from notebook_guards import says_right
from notebook_tools import exercises, paths, read, run, solution
from planted import sound_notebook

from cs231n_lec4 import explore, lecture, parse

HOOK = Path(__file__).with_name("view_hook.py").read_text(encoding="utf-8")
NAMES = [path.name for path in paths()]
each = pytest.mark.parametrize("path", paths(), ids=NAMES)


@functools.cache
def played(path):
    """What a student's hour leaves behind, for the notebook at `path`."""
    return play(read(path))


def play(notebook):
    """The traits that differ after Run All; then every slider is moved and every exercise is
    solved: the checks that do not say ✓."""
    report = new_code_cell("import json\nprint(json.dumps(moved()))")
    again = [
        (new_code_cell(solution(answer.source)), new_code_cell(check.source, id=check.id))
        for _, check, answer in exercises(notebook)
    ]
    lesson = [new_code_cell(HOOK), *notebook.cells, report]
    notebook.cells = [*lesson, new_code_cell("move_all()"), *(c for pair in again for c in pair)]
    with tempfile.TemporaryDirectory() as folder:
        run(notebook, folder)
    unhappy = [check.id for _, check in again if not says_right(check)]
    return json.loads(report.outputs[0].text), unhappy


@each
def test_after_run_all_every_view_stands_where_it_began(path):
    assert played(path)[0] == []


@each
def test_a_right_answer_is_right_whatever_was_moved_before(path):
    assert played(path)[1] == []


MOVED = [  # what a view of a notebook is moved to, and gradients there
    (lecture.add_multiply(), {"z": 2.0}, {"q": 2.0, "x": 2.0, "z": 3.0}),
    (parse("tanh(a*b) + max(a, c)**2", a=0.2, b=-1, c=1), {"a": 2.0}, {"c": 0.0}),
    (lecture.relu_of_vector([-1.0, -1.0, -1.0]), {"x": [-1.0, 2.0, 3.0]}, {"x": [0, -1, 5]}),
    (lecture.squared_norm_of_product(), {"x": [0.0, 1.0]}, {"W": [[0, 1], [0, 1.6]]}),
    (lecture.linear_classifier(), {"x": [1.0, 0.0]}, {"s": [-2, 1, 1]}),
]


@pytest.mark.parametrize(("graph", "numbers", "gradients"), MOVED, ids=lambda part: str(part)[:30])
def test_a_view_moved_from_python_moves_the_graph_of_the_student(graph, numbers, gradients):
    explore(graph).move(**numbers)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(graph[name].grad, gradient)


# ── the test itself ───────────────────────────────────────────────────────────────────────────

GRAPH = "from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture\ngraph = lecture.add_multiply()"
VIEWS = {
    "slider": ("view = explore(graph)", "view.move(x=1.0)", "input_x"),
    "place": ("view = step_through(graph)", "view.place = 3", "place"),
    "answers": ("view = quiz(graph)", "view.answer(z=3)", "answers"),
    "menu": ("import ipywidgets; view = ipywidgets.IntSlider(3)", "view.value = 4", "value"),
}


def planted(*sources, check="print('✓' if True else '')"):
    """A sound notebook with more cells before its exercise, which has this check."""
    notebook = sound_notebook()
    notebook.cells[1:3] = [new_code_cell(source) for source in (GRAPH, *sources)]
    notebook.cells = [
        c for c in notebook.cells if "raises-exception" not in c.metadata.get("tags", [])
    ]
    next(c for _, c, _ in exercises(notebook)).source = check
    return notebook


@pytest.mark.parametrize(("make", "move", "name"), VIEWS.values(), ids=VIEWS)
def test_a_view_left_elsewhere_is_seen_and_one_filled_by_its_own_cell_is_not(make, move, name):
    assert play(planted(f"{make}\n{move}"))[0] == []
    assert play(planted(make, move))[0] == [f"{make}: {name}"]


@pytest.mark.parametrize(
    ("asks", "unhappy"), {"graph": ["check"], "lecture.add_multiply()": []}.items()
)
def test_a_check_that_asks_a_graph_where_the_hand_left_it_is_seen(asks, unhappy):
    check = f"check_answer({asks}, 'x', -4)"
    assert play(planted("explore(graph)", check=check))[1] == unhappy
