"""Answers to the exercises of notebooks 11 and 12: wrong ones, and right ones that few would write.

A wrong row: what is written, and the reasons that are true there (empty: no known mistake).
"""

import pytest
from exercises import report_on, source_of
from test_unusual_answers import functions
from test_wrong_answers import judged

SOLVED = """def exp(x):
    e = math.exp(x.value)
    return Value(e, "exp", [x], [e])

def reciprocal(x):
    return Value(1 / x.value, "1/x", [x], [-1 / x.value**2])

def maximum(x, y):
    w = float(x.value >= y.value)
    return Value(max(x.value, y.value), "max", [x, y], [w, 1 - w])

"""
LOCAL = {
    "exp(x)": 'e = math.exp(x.value)\nreturn Value(e, "exp", [x], [{}])',
    "reciprocal(x)": 'return Value(1 / x.value, "1/x", [x], [{}])',
    "maximum(x, y)": 'return Value(max(x.value, y.value), "max", [x, y], [{}])',
}
ORDER = """def order(output):
    nodes = []
    def visit(node):
        {}
    visit(output)
    return nodes
"""
BACKWARD = """def backward(output):
    nodes = order(output)
    for node in nodes:
        node.grad = 0.0
    output.grad = 1.0
    for node in reversed(nodes):
        for x, local in zip(node.inputs, node.local, strict=True):
            x.grad += node.grad * local
"""
LINE = "x.grad += node.grad * local"
HEADS = {
    "12 fill": "layer_backward(dout, cache)",
    "12 build": "loss_backward(scores, y)",
    "12 slip": "train(graph, rate, steps)",
}
FIRST = {
    "12 fill": "X, W = cache\n",
    "12 build": "p = 1 / (1 + np.exp(-scores))\n",
    "12 slip": "losses = []\nfor step in range(steps):\n    ",
}
LAST = {"12 slip": "\nreturn losses"}


def operation(head, body):
    """The three operations, solved but for this one; a body without `return` is its local list."""
    body = body if "return" in body else LOCAL[head].format(body)
    return SOLVED + functions(head, [body])[0]


def visit(body):
    """An `order` whose `visit` does this."""
    return ORDER.format(body.replace("\n", "\n        "))


def changed(old, new):
    """A right `backward` with one piece replaced."""
    assert old in BACKWARD, old
    return BACKWARD.replace(old, new)


def function(exercise, body):
    """The function of notebook 12, with its first and last lines."""
    body = FIRST[exercise] + body + LAST.get(exercise, "")
    return functions(HEADS[exercise], [body])[0]


