"""The student's edition: the same cells, without solutions."""

import re

import pytest
from notebook_tools import NOTEBOOKS, paths, read

from classroom import student
from classroom.exercises import exercises


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("student")
    student.main([str(folder)])
    return folder


@pytest.mark.parametrize("name", [path.name for path in paths()])
def test_the_solutions_go_and_all_else_stays(edition, name):
    before, after = read(NOTEBOOKS / name), read(edition / name)
    for old, new in zip(before.cells, after.cells, strict=True):
        assert (old.id, old.cell_type, old.get("outputs")) == (
            new.id,
            new.cell_type,
            new.get("outputs"),
        )
        assert "<summary>Solution</summary>" not in new.source
        if old.source != new.source:
            assert "<summary>Hint</summary>" in new.source
            assert new.source == re.sub(
                r"\s*<details>\s*<summary>Sol.*", "", old.source, flags=re.S
            )
    changed = [old.id for old, new in zip(before.cells, after.cells, strict=True) if old != new]
    assert changed == [answer.id for _, _, answer in exercises(before)]


def test_a_folder_that_holds_something_is_left_alone(edition):
    with pytest.raises(SystemExit, match="is not empty"):
        student.main([str(edition)])
