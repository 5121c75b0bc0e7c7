"""Where a graph uses a value: at each such gate, all that the chain rule needs there.

`readings` reads the same at other points of the graph too, since one point alone misleads: at
x = y = 2 a sum looks like a product.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from ..guidance.errors import GraphError
from .graphs import untouched
from .numbers import plain, same_shape, units

LARGEST = 100_000  # entries of a local Jacobian; above that only the simple mistakes are looked for
POINTS, SEED = 12, 4  # other points at which a graph is read


@dataclass
class Use:
    """One gate that uses one value, with everything the chain rule needs there.

    The value in question is input number `slot`. Every field holds a number, an array or a tree
    (`trees.py`); None stands for what is not known. `share` is upstream · local. `theirs` is the
    share of the other input, `at_output` the share with the local gradient taken at the gate's
    output. `jacobian` has a row for each entry of the output, a column for each of the value.
    """

    values: tuple
    slot: int
    output: object
    upstream: object
    share: object
    local: object = None
    theirs: object = None
    at_output: object = None
    jacobian: object = None

    @property
    def value(self):
        """The value that is used."""
        return self.values[self.slot]

    @property
    def other(self):
        """The other one of two inputs."""
        return self.values[1 - self.slot]


@dataclass
class Reading:
    """A value at one point: its gradient (or one share of it) and its uses; the inputs of its gate.

    `whole` is the sum of all shares, where `grad` is one of them.
    """

    value: object
    grad: object
    uses: list = ()
    inputs: tuple = ()
    whole: object = None


def use_with(inputs, slot, output, upstream, shares, jacobian, at_output):
    """A use of numbers or arrays, from the Jacobian of the gate there and at its output."""

    def pull(jacobian, upstream):
        if jacobian is None:
            return None
        return plain((np.ravel(upstream) @ jacobian).reshape(values.shape(inputs[slot])))

    return Use(
        tuple(inputs),
        slot,
        output,
        upstream,
        shares[slot],
        local=pull(jacobian, np.ones_like(upstream)),
        theirs=shares[1 - slot] if len(shares) == 2 else None,
        at_output=pull(at_output, upstream),
        jacobian=jacobian,
    )


# ── read from a graph ────────────────────────────────────────────────────────────────────────────


@contextmanager
def differentiated(graph):
    """The graph with its gradients filled in; afterwards it is what it was."""
    with untouched(graph):
        graph.backward(ones(graph))
        yield


def ones(graph):
    """The upstream gradient of the output: 1 for every entry."""
    shape = values.shape(graph.output.value)
    return None if shape == () else np.ones(shape)


def readings(graph, nodes):
    """`{node: [Reading, …]}` at the graph's own numbers first, then at other points."""
    with differentiated(graph):
        found = {node: [reading] for node, reading in read(graph, nodes).items()}
        for point in points_of(graph):
            try:
                graph.forward(**point)
                graph.backward(ones(graph))
                if is_finite(graph):
                    for node, reading in read(graph, nodes).items():
                        found[node].append(reading)
            except GraphError:
                continue  # a gate that has no answer there
    return found


def read(graph, nodes):
    """`{node: Reading}` at the present numbers."""
    numbers = {}  # of each gate: what all of its uses need
    return {node: reading_of(graph, node, numbers) for node in nodes}


def reading_of(graph, node, numbers):
    """The Reading of one node."""
    uses = []
    for gate, slot in places_of(graph, node):
        if gate not in numbers:
            gate.compute()  # one backward for each forward: it may free what forward saved
            numbers[gate] = graph.shares(gate), local_jacobians(gate), jacobian_at_output(gate)
        shares, jacobians, there = numbers[gate]
        inputs, facts = [x.value for x in gate.inputs], (gate.value, gate.grad)
        uses.append(use_with(inputs, slot, *facts, shares, jacobians[slot], there))
    return Reading(node.value, node.grad, uses, tuple(x.value for x in node.inputs))


def places_of(graph, node):
    """Every `(gate, slot)` that uses the node and has a gradient, in the order of backward."""
    gates = [gate for gate in reversed(graph.nodes) if isinstance(gate, Gate) and gate.wants_grad]
    return [(gate, k) for gate in gates for k, x in enumerate(gate.inputs) if x is node]


def share_from(gate, slot, upstream):
    """What a gate would hand to that input if its upstream gradient were another one."""
    kept, gate.grad = gate.grad, upstream
    gate.compute()
    share = gate.downstream()[slot]
    gate.grad = kept
    return share


def share_of(reading, k):
    """Use number k alone: a branch of its own."""
    use = reading.uses[k]
    return Reading(reading.value, use.share, [use], whole=reading.grad)


def points_of(graph):
    """Values for all inputs: near the present ones, and far from them; the same every time."""
    random = np.random.default_rng(SEED)
    here = {name: np.asarray(node.value, np.float64) for name, node in graph.inputs.items()}
    for k in range(POINTS):
        point = {}
        for name, x in here.items():
            far, factor = drawn(random, x.shape)
            point[name] = plain(far if k % 2 else x * factor + 0.05 * far)
        yield point


def drawn(random, shape=()):
    """Numbers away from 0, and factors near 1."""
    far = random.uniform(0.3, 2.5, shape) * random.choice([-1.0, 1.0], shape)
    return far, random.uniform(0.6, 1.4, shape)


def is_finite(graph):
    """Are all values and gradients of the graph numbers?"""
    numbers = [x for node in graph.nodes for x in (node.value, node.grad) if x is not None]
    return all(np.isfinite(x).all() for x in numbers)


def local_jacobians(gate):
    """The gate's Jacobian with respect to each input, one backward per entry of the output."""
    size, upstream = np.size(gate.value), gate.grad
    if size == 0 or size * max(np.size(node.value) for node in gate.inputs) > LARGEST:
        return [None] * len(gate.inputs)
    lines = []
    for unit in units(gate.value):
        gate.grad = unit
        gate.compute()
        lines.append([None if g is None else np.ravel(g) for g in gate.downstream()])
    gate.grad = upstream
    columns = zip(*lines, strict=True)
    return [None if column[0] is None else np.array(column) for column in columns]


def jacobian_at_output(gate):
    """The local Jacobian if the gate's input had been its output; None if that makes no sense."""
    [node, *others] = gate.inputs
    if others or not same_shape(gate.value, node.value):
        return None
    value = node.value
    try:
        node.value = gate.value
        gate.compute()
        return local_jacobians(gate)[0]
    except GraphError:
        return None
    finally:
        node.value = value
        gate.compute()
