"""Mistakes of the first days, each with its code, the place it names, and what to do instead."""

import copy
import math
import operator
import re

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, GraphError, Input, MultiplyGate, language, words
from cs231n_lec4.guidance import elsewhere


class LacksSelf(Gate):
    def forward(x, y):
        return x * y

    def backward(self, dz):
        return [dz, dz]


class OneGradient(Gate):
    def forward(self, x, y):
        return x * y

    def backward(self, dz):
        return [dz]


class WrongShape(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        return [np.ones(3)]


class Nothing(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        dx = 2.0 * dz  # noqa: F841 (the return is forgotten)


class Stops(Gate):
    def forward(self, x):
        return x + self.no_such_thing

    def backward(self, dz):
        return [dz]


class ArgumentWithSelf(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, upstream):
        return [2.0 * self.upstream]


class StopsLater(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        return [{}["missing"] * dz]


class WritesIntoDz(StopsLater):
    def backward(self, dz):
        dz *= 2.0
        return [dz]


class WritesIntoX(Gate):
    def forward(self, x):
        x[x < 5.0] = 0.0
        return x


class ReturnsItsCache(Gate):
    def forward(self, x):
        return x, (x,)

    def backward(self, dz):
        return dz


class ReturnsText(Gate):
    def forward(self, x):
        return "two"

    def backward(self, dz):
        return [dz]


class NoBackward(Gate):
    def forward(self, x):
        return x


def stores_value():
    class StoresValue(Gate):
        def forward(self, x):
            self.value = x
            return x

        def backward(self, dz):
            return [dz]


def own_init():
    class OwnInit(Gate):
        def __init__(self):
            self.slope = 0.1

        def forward(self, x):
            return self.slope * x

        def backward(self, dz):
            return [self.slope * dz]


X, Y = Input(2.0, "x"), Input(3.0, "y")
W, V, A = Input(np.ones((2, 3)), "W"), Input(np.ones(2), "v"), Input(np.ones((2, 2)), "A")
Q = (X * Y).named("q")


def circle():
    p = (X * Y).named("p")
    q = (p + 1).named("q")
    p.inputs = (q, Y)
    return ComputationalGraph(q)


def minus_equals():
    w = Input(1.0, "w")
    w -= 0.1 * 2.0


def graph():
    return ComputationalGraph(Q + 1.0)


def arrays():
    return ComputationalGraph((A * 2.0).named("f"))


# (what the student writes, code, what the message must name)
ROWS = [
    (lambda: Input("two", "x"), "value_is_text", "'two'"),
    (lambda: Input(True, "x"), "value_is_bool", "1.0"),
    (lambda: Input(1j, "x"), "value_is_complex", "1j"),
    (lambda: Input([[1, 2], [3]], "x"), "value_is_ragged", "x"),
    (lambda: Input(np.array([None]), "x"), "value_is_not_a_number", "object"),
    (lambda: Input(2.0, ""), "name_is_not_a_name", "''"),
    (lambda: Input(2.0, "lambda"), "name_is_not_a_name", "lambda"),
    (lambda: Input(2.0, "my x"), "name_is_not_a_name", "my x"),
    (lambda: Input(2.0, ["x"]), "name_is_not_text", "list"),
    (lambda: Input(2.0), "input_without_name", "Input"),
    (lambda: Input(), "input_without_name", "Input"),
    (lambda: (X + Y).named("2nd"), "name_is_not_a_name", "2nd"),
    (lambda: ComputationalGraph(X * Input(5.0, "x")), "two_of_one_name", "'x'"),
    (lambda: ComputationalGraph(2.0), "graph_of_no_node", "float"),
    (lambda: ComputationalGraph(MultiplyGate()), "graph_of_empty_gate", "MultiplyGate(x, y)"),
    (circle, "gates_in_a_circle", "q → p → q"),
    (lambda: graph().forward(w=1), "unknown_input", "x, y"),
    (lambda: graph()["p"], "unknown_node", "q"),
    (lambda: arrays().forward(A=np.ones((2, 3)) + 0j), "value_is_not_a_number", "A"),
    (
        lambda: ComputationalGraph(W @ Input(np.ones(3), "u")).forward(u=[1.0, 2.0]),
        "shapes_do_not_fit",
        "(2, 3)",
    ),
    (lambda: arrays().backward(), "upstream_needed", "(2, 2)"),
    (lambda: arrays().backward([1.0]), "upstream_shape", "(1,)"),
    (lambda: bool(Q), "node_as_bool", "q"),
    (lambda: Q and X, "node_as_bool", "q"),
    (lambda: max(Q, X), "node_compared", "maximum(a, b)"),
    (lambda: X <= 2, "node_compared", "<="),
    (lambda: sorted([X, Y]), "node_compared", "<"),
    (lambda: X >= Y, "node_compared", ">="),
    (lambda: np.exp(Q), "numpy_does_not_know_nodes", "exp(node)"),
    (lambda: np.sin(Q), "numpy_does_not_know_nodes", "np.sin"),
    (lambda: np.dot(np.ones((2, 2)), V), "numpy_does_not_know_nodes", "A @ node"),
    (lambda: np.where(Q, 1, 2), "numpy_does_not_know_nodes", "np.where"),
    (lambda: np.sum(A), "numpy_does_not_know_nodes", "node.sum()"),
    (lambda: np.add.reduce([X, Y]), "array_of_nodes", "node.value"),
    (lambda: np.array([X, Y]), "array_of_nodes", "one Input"),
    (lambda: math.exp(Q), "node_as_number", "exp(node)"),
    (lambda: float(Q), "node_as_number", "node.value"),
    (lambda: int(Q), "node_as_number", "q"),
    (lambda: round(Q, 2), "node_as_number", "node.value"),
    (lambda: f"{Q:.2f}", "node_as_number", "node.value"),
    (lambda: abs(Q), "no_such_gate", "maximum(node, -node)"),
    (lambda: Q // 2, "no_such_gate", "a / b"),
    (lambda: 2 % Q, "no_such_gate", "write one"),
    (lambda: operator.setitem(A, 0, 1.0), "node_parts_are_fixed", "graph.forward(A=new_value)"),
    (lambda: len(A), "node_is_no_list", "A"),
    (lambda: list(A), "node_is_no_list", "A"),
    (lambda: 2.0 in A, "node_is_no_list", "A"),
    (lambda: reversed(X + Y), "node_is_no_list", "AddGate"),
    (lambda: Q[0], "setting_does_not_fit", "index [0] on the shape ()"),
    (lambda: W[2], "setting_does_not_fit", "[2]"),
    (lambda: W[:, 3], "setting_does_not_fit", "index [:, 3] on the shape (2, 3)"),
    (lambda: W[[0, 2]], "setting_does_not_fit", "[[0, 2]]"),
    (lambda: W[np.arange(30)], "setting_does_not_fit", "an array of shape (30,)"),
    (lambda: W[[True, False, True]], "setting_does_not_fit", "(2, 3)"),
    (lambda: W["a"], "setting_does_not_fit", "a"),
    (lambda: W[0.5:], "setting_does_not_fit", "[0.5:]"),
    (lambda: W[1.5], "setting_does_not_fit", "1.5"),
    (lambda: W.sum(axis=2), "setting_does_not_fit", "axis 2 on the shape (2, 3)"),
    (lambda: W.mean(axis=(0, 0)), "setting_does_not_fit", "(0, 0)"),
    (lambda: W.sum(axis="rows"), "setting_does_not_fit", "-1 is the last"),
    (lambda: V.mean(axis=-2), "setting_does_not_fit", "MeanGate"),
    (lambda: W.reshape(4), "setting_does_not_fit", "shape 4 on the shape (2, 3)"),
    (lambda: W.reshape(-1, 4), "setting_does_not_fit", "(-1, 4)"),
    (lambda: W.reshape(), "setting_does_not_fit", "shape ()"),
    (lambda: W.transpose, "unknown_attribute", "'T'"),
    (lambda: c.softmax(Input(np.ones((3, 0)), "u")), "shapes_do_not_fit", "no entry"),
    (lambda: Q == 3, "node_equals_number", "node.value == 3"),
    (lambda: Q != 3, "node_equals_number", "node.value == 3"),
    (minus_equals, "node_changed_in_place", "graph.forward(w=new_value)"),
    (lambda: X.gradient, "unknown_attribute", "'grad'"),
    (lambda: Q.vlaue, "unknown_attribute", "'value'"),
    (lambda: LacksSelf(X, Y), "gate_without_self", "def forward(self, x, y)"),
    (lambda: ComputationalGraph(OneGradient(X, Y)).backward(), "gradient_count", "[dx, dy]"),
    (lambda: ComputationalGraph(WrongShape(V).sum()).backward(), "gradient_shape", "(3,)"),
    (lambda: ComputationalGraph(Nothing(X)).backward(), "gradient_missing", "x"),
    (stores_value, "gate_word_is_taken", "self.saved_value"),
    (own_init, "gate_own_init", "OwnInit"),
    (lambda: Stops(X), "gate_never_stored", "self.no_such_thing"),
    (
        lambda: ComputationalGraph(ArgumentWithSelf(X)).backward(),
        "gate_argument_with_self",
        "Write upstream, without self",
    ),
    (lambda: ComputationalGraph(StopsLater(X)).backward(), "gate_stopped", "KeyError"),
    (
        lambda: ComputationalGraph(WritesIntoDz(W)).backward(np.ones((2, 3))),
        "gate_changes_array",
        "backward",
    ),
    (lambda: WritesIntoX(W), "gate_changes_array", "WritesIntoX.forward"),
    (lambda: ReturnsText(X), "gate_returned", "str"),
    (lambda: ReturnsItsCache(X), "gate_returned_cache", "Return the output alone"),
    (lambda: ComputationalGraph(NoBackward(X)).backward(), "gate_without_method", "backward"),
    (lambda: MultiplyGate().backward(1.0), "backward_before_forward", "gate.forward(x, y)"),
    (lambda: c.SigmoidGate(X, Y), "gate_inputs", "1 input"),
    (lambda: MultiplyGate(X), "gate_inputs", "2 inputs"),
    (lambda: c.LeakyReluGate(X, alpha=2.0), "gate_setting", "has: slope."),
    (lambda: c.SumGate(W, axes=0), "gate_setting", "has: axis."),
    (lambda: c.HingeLossGate(W, label=0), "gate_setting", "has: labels, margin."),
    (lambda: c.AddGate(X, Y, slope=2.0), "gate_setting", "has: none."),
    (lambda: W @ V, "shapes_do_not_fit", "left.T @ right would fit"),
    (lambda: np.ones((2, 2, 3)) @ W, "shapes_do_not_fit", "as many columns"),
    (lambda: W @ Input(np.ones((4, 2, 3)), "u"), "shapes_do_not_fit", "(2, 3) and (4, 2, 3)"),
    (
        lambda: Input(np.ones((4, 2, 3)), "u") @ np.ones((2, 3, 2)),
        "shapes_do_not_fit",
        "The axes in front",
    ),
    (lambda: c.binary_cross_entropy(V, [1.0]), "answers_shape", "(1,)"),
    (lambda: c.binary_cross_entropy(V, [[1.0], [0.0]]), "answers_shape", "(2, 1)"),
    (lambda: c.binary_cross_entropy(X, -1), "answer_out_of_range", "-1"),
    (lambda: c.binary_cross_entropy(V, [0.5, np.nan]), "answer_out_of_range", "nan"),
    (
        lambda: c.softmax_loss(W, [0, 10]),
        "label_out_of_range",
        "Label 10, but there are 3 classes: 0 … 2.",
    ),
]


@pytest.mark.parametrize(
    ("mistake", "code", "named"), ROWS, ids=[f"{k}-{row[1]}" for k, row in enumerate(ROWS)]
)
def test_a_mistake_is_told_what_to_write_instead(mistake, code, named):
    with pytest.raises(GraphError) as caught:
        mistake()
    error = caught.value
    assert error.code == code
    assert named in str(error)
    assert len(str(error).splitlines()) <= 4
    assert isinstance(error, ValueError)
    assert isinstance(error, TypeError)
    assert isinstance(error, RuntimeError)
    assert "{" not in str(error)


ENGLISH = re.compile(r"\b(?!def |axis )[a-z]{2,} [a-z]{2,}|\bnone\b")  # two words, no code


@pytest.mark.parametrize(("mistake", "code"), [row[:2] for row in ROWS if row[1] != "gate_stopped"])
def test_a_mistake_is_told_in_korean_without_a_word_of_english(mistake, code):
    language("ko")
    try:
        with pytest.raises(GraphError) as caught:
            mistake()
    finally:
        language("en")
    assert caught.value.code == code
    assert re.search("[가-힣]", str(caught.value))
    assert not ENGLISH.search(str(caught.value))


def test_a_method_called_on_a_class_of_gates_gets_the_word_of_python():
    for called in (lambda: MultiplyGate.forward(2, 3), lambda: c.MaxGate.forward(2.0, 5.0)):
        with pytest.raises(TypeError, match=r"Gate\.forward\(\) missing 1 .*'y'"):
            called()


def test_a_misspelt_attribute_is_still_an_attribute_error():
    with pytest.raises(AttributeError):
        X.gradient  # noqa: B018
    assert not hasattr(X, "gradient")
    with pytest.raises(AttributeError):
        MultiplyGate().backward(1.0)


def test_every_error_of_the_engine_is_tried_here():
    engine = list(words.ERRORS)[: list(words.ERRORS).index("not_a_graph")]
    elsewhere = {
        "value_is_node",
        "array_of_nodes",
        "scores_shape",
        "labels_shape",
        "labels_are_whole",
    }
    elsewhere |= {"gate_adds_up", "gate_expected"}  # of the checks
    elsewhere |= {"update_needs_a_loss", "update_rate"}  # of the live views
    assert set(engine) - {code for _, code, _ in ROWS} <= elsewhere


def test_a_message_in_a_notebook_shows_no_line_of_a_library():
    with pytest.raises(GraphError) as caught:
        Input([[1.0, 2.0]], "A") @ Input([[3.0, 4.0]], "B")
    assert caught.value._render_traceback_()[0] == (
        '----> Input([[1.0, 2.0]], "A") @ Input([[3.0, 4.0]], "B")'
    )


def test_a_message_in_a_notebook_shows_the_students_line_and_no_inner_frames():
    with pytest.raises(GraphError) as caught:
        float(Q)
    shown = caught.value._render_traceback_()
    assert shown[0] == "----> float(Q)"
    assert "node.py" not in "\n".join(shown)


def test_a_node_is_equal_to_itself_only():
    assert X == X
    assert X != Y
    assert X in [Y, X]
    assert len({X, Y, X}) == 2


def test_a_node_shows_its_name_and_value():
    assert repr(X) == "Input x = 2.0"
    assert repr(Q) == "MultiplyGate q = 6.0"
    assert repr(c.Constant(1.0)) == "Constant = 1.0"


def test_gates_of_a_student_may_be_used_by_the_class_with_a_gate_in_hand():
    gate = MultiplyGate()
    assert MultiplyGate.forward(gate, 3.0, -4.0) == -12.0
    assert MultiplyGate.backward(gate, 2.0) == [-8.0, 6.0]


def test_a_subclass_may_call_the_gate_it_refines():
    class Twice(MultiplyGate):
        def forward(self, x, y):
            return 2.0 * super().forward(x, y)

        def backward(self, dz):
            return super().backward(2.0 * dz)

    graph = ComputationalGraph(Twice(Input(3.0, "a"), Input(-4.0, "b")))
    assert (graph.forward(), graph.backward()) == (-24.0, {"a": -8.0, "b": 6.0})


def test_nodes_can_be_copied():
    assert copy.copy(X).value == 2.0
    assert copy.deepcopy(Q).value == 6.0


def test_a_misspelt_word_inside_a_gate_is_told_by_its_author_not_by_its_user():
    class Misspelt(Gate):
        def forward(self, x):
            self.saved = x
            return 2.0 * x

        def backward(self, dz):
            return [self.savde * dz]

    node = Misspelt(X)
    with pytest.raises(GraphError) as caught:
        ComputationalGraph(node).backward()
    assert caught.value.code == "gate_never_stored"
    assert "'saved'" in str(caught.value)
    with pytest.raises(GraphError) as caught:
        node.gradient  # noqa: B018
    assert caught.value.code == "unknown_attribute"


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        (lambda: A @ 2.0, "For numbers write *."),
        (lambda: X @ Y, "For numbers write *."),
        (lambda: Input(np.ones((3, 2)), "m") @ np.ones((4, 4)), "as many columns"),
        (lambda: Input(np.ones((3, 2)), "m") @ np.ones((3, 4)), "left.T @ right would fit"),
        (lambda: Input(np.ones((3, 2)), "m") + np.ones(3), "equal from the right"),
    ],
)
def test_shapes_that_do_not_fit_are_told_what_would(mistake, says):
    with pytest.raises(GraphError) as caught:
        mistake()
    assert caught.value.code == "shapes_do_not_fit"
    assert says in str(caught.value)


@pytest.mark.parametrize("word", elsewhere.OF_A_NODE)
def test_a_word_of_another_library_is_told_the_right_one(word):
    right = elsewhere.OF_A_NODE[word]
    for node in (X, Input([1.0, 2.0], "a"), c.Constant(2.0)):
        with pytest.raises(GraphError) as caught:
            getattr(node, word)
        assert caught.value.code == "unknown_attribute"
        assert repr(word) in str(caught.value)
        assert repr(right) in str(caught.value)
        assert not hasattr(node, word)
        assert word not in dir(node)


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("grda", "grad"),
        ("gard", "grad"),
        ("vale", "value"),
        ("Value", "value"),
        ("names", "name"),
        ("inptus", "inputs"),
        ("want_grad", "wants_grad"),
        ("nmaed", "named"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_the_word_that_is_meant(slip, right):
    for node in (X, Q, c.Constant(1.0)):
        with pytest.raises(GraphError) as caught:
            getattr(node, slip)
        assert caught.value.code == "unknown_attribute"
        assert f"Did you mean {right!r}?" in str(caught.value)


def test_any_other_word_is_pythons_own_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        X.colour  # noqa: B018
    assert {"value", "grad", "name", "inputs", "sum"} <= set(dir(X))


def test_a_gate_may_save_what_it_needs_under_a_word_that_nodes_do_not_have():
    class Saves(Gate):
        def forward(self, x):
            self.data = x
            return 2.0 * x

        def backward(self, dz):
            return [self.data * dz]

    assert ComputationalGraph(Saves(Input(3.0, "a"))).backward() == {"a": 3.0}
    assert Saves(X).data == 2.0


def test_what_a_gate_saved_is_there_as_soon_as_forward_has_run():
    gate = MultiplyGate()
    assert not hasattr(gate, "y")
    assert "y" not in dir(gate)
    gate.forward(3.0, -4.0)
    assert gate.y == -4.0
    assert "y" in dir(gate)
