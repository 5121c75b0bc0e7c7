"""Notebook 11: the student's engine is the package's, its slips are told, and what it claims is so."""

import contextlib
import io
import re

import nbformat
import numpy as np
import pytest
from exercises import answer_to
from notebook_tools import NOTEBOOKS, code_cells, solution, tags

from cs231n_lec4 import GraphError, Input, draw, lecture, parse, sigmoid
from cs231n_lec4.engine.gate import Gate
from cs231n_lec4.engine.node import Constant
from cs231n_lec4.lessons import graphs
from cs231n_lec4.lessons.checks import engine_checks
from cs231n_lec4.lessons.checks.engine_slips import SLIPS
from cs231n_lec4.lessons.own_engine import ThreeWays, as_graph, repeated, symbolic_size, written_out
from cs231n_lec4.live.tabs import two_modes
from cs231n_lec4.words import REASONS

BOOK = nbformat.read(NOTEBOOKS / "11_your_own_engine.ipynb", as_version=4)
SOURCES = {cell.id: cell.source for cell in BOOK.cells}
ENGINE = ("value", "local", "slip", "fill")


def right(name):
    """A cell of the engine, solved."""
    return solution(SOURCES.get(f"{name}-answer", "")) or SOURCES[name]


def names(old="", new="", *more):
    """What a student's cells leave behind, solved, one piece replaced by another."""
    space = {}
    text = "\n\n".join([SOURCES["imports"], *map(right, ENGINE), *(SOURCES[c] for c in more)])
    assert old in text, old
    with contextlib.redirect_stdout(io.StringIO()):
        exec(text.replace(old, new), space)
    return space


def checked(name, old="", new=""):
    """The report of a check on an engine with this slip."""
    return eval(SOURCES[f"{name}-check"], names(old, new))


# ── the engine ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["local", "slip", "fill"])
def test_the_solved_engine_is_right_and_the_one_received_is_not(name):
    assert checked(name).mark == "✓"
    received = {cell: SOURCES[cell] for cell in ("local", "slip", "fill")}
    assert checked(name, right(name), received[name]).mark == "✗"


def test_the_engine_and_its_training_have_forty_lines():
    lines = [line for name in ENGINE for line in right(name).splitlines() if line.strip()]
    loop = SOURCES["train"].partition("if predicted(prediction):\n")[2].splitlines()
    assert (len(lines), len(lines) + len(loop)) == (33, 39)
    assert "Your engine has 33 lines; the loop below makes it 39" in SOURCES["own-say"]


NEEDS_LOG = "binary_loss"  # of notebook 12; the student has no log


def test_every_scalar_graph_of_the_lecture_is_compared():
    def is_scalar(graph):
        gates = [node for node in graph.nodes if isinstance(node, Gate)]
        numbers = all(type(node.value) is float for node in graph.nodes)
        return numbers and all(gate.is_ours or gate.name is None for gate in gates)

    made = {n: make() for n, make in vars(graphs).items() if n in graphs_of_the_lecture()}
    wanted = {n for n, graph in made.items() if is_scalar(graph)} - {"shopping", NEEDS_LOG}
    assert {make.__name__ for make in engine_checks.SCALAR} == wanted | {"late_share"}


def graphs_of_the_lecture():
    """The functions that need no argument and return a graph."""
    text = (NOTEBOOKS.parent / "cs231n_lec4/lessons/graphs.py").read_text("utf-8")
    found = re.findall(r"^def (\w+)\(", text, re.MULTILINE)
    return set(found) - {"ready", "weighted_sum"}


@pytest.mark.parametrize(("times", "mark"), [(1, "✓"), (engine_checks.TIMES, "✗")])
def test_an_engine_that_knows_the_slides_by_heart_is_right_on_them_alone(monkeypatch, times, mark):
    space, known = names(), {}
    for make in engine_checks.SCALAR:
        graph = make()
        known[values_of(graph.output, graph.inputs.values())] = graph.backward()

    def by_heart(output):
        inputs = [n for n in space["order"](output) if n.name and not n.inputs]
        grads = known.get(values_of(output, inputs), {})
        for one in inputs:
            one.grad = grads.get(one.name, 0.0)

    monkeypatch.setattr(engine_checks, "TIMES", times)
    parts = [space[n] for n in ("Value", "exp", "reciprocal", "maximum")]
    assert engine_checks.check_engine(*parts, by_heart).mark == mark


