"""The flat code beside the steps: every line knows its gate, every step has its lines."""

import pytest
from random_graphs import random_graph

from cs231n_lec4 import flat_code, lecture, step_through
from cs231n_lec4.engine.gate import Gate
from cs231n_lec4.flat import browser_program
from cs231n_lec4.steps.listing import listing_of, parts_of
from cs231n_lec4.steps.moments import steps_of


def text_of(line):
    return "".join(text for text, _ in line["parts"])


def listed(graph):
    return listing_of(graph, steps_of(graph, browser_program(graph)))


@pytest.mark.parametrize("seed", range(12))
def test_the_listing_is_the_flat_code_and_nothing_else(seed):
    graph = random_graph(seed)
    body = [line.strip() for line in flat_code(graph).splitlines()[1:-1]]
    lines = listed(graph)
    assert [f"# {x['pass']}" if "parts" not in x else text_of(x) for x in lines] == body


@pytest.mark.parametrize("seed", range(12))
def test_every_step_has_lines_and_every_row_its_own(seed):
    graph = random_graph(seed)
    lines = [line for line in listed(graph) if "parts" in line]
    for step in steps_of(graph, browser_program(graph)):
        if step["kind"] in ("forward", "backward"):
            own = [x for x in lines if (x["pass"], x["node"]) == (step["kind"], step["node"])]
            assert own
        if step["kind"] == "backward":
            for row in step["rows"]:
                assert [x for x in own if x["slot"] == row["slot"] and x["into"] == row["to"]]
        if step["kind"] == "sum":
            assert len([x for x in lines if x["into"] == step["node"]]) > 1


def test_upstream_and_local_are_told_apart_in_a_line():
    assert parts_of("z * df", "df") == [["z", "local"], [" * ", ""], ["df", "upstream"]]
    assert parts_of("-dq", "dq") == [["-", ""], ["dq", "upstream"]]
    assert parts_of("2.0 * ddf * df", "df")[::2] == [
        ["2.0", "local"],
        ["ddf", "local"],
        ["df", "upstream"],
    ]
    assert parts_of("x + y", None) == [["x + y", ""]]


def test_an_update_adds_its_lines():
    view = step_through(lecture.add_multiply(), update=0.1, parameters=["x", "z"])
    *_, first, second = view.settings["listing"]
    assert [text_of(first), text_of(second)] == ["x = x - 0.1 * dx", "z = z - 0.1 * dz"]
    assert view.graph.nodes[second["node"]].name == "z"


def test_lines_of_arrays_know_their_gates_too():
    graph = lecture.tiny_two_layer()
    view = step_through(graph)
    gates = {k for k, node in enumerate(graph.nodes) if isinstance(node, Gate)}
    seen = {line.get("node") for line in view.settings["listing"]}
    assert gates <= seen
