"""Small graphs and helpers that several tests of the checks share."""

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, Input, check_answer
from cs231n_lec4.checking import mistakes, uses


def sum_then_product():
    """The lecture's first graph (slide 12)."""
    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    return ComputationalGraph(((x + y).named("q") * z).named("f"))


def branch():
    """b feeds two gates; its gradient is 3 + 2."""
    a, b = Input(2.0, "a"), Input(1.0, "b")
    return ComputationalGraph(((a + b).named("c") * (b + 1.0).named("d")).named("e"))


def doubled():
    """A graph with a constant."""
    return ComputationalGraph(Input(3.0, "x") * 2.0)


def squared_norm_of_Wx(W=((0.1, 0.5), (-0.3, 0.8)), x=(0.2, 0.4)):
    """Slides 58-65."""
    W, x = Input(np.array(W), "W"), Input(np.array(x), "x")
    return ComputationalGraph(c.squared_norm((W @ x).named("q")).named("f"))


def state(graph):
    """Every number of a graph, and what the gates have saved."""
    saved = [repr(vars(n)) if isinstance(n, Gate) else "" for n in graph.nodes]
    return [(repr(n.value), repr(n.grad), s) for n, s in zip(graph.nodes, saved, strict=True)]


def refused(call):
    with pytest.raises(c.GraphError) as caught:
        call()
    return caught.value


def reason(graph, name, number, kind="grad"):
    report = check_answer(graph, name, number, kind=kind)
    assert report.mark == "✗"
    return report.reason


def second_miss(graph, name, number, **settings):
    """The report on a wrong answer after another one: now it has the measured number."""
    check_answer(graph, name, np.full(np.shape(number), -97.5), **settings)
    return check_answer(graph, name, number, **settings)


def known_value_mistakes(graph, gate):
    """`{reason code: wrong number}` for the value of a gate, as `known_mistakes` for gradients."""
    gate = graph[gate] if isinstance(gate, str) else gate
    return mistakes.first_of_each(mistakes.wrong_values(graph, gate))


def known_share_mistakes(graph, gate, slot):
    """The same for what a gate hands to its input number `slot`: one branch of several."""
    gate = graph[gate] if isinstance(gate, str) else gate
    node = gate.inputs[slot]
    k = uses.places_of(graph, node).index((gate, slot))
    points = [uses.share_of(at, k) for at in uses.readings(graph, [node])[node]]
    return mistakes.first_of_each(mistakes.wrong_numbers(points, "grad"))
