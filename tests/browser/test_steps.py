"""`step_through` in a real JupyterLab: keys, the ring, formulas, the table, sliders, and arrays."""

import pytest
from playwright.sync_api import expect
from test_ground_truth import CASES

from . import lab
from .views import button, numbers_of, slider, unfold

SETUP = "from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture\nimport numpy as np"
STEPS = "graph = lecture.add_multiply()\nview = step_through(graph)\nview"
BRANCH = "step_through(lecture.branch())"
NUMBERS = CASES["lec_two_layer_20_lines_tiny"]["inputs"]
TINY = f"""
numbers = {NUMBERS!r}
x, w1, w2 = (Input(np.array(numbers[name]), name) for name in ("x", "w1", "w2"))
y = Constant(np.array(numbers["y"]))
h = sigmoid((x @ w1).named("a")).named("h")
net = ComputationalGraph(squared_norm((h @ w2).named("y_pred") - y).named("loss"))
tiny = step_through(net)
tiny
"""
LIT = """parts => parts.map(p =>
  [["gate", "fork", "wire"].find(k => p.classList.contains(k)),
  p.querySelector("text")?.textContent])"""
FORMULA = "element => element.textContent.replace(/\\s+/g, '')"


@pytest.fixture(scope="module", params=["light", pytest.param("dark", marks=pytest.mark.long)])
def notebook(request, browser, lab_server):
    page = lab.new_page(browser, viewport=(1280, 720))
    opened = lab.open_notebook(lab_server, page, [SETUP, STEPS, BRANCH, TINY], theme=request.param)
    yield opened
    opened.screenshot(f"steps-{request.param}")
    page.context.close()
    lab_server.stop_kernels()
    assert opened.requests == []
    assert opened.console_errors == []


def view_at(notebook, index):
    view = notebook.cell(index).locator(".cs231n-live").first
    view.scroll_into_view_if_needed()
    return view


def step_to(view, place):
    button(view, "First step").click() if button(view, "First step").is_enabled() else None
    for _ in range(place):
        button(view, "Next").click()


def lit(view):
    return view.locator("svg .lit").evaluate_all(LIT)


def test_the_numbers_appear_one_gate_at_a_time(notebook):
    view = view_at(notebook, 1)
    step_to(view, 0)
    assert numbers_of(view) == [["−2.00", ""], ["5.00", ""], ["", ""], ["−4.00", ""], ["", ""]]
    step_to(view, 1)
    expect(view.locator(".step-title")).to_have_text("Forward: the gate + computes q.")
    assert view.locator(".formula").evaluate(FORMULA) == "q=x+y=(−2.00)+5.00=3.00"
    assert numbers_of(view)[2] == ["3.00", ""]
    assert ["gate", "+"] in lit(view)
    step_to(view, 4)
    assert numbers_of(view)[2:] == [["3.00", "−4.00"], ["−4.00", "3.00"], ["−12.00", "1.00"]]
    text = view.locator(".formula").evaluate(FORMULA)
    assert "downstream=" in text
    assert "=1.00·(−4.00)=−4.00" in text


def test_the_arrow_keys_step_from_wherever_the_focus_is(notebook):
    view = view_at(notebook, 1)
    count = view.locator(".step-count")
    step_to(view, 1)
    button(view, "Next").focus()
    for key, place in [
        ("ArrowRight", 2),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", 5),
        ("Home", 0),
        ("ArrowLeft", 0),
    ]:
        notebook.page.keyboard.press(key)
        expect(count).to_have_text(f"Step {place} of 5")
    view.locator(".formula").press("ArrowRight")
    expect(count).to_have_text("Step 1 of 5")
    slider(view, "x").press("ArrowRight")
    expect(count).to_have_text("Step 1 of 5")
    button(view, "Reset").click()


def test_escape_gives_the_keys_back_to_the_notebook(notebook):
    button(view_at(notebook, 1), "Next").press("Escape")
    inside = notebook.page.evaluate("() => document.activeElement.closest('.cs231n-live') !== null")
    assert not inside


def test_a_slider_moved_in_the_middle_is_heard_in_the_sentence(notebook):
    view = view_at(notebook, 1)
    step_to(view, 4)
    slider(view, "x").press("Home")
    heard = view.locator("[aria-live=polite]")
    expect(heard).to_contain_text(
        "with respect to z is upstream times local, 1.00 · (−2.00) = −2.00"
    )
    assert notebook.run_cell("graph['f'].value") == "-12.0"
    button(view, "Reset").click()


def test_python_sets_the_place_and_hears_of_it(notebook):
    view = view_at(notebook, 1)
    notebook.run_cell("view.place = 99")
    expect(view.locator(".step-count")).to_have_text("Step 5 of 5")
    button(view, "Back").click()
    notebook.wait_for_cell("view.place", "4")


@pytest.mark.parametrize("index", [1, 2, 3])
def test_the_view_keeps_its_height_over_all_steps(notebook, index):
    view = view_at(notebook, index)
    step_to(view, 0)
    heights = [view.bounding_box()["height"]]
    while button(view, "Next").is_enabled():
        button(view, "Next").click()
        heights.append(view.bounding_box()["height"])
    assert set(heights) == {heights[0]}


def test_the_paths_of_a_branch_are_added_in_a_step_of_their_own(notebook):
    view = view_at(notebook, 2)
    step_to(view, 0)
    while "branches" not in view.locator(".step-title").text_content():
        button(view, "Next").click()
    assert view.locator(".formula").evaluate(FORMULA) == "∂e∂b=3.00+2.00=5.00"
    assert ["fork", "+"] in lit(view)


def test_the_table_marks_the_node_that_the_picture_rings(notebook):
    view = view_at(notebook, 1)
    step_to(view, 2)
    marked = view.locator(".node-table td.name.lit, .node-table td.lit").first
    expect(marked).to_have_text("f")
    assert view.locator(".node-table tr").nth(1).locator("td").all_text_contents() == [
        "−2.00",
        "5.00",
        "3.00",
        "−4.00",
        "−12.00",
    ]


def test_the_tiny_net_steps_through_its_own_lines_of_code(notebook):
    view = view_at(notebook, 3)
    step_to(view, 0)
    seen = []
    while button(view, "Next").is_enabled():
        button(view, "Next").click()
        seen += view.locator(".code-row code").all_text_contents()
    assert "a = x @ w1" in seen
    assert any(line.startswith("dw1 = ") for line in seen)
    expect(view.locator(".code-row span").first).to_contain_text("(")
    before = notebook.run_cell("net['loss'].value")
    shown = numbers_of(view)[-1]
    unfold(view)
    view.get_by_role("slider").first.press("End")
    notebook.page.wait_for_function("([view, old]) => view.querySelectorAll('g.wire .value')[0] && "
        "[...view.querySelectorAll('g.wire')].at(-1).querySelector('.value').textContent.trim() !== old",
        arg=[view.element_handle(), shown[0]])  # fmt: skip
    assert notebook.run_cell("net['loss'].value") == before


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_in_any_view(notebook, theme):
    notebook.set_theme(theme)
    found = lab.axe(notebook.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []
    notebook.screenshot(f"steps-{theme}")
