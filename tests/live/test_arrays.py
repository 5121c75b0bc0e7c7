"""Arrays in live views: entries on wires, numbers of the browser's own, and of the kernel."""

import json

import node
import numpy as np
import pytest
from random_arrays import random_array_graph
from test_ground_truth import graph_of

import cs231n_lec4 as c
from cs231n_lec4 import explore, lecture, step_through
from cs231n_lec4.flat import browser_program
from cs231n_lec4.live.base.sliders import plain
from cs231n_lec4.live.graphs.frames import MOST_ENTRIES, entries_of, frame_of, size_of
from cs231n_lec4.pictures.sketch import sketch_of


def test_a_small_array_shows_each_entry_with_its_own_gradient():
    graph = lecture.squared_norm_of_product()
    graph.backward()
    entries = frame_of(graph, 2)["w0"]["entries"]
    assert (entries["rows"], entries["columns"], entries["strip"]) == (2, 2, False)
    assert [item[:3] for item in entries["items"]] == [
        [[0, 0], "0.10", "0.09"], [[0, 1], "0.50", "0.18"], [[1, 0], "−0.30", "0.10"], [[1, 1], "0.80", "0.21"],
    ]  # fmt: skip


def test_a_large_array_is_sent_as_a_strip_of_few_entries():
    x = c.Input(np.arange(1000.0).reshape(50, 20), "x")
    graph = c.ComputationalGraph(c.squared_norm(x))
    graph.backward()
    entries = entries_of(sketch_of(graph).wires[0], 2)
    assert entries["strip"]
    assert len(entries["items"]) == MOST_ENTRIES == entries["columns"]
    assert entries["items"][0][0] == [0, 0]
    assert entries["items"][-1] == [[49, 19], "999.00", "1998.00", 1.0, 1.0]


def test_a_gradient_that_is_no_number_has_a_band_like_any_other_not_that_of_0():
    say = "console.log(JSON.stringify(JSON.parse(await input()).map(bandWidth)));"
    sizes = [
        size_of(g) for g in (np.nan, np.array([np.nan, 9.0]), 0.0, -np.inf, np.array([1, -2.0]))
    ]
    assert 0 < sizes[0] == sizes[1] < 1e-200
    assert sizes[2:] == [0.0, 1e300, 2.0]
    assert node.run(node.module("bands") + say, sizes)[0] == 3  # as bandWidth(NaN)


def test_numbers_that_json_does_not_know_travel_as_text():
    x = c.Input([1.0, 0.0, -1.0], "x")
    graph = c.ComputationalGraph(c.reciprocal(x) + c.log(x))
    graph.backward(np.ones(3))
    json.dumps(frame_of(graph, 2), allow_nan=False)


@pytest.mark.parametrize("value", [np.float32(2.0), np.array([2.0, -1.0], "f4")])
def test_numbers_of_32_bits_stay_so_when_a_slider_moves_or_an_update_is_made(value):
    graph = c.ComputationalGraph(c.squared_norm(c.Input(value, "x") * c.Input(value, "y")))
    view, walk = explore(graph), step_through(graph, update=0.1)
    view.move(x=plain(np.asarray(value) + 0.5))
    walk.place = len(walk.steps)
    kept = [node.value for node in graph.inputs.values()]
    assert {x.dtype for x in (*kept, graph["x"].grad, *walk.parameters.values())} == {
        np.dtype("f4")
    }


class TwiceGate(c.Gate):
    """A loop, which the browser cannot run."""

    def forward(self, x):
        for _ in range(1):
            x = x + x
        return x

    def backward(self, dz):
        return [2.0 * dz]


def test_where_only_python_computes_a_move_sends_a_frame_and_the_page_says_at_which_gate():
    x = c.Input([1.0, 2.0], "x")
    view = explore(c.ComputationalGraph(c.squared_norm(TwiceGate(x).named("twice"))))
    before = view.frame
    view.move(x=[1.0, 0.0])
    assert view.frame["w1"]["texts"] != before["w1"]["texts"]
    assert view.settings["python"] == {
        "node": 1,
        "text": "Only Python can compute twice, the gate Twice. Here all numbers stay as they were "
        "saved.",
    }


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (np.zeros(1001), "x has more than 1,000 numbers, too many for a browser."),
        (np.zeros((0, 3)), "x is an array without numbers."),
        (np.ones(3, "f4"), "x has numbers of 32 bits."),
    ],
)
@pytest.mark.filterwarnings("error")
def test_an_array_that_only_python_computes_is_named_by_pages_and_the_quiz(value, why):
    graph = c.ComputationalGraph(c.squared_norm(c.Input(value, "x")))
    assert explore(graph).settings["python"]["text"].startswith(why)
    with pytest.raises(c.GraphError, match="a graph that the browser can compute. " + why):
        c.quiz(graph)


def test_arrays_are_computed_in_the_browser_and_the_graph_follows():
    graph = lecture.squared_norm_of_product()
    view = explore(graph)
    view.move(x=[1.0, 0.0])
    assert (view.frame, "python" in view.settings) == ({}, False)
    assert graph["q"].value.tolist() == [0.1, -0.3]


