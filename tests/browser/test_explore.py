"""`explore` in a real JupyterLab: every way to move a slider, and what happens when the kernel is
away."""

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import lecture

from . import lab
from .views import button, entry_text, numbers_of, picture_shows, slider

SETUP = "from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture"
EXPLORE = "graph = lecture.add_multiply()\nview = explore(graph, x=(-5, 5))\nview"
ONLY_PYTHON = """
class TwiceGate(Gate):
    def forward(self, x):
        for _ in range(1):
            x = x + x
        return x
    def backward(self, dz):
        return [2.0 * dz]
twice = ComputationalGraph(squared_norm(TwiceGate(Input([1.0, 2.0], "x")).named("twice")))
only_python = explore(twice)
only_python"""
ARRAYS = "norm = lecture.squared_norm_of_product()\narrays = explore(norm)\narrays"
FOLDED = "neuron = lecture.sigmoid_neuron()\nexplore(neuron, fold={'σ': lecture.SIGMOID_GATES})"
ONE_GATE = "from cs231n_lec4 import Input, maximum\nexplore(ComputationalGraph(maximum(Input(2.0, 'x'), Input(-1.0, 'y')).named('f')))"


def view_at(notebook, index):
    view = notebook.cell(index).locator(".cs231n-live").first
    view.scroll_into_view_if_needed()
    return view


def shows(notebook, view, *numbers):
    graph = lecture.add_multiply(*numbers)
    picture_shows(notebook, view, graph)


def box(view, name):
    return view.get_by_role("textbox", name=f"value of {name}")


@pytest.fixture(scope="module", params=["light", pytest.param("dark", marks=pytest.mark.long)])
def notebook(request, browser, lab_server):
    """One JupyterLab with several views; each test leaves the sliders at the slide's numbers."""
    cells = [SETUP, EXPLORE, "view", ARRAYS, FOLDED, ONE_GATE]
    page = lab.new_page(browser, viewport=(1280, 600))
    opened = lab.open_notebook(lab_server, page, cells, theme=request.param)
    yield opened
    opened.screenshot(f"explore-{request.param}")
    page.context.close()
    lab_server.stop_kernels()
    assert opened.requests == []
    assert opened.console_errors == []


@pytest.fixture(autouse=True)
def at_the_slide(request):
    """However a test ends, the next one starts from the numbers of the slide."""
    yield
    if "notebook" in request.fixturenames:
        button(view_at(request.getfixturevalue("notebook"), 1), "Reset").click()


HEAR = """() => {
  window.heard = [];
  window.hear = ({ key, target }) =>
    window.heard.push([key, target.hasAttribute("data-lm-suppress-shortcuts")]);
  document.addEventListener("keydown", window.hear, true);
}"""
HEARD = "() => (document.removeEventListener('keydown', window.hear, true), window.heard)"


def test_a_jupyter_that_hears_keys_first_is_told_whose_they_are(notebook):
    """Notebook 7 listens in the capture phase, and leaves keys alone where this attribute stands."""
    x = slider(view_at(notebook, 1), "x")
    notebook.page.evaluate(HEAR)
    for key in ("b", "d", "ArrowRight", "Control+F2"):
        x.press(key)
    heard = dict(map(tuple, notebook.page.evaluate(HEARD)))
    assert heard == {"b": True, "d": True, "ArrowRight": True, "Control": False, "F2": False}


def test_the_space_bar_on_a_slider_does_not_scroll_the_page(notebook):
    x = slider(view_at(notebook, 1), "x")
    x.focus()
    place = "document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    before = notebook.page.evaluate(place)
    x.press(" ")
    notebook.page.wait_for_timeout(300)
    assert notebook.page.evaluate(place) == before


