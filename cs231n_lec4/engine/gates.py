"""The gates of the lecture, as on the slides: `forward` computes, `backward` is the chain rule.

Inside a gate the letters of the slide are used: inputs x and y, output z, and `dz` for the upstream
gradient, that is the gradient of the loss with respect to z. A gate saves in `self` what its
backward needs. To add a gate, write such a class; formulas, pictures, sliders, steps, quizzes and
checks work with it. A gate with a `formula` is an activation function: plots and nets take it too.
"""

from . import values
from .gate import Gate, node_or_number
from .node import Node
from .values import where


class AddGate(Gate):
    """z = x + y. The gradient distributor: both inputs receive the upstream gradient (slide 46)."""

    symbol = "+"
    pattern = "distributor"

    def forward(self, x, y):
        return x + y

    def backward(self, dz):
        dx = dz
        dy = dz
        return [dx, dy]


class SubtractGate(Gate):
    """z = x - y. Hands the upstream gradient to x, minus it to y (slide 88: `y_pred - y`)."""

    symbol = "−"

    def forward(self, x, y):
        return x - y

    def backward(self, dz):
        dx = dz
        dy = -dz
        return [dx, dy]


class MultiplyGate(Gate):
    """z = x · y. The gradient switcher: each input gets the other, times upstream (slide 77)."""

    symbol = "×"
    pattern = "switcher"

    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dz):
        dx = self.y * dz
        dy = self.x * dz
        return [dx, dy]


class DivideGate(Gate):
    """z = x / y. The notes "optimization-2" do it in two gates, 1 / y and a product."""

    symbol = "÷"

    def forward(self, x, y):
        self.x = x
        self.y = y
        return x / y

    def backward(self, dz):
        dx = dz / self.y
        dy = -self.x / self.y / self.y * dz
        return [dx, dy]


class ReciprocalGate(Gate):
    """z = 1 / x. Local gradient -1/x² (slide 33)."""

    symbol = "1/x"

    def forward(self, x):
        self.x = x
        return 1.0 / x

    def backward(self, dz):
        dx = -1.0 / self.x**2 * dz
        return [dx]


class PowerGate(Gate):
    """z = x to the power y (a square on slide 88). 0⁰ is 1 and its gradient 0."""

    symbol = "xʸ"

    def forward(self, x, y):
        self.x = x
        self.y = y
        self.z = x**y
        return self.z

    def backward(self, dz):
        dx = where(self.y == 0.0, 0.0, self.y * self.x ** (self.y - 1.0)) * dz
        dy = where(self.z == 0.0, 0.0, self.z * log(self.x)) * dz if self.wants(1) else None
        return [dx, dy]


class MaxGate(Gate):
    """z = max(x, y). The gradient router: the larger input receives it all (slide 47).

    At a tie the gradient goes to x.
    """

    symbol = "max"
    pattern = "router"

    def forward(self, x, y):
        self.x_wins = (x >= y) | (x != x)  # NaN is not equal to itself; it wins, so that it shows
        return maximum(x, y)

    def backward(self, dz):
        dx = where(self.x_wins, dz, 0.0)
        dy = where(self.x_wins, 0.0, dz)
        return [dx, dy]


class ExpGate(Gate):
    """z = e to the power x. Its local gradient is its own output (slide 34)."""

    symbol = "exp"

    def forward(self, x):
        self.z = exp(x)
        return self.z

    def backward(self, dz):
        dx = self.z * dz
        return [dx]


class LogGate(Gate):
    """z = the natural logarithm of x. Local gradient 1 / x (notes "linear-classify")."""

    symbol = "log"

    def forward(self, x):
        self.x = x
        return log(x)

    def backward(self, dz):
        dx = dz / self.x
        return [dx]


class SigmoidGate(Gate):
    """z = 1 / (1 + e⁻ˣ), four gates of the neuron in one. Local gradient (1 - z) · z (slide 44)."""

    symbol = "σ"
    formula = "1 / (1 + e⁻ˣ)"

    def forward(self, x):
        self.z = 1.0 / (1.0 + exp(-x))
        return self.z

    def backward(self, dz):
        dx = (1.0 - self.z) * self.z * dz
        return [dx]


class TanhGate(Gate):
    """z = tanh x. Local gradient 1 - z² (slide 96)."""

    symbol = "tanh"
    formula = "2 σ(2x) − 1"

    def forward(self, x):
        self.z = tanh(x)
        return self.z

    def backward(self, dz):
        dx = (1.0 - self.z * self.z) * dz
        return [dx]


class ReluGate(Gate):
    """z = max(0, x). Lets the gradient through where x > 0; at 0 it sends 0 (slides 53, 96)."""

    symbol = "ReLU"
    formula = "max(0, x)"

    def forward(self, x):
        self.is_on = x > 0.0
        return maximum(x, 0.0)

    def backward(self, dz):
        dx = self.is_on * dz
        return [dx]


class LeakyReluGate(Gate):
    """z = x where x > 0, else slope · x (slide 96 has slope 0.1, the notes about 0.01)."""

    symbol = "leaky ReLU"
    formula = "max({slope} x, x)"
    slope = 0.01

    def forward(self, x):
        self.is_on = x > 0.0
        return where(self.is_on, x, self.slope * x)

    def backward(self, dz):
        dx = where(self.is_on, 1.0, self.slope) * dz
        return [dx]


class EluGate(Gate):
    """z = x where x > 0, else alpha · (eˣ - 1) (slide 96)."""

    symbol = "ELU"
    formula = "max(0, x) + min(0, eˣ − 1)"
    alpha = 1.0

    def forward(self, x):
        self.is_on = x > 0.0
        self.z = where(self.is_on, x, self.alpha * (exp(x) - 1.0))
        return self.z

    def backward(self, dz):
        dx = where(self.is_on, 1.0, self.z + self.alpha) * dz
        return [dx]


# ── functions: a node in, a node out; a number in, a number out ──────────────────────────────────


def exp(x):
    """e to the power x, element by element, of a node or a number (slide 34)."""
    return ExpGate(x) if isinstance(x, Node) else values.exp(x)


def log(x):
    """The natural logarithm, element by element, of a node or a number (notes
    "linear-classify")."""
    return LogGate(x) if isinstance(x, Node) else values.log(x)


def tanh(x):
    """The hyperbolic tangent, element by element, of a node or a number (slide 96)."""
    return TanhGate(x) if isinstance(x, Node) else values.tanh(x)


def maximum(x, y):
    """The larger of x and y, element by element (slide 47). At a tie the gradient goes to x."""
    if isinstance(x, Node) or isinstance(y, Node):
        return MaxGate(x, y)
    return values.maximum(x, y)


def sigmoid(x):
    """1 / (1 + e⁻ˣ), element by element, as one gate (slide 44)."""
    return node_or_number(SigmoidGate(x), x)


def relu(x):
    """max(0, x), element by element (slides 53, 96). At 0 the gradient is 0."""
    return node_or_number(ReluGate(x), x)


def leaky_relu(x, slope=LeakyReluGate.slope):
    """x where x > 0, else slope · x, element by element (slide 96 has slope 0.1)."""
    return node_or_number(LeakyReluGate(x, slope=slope), x)


def elu(x, alpha=EluGate.alpha):
    """x where x > 0, else alpha · (eˣ - 1), element by element (slide 96)."""
    return node_or_number(EluGate(x, alpha=alpha), x)


def reciprocal(x):
    """1 / x, element by element (slide 33)."""
    return node_or_number(ReciprocalGate(x), x)
