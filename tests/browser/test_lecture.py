"""The lecture notebook in a hall of 1280 × 720, by keys alone."""

import pytest
from notebook_tools import NOTEBOOKS
from playwright.sync_api import expect

from cs231n_lec4 import words

from . import lab

PATH = NOTEBOOKS / "lecture.ipynb"
SCENES = list(words.HALL)
IN_SIGHT = """scene => {
  const shell = document.querySelector(".jp-WindowedPanel-outer")?.getBoundingClientRect();
  const [top, bottom] = shell ? [shell.top, shell.bottom] : [0, innerHeight];
  const outer = [...scene.querySelectorAll(".cs231n-live")]
    .filter((view) => !view.parentElement.closest(".cs231n-live") && view.checkVisibility());
  const lowest = scene.closest(".jp-Cell") ? bottom : innerHeight;
  return outer.map((view) => {
    const box = view.getBoundingClientRect();
    return [view.className, box.height > 50, box.top >= top - 1, box.bottom <= lowest + 1,
      box.left >= 0 && box.right <= innerWidth];
  });
}"""
TITLE_IN_SIGHT = """scene => {
  const window = document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
  const title = scene.previousElementSibling.querySelector("h2").getBoundingClientRect();
  return title.top >= window.top && title.bottom <= window.bottom;
}"""


@pytest.fixture(scope="module")
def hall(browser, lab_server):
    """The lecture after Run All Cells, the first cell chosen; from then on only keys."""
    notebook = lab.open_notebook(lab_server, lab.new_page(browser, viewport=(1280, 720)), PATH)
    yield notebook
    notebook.page.context.close()
    lab_server.stop_kernels()


def begin(notebook):
    """From the title to the first scene."""
    notebook.page.keyboard.press("Escape")
    notebook.page.locator(".jp-Cell").first.click()
    press(notebook, "n")
    expect(scene_at(notebook, SCENES[0]).locator(".cs231n-live:focus")).to_have_count(1)


def scene_at(notebook, name):
    """The cell that makes the scene of this name."""
    cells = notebook.page.locator(".jp-Cell[data-hall]")
    return cells.nth(SCENES.index(name))


def press(notebook, *keys):
    for key in keys:
        notebook.page.keyboard.press(key)


def is_in_sight(scene):
    return scene.evaluate(IN_SIGHT)


def test_title_question_and_picture_of_every_scene_are_in_sight_at_once(hall):
    begin(hall)
    for name in SCENES:
        cell = scene_at(hall, name)
        expect(cell.locator(".cs231n-live:focus")).to_have_count(1)
        views = is_in_sight(cell)
        assert len(views) == (1 if name == "first" else 2), name
        assert all(all(inside) for _, *inside in views), (name, views)
        assert cell.evaluate(TITLE_IN_SIGHT), name
        hall.screenshot(f"lecture-{name}")
        press(hall, "n")
    assert hall.console_errors == []


def test_page_up_goes_back_and_the_last_scene_is_the_last(hall):
    begin(hall)
    press(hall, *["PageDown"] * 3, "PageUp")
    expect(scene_at(hall, SCENES[2]).locator(".cs231n-live:focus")).to_have_count(1)
    press(hall, *["n"] * 20)
    expect(scene_at(hall, SCENES[-1]).locator(".cs231n-live:focus")).to_have_count(1)


def test_the_answer_puts_a_real_training_in_the_place_of_one_update(hall):
    hall.run_all()
    begin(hall)
    press(hall, *["n"] * SCENES.index("training"))
    cell = scene_at(hall, "training")
    walk, training = cell.locator(".cs231n-live:has(.steps)"), cell.locator(".cs231n-training")
    press(hall, "End")
    expect(cell.locator(".step-losses")).to_have_text("L in each round: 4.00 → ?")
    expect(training).to_be_hidden()
    press(hall, "d", "r")
    expect(training).to_be_visible()
    expect(walk).to_be_hidden()
    start = training.get_by_role("button", name="Start")
    press(hall, "t")
    expect(start).to_have_attribute("aria-disabled", "true")
    press(hall, "t")
    expect(training.locator(".training-said")).to_contain_text("Stopped after step")
    training.get_by_role("button", name="Same weights again").click()
    press(hall, "r")
    expect(walk).to_be_visible()
    press(hall, "n")
    expect(scene_at(hall, "activations").locator(".cs231n-live:focus")).to_have_count(1)


@pytest.mark.long
def test_the_lecture_is_given_with_keys_alone(hall):
    begin(hall)
    before = hall.page.locator(".jp-Cell").count()
    for name in SCENES:
        cell, texts = scene_at(hall, name), words.HALL[name]
        if name == "first":
            answer_the_quiz(hall, cell)
        else:
            vote_and_reveal(hall, cell, texts)
        move_something(hall, cell, name)
        press(hall, "Escape", "ArrowDown", "ArrowDown")
    assert hall.page.locator(".jp-Cell").count() == before
    assert hall.console_errors == []


