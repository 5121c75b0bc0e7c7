"""Notebook 01 in a real JupyterLab: every control of every view, by mouse and by keyboard."""

import nbformat
import pytest
from notebook_tools import NOTEBOOKS
from playwright.sync_api import expect

from cs231n_lec4 import draw, lecture, words

from . import lab
from .views import number

PATH = NOTEBOOKS / "01_computational_graphs.ipynb"
IDS = [cell.id for cell in nbformat.read(PATH, as_version=4).cells]
NUMBERS_IN_PICTURE = """svg => [...svg.querySelectorAll("g.wire")].map(wire =>
  [".value", ".gradient"].map(kind => wire.querySelector(kind).textContent.trim()))"""


@pytest.fixture(scope="module")
def notebook(browser, lab_server):
    """One JupyterLab for all tests of this file; each test works on views of its own."""
    page = lab.new_page(browser)
    opened = lab.open_notebook(lab_server, page, PATH)
    yield opened
    page.context.close()
    lab_server.stop_kernels()
    assert opened.requests == []
    assert opened.console_errors == []


def live(notebook, name):
    """The live view under the cell with this id."""
    view = notebook.cell(IDS.index(name)).locator(".cs231n-live")
    view.scroll_into_view_if_needed()
    return view


def button(view, name):
    return view.get_by_role("button", name=name, exact=True)


def slider(view, name):
    return view.get_by_role("slider", name=name, exact=True)


def blank(view, label):
    return view.get_by_role("textbox", name=label, exact=True)


def gradient_of(name):
    return f"the gradient of f with respect to {name}"


def numbers_of(view):
    """[value, gradient] of each wire of the picture, as they are read there."""
    return view.locator(".drawing svg").first.evaluate(NUMBERS_IN_PICTURE)


def picture_shows(notebook, view, graph):
    """Wait until the picture shows the numbers of `graph`: value and gradient of each wire."""
    graph.forward()
    graph.backward()
    sketch = draw(graph, digits=2).sketch
    wanted = [[lines[0] for lines in sketch.texts(wire)] for wire in sketch.wires]
    for _ in range(40):
        found = numbers_of(view)
        if found == wanted:
            return
        notebook.page.wait_for_timeout(50)
    assert found == wanted


# ── the quizzes ──────────────────────────────────────────────────────────────────────────────────


def test_the_forward_pass_is_asked_without_showing_any_gradient(notebook):
    view = live(notebook, "forward")
    assert {gradient for _, gradient in numbers_of(view)} == {""}
    assert [value for value, _ in numbers_of(view)].count("") == 1
    expect(view.locator(".quiz-count")).to_have_text("1 of 2 right")
    notebook.screenshot("notebook-01-forward")
    blank(view, "the value of f").fill("12")
    button(view, "Check").click()
    expect(view.locator(".quiz-said")).to_contain_text("Only the sign is wrong")
    blank(view, "the value of f").fill("-12")
    notebook.page.keyboard.press("Enter")
    expect(view.locator(".quiz-count")).to_have_text("2 of 2 right")
    button(view, "New numbers").click()
    for name in ("q", "f"):
        blank(view, f"the value of {name}").fill("900")
    button(view, "Check").click()
    expect(view.locator(".quiz-count")).to_have_text("0 of 2 right")
    button(view, "First numbers").click()
    expect(view.locator(".quiz-count")).to_have_text("0 of 2 right")


def test_the_four_gradients_are_answered_by_keys_alone(notebook):
    view = live(notebook, "backward-quiz")
    expect(view.locator(".quiz-count")).to_have_text("1 of 4 right")
    blank(view, gradient_of("q")).focus()
    for answer in ("−4", "-8/2", "-4,0"):
        notebook.page.keyboard.type(answer)
        notebook.page.keyboard.press("Enter")
    expect(view.locator(".quiz-count")).to_have_text("4 of 4 right")
    picture_shows(notebook, view, lecture.add_multiply())
    notebook.wait_for_cell("question.solved", "True")
    notebook.screenshot("notebook-01-quiz-solved")
    notebook.run_at(IDS.index("backward-solved"))
    expect(notebook.cell(IDS.index("backward-solved"))).to_contain_text("4 of 4: all right")


def test_new_numbers_ask_again_and_help_comes_after_misses(notebook):
    view = live(notebook, "backward-quiz")
    button(view, "New numbers").click()
    expect(view.locator(".quiz-count")).to_have_text("0 of 4 right")
    expect(button(view, "Hint")).to_be_disabled()
    for answer in ("900", "901", "902"):
        blank(view, gradient_of("x")).fill(answer)
        blank(view, gradient_of("x")).press("Enter")
    button(view, "Hint").click()
    expect(view.locator(".quiz-said")).to_contain_text("Upstream is the gradient of f")
    button(view, "Reveal").click()
    expect(view.locator(".quiz-said")).to_contain_text("The number is")
    expect(blank(view, gradient_of("x"))).to_be_hidden()
    notebook.screenshot("notebook-01-quiz-revealed")
    button(view, "First numbers").press("Enter")
    expect(blank(view, gradient_of("x"))).to_be_visible()
    notebook.wait_for_cell("question.input_x", "-2.0")


