"""Arrays in the browser: loop, flat Python and the browser's program give the same numbers."""

import ast

import node
import numpy as np
import pytest
from random_arrays import random_array_graph
from test_program_js import CORNERS
from three_ways import agree, apart, by_browser, by_loop, needs_node, numbers

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, Input, lecture
from cs231n_lec4.flat import browser_program, is_scalar, only_in_python
from cs231n_lec4.flat.bodies import FUNCTIONS
from cs231n_lec4.flat.lines import Untranslatable
from cs231n_lec4.flat.program import OPERATIONS, evaluate, run_program
from cs231n_lec4.flat.translating import NUMPY, RENAMED, SIGNS, Translator

LIMIT = 1e-9  # of the largest number: products are summed in another order


def points_of(graph, rng):
    """Two ordinary points, and one with a corner in about every fourth entry."""
    ordinary = [
        {n: rng.normal(size=np.shape(x.value))[()] for n, x in graph.inputs.items()}
        for _ in range(2)
    ]
    odd = {n: with_corners(x, rng) for n, x in ordinary[0].items()}
    return [*ordinary, odd]


def with_corners(value, rng):
    """The value, a fourth of its entries replaced."""
    corners = rng.choice(CORNERS, np.shape(value))
    return np.where(rng.random(np.shape(value)) < 0.25, corners, value)[()]


def wrong_of(seeds):
    """The seeds and points at which the three ways differ."""
    graphs = {seed: random_array_graph(seed) for seed in seeds}
    jobs = {s: (g, points_of(g, np.random.default_rng(s))) for s, g in graphs.items()}
    wrong, all_answers = [], by_browser(jobs.values())
    for (seed, (graph, points)), answers in zip(jobs.items(), all_answers, strict=True):
        step = c.compile_flat(graph)
        pairs = enumerate(zip(points, answers, strict=True))
        wrong += [(seed, k) for k, (p, a) in pairs if not agree(graph, p, step, a, LIMIT)]
    return wrong


@needs_node
def test_loop_flat_code_and_browser_agree_on_random_graphs_of_arrays():
    assert wrong_of(range(40)) == []


@needs_node
@pytest.mark.long
def test_loop_flat_code_and_browser_agree_on_a_thousand_random_graphs_of_arrays():
    assert wrong_of(range(1000, 2000)) == []


def test_the_twin_in_python_gives_the_same_numbers():
    for seed in range(3000, 3040):
        graph = random_array_graph(seed)
        program = browser_program(graph)
        for point in points_of(graph, np.random.default_rng(seed))[:2]:
            found = run_program(program, point)
            sides = {side: program[side] for side in ("values", "grads")}
            told = {
                side: [None if tree is None else evaluate(tree, found) for tree in trees]
                for side, trees in sides.items()
            }
            loop = by_loop(graph, point)
            assert not apart(numbers({side: loop[side] for side in sides}), numbers(told), LIMIT)


@needs_node
def test_there_is_one_list_of_operations():
    script = "console.log(JSON.stringify(Object.keys(OPERATIONS)))"
    in_the_browser = set(node.run(node.module("operations") + script, None))
    assert in_the_browser == set(OPERATIONS)
    known = {RENAMED.get(name, name) for name in NUMPY} | set(SIGNS.values()) | set(FUNCTIONS)
    assert known - {"placed"} <= in_the_browser  # that one is `put`


# ── what a program of arrays is ──────────────────────────────────────────────────────────────────


def test_a_program_of_arrays_tells_shapes_and_holds_its_constants():
    x = Input([1.0, 2.0], "x")
    graph = ComputationalGraph(x * c.Constant([3.0, np.inf], "k"))
    program = browser_program(graph)
    assert program["shapes"] == [[2], [2], [2]]
    assert not is_scalar(program)
    assert program["constants"] == {"k": [3.0, "inf"], "upstream": [1.0, 1.0]}


def test_broadcasting_is_summed_back_by_one_operation():
    graph = c.parse("sum(X + b)", X=[[1.0, 2.0]] * 3, b=[1.0, 2.0])
    lines = dict(browser_program(graph)["lines"])
    assert lines["db"][0] == "unbroadcast" or lines[lines["db"]][0] == "unbroadcast"


ARRAYS = ("squared_norm_of_product", "linear_classifier", "relu_of_vector")
ARRAYS += ("matrix_product", "two_matrices", "tiny_two_layer")


@pytest.mark.parametrize("name", ARRAYS)
def test_every_graph_of_arrays_of_the_lecture_runs_in_the_browser(name):
    graph = getattr(lecture, name)()
    assert only_in_python(graph) is None
    step = c.compile_flat(graph)
    points = points_of(graph, np.random.default_rng(0))[:2]
    [answers] = by_browser([(graph, points)])
    assert all(agree(graph, p, step, a, LIMIT) for p, a in zip(points, answers, strict=True))


