"""The gradient-check laboratory: how good is a measured derivative, for which step h?

Notes "neural-networks-3": the centred formula, the relative error, and what makes them lie.
"""

import numpy as np

from ... import words
from ...words.console import Printed, table

STEPS = (1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11)


def relative_error(a, b):
    """|a - b| / max(|a|, |b|); 0 where both are 0. Above 1e-2 something is wrong, below 1e-7 all
    is well."""
    largest = np.maximum(np.abs(a), np.abs(b))
    return float(np.max(np.abs(np.subtract(a, b)) / np.where(largest == 0.0, 1.0, largest)))


def forward_difference(f, x, h):
    """(f(x + h) - f(x)) / h: the error shrinks like h."""
    return (f(x + h) - f(x)) / h


def centred_difference(f, x, h):
    """(f(x + h) - f(x - h)) / 2h: the error shrinks like h²."""
    return (f(x + h) - f(x - h)) / (h + h)


class StepTable(Printed):
    """The relative error of both differences of `f` at `x`, for several steps h.

    `exact` is the true derivative. `dtype=np.float32` does the arithmetic in single precision.
    """

    def __init__(self, f, x, exact, steps=STEPS, dtype=np.float64):
        x = dtype(x)
        ways = (forward_difference, centred_difference)
        self.rows = [
            (h, *(relative_error(way(f, x, dtype(h)), exact) for way in ways)) for h in steps
        ]

    def __repr__(self):
        rows = [[f"{number:.0e}" for number in row] for row in self.rows]
        return table(words.STEP_TABLE, rows, widths=(14, 14, 14))
