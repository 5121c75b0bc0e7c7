"""Numbers that run along wires: in `step_through`, by *Backward* in `explore`, and with less
motion."""

import functools
import re

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import (
    ComputationalGraph,
    Input,
    exp,
    explore,
    lecture,
    relu,
    sigmoid,
    squared_norm,
    step_through,
    tanh,
)
from cs231n_lec4.live.base.page import save_page
from cs231n_lec4.live.scene import scene

from . import lab
from .views import button, number, numbers_of, slider

LONG = 5000  # milliseconds: more than any movement takes
FRAMES = """view => new Promise(done => {
  const start = performance.now();
  let frames = 0;
  const count = () => {
    frames += 1;
    if (view.querySelector(".bead")) requestAnimationFrame(count);
    else done(1000 * frames / (performance.now() - start));
  };
  requestAnimationFrame(count);
})"""
HEAR = """view => {
  window.heard = [];
  const voice = view.querySelector("[aria-live]");
  new MutationObserver(() => window.heard.push([
    voice.textContent, Boolean(view.querySelector(".bead"))
  ])).observe(voice, { childList: true, characterData: true, subtree: true });
}"""


def beads(view):
    return view.locator(".bead")


def at_rest(view):
    expect(beads(view)).to_have_count(0, timeout=LONG)


def test_a_press_sends_a_bead_and_the_numbers_come_with_its_arrival(open_view):
    view = open_view(step_through(lecture.add_multiply()))
    for _ in range(3):  # forward, and the start of backward
        button(view, "Next").click()
        expect(beads(view)).not_to_have_count(0)
        at_rest(view)
    before = numbers_of(view)
    assert before[2:] == [["3.00", ""], ["−4.00", ""], ["−12.00", "1.00"]]
    button(view, "Next").click()
    expect(beads(view)).to_have_text(["1.00"])
    expect(view.locator(".gate.lit text")).to_have_text("×")
    assert view.locator(".formula math").count() == 0
    expect(view.locator(".bead.stands")).to_have_text(["1.00·(−4.00)", "1.00·3.00"])
    assert numbers_of(view) == before
    expect(view.locator(".bead.runs")).to_have_text(["−4.00", "3.00"])
    assert numbers_of(view) == before
    at_rest(view)
    assert numbers_of(view)[2:] == [["3.00", "−4.00"], ["−4.00", "3.00"], ["−12.00", "1.00"]]
    expect(view.locator(".step-count")).to_have_text("Step 4 of 5")
    assert view.locator(".formula math").count() == 1
    assert view.console_errors == []


def test_a_press_while_it_runs_ends_it_and_the_next_one_goes_on(open_view):
    view = open_view(step_through(lecture.branch()))
    count, following = view.locator(".step-count"), button(view, "Next")
    following.focus()
    for place in range(1, 5):
        following.press("ArrowRight")
        expect(beads(view)).not_to_have_count(0)
        following.press("ArrowRight")
        expect(count).to_have_text(f"Step {place} of 8")
        assert beads(view).count() == 0
    following.press("ArrowRight")
    button(view, "Back").click()
    expect(count).to_have_text("Step 4 of 8")
    following.press("ArrowRight")
    button(view, "Last step").click()
    expect(count).to_have_text("Step 8 of 8")
    assert beads(view).count() == 0


def test_two_beads_meet_at_a_branch_and_add(open_view):
    view = open_view(step_through(lecture.branch()))
    button(view, "Last step").click()
    button(view, "Back").click()
    button(view, "Next").click()
    expect(view.locator(".bead.runs")).to_have_text(["2.00", "3.00"])
    expect(view.locator(".bead.stands")).to_have_text(["3.00+2.00"])
    expect(view.locator(".bead.runs")).to_have_text(["5.00"])
    at_rest(view)
    assert numbers_of(view)[1] == ["1.00", "5.00"]


def test_a_slider_that_moves_meanwhile_ends_the_movement(open_view):
    view = open_view(step_through(lecture.add_multiply()))
    button(view, "Last step").click()
    button(view, "Back").click()
    button(view, "Next").click()
    slider(view, "z").press("Home")
    assert beads(view).count() == 0
    expect(view.locator(".step-count")).to_have_text("Step 5 of 5")
    assert numbers_of(view)[0] == ["−2.00", "−12.00"]


