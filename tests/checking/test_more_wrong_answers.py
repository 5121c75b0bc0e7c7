"""Wrong answers to the exercises of 00 to 05 that people typically give, beside those in the tests
of each notebook: a check never says ✓ to them, and never gives a reason that is not true.

Each row: the exercise, what is written in place of what, and the reasons that are true there (empty:
no known mistake). `SELF`: the report must say that `self.` is missing.
"""

import re

import exercises
import pytest

from cs231n_lec4.words import REASONS

SELF = "self."
MAX = "return [local_x * dz, local_y * dz]"
MULTIPLY = "dx = self.x * dz\n        dy = self.y * dz"
SIGMOID = "dx = (1.0 - self.z) * self.z"
DERIVE = '"q": None,\n    "W": None,\n    "x": None,'
NONE = {"unknown", "unknown_number"}  # sentences that give no reason
CIRCUIT = "k = 2.0\nx, y, z, w = 3.0, -4.0, 2.0, -1.0"


def numbers(exercise, right, wrong):
    """Rows for one exercise that asks for numbers: all are right but one."""
    names = ", ".join(f'"{name}": None' for name in right)
    for name, number, reasons in wrong:
        answers = {**right, name: number}
        yield exercise, names, ", ".join(f'"{n}": {a}' for n, a in answers.items()), reasons


def lines(exercise, old, wrong):
    """Rows for one exercise of which a piece of code is replaced."""
    for new, reasons in wrong:
        yield exercise, old, new, reasons


def formulas(wrong):
    """Rows for Exercise 1 of notebook 05."""
    right = {"q": "2 * q", "W": "np.outer(2 * q, x)", "x": "W.T @ (2 * q)"}
    for name, formula, reasons in wrong:
        answers = {**right, name: formula}
        yield "05 derive", DERIVE, ", ".join(f'"{n}": {a}' for n, a in answers.items()), reasons


