"""Right gates, written as few would write them: a check never calls them wrong.

Each row: what is unusual, numbers for the inputs, and the body of the class.
"""

import pytest
from exercises import run_as_cell

from cs231n_lec4 import ComputationalGraph, Input, check_gate, check_gradients

TOOLS = """
import collections, contextlib, copy, dataclasses, functools, math, operator, typing, types
import numpy as np
from cs231n_lec4 import *
from cs231n_lec4 import Gate
def slope(x): return 3 * x**2
x = y = z = dz = 7.0
"""
V, W = [1.0, -2.0, 3.0], [[0.5, 1.0, -2.0], [3.0, -1.0, 0.25]]
MATRICES = ([[2.0, 1.0, -3.0], [-3.0, 4.0, 2.0]], [[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]])
ONE = "def forward(self, x): self.x = x; return x**3\n"
TWO = "def forward(self, x, y): self.x, self.y = x, y; return x * y\n"
RELU = "def forward(self, x): self.x = x; return np.maximum(0, x)\n"
PRODUCT = "def forward(self, X, W): self.X, self.W = X, W; return X @ W\n"
AFFINE = "def forward(self, W, x, b): self.W, self.x = W, x; return W @ x + b\n"

GATES = [
    # what comes back, and in what
    ("a number alone", (2.0,), ONE + "def backward(self, dz): return dz * self.x * self.x * 3"),
    ("a tuple", (2.0,), ONE + "def backward(self, dz): return (3 * self.x**2 * dz,)"),
    ("a NumPy scalar", (2.0,), ONE + "def backward(self, dz): return [np.float64(3 * self.x**2 * dz)]"),
    ("an array without axes", (2.0,), ONE + "def backward(self, dz): return [np.array(3 * self.x**2 * dz)]"),
    ("a list of numbers", (V,), ONE + "def backward(self, dz): return [[3 * a * a * b for a, b in zip(self.x, dz)]]"),
    ("an array alone", (V,), ONE + "def backward(self, dz): return 3 * self.x**2 * dz"),
    ("one array for two numbers", (3.0, -4.0), TWO + "def backward(self, dz): return tuple(np.array([self.y, self.x]) * dz)"),
    ("a list of an array", (3.0, -4.0), TWO + "def backward(self, dz): return list(np.multiply([self.y, self.x], dz))"),
    ("a sum by broadcasting left to the graph", (W, V), TWO + "def backward(self, dz): return [self.y * dz, self.x * dz]"),
    ("a sum by broadcasting done", (W, V), TWO + "def backward(self, dz): return [self.y * dz, (self.x * dz).sum(axis=0)]"),
    ("float32", (V,), ONE + "def backward(self, dz): return [np.asarray(3 * self.x**2 * dz, np.float32)]"),
    ("float32 on the way", (V,), "def forward(self, x): self.x = np.float32(x); return self.x**3\ndef backward(self, dz): return [3 * self.x**2 * dz]"),
    ("integers as mask", (V,), RELU + "def backward(self, dz): return [dz * (self.x > 0).astype(int)]"),
    ("a matrix in Fortran's order", MATRICES, PRODUCT + "def backward(self, dY): return [np.asfortranarray(dY @ self.W.T), np.asfortranarray(self.X.T @ dY)]"),
    ("a view of the upstream", (V,), "def forward(self, x): return x + 0.0\ndef backward(self, dz): return [dz[:]]"),
    ("upstream itself", (V, V), "def forward(self, x, y): return x + y\ndef backward(self, dz): return dz, dz"),
    # how it is computed
    ("einsum", MATRICES, PRODUCT + "def backward(self, g): return [np.einsum('nm,dm->nd', g, self.W), np.einsum('nd,nm->dm', self.X, g)]"),
    ("einsum forward too", MATRICES, "def forward(self, X, W): self.X, self.W = X, W; return np.einsum('nd,dm->nm', X, W)\ndef backward(self, g): return [np.tensordot(g, self.W, ([1], [1])), np.tensordot(self.X, g, ([0], [0]))]"),
    ("np.dot", MATRICES, PRODUCT + "def backward(self, g): return [np.dot(g, self.W.T), np.dot(self.X.T, g)]"),
    ("the method dot", MATRICES, PRODUCT + "def backward(self, g): return [g.dot(self.W.T), self.X.T.dot(g)]"),
    ("transposed twice", MATRICES, PRODUCT + "def backward(self, g): return [(self.W @ g.T).T, (g.T @ self.X).T]"),
    ("rows one by one", MATRICES, PRODUCT + "def backward(self, g): return [np.stack([self.W @ r for r in g]), sum(np.outer(a, r) for a, r in zip(self.X, g))]"),
    ("two loops", (W, V), "def forward(self, W, x):\n    self.W, self.x = W, x\n    return W @ x\ndef backward(self, g):\n    dW, dx = np.zeros((2, 3)), np.zeros(3)\n    for i in range(2):\n        for j in range(3):\n            dW[i, j] = g[i] * self.x[j]\n            dx[j] += self.W[i, j] * g[i]\n    return [dW, dx]"),
    ("columns by broadcasting", (W, V), "def forward(self, W, x): self.W, self.x = W, x; return W @ x\ndef backward(self, g): return [g[:, None] * self.x[None], (self.W * g[:, None]).sum(0)]"),
    ("np.newaxis and reshape", (W, V), "def forward(self, W, x): self.W, self.x = W, x; return W @ x\ndef backward(self, g): return [g[..., np.newaxis] * self.x, (g.reshape(1, -1) @ self.W).ravel()]"),
    ("three inputs", (W, V, [0.5, 2.0]), AFFINE + "def backward(self, g): return [np.outer(g, self.x), g @ self.W, g]"),
    ("np.where", (V,), RELU + "def backward(self, dz): return [np.where(self.x > 0, dz, 0)]"),
    ("a mask in place on a copy", (V,), RELU + "def backward(self, dz):\n    dx = dz.copy()\n    dx[self.x <= 0] = 0\n    return [dx]"),
    ("np.heaviside", (V,), RELU + "def backward(self, dz): return [dz * np.heaviside(self.x, 0)]"),
    ("the sign of the output", (V,), "def forward(self, x): self.z = x.clip(0); return self.z\ndef backward(self, dz): return [np.sign(self.z) * dz]"),
    ("half of the sign", (V,), "def forward(self, x): self.x = x; return (x + abs(x)) / 2\ndef backward(self, dz): return [(1 + np.sign(self.x)) / 2 * dz]"),
    ("a comprehension", (V,), RELU + "def backward(self, dz): return [np.array([g if a > 0 else 0.0 for a, g in zip(self.x, dz)])]"),
    ("np.nditer", (V,), RELU + "def backward(self, dz):\n    out = np.zeros_like(dz)\n    for i, g in np.ndenumerate(dz): out[i] = g if self.x[i] > 0 else 0\n    return out"),
    ("fancy indices", (V,), RELU + "def backward(self, dz):\n    out, on = np.zeros_like(dz), np.flatnonzero(self.x > 0)\n    out[on] = dz[on]\n    return [out]"),
    ("np.add.at", (V,), "def forward(self, x): return x[[0, 0, 2]]\ndef backward(self, dz):\n    out = np.zeros(3)\n    np.add.at(out, [0, 0, 2], dz)\n    return [out]"),
    ("bincount", (V,), "def forward(self, x): return x[[1, 1, 0]]\ndef backward(self, dz): return [np.bincount([1, 1, 0], dz, minlength=3)]"),
    ("the whole Jacobian", (V,), ONE + "def backward(self, dz): return [np.diag(3 * self.x**2).T @ dz]"),
    ("a Jacobian by unit vectors of a linear forward", (V,), "M = np.array([[1., 2., 0.], [0., -1., 3.]])\ndef forward(self, x): return self.M @ x\ndef backward(self, dz): return [np.stack([self.M @ e for e in np.eye(3)]) @ dz]"),
    ("operators by name", (3.0, -4.0), TWO + "def backward(self, dz): return [operator.mul(v, dz) for v in (self.y, self.x)]"),
    ("map and a lambda", (3.0, -4.0), TWO + "def backward(self, dz): return list(map(lambda v: v * dz, (self.y, self.x)))"),
    ("math", (0.5,), "def forward(self, x): self.z = math.exp(x); return self.z\ndef backward(self, dz): return [self.z * dz]"),
    ("np.reciprocal", (2.0,), "def forward(self, x): self.z = 1 / x; return self.z\ndef backward(self, dz): return [-(self.z**2) * dz]"),
    ("expm1 and log1p", (0.5,), "def forward(self, x): self.x = x; return np.log1p(np.exp(x))\ndef backward(self, dz): return [dz / (1 + np.exp(-self.x))]"),
    ("by logarithms", (2.0, 3.0), "def forward(self, x, y): self.x, self.y, self.z = x, y, x**y; return self.z\ndef backward(self, dz): return [self.y * self.z / self.x * dz, np.log(self.x) * self.z * dz]"),
    # what is saved, and where
    ("one tuple", (3.0, -4.0), "def forward(self, *both): self.cache = both; return both[0] * both[1]\ndef backward(self, dz): x, y = self.cache; return [y * dz, x * dz]"),
    ("a dict", (3.0, -4.0), "def forward(self, x, y): self.cache = dict(x=x, y=y); return x * y\ndef backward(self, dz): return [self.cache['y'] * dz, self.cache['x'] * dz]"),
    ("a stack that is emptied", (2.0,), "def __init__(self, *nodes, **kw): self.stack = []; super().__init__(*nodes, **kw)\ndef forward(self, x): self.stack.append(x); return x * x\ndef backward(self, dz): return [2 * self.stack.pop() * dz]"),
    ("a memory that is freed", (2.0,), "def forward(self, x): self.x = x; return x * x\ndef backward(self, dz):\n    dx = 2 * self.x * dz\n    del self.x\n    return [dx]"),
    ("a memory set to None", (2.0,), "def forward(self, x): self.x = x; return x * x\ndef backward(self, dz):\n    x, self.x = self.x, None\n    return [2 * x * dz]"),
    ("only the local gradient", (2.0,), "def forward(self, x): self.local = 2 * x; return x * x\ndef backward(self, dz): return [self.local * dz]"),
    ("a closure", (2.0,), "def forward(self, x):\n    self.pull = lambda dz: [2 * x * dz]\n    return x * x\ndef backward(self, dz): return self.pull(dz)"),
    ("functools.partial", (2.0,), "def forward(self, x):\n    self.pull = functools.partial(operator.mul, 2 * x)\n    return x * x\ndef backward(self, dz): return [self.pull(dz)]"),
    ("a namespace", (3.0, -4.0), "def forward(self, x, y): self.at = types.SimpleNamespace(x=x, y=y); return x * y\ndef backward(self, dz): return [self.at.y * dz, self.at.x * dz]"),
    ("a named tuple", (3.0, -4.0), "Saved = collections.namedtuple('Saved', 'x y')\ndef forward(self, x, y): self.at = self.Saved(x, y); return x * y\ndef backward(self, dz): return [self.at.y * dz, self.at.x * dz]"),
    ("setattr", (2.0,), "def forward(self, x): setattr(self, 'kept', x); return x * x\ndef backward(self, dz): return [2 * getattr(self, 'kept') * dz]"),
    ("computed again in backward", (2.0,), "def forward(self, x): self.x = x; return np.exp(x)\ndef backward(self, dz): return [self.forward(self.x) * dz]"),
    ("copies", (V,), "def forward(self, x): self.x = x.copy(); return np.square(self.x)\ndef backward(self, dz): return [2 * self.x.copy() * dz.copy()]"),
    ("in place on an array of its own", (V,), "def forward(self, x):\n    z = np.array(x)\n    z *= z\n    self.x = x\n    return z\ndef backward(self, dz):\n    dx = np.full(3, 2.0)\n    dx *= self.x\n    dx *= dz\n    return [dx]"),
    ("out=", (V,), ONE + "def backward(self, dz):\n    out = np.empty(3)\n    np.multiply(3 * self.x**2, dz, out=out)\n    return [out]"),
    # how it is written
    ("a walrus", (2.0,), "def forward(self, x): return (z := x * x) + 0 * (self.__dict__.update(x=x) or 0)\ndef backward(self, dz): return [(two := 2) * self.x * dz]"),
    ("type hints", (2.0,), "def forward(self, x: float) -> float:\n    self.x: float = x\n    return x**3\ndef backward(self, dz: float) -> typing.List[float]: return [3 * self.x**2 * dz]"),
    ("asserts", (V,), "def forward(self, x):\n    assert np.ndim(x) == 1\n    self.x = x\n    return x**3\ndef backward(self, dz):\n    assert dz.shape == self.x.shape\n    return [3 * self.x**2 * dz]"),
    ("staged", (V,), ONE + "def backward(self, dz):\n    square = self.x * self.x\n    local = 3 * square\n    dx = local * dz\n    return [dx]"),
    ("a helper of the notebook", (2.0,), ONE + "def backward(self, dz): return [slope(self.x) * dz]"),
    ("a helper method", (2.0,), ONE + "def local(self): return 3 * self.x**2\ndef backward(self, dz): return [self.local() * dz]"),
    ("a property", (2.0,), ONE + "@property\ndef local(self): return 3 * self.x**2\ndef backward(self, dz): return [self.local * dz]"),
    ("a static method", (2.0,), ONE + "@staticmethod\ndef local(x): return 3 * x**2\ndef backward(self, dz): return [self.local(self.x) * dz]"),
    ("a class method", (2.0,), ONE + "@classmethod\ndef local(cls, x): return 3 * x**2\ndef backward(self, dz): return [self.local(self.x) * dz]"),
    ("lambdas as methods", (2.0,), "forward = lambda self, x: self.__dict__.update(x=x) or x * x\nbackward = lambda self, dz: [2 * self.x * dz]"),
    ("other names for all", (2.0,), "def forward(this, eingang): this.e = eingang; return eingang**3\ndef backward(this, oben): return [3 * this.e**2 * oben]"),
    ("Korean names", (2.0,), "def forward(self, 입력): self.값 = 입력; return 입력**3\ndef backward(self, 위): return [3 * self.값**2 * 위]"),
    ("a yield in the list", (3.0, -4.0), TWO + "def backward(self, dz): return [*(v * dz for v in (self.y, self.x))]"),
    ("try and finally", (2.0,), ONE + "def backward(self, dz):\n    try:\n        return [3 * self.x**2 * dz]\n    finally:\n        pass"),
    ("an early return", (2.0,), ONE + "def backward(self, dz):\n    if dz == 0: return [0.0]\n    return [3 * self.x**2 * dz]"),
    ("match", (2.0,), RELU + "def backward(self, dz):\n    match bool(self.x > 0):\n        case True: return [dz]\n        case _: return [0.0]"),
    ("a branch of Python", (2.0, 5.0), "def forward(self, x, y):\n    self.first = x >= y\n    return x if self.first else y\ndef backward(self, dz): return [dz, 0.0] if self.first else [0.0, dz]"),
    ("argmax of a stack", (V, [2.0, -5.0, 1.0]), "def forward(self, x, y):\n    both = np.stack([x, y])\n    self.who = both.argmax(0)\n    return both.max(0)\ndef backward(self, dz): return [dz * (self.who == k) for k in (0, 1)]"),
    ("half each at a tie", (2.0, 2.0), "def forward(self, x, y): self.x, self.y = x, y; return max(x, y)\ndef backward(self, dz):\n    on = (self.x > self.y) + 0.5 * (self.x == self.y)\n    return [dz * on, dz * (1 - on)]"),
    # whole arrays to one number
    ("a sum", (V,), "def forward(self, x): self.x = x; return x.sum()\ndef backward(self, dz): return [np.full_like(self.x, dz)]"),
    ("a mean by broadcast_to", (V,), "def forward(self, x): self.n = x.size; return np.mean(x)\ndef backward(self, dz): return [np.broadcast_to(dz / self.n, 3)]"),
    ("a norm by dot", (V,), "def forward(self, q): self.q = q; return q @ q\ndef backward(self, dz): return [2 * dz * self.q]"),
    ("np.linalg.norm", (V,), "def forward(self, q): self.q, self.z = q, np.linalg.norm(q); return self.z\ndef backward(self, dz): return [self.q / self.z * dz]"),
    ("logsumexp", (V,), "def forward(self, s):\n    e = np.exp(s - s.max())\n    self.p = e / e.sum()\n    return s.max() + np.log(e.sum())\ndef backward(self, dz): return [self.p * dz]"),
    ("softmax with its Jacobian", (V,), "def forward(self, s): e = np.exp(s - max(s)); self.p = e / e.sum(); return self.p\ndef backward(self, dz): return [(np.diag(self.p) - np.outer(self.p, self.p)) @ dz]"),
    ("softmax without", (V,), "def forward(self, s): e = np.exp(s - max(s)); self.p = e / e.sum(); return self.p\ndef backward(self, dz): return [self.p * (dz - self.p @ dz)]"),
    ("a transpose", (W,), "def forward(self, A): return A.T\ndef backward(self, dz): return [dz.T]"),
    ("a reshape", (W,), "def forward(self, A): self.shape = A.shape; return A.ravel()\ndef backward(self, dz): return [dz.reshape(self.shape)]"),
    ("a cumulative sum", (V,), "def forward(self, x): return np.cumsum(x)\ndef backward(self, dz): return [np.cumsum(dz[::-1])[::-1]]"),
    ("sorted", (V,), "def forward(self, x): self.order = np.argsort(x); return x[self.order]\ndef backward(self, dz):\n    dx = np.empty(3)\n    dx[self.order] = dz\n    return [dx]"),
]  # fmt: skip


def made(body, base):
    """The class, as a notebook's cell makes it."""
    space = {}
    run_as_cell(TOOLS, space)
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    run_as_cell(f"class Mine{base}:\n{lines}\n", space)
    return space["Mine"]


ROWS = pytest.mark.parametrize(
    ("inputs", "body"), [r[1:] for r in GATES], ids=[r[0] for r in GATES]
)


@ROWS
def test_a_right_gate_is_right_however_it_is_written(inputs, body):
    kind = made(body, "(Gate)")
    report = check_gate(kind, *inputs)
    assert report.mark == "✓" or (report.mark == "△" and report.reason == "kink"), report


@ROWS
def test_so_is_its_graph(inputs, body):
    kind = made(body, "(Gate)")
    nodes = [Input(value, f"x{k}") for k, value in enumerate(inputs)]
    graph = ComputationalGraph(kind(*nodes).sum())
    report = check_gradients(graph)
    assert report.mark == "✓" or (report.mark == "△" and report.reason == "kink"), report


def test_the_rows_differ():
    assert len({body for _, _, body in GATES}) == len({name for name, *_ in GATES}) == len(GATES)
    assert len(GATES) >= 80
