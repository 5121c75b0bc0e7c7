"""The training view and the activation view in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import training_view
from cs231n_lec4.lessons.trainer import Trainer
from cs231n_lec4.words.digits import short

from . import lab

TRAIN = """
from cs231n_lec4 import training_view
view = training_view("circles", hidden=6)
view
"""
ACTIVATE = """
from cs231n_lec4 import activation_view
points = activation_view()
points
"""
NEXT = "1 + 1"


def press(notebook, name):
    notebook.page.locator(".cs231n-training").get_by_role("button", name=name, exact=True).click()


def status(notebook):
    return notebook.page.locator(".training-status").inner_text()


def step(notebook):
    return int(re.match(r"Step (\d+)", status(notebook)).group(1))


def wait_for_words(notebook, text):
    notebook.page.locator(".training-said", has_text=text).wait_for(timeout=15_000)


def test_start_trains_and_stop_stops(open_notebook):
    notebook = open_notebook([TRAIN, NEXT])
    press(notebook, "Start")
    notebook.page.wait_for_function(
        "() => /Step [1-9]/.test(document.querySelector('.training-status').innerText)"
    )
    for name in ("Start", "One step"):  # they wait until it has stopped
        waits = notebook.page.locator(".training-buttons button", has_text=name)
        assert waits.get_attribute("aria-disabled") == "true"
        waits.click(force=True)
    wait_for_words(notebook, "Training runs.")
    assert notebook.run_cell("6 * 7; print(6 * 7)") == "42"
    press(notebook, "Stop")
    wait_for_words(notebook, "Stopped after step")
    reached = step(notebook)
    notebook.page.wait_for_timeout(500)
    assert step(notebook) == reached > 0
    assert notebook.run_cell("print(view.trainer.record.step)") == str(reached)
    assert notebook.console_errors == []


def test_step_and_reset_by_keyboard(open_notebook):
    notebook = open_notebook([TRAIN, NEXT])
    buttons = notebook.page.locator(".cs231n-training").get_by_role(
        "button", name="One step", exact=True
    )
    buttons.focus()
    for expected in (1, 2):
        notebook.page.keyboard.press("Enter")
        notebook.page.locator(".training-status", has_text=f"Step {expected} ").wait_for()
    press(notebook, "Same weights again")
    notebook.page.locator(".training-status", has_text="Step 0 ").wait_for()


def test_a_training_whose_kernel_has_restarted_does_not_run_for_ever(open_notebook):
    notebook = open_notebook([TRAIN])
    press(notebook, "Start")
    wait_for_words(notebook, "Training runs.")
    notebook.restart_kernel()
    wait_for_words(notebook, "Python has not answered yet.")
    notebook.run_at(0)
    press(notebook, "Start")
    wait_for_words(notebook, "Training runs.")
    press(notebook, "Stop")
    wait_for_words(notebook, "Stopped after step")


def test_a_menu_makes_a_new_net(open_notebook):
    notebook = open_notebook([TRAIN, NEXT])
    page = notebook.page
    page.get_by_label("hidden units (H)").select_option("3")
    wait_for_words(notebook, "This is another net, at step 0.")
    assert page.locator(".training-map .unit").count() == 3
    page.get_by_label("data").select_option("spirals")
    page.locator(".training-map .class-2").first.wait_for()
    assert notebook.run_cell("print(view.trainer.settings['hidden'])") == "3"


def test_the_picture_is_there_without_running_and_steps_aside_for_the_view(open_notebook):
    notebook = open_notebook([TRAIN, NEXT], run=False)
    notebook.run_at(0)
    page = notebook.page
    page.locator(".cs231n-training").wait_for()
    assert page.locator(".cs231n-static").count() == 1
    assert not page.locator(".cs231n-static").is_visible()
    alt = page.locator(".cs231n-static img").get_attribute("alt")
    assert alt.startswith("Training, step 0.")
    assert page.locator(".training-picture").get_attribute("aria-label") == alt


def test_the_picture_keeps_its_elements_and_its_place_while_it_trains(open_notebook):
    notebook = open_notebook([TRAIN, NEXT])
    page = notebook.page
    page.evaluate("() => { window.kept = document.querySelector('.training-map canvas') }")
    before = page.locator(".training-picture").bounding_box()
    press(notebook, "Start")
    page.wait_for_timeout(1500)
    press(notebook, "Stop")
    wait_for_words(notebook, "Stopped after step")
    assert page.evaluate("() => window.kept === document.querySelector('.training-map canvas')")
    assert page.locator(".training-picture").bounding_box() == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_views_have_no_accessibility_violations(open_notebook, theme):
    notebook = open_notebook([TRAIN, ACTIVATE, NEXT], theme=theme)
    assert lab.axe(notebook.page, ".cs231n-training") == []
    assert lab.axe(notebook.page, ".activation-charts") == []
    assert lab.axe(notebook.page, ".activation-row") == []
    notebook.screenshot(f"training-{theme}")
    assert notebook.console_errors == []


def test_the_point_follows_slider_keys_box_and_hand(open_notebook):
    notebook = open_notebook([ACTIVATE, NEXT])
    page = notebook.page
    slider = page.get_by_label("x, the sum that goes into the activation")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".activation-numbers", has_text="value 0.634, derivative 0.232").wait_for()
    notebook.wait_for_cell("print(points.x)", "0.55")
    page.get_by_label("value of x").fill("−3")
    page.keyboard.press("Tab")
    assert page.locator(".activation-said").inner_text() == (
        "At x = −3 the derivative is below 0.01 in tanh, ReLU."
    )
    notebook.wait_for_cell("print(points.x)", "-3.0")
    lab.drag(page, page.locator(".activation-charts svg").first, dx=40)
    assert slider.input_value() != "-3"


def test_the_table_answers_after_the_first_move(open_notebook):
    page = open_notebook([ACTIVATE]).page
    cells = page.locator(".activation-chain td")
    assert set(cells.all_inner_texts()) <= {"", "?"}
    page.get_by_label("value of x").fill("0")
    page.keyboard.press("Enter")
    expect(cells.last).to_have_text("0.00301")
    assert "?" not in cells.all_inner_texts()


def test_a_box_that_cannot_be_read_says_so(open_notebook):
    notebook = open_notebook([ACTIVATE, NEXT])
    page = notebook.page
    page.get_by_label("value of x").fill("seven")
    page.keyboard.press("Tab")
    page.locator(".problem", has_text="“seven” is not a number between −6 and 6.").wait_for()
    assert page.get_by_label("value of x").input_value() == "0.5"


def test_running_the_cell_again_leaves_one_view(open_notebook):
    notebook = open_notebook([TRAIN, NEXT])
    count = "from ipywidgets.widgets.widget import _instances; print(len(_instances))"
    before = notebook.run_cell(count)
    for _ in range(3):
        notebook.run_at(0)
    assert notebook.run_cell(count) == before
    assert notebook.page.locator(".cs231n-training").count() == 1


def test_arrow_keys_on_a_menu_stay_in_the_menu(open_notebook):
    notebook = open_notebook([TRAIN, NEXT])
    menu = notebook.page.get_by_label("hidden units (H)")
    menu.focus()
    notebook.page.keyboard.press("ArrowDown")
    notebook.wait_for_cell("print(view.trainer.settings['hidden'])", "10")


# ── a saved page ─────────────────────────────────────────────────────────────────────────────────

STOP = """() => new Promise((then) => {
  const buttons = [...document.querySelectorAll(".training-buttons button")];
  const begun = performance.now();
  const told = new MutationObserver(() =>
    buttons[0].getAttribute("aria-disabled") === "false" && then(performance.now() - begun));
  told.observe(buttons[0], { attributes: true });
  buttons[2].click();
})"""


def test_a_saved_page_trains_stops_and_begins_again(open_page, tmp_path):
    page = open_page(training_view("xor", hidden=6, pace=5).save(tmp_path / "page.html"))
    view = page.page.locator(".cs231n-training")
    status, said = view.locator(".training-status"), view.locator(".training-said")
    view.get_by_role("button", name="One step").click()
    trainer = Trainer(data="xor", hidden=6)
    trainer.step()
    expect(status).to_contain_text(f"Step 1 · loss {short(trainer.record.loss)}")
    assert view.locator("select").count() == 4
    expect(view.locator(".training-note")).to_contain_text("keeps its net")
    start = view.get_by_role("button", name="Start")
    start.click()
    expect(said).to_have_text("Training runs.")
    expect(start).to_have_attribute("aria-disabled", "true")
    page.page.wait_for_function(
        "() => Number(document.querySelector('.training-status').textContent.match(/\\d+/)) > 60"
    )
    times = [page.page.evaluate(STOP)]
    while len(times) < 3:
        start.click()
        times.append(page.page.evaluate(STOP))
    assert min(times) < 200
    expect(said).to_contain_text("Stopped after step")
    page.screenshot("training-saved")
    view.get_by_role("button", name="Same weights again").click()
    expect(status).to_contain_text("Step 0 ")
    view.get_by_label("learning rate").select_option("100")
    view.get_by_role("button", name="Start").click()
    expect(said).to_contain_text("The loss explodes")
    assert page.console_errors == []
    assert page.requests == []


def test_a_saved_page_chooses_another_data_set_also_while_it_trains(open_page, tmp_path):
    view = training_view("xor", hidden=3, layers=2)
    view.steps(3)
    page = open_page(view.save(tmp_path / "page.html"))
    place = page.page.locator(".cs231n-training")
    status, said = place.locator(".training-status"), place.locator(".training-said")
    expect(status).to_contain_text("Step 3 ")
    for name, start_first in (("spirals", True), ("circles", False), ("xor", False)):
        if start_first:
            place.get_by_role("button", name="Start").click()
            expect(said).to_have_text("Training runs.")
        place.get_by_label("data").select_option(name)
        trainer = Trainer(data=name, hidden=3, layers=2)
        expect(status).to_contain_text(f"Step 0 · loss {short(trainer.record.loss)}")
        expect(said).to_contain_text("another net")
        assert place.locator(".training-map .point").count() == len(trainer.x)
        for _ in range(2):
            place.get_by_role("button", name="One step").click()
            trainer.step()
        expect(status).to_contain_text(f"Step 2 · loss {short(trainer.record.loss)}")
    assert page.console_errors == []
