"""A report says nothing that was not tested, and nothing of right work but that it is right."""

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import (
    ComputationalGraph,
    Gate,
    Input,
    check_answer,
    check_gate,
    check_gradients,
    words,
)
from cs231n_lec4.checking.nudges import slope

x = np.array([9.0, 8.0])  # what a notebook has lying about, under the names that forward uses
y = 7.0


class Exp(Gate):
    def forward(self, x):
        self.z = np.exp(x)
        return self.z

    def backward(self, dz):
        return [self.z * dz]


class MeanOfUpstream(Exp):
    def backward(self, dz):
        return [self.z * np.mean(dz)]


class UpstreamBackToFront(Exp):
    def backward(self, dz):
        return [self.z * np.flip(dz)]


class LargestOfUpstream(Exp):
    def backward(self, dz):
        return [self.z * np.max(dz)]


# ── upstream, entry by entry ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gate", [MeanOfUpstream, UpstreamBackToFront, LargestOfUpstream])
def test_even_upstream_does_not_hide_a_wrong_gate(gate):
    report = check_gate(gate, [1.0, 2.0, 0.5], upstream=np.ones(3))
    assert (report.mark, report.reason) == ("✗", None)
    graph = ComputationalGraph(gate(Input([0.3, -1.0, 2.0], "x")).sum())
    assert not check_gradients(graph)


@pytest.mark.parametrize("gate", [MeanOfUpstream, UpstreamBackToFront, LargestOfUpstream])
def test_upstream_is_called_right_only_if_each_entry_is(gate):
    report = check_gate(gate, [1.0, 2.0, 0.5])
    assert report.reason is None
    assert words.REASONS["wrong_local"] not in repr(report)


class HalfExp(Exp):
    def backward(self, dz):
        return [(self.z + 1.0) * dz]


def test_a_wrong_local_gradient_with_right_upstream_is_still_told():
    assert check_gate(HalfExp, [1.0, 2.0, 0.5]).reason == "wrong_local"
    assert check_gate(HalfExp, 0.7, upstream=3.0).reason == "wrong_local"


# ── other forward passes ─────────────────────────────────────────────────────────────────────────


def gate_of(power, slope):
    class Constant:
        def forward(self, x):
            return x**power

        def backward(self, dz):
            return slope * dz

    return Constant


@pytest.mark.parametrize(("power", "slope"), [(3, 3.0), (2, 2.0), (4, -1.5), (2, 7.0)])
def test_a_gate_that_saves_nothing_does_not_use_numbers_of_another_pass(power, slope):
    report = check_gate(gate_of(power, slope), 2.5)
    assert report.reason != "stale_cache"
    assert "another forward pass" not in repr(report)


class FreesWhatItSaved:
    def __init__(self):
        self.saved = []

    def forward(self, x, y):
        self.saved.append((x, y))
        return x * y

    def backward(self, dz):
        x, y = self.saved.pop()
        self.saved.clear()
        return [y * dz, x * dz]


class FreesInAGraph(Gate):
    def forward(self, x):
        self.saved = [x]
        return x**3

    def backward(self, dz):
        return [3.0 * self.saved.pop() ** 2 * dz]


def test_a_backward_that_frees_what_forward_saved_is_right():
    assert check_gate(FreesWhatItSaved, 3.0, -4.0).mark == "✓"
    graph = ComputationalGraph(FreesInAGraph(Input(1.5, "v")) * 2.0)
    assert check_gradients(graph).mark == "✓"
    assert check_answer(graph, "v", 13.5).mark == "✓"
    assert check_answer(graph, "v", -13.5).reason == "sign"


@pytest.mark.parametrize("thing", [3, [], len, lambda self: self])
def test_methods_that_are_none_are_told_not_raised(thing):
    def backward(self, dz):
        return dz

    assert not check_gate(type("Odd", (), {"forward": thing, "backward": backward}), 1.0, 2.0)
    assert not check_gate(type("Odd", (), {"forward": backward, "backward": thing}), 1.0)


# ── a forgotten self ─────────────────────────────────────────────────────────────────────────────


class CubeWithoutSelf:
    def forward(self, x):
        self.x = x
        return x**3

    def backward(self, dz):
        return [3.0 * x**2 * dz]


class ReluWithoutSelf:
    def forward(self, x):
        self.x = x
        return np.maximum(0.0, x)

    def backward(self, dz):
        return dz * (x > 0)


class ProductWithoutSelf:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dz):
        dx = y * dz
        return [dx, self.x * dz]


class NoSuchName:
    def forward(self, u):
        return u * u

    def backward(self, dz):
        return 2.0 * u * dz  # noqa: F821


