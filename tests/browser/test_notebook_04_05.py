"""Notebooks 04 and 05 in JupyterLab: every control by key and mouse, light and dark, no kernel."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from cs231n_lec4 import (
    ComputationalGraph,
    GraphError,
    Input,
    explore_jacobian,
    jacobian,
    squared_norm,
)
from cs231n_lec4.words.digits import number

from . import lab
from .test_class_mode import BARS, SIZES
from .views import button

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
VIEW = ["from cs231n_lec4 import explore_jacobian", "view = explore_jacobian()\nview"]


def ones(page):
    return page.locator(".jacobian-view svg .one")


def counter(page):
    return page.locator(".jacobian-counter")


def choose(page, size):
    page.get_by_role("radio", name=size, exact=True).check()


def test_a_one_appears_on_the_diagonal_as_an_entry_passes_zero(open_notebook):
    notebook = open_notebook(VIEW)
    page = notebook.page
    expect(ones(page)).to_have_count(0)
    slider = page.get_by_role("slider", name="x[2]")
    slider.focus()
    lab.drag_slider(page, slider, 0.9)
    expect(ones(page)).to_have_count(1)
    assert ones(page).first.get_attribute("x") == ones(page).first.get_attribute("y") == "128"
    notebook.wait_for_cell("view.jacobian[2, 2] == view.jacobian.sum() == 1", "np.True_")


def test_the_product_by_the_matrix_and_the_direct_one_stand_side_by_side(open_notebook):
    page = open_notebook(VIEW).page
    page.get_by_role("button", name="Reset").first.click()
    rows = page.locator(".jacobian-view tbody tr").all_inner_texts()
    assert [row.split("\t")[1:] for row in rows] == [
        ["1.0", "4.0", "4.0", "4.0"],
        ["−2.0", "−1.0", "0.0", "0.0"],
        ["3.0", "5.0", "5.0", "5.0"],
        ["−1.0", "9.0", "0.0", "0.0"],
    ]


def test_the_keyboard_alone_goes_through_every_control(open_notebook):
    notebook = open_notebook(VIEW)
    page = notebook.page
    page.get_by_role("radio", name="4", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(counter(page)).to_contain_text("8 × 8 = 64 entries, 256 bytes")
    notebook.wait_for_cell("view.size", "8")
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider", name="add to every x")).to_be_focused()
    page.keyboard.press("End")
    expect(ones(page)).to_have_count(8)
    notebook.wait_for_cell("view.shift", "3.0")
    page.keyboard.press("Tab")
    page.keyboard.type("nothing")
    page.keyboard.press("Enter")
    expect(page.locator(".jacobian-view .problem >> visible=true")).to_contain_text("not a number")


def test_64_rows_follow_one_slider_and_the_kernel_agrees(open_notebook):
    notebook = open_notebook(VIEW)
    page = notebook.page
    choose(page, "64")
    counts = []
    for fraction in (0.25, 0.5, 0.75):
        lab.drag_slider(page, page.get_by_role("slider", name="add to every x"), fraction)
        counts.append(ones(page).count())
        notebook.wait_for_cell("int(view.jacobian.sum())", str(counts[-1]))
    assert counts == sorted(set(counts))


def test_4096_and_the_batch_are_counted_and_never_built(open_notebook):
    page = open_notebook(VIEW).page
    choose(page, "4,096")
    expect(counter(page)).to_have_text("4,096 × 4,096 = 16,777,216 entries, 64 MiB in float32.")
    choose(page, "409,600")
    expect(counter(page)).to_contain_text("167,772,160,000 entries, 625 GiB")
    expect(page.get_by_role("img", name="not built")).to_be_visible()
    assert page.locator(".jacobian-view svg rect").count() == 1


def test_a_move_in_python_reaches_the_picture_and_the_picture_lives_without_a_kernel(open_notebook):
    notebook = open_notebook(VIEW)
    page = notebook.page
    notebook.run_cell("view.move(size=16, shift=3.0)")
    expect(ones(page)).to_have_count(16)
    notebook.shutdown_kernel()
    choose(page, "32")
    expect(ones(page)).to_have_count(32)


def gate_by(name, seed):
    """A graph whose gate q has this Jacobian by `name`, and the graph up to q."""
    random = np.random.default_rng(seed)
    x, W = (Input(random.normal(size=shape), n) for n, shape in (("x", (2, 3)), ("W", (3, 2))))
    q = (x @ W).named("q")
    return ComputationalGraph(squared_norm(q).named("L")), ComputationalGraph(q)


@pytest.mark.parametrize(("name", "seed"), [("x", 2), ("W", 3), ("W", 4)])
def test_the_jacobian_of_a_gate_by_index_and_its_product_by_columns(open_view, name, seed):
    graph, up_to_q = gate_by(name, seed)
    J, gradient = jacobian(up_to_q, name), graph.backward()[name]
    view = open_view(explore_jacobian(graph, name))
    cells = view.locator("td.slope")
    for slope, text in zip(J.flat, cells.all_inner_texts(), strict=True):
        assert text in (number(slope, 2), "0" if slope == 0 else None)
    sums = view.locator("tr:last-child td")
    for place, entry in enumerate(gradient.flat):
        assert sums.all_inner_texts()[place:] == [""] * (6 - place)
        on_wire = view.locator("g.wire").nth(0 if name == "x" else 1)
        assert "".join(on_wire.locator(".gradient").all_text_contents()).count("?") == 6 - place
        button(view, "Next").click()
        assert sums.nth(place).inner_text() == number(entry, 2)
        expect(view.locator(".jacobian-said")).to_contain_text(f"= {number(entry, 2)}.")
    assert view.console_errors == []


def test_the_table_is_read_by_keys_and_spoken(open_view):
    view = open_view(explore_jacobian(gate_by("W", 4)[0], "W"))
    table, said = view.locator("table"), view.locator(".jacobian-said")
    table.focus()
    for key, text in [
        ("Right", "q[0, 0]/∂W[0, 0] = "),
        ("Right", "q[0, 0] is made without W[0, 1]"),
    ]:
        table.press(f"Arrow{key}")
        expect(said).to_contain_text(text)
        expect(view.locator("[aria-live]")).to_have_text(said.inner_text())
    expect(view.locator(".value-path")).to_have_count(2)
    table.press("ArrowDown")
    expect(said).to_contain_text("∂q[0, 1]/∂W[0, 1] = ")
    expect(view.locator(".step-count")).to_have_text("Step 0 of 6")
    button(view, "First step").press("ArrowRight")
    expect(view.locator(".step-count")).to_have_text("Step 1 of 6")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["x", "W"])
def test_the_table_stands_beside_its_gate_in_a_hall(open_view, name, scheme):
    shown = explore_jacobian(gate_by(name, 5)[0], name, class_mode=True)
    view = open_view(shown, viewport=(1280, 600))
    view.page.emulate_media(color_scheme=scheme)
    for _ in range(6):
        button(view, "Next").click()
        assert view.bounding_box()["height"] <= 600 - BARS
    for place in (".drawing", ".slopes"):
        scrolls = "e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1"
        assert not view.locator(place).evaluate(scrolls)
    assert min(view.evaluate(SIZES, "td, th, .step-count, .jacobian-said")) >= 20
    assert lab.axe(view.page, ".cs231n-live") == []


def test_a_table_with_more_than_six_rows_or_columns_is_for_no_hall():
    x = Input(np.ones(7), "x")
    graph = ComputationalGraph(squared_norm((x * 2.0).named("q")).named("L"))
    assert explore_jacobian(graph, "x")
    with pytest.raises(GraphError, match="at most 6 "):
        explore_jacobian(graph, "x", class_mode=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_table_has_no_accessibility_violation(open_view, scheme):
    view = open_view(explore_jacobian(gate_by("x", 6)[0], "x"), viewport=(560, 900))
    view.page.emulate_media(color_scheme=scheme)
    for _ in range(2):
        button(view, "Next").click()
    view.locator("table").press("ArrowRight")
    assert lab.axe(view.page, ".cs231n-live") == []
    assert view.page.evaluate("document.documentElement.scrollWidth") <= 560


@pytest.mark.parametrize("size", ["4", "32", "4,096"])
def test_the_product_stays_away_where_nobody_has_met_it(open_notebook, size):
    page = open_notebook([VIEW[0], "view = explore_jacobian(product=False)\nview"]).page
    choose(page, size)
    expect(counter(page)).to_contain_text(f"{size} × {size}")
    expect(page.get_by_text("upstream")).to_have_count(0)
    expect(page.get_by_text("can differ from 0")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["4", "64", "409,600"])
def test_the_view_has_no_accessibility_violation(open_notebook, theme, size):
    notebook = open_notebook(VIEW, theme=theme)
    choose(notebook.page, size)
    assert lab.axe(notebook.page, ".jacobian-view") == []
    assert notebook.console_errors == []


def test_running_the_cell_again_leaves_one_view_and_the_static_picture_stays_hidden(open_notebook):
    notebook = open_notebook(VIEW)
    notebook.run_at(1)
    expect(notebook.page.locator(".jacobian-view")).to_have_count(1)
    expect(notebook.page.locator(".cs231n-static img")).to_be_hidden()


@pytest.mark.parametrize("name", ["04_jacobians", "05_matrix_gradients"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_notebook_runs_with_all_its_views(open_notebook, name, theme):
    notebook = open_notebook(NOTEBOOKS / f"{name}.ipynb", theme=theme, run=False)
    notebook.run_all(allow_errors=True)
    views = notebook.page.locator(".cs231n-live")
    expect(views).to_have_count(5)
    assert notebook.console_errors == []


def test_any_entry_of_the_matrix_moves_its_own_row_of_q(open_notebook):
    notebook = open_notebook(NOTEBOOKS / "05_matrix_gradients.ipynb", run=False)
    notebook.run_all(allow_errors=True)
    before = notebook.run_cell("float(other['q'].value[0])")
    view = notebook.page.locator(".cs231n-live").nth(3)
    slider = view.get_by_role("slider", name="W[1, 1]")
    slider.focus()
    slider.press("ArrowRight")
    notebook.wait_for_cell("float(other['W'].value[1, 1]) != 0.8", "True")
    assert notebook.run_cell("float(other['q'].value[0])") == before
    notebook.wait_for_cell("bool(other['q'].value[1] == other['W'].value[1].sum())", "True")