ROWS = [
    *lines(
        "00 exercise",
        "None",
        [
            ("3", "gave_the_value swaps_gradients"),
            ("2", "sign"),
            ("-6", "value_as_local"),
            ("1", "forgot_local"),
            ("-1", "adds_upstream"),
            ("0", ""),
        ],
    ),
    *numbers(
        "01 predict",
        {"q": 6, "z": -3, "x": 6, "y": 6},
        [
            ("q", -3, "gave_the_value swaps_gradients"),
            ("q", 1, "forgot_local"),
            ("q", 7, "adds_upstream"),
            ("z", 6, "gave_the_value swaps_gradients"),
            ("z", -2, "adds_upstream"),
            ("z", 1, "forgot_local"),
            ("x", -30, "multiplied_at_add"),
            ("x", 12, "factor_two"),
            ("x", 36, ""),
            ("y", 12, "multiplied_at_add factor_two"),
            ("y", -5, "gave_the_value"),
            ("y", 0, ""),
        ],
    ),
    *lines(
        "01 slip",
        "dx = 1.0\n    dy = 1.0",
        [
            ("dx = y * dq\n    dy = x * dq", "multiplied_at_add"),
            ("dx = 1.0 + dq\n    dy = 1.0 + dq", "adds_upstream"),
            ("dx = dq\n    dy = dz", "another_gradient"),
            ("dx = q * dq\n    dy = q * dq", "value_as_local"),
            ("dx = dq / 2\n    dy = dq / 2", "factor_two"),
            ("dx = dq + dz\n    dy = dq + dz", ""),
            ("dx = -dq\n    dy = -dq", "sign"),
        ],
    ),
    *numbers(
        "02 predict",
        {"v4": 0.25, "w2": 0.25, "w0": 1.0, "x0": 0.75, "w1": 0.75, "x1": -1.25},
        [
            ("v4", 0.5, "factor_two"),
            ("v4", 0, "gave_the_value"),
            ("w2", -0.25, "sign"),
            ("w2", 1.25, "adds_upstream"),
            ("x0", 4, "gave_the_value"),
            ("x0", 3, "forgot_upstream"),
            ("x0", 3.25, "adds_upstream"),
            ("x0", 1.0, "swaps_gradients"),
            ("w1", -1.25, "swaps_gradients"),
            ("w1", 3.25, "adds_upstream"),
            ("w1", -5, "gave_the_value"),
        ],
    ),
    *lines(
        "02 slip",
        SIGMOID,
        [
            ("dx = self.z * (1 - self.z) * self.z * dz", "wrong_local"),
            ("dx = dz / (1.0 - self.z) / self.z", "wrong_local"),
            ("dx = (1.0 - self.z) * self.z / dz", ""),
            ("dx = (1.0 - self.z) * self.z * dz * dz", ""),
        ],
    ),
    *lines(
        "02 build",
        "dx = dz",
        [
            ("dx = -dz", "forgot_local wrong_local sign"),
            ("dx = -self.z**2 * dz", "wrong_local"),
            ("dx = -dz / self.z", "wrong_local"),
            ("dx = -self.z - dz", "subtracts_upstream"),
        ],
    ),
    *lines(
        "03 slip-max",
        MAX,
        [
            ("return [0.5 * dz, 0.5 * dz]", "half_at_a_tie"),
            ("return [dz, 0.0]", "wrong_mask"),
            ("return [self.y * dz, self.x * dz]", "multiplied_at_max"),
            (
                "return [dz * (self.x >= self.y), dz * (self.y >= self.x)]",
                "wrong_mask gave_too_much tie",
            ),
            ("return [dz * (x > y), dz * (y > x)]", SELF),
        ],
    ),
    *lines(
        "03 slip-multiply",
        MULTIPLY,
        [
            ("dx = y * dz\n        dy = x * dz", SELF),
            ("dy = self.y * dz\n        dx = self.x * dz", "swaps_gradients"),
            ("dx = self.x * self.y * dz\n        dy = self.x * self.y * dz", "value_as_local"),
        ],
    ),
    *lines(
        "03 build",
        CIRCUIT,
        [
            ("k = 6.0\nx, y, z, w = 3.0, -4.0, -2.0, -1.0", "sign"),
            ("k = 2.0\nx, y, z, w = -3.0, -4.0, -2.0, -6.0", "wrong_mask"),
        ],
    ),
    *lines(
        "03 plus",
        "db = dc",
        [
            ("db = max(db, dc)", "one_path_of_two"),
            ("db = (db + dc) / 2", "factor_two mean_instead_of_sum"),
            ("db *= dc", "multiplied_at_a_branch"),
            ("db -= dc", ""),
            ("db += dc; da = db", "another_gradient"),
        ],
    ),
    *numbers(
        "04 size",
        {"entries": 10**6, "bytes": 4 * 10**6},
        [
            ("entries", 999_000, ""),
            ("bytes", 4 * 1024**2, ""),
            ("bytes", 4, ""),
            ("entries", "'a million'", ""),
        ],
    ),
    *lines(
        "04 slip",
        "J.T @ dz",
        [
            ("dz * np.maximum(0, self.x)", "wrong_local max_gives_value wrong_mask"),
            ("np.maximum(0, dz)", "wrong_mask"),
            ("1.0 * (self.x > 0)", "forgot_upstream"),
            ("np.eye(len(dz)) * (self.x > 0) @ dz", "builds_jacobian"),
            ("dz * (x > 0)", SELF),
        ],
    ),
    *lines(
        "04 build",
        "None",
        [
            ("3 * self.x * dz", "wrong_local"),
            ("self.x ** 2 * dz", "wrong_local"),
            ("3 * self.x ** 2 * dz.mean()", ""),
            ("3 * self.x ** 2 * dz[::-1]", ""),
            ("3 * x ** 2 * dz", SELF),
            ("np.sum(3 * self.x ** 2 * dz)", "wrong_shape"),
        ],
    ),
    *lines(
        "04 more",
        "None",
        [
            ("np.diag([0, 1, 0])", "upside_down"),
            ("np.zeros((3, 3))", ""),
            ("[[1, 0], [0, 1]]", "shape_of_value"),
            ("[1, 0, 1]", "diagonal_only"),
            ("np.eye(3)", "identity_not_mask"),
            ("np.diag([2, 0, 3])", "max_gives_value"),
            ("[[1, 0, 0], [0, -1, 0], [0, 0, 1]]", "flat_below_zero"),
            ("np.ones((3, 3))", "off_diagonal"),
        ],
    ),
    *lines(
        "04 by-w",
        "None",
        [
            ("np.kron(np.eye(2), [[1, 2, 0], [-1, 0, 1]])", "read_by_columns"),
            ("np.kron([[1, 2, 0], [-1, 0, 1]], np.eye(2))[[0, 2, 1, 3]]", "read_by_columns"),
            ("np.kron([[1, 2, 0], [-1, 0, 1]], np.eye(2)).T", "transposed"),
            ("-np.kron([[1, 2, 0], [-1, 0, 1]], np.eye(2))", "sign"),
            ("np.kron(np.eye(2), W.value.T)", "another_gradient"),
            ("np.zeros((4, 6))", ""),
            ("[[1, 2, 0], [-1, 0, 1]]", "shape_of_value"),
        ],
    ),
    *formulas(
        [
            ("q", "q", "factor_two gave_the_value"),
            ("q", "q ** 2", "not_differentiated"),
            ("q", "2", "wrong_shape"),
            ("q", "4 * q", "factor_two"),
            ("q", "q / np.linalg.norm(q)", "norm_not_squared"),
            ("q", "[2, 2]", ""),
            ("W", "np.outer(x, 2 * q)", "transposed"),
            ("W", "np.tile(x, (2, 1))", "forgot_upstream"),
            ("W", "2 * W", ""),
            ("W", "2 * W @ x", "another_gradient"),
            ("x", "2 * q @ W.T", "transposed"),
            ("x", "W.sum(axis=0)", "forgot_upstream"),
            ("x", "(2 * q[:, None] * W).sum(axis=1)", "added_along_other_axis"),
            ("W", "W", "gave_the_value"),
            ("W", "2 * q * x", "wrong_shape"),
            ("W", "np.outer(2 * q, q)", ""),
            ("x", "x", "gave_the_value"),
            ("x", "W.T @ q", "factor_two"),
            ("x", "2 * q", "forgot_local"),
            ("x", "2 * W.T @ x", ""),
        ]
    ),
    *lines(
        "05 slip",
        "self.W @ dq",
        [
            ("W.T @ dq", SELF),
            ("self.W.T @ self.x", ""),
            ("(self.W * dq[:, None])", "missing_sum wrong_shape"),
            ("-self.W.T @ dq", "sign"),
            ("2 * self.W.T @ dq", "factor_two"),
        ],
    ),
    *lines(
        "05 build",
        "dX = None\n        dW = None",
        [
            ("dX = dY @ W.T\n        dW = X.T @ dY", SELF),
            ("dX = self.W.T @ dY\n        dW = self.X.T @ dY", "matrices"),
            ("dX = dY @ self.W.T\n        dW = self.X.T @ dY / 2", "factor_two"),
            ("dX = dY.sum() * np.ones((2, 3))\n        dW = self.X.T @ dY", ""),
        ],
    ),
    *lines(
        "05 bias",
        "db = None",
        [
            ("db = dS.sum()", "wrong_shape"),
            ("db = -dS.sum(axis=0)", "sign"),
            ("db = dS[0]", "one_path_of_two"),
            ("db = 3 * np.ones(2)", "forgot_upstream"),
            ("db = [1, 1]", "forgot_upstream"),
            ("db = dS.sum(axis=1)", "added_along_other_axis"),
            ("db = dS.mean(axis=0)", "mean_instead_of_sum"),
            ("db = S.grad", "missing_sum_over_broadcast"),
            ("db = 2 * dS.sum(axis=0)", "factor_two"),
            ("db = dS.max(axis=0)", ""),
        ],
    ),
    *lines(
        "05 two",
        '"W2": None, "W1": None',
        [
            ('"W2": h.T @ y, "W1": X.T @ ((2 * y @ W2.T) * (z > 0))', "factor_two"),
            ('"W2": 2 * y.T @ h, "W1": X.T @ ((2 * y @ W2.T) * (z > 0))', "wrong_shape transposed"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ (2 * y @ W2.T)', "wrong_mask"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ ((2 * y @ W2.T) * (z >= -9))', "wrong_mask"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ ((2 * y @ W2.T) * (z < 0))', "wrong_mask"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ np.maximum(0, 2 * y @ W2.T)', "wrong_mask"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ ((2 * y @ W2.T) * h)', "max_gives_value"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ ((2 * y @ W2.T) * z)', "max_gives_value"),
            ('"W2": 2 * h.T @ y, "W1": X.T @ ((2 * y @ W2.T) * np.sign(z))', "flat_below_zero"),
            (
                '"W2": 2 * h.T @ y / 3, "W1": X.T @ ((2 * y @ W2.T) * (z > 0))',
                "mean_instead_of_sum",
            ),
            ('"W2": 2 * X.T @ y, "W1": X.T @ ((2 * y @ W2.T) * (z > 0))', "wrong_shape"),
            ('"W2": 2 * z.T @ y, "W1": X.T @ ((2 * y @ W2.T) * (z > 0))', ""),
        ],
    ),
]