@pytest.mark.parametrize(
    ("gate", "inputs", "name"),
    [
        (CubeWithoutSelf, ([1.0, 3.0],), "x"),
        (ReluWithoutSelf, ([1.0, -3.0],), "x"),
        (ProductWithoutSelf, (3.0, 4.0), "y"),
        (NoSuchName, (3.0,), "u"),
    ],
)
def test_a_name_taken_from_the_notebook_in_place_of_self_is_said(gate, inputs, name):
    report = check_gate(gate, *inputs)
    assert (report.mark, report.reason) == ("✗", "forgot_self")
    assert f"backward reads {name} without self." in report.lines[1]
    assert words.REASONS["wrong_local"] not in repr(report)


class UsesItsOwnNames:
    def forward(self, x, y):
        self.both = x, y
        return x * y

    def backward(self, dz):
        x = self.both[0]
        return [dz, sum(x * y for y in (dz, dz))]


def test_names_that_backward_makes_itself_are_not_blamed():
    report = check_gate(UsesItsOwnNames, 3.0, 4.0)
    assert not report
    assert report.reason != "forgot_self"


# ── randomness, ties ─────────────────────────────────────────────────────────────────────────────


class Noise:
    def forward(self, x):
        return x + np.random.normal(size=np.shape(x))

    def backward(self, dz):
        return dz


class Dropout(Noise):
    def forward(self, x):
        self.mask = np.random.random(np.shape(x)) < 0.5
        return x * self.mask

    def backward(self, dz):
        return dz * self.mask


@pytest.mark.parametrize("gate", [Noise, Dropout])
def test_a_forward_that_is_random_is_said_to_be_random(gate):
    for inputs in ([1.0, 2.0, 3.0, 4.0], [-0.5] * 9):
        report = check_gate(gate, inputs)
        assert (report.mark, report.reason) == ("△", "random")


class MaxToBothAtATie(Gate):
    def forward(self, x, y):
        self.x_wins, self.y_wins = np.asarray(x >= y), np.asarray(y >= x)
        return np.maximum(x, y)

    def backward(self, dz):
        return [dz * self.x_wins, dz * self.y_wins]


class MaxToNobodyAtATie(MaxToBothAtATie):
    def forward(self, x, y):
        self.x_wins, self.y_wins = np.asarray(x > y), np.asarray(y > x)
        return np.maximum(x, y)


class MaxHalfEachAtATie(MaxToBothAtATie):
    def backward(self, dz):
        count = 1.0 * self.x_wins + self.y_wins
        return [dz * self.x_wins / count, dz * self.y_wins / count]


@pytest.mark.parametrize("point", [(2.0, -1.0), (-3.0, 0.5), ([1.0, 2.0], [0.5, 4.0])])
def test_at_a_tie_the_shares_add_up_to_upstream(point):
    for gate in (MaxToBothAtATie, MaxToNobodyAtATie):
        assert check_gate(gate, *point).reason == "tie"
    assert check_gate(MaxHalfEachAtATie, *point).mark == "✓"
    assert check_gate(c.MaxGate, *point).mark == "✓"


# ── what could not be measured, and kinks ────────────────────────────────────────────────────────


@pytest.mark.parametrize(("x", "y", "unmeasured"), [(-2.0, 3.0, "y"), (-0.5, 2.0, "y")])
def test_a_gradient_that_nothing_could_measure_is_not_called_right(x, y, unmeasured):
    report = check_gradients(ComputationalGraph(Input(x, "x") ** Input(y, "y")))
    assert (report.mark, report.reason) == ("△", "unmeasured")
    assert f"with respect to {unmeasured}." in report.lines[0]
    assert check_gradients(ComputationalGraph(Input(-x, "x") ** Input(y, "y"))).mark == "✓"


def test_an_answer_that_nudges_confirm_is_right_where_the_graph_has_no_number():
    graph = ComputationalGraph((c.squared_norm(Input([0.0, 0.0], "v")) ** 0.5) ** 2)
    assert check_answer(graph, "v", [0.0, 0.0]).mark == "✓"
    report = check_answer(graph, "v", [0.0, 3.0])
    assert report.mark == "✗"
    assert report.lines[1] == "Yours is 3 at v[1]."


@pytest.mark.parametrize(
    ("answer", "mark"),
    [
        ([7.0, 7.0, 7.0], "✗"),
        ([7.0, 1.0, 0.5], "✗"),
        ([7.0, 1.0, 0.0], "△"),
        ([0.0, 1.0, 0.0], "△"),
    ],
)
def test_a_kink_excuses_its_own_entry_only(answer, mark):
    graph = ComputationalGraph(c.relu(Input([0.0, 1.0, -2.0], "x")).sum())
    report = check_answer(graph, "x", answer)
    assert report.mark == mark
    assert mark == "△" or "at x[0]" not in report.lines[1]