def test_every_key_of_a_slider_moves_the_picture_and_the_kernel_knows(notebook):
    view, x = view_at(notebook, 1), slider(view_at(notebook, 1), "x")
    for key, value in [("ArrowRight", -1.9), ("ArrowUp", -1.8), ("ArrowLeft", -1.9), ("PageUp", -0.9),
                       ("PageDown", -1.9), ("End", 5.0), ("Home", -5.0)]:  # fmt: skip
        x.press(key)
        expect(x).to_have_value(f"{value:g}")
        shows(notebook, view, value, 5.0, -4.0)
    notebook.wait_for_cell("[graph['f'].value, graph['z'].grad, view.input_x]", "[-0.0, 0.0, -5.0]")
    button(view, "Reset").click()
    shows(notebook, view)
    notebook.wait_for_cell("graph['f'].value", "-12.0")


def test_the_mouse_moves_a_slider_and_a_second_view_follows(notebook):
    view, second = view_at(notebook, 1), view_at(notebook, 2)
    lab.drag_slider(notebook.page, slider(view, "z"), 0.9)
    z = float(slider(view, "z").input_value())
    assert z > 0
    for one in (view, second):
        shows(notebook, one, -2.0, 5.0, z)
    notebook.wait_for_cell("view.input_z", str(z))
    button(second, "Reset").click()
    for one in (view, second):
        shows(notebook, one)


def test_a_box_takes_numbers_and_says_why_it_refuses_others(notebook):
    view = view_at(notebook, 1)
    for text, value in [("1/2", 0.5), ("−4", -4.0), ("0,5", 0.5), ("７", 7.0)]:
        box(view, "y").fill(text)
        box(view, "y").press("Enter")
        shows(notebook, view, -2.0, value, -4.0)
    for text in ("nan", "1e400", "five", "", "1/0", "<b>"):
        box(view, "y").fill(text)
        box(view, "y").press("Enter")
        expect(view.locator(".problem")).to_contain_text("y stays 7")
        expect(box(view, "y")).to_have_value("7")
        shows(notebook, view, -2.0, 7.0, -4.0)
    slider(view, "y").press("ArrowLeft")
    expect(view.locator(".problem")).to_have_text("")
    button(view, "Reset").click()


@pytest.mark.parametrize("key", ["Enter", "Shift+Enter", "Control+Enter"])
def test_every_enter_in_a_box_takes_the_number_and_runs_nothing(notebook, key):
    view, number = view_at(notebook, 1), {"E": 2.25, "S": -1.5, "C": 0.75}[key[0]]
    model = notebook.run_cell("view.model_id")
    box(view, "y").fill(f"{number}")
    box(view, "y").press(key)
    shows(notebook, view, -2.0, number, -4.0)
    notebook.wait_for_cell("view.input_y", f"{number}")
    assert notebook.run_cell("view.model_id") == model
    expect(box(view, "y")).to_be_focused()
    box(view, "y").fill("five")
    box(view, "y").press(key)
    expect(view.locator(".problem")).to_contain_text("y stays")


def test_escape_in_a_box_puts_the_old_number_back(notebook):
    view = view_at(notebook, 1)
    box(view, "z").fill("17")
    box(view, "z").press("Escape")
    slider(view, "x").focus()
    expect(box(view, "z")).to_have_value("−4")
    shows(notebook, view)
    assert notebook.run_cell("view.input_z") == "-4.0"


def test_letters_on_a_slider_do_not_reach_the_notebook(notebook):
    view = view_at(notebook, 1)
    cells = notebook.page.locator(".jp-Notebook .jp-Cell").count()
    slider(view, "x").focus()
    for key in "ddxxaabb":
        notebook.page.keyboard.press(key)
    assert notebook.page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_python_moves_a_slider_and_hears_of_it(notebook):
    view = view_at(notebook, 1)
    notebook.run_cell(
        "heard = []\nview.observe(lambda change: heard.append(change.new), 'input_y')"
    )
    notebook.run_cell("view.input_y = 1.0")
    shows(notebook, view, -2.0, 1.0, -4.0)
    slider(view, "y").press("ArrowRight")
    notebook.wait_for_cell("heard", "[1.0, 1.1]")
    notebook.run_cell(
        "import ipywidgets\nlink = ipywidgets.jslink((view, 'input_y'), (view, 'input_x'))"
    )
    slider(view, "y").press("ArrowRight")
    notebook.wait_for_cell("view.input_x == view.input_y", "True")
    notebook.run_cell("link.unlink()\nview.unobserve_all('nothing')")
    button(view, "Reset").click()


