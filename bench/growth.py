"""How cost grows with nodes, with the batch and with the width: measured, and fitted by a line.

    python bench/growth.py

The line is `time = fixed + each · n`, fitted to the fastest rounds with relative errors. Where the
largest size lies far above the line, something else has become the limit.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import compare, settle
from cs231n_lec4 import ComputationalGraph, Constant, Input, sigmoid, squared_norm

GATES = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
BATCHES = (16, 32, 64, 128, 256, 512, 1024)
WIDTHS = (25, 50, 100, 200, 400, 800)


def ladder(n):
    """A graph of n scalar gates whose values stay small."""
    x, y = Input(0.5, "x"), Input(0.9, "y")
    before, last = x, y
    for _ in range(n):
        before, last = last, last - before
    return ComputationalGraph(last)


def net(batch=64, width=100):
    """The lecture's two-layer net with another batch or another width."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((batch, 1000)), rng.standard_normal((batch, 10))
    w1 = Input(rng.standard_normal((1000, width)) * 0.03, "w1")
    w2 = Input(rng.standard_normal((width, 10)) * 0.1, "w2")
    return ComputationalGraph(squared_norm(sigmoid(Constant(x) @ w1) @ w2 - Constant(y)))


def passes(graph):
    """One forward and one backward pass, with inputs that a slider has moved."""
    numbers = {name: node.value for name, node in graph.inputs.items()}

    def run():
        graph.forward(**numbers)
        graph.backward()

    return run


def fastest(sizes, make):
    """Microseconds of the fastest round at each size."""
    times = compare({str(n): passes(make(n)) for n in sizes}, calls=41)
    return [times[str(n)][0] * 1e6 for n in sizes]


def fitted(sizes, times):
    """(fixed, each): the line with the smallest relative errors."""
    weights = 1.0 / np.array(times)
    each, fixed = np.polyfit(sizes, times, 1, w=weights)
    return fixed, each


def report(what, sizes, times):
    """The table of one kind of growth."""
    fixed, each = fitted(sizes, times)
    print(f"\n| {what} | µs | line | measured / line |\n|---|---|---|---|")
    for n, time in zip(sizes, times, strict=True):
        line = fixed + each * n
        print(f"| {n} | {time:.1f} | {line:.1f} | {time / line:.2f} |")
    print(f"\nline: {fixed:.1f} µs + {each:.3g} µs · {what}")


if __name__ == "__main__":
    settle()
    report("gates", GATES, fastest(GATES, ladder))
    report("batch", BATCHES, fastest(BATCHES, lambda n: net(batch=n)))
    report("width", WIDTHS, fastest(WIDTHS, lambda n: net(width=n)))
