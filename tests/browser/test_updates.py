"""Update as a step of its own, in a real browser: keys, arrays, no kernel, a saved page."""

import numpy as np
from playwright.sync_api import expect

from cs231n_lec4 import ComputationalGraph, Input, lecture, squared_norm, step_through
from cs231n_lec4.live.base.page import save_page

from .test_steps import FORMULA
from .views import button, numbers_of, slider, unfold

SETUP = "from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture"
TINY = """tiny = step_through(lecture.tiny_two_layer(), update=0.1, parameters=["w1", "w2"])
tiny"""
PRODUCT = """product = step_through(lecture.add_multiply(), update=0.1, parameters=["x", "y"])
product"""
WIDE = (1280, 1000)


def view_at(page, index=0):
    view = page.page.locator(".cs231n-live").nth(index)
    view.scroll_into_view_if_needed()
    return view


def count(view, text):
    expect(view.locator(".step-count")).to_have_text(text)


def losses(view, text):
    expect(view.locator(".step-losses")).to_have_text(text)


def box(view, name):
    return view.get_by_role("textbox", name=f"value of {name}", exact=True)


def test_the_new_weights_stand_in_the_column_of_a_notebook(open_view):
    walk = step_through(lecture.tiny_two_layer(), update=0.1, parameters=["w1", "w2"])
    view = open_view(walk, viewport=(1110, 1000), motion=False)
    button(view, "Last step").click()
    place = view.locator(".formula")
    expect(place).to_contain_text("−0.65")
    assert place.evaluate("(it) => it.scrollWidth <= it.clientWidth")


def formula(view):
    return view.locator(".formula").evaluate(FORMULA)


def test_the_tiny_net_is_updated_by_keys_and_back_undoes_it(open_notebook):
    notebook = open_notebook([SETUP, TINY], viewport=WIDE)
    view, keys = view_at(notebook), notebook.page.keyboard
    before = notebook.run_cell("import json; print(json.dumps([tiny.input_w1, tiny.input_w2]))")
    button(view, "Next").focus()
    keys.press("ArrowRight")
    for _ in range(10):
        keys.press("ArrowRight")
    count(view, "Round 1, step 11 of 12")
    losses(view, "loss in each round: 7.56")
    keys.press("ArrowRight")
    count(view, "Round 1, step 12 of 12")
    unfold(view)
    expect(box(view, "w2[0, 0]")).to_have_value("0.398")
    box(view, "w2[0, 0]").focus()
    expect(box(view, "w2[0, 0]")).to_have_value("0.397579307009")
    button(view, "Next").focus()
    expect(view.locator(".step-title")).to_have_text("Update: parameters move against gradients.")
    losses(view, "loss in each round: 7.56 → ?")
    assert formula(view).endswith(
        "w2←w2−0.1·∂loss∂w2=[0.50−1.000.250.75]−0.1·[1.02−3.47−0.02−1.60]=[0.40−0.650.250.91]"
    )
    assert {gradient for _, gradient in numbers_of(view)} == {""}
    lit = view.locator("svg g.wire.lit").count()
    assert lit == 2
    for _ in range(5):
        keys.press("ArrowRight")
    count(view, "Round 2, step 5 of 12")
    losses(view, "loss in each round: 7.56 → 5.80")
    notebook.wait_for_cell("print(tiny.round, tiny.place)", "2 17")
    keys.press("End")
    notebook.wait_for_cell("print([round(loss, 2) for loss in tiny.losses])", "[7.56, 5.8, 4.68]")
    keys.press("Home")
    count(view, "Round 1, step 0 of 12")
    notebook.wait_for_cell("print(json.dumps([tiny.input_w1, tiny.input_w2]))", before)
    expect(box(view, "w2[0, 0]")).to_have_value("0.5")
    assert notebook.console_errors == []


def test_a_step_that_needs_no_python_does_not_say_that_python_is_late(open_notebook):
    notebook = open_notebook([SETUP, TINY], viewport=WIDE)
    view = view_at(notebook)
    button(view, "Last step").click()
    button(view, "Next").click()
    notebook.page.wait_for_timeout(4500)
    expect(view.locator(".problem")).to_have_text("")


def test_the_view_keeps_its_height_through_update_and_the_next_round(open_notebook):
    notebook = open_notebook([SETUP, TINY, PRODUCT], viewport=WIDE)
    for view, steps in ((view_at(notebook, 0), 14), (view_at(notebook, 1), 8)):
        heights = set()
        for _ in range(steps):
            button(view, "Next").click()
            heights.add(view.bounding_box()["height"])
        assert len(heights) == 1
    notebook.screenshot("update")


