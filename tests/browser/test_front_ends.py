"""The views in other front ends: JupyterLab behind a hub's address, and Notebook 7."""

import importlib.util

import pytest
from notebook_tools import NOTEBOOKS

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
    notebook = lab.open_notebook(server, pages(), NOTEBOOKS / "01_computational_graphs.ipynb")
    opened.append(notebook)
    page = notebook.page
    live = page.locator(".cs231n-live").count()
    static = page.locator(".cs231n-static")
    assert live == 6
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


def test_keys_of_a_view_never_reach_the_notebook(server, pages, opened):
    notebook = lab.open_notebook(server, pages(), NOTEBOOKS / "01_computational_graphs.ipynb")
    opened.append(notebook)
    page = notebook.page
    cells = page.locator(".jp-Cell").count()
    page.locator(".cs231n-live input[type=range]").first.focus()
    for key in ("a", "b", "d", "d", "x", "m", "y", "ArrowUp"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
