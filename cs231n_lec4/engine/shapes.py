"""The gates whose output has another shape than their inputs: matrix product, sum, mean, L2.

They read as those of `gates.py`, which gives them their names and signs. A gradient has the shape
of its own input, whatever the shape of the output: that finds most of the formulas below.
"""

import numpy as np

from ..guidance.refusals import refuse_axes
from .gate import Gate
from .values import outer


class MatMulGate(Gate):
    """z = x @ y for matrices; a vector on either side works too.

    For X (N, D) and W (D, M): the gradient with respect to X is dZ Wᵀ, with respect to W it is Xᵀ
    dZ.
    """

    symbol = "@"
    refuse = staticmethod(refuse_axes)

    def forward(self, x, y):
        self.x = x
        self.y = y
        return x @ y

    def backward(self, dz):
        dx = (outer(dz, self.y) if self.y.ndim == 1 else dz @ self.y.T) if self.wants(0) else None
        dy = (outer(self.x, dz) if self.x.ndim == 1 else self.x.T @ dz) if self.wants(1) else None
        return [dx, dy]


class SumGate(Gate):
    """z = the sum of all entries of x. Every entry receives the upstream gradient."""

    symbol = "sum"

    def forward(self, x):
        self.x = x
        return np.sum(x)

    def backward(self, dz):
        dx = dz * np.ones_like(self.x)
        return [dx]


class MeanGate(Gate):
    """z = the mean of all entries of x. Every entry receives its share of the upstream gradient."""

    symbol = "mean"

    def forward(self, x):
        self.x = x
        return np.sum(x) / np.size(x)

    def backward(self, dz):
        dx = dz * np.ones_like(self.x) / np.size(self.x)
        return [dx]


class SquaredNormGate(Gate):
    """z = the sum of the squares of x, the node the slides call L2 (slides 58-65). Gradient 2x."""

    symbol = "L2"

    def forward(self, x):
        self.x = x
        return np.sum(x * x)

    def backward(self, dz):
        dx = 2.0 * self.x * dz
        return [dx]
