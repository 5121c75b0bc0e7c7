"""Notebooks 06 to 10 and the lecture in a real JupyterLab: every slider, by key, mouse and box."""

import nbformat
import pytest
from notebook_tools import NOTEBOOKS

from . import lab
from .views import move_every_slider

NAMES = [
    "06_forward_backward_api",
    "07_losses_as_graphs",
    "08_neural_networks",
    "09_training_a_two_layer_net",
    "10_templates",
    "lecture",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_its_views_live(browser, lab_server, name, theme):
    path = NOTEBOOKS / f"{name}.ipynb"
    notebook = lab.open_notebook(lab_server, lab.new_page(browser), path, theme=theme)
    views = notebook.page.locator(".cs231n-live")
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert views.count() >= sum(cell.source.strip().endswith(("view", "walk")) for cell in code)
    notebook.screenshot(f"{name}-{theme}")
    notebook.page.context.close()
    assert notebook.requests == []
    assert notebook.console_errors == []
    lab_server.stop_kernels()


@pytest.mark.parametrize("name", ["06_forward_backward_api", "10_templates"])
def test_every_slider_of_its_first_view_moves(browser, lab_server, name):
    path = NOTEBOOKS / f"{name}.ipynb"
    notebook = lab.open_notebook(lab_server, lab.new_page(browser), path)
    view = notebook.page.locator(".cs231n-live").filter(has=notebook.page.get_by_role("slider")).first
    move_every_slider(notebook, view)
    notebook.page.context.close()
    assert notebook.console_errors == []
    lab_server.stop_kernels()
