"""A gate under test: where it is tried, and what is refused."""

import math

import numpy as np
import pytest
from wrong_gates import WRONG_GATES, ReadsGlobals

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, Input, check_gate, check_gradients, words
from cs231n_lec4.checking.trials import other_points, upstream_for


@pytest.mark.parametrize("point", [(2.0, 2.0), (3.0, 1.5)])
def test_adding_is_found_where_it_looks_like_multiplying(point):
    gate = WRONG_GATES[0][0]  # with upstream 2, y + dz equals y · dz at y = 2
    assert check_gate(gate, *point, upstream=2.0).reason == "adds_upstream"


def test_an_object_is_checked_as_well_as_its_class():
    assert check_gate(c.LeakyReluGate(slope=0.3), -2.0)
    assert not check_gate(ReadsGlobals(), 3.0, -4.0)


def test_a_plain_class_with_the_two_methods_is_a_gate():
    class Plain:
        def forward(this, x):
            this.x = x
            return x**3

        def backward(this, dz):
            return 3 * this.x**2 * dz

    assert check_gate(Plain, 2.0)
    assert check_gate(Plain, np.array([1.0, -2.0]))


class Reciprocal:
    def forward(self, x):
        self.x = x
        return 1.0 / x

    def backward(self, dz):
        return [-dz / self.x**2]


def test_what_python_refuses_is_measured_with_numpy():
    assert check_gate(Reciprocal, 2.0)
    assert check_gate(Reciprocal, 0.0).reason == "unmeasured"

    class Divides(Reciprocal):
        def forward(self, x):
            return 1 // 0

    report = check_gate(Divides, [1.0, 2.0])
    assert report.reason == "stopped"
    assert report.lines[1].startswith("ZeroDivisionError: ")


@pytest.mark.parametrize("name", ["x", "y", "z", "dz", "a", "b", "inputs", "upstream"])
def test_a_method_whose_first_argument_is_a_number_lacks_self(name):
    known = {}
    exec(f"class G:\n def forward(self, x): return x\n def backward({name}): return 1.0", known)
    report = check_gate(known["G"], 1.0)
    assert report.reason == "missing_self"
    assert report.lines[0] == f"In class G, backward({name}) lacks self."


@pytest.mark.parametrize(
    ("grads", "reason", "says"),
    [
        (None, "wrong_count", "2 inputs but backward returned 0 gradients"),
        (1.0, "wrong_count", "2 inputs but backward returned 1 gradient."),
        ([1.0, 2.0, 3.0], "wrong_count", "return [dx, dy]"),
        ([1.0, None], "wrong_count", "returned nothing for its input y"),
        ([np.ones(3), 1.0], "one_number", "shape (3,)"),
    ],
)
def test_gradients_of_a_wrong_number_or_shape_are_told(grads, reason, says):
    class Plain:
        def forward(self, x, y):
            return x * y

        def backward(self, dz):
            return grads

    report = check_gate(Plain, 3.0, -4.0)
    assert report.reason == reason
    assert says in repr(report)


def test_a_forward_without_a_number_is_told():
    class Silent:
        def forward(self, x):
            return None

        def backward(self, dz):
            return dz

    assert check_gate(Silent, 1.0).reason == "gate_returned"


def test_a_forward_in_the_style_of_the_assignment_is_told_about_its_cache():
    class Affine:
        def forward(self, x, w):
            return x * w, (x, w)

        def backward(self, dout):
            return [dout, dout]

    class InAGraph(Affine, Gate):
        pass

    report = check_gate(Affine, 2.0, 3.0)
    assert (report.mark, report.reason) == ("✗", "gate_returned_cache")
    assert "self" in report.lines[1]
    with pytest.raises(c.GraphError) as caught:
        InAGraph(Input(2.0, "x"), Input(3.0, "w"))
    assert caught.value.code == "gate_returned_cache"


def test_an_error_with_many_lines_is_cut_to_one():
    class Talks:
        def forward(self, x):
            raise KeyError("first\nsecond") if x is None else OSError("a" * 300 + "\nb")

        def backward(self, dz):
            return dz

    report = check_gate(Talks, 1.0)
    assert report.lines == ("Talks stopped.", "OSError: " + "a" * 200, words.REASONS["stopped"])


def test_a_coincidence_at_the_point_given_is_found_at_another():
    class LogAtThree:
        def forward(self, x):
            self.x = x
            return math.log(x)

        def backward(self, dz):
            return 3.0 * dz / self.x**2  # right at x = 3 only; log(-3) is no point to try

    assert not check_gate(LogAtThree, 3.0)


def test_a_gate_is_tried_at_the_mirrored_point_and_at_two_nearby():
    given = [2.0, -4.0]
    mirrored, out, back = other_points([*given, 0.0])
    assert mirrored == [-2.0, 4.0, 0.0]
    for sign, point in ((1.0, out), (-1.0, back)):
        moves = [sign * (new / x - 1.0) for new, x in zip(point, given, strict=False)]
        assert 0.1 < moves[0] < 0.3
        assert moves[0] + 0.04 < moves[1] < 0.4  # each input moves by an amount of its own
        assert 0.0 < sign * point[2] < 0.05


def test_upstream_gradients_of_an_array_differ_in_size_and_sign():
    upstream = upstream_for(np.zeros(7), None)
    assert len(set(np.abs(upstream))) == 7
    assert np.sum(upstream < 0.0) == 3
    assert upstream_for(0.0, None) == 2.0


class StopsInBackward(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        return [dz / {}["missing"]]


class OneShape(Gate):
    def forward(self, x):
        return 2.0 * x

    def backward(self, dz):
        return [np.ones(7)]


def test_a_gate_that_stops_or_has_a_wrong_shape_in_a_graph_has_its_reason():
    x = Input([1.0, 2.0], "x")
    stops = check_gradients(ComputationalGraph(StopsInBackward(x).sum()))
    assert (stops.mark, stops.reason) == ("✗", "stopped")
    shape = check_gradients(ComputationalGraph(OneShape(x).sum()))
    assert (shape.mark, shape.reason) == ("✗", "wrong_shape")


def test_a_gate_that_makes_an_array_of_a_number_is_shown_without_its_upstream():
    class Pair:
        def forward(self, x):
            return np.array([x, 3.0 * x])

        def backward(self, dz):
            return 5.0 * dz[0]

    line = check_gate(Pair, 2.0).lines[1]  # upstream is [2, -1]: 2 · 1 - 1 · 3
    assert line == "Yours is 10 at x, a nudge measures -1."


def test_a_gate_may_leave_the_sum_over_broadcast_axes_to_the_graph_and_a_plain_class_not():
    class Sums:
        def forward(self, x, y):
            return x + y

        def backward(self, dz):
            return [dz, dz]

    class SumsInAGraph(Sums, Gate):
        pass

    inputs = np.ones((3, 2)), np.array([1.0, -2.0])
    assert check_gate(SumsInAGraph, *inputs).mark == "✓"
    assert check_gate(Sums, *inputs).reason == "missing_sum_over_broadcast"
