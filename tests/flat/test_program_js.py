"""Loop, flat Python and the browser's interpreter give the same numbers, also the unusual ones."""

import itertools
import math

import numpy as np
import pytest
from random_graphs import KINKED, SMOOTH, WILD, random_graph
from test_gates import ELEMENTWISE
from three_ways import (
    agree,
    apart,
    by_browser,
    by_loop,
    disagreements,
    last_bits,
    needs_node,
    numbers,
)

import cs231n_lec4 as c
from cs231n_lec4.flat import browser_program, is_scalar

pytestmark = pytest.mark.filterwarnings("error")

SIZES = (0.0, 1.0, 0.5, 2.0, 3.0, 1 / 3, 0.1, 10.0, 1000.0, 709.78, 709.79, 745.2, 36.7, 20.0, 1e-8)
EXTREMES = (
    1e-16,
    1e16,
    1e154,
    1e155,
    1e300,
    1e-300,
    5e-324,
    2.2e-308,
    1.7e308,
    2.0**53,
    1 + 2**-52,
    math.inf,
)
SOME_MORE = (math.nan, 4.0, 5.0, -2.5, 1e5, 1e-5)
CORNERS = [s * x for x in SIZES + EXTREMES for s in (1.0, -1.0)] + list(SOME_MORE)


def test_there_are_about_sixty_corners():
    assert len(CORNERS) == 60


def elementwise_graphs():
    """One graph for each gate, and the powers whose exponent is a plain number."""
    for gate, (some, _) in ELEMENTWISE.items():
        inputs = [c.Input(1.5, name) for name in "xy"[: len(some)]]
        yield gate.__name__, c.ComputationalGraph(gate(*inputs))
    for exponent in (-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3):
        yield f"x ** {exponent}", c.ComputationalGraph(c.Input(1.5, "x") ** exponent)
    for base in (-2.0, 0.0, 1.0, 2.0):
        yield f"{base} ** x", c.ComputationalGraph(base ** c.Input(1.5, "x"))


def corner_points(graph):
    """Every combination of corners."""
    for point in itertools.product(CORNERS, repeat=len(graph.inputs)):
        yield dict(zip(graph.inputs, point, strict=True))


@needs_node
@pytest.mark.parametrize(("name", "graph"), list(elementwise_graphs()))
def test_loop_flat_code_and_browser_agree_in_every_corner(name, graph):
    points = list(corner_points(graph))
    [answers] = by_browser([(graph, points)])
    step = c.compile_flat(graph)
    wrong = [p for p, a in zip(points, answers, strict=True) if not agree(graph, p, step, a)]
    assert wrong == []


DELICATE = 7_037_757, {"x4": 2.235393554098467, "x2": 0.0, "x1": 0.0}  # it goes through exp(317)


@needs_node
def test_where_a_graph_is_delicate_its_last_bits_decide_and_no_more():
    seed, point = DELICATE
    graph = random_graph(seed)
    [[answer]] = by_browser([(graph, [point])])
    step = c.compile_flat(graph)
    loop = numbers(by_loop(graph, point))
    assert apart(loop, numbers(answer), 1e-12)
    assert 1e-12 < last_bits(graph, point, loop) < 1e-11
    assert agree(graph, point, step, answer)
    assert apart(loop, loop * (1.0 + 1e-10), last_bits(graph, point, loop))
    sturdy = c.ComputationalGraph(c.Input(2.0, "x") ** 2 * 3.0)
    assert last_bits(sturdy, {"x": 1.5}, numbers(by_loop(sturdy, {"x": 1.5}))) < 1e-14


@needs_node
def test_random_graphs_agree_three_ways():
    assert disagreements(range(300)) == []


def wild_graph(seed):
    """A random graph with poles and overflow, every tenth point at a corner."""
    graph = random_graph(seed, SMOOTH + KINKED + WILD, spread=4.0)
    rng = np.random.default_rng(seed)
    points = [{name: float(rng.normal() * 3) for name in graph.inputs} for _ in range(3)]
    points.append({name: CORNERS[int(rng.integers(60))] for name in graph.inputs})
    return graph, points


def wrong_of(seeds):
    """The seeds and points at which the three ways differ."""
    jobs = {seed: wild_graph(seed) for seed in seeds}
    wrong, all_answers = [], by_browser(jobs.values())
    for (seed, (graph, points)), answers in zip(jobs.items(), all_answers, strict=True):
        step = c.compile_flat(graph)
        pairs = zip(points, answers, strict=True)
        wrong += [(seed, p) for p, a in pairs if not agree(graph, p, step, a)]
    return wrong


@needs_node
def test_loop_flat_code_and_browser_agree_on_random_graphs():
    assert wrong_of(range(200)) == []


@needs_node
@pytest.mark.long
def test_loop_flat_code_and_browser_agree_on_a_thousand_random_graphs():
    assert wrong_of(range(200, 1200)) == []


ODD_NAMES = (
    *("dx", "x", "v1", "log", "layout", "upstream", "step", "np", "outer", "exp", "where"),
    *("unbroadcast", "df", "share_1_0", "dv1", "v1_", "float64", "careful", "pow", "refused"),
    *("values", "f", "math", "maximum"),
)


@needs_node
@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_input_may_have_any_name(name):
    x, y = c.Input(0.5, name), c.Input(-1.5, "x" if name != "x" else "y")
    product = x * y
    f = c.maximum(c.log(c.exp(product) + x**2), c.sigmoid(y) * product + c.elu(y))
    graph = c.ComputationalGraph(f)
    points = [dict(zip(graph.inputs, pair, strict=True)) for pair in ((0.5, -1.5), (2.0, 0.3))]
    [answers] = by_browser([(graph, points)])
    step = c.compile_flat(graph)
    assert all(agree(graph, p, step, a) for p, a in zip(points, answers, strict=True))


def test_a_program_is_plain_json_lines():
    x, y, z = c.Input(-2.0, "x"), c.Input(5.0, "y"), c.Input(-4.0, "z")
    program = browser_program(c.ComputationalGraph(((x + y).named("q") * z).named("f")))
    assert program["inputs"] == ["x", "y", "z"]
    assert program["lines"][:2] == [["q", ["+", "x", "y"]], ["f", ["*", "q", "z"]]]
    assert program["values"] == ["x", "y", "q", "z", "f"]
    assert program["grads"] == ["dx", "dy", "dq", "dz", "df"]
    assert set(program["shares"]) == {"2", "4"}
    assert is_scalar(program)
    assert program["constants"] == {}
