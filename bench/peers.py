"""The peers, each the way its own users write it. A peer that is not installed is None."""

import importlib
import importlib.metadata
import math

import numpy as np

NAMES = ("numpy", "micrograd", "autograd", "torch", "jax")


def installed(name):
    """The module, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def versions():
    """{name: version} of the peers that are here."""
    found = {}
    for name in NAMES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


# ── scalars ──────────────────────────────────────────────────────────────────────────────────────


def hand_add_multiply(x, y, z):
    """(x + y) z by hand: the same call and the same result as compiled flat code."""
    q = x + y
    f = q * z
    dq = z
    return f, {"x": dq, "y": dq, "z": q}


def hand_neuron(w0, x0, w1, x1, w2):
    """The sigmoid neuron by hand, its eight gates forward and backward."""
    e = math.exp(-(w0 * x0 + w1 * x1 + w2))
    den = 1.0 + e
    f = 1.0 / den
    d = e / (den * den)
    return f, {"w0": x0 * d, "x0": w0 * d, "w1": x1 * d, "x1": w1 * d, "w2": d}


def micrograd_add_multiply():
    """Build, forward and backward in micrograd, which has no way to run a graph again."""
    from micrograd.engine import Value

    def run():
        x, y, z = Value(-2.0), Value(5.0), Value(-4.0)
        ((x + y) * z).backward()
        return x.grad

    return run


def micrograd_neuron():
    """The same for the neuron. micrograd has no exp; this one is written in its own style."""
    from micrograd.engine import Value

    def exp(self):
        out = Value(math.exp(self.data), (self,), "exp")

        def backward():
            self.grad += out.data * out.grad

        out._backward = backward
        return out

    def run():
        w0, x0, w1, x1, w2 = map(Value, (2.0, -1.0, -3.0, -2.0, -3.0))
        f = (exp(-(w0 * x0 + w1 * x1 + w2)) + 1.0) ** -1
        f.backward()
        return w0.grad

    return run


def torch_add_multiply(torch):
    """The same in PyTorch, eager."""

    def run():
        x, y, z = (torch.tensor(v, requires_grad=True) for v in (-2.0, 5.0, -4.0))
        ((x + y) * z).backward()
        return x.grad

    return run


# ── the lecture's two-layer step ─────────────────────────────────────────────────────────────────
# Each step is one of training: loss, gradients, and new weights. So every peer meets new weights.

N, D_IN, H, D_OUT = 64, 1000, 100, 10
RATE = 1e-7


def batch(dtype):
    """Random data and small weights of the lecture's sizes."""
    rng = np.random.default_rng(0)
    shapes = (N, D_IN), (N, D_OUT), (D_IN, H), (H, D_OUT)
    x, y, w1, w2 = (rng.standard_normal(shape).astype(dtype) for shape in shapes)
    return x, y, w1 * dtype(0.03), w2 * dtype(0.1)


def training(gradients, w1, w2):
    """A step of training around `gradients(w1, w2)`, which returns loss, dw1 and dw2."""

    def run():
        nonlocal w1, w2
        loss, dw1, dw2 = gradients(w1, w2)
        w1, w2 = w1 - RATE * dw1, w2 - RATE * dw2
        return loss

    return run


def hand_step(x, y, w1, w2):
    """Slide 88 in NumPy."""

    def gradients(w1, w2):
        h = 1.0 / (1.0 + np.exp(-(x @ w1)))
        y_pred = h @ w2
        error = y_pred - y
        loss = (error * error).sum()
        dy_pred = 2.0 * error
        dw2 = h.T @ dy_pred
        dh = dy_pred @ w2.T
        dw1 = x.T @ (dh * h * (1.0 - h))
        return loss, dw1, dw2

    return training(gradients, w1, w2)


def autograd_step(x, y, w1, w2):
    """The same with HIPS autograd."""
    import autograd.numpy as anp
    from autograd import value_and_grad

    def loss(weights):
        h = 1.0 / (1.0 + anp.exp(-anp.dot(x, weights[0])))
        return anp.sum((anp.dot(h, weights[1]) - y) ** 2)

    step = value_and_grad(loss)

    def gradients(w1, w2):
        found, (dw1, dw2) = step((w1, w2))
        return found, dw1, dw2

    return training(gradients, w1, w2)


def torch_step(torch, x, y, w1, w2):
    """The same with PyTorch, eager, one thread; it changes its weights in place."""
    torch.set_num_threads(1)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    w1, w2 = (torch.from_numpy(w.copy()).requires_grad_() for w in (w1, w2))

    def run():
        w1.grad = w2.grad = None
        loss = ((torch.sigmoid(x @ w1) @ w2 - y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            w1.sub_(w1.grad, alpha=RATE)
            w2.sub_(w2.grad, alpha=RATE)
        return loss

    return run


def jax_step(jax, x, y, w1, w2):
    """The same with JAX: the whole step compiled."""
    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy
    x, y, w1, w2 = map(jnp.asarray, (x, y, w1, w2))

    def loss(weights):
        return jnp.sum((jax.nn.sigmoid(x @ weights[0]) @ weights[1] - y) ** 2)

    @jax.jit
    def step(weights):
        found, grads = jax.value_and_grad(loss)(weights)
        return found, [w - RATE * dw for w, dw in zip(weights, grads, strict=True)]

    weights = [w1, w2]

    def run():
        nonlocal weights
        found, weights = jax.block_until_ready(step(weights))
        return found

    return run


# ── ‖Wx‖² ────────────────────────────────────────────────────────────────────────────────────────


def hand_squared_norm(W, x):
    """‖Wx‖² with both gradients, by hand."""

    def run():
        q = W @ x
        dq = 2.0 * q
        return (q * q).sum(), np.outer(dq, x), W.T @ dq

    return run


def torch_squared_norm(torch, W, x):
    """The same with PyTorch."""
    W, x = (torch.from_numpy(a.copy()).requires_grad_() for a in (W, x))

    def run():
        W.grad = x.grad = None
        q = W @ x
        (q * q).sum().backward()

    return run
