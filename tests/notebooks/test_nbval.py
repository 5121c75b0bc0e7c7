"""The strict comparison of notebooks, tried on planted ones: views are left out, lies are seen."""

import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_notebook, new_output
from notebook_tools import ROOT, code_cells, read, store
from planted import code, png

PICTURE = '<img alt="x is {x}" width="{width}" src="data:image/png;base64,{png}">'
HTML = PICTURE.format(x=3, width=2, png=png())
SOURCES = {
    "views": "import ipywidgets\nipywidgets.FloatSlider()",
    "picture": f"""from IPython.display import display
from ipywidgets import IntSlider
slider = IntSlider(value=3)
view = slider._repr_mimebundle_()
del view["text/plain"]
display(view, raw=True)
display({{"text/html": '{HTML}', "text/plain": "x = 3"}}, raw=True)""",
    "moved": "slider.value = 5\nprint(slider.value)",
    "fails": "1 / 0",
}
SMALLER = PICTURE.format(x=3, width=1, png=png(["red", "blue", "red"]))
OTHER_TEXT = PICTURE.format(x=4, width=2, png=png())

# name: (cell, what is done to its stored outputs)
LIES = {
    "a number": ("moved", lambda outputs: outputs[0].update(text="6\n")),
    "an alt text": ("picture", lambda outputs: outputs[0].data.update({"text/html": OTHER_TEXT})),
    "a table": ("picture", lambda outputs: outputs[0].data.update({"text/plain": "x = 4"})),
    "one too few": ("picture", lambda outputs: outputs.clear()),
    "one too many": ("views", lambda outputs: outputs.append(new_output("stream", text="1"))),
    "an error": ("fails", lambda outputs: outputs[0].update(evalue="division by one")),
}
TRUTHS = {
    "as stored": ("picture", lambda outputs: None),
    "another picture": ("picture", lambda outputs: outputs[0].data.update({"text/html": SMALLER})),
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook with views, run and saved as `run.py notebooks` does it."""
    cells = [code(name, source) for name, source in SOURCES.items()]
    cells[-1].metadata["tags"] = ["raises-exception"]
    path = tmp_path_factory.mktemp("notebooks") / "planted.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    store(path)
    return path


@pytest.fixture(scope="module")
def failures(stored, tmp_path_factory):
    """{notebook: names of the cells in which pytest sees a difference}, in one run for all."""
    folder = tmp_path_factory.mktemp("compared")
    for name, (cell_name, change) in {**LIES, **TRUTHS}.items():
        notebook = read(stored)
        change(next(cell for cell in notebook.cells if cell.id == cell_name).outputs)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    line = re.compile(r"^([\w ]+)\W+ipynb::Cell (\d+) (PASSED|FAILED)", re.MULTILINE)
    output = compare(folder)
    seen = line.findall(output)
    assert len(seen) == len(SOURCES) * len(LIES | TRUTHS), output
    cells = list(SOURCES)
    wrong = [(name, cells[int(number)]) for name, number, verdict in seen if verdict == "FAILED"]
    return {name: [cell for other, cell in wrong if other == name] for name, _, _ in seen}


def compare(folder):
    """What pytest prints when it compares a folder as `run.py test` compares notebooks/."""
    shutil.copy(ROOT / "conftest.py", folder)
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-v", "."]
    command += [f"--nbval-sanitize-with={ROOT}/tests/nbval_sanitize.cfg", "--color=no"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", TRUTHS)
def test_a_true_notebook_with_views_passes(failures, name):
    assert failures[name] == []


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_seen_in_its_cell(failures, name):
    assert failures[name] == [LIES[name][0]]


def test_a_stored_notebook_holds_no_view(stored):
    views, picture, *_ = code_cells(read(stored))
    assert views.outputs == []
    assert [list(output.data) for output in picture.outputs] == [["text/html", "text/plain"]]


def test_storing_again_changes_nothing(stored):
    before = stored.read_bytes()
    store(stored)
    assert stored.read_bytes() == before