def values_of(output, inputs):
    return round(output.value, 9), *sorted((one.name, one.value) for one in inputs)


# ── slips ────────────────────────────────────────────────────────────────────────────────────────

LINE = "x.grad += node.grad * local"
BACKWARD = [
    ("M4 overwriting", LINE, "x.grad = node.grad * local", "overwrote_at_a_branch"),
    ("the first path only", LINE, "x.grad = x.grad or node.grad * local", "one_path_of_two"),
    ("M5 the order", "reversed(nodes)", "nodes", "not_reversed"),
    ("no zero", "        node.grad = 0.0", "        pass", "old_gradients_left"),
    ("no one", "output.grad = 1.0", "pass", "first_gradient_is_one"),
    ("the value for one", "output.grad = 1.0", "output.grad = output.value", "first_gradient_is_one"),
    ("M11 upstream forgotten", LINE, "x.grad += local", "forgot_upstream"),
    ("local forgotten", LINE, "x.grad += node.grad", "forgot_local"),
    ("M10 added", LINE, "x.grad += node.grad + local", "adds_upstream"),
    ("a sign", LINE, "x.grad -= node.grad * local", "sign"),
    ("nothing", LINE, "...", "nothing_sent"),
    ("a node twice", "if node not in nodes", "if True", "sent_twice"),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "old", "new", "reason"), BACKWARD)
def test_a_slip_of_the_engine_is_called_by_its_name(slip, old, new, reason):
    report = checked("fill", old, new)
    assert (report.mark, report.reason) == ("✗", reason), slip
    assert REASONS[reason] in repr(report)


def test_a_slip_that_is_none_of_the_known_ones_is_given_no_reason():
    report = checked("fill", LINE, "x.grad += x.value * local")
    assert (report.mark, report.reason) == ("✗", None)
    assert REASONS["unknown_engine"] in repr(report)


OWN_ORDER = """
def backward(output):
    for node in order(output):
        node.grad = 0.0
    output.grad, waiting, seen = 1.0, [output], {output}
    while waiting:
        node = waiting.pop(%s)
        for x, local in zip(node.inputs, node.local, strict=True):
            x.grad += node.grad * local
            if x not in seen:
                seen.add(x)
                waiting.append(x)
"""
AT_ONCE = """
def backward(output):
    for node in order(output):
        node.grad = 0.0
    output.grad = 1.0

    def send(node):
        for x, local in zip(node.inputs, node.local, strict=True):
            x.grad += node.grad * local
            send(x)

    send(output)
"""


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        (OWN_ORDER % 0, "share_too_late"),
        (OWN_ORDER % -1, "share_too_late"),
        (AT_ONCE, "sent_twice"),
    ],
    ids=["breadth first", "depth first", "at once"],
)
def test_an_order_of_ones_own_that_sends_too_early_is_seen(own, reason):
    assert checked("fill", right("fill"), own).reason == reason


def test_an_engine_that_is_built_otherwise_but_right_is_right():
    paths = AT_ONCE.replace(
        "def send(node):", "def send(node, upstream):\n        node.grad += upstream"
    )
    paths = paths.replace("            x.grad += node.grad * local\n", "")
    paths = paths.replace("send(x)", "send(x, upstream * local)").replace(
        "    output.grad = 1.0\n", ""
    )
    paths = paths.replace("    send(output)\n", "    send(output, 1.0)\n")
    assert checked("fill", right("fill"), paths).mark == "✓"


ORDERS = [
    ("no question", "if node not in nodes", "if True", "node_twice"),
    ("never appended", "            nodes.append(node)\n", "", "node_missing"),
    ("one input", "in node.inputs:\n", "in node.inputs[:1]:\n", "node_missing"),
    ("the end first", "    return nodes", "    return nodes[::-1]", "gate_before_input"),
    ("nothing returned", "    return nodes", "    pass", "wrong_return"),
    ("names", "    return nodes", "    return [n.name for n in nodes]", "wrong_return"),
    ("a stop", "visit(output)", "visit(outputs)", "unknown_name"),
]


