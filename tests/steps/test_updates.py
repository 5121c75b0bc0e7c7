"""`step_through(graph, update=0.1)`: Update is a step of its own, and Back undoes it exactly."""

import math

import numpy as np
import pytest
from node import module, run
from test_ground_truth import CASES
from test_live import WRONG, send

import cs231n_lec4 as c
from cs231n_lec4 import GraphError, lecture, step_through, words
from cs231n_lec4.flat import browser_program
from cs231n_lec4.live.graphs.update_view import MOST_ROUNDS
from cs231n_lec4.steps.moments import steps_of
from cs231n_lec4.steps.updates import checked_update, update_step
from cs231n_lec4.words.digits import lines

TINY = CASES["lec_two_layer_20_lines_tiny"]


def tiny(rate=0.1):
    return step_through(lecture.tiny_two_layer(), update=rate, parameters=["w1", "w2"])


def product(**settings):
    """f = (x + y) z: the browser computes it without the kernel."""
    return step_through(lecture.add_multiply(), update=0.1, **settings)


def same_bits(one, other):
    return all(np.asarray(one[name]).tobytes() == np.asarray(other[name]).tobytes() for name in one)


# ── forward, backward, Update, forward again ─────────────────────────────────────────────────────


def test_backward_changes_no_weight_and_update_makes_those_of_the_known_next_step():
    view = tiny()
    last = len(view.steps)
    before = view.parameters
    view.place = last - 1
    assert same_bits(view.parameters, before)
    view.place = last
    after = TINY["after_one_step"]
    for name in ("w1", "w2"):
        assert np.allclose(view.parameters[name], after[name], rtol=1e-12, atol=0)
        assert getattr(view, f"input_{name}") == view.parameters[name].tolist()
    assert view.losses == pytest.approx([TINY["output"], after["loss"]], rel=1e-12)
    assert (view.round, view.sentence) == (1, "w1 = w1 - 0.1 * dw1\nw2 = w2 - 0.1 * dw2")


def test_next_after_update_is_the_forward_pass_of_the_next_round():
    view = tiny()
    view.place = len(view.steps) + 1
    assert (view.round, view.sentence) == (2, "a = x @ w1")
    assert view.input_x == TINY["inputs"]["x"]
    assert f"{view.losses[-1]:.2f}" == "5.80"


@pytest.mark.parametrize("make", [tiny, product])
def test_back_undoes_each_update_bit_for_bit(make):
    view, seen = make(), []
    for round in range(7):
        seen.append(view.parameters)
        view.place = len(view.steps) * (round + 1)
    assert len(view.trail) == 7
    for round in reversed(range(7)):
        view.place -= 1
        assert same_bits(view.parameters, seen[round])
        view.place -= len(view.steps) - 1
    assert (view.place, view.trail) == (0, [])


def test_seven_rounds_are_seven_steps_of_gradient_descent():
    view = tiny(0.05)
    graph = lecture.tiny_two_layer()
    view.place = 7 * len(view.steps)
    for _ in range(7):
        grads = graph.backward()
        graph.forward(**{name: graph[name].value - 0.05 * grads[name] for name in ("w1", "w2")})
    for name in ("w1", "w2"):
        assert np.array_equal(view.parameters[name], graph[name].value)
    assert view.losses[-1] == graph.output.value < view.losses[0]


def test_the_update_of_single_numbers_is_said_with_names_and_with_numbers():
    view = product(parameters=["x", "z"])
    view.place = len(view.steps)
    assert view.sentence == (
        "Update: x ← x − 0.1 · (the gradient of f with respect to x) = −2.00 − 0.1 · (−4.00) = −1.60.\n"
        "Update: z ← z − 0.1 · (the gradient of f with respect to z) = −4.00 − 0.1 · 3.00 = −4.30."
    )
    assert view.parameters == {"x": -2.0 + 0.1 * 4.0, "z": -4.0 - 0.1 * 3.0}
    assert view.input_y == 5.0
    assert repr(product(parameters=["x", "z"])).endswith(view.sentence)