def test_an_update_rises_into_the_parameters(open_view):
    view = open_view(step_through(lecture.add_multiply(), update=0.1, parameters=["x"]))
    button(view, "Last step").click()
    button(view, "Back").click()
    button(view, "Next").click()
    expect(view.locator(".bead.stands")).to_have_text(["−0.1·(−4.00)"])
    assert numbers_of(view)[0] == ["−2.00", "−4.00"]
    expect(view.locator(".bead.runs")).to_have_text(["+0.40"])
    at_rest(view)
    assert numbers_of(view)[0] == ["−1.60", ""]


def test_the_numbers_that_move_are_in_sight_in_a_narrow_page(open_view):
    walk = step_through(lecture.tiny_two_layer(), update=0.1, parameters=["w1", "w2"])
    view = open_view(walk, viewport=(560, 800), motion=False)
    button(view, "Last step").click()
    for _ in range(2):  # the update, then the gate of x and w1
        for box in view.locator("svg .wire.lit .rule").all():
            expect(box).to_be_in_viewport(ratio=1)
        button(view, "Back").click()


@pytest.mark.parametrize("make", [step_through, explore])
def test_a_reader_who_asked_for_less_motion_sees_the_end_at_once(open_view, make):
    view = open_view(make(lecture.add_multiply()), motion=False)
    name = "Next" if make is step_through else "Backward"
    view.evaluate("""view => new MutationObserver(() => { window.moved = true; })
        .observe(view.querySelector(".beads"), { childList: true })""")
    for _ in range(4):
        button(view, name).click()
    assert numbers_of(view)[-1][1] == "1.00"
    assert not view.evaluate("() => window.moved && document.querySelector('.bead')")
    assert view.evaluate("() => document.getAnimations().length") == 0


def test_backward_goes_one_gate_a_press_and_comes_back_to_all(open_view):
    view = open_view(explore(lecture.add_multiply(), nudge=False))
    everything = numbers_of(view)
    following = button(view, "Backward")
    following.click()
    assert {gradient for _, gradient in numbers_of(view)} == {""}
    at_rest(view)
    assert [gradient for _, gradient in numbers_of(view)] == ["", "", "", "", "1.00"]
    following.press("ArrowRight")
    expect(view.locator(".bead.stands")).to_have_text(["1.00·(−4.00)", "1.00·3.00"])
    at_rest(view)
    assert [gradient for _, gradient in numbers_of(view)] == ["", "", "−4.00", "3.00", "1.00"]
    slider(view, "z").press("ArrowRight")
    assert numbers_of(view)[2][1] == "−3.90"
    slider(view, "z").press("ArrowLeft")
    following.click()
    at_rest(view)
    assert numbers_of(view) == everything
    following.click()
    button(view, "All gradients").click()
    assert numbers_of(view) == everything
    assert view.console_errors == []


def tiny_net():
    x, w1, w2 = (
        Input([[1.0, -2.0]], "x"),
        Input([[0.5, 1.5], [-1.0, 0.25]], "w1"),
        Input([[2.0], [3.0]], "w2"),
    )
    return ComputationalGraph(squared_norm((relu(x @ w1).named("h") @ w2).named("s")).named("L"))


@pytest.mark.parametrize("make", [lecture.squared_norm_of_product, tiny_net])
def test_backward_of_arrays_hides_what_has_not_come_yet(open_view, make):
    view = open_view(explore(make()), motion=False)
    everything = numbers_of(view)
    told = [
        {
            cell
            for cell in view.locator("g.wire:not(.no-gradient) .gradient").all_text_contents()
            if cell.strip()
        }
    ]
    button(view, "Backward").click()
    assert [gradient for _, gradient in numbers_of(view)][:-1] == [""] * (len(everything) - 1)
    counts = []
    for _ in range(1, len(explore(make()).settings["backward"]["moves"])):
        texts = view.locator("g.wire .gradient").all_text_contents()
        counts.append(sum(bool(text.strip()) for text in texts))
        assert {text for text in texts if text.strip()} <= told[0]
        button(view, "Backward").click()
    assert counts == sorted(set(counts)), "each press brings gradients"
    assert numbers_of(view) == everything
    assert view.console_errors == []


def test_a_screen_reader_hears_the_sentence_once_at_the_end(open_view):
    view = open_view(step_through(lecture.add_multiply()))
    for _ in range(3):
        button(view, "Next").click()
        button(view, "Next").click()
    view.page.wait_for_timeout(1000)
    view.evaluate(HEAR)
    button(view, "Next").click()
    at_rest(view)
    view.page.wait_for_timeout(1000)
    [(sentence, while_it_ran)] = view.evaluate("() => window.heard")
    assert "the gradient of f with respect to q is upstream times local" in sentence
    assert not while_it_ran


