"""Checks of what a student says about Jacobians: size, entries, and how to do without them."""

import tracemalloc

import numpy as np

from ...checking.answers import Truth, compare, named_report
from ...checking.checks import check_gate
from ...checking.reports import safe, safely, sentence, wrong
from ...checking.trials import TriedGate
from ...words.digits import grouped
from ..jacobians import jacobian

MANY = 1000  # entries of the vector on which memory is measured

# ── size ─────────────────────────────────────────────────────────────────────────────────────────


@safe("check_jacobian_size")
def check_jacobian_size(answers, m, n, dtype="float32"):
    """Check the entries and the bytes of an m × n Jacobian: `{"entries": 16, "bytes": 64}`.

    Slides 55 and 56. Returns a Report; never raises.
    """
    return named_report(answers, sizes_of(m, n, np.dtype(dtype).itemsize))


def sizes_of(m, n, itemsize):
    """How many entries and bytes there are, each with what is often said instead."""
    entries = [("diagonal_only", min(m, n)), ("sides_added", m + n)]
    as_bytes = [
        ("entries_not_bytes", m * n),
        ("diagonal_only", min(m, n) * itemsize),
        ("bits_not_bytes", m * n * itemsize * 8),
        ("other_dtype", m * n * (12 - itemsize)),  # 8 for 4, and 4 for 8
    ]
    known = {"entries": (m * n, entries), "bytes": (m * n * itemsize, as_bytes)}
    return {name: Truth(float(count), mistakes) for name, (count, mistakes) in known.items()}


# ── entries ──────────────────────────────────────────────────────────────────────────────────────


@safe("check_jacobian")
def check_jacobian(yours, graph, *what):
    """Check a Jacobian written down by hand: `check_jacobian(J, ReluGate(), x)`.

    After `yours` it takes what `jacobian` takes (slides 53-57). Returns a Report; never raises.
    """
    truth = jacobian(graph, *what)
    known = wrong_jacobians(truth, what)
    if what and isinstance(what[0], str):
        known += wrong_readings(truth, graph, what[0])
    return compare("J", yours, Truth(truth, known))


def wrong_jacobians(truth, what):
    """The Jacobians that known mistakes give."""
    m, n = truth.shape
    found, rows = [("transposed", truth.T)], np.tile(truth.sum(axis=0), (m, 1))
    is_diagonal = m == n and np.array_equal(truth, np.diag(np.diag(truth)))
    if is_diagonal:
        x = what[-1] if what and not isinstance(what[-1], str) else np.empty(0)
        found += wrong_diagonals(np.diag(truth), np.ravel(x))
        found += [("off_diagonal", wrong) for wrong in (rows, rows.T, np.ones((n, n)))]
    else:
        found.append(("missing_indicator", rows))
    return [(code, number) for code, number in found if not np.array_equal(number, truth)]


def wrong_readings(truth, graph, name):
    """A Jacobian whose rows or columns stand in another order, and that of another input."""
    yield "sign", -truth
    by_rows = truth.reshape(*np.shape(graph.output.value), *np.shape(graph[name].value))
    if by_rows.ndim == 4:
        for axes in ((0, 1, 3, 2), (1, 0, 2, 3), (1, 0, 3, 2)):
            yield "read_by_columns", by_rows.transpose(axes).reshape(truth.shape)
    for other in graph.inputs:
        if other != name:
            yield "another_gradient", jacobian(graph, other)


def wrong_diagonals(diagonal, x):
    """What known mistakes put on the diagonal; `x`, the point, may be of another size."""
    yield "diagonal_only", diagonal
    if set(diagonal) <= {0.0, 1.0}:  # a mask
        yield "identity_not_mask", np.eye(len(diagonal))
        yield "upside_down", np.diag(1.0 - diagonal)
        yield "flat_below_zero", np.diag(2.0 * diagonal - 1.0)
    if len(x) == len(diagonal):
        yield "max_gives_value", np.diag(diagonal * x)
        yield "max_gives_value", np.diag(x)


# ── doing without ────────────────────────────────────────────────────────────────────────────────


def check_elementwise(gate, x, upstream=None, computes=None):
    """Check a gate that works entry by entry: right gradients, and no Jacobian built (slide 57).

    `x` is a vector, and `computes` what forward is to compute of it. Returns a Report with the
    reason `builds_jacobian` if backward takes the memory of an n × n matrix for n numbers; never
    raises.
    """
    report = check_gate(gate, x, upstream=upstream, computes=computes)
    return safely("check_elementwise", memory_report, gate, report) if report else report


def memory_report(gate, report):
    """The report on a right gate: how much memory its backward takes."""
    if peak_of_backward(gate, MANY) < MANY * MANY / 2:  # yes and no for each entry: MANY² bytes
        return report
    first = sentence("builds_jacobian", where=TriedGate(gate).name)
    return wrong("builds_jacobian", first, sentence("as_a_matrix", n=grouped(MANY)))


def peak_of_backward(gate, n):
    """The bytes that one backward takes at its peak, for a vector of n entries."""
    gate = TriedGate(gate).fresh()
    gate.forward(np.linspace(0.1, 1.0, n))
    tracemalloc.start()
    try:
        gate.backward(np.ones(n))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
