"""Where a walk through notebooks 00-05 stopped: each kind, with other numbers than there."""

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Gate, Input, check_answer, check_gate, lecture
from cs231n_lec4.checking.mistakes import known_mistakes, wrong_numbers
from cs231n_lec4.checking.uses import readings, share_of
from cs231n_lec4.lessons.checks.gate_checks import check_own_graph, check_pass

# ── code that stops ──────────────────────────────────────────────────────────────────────────────


class Saves(Gate):
    """Saves its output as self.out; each test gives it a backward."""

    def forward(self, u):
        self.out = np.exp(-3.0 * u)
        return self.out


def gate_with(backward, base=Saves):
    return type("MyGate", (base,), {"backward": backward})


def reads_what_forward_saved(self, dz):
    return [-3.0 * out * dz]  # noqa: F821


def reads_an_argument(self, dz):
    return [-3.0 * self.out * dz + 0.0 * u]  # noqa: F821


@pytest.mark.parametrize(
    ("backward", "name"), [(reads_what_forward_saved, "out"), (reads_an_argument, "u")]
)
def test_a_name_without_self_is_said_though_the_notebook_has_none(backward, name):
    report = check_gate(gate_with(backward), 0.4)
    assert (report.mark, report.reason) == ("✗", "forgot_self")
    assert report.lines[1] == f"MyGate: backward reads {name} without self."


def test_a_function_that_is_called_like_something_saved_is_no_forgotten_self():
    class Named(Gate):
        def forward(self, u):
            self.sum = u + u
            return self.sum

        def backward(self, dz):
            return [sum([dz, dz, dz])]

    assert check_gate(Named, 0.4).reason != "forgot_self"


class Product:
    def forward(self, u, v):
        self.u, self.v = u, v
        return u * v


def swaps_the_gradients(self, dz):
    du, dv = self.v * dv, self.u * du  # noqa: F821
    return [du, dv]


def test_a_line_that_reads_what_stands_below_it_is_told_so():
    report = check_gate(gate_with(swaps_the_gradients, Product), 1.5, -0.7)
    assert report.reason == "unknown_name"
    assert report.lines[0] == "MyGate stopped: dv has no value there."
    assert "associated" not in repr(report)


class MatrixProduct:
    def forward(self, A, B):
        self.A, self.B = A, B
        return A @ B


@pytest.mark.parametrize(
    ("backward", "reason"),
    [
        (lambda self, dz: [self.B.T @ dz, self.A.T @ dz], "matrices"),
        (lambda self, dz: [dz @ self.B, self.A @ dz], "matrices"),
        (lambda self, dz: [np.dot(dz, self.A), dz], "matrices"),
        (lambda self, dz: [dz * self.B, self.A.T @ dz], "entry_by_entry"),
    ],
)
def test_numpys_own_sentences_are_not_shown_for_a_gate(backward, reason):
    A, B = np.arange(10.0).reshape(5, 2), np.arange(6.0).reshape(2, 3) - 2.0
    report = check_gate(gate_with(backward, MatrixProduct), A, B)
    assert report.reason == reason
    assert not any(word in repr(report) for word in ("gufunc", "operand", "aligned", "Error"))


# ── answers in another form ──────────────────────────────────────────────────────────────────────


def test_a_list_of_answers_is_not_called_no_answer():
    report = check_answer(lecture.branch(), [3.0, 5.0], asked=("a", "b"))
    assert report.lines == ("The answers need their names.", 'Keep these: {"a": …, "b": …}.')
    assert check_answer(lecture.branch(), None, asked=("a", "b")).reason == "not_answered"


def test_a_single_number_in_brackets_is_told_to_lose_them():
    report = check_answer(lecture.branch(), "a", [3.0])
    assert report.reason == "one_number"
    assert "brackets" in report.lines[-1]


def test_a_graph_that_is_not_built_yet_is_no_wrong_graph():
    report = check_own_graph(None, {"u": None}, seen=lecture.branch())
    assert (report.reason, len(report.lines)) == ("not_answered", 1)
    assert "NoneType" not in repr(report)


# ── one reason for all calls of a function ───────────────────────────────────────────────────────


def twice_the_last_path(a, b):
    d, e = a + b, b + 1
    return {"a": e, "b": 2 * d}  # at (3, 2) this is local plus upstream as well


def test_a_reason_fits_every_call_and_the_call_is_said():
    report = check_pass(twice_the_last_path, lecture.branch, (3.0, 2.0), (-1.0, 4.0), asked="ab")
    assert report.reason is None
    assert "Called as twice_the_last_path(3, 2)." in repr(report)
    alone = check_answer(lecture.branch(3.0, 2.0), {"a": 3.0, "b": 10.0})
    assert "adds_upstream" in alone.reason  # what one call alone would have said


def test_a_number_known_by_heart_is_told_where_it_is_wrong():
    def by_heart(x, y, z):
        return {"x": 4.0, "y": z, "z": x + y}

    report = check_pass(
        by_heart, lecture.add_multiply, (1.0, 2.0, 4.0), (3.0, 1.0, -2.5), asked="xyz"
    )
    assert not report
    assert "Called as by_heart(3, 1, -2.5)." in repr(report)


