"""Neural networks: the lecture's neuron, nets and twenty lines (slides 83-99).

What a slide writes in plain NumPy stands here in plain NumPy; the tests hold it against the graph.
A net of any depth that is trained is a graph, `loss_graph`, and its gradients are the graph's.

    for record in train(points, labels, hidden=20, steps=100):
        print(record.step, record.loss)

A batch of examples is a matrix with one example a row, shape (N, D). A layer computes x @ W + b
with W of shape (D, H) and b of shape (H,).
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..engine import values
from ..engine.arrays import softmax_loss, squared_norm
from ..engine.graph import ComputationalGraph
from ..engine.node import Constant, Input
from ..guidance.errors import GraphError
from ..guidance.refusals import checked_labels
from .activations import activation_called


def sigmoid(x):
    """1 / (1 + e⁻ˣ), in plain NumPy."""
    with np.errstate(over="ignore"):  # e⁻ˣ may become infinite; 1 / infinity is the right answer, 0
        return 1 / (1 + np.exp(-x))


# ── One neuron (slides 92-94, 98) ─────────────────────────────────────────────────────────────────


class Neuron:
    """One neuron: a weighted sum plus a bias, through a sigmoid: the firing rate (slides 94, 98).

    `weights`: D numbers, one a synapse; `bias`: one. What does not fit gets NumPy's own error.
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


def two_layer_scores(W1, W2, x):
    """f = W2 max(0, W1 x). W1 is (H, D), W2 is (C, H). Returns the scores and the hidden h."""
    h = np.maximum(0, W1 @ x)
    return W2 @ h, h


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
    """Count the net of these layer sizes, the input first: `count_of(3, 4, 2)` (slide 97). Raises
    GraphError for sizes that are none."""
    whole = all(isinstance(size, int | np.integer) and size > 0 for size in sizes)
    if len(sizes) < 2 or not whole:
        raise GraphError("net_sizes", given=", ".join(map(str, sizes)))
    sizes = list(map(int, sizes))  # Python's own, which do not overflow
    neurons = sum(sizes[1:])
    weights = sum(into * out for into, out in pairwise(sizes))
    return Count(neurons, weights, neurons if biases else 0)


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
    """The lecture's two-layer net, trained. Yields one `TwoLayer` a step, before its update. As on
    slide 88 nothing is checked: sizes that are none get NumPy's own error."""
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


MOST_PARAMETERS = 10_000_000  # with their gradients and one update, a quarter of a gigabyte


def make_net(*sizes, seed=0, scale=None):
    """Layers of small random weights and zero biases. `make_net(2, 20, 3)` has two layers.

    `scale` is the size of the weights. Left out, it is √(2/D) for D inputs, so that the outputs of
    a ReLU layer stay about as large as its inputs. Raises GraphError for more than 10 million
    parameters.
    """
    if (count := count_of(*sizes).parameters) > MOST_PARAMETERS:
        raise GraphError("net_too_large", sizes="-".join(map(str, sizes)), count=count)
    random = np.random.default_rng(seed)
    return tuple(new_layer(random, into, out, scale) for into, out in pairwise(sizes))


def new_layer(random, into, out, scale):
    """Weights of size `scale`, biases 0."""
    scale = np.sqrt(2 / into) if scale is None else scale
    return Layer(scale * random.standard_normal((into, out)), np.zeros(out))


def forward(net, x, activation="relu"):
    """Scores of shape (N, C), and the outputs h of each hidden layer, shape (N, H), in a list.

    The activation stands between the layers; there is none after the last. Raises GraphError
    where x has other rows than the net takes.
    """
    scores, hidden = layers_on(checked_rows(x, net), net, activation)
    return scores.value, [h.value for h in hidden]


def layers_on(x, net, activation):
    """The nodes of the scores and of each hidden layer's outputs. `net`: of nodes or of arrays."""
    f, outputs = activation_called(activation).of, [Constant(x)]
    for layer in net[:-1]:
        outputs.append(f(outputs[-1] @ layer.W + layer.b))
    return outputs[-1] @ net[-1].W + net[-1].b, outputs[1:]


def loss_graph(net, x, labels, activation="relu", regularisation=0.0):
    """L = softmax loss + ½ λ ΣW², as a graph with the inputs W1, b1, W2, b2, …

    x: (N, D), labels: N class numbers. Biases are not regularised.
    """
    nodes = [Layer(Input(W, f"W{k}"), Input(b, f"b{k}")) for k, (W, b) in enumerate(net, start=1)]
    scores, _ = layers_on(x, nodes, activation)
    penalty = sum(squared_norm(layer.W) for layer in nodes)
    return ComputationalGraph(softmax_loss(scores, labels) + 0.5 * regularisation * penalty)


def record_of(step, net, x, labels, activation, regularisation):
    """The loss and the gradients of this net on these examples."""
    graph = loss_graph(net, x, labels, activation, regularisation)
    grads = graph.backward()
    layers = tuple(Layer(grads[f"W{k}"], grads[f"b{k}"]) for k in range(1, len(net) + 1))
    return Record(step, graph.output.value, net, layers)


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
    """Train a classifier by gradient descent (slides 6, 88). Yields a `Record` a step, without end.

    x: (N, D), labels: N class numbers. `layers=1` is the linear classifier, 2 has one hidden layer.
    `steps` ends the training after so many records. `batch` takes that many examples at a time.
    `start`, a Record, goes on from there. Each record is made whole before it is handed out. Who
    keeps them all keeps all their weights. Raises GraphError, at the first record, for examples or
    settings that no training can have.
    """
    check_numbers({"layers": layers, "rate": rate, "regularisation": regularisation})
    check_numbers({} if batch is None else {"batch": batch})
    x = checked_rows(x)
    labels = checked_labels(labels, len(x))
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


def checked_rows(x, net=None):
    """x as numbers of shape (N, D), one example a row; D is what the net takes."""
    if not (isinstance(x, np.ndarray) and x.dtype == float):  # a large array is not copied
        x = np.asarray(values.as_value(x, "x"), float)
    if x.ndim != 2 or not len(x):
        raise GraphError("examples_shape", x=x.shape)
    if net is not None and x.shape[1] != len(net[0].W):
        raise GraphError("examples_width", x=x.shape, width=len(net[0].W))
    return x


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
    scores, _ = forward(net, x, activation)
    return float(np.mean(scores.argmax(axis=1) == checked_labels(labels, *scores.shape)))


def sizes_of(arrays):
    """The length of each layer's W, √ΣW²: how large weights or gradients are."""
    return [float(np.sqrt(np.square(layer.W).sum())) for layer in arrays]