def test_picture_and_sliders_stand_together_in_a_small_window(notebook):
    view = view_at(notebook, 1)
    view.locator(".drawing svg").evaluate("picture => picture.scrollIntoView({ block: 'start' })")
    picture, controls = (
        view.locator(".drawing svg").bounding_box(),
        view.locator(".controls").bounding_box(),
    )
    assert picture["y"] >= 80
    assert controls["y"] + controls["height"] <= 600 - 24


def test_a_finger_moves_a_slider(browser, lab_server):
    page = lab.new_page(browser, touch=True)
    notebook = lab.open_notebook(lab_server, page, [SETUP, EXPLORE])
    view = view_at(notebook, 1)
    place = slider(view, "x").bounding_box()
    page.touchscreen.tap(place["x"] + place["width"] * 0.9, place["y"] + place["height"] / 2)
    x = float(slider(view, "x").input_value())
    assert x > 2
    shows(notebook, view, x, 5.0, -4.0)
    notebook.wait_for_cell("graph['x'].value", str(x))
    page.context.close()


def test_nothing_moves_by_itself(notebook):
    """So there is nothing to slow down for a reader who asked for less motion."""
    moving = """() => [...document.querySelectorAll(".cs231n-live, .cs231n-live *")]
      .map((element) => getComputedStyle(element))
      .filter((s) => parseFloat(s.transitionDuration) > 0 || s.animationName !== "none").length"""
    assert notebook.page.evaluate(moving) == 0


def test_the_words_of_the_picture_follow_the_hand(notebook):
    view = view_at(notebook, 1)
    slider(view, "x").press("End")
    expect(view.locator(".drawing svg")).to_have_attribute("aria-label", "Computational graph. x: value 5.00, gradient −4.00; "
        "y: value 5.00, gradient −4.00; q: value 10.00, gradient −4.00; z: value −4.00, gradient 10.00; "
        "f: value −40.00, gradient 1.00.")  # fmt: skip
    assert view.locator(".drawing svg title").count() == 0
    expect(view.locator("[aria-live=polite]")).to_contain_text("z: value −4.00, gradient 10.00")
    button(view, "Reset").click()


def test_folded_gates_open_by_key_and_the_numbers_outside_stay(notebook):
    view = view_at(notebook, 4)
    open_numbers, height = numbers_of(view), view.bounding_box()["height"]
    button(view, "Fold 4 gates into σ").press("Enter")
    folded = numbers_of(view)
    assert len(folded) == len(open_numbers) - 3
    assert folded[:8] == open_numbers[:8]
    assert folded[-1] == open_numbers[-1]
    slider(view, "w0").press("ArrowRight")
    assert numbers_of(view) != folded
    assert view.bounding_box()["height"] == height
    view.locator("svg .folded").click()
    assert len(numbers_of(view)) == len(open_numbers)


def test_one_gate_from_close_jumps_at_its_tie(notebook):
    view = view_at(notebook, 5)
    expect(view.locator(".pattern")).to_contain_text("router")
    assert numbers_of(view)[:2] == [["2.00", "1.00"], ["−1.00", "0.00"]]
    slider(view, "upstream gradient").press("End")
    box(view, "y").fill("2.1")
    box(view, "y").press("Enter")
    assert [gradient for _, gradient in numbers_of(view)[:2]] == ["0.00", "6.00"]