# ── reasons that are true ────────────────────────────────────────────────────────────────────────


def test_a_constant_has_no_gradient_that_could_be_exchanged():
    graph = ComputationalGraph(-4.0 * Input(3.5, "x"))
    assert "swaps_gradients" not in known_mistakes(graph, "x")
    assert check_answer(graph, "x", 3.5).reason == "gave_the_value"
    scaled = ComputationalGraph((-4.0 * Input(3.5, "x")).named("p") * 2.0)
    assert check_answer(scaled, "x", 7.0).reason == "value_as_local"


def test_the_share_of_the_other_path_has_its_reason():
    graph = lecture.branch(3.0, 2.0)  # b receives 3 by d, and by c the other share, 5
    at = readings(graph, [graph["b"]])[graph["b"]]
    shares = [uses.share for uses in at[0].uses]
    for k, other in enumerate(reversed(shares)):
        found = wrong_numbers([share_of(reading, k) for reading in at], "grad")
        assert ("gave_another_path", other) in found
    alone = readings(graph, [graph["a"]])[graph["a"]]
    found = wrong_numbers([share_of(reading, 0) for reading in alone], "grad")
    assert "gave_another_path" not in dict(found)


def max_gate(left, right):
    class MyMax(Gate):
        def forward(self, x, y):
            self.x, self.y = x, y
            return c.maximum(x, y)

        def backward(self, dz):
            return [left(self.x, self.y) * dz, right(self.x, self.y) * dz]

    return MyMax


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda x, y: 0.5, lambda x, y: 0.5),
        (lambda x, y: 1.0 if x > y else 0.5, lambda x, y: 1.0 if y > x else 0.5),
        (lambda x, y: float(x >= y), lambda x, y: 1.0 if y > x else 0.5),
    ],
)
def test_halves_away_from_a_tie_have_their_reason(left, right):
    assert check_gate(max_gate(left, right), 7.0, 3.0).reason == "half_at_a_tie"
    assert check_gate(max_gate(left, right), -1.0, 2.5).reason == "half_at_a_tie"


@pytest.mark.parametrize("sent", [0.0, 2.0])
def test_at_a_tie_too_little_is_not_called_too_much(sent):
    def side(mine, other):
        return sent / 2.0 if mine == other else float(mine > other)

    report = check_gate(max_gate(side, lambda x, y: side(y, x)), 5.0, 3.0)
    assert report.reason == "tie"
    assert "no more and no less" in report.lines[-1]


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_difference_in_place_of_a_product_has_its_reason(sign):
    class Cube(Gate):
        def forward(self, x):
            self.x = x
            return x**3

        def backward(self, dz):
            return [sign * (3 * self.x**2 - dz)]

    assert check_gate(Cube, 0.7).reason == "subtracts_upstream"


def test_minus_one_where_a_relu_is_flat_has_its_reason():
    class Sign(Gate):
        def forward(self, x):
            self.x = x
            return np.maximum(0.0, x)

        def backward(self, dz):
            return [np.sign(self.x) * dz]

    assert check_gate(Sign, [2.0, -0.5, -3.0, 1.5]).reason == "flat_below_zero"


def test_terms_added_along_the_other_axis_have_their_reason():
    graph = lecture.squared_norm_of_product()
    W, q = graph["W"].value, graph["q"].value
    assert check_answer(graph, "x", (2 * q[:, None] * W).sum(axis=1)).reason == (
        "added_along_other_axis"
    )
    upstream = np.array([[2.0, 3.0], [-3.0, 9.0], [-8.0, 1.0]])
    rows = ComputationalGraph(
        ((Input(np.ones((3, 2)), "Z") + Input([1.0, 4.0], "b")) * upstream).sum()
    )
    assert check_answer(rows, "b", upstream.sum(axis=1)).reason == "added_along_other_axis"


@pytest.mark.parametrize("n", [2, 3])
def test_half_of_a_square_is_no_mean_of_two(n):
    graph = ComputationalGraph(c.squared_norm(Input(np.arange(1.0, n + 1), "v")))
    truth = graph.backward()["v"]
    assert "mean" not in check_answer(graph, "v", truth / 2.0).reason
    if n > 2:
        assert check_answer(graph, "v", truth / n).reason == "mean_instead_of_sum"


@pytest.mark.parametrize(
    ("yours", "reason"),
    [
        (np.diag([0, 1, 1, 0, 0]), "upside_down"),
        (np.diag([1, -1, -1, 1, 1]), "flat_below_zero"),
        (np.diag([1.5, -2, -1, 3, 0.5]), "max_gives_value"),
        (np.diag([1.5, 0, 0, 3, 0.5]), "max_gives_value"),
        (np.ones((5, 5)), "off_diagonal"),
        (np.tile([[1], [0], [0], [1], [1]], 5), "off_diagonal"),
    ],
)
def test_a_jacobian_of_a_relu_written_wrong_has_its_reason(yours, reason):
    assert c.check_jacobian(yours, c.ReluGate(), [1.5, -2.0, -1.0, 3.0, 0.5]).reason == reason
