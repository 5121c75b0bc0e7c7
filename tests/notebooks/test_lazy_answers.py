"""Work that was not done: no check of any notebook says ✓ to it.

Each line is a cell that a reader may write after the cell as given, to be done with an exercise.
"""

import pytest
from exercises import report_on, source_of
from notebook_tools import exercises, paths, read

GATE = """
class {name}{base}:
    def forward(self, {inputs}):
{save}
        return {value}

    def backward(self, {upstream}):
        return {answer}
"""


def gates(name, inputs, value, answers, base="(Gate)", upstream="dz", save="pass", also=()):
    """Cells with a gate whose backward returns each of `answers`."""
    facts = {"name": name, "inputs": inputs, "value": value, "base": base, "upstream": upstream}
    save = "        " + save
    return [*(GATE.format(**facts, save=save, answer=answer) for answer in answers), *also]


def returning(head, answers):
    """Cells with a function that returns each of `answers`."""
    return [f"def {head}:\n    return {answer}" for answer in answers]


F = "self.forward"  # it saves other numbers, so the nudged ones are kept first
NUDGED = f"[dz * ({F}((x := self.x) + 1e-6) - {F}(x - 1e-6)) / 2e-6]"
NUDGED_TWO = (
    f"[dz * ({F}((x := self.x) + 1e-6, y := self.y) - {F}(x - 1e-6, y)) / 2e-6,"
    f" dz * ({F}(x, y + 1e-6) - {F}(x, y - 1e-6)) / 2e-6]"
)
ONE, TWO = "self.x = x", "self.x, self.y = x, y"

