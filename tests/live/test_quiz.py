"""What a quiz asks, hides and says. The judge itself is JavaScript and runs in node here."""

import json

import numpy as np
import pytest
from node import module, run

from cs231n_lec4 import ComputationalGraph, GraphError, Input, quiz, relu, squared_norm, words
from cs231n_lec4.flat.program import evaluate, run_program
from cs231n_lec4.lessons.graphs import add_multiply, branch, gate_patterns, sigmoid_neuron

GRAPHS = {
    "add_multiply": add_multiply,
    "sigmoid_neuron": sigmoid_neuron,
    "gate_patterns": gate_patterns,
    "branch": branch,
}
ELSEWHERE = {"x": 2.0, "y": 5.0, "z": 3.0}

# Wrong answers as a person would type them: graph, numbers, blank, {reason: answer}; by hand.
SCRIPT = [
    (
        "add_multiply",
        ELSEWHERE,
        "q",
        {
            "gave_the_value or swaps_gradients": "7",
            "sign": "-3",
            "forgot_local": "1",
            "adds_upstream": "4",
        },
    ),
    (
        "add_multiply",
        ELSEWHERE,
        "x",
        {
            "gave_the_value": "2",
            "sign": "-3",
            "forgot_upstream": "1",
            "adds_upstream": "4",
            "multiplied_at_add": "15",
        },
    ),
    (
        "add_multiply",
        ELSEWHERE,
        "y",
        {
            "gave_the_value": "5",
            "sign": "-3",
            "forgot_upstream": "1",
            "adds_upstream": "4",
            "multiplied_at_add or factor_two": "6",
            "factor_two": "1.5",
        },
    ),
    (
        "add_multiply",
        ELSEWHERE,
        "z",
        {
            "gave_the_value or swaps_gradients": "3",
            "sign": "-7",
            "forgot_local": "1",
            "adds_upstream": "8",
        },
    ),
    (
        "add_multiply",
        {},
        "x",
        {
            "gave_the_value or factor_two": "-2",
            "factor_two": "-8",
            "sign": "4",
            "forgot_upstream": "1",
            "adds_upstream": "-3",
            "multiplied_at_add": "-20",
        },
    ),
    (
        "add_multiply",
        {},
        "q",
        {
            "gave_the_value or swaps_gradients": "3",
            "sign": "4",
            "forgot_local": "1",
            "adds_upstream": "-3",
        },
    ),
    (
        "sigmoid_neuron",
        {},
        "x1",
        {
            "gave_the_value": "-2",
            "sign": "0.60",
            "forgot_upstream": "-3",
            "forgot_local": "0.2",
            "adds_upstream": "-2.8",
            "swaps_gradients": "-0.4",
        },
    ),
    (
        "sigmoid_neuron",
        {},
        "w0",
        {
            "gave_the_value": "2",
            "sign or forgot_local": "0.2",
            "forgot_upstream": "-1",
            "adds_upstream": "-0.8",
            "swaps_gradients": "0.39",
        },
    ),
    (
        "sigmoid_neuron",
        {},
        "w2",
        {
            "gave_the_value": "-3",
            "sign": "-0.2",
            "forgot_upstream": "1",
            "adds_upstream": "1.2",
            "multiplied_at_add": "0.8",
        },
    ),
    (
        "sigmoid_neuron",
        {},
        "v7",
        {
            "gave_the_value": "1.37",
            "sign": "0.53",
            "forgot_local": "1",
            "adds_upstream": "0.47",
            "slope_at_output": "-1.87",
        },
    ),
    (
        "sigmoid_neuron",
        {},
        "v5",
        {
            "gave_the_value": "-1",
            "sign": "0.2",
            "forgot_upstream": "0.37",
            "forgot_local": "-0.53",
            "adds_upstream": "-0.17",
        },
    ),
    (
        "gate_patterns",
        {},
        "x",
        {
            "gave_the_value": "3",
            "sign": "8",
            "forgot_upstream or factor_two": "-4",
            "factor_two": "-16",
            "forgot_local": "2",
            "adds_upstream": "-2",
            "swaps_gradients": "6",
        },
    ),
    (
        "gate_patterns",
        {},
        "y",
        {
            "gave_the_value": "-4",
            "sign": "-6",
            "forgot_upstream or factor_two": "3",
            "forgot_local": "2",
            "adds_upstream": "5",
            "swaps_gradients": "-8",
        },
    ),
    ("gate_patterns", {}, "w", {"gave_the_value": "-1", "wrong_mask": "2"}),
    (
        "gate_patterns",
        {},
        "z",
        {
            "sign": "-2",
            "wrong_mask": "0",
            "max_gives_value or factor_two": "4",
            "forgot_upstream or factor_two": "1",
            "adds_upstream": "3",
        },
    ),
    (
        "gate_patterns",
        {},
        "v1",
        {
            "gave_the_value": "-12",
            "sign": "-2",
            "forgot_upstream or factor_two": "1",
            "adds_upstream": "3",
            "multiplied_at_add or factor_two": "4",
        },
    ),
    (
        "branch",
        {},
        "b",
        {
            "gave_the_value": "1",
            "one_path_of_two": "3",
            "sign": "-5",
            "multiplied_at_a_branch": "6",
            "overwrote_at_a_branch or forgot_upstream": "2",
            "factor_two": "10",
            "mean_instead_of_sum or factor_two": "5/2",
        },
    ),
    (
        "branch",
        {},
        "a",
        {"sign": "-2", "forgot_upstream or factor_two": "1", "adds_upstream": "3"},
    ),
    (
        "branch",
        {},
        "w1_1",
        {
            "sign": "-3",
            "adds_upstream": "4",
            "gave_the_sum": "5",
            "gave_the_value or forgot_upstream": "1",
        },
    ),
]
# Slips that are no known mistake: no reason.
NO_REASON = [
    ("add_multiply", ELSEWHERE, "x", "17"),
    ("add_multiply", {}, "z", "-7.5"),
    ("sigmoid_neuron", {}, "x1", "-0.9"),
    ("sigmoid_neuron", {}, "v6", "-0.3"),
    ("gate_patterns", {}, "x", "-9"),
    ("gate_patterns", {}, "w", "7"),
    ("branch", {}, "b", "4"),
]

