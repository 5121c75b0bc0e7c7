"""Gates of arrays: matrix product, sum, mean, L2, softmax, and other places for the same numbers.

They read as those of `gates.py`, which gives them their names and signs. A gradient has the shape
of its own input, whatever the shape of the output: that finds most of the formulas below. `axis`,
`shape` and `index` are settings, as NumPy takes them.
"""

import numpy as np

from .gate import Gate, node_or_number
from .values import batch_dx, batch_dy, count, outer, placed, repeated


class MatMulGate(Gate):
    """z = x @ y for matrices; a vector or a batch of matrices on either side works too.

    For X (N, D) and W (D, M): the gradient with respect to X is dZ Wᵀ, with respect to W it is Xᵀ
    dZ (slides 58-74, 88). In a batch (B, N, D) this holds for each matrix.
    """

    symbol = "@"

    def forward(self, x, y):
        self.x = x
        self.y = y
        return x @ y

    def backward(self, dz):
        x, y = self.x, self.y
        dx = dy = None
        if self.wants(0):
            dx = outer(dz, y) if y.ndim == 1 else dz @ y.T if y.ndim == 2 else batch_dx(dz, x, y)
        if self.wants(1):
            dy = outer(x, dz) if x.ndim == 1 else x.T @ dz if x.ndim == 2 else batch_dy(dz, x, y)
        return [dx, dy]


class SumGate(Gate):
    """z = the sum of x, of all entries or along `axis` (slide 88: `.sum()`). Every entry that was
    added receives the upstream gradient of its sum."""

    symbol = "sum"
    axis = None

    def forward(self, x):
        self.x = x
        return np.sum(x, axis=self.axis)

    def backward(self, dz):
        dx = repeated(dz, self.x, axis=self.axis)
        return [dx]


class MeanGate(Gate):
    """z = the mean of x, of all entries or along `axis` (slide 5). Every entry receives its share
    of the upstream gradient."""

    symbol = "mean"
    axis = None

    def forward(self, x):
        self.x = x
        return np.sum(x, axis=self.axis) / count(x, axis=self.axis)

    def backward(self, dz):
        dx = repeated(dz, self.x, axis=self.axis) / count(self.x, axis=self.axis)
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


class SoftmaxGate(Gate):
    """z = eˣ over the sum of eˣ along the last axis: probabilities (notes "linear-classify").

    Local gradient: z_i (1 - z_i) for the own score, -z_i z_j for every other one. The largest score
    is subtracted first, as in the softmax loss: no float can hold e⁷⁸⁹.
    """

    symbol = "softmax"

    def forward(self, x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        self.z = e / np.sum(e, axis=-1, keepdims=True)
        return self.z

    def backward(self, dz):
        dx = self.z * (dz - np.sum(self.z * dz, axis=-1, keepdims=True))
        return [dx]


class TransposeGate(Gate):
    """z = xᵀ, rows become columns (slide 88: `w2.T`); a vector stays. The gradient is transposed
    back."""

    symbol = "xᵀ"

    def forward(self, x):
        return np.transpose(x)

    def backward(self, dz):
        dx = np.transpose(dz)
        return [dx]


class ReshapeGate(Gate):
    """z = the same numbers in another `shape`; -1 is what is left. The gradient goes back into the
    shape of x. Not in the lecture."""

    symbol = "reshape"
    shape = -1

    def forward(self, x):
        self.x = x
        return np.reshape(x, self.shape)

    def backward(self, dz):
        dx = np.reshape(dz, np.shape(self.x))
        return [dx]


class PickGate(Gate):
    """z = x[index], as `scores[y]` in the notes. What was picked receives upstream, the rest 0.

    A place that was picked twice is a branch: its gradients add.
    """

    symbol = "pick"
    index = ()

    def forward(self, x):
        self.x = x
        return x[self.index]

    def backward(self, dz):
        dx = placed(dz, self.x, self.index)
        return [dx]


def softmax(x):
    """Scores as probabilities, in the same shape: eˣ over the sum of eˣ along the last axis (notes
    "linear-classify")."""
    return node_or_number(SoftmaxGate(x), x)


def squared_norm(x):
    """The sum of the squares of all entries, one number (L2 on slides 58-65)."""
    return node_or_number(SquaredNormGate(x), x)
