"""Gates of arrays: products of matrices, sums, other places for the same numbers, and the losses.

They read as those of `gates.py`. A gradient has the shape of its own input, whatever the shape of
the output: that finds most of the formulas below. `axis`, `shape` and `index` are settings, as
NumPy takes them.
"""

import numpy as np

from ..guidance.errors import GraphError
from ..guidance.refusals import checked_answers, checked_labels
from .gate import Gate, node_or_number
from .gates import exp, log, maximum, sigmoid
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


# ── softmax, and three losses: scores in, one number out (slide 5; notes "linear-classify") ──────

# Of the first two, scores have one row an example and one column a class; a vector is one example.
# The loss is the mean over the examples. `labels` holds the number of each example's right class,
# counted from 0. The third has one score for each yes or no.


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


class SoftmaxLossGate(Gate):
    """z = the mean of -log p of the right class, p = softmax(scores) (notes "linear-classify").

    Gradient: p, less 1 at the right class, over the number of examples. The largest score of a row
    is subtracted first: p stays the same, and e⁷⁸⁹, which no float can hold, is not asked for.
    """

    symbol = "softmax loss"
    labels = ()

    def forward(self, scores):
        self.is_right = right_classes(scores, self.labels)
        shifted = scores - np.max(scores, axis=-1, keepdims=True)
        e = np.exp(shifted)
        total = np.sum(e, axis=-1, keepdims=True)
        self.p = e / total
        losses = np.sum(np.where(self.is_right, np.log(total) - shifted, 0.0), axis=-1)
        self.examples = np.size(losses)
        return np.sum(losses) / self.examples

    def backward(self, dz):
        dscores = (self.p - self.is_right) / self.examples * dz
        return [dscores]


class HingeLossGate(Gate):
    """z = the mean of Σ max(0, s_j - s_y + margin), over the wrong classes j (slides 5, 8, 80).

    Gradient: 1 at each wrong class inside the margin, minus their number at the right class, over
    the number of examples. A class exactly at the margin sends 0.
    """

    symbol = "hinge loss"
    labels = ()
    margin = 1.0

    def forward(self, scores):
        self.is_right = right_classes(scores, self.labels)
        right = np.sum(np.where(self.is_right, scores, 0.0), axis=-1, keepdims=True)
        margins = np.maximum(0.0, scores - right + self.margin)
        margins = np.where(self.is_right, 0.0, margins)
        self.inside = np.sign(margins)
        self.examples = np.size(right)
        return np.sum(margins) / self.examples

    def backward(self, dz):
        wrong = np.sum(self.inside, axis=-1, keepdims=True)
        dscores = np.where(self.is_right, -wrong, self.inside) / self.examples * dz
        return [dscores]


class BinaryCrossEntropyGate(Gate):
    """z = the mean of -y log p - (1 - y) log(1 - p), p = σ(score) (notes "neural-networks-2").

    Gradient: p less y, over the number of scores. Written so that e⁻|score| is the only power: a
    score of 1000 costs 1000 or nothing, and no logarithm meets a 0.
    """

    symbol = "BCE"
    labels = ()

    def forward(self, scores):
        self.y = checked_answers(self.labels, scores)
        self.p = sigmoid(scores)
        losses = maximum(scores, 0.0) - self.y * scores + log(1.0 + exp(-abs(scores)))
        return np.sum(losses) / np.size(scores)

    def backward(self, dz):
        dscores = (self.p - self.y) / np.size(self.p) * dz
        return [dscores]


# ── functions: a node in, a node out; a number in, a number out ──────────────────────────────────


def squared_norm(x):
    """The sum of the squares of all entries, one number (L2 on slides 58-65)."""
    return node_or_number(SquaredNormGate(x), x)


def softmax(x):
    """Scores as probabilities, in the same shape: eˣ over the sum of eˣ along the last axis (notes
    "linear-classify")."""
    return node_or_number(SoftmaxGate(x), x)


def softmax_loss(scores, labels):
    """The mean of -log softmax(scores) at the right classes, one number (notes "linear-classify").

    scores: (N, C) or (C,), labels: N class numbers. Raises GraphError where these do not fit.
    """
    return node_or_number(SoftmaxLossGate(scores, labels=labels), scores)


def hinge_loss(scores, labels, margin=1.0):
    """The mean over rows of Σ max(0, s_j - s_y + margin), one number (slides 5, 8, 80).

    scores: (N, C) or (C,), labels: N class numbers. Raises GraphError where these do not fit.
    """
    return node_or_number(HingeLossGate(scores, labels=labels, margin=margin), scores)


def binary_cross_entropy(scores, labels):
    """The mean of -log p of what is true, p = σ(score), one number (notes "neural-networks-2").

    labels: 1 for yes, 0 for no, in the shape of `scores`. Raises GraphError where they do not fit.
    """
    return node_or_number(BinaryCrossEntropyGate(scores, labels=labels), scores)


def right_classes(scores, labels):
    """Which score of each row is that of the right class: True there, else False."""
    rows = np.atleast_2d(scores)
    if rows.ndim > 2:
        raise GraphError("scores_shape", got=np.shape(scores))
    labels = checked_labels(labels, *rows.shape)
    return np.reshape(np.arange(rows.shape[1]) == labels[:, None], np.shape(scores))
