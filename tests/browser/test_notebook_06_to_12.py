"""Notebooks 06 to 12 and the lecture in a real JupyterLab: every slider, by key, mouse and box."""

import re

import nbformat
import pytest
from notebook_tools import NOTEBOOKS
from playwright.sync_api import expect

from . import lab
from .views import button, gradient_of, move_every_slider, slider, type_into

NAMES = [
    "06_forward_backward_api",
    "07_losses_as_graphs",
    "08_neural_networks",
    "09_training_a_two_layer_net",
    "10_templates",
    "11_your_own_engine",
    "12_to_pytorch_and_the_assignment",
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


def opened(browser, lab_server, name):
    """A notebook, and a function that finds the live view under the cell with an id."""
    path = NOTEBOOKS / f"{name}.ipynb"
    notebook = lab.open_notebook(lab_server, lab.new_page(browser), path)
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]

    def live(cell):
        view = notebook.cell(ids.index(cell)).locator(".cs231n-live")
        view.scroll_into_view_if_needed()
        return view

    return notebook, live


def test_notebook_06_every_slider_moves_and_a_large_a_closes_the_gradient_of_c(browser, lab_server):
    ids = [cell.id for cell in nbformat.read(NOTEBOOKS / f"{NAMES[0]}.ipynb", as_version=4).cells]
    notebook, live = opened(browser, lab_server, "06_forward_backward_api")
    for cell in ("own-explore", "formula"):
        move_every_slider(notebook, live(cell))
        button(live(cell), "Reset").press("Enter")
    notebook.wait_for_cell("formula.inputs['c'].grad", "2.0")
    lab.drag_slider(notebook.page, slider(live("formula"), "a"), 0.9)
    notebook.wait_for_cell("formula.inputs['c'].grad", "0.0")
    knob = notebook.cell(ids.index("formula-move")).get_by_role("slider")
    knob.press("Home")
    expect(slider(live("formula"), "a")).to_have_value("-2")
    notebook.wait_for_cell("formula.inputs['a'].value", "-2.0")
    type_into(live("formula"), "value of a", "1.5")
    notebook.wait_for_cell("slider.value", "1.5")
    live("own-explore").get_by_role("spinbutton").first.press("ArrowRight")
    expect(live("own-explore").locator(".held-sentence")).to_contain_text("really changes by")
    notebook.screenshot("notebook-06-formula")
    assert notebook.console_errors == []
    notebook.page.context.close()
    lab_server.stop_kernels()


def test_notebook_07_every_entry_moves_and_both_quizzes_take_answers(browser, lab_server):
    notebook, live = opened(browser, lab_server, "07_losses_as_graphs")
    move_every_slider(notebook, live("score"))
    notebook.screenshot("notebook-07-score")
    button(live("score"), "Reset").click()
    notebook.wait_for_cell("graph['W'].value[1, 0]", "np.float64(1.0)")
    type_into(live("score"), "value of W[1, 0]", "3")
    notebook.wait_for_cell("graph['s'].grad.any()", "np.False_")
    hinge = {"s1": "0", "s0": "-1", "s2": "1"}
    staging = {"x": "2.06", "y": "1.59"}
    for cell, output, answers in (("hinge", "L", hinge), ("staging", "f", staging)):
        for name, answer in answers.items():
            type_into(live(cell), gradient_of(name, output), answer)
        count = f"{len(answers)} of {len(answers)} right"
        expect(live(cell).locator(".quiz-count")).to_have_text(count)
    notebook.wait_for_cell("question.solved and shares.solved", "True")
    notebook.screenshot("notebook-07-staging")
    assert notebook.console_errors == []
    notebook.page.context.close()
    lab_server.stop_kernels()


@pytest.mark.parametrize("name", ["06_forward_backward_api", "10_templates"])
def test_every_slider_of_its_first_view_moves(browser, lab_server, name):
    path = NOTEBOOKS / f"{name}.ipynb"
    notebook = lab.open_notebook(lab_server, lab.new_page(browser), path)
    view = notebook.page.locator(".cs231n-live:has(> div > .drawing)").first
    move_every_slider(notebook, view)
    notebook.page.context.close()
    assert notebook.console_errors == []
    lab_server.stop_kernels()


def test_notebook_11_a_click_changes_the_pass_and_a_slider_saturates_the_neuron(
    browser, lab_server
):
    notebook, live = opened(browser, lab_server, "11_your_own_engine")
    type_into(live("live"), "value of w", "-6")
    notebook.wait_for_cell("float(view.graph.output.value) > 0.999", "True")
    notebook.wait_for_cell("abs(view.graph.inputs['w'].grad) < 1e-3", "True")
    ids = [c.id for c in nbformat.read(NOTEBOOKS / "11_your_own_engine.ipynb", as_version=4).cells]
    cell = notebook.cell(ids.index("switch"))
    for number, start in ((2, "y"), (3, "z"), (1, "x")):
        cell.get_by_text(f"forward {number}: {start}", exact=True).click()
        counter = f"Passes: {number} · products: {4 * number} · gradients known: {number} of 3"
        expect(cell.locator("p:visible")).to_contain_text(counter)
        expect(cell.locator("img:visible")).to_have_count(1)
        expect(cell.locator("img:visible")).to_have_attribute(
            "alt", re.compile(rf"\b{start}: value \S+, gradient 1;")
        )
    notebook.screenshot("notebook-11-tabs")
    assert notebook.console_errors == []
    notebook.page.context.close()
    lab_server.stop_kernels()


def test_notebook_12_takes_answers_and_folds_the_loss(browser, lab_server):
    notebook, live = opened(browser, lab_server, "12_to_pytorch_and_the_assignment")
    bias = {"o1": "2", "o2": "-1", "o3": "4", "b": "5"}
    scores = {"s0": "-0.7", "s1": "0.5", "s2": "0.2"}
    asked = (("bias", bias), ("cancel", {"p": "-1.37", "s": "-0.27"}), ("softmax", scores))
    for cell, answers in asked:
        for name, answer in answers.items():
            type_into(live(cell), gradient_of(name, "L"), answer)
        count = f"{len(answers)} of {len(answers)} right"
        expect(live(cell).locator(".quiz-count")).to_have_text(count)
    type_into(live("live"), "value of w", "-4")
    notebook.wait_for_cell("abs(view.graph['s'].grad + 1) < 1e-3", "True")
    button(live("live"), "Fold 3 gates into BCE").click()
    notebook.screenshot("notebook-12-folded")
    assert notebook.console_errors == []
    notebook.page.context.close()
    lab_server.stop_kernels()
