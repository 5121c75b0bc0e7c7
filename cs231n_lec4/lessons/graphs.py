"""The graphs of the lecture, ready built with the numbers of its slides.

Each function returns a new `ComputationalGraph`, after a forward and a backward pass.
"""

import numpy as np

from .. import words
from ..engine.arrays import hinge_loss, squared_norm
from ..engine.gates import exp, log, maximum, reciprocal, relu, sigmoid
from ..engine.graph import ComputationalGraph
from ..engine.node import Constant, Input

SIGMOID_GATES = ("v5", "v6", "v7", "f")  # the four gates of the neuron that make a sigmoid
BINARY_LOSS_GATES = ("p", "logp", "L")  # the three gates that make a cross-entropy, as folded below
RELU_UPSTREAM = np.array([4.0, -1.0, 5.0])
PRODUCT_UPSTREAM = np.array([[2.0, 3.0, -3.0, 9.0], [-8.0, 1.0, 4.0, 6.0]])


def add_multiply(x=-2.0, y=5.0, z=-4.0):
    """f = (x + y) z, the first example (slides 12-23)."""
    x, y, z = Input(x, "x"), Input(y, "y"), Input(z, "z")
    q = (x + y).named("q")
    return ready((q * z).named("f"))


def shopping(apples=2.0, apple_price=100.0, oranges=3.0, orange_price=150.0, tax=1.1):
    """What two kinds of fruit cost, with tax: (2 · 100 + 3 · 150) · 1.1 = 715."""
    name = words.SHOPPING
    apples, oranges = Input(apples, name["apples"]), Input(oranges, name["oranges"])
    apple, orange = Input(apple_price, name["apple"]), Input(orange_price, name["orange"])
    cost = apples * apple + oranges * orange
    return ready((cost.named(name["cost"]) * Input(tax, name["tax"])).named(name["total"]))


def sigmoid_neuron(w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, w2=-3.0):
    """f = 1 / (1 + e^-(w0 x0 + w1 x1 + w2)), as eight gates (slides 30-43)."""
    dot = weighted_sum(w0, x0, w1, x1, w2)
    return ready((1 / (1 + exp(-dot))).named("f"))


def folded_neuron(w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, w2=-3.0):
    """The same neuron, its last four gates folded into one sigmoid gate (slides 44-45)."""
    return ready(sigmoid(weighted_sum(w0, x0, w1, x1, w2)).named("f"))


def weighted_sum(w0, x0, w1, x1, w2):
    """w0 x0 + w1 x1 + w2 as a node."""
    w0, x0, w1, x1 = Input(w0, "w0"), Input(x0, "x0"), Input(w1, "w1"), Input(x1, "x1")
    return w0 * x0 + w1 * x1 + Input(w2, "w2")


def binary_loss(w=1.5, x=2.0, b=-2.0):
    """L = -log p with p = σ(w x + b), where yes is right: as three gates behind the score s."""
    w, x, b = Input(w, "w"), Input(x, "x"), Input(b, "b")
    p = sigmoid((w * x + b).named("s")).named("p")
    return ready((-log(p).named("logp")).named("L"))


def gate_patterns(x=3.0, y=-4.0, z=2.0, w=-1.0):
    """f = 2 (x y + max(z, w)): distributor, router and switcher in one circuit (slides 46-50)."""
    x, y, z, w = Input(x, "x"), Input(y, "y"), Input(z, "z"), Input(w, "w")
    return ready(((x * y + maximum(z, w)) * 2).named("f"))


def branch(a=2.0, b=1.0):
    """e = (a + b)(b + 1): b is used twice, so its gradient is a sum (slide 51)."""
    a, b = Input(a, "a"), Input(b, "b")
    c, d = (a + b).named("c"), (b + 1).named("d")
    return ready((c * d).named("e"))


def squared_norm_of_product():
    """f = ‖W x‖², the vectorized example (slides 58-74). The slides call the last node L2."""
    W = Input([[0.1, 0.5], [-0.3, 0.8]], "W")
    x = Input([0.2, 0.4], "x")
    return ready(squared_norm((W @ x).named("q")).named("f"))


def linear_classifier():
    """L = hinge loss of the scores s = x W, plus 0.1 ‖W‖², as on slide 8. W branches.

    The scores are those of a cat, a car and a frog; the right class is the first.
    """
    x = Input([1.0, 2.0], "x")
    W = Input([[1.2, 1.1, 0.3], [1.0, 2.0, -1.0]], "W")
    data_loss = hinge_loss((x @ W).named("s"), 0)
    return ready((data_loss + squared_norm(W) * 0.1).named("L"))


