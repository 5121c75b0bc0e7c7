"""What a node may hold, and how every other thing is refused."""

import math
import warnings

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, GraphError, Input
from cs231n_lec4.engine import values
from cs231n_lec4.guidance import elsewhere


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (2, 2.0),
        (2.5, 2.5),
        (np.int64(3), 3.0),
        (np.float64(3), 3.0),
        (np.array(4.0), 4.0),
        (np.array(4), 4.0),
    ],
)
def test_a_number_is_held_as_a_python_float(given, held):
    value = Input(given, "x").value
    assert type(value) is float
    assert value == held


def test_float32_stays_float32():
    assert type(Input(np.float32(0.1), "x").value) is np.float32
    assert type(Input(np.array(0.1, np.float32), "x").value) is np.float32
    assert Input(np.ones(2, np.float32), "x").value.dtype == np.float32


@pytest.mark.parametrize("kind", [np.int8, np.uint16, np.int64, np.float16, np.longdouble, ">f8"])
def test_other_kinds_of_number_become_float64(kind):
    value = Input(np.ones(3, kind), "x").value
    assert value.dtype == np.float64
    assert value.dtype.isnative


def test_lists_and_tuples_are_taken_as_arrays():
    assert Input([1, 2], "x").value.tolist() == [1.0, 2.0]
    assert Input(((1, 2), (3, 4)), "x").value.shape == (2, 2)


def test_nan_and_infinity_are_numbers():
    assert math.isnan(Input(math.nan, "x").value)
    assert Input([math.inf], "x").value.tolist() == [math.inf]


REFUSED = [
    ("two", "value_is_text"),
    (True, "value_is_bool"),
    (np.True_, "value_is_bool"),
    (1 + 2j, "value_is_complex"),
    (np.complex128(1), "value_is_complex"),
    ([[1, 2], [3]], "value_is_ragged"),
    (Input(1.0, "y"), "value_is_node"),
    ([Input(1.0, "y")], "array_of_nodes"),
    ({1.0, 2.0}, "value_is_not_a_number"),
    ({"a": 1.0}, "value_is_not_a_number"),
    (range(3), "value_is_not_a_number"),
    (np.array([True, False]), "value_is_not_a_number"),
    (np.array(["a"]), "value_is_not_a_number"),
    (np.array([1.0, None]), "value_is_not_a_number"),
    (np.array([1j]), "value_is_not_a_number"),
    (10**400, "value_is_not_a_number"),
    (object(), "value_is_not_a_number"),
]


@pytest.mark.parametrize(("value", "code"), REFUSED)
def test_what_is_no_number_is_refused_with_the_inputs_name(value, code):
    with pytest.raises(GraphError) as caught:
        Input(value, "speed")
    assert caught.value.code == code
    assert len(str(caught.value).splitlines()) <= 4
    assert code == "array_of_nodes" or "speed" in str(caught.value)


def test_a_gradient_is_summed_back_over_what_broadcasting_repeated():
    grad = np.arange(6.0).reshape(2, 3)
    assert values.unbroadcast(grad, np.zeros(3)).tolist() == [3.0, 5.0, 7.0]
    assert values.unbroadcast(grad, np.zeros((2, 1))).tolist() == [[3.0], [12.0]]
    assert values.unbroadcast(grad, np.zeros((1, 1))).tolist() == [[15.0]]
    assert values.unbroadcast(grad, 0.0) == 15.0
    assert type(values.unbroadcast(grad, np.float32(0))) is np.float32


def test_the_plain_arithmetic_gives_the_same_on_floats_and_arrays():
    for function in (values.exp, values.tanh):
        assert function(0.5) == pytest.approx(function(np.array([0.5]))[0], rel=1e-15)
    assert values.log(2.0) == pytest.approx(values.log(np.array([2.0]))[0], rel=1e-15)
    assert values.where(True, 1.0, 2.0) == values.where(np.array([True]), 1.0, 2.0)[0] == 1.0
    assert values.outer([1.0, 2.0], [3.0, 4.0]).tolist() == [[3.0, 4.0], [6.0, 8.0]]


def test_a_result_is_held_read_only_and_the_array_of_the_body_stays_its_own():
    class Counts(Gate):
        """Keeps one array and writes into it at every forward."""

        calls = 0

        def forward(self, x):
            if self.calls == 0:
                self.room = np.zeros(3)
            self.calls += 1
            self.room[:] = 2.0 * x
            return self.room

        def backward(self, dz):
            return [2.0 * dz]

    doubled = Counts(Input([1.0, 2.0, 3.0], "x"))
    graph = ComputationalGraph(doubled.sum())
    assert graph.forward(x=[4.0, 5.0, 6.0]) == 30.0
    assert doubled.room.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        doubled.value[0] = 1.0


@pytest.mark.parametrize(
    ("function", "x", "answer"),
    [
        (c.exp, 800.0, np.inf),
        (c.exp, -800.0, 0.0),
        (c.log, 0.0, -np.inf),
        (c.log, -0.5, np.nan),
        (c.sigmoid, -1000.0, 0.0),
        (c.relu, np.nan, np.nan),
        (c.reciprocal, 0.0, np.inf),
    ],
)
def test_a_function_of_a_number_answers_as_its_gate_does_without_a_warning(function, x, answer):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert function(x) is not None
        gate = ComputationalGraph(function(Input(x, "x"))).forward()
    np.testing.assert_equal((function(x), gate), (answer, answer))


@pytest.mark.parametrize(("word", "meant"), elsewhere.OF_A_GRAPH.items())
def test_what_another_library_has_in_a_graph_is_answered_by_what_ours_has(word, meant):
    graph = ComputationalGraph(Input(2.0, "x") * Input(3.0, "y"))
    assert not hasattr(graph, word)
    with pytest.raises(GraphError, match=word) as refused:
        getattr(graph, word)
    assert meant in str(refused.value)
    assert eval(meant.replace("…", "4.0"), {"graph": graph}) or meant.endswith("grad")