def test_an_update_starts_from_where_the_sliders_are():
    view = product(parameters=["x"])
    view.move(z=2.0)
    view.place = len(view.steps)
    assert view.parameters == {"x": -2.0 - 0.1 * 2.0}
    view.move(x=9.0)
    view.place -= 1
    assert (view.input_x, view.input_z) == (-2.0, 2.0)


def test_a_small_update_lowers_the_loss_by_rate_times_the_squared_gradient():
    view = tiny(1e-4)
    grads = lecture.tiny_two_layer().backward()
    view.place = len(view.steps)
    expected = 1e-4 * sum(np.sum(grads[name] ** 2) for name in ("w1", "w2"))
    assert view.losses[0] - view.losses[1] == pytest.approx(expected, rel=1e-3)


def test_updates_leave_the_students_graph_alone():
    graph = lecture.tiny_two_layer()
    before = [(node.value, node.grad) for node in graph.nodes]
    view = step_through(graph, update=0.1, parameters=["w1", "w2"])
    view.place = 3 * len(view.steps)
    assert all(n.value is v and n.grad is g for n, (v, g) in zip(graph.nodes, before, strict=True))


def test_without_names_every_input_is_a_parameter():
    view = product()
    view.place = len(view.steps)
    assert list(view.parameters) == ["x", "y", "z"]
    assert view.parameters["y"] == 5.0 + 0.1 * 4.0


def test_a_loss_that_explodes_stops_before_the_update_that_has_no_result():
    view = step_through(lecture.tiny_two_layer(), update=1e200, parameters=["w1", "w2"])
    view.place = 50 * len(view.steps)
    assert view.overflow
    assert view.place % len(view.steps) == len(view.steps) - 1
    assert all(np.isfinite(value).all() for value in view.parameters.values())
    view.place = 0
    assert not view.overflow
    assert view.input_w1 == TINY["inputs"]["w1"]


def test_a_view_goes_no_further_than_its_last_round():
    view = product()
    view.place = 10**9
    assert (view.place, view.round) == (MOST_ROUNDS * len(view.steps), MOST_ROUNDS)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rate", ["0.1", True, math.nan, math.inf, [0.1, 0.2], None])
def test_a_rate_that_is_no_number_is_refused(rate):
    with pytest.raises(GraphError):
        checked_update(lecture.add_multiply(), rate, ["x"])


def test_names_that_are_no_inputs_and_no_names_at_all_are_refused():
    with pytest.raises(GraphError, match="x, y, z"):
        step_through(lecture.add_multiply(), update=0.1, parameters=["w"])
    with pytest.raises(GraphError, match="at least one name"):
        step_through(lecture.add_multiply(), update=0.1, parameters=[])


def test_an_output_that_is_an_array_is_no_loss():
    graph = c.ComputationalGraph((c.Input([1.0, 2.0], "x") * 2.0).named("f"))
    with pytest.raises(GraphError, match=r"f has shape \(2,\)"):
        step_through(graph, update=0.1)


RECORD = {key: {"x": 1.0, "y": 2.0, "z": 3.0} for key in ("before", "grads", "after")}
BAD_TRAILS = [
    *([value] for value in WRONG), "text", 3, None, {"loss": 1.0},
    [{"loss": math.nan, **RECORD}], [{"loss": "1", **RECORD}], [{"loss": 1.0}],
    [{"loss": 1.0, **RECORD, "after": {"x": 1.0}}], [{"loss": 1.0, **RECORD, "before": {"x": "a", "y": 1, "z": 1}}],
]  # fmt: skip


@pytest.mark.parametrize("trail", BAD_TRAILS, ids=str)
def test_a_trail_that_does_not_fit_is_not_taken(trail):
    view = product()
    send(view, {"trail": trail, "place": len(view.steps)})
    assert len(view.trail) == view.place // len(view.steps)
    assert all(record["before"]["x"] == -2.0 for record in view.trail)


def test_a_browser_that_made_the_update_is_believed_and_one_that_did_not_is_helped():
    view = product()
    last = len(view.steps)
    state = {f"input_{name}": value for name, value in RECORD["after"].items()}
    send(view, {"trail": [{"loss": -12.0, **RECORD}], **state, "place": last})
    assert view.parameters == RECORD["after"]
    helped = product()
    send(helped, {"place": last})
    assert helped.parameters["z"] == -4.0 - 0.1 * 3.0