class ColumnMeanGate(Gate):
    """What a student may write: NumPy with axes, methods, indices."""

    def forward(self, x):
        self.x = x
        top = x[0, :, None] * np.ones((1, 2))
        return x.mean(axis=0) + np.square(x[-1]) + top.sum(axis=1) + x.T.reshape(3, -1).max(1)

    def backward(self, dz):
        n = self.x.shape[0]
        dx = np.broadcast_to(dz / n, self.x.shape) + len(self.x) * np.sign(self.x[::-1, :])
        return [dx]


class SignGate(Gate):
    """Python asks an array of one entry whether it is true."""

    def forward(self, x):
        self.slope = 2.0 if x > 0.0 else -1.0
        return self.slope * x

    def backward(self, dz):
        return [self.slope * dz]


@needs_node
def test_an_array_of_one_entry_chooses_like_a_number():
    graph = ComputationalGraph(SignGate(Input([0.5], "x") * 2.0))
    points = [{"x": np.array([number])} for number in (0.5, -3.0, 0.0)]
    [answers] = by_browser([(graph, points)])
    step = c.compile_flat(graph)
    assert all(agree(graph, p, step, a) for p, a in zip(points, answers, strict=True))


class TwoMasksGate(Gate):
    """NumPy's True + True is True, in a variable too."""

    def forward(self, x):
        self.large = x > 1.0
        return x * (self.large + (x > 0.0))

    def backward(self, dz):
        return [self.large * dz]


class LoopGate(Gate):
    def forward(self, x):
        for _ in range(2):
            x = x + 1.0
        return x

    def backward(self, dz):
        return [dz]


class CumsumGate(Gate):
    def forward(self, x):
        return np.cumsum(x)

    def backward(self, dz):
        return [np.cumsum(dz[::-1])[::-1]]


@needs_node
def test_numpy_in_a_students_gate_is_translated_where_it_can_be():
    x = Input([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]], "x")
    graph = ComputationalGraph(ColumnMeanGate(x * 2.0))
    points = [{"x": x.value}, {"x": np.arange(6.0).reshape(2, 3)}]
    [answers] = by_browser([(graph, points)])
    step = c.compile_flat(graph)
    assert all(agree(graph, p, step, a) for p, a in zip(points, answers, strict=True))


@pytest.mark.parametrize("gate", [LoopGate, CumsumGate, TwoMasksGate])
def test_what_cannot_be_translated_is_named(gate):
    graph = ComputationalGraph(gate(Input([1.0, 2.0, 3.0], "x") * 2.0).named("odd").sum())
    assert browser_program(graph) is None
    assert graph.name_of(only_in_python(graph)) == "odd"


@pytest.mark.parametrize(
    ("text", "is_translated"),
    [
        ("(x > 0)[0] + (x > 1)[0]", False),  # True + True is True
        ("np.max(x > 0, axis=0) + np.max(x > 1, axis=0)", False),
        ("np.swapaxes(x > 0, 0, 1) + (x > 1).reshape(3, -1)", False),
        ("(x > 0).T @ (x > 1) + np.where(x > 0, x > 1, x < -1)", False),
        ("np.exp(x > 0)", False),  # NumPy answers in 16 bits
        ("1.0 * (x > 0) + (x > 1)", True),
        ("np.sum(x > 0, axis=0) + np.max(x > 0, axis=0)", True),
        ("np.where(x > 0, x, 0.0) + (x > 1) / np.size(x)", True),
    ],
)
def test_a_sum_of_masks_is_left_to_python(text, is_translated):
    translator = Translator({"np": np})
    expression = ast.parse(text, mode="eval").body
    if is_translated:
        assert translator.tree(expression)
    else:
        with pytest.raises(Untranslatable):
            translator.tree(expression)


INDICES = (
    (True, [0, 1, 1, 0, 1, 1, 0, 1]),  # longer than a name shows
    (True, ((0, 1),)),  # to NumPy a list, not two numbers
    (True, (slice(None), [0, -1, -1, 2], 1)),
    (True, (..., slice(3, None, -2))),
    (True, ()),
    (False, [[0, 1], [1, 0]]),
    (False, ([0, 0], [1])),
    (False, ([0, 1], slice(None), [1, 1])),
    (False, np.eye(2, 3) > 0),
)


@needs_node
@pytest.mark.parametrize(("is_translated", "index"), INDICES)
def test_an_index_picks_the_same_entries_everywhere(is_translated, index):
    rng = np.random.default_rng(0)
    graph = ComputationalGraph(Input(rng.normal(size=(2, 3, 4)), "x")[index] * 2.0)
    points, step = points_of(graph, rng), c.compile_flat(graph)
    assert (browser_program(graph) is not None) is is_translated
    [answers] = by_browser([(graph, points)]) if is_translated else [[None] * len(points)]
    assert all(agree(graph, p, step, a, LIMIT) for p, a in zip(points, answers, strict=True))


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        (np.zeros(1000), True),
        (np.zeros(1001), False),
        (np.zeros((0, 3)), False),
        (np.zeros(3, np.float32), False),
    ],
)
def test_what_is_large_empty_or_of_32_bits_stays_in_the_kernel(value, fits):
    graph = ComputationalGraph(Input(value, "x") + 1.0)
    assert (browser_program(graph) is not None) is fits