LOCALS = [
    ("exp(x)", "1.0", ""),
    ("exp(x)", "x.value * e", ""),
    ("exp(x)", "1 / e", ""),
    ("exp(x)", "e * e", ""),
    ("exp(x)", "math.exp(-x.value)", ""),
    ("exp(x)", 'e = math.exp(x.value)\nreturn Value(e, "exp", [], [e])', "wrong_count"),
    ("exp(x)", 'return Value(math.exp(-x.value), "exp", [x], [math.exp(x.value)])', ""),
    ("exp(x)", "x", "not_a_number"),
    ("reciprocal(x)", "-1 / x.value", ""),
    ("reciprocal(x)", "1 / x.value", ""),
    ("reciprocal(x)", "math.log(x.value)", "stopped"),
    ("reciprocal(x)", "-1 / x.value**3", ""),
    ("reciprocal(x)", "-2 / x.value**2", "factor_two"),
    ("reciprocal(x)", "-x.value", ""),
    ("reciprocal(x)", 'r = 1 / x.value\nreturn Value(r, "1/x", [x], [r * r])', "sign"),
    ("reciprocal(x)", "return 1 / x.value", "wrong_return"),
    ("maximum(x, y)", "x.value, y.value", "gave_the_value max_gives_value"),
    ("maximum(x, y)", "0.5, 0.5", ""),
    ("maximum(x, y)", "max(x.value, y.value), 0.0", ""),
    ("maximum(x, y)", "1.0, 0.0", "wrong_mask"),
    ("maximum(x, y)", "x.value > 0, y.value > 0", "wrong_mask"),
    ("maximum(x, y)", "0.0, 0.0", "wrong_mask"),
    ("maximum(x, y)", 'return Value(min(x.value, y.value), "max", [x, y], [1.0, 0.0])', ""),
    ("maximum(x, y)", "return x if x.value >= y.value else y", "wrong_count"),
]
VISITS = [
    (
        "if not nodes or nodes[-1] is not node:\n    for x in node.inputs:\n        visit(x)\n    nodes.append(node)",
        "node_twice",
    ),
    (
        "for x in node.inputs:\n    if x not in nodes:\n        visit(x)\n        nodes.append(node)",
        "node_missing",
    ),
    (
        "nodes.append(node)\nfor x in node.inputs:\n    if x not in nodes:\n        visit(x)",
        "gate_before_input",
    ),
    (
        "for x in node.inputs[1:]:\n    visit(x)\nif node not in nodes:\n    nodes.append(node)",
        "node_missing",
    ),
    ("for x in node.inputs:\n    nodes.append(x)\n    visit(x)", "node_missing"),
    (
        "if node.inputs:\n    for x in node.inputs:\n        visit(x)\n    if node not in nodes:\n        nodes.append(node)",
        "node_missing",
    ),
    (
        "if node not in nodes:\n    nodes.insert(0, node)\n    for x in node.inputs:\n        visit(x)\n    nodes.reverse()",
        "gate_before_input",
    ),
    (
        "if node in nodes:\n    nodes.remove(node)\nnodes.append(node)\nfor x in node.inputs:\n    visit(x)",
        "gate_before_input",
    ),
]
ORDERS = [
    (
        "nodes, waiting = [], [output]\nwhile waiting:\n    node = waiting.pop()\n    if node not in nodes:\n        nodes.append(node)\n        waiting += node.inputs\nreturn nodes[::-1]",
        "gate_before_input",
    ),
    (
        "nodes, waiting = [], [output]\nwhile waiting:\n    node = waiting.pop(0)\n    if node not in nodes:\n        nodes.append(node)\n        waiting += node.inputs\nreturn nodes[::-1]",
        "gate_before_input",
    ),
    ("return set([output, *output.inputs])", "wrong_return"),
    (
        "nodes = [output]\nfor node in nodes:\n    nodes = [*node.inputs, *nodes]\nreturn nodes",
        "node_missing",
    ),
]
LINES = [  # in place of the one line
    ("x.grad += x.grad * local", "nothing_sent"),
    ("x.grad += node.value * local", ""),
    ("x.grad += node.grad * x.value", ""),
    ("node.grad += x.grad * local", "nothing_sent"),
    ("x.grad = max(x.grad, node.grad * local)", ""),
    ("x.grad += node.grad / local if local else 0.0", ""),
    ("x.grad += 2 * node.grad * local", ""),
    ("x.grad += node.grad * local / len(node.inputs)", ""),
    ("x.grad += node.grad * abs(local)", ""),
    ("x.grad += node.grad ** 2 * local", ""),
    ("x.grad += node.grad * local * node.value", ""),
    ("x.grad *= node.grad * local", "nothing_sent"),
    ("x.grad += local * output.grad", "forgot_upstream"),
    ("x.value += node.grad * local", "nothing_sent"),
    ("x.grad += node.grad * local; node.grad = 0.0", ""),
    ("x.grad = x.grad + node.grad * local; break", ""),
    ("x.grad -= node.grad - local", ""),
]
PIECES = [
    ("reversed(nodes)", "reversed(nodes[:-1])", "nothing_sent"),
    ("reversed(nodes)", "nodes[::-1][:1]", "not_reversed"),
    ("node.local, strict", "reversed(node.local), strict", ""),
    ("output.grad = 1.0", "output.grad = -1.0", "first_gradient_is_one"),
    ("output.grad = 1.0", "output.grad = 2.0", "first_gradient_is_one"),
    ("node.grad = 0.0", "node.grad = 1.0", ""),
    ("node.grad = 0.0", "node.grad = 0.0 if node.inputs else node.grad", "old_gradients_left"),
]
BACKWARDS = [
    (
        "for node in reversed(order(output)):\n    node.grad = 0.0\n    if node is output:\n        node.grad = 1.0\n    for x, local in zip(node.inputs, node.local, strict=True):\n        x.grad += node.grad * local",
        "nothing_sent",
    ),
    (
        "output.grad = 1.0\nfor x, local in zip(output.inputs, output.local):\n    x.grad = local",
        "not_reversed",
    ),
    (
        "output.grad = 1.0\nfor node in order(output):\n    for x, local in zip(node.inputs, node.local):\n        node.grad += x.grad * local",
        "nothing_sent",
    ),
]
OF_TWELVE = {
    "12 fill": [
        ("return dout @ W.T, X.T @ dout, dout.sum(axis=0, keepdims=True)", "wrong_shape"),
        ("return dout * W.sum(), X.T @ dout, dout.sum(axis=0)", "wrong_shape"),
        ("return dout @ W.T, X.T @ dout, dout.sum(axis=0) / len(W)", ""),
        ("return dout @ W.T, X.T @ dout, dout.max(axis=0)", ""),
        ("return dout @ W.T, (dout.T @ X).T / len(X), dout.sum(axis=0) / len(X)", "mean_of_shares"),
        ("return dout @ W.T, 2 * X.T @ dout, dout.sum(axis=0)", "factor_two"),
        ("return X @ W @ W.T, X.T @ dout, dout.sum(axis=0)", ""),
        ("return dout @ W.T, X.T @ (X @ W), dout.sum(axis=0)", ""),
        ("return X.T @ dout, dout @ W.T, dout.sum(axis=0)", "other_gradient"),
        ("return dout @ W.T + X, X.T @ dout, dout.sum(axis=0)", ""),
        ("return (dout @ W.T, X.T @ dout), dout.sum(axis=0)", "wrong_return"),
        ("dX = dout @ W.T\ndW = X.T @ dX\nreturn dX, dW, dout.sum(axis=0)", "wrong_shape"),
        ("return dout @ W.T, np.outer(X[0], dout[0]), dout.sum(axis=0)", ""),
        ("return dout @ W.T, X.T @ dout, dout[-1]", "one_path_of_two"),
        ("return dout @ W.T, X.T @ dout, np.ones(W.shape[1])", "forgot_upstream"),
        ("return dout @ np.linalg.pinv(W), X.T @ dout, dout.sum(axis=0)", ""),
        ("return dout @ W.T, X.T @ dout, np.abs(dout).sum(axis=0)", ""),
        ("return W.T, X.T, np.ones(W.shape[1])", "wrong_shape"),
        ("return -dout @ W.T, -X.T @ dout, -dout.sum(axis=0)", "sign"),
    ],
    "12 build": [
        ("return (y - p).mean()", "wrong_shape"),
        ("return p - 1", "right_for_yes_alone"),
        ("return -np.log(p) / len(y)", ""),
        ("return -(y * np.log(p) + (1 - y) * np.log(1 - p))", ""),
        ("return (p > 0.5) - y", ""),
        ("return ((p > 0.5) - y) / len(y)", ""),
        ("return (p - y) / 2", ""),
        ("return -(y / p) / len(y)", "stopped_at_p"),
        ("return (p - y) ** 2 / len(y)", ""),
        ("return 2 * (p - y) / len(y)", "factor_two"),
        ("return (p - 1) / len(y)", "right_for_yes_alone"),
        ("return np.where(y == 1, p - 1, 0.0) / len(y)", ""),
        ("return (p - y) / len(y) ** 2", ""),
        ("return (p - y).sum()", "wrong_shape"),
        ("return np.abs(p - y) / len(y)", ""),
        ("return p * (1 - p) / len(y)", ""),
        ("return (p - y) * scores / len(y)", ""),
        ("return (1 - p - y) / len(y)", ""),
        ("return (p + y) / len(y)", ""),
        ("s = np.exp(scores)\nreturn (s / s.sum() - y) / len(y)", ""),
        ("return list((p - y) / len(y))[:-1]", "wrong_shape"),
        ("p = np.tanh(scores)\nreturn (p - y) / len(y)", ""),
    ],
    "12 slip": [
        ("grads = graph.backward()\n    losses.append(graph.forward(w=rate * grads['w']))", ""),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=-rate * grads['w']))", "step_without_weight"),
        ("if step:\n        losses.append(graph.forward(w=graph['w'].value - rate * graph.backward()['w']))", "last_step_missing"),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value - rate / grads['w']))", ""),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value * (1 - rate * grads['w'])))", ""),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value - rate * abs(grads['w'])))", ""),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value - rate * grads['w'] / steps))", ""),
        ("grads = graph.backward()\n    w = graph['w'].value - rate * grads['w']\n    losses.append(graph.output.value)", "not_updated"),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value - rate * grads['w'], x=graph['x'].value - rate * grads['x']))", ""),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value - rate * grads['y']))", ""),
        ("grads = graph.backward()\n    graph.backward(accumulate=True)\n    losses.append(graph.forward(w=graph['w'].value - rate * graph['w'].grad))", ""),
        ("grads = graph.backward()\n    rate = rate * 0.5\n    losses.append(graph.forward(w=graph['w'].value - rate * grads['w']))", ""),
        ("grads = graph.backward()\n    losses.append(graph.forward(w=graph['w'].value - rate * losses[-1] if losses else graph['w'].value - rate * graph.output.value))", ""),
        ("losses.append(graph.forward(w=graph['w'].value - rate * graph['w'].grad))", "stopped"),
        ("grads = graph.backward(upstream=2.0)\n    losses.append(graph.forward(w=graph['w'].value - rate * grads['w']))", ""),
    ],
}  # fmt: skip
WRONG = [
    *(("11 local", operation(head, body), true) for head, body, true in LOCALS),
    *(("11 slip", visit(body), true) for body, true in VISITS),
    *(("11 slip", functions("order(output)", [body])[0], true) for body, true in ORDERS),
    *(("11 fill", changed(LINE, line), true) for line, true in LINES),
    *(("11 fill", changed(old, new), true) for old, new, true in PIECES),
    *(("11 fill", functions("backward(output)", [body])[0], true) for body, true in BACKWARDS),
    *((name, function(name, b), true) for name, rows in OF_TWELVE.items() for b, true in rows),
]


