"""Neural networks in plain NumPy: the lecture's neuron, nets and twenty lines (slides 83-99).

Nothing here uses the graph. The formulas are written out once more, by hand, as a student would
write them, and the tests hold them against the graph's gradients.

    for record in train(points, labels, hidden=20, steps=100):
        print(record.step, record.loss)

A batch of examples is a matrix with one example a row, shape (N, D). A layer computes x @ W + b
with W of shape (D, H) and b of shape (H,).
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..guidance.errors import GraphError
from .activations import activation_called, sigmoid

# ── One neuron (slides 92-94, 98) ─────────────────────────────────────────────────────────────────


class Neuron:
    """One neuron: a weighted sum plus a bias, through a sigmoid: the firing rate.

    `weights`: D numbers, one for each synapse. `bias`: one number.
    """

    def __init__(self, weights, bias):
        self.weights = np.asarray(weights, float)
        self.bias = float(bias)

    def forward(self, inputs):
        """The firing rate, between 0 and 1, for D inputs."""
        self.inputs = np.asarray(inputs, float)
        self.cell_body_sum = np.sum(self.inputs * self.weights) + self.bias
        self.firing_rate = sigmoid(self.cell_body_sum)
        return float(self.firing_rate)

    def backward(self, upstream=1.0):
        """The gradients with respect to inputs, weights and bias."""
        grad_sum = upstream * self.firing_rate * (1 - self.firing_rate)
        return grad_sum * self.weights, grad_sum * self.inputs, float(grad_sum)


# ── The nets of slides 83-87 and 99 as functions of one column x ──────────────────────────────────


def linear_scores(W, x):
    """f = W x. W is (C, D), x is (D,) or (D, 1)."""
    return W @ x


def two_layer_scores(W1, W2, x):
    """f = W2 max(0, W1 x). W1 is (H, D), W2 is (C, H). Returns the scores and the hidden h."""
    h = np.maximum(0, W1 @ x)
    return W2 @ h, h


def three_layer_scores(W1, W2, W3, x):
    """f = W3 max(0, W2 max(0, W1 x)). Returns the scores and both hidden layers."""
    h1 = np.maximum(0, W1 @ x)
    h2 = np.maximum(0, W2 @ h1)
    return W3 @ h2, h1, h2


def three_layer_forward(x, W1, b1, W2, b2, W3, b3, f=sigmoid):
    """Slide 99: x (3, 1) → h1 (4, 1) → h2 (4, 1) → out (1, 1). No activation on the output.

    Any sizes that fit are taken. Returns out, h1, h2.
    """
    h1 = expect_shape("h1", f(W1 @ x + b1), (W1.shape[0], 1))
    h2 = expect_shape("h2", f(W2 @ h1 + b2), (W2.shape[0], 1))
    out = expect_shape("out", W3 @ h2 + b3, (W3.shape[0], 1))
    return out, h1, h2


def expect_shape(name, array, shape):
    """The array, if it has this shape. NumPy lets a bias of shape (4,) turn (4, 1) into (4, 4)."""
    if np.shape(array) != tuple(shape):
        raise GraphError("unexpected_shape", name=name, got=np.shape(array), expected=tuple(shape))
    return array


class Count(NamedTuple):
    """How large a fully-connected net is. The input layer has no neurons of its own."""

    neurons: int
    weights: int
    biases: int

    @property
    def parameters(self):
        """Everything that is learnt."""
        return self.weights + self.biases


def count_of(*sizes, biases=True):
    """Count the net of these layer sizes, the input first: `count_of(3, 4, 2)` (slide 97)."""
    sizes = checked_sizes(sizes)
    neurons = sum(sizes[1:])
    weights = sum(into * out for into, out in pairwise(sizes))
    return Count(neurons, weights, neurons if biases else 0)


def checked_sizes(sizes):
    """Two or more layer sizes, as Python's whole numbers."""
    whole = all(isinstance(size, int | np.integer) and size > 0 for size in sizes)
    if len(sizes) < 2 or not whole:
        raise GraphError("net_sizes", given=", ".join(map(str, sizes)))
    return list(map(int, sizes))


# ── The twenty lines (slide 88) ───────────────────────────────────────────────────────────────────


class TwoLayer(NamedTuple):
    """One step of the twenty lines: the loss, and the weights and gradients that belong to it."""

    step: int
    loss: float
    w1: np.ndarray
    w2: np.ndarray
    h: np.ndarray
    grad_w1: np.ndarray
    grad_w2: np.ndarray