JUDGE = """
const verdicts = JSON.parse(await input()).map(({ program, blank, numbers, text }) => {
  const look = compileProgram(program)(numbers);
  return judge(blank, readNumber(text).value, look, 2);
});
console.log(JSON.stringify(verdicts));
"""
DRAW = """
const { program, blanks, inputs, count } = JSON.parse(await input());
const lookAt = compileProgram(program);
const session = { program, names: program.inputs, lookAt, inputs, settings: { digits: 2 } };
const random = randomFrom(7);
const draw = () => drawNumbers(blanks, session, random);
console.log(JSON.stringify(Array.from({ length: count }, draw)));
"""
OPTIONS = """
const { program, blanks, numbers, seeds } = JSON.parse(await input());
const look = compileProgram(program)(numbers);
const of = (seed) => {
  const random = randomFrom(seed);
  return blanks.map((blank) => optionsOf(blank, look, 2, random));
};
console.log(JSON.stringify(seeds.map(of)));
"""


def blank_of(view, key):
    return next(blank for blank in view.quiz["blanks"] if blank["key"] == key)


def judged(questions):
    """The verdicts on `(graph, numbers, blank, text)`."""
    views = {name: quiz(make()) for name, make in GRAPHS.items()}
    asked = [
        {
            "program": views[name].program,
            "blank": blank_of(views[name], key),
            "numbers": {**views[name].start, **numbers},
            "text": text,
        }
        for name, numbers, key, text in questions
    ]
    return run("\n".join([module("judge", "program", "numbers"), JUDGE]), asked)


def scripted():
    """Every wrong answer of the script, and the reasons that it should get."""
    rows = [(g, n, k, text, reason) for g, n, k, a in SCRIPT for reason, text in a.items()]
    return [row[:4] for row in rows], [row[4] for row in rows]


def test_a_wrong_answer_gets_its_own_reason():
    questions, expected = scripted()
    found = [verdict.get("reason") for verdict in judged(questions)]
    assert len(questions) >= 60
    wrong = [(q, f, e) for q, f, e in zip(questions, found, expected, strict=True) if f != e]
    assert wrong == []


def test_a_slip_that_is_no_known_mistake_gets_no_reason():
    verdicts = judged(NO_REASON)
    assert [(v["right"], v["reason"]) for v in verdicts] == [(False, None)] * len(NO_REASON)


SAID = """
const { program, blank, numbers, answers, words } = JSON.parse(await input());
const look = compileProgram(program)(numbers);
const session = { look, program, settings: { digits: 2 } };
const said = (answer) => verdictLines(session, blank, answer, judge(blank, answer, look, 2), words);
console.log(JSON.stringify(answers.map(said)));
"""


