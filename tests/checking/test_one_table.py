"""The quiz and the checks know the same mistakes, number by number, at every wire of every graph."""

import inspect

import numpy as np
import pytest
from random_graphs import KINKED, SMOOTH, WILD, random_graph
from small_graphs import known_share_mistakes, known_value_mistakes

from cs231n_lec4 import ComputationalGraph, Gate, Input, check_answer, known_mistakes, quiz
from cs231n_lec4.checking.mistakes import wrong_gradients
from cs231n_lec4.checking.numbers import is_nan, same
from cs231n_lec4.checking.uses import readings
from cs231n_lec4.flat import browser_program
from cs231n_lec4.flat.program import evaluate, run_program
from cs231n_lec4.lessons import graphs as lecture


def lecture_graphs():
    """Every graph of the lecture that a quiz can ask about."""
    made = [f for _, f in inspect.getmembers(lecture, inspect.isfunction)]
    made = [f for f in made if f.__module__ == lecture.__name__]
    takes_all = [
        f
        for f in made
        if all(p.default is not p.empty for p in inspect.signature(f).parameters.values())
    ]
    graphs = [g for g in (f() for f in takes_all) if isinstance(g, ComputationalGraph)]
    return [graph for graph in graphs if browser_program(graph)]


def told_by_the_quiz(blank, numbers):
    """`{code: numbers}` of a blank, without those that are right."""
    truth, found = evaluate(blank["truth"], numbers), {}
    for codes, tree in blank["mistakes"] + blank["unlikely"]:
        number = evaluate(tree, numbers)
        if not (is_nan(number) or same(number, truth)):
            for code in codes.split(" or "):
                found.setdefault(code, []).append(number)
    return found


def told_by_the_checks(graph, blank, wires):
    """`{code: number}` of the same wire."""
    wire = wires[blank["wire"]]
    if blank["kind"] == "value":
        return known_value_mistakes(graph, graph.nodes[wire.node])
    if blank["kind"] == "share":
        return known_share_mistakes(graph, graph.nodes[wire.gate], wire.slot)
    if blank["kind"] == "entry":
        return known_at_entry(graph, graph.nodes[wire.node], tuple(blank["index"]))
    return known_mistakes(graph, graph.nodes[wire.node])


def known_at_entry(graph, node, index):
    """`{code: numbers}` for one entry of an array, from the wrong arrays of the checks."""
    found, truth = {}, readings(graph, [node])[node][0].grad[index]
    for code, wrong in wrong_gradients(graph, node):
        shapes = np.shape(wrong), np.shape(node.value)
        if shapes[0] == shapes[1]:
            found.setdefault(code, []).append(wrong[index])
        elif shapes[0][-len(index) :] == shapes[1]:
            found.setdefault("one_term_of_a_sum", []).extend(wrong[(..., *index)].flat)
    found = {
        code: [x for x in xs if not same(float(x), float(truth))] for code, xs in found.items()
    }
    return {code: xs for code, xs in found.items() if xs}


def compared(graph):
    """How many blanks were compared, and those at which quiz and checks differ."""
    view = quiz(graph, values=True)
    numbers = run_program(view.program, view.start)
    wires = {wire.id: wire for wire in view.drawings[0].sketch.wires}
    found = []
    for blank in view.quiz["blanks"]:
        asked, checked = told_by_the_quiz(blank, numbers), told_by_the_checks(graph, blank, wires)
        if asked.keys() != checked.keys() or not all(
            any(same(x, y) for x in asked[code] for y in np.atleast_1d(checked[code]).tolist())
            for code in asked
        ):
            found.append((blank["key"], asked, checked))
    return len(view.quiz["blanks"]), found


@pytest.mark.parametrize("graph", lecture_graphs(), ids=str)
def test_quiz_and_checks_know_the_same_mistakes_of_a_lecture_graph(graph):
    count, differences = compared(graph)
    assert count > 0
    assert differences == []


def random_differences(seeds):
    """All differences in random graphs, a quarter of them wild (x / y, log(x), x ** y)."""
    found, blanks = [], 0
    for seed in seeds:
        graph = random_graph(seed, SMOOTH + (KINKED if seed % 4 else WILD))
        count, differences = compared(graph)
        blanks, found = blanks + count, found + differences
    assert blanks > 20 * len(seeds)
    return found


def test_quiz_and_checks_know_the_same_mistakes_of_random_graphs():
    assert random_differences(range(30)) == []


@pytest.mark.long
def test_quiz_and_checks_know_the_same_mistakes_of_two_hundred_random_graphs():
    assert random_differences(range(30, 230)) == []


@pytest.mark.parametrize(
    ("graph", "name", "answer", "reason"),
    [
        (lecture.sigmoid_neuron, "w0", 0.2, "sign or forgot_local"),
        (lecture.add_multiply, "x", -8.0, "factor_two"),
        (lecture.add_multiply, "x", -20.0, "multiplied_at_add"),
        (lecture.branch, "b", 10.0, "factor_two"),
        (lecture.branch, "b", 2.0, "overwrote_at_a_branch or forgot_upstream"),
        (lecture.gate_patterns, "x", -16.0, "factor_two"),
        (lecture.gate_patterns, "z", 4.0, "max_gives_value or factor_two"),
    ],
)
def test_a_slip_that_one_of_two_tables_did_not_know_has_its_reason(graph, name, answer, reason):
    assert check_answer(graph(), name, answer).reason == reason


def test_mistakes_that_agree_at_this_point_only_are_both_named():
    def reason(x, y, answer):
        graph = ComputationalGraph(Input(x, "x") * Input(y, "y") * 3.0)
        return check_answer(graph, "x", answer).reason

    assert reason(5.0, -1.0, 3.0) == "sign or forgot_local"  # at y = -1 upstream is -downstream
    assert reason(5.0, 4.0, 3.0) == "forgot_local"
    assert reason(3.0, 4.0, 3.0) == "gave_the_value or forgot_local"


def test_a_sum_that_looks_like_a_product_is_known_by_other_points():
    x, y = Input(2.0, "x"), Input(2.0, "y")
    added, multiplied = ComputationalGraph((x + y) * 5.0), ComputationalGraph(x * y * 5.0)
    assert known_mistakes(added, "x")["multiplied_at_add"] == 10.0
    assert "multiplied_at_add" not in known_mistakes(multiplied, "x")


class Counts(Gate):
    """A gate that the browser cannot run: x³, by a loop."""

    def forward(self, x):
        self.x, z = x, 1.0
        for _ in range(3):
            z = z * x
        return z

    def backward(self, dz):
        return [3.0 * self.x**2 * dz]


def test_a_graph_that_the_browser_cannot_run_has_its_reasons_too():
    graph = ComputationalGraph(Counts(Input(2.0, "x")) * 5.0)
    assert browser_program(graph) is None
    assert known_mistakes(graph, "x") == {
        "gave_the_value": 2.0, "sign": -60.0, "forgot_upstream": 12.0, "forgot_local": 5.0,
        "adds_upstream": 17.0, "slope_at_output": 960.0, "factor_two": 120.0,
        "value_as_local": 40.0, "subtracts_upstream": 7.0,
    }  # fmt: skip