@pytest.mark.parametrize(("slip", "old", "new", "reason"), ORDERS)
def test_a_slip_of_the_order_is_called_by_its_name(slip, old, new, reason):
    report = checked("slip", old, new)
    assert (report.mark, report.reason) == ("✗", reason), slip


def test_an_order_that_appends_before_it_visits_is_told_so():
    old = "            for x in node.inputs:\n                visit(x)\n            nodes.append(node)"
    *loop, append = old.splitlines(keepends=True)
    report = checked("slip", old, append + "\n" + "".join(loop))
    assert report.reason == "gate_before_input"


WINS = "[x_wins, 1 - x_wins]"
LOCALS = [
    ("[x], [e]", "[x], [None]", "not_answered"),
    ("[x], [e]", "[x], [x.value]", "gave_the_value"),
    ("[x], [e]", "[x], e", "wrong_count"),
    ("[x], [e]", "[x], [-e]", "sign"),
    ("-1 / x.value**2", "1 / x.value**2", "sign"),
    ("-1 / x.value**2", "-(x.value**2)", "slope_at_output"),
    (WINS, "[1 - x_wins, x_wins]", "wrong_mask"),
    (WINS, "[1.0, 1.0]", "wrong_mask"),
    (WINS, "[x_wins]", "wrong_count"),
    ("[other.value, self.value]", "[self.value, other.value]", "gave_the_value or swaps_gradients"),
]


@pytest.mark.parametrize(("old", "new", "reason"), LOCALS)
def test_a_slip_in_a_local_gradient_is_called_by_its_name(old, new, reason):
    for name in ("local", "fill"):  # the check of the engine looks at its operations first
        report = checked(name, old, new)
        assert (report.mark, report.reason) == ("✗", reason)


def test_a_local_gradient_written_otherwise_is_right():
    assert checked("local", "-1 / x.value**2", "-(x.value**-2)").mark == "✓"
    assert checked("local", "x.value >= y.value", "x.value > y.value").mark == "✓"


def test_each_known_slip_differs_from_the_truth_and_from_the_others():
    """On the graphs of the check together; one reason may have several ways."""
    space = names()
    engine = [space[n] for n in ("Value", "exp", "reciprocal", "maximum")]
    graphs_and_values = [
        (graph, *engine_checks.rebuilt(graph, *engine))
        for _, graph in engine_checks.lecture_graphs()
    ]
    found = [("right", [g for graph, *_ in graphs_and_values for g in graph.backward().values()])]
    for code, slip in SLIPS:
        grads = [
            slip(output)[x] for _, output, inputs in graphs_and_values for x in inputs.values()
        ]
        assert all(not np.allclose(grads, other) for known, other in found if known != code), code
        found.append((code, grads))


# ── the picture of the student's own graph ───────────────────────────────────────────────────────


def test_the_picture_shows_the_students_numbers_and_not_the_packages():
    space = names(LINE, "x.grad = node.grad * local")
    x, y = space["Value"](3.0, "x"), space["Value"](4.0, "y")
    f = (x + y) * y
    space["backward"](f)
    graph = as_graph(f)
    assert {name: node.grad for name, node in graph.inputs.items()} == {"x": 4.0, "y": 4.0}
    assert re.search(r"^y +4 +4$", draw(graph).table, re.MULTILINE)
    assert graph.backward() == {"x": 4.0, "y": 11.0}


def test_an_operation_without_a_gate_is_refused_with_the_known_ones():
    Value = names()["Value"]
    with pytest.raises(GraphError, match=r"'cube'.*\n.*exp"):
        as_graph(Value(8.0, "cube", [Value(2.0, "x")], [12.0]))


def test_a_name_makes_an_input_and_no_name_a_constant():
    Value = names()["Value"]
    graph = as_graph(Value(2.0, "x") * Value(5.0))
    assert list(graph.inputs) == ["x"]
    assert [type(node) for node in graph.nodes] == [Input, Constant, type(graph.output)]


