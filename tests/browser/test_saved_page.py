"""A saved page, opened from disk: no kernel, no network; by keys, by mouse, and by touch on a
phone."""

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import explore, lecture, quiz, step_through
from cs231n_lec4.live.saved_page import save_page

from . import lab
from .views import button, numbers_in, numbers_of, slider

MOVING = """() => [...document.querySelectorAll(".cs231n-live *")]
  .map((element) => getComputedStyle(element))
  .filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== "none")
  .length"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    views = [
        ("Explore", explore(lecture.add_multiply(), x=(-5, 5))),
        ("Step through", step_through(lecture.sigmoid_neuron(), fold={"σ": lecture.SIGMOID_GATES})),
        ("Quiz", quiz(lecture.add_multiply())),
        ("Arrays", step_through(lecture.squared_norm_of_product())),
    ]
    return save_page(tmp_path_factory.mktemp("page") / "page.html", views, title="Lecture 4")


def view_at(page, index):
    return page.page.locator(".cs231n-live").nth(index)


def test_everything_works_without_a_kernel(open_page, path):
    page = open_page(path)
    view = view_at(page, 0)
    slider(view, "x").press("End")
    assert numbers_of(view) == numbers_in(lecture.add_multiply(5.0))
    lab.drag_slider(page.page, slider(view, "z"), 0.9)
    z = float(slider(view, "z").input_value())
    assert numbers_of(view) == numbers_in(lecture.add_multiply(5.0, 5.0, z))
    button(view, "Nudge").click()
    expect(view.locator(".nudge-sentence")).to_contain_text("changes by")
    button(view, "Reset to the slide").click()
    assert numbers_of(view) == numbers_in(lecture.add_multiply())
    steps = view_at(page, 1)
    button(steps, "Next").click()
    page.page.keyboard.press("End")
    expect(steps.locator(".step-count")).to_have_text("Step 17 of 17")
    arrays = view_at(page, 3)
    assert arrays.get_by_role("slider").count() == 0
    expect(arrays.locator(".control-panel")).to_contain_text("Here they stay as they were saved")
    button(arrays, "Next").click()
    expect(arrays.locator(".code-row code")).to_have_text("q = W @ x")
    assert page.console_errors == []


def test_a_finger_moves_a_slider_on_a_phone_and_only_the_picture_scrolls(open_page, path):
    page = open_page(path, phone=True)
    view = view_at(page, 0)
    thumb = slider(view, "x")
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    page.page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    x = float(thumb.input_value())
    assert x > 2
    assert numbers_of(view) == numbers_in(lecture.add_multiply(x))
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    steps = view_at(page, 1)
    assert steps.locator(".drawing").evaluate(
        "d => (d.scrollLeft = 50, d.scrollLeft > 0 && d.tabIndex === 0)"
    )
    size = steps.locator("svg .value").first.evaluate(
        "t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a"
    )
    assert size >= 12
    assert box["height"] >= 24
    button(steps, "Next").tap()
    expect(steps.locator(".step-count")).to_have_text("Step 1 of 17")
    page.screenshot("saved-page-phone")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_saved_page(open_page, path, scheme):
    page = open_page(path)
    page.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = lab.axe(page.page, "body")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    page.screenshot(f"saved-page-{scheme}")
    assert page.page.evaluate(MOVING) == 0


def test_the_focus_can_be_seen_on_every_control(open_page, path):
    page = open_page(path).page
    unseen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "() => [getComputedStyle(document.activeElement).outlineStyle, document.activeElement.outerHTML.slice(0, 60)]"
        )
        if outline[0] == "none":
            unseen.append(outline)
    assert unseen == []
