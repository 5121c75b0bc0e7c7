"""For a hall: digits of 20 pixels, everything in one small window, one height, keys only."""

import pytest
from playwright.sync_api import expect

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


def train(view):
    """Before the first step, while it runs, and after a loss that explodes."""
    yield
    button(view, "One step").click()
    expect(view.locator(".training-status")).to_contain_text("Step 1 ")
    yield
    view.get_by_label("learning rate").select_option("100")
    button(view, "Start").click()
    expect(view.locator(".training-said")).to_contain_text("explodes", timeout=30_000)
    yield


def move_along(view):
    for x in ("-6", "0", "0.05", "6"):
        view.get_by_role("slider").fill(x)
        yield


def grow(view):
    for size in ("4", "8", "16", "64", "4,096", "409,600"):
        view.get_by_label(size, exact=True).check()
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


# ── charts ───────────────────────────────────────────────────────────────────────────────────────

CHARTS = {
    "training_view(class_mode=True)": train,
    "activation_view(class_mode=True)": move_along,
    "explore_jacobian(class_mode=True)": grow,
}
TEXTS = """view => {
  const found = [];
  const walker = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const isSeen = e.checkVisibility() && !e.closest(".only-heard, .reset");
    if (!isSeen || !walker.currentNode.data.trim()) continue;
    const scale = e.ownerSVGElement ? e.getScreenCTM().a : 1;
    found.push([parseFloat(getComputedStyle(e).fontSize) * scale, walker.currentNode.data]);
  }
  return found;
}"""


def outside(view):
    """The texts and controls that stand beyond the edges of the view."""
    return view.evaluate("""view => {
      const box = view.getBoundingClientRect();
      const parts = [...view.querySelectorAll("text, p:not(.only-heard), button, select, td")];
      return parts.filter((part) => part.checkVisibility()).filter((part) => {
        const own = part.getBoundingClientRect();
        return own.right > box.right + 1 || own.bottom > box.bottom + 1;
      }).map((part) => part.textContent);
    }""")


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


def test_axe_finds_nothing(notebook):
    found = lab.axe(notebook.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []


# Last: `open_notebook` ends all kernels, also that of `notebook`.


@pytest.mark.parametrize("code", CHARTS)
def test_a_chart_in_a_hall_is_read_from_the_last_row(open_notebook, code):
    notebook = open_notebook([SETUP, code], viewport=(1280, 600))
    view = notebook.cell(1).locator(".cs231n-live.for-class")
    heights = set()
    for _ in CHARTS[code](view):
        small = [text for size, text in view.evaluate(TEXTS) if size < 19.9]
        assert small == []
        assert outside(view) == []
        heights.add(round(view.bounding_box()["height"]))
    assert len(heights) == 1
    assert heights.pop() <= 600 - BARS
    assert notebook.console_errors == []
    found = lab.axe(notebook.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────
