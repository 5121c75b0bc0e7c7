"""A saved page, opened from disk: no kernel, no network; by keys, by mouse, and by touch on a
phone."""

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    Input,
    explore,
    explore_jacobian,
    lecture,
    quiz,
    step_through,
)
from cs231n_lec4.live.base.page import save_page

from . import lab
from .test_class_mode import SIZES, WITH_DIGITS, places
from .views import (
    button,
    entry_text,
    gradient_of,
    number,
    numbers_in,
    numbers_of,
    slider,
    type_into,
)

MOVING = """() => [...document.querySelectorAll(".cs231n-live *")]
  .map((element) => getComputedStyle(element))
  .filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== "none")
  .length"""


class TwiceGate(Gate):
    """A loop, which the browser cannot run."""

    def forward(self, x):
        for _ in range(1):
            x = x + x
        return x

    def backward(self, dz):
        return [2.0 * dz]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    views = [
        ("Explore", explore(lecture.add_multiply(), x=(-5, 5))),
        ("Step through", step_through(lecture.sigmoid_neuron(), fold={"σ": lecture.SIGMOID_GATES})),
        ("Quiz", quiz(lecture.add_multiply())),
        ("Arrays", step_through(lecture.squared_norm_of_product())),
        ("Vote", quiz(lecture.add_multiply(), choices=True)),
        ("One gate", explore(ComputationalGraph((Input(3.0, "x") * Input(-4.0, "y")).named("f")))),
        ("Hall", step_through(lecture.sigmoid_neuron(), class_mode=True)),
        ("Hall again", explore(lecture.add_multiply(), class_mode=True)),
        ("Jacobian", explore_jacobian()),
        ("Jacobian again", explore_jacobian()),
        ("Only Python", explore(ComputationalGraph(TwiceGate(Input(3.0, "x")).named("twice")))),
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
    number(view, "y").press("ArrowLeft")
    expect(view.locator(".held-sentence")).to_contain_text("changes by")
    button(view, "Reset").click()
    assert numbers_of(view) == numbers_in(lecture.add_multiply())
    steps = view_at(page, 1)
    button(steps, "Next").click()
    page.page.keyboard.press("End")
    expect(steps.locator(".step-count")).to_have_text("Step 17 of 17")
    arrays = view_at(page, 3)
    button(arrays, "Next").click()
    expect(arrays.locator(".code-row code")).to_have_text("q = W @ x")
    slider(arrays, "W[0, 1]").press("End")
    assert numbers_of(arrays)[2] == ["[2.22]", ""]
    button(arrays, "Last step").click()
    arrays.locator("rect.array").nth(1).focus()
    expect(arrays.locator(".entry")).to_have_text(entry_text("x[0]", "0.20", "0.29"))
    only_python = view_at(page, 10)
    assert only_python.get_by_role("slider").count() == 0
    expect(only_python.locator(".control-panel")).to_have_text(
        "Only Python can compute twice, the gate Twice. Here all numbers stay as they were saved."
    )
    expect(only_python.locator("svg .gate.by-python")).to_contain_text("Twice")
    assert page.console_errors == []


def test_a_fold_opens_by_key_and_the_numbers_outside_stay(open_page, path):
    view = view_at(open_page(path), 1)
    button(view, "Last step").click()
    whole = numbers_of(view)
    button(view, "Fold 4 gates into σ").press("Enter")
    folded = numbers_of(view)
    assert len(folded) == len(whole) - 3
    assert (folded[:8], folded[-1]) == (whole[:8], whole[-1])
    view.locator("svg .folded").click()
    assert numbers_of(view) == whole


def test_new_numbers_are_drawn_and_solved_without_python(open_page, path):
    view = view_at(open_page(path), 2)
    before = numbers_of(view)
    button(view, "New numbers").press("Enter")
    assert numbers_of(view) != before
    z, q = numbers_of(view)[3][0], numbers_of(view)[2][0]
    for name, answer in (("q", z), ("x", z), ("y", z), ("z", q)):
        type_into(view, gradient_of(name), answer)
    expect(view.locator(".quiz-count")).to_have_text("4 of 4 right")


def test_a_vote_goes_by_keys_in_a_saved_page(open_page, path):
    page = open_page(path)
    view = view_at(page, 4)
    options = view.locator(".option")
    wrong = next(k for k in range(4) if options.nth(k).inner_text().endswith(" −3.00"))
    view.focus()
    page.page.keyboard.press("ABCD"[wrong])
    expect(view.locator(".quiz-said")).to_contain_text("Talk to your neighbour")
    button(view, "Reveal").press("Enter")
    expect(view.locator(".quiz-said")).to_contain_text("Only the sign is wrong")


def test_one_gate_has_its_upstream_gradient_as_a_slider(open_page, path):
    view = view_at(open_page(path), 5)
    slider(view, "upstream gradient").press("End")
    assert numbers_of(view)[:2] == [["3.00", "−24.00"], ["−4.00", "18.00"]]
    expect(view.locator(".pattern")).to_contain_text("switcher")


def test_an_entry_of_an_array_is_told_by_keys(open_page, path):
    view = view_at(open_page(path), 3)
    button(view, "Last step").click()
    view.locator("rect.array").first.focus()
    view.locator("rect.array").first.press("ArrowRight")
    expect(view.locator(".entry")).to_have_text(entry_text("W[0, 1]", "0.50", "0.18"))


def test_a_moved_slider_is_heard(open_page, path):
    view = view_at(open_page(path), 0)
    slider(view, "x").press("End")
    expect(view.locator("[aria-live=polite]")).to_contain_text("z: value −4.00, gradient 10.00")


def test_the_hall_has_digits_of_20_pixels_and_one_height(open_page, path):
    page = open_page(path)
    steps, explored = view_at(page, 6), view_at(page, 7)
    heights = set()
    for _ in places(steps):
        assert min(steps.evaluate(SIZES, WITH_DIGITS)) >= 20
        heights.add(steps.bounding_box()["height"])
    assert len(heights) == 1
    assert heights.pop() <= 720
    assert min(explored.evaluate(SIZES, WITH_DIGITS)) >= 20


def test_the_jacobian_lives_in_a_saved_page(open_page, path):
    page = open_page(path)
    view = view_at(page, 8)
    slider(view, "x[0]").press("End")
    expect(view.locator(".jacobian-counter")).to_contain_text("Not zero: 1")
    view.get_by_role("radio", name="4,096", exact=True).check()
    expect(view.locator(".jacobian-counter")).to_contain_text("16,777,216")
    assert page.console_errors == []


def test_views_of_one_graph_follow_each_other_as_in_jupyterlab(open_page, tmp_path):
    graph, other = lecture.add_multiply(), lecture.add_multiply()
    views = [explore(graph), step_through(graph), quiz(graph), explore(other)]
    close = ComputationalGraph((graph.inputs["z"] * Input(2.0, "w")).named("p"))
    views += [explore(close), explore(close, class_mode=True)]
    scenes = [("One", *views[:3]), ("Two", *views[3:])]
    page = open_page(save_page(tmp_path / "page.html", scenes, "Company", deck=False))
    moved = lecture.add_multiply(z=-3.9)
    button(view_at(page, 1), "Last step").click()
    slider(view_at(page, 0), "z").press("ArrowRight")
    for k in (0, 1):
        assert numbers_of(view_at(page, k)) == numbers_in(moved)
    for k in (4, 5):
        assert numbers_of(view_at(page, k))[0][0].startswith("−3.9")
    for k in (2, 3):  # a quiz keeps its numbers, and a graph of equal names is another one
        assert [value for value, _ in numbers_of(view_at(page, k))][2:4] == ["3.00", "−4.00"]
    slider(view_at(page, 5), "upstream gradient").press("Home")
    assert numbers_of(view_at(page, 4))[-1][1] == numbers_of(view_at(page, 5))[-1][1] == "−4.00"
    button(view_at(page, 1), "Reset").click()
    assert numbers_of(view_at(page, 0)) == numbers_in(lecture.add_multiply())
    assert numbers_of(view_at(page, 4))[0][0] == "−4.00"
    assert page.console_errors == []


def test_a_strict_policy_lets_everything_work(open_page, path):
    page = open_page(
        path, csp="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    )
    view = view_at(page, 0)
    slider(view, "x").press("End")
    assert numbers_of(view) == numbers_in(lecture.add_multiply(5.0))
    assert [e for e in page.console_errors if "script" in e] == []


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
    for _ in places(steps):  # the gate of every step is in sight
        for gate in steps.locator("svg .gate.lit").all():
            edges = gate.bounding_box()
            assert edges["x"] >= 0
            assert edges["x"] + edges["width"] <= lab.PHONE[0]


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
