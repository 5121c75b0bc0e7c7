"""Submissions of every odd kind are judged, each by itself, and each exercise by itself."""

import csv
import json
from html import escape

import pytest
from notebook_tools import NOTEBOOKS, read, solve

from classroom import collect
from classroom.exercises import exercises
from classroom.page import page
from cs231n_lec4 import words

NAME = "03_gate_patterns"
EXERCISES = [cell.id for cell, _, _ in exercises(read(NOTEBOOKS / f"{NAME}.ipynb"))]
SECONDS = 6
HARD_CODED = "def backward_pass(a, b):\n    return {'a': 3.0, 'b': 8.0}"
OTHER_NUMBERS = {
    NAME: {"plus-check": "check_answer(lecture.branch(2.0, 5.0), backward_pass(2.0, 5.0))"}
}


def solved():
    return json.loads(json.dumps(solve(untouched())))


def untouched():
    return read(NOTEBOOKS / f"{NAME}.ipynb")


def with_answer(code, name="slip-max"):
    """The solved notebook, but for one answer."""
    notebook = solved()
    cell_of(notebook, name)["source"] = code
    return notebook


def cell_of(notebook, name):
    return next(cell for cell in notebook["cells"] if cell.get("id") == name)


def without_check():
    notebook = solved()
    notebook["cells"].remove(cell_of(notebook, "slip-max-check"))
    return notebook


def doubled():
    notebook = solved()
    notebook["cells"].append(json.loads(json.dumps(cell_of(untouched(), "slip-max"))))
    return notebook


def moved():
    notebook = solved()
    notebook["cells"].insert(0, notebook["cells"].pop(-3))
    notebook["cells"].reverse()
    return notebook


def without_ids():
    notebook = solved()
    for cell in notebook["cells"]:
        del cell["id"]
    return notebook


def as_markdown():
    notebook = solved()
    cell_of(notebook, "slip-max")["cell_type"] = "markdown"
    return notebook


def with_helper():
    """The answer needs a cell that the student added."""
    notebook = solved()
    place = notebook["cells"].index(cell_of(notebook, "slip-max"))
    code = cell_of(notebook, "slip-max")["source"].replace("dz]", "once(dz)]")
    helper = {"cell_type": "code", "id": "mine", "metadata": {}, "source": "def once(x): return x"}
    cell_of(notebook, "slip-max")["source"] = code
    notebook["cells"].insert(place, helper)
    return notebook


def faked_output():
    notebook = untouched()
    fake = {"output_type": "stream", "name": "stdout", "text": "✓ NotesMaxGate: right."}
    cell_of(notebook, "slip-max-check")["outputs"] = [fake]
    return notebook


ALL_RIGHT = dict.fromkeys(EXERCISES, ("✓", ""))
NOT_ANSWERED = dict.fromkeys(EXERCISES, ("–", "not_answered"))


def but(name, mark, reason):
    return {**ALL_RIGHT, name: (mark, reason)}


