"""Views of one graph follow each other; a graph that has lost its names is said to have."""

import numpy as np
import pytest
from kernel import Kernel
from test_ground_truth import graph_of

import cs231n_lec4 as c
from cs231n_lec4 import explore, lecture, quiz, step_through

MAKERS = {
    "explore": explore,
    "steps": step_through,
    "updates": lambda graph: step_through(graph, update=0.1),
}


@pytest.mark.parametrize("mover", MAKERS)
@pytest.mark.parametrize("follower", MAKERS)
def test_views_of_one_graph_follow_each_other(mover, follower, no_view_stays):
    graph = lecture.add_multiply()
    first, second = MAKERS[mover](graph), MAKERS[follower](graph)
    first.move(y=1.5)
    second.move(z=-0.25)
    for view in (first, second):
        assert view.numbers() == {"x": -2.0, "y": 1.5, "z": -0.25}
        view.close()
    if "explore" in (mover, follower):
        assert graph.output.value == 0.125


def test_views_of_arrays_follow_each_other(no_view_stays):
    graph = lecture.squared_norm_of_product()
    first, second = explore(graph), step_through(graph)
    first.move(x=[1.0, -3.0])
    assert second.input_x == [1.0, -3.0]
    first.close(), second.close()


def test_an_update_takes_the_other_pictures_along(no_view_stays):
    graph = graph_of("lec_two_layer_20_lines_tiny")
    walk, picture = step_through(graph, update=0.1), explore(graph)
    walk.place = len(walk.steps)
    assert picture.numbers() == walk.numbers() != picture.start
    walk.close(), picture.close()


def test_an_input_is_one_number_in_whatever_graph_it_stands(no_view_stays):
    x, y, w = c.Input(2.0, "x"), c.Input(3.0, "y"), c.Input(3.0, "y")
    product, total = explore(c.ComputationalGraph(x * y)), explore(c.ComputationalGraph(x + w))
    product.move(x=7.0, y=8.0)
    assert total.numbers() == {"x": 7.0, "y": 3.0}
    product.close(), total.close()


def test_a_quiz_neither_leads_nor_follows(no_view_stays):
    graph = lecture.add_multiply()
    question, view = quiz(graph), explore(graph)
    view.move(x=1.0)
    question.move(y=2.0)
    assert (question.numbers()["x"], view.numbers()["y"]) == (-2.0, 5.0)
    question.close(), view.close()


@pytest.mark.parametrize("make", [*MAKERS.values(), quiz], ids=[*MAKERS, "quiz"])
def test_reset_goes_to_what_the_inputs_were_made_with(make, no_view_stays):
    """Also when the cell runs again, after a hand or a cell has moved the graph."""
    graph = lecture.add_multiply(x=0.5, y=4.0, z=3.0)
    view = explore(graph)
    view.move(x=3.5)
    graph.forward(y=-1.0)
    view.close()
    again = make(graph)
    assert again.start == {"x": 0.5, "y": 4.0, "z": 3.0}
    assert again.numbers() == {"x": 3.5, "y": -1.0, "z": 3.0}
    assert again.controls == view.controls  # the sliders go as far as before
    again.close()


def test_a_first_number_of_another_shape_is_no_place_to_go_to(no_view_stays):
    graph = c.ComputationalGraph(c.squared_norm(c.Input([1.0, 2.0], "x")))
    graph.forward(x=np.array([1.0, 2.0, 3.0]))
    view = explore(graph)
    assert view.start == {"x": [1.0, 2.0, 3.0]}
    view.close()


# ── names, in a real kernel ──────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def kernel():
    made = Kernel()
    made.run("from cs231n_lec4 import *\nfrom cs231n_lec4 import lecture")
    yield made
    made.stop()


MAKE = "graph = lecture.add_multiply()"
SHOW = "view = explore(graph); walk = step_through(graph)"
LOST = [MAKE, "del graph", "graph = None", "graph = parse('x * y', x=1, y=2)"]
KEPT = [
    "other = graph; graph = None",
    "f = graph.output; graph = None",
    "kept = [1, graph]; del graph",
    "kept = {'a': graph}; del graph",
    "class Box: pass\nbox = Box(); box.graph = graph; del graph",
    "graph = ComputationalGraph(graph.output)",
    "1 + 1",
]
FORGET = "for n in 'other f kept box graph'.split(): globals().pop(n, None)"


@pytest.mark.parametrize("code", LOST + KEPT)
def test_a_view_whose_graph_has_lost_its_name_says_so(kernel, code):
    kernel.run(FORGET, "forget")
    kernel.run(MAKE, "make")
    kernel.run(SHOW, "show")
    assert kernel.read("[view.nameless, walk.nameless]") == [False, False]
    kernel.run(code, "make")
    assert kernel.read("[view.nameless, walk.nameless]") == [code in LOST] * 2
    kernel.run("graph = view.graph", "found")
    assert kernel.read("view.nameless") is False


@pytest.mark.parametrize(
    "code",
    [
        "view = explore(lecture.add_multiply()); walk = view",
        "def made():\n    graph = lecture.branch()\n    return explore(graph)\nview = walk = made()",
    ],
)
def test_a_graph_that_never_had_a_name_cannot_lose_it(kernel, code):
    kernel.run(code, "show")
    kernel.run("1 + 1")
    assert kernel.read("view.nameless") is False