LAZY = {
    "00 exercise": ["answer = ...", "answer = 'a'", "answer = []", "answer = 0", "answer = -5"],
    "01 predict": [
        "answers = {}",
        "answers = {'q': 6, 'z': -3, 'x': 6}",
        "answers = {'q': 6}",
        "answers = dict.fromkeys(answers, 6)",
        "answers = dict.fromkeys(answers)",
        "answers = {**answers, 'x': 6, 'y': 6}",
        "answers = {'f': 1}",
        "answers = []",
    ],
    "01 slip": returning(
        "backward_pass(x, y, z)",
        ["{}", "None", "{'q': z * 1.0, 'z': x + y}", "{'x': z}", "{'f': 1.0}", "{'x': z, 'y': z}",
         "{'q': -4, 'z': 3, 'x': -4, 'y': -4}"],
    ),
    "01 build": [
        "my_graph = ComputationalGraph(u * v + w)",
        "my_graph = ComputationalGraph((u * v).named('f')); my_answers = {'u': 1, 'v': 4}",
        "my_graph = ComputationalGraph(u * v); my_answers = {'u': 1}",
        "my_graph = ComputationalGraph(u + v + w); my_answers = {'u': 1}",
        "my_graph = ComputationalGraph(u + v + w); my_answers = {}",
        "my_graph = graph; my_answers = {'x': -4, 'y': -4, 'z': 3}",
        "my_graph = lecture.add_multiply(); my_answers = {'x': -4, 'y': -4, 'z': 3}",
        "my_graph = ComputationalGraph(u * v + w); my_answers = {'u': 1, 'v': 4}",
        "my_graph = ComputationalGraph(u * v + w); my_answers = my_graph.backward",
        "my_graph = ComputationalGraph(u + w); my_answers = {'u': 1, 'w': 1}",
        "my_graph = ComputationalGraph(u); my_answers = {'u': 1}",
        "my_graph = ComputationalGraph(u * v + w); my_answers = {'u': 1, 'v': 4, 'w': None}",
    ],
    "02 predict": [
        "answers = {}",
        "answers = {'w2': 0.25, 'v4': 0.25}",
        "answers = dict.fromkeys(answers, 0.25)",
        "answers = dict.fromkeys(answers, 0)",
        "answers = {'v4': 0.25, 'w2': 0.25, 'w0': 1.0, 'x0': 0.75, 'w1': 0.75}",
        "answers = {'f': 1}",
    ],
    "02 slip": gates(
        "NotesSigmoidGate", "x", "1.0 / (1.0 + exp(-x))",
        ["[0.0]", "[0.196612]", "[dz]", "[0.393224]", "[]", "[0.196612 * dz]", NUDGED], save=ONE,
        also=["NotesSigmoidGate = None", "NotesSigmoidGate = lecture.SIGMOID_GATES"],
    ),
    "02 build": gates(
        "NegativeExpGate", "x", "exp(-x)",
        ["[0.0]", "[-0.735759]", "[-0.367879 * dz]", "None", "[dz]", NUDGED], save=ONE,
    ),
    "03 slip-max": gates(
        "NotesMaxGate", "x, y", "maximum(x, y)",
        ["[dz, 0.0]", "[2.0, 0.0]", "[dz, dz]", "[dz / 2, dz / 2]", "[None, None]", NUDGED_TWO],
        save=TWO,
    ),
    "03 slip-multiply": gates(
        "NotesMultiplyGate", "x, y", "x * y",
        ["[-8.0, 6.0]", "[-4.0 * dz, 3.0 * dz]", "[dz, dz]", "[]", "[0.0, 0.0]", NUDGED_TWO],
        save=TWO,
    ),
    "03 build": [
        "k = 0",
        "k = -6.0",
        "k, z = 6.0, -2.0",
        "k, x, w = 2.0, -6.0, 3.0",
        "k, z, w = -6.0, 2.0, 2.0",
        "circuit = parse('w * -6 + 0 * z', w=1, z=1)",
    ],
    "03 name": [
        "A = B = C = MultiplyGate()",
        "A = B = C = AddGate()",
        "A, B, C = MaxGate(), MultiplyGate(), AddGate()",
        "A, B, C = MultiplyGate(), AddGate(), MaxGate()",
        "A, B, C = AddGate(), MaxGate(), MultiplyGate()",
    ],
    "03 plus": returning(
        "backward_pass(a, b)",
        ["{}", "None", "{'a': 3.0}", "{'b': 1.0}", "{'c': 3, 'd': 5}", "{'a': b + 1, 'b': a + b}",
         "{'a': 3.0, 'b': 8.0}"],
    ),
    "04 size": [
        "answers = {}",
        "answers = {'entries': 1000 * 1000}",
        "answers = {'bytes': 4e6}",
        "answers = {'entries': True, 'bytes': True}",
        "answers = {'entries': 0, 'bytes': 0}",
        "answers = {'entries': 'many', 'bytes': 'many'}",
    ],
    "04 slip": gates(
        "MyReluGate", "x", "np.maximum(0, x)",
        ["[dz]", "[np.zeros(4)]", "[np.array([1, 0, 1, 0]) * dz]", "[[2.0, 0.0, 0.5, 0.0]]", "[]",
         NUDGED],
        base="", save=ONE,
        also=["MyReluGate = ReluGate"],
    ),
    "04 build": gates(
        "CubeGate", "x", "x ** 3",
        ["[np.array([3, 12, 27, 3]) * dz]", "[0 * dz]", "[3 * dz]", "[dz]", "[np.ones(4)]", NUDGED],
        base="", save=ONE,
        also=["CubeGate = ReluGate"],
    ),
    "04 more": [
        "by_hand = []", "by_hand = np.eye(3)", "by_hand = 1", "by_hand = [[1], [0], [1]]",
        "by_hand = np.zeros((3, 3))", "by_hand = jacobian",
    ],
    "04 by-w": [
        "by_W = []", "by_W = np.eye(4, 6)", "by_W = x", "by_W = q", "by_W = np.zeros((4, 6))",
        "by_W = jacobian(ComputationalGraph(q), 'x')",
    ],
    "05 derive": [
        "answers = {}",
        "answers = {'q': 2 * q}",
        "answers = {'q': 2 * q, 'W': np.outer(2 * q, x)}",
        "answers = {'q': 0 * q, 'W': 0 * W, 'x': 0 * x}",
        "answers = {'q': q, 'W': W, 'x': x}",
        "answers = {'f': 1}",
    ],
    "05 slip": gates(
        "MatrixVectorGate", "W, x", "W @ x",
        ["[np.outer(dq, self.x), 0 * self.x]", "[0 * self.W, 0 * self.x]", "[self.W, self.x]",
         "[np.outer(dq, self.x)]", "[np.outer(dq, [0.2, 0.4]), np.array([0.5, 0.2])]"],
        base="", upstream="dq", save="self.W, self.x = W, x",
        also=["MatrixVectorGate = None"],
    ),
    "05 build": gates(
        "MyMatMulGate", "X, W", "X @ W",
        ["[0 * self.X, 0 * self.W]", "[product['X'].grad, product['W'].grad]", "[self.X, self.W]",
         "[dY @ self.W.T, None]", "[]"],
        base="", upstream="dY", save="self.X, self.W = X, W",
    ),
    "05 bias": ["db = dS", "db = 0", "db = [0, 0]", "db = dS[0]", "db = []", "db = dS.sum()"],
    "05 two": [
        "two_answers = {}",
        "two_answers = {'W2': h.T @ (2 * y)}",
        "two_answers = {'W1': X.T @ ((2 * y @ W2.T) * (z > 0))}",
        "two_answers = {'L': 1}",
        "two_answers = {'W2': 0 * W2, 'W1': 0 * X.T @ z}",
        "two_answers = {'y': 2 * y}",
    ],
    "06 slip": gates(
        "NotesGate", "x, y", "x * y",
        ["[-4.0 * dz, 3.0 * dz]", "[-8.0, 6.0]", "[0.0, 0.0]", "[dz, dz]", "[]", NUDGED_TWO],
        save=TWO,
    ),
    "06 right": [
        "pairs = []", "pairs = None", "pairs = [(2.0, 2.0)]", "pairs = [(2.0, 2.0), (2.0, 2.0)]",
        "pairs = [(3.0, 1.5), (3, 1.5)]", "pairs = [(2, 2), (2 + 1e-12, 2)]", "pairs = [(0, 0)]",
        "pairs = {(2.0, 2.0)}", "pairs = [(0, 0), (-0.0, 0)]", "pairs = [()]",
    ],
    "06 build": gates(
        "SquareMixGate", "x, y", "x * y**2",
        ["[0.0, 0.0]", "[16.0 * dz, -24.0 * dz]", "[32.0, -48.0]", "[dz, dz]", "None", NUDGED_TWO],
        save=TWO,
        also=["SquareMixGate = MultiplyGate", "SquareMixGate = Gate"],
    ),
    "06 write": gates("MyAddGate", "x, y", "x + y", ["[1.0, 1.0]", "[2.0, 2.0]", "[]", "None", "[0, 0]"]),
    "06 alias-gate": gates(
        "NotesReluGate", "x", "np.maximum(x, 0.0)",
        ["[dz]", "[0 * dz]", "[[2.0, 0.0]]", "dz.fill(0)", "None", NUDGED], save=ONE,
        also=["NotesReluGate = Gate"],
    ),
    "07 predict": [
        "d_scores = []", "d_scores = [0, 0, 0]", "d_scores = 0", "d_scores = [0.1, 0.6, 0.3]",
        "d_scores = -0.7", "d_scores = [1 / 3] * 3",
    ],
    "07 slip": returning(
        "svm_backward(X, W, y, reg)",
        ["0, 0", "None", "X @ W, W", "np.zeros((4, 3)), 2 * reg * W", "(2 * reg * W,)", "{}", "()"],
    ),
    "07 build": returning(
        "softmax_backward(scores, y)",
        ["scores", "0 * scores", "None", "y", "[]", "scores / len(scores)"],
    ),
    "07 start": [
        "softmax_at_start = hinge_at_start = 0",
        "softmax_at_start = np.log(10)",
        "hinge_at_start = 9",
        "softmax_at_start, hinge_at_start = 9, np.log(10)",
        "softmax_at_start = hinge_at_start = True",
    ],
    "08 predict": [
        "layers = 2", "layers, neurons = 2, 110", "layers = neurons = parameters = 2",
        "layers, neurons, parameters = 2, 110, 0", "layers, neurons, parameters = [], [], []",
    ],
    "08 slip": returning(
        "two_layers(W1, W2, x)", ["0", "-11.0", "None", "W2 @ W1 @ x", "x", "[]", "-0.0"]
    ),
    "08 build": returning(
        "feed_forward(x, W1, b1, W2, b2, W3, b3, f)",
        ["0", "-0.579182", "None", "b3", "x", "W3 @ f(b2) + b3", "f(x)"],
    ),
    "09 slip": returning(
        "weight_shapes(N, D_in, H, D_out)",
        ["()", "None", "(3, 5), (5, 2)", "(N, D_in), (H, D_out)", "(D_in, 5), (5, D_out)", "3",
         "(1000, 100), (100, 10)", "[(D_in, H)]"],
    ),
    "09 fill": returning(
        "backward_pass(x, y, h, y_pred, w2)",
        ["{}", "None", "{'w2': 2 * h.T @ (y_pred - y)}", "{'w1': None, 'w2': None}",
         "{'w1': 0 * x.T @ h, 'w2': 0 * w2}", "{'w2': 2 * h.T @ (y_pred - y), 'w1': None}"],
    ),
    "09 build": returning(
        "training_step(x, y, w1, w2, rate)",
        ["None", "w1.copy(), w2.copy()", "0 * w1, 0 * w2", "w1 - rate, w2 - rate", "()",
         "w1 - rate * two_layer_gradients(x, y, w1, w2)[2], w2"],
    ),
    "10 predict": ["zebra = []", "zebra = 0", "zebra = 'no'", "zebra = 2.5", "zebra = True"],
    "10 slip": returning("horse_score(h, W2)", ["0", "3.0", "None", "h", "sum(h)", "3.0 if h[0] == 3 else 1"]),
    "10 build": [
        "before, after = 0, 0", "before = 3", "after = 8", "animal = 'unicorn'; before = after = 0",
        "animal = None; before = after = 0", "before, after = 25, 25", "animal = 'horse'",
    ],
    "11 local": [
        *returning("exp(x)", ["None", "x", "Value(math.exp(x.value), 'exp', [x], [0.0])"]),
        *returning("reciprocal(x)", ["None", "1 / x.value", "Value(1 / x.value, '1/x', [x], [1.0])"]),
        *returning("maximum(x, y)", ["x", "Value(max(x.value, y.value), 'max', [x, y], [1, 0])"]),
        "exp = reciprocal = maximum = math.exp",
    ],
    "11 slip": returning(
        "order(output)", ["None", "[]", "[output]", "[*output.inputs, output]", "{output}", "0"]
    ),
    "11 fill": returning(
        "backward(output)", ["None", "0", "order(output)", "setattr(output, 'grad', 1.0)", "{}"]
    ),
    "12 fill": returning(
        "layer_backward(dout, cache)",
        ["cache", "None, None, None", "0, 0, 0", "[]", "dout, dout, dout", "{}", "(dout,)",
         "0 * cache[0], 0 * cache[1], 0 * dout[0]", "dout @ cache[1].T, cache[0].T @ dout, None"],
    ),
    "12 build": returning(
        "loss_backward(scores, y)", ["None", "0", "0 * y", "y", "scores", "[]", "-0.5", "y / len(y)"]
    ),
    "12 slip": [
        "train = None",
        *returning("train(graph, rate, steps)", ["None", "[0, 0, 0]", "graph.backward()", "[]"]),
        *returning("train(graph, rate, steps)", ["[graph.forward(w=0.5)]", "graph.forward(w=2.0)"]),
    ],
}  # fmt: skip


def asked():
    """The names of all exercises, as given in the table."""
    lessons = [path for path in paths() if path.stem[:2].isdigit()]
    return [f"{p.stem[:2]} {cell.id}" for p in lessons for cell, _, _ in exercises(read(p))]


def says_right(shown):
    """Does a check say ✓, anywhere?"""
    return all(line.startswith("✓") for line in str(shown).splitlines() if line[:1] in "✓✗△")


def test_every_exercise_has_at_least_five_lazy_answers():
    assert sorted(LAZY) == sorted(asked())
    assert all(len(answers) >= 5 for answers in LAZY.values())


@pytest.mark.parametrize("exercise", LAZY)
def test_no_check_says_right_where_nothing_was_done(exercise):
    given = source_of(exercise)
    cells = [given, *(f"{given}\n{answer}" for answer in LAZY[exercise])]
    assert [cell for cell in cells if says_right(report_on(exercise, cell))] == []
