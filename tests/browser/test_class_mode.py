"""For a hall: digits of 20 pixels, everything in one small window, one height, keys only."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from cs231n_lec4 import save_page

from . import lab
from .views import button

SETUP = "from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture"
VIEWS = [
    "step_through(lecture.sigmoid_neuron(), class_mode=True)",
    "step_through(lecture.gate_patterns(), class_mode=True)",
    "explore(lecture.sigmoid_neuron(), class_mode=True)",
    "step_through(lecture.branch(), class_mode=True)",
]
WITH_DIGITS = "svg .value, svg .gradient, .formula mn, .slider-row input[type=text], .step-count"
SIZES = """(view, chosen) => [...view.querySelectorAll(chosen)]
  .filter((e) => e.textContent || e.value)
  .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.ownerSVGElement ? e.getScreenCTM().a : 1])
  .map(([size, scale]) => size * scale)"""
BARS = 88 + 24  # JupyterLab's own bars above and below, in pixels


@pytest.fixture(scope="module")
def notebook(browser, lab_server):
    page = lab.new_page(browser, viewport=(1280, 720))
    opened = lab.open_notebook(lab_server, page, [SETUP, *VIEWS])
    yield opened
    page.context.close()
    lab_server.stop_kernels()
    assert opened.console_errors == []


def view_at(notebook, index):
    return notebook.cell(index).locator(".cs231n-live").first


def places(view):
    """At every step in turn."""
    yield
    following = button(view, "Next")
    while following.count() and following.is_enabled():
        following.click()
        yield


@pytest.mark.parametrize("index", range(1, len(VIEWS) + 1))
def test_the_smallest_digit_has_20_pixels_and_the_height_is_one(notebook, index):
    notebook.page.set_viewport_size({"width": 1280, "height": 720})
    view, heights = view_at(notebook, index), set()
    view.scroll_into_view_if_needed()
    for _ in places(view):
        assert min(view.evaluate(SIZES, WITH_DIGITS)) >= 20
        heights.add(view.bounding_box()["height"])
    assert len(heights) == 1
    assert heights.pop() <= 720 - BARS
    notebook.screenshot(f"class-{index}")


@pytest.mark.parametrize("index", range(1, len(VIEWS) + 1))
def test_picture_formula_and_sliders_fit_a_window_of_600_pixels(notebook, index):
    notebook.page.set_viewport_size({"width": 1280, "height": 600})
    view = view_at(notebook, index)
    view.evaluate("view => view.scrollIntoView({ block: 'end' })")
    for _ in places(view):
        assert view.bounding_box()["height"] <= 600 - BARS
        inside = view.locator(".formula").evaluate_all(
            "all => all.every(f => f.scrollHeight <= f.clientHeight + 1)"
        )
        assert inside
    for part in ("svg", ".controls"):
        box = view.locator(part).first.bounding_box()
        assert box["y"] >= 80
        assert box["y"] + box["height"] <= 600 - 20
    notebook.screenshot(f"class-600-{index}")


def test_the_keys_are_the_views_as_soon_as_its_cell_has_run(notebook):
    notebook.run_at(1)
    view = view_at(notebook, 1)
    expect(view).to_be_focused()
    for place in (1, 2, 3):
        notebook.page.keyboard.press("ArrowRight")
        expect(view.locator(".step-count")).to_contain_text(f"Step {place} of")
    notebook.page.keyboard.press("Escape")
    notebook.page.keyboard.press("ArrowDown")
    notebook.page.keyboard.press("Control+Enter")
    expect(view_at(notebook, 2)).to_be_focused()
    notebook.page.keyboard.press("End")
    expect(view_at(notebook, 2).locator(".step-count")).to_contain_text("Step 9 of 9")


def test_a_run_of_the_whole_notebook_takes_the_focus_at_most_once(notebook):
    notebook.run_all()
    inside = notebook.page.evaluate(
        "() => [...document.querySelectorAll('.cs231n-live')].filter(v => v.contains(document.activeElement)).length"
    )
    assert inside <= 1


ASK = """from cs231n_lec4 import ask
asked = ask("Which of them changes the weights?", ["Forward", "Backward", "Update"], "C",
            ["Forward computes the loss.", "Backward computes gradients.", "Yes."])
asked"""


def test_a_question_in_words_goes_by_keys(open_notebook):
    notebook = open_notebook([ASK, "1 + 1"])
    view, keys = notebook.cell(0).locator(".cs231n-live"), notebook.page.keyboard
    notebook.run_at(0)
    expect(view).to_be_focused()
    keys.press("b")
    expect(view.locator(".quiz-said")).to_contain_text("First vote: B")
    keys.press("d")  # there is no fourth answer
    notebook.wait_for_cell("asked.vote", "1")
    button(view, "Reveal").press("Enter")
    expect(view.locator(".quiz-said p")).to_have_text(["Yes.", "Backward computes gradients."])
    expect(view.locator(".option.is-right")).to_contain_text("Update ✓")
    keys.press("Escape")
    assert not view.evaluate("view => view.contains(document.activeElement)")
    assert lab.axe(notebook.page, ".cs231n-live") == []


# ── the lecture as one page ──────────────────────────────────────────────────────────────────────

LECTURE = Path(__file__).parents[2] / "notebooks" / "lecture.ipynb"


@pytest.fixture(scope="module")
def lecture_page(tmp_path_factory):
    """The page that the notebook of the lecture saves."""
    made = {}
    for cell in nbformat.read(LECTURE, as_version=4).cells:
        if cell.cell_type == "code" and not cell.source.startswith(("net", "print")):
            exec(cell.source, made)
    path = tmp_path_factory.mktemp("lecture") / "lecture.html"
    return save_page(path, made["scenes"], "Lecture 4", deck=True), made["scenes"]


def test_a_lecture_of_twelve_scenes_is_given_by_keys_alone(open_page, lecture_page):
    path, scenes = lecture_page
    opened = open_page(path)
    page, keys = opened.page, opened.page.keyboard
    stops = [(heading, view) for heading, *views in scenes for view in views]
    assert len(scenes) >= 12
    for number, (heading, _) in enumerate(stops, 1):
        expect(page.locator("h2:visible")).to_have_text(heading)
        expect(page.locator(".cs231n-place:visible")).to_have_count(1)
        view = page.locator(".cs231n-place:visible .cs231n-live").first
        assert page.url.endswith(f"#{number}")
        act_by_keys(page, view)
        inside = (
            "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        wide, high = page.evaluate(inside)
        assert wide <= 1280
        assert high <= 720 or view.locator("svg").count() > 2, (heading, high)
        keys.press("PageDown")
    for _ in stops:
        keys.press("PageUp")
    assert page.url.endswith("#1")
    assert opened.console_errors == []


def act_by_keys(page, view):
    """What a lecturer does in a scene: step, vote, or move the first slider, then leave it."""
    before = view.inner_text()
    if view.locator(".step-bar").count():
        page.keyboard.press("ArrowRight")
    elif view.locator(".option").count():
        page.keyboard.press("b")
    elif view.get_by_role("slider").count():
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.type === 'range'"):
                break
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
    page.wait_for_function(
        "([view, old]) => view.innerText !== old", arg=[view.element_handle(), before]
    )


def test_axe_finds_nothing(notebook):
    found = lab.axe(notebook.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []
