"""What a small step on one number does: the gradient by measurement, without the chain rule.

Central differences, (f(x + h) - f(x - h)) / 2h. Slow, approximate and easy to write; a check for
backpropagation, never a replacement (slide 5 and the notes on gradient checks).
"""

from contextlib import contextmanager, suppress
from dataclasses import dataclass

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from ..engine.graph import LAST_PASS, ONE_PASS_AT_A_TIME, ComputationalGraph
from ..engine.node import Node
from ..guidance.errors import GraphError

H = 1e-6
STEPS = (H, 1e-4, 1e-8, 1e-10)  # tried in this order until a measurement can be trusted
EPSILON = np.finfo(np.float64).eps
EPSILON_32 = np.finfo(np.float32).eps  # of a function that rounds to single precision on the way
COARSE = 1e-2  # the step for such a function


def numerical_gradient(graph, name, h=H, upstream=None):
    """The gradient of the output with respect to `name`, by central differences.

    `name` is an input or any other node. The step is h · max(1, |x|). The result has the shape of
    the value, in float64; the graph is left as it was. An output that is an array needs `upstream`,
    of its shape. Raises GraphError for a name that the graph does not have.
    """
    graph_expected(graph, "numerical_gradient")
    if not isinstance(h, int | float | np.number) or not h > 0.0:
        raise GraphError("nudge_size", h=h)
    node, weights = node_of(graph, name), weights_for(graph, upstream)
    with widened(graph):
        value, loss = np.array(node.value), loss_of(graph, node, weights)
        grad = np.empty(value.shape)
        for index in np.ndindex(value.shape):
            f, step = nudged(value, loss, index), h * max(1.0, abs(value[index]))
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
    here, known = f(0.0), []
    f = remembering(f, known)
    for step in STEPS:
        found = slope_with(f, here, step, max(1.0, abs(x)), EPSILON)
        if step == H and are_float32(known, f, max(1.0, abs(x))):
            return slope_with(f, here, COARSE, max(1.0, abs(x)), EPSILON_32) or UNKNOWN
        if found:
            return found
    return UNKNOWN


def slope_with(f, here, step, scale, epsilon):
    """The derivative with one step and an eighth of it; None if they do not agree."""
    h, size = step * scale, max(1.0, abs(here))
    wide, narrow = one_sided(f, here, h), one_sided(f, here, h / 8.0)
    if not np.isfinite([*wide, *narrow]).all():
        return None
    if is_kink(wide, narrow, noise=64.0 * epsilon * size / h):
        return Slope(sum(narrow) / 2.0, 0.0, *narrow, is_kink=True)
    value, fine = sum(wide) / 2.0, epsilon / EPSILON
    doubt = abs(value - sum(narrow) / 2.0)
    if doubt > 1e-3 * abs(value) + 1e-6 * size * max(1.0, fine * H / step):
        return None
    return Slope(value, 10.0 * doubt + 1e-9 * fine * size * H / step, *wide)


def remembering(f, known):
    """The function f, which writes down in `known` what it returns."""

    def remembered(t):
        known.append(f(t))
        return known[-1]

    return remembered


def are_float32(numbers, f, scale):
    """Were these computed in single precision? Numbers in double precision rarely fit into it.

    Where all are equal, a far one decides: single precision may not have seen a small step.
    """
    if len(set(numbers)) == 1 and np.isfinite(numbers[0]):
        numbers = [*numbers, f(1.07 * COARSE * scale)]
    with np.errstate(all="ignore"):
        are_narrow = all(np.isfinite(x) and float(np.float32(x)) == x for x in numbers)
    return are_narrow and len(set(numbers)) > 1


def one_sided(f, here, h):
    """The slope to the left and the slope to the right."""
    return (here - f(-h)) / h, (f(h) - here) / h


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
    if values.shape(yours) != values.shape(value):
        return ()
    array = np.asarray(yours)
    off = {i: float(array[i]) for i, s in measured.items() if s.is_known}
    off = {i: abs(x - measured[i].value) for i, x in off.items() if not measured[i].agrees(x)}
    return max(off, key=lambda i: np.nan_to_num(off[i], nan=np.inf)) if off else None


