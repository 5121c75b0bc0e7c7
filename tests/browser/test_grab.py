"""A number on an input's wire: dragged, moved by keys, typed over; what it changes stands on the
wires."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cs231n_lec4 import (
    ComputationalGraph,
    Input,
    explore,
    lecture,
    log,
    quiz,
    reciprocal,
    squared_norm,
    step_through,
    words,
)

from . import lab
from .views import blank, button, number, numbers_in, numbers_of, slider

CHANGES = """view => Object.fromEntries([...view.querySelectorAll("g.wire")].map(wire => [
  wire.querySelector(".value").textContent,
  [...wire.querySelectorAll(".change")].map(tag => tag.textContent)]))"""
SLOPE = """view => {
  const ends = view.querySelector(".tangent").getAttribute("d").match(/-?[\\d.]+/g).map(Number);
  return -(ends[3] - ends[1]) / (ends[2] - ends[0]);
}"""


def drag(view, name, dx, modifier=None):
    """Take a number and move it by so many pixels; the hand holds it still."""
    mouse, box = view.page.mouse, number(view, name).bounding_box()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    if modifier:
        view.page.keyboard.down(modifier)
    mouse.move(box["x"] + box["width"] / 2 + dx, box["y"], steps=5)


def test_a_drag_moves_the_number_and_every_wire_says_what_changes(open_view):
    view = open_view(explore(lecture.add_multiply(), y=(-5, 15)))
    drag(view, "y", -60)
    assert numbers_of(view) == numbers_in(lecture.add_multiply(y=-1.0))
    expect(slider(view, "y")).to_have_value("-1")
    assert view.evaluate(CHANGES) == {
        "−2.00": ["", ""],
        "−1.00": ["−6", "+24"],
        "−3.00": ["−6", "+24"],
        "−4.00": ["", ""],
        "12.00": ["+24", "+24"],
    }
    expect(view.locator(".held-sentence")).to_contain_text(
        "−4 × (−6) = +24. f really changes by +24"
    )
    view.page.mouse.up()
    button(view, "Reset").click()
    assert set(view.locator(".change").all_text_contents()) == {""}
    expect(view.locator(".held-sentence")).to_have_text(words.VIEW["held_help"])
    assert view.console_errors == []


def test_on_a_curve_the_real_change_is_not_what_the_gradient_promised(open_view):
    view = open_view(explore(lecture.sigmoid_neuron()))
    number(view, "w0").press("PageUp")
    assert view.locator("g.wire").first.locator(".change").all_text_contents() == ["+1", "−0.1966"]
    assert view.evaluate(CHANGES)["0.50"] == ["−0.2311", "−0.2311"]


def test_shift_is_ten_times_finer(open_view):
    view = open_view(explore(lecture.add_multiply(), y=(-5, 15)))
    drag(view, "y", 50, "Shift")
    assert numbers_of(view)[1][0] == "5.50"
    view.page.keyboard.up("Shift")
    view.page.mouse.up()
    number(view, "x").press("Shift+ArrowLeft")
    assert numbers_of(view)[0][0] == "−2.01"


def test_every_key_moves_the_number_and_a_slider_follows(open_view):
    view = open_view(explore(lecture.add_multiply(), x=(-5, 5)))
    x = number(view, "x")
    for key, value in [("ArrowRight", -1.9), ("ArrowUp", -1.8), ("ArrowDown", -1.9), ("PageUp", -0.9),
                       ("PageDown", -1.9), ("ArrowLeft", -2), ("End", 5), ("Home", -5)]:  # fmt: skip
        x.press(key)
        expect(slider(view, "x")).to_have_value(f"{value:g}")
        expect(x).to_have_attribute("aria-valuenow", f"{value:g}")
        assert numbers_of(view) == numbers_in(lecture.add_multiply(x=value))


def test_a_number_is_typed_over_the_old_one(open_view):
    view = open_view(explore(lecture.add_multiply()))
    number(view, "z").press("Enter")
    box = view.locator(".typed-over input")
    expect(box).to_be_focused()
    box.fill("1/2")
    box.press("Enter")
    expect(box).to_have_count(0)
    expect(number(view, "z")).to_be_focused()
    assert numbers_of(view) == numbers_in(lecture.add_multiply(z=0.5))
    number(view, "z").dblclick()
    box.fill("seven")
    box.press("Enter")
    expect(view.locator(".problem")).to_contain_text("“seven” is not a number. z stays 0.5.")
    number(view, "z").dblclick()
    box.fill("9")
    box.press("Escape")
    expect(box).to_have_count(0)
    assert numbers_of(view) == numbers_in(lecture.add_multiply(z=0.5))


def test_arrow_keys_on_a_number_do_not_step(open_view):
    view = open_view(step_through(lecture.add_multiply()), motion=False)
    button(view, "Next").click()
    number(view, "x").press("ArrowRight")
    expect(view.locator(".step-count")).to_have_text("Step 1 of 5")
    changes = view.evaluate(CHANGES)
    assert changes["−1.90"] == ["+0.1", ""]  # no gradient is known yet
    assert [tags for tags in changes.values() if "−0.4" in tags] == []


def test_the_tangent_has_the_slope_of_the_gradient(open_view):
    view = open_view(explore(lecture.add_multiply(), x=(-5, 5), y=(-5, 5), z=(-5, 5)))
    slopes = {}
    for name in ("x", "y", "z"):
        number(view, name).press("ArrowRight")
        number(view, name).press("ArrowLeft")
        expect(view.locator(".held-caption")).to_contain_text(f"f while {name} moves")
        expect(view.locator(".trace .chart-text").last).to_have_text(name)
        slopes[name] = view.evaluate(SLOPE)
    # f moves over 40 units while x or y moves over its range, and over 30 while z does.
    height = 130 - 22 - 20
    width = 270 - 2 * 8
    assert slopes["x"] == pytest.approx(-height / width, rel=0.02)
    assert slopes["z"] == pytest.approx(height / width, rel=0.02)


@pytest.mark.parametrize("graph", [lecture.small_net(), lecture.linear_classifier()])
def test_the_curve_is_that_of_the_input_that_moved_last(open_view, graph):
    view = open_view(explore(graph))
    caption, names = view.locator(".held-caption"), [c["label"] for c in explore(graph).controls]
    expect(caption).to_contain_text(f" while {names[0]} moves")
    for name in (names[2], names[-1]):
        slider(view, name).press("ArrowRight")
        expect(caption).to_contain_text(f" while {name} moves")
        expect(view.locator(".trace text").last).to_have_text(name)
    drag(view, names[0], 10)
    view.page.mouse.up()
    expect(caption).to_contain_text(f" while {names[0]} moves")


def test_a_finger_drags_a_number_and_scrolls_beside_it(open_view):
    view = open_view(explore(lecture.add_multiply()), touch=True)
    actions = "rect => getComputedStyle(rect).touchAction"
    assert number(view, "x").evaluate(actions) == "none"
    assert view.locator("svg").first.evaluate(actions) == "auto"
    assert view.locator(".array, .gate").first.evaluate(actions) == "auto"


def test_a_quiz_and_a_folded_picture(open_view):
    assert open_view(quiz(lecture.add_multiply())).get_by_role("spinbutton").count() == 0
    fold = {"σ": lecture.SIGMOID_GATES}
    view = open_view(explore(lecture.sigmoid_neuron(), fold=fold))
    button(view, "Fold 4 gates into σ").click()
    assert view.get_by_role("spinbutton").count() == 5
    number(view, "w2").press("ArrowRight")
    assert view.evaluate(CHANGES)["−2.90"] == ["+0.1", "+0.0197"]


@pytest.mark.parametrize("viewport", [(1280, 720), (560, 800)])
@pytest.mark.parametrize("make", [explore, step_through])
def test_axe_finds_nothing_while_a_number_is_held(open_view, make, viewport):
    view = open_view(make(lecture.add_multiply()), viewport=viewport)
    number(view, "y").press("ArrowRight")
    found = lab.axe(view.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []
    assert blank(view, "value of y").count() == 1


def test_the_view_keeps_its_height_while_a_number_is_held(open_view):
    view = open_view(explore(lecture.add_multiply()))
    heights = [view.bounding_box()["height"]]
    for key in ("ArrowRight", "PageDown", "Home"):
        number(view, "z").press(key)
        heights.append(view.bounding_box()["height"])
    assert set(heights) == {heights[0]}


# ── one number of an array ───────────────────────────────────────────────────────────────────────


def slide():
    """f = ‖Wx‖² with the numbers of the slide."""
    return explore(lecture.squared_norm_of_product(), digits=3)


def tags(view):
    """What stands above and below each wire, by its name, while a number is held."""
    found = view.evaluate(CHANGES)
    return dict(zip(["W", "x", "q", "f"], found.values(), strict=True))


def test_an_entry_is_dragged_and_what_it_changes_is_said(open_view):
    view = open_view(slide())
    start = view.locator(".drawing svg").first.text_content()
    drag(view, "W[0, 1]", 20)
    expect(slider(view, "W[0, 1]")).to_have_value("1.5")
    found = tags(view)
    assert found["W"] == ["+1", "+0.176"]
    assert found["x"] == ["", ""]
    assert found["q"] == ["[+0.4][0]", "+0.176"]
    assert found["f"] == ["+0.336", "+0.336"]
    sentence = view.locator(".held-sentence")
    expect(sentence).to_contain_text("W[0, 1] changes by +1")
    expect(sentence).to_contain_text("0.176 × 1 = +0.176. f really changes by +0.336")
    view.page.mouse.up()
    button(view, "Reset").click()
    assert view.locator(".drawing svg").first.text_content() == start
    assert view.console_errors == []


def test_the_keyboard_reaches_every_entry_and_lets_go_of_it(open_view):
    view = open_view(slide())
    array = view.get_by_role("img", name="W, shape 2 × 2")
    array.focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        view.page.keyboard.press(key)
    expect(number(view, "W[1, 1]")).to_be_focused()
    expect(view.locator(".entry")).to_contain_text("W[1, 1]: value 0.800")
    view.page.keyboard.press("ArrowUp")
    expect(number(view, "W[1, 1]")).to_have_attribute("aria-valuenow", "0.9")
    expect(view.locator(".entry")).to_contain_text("W[1, 1]: value 0.900")
    expect(view.locator(".held-caption")).to_contain_text("f while W[1, 1] moves")
    view.page.keyboard.press("Enter")
    view.page.keyboard.type("-1/2")
    view.page.keyboard.press("Enter")
    expect(number(view, "W[1, 1]")).to_have_attribute("aria-valuenow", "-0.5")
    view.page.keyboard.press("Escape")
    expect(array).to_be_focused()
    expect(view.locator(".entry")).to_contain_text("W[1, 1]")
    assert set(view.locator(".change").all_text_contents()) == {""}


def test_every_number_of_a_small_net_can_be_taken(open_view):
    net = lecture.tiny_two_layer()
    view = open_view(explore(net))
    entries = [c["label"] for c in explore(net).controls]
    assert view.get_by_role("spinbutton").count() == len(entries)
    first, last = entries[0], entries[-1]
    for name in (first, last):
        number(view, name).focus()
        number(view, name).press("PageUp")
        expect(view.locator(".held-sentence")).to_contain_text(f"{name} changes by +")
    found = lab.axe(view.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []


# Characters of the numbers in a picture that the border of a frame goes through.
CUT = """view => [...view.querySelectorAll("g.wire")].flatMap(wire =>
  [...wire.querySelectorAll(".grab, .here")].flatMap(frame => {
    const box = frame.getBBox();
    const middle = box.y + box.height / 2;
    return [...wire.querySelectorAll("text:not(.change)")].flatMap(text =>
      [...text.textContent].map((character, k) => [character, text.getExtentOfChar(k)])
        .filter(([character, { y, height }]) => character.trim() && !"[]".includes(character)
          && y < middle && middle < y + height)
        .filter(([, { x, width }]) => [box.x, box.x + box.width].some(
          edge => x + 0.1 < edge && edge < x + width - 0.1))
        .map(([character]) => [frame.ariaLabel ?? frame.outerHTML, character]));
  }))"""
# Pixels that a change reaches down into the frame of its number.
ON_FRAME = """view => [...view.querySelectorAll("g.wire")].flatMap(wire => {
  const [frame, tag] = [wire.querySelector(".grab"), wire.querySelector(".change.of-value")];
  return frame && tag?.textContent ? [Number(tag.getAttribute("y")) - frame.getBBox().y] : [];
})"""
WIDE = np.array([[-1.5, 22.25, 3.0, -4.0], [1e-5, -0.25, -123.5, 7.0], [-9.0, -9.5, 0.1, -1e6]])


def table(size):
    """A matrix of this size with long and short numbers, most of them negative."""
    return ComputationalGraph(squared_norm(Input(WIDE[: size[0], : size[1]], "M")))


@pytest.mark.parametrize(
    "graph",
    [lecture.tiny_two_layer(), lecture.linear_classifier(), lecture.sigmoid_neuron()]
    + [table(size) for size in [(3, 4), (1, 4), (2, 3), (3, 1)]],
)
@pytest.mark.parametrize("class_mode", [False, True])
def test_no_frame_of_a_number_cuts_a_character(open_view, graph, class_mode):
    view = open_view(explore(graph, class_mode=class_mode))
    assert view.evaluate(CUT) == []
    for name in [c["label"] for c in explore(graph).controls][:12:3]:
        for key in ("PageUp", "Shift+ArrowLeft", "Home"):
            number(view, name).focus()
            number(view, name).press(key)
            assert view.evaluate(CUT) == []
            assert all(reach < 0 for reach in view.evaluate(ON_FRAME))


def test_the_pointer_reads_the_entry_that_it_points_at(open_view):
    view = open_view(explore(table((3, 4))))
    for at in [(0, 0), (0, 1), (1, 2), (2, 0), (2, 3)]:
        number(view, f"M[{at[0]}, {at[1]}]").hover()
        expect(view.locator(".entry")).to_contain_text(f"M[{at[0]}, {at[1]}]: value")


def test_an_array_that_is_not_written_out_has_no_handles(open_view):
    view = open_view(explore(ComputationalGraph(squared_norm(Input(np.arange(12.0), "x")))))
    assert view.get_by_role("spinbutton").count() == 0
    assert view.locator("input[type=range]").count() == 12


@pytest.mark.parametrize("x", [[1.0, 0.0, -1.0], [0.0], 0.0])
@pytest.mark.parametrize("gate", [log, reciprocal])
def test_where_the_output_is_no_number_the_trace_has_no_point(open_view, gate, x):
    node = gate(Input(x, "x"))
    view = open_view(explore(ComputationalGraph(node.sum() if np.ndim(x) else node + 1.0)))
    expect(view.locator(".trace")).to_be_visible()
    assert view.locator(".trace .now").count() == 0
    assert view.console_errors == []
