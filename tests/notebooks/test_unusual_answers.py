"""Right answers to the exercises, written as few would write them: every check says ✓."""

import pytest
from exercises import report_on, source_of

HEAD = "import math, functools, operator, collections, fractions, decimal\n"


def gates(name, inputs, forward, backwards, upstream="dz", base="(Gate)"):
    """Cells with a gate, for each text of its backward."""
    head = f"class {name}{base}:\n    def forward(self, {inputs}):\n        {forward}\n"
    return [f"{head}    def backward(self, {upstream}):\n        {text}" for text in backwards]


def functions(head, bodies):
    """Cells with a function, for each text of its body; a line break may stand in it."""
    return [f"def {head}:\n    " + body.replace("\n", "\n    ") for body in bodies]


RIGHT = {
    "00 exercise": [
        "answer = -2.0", "answer = np.float32(-2)", "answer = [-2][0]", "answer = fractions.Fraction(-4, 2)",
        "answer = np.array(-2)", "answer = 1 * b.value", "answer = int('-2')",
    ],
    "01 predict": [
        "answers = dict(q=6, z=-3, x=6, y=6)",
        "answers = {k: v for k, v in zip('qzxy', (6, -3, 6, 6))}",
        "answers['q'] = answers['x'] = answers['y'] = 6.0; answers['z'] = -3.0",
        "answers |= {'q': 6, 'z': -3} | dict.fromkeys('xy', 6)",
        "answers = collections.OrderedDict(y=6, x=6, z=-3, q=6)",
        "answers.update(q=np.float64(6), z=np.int64(-3), x=6, y=6)",
        "answers = {'q': 6, 'z': -3, 'x': 6, 'y': 6, 'f': 1}",
    ],
    "01 slip": functions(
        "backward_pass(x, y, z)",
        ["return {'q': z, 'z': x + y, 'x': z, 'y': z}",
         "dq, dz = z, x + y\nreturn dict(q=dq, z=dz, x=dq, y=dq)",
         "grads = {'f': 1.0}\ngrads['q'] = z * grads['f']\ngrads['z'] = (x + y) * grads['f']\n"
         "for name in 'xy': grads[name] = grads['q']\nreturn grads",
         "return lecture.add_multiply(x, y, z).backward() | {'q': z}",
         "return {name: z for name in ('q', 'x', 'y')} | {'z': x + y}",
         "pass\nreturn (lambda x, y, z: dict.fromkeys('qxy', z) | {'z': x + y})(x, y, z)"],
    ),
    "01 build": [
        "my_graph = ComputationalGraph(u * v + w); my_answers = {'u': 1, 'v': 4, 'w': 1}",
        "my_graph = parse('(a - b) / c', a=1, b=2, c=4); my_answers = {'a': 0.25, 'b': -0.25, 'c': 0.0625}",
        "my_graph = ComputationalGraph(u + v + w); my_answers = dict.fromkeys('uvw', 1)",
        "my_graph = ComputationalGraph((u - v) * w); my_answers = {'w': 3, 'v': 2, 'u': -2}",
        "my_graph = parse('a * b * 3', a=2, b=5); my_answers = {'a': 15, 'b': 6}",
        "my_graph = parse('exp(2 * a)', a=0); my_answers = {'a': 2}",
        "my_graph = lecture.add_multiply(1.0, 2.0, 3.0); my_answers = {'x': 3, 'y': 3, 'z': 3}",
        "my_graph = ComputationalGraph(u * u + v); my_answers = {'u': 8, 'v': 1}",
    ],
    "02 predict": [
        "s = 0.5; d = s * (1 - s); answers = {'v4': d, 'w2': d, 'w0': 4 * d, 'x0': 3 * d, 'w1': 3 * d, 'x1': -5 * d}",
        "answers = dict(v4=1/4, w2=1/4, w0=1, x0=3/4, w1=3/4, x1=-5/4)",
        "answers = {k: n / 4 for k, n in dict(v4=1, w2=1, w0=4, x0=3, w1=3, x1=-5).items()}",
        "answers = dict(v4=.25, w2=.25, w0=1, x0=np.float32(.75), w1=np.array(.75), x1=-1.25)",
    ],
    "02 slip": gates(
        "NotesSigmoidGate", "x", "self.z = 1.0 / (1.0 + exp(-x)); return self.z",
        ["return (self.z - self.z**2) * dz", "return [dz * self.z - dz * self.z * self.z]",
         "z = self.z; return (z * (1 - z) * dz,)", "return [np.multiply(self.z, 1 - self.z) * dz]"],
    ) + gates("NotesSigmoidGate", "x", "self.x = x; return 1.0 / (1.0 + exp(-x))",
              ["e = exp(-self.x); return [e / (1 + e) ** 2 * dz]",
               "return [dz / (exp(self.x) + 2 + exp(-self.x))]",
               "t = np.tanh(self.x / 2); return [(1 - t * t) / 4 * dz]"]),
    "02 build": gates(
        "NegativeExpGate", "x", "self.z = exp(-x); return self.z",
        ["return -self.z * dz", "return [-(self.z * dz)]", "dx = dz; dx = dx * -1; return [dx * self.z]",
         "return (np.negative(self.z) * dz,)"],
    ) + gates("NegativeExpGate", "x", "self.x = x; return exp(-x)", ["return [-exp(-self.x) * dz]"]),
    "03 slip-max": gates(
        "NotesMaxGate", "x, y", "self.x, self.y = x, y; return maximum(x, y)",
        ["return [dz, 0.0] if self.x > self.y else [0.0, dz]", "on = self.x > self.y; return [on * dz, (not on) * dz]",
         "return [dz * (self.x >= self.y), dz * (self.y > self.x)]",
         "return list(np.array([self.x > self.y, self.y >= self.x]) * dz)"],
    ) + gates("NotesMaxGate", "x, y", "self.x_wins = x > y; return x if self.x_wins else y",
              ["return [dz if self.x_wins else 0.0, 0.0 if self.x_wins else dz]"]),
    "03 slip-multiply": gates(
        "NotesMultiplyGate", "x, y", "self.both = x, y; return x * y",
        ["x, y = self.both; return [y * dz, x * dz]", "return [v * dz for v in reversed(self.both)]",
         "return tuple(v * dz for v in self.both[::-1])", "return list(map(dz.__mul__, self.both[::-1]))"],
    ),
    "03 build": [
        "k, z, w = -6.0, -2.0, -1.0", "k, w = -6, 10", "k, x, y, z, w = -6, 0, 0, 0, 1",
        "k = -6.0; w = z + 1", "k = np.float64(-6); z, w = w, z", "k, z = -2.0 * 3, -100.0",
    ],
    "03 name": ["A, B, C = [MultiplyGate(), MaxGate(), AddGate()]", "A, B, C = B, C, A",
                "C = AddGate(); B = MaxGate(); A = MultiplyGate()"],
    "03 plus": functions(
        "backward_pass(a, b)",
        ["return {'a': b + 1, 'b': a + 2 * b + 1}", "c, d = a + b, b + 1\nreturn {'b': c + d, 'a': d}",
         "grads = collections.Counter()\nfor name in 'ab': grads[name] += b + 1\ngrads['b'] += a + b\nreturn dict(grads)",
         "g = lecture.branch(a, b).backward()\nreturn g"],
    ),
    "04 size": [
        "answers = {'entries': 1e6, 'bytes': 4e6}", "answers = dict(bytes=4 * 1000**2, entries=1000**2)",
        "J = np.zeros((1000, 1000), 'f4'); answers = {'entries': J.size, 'bytes': J.nbytes}",
        "answers['entries'] = 10**6; answers['bytes'] = 4 * answers['entries']",
    ],
    "04 slip": gates(
        "MyReluGate", "x", "self.x = x; return np.maximum(0, x)",
        ["return [np.where(self.x > 0, dz, 0)]", "dx = dz.copy(); dx[self.x <= 0] = 0; return [dx]",
         "return dz * np.sign(np.maximum(0, self.x))", "return [np.array([g * (a > 0) for a, g in zip(self.x, dz)])]",
         "return np.einsum('i,i->i', self.x > 0, dz)"], base="",
    ) + gates("MyReluGate", "x", "self.on = x > 0; return x * self.on", ["return [self.on * dz]"], base=""),
    "04 build": gates(
        "CubeGate", "x", "self.x = x; return x * x * x",
        ["return [3 * np.square(self.x) * dz]", "x = self.x; return [dz * (x * x + x * x + x * x)]",
         "return 3 * np.power(self.x, 2) * dz", "dx = np.empty_like(dz); dx[:] = dz * 3 * self.x**2; return [dx]",
         "return [np.prod([3 * self.x, self.x, dz], axis=0)]"], base="",
    ),
    "04 more": ["by_hand = np.diag([1, 0, 1])", "by_hand = ((1, 0, 0), (0, 0, 0), (0, 0, 1))",
                "by_hand = np.eye(3) * (np.array([2, -1, 3]) > 0)", "by_hand = np.zeros((3, 3)); by_hand[0, 0] = by_hand[2, 2] = 1",
                "by_hand = np.diag(np.array([2, -1, 3]) > 0)"],
    "05 derive": [
        "answers = {'q': q + q, 'W': 2 * q[:, None] * x, 'x': 2 * q @ W}",
        "answers = {'q': 2 * W @ x, 'W': np.einsum('i,j->ij', 2 * q, x), 'x': np.einsum('i,ij->j', 2 * q, W)}",
        "answers = {'q': [2 * a for a in q], 'W': [[2 * a * b for b in x] for a in q], 'x': (2 * W.T @ W @ x).tolist()}",
        "answers = {'q': 2 * q, 'W': 2 * q.reshape(2, 1) @ x.reshape(1, 2), 'x': (2 * q[:, None] * W).sum(axis=0)}",
        "answers = {'q': 2 * q, 'W': np.multiply.outer(2 * q, x), 'x': np.dot(2 * q, W)}",
        "answers = {'q': np.array([0.44, 0.52]), 'W': [[0.088, 0.176], [0.104, 0.208]], 'x': [-0.112, 0.636]}",
    ],
    "05 slip": gates(
        "MatrixVectorGate", "W, x", "self.W, self.x = W, x; return np.dot(W, x)",
        ["return [dq[:, None] * self.x, dq @ self.W]", "return [np.outer(dq, self.x), np.einsum('k,ki->i', dq, self.W)]",
         "return [np.outer(dq, self.x), sum(d * row for d, row in zip(dq, self.W))]",
         "return np.outer(dq, self.x), np.dot(self.W.T, dq)"], upstream="dq", base="",
    ),
    "05 build": gates(
        "MyMatMulGate", "X, W", "self.X, self.W = X, W; return X.dot(W)",
        ["return [dY.dot(self.W.T), self.X.T.dot(dY)]", "return np.einsum('nm,dm->nd', dY, self.W), np.einsum('nd,nm->dm', self.X, dY)",
         "return [np.inner(dY, self.W), sum(np.outer(x, d) for x, d in zip(self.X, dY))]",
         "return [(self.W @ dY.T).T, (dY.T @ self.X).T]"], upstream="dY", base="",
    ),
    "05 bias": ["db = np.ones(3) @ dS", "db = sum(dS)", "db = [-9, 13]", "db = dS.T.sum(1)", "db = np.einsum('nd->d', dS)",
                "db = [row.sum() for row in dS.T]", "db = dS[0] + dS[1] + dS[2]"],
    "05 two": [
        "dy = 2 * y; dh = dy @ W2.T; two_answers = {'W2': h.T @ dy, 'W1': X.T @ np.where(z > 0, dh, 0)}",
        "two_answers = dict(W2=np.einsum('nh,nd->hd', h, 2 * y), W1=np.dot(X.T, (h > 0) * (2 * y).dot(W2.T)))",
        "two_answers = {'W1': (2 * ((y @ W2.T) * (z > 0)).T @ X).T, 'W2': 2 * (y.T @ h).T}",
    ],
    "06 slip": gates(
        "NotesGate", "x, y", "self.cache = {'x': x, 'y': y}; return x * y",
        ["return [self.cache['y'] * dz, self.cache['x'] * dz]", "y, x = self.cache['y'], self.cache['x']; return (dz * y, dz * x)"],
    ),
    "06 right": ["pairs = [(0, 0), (2, 2)]", "pairs = ((3, 1.5), (1.5, 3))", "pairs = np.array([[5, 1.25], [-1, 0.5]])",
                 "pairs = [[y, y / (y - 1)] for y in (4.0, 7.0, 11.0)]", "pairs = {(2.0, 2.0), (3.0, 1.5)}",
                 "pairs = [(1.1, 1.1 / 0.1), (2, 2)]", "pairs = [(fractions.Fraction(4, 3), 4), (2, 2)]"],
    "06 build": gates(
        "SquareMixGate", "x, y", "self.x, self.y = x, y; return x * y * y",
        ["return [self.y * self.y * dz, 2 * self.x * self.y * dz]", "d = dz * self.y; return [d * self.y, d * 2 * self.x]",
         "x, y = self.x, self.y; return tuple(np.array([y**2, 2 * x * y]) * dz)"],
    ),
    "06 write": [a + b for a, b in zip(
        gates("MyAddGate", "*both", "return sum(both)", ["return (dz, dz)", "return [dz] * 2"]),
        ["\n" + g for g in gates("MyExpGate", "x", "self.z = np.exp(x); return self.z", ["return self.z * dz", "return [np.array(self.z * dz)]"])], strict=True)],
    "06 alias-gate": gates(
        "NotesReluGate", "x", "self.x = x; return np.maximum(x, 0.0)",
        ["dx = dz.copy(); dx[self.x < 0] = 0.0; return [dx]", "return [np.where(self.x > 0, dz, 0.0)]",
         "dz = dz * 1.0; dz *= self.x > 0; return [dz]", "return dz * np.heaviside(self.x, 0.0)"],
    ),
    "07 predict": ["d_scores = np.array([.1, .6, .3]) - [0, 0, 1]", "d_scores = (0.1, 0.6, -0.7)", "p = np.array([.1, .6, .3]); p[2] -= 1; d_scores = p",
                   "d_scores = np.array([.1, .6, .3]) - np.eye(3)[2]", "d_scores = [.1, .6, .3 - 1]"],
    "07 start": ["softmax_at_start, hinge_at_start = -np.log(0.1), 10 - 1", "softmax_at_start = 2.30; hinge_at_start = 9.0",
                 "softmax_at_start = math.log(10); hinge_at_start = sum(max(0, 1) for _ in range(9))"],
    "07 slip": functions(
        "svm_backward(X, W, y, reg)",
        ["N, s = len(X), X @ W\nd = np.zeros_like(s)\nfor i in range(N):\n    for j in range(s.shape[1]):\n"
         "        if j != y[i] and s[i, j] - s[i, y[i]] + 1 > 0:\n            d[i, j] += 1 / N\n            d[i, y[i]] -= 1 / N\nreturn d, 2 * reg * W",
         "s = X.dot(W)\nright = np.take_along_axis(s, y[:, None], 1)\non = ((s - right + 1) > 0) & (np.eye(s.shape[1])[y] == 0)\n"
         "d = on - np.eye(s.shape[1])[y] * on.sum(1, keepdims=True)\nreturn [d / len(y), reg * W + reg * W]"],
    ),
    "07 build": functions(
        "softmax_backward(scores, y)",
        ["e = np.exp(scores - scores.max())\np = (e.T / e.sum(1)).T\nreturn (p - np.eye(scores.shape[1])[y]) / len(y)",
         "out = []\nfor s, k in zip(scores, y):\n    p = np.exp(s) / sum(np.exp(s))\n    p[k] -= 1\n    out.append(p / len(y))\nreturn np.array(out)",
         "p = np.exp(scores)\np /= p.sum(axis=1, keepdims=True)\nnp.subtract.at(p, (np.arange(len(y)), y), 1)\nreturn (1 / len(y)) * p",
         "return [list((np.exp(s) / np.exp(s).sum() - (np.arange(len(s)) == k)) / len(y)) for s, k in zip(scores, y)]"],
    ),
    "08 predict": ["layers, neurons, parameters = 2, 110, 308310", "layers = len((100, 10)); neurons = sum((100, 10)); parameters = 3073 * 100 + 101 * 10",
                   "layers, neurons, parameters = 2.0, 110.0, 3.0831e5"],
    "08 slip": functions(
        "two_layers(W1, W2, x)",
        ["return W2.dot(W1.dot(x).clip(0))", "h = W1 @ x\nh[h < 0] = 0\nreturn W2 @ h", "return W2 @ np.where(W1 @ x > 0, W1 @ x, 0)",
         "return W2 @ [max(0, row @ x) for row in W1]", "s = W1 @ x\nreturn (W2 @ (s * (s > 0)))[0]", "return float((W2 @ ((W1 @ x + abs(W1 @ x)) / 2))[0])"],
    ),
    "08 build": functions(
        "feed_forward(x, W1, b1, W2, b2, W3, b3, f)",
        ["for W, b in ((W1, b1), (W2, b2)):\n    x = f(W @ x + b)\nreturn W3 @ x + b3", "return W3.dot(f(W2.dot(f(W1.dot(x) + b1)) + b2)) + b3",
         "layer = lambda W, h, b: W @ h + b\nreturn layer(W3, f(layer(W2, f(layer(W1, x, b1)), b2)), b3)",
         "h = functools.reduce(lambda h, p: f(p[0] @ h + p[1]), [(W1, b1), (W2, b2)], x)\nreturn (W3 @ h + b3).item()"],
    ),
    "09 slip": functions(
        "weight_shapes(N, D_in, H, D_out)",
        ["return [[D_in, H], [H, D_out]]", "sizes = D_in, H, D_out\nreturn tuple(zip(sizes, sizes[1:]))", "return np.zeros((D_in, H)).shape, np.zeros((H, D_out)).shape",
         "return np.array([[D_in, H], [H, D_out]])"],
    ),
    "09 fill": functions(
        "backward_pass(x, y, h, y_pred, w2)",
        ["g = 2 * (y_pred - y)\nreturn {'w2': np.einsum('nh,nd->hd', h, g), 'w1': x.T.dot(g.dot(w2.T) * (h - h**2))}",
         "g = 2 * y_pred - 2 * y\ngh = h * (1 - h) * (g @ w2.T)\nreturn dict(w1=sum(np.outer(a, b) for a, b in zip(x, gh)), w2=sum(np.outer(a, b) for a, b in zip(h, g)))",
         "g = (y_pred - y) + (y_pred - y)\nda = g @ w2.T\nda *= h\nda *= 1 - h\nreturn {'w1': (da.T @ x).T, 'w2': (g.T @ h).T}"],
    ),
    "09 build": functions(
        "training_step(x, y, w1, w2, rate)",
        ["*_, g1, g2 = two_layer_gradients(x, y, w1, w2)\nreturn [w1 - rate * g1, w2 - rate * g2]",
         "grads = two_layer_gradients(x, y, w1, w2)[2:]\nreturn tuple(w - rate * g for w, g in zip((w1, w2), grads))",
         "_, _, g1, g2 = two_layer_gradients(x, y, w1, w2)\nw1, w2 = w1.copy(), w2.copy()\nw1 -= rate * g1\nw2 += -rate * g2\nreturn w1, w2",
         "h = 1 / (1 + np.exp(-x @ w1))\ng = 2 * (h @ w2 - y)\nreturn w1 - rate * x.T @ (g @ w2.T * h * (1 - h)), w2 - rate * h.T @ g"],
    ),
    "10 predict": ["zebra = -1.7", "zebra = np.dot([0.4, 2.5], [2, -1])", "zebra = sum(a * b for a, b in zip((0.4, 2.5), (2, -1)))", "zebra = 0.8 - 2.5"],
    "10 slip": functions("horse_score(h, W2)", ["return h @ W2", "return sum(a * b for a, b in zip(h, W2))", "return np.inner(h, W2)", "return (h * W2).sum()",
                                                "return np.einsum('i,i', h, W2)", "total = 0\nfor k in range(len(h)):\n    total += h[k] * W2[k]\nreturn total"]),
}  # fmt: skip
CASES = [(exercise, cell) for exercise, cells in RIGHT.items() for cell in cells]


@pytest.mark.parametrize(
    ("exercise", "cell"), CASES, ids=[f"{exercise} {k}" for k, (exercise, _) in enumerate(CASES)]
)
def test_a_right_answer_is_right_however_it_is_written(exercise, cell):
    shown = str(report_on(exercise, f"import numpy as np\n{HEAD}{source_of(exercise)}\n{cell}"))
    assert "✓" in shown
    assert "✗" not in shown
    assert "△" not in shown


def test_there_are_many():
    assert len(set(CASES)) == len(CASES) >= 150
