"""The views in other front ends: JupyterLab behind a hub's address, and Notebook 7."""

import importlib.util

import pytest
from nbconvert import HTMLExporter
from notebook_tools import NOTEBOOKS, paths, read

from . import lab
from .server import HubServer, NotebookServer

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(params=[HubServer, NotebookServer], ids=lambda kind: kind.__name__)
def server(request, tmp_path):
    if importlib.util.find_spec(request.param.module) is None:
        pytest.skip(f"pip install {request.param.module}")
    server = request.param(tmp_path)
    yield server
    server.stop()


def test_every_view_of_notebook_01_lives(server, pages, opened):
    path = NOTEBOOKS / "01_computational_graphs.ipynb"
    notebook = lab.open_notebook(server, pages(), path)
    opened.append(notebook)
    page = notebook.page
    live = page.locator(".cs231n-live").count()
    saved = [output for cell in read(path).cells for output in cell.get("outputs", [])]
    static = page.locator(".cs231n-static")
    assert live == sum("cs231n-static" in str(output) for output in saved) >= 6
    assert static.count() == live
    assert not any(static.nth(i).is_visible() for i in range(live))
    slider = page.locator(".cs231n-live input[type=range]").first
    slider.focus()
    before = page.locator(".cs231n-live svg").first.text_content()
    slider.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('.cs231n-live svg').textContent !== before", arg=before
    )
    # Notebook 7 itself complains of settings that only JupyterLab has.
    assert [e for e in notebook.console_errors if "reading 'schema'" not in e] == []


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_notebook_as_html_shows_every_picture_and_no_broken_widget(pages, tmp_path, path):
    page = tmp_path / "page.html"
    page.write_text(HTMLExporter().from_notebook_node(read(path))[0], encoding="utf-8")
    shown = pages()  # nbconvert's page asks for MathJax outside, and gets none here
    shown.goto(page.as_uri())
    images = shown.locator(".jp-OutputArea-output img")
    assert images.count() >= sum(
        "image/png" in output.get("data", {})
        for cell in read(path).cells
        for output in cell.get("outputs", [])
    )
    for fold in shown.locator("details").all():
        fold.evaluate("(it) => (it.open = true)")
    for image in images.all():
        assert image.is_visible(), image.get_attribute("alt")
        assert image.evaluate("(it) => it.naturalWidth") > 0
    for broken in ("Error displaying widget", "model not found", "VBox("):
        assert broken not in shown.locator("body").inner_text()


def test_keys_of_a_view_never_reach_the_notebook(server, pages, opened):
    notebook = lab.open_notebook(server, pages(), NOTEBOOKS / "01_computational_graphs.ipynb")
    opened.append(notebook)
    page = notebook.page
    cells = page.locator(".jp-Cell").count()
    page.locator(".cs231n-live input[type=range]").first.focus()
    for key in ("a", "b", "d", "d", "x", "m", "y", "ArrowUp"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
