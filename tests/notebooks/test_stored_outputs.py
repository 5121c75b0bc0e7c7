"""The saved notebooks hold what nbval does not look at; each guard is shown to see its fault."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from notebook_guards import GUARDS
from notebook_tools import RANDOM_ID, clean, every_path, keep_left_out, name_of, read
from planted import ANSWER, code, failed, image, printed, shown, sound_notebook

LARGEST = 700_000
every = pytest.mark.parametrize("path", every_path(), ids=name_of)


@every
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_saved_notebook_passes_the_guard(path, guard):
    assert list(guard(read(path))) == []


@every
def test_a_saved_notebook_is_small(path):
    assert path.stat().st_size <= LARGEST


@every
def test_a_saved_notebook_follows_the_format(path):
    nbformat.validate(read(path))


# ── the guards themselves ─────────────────────────────────────────────────────────────────────


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def put(name, **changes):
    """A fault: these attributes of the named cell are changed."""

    def plant(notebook):
        cell(notebook, name).update(changes)

    return plant


def outputs(name, *given):
    return put(name, outputs=list(given))


def answer(old, new):
    assert old in ANSWER
    return put("answer", source=ANSWER.replace(old, new))


def tag(name, *tags):
    return put(name, metadata=nbformat.from_dict({"tags": list(tags)}))


def without(name):
    def plant(notebook):
        notebook.cells.remove(cell(notebook, name))

    return plant


def extra(notebook_metadata):
    def plant(notebook):
        notebook.metadata.update(nbformat.from_dict(notebook_metadata))

    return plant


VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
BLANK = shown(text_html=image(colours=["white", "white"]))
TORN = shown(text_html='<img alt="x" src="data:image/png;base64,AAAA">')
FAULTS = [
    ("counts_run_from_one", "a cell was not run", put("picture", execution_count=None)),
    ("counts_run_from_one", "cells were run twice", put("picture", execution_count=9)),
    ("nothing_is_skipped", "a comment skips", put("picture", source="# NBVAL_SKIP\npicture")),
    ("nothing_is_skipped", "a tag ignores", tag("picture", "nbval-ignore-output")),
    ("errors_are_announced", "an error without tag", outputs("picture", failed())),
    ("errors_are_announced", "a tag without error", outputs("error")),
    ("stderr_is_empty", "a warning", outputs("picture", printed("careful", "stderr"))),
    ("no_widget_is_saved", "widget state", extra({"widgets": {}})),
    ("no_widget_is_saved", "a view", outputs("picture", shown(**VIEW))),
    ("metadata_are_short", "a version", extra({"language_info": {"name": "x", "version": "3"}})),
    ("metadata_are_short", "times", put("title", metadata={"execution": {}})),
    ("no_trace_of_a_machine", "a home", outputs("picture", printed("in /home/kim/x.py"))),
    ("no_trace_of_a_machine", "a Windows path", outputs("picture", printed("C:\\Users\\kim"))),
    ("no_trace_of_a_machine", "an address", outputs("picture", printed("<A at 0x7f12ab34>"))),
    ("ids_are_stable", "a random id", put("title", id="3f2a90bc")),
    ("ids_are_stable", "one id twice", put("title", id="picture")),
    ("code_cells_are_short", "sixteen lines", put("picture", source="x = 1\n" * 16)),
    ("pictures_can_be_read_out", "no alt", outputs("picture", shown(text_html=image("")))),
    ("pictures_can_be_read_out", "empty alt", outputs("picture", shown(text_html=image('alt=""')))),
    ("pictures_can_be_read_out", "bare PNG", outputs("picture", shown(image_png="iVBORw0KGgo="))),
    ("pictures_show_something", "all white", outputs("picture", BLANK)),
    ("pictures_show_something", "torn", outputs("picture", TORN)),
    ("exercises_are_complete", "no check", without("check")),
    ("exercises_are_complete", "no answer", without("answer")),
    ("exercises_are_complete", "no hint", answer("Hint", "Idea")),
    ("exercises_are_complete", "no solution", answer("Solution", "Idea")),
    ("exercises_are_complete", "no block", answer("```python", "```")),
    ("exercises_are_complete", "no Python", answer("1 + 1", "1 +")),
    ("checks_follow_exercises", "an exercise without tag", tag("exercise")),
    ("checks_do_not_praise_an_empty_answer", "praise", outputs("check", printed("✓ right"))),
]  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_sound_notebook_passes_the_guard(guard):
    assert list(guard(sound_notebook())) == []


@pytest.mark.parametrize(("name", "fault", "plant"), FAULTS, ids=lambda part: str(part)[:40])
def test_a_planted_fault_is_seen(name, fault, plant):
    notebook = sound_notebook()
    plant(notebook)
    guard = next(guard for guard in GUARDS if guard.__name__ == name)
    assert list(guard(notebook)), fault


def test_every_guard_has_a_planted_fault():
    assert {name for name, _, _ in FAULTS} == {guard.__name__ for guard in GUARDS}


def test_the_guards_see_the_same_after_a_trip_through_a_file(tmp_path):
    nbformat.write(sound_notebook(), tmp_path / "sound.ipynb")
    again = read(tmp_path / "sound.ipynb")
    assert [list(guard(again)) for guard in GUARDS] == [[]] * len(GUARDS)


# ── cleaning ──────────────────────────────────────────────────────────────────────────────────


def test_cleaning_drops_views_and_keeps_the_other_outputs():
    notebook = sound_notebook()
    picture = cell(notebook, "picture")
    picture.outputs.insert(0, shown(**VIEW))
    clean(notebook, "01")
    assert [list(output.data) for output in picture.outputs] == [["text/html", "text/plain"]]


def test_cleaning_names_only_cells_with_a_random_id():
    notebook = sound_notebook()
    notebook.cells[1].id, notebook.cells[2].id = "0a1b2c3d", "01-01"
    clean(notebook, "01")
    ids = [cell.id for cell in notebook.cells]
    assert ids == ["title", "01-02", "01-01", "exercise", "check", "answer"]


def test_cleaning_twice_changes_nothing():
    once = clean(sound_notebook(), "01").copy()
    assert clean(nbformat.from_dict(once), "01") == once


def test_cleaning_leaves_a_notebook_that_passes_the_guards():
    notebook = sound_notebook()
    notebook.metadata["widgets"] = {}
    notebook.cells[0].metadata["execution"] = {}
    notebook.cells.append(code("1f2e3d4c", "1", count=5))
    clean(notebook, "01")
    assert [list(guard(notebook)) for guard in GUARDS] == [[]] * len(GUARDS)


@pytest.mark.parametrize("name", ["3f2a90bc", "3f2a90bc-1111-4222-8333-123456789abc"])
def test_a_random_id_is_told_from_a_word(name):
    assert RANDOM_ID.fullmatch(name)
    assert not RANDOM_ID.fullmatch("decade")


@pytest.mark.parametrize("is_missing", [True, False])
def test_saving_without_an_optional_package_keeps_what_was_saved_with_it(is_missing):
    def notebook(text, number):
        said = new_output("stream", name="stdout", text=text)
        cells = [new_code_cell("1", outputs=[said], execution_count=number) for _ in range(2)]
        cells[0].metadata["tags"] = ["torch"]
        return new_notebook(cells=cells)

    def missing(cell):
        return [name for name in cell.metadata.get("tags", []) if is_missing]

    first, second = keep_left_out(notebook("now", 7), notebook("saved", 3), missing).cells
    assert (first.outputs[0].text, first.execution_count) == (
        ("saved", 3) if is_missing else ("now", 7)
    )
    assert (second.outputs[0].text, second.execution_count) == ("now", 7)