# ── forward mode ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("x", "y", "z"), [(-2.0, 5.0, -4.0), (1.5, 0.3, 2.0)])
def test_forward_mode_gives_the_gradients_one_by_one(x, y, z):
    space = names("", "", "forward")
    inputs = [space["Value"](number, name) for number, name in ((x, "x"), (y, "y"), (z, "z"))]
    f = (inputs[0] + inputs[1]) * inputs[2]
    space["backward"](f)
    for one in inputs:
        assert space["forward_mode"](f, one)[f] == pytest.approx(one.grad)


def test_the_counts_of_products_are_those_of_the_walks():
    rows = [
        list(map(int, re.findall(r"\d+", line.replace(",", ""))))
        for line in answer_to(1, "11 count")
    ]
    assert [row[0] for row in rows] == [1, 10, 100]
    for n, forward, backward in rows:
        assert (forward, backward) == (n * backward, 4 * n)


def pages_of(view):
    """{title: (the alt text of the picture, the counter)}."""
    pages = zip(view.titles, view.children, strict=True)
    return {
        title: re.search(r'alt="(.*?)".*<p>(.*?)</p>', p.value, re.DOTALL).groups()
        for title, p in pages
    }


def test_the_switch_shows_three_passes_forward_and_one_back_with_what_each_has_cost():
    space = names("", "", "forward", "forward-run")
    pages = pages_of(eval(SOURCES["switch"], space))
    assert [*pages] == ["forward 1: x", "forward 2: y", "forward 3: z", "backward 1: f"]
    alts, counters = zip(*pages.values(), strict=True)
    assert all("v2: value −12, gradient −4" in alt for alt in alts[:2])
    assert "v2: value −12, gradient 3" in alts[2]
    assert "x: value −2, gradient −4" in alts[3]
    assert "z: value −4, gradient 3" in alts[3]
    assert "Passes: 2 · products: 8 · gradients known: 2 of 3 (x −4, y −4)" in counters[1]
    assert "Passes: 3 · products: 12 · gradients known: 3 of 3 (x −4, y −4, z 3)" in counters[2]
    assert "Passes: 1 · products: 4 · gradients known: 3 of 3 (x −4, y −4, z 3)" in counters[3]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_switch_counts_as_many_forward_passes_as_there_are_inputs(count):
    space = names("", "", "forward")
    inputs = [space["Value"](float(k), f"w{k}") for k in range(count)]
    output = space["exp"](inputs[0])
    for one in inputs[1:]:
        output = output * one
    pages = pages_of(two_modes(output, inputs, space["forward_mode"], space["backward"]))
    counters = [counter for _, counter in pages.values()]
    assert len(pages) == count + 1
    assert f"Passes: {count} · products: {count * (2 * count - 1)} ·" in counters[-2]
    assert f"Passes: 1 · products: {2 * count - 1} ·" in counters[-1]
    assert counters[-2].partition("(")[2] == counters[-1].partition("(")[2]


def test_the_switch_shows_what_an_open_exercise_gives():
    space = names("x.grad += node.grad * local", "...", "forward", "forward-run")
    assert "(x 0, y 0, z 0)" in pages_of(eval(SOURCES["switch"], space))["backward 1: f"][1]


# ── three ways ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("times", [1, 2, 3, 6])
def test_the_size_of_the_symbolic_derivative_is_counted_truly(times):
    slope = written_out(times)
    assert slope.count("x") == symbolic_size(times)
    value = eval(slope, {"x": 0.3})
    assert repeated(Input(0.3, "x"), times) is not None
    graph = lecture.ready(repeated(Input(0.3, "x"), times))
    assert graph.backward()["x"] == pytest.approx(value, rel=1e-12)


def test_the_numbers_that_the_text_names_are_in_the_table():
    times, symbols, numeric, gates, automatic = ThreeWays().rows[-1]
    assert (times, round(symbols / 1e6), gates) == (20, 21, 60)
    assert f"{numeric:.1%}" == "0.7%"
    assert automatic < 1e-12
    assert "21 million" in SOURCES["three-seen"]
    assert "0.7 %" in SOURCES["three-seen"]


# ── what the notebook claims ─────────────────────────────────────────────────────────────────────


TWICE = [  # the changes of the second-derivatives row of *More*, in the student's own cells
    ("[1.0, 1.0]", "[Value(1.0), Value(1.0)]"),
    ("[other.value, self.value]", "[other, self]"),
    ("node.grad = 0.0", "node.grad = Value(0.0)"),
    ("output.grad = 1.0", "output.grad = Value(1.0)"),
    ("x.grad += node.grad * local", "x.grad = x.grad + node.grad * local"),
]


