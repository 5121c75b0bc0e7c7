"""Random graphs of arrays: 1-4 inputs of any shape, 1-25 gates, products, sums and losses."""

import numpy as np
from random_graphs import recent

import cs231n_lec4 as c
from cs231n_lec4 import Constant

SHAPES = ((), (1,), (3,), (4,), (1, 3), (4, 1), (4, 3), (3, 4), (3, 3), (1, 1), (2, 4, 3))
SHAPES += ((2, 3, 4), (1, 3, 3))


def labels_of(scores):
    """A right class for each row."""
    *rows, classes = np.shape(scores.value)
    return [(3 * k + 1) % classes for k in range(rows[0] if rows else 1)]


ELEMENTWISE = (
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: 1.5 * x,
    lambda x, y: x / (y * y + 1.0),
    lambda x, y: c.exp(0.3 * x),
    lambda x, y: c.log(x * x + 1.0),
    lambda x, y: (x * x + 0.5) ** (0.3 * y),
    lambda x, y: x**2,
    lambda x, y: 1.0 / (x * x + 1.0),
    lambda x, y: c.sigmoid(x),
    lambda x, y: c.tanh(y),
    lambda x, y: c.relu(x),
    lambda x, y: c.leaky_relu(x, slope=0.1),
    lambda x, y: c.elu(y),
    lambda x, y: c.maximum(x, y),
    lambda x, y: x - Constant(np.full(np.shape(y.value), 0.7)),
)
WHOLE = (
    lambda x, y: 0.3 * (x @ y),
    lambda x, y: 0.3 * (y @ x),
    lambda x, y: x.sum(),
    lambda x, y: x.mean(),
    lambda x, y: c.squared_norm(0.5 * x),
    lambda x, y: c.softmax_loss(x, labels_of(x)),
    lambda x, y: c.hinge_loss(x, labels_of(x)),
    lambda x, y: c.binary_cross_entropy(x, np.full(np.shape(x.value), 0.25)),
    lambda x, y: c.softmax(x),
    lambda x, y: x.sum(axis=0),
    lambda x, y: x.sum(axis=-1) - y.sum(axis=(0, -1)),
    lambda x, y: x.mean(axis=-1),
    lambda x, y: x.mean(axis=(0, 1)),
    lambda x, y: x.T,
    lambda x, y: x.reshape(-1),
    lambda x, y: x.reshape(-1, 3),
    lambda x, y: x.reshape(1, 2, -1),
    lambda x, y: x[0],
    lambda x, y: x[..., -1],
    lambda x, y: x[:, 1:],
    lambda x, y: x[::-1],
    lambda x, y: x[:, None, ::2],
    lambda x, y: x[[0, 0, -1]],
    lambda x, y: x[[0, 1], [1, 1]],
    lambda x, y: x[np.arange(np.shape(x.value)[0]) % 2 == 0],
)


def random_array_graph(seed, operations=ELEMENTWISE + WHOLE + WHOLE):
    """A graph drawn from `seed`. What does not fit in shape is drawn again."""
    rng = np.random.default_rng(seed)

    def choose(n):
        return int(rng.integers(n))

    shapes = [SHAPES[choose(len(SHAPES))] for _ in range(1 + choose(4))]
    nodes = [c.Input(rng.normal(size=s)[()], f"x{k}") for k, s in enumerate(shapes)]
    gates = 1 + choose(25)
    while gates:
        x, y = nodes[recent(choose, len(nodes))], nodes[choose(len(nodes))]
        try:
            new = operations[choose(len(operations))](x, y)
        except (ValueError, IndexError):  # a GraphError too
            continue
        if not 0 < np.size(new.value) <= 300:
            continue
        nodes.append(new)
        gates -= 1
    return c.ComputationalGraph(nodes[-1])
