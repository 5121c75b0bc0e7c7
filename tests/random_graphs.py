"""Random graphs: 1-6 inputs, 1-40 gates, with sharing, fan-out and inputs that are never used."""

import numpy as np

import cs231n_lec4 as c

SMOOTH = (
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: x / (y * y + 1.0),
    lambda x, y: (x * x + 0.5) ** (0.3 * y),
    lambda x, y: c.exp(0.3 * x),
    lambda x, y: c.log(x * x + 1.0),
    lambda x, y: c.sigmoid(x),
    lambda x, y: c.tanh(y),
    lambda x, y: 1.0 / (x * x + 1.0),
    lambda x, y: -x,
    lambda x, y: 1.5 * x,
    lambda x, y: x**2,
    lambda x, y: x - 0.7,
)
KINKED = (
    lambda x, y: c.maximum(x, y),
    lambda x, y: c.relu(x),
    lambda x, y: c.leaky_relu(x, slope=0.1),
    lambda x, y: c.elu(y),
)
WILD = (
    lambda x, y: x / y,
    lambda x, y: x**y,
    lambda x, y: c.exp(x),
    lambda x, y: c.log(x),
    lambda x, y: c.reciprocal(y),
    lambda x, y: x**-1.5,
)


def random_output(choose, inputs, gates, operations):
    """The last node of a random graph. `choose(n)` draws a whole number below n."""
    nodes = list(inputs)
    for _ in range(gates):
        x, y = nodes[recent(choose, len(nodes))], nodes[choose(len(nodes))]
        nodes.append(operations[choose(len(operations))](x, y))
    return nodes[-1]


def recent(choose, n):
    """Mostly one of the last few nodes, which gives depth; else any, which gives branches."""
    return n - 1 - choose(min(n, 3)) if choose(4) else choose(n)


def random_graph(seed, operations=SMOOTH + KINKED, spread=2.0):
    """A graph drawn from `seed`. Some inputs may lie outside it: nothing uses them."""
    rng = np.random.default_rng(seed)

    def choose(n):
        return int(rng.integers(n))

    inputs = [c.Input(rng.uniform(-spread, spread), f"x{k}") for k in range(1 + choose(6))]
    return c.ComputationalGraph(random_output(choose, inputs, 1 + choose(40), operations))
