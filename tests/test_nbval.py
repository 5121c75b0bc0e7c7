"""The strict comparison of notebooks, tried on planted ones: views are left out, lies are seen."""

import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_notebook
from notebook_tools import ROOT, code_cells, read, store
from planted import code, png

SOURCES = {
    "views": "import ipywidgets\nipywidgets.FloatSlider()",
    "picture": f"""from IPython.display import display
from ipywidgets import IntSlider
slider = IntSlider(value=3)
view = slider._repr_mimebundle_()
del view["text/plain"]
display(view, raw=True)
html = '<img alt="x is 3" src="data:image/png;base64,{png()}">'
display({{"text/html": html, "text/plain": "x = 3"}}, raw=True)""",
    "moved": "slider.value = 5\nprint(slider.value)",
    "handle": "handle = display(IntSlider(), display_id=True)",
    "fails": "1 / 0",
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


def compare(path):
    """What pytest prints when it compares the notebook at `path` as `run.py test` does it."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", str(path)]
    command += ["--nbval-sanitize-with=tests/nbval_sanitize.cfg", "-p", "no:cacheprovider"]
    command += [f"--rootdir={ROOT}", "-c", "pyproject.toml", "-p", "conftest", "--color=no"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout


def falsify(stored, tmp_path, name, change):
    """A copy of the stored notebook in which `change` has falsified the outputs of a cell."""
    notebook = read(stored)
    change(next(cell for cell in notebook.cells if cell.id == name).outputs)
    nbformat.write(notebook, tmp_path / "false.ipynb")
    return tmp_path / "false.ipynb"


def test_a_stored_notebook_holds_no_view(stored):
    kinds = [[o.get("data", o.output_type) for o in cell.outputs] for cell in code_cells(read(stored))]
    assert "widget-view" not in str(kinds)
    assert list(kinds[1][0]) == ["text/html", "text/plain"]


def test_storing_again_changes_nothing(stored):
    before = stored.read_bytes()
    store(stored)
    assert stored.read_bytes() == before


def test_a_true_notebook_with_views_passes(stored):
    assert "5 passed" in compare(stored)


LIES = {
    "a number": ("moved", lambda outputs: outputs[0].update(text="6\n")),
    "an alt text": (
        "picture",
        lambda outputs: outputs[0].data.update({"text/html": '<img alt="x is 4" src="PICTURE">'}),
    ),
    "a table": ("picture", lambda outputs: outputs[0].data.update({"text/plain": "x = 4"})),
    "an output too few": ("picture", lambda outputs: outputs.clear()),
    "an output too many": ("views", lambda outputs: outputs.append(nbformat.v4.new_output("stream", text="1"))),
    "an error": ("fails", lambda outputs: outputs[0].update(evalue="division by one")),
}


def test_every_lie_is_seen(stored, tmp_path):
    path = stored
    for name, change in LIES.values():
        path = falsify(path, tmp_path, name, change)
    assert "4 failed, 1 passed" in compare(path)


def test_a_picture_of_other_bytes_and_size_is_no_lie(stored, tmp_path):
    other = f'<img alt="x is 3" src="data:image/png;base64,{png(["red", "blue", "red"])}">'
    change = lambda outputs: outputs[0].data.update({"text/html": other})  # noqa: E731
    assert "5 passed" in compare(falsify(stored, tmp_path, "picture", change))