MADE_AND_RINGED = """view => {
  window.made = [];
  new MutationObserver((changes) => window.made.push(...changes.map(c =>
    c.type === "childList" ? c.target.tagName : c.target.getAttribute("class")))
  ).observe(view.querySelector(".node-table"), { childList: true, subtree: true });
  new MutationObserver((changes) => window.made.push(...changes.map(c => c.target.tagName)))
    .observe(view.querySelector(".drawing svg"), { attributeFilter: ["class"], subtree: true });
}"""


def test_arrays_that_arrive_are_spoken_with_their_numbers(open_view):
    walk = step_through(lecture.squared_norm_of_product(), update=0.5, parameters=["W"])
    view = open_view(walk, motion=False)
    voice = view.locator("[aria-live]")
    button(view, "Last step").click()
    expect(voice).to_have_text("Update: W = W - 0.5 * dW. W is now [ 0.06 0.41] [−0.35 0.70].")
    button(view, "Back").click()
    expect(voice).to_contain_text("dx = W.T @ dq. x receives [−0.11] [ 0.64].")


def test_while_a_slider_moves_only_texts_change(open_view):
    """Of 300 gates, making the table anew and ringing the same gate again took most of the time."""
    view = open_view(step_through(lecture.sigmoid_neuron()), motion=False)
    button(view, "Last step").click()
    table = view.locator(".node-table tr").nth(2)
    before = table.inner_text()
    slider(view, "w0").focus()
    view.page.mouse.move(0, 0)
    view.evaluate(MADE_AND_RINGED)
    for _ in range(3):
        slider(view, "w0").press("ArrowRight")
    assert table.inner_text() != before
    assert view.evaluate("() => window.made") == []
    button(view, "Back").click()
    assert view.evaluate("() => window.made.length") > 0


WIDTHS = "view => [...view.querySelectorAll('.band')].map(b => parseFloat(b.style.strokeWidth))"


def test_bands_breathe_with_a_slider_and_stay_within_24_pixels(open_view):
    view = open_view(explore(lecture.add_multiply(), z=(-1e6, 1e6)))
    before = view.evaluate(WIDTHS)
    slider(view, "z").press("End")
    after = view.evaluate(WIDTHS)
    assert after[0] > before[0]
    assert max(after) == 24
    assert view.locator(".band").first.evaluate("b => getComputedStyle(b).vectorEffect") == (
        "non-scaling-stroke"
    )


def test_a_quiz_has_no_band_that_gives_a_number_away(open_view):
    from cs231n_lec4 import quiz

    view = open_view(quiz(lecture.add_multiply()))
    assert view.locator(".band, .beads *").count() == 0


def test_a_veil_hides_whatever_would_tell_a_gradient(pages, tmp_path):
    """Until the answer: no band, no bead, no gradient × change, by mouse, by key, by ear."""
    graph = explore(lecture.svm_small(), nudge=False, class_mode=True)
    asked = scene("loss", graph, veil=True)
    page = pages(motion=True)
    lab.open_page(page, save_page(tmp_path / "page.html", [tuple(asked)], "Scene"))
    view = page.locator(".cs231n-live", has=page.locator(".drawing"))
    number(view, "x").press("ArrowRight")
    view.focus()
    page.keyboard.press("ArrowRight")
    telling = view.locator(".gradient, .of-gradient, .band, .bead, .backward button")
    seen = "all => all.filter(it => it.checkVisibility({ visibilityProperty: true })).length"
    assert telling.count() > 20
    assert telling.evaluate_all(seen) == 0
    heard = view.locator(".drawing svg")
    expect(heard).not_to_have_attribute("aria-label", re.compile("gradient"))
    expect(heard).to_have_attribute("aria-label", re.compile("x: value"))
    button(page, "Reveal").click()
    expect(heard).to_have_attribute("aria-label", re.compile("gradient"))
    assert telling.evaluate_all(seen) > 20
    view.focus()
    page.keyboard.press("ArrowRight")
    expect(view.locator(".bead")).not_to_have_count(0)


def fifty_gates():
    """A ladder of 50 gates, many of them with a branch."""
    x, y = Input(0.5, "x"), Input(0.3, "y")
    rungs = functools.reduce(lambda node, k: tanh(node * x) if k % 2 else node + y, range(33), x)
    return ComputationalGraph(rungs.named("f"))


