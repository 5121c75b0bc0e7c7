"""micrograd's own demo, one epoch: a net of 2-16-16-1 on 100 moons, max-margin loss and L2.

The scalar nets are the same few lines for both engines; the array net is the same function.
"""

import itertools

import numpy as np

from cs231n_lec4 import ComputationalGraph, Constant, Input, relu, squared_norm

SIZES = (2, 16, 16, 1)
DECAY = 1e-4


def moons(n=100, noise=0.1):
    """Two half circles that reach into each other, and their labels −1 and 1."""
    rng = np.random.default_rng(0)
    angle = rng.uniform(0.0, np.pi, n)
    label = np.where(np.arange(n) % 2, 1.0, -1.0)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1.0 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    points = np.where(label[:, None] > 0, upper, lower)
    return points + rng.normal(0.0, noise, points.shape), label


def weights():
    """[(W, b)] of each layer."""
    rng = np.random.default_rng(1)
    pairs = itertools.pairwise(SIZES)
    return [(rng.uniform(-1.0, 1.0, (m, n)), np.zeros(n)) for m, n in pairs]


def scalar_epoch(make, rectified):
    """Build, forward and backward with one node a number. `make(x)` is a parameter."""
    points, labels = moons()
    points, labels = points.tolist(), labels.tolist()

    def run():
        layers = [
            ([[make(w) for w in column] for column in W.T.tolist()], [make(x) for x in b.tolist()])
            for W, b in weights()
        ]
        scores = [score(point, layers, rectified) for point in points]
        margins = [rectified(1 - y * s) for y, s in zip(labels, scores, strict=True)]
        parameters = [w for columns, b in layers for row in [*columns, b] for w in row]
        return sum(margins) * (1 / len(margins)) + DECAY * sum(w * w for w in parameters)

    return run


def score(point, layers, rectified):
    """The net's output for one point."""
    h = point
    for k, (columns, b) in enumerate(layers, 1):
        h = [
            sum((w * x for w, x in zip(column, h, strict=True)), c)
            for column, c in zip(columns, b, strict=True)
        ]
        h = [rectified(z) for z in h] if k < len(layers) else h
    return h[0]


def micrograd_epoch():
    """The epoch with micrograd's scalars."""
    from micrograd.engine import Value

    run = scalar_epoch(Value, lambda z: z.relu())
    return lambda: run().backward()


def gates_epoch():
    """The epoch with our scalar gates."""
    names = iter(())

    def make(x):
        return Input(x, next(names))

    loss = scalar_epoch(make, relu)

    def run():
        nonlocal names
        names = (f"w{k}" for k in range(10_000))
        return ComputationalGraph(loss()).backward()

    return run


def arrays_graph():
    """The same loss with array gates."""
    points, labels = moons()
    h, penalty = Constant(points), 0.0
    for k, (W, b) in enumerate(weights(), 1):
        W, b = Input(W, f"W{k}"), Input(b, f"b{k}")
        z = h @ W + b
        h, penalty = relu(z), penalty + squared_norm(W) + squared_norm(b)
    margins = relu(1 - Constant(labels[:, None]) * z)
    return ComputationalGraph(margins.mean() + DECAY * penalty)


def arrays_epoch():
    """The epoch with our array gates: new numbers forward and backward."""
    graph = arrays_graph()
    W1 = graph.inputs["W1"].value

    def run():
        graph.forward(W1=W1 + 0.0)
        return graph.backward()

    return run