def vote_and_reveal(notebook, cell, texts):
    """A wrong vote, talk, the right one, reveal; the picture shows its gradients after that."""
    expect(cell.locator(".cs231n-live:focus")).to_have_count(1)
    right = texts["right"]
    wrong = "B" if right == "A" else "A"
    press(notebook, wrong)
    expect(cell.locator(".ask-view .quiz-said")).to_contain_text(f"First vote: {wrong}.")
    press(notebook, right.lower(), "r")
    expect(cell.locator(".option.is-right")).to_contain_text(right)
    _, reason = texts["answers"]["ABCD".index(right)]
    expect(cell.locator(".ask-view .quiz-said")).to_contain_text(reason)
    expect(cell.locator(".ask-view")).to_have_attribute("data-veil", "off")
    assert all(all(inside) for _, *inside in is_in_sight(cell))


def answer_the_quiz(notebook, cell):
    for place in (1, 2, 3, 4):
        expect(cell.locator(".quiz-question")).to_contain_text(f"{place} of 4.")
        press(notebook, "A", "r")
        expect(cell.locator(".option.is-right")).to_have_count(1)
        assert all(all(inside) for _, *inside in is_in_sight(cell))
        if place < 4:
            press(notebook, "r")


def move_something(notebook, cell, name):
    """A slider of the scene moves by Tab and arrow key, where it has one; steps go on."""
    if name == "branch":
        press(notebook, "ArrowRight", "ArrowRight")
        expect(cell.locator(".step-count")).to_contain_text("Step 2 of")
        return
    if name == "training":
        cell.get_by_role("button", name="One step").focus()
        press(notebook, "Enter")
        expect(cell.locator(".training-status")).to_contain_text("Step 1 ")
        return
    handle = cell.get_by_role("slider").first
    if cell.get_by_role("slider").count() and handle.is_visible():
        tab_to(notebook, handle)
        before = handle.input_value()
        press(notebook, "ArrowRight")
        assert handle.input_value() != before


def tab_to(notebook, handle):
    for _ in range(30):
        if handle.evaluate("e => e === document.activeElement"):
            return
        press(notebook, "Tab")
    raise AssertionError("Tab does not reach the slider")


def test_gradients_wait_behind_a_veil_until_the_answer(hall):
    hall.run_all()
    begin(hall)
    press(hall, *["n"] * SCENES.index("patterns"))
    cell = scene_at(hall, "patterns")
    gradient = cell.locator("svg .gradient").first
    expect(gradient).to_be_hidden()
    press(hall, "B", "r")
    expect(gradient).to_be_visible()


# ── keys of the notebook ─────────────────────────────────────────────────────────────────────────

# In command mode each does something to a cell, to the kernel, or to the page.
LABS_KEYS = "a b c v x z y m r d d l o i i 0 0 1 2 f s Shift+M Shift+V Shift+O Shift+L Enter Delete"
STATE = """() => [
  [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map((cell) => cell.className
    .split(" ").filter((c) => /^jp-(Code|Markdown|Raw)Cell$|collapsed|dirty|editMode/.test(c)).join()),
  [...document.querySelectorAll(".jp-Cell .cm-content")].map((text) => text.textContent),
  document.querySelectorAll(".jp-Dialog").length,
  document.querySelector(".jp-Notebook").className.includes("jp-mod-editMode"),
]"""
FOCUS = {
    "the view": lambda cell: cell.locator(".cs231n-live[tabindex]").last.focus(),
    "a slider": lambda cell: cell.get_by_role("slider").first.focus(),
    "an answer": lambda cell: cell.locator(".option").first.focus(),
    "the cell": lambda cell: (cell.locator(".option").first.focus(), cell.press("Escape")),
    "the prompt": lambda cell: cell.locator(".jp-InputPrompt").first.click(),
    "the title": lambda cell: cell.locator("xpath=preceding-sibling::*[1]").click(),
}


@pytest.mark.parametrize("focus", FOCUS)
def test_no_key_reaches_the_notebook_from_a_scene(hall, focus):
    begin(hall)
    press(hall, *["n"] * SCENES.index("patterns"))
    cell = scene_at(hall, "patterns")
    before = hall.page.evaluate(STATE)
    for key in LABS_KEYS.split():
        FOCUS[focus](cell)
        press(hall, key)
        assert hall.page.evaluate(STATE) == before, key
    assert hall.console_errors == []


def test_an_author_writes_in_the_code_of_a_scene_and_runs_it(open_notebook):
    source = "from cs231n_lec4 import *\nask('Which?', list('xy'), 'A', ['It is.', 'It is not.'])"
    notebook = open_notebook(["1", source, "2"])
    code = notebook.cell(1).locator(".cm-content")
    code.click()
    press(notebook, "Control+End", "#", "b", "r", "n", "ArrowUp", "Home")
    expect(code).to_contain_text("#brn")
    press(notebook, "Escape", "Control+Enter")
    expect(notebook.cell(1).locator(".ask-view")).to_be_visible()
    notebook.cell(0).click()  # no scene: its keys are the notebook's
    press(notebook, "Escape", "b")
    expect(notebook.page.locator(".jp-Notebook .jp-Cell")).to_have_count(4)
