"""A quiz on arrays: the mistakes of gates along axes, at picks and between scores have reasons."""

import numpy as np
import pytest
from node import module, run
from test_quiz import JUDGE, blank_of

from cs231n_lec4 import (
    ComputationalGraph,
    GraphError,
    Input,
    lecture,
    quiz,
    softmax,
    squared_norm,
    tanh,
)


def some(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape).round(1) + 0.05


def norm(node):
    return ComputationalGraph(squared_norm(node).named("L"))


def columns(seed):
    """Sums of the columns of a square."""
    return norm(Input(some(seed, 3, 3), "x").sum(axis=0).named("s"))


def means(seed):
    return norm(Input(some(seed, 2, 3), "x").mean(axis=1).named("m"))


def loss_of_mean(seed):
    return ComputationalGraph(tanh(Input(some(seed, 2, 3), "x")).named("t").mean().named("L"))


def repeated_pick(seed):
    return norm(Input(some(seed, 3), "x")[[2, 2, 0]].named("p"))


def one_pick(seed):
    x = Input(some(seed, 3), "x")
    return ComputationalGraph(squared_norm(x[1].named("p") * 3.0).named("L"))


def scores(seed):
    return norm(softmax(Input(some(seed, 3), "x")).named("p"))


def turned(seed):
    x, v = Input(some(seed, 2, 2), "x"), Input(some(seed + 9, 2), "v")
    return norm((x.T.named("t") @ v).named("q"))


def with_bias(seed):
    x, b = Input(some(seed, 2, 3), "x"), Input(some(seed + 9, 3), "b")
    return norm((x + b).named("q"))


ROWS = [  # graph, blank, what is answered in its place, the reason
    (columns, "x[0, 1]", lambda g: g["s"].grad[0], "repeated_wrong_axis"),
    (means, "x[0, 1]", lambda g: g["m"].grad[0], "forgot_divide_by_n"),
    (loss_of_mean, "t[1, 2]", lambda g: 1.0, "forgot_divide_by_n"),
    (loss_of_mean, "t[1, 2]", lambda g: 1 / 3, "forgot_divide_by_n"),
    (repeated_pick, "x[2]", lambda g: g["p"].grad[1], "overwrote_a_place"),
    (one_pick, "x[0]", lambda g: g["p"].grad, "gave_to_all_entries"),
    (one_pick, "x[2]", lambda g: g["x"].value[2], "gave_the_value"),
    (
        scores,
        "x[1]",
        lambda g: (lambda p: (p * (1 - p) * 2 * p)[1])(g["p"].value),
        "diagonal_alone",
    ),
    (turned, "x[0, 1]", lambda g: g["x"].grad[1, 0], "transposed"),
    (turned, "t[1, 0]", lambda g: g["t"].grad[0, 1], "transposed"),
    (with_bias, "b[1]", lambda g: g["q"].grad[0, 1], "one_term_of_a_sum"),
    (with_bias, "b[1]", lambda g: g["b"].grad[1] / 2, "mean_instead_of_sum"),
]
SEEDS = (1, 6, 8)


