"""The net whose layers are chosen, and the neuron's folded answer, in a real browser."""

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import net_view

from . import lab
from .views import button, slider, type_into

NET = """
from cs231n_lec4 import net_view
net = net_view(3, 4, 2)
net
"""
NEURON = """
from cs231n_lec4.pictures.nets import neuron_picture
neuron_picture()
"""
NEXT = "1 + 1"
SLIDERS = ["inputs", "hidden 1", "outputs", "hidden layers"]
COUNTED = """view => [...view.querySelectorAll("tbody tr")].map(row =>
  [...row.querySelectorAll("td")].map(cell => cell.textContent.replaceAll("\\u00a0", " ").trim()))"""


def view_of(page):
    return page.locator(".net-view")


def counts(page):
    """[sum, total] of neurons, weights, biases and parameters, as they are read."""
    return view_of(page).locator("table").evaluate(COUNTED)


def units(page):
    """How many circles are drawn."""
    return view_of(page).locator(".unit").count()


def eye(page):
    return page.get_by_label("show the counts")


OF_3_4_2 = [["4 + 2", "= 6"], ["3 × 4 + 4 × 2", "= 20"], ["4 + 2", "= 6"], ["20 + 6", "= 26"]]


def test_a_net_is_chosen_by_mouse_keys_and_boxes_and_counted(open_notebook):
    notebook = open_notebook([NET, NEXT])
    page = notebook.page
    assert counts(page) == [["?", ""]] * 4
    eye(page).check()
    expect(page.locator(".net-name")).to_have_text(
        "A 2-layer net, which is also called a 1-hidden-layer net."
    )
    assert counts(page) == OF_3_4_2
    slider(page, "hidden layers").press("ArrowRight")
    slider(page, "outputs").press("ArrowLeft")
    notebook.wait_for_cell("print(net.layers)", "[3, 4, 4, 1]")
    assert counts(page)[3] == ["32 + 9", "= 41"]
    lab.drag_slider(page, slider(page, "hidden 2"), 1.0)
    notebook.wait_for_cell("print(net.layers)", "[3, 4, 12, 1]")
    button(page, "Back to the first net").click()
    type_into(page, "inputs: number", "3072")
    type_into(page, "hidden 1: number", "１００")
    type_into(page, "outputs: number", "10")
    assert counts(page)[1] == ["3,072 × 100 + 100 × 10", "= 308,200"]
    assert units(page) == 24
    notebook.wait_for_cell("print(net.counts)", "Count(neurons=110, weights=308200, biases=110)")
    assert notebook.console_errors == []


def test_what_no_net_can_have_is_refused_in_words(open_notebook):
    page = open_notebook([NET, NEXT]).page
    for text, said in [
        ("2.5", "inputs stays 3. Use a whole number from 1 to 10,000."),
        ("0", "inputs stays 3. Use a whole number from 1 to 10,000."),
        ("many", "“many” is not a number. inputs stays 3. Write a whole number, for example 100."),
        ("1e7", "“1e7” is too large. inputs stays 3. Use a whole number up to 10,000."),
    ]:
        type_into(page, "inputs: number", text)
        expect(page.locator(".net-view .problem")).to_have_text(said)
        assert page.get_by_label("inputs: number").input_value() == "3"
    type_into(page, "inputs: number", "5")
    expect(page.locator(".net-view .problem")).to_have_text("")


def test_nothing_jumps_while_the_net_changes(open_notebook):
    page = open_notebook([NET, NEXT]).page
    eye(page).check()
    slider(page, "inputs").focus()
    places = []
    for layers in ("0", "4", "2"):
        type_into(page, "hidden layers: number", layers)
        for size in ("1", "9", "3072"):
            type_into(page, "inputs: number", size)
            boxes = [view_of(page).bounding_box(), eye(page).bounding_box()]
            places.append([*boxes, slider(page, "hidden layers").bounding_box()])
    assert places == [places[0]] * len(places)


def test_python_moves_the_net_and_running_again_leaves_one(open_notebook):
    notebook = open_notebook([NET, NEXT])
    page = notebook.page
    notebook.run_cell("net.move(3, 4, 4, 1)")
    expect(view_of(page).locator(".unit")).to_have_count(12)
    assert [s.get_attribute("aria-label") for s in page.get_by_role("slider").all()] == [
        "inputs", "hidden 1", "hidden 2", "outputs", "hidden layers"
    ]  # fmt: skip
    count = "from ipywidgets.widgets.widget import _instances; print(len(_instances))"
    before = notebook.run_cell(count)
    for _ in range(3):
        notebook.run_at(0)
    assert notebook.run_cell(count) == before
    assert view_of(page).count() == 1


def test_keys_alone_reach_every_control_and_stay_in_the_view(open_notebook):
    notebook = open_notebook([NET, NEXT])
    page = notebook.page
    slider(page, "inputs").focus()
    seen = []
    for _ in range(10):
        seen.append(page.evaluate("() => document.activeElement.ariaLabel ?? 'other'"))
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    assert [name for name in seen if name in SLIDERS] == SLIDERS
    eye(page).focus()
    page.keyboard.press("Space")
    expect(eye(page)).to_be_checked()
    notebook.wait_for_cell("print(net.shown)", "True")


def test_the_static_picture_steps_aside_and_holds_no_count(open_notebook):
    page = open_notebook([NET, NEXT]).page
    view_of(page).wait_for()
    static = page.locator(".cs231n-static")
    assert static.count() == 1
    assert not static.is_visible()
    assert static.locator("img").get_attribute("alt").startswith("A net with layers of 3-4-2 units")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_net_and_neuron_have_no_accessibility_violations(open_notebook, theme):
    notebook = open_notebook([NET, NEURON, NEXT], theme=theme)
    page = notebook.page
    eye(page).check()
    type_into(page, "hidden layers: number", "4")
    assert lab.axe(page, ".net-view") == []
    page.locator("summary", has_text="Answer").click()
    pictures = page.locator(".jp-OutputArea-output > img, .jp-OutputArea-output details img")
    expect(pictures.last).to_be_visible()
    assert "dendrite and wire w·x" in pictures.last.get_attribute("alt")
    notebook.screenshot(f"net-{theme}")
    assert notebook.console_errors == []


def test_the_folded_answer_opens_in_a_notebook_that_is_not_trusted(open_notebook):
    import nbformat
    from notebook_tools import NOTEBOOKS

    stored = nbformat.read(NOTEBOOKS / "08_neural_networks.ipynb", as_version=4)
    cell = next(cell for cell in stored.cells if cell.id == "neuron-picture")
    page = open_notebook([cell], trusted=False, run=False).page
    page.locator("summary", has_text="Answer").click()
    expect(page.locator("details img")).to_be_visible()


def test_a_saved_net_works_from_disk_and_on_a_phone(open_page, tmp_path):
    saved = open_page(net_view(3, 4, 2).save(tmp_path / "net.html"), phone=True)
    page = saved.page
    eye(page).check()
    assert counts(page) == OF_3_4_2
    type_into(page, "hidden layers: number", "4")
    assert units(page) == 21
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, "the page does not scroll to the side"
    assert saved.console_errors == []