# ── the walk ─────────────────────────────────────────────────────────────────────────────────────


def test_the_walk_hides_what_is_to_be_predicted(notebook):
    view = live(notebook, "steps")
    assert [text for pair in numbers_of(view) for text in pair].count("") == 7
    expect(view.locator(".formula")).to_have_text("")


def test_the_walk_goes_by_mouse_and_by_keys(notebook):
    view = live(notebook, "steps")
    count = view.locator(".step-count")
    for place in range(1, 6):
        button(view, "Next").click()
        expect(count).to_have_text(f"Step {place} of 5")
    notebook.screenshot("notebook-01-last-step")
    picture_shows(notebook, view, lecture.add_multiply())
    expect(view.locator(".formula")).to_contain_text("−4.00")
    button(view, "Back").click()
    expect(count).to_have_text("Step 4 of 5")
    keys = [("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 5)]
    for key, place in keys:
        notebook.page.keyboard.press(key)
        expect(count).to_have_text(f"Step {place} of 5")


def test_the_walk_says_aloud_the_step_that_it_shows(notebook):
    view = live(notebook, "steps")
    button(view, "Back").press("End")
    said = "Through q: the gradient of f with respect to y"
    expect(view.locator(".only-heard")).to_contain_text(said)


# ── sliders and nudges ───────────────────────────────────────────────────────────────────────────


def test_a_slider_moves_by_key_by_mouse_and_by_typing(notebook):
    view = live(notebook, "nudge")
    slider(view, "x").press("ArrowRight")
    notebook.wait_for_cell("round(view.graph['x'].value, 6)", "-1.9")
    picture_shows(notebook, view, lecture.add_multiply(x=-1.9))
    lab.drag_slider(notebook.page, slider(view, "z"), 0.8)
    dragged = float(slider(view, "z").input_value())
    assert dragged != -4.0
    picture_shows(notebook, view, lecture.add_multiply(x=-1.9, z=dragged))
    blank(view, "value of y").fill("1/2")
    blank(view, "value of y").press("Enter")
    picture_shows(notebook, view, lecture.add_multiply(x=-1.9, y=0.5, z=dragged))
    notebook.screenshot("notebook-01-moved")
    button(view, "Reset").click()
    picture_shows(notebook, view, lecture.add_multiply())
    notebook.wait_for_cell("view.graph['f'].value", "-12.0")


def test_a_box_that_cannot_be_read_keeps_its_number_and_says_why(notebook):
    view = live(notebook, "nudge")
    blank(view, "value of y").fill("five")
    blank(view, "value of y").press("Enter")
    expect(view.locator(".problem")).to_contain_text("“five” is not a number. y stays 5.")
    expect(blank(view, "value of y")).to_have_value("5")


def test_a_nudge_says_what_the_gradient_promised(notebook):
    view = live(notebook, "nudge")
    button(view, "Reset").click()
    number(view, "y").click()
    sentence = view.locator(".held-sentence")
    expect(sentence).to_have_text(words.VIEW["held_help"])
    notebook.page.keyboard.press("ArrowRight")
    expect(sentence).to_contain_text("−4 × 0.1 = −0.4. ")
    expect(sentence).to_contain_text("really changes by −0.4.")
    notebook.screenshot("notebook-01-nudge")
    notebook.page.keyboard.press("Shift+ArrowRight")
    expect(sentence).to_contain_text("really changes by −0.44.")
    button(view, "Reset").press("Enter")
    expect(sentence).to_have_text(words.VIEW["held_help"])


def test_one_gate_takes_its_upstream_gradient_from_a_slider(notebook):
    view = live(notebook, "gate-move")
    blank(view, "value of upstream gradient").fill("2")
    blank(view, "value of upstream gradient").press("Enter")
    expect(view.locator(".formula")).to_contain_text("−8.00")
    notebook.screenshot("notebook-01-one-gate")
    notebook.wait_for_cell("(a.grad, b.grad)", "(-8.0, 6.0)")
    slider(view, "upstream gradient").press("Home")
    notebook.wait_for_cell("a.grad > 0", "True")
    lab.drag_slider(notebook.page, slider(view, "upstream gradient"), 0.8)
    notebook.wait_for_cell("a.grad < 0", "True")
    button(view, "Reset").press("Enter")
    notebook.wait_for_cell("(a.grad, b.grad)", "(-4.0, 3.0)")
    lab.drag_slider(notebook.page, slider(view, "a"), 0.9)
    slider(view, "b").press("ArrowRight")
    expect(slider(view, "b")).not_to_have_value("-4")
    button(view, "Reset").click()