# ── a graph as a function of one of its values ───────────────────────────────────────────────────


def slopes(value, loss, indices=None):
    """`{index: Slope}` of the loss with respect to every entry; a single number has index ()."""
    if indices is None:
        indices = np.ndindex(values.shape(value))
    array = np.asarray(value)
    return {i: slope(nudged(value, loss, i), float(array[i])) for i in indices}


def nudged(value, loss, index):
    """The loss as a function of t, with one entry of `value` moved by t."""

    def f(t):
        moved = np.array(value, dtype=np.float64)
        moved[index] += t
        moved.flags.writeable = False
        return loss(moved if moved.ndim else float(moved))

    return f


def loss_of(graph, node, weights):
    """A function: a value for `node` → the loss, every gate after it computed anew."""
    after = gates_after(graph, node)

    def loss(value):
        node.value = value
        for gate in after:
            gate.compute()
        with np.errstate(all="ignore"):
            return float(np.sum(weights * graph.output.value))

    return loss


def gates_after(graph, node):
    """The gates whose values depend on `node`, in order."""
    reached = {node}
    for gate in graph.nodes:
        if any(x in reached for x in gate.inputs):
            reached.add(gate)
    return [gate for gate in graph.nodes if gate in reached and gate is not node]


def graph_expected(graph, function):
    """Refuse what is not a graph; `function` is what the student called."""
    if not isinstance(graph, ComputationalGraph):
        raise GraphError("not_a_graph", function=function, kind=type(graph).__name__)


def node_of(graph, name):
    """The node called `name`; a node of the graph is taken too."""
    if not isinstance(name, Node):
        return graph[name]
    if name not in graph.names:
        raise GraphError("node_of_another_graph", node=name.name or type(name).__name__)
    return name


def differentiable(graph, name):
    """The node called `name`, which must have a gradient."""
    node = node_of(graph, name)
    if not node.wants_grad:
        known = ", ".join(graph.name_of(n) for n in graph.nodes if n.wants_grad) or "none"
        raise GraphError("constant_has_no_gradient", name=graph.name_of(node), known=known)
    return node


def weights_for(graph, upstream):
    """The upstream gradient of the output: 1 for one number, else what is given."""
    shape, node = values.shape(graph.output.value), graph.name_of(graph.output)
    if upstream is None:
        if shape != ():
            raise GraphError("upstream_needed", node=node, shape=shape)
        return 1.0
    upstream = values.as_value(upstream, "upstream")
    if values.shape(upstream) != shape:
        got = values.shape(upstream)
        raise GraphError("upstream_shape", got=got, node=node, expected=shape)
    return upstream


def different(shape):
    """Numbers that differ in size and sign, so that no mistake cancels in their sum."""
    return np.resize([2.0, -1.0, 0.5, 3.0, -2.5, 1.5, -0.75], shape)


@contextmanager
def untouched(graph):
    """Whatever happens inside, the graph's values and gradients are afterwards what they were."""
    with ONE_PASS_AT_A_TIME, np.errstate(all="ignore"):
        before = [(node, node.value, node.grad) for node in graph.nodes]
        LAST_PASS.seen = None  # what follows is no pass of a graph: nobody may trust it
        try:
            yield
        finally:
            put_back(before)
            LAST_PASS.seen = None


def put_back(before):
    """The old numbers, and what each gate's forward had saved of them."""
    for node, value, grad in before:
        if isinstance(node, Gate):
            with suppress(GraphError):  # a gate that stops: whoever called us hears of it already
                node.compute()
        node.value, node.grad = value, grad


@contextmanager
def widened(graph):
    """The graph in float64: a nudge of 1e-6 is too small for float32."""
    with untouched(graph):
        for node in graph.nodes:
            if isinstance(node, Gate):
                node.compute()
            else:
                node.value = wide(node.value)
        yield


def wide(value):
    """A float, or a read-only float64 array."""
    return values.as_value(np.array(value, dtype=np.float64), "value")