def test_where_two_mistakes_fit_the_quiz_names_both():
    view = quiz(branch())
    facts = {"program": view.program, "blank": blank_of(view, "w1_1"), "numbers": view.start}
    script = "\n".join([module("choices"), SAID])
    said = run(script, {**facts, "words": view.words, "answers": [1.0, 5.0, 4.5]})
    assert [lines[1] for lines in said] == [
        "Two mistakes give this. Either: This is the value on the wire. "
        "Or: This is the local gradient alone.",
        words.REASONS["gave_the_sum"],
        words.REASONS["unknown"],
    ]


@pytest.mark.parametrize(
    ("key", "text", "rounded"),
    [
        ("w0", "-0.2", False),
        ("w0", "-1/5", False),
        ("x0", "0.39", False),
        ("x0", "0.40", True),  # the slide's 2 · 0.20
        ("w1", "−0.40", True),
        ("x1", "-0.60", True),
        ("x1", "-0.59", False),
        ("w1", "-0,4", True),
    ],
)
def test_the_roundings_of_the_slide_are_right(key, text, rounded):
    [verdict] = judged([("sigmoid_neuron", {}, key, text)])
    assert (verdict["right"], verdict["rounded"]) == (True, rounded)


@pytest.mark.parametrize(("key", "text"), [("x0", "0.41"), ("x1", "-0.62"), ("w0", "-0.22")])
def test_more_than_rounding_is_wrong(key, text):
    [verdict] = judged([("sigmoid_neuron", {}, key, text)])
    assert not verdict["right"]


def test_whole_numbers_leave_no_room_for_rounding():
    questions = [("add_multiply", {}, "x", text) for text in ("-4.01", "-3.99", "-4.004", "-4")]
    assert [v["right"] for v in judged(questions)] == [False, False, True, True]


def test_python_and_the_browser_agree_on_what_is_right():
    answers = [-0.65 + k / 100 for k in range(130)]
    asked = [("sigmoid_neuron", {}, key, f"{a:.4f}") for key in ("x1", "x0") for a in answers]
    verdicts = judged(asked)
    view = quiz(sigmoid_neuron(), hide={"x1"})
    other = quiz(sigmoid_neuron(), hide={"x0"})
    found = []
    for asking, key in ((view, "x1"), (other, "x0")):
        for answer in answers:
            asking.answer(**{key: round(answer, 4)})
            found.append(asking.solved)
    assert found == [verdict["right"] for verdict in verdicts]
    assert 2 <= sum(found) < 20


# ── new numbers ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("values", "count"), [(False, 1000), (True, 100)])
@pytest.mark.parametrize("name", GRAPHS)
def test_under_new_numbers_no_mistake_gives_the_truth_or_what_another_gives(name, values, count):
    view = quiz(GRAPHS[name](), values=values)
    asked = {"program": view.program, "blanks": view.quiz["blanks"], "inputs": view.start}
    asked["count"] = count
    script = "\n".join([module("new_numbers", "program"), DRAW])
    drawn = run(script, asked)
    assert len({json.dumps(d) for d in drawn}) > 10
    for inputs in {json.dumps(d): d for d in drawn}.values():
        numbers = run_program(view.program, inputs)
        for blank in view.quiz["blanks"]:
            assert collisions(blank, numbers) == [], inputs


def collisions(blank, numbers):
    """Pairs of different codes that give the same two decimals."""
    truth = evaluate(blank["truth"], numbers)
    found = [(code, evaluate(tree, numbers)) for code, tree in blank["mistakes"]]
    # A router sends 0 to the input that it does not take. Then 0 with the wrong sign is no mistake.
    found = [("right", truth), *(pair for pair in found if truth or pair[1])]
    return [
        (a, b, blank["key"])
        for k, (a, x) in enumerate(found)
        for b, y in found[:k]
        if a != b and abs(x - y) <= 0.005
    ]


def test_at_the_numbers_of_the_slide_some_mistakes_do_give_the_right_answer():
    view = quiz(branch())
    numbers = run_program(view.program, view.start)
    assert any(collisions(blank, numbers) for blank in view.quiz["blanks"])