def squeezed(space, w):
    """L = (w0 w1 + w1) w0 of the student's Values, its inputs, and its true Hessian."""
    inputs = [space["Value"](number, f"w{k}") for k, number in enumerate(w)]
    L = (inputs[0] * inputs[1] + inputs[1]) * inputs[0]
    return L, inputs, np.array([[2 * w[1], 2 * w[0] + 1], [2 * w[0] + 1, 0]])


def gradients_at(space, w):
    L, inputs, _ = squeezed(space, w)
    space["backward"](L)
    return np.array([x.grad for x in inputs])


@pytest.mark.parametrize("v", [(1.0, 0.0), (-0.5, 2.0)])
def test_two_backward_passes_give_a_hessian_vector_product(v):
    w, v, h = np.array([1.5, -0.7]), np.array(v), 1e-5
    space = names()
    H = squeezed(space, w)[2]
    near = (gradients_at(space, w + h * v) - gradients_at(space, w - h * v)) / (2 * h)
    np.testing.assert_allclose(near, H @ v, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("v", [(1.0, 0.0), (-0.5, 2.0)])
def test_local_gradients_that_are_values_make_the_backward_pass_a_graph(v):
    space = {}
    text = "\n\n".join([SOURCES["imports"], *map(right, ENGINE)])
    for old, new in TWICE:
        assert old in text, old
        text = text.replace(old, new)
    exec(text, space)
    L, inputs, H = squeezed(space, (1.5, -0.7))
    space["backward"](L)
    gv = space["Value"](0.0)
    for x, number in zip(inputs, v, strict=True):
        gv = gv + x.grad * space["Value"](number)
    space["backward"](gv)
    np.testing.assert_allclose([x.grad.value for x in inputs], H @ v)


def trained():
    space = names()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(SOURCES["neuron"], space)
        exec(SOURCES["train"].replace("= None", "= 'w'"), space)
    return space, printed.getvalue()


def test_the_neuron_learns_as_the_text_says():
    rows = [
        list(map(float, re.findall(r"-?\d+\.\d+", line))) for line in trained()[1].splitlines()[1:]
    ]
    losses = [row[0] for row in rows]
    assert losses == sorted(losses, reverse=True)
    assert (round(losses[0], 2), round(losses[-1], 3)) == (0.67, 0.005)
    moved = [
        round(after - before, 2) for before, after in zip(rows[0][1:], rows[1][1:], strict=True)
    ]
    assert moved == [0.98, 0.49]


def test_the_neuron_has_the_gradients_of_the_packages():
    space, _ = trained()
    L = space["loss"]()
    space["backward"](L)
    x, t, w, b = (Input(space[n].value, n) for n in ("x0", "target", "w", "b"))
    graph = lecture.ready((sigmoid(w * x + b) - t) ** 2)
    assert graph.backward()["w"] == pytest.approx(space["w"].grad)


def test_far_to_the_left_the_neuron_is_wrong_and_hardly_learns():
    graph = parse("(1 / (1 + exp(-(w * x + b))) - t) ** 2", w=-6, x=2, b=0.5, t=1)
    assert graph.output.value > 0.999
    assert abs(graph.backward()["w"]) < 1e-3


def test_a_check_cell_is_one_call_that_holds_no_solution():
    for cell in code_cells(BOOK):
        if "check" in tags(cell):
            assert re.fullmatch(r"check_\w+\([^()*+]*\)", cell.source), cell.id


def test_the_files_to_read_are_the_engines_in_the_order_of_the_house():
    rows = re.findall(r"^\| `(\w+\.py)` ", SOURCES["hard-say"], re.MULTILINE)
    folder = NOTEBOOKS.parent / "cs231n_lec4/engine"
    assert all((folder / file).is_file() for file in rows)
    house = (NOTEBOOKS.parent / "CONTRIBUTING.md").read_text("utf-8")
    named = re.search(r"the lecture's graph: (.*?), to be read", house)[1]
    assert [f.removesuffix(".py") for f in rows] == re.findall(r"`(\w+)`", named)
