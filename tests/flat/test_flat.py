"""Flat code: what a student reads, what Python runs, and gates written in notebook cells."""

import inspect
import json
import textwrap

import numpy as np
import pytest
from random_graphs import random_graph
from three_ways import agree, by_browser, needs_node

import cs231n_lec4 as c
from cs231n_lec4 import (
    ComputationalGraph,
    Constant,
    Gate,
    GraphError,
    Input,
    compile_flat,
    flat_code,
    where,
)
from cs231n_lec4.flat import FlatCode, Untranslatable, browser_program, program_of

pytestmark = pytest.mark.filterwarnings("error")


def shown(text):
    return textwrap.dedent(text).lstrip("\n")


def neuron():
    w0, x0, w1, x1, w2 = (
        Input(v, n) for v, n in zip((2.0, -1.0, -3.0, -2.0, -3.0), NEURON, strict=True)
    )
    dot = (w0 * x0 + w1 * x1 + w2).named("dot")
    return ComputationalGraph(c.sigmoid(dot).named("f"))


NEURON = ("w0", "x0", "w1", "x1", "w2")


def test_the_first_graph_reads_like_a_derivation_by_hand():
    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    graph = ComputationalGraph((((x + y).named("q")) * z).named("f"))
    assert flat_code(graph) == shown("""
        def step(x, y, z):
            # forward
            q = x + y
            f = q * z
            # backward
            df = 1.0
            dq = z * df
            dz = q * df
            dx = dq
            dy = dq
            return f, {"x": dx, "y": dy, "z": dz}
        """)
    step = compile_flat(graph)
    assert step(x=1.0, y=2.0, z=3.0) == (9.0, {"x": 3.0, "y": 3.0, "z": 3.0})
    assert step.source == flat_code(graph)
    assert inspect.getsource(step) == step.source


def test_a_branch_is_seen_as_plus_equals():
    a, b = Input(2.0, "a"), Input(1.0, "b")
    text = flat_code(ComputationalGraph((a + b).named("c") * (b + 1).named("d")))
    assert "db = dd\n" in text
    assert "db += dc\n" in text


def test_settings_and_plain_numbers_stand_in_the_text():
    x = Input(2.0, "x")
    text = flat_code(ComputationalGraph(c.leaky_relu(x, slope=0.1) * 3.0 + (-1.0) ** x))
    assert "x if v1_is_on else 0.1 * x" in text
    assert "* 3.0" in text
    assert "(-1.0) ** x" in text


def test_compiled_code_gives_ieee_answers_where_python_refuses():
    x, y = Input(1.0, "x"), Input(1.0, "y")
    step = compile_flat(ComputationalGraph(x / y))
    assert step(1.0, 0.0) == (np.inf, {"x": np.inf, "y": -np.inf})
    step = compile_flat(ComputationalGraph(x**y))
    value, grads = step(-8.0, 0.5)
    assert np.isnan([value, *grads.values()]).all()
    assert compile_flat(ComputationalGraph(c.exp(x)))(1000) == (np.inf, {"x": np.inf})
    assert type(compile_flat(ComputationalGraph(c.exp(x)))(1000)[0]) is float


def test_an_array_output_asks_for_upstream_as_a_last_argument():
    x = Input([1.0, 2.0], "x")
    step = compile_flat(ComputationalGraph(x * x))
    value, grads = step(np.array([1.0, 3.0]), upstream=np.array([1.0, 10.0]))
    assert (value.tolist(), grads["x"].tolist()) == ([1.0, 9.0], [2.0, 60.0])
    step = compile_flat(ComputationalGraph(x * Input(2.0, "upstream")))
    assert step.source.startswith("def step(x, upstream, upstream_):")


# ── arrays: flat code and graph agree on every shape ─────────────────────────────────────────────


