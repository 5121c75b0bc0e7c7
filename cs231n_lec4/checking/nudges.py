"""What a small step on one number does: the gradient by measurement, without the chain rule.

Central differences, (f(x + h) - f(x - h)) / 2h. Slow, approximate and easy to write; a check for
backpropagation, never a replacement (slide 5 and the notes on gradient checks).
"""

import functools
from dataclasses import dataclass

import numpy as np

from ..engine import values
from ..engine.graph import checked_upstream
from ..guidance.errors import GraphError
from ..guidance.refusals import graph_expected
from .graphs import loss_of, node_of, widened
from .numbers import same_shape

H = 1e-6
STEPS = (H, 1e-4, 1e-8, 1e-10)  # tried in this order until a measurement can be trusted
EPSILON = np.finfo(np.float64).eps
EPSILON_32 = np.finfo(np.float32).eps  # of a function that rounds to single precision on the way
COARSE = 1e-2  # the step for such a function
SAMPLE = 40  # entries of each input that a check of a graph nudges


def numerical_gradient(graph, name, h=None, upstream=None):
    """The gradient of the output with respect to `name`, by central differences (slide 7).

    `name` is an input or any other node. The step is h · max(1, |x|); without `h`, h is 1e-6, or
    1e-2 where the graph rounds to single precision. The result has the shape of the value, in
    float64; the graph is left as it was. An output that is an array needs `upstream`, of its shape.
    Raises GraphError for a name that the graph does not have.
    """
    graph_expected(graph, "numerical_gradient")
    if h is not None and not (isinstance(h, int | float | np.number) and h > 0.0):
        raise GraphError("nudge_size", h=h)
    node, output = node_of(graph, name), graph.output
    weights = checked_upstream(upstream, output.value, lambda: graph.names[output])
    with widened(graph):
        value, loss = np.array(node.value), loss_of(graph, node, weights)
        grad = np.empty(value.shape)
        for index in np.ndindex(value.shape):
            f, scale = nudged(value, loss, index), max(1.0, abs(value[index]))
            is_coarse = is_single(f, scale) or is_rounded(f, scale)
            step = scale * (h or (COARSE if is_coarse else H))
            grad[index] = (f(step) - f(-step)) / (2.0 * step)
        return grad if grad.ndim else float(grad)


@dataclass(frozen=True)
class Slope:
    """A measured derivative. `error` bounds what the measurement can be wrong by.

    `left` and `right` are the one-sided differences. At a kink they disagree, however small the
    step.
    """

    value: float
    error: float
    left: float
    right: float
    is_kink: bool = False

    @property
    def is_known(self):
        """Is there one slope, and could it be measured?"""
        return not self.is_kink and bool(np.isfinite(self.value))

    def agrees(self, number):
        """Is `number` this slope, as far as a measurement can tell?"""
        return abs(number - self.value) <= self.error + 1e-6 * abs(self.value)


UNKNOWN = Slope(np.nan, 0.0, np.nan, np.nan)


def slope(f, x):
    """The derivative of f at 0, measured with several steps until two of them agree.

    `f(t)` is the loss when the number x is moved by t.
    """
    f, scale = functools.cache(f), max(1.0, abs(x))
    if is_single(f, scale) or is_rounded(f, scale):
        return slope_with(f, COARSE, scale, EPSILON_32) or UNKNOWN
    found = (slope_with(f, step, scale, EPSILON) for step in STEPS)
    return next(filter(None, found), UNKNOWN)


def slope_with(f, step, scale, epsilon):
    """The derivative with one step and an eighth of it; None if they do not agree."""
    h, size = step * scale, max(1.0, abs(f(0.0)))
    wide, narrow = one_sided(f, h), one_sided(f, h / 8.0)
    if not np.isfinite([*wide, *narrow]).all():
        return None
    if is_kink(wide, narrow, noise=64.0 * epsilon * size / h):
        return Slope(sum(narrow) / 2.0, 0.0, *narrow, is_kink=True)
    value, fine = sum(wide) / 2.0, epsilon / EPSILON
    doubt = abs(value - sum(narrow) / 2.0)
    if doubt > 1e-3 * abs(value) + 1e-6 * size * max(1.0, fine * H / step):
        return None
    return Slope(value, 10.0 * doubt + 1e-9 * fine * size * H / step, *wide)


def is_single(f, scale):
    """Is f computed in single precision? Numbers in double precision rarely fit into it.

    Where all are equal, a far one decides: single precision may not have seen a small step.
    """
    seen = set()
    for t in (0.0, H, -H, H / 8.0, -H / 8.0, 1.07 * COARSE):
        if t > H and len(seen) > 1:
            break  # no need to look so far
        seen.add(f(t * scale))
        if not all(map(fits_single, seen)):
            return False
    return len(seen) > 1


def is_rounded(f, scale):
    """Is there single precision on the way to f? It does not see a step of 1e-9, double does."""
    here, change = f(0.0), abs(f(H * scale) - f(0.0))
    return change * 1e-3 > 1e3 * EPSILON * max(1.0, abs(here)) and f(1e-3 * H * scale) == here


def fits_single(number):
    """Does it survive in single precision?"""
    with np.errstate(all="ignore"):
        return bool(np.isfinite(number)) and float(np.float32(number)) == number


def one_sided(f, h):
    """The slope to the left and the slope to the right."""
    return (f(0.0) - f(-h)) / h, (f(h) - f(0.0)) / h


def is_kink(wide, narrow, noise):
    """Left and right disagree, and a smaller step does not bring them together.

    Where a curve is smooth, an eighth of the step leaves an eighth of the gap. Rounding does the
    opposite: eight times the gap.
    """
    gap, smaller = abs(wide[1] - wide[0]), abs(narrow[1] - narrow[0])
    if smaller <= 8.0 * noise + 1e-6 * max(map(abs, narrow)):
        return False
    return 0.5 * gap <= smaller <= 2.0 * gap


def wrong_entry(measured, yours, value):
    """The index where `yours` differs most from the slopes, () for a shape; None if all agree."""
    if not same_shape(yours, value):
        return ()
    array = np.asarray(yours)
    off = {i: float(array[i]) for i, s in measured.items() if s.is_known}
    off = {i: abs(x - measured[i].value) for i, x in off.items() if not measured[i].agrees(x)}
    return max(off, key=lambda i: np.nan_to_num(off[i], nan=np.inf)) if off else None


def slopes(value, loss, indices=None):
    """`{index: Slope}` of the loss with respect to every entry; a single number has index ()."""
    if indices is None:
        indices = np.ndindex(values.shape(value))
    array = np.asarray(value)
    return {i: slope(nudged(value, loss, i), float(array[i])) for i in indices}


def sampled(value):
    """The indices of at most SAMPLE entries, spread over the array."""
    indices = list(np.ndindex(values.shape(value)))
    if len(indices) <= SAMPLE:
        return indices
    chosen = np.random.default_rng(4).choice(len(indices), SAMPLE, replace=False)
    return [indices[k] for k in sorted(chosen)]


def nudged(value, loss, index):
    """The loss as a function of t, with one entry of `value` moved by t."""

    def f(t):
        moved = np.array(value, dtype=np.float64)
        moved[index] += t
        moved.flags.writeable = False
        return loss(moved if moved.ndim else float(moved))

    return f