# ── arrays on wires: the browser writes them as Python does ──────────────────────────────────────

ON_WIRES = """
const { program, inputs, wires, look } = JSON.parse(await input());
const session = { program, look: compileProgram(program)(inputs), settings: look };
showNumbers(session, wires);
const told = wires.map((wire) => [wire.lines, holdsArray(session, wire) && entriesOf(session, wire)]);
console.log(JSON.stringify(told));
"""
WRITTEN = {
    "a product": lambda: lecture.squared_norm_of_product(),
    "a branch": lambda: lecture.linear_classifier(),
    "constants": lambda: c.ComputationalGraph(
        c.hinge_loss(np.array([[1.0, -2.0], [0.5, 3.0]]) @ c.Input(np.eye(2), "W"), [0, 1])
    ),
    "long": lambda: c.ComputationalGraph(c.Input(np.arange(96.0).reshape(2, 48), "x") * 2.0),
    "three axes": lambda: c.ComputationalGraph(c.Input(np.ones((2, 1, 2)), "x") * 2.0),
    "large numbers": lambda: c.ComputationalGraph(c.exp(c.Input([[800.0, -1e-9, 30.0]], "x"))),
}


@pytest.mark.parametrize("seed", range(12))
def test_backward_knows_when_each_gradient_of_an_array_comes(seed):
    """A wire whose gradient comes later than the picture says would show it from the start."""
    view = explore(random_array_graph(seed))
    moves, known = view.settings["backward"].values()
    for wire in view.drawings[0].wires:
        if wire["alive"]:
            gate = moves[known[wire["id"]] - 1]
            assert wire["node"] in [row["to"] for row in gate["rows"]], wire
    assert len(set(known.values())) > 1


@pytest.mark.parametrize("width", [8, 5])  # 5: in a hall
@pytest.mark.parametrize("make", WRITTEN.values(), ids=WRITTEN)
def test_the_browser_writes_arrays_and_their_entries_as_python_does(make, width):
    graph = make()
    program = browser_program(graph)
    graph.backward(None if not program["shapes"][-1] else np.ones(program["shapes"][-1]))
    sketch, frame = sketch_of(graph), frame_of(graph, 2, width)
    inputs = {name: plain(node.value) for name, node in graph.inputs.items()}
    wires = sketch.records()
    job = {
        "program": program,
        "inputs": inputs,
        "wires": wires,
        "look": {"digits": 2, "width": width},
    }
    found = node.run(node.module("program", "wires", "entry_numbers") + ON_WIRES, job)
    for wire, (lines, entries) in zip(sketch.wires, found, strict=True):
        written = [list(filter(None, lines[side])) for side in ("value", "gradient")]
        numbers = [x for side in written for text in side for x in text.strip("[]").split()]
        assert max(map(len, numbers)) <= width or "×" in written[0][0]
        assert written == [list(filter(None, side)) for side in frame[wire.id]["texts"]]
        if entries or frame[wire.id]["entries"]:
            same_entries(entries, frame[wire.id]["entries"])


def same_entries(one, other):
    """The same places, texts and form; levels are rounded otherwise at a tie."""
    assert [item[:3] for item in one["items"]] == [item[:3] for item in other["items"]]
    levels = [[item[3:] for item in side["items"]] for side in (one, other)]
    np.testing.assert_allclose(*levels, atol=0.0101)
    assert {**one, "items": []} == {**other, "items": []}


def test_the_tiny_two_layer_net_can_be_explored_and_stepped_through():
    for make in (explore, step_through):
        view = make(graph_of("lec_two_layer_20_lines_tiny"))
        assert any(view.program["shapes"])
        assert any(control["index"] for control in view.controls)
        assert "entries" in view.settings["panels"]


# ── what the gradient of an entry is made of ─────────────────────────────────────────────────────

PATHS = """
const { program, inputs, wires } = JSON.parse(await input());
const session = { program, wires, look: compileProgram(program)(inputs) };
const told = wires.map((wire) => {
  const [value, gradient] = [program.values[wire.node], gradientName(program, wire)].map(session.look);
  const numbers = wire.alive && isArray(value) ? [...gradient.data] : [];
  return numbers.map((number, k) => {
    const { places, terms } = pathsOf(session, wire, k);
    return { places, terms, isSum: isSumOf(terms, number) };
  });
});
console.log(JSON.stringify(told));
"""


def paths_on(graph):
    """What `pathsOf` finds for each entry on each wire: `[[{"places": …, "terms": …}, …], …]`, and
    whether a view tells it as a sum."""
    view = explore(graph)
    job = {"program": view.program, "inputs": view.start, "wires": view.pictures[0]["wires"]}
    return node.run(node.module("program", "paths", "wires", "entries") + PATHS, job)


def paths_of(graph, name):
    """The same for the wire of one node."""
    wires = sketch_of(graph).wires
    return next(
        found
        for wire, found in zip(wires, paths_on(graph), strict=True)
        if (wire.name, wire.role) == (name, "wire")
    )


