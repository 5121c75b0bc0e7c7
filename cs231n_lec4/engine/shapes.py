"""Gates for arrays: along an axis (sum, mean, softmax), and into another place (the last three).

Each is told once how it works, by a setting: `axis`, `shape` or `index`, as NumPy takes them. What
left one number comes back to it: backward repeats what forward summed, and adds what forward
repeated.
"""

import numpy as np

from .gate import Gate
from .gates import GATES, gates_among, node_or_number
from .node import OPERATORS
from .values import count, placed, repeated


class SumGate(Gate):
    """z = the sum of x, of all entries or along `axis`. Every entry that was added receives the
    upstream gradient of its sum."""

    symbol = "sum"
    axis = None

    def forward(self, x):
        self.x = x
        return np.sum(x, axis=self.axis)

    def backward(self, dz):
        dx = repeated(dz, self.x, axis=self.axis)
        return [dx]


class MeanGate(Gate):
    """z = the mean of x, of all entries or along `axis`. Every entry receives its share of the
    upstream gradient."""

    symbol = "mean"
    axis = None

    def forward(self, x):
        self.x = x
        return np.sum(x, axis=self.axis) / count(x, axis=self.axis)

    def backward(self, dz):
        dx = repeated(dz, self.x, axis=self.axis) / count(self.x, axis=self.axis)
        return [dx]


class SoftmaxGate(Gate):
    """z = eˣ over the sum of eˣ, along the last axis: scores become probabilities.

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
    """z = xᵀ: rows become columns. A vector stays as it is. The gradient is transposed back."""

    symbol = "xᵀ"

    def forward(self, x):
        return np.transpose(x)

    def backward(self, dz):
        dx = np.transpose(dz)
        return [dx]


class ReshapeGate(Gate):
    """z = the same numbers in another `shape`; -1 is what is left. The gradient goes back into the
    shape of x."""

    symbol = "reshape"
    shape = -1

    def forward(self, x):
        self.x = x
        return np.reshape(x, self.shape)

    def backward(self, dz):
        dx = np.reshape(dz, np.shape(self.x))
        return [dx]


class PickGate(Gate):
    """z = x[index]. What was picked receives the upstream gradient, the rest 0.

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
    """Scores as probabilities, along the last axis: eˣ over the sum of eˣ."""
    return node_or_number(SoftmaxGate(x), x)


OPERATORS.update(
    sum=SumGate, mean=MeanGate, transpose=TransposeGate, reshape=ReshapeGate, pick=PickGate
)
GATES.update(gates_among(globals()))