def test_fifty_gates_move_smoothly(open_view, record_property):
    view = open_view(explore(fifty_gates()))
    button(view, "Backward").click()
    at_rest(view)
    button(view, "Backward").click()
    rate = view.evaluate(FRAMES)
    record_property("frames_per_second", round(rate, 1))
    print(f"{rate:.1f} frames a second at 50 gates")
    assert rate > 15


PYTHON_INSIDE = """
import numpy as np
from cs231n_lec4 import ComputationalGraph, Gate, Input, squared_norm, step_through

class Sorted(Gate):
    def forward(self, x):
        self.order = np.argsort(x)
        return x[self.order]

    def backward(self, dz):
        return [dz[np.argsort(self.order)]]

x = Input([3.0, 1.0, 2.0], "x")
view = step_through(ComputationalGraph(squared_norm(Sorted(x * 2.0).named("s")).named("L")))
view"""


def test_beads_run_where_only_python_computes_and_leave_nothing_when_the_view_goes(open_notebook):
    """A NumPy gate in the middle: tiles come from the kernel's numbers, also when it is gone."""
    notebook = open_notebook([PYTHON_INSIDE])
    notebook.page.emulate_media(reduced_motion="no-preference")
    view = notebook.cell(0).locator(".cs231n-live").first
    view.scroll_into_view_if_needed()
    button(view, "Next").click()
    expect(view.locator(".bead .tile rect")).not_to_have_count(0)
    notebook.run_at(0)  # another view stands in its place
    notebook.page.wait_for_timeout(2600)  # longer than the movement
    assert notebook.page.evaluate("() => document.getAnimations().length") == 0
    expect(view.locator(".step-count")).to_have_text("Step 0 of 7")
    assert notebook.console_errors == []
    for _ in range(4):  # forward, and the start of backward
        button(view, "Next").click()
        button(view, "Next").click()
    notebook.shutdown_kernel()
    button(view, "Next").click()
    expect(view.locator(".bead.stands")).to_have_text(["2.0 * s * dL"])
    expect(view.locator(".bead.runs .tile rect")).to_have_count(3)
    at_rest(view)
    assert {text[:13] for text in notebook.console_errors} <= {"Could not sen"}  # JupyterLab's own


def test_a_number_that_is_held_ends_a_movement_and_shows_its_changes(open_view):
    view = open_view(step_through(lecture.squared_norm_of_product()))
    for _ in range(4):
        button(view, "Next").click()
        button(view, "Next").click()
    button(view, "Next").click()
    expect(beads(view)).not_to_have_count(0)
    taken = number(view, "x[0]")
    taken.focus()
    taken.press("ArrowRight")
    assert beads(view).count() == 0
    expect(view.locator(".step-count")).to_have_text("Step 5 of 5")
    assert any(text for text in view.locator(".change.of-value").all_text_contents())
    assert view.console_errors == []


# All that a reader sees, hears or is shown at the pointer, but for what is hidden.
TOLD = """view => [view.innerText, ...[...view.querySelectorAll("*")]
  .filter(it => it.checkVisibility({ visibilityProperty: true }))
  .flatMap(it => [...it.attributes].filter(({ name }) => /^(aria-|title|alt)/.test(name)))
  .map(({ value }) => value)].join(" ")"""


def two_curves(a=0.9, b=-1.3):
    return ComputationalGraph(tanh(0.31 * exp(Input(a, "a")) + sigmoid(Input(b, "b"))).named("f"))


def one_curve(a=0.7):
    return ComputationalGraph(tanh(Input(a, "a")).named("f"))


@pytest.mark.parametrize("make", [two_curves, one_curve])
def test_while_backward_hides_a_gradient_nothing_tells_it(open_view, make):
    view = open_view(explore(make()), motion=False)

    def told(grad):
        view.page.wait_for_timeout(800)  # the picture is told anew when the hand rests
        return [text for text in (f"{grad:.2f}", f"{grad:.4f}") if text in view.evaluate(TOLD)]

    def grad(a):
        graph = make(a)
        graph.backward()
        return float(graph["a"].grad)

    start = next(iter(make().inputs.values())).value
    assert told(grad(start))
    button(view, "Backward").click()
    moves = len(explore(make()).settings["backward"]["moves"])
    for place in range(1, moves):
        assert not told(grad(start)), place
        assert view.locator(".trace .tangent").count() == 0
        number(view, "a").press("ArrowRight")
        assert not told(grad(start + 0.1)), place
        assert f"{0.1 * grad(start):.4f}" not in view.evaluate(TOLD), "what it promises"
        number(view, "a").press("ArrowLeft")
        button(view, "Backward").click()
    assert told(grad(start))
    assert view.console_errors == []
