"""The README's examples in a real JupyterLab: a view in a box, linked, moved by interact."""

import re
from pathlib import Path

from cs231n_lec4 import ComputationalGraph, Input, maximum

from .views import picture_shows, slider

README = Path(__file__).parents[2] / "README.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def graph_at(a, b):
    """The README's graph with other numbers."""
    a, b = Input(a, "a"), Input(b, "b")
    return ComputationalGraph(maximum(a * b, a + b) ** 2)


def test_ipywidgets_sliders_move_a_view_in_a_box(open_notebook):
    notebook = open_notebook(EXAMPLES)
    view = notebook.cell(1).locator(".jupyter-widgets.widget-vbox .cs231n-live")
    view.scroll_into_view_if_needed()
    picture_shows(notebook, view, graph_at(2.0, 0.0))  # interact began in the middle
    ordinary = notebook.cell(1).locator(".widget-slider .noUi-handle")
    ordinary.last.press("ArrowRight")  # the last is the one of the box, linked by jslink
    picture_shows(notebook, view, graph_at(2.1, 0.0))
    ordinary.first.press("ArrowRight")
    picture_shows(notebook, view, graph_at(2.1, 0.1))
    slider(view, "a").press("ArrowRight")
    notebook.wait_for_cell("round(slider.value, 9)", "2.2")
    notebook.kill_kernel()
    ordinary.last.press("ArrowLeft")
    picture_shows(notebook, view, graph_at(2.1, 0.1))
    notebook.screenshot("readme")
    assert notebook.console_errors == []
