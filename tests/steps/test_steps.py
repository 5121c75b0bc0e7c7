"""The two passes as steps: the right moments in the right order, and the same sentences in both
languages."""

import json
import random

import numpy as np
import pytest
from node import module, run
from random_graphs import SMOOTH, random_graph
from test_ground_truth import graph_of

import cs231n_lec4 as c
from cs231n_lec4 import lecture
from cs231n_lec4.flat import browser_program
from cs231n_lec4.pictures import dot as drawing
from cs231n_lec4.steps.code_moments import code_steps_of
from cs231n_lec4.steps.moments import shown_from, step_texts, steps_of

LECTURE = {
    "add_multiply": lecture.add_multiply,
    "sigmoid_neuron": lecture.sigmoid_neuron,
    "folded_neuron": lecture.folded_neuron,
    "gate_patterns": lecture.gate_patterns,
    "branch": lecture.branch,
}


def steps_and_program(graph):
    graph.backward()
    program = browser_program(graph)
    return steps_of(graph, program), program


def sketch_wires(graph):
    return drawing.draw(graph).wires


def texts_of(graph):
    """The text of every step, at the graph's numbers."""
    steps, program = steps_and_program(graph)
    return step_texts(steps, program, {name: x.value for name, x in graph.inputs.items()})


def lines_of(graph):
    """Every sentence of every step, one for each row."""
    return "\n".join(texts_of(graph)).split("\n")


def test_a_pass_is_forward_then_start_then_backward():
    graph = lecture.add_multiply()
    steps, _ = steps_and_program(graph)
    moments = [(step["kind"], graph.name_of(graph.nodes[step["node"]])) for step in steps]
    assert moments == [
        ("forward", "q"), ("forward", "f"), ("start", "f"), ("backward", "f"), ("backward", "q"),
    ]  # fmt: skip


def test_the_sentences_of_the_first_example_are_those_of_the_slide():
    graph = lecture.add_multiply()
    assert lines_of(graph) == [
        "Forward: q = x + y = (−2.00) + 5.00 = 3.00.",
        "Forward: f = q · z = 3.00 · (−4.00) = −12.00.",
        "Backward starts: the gradient of f with respect to f is 1.",
        "Through f: the gradient of f with respect to q is upstream times local, "
        "1.00 · (−4.00) = −4.00.",
        "Through f: the gradient of f with respect to z is upstream times local, 1.00 · 3.00 = 3.00.",
        "Through q: the gradient of f with respect to x is upstream times local, "
        "(−4.00) · 1.00 = −4.00.",
        "Through q: the gradient of f with respect to y is upstream times local, "
        "(−4.00) · 1.00 = −4.00.",
    ]


def test_the_paths_of_a_branch_are_added_once_all_are_there():
    graph = lecture.branch()
    steps, _ = steps_and_program(graph)
    kinds = [step["kind"] for step in steps]
    assert kinds.count("sum") == 1
    shares = [row["downstream"] for s in steps if s["kind"] == "backward" for row in s["rows"]]
    [row] = steps[kinds.index("sum")]["rows"]
    added = [part["tree"] for part in row["text"] if "tree" in part][:-1]
    assert added == [name for name in shares if name in added]
    assert len(added) == 2
    assert texts_of(graph)[kinds.index("sum")] == (
        "b branches: the gradient of e with respect to b is the sum 3.00 + 2.00 = 5.00."
    )


@pytest.mark.parametrize("name", LECTURE)
def test_every_number_of_the_picture_is_known_at_the_end_and_none_before_its_step(name):
    graph = LECTURE[name]()
    steps, program = steps_and_program(graph)
    shown = shown_from(graph, program, sketch_wires(graph), steps)
    place = {(s["kind"], s["node"]): t for t, s in enumerate(steps, 1)}
    for wire in sketch_wires(graph):
        value, gradient = shown[wire["id"]]
        assert value == place.get(("forward", wire["node"]), 0)
        if wire["alive"]:
            assert value < gradient <= len(steps)


def test_a_graph_without_inputs_that_want_gradients_has_only_forward_steps():
    graph = c.ComputationalGraph(c.Constant(2.0) * c.Constant(3.0))
    assert steps_of(graph, browser_program(graph)) == []


def test_a_chain_of_300_gates_is_cut_in_reasonable_time():
    x = c.Input(0.5, "x")
    node, last = x * 1.5, x + 1.0
    for _ in range(290):
        node, last = last, last - node
    graph = c.ComputationalGraph(node * last)
    steps, program = steps_and_program(graph)
    assert len(steps) > 800
    assert len(shown_from(graph, program, sketch_wires_of(graph), steps)) > 500


def sketch_wires_of(graph):
    from cs231n_lec4.pictures.sketch import sketch_of

    return sketch_of(graph).records()