def test_a_slider_moved_between_two_updates_counts(open_notebook):
    notebook = open_notebook([SETUP, TINY], viewport=WIDE)
    view = view_at(notebook)
    button(view, "Last step").click()
    unfold(view)
    slider(view, "x[0, 0]").press("End")
    notebook.wait_for_cell("print(tiny.input_x[0][0])", "6.0")
    button(view, "Last step").click()
    notebook.wait_for_cell("print(len(tiny.trail))", "2")
    truth = """
graph = lecture.tiny_two_layer()
def step():
    grads = graph.backward()
    graph.forward(**{n: graph[n].value - 0.1 * grads[n] for n in ("w1", "w2")})
step()
graph.forward(x=tiny.input_x)
step()
print(all(abs(graph[n].value - tiny.parameters[n]).max() < 1e-12 for n in ("w1", "w2")))"""
    assert notebook.run_cell(truth) == "True"
    button(view, "Reset").click()
    count(view, "Round 1, step 0 of 12")
    notebook.wait_for_cell("print(tiny.trail, tiny.place, tiny.input_x[0][0])", "[] 0 1.0")


def test_single_numbers_are_updated_without_a_kernel(open_notebook):
    notebook = open_notebook([SETUP, PRODUCT], viewport=WIDE)
    view = view_at(notebook)
    notebook.shutdown_kernel()
    button(view, "Last step").click()
    count(view, "Round 1, step 6 of 6")
    assert formula(view) == (
        "x←x−0.1·∂f∂x=−2.00−0.1·(−4.00)=−1.60y←y−0.1·∂f∂y=5.00−0.1·(−4.00)=5.40"
    )
    expect(box(view, "x")).to_have_value("−1.6")
    notebook.page.keyboard.press("ArrowRight")
    notebook.page.keyboard.press("ArrowRight")
    losses(view, "f in each round: −12.00 → −15.20")
    for _ in range(3):
        notebook.page.keyboard.press("ArrowLeft")
    count(view, "Round 1, step 5 of 6")
    expect(box(view, "x")).to_have_value("−2")


def test_python_hears_of_the_browsers_update_and_the_browser_of_pythons(open_notebook):
    notebook = open_notebook([SETUP, PRODUCT], viewport=WIDE)
    view = view_at(notebook)
    button(view, "Last step").click()
    notebook.wait_for_cell("print(product.round, product.parameters)", "1 {'x': -1.6, 'y': 5.4}")
    heard = view.locator("[aria-live=polite]")
    expect(heard).to_contain_text("= −2.00 − 0.1 · (−4.00) = −1.60")
    assert notebook.run_cell("print(len(product.sentence.splitlines()))") == "2"
    notebook.run_cell("product.place = 18")
    count(view, "Round 3, step 6 of 6")
    expect(box(view, "x")).to_have_value("−0.8")
    button(view, "First step").click()
    count(view, "Round 1, step 0 of 6")
    notebook.wait_for_cell("print(product.parameters, product.trail)", "{'x': -2.0, 'y': 5.0} []")


def test_in_a_hall_the_updates_of_two_arrays_have_room(open_notebook):
    notebook = open_notebook([SETUP, TINY.replace("])", "], class_mode=True)")])
    view = view_at(notebook)
    button(view, "Last step").click()
    expect(view.locator(".formula math")).to_have_count(2)
    assert formula(view).endswith("w2←w2−0.1·∂loss∂w2=[0.40−0.650.250.91]")
    assert view.locator(".formula").evaluate("f => f.scrollWidth <= f.clientWidth")


def test_a_saved_page_updates_numbers_and_arrays_and_ends_where_it_needs_python(
    open_page, tmp_path
):
    product = step_through(lecture.add_multiply(), update=0.1, parameters=["x", "y"])
    huge = step_through(lecture.add_multiply(), update=1e300)
    tiny = step_through(lecture.tiny_two_layer(), update=0.1, parameters=["w1", "w2"])
    large = step_through(ComputationalGraph(squared_norm(Input(np.ones(1001), "x"))), update=0.1)
    views = [product, tiny, huge, large]
    page = open_page(save_page(tmp_path / "page.html", views, title="Update"))
    view = view_at(page, 0)
    button(view, "Last step").click()
    page.page.keyboard.press("End")
    count(view, "Round 2, step 6 of 6")
    expect(box(view, "y")).to_have_value("5.8")
    page.page.keyboard.press("ArrowLeft")
    expect(box(view, "y")).to_have_value("5.4")
    arrays = view_at(page, 1)
    button(arrays, "Last step").click()
    count(arrays, "Round 1, step 12 of 12")
    assert formula(arrays).endswith("=[0.40−0.650.250.91]")
    button(arrays, "Last step").click()
    losses(arrays, "loss in each round: 7.56 → 5.80 → ?")
    button(arrays, "Back").click()
    losses(arrays, "loss in each round: 7.56 → 5.80")
    ends = view_at(page, 3)
    button(ends, "Last step").click()
    losses(ends, "Here the page ends: this update needs Python, in the notebook.")
    explodes = view_at(page, 2)
    for _ in range(3):
        button(explodes, "Last step").click()
    expect(explodes.locator(".step-title")).to_contain_text("the loss explodes")
    button(explodes, "First step").click()
    expect(explodes.locator(".step-title")).to_have_text("Only the inputs are known.")
    assert page.console_errors == []