def array_graphs():
    """One graph for each way in which shapes meet."""
    rng = np.random.default_rng(0)

    def given(shape, name):
        return Input(rng.normal(size=shape), name)

    X, W, v, b, s = (
        given((4, 3), "X"),
        given((3, 2), "W"),
        given(3, "v"),
        given((1, 2), "b"),
        given((), "s"),
    )
    yield "a layer", c.sigmoid(X @ W + b)
    yield "a net", c.softmax_loss(c.relu(X @ W + b) @ given((2, 5), "W2"), [0, 4, 2, 1])
    yield "hinge", c.hinge_loss(X @ W, [0, 1, 1, 0]) + 0.1 * c.squared_norm(W)
    yield "matrix @ vector", X @ v
    yield "vector @ matrix", v @ W
    yield "vector @ vector", v @ v
    yield "data", c.squared_norm(Constant(X.value) @ W - Constant(rng.normal(size=(4, 2))))
    yield "column", (X * given((4, 1), "column")).mean()
    yield "number and matrix", c.exp(s) * X / 3.0
    yield "branch", X * X + X
    yield "max", c.maximum(X, v) ** 2
    yield "elu", (c.elu(X) - c.leaky_relu(v)).sum()
    yield "log", c.log(X * X + 1.0) ** (v * 0.1 + 1.0)
    yield "reciprocal", 1.0 / (X * X + 1.0)
    yield "tanh", c.tanh(-X).sum() - s


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("name", "f"), list(array_graphs()))
def test_flat_code_of_arrays_agrees_with_the_graph(name, f, dtype):
    graph = ComputationalGraph(f)
    rng = np.random.default_rng(1)
    step = compile_flat(graph)
    for _ in range(3):
        point = {
            n: np.asarray(rng.normal(size=np.shape(i.value)), dtype)[()]
            for n, i in graph.inputs.items()
        }
        value = graph.forward(**point)
        upstream = [] if np.ndim(value) == 0 else [np.ones_like(value)]
        flat_value, flat_grads = step(**point, **dict(zip(["upstream"], upstream, strict=False)))
        same(flat_value, value)
        for n, grad in graph.backward(*upstream).items():
            same(flat_grads[n], grad)


def same(one, other):
    assert type(one) is type(other)
    assert np.shape(one) == np.shape(other)
    assert getattr(one, "dtype", None) == getattr(other, "dtype", None)
    assert np.allclose(one, other, rtol=1e-12, atol=1e-12)
    assert not getattr(one, "flags", np.zeros(1)[:0].flags).writeable or np.ndim(one) == 0


# ── gates of a student ───────────────────────────────────────────────────────────────────────────