# ── the browser says the same ────────────────────────────────────────────────────────────────────

SAY = """
const jobs = JSON.parse(await input());
const said = jobs.map(({ program, steps, names, inputs }) => {
  const look = compileProgram(program)(inputs);
  const session = { look, program, nodeNames: names, settings: { digits: 2 }, wires: [] };
  return steps.flatMap((step) => stepSentences(session, step));
});
console.log(JSON.stringify(said));
"""


def job(graph, inputs=None):
    """What the browser needs to speak, at some inputs."""
    steps, program = steps_and_program(graph)
    return {
        "program": program,
        "steps": steps,
        "names": [graph.name_of(node) for node in graph.nodes],
        "inputs": inputs or {name: node.value for name, node in graph.inputs.items()},
    }


def spoken(jobs):
    return run(module("program", "steps") + SAY, jobs)


def graphs_at_other_numbers():
    rng = random.Random(4)
    for make in [*LECTURE.values(), *(lambda s=s: random_graph(s, SMOOTH) for s in range(40))]:
        graph = make()
        graph.forward(**{name: rng.uniform(-3, 3) for name in graph.inputs})
        yield graph


def test_the_spoken_steps_are_the_written_ones_also_after_a_move():
    graphs = list(graphs_at_other_numbers())
    found = spoken([job(graph) for graph in graphs])
    for graph, sentences in zip(graphs, found, strict=True):
        graph.backward()
        assert sentences == lines_of(graph)


# ── graphs that only Python can compute ──────────────────────────────────────────────────────────


def rows(steps, kind):
    return [row for step in steps if step["kind"] == kind for row in step["rows"]]


def test_the_steps_of_a_matrix_product_are_its_lines_of_code_with_shapes():
    steps, _ = code_steps_of(lecture.squared_norm_of_product())
    assert rows(steps, "forward")[0]["code"] == "q = W @ x"
    assert rows(steps, "forward")[0]["shapes"] == [["q", "(2,)"], ["W", "(2, 2)"], ["x", "(2,)"]]
    backward = rows(steps, "backward")
    assert [row["code"].split(" = ")[0] for row in backward] == ["dq", "dW", "dx"]
    assert all(row["shapes"] for row in backward)


def test_the_tiny_two_layer_net_can_be_stepped_through_every_gate():
    graph = graph_of("lec_two_layer_20_lines_tiny")
    graph.backward()
    steps, outline = code_steps_of(graph)
    gates = [node for node in graph.nodes if node.inputs and node.wants_grad]
    assert len(rows(steps, "forward")) == len(gates)
    assert [s["node"] for s in steps if s["kind"] == "backward"] == [
        graph.nodes.index(gate) for gate in reversed(gates)
    ]
    shown = shown_from(graph, outline, sketch_wires(graph), steps)
    assert all(
        g is not None for w in sketch_wires(graph) if w["alive"] for g in [shown[w["id"]][1]]
    )
    json.dumps(steps)


def test_shares_of_an_array_are_added_in_a_step_of_their_own():
    x = c.Input([1.0, 2.0], "x")
    graph = c.ComputationalGraph((x * x + x).sum())
    graph.backward()
    steps, _ = code_steps_of(graph)
    [row] = rows(steps, "sum")
    assert row["code"].count("dx = ") == 3


class RepeatGate(c.Gate):
    """A loop: no straight-line code can hold it."""

    def forward(self, x):
        y = x
        for _ in range(2):
            y = y * 2.0
        return y

    def backward(self, dy):
        return dy * 4.0


def test_a_gate_with_a_loop_shows_the_call_of_its_methods():
    graph = c.ComputationalGraph((RepeatGate(c.Input(3.0, "x")) + 1.0).named("f"))
    graph.backward()
    assert browser_program(graph) is None
    steps, _ = code_steps_of(graph)
    assert ".forward(x)" in rows(steps, "forward")[0]["code"]
    assert ".backward(" in rows(steps, "backward")[-1]["code"]


def test_an_output_that_is_an_array_starts_with_ones():
    graph = c.ComputationalGraph((c.Input(np.ones((2, 3)), "W") * 2.0).named("f"))
    [row] = rows(code_steps_of(graph)[0], "start")
    assert row["code"] == "df = ones((2, 3))"


@pytest.mark.parametrize(
    ("formula", "x", "local"),
    [
        ("1 / x", 0.0, "−∞"),
        ("log(x)", 0.0, "∞"),
        ("x ** 0.5", -8.0, "NaN"),
        ("x ** 0", 0.0, "0.00"),
    ],
)
def test_a_step_has_ieee_numbers_where_python_refuses_one(formula, x, local):
    text = texts_of(c.parse(formula, x=x))[-1]
    assert f"1.00 · {local}".replace("· −∞", "· (−∞)") in text