@pytest.mark.parametrize("name", GRAPHS)
def test_four_choices_are_four_numbers_and_one_is_right(name):
    view = quiz(GRAPHS[name](), choices=True)
    asked = {"program": view.program, "blanks": view.quiz["blanks"], "numbers": view.start}
    script = "\n".join([module("choices"), OPTIONS])
    drawn = run(script, {**asked, "seeds": [0, 0, *range(1, 12)]})
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
    numbers = run_program(view.program, view.start)
    places = set()
    for questions in drawn:
        for blank, options in zip(view.quiz["blanks"], questions, strict=True):
            truth = evaluate(blank["truth"], numbers)
            right = [k for k, option in enumerate(options) if abs(option["number"] - truth) < 1e-9]
            assert len({option["text"] for option in options}) == 4
            assert len(right) == 1
            places |= set(right)
    assert places == {0, 1, 2, 3}


# ── what is asked, and what stays hidden ─────────────────────────────────────────────────────────


def cells(view):
    """`{wire id: (value, gradient)}` of the static picture."""
    sketch = view.drawings[0].sketch
    return {wire.id: tuple(side[0] for side in sketch.texts(wire)) for wire in sketch.wires}


def test_every_gradient_but_that_of_the_output_is_asked():
    assert [blank["key"] for blank in quiz(add_multiply()).quiz["blanks"]] == ["z", "q", "y", "x"]
    assert cells(quiz(add_multiply())) == {
        "w0": ("−2.00", "?"),
        "w1": ("5.00", "?"),
        "w2": ("3.00", "?"),
        "w3": ("−4.00", "?"),
        "w4": ("−12.00", "1.00"),
    }


def test_a_gradient_computed_from_a_hidden_one_is_hidden_too():
    view = quiz(add_multiply(), hide="q")
    assert [blank["key"] for blank in view.quiz["blanks"]] == ["q"]
    later = [(record["wire"], record["side"]) for record in view.quiz["later"]]
    assert later == [("w0", "gradient"), ("w1", "gradient")]
    assert cells(view)["w0"] == ("−2.00", "?")
    assert cells(view)["w3"] == ("−4.00", "3.00")


def test_a_share_is_a_blank_of_its_own_and_hides_the_sum():
    view = quiz(branch(), hide={"w1_0"})
    [blank] = view.quiz["blanks"]
    assert (blank["key"], blank["kind"]) == ("w1_0", "share")
    assert cells(view)["w1"] == ("1.00", "?")
    assert cells(view)["w1_1"] == ("1.00", "3.00")


def test_values_are_asked_only_at_gates_and_hide_what_follows_from_them():
    view = quiz(add_multiply(), hide="q", values=True)
    assert [blank["key"] for blank in view.quiz["blanks"]] == ["q_value", "q"]
    assert cells(view)["w4"] == ("?", "1.00")  # f = q z would give q away
    assert cells(view)["w3"] == ("−4.00", "?")  # and so would the gradient of z


@pytest.mark.parametrize("name", GRAPHS)
def test_no_number_to_be_predicted_stands_in_what_a_notebook_saves(name):
    view = quiz(GRAPHS[name]())
    assert "1.00" in view.drawings[0].table
    hidden = [row.split()[-1] for row in repr(view).splitlines()[1:-1]]
    assert set(hidden) == {"?"}
    assert view.drawings[0].alt.count("gradient ?") == len(hidden)
    assert view.pictures[0]["svg"].count(">?<") == len(view.quiz["blanks"])


def test_the_graph_of_the_student_is_left_alone():
    x = Input(2.0, "x")
    graph = ComputationalGraph((x * 3.0).named("f"))
    view = quiz(graph)
    assert x.grad is None
    view.move(x=5.0)
    view.answer(x=3)
    assert (x.value, x.grad, view.solved) == (2.0, None, True)


# ── answers from Python ──────────────────────────────────────────────────────────────────────────


def test_python_answers_and_reads_the_answers():
    view = quiz(add_multiply())
    assert view.answers == {"z": None, "q": None, "y": None, "x": None}
    view.answer(x=-4, q=-4.0)
    assert (view.answers["x"], view.solved) == (-4, False)
    view.answer(y=-4, z=3)
    assert view.solved
    view.answer(z=5)
    assert not view.solved


def test_a_quiz_counts_what_is_right_and_calls_nothing_false_that_is_only_open():
    view = quiz(add_multiply(), seed=3)
    counts = [view.so_far]
    for answers in ({"z": 3}, {"q": 4}, {"q": -4, "x": -4}, {"y": -4}):
        view.answer(**answers)
        counts.append(view.so_far)
    assert counts == [
        "0 of 4 so far",
        "1 of 4 so far",
        "1 of 4 so far",
        "3 of 4 so far",
        "4 of 4: all right",
    ]
    view.move(z=2.0)
    assert view.so_far == "0 of 4 so far"