PATH_GRAPHS = {
    "the slide, by W": (lecture.squared_norm_of_product, "W"),
    "the slide, by x": (lecture.squared_norm_of_product, "x"),
    "a batch, by W": (lecture.matrix_product, "W"),
    "a net, by its first weights": (lecture.tiny_two_layer, "w1"),
    "a net, by its hidden layer": (lecture.tiny_two_layer, "h"),
    "W branches": (lecture.linear_classifier, "W"),
    "a ReLU": (lecture.relu_of_vector, "x"),
}


@pytest.mark.parametrize("name", PATH_GRAPHS)
def test_the_terms_of_an_entry_add_up_to_its_gradient(name):
    make, asked = PATH_GRAPHS[name]
    graph = make()
    graph.backward()
    found = [
        sum(term["upstream"] * term["slope"] for term in one["terms"])
        for one in paths_of(graph, asked)
    ]
    np.testing.assert_allclose(found, np.ravel(graph[asked].grad), rtol=1e-9, atol=1e-12)


def two_uses(more):
    """W in a product with `more` columns, and in a sum of squares."""
    W, X = c.Input([[1.0, 2.0], [3.0, -4.0]], "W"), c.Input(np.linspace(-1, 1, 2 * more), "X")
    product = c.squared_norm(W @ X.reshape(2, more))
    return c.ComputationalGraph(product + 0.5 * c.squared_norm(W))


class WrongGate(c.Gate):
    """Upstream is squared: no sum of upstream times slope."""

    def forward(self, x):
        return 3.0 * x

    def backward(self, dz):
        return [dz * dz * 3.0]


def wrong():
    x = c.Input([1.0, -2.0], "x")
    return c.ComputationalGraph(c.squared_norm(WrongGate(x)))


SUMS = {"branches": lambda: two_uses(2), "a long branch": lambda: two_uses(40), "wrong": wrong}
SUMS |= {f"random {seed}": lambda seed=seed: random_array_graph(seed) for seed in range(5)}
SUMS["a square"] = lambda: c.ComputationalGraph((x := c.Input([1.0, -2.0], "x")) * x)


@pytest.mark.parametrize("make", SUMS.values(), ids=SUMS)
def test_what_is_told_as_the_sum_of_an_entry_is_the_gradient_on_its_own_wire(make):
    graph = make()
    graph.backward(np.ones(np.shape(graph.output.value)))
    for wire, entries in zip(sketch_of(graph).wires, paths_on(graph), strict=True):
        for one, gradient in zip(entries, np.ravel(wire.gradient), strict=False):
            if one["isSum"]:
                total = sum(term["upstream"] * term["slope"] for term in one["terms"])
                assert total == pytest.approx(gradient, rel=1e-8, abs=1e-8), wire.name


def test_a_branch_has_the_terms_of_its_own_gate_alone():
    graph = two_uses(2)
    found = {
        wire.name: [(one["isSum"], len(one["terms"])) for one in entries]
        for wire, entries in zip(sketch_of(graph).wires, paths_on(graph), strict=True)
        if wire.name.startswith("W")
    }
    assert found == {
        "W": [(True, 3)] * 4,
        "W into v2": [(True, 2)] * 4,
        "W into v4": [(True, 1)] * 4,
    }


def test_an_entry_of_a_matrix_has_one_path_and_one_of_a_vector_a_column():
    graph = lecture.squared_norm_of_product()
    W, x, q = (graph.nodes.index(graph[name]) for name in "Wxq")

    def lit(name):
        return [
            {(p["node"], p["side"], p["k"]) for p in one["places"]} for one in paths_of(graph, name)
        ]

    assert lit("W") == [{(q, "gradient", i), (x, "value", j)} for i in (0, 1) for j in (0, 1)]
    rows = {(q, "gradient", 0), (q, "gradient", 1)}
    assert lit("x") == [rows | {(W, "value", i), (W, "value", 2 + i)} for i in (0, 1)]
    graph.forward(x=[0.0, 0.0])  # a 0 hides no path
    assert len(lit("W")[0]) == 2


# ── what is said beside arrays ───────────────────────────────────────────────────────────────────


def test_help_with_arrays_comes_also_where_the_first_input_is_a_number():
    say = "console.log(sentenceOf({ controls: JSON.parse(await input()) }, { held_help: 1, held_help_array: 2 }));"
    number, entry = {"index": None}, {"index": [0]}
    asked = ([number, entry], [entry, number], [number, number])
    assert [node.run(node.module("held") + say, controls) for controls in asked] == [2, 2, 1]


@pytest.mark.parametrize("line", ["dx = y * dz", "dx = dx + y * dz", "dx += y * dz"])
def test_a_bead_at_a_port_holds_the_product_of_a_line_of_code(line):
    """`+=` is how a second share is written where all are single numbers."""
    say = "console.log(JSON.stringify(productOf({}, { code: JSON.parse(await input()), shapes: [] }).parts));"
    assert node.run(node.module("movement") + say, f"dq = dL\n{line}") == ["y * dz"]
