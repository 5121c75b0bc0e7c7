"""With the folded solutions pasted in, every check says ✓.

That no notebook crashes as received is nbval's part: it runs each one and compares.
"""

import shutil

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from notebook_guards import says_right
from notebook_tools import every_path, exercises, name_of, read, run, solve
from planted import ANSWER, sound_notebook


def unhappy_checks(path, folder):
    """The outputs of the checks that do not say ✓ in a solved copy of the notebook at `path`."""
    copy = folder / "copy"
    shutil.copytree(path.parent, copy)
    solved = run(solve(read(copy / path.name)), copy)
    return [check.outputs for _, check, _ in exercises(solved) if not says_right(check)]


@pytest.mark.parametrize("path", every_path(), ids=name_of)
def test_with_the_solutions_pasted_in_every_check_says_right(path, tmp_path):
    assert unhappy_checks(path, tmp_path) == []


# ── the test itself ───────────────────────────────────────────────────────────────────────────


def planted(folder, old="1 + 1", new="1 + 1"):
    """A saved notebook whose solution is changed from `old` to `new`."""
    notebook = sound_notebook()
    notebook.cells[1].source = "1"
    notebook.cells[-1].source = ANSWER.replace(old, new)
    path = folder / "notebooks" / "planted.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook, path)
    return path


def test_a_right_solution_makes_its_check_happy(tmp_path):
    assert unhappy_checks(planted(tmp_path), tmp_path) == []


def test_a_wrong_solution_is_seen(tmp_path):
    assert len(unhappy_checks(planted(tmp_path, new="1 + 2"), tmp_path)) == 1


def test_a_solution_that_crashes_is_seen(tmp_path):
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        unhappy_checks(planted(tmp_path, new="1 / 0"), tmp_path)