# ── tolerance ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [300, 1000, 150])
def test_zeros_are_not_a_small_gradient_rounded(count):
    graph = ComputationalGraph(Input(np.arange(float(count)), "x").mean())
    assert not check_answer(graph, "x", np.zeros(count)) or count < 200
    assert check_answer(graph, "x", np.full(count, 1.0 / count))
    assert not check_answer(ComputationalGraph(Input(2.0, "v") * 0.003), "v", 0.0)


def test_dust_is_still_zero_and_two_decimals_are_still_right():
    x = Input(0.1, "x")
    dust = ComputationalGraph(x * 0.1 + x * 0.2 - x * 0.3)
    assert dust.backward()["x"] != 0.0
    assert check_answer(dust, "x", 0.0)
    assert check_answer(ComputationalGraph(Input(2.0, "v") * 0.0149), "v", 0.01)


def test_a_rounded_array_is_shown_one_entry_with_more_digits():
    exact = np.arange(12.0).reshape(4, 3) / 7.0
    graph = ComputationalGraph((Input(np.ones((4, 3)), "s") * exact).sum())
    report = check_answer(graph, "s", np.round(exact, 2))
    assert report.mark == "✓"
    assert report.lines[0].startswith("s: right, rounded. With more digits s[")
    assert "shape" not in repr(report)


@pytest.mark.parametrize("wrong", ["twice", "half"])
def test_factor_two_says_only_what_is_seen(wrong):
    graph = ComputationalGraph((Input(-2.0, "x") + Input(5.0, "y")) * -4.0)
    answer = {"twice": -8.0, "half": -2.0}[wrong]
    report = check_answer(graph, "y", answer)
    assert report.reason == "factor_two"
    assert "square" not in repr(report)


# ── the number stays with the reader ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("first", "second"), [(4.0, -3.0), (1.0, 7.0), (-8.0, 2.5)])
def test_the_first_miss_has_its_reason_and_not_the_number(first, second):
    def told(answer):
        graph = ComputationalGraph((Input(-2.0, "x") + Input(5.0, "y")) * Input(-4.5, "z"))
        report = check_answer(graph, "x", answer)
        assert not report
        return "-4.5" in repr(report)

    assert [told(first), told(first), told(second), told(first)] == [False, False, True, False]


def test_a_value_is_not_printed_at_the_first_miss_either():
    graph = ComputationalGraph(Input(3.0, "x") * 2.5)
    assert "7.5" not in repr(check_answer(graph, {"v1": 5.0}, kind="value"))
    assert "7.5" in repr(check_answer(graph, {"v1": 6.0}, kind="value"))


# ── precision ────────────────────────────────────────────────────────────────────────────────────


class TimesFloat32:
    k = np.float32(2.5)

    def forward(self, x):
        return np.float32(self.k * np.float32(x))

    def backward(self, dz):
        return float(self.k) * dz


class SquareInFloat32(TimesFloat32):
    def forward(self, x):
        self.x = x
        return np.float32(x) * np.float32(x)

    def backward(self, dz):
        return 2.0 * self.x * dz


class SquareInFloat32WithoutTwo(SquareInFloat32):
    def backward(self, dz):
        return self.x * dz


@pytest.mark.parametrize("point", [2.0, -0.3, 17.0, 0.004])
def test_a_gate_in_single_precision_is_measured_with_a_step_it_can_see(point):
    assert check_gate(TimesFloat32, point).mark == "✓"
    assert check_gate(SquareInFloat32, point).mark == "✓"
    assert check_gate(SquareInFloat32WithoutTwo, point).mark == "✗"


@pytest.mark.parametrize("here", [-0.004, 0.004, -1e-5, 0.008])
def test_a_flat_function_is_not_measured_with_a_wide_step(here):
    found = slope(lambda t: max(0.0, here + t), here)
    assert found.agrees(float(here > 0.0))


class WithADefault(Gate):
    def forward(self, x, y, a=2.0):
        self.x, self.y, self.a = x, y, a
        return a * x * y

    def backward(self, dz):
        return [self.a * self.y * dz, self.a * self.x * dz]


def test_a_default_is_refused_by_the_check_as_by_the_node():
    with pytest.raises(c.GraphError) as caught:
        WithADefault(Input(1.0, "u"), Input(2.0, "v"))
    report = check_gate(WithADefault, 3.0, -4.0)
    assert (report.mark, report.reason) == ("✗", caught.value.code)