def svm_small(x=2.0, w0=0.5, w1=1.0):
    """L = max(0, s1 - s0 + 1) + 0.1 (w0² + w1²), two scores of one number x; class 0 is right."""
    x, w0, w1 = Input(x, "x"), Input(w0, "w0"), Input(w1, "w1")
    s0, s1 = (w0 * x).named("s0"), (w1 * x).named("s1")
    penalty = (w0**2 + w1**2) * 0.1
    return ready((relu(s1 - s0 + 1) + penalty).named("L"))


def squared_norm_spelled_out():
    """f = ‖W x‖² of slides 58-74 with a gate for every single number."""
    a, b, c, d = Input(0.1, "W00"), Input(0.5, "W01"), Input(-0.3, "W10"), Input(0.8, "W11")
    x0, x1 = Input(0.2, "x0"), Input(0.4, "x1")
    q0, q1 = (a * x0 + b * x1).named("q0"), (c * x0 + d * x1).named("q1")
    return ready((q0**2 + q1**2).named("f"))


def small_net(x=1.0, w0=2.0, w1=-1.0, u0=1.5, u1=0.5):
    """f = u0 max(0, w0 x) + u1 max(0, w1 x): two layers, one number in, two hidden units."""
    x, w0, w1 = Input(x, "x"), Input(w0, "w0"), Input(w1, "w1")
    h0, h1 = relu(w0 * x).named("h0"), relu(w1 * x).named("h1")
    return ready((Input(u0, "u0") * h0 + Input(u1, "u1") * h1).named("f"))


def one_weight(w=1.5, x=2.0, y=1.0):
    """L = (w x − y)²: one weight, one example, its squared error. Small enough to watch updates."""
    w, x, y = Input(w, "w"), Input(x, "x"), Input(y, "y")
    error = ((w * x).named("p") - y).named("e")
    return ready((error**2).named("L"))


def staged(x=3.0, y=-4.0):
    """f = (x + σ(y)) / (σ(x) + (x + y)²), in named stages (notes "optimization-2")."""
    x, y = Input(x, "x"), Input(y, "y")
    num = (x + sigmoid(y).named("sigy")).named("num")
    xpy = (x + y).named("xpy")
    den = (sigmoid(x).named("sigx") + (xpy**2).named("xpysqr")).named("den")
    return ready((num * reciprocal(den).named("invden")).named("f"))


def relu_of_vector(x=(1.0, -2.0, 3.0)):
    """L = Σ dz · z with z = max(0, x): the gradient of L with respect to z is dz (slide 53)."""
    x = Input(x, "x")
    return ready((relu(x).named("z") * RELU_UPSTREAM).sum().named("L"))


def matrix_product():
    """L = Σ dY · Y with Y = X W and N, D, M = 2, 3, 4: the gradient of L with respect to Y is dY.

    The matrix example of the later decks. What they print for Y is wrong in six of eight entries.
    """
    X = Input([[2.0, 1.0, -3.0], [-3.0, 4.0, 2.0]], "X")
    W = Input([[3.0, 2.0, 1.0, -1.0], [2.0, 1.0, 3.0, 2.0], [3.0, 2.0, 1.0, -2.0]], "W")
    return ready(((X @ W).named("Y") * PRODUCT_UPSTREAM).sum().named("L"))


def two_matrices():
    """L = ‖max(0, X W1) W2‖², a question from the course's discussion sections."""
    X = Input([[1.0, -1.0], [2.0, 0.5], [-1.5, 1.0]], "X")
    W1 = Input([[0.5, -1.0, 0.3], [0.2, 0.4, -0.7]], "W1")
    W2 = Input([[1.0, -0.5], [0.3, 0.8], [-0.6, 0.2]], "W2")
    h = relu((X @ W1).named("z")).named("h")
    return ready(squared_norm((h @ W2).named("y")).named("L"))


def tiny_two_layer():
    """loss = Σ (σ(x w1) w2 − y)², the net of slide 88 with 2 examples, 3 inputs, 2 hidden units, 2
    outputs."""
    x = Input([[1.0, -2.0, 0.5], [0.3, 0.8, -1.0]], "x")
    y = Constant([[1.0, 0.0], [-0.5, 2.0]], "y")
    w1 = Input([[0.2, -0.4], [0.7, 0.1], [-0.3, 0.6]], "w1")
    w2 = Input([[0.5, -1.0], [0.25, 0.75]], "w2")
    h = sigmoid((x @ w1).named("a")).named("h")
    return ready(squared_norm((h @ w2).named("y_pred") - y).named("loss"))


def ready(output):
    """The graph of `output` after one backward pass."""
    graph = ComputationalGraph(output)
    graph.backward()
    return graph
