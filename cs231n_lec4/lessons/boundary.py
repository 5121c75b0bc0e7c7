"""What a net answers over the plane of its two inputs, and the lines of its units."""

import numpy as np

from .networks import forward


def reach_of(x):
    """How far a map of these points, shape (N, 2), reaches to each side of 0."""
    return 1.15 * float(np.abs(x).max())


def class_shares(net, edge, activation="relu", count=90):
    """The softmax of the scores at count × count places from -edge to edge: (count, count, C).

    The first row is the lowest x2.
    """
    ticks = np.linspace(-edge, edge, count)
    places = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    scores, _ = forward(net, places, activation)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (shares / shares.sum(axis=1, keepdims=True)).reshape(count, count, -1)


def unit_lines(net, edge):
    """For each unit of the first hidden layer, two ends of the line w · x + b = 0: (H, 2, 2)."""
    if len(net) == 1:
        return np.empty((0, 2, 2))
    W, b = net[0].W, net[0].b
    length = np.sqrt(np.square(W).sum(axis=0)) + 1e-12
    foot = -b * W / length**2  # the point of the line that is nearest to 0
    along = 3 * edge * np.array([-W[1], W[0]]) / length
    return np.stack([foot - along, foot + along]).transpose(2, 0, 1)
