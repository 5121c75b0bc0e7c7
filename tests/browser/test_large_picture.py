"""A picture that is far larger than its window: what is on the page, and what scrolling brings."""

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import draw

from . import lab
from .views import numbers_in, slider

LADDER = """
from cs231n_lec4 import ComputationalGraph, Input, explore, step_through

def ladder(gates):
    x, y = Input(0.5, "x"), Input(0.9, "y")
    before, last = x * y, x + y
    for _ in range(gates - 3):
        before, last = last, last - before
    return ComputationalGraph((before * last).named("f"))
"""
GATES = 60
PIECES = "svg => [...svg.querySelectorAll('.edge, .node')].map(piece => piece.outerHTML)"
KINDS = "svg => [...svg.querySelectorAll('.edge, .node')].map(p => p.classList[0])"
GO_TO = """(place, [across, down]) => {
  place.scrollLeft = across * place.scrollWidth;
  place.scrollTop = down * place.scrollHeight;
}"""
# Of all wires as they were drawn: the numbers of those that lie in the window of the picture now.
IN_WINDOW = """place => {
  const window = place.getBoundingClientRect();
  const isIn = (r) => r.left >= window.left && r.right <= window.right
    && r.top >= window.top && r.bottom <= window.bottom;
  const numberOf = (g, kind) => g.querySelector(kind).textContent.trim();
  return [...place.querySelectorAll("g.wire")]
    .filter((g) => isIn(g.getBoundingClientRect()))
    .map((g) => [numberOf(g, ".value"), numberOf(g, ".gradient")]);
}"""


def ladder():
    names = {}
    exec(LADDER, names)
    return names["ladder"](GATES)


@pytest.fixture(scope="module")
def notebook(browser, lab_server):
    page = lab.new_page(browser, viewport=(1280, 800))
    cells = [LADDER, f"explore(ladder({GATES}))", f"walk = step_through(ladder({GATES}))\nwalk"]
    opened = lab.open_notebook(lab_server, page, cells)
    yield opened
    opened.screenshot("large-picture")
    page.context.close()
    lab_server.stop_kernels()
    assert opened.console_errors == []


def view_at(notebook, index):
    """The view of a cell, once it has put away what is out of sight."""
    view = notebook.cell(index).locator(".cs231n-live").first
    view.scroll_into_view_if_needed()
    notebook.page.wait_for_timeout(100)
    return view


def scroll(notebook, view, across, down=0):
    view.locator(".drawing").evaluate(GO_TO, [across, down])
    notebook.page.wait_for_timeout(100)


def test_only_what_is_near_the_window_is_on_the_page(notebook):
    view = view_at(notebook, 1)
    svg = draw(ladder()).svg
    for kind in ("edge", "node"):
        on_page = view.locator(f"svg .{kind}").count()
        assert 0 < on_page < svg.count(f'class="{kind}') / 2


def test_scrolling_there_and_back_leaves_every_piece_in_its_place(notebook):
    view = view_at(notebook, 1)
    svg, place = view.locator(".drawing svg"), view.locator(".drawing")
    before = svg.evaluate(PIECES)
    down = place.evaluate("place => place.scrollTop / place.scrollHeight")
    for across in (0.02, 0.5, 1):
        scroll(notebook, view, across, across)
        kinds = svg.evaluate(KINDS)
        assert kinds == sorted(kinds), "gates lie over the wires"
    assert svg.evaluate(PIECES) != before
    scroll(notebook, view, 0.02, down)
    scroll(notebook, view, 0, down)
    assert svg.evaluate(PIECES) == before


def test_what_comes_into_sight_shows_the_numbers_of_now(notebook):
    view, graph = view_at(notebook, 1), ladder()
    slider(view, "x").press("ArrowRight")
    graph.forward(x=0.6)
    known = numbers_in(graph)
    notebook.page.wait_for_timeout(700)  # the hand rests: all numbers are brought up to date
    place = view.locator(".drawing")
    for across in (0, 0.3, 0.95):
        down = 0.5 if across < 0.9 else 0
        scroll(notebook, view, across, down)
        shown = place.evaluate(IN_WINDOW)
        assert shown
        assert all(numbers in known for numbers in shown)


def test_a_step_far_away_scrolls_to_its_gate(notebook):
    view = view_at(notebook, 2)
    place = view.locator(".drawing").bounding_box()
    for step in (40, 3):
        notebook.run_cell(f"walk.place = {step}")
        expect(view.locator(".step-count")).to_contain_text(f"Step {step} of")
        lit = view.locator("svg .gate.lit")
        expect(lit).to_have_count(1)
        assert place["x"] <= lit.bounding_box()["x"] <= place["x"] + place["width"]