CELL = """
from cs231n_lec4 import ComputationalGraph, Gate, Input, compile_flat, exp, flat_code, log
from cs231n_lec4.flat import browser_program
import numpy as np

class SoftplusGate(Gate):
    def forward(self, x):
        self.x = x
        return log(1.0 + exp(x))

    def backward(self, dz):
        slope = 1.0 / (1.0 + np.exp(-self.x))
        dx = slope * dz
        return [dx]

x = Input(0.5, "x")
graph = ComputationalGraph(SoftplusGate(x * 2.0).named("s"))
"""


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """IPython as a notebook uses it. Cells of a real notebook run in this very class."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    yield shell
    InteractiveShell.clear_instance()


@needs_node
def test_a_gate_from_a_notebook_cell_is_read_like_ours(shell):
    shell.run_cell(CELL).raise_error()
    graph = shell.user_ns["graph"]
    assert flat_code(graph) == shown("""
        def step(x):
            # forward
            v1 = x * 2.0
            s = log(1.0 + exp(v1))
            # backward
            ds = 1.0
            dv1 = 1.0 / (1.0 + exp(-v1)) * ds
            dx = 2.0 * dv1
            return s, {"x": dx}
        """)
    points = [{"x": x} for x in (0.5, -3.0, 0.0, 30.0, -400.0)]
    [answers] = by_browser([(graph, points)])
    step = compile_flat(graph)
    assert all(agree(graph, p, step, a) for p, a in zip(points, answers, strict=True))


class PolyGate(Gate):
    """A loop: no straight line can be read from it."""

    def forward(self, x):
        self.x = x
        z = 0.0
        for power in range(1, 4):
            z = z + x**power
        return z

    def backward(self, dz):
        return [(1.0 + 2.0 * self.x + 3.0 * self.x**2) * dz]


class BranchGate(Gate):
    def forward(self, x):
        if x > 0.0:
            self.slope = 2.0
        else:
            self.slope = -1.0
        return self.slope * x

    def backward(self, dz):
        return self.slope * dz


class LambdaGate(Gate):
    forward = lambda self, x: 3.0 * x  # noqa: E731
    backward = lambda self, dz: [3.0 * dz]  # noqa: E731


@pytest.mark.parametrize("gate", [PolyGate, BranchGate, LambdaGate])
def test_a_gate_that_cannot_be_read_is_called(gate):
    x, y = Input(0.5, "x"), Input(2.0, "y")
    graph = ComputationalGraph(gate(x * y) * x)
    assert "v2_gate.forward(v1)" in flat_code(graph)
    step = compile_flat(graph)
    assert all(agree(graph, {"x": a, "y": b}, step) for a in (0.5, -2.0, 0.0) for b in (1.0, -3.0))
    assert browser_program(graph) is None
    with pytest.raises(Untranslatable):
        program_of(FlatCode(graph))


def test_what_called_gates_return_is_divided_as_ieee_says():
    x, y = Input(1.0, "x"), Input(2.0, "y")
    graph = ComputationalGraph(PolyGate(x) / PolyGate(y))
    step = compile_flat(graph)
    assert step(x=1.0, y=0.0)[0] == np.inf
    assert all(agree(graph, {"x": a, "y": b}, step) for a in (0.0, 1.0) for b in (0.0, 2.0))


def test_a_gate_that_is_called_leaves_the_graphs_own_gate_alone():
    x = Input(0.5, "x")
    graph = ComputationalGraph(PolyGate(x))
    step, grads = compile_flat(graph), graph.backward()
    step(x=100.0)
    assert graph.backward() == grads
    assert graph["x"].value == 0.5


def test_a_gate_that_cannot_be_read_works_on_arrays_too():
    x, b = Input([[1.0, 2.0], [3.0, 4.0]], "x"), Input([1.0, -1.0], "b")
    graph = ComputationalGraph(PolyGate(x + b).sum())
    value, grads = compile_flat(graph)(x.value, b.value)
    assert value == graph.forward()
    assert all((grads[n] == g).all() for n, g in graph.backward().items())


def test_a_body_may_use_names_of_its_own_several_returns_it_may_not():
    class Cube(Gate):
        def forward(self, x):
            """Documented."""
            self.x, square = x, x * x
            return square * x

        def backward(self, dz):
            three = 3.0
            local = three * self.x**2
            return (local * dz,)

    graph = ComputationalGraph(Cube(Input(2.0, "x")))
    assert compile_flat(graph)(3.0) == (27.0, {"x": 27.0})
    assert browser_program(graph) is not None


def test_flat_code_asks_for_a_graph():
    for function in (flat_code, compile_flat, browser_program):
        with pytest.raises(GraphError) as caught:
            function(Input(2.0, "x"))
        assert caught.value.code == "not_a_graph"


def test_flat_code_of_a_random_graph_never_changes_the_graph():
    for seed in range(20):
        graph = random_graph(seed)
        before = graph.forward(), graph.backward()
        compile_flat(graph)(*[0.1] * len(graph.inputs))
        assert (graph.output.value, {n: i.grad for n, i in graph.inputs.items()}) == before


def test_a_line_of_the_text_is_the_line_of_an_error():
    class Broken(PolyGate):
        def forward(self, x):
            for _ in range(1):
                if x > 2.0:
                    raise KeyError("too large")
            return x

    step = compile_flat(ComputationalGraph(Broken(Input(1.0, "x"))))
    with pytest.raises(GraphError, match="too large") as caught:
        step(3.0)
    lines = [
        entry
        for entry in caught.traceback
        if str(entry.path).startswith("<flat") or "flat code" in str(entry.path)
    ]
    assert lines[0].lineno + 1 == 3


def test_a_gate_that_is_called_is_told_of_a_wrong_gradient_as_in_a_graph():
    class Looping(PolyGate):
        def backward(self, dz):
            for _ in range(1):
                wrong = np.ones(3)
            return [wrong]

    x = Input([1.0, 2.0], "x")
    graph = ComputationalGraph(Looping(x).sum())
    for work in (graph.backward, lambda: compile_flat(graph)(np.array([1.0, 2.0]))):
        with pytest.raises(GraphError, match="x") as caught:
            work()
        assert caught.value.code == "gradient_shape"


def test_of_an_if_that_is_settled_one_side_is_read():
    class Slope(PolyGate):
        steep = 2.0

        def forward(self, x):
            if self.steep > 1.0:
                return x * self.steep
            return x

        def backward(self, dz):
            dx = None
            if self.wants(0):
                dx = dz * self.steep
            return [dx]

    text = flat_code(ComputationalGraph(Slope(Input(1.0, "x"))))
    assert "v1 = x * 2.0" in text
    assert "dx = dv1 * 2.0" in text


def test_a_gate_that_is_called_has_lines_that_can_be_read():
    x, b = Input(0.5, "x"), Input(2.0, "b")

    class Both(PolyGate):
        def forward(self, x, y):
            self.y = y
            return super().forward(x) * y

        def backward(self, dz):
            return [self.y * super().backward(dz)[0], 1.0]

    assert flat_code(ComputationalGraph(Both(x, b).named("f"))) == shown("""
        def step(x, b):
            # forward
            f = f_gate.forward(x, b)
            # backward
            df = 1.0
            df_inputs = f_gate.backward(df)
            dx = df_inputs[0]
            db = df_inputs[1]
            return f, {"x": dx, "b": db}
        """)


class LogisticGate(Gate):
    def forward(self, x):
        self.x = x
        return 1.0 / (1.0 + np.exp(-x))

    def backward(self, dz):
        s = 1.0 / (1.0 + np.exp(-self.x))
        return [s * (1.0 - s) * dz]


def test_a_helper_that_backward_uses_twice_keeps_a_line_of_its_own():
    assert flat_code(ComputationalGraph(LogisticGate(Input(1.0, "x")).named("f"))) == shown("""
        def step(x):
            # forward
            f = 1.0 / (1.0 + exp(-x))
            # backward
            df = 1.0
            f_s = 1.0 / (1.0 + exp(-x))
            dx = f_s * (1.0 - f_s) * df
            return f, {"x": dx}
        """)


class ManyFunctions(Gate):
    def forward(self, x):
        return np.sqrt(abs(x)) + max(x, 0.0) + min(x, 1.0) + c.sigmoid(x)

    def backward(self, dz):
        return [dz]


def test_functions_have_one_name_whatever_the_author_called_them():
    graph = ComputationalGraph(ManyFunctions(Input(4.0, "x")).named("f"))
    assert "f = sqrt(abs(x)) + max(x, 0.0) + min(x, 1.0) + sigmoid(x)" in flat_code(graph)
    assert compile_flat(graph)(4.0)[0] == graph.forward()
    assert browser_program(graph)["lines"][0][1][0] == "+"


class WeightedGate(Gate):
    weights = np.array([1.0, 2.0])

    def forward(self, x):
        return self.weights * x

    def backward(self, dz):
        return [self.weights * dz]


def test_arrays_from_outside_have_names_in_the_code():
    x, row = Input([[1.0, 2.0], [3.0, -4.0]], "x"), Input([1.0, 1.0], "row")
    text = flat_code(ComputationalGraph(c.leaky_relu(WeightedGate(x + row).named("w")).sum()))
    for part in ("w = w_weights * v1", "where(", "drow = unbroadcast(dv1, row)"):
        assert part in text


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_a_comparison_of_settings_is_settled_in_the_code(sign, tmp_path):
    path = tmp_path / "stepgate.py"
    path.write_text(
        shown(f"""
        from cs231n_lec4 import Gate, where

        class StepGate(Gate):
            k = 2.0

            def forward(self, x):
                return where(self.k {sign} 2.0, x, -x)

            def backward(self, dz):
                return [where(self.k {sign} 2.0, dz, -dz)]
        """)
    )
    known = {"__name__": "stepgate"}
    exec(compile(path.read_text(), str(path), "exec"), known)
    for k in (1.0, 2.0, 3.0):
        graph = ComputationalGraph(known["StepGate"](Input(5.0, "x"), k=k))
        assert "where" not in flat_code(graph)
        assert compile_flat(graph)(5.0) == (graph.forward(), graph.backward())


class ListGate(Gate):
    def forward(self, x):
        return max([x * k for k in (1.0, 2.0)])

    def backward(self, dz):
        return [2.0 * dz]


def test_a_list_in_a_body_is_not_read_but_run():
    graph = ComputationalGraph(ListGate(Input(5.0, "x")).named("f"))
    assert "f_gate.forward(x)" in flat_code(graph)
    assert compile_flat(graph)(5.0) == (10.0, {"x": 2.0})


class LogicGate(Gate):
    """Every sign that a mask may be written with."""

    def forward(self, x):
        self.mask = ((x > -1.0) & (x <= 2.0)) | (not -3.0 <= x < 3.0)
        self.also = (0.0 <= x <= 1.0 and x != 0.5) or (+x >= 5.0 and (x == 5.0 or x > 6.0))
        return where(self.mask, x, 2.0 * x) + where(self.also, max(x, 1.0), min(x, 2.0))

    def backward(self, dz):
        return [dz]


@needs_node
def test_every_sign_of_a_mask_is_the_same_in_the_browser():
    graph = ComputationalGraph(LogicGate(Input(0.25, "x")))
    assert browser_program(graph) is not None
    points = [{"x": x} for x in (-4.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 5.0, 6.0)]
    [answers] = by_browser([(graph, points)])
    step = compile_flat(graph)
    assert all(agree(graph, p, step, a) for p, a in zip(points, answers, strict=True))


def test_the_program_of_a_mask_names_its_operations():
    program = browser_program(ComputationalGraph(LogicGate(Input(0.25, "x"))))
    operations = set(flattened(program["lines"]))
    assert operations >= {"and", "or", "not", "pos", "neg", "<", "<=", ">", ">=", "==", "!="}
    assert operations >= {"if", "max", "min", "+", "*"}


def flattened(tree):
    """Every text of nested lists."""
    if isinstance(tree, list):
        return [text for part in tree for text in flattened(part)]
    return [tree] if isinstance(tree, str) else []


def test_a_number_too_large_for_json_has_a_name_in_the_program():
    graph = ComputationalGraph(Input(2.0, "x") * 1e308 * 1e308 + Constant(np.inf))
    assert '["number", "inf"]' in json.dumps(browser_program(graph))


def test_a_flat_function_can_be_traced_to_its_lines():
    graph = ComputationalGraph((Input(2.0, "x") * 3.0).named("f"))
    step = compile_flat(graph)
    assert step.__code__.co_filename.startswith("<flat code ")
    assert step.__code__.co_filename.endswith(" of f>")
    with pytest.raises(GraphError, match=r"flat_code\(ComputationalGraph\(f\)\)"):
        flat_code(graph.output)
    assert browser_program(graph)["shares"] == {"2": ["share_2_0", None]}


def test_a_gate_that_saves_its_output_needs_no_second_name_for_it():
    x = Input(1.0, "x")
    product = c.exp(x * 2.0).named("e") * c.sigmoid(x).named("s")
    assert flat_code(ComputationalGraph(product.named("f"))) == shown("""
        def step(x):
            # forward
            v1 = x * 2.0
            e = exp(v1)
            s = 1.0 / (1.0 + exp(-x))
            f = e * s
            # backward
            df = 1.0
            de = s * df
            ds = e * df
            dx = (1.0 - s) * s * ds
            dv1 = e * de
            dx += 2.0 * dv1
            return f, {"x": dx}
        """)


def test_negative_numbers_are_settled_like_others():
    text = flat_code(ComputationalGraph((Input(2.0, "x") ** -2.0).named("f")))
    assert "    f = x ** (-2.0)\n" in text
    assert "    dx = -2.0 * x ** (-3.0) * df\n" in text
    assert "where" not in flat_code(ComputationalGraph(Input(2.0, "x") ** 0.0))


def twice(x):
    return 2.0 * x


class CallsAHelper(Gate):
    def forward(self, x):
        return twice(x)

    def backward(self, dz):
        return [twice(dz)]


def test_a_function_of_the_student_runs_in_python_but_not_in_the_browser():
    graph = ComputationalGraph(CallsAHelper(Input(5.0, "x")).named("f"))
    assert "f = twice(x)" in flat_code(graph)
    assert compile_flat(graph)(5.0) == (10.0, {"x": 2.0})
    assert browser_program(graph) is None


def test_a_root_of_a_negative_number_is_not_complex():
    step = compile_flat(ComputationalGraph(2.0 * Input(4.0, "x") ** 0.5))
    assert step(4.0) == (4.0, {"x": 0.5})
    value, grads = step(-4.0)
    assert (type(value), type(grads["x"])) == (float, float)
    assert np.isnan([value, grads["x"]]).all()


@pytest.mark.parametrize("gate", [c.MeanGate, c.SumGate, c.SquaredNormGate])
def test_python_floats_stay_floats_where_a_gate_calls_numpy(gate):
    value, grads = compile_flat(ComputationalGraph(gate(Input(2.0, "x"))))(x=3.0)
    assert {type(value), type(grads["x"])} == {float}


@pytest.mark.parametrize(
    "formula", ["1 / s", "log(s)", "s ** 0.5", "s ** -1", "sigmoid(s)", "exp(s)"]
)
@pytest.mark.parametrize("s", [0.0, -8.0, -1000.0, 1000.0])
def test_single_numbers_beside_arrays_have_ieee_answers_too(formula, s):
    graph = c.parse(f"sum(({formula}) * v)", s=s, v=[1.0, -2.0])
    value, grads = compile_flat(graph)(s=s, v=[1.0, -2.0])
    expected = graph.backward()
    assert np.array_equal(value, graph.output.value, equal_nan=True)
    for name, grad in expected.items():
        assert type(grads[name]) is type(grad)
        np.testing.assert_allclose(grads[name], grad)
    assert "return" in flat_code(graph)


@pytest.mark.parametrize("wrong", ["ab", None, [[1.0], [2.0, 3.0]]])
def test_flat_code_of_arrays_refuses_by_name_what_is_no_number(wrong):
    step = compile_flat(c.parse("sum(w * x)", w=[1.0, 2.0], x=[3.0, 4.0]))
    with pytest.raises(GraphError, match=r"^x "):
        step(w=[1.0, 2.0], x=wrong)


# ── the same answer as the graph where Python or NumPy do otherwise ──────────────────────────────


class InverseOfTwice(Gate):
    """Its body calls what flat code cannot read, and Python refuses its division."""

    def forward(self, x):
        self.x = x
        return 1.0 / twice(x)

    def backward(self, dz):
        return [-1.0 / self.x / twice(self.x) * dz]


ODD = {
    "(-2) ** v": lambda v, x: ((-2.0) ** v).sum(),
    "v ** x": lambda v, x: (v**x).sum(),
    "1 / loss of 0": lambda v, x: 1.0 / c.hinge_loss(v * 0.0 + Constant([5.0, 0.0]), 0),
    "1 / relu": lambda v, x: 1.0 / c.relu(-x),
    "1 / relu, with an array": lambda v, x: (v / c.relu(-x)).sum(),
    "x / 0": lambda v, x: x / Constant(0.0),
    "log of x": lambda v, x: (c.log(x) * v).sum(),
    "a student's": lambda v, x: InverseOfTwice(x) + x,
    "a student's, with an array": lambda v, x: (InverseOfTwice(x) * v).mean(),
    "a loop": lambda v, x: PolyGate(x) / PolyGate(x),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("f", ODD.values(), ids=ODD)
@pytest.mark.parametrize("number", [0.0, -0.0, -1.5, 800.0, np.inf])
def test_odd_answers_are_those_of_the_graph(f, number):
    graph = ComputationalGraph(f(Input([0.0, -1.5], "v"), Input(1.0, "x")))
    step = compile_flat(graph)
    point = {name: x for name, x in {"v": [0.5, -3.0], "x": number}.items() if name in graph.inputs}
    value, grads = step(**point)
    assert repr(value) == repr(graph.forward(**point))
    for name, grad in graph.backward().items():
        assert type(grads[name]) is type(grad)
        np.testing.assert_array_equal(grads[name], grad)


def test_the_precision_of_a_mean_is_that_of_the_graph():
    v, row = Input([1.0, 2.0], "v"), Constant(np.ones(3, np.float32))
    graph = ComputationalGraph(v.mean() * row)
    value, _ = compile_flat(graph)([1.0, 2.0], upstream=np.ones(3))
    assert value.dtype == graph.output.value.dtype == np.float32
