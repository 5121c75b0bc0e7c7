"""Notebooks 02 and 03 in a real JupyterLab: every control, by mouse and by keyboard."""

import nbformat
import pytest
from notebook_tools import NOTEBOOKS
from playwright.sync_api import expect

from cs231n_lec4 import ComputationalGraph, Input, lecture, maximum

from . import lab
from .views import (
    blank,
    button,
    gradient_of,
    move_every_slider,
    number,
    numbers_of,
    picture_shows,
    slider,
    type_into,
)

FOLD = {"σ": lecture.SIGMOID_GATES}


@pytest.fixture(scope="module")
def opened(browser, lab_server):
    """`opened("02_sigmoid_neuron")`: one JupyterLab a notebook, for all tests of this file."""
    notebooks = {}

    def open_(name):
        if name not in notebooks:
            path = NOTEBOOKS / f"{name}.ipynb"
            notebooks[name] = lab.open_notebook(lab_server, lab.new_page(browser), path)
            notebooks[name].ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
        return notebooks[name]

    yield open_
    for notebook in notebooks.values():
        notebook.page.context.close()
        assert notebook.requests == []
        assert notebook.console_errors == []
    lab_server.stop_kernels()


@pytest.fixture
def neuron(opened):
    return opened("02_sigmoid_neuron")


@pytest.fixture
def patterns(opened):
    return opened("03_gate_patterns")


def live(notebook, name):
    """The live view under the cell with this id."""
    view = notebook.cell(notebook.ids.index(name)).locator(".cs231n-live")
    view.scroll_into_view_if_needed()
    return view


def says(view, text):
    expect(view.locator(".quiz-said")).to_contain_text(text)


def counts(view, text):
    expect(view.locator(".quiz-count")).to_have_text(text)


# ── 02: the quizzes ──────────────────────────────────────────────────────────────────────────────


def test_the_right_half_is_answered_by_keys_alone(neuron):
    view = live(neuron, "right")
    counts(view, "1 of 4 right")
    blank(view, gradient_of("v6")).focus()
    for answer in ("-0.53", "-0,20", "1/5"):
        neuron.page.keyboard.type(answer)
        neuron.page.keyboard.press("Enter")
    counts(view, "4 of 4 right")
    neuron.wait_for_cell("right_half.solved", "True")
    neuron.screenshot("notebook-02-right-half")


def test_the_right_half_with_new_numbers_gives_help_after_misses(neuron):
    view = live(neuron, "right")
    button(view, "New numbers").click()
    counts(view, "0 of 4 right")
    for answer in ("900", "901", "902"):
        type_into(view, gradient_of("v7"), answer)
    button(view, "Hint").click()
    says(view, "Upstream is the gradient of f")
    button(view, "Reveal").press("Enter")
    says(view, "The number is")
    neuron.screenshot("notebook-02-revealed")
    button(view, "First numbers").click()
    neuron.wait_for_cell("right_half.input_w0", "2.0")


def test_the_left_half_is_answered_with_the_mouse_and_takes_the_slides_roundings(neuron):
    view = live(neuron, "left")
    counts(view, "2 of 8 right")
    for name in ("v3", "v2", "v1"):
        blank(view, gradient_of(name)).fill("0.2")
    button(view, "Check").click()
    counts(view, "5 of 8 right")
    type_into(view, gradient_of("x0"), "0.40")
    says(view, "It comes from rounded numbers.")
    neuron.screenshot("notebook-02-rounded")
    type_into(view, gradient_of("w1"), "-0.6")
    says(view, "belongs to the other input")
    type_into(view, gradient_of("w1"), "-0.4")
    type_into(view, gradient_of("x1"), "-0.59")
    counts(view, "8 of 8 right")
    neuron.wait_for_cell("left_half.solved", "True")
    neuron.screenshot("notebook-02-left-half")


# ── 02: folding ──────────────────────────────────────────────────────────────────────────────────


def test_a_fold_hides_four_gates_and_moves_no_number_outside(neuron):
    view = live(neuron, "fold")
    button(view, "Reset").click()
    picture_shows(neuron, view, lecture.sigmoid_neuron())
    before = numbers_of(view)
    button(view, "Fold 4 gates into σ").click()
    picture_shows(neuron, view, lecture.sigmoid_neuron(), fold=FOLD)
    after = numbers_of(view)
    assert len(before) - len(after) == 3
    assert after == [*before[: len(after) - 1], before[-1]]
    neuron.screenshot("notebook-02-folded")


def test_a_folded_neuron_still_moves_and_opens_by_a_click_or_a_key(neuron):
    view = live(neuron, "fold")
    if button(view, "Fold 4 gates into σ").count():
        button(view, "Fold 4 gates into σ").press("Enter")
    slider(view, "x0").press("ArrowRight")
    picture_shows(neuron, view, lecture.sigmoid_neuron(x0=-0.9), fold=FOLD)
    view.locator("g.folded").first.click()
    picture_shows(neuron, view, lecture.sigmoid_neuron(x0=-0.9))
    button(view, "Fold 4 gates into σ").press("Enter")
    button(view, "Open σ").press("Enter")
    picture_shows(neuron, view, lecture.sigmoid_neuron(x0=-0.9))


def test_every_slider_of_the_neuron_moves_and_the_kernel_follows(neuron):
    view = live(neuron, "fold")
    move_every_slider(neuron, view)
    halves = dict.fromkeys(("w0", "x0", "w1", "x1", "w2"), 0.5)
    picture_shows(neuron, view, lecture.sigmoid_neuron(**halves))
    neuron.wait_for_cell("view.graph.inputs['w2'].value", "0.5")
    button(view, "Reset").press("Enter")
    neuron.wait_for_cell("view.graph.inputs['w2'].value", "-3.0")


