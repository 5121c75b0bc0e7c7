"""The laboratory of gradient checks."""

import numpy as np
import pytest

from cs231n_lec4.lessons.checks.check_lab import (
    StepTable,
    centred_difference,
    forward_difference,
    relative_error,
)


def test_the_relative_error_is_zero_for_two_zeros_and_one_for_opposite_signs():
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(3.0, 4.0) == relative_error(4.0, 3.0) == 0.25
    assert relative_error(-2.0, 2.0) == 2.0
    assert relative_error([1.0, 0.0, 10.0], [1.0, 0.0, 5.0]) == 0.5


def test_the_two_differences_of_a_square_are_known():
    def square(x):
        return x * x

    assert forward_difference(square, 3.0, 0.5) == 6.5
    assert centred_difference(square, 3.0, 0.5) == 6.0


def test_the_table_of_steps_says_how_the_errors_shrink():
    table = StepTable(lambda x: x**3, 1.0, 3.0)
    assert [row[0] for row in table.rows] == [1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11]
    assert table.rows[0][1:] == pytest.approx((0.31 / 3.31, 0.01 / 3.01))
    lines = repr(table).splitlines()
    assert lines[0].split() == ["h", "forward", "centred"]
    assert lines[1] == "         1e-01         9e-02         3e-03"
    single = StepTable(lambda x: x**3, 1.0, 3.0, steps=(1e-5,), dtype=np.float32)
    assert single.rows[0][2] > 1e-4 > table.rows[2][2]