def two_layer_gradients(x, y, w1, w2):
    """Loss, hidden outputs and the two gradients of slide 88. x (N, D_in), y (N, D_out).

    h = σ(x w1) and loss = Σ (h w2 − y)²: a sigmoid and squared errors, no ReLU, no softmax, no
    bias.
    """
    h = sigmoid(x @ w1)
    y_pred = h @ w2
    loss = np.square(y_pred - y).sum()
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h.T @ grad_y_pred
    grad_h = grad_y_pred @ w2.T
    grad_w1 = x.T @ (grad_h * h * (1 - h))
    return float(loss), h, grad_w1, grad_w2


def two_layer_steps(N=64, D_in=1000, H=100, D_out=10, *, rate=1e-4, steps=2000, seed=0):
    """The lecture's two-layer net, trained. Yields one `TwoLayer` a step, before its update."""
    random = np.random.RandomState(seed)
    x, y = random.randn(N, D_in), random.randn(N, D_out)
    w1, w2 = random.randn(D_in, H), random.randn(H, D_out)
    for step in range(steps):
        loss, h, grad_w1, grad_w2 = two_layer_gradients(x, y, w1, w2)
        yield TwoLayer(step, loss, w1, w2, h, grad_w1, grad_w2)
        w1 = w1 - rate * grad_w1
        w2 = w2 - rate * grad_w2


def two_layer_steps_with_n_for_h(N=64, D_in=1000, H=100, D_out=10, **settings):
    """A common slip: N where H belongs, `randn(D_in, N)` and `randn(N, D_out)`.

    Nothing fails. H is not used, and the hidden layer has as many units as there are examples.
    """
    return two_layer_steps(N, D_in, N, D_out, **settings)


def saturation(h):
    """The share of sigmoid outputs outside [0.01, 0.99], and the mean slope h (1 − h)."""
    return float(np.mean((h < 0.01) | (h > 0.99))), float(np.mean(h * (1 - h)))


# ── A net of any depth that classifies, and its training ──────────────────────────────────────────


class Layer(NamedTuple):
    """W of shape (D, H) and b of shape (H,)."""

    W: np.ndarray
    b: np.ndarray


class Record(NamedTuple):
    """One step of training: everything belongs to the net *before* the update of this step."""

    step: int
    loss: float
    net: tuple
    grads: tuple
    data_loss: float


def make_net(*sizes, seed=0, scale=None):
    """Layers of small random weights and zero biases. `make_net(2, 20, 3)` has two layers.

    `scale` is the size of the weights. Left out, it is √(2/D) for D inputs, so that the outputs of
    a ReLU layer stay about as large as its inputs.
    """
    random = np.random.default_rng(seed)
    pairs = pairwise(checked_sizes(sizes))
    return tuple(new_layer(random, into, out, scale) for into, out in pairs)


def new_layer(random, into, out, scale=None):
    """Weights of size `scale`, biases 0."""
    scale = np.sqrt(2 / into) if scale is None else scale
    return Layer(scale * random.standard_normal((into, out)), np.zeros(out))


def forward(net, x, activation="relu"):
    """Scores of shape (N, C), and two lists to keep for backward: each layer's inputs and sums.

    The activation stands between the layers; there is none after the last.
    """
    f = activation_called(activation).value
    inputs, sums = [x], []
    for layer in net[:-1]:
        sums.append(inputs[-1] @ layer.W + layer.b)
        inputs.append(f(sums[-1]))
    sums.append(inputs[-1] @ net[-1].W + net[-1].b)
    return sums[-1], inputs, sums


def softmax_and_gradient(scores, labels):
    """The mean softmax loss of scores (N, C), and its gradient with respect to the scores."""
    rows = np.arange(len(scores))
    shifted = scores - scores.max(axis=1, keepdims=True)  # the same loss, and e^score stays small
    probabilities = np.exp(shifted)
    totals = probabilities.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(totals[:, 0]) - shifted[rows, labels])
    grad = probabilities / totals
    grad[rows, labels] -= 1
    return float(loss), grad / len(scores)


def loss_and_gradients(net, x, labels, activation="relu", regularisation=0.0):
    """L = softmax loss + ½ λ ΣW², and its gradients with respect to each W and b.

    Returns (loss, data loss, gradients); the gradients have the form of the net. Biases are not
    regularised.
    """
    scores, inputs, sums = forward(net, x, activation)
    data_loss, upstream = softmax_and_gradient(scores, labels)
    penalty = 0.5 * regularisation * sum(np.square(layer.W).sum() for layer in net)
    grads = backward(net, inputs, sums, upstream, activation)
    return data_loss + penalty, data_loss, with_penalty(grads, net, regularisation)


def backward(net, inputs, sums, upstream, activation="relu"):
    """The gradients of every layer. `upstream` is the gradient of L with respect to the scores."""
    slope, grads = activation_called(activation).slope, []
    for place in reversed(range(len(net))):
        grads.append(Layer(inputs[place].T @ upstream, upstream.sum(axis=0)))
        if place > 0:
            grad_h = upstream @ net[place].W.T
            upstream = grad_h * slope(sums[place - 1])
    return tuple(reversed(grads))