def test_a_nudge_of_a_weight_says_what_its_gradient_promised(neuron):
    view = live(neuron, "fold")
    button(view, "Reset").click()
    number(view, "x0").press("Shift+ArrowRight")
    expect(view.locator(".held-sentence")).to_contain_text("0.3932 × 0.01 = +0.0039")
    neuron.screenshot("notebook-02-nudge")
    button(view, "Reset").press("Enter")


# ── 03: one gate from close ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "moved", "pattern"),
    [
        ("add", "y", "gradient distributor"),
        ("max", "w", "gradient router"),
        ("multiply", "upstream gradient", "gradient switcher"),
    ],
)
def test_a_pattern_is_named_after_the_first_move_and_stays_named(patterns, name, moved, pattern):
    view = live(patterns, name)
    expect(view.locator(".pattern")).to_be_hidden()
    height = view.bounding_box()["height"]
    slider(view, moved).press("ArrowRight")
    expect(view.get_by_text(pattern)).to_be_visible()
    button(view, "Reset").click()
    expect(view.get_by_text(pattern)).to_be_visible()
    assert view.bounding_box()["height"] == height


def test_every_slider_of_an_add_gate_moves_and_only_upstream_moves_its_gradients(patterns):
    view = live(patterns, "add")
    move_every_slider(patterns, view)
    graph = ComputationalGraph((Input(0.5, "x") + Input(0.5, "y")).named("q"))
    picture_shows(patterns, view, graph, upstream=0.5)
    slider(view, "x").press("End")
    assert [gradient for _, gradient in numbers_of(view)] == ["0.50"] * 3
    patterns.screenshot("notebook-03-add")
    button(view, "Reset").click()


def test_the_gradient_jumps_to_the_other_input_past_the_tie(patterns):
    view = live(patterns, "max")
    button(view, "Reset").click()
    lab.drag_slider(patterns.page, slider(view, "w"), 0.6)
    assert [gradient for _, gradient in numbers_of(view)] == ["1.00", "0.00", "1.00"]
    lab.drag_slider(patterns.page, slider(view, "w"), 0.9)
    assert [gradient for _, gradient in numbers_of(view)] == ["0.00", "1.00", "1.00"]
    patterns.screenshot("notebook-03-max-past-the-tie")
    type_into(view, "value of w", "4")
    z, w = Input(4.0, "z"), Input(4.0, "w")
    picture_shows(patterns, view, ComputationalGraph(maximum(z, w).named("m")))
    patterns.screenshot("notebook-03-max-tie")
    slider(view, "w").press("ArrowRight")
    assert [gradient for _, gradient in numbers_of(view)] == ["0.00", "1.00", "1.00"]
    patterns.wait_for_cell("[n.grad for n in larger.inputs.values()]", "[0.0, 1.0]")
    move_every_slider(patterns, view)
    button(view, "Reset").press("Enter")


def test_a_multiply_gate_hands_on_the_value_of_the_other_input(patterns):
    view = live(patterns, "multiply")
    button(view, "Reset").click()
    assert [gradient for _, gradient in numbers_of(view)] == ["−3.00", "4.00", "1.00"]
    type_into(view, "value of y", "0")
    assert [gradient for _, gradient in numbers_of(view)] == ["0.00", "4.00", "1.00"]
    patterns.screenshot("notebook-03-multiply")
    move_every_slider(patterns, view)
    graph = ComputationalGraph((Input(0.5, "x") * Input(0.5, "y")).named("p"))
    picture_shows(patterns, view, graph, upstream=0.5)
    button(view, "Reset").press("Enter")


# ── 03: the quizzes ──────────────────────────────────────────────────────────────────────────────


def test_the_circuit_is_filled_by_keys_and_a_swap_is_told(patterns):
    view = live(patterns, "patterns")
    counts(view, "1 of 7 right")
    type_into(view, gradient_of("x"), "6")
    says(view, "belongs to the other input")
    patterns.screenshot("notebook-03-swapped")
    type_into(view, gradient_of("w"), "2")
    says(view, "Which ones did yours let through?")
    answers = {"v1": "2", "v2": "2", "x": "-8", "y": "6", "z": "2", "w": "0"}
    for name, answer in answers.items():
        type_into(view, gradient_of(name), answer)
    counts(view, "7 of 7 right")
    patterns.wait_for_cell("patterns.solved", "True")
    patterns.screenshot("notebook-03-patterns")


def test_the_branch_asks_for_each_share_and_one_path_alone_is_told(patterns):
    view = live(patterns, "branch")
    counts(view, "2 of 6 right")
    type_into(view, gradient_of("b", "e"), "3")
    says(view, "counts one path")
    patterns.screenshot("notebook-03-one-path")
    type_into(view, "the share of c in the gradient of e with respect to b", "2")
    type_into(view, "the share of d in the gradient of e with respect to b", "3")
    blank(view, gradient_of("b", "e")).fill("5")
    blank(view, gradient_of("a", "e")).fill("2")
    button(view, "Check").click()
    counts(view, "6 of 6 right")
    picture_shows(patterns, view, lecture.branch())
    patterns.screenshot("notebook-03-branch")
    button(view, "New numbers").press("Enter")
    counts(view, "0 of 6 right")
    button(view, "First numbers").click()
    patterns.wait_for_cell("branch.input_b", "1.0")
