"""Three losses, each one gate: scores in, one number out (slide 5; notes "linear-classify").

Of the first two, scores have one row an example and one column a class; a vector is one example.
The loss is the mean over the examples. `labels` holds the number of each example's right class,
counted from 0. The third has one score for each yes or no.
"""

import numpy as np

from ..guidance.errors import GraphError
from ..guidance.refusals import checked_answers, checked_labels
from .gate import Gate, node_or_number
from .gates import exp, log, maximum, sigmoid


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