SUBMISSIONS = {
    "solved": (solved(), ALL_RIGHT),
    "without check": (without_check(), ALL_RIGHT),
    "doubled": (doubled(), ALL_RIGHT),
    "moved": (moved(), ALL_RIGHT),
    "without ids": (without_ids(), ALL_RIGHT),
    "with helper": (with_helper(), ALL_RIGHT),
    "as markdown": (as_markdown(), but("slip-max", "–", "not_answered")),
    "untouched": (untouched(), NOT_ANSWERED),
    "faked output": (faked_output(), NOT_ANSWERED),
    "endless": (with_answer("while True:\n    pass"), but("slip-max", "✗", "too_long")),
    "endless, and will not be stopped": (
        with_answer("while True:\n    try:\n        1 / 0\n    except:\n        pass"),
        but("slip-max", "✗", "too_long"),
    ),
    "endless in the check": (
        with_answer("def backward_pass(a, b):\n    while True: pass", "plus"),
        but("plus", "✗", "too_long"),
    ),
    "ends Python": (with_answer("import os\nos._exit(0)"), but("slip-max", "✗", "ended_python")),
    "eats memory": (with_answer("x = 'x' * 10**11"), but("slip-max", "✗", "stopped")),
    "does not parse": (with_answer("class NotesMaxGate(Gate:"), but("slip-max", "✗", "stopped")),
    "prints its own mark": (
        with_answer("NotesMaxGate = 1\nprint('✓ NotesMaxGate: right.')"),
        but("slip-max", "✗", None),
    ),
    "replaces the check": (
        with_answer("NotesMaxGate = 1\ncheck_gate = lambda *_: print('✓')"),
        but("slip-max", "✗", None),
    ),
    "as it was given, with an empty line": (
        with_answer(cell_of(untouched(), "slip-multiply")["source"] + "\n", "slip-multiply"),
        but("slip-multiply", "✗", "swaps_gradients"),
    ),
    "hard-coded": (with_answer(HARD_CODED, "plus"), but("plus", "✗", None)),
}
BROKEN = {
    "empty": "",
    "cut": json.dumps(solved())[:500],
    "a list": "[1, 2]",
    "other": '{"cells": []}',
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for name, (notebook, _) in SUBMISSIONS.items():
        place = folder / name  # as learning platforms hand them out
        place.mkdir()
        (place / f"{NAME}.ipynb").write_text(json.dumps(notebook), "utf-8")
    for name, text in BROKEN.items():
        (folder / f"{name}.ipynb").write_text(text, "utf-8")
    return collect.collect(folder, OTHER_NUMBERS, SECONDS)


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_an_odd_submission_is_judged_by_itself(answers, name):
    expected = SUBMISSIONS[name][1]
    found = {a.exercise: a for a in answers if a.file.startswith(f"{name}/")}
    assert list(found) == EXERCISES
    for exercise, (mark, reason) in expected.items():
        assert found[exercise].mark == mark, found[exercise]
        assert reason in (None, found[exercise].reason), found[exercise]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_row_that_says_so(answers, name):
    [row] = [a for a in answers if a.file == f"{name}.ipynb"]
    assert row.mark == "?"
    assert row.text


def test_the_folder_comes_back_as_a_table_and_a_page(answers, tmp_path):
    collect.write_csv([*answers, answers[-1]._replace(text="=1+1")], tmp_path / "answers.csv")
    with open(tmp_path / "answers.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(answers) + 1
    assert rows[-1]["text"] == "'=1+1"  # a spreadsheet computes nothing
    text = page(answers)
    swapped = next(a for a in answers if a.reason == "swaps_gradients")
    assert escape(words.REASONS["swaps_gradients"]) in text
    assert escape(swapped.source) in text
    assert "The cell did not end in time." in text


@pytest.mark.parametrize("field", ["file", "notebook", "exercise", "reason", "text", "source"])
@pytest.mark.parametrize("mark", ["✓", "✗", "△", "–", "?"])
def test_nothing_that_a_student_wrote_becomes_html(field, mark):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    row = collect.Answer("a", "b", "c", mark, "d", "e", "f")._replace(**{field: evil})
    text = page([row, row._replace(notebook="")])
    assert "<script" not in text
    assert "<img" not in text


def test_a_busy_machine_may_take_long_to_begin():
    said, stopped_at, _ = collect.one_process([], seconds=0.01)
    assert said == {}
    assert stopped_at is None


def test_the_command_writes_both_files_and_names_a_missing_folder(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ipynb").write_text("", "utf-8")
    collect.main([str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["answers.csv", "answers.html"]
    with pytest.raises(SystemExit):
        collect.main([str(tmp_path / "nowhere")])
    assert "there is no folder" in capsys.readouterr().err


def test_the_solutions_stand_the_other_numbers_of_the_course(tmp_path):
    """classroom/numbers.json is a start for a teacher: it knows checks that exist."""
    numbers = json.loads((collect.ROOT / "classroom" / "numbers.json").read_text("utf-8"))
    for name, checks in numbers.items():
        notebook = read(NOTEBOOKS / f"{name}.ipynb")
        assert set(checks) <= {check.id for _, check, _ in exercises(notebook)}
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(solve(notebook)), "utf-8")
    answers = collect.collect(tmp_path, numbers)
    assert {a.mark for a in answers} == {"✓"}, [a for a in answers if a.mark != "✓"]
