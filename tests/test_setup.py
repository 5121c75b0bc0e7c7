"""run.py sets up what is missing, says in one sentence what is wrong, and keeps answers safe."""

import ast
import importlib.util
import json
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "run.py"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module that believes it lies in a small repository; no program is started."""
    spec = importlib.util.spec_from_file_location("run", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("VENV", "PYTHON", "STAMP", "NOTEBOOKS", "MY_NOTEBOOKS", "ROOT"):
        moved = tmp_path / getattr(module, name).relative_to(SCRIPT.parent)
        monkeypatch.setattr(module, name, moved)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name)
    module.VENV.mkdir()
    module.NOTEBOOKS.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "works", lambda: True)
    monkeypatch.setattr(module, "warm_fonts", lambda: None)
    module.calls = []
    record = module.calls.append
    monkeypatch.setattr(module.subprocess, "call", lambda words, **_: record(words) or 0)
    return module


def sentence(capture):
    """The one sentence a stop prints, checked to be one line."""
    text = str(capture.value.code)
    assert "\n" not in text
    return text


# ── the script ────────────────────────────────────────────────────────────────────────────────


def test_the_script_is_read_by_an_old_python():
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))


def test_the_script_needs_only_the_standard_library():
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    names = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    names += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_without_a_command_the_commands_are_told(run, capsys):
    assert run.main([]) == run.main(["fly"]) == 2
    assert run.main(["--help"]) == 0
    assert "run.py lab" in capsys.readouterr().out
    assert run.calls == []


# ── set-up ────────────────────────────────────────────────────────────────────────────────────


def test_a_first_set_up_installs_and_a_second_does_nothing(run):
    run.set_up()
    assert [words[1:4] for words in run.calls] == [["-m", "pip", "install"]]
    run.set_up()
    assert len(run.calls) == 1


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_installs_again(run, name):
    run.set_up()
    (run.ROOT / name).write_text("changed")
    run.set_up()
    assert len(run.calls) == 2


def test_another_python_installs_again(run, monkeypatch):
    run.set_up()
    monkeypatch.setattr(sys, "version", "3.99")
    run.set_up()
    assert len(run.calls) == 2


def test_a_moved_folder_installs_again(run, monkeypatch, tmp_path):
    run.set_up()
    before = run.wanted_stamp()
    (tmp_path / "b").mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / "b" / name).write_text(name)
    monkeypatch.setattr(run, "ROOT", tmp_path / "b")
    assert run.wanted_stamp() != before


def test_a_broken_environment_is_made_anew(run, monkeypatch):
    run.set_up()
    monkeypatch.setattr(run, "works", lambda: False)
    run.set_up()
    assert run.calls[1] == [sys.executable, "-m", "venv", "--clear", str(run.VENV)]


def test_an_environment_without_python_does_not_work(run, monkeypatch):
    monkeypatch.undo()
    run.PYTHON = Path("absent")
    assert not run.works()
    run.PYTHON = Path(sys.executable)
    assert run.works()


def test_an_unreadable_stamp_installs_again(run):
    run.STAMP.write_bytes(b"\xff\xfe\xff")
    run.set_up()
    assert len(run.calls) == 1


def test_a_failed_installation_is_told_and_tried_again(run, monkeypatch):
    monkeypatch.setattr(run.subprocess, "call", lambda words, **_: 1)
    with pytest.raises(SystemExit) as stopped:
        run.set_up()
    assert "pip could not install" in sentence(stopped)
    assert run.stamp() != run.wanted_stamp()


def test_an_interrupted_installation_does_not_count_as_the_old_one(run, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    run.set_up()
    (run.ROOT / "pyproject.toml").write_text("changed")
    monkeypatch.setattr(run, "install", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run.set_up()
    (run.ROOT / "pyproject.toml").write_text("pyproject.toml")
    assert run.stamp() != run.wanted_stamp()


def test_an_old_python_is_told_in_one_sentence(run, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    with pytest.raises(SystemExit) as stopped:
        run.set_up()
    assert "Python 3.10 or newer is needed; this is 3.9.18" in sentence(stopped)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_is_told_in_one_sentence(run, monkeypatch, module):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda n: None if n == module else find(n))
    with pytest.raises(SystemExit) as stopped:
        run.set_up()
    assert f"no {module} module" in sentence(stopped)
    assert "python3-venv" in sentence(stopped)


def test_an_incomplete_checkout_is_told_in_one_sentence(run):
    (run.ROOT / "constraints.txt").unlink()
    with pytest.raises(SystemExit) as stopped:
        run.set_up()
    assert "constraints.txt cannot be read" in sentence(stopped)


# ── lab ───────────────────────────────────────────────────────────────────────────────────────


def test_a_copy_brings_what_is_new_and_keeps_what_is_there(run):
    (run.NOTEBOOKS / "a.ipynb").write_text("new a")
    (run.NOTEBOOKS / "pictures").mkdir()
    (run.NOTEBOOKS / "pictures" / "b.png").write_text("b")
    run.MY_NOTEBOOKS.mkdir()
    (run.MY_NOTEBOOKS / "a.ipynb").write_text("my answers")
    run.copy_notebooks(run.NOTEBOOKS, run.MY_NOTEBOOKS)
    assert (run.MY_NOTEBOOKS / "a.ipynb").read_text() == "my answers"
    assert (run.MY_NOTEBOOKS / "pictures" / "b.png").read_text() == "b"


def test_a_copy_leaves_checkpoints_behind(run):
    (run.NOTEBOOKS / ".ipynb_checkpoints").mkdir()
    (run.NOTEBOOKS / ".ipynb_checkpoints" / "a.ipynb").write_text("old")
    run.copy_notebooks(run.NOTEBOOKS, run.MY_NOTEBOOKS)
    assert [path.name for path in run.MY_NOTEBOOKS.iterdir()] == [run.RECORD]


def a_notebook(*cells, output=""):
    """The text of a notebook: (type, source) for each cell."""
    cells = [{"cell_type": t, "source": [s], "outputs": [output]} for t, s in cells]
    return json.dumps({"cells": cells})


COURSE = [("markdown", "Predict."), ("code", "answer = None")]
ANSWERED = a_notebook(COURSE[0], ("code", "answer = 4"), output="4")


def updated(run, before, mine, after):
    """The files in my-notebooks/ after an update of the course: {name: text}."""
    course, copy = run.NOTEBOOKS / "a.ipynb", run.MY_NOTEBOOKS / "a.ipynb"
    course.write_text(before)
    run.copy_notebooks(run.NOTEBOOKS, run.MY_NOTEBOOKS)
    copy.write_text(mine)
    for text in after:
        course.write_text(text)
        run.copy_notebooks(run.NOTEBOOKS, run.MY_NOTEBOOKS)
    return {p.name: p.read_text() for p in run.MY_NOTEBOOKS.glob("*.ipynb")}


def test_an_update_lies_beside_the_students_copy_and_is_named(run, capsys):
    new = a_notebook(("markdown", "Predict first."), COURSE[1])
    newer = a_notebook(("markdown", "Predict, then run."), COURSE[1])
    found = updated(run, a_notebook(*COURSE), ANSWERED, [new, new, newer])
    assert found == {"a.ipynb": ANSWERED, "a (new).ipynb": new, "a (new 2).ipynb": newer}
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert "a.ipynb has changed" in said[0]
    assert "a (new).ipynb" in said[0]


def test_only_what_a_notebook_says_counts_as_a_change(run, capsys):
    ran_again = a_notebook(*COURSE, output="another picture")
    assert updated(run, a_notebook(*COURSE), ANSWERED, [ran_again]) == {"a.ipynb": ANSWERED}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("record", [None, "", "[1]", "no record"])
def test_copies_that_nobody_wrote_down_are_known_by_their_text(run, record):
    run.MY_NOTEBOOKS.mkdir()
    for name, mine in {"same.ipynb": ANSWERED, "other.ipynb": a_notebook(("code", "1"))}.items():
        (run.NOTEBOOKS / name).write_text(a_notebook(*COURSE))
        (run.MY_NOTEBOOKS / name).write_text(mine)
    if record is not None:
        (run.MY_NOTEBOOKS / run.RECORD).write_text(record)
    run.copy_notebooks(run.NOTEBOOKS, run.MY_NOTEBOOKS)
    found = sorted(path.name for path in run.MY_NOTEBOOKS.glob("*.ipynb"))
    assert found == ["other (new).ipynb", "other.ipynb", "same.ipynb"]


def test_a_missing_copy_comes_back_and_a_new_one_that_was_merged_does_not(run):
    new = a_notebook(("markdown", "Predict first."))
    assert len(updated(run, a_notebook(*COURSE), ANSWERED, [new])) == 2
    for path in run.MY_NOTEBOOKS.glob("*.ipynb"):
        path.unlink()
    run.copy_notebooks(run.NOTEBOOKS, run.MY_NOTEBOOKS)
    assert {p.name: p.read_text() for p in run.MY_NOTEBOOKS.glob("*.ipynb")} == {"a.ipynb": new}


def test_lab_opens_the_first_notebook_and_passes_its_flags_on(run, monkeypatch):
    started = []
    (run.NOTEBOOKS / "00_start_here.ipynb").write_text("{}")
    monkeypatch.setattr(run.os, "execv", lambda program, words: started.append(words))
    run.lab(["--no-browser", "--port=9999"])
    assert started[0][1:3] == ["-m", "jupyterlab"]
    assert started[0][3].endswith("/lab/tree/00_start_here.ipynb")
    assert started[0][-2:] == ["--no-browser", "--port=9999"]
    assert Path.cwd() == run.MY_NOTEBOOKS


def test_an_edition_opens_at_its_own_start(run, monkeypatch):
    (run.NOTEBOOKS / "ko").mkdir()
    for folder in ("", "ko"):
        (run.NOTEBOOKS / folder / "00_start_here.ipynb").write_text("{}")
    assert run.first_page() == "00_start_here.ipynb"
    monkeypatch.setenv("EDITION", "ko")
    assert run.first_page() == "ko/00_start_here.ipynb"
    monkeypatch.setenv("EDITION", "xx")
    with pytest.raises(SystemExit) as stopped:
        run.first_page()
    assert "no edition xx" in sentence(stopped)


def test_only_root_is_told_to_jupyterlab(run, monkeypatch):
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    assert run.root_flag() == ["--allow-root"]
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    assert run.root_flag() == []
    monkeypatch.delattr(run.os, "geteuid")
    assert run.root_flag() == []


def test_ctrl_c_waits_for_jupyterlab(run):
    process = Mock()
    process.wait.side_effect = [KeyboardInterrupt, 3]
    assert run.wait(process) == 3


# ── the other commands ────────────────────────────────────────────────────────────────────────


def test_test_runs_ruff_the_tests_and_the_notebooks(run):
    assert run.test([]) == 0
    assert sorted(words[2] for words in run.calls) == ["pytest", "pytest", "pytest", "ruff"]
    assert ["tests/browser"] in [words[3:] for words in run.calls]
    assert ["--ignore=tests/browser"] in [words[3:] for words in run.calls]
    assert any("--nbval" in words and "notebooks" in words for words in run.calls)


def test_test_passes_its_flags_to_pytest(run):
    run.test(["-k", "sigmoid"])
    assert [words[1:] for words in run.calls] == [["-m", "pytest", "-k", "sigmoid"]]


def test_one_failure_fails_the_whole_but_does_not_stop_the_rest(run, monkeypatch, capsys):
    fails = lambda words, **_: int("--ignore=tests/browser" in words)  # noqa: E731
    monkeypatch.setattr(run.subprocess, "call", fails)
    assert run.test([]) == 1
    assert "Failed: tests." in capsys.readouterr().out


def test_a_failure_of_the_browser_tests_fails_the_whole(run, monkeypatch, capsys):
    fails = lambda words, **_: int("tests/browser" in words)  # noqa: E731
    monkeypatch.setattr(run.subprocess, "call", fails)
    assert run.test([]) == 1
    assert "Failed: browser." in capsys.readouterr().out


def test_notebooks_takes_all_or_those_named(run):
    places = [run.NOTEBOOKS / name for name in ("01.ipynb", "ko/01.ipynb")]
    for place in [*places, run.NOTEBOOKS / ".ipynb_checkpoints" / "01.ipynb"]:
        place.parent.mkdir(exist_ok=True)
        place.write_text("")
    run.notebooks([])
    run.notebooks(["x.ipynb"])
    assert run.calls[0][2:] == [str(place) for place in places]
    assert run.calls[1][2:] == ["x.ipynb"]


def test_long_runs_every_row_with_its_flags(run, monkeypatch):
    monkeypatch.setattr(run, "LONG_RUNS", [["-m", "pytest"], ["bench/race.py"]])
    run.long(["-x"])
    assert [words[1:] for words in run.calls] == [["-m", "pytest", "-x"], ["bench/race.py", "-x"]]


def test_bench_says_so_when_there_is_nothing_to_measure(run):
    with pytest.raises(SystemExit) as stopped:
        run.bench([])
    assert "no bench/run.py" in sentence(stopped)
