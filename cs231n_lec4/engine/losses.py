"""Two losses, each one gate: class scores in, one number out (slide 5; notes "linear-classify").

Scores have one row an example and one column a class; a vector is one example. The loss is the mean
over the examples. `labels` holds the number of each example's right class, counted from 0.
"""

import numpy as np

from ..guidance.errors import GraphError
from ..guidance.refusals import checked_labels
from .gate import Gate, node_or_number


class SoftmaxLossGate(Gate):
    """z = the mean of -log p of the right class, with p = softmax(scores).

    Gradient: p, less 1 at the right class, over the number of examples. The largest score of a row
    is subtracted first: p stays the same, and e⁷⁸⁹, which no float can hold, is not asked for.
    """

    symbol = "softmax loss"
    labels = ()

    def forward(self, scores):
        self.shape = np.shape(scores)
        rows, self.right = rows_and_right(scores, self.labels)
        shifted = rows - rows.max(axis=1, keepdims=True)
        e = np.exp(shifted)
        total = e.sum(axis=1, keepdims=True)
        self.p = e / total
        return (np.log(total[:, 0]) - shifted[self.right]).sum() / len(rows)

    def backward(self, dz):
        drows = self.p.copy()
        drows[self.right] -= 1.0
        dscores = drows.reshape(self.shape) / len(drows) * dz
        return [dscores]


class HingeLossGate(Gate):
    """z = the mean of Σ max(0, s_j - s_y + margin), summed over the wrong classes j.

    Gradient: 1 at each wrong class inside the margin, minus their number at the right class, over
    the number of examples. A class exactly at the margin sends 0.
    """

    symbol = "hinge loss"
    labels = ()
    margin = 1.0

    def forward(self, scores):
        self.shape = np.shape(scores)
        rows, self.right = rows_and_right(scores, self.labels)
        margins = np.maximum(0.0, rows - rows[self.right][:, None] + self.margin)
        margins[self.right] = 0.0
        self.inside = (margins > 0.0).astype(margins.dtype)
        return margins.sum() / len(rows)

    def backward(self, dz):
        drows = self.inside.copy()
        drows[self.right] = -self.inside.sum(axis=1)
        dscores = drows.reshape(self.shape) / len(drows) * dz
        return [dscores]


def softmax_loss(scores, labels):
    """The mean of -log softmax(scores) at the right classes. `labels`: one class number a row."""
    return node_or_number(SoftmaxLossGate(scores, labels=labels), scores)


def hinge_loss(scores, labels, margin=1.0):
    """The mean over rows of Σ max(0, s_j - s_y + margin). `labels`: one class number a row."""
    return node_or_number(HingeLossGate(scores, labels=labels, margin=margin), scores)


def rows_and_right(scores, labels):
    """Scores as rows, and the index of the right class in each: `rows[right]` are their scores."""
    rows = np.atleast_2d(scores)
    if rows.ndim > 2:
        raise GraphError("scores_shape", got=np.shape(scores))
    labels = checked_labels(labels, *rows.shape)
    return rows, (np.arange(len(rows)), labels)