def test_arrays_show_each_entry_with_its_gradient_and_follow_their_sliders(notebook):
    view = view_at(notebook, 3)
    view.locator("rect.array").first.focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(view.locator(".entry")).to_have_text(entry_text("W[0, 1]", "0.50", "0.18"))
    area = view.locator("rect.array").first.bounding_box()
    notebook.page.mouse.move(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * 0.4)
    expect(view.locator(".entry")).to_have_text(entry_text("W[1, 0]", "−0.30", "0.10"))
    slider(view, "W[1, 0]").press("Home")
    expect(view.locator(".entry")).to_contain_text("W[1, 0]: value −5.30")
    notebook.wait_for_cell("norm['W'].value[1, 0]", "np.float64(-5.3)")
    button(view, "Reset").click()
    expect(view.locator(".entry")).to_have_text(entry_text("W[1, 0]", "−0.30", "0.10"))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_in_any_view(notebook, theme):
    notebook.set_theme(theme)
    found = lab.axe(notebook.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []
    notebook.screenshot(f"explore-{theme}")


def test_pictures_in_different_cells_follow_and_reset_returns_to_the_first_numbers(open_notebook):
    made = "graph = lecture.add_multiply(x=1.0, y=2.0, z=3.0)"
    notebook = open_notebook(
        [SETUP, made, "view = explore(graph)\nview", "walk = step_through(graph)\nwalk"]
    )
    view, walk = view_at(notebook, 2), view_at(notebook, 3)
    slider(view, "x").press("End")
    expect(slider(walk, "x")).to_have_value("6")
    slider(walk, "z").press("Home")
    picture_shows(notebook, view, lecture.add_multiply(6.0, 2.0, -3.0))
    notebook.wait_for_cell("graph['f'].value", "-24.0")
    notebook.run_at(2)
    picture_shows(notebook, view, lecture.add_multiply(6.0, 2.0, -3.0))
    button(view, "Reset").click()
    picture_shows(notebook, view, lecture.add_multiply(1.0, 2.0, 3.0))
    expect(slider(walk, "z")).to_have_value("3")
    expect(view.locator(".nameless")).to_be_empty()
    notebook.run_at(1)
    for one in (view, walk):
        expect(one.locator(".nameless")).to_contain_text("Run this cell again")
    assert lab.axe(notebook.page, ".cs231n-live") == []
    notebook.screenshot("nameless")
    notebook.run_at(2)
    expect(view.locator(".nameless")).to_be_empty()


# ── the kernel goes, the page is loaded again ────────────────────────────────────────────────────


def test_without_its_kernel_the_picture_follows_and_a_new_run_repairs_all(open_notebook):
    notebook = open_notebook([SETUP, EXPLORE, ARRAYS, ONLY_PYTHON])
    view = view_at(notebook, 1)
    notebook.kill_kernel()
    slider(view, "x").press("End")
    shows(notebook, view, 5.0, 5.0, -4.0)
    arrays = view_at(notebook, 2)
    slider(arrays, "W[1, 0]").press("Home")
    arrays.locator("rect.array").first.focus()
    expect(arrays.locator(".entry")).to_have_text(entry_text("W[0, 0]", "0.10", "0.09"))
    slider(arrays, "x[0]").press("End")
    expect(arrays.locator(".entry")).to_have_text(entry_text("W[0, 0]", "0.10", "7.49"))
    only_python = view_at(notebook, 3)
    slider(only_python, "x[0]").press("End")
    expect(only_python.locator(".problem")).to_contain_text("Python has not answered", timeout=9000)
    notebook.wait_for_kernel()
    notebook.run_all()
    shows(notebook, view)
    slider(view, "x").press("End")
    notebook.wait_for_cell("graph['f'].value", "-40.0")
    notebook.restart_kernel()
    notebook.run_all()
    slider(view, "x").press("Home")
    notebook.wait_for_cell("graph['x'].value", "-5.0")
    assert view_at(notebook, 1).page.locator(".cs231n-live").count() == 3


OTHERS = {"training_view()", "template_view()", "net_view(3, 4, 2)", "explore_jacobian()"}


@pytest.mark.parametrize("trusted", [True, False])
def test_opened_again_without_a_kernel_the_static_picture_shows_and_nothing_below(
    open_notebook, trusted
):
    notebook = open_notebook([SETUP, EXPLORE, "quiz(graph)", *sorted(OTHERS)])
    static = notebook.cell(1).locator(".cs231n-static, img[alt^='Computational']").first
    expect(static).to_be_hidden()
    stored = notebook.save()
    notebook.shutdown_kernel()
    again = open_notebook(stored.cells, trusted=trusted, run=False)
    picture = again.cell(1).locator("img[alt^='Computational graph']")
    expect(picture).to_be_visible()
    assert "gradient" in picture.get_attribute("alt")
    again.page.wait_for_timeout(2000)  # for Jupyter to look for the models
    for cell in range(1, 3 + len(OTHERS)):
        outputs = again.cell(cell).locator(".jp-OutputArea-child")
        expect(outputs).to_have_count(2)
        expect(outputs.nth(0)).to_be_visible()
        seen = "it => it.checkVisibility() ? it.innerText.trim() : ''"
        assert outputs.nth(1).evaluate(seen) == ""
    again.screenshot(f"opened-again-{trusted}")


NO_EVAL = "script-src 'self' 'unsafe-inline' blob:"
NO_MODULES = "script-src 'self' 'unsafe-inline' 'unsafe-eval'"


def test_a_view_needs_no_eval(open_notebook):
    notebook = open_notebook([SETUP, EXPLORE], csp_report_only=NO_EVAL)
    shows(notebook, view_at(notebook, 1))
    slider(view_at(notebook, 1), "x").press("End")
    shows(notebook, view_at(notebook, 1), 5.0, 5.0, -4.0)
    assert [v for v in notebook.violations() if "blob" in v[1] or "anywidget" in v[1]] == []


def test_where_modules_are_refused_the_static_picture_and_one_sentence_stay(open_notebook):
    notebook = open_notebook([SETUP, EXPLORE], csp=NO_MODULES)
    notebook.page.wait_for_function("() => lab.violations.length > 0")
    expect(notebook.cell(1).locator("img[alt^='Computational graph']")).to_be_visible()
    expect(notebook.cell(1).locator(".cs231n-static p")).to_contain_text(
        "does not allow live views"
    )
    assert notebook.cell(1).locator(".jp-OutputArea-output [class*=spinner]").count() == 0


def test_the_picture_stays_in_sight_while_one_of_many_sliders_moves(open_notebook):
    """More than eight sliders fold away; a picture of any size leaves room for those that move."""
    cells = [SETUP, "tiny = explore(lecture.tiny_two_layer())\ntiny"]
    notebook = open_notebook(cells, viewport=(1280, 720))
    view = view_at(notebook, 1)
    assert view.get_by_role("slider").count() == 0
    view.locator("summary").press("Enter")
    assert view.get_by_role("slider").count() == 16
    view.locator(".drawing svg").evaluate("picture => picture.scrollIntoView()")
    for name, fraction in (("w1[0, 0]", 0.9), ("w2[1, 1]", 0.1)):
        before = numbers_of(view)
        expect(slider(view, name)).to_be_in_viewport(ratio=0.99)
        lab.drag_slider(notebook.page, slider(view, name), fraction)
        expect(view.locator(".drawing svg")).to_be_in_viewport(ratio=0.99)
        notebook.page.wait_for_timeout(300)
        assert numbers_of(view) != before
    view.locator("summary").press(" ")
    assert view.get_by_role("slider").count() == 0
    assert notebook.console_errors == []


def test_a_box_rounds_what_nobody_writes_in(notebook):
    view = view_at(notebook, 1)
    for typed, exact, shown in (
        ("-0.1769990002", "−0.1769990002", "−0.177"),
        ("0.0000123456", "1.23456e−5", "1.23e−5"),
        ("3.5", "3.5", "3.5"),
    ):
        box(view, "x").fill(typed)
        box(view, "x").press("Enter")
        expect(box(view, "x")).to_have_value(exact)
        slider(view, "y").focus()
        expect(box(view, "x")).to_have_value(shown)
        box(view, "x").focus()
        expect(box(view, "x")).to_have_value(exact)
        box(view, "z").focus()  # looking changes nothing
        notebook.wait_for_cell("graph['x'].value", f"{float(typed)}")
