"""A loss over two weights, and a walk to its lowest place (slide 6)."""

import numpy as np


def valley(w1, w2):
    """A loss over two weights: a long bent valley, lowest at (1, 1)."""
    return (w1 - 1) ** 2 + 2 * (w2 - w1**2) ** 2


def valley_gradient(w1, w2):
    """The gradient of the valley with respect to both weights."""
    across = w2 - w1**2
    return np.array([2 * (w1 - 1) - 8 * w1 * across, 4 * across])


def walk_downhill(start=(-1.3, 1.0), step=0.04, steps=60):
    """The weights on the way: again and again a small step against the gradient."""
    path = [np.array(start)]
    for _ in range(steps):
        path.append(path[-1] - step * valley_gradient(*path[-1]))
    return np.array(path)