def test_new_numbers_empty_the_blanks():
    view = quiz(add_multiply(), hide="x")
    view.answer(x=-4)
    assert view.solved
    view.move(z=2.0)
    assert (view.answers, view.solved) == ({"x": None}, False)
    view.answer(x=2)
    assert view.solved


def test_a_blank_that_is_not_there_is_told():
    with pytest.raises(GraphError, match="no blank 'r'") as caught:
        quiz(add_multiply()).answer(r=1)
    assert "z, q, y, x" in str(caught.value)


def test_a_graph_of_large_arrays_and_a_graph_with_nothing_to_ask_are_refused():
    with pytest.raises(GraphError, match="nothing to ask"):
        quiz(ComputationalGraph(squared_norm(Input(np.ones(20), "x"))))
    with pytest.raises(GraphError, match="nothing to ask"):
        quiz(ComputationalGraph(Input(1.0, "x")))
    with pytest.raises(GraphError, match="no node 'k'"):
        quiz(add_multiply(), hide="k")


def test_every_reason_and_every_kind_has_its_sentences():
    neuron = ComputationalGraph(relu(Input(2.0, "w") * Input(1.0, "x") + Input(-1.0, "b")))
    views = [quiz(graph, values=True) for graph in (neuron, *(make() for make in GRAPHS.values()))]
    blanks = [blank for view in views for blank in view.quiz["blanks"]]
    told = {
        code for blank in blanks for codes, _ in blank["mistakes"] for code in codes.split(" or ")
    }
    assert told <= set(words.REASONS)
    for kind in {blank["kind"] for blank in blanks}:
        assert kind in words.QUIZ["quiz_label"]
        assert kind in words.QUIZ["quiz_hint_lines"]


def test_a_mistake_that_never_differs_from_the_truth_is_not_listed():
    blank = blank_of(quiz(add_multiply()), "x")
    assert "forgot_local" not in {code for code, _ in blank["mistakes"]}
    assert "forgot_upstream" not in {c for c, _ in blank_of(quiz(add_multiply()), "q")["mistakes"]}


@pytest.mark.parametrize("answer", ["-4", True, [-4], float("nan")])
def test_an_answer_from_python_is_one_number(answer):
    view = quiz(add_multiply())
    with pytest.raises(GraphError):
        view.answer(x=answer)
    assert view.answers["x"] is None


def test_an_answer_may_be_a_number_of_numpy():
    view = quiz(add_multiply())
    view.answer(x=np.float32(-4), y=np.int64(-4), q=-4, z=3)
    assert view.solved
    assert json.loads(json.dumps(view.answers)) == {"x": -4, "y": -4, "q": -4, "z": 3}


@pytest.mark.parametrize("hide", [3, add_multiply()["x"]])
def test_what_is_no_name_cannot_be_hidden(hide):
    with pytest.raises(GraphError) as refused:
        quiz(add_multiply(), hide)
    assert refused.value.code == "unknown_node"


# ── entries of arrays ────────────────────────────────────────────────────────────────────────────


def matrix_times_vector(W, x):
    product = Input(W, "W") @ Input(x, "x")
    return ComputationalGraph(squared_norm(product.named("q")).named("f"))


def test_two_entries_of_each_array_are_asked_the_same_ones_for_the_same_seed():
    graph = matrix_times_vector([[1.0, -1.0], [0.0, 2.0], [2.0, 1.0]], [2.0, -3.0])
    keys = [list(quiz(graph, seed=seed).answers) for seed in (3, 3, 4)]
    assert keys[0] == keys[1] != keys[2]
    assert sorted(key[0] for key in keys[0]) == ["W", "W", "q", "q", "x", "x"]


def test_chosen_entries_are_answered_from_python_and_others_are_refused():
    graph = matrix_times_vector([[1.0, -1.0], [0.0, 2.0], [2.0, 1.0]], [2.0, -3.0])
    view = quiz(graph, entries=["W[1, 0]", "x[0]"])
    view.answer(**{"W[1, 0]": -24, "x[0]": 10})
    assert view.so_far == "1 of 2 so far"
    view.answer(**{"x[0]": 14})
    assert view.solved
    with pytest.raises(GraphError, match=r"no blank 'W\[3, 0\]'"):
        quiz(graph, entries=["W[3, 0]"])