@pytest.fixture(scope="module")
def verdicts():
    """`{(row, seed): verdict}`, judged in one go."""
    asked, keys = [], [(k, seed) for k in range(len(ROWS)) for seed in SEEDS]
    for k, seed in keys:
        make, key, wrong, _ = ROWS[k]
        graph = make(seed)
        graph.backward()
        view = quiz(graph, entries=[key])
        text = f"{float(wrong(graph)):.6f}"
        part = {"program": view.program, "blank": blank_of(view, key), "numbers": view.start}
        asked.append({**part, "text": text})
    found = run("\n".join([module("judge", "program", "numbers"), JUDGE]), asked)
    return dict(zip(keys, found, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("k", range(len(ROWS)), ids=[f"{r[0].__name__} {r[3]}" for r in ROWS])
def test_a_mistake_among_arrays_has_its_reason(verdicts, k, seed):
    verdict = verdicts[k, seed]
    assert not verdict["right"]
    assert ROWS[k][3] in (verdict["reason"] or "").split(" or ")


def test_an_entry_that_nothing_picks_may_be_zero_in_new_numbers():
    """Its gradient is 0 at all numbers: to look for others would try 20,000 times in vain."""
    found = quiz(one_pick(2), entries=["x[0]", "x[1]", "x[2]"]).quiz["blanks"]
    may_be_zero = {blank["key"]: blank["may_be_zero"] for blank in found}
    assert [may_be_zero[f"x[{k}]"] for k in range(3)] == [True, False, True]


def test_what_an_entry_of_a_large_product_is_judged_by_stays_short():
    """W[0, 0] reaches 40 entries of W @ X; each slope is computed from its own row alone."""
    W, X = Input(some(1, 2, 2), "W"), Input(some(2, 2, 40), "X")
    [blank] = quiz(norm(W @ X), entries=["W[0, 0]"]).quiz["blanks"]
    assert len(blank["rounded"]) == 80
    assert max(len(str(pair)) for pair in blank["rounded"]) < 300


# ── an output that is an array: its sum is asked for ─────────────────────────────────────────────

NUDGE = """
const { program, inputs, blanks, words } = JSON.parse(await input());
const session = { program, inputs, lookAt: compileProgram(program), settings: { digits: 2 } };
session.look = session.lookAt(inputs);
console.log(JSON.stringify(blanks.map((blank) => nudgeLine(session, blank, words))));
"""


def test_a_nudge_of_an_array_is_measured_at_the_sum_of_its_output():
    x, y = Input([1.0, -2.0], "x"), Input([3.0, 4.0], "y")
    view = quiz(ComputationalGraph((x * y).named("z")), entries=["x[0]", "y[1]"])
    blanks = view.quiz["blanks"]
    assert [blank["facts"]["f"] for blank in blanks] == ["the sum of z"] * 2
    job = {"program": view.program, "inputs": view.start, "blanks": blanks, "words": view.words}
    told = run(module("program", "quiz_words") + NUDGE, job)
    for blank, line, change in zip(blanks, told, ("−0.02", "+0.03"), strict=True):
        assert f"{blank['facts']['x']} changes by +0.01, the sum of z changes by {change}." in line


DRAW = """
const { program, blanks, inputs } = JSON.parse(await input());
const run = compileProgram(program);
let passes = 0;
const lookAt = (numbers) => { passes += 1; return run(numbers); };
const session = { program, names: program.inputs, lookAt, inputs, settings: { digits: 2 } };
const random = randomFrom(0);
const drawn = Array.from({ length: 60 }, () => JSON.stringify(drawNumbers([], session, random)));
drawNumbers(blanks, session, random);
console.log(JSON.stringify({ passes, isNew: !drawn.includes(JSON.stringify(inputs)) }));
"""


def drawing(graph):
    view = quiz(graph)
    job = {"program": view.program, "blanks": view.quiz["blanks"], "inputs": view.start}
    return run(module("program", "new_numbers") + DRAW, job)


def test_new_numbers_of_an_array_are_other_numbers_and_the_search_for_them_ends():
    assert drawing(ComputationalGraph(squared_norm(Input([3.0], "x"))))["isNew"]
    assert (
        drawing(lecture.relu_of_vector())["passes"] < 2100
    )  # each takes a quarter of a millisecond


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────


def sums_of_products(seed):
    """(2, 3) @ (3, 4), and its columns added."""
    x, W = Input(some(seed, 2, 3), "x"), Input(some(seed, 3, 4), "W")
    return norm(tanh((x @ W).named("a")).named("h").sum(axis=0).named("s"))


def test_every_axis_of_a_gate_is_asked_and_each_slip_has_its_reason():
    view = quiz(sums_of_products(1), shapes=True)
    asked = {blank["key"]: blank for blank in view.quiz["blanks"]}
    assert {key: blank["truth"] for key, blank in asked.items()} == {
        "a.shape[0]": 2, "a.shape[1]": 4, "h.shape[0]": 2, "h.shape[1]": 4, "s.shape[0]": 4,
    }  # fmt: skip
    expected = [
        ("a.shape[0]", "4", "transposed"),
        ("a.shape[1]", "3", "summed_axis"),
        ("h.shape[1]", "2", "transposed"),
        ("s.shape[0]", "2", "summed_axis"),
        ("s.shape[0]", "7", None),
    ]
    part = {"program": view.program, "numbers": view.start}
    job = [{**part, "blank": asked[key], "text": text} for key, text, _ in expected]
    verdicts = run("\n".join([module("judge", "program", "numbers"), JUDGE]), job)
    assert [v["reason"] for v in verdicts] == [reason for _, _, reason in expected]
    for key, blank in asked.items():
        view.answer(**{key: blank["truth"]})
    assert view.solved
    view.answer(**{"a.shape[1]": 3})
    assert view.so_far == "4 of 5 so far"


def test_no_shape_is_told_before_it_is_asked():
    view = quiz(sums_of_products(1), shapes=True)
    hidden = [wire for wire in view.drawings[0].sketch.wires if "value" in wire.hidden]
    assert {wire.name for wire in hidden} == {"a", "h", "s"}
    with pytest.raises(GraphError, match="nothing"):
        quiz(lecture.add_multiply(), shapes=True)
