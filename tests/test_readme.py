"""What the README and the workflow name exists, and what the README shows runs."""

import ast
import contextlib
import importlib.util
import io
import os
import re
import shutil
import subprocess

import pytest
import yaml
from notebook_tools import NOTEBOOKS, ROOT, paths, read

from cs231n_lec4 import GraphError, language

README = (ROOT / "README.md").read_text("utf-8")
PACKAGE = ROOT / "cs231n_lec4"
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))
JOB = WORKFLOW["jobs"]["tests"]
KOREAN = (ROOT / "README.ko.md").read_text("utf-8")
EXAMPLES, KOREAN_EXAMPLES = (
    re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    for text in (README, KOREAN)
)
PATH = re.compile(r"`((?:[\w.-]+/)*[\w.-]+(?:/|\.(?:py|md|cfg|txt|yml|toml|ipynb|html)))`")
MADE = {"my-notebooks/", "my-notebooks/lecture.html", "page.html"}  # by a command or a cell


def script():
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands():
    """The commands of run.py, as it tells them."""
    return set(re.findall(r"python3 run\.py (\w+)", script().__doc__))


def steps():
    """The command lines of the workflow."""
    return [step["run"] for step in JOB["steps"] if "run" in step]


# ── commands ──────────────────────────────────────────────────────────────────────────────────


def test_every_command_of_the_readme_exists():
    named = re.findall(r"(?:^|`)(?:make|python3 run\.py|py run\.py) (\w+)", README, re.MULTILINE)
    assert set(named) == commands()
    assert commands() == set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())


def test_the_korean_page_names_only_commands_that_exist():
    assert set(re.findall(r"(?:make|run\.py) (\w+)", KOREAN)) <= commands()
    assert all("make lab EDITION=ko" in page for page in (README, KOREAN))


def test_the_nbval_command_by_itself_is_the_one_of_make_test():
    assert f".venv/bin/python {' '.join(script().NBVAL)}\n" in README


def test_the_workflow_runs_commands_that_exist():
    for step in steps():
        program, *arguments = step.split()
        file = ROOT / (arguments[0] if program == "python" else program)
        assert file.is_file(), step
        assert program == "python" or os.access(file, os.X_OK) or os.name == "nt", step
        assert file.name != "run.py" or arguments[1] in commands(), step


def test_the_workflow_runs_both_commands_of_the_readme_everywhere():
    called = "\n".join((ROOT / name).read_text("utf-8") for name in (".ci/run", ".ci/lab.py"))
    assert re.search(r"\bmake test$", called, re.MULTILINE)
    assert '"run.py"), "lab"' in called
    assert JOB["strategy"]["matrix"] == {
        "os": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": ["3.10", "3.x"],
    }
    conditions = {step["run"]: step.get("if") for step in JOB["steps"] if "run" in step}
    assert conditions == {
        "python .ci/lab.py": None,
        ".ci/run": "runner.os == 'Linux'",
        "python run.py test": "runner.os != 'Linux'",
    }


# ── examples, sections, sentences ─────────────────────────────────────────────────────────────


def test_the_first_example_gives_the_gradients_that_it_says():
    names = run(EXAMPLES[0])
    said = re.search(r"graph\.backward\(\)  # (.*)", EXAMPLES[0])[1]
    assert names["graph"].backward() == ast.literal_eval(said)


def test_a_view_stands_in_a_box_and_is_moved_by_interact():
    names = run(*EXAMPLES)
    assert eval(EXAMPLES[1].splitlines()[-1], names).children[-1] is names["view"]
    assert names["b"].value == names["view"].input_b == 0.0


def test_the_korean_example_gives_the_gradients_that_it_says(english_again):
    names = run(*KOREAN_EXAMPLES)
    said = ast.literal_eval(re.search(r"graph\.backward\(\)  # (.*)", KOREAN_EXAMPLES[0])[1])
    assert names["graph"].backward() == pytest.approx(said)


@pytest.fixture
def english_again():
    yield
    language("en")


def run(*examples):
    """The names that examples leave behind."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for example in examples:
            exec(example, names)
    return names


def test_the_korean_page_lists_every_korean_notebook():
    listed = re.findall(
        r"^\| [^|]* \| \[`\w+`\]\(notebooks/ko/(\w+\.ipynb)\)", KOREAN, re.MULTILINE
    )
    assert listed == [path.name for path in paths("ko")]


PARTS = {  # of the thirty minutes: the notebook and its titles, in each language
    ".": r"In (?:notebook )?(\d+): ((?:\*[^*]+\*(?:, )?)+)",
    "ko": r"노트북 (\d+)에서 ((?:\*[^*]+\*(?:, )?)+)",
}


@pytest.mark.parametrize(
    ("page", "name", "edition"),
    [(README, "Thirty minutes.", "."), (KOREAN, "30분만 있다면.", "ko")],
)
def test_every_section_of_the_thirty_minutes_is_in_its_notebook(page, name, edition):
    line = re.search(rf"\*\*{name}\*\*(.*)", page)[1]
    parts = re.findall(PARTS[edition], line)
    assert len(parts) >= 3
    for number, titles in parts:
        (path,) = (NOTEBOOKS / edition).glob(f"{int(number):02}_*.ipynb")
        sources = [cell.source for cell in read(path).cells]
        for title in re.findall(r"\*([^*]+)\*", titles):
            assert any(source.startswith(f"## {title}\n") for source in sources), title


@pytest.mark.parametrize(("page", "code"), [(README, "en"), (KOREAN, "ko")], ids=["en", "ko"])
def test_the_sentence_about_graphviz_is_the_one_that_is_said(page, code, english_again):
    language(code)
    said = str(GraphError("no_layout_engine")).splitlines()[0]
    assert re.findall(r"\"([^\"]*Graphviz.*?)\"", page) == [said]


# ── files ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["README.md", "README.ko.md", "CONTRIBUTING.md"])
def test_every_path_that_is_named_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {*PATH.findall(text), *re.findall(r"\]\((?!http)([^)]*)\)", text)} - MADE
    tops = (ROOT, PACKAGE, PACKAGE / "live", PACKAGE / "checking")
    assert {n for n in named if not any((top / n).exists() for top in tops)} == set()


@pytest.mark.skipif(not shutil.which("git") or not (ROOT / ".git").exists(), reason="needs git")
def test_the_readme_says_what_each_top_level_entry_is():
    listed = subprocess.run(
        ["git", "ls-tree", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for kind, name in re.findall(r"^\d+ (tree|blob) \w+\t(.*)$", listed, re.MULTILINE):
        hidden_file = name.startswith(".") and kind == "blob"
        entry = f"`{name}/`" if kind == "tree" else f"`{name}`"
        assert hidden_file or name == "README.md" or entry in README, entry
