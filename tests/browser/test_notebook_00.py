"""Notebook 00 in a real JupyterLab: the links of the map, the browser's answer, the controls."""

import shutil

import pytest
from nbformat.v4 import new_markdown_cell
from notebook_tools import NOTEBOOKS, read
from playwright.sync_api import expect

from . import lab

PATH = NOTEBOOKS / "00_start_here.ipynb"
IDS = [cell.id for cell in read(PATH).cells]


@pytest.fixture
def notebook(open_notebook):
    """Notebook 00 with notebook 01 beside it, as in a student's folder."""
    opened = open_notebook(PATH, run=False)
    folder = (opened.server.root / opened.path).parent
    shutil.copy(NOTEBOOKS / "01_computational_graphs.ipynb", folder)
    opened.run_all()
    return opened


def test_a_click_on_the_map_opens_the_notebook(notebook):
    link = notebook.cell(IDS.index("map")).get_by_role("link", name="1 · Computational graphs")
    link.scroll_into_view_if_needed()
    notebook.screenshot("notebook-00-map")
    link.click()
    title = notebook.page.get_by_role("heading", name="1 · Computational graphs")
    expect(title.first).to_be_visible(timeout=20_000)


def test_the_browser_and_python_answer_each_other(notebook):
    check = notebook.cell(IDS.index("check"))
    expect(check.get_by_text("✓ Live views work in this browser.")).to_be_visible()
    expect(check.get_by_text("✓ What you do in a live view reaches Python")).to_be_visible()
    expect(check.get_by_text("△ The browser has not answered.")).to_be_hidden()
    check.scroll_into_view_if_needed()
    notebook.screenshot("notebook-00-check")
    assert notebook.console_errors == []


def test_a_notebook_that_nobody_ran_says_so_and_keeps_the_map_as_a_list(open_notebook):
    changed = new_markdown_cell("A copy of its own, so that no signature fits.")
    opened = open_notebook([*read(PATH).cells, changed], run=False, trusted=False)
    check, course = opened.cell(IDS.index("check")), opened.cell(IDS.index("map"))
    expect(check.get_by_text("△ The browser has not answered. Run this cell.")).to_be_visible()
    expect(course.get_by_role("link", name="1 · Computational graphs")).to_be_visible()
    expect(course.locator(".jp-RenderedHTML svg")).to_have_count(0)
    course.scroll_into_view_if_needed()
    opened.screenshot("notebook-00-untrusted")


def test_the_controls_move_by_key_and_by_mouse(notebook):
    view = notebook.cell(IDS.index("controls")).locator(".cs231n-live")
    slider = view.get_by_role("slider", name="x", exact=True)
    slider.press("ArrowRight")
    notebook.wait_for_cell("round(view.graph['x'].value, 6)", "-1.9")
    lab.drag_slider(notebook.page, slider, 0.25)
    notebook.wait_for_cell("view.graph['x'].value < -2", "True")
    view.get_by_role("button", name="Reset", exact=True).click()
    notebook.wait_for_cell("view.graph['x'].value", "-2.0")


@pytest.mark.parametrize("name", ["00_start_here", "01_computational_graphs"])
def test_the_first_picture_and_its_sliders_stand_on_the_first_screen(open_notebook, name):
    opened = open_notebook(NOTEBOOKS / f"{name}.ipynb", run=False)
    opened.run_all()
    opened.page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    view = opened.page.locator(".cs231n-live").first
    bottom = opened.page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").last.bounding_box()["y"]
    for part in (view.locator(".drawing svg"), *view.get_by_role("slider").all()):
        box = part.bounding_box()
        assert 0 < box["y"] < box["y"] + box["height"] < bottom
    opened.screenshot(f"first-screen-{name[:2]}")
