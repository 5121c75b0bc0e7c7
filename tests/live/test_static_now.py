"""The still picture beside a view shows the numbers of now, and says where they explode."""

import numpy as np
import pytest

from cs231n_lec4 import (
    ComputationalGraph,
    Input,
    draw,
    exp,
    explore,
    lecture,
    log,
    quiz,
    reciprocal,
    step_through,
    words,
)
from cs231n_lec4.live.base.live_view import static_bundle


def shown(view):
    """Everything that a saved notebook keeps in the place of a view."""
    return static_bundle(view.static_picture(), view.static_text(), "")


def tower():
    return ComputationalGraph(exp(exp(Input(1.0, "x")).named("h")).named("f"))


def logarithm():
    return ComputationalGraph(log(Input(1.0, "x")).named("f"))


@pytest.mark.parametrize("make", [explore, step_through])
def test_a_view_that_has_moved_is_shown_where_it_is(make):
    view = make(lecture.branch())
    first = shown(view)
    view.move(a=-1.5, b=4.0)
    graph = lecture.branch()
    graph.forward(a=-1.5, b=4.0)
    graph.backward()
    hide = make is step_through
    assert view.static_picture().table == draw(graph, digits=2, hide=hide).table
    assert view.static_picture().svg == draw(graph, digits=2, hide=hide, room=6).svg
    view.move(a=view.start["a"], b=view.start["b"])
    assert shown(view) == first


def test_a_quiz_with_new_numbers_still_hides_its_answers():
    view = quiz(lecture.add_multiply())
    hidden = view.static_picture().table.count("?")
    view.move(x=7.0)
    assert "7.00" in view.static_picture().table
    assert view.static_picture().table.count("?") == hidden > 0


@pytest.mark.parametrize(
    ("make", "x", "name"),
    [
        (tower, 7.0, "f"),
        (tower, 800.0, "h"),
        (logarithm, 0.0, "f"),
        (logarithm, -2.0, "f"),
    ],
)
def test_an_explosion_after_the_cell_ran_is_told_with_the_first_node(make, x, name):
    view = explore(make())
    assert "NaN" not in shown(view)["text/html"]
    view.move(x=x)
    sentence = words.PICTURE["not_finite_value"].format(name=name, output="f")
    assert sentence in shown(view)["text/plain"]
    assert shown(view)["text/html"].count(sentence) == 2, "in the picture's words and below it"


def test_a_gradient_that_explodes_alone_is_told_unless_it_is_hidden():
    graph = ComputationalGraph(reciprocal(Input(1e-200, "x")).named("f"))
    graph.backward()
    sentence = words.PICTURE["not_finite_gradient"].format(name="x", output="f")
    assert sentence in draw(graph).table
    assert sentence not in draw(graph, hide="x").table
    assert np.isfinite(graph["x"].value)