# ── the browser computes and says the same ───────────────────────────────────────────────────────

UPDATE = """
const { program, steps, names, inputs, rate, pictures } = JSON.parse(await input());
const state = { steps, trail: [], place: 0, pictures };
const lookAt = compileProgram(program);
const update = { rate, names: Object.keys(inputs), rounds: 100 };
const session = { model: { get: (key) => state[key] }, program, lookAt, inputs, nodeNames: names,
  settings: { digits: 2, update }, inClass: false, wires: [] };
const rounds = roundsOf(session);
const go = (place) => {
  Object.assign(state, changesAt(session, rounds, place));
  session.record = recordAt(session, rounds, state.place);
  session.look = lookAt(session.inputs);
};
const told = [];
for (const place of [1, 2, 3].map((round) => round * steps.length)) {
  go(place);
  told.push([{ ...session.inputs }, stepSentences(session, steps.at(-1))]);
}
const reached = state.place;
go(steps.length - 1);
console.log(JSON.stringify({ told, reached, back: session.inputs, trail: state.trail }));
"""


@pytest.mark.parametrize("rate", [-0.5, -1e-7])
def test_the_browser_updates_undoes_and_speaks_as_python_does(rate):
    graph, view = lecture.sigmoid_neuron(), step_through(lecture.sigmoid_neuron(), update=rate)
    program, names = browser_program(graph), list(graph.inputs)
    rate, _ = checked_update(graph, rate, None)
    inputs = {name: node.value for name, node in graph.inputs.items()}
    job = {
        "program": program,
        "steps": [*steps_of(graph, program), update_step(graph, program, rate, names)],
        "names": [graph.name_of(node) for node in graph.nodes],
        "inputs": inputs,
        "rate": rate,
    }
    found = run(module("program", "steps") + UPDATE, job)
    for round, (numbers, sentences) in enumerate(found["told"], 1):
        view.place = round * len(view.steps)
        assert numbers == pytest.approx(view.parameters, rel=1e-14)
        assert sentences == view.sentence.split("\n")
    assert found["reached"] == 3 * len(view.steps)
    assert (found["back"], found["trail"]) == (inputs, [])


def test_the_browser_updates_arrays_as_python_does():
    view = tiny()
    inputs = dict(view.start)
    job = {"program": view.program, "steps": view.steps, "names": view.names, "inputs": inputs}
    script = UPDATE.replace("Object.keys(inputs)", '["w1", "w2"]')
    found = run(
        module("program", "steps") + script, {**job, "rate": 0.1, "pictures": view.pictures}
    )
    for round, (numbers, sentences) in enumerate(found["told"], 1):
        view.place = round * len(view.steps)
        for name, value in view.numbers().items():
            np.testing.assert_allclose(numbers[name], value, rtol=1e-12)
        for sentence, line in zip(sentences, view.sentence.split("\n"), strict=True):
            now = " ".join(" ".join(lines(view.parameters[line[:2]])).split())
            assert sentence == f"Update: {line}. {line[:2]} is now {now}."
    assert (found["back"], found["trail"]) == (inputs, [])


def test_the_browser_makes_no_update_that_has_no_result():
    graph = lecture.add_multiply()
    program = browser_program(graph)
    job = {
        "program": program,
        "steps": [*steps_of(graph, program), update_step(graph, program, 1e200, ["x", "y", "z"])],
        "names": [graph.name_of(node) for node in graph.nodes],
        "inputs": {name: node.value for name, node in graph.inputs.items()},
        "rate": 1e200,
    }
    found = run(module("program", "steps") + UPDATE, job)
    assert found["reached"] < 3 * len(job["steps"])
    assert found["back"] == job["inputs"]


def test_an_update_that_overflows_at_once_is_said_in_the_text_too():
    for graph, rate in ((lecture.add_multiply(), 1e308), (c.parse("log(x)", x=-1.0), 0.1)):
        view = step_through(graph, update=rate)
        assert words.VIEW["step_update_overflow"] in repr(view)