@pytest.mark.parametrize(("exercise", "cell", "true"), WRONG)
def test_a_wrong_answer_gets_its_reason_or_none_that_is_not_true(exercise, cell, true):
    assert judged(exercise, cell) == ("✗", set(true.split()))


def test_there_are_thirty_wrong_answers_to_each_notebook():
    assert all(sum(row[0][:2] == number for row in WRONG) >= 30 for number in ("11", "12"))


RIGHT = {
    "11 local": [
        operation("exp(x)", 'return Value(math.exp(x.value), "exp", [x], [math.exp(x.value)])'),
        operation("exp(x)", 'out = Value(math.e ** x.value, "exp", [x])\nout.local = [out.value]\nreturn out'),
        operation("exp(x)", 'e = math.exp(x.value)\nreturn Value(e, name="exp", inputs=(x,), local=(e,))'),
        operation("reciprocal(x)", 'r = 1 / x.value\nreturn Value(r, "1/x", [x], [-r * r])'),
        operation("reciprocal(x)", 'return Value(x.value ** -1, "1/x", [x], [-1 * x.value ** -2])'),
        operation("reciprocal(x)", 'return Value(1 / x.value, "1/x", [x], [-math.pow(1 / x.value, 2)])'),
        operation("maximum(x, y)", 'return Value(max(x.value, y.value), "max", [x, y], [x.value > y.value, x.value <= y.value])'),
        operation("maximum(x, y)", 'if x.value > y.value:\n    return Value(x.value, "max", [x, y], [1, 0])\nreturn Value(y.value, "max", [x, y], [0, 1])'),
        operation("maximum(x, y)", 'a, b = x.value, y.value\nreturn Value(a if a > b else b, "max", [x, y], [0.5 + 0.5 * (a > b) - 0.5 * (a < b), 0.5 + 0.5 * (b > a) - 0.5 * (b < a)])'),
        operation("maximum(x, y)", 'm = max(x.value, y.value)\nreturn Value(m, "max", [x, y], [float(v.value == m) for v in (x, y)])'),
    ],
    "11 slip": [
        "def order(output):\n    nodes = []\n    def visit(node):\n        if node in nodes:\n            return\n        for x in node.inputs:\n            visit(x)\n        nodes.append(node)\n    visit(output)\n    return nodes",
        "def order(output):\n    nodes = []\n    def visit(node):\n        [visit(x) for x in node.inputs if x not in nodes]\n        nodes.append(node) if node not in nodes else None\n    visit(output)\n    return nodes",
        "def order(output):\n    seen = {}\n    def visit(node):\n        if node not in seen:\n            for x in reversed(node.inputs):\n                visit(x)\n            seen[node] = True\n    visit(output)\n    return list(seen)",
        "def order(output):\n    nodes, waiting = [], [output]\n    while waiting:\n        node = waiting[-1]\n        left = [x for x in node.inputs if x not in nodes]\n        if left:\n            waiting.append(left[0])\n        else:\n            waiting.pop()\n            nodes += [] if node in nodes else [node]\n    return nodes",
        "def order(output, nodes=None):\n    nodes = [] if nodes is None else nodes\n    for x in output.inputs:\n        order(x, nodes)\n    if output not in nodes:\n        nodes.append(output)\n    return tuple(nodes)",
        "from graphlib import TopologicalSorter\ndef order(output):\n    before, todo = {}, [output]\n    while todo:\n        node = todo.pop()\n        before[node] = node.inputs\n        todo += node.inputs\n    return list(TopologicalSorter(before).static_order())",
    ],
    "11 fill": [
        changed(LINE, "x.grad = x.grad + node.grad * local"),
        changed(LINE, "x.grad += local * node.grad"),
        changed(LINE, "share = node.grad * local; x.grad += share"),
        changed(LINE, "x.grad -= -node.grad * local"),
        "def backward(output):\n    nodes = order(output)\n    for node in nodes:\n        node.grad = float(node is output)\n    for node in reversed(nodes):\n        for x, local in zip(node.inputs, node.local, strict=True):\n            x.grad += node.grad * local",
        "def backward(output):\n    nodes = order(output)\n    for node in nodes:\n        node.grad = 0\n    output.grad = 1\n    for node in nodes[::-1]:\n        for k in range(len(node.inputs)):\n            node.inputs[k].grad += node.grad * node.local[k]",
        "def backward(output):\n    nodes = order(output)\n    for node in nodes:\n        node.grad = 0.0\n    output.grad = 1.0\n    while nodes:\n        node = nodes.pop()\n        for x, local in zip(node.inputs, node.local):\n            x.grad += node.grad * local",
        "def backward(output):\n    nodes = order(output)\n    for node in reversed(nodes):\n        node.grad = 1.0 if node is output else sum(user.grad * local for user in nodes for x, local in zip(user.inputs, user.local) if x is node)",
        "import collections\ndef backward(output):\n    grads = collections.Counter({output: 1.0})\n    for node in reversed(order(output)):\n        node.grad = grads[node]\n        for x, local in zip(node.inputs, node.local):\n            grads[x] += node.grad * local",
    ],
    "12 fill": functions("layer_backward(dout, cache)", [
        "X, W = cache\nreturn dout.dot(W.T), X.T.dot(dout), sum(dout)",
        "X, W = cache\nreturn np.einsum('nm,dm->nd', dout, W), np.einsum('nd,nm->dm', X, dout), np.einsum('nm->m', dout)",
        "X, W = cache\nreturn (W @ dout.T).T, (dout.T @ X).T, dout.T.sum(1)",
        "X, W = cache\ndX, dW, db = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1])\nfor n in range(len(X)):\n    dX[n] += W @ dout[n]\n    dW += np.outer(X[n], dout[n])\n    db += dout[n]\nreturn [dX, dW, db]",
        "X, W = cache\nreturn np.inner(dout, W), sum(np.outer(x, d) for x, d in zip(X, dout)), dout.mean(0) * len(dout)",
        "(X, W), N = cache, len(dout)\nextended = np.hstack([X, np.ones((N, 1))]).T @ dout\nreturn dout @ W.T, extended[:-1], extended[-1]",
        "X, W = cache\nreturn np.matmul(dout, np.transpose(W)), np.tensordot(X, dout, axes=(0, 0)), np.add.reduce(dout)",
    ]),
    "12 build": functions("loss_backward(scores, y)", [
        "return (1 / (1 + np.exp(-scores)) - y) / len(y)",
        "p = 0.5 * (1 + np.tanh(scores / 2))\nreturn (p - y) / y.size",
        "return np.array([(1 / (1 + np.exp(-s)) - t) / len(y) for s, t in zip(scores, y)])",
        "p = 1 / (1 + np.exp(-scores))\nreturn (-y / p + (1 - y) / (1 - p)) * p * (1 - p) / len(scores)",
        "e = np.exp(scores)\nreturn (e / (1 + e) - y) * (1 / scores.shape[0])",
        "sign = 2 * y - 1\nreturn -sign / (1 + np.exp(sign * scores)) / len(y)",
    ]),
    "12 slip": functions("train(graph, rate, steps)", [
        "return [graph.forward(w=graph['w'].value - rate * graph.backward()['w']) for _ in range(steps)]",
        "losses = []\nwhile len(losses) < steps:\n    graph.backward()\n    losses += [graph.forward(w=graph['w'].value - rate * graph['w'].grad)]\nreturn losses",
        "w, x, y = (graph[n].value for n in 'wxy')\nlosses = []\nfor _ in range(steps):\n    w -= rate * 2 * (w * x - y) * x\n    losses.append(graph.forward(w=w))\nreturn losses",
        "losses = []\nfor step in range(steps):\n    graph.forward()\n    g = graph.backward(accumulate=False)['w']\n    losses.append(graph.forward(w=graph['w'].value + -rate * g))\nreturn losses",
        "for step in range(steps):\n    grads = graph.backward()\n    graph.forward(w=graph['w'].value - rate * grads['w'])",
    ]),
}  # fmt: skip
CASES = [(exercise, cell) for exercise, cells in RIGHT.items() for cell in cells]


@pytest.mark.parametrize(("exercise", "cell"), CASES)
def test_a_right_answer_is_right_however_it_is_written(exercise, cell):
    shown = str(report_on(exercise, f"import numpy as np\n{source_of(exercise)}\n{cell}"))
    assert shown.startswith("✓")
    assert "✗" not in shown


def test_there_are_fifteen_right_answers_to_each_notebook():
    assert all(sum(case[0][:2] == number for case in CASES) >= 15 for number in ("11", "12"))
