"""Views of arrays do what views of numbers do: each operation, on graphs of every kind."""

import numpy as np
import pytest
from playwright.sync_api import expect

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Input, draw, explore, lecture, quiz, step_through
from cs231n_lec4.engine.gate import Gate

from .views import blank, button, slider, unfold

LINES = """view => [...view.querySelectorAll("g.wire")].map((wire) => [".value", ".gradient"].map(
  (side) => [...wire.querySelectorAll(side)].map((text) => text.textContent.trim()).filter(Boolean)))"""


class TwiceGate(Gate):
    """A loop, which the browser cannot run."""

    def forward(self, x):
        for _ in range(1):
            x = x + x
        return x

    def backward(self, dz):
        return [2.0 * dz]


def net():
    x, w1 = Input([[1.0, -2.0]], "x"), Input([[0.5, 1.5], [-1.0, 0.25]], "w1")
    h = c.relu(x @ w1).named("h")
    s = (h @ Input([[2.0], [3.0]], "w2")).named("s")
    return ComputationalGraph(c.squared_norm(s).named("L"))


def mixed():
    """Numbers and arrays; each input branches."""
    a, x = Input(2.0, "a"), Input([1.0, -2.0, 3.0], "x")
    return ComputationalGraph(((a * x).named("q").sum() * a + c.squared_norm(x)).named("L"))


def an_array():
    """The output is one, and x is used twice."""
    x, y = Input([[1.0, 2.0], [3.0, -4.0]], "x"), Input([[0.5, -1.0], [2.0, 0.0]], "y")
    return ComputationalGraph(((x @ y).named("q") * x).named("z"))


def only_in_python():
    x = Input([1.0, 2.0], "x")
    t = TwiceGate(x).named("t")
    return ComputationalGraph((c.squared_norm(t) + 0.5 * c.squared_norm(x)).named("L"))


def numbers_only_in_python():
    x, y = Input(1.5, "x"), Input(-2.0, "y")
    return ComputationalGraph((TwiceGate(x).named("t") * y + x).named("L"))


def long_arrays():
    W, x = Input(np.linspace(-1, 1, 1200).reshape(40, 30), "W"), Input(np.linspace(0, 1, 30), "x")
    return ComputationalGraph(c.squared_norm((W @ x).named("q")).named("L"))


def batches():
    x, y = (Input(np.arange(12.0).reshape(shape) / 5, n) for n, shape in
            (("x", (2, 2, 3)), ("y", (2, 3, 2))))  # fmt: skip
    return ComputationalGraph(c.squared_norm((x @ y).named("q")).named("L"))


QUICK = [mixed, only_in_python]
OTHERS = [lecture.branch, net, an_array, numbers_only_in_python, long_arrays, batches]
OTHERS += [lecture.linear_classifier]
KINDS = [*QUICK, *(pytest.param(make, marks=pytest.mark.long) for make in OTHERS)]


def computed(graph):
    """`[value, gradient]` of each wire, line by line, as Python computes and writes them."""
    graph.backward(np.ones_like(graph.output.value) if np.ndim(graph.output.value) else None)
    sketch = draw(graph, digits=2).sketch
    texts = [[list(filter(None, map(str.strip, side))) for side in sketch.texts(w)]
             for w in sketch.wires]  # fmt: skip
    return sketch.wires, texts


def gates_before(graph, wires):
    """For each wire, the gates whose backward must be done before its gradient is there."""
    into = {node: [g for g in graph.gates if node in g.inputs] for node in graph.nodes}
    return [
        [graph.nodes[w.gate]] if w.role == "branch" else into[graph.nodes[w.node]] for w in wires
    ]


@pytest.mark.parametrize("make", KINDS)
def test_backward_and_a_walk_show_at_each_step_what_is_known_then(open_view, make):
    graph = make()
    wires, whole = computed(graph)
    asked = gates_before(graph, wires)
    walk = step_through(graph)
    moves = [step for step in walk.steps if step["kind"] != "forward"]
    early = len(walk.steps) - len(moves)
    done, known = set(), []
    for move in moves:
        if move["kind"] == "backward":
            done.add(graph.nodes[move["node"]])
        summed = [graph.nodes[m["node"]] for m in moves[: len(known) + 1] if m["kind"] == "sum"]
        known.append([
            wire.alive and done.issuperset(gates)
            and (wire.role == "branch" or len(gates) < 2 or graph.nodes[wire.node] in summed)
            for wire, gates in zip(wires, asked, strict=True)
        ])  # fmt: skip
    assert all(wire.alive <= is_known for wire, is_known in zip(wires, known[-1], strict=True))

    view = open_view(explore(graph), motion=False)
    assert view.evaluate(LINES) == whole
    for now in known:
        button(view, "Backward").click()
        shown = [[v, g if k else []] for (v, g), k in zip(whole, now, strict=True)]
        assert view.evaluate(LINES) == shown
        for wire, is_known in zip(view.locator("g.wire").all(), now, strict=True):
            if wire.locator(".array").count():
                wire.locator(".array").focus()
                assert ("gradient" in view.locator(".entry").inner_text()) == is_known
    view = open_view(walk, motion=False)
    for place in range(1, len(walk.steps) + 1):
        button(view, "Next").click()
        gradients = [g for _, g in view.evaluate(LINES)]
        now = known[place - early - 1] if place > early else [False] * len(wires)
        assert gradients == [g if k else [] for (_, g), k in zip(whole, now, strict=True)]
        for part in (".listing .lit", ".formula > *", "svg .lit"):
            expect(view.locator(part)).not_to_have_count(0)
    assert view.evaluate(LINES) == whole
    assert view.console_errors == []


def test_in_a_folded_picture_no_sentence_lacks_its_number_and_no_old_entry_stays(open_view):
    fold = {"two": ["v1", "h"]}
    view = open_view(step_through(net(), fold=fold), motion=False)
    button(view, "Fold 2 gates into two").click()
    button(view, "Next").click()
    expect(view.locator(".step-title")).to_have_text("Forward: the gate two computes v1.")
    expect(view.locator(".only-heard")).to_have_text(
        "Forward: v1 = x @ w1. The value of v1 is [2.50 1.00]."
    )
    view = open_view(explore(net(), fold=fold), motion=False)
    view.locator(".array").first.focus()
    expect(view.locator(".entry")).to_contain_text("x[0, 0]: value 1.00")
    button(view, "Fold 2 gates into two").click()
    unfold(view)
    slider(view, "x[0, 0]").press("End")
    expect(view.locator(".entry")).to_have_text(c.words.VIEW["entry_help"])
    view.locator(".array").first.focus()
    expect(view.locator(".entry")).to_contain_text("x[0, 0]: value 6.00")


@pytest.mark.parametrize("make", [lecture.add_multiply, net, mixed])
def test_in_a_hall_the_help_has_room(open_view, make):
    view = open_view(explore(make(), class_mode=True), viewport=(1280, 600))
    help = view.locator(".held-sentence")
    lines = help.evaluate("it => it.offsetHeight / parseFloat(getComputedStyle(it).fontSize)")
    assert lines <= 2.9  # two, with the space between them


def test_a_nudge_in_a_quiz_of_an_array_is_a_number(open_view):
    view = open_view(quiz(an_array(), entries=["x[0, 0]", "y[0, 0]"]), motion=False)
    box = blank(view, "the gradient of the sum of z with respect to y[0, 0]")
    box.fill("77")
    box.press("Enter")
    expect(view.locator(".quiz-said")).to_contain_text("the sum of z changes by +0.1.")
    assert "NaN" not in view.inner_text()