def with_penalty(grads, net, regularisation):
    """Add λ W, the gradient of ½ λ ΣW² with respect to W."""
    pairs = zip(grads, net, strict=True)
    return tuple(Layer(grad.W + regularisation * layer.W, grad.b) for grad, layer in pairs)


def updated(net, grads, rate):
    """A new net, one step down the gradient. The old one is left as it was."""
    pairs = zip(net, grads, strict=True)
    return tuple(Layer(layer.W - rate * grad.W, layer.b - rate * grad.b) for layer, grad in pairs)


def train(
    x,
    labels,
    *,
    hidden=20,
    layers=2,
    activation="relu",
    rate=1.0,
    regularisation=1e-3,
    steps=None,
    batch=None,
    seed=0,
    scale=None,
    start=None,
):
    """Train a classifier by gradient descent. A generator: yields one `Record` a step, without end.

    x: (N, D), labels: N class numbers. `layers=1` is the linear classifier, 2 has one hidden layer.
    `steps` ends the training after so many records. `batch` takes that many examples at a time.
    `start`, a Record, goes on from there. Each record is made whole before it is handed out. Raises
    GraphError, at the first record, for examples or settings that no training can have.
    """
    check_numbers({"layers": layers, "rate": rate, "regularisation": regularisation})
    check_numbers({} if batch is None else {"batch": batch})
    x, labels = checked_examples(x, labels)
    sizes = layer_sizes(x.shape[1], hidden, layers, labels.max() + 1)
    net, step = (start.net, start.step) if start else (make_net(*sizes, seed=seed, scale=scale), 0)
    end = np.inf if steps is None else step + steps
    while step < end:
        rows = chosen_rows(len(x), batch, seed, step)
        record = record_of(step, net, x[rows], labels[rows], activation, regularisation)
        yield record
        net, step = updated(net, record.grads, rate), step + 1


def chosen_rows(examples, batch, seed, step):
    """The rows of one step. They follow from seed and step, so that a training can be continued."""
    if batch is None:
        return slice(None)
    return np.random.default_rng([seed, step]).integers(0, examples, batch)


def record_of(step, net, x, labels, activation, regularisation):
    """The loss and the gradients of this net on these examples."""
    with np.errstate(
        over="ignore", invalid="ignore"
    ):  # a training that diverges says so in its loss
        loss, data_loss, grads = loss_and_gradients(net, x, labels, activation, regularisation)
    return Record(step, float(loss), net, grads, data_loss)


def checked_examples(x, labels):
    """x as numbers of shape (N, D), labels as N whole numbers."""
    x, labels = np.asarray(x, float), np.asarray(labels)
    if x.ndim != 2 or labels.shape != x.shape[:1] or not len(labels):
        raise GraphError("examples_shape", x=x.shape, labels=labels.shape)
    if labels.dtype.kind not in "iu" or labels.min() < 0:
        raise GraphError("labels_are_whole", labels=labels[:6])
    return x, labels.astype(int)


LEAST = {"layers": 1, "batch": 1, "seed": 0}  # the smallest whole number that a setting can be


def check_numbers(settings):
    """Refuse half a layer, and a learning rate that is text."""
    for name, given in settings.items():
        is_whole = isinstance(given, int | np.integer)
        if name in LEAST and not (is_whole and given >= LEAST[name]):
            raise GraphError("setting_whole", name=name, least=LEAST[name], given=given)
        if not isinstance(given, int | float | np.number) or not np.isfinite(given):
            raise GraphError("setting_number", name=name, given=given)


def layer_sizes(inputs, hidden, layers, classes):
    """(2, 20, 20, 3) for three layers of 20 hidden units."""
    return inputs, *[hidden] * (layers - 1), int(classes)


def predict(net, x, activation="relu"):
    """The class with the highest score, for each row of x."""
    return forward(net, x, activation)[0].argmax(axis=1)


def accuracy(net, x, labels, activation="relu"):
    """The share of rows whose class is found, between 0 and 1."""
    return float(np.mean(predict(net, x, activation) == labels))


def collapsed(net):
    """The one linear layer that a net without activations is: W = W1 W2 …, b to match (C47)."""
    W, b = net[0]
    for layer in net[1:]:
        W, b = W @ layer.W, b @ layer.W + layer.b
    return Layer(W, b)


def sizes_of(arrays):
    """The length of each layer's W, √ΣW²: how large weights or gradients are."""
    return [float(np.sqrt(np.square(layer.W).sum())) for layer in arrays]