def report_on(exercise, old, new):
    """What the check says when `new` stands in place of `old`."""
    given = exercises.source_of(exercise)
    assert old in given, exercise
    return exercises.report_on(exercise, given.replace(old, new))


def reasons_said(report):
    """The reasons that a report gives: those whose sentence it holds."""
    text = " ".join(repr(report).split())
    pieces = {code: max(re.split(r"\{.*?\}", said), key=len) for code, said in REASONS.items()}
    found = {code for code, piece in pieces.items() if " ".join(piece.split()) in text}
    two = report.reason.split(" or ") if "two" in found else []
    return found.union(two) - NONE - {"two"}


def is_true(said, true):
    """One reason must be true; of two that give the same number ("either … or"), one of them."""
    return bool(said & true) if len(said) == 2 else said <= true


@pytest.mark.parametrize(
    ("exercise", "old", "new", "true"), ROWS, ids=[f"{row[0]} {row[2]!r:.40}" for row in ROWS]
)
def test_a_wrong_answer_gets_no_reason_that_is_not_true(exercise, old, new, true):
    report = report_on(exercise, old, new)
    assert report.mark != "✓"
    if true == SELF:
        assert SELF in repr(report)
    else:
        assert is_true(reasons_said(report), set(true.split()))


def test_most_wrong_answers_get_their_reason():
    asked = [row for row in ROWS if row[3] not in ("", SELF)]
    told = [row for row in asked if reasons_said(report_on(*row[:3])) & set(row[3].split())]
    assert len(told) >= 0.9 * len(asked), [row for row in asked if row not in told]
