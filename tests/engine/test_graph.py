"""The graph: order, both passes, random graphs, size, threads, nodes of two graphs."""

import math
import subprocess
import sys
import textwrap
import threading

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_graphs import SMOOTH, random_graph, random_output

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Constant, Input

H = 1e-6
LARGE = 1e3  # beyond this, differences with h = 1e-6 say little


def lecture_graph():
    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    return ComputationalGraph((((x + y).named("q")) * z).named("f"))


# ── the contract ─────────────────────────────────────────────────────────────────────────────────


def test_the_lectures_first_graph_works_as_on_the_slide():
    graph = lecture_graph()
    assert graph.forward() == -12.0
    assert graph["q"].grad is None
    assert graph.backward() == {"x": -4.0, "y": -4.0, "z": 3.0}
    assert graph.backward() == {"x": -4.0, "y": -4.0, "z": 3.0}
    assert (graph["q"].value, graph["q"].grad, graph["q"].name) == (3.0, -4.0, "q")
    assert graph["q"].inputs == (graph["x"], graph["y"])
    assert graph.forward(x=1.0) == -24.0
    assert graph["q"].grad is None
    assert graph.backward() == {"x": -4.0, "y": -4.0, "z": 6.0}


def test_nodes_stand_in_topological_order_left_input_first():
    graph = lecture_graph()
    assert [graph.name_of(node) for node in graph.nodes] == ["x", "y", "q", "z", "f"]
    assert list(graph.inputs) == ["x", "y", "z"]


def test_unnamed_gates_are_v1_v2_and_step_aside_for_names_of_the_student():
    x, v1 = Input(2.0, "x"), Input(3.0, "v1")
    graph = ComputationalGraph((x * v1 + 1.0) * 2.0)
    assert [graph.name_of(node) for node in graph.nodes] == [
        "x",
        "v1",
        "v2",
        "c1",
        "v3",
        "c2",
        "v4",
    ]
    assert graph["v3"].value == 7.0
    assert graph["v1"] is v1


def test_whole_numbers_become_floats_and_float32_stays():
    graph = lecture_graph()
    assert type(graph.forward(x=1, y=np.int64(2))) is float
    x = Input(np.arange(3), "x")
    assert x.value.dtype == np.float64
    graph = ComputationalGraph((x * 2).sum())
    graph.forward(x=np.ones(3, np.float32))
    assert graph.backward()["x"].dtype == np.float32
    assert type(graph.output.value) is np.float32


def test_arrays_are_read_only_and_those_given_are_never_touched():
    own, upstream = np.array([1.0, 2.0]), np.array([1.0, 1.0])
    x = Input(own, "x")
    graph = ComputationalGraph(x + x * x)
    grad = graph.backward(upstream=upstream)["x"]
    value = graph.forward(x=own)
    for array in (x.value, value, grad, graph.backward(upstream)["x"], graph.output.grad):
        assert not array.flags.writeable
    own[0] = upstream[0] = 99.0
    assert x.value.tolist() == [1.0, 2.0]
    assert graph.backward([1.0, 1.0])["x"].tolist() == [3.0, 5.0]


def test_an_array_that_somebody_may_write_to_is_copied():
    x = Input([1.0, 2.0], "x")
    graph = ComputationalGraph(c.squared_norm(x))
    held = np.array([3.0, 4.0])
    parts = [held, held[:], np.ones((2, 2))[0]]
    for array in parts:
        graph.forward(x=array)
        assert not np.shares_memory(x.value, array)
        assert array.flags.writeable
    named = {"x": np.array([5.0, 6.0])}
    graph.forward(**named)
    named["x"][0] = 0.0
    assert x.value.tolist() == [5.0, 6.0]
    kept = x.value
    graph.forward(x=kept)  # nobody can write to this one
    assert x.value is kept


def test_a_value_that_does_not_fit_changes_nothing():
    w, x = Input([1.0, 2.0], "w"), Input([3.0, 4.0], "x")
    graph = ComputationalGraph((w * x).sum())
    grads = graph.backward()
    with pytest.raises(c.GraphError) as caught:
        graph.forward(w=[1.0, 2.0, 3.0])
    assert caught.value.code == "shapes_do_not_fit"
    assert (w.value.tolist(), graph.output.value) == ([1.0, 2.0], 11.0)
    assert w.grad is grads["w"]
    assert graph.backward()["w"].tolist() == [3.0, 4.0]


def test_gradients_add_where_a_wire_branches():
    x = Input(3.0, "x")
    for uses in range(1, 30):
        f = x * 1.0
        for _ in range(uses - 1):
            f = f + x * 1.0
        assert ComputationalGraph(f).backward() == {"x": float(uses)}
    assert ComputationalGraph(x * x).backward() == {"x": 6.0}


def test_the_output_may_be_an_input_or_a_constant():
    assert ComputationalGraph(Input(3.0, "x")).backward() == {"x": 1.0}
    graph = ComputationalGraph(Constant(3.0) * 2.0)
    assert (graph.forward(), graph.backward()) == (6.0, {})


def test_a_gate_fed_by_constants_is_not_asked_for_gradients():
    class Loud(c.Gate):
        def forward(self, x):
            return 2.0 * x

        def backward(self, dz):
            raise AssertionError

    x = Input(3.0, "x")
    assert ComputationalGraph(Loud(Constant(2.0)) * x).backward() == {"x": 4.0}


def test_backward_is_linear_in_upstream():
    x = Input([0.5, -1.0, 2.0], "x")
    graph = ComputationalGraph(c.tanh(x) * x)
    u, v = np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.5, 0.0])
    both = graph.backward(2.0 * u + v)["x"]
    apart = 2.0 * graph.backward(u)["x"] + graph.backward(v)["x"]
    assert np.allclose(both, apart, rtol=1e-15, atol=0)


def test_a_hundred_repetitions_are_the_same_to_the_last_bit():
    graph = random_graph(3)
    value, grads = graph.forward(), graph.backward()
    for _ in range(100):
        assert (graph.forward(), graph.backward()) == (value, grads)


def test_methods_may_return_a_list_a_tuple_or_one_bare_value():
    for kind in (list, tuple, lambda parts: parts[0]):

        class Double(c.Gate):
            def forward(self, x):
                return 2.0 * x

            def backward(self, dz, kind=kind):
                return kind([2.0 * dz])

        assert ComputationalGraph(Double(Input(3.0, "x"))).backward() == {"x": 2.0}


# ── nodes that two graphs share ──────────────────────────────────────────────────────────────────


def test_two_graphs_may_share_nodes():
    x, y = Input(2.0, "x"), Input(3.0, "y")
    q = x * y
    one, two = ComputationalGraph(q * q), ComputationalGraph(q + x * x)
    one.forward(x=5.0)
    assert two.backward() == {"x": 13.0, "y": 5.0}
    assert two.output.value == 40.0
    assert one.backward() == {"x": 90.0, "y": 150.0}
    two.forward(y=-1.0)
    assert one.backward() == {"x": 10.0, "y": -50.0}
    assert one.output.value == 25.0


def test_an_array_that_another_graph_moved_is_noticed_too():
    x = Input([1.0, 2.0], "x")
    one, two = ComputationalGraph(c.squared_norm(x)), ComputationalGraph((3.0 * x).sum() * x.mean())
    one.forward(x=[3.0, 5.0])
    assert two.backward()["x"].tolist() == [24.0, 24.0]


def test_a_second_thread_never_sees_half_a_pass():
    graph, wrong = lecture_graph(), []

    def expected(x):
        return (x + 5.0) * -4.0

    def move(numbers):
        for x in numbers:
            if graph.forward(x=x) != expected(x):
                wrong.append(x)
            grads = graph.backward()
            # Another thread may have moved x in between, but the gradients are those of one point.
            if grads["x"] != -4.0 or grads["z"] - 5.0 not in range(-1000, 2001):
                wrong.append(grads)

    second = threading.Thread(target=move, args=([float(k) for k in range(1000)],))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        second.start()
        move([float(-k) for k in range(1000)])
        second.join()
    finally:
        sys.setswitchinterval(interval)
    assert wrong == []


def test_an_interrupt_leaves_one_whole_pass():
    class Interrupted(c.Gate):
        stop = 0.0

        def forward(self, x):
            if self.stop:
                raise KeyboardInterrupt
            return 2.0 * x

        def backward(self, dz):
            return [2.0 * dz]

    x = Input(1.0, "x")
    gate = Interrupted(x * 3.0)
    graph = ComputationalGraph(gate + 1.0)
    original, gate.stop = gate.forward, 1.0

    def once(value):
        gate.forward = original
        gate.stop = 0.0
        raise KeyboardInterrupt

    gate.forward = once
    with pytest.raises(KeyboardInterrupt):
        graph.forward(x=5.0)
    assert (x.value, gate.value, graph.output.value) == (1.0, 6.0, 7.0)


# ── random graphs ────────────────────────────────────────────────────────────────────────────────


def slopes(graph):
    """Central differences, or None where the graph is too steep for them or bends at this point."""
    point = {name: node.value for name, node in graph.inputs.items()}
    start, found = graph.forward(), {}
    for name, x in point.items():
        up, down = graph.forward(**{name: x + H}), graph.forward(**{name: x - H})
        near_up, near_down = graph.forward(**{name: x + H / 2}), graph.forward(**{name: x - H / 2})
        graph.forward(**{name: x})
        found[name] = (up - down) / (2 * H)
        nearer = (near_up - near_down) / H
        bends = abs(up - 2 * start + down) / H > 1e-3 * max(1.0, abs(found[name]))
        if bends or abs(nearer - found[name]) > 1e-5 * max(1.0, abs(found[name])):
            return None
    return found if all(map(math.isfinite, found.values())) else None


def sizes(graph):
    """Every value and every gradient of a graph."""
    numbers = [x for node in graph.nodes for x in (node.value, node.grad) if x is not None]
    return np.abs(np.array(numbers, float))


def compare_with_differences(seeds):
    """How many graphs were compared, and the seeds of those that are wrong."""
    compared, wrong = 0, []
    for seed in seeds:
        graph = random_graph(seed)
        grads = graph.backward()
        if not (sizes(graph) < LARGE).all() or (measured := slopes(graph)) is None:
            continue
        compared += 1
        graph.backward()
        off = [
            abs(grads[n] - measured[n]) / max(1.0, abs(grads[n]), abs(measured[n])) for n in grads
        ]
        if not np.max(off) <= 1e-6:  # also if it is NaN
            wrong.append((seed, max(off)))
    return compared, wrong


def report(compared, wrong, tried):
    print(f"{compared} graphs compared, {tried - compared} skipped, {len(wrong)} wrong")
    assert wrong == []
    assert compared >= 0.8 * tried


def test_random_graphs_agree_with_central_differences():
    report(*compare_with_differences(range(1500)), 1500)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_two_hundred_thousand_random_graphs_agree_with_central_differences(part):
    seeds = range(10_000 * (part + 1), 10_000 * (part + 2))
    report(*compare_with_differences(seeds), 10_000)


@given(st.data())
def test_hypothesis_finds_no_graph_that_is_wrong(data):
    numbers = st.floats(-2.0, 2.0, allow_nan=False, allow_subnormal=False)
    inputs = [
        Input(x, f"x{k}")
        for k, x in enumerate(data.draw(st.lists(numbers, min_size=1, max_size=6)))
    ]
    gates = data.draw(st.integers(1, 40))
    output = random_output(lambda n: data.draw(st.integers(0, n - 1)), inputs, gates, SMOOTH)
    graph = ComputationalGraph(output)
    grads = graph.backward()
    if not (sizes(graph) < LARGE).all() or (measured := slopes(graph)) is None:
        return
    for name in grads:
        assert abs(grads[name] - measured[name]) <= 1e-6 * max(1.0, abs(grads[name]))


# The same graphs in another engine: each of our gates as the outside engine would write it.
OUTSIDE = {
    "AddGate": lambda g: lambda x, y: x + y,
    "SubtractGate": lambda g: lambda x, y: x - y,
    "MultiplyGate": lambda g: lambda x, y: x * y,
    "DivideGate": lambda g: lambda x, y: x / y,
    "ReciprocalGate": lambda g: lambda x: 1.0 / x,
    "PowerGate": lambda g: lambda x, y: x**y,
    "MaxGate": lambda g: lambda x, y: anp.maximum(x, y),
    "ExpGate": lambda g: anp.exp,
    "LogGate": lambda g: anp.log,
    "SigmoidGate": lambda g: lambda x: 1.0 / (1.0 + anp.exp(-x)),
    "TanhGate": lambda g: anp.tanh,
    "ReluGate": lambda g: lambda x: anp.where(x > 0, x, 0.0),
    "LeakyReluGate": lambda g: lambda x: anp.where(x > 0, x, g.slope * x),
    "EluGate": lambda g: lambda x: anp.where(x > 0, x, g.alpha * (anp.exp(x) - 1.0)),
}


def outside(graph):
    """The graph as a function of autograd's numbers, and its gradient."""

    def run(numbers):
        known = dict(zip(graph.inputs.values(), numbers, strict=True))
        for node in graph.nodes:
            if isinstance(node, Constant):
                known[node] = node.value
            elif node.inputs:
                known[node] = OUTSIDE[type(node).__name__](node)(*[known[n] for n in node.inputs])
        return known[graph.output]

    point = tuple(node.value for node in graph.inputs.values())
    return run(point), autograd.grad(run)(point)


def compare_with_autograd(seeds):
    compared, wrong = 0, []
    for seed in seeds:
        graph = random_graph(seed)
        grads = graph.backward()
        largest = sizes(graph).max()
        if not np.isfinite(largest) or tie(graph):
            continue
        value, outer_grads = outside(graph)
        compared += 1
        off = [abs(graph.output.value - value)]
        off += [abs(g - float(h)) for g, h in zip(grads.values(), outer_grads, strict=True)]
        if not np.max(off) <= 1e-12 * max(1.0, largest):
            wrong.append((seed, max(off)))
    return compared, wrong


def tie(graph):
    """At a tie the two engines differ on purpose: ours sends all to the first, theirs halves it."""
    return any(type(n) is c.MaxGate and n.inputs[0].value == n.inputs[1].value for n in graph.nodes)


def test_random_graphs_agree_with_an_outside_engine():
    report(*compare_with_autograd(range(300)), 300)


@pytest.mark.long
def test_two_thousand_random_graphs_agree_with_an_outside_engine():
    report(*compare_with_autograd(range(1000, 3500)), 2500)


def random_net(seed):
    """A two-layer net of random size and activation, its loss here and in the outside engine."""
    rng = np.random.default_rng(seed)
    n, d, h, k = rng.integers(1, 7, 4)
    x, labels = rng.normal(size=(n, d)), rng.integers(0, k, n)
    start = {
        "W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h),
        "W2": rng.normal(size=(h, k)), "b2": rng.normal(size=(1, k)),
    }  # fmt: skip
    ours, theirs = [
        (c.sigmoid, lambda z: 1.0 / (1.0 + anp.exp(-z))),
        (c.tanh, anp.tanh),
        (c.relu, lambda z: anp.where(z > 0, z, 0.0)),
    ][seed % 3]
    W1, b1, W2, b2 = (Input(value, name) for name, value in start.items())
    scores = ours(Constant(x) @ W1 + b1) @ W2 + b2
    kind = seed % 2
    loss = c.softmax_loss(scores, labels) if kind else c.hinge_loss(scores, labels)
    graph = ComputationalGraph(loss + 0.1 * (c.squared_norm(W1) + W2.sum() * b1.mean()))
    rows = np.arange(n)

    def outer_loss(p):
        s = theirs(anp.dot(x, p["W1"]) + p["b1"])
        s = anp.dot(s, p["W2"]) + p["b2"]
        right = s[rows, labels][:, None]
        if kind:
            top = anp.max(s, axis=1, keepdims=True)
            data = anp.mean(anp.log(anp.sum(anp.exp(s - top), axis=1)) + top[:, 0] - right[:, 0])
        else:
            wrong = 1.0 - np.eye(k)[labels]
            margins = s - right + 1.0
            data = anp.sum(anp.where(margins > 0, margins, 0.0) * wrong) / n
        return data + 0.1 * (anp.sum(p["W1"] ** 2) + anp.sum(p["W2"]) * anp.mean(p["b1"]))

    return graph, outer_loss, start


def test_two_hundred_random_nets_agree_with_an_outside_engine():
    for seed in range(200):
        graph, outer_loss, start = random_net(seed)
        grads, outer_grads = graph.backward(), autograd.grad(outer_loss)(start)
        largest = max(1.0, *(np.abs(g).max() for g in outer_grads.values()))
        assert abs(graph.output.value - outer_loss(start)) <= 1e-12 * max(
            largest, abs(graph.output.value)
        )
        for name in start:
            assert np.abs(grads[name] - outer_grads[name]).max() <= 1e-12 * largest


# ── size ─────────────────────────────────────────────────────────────────────────────────────────

CHAIN = """
    import sys
    from cs231n_lec4 import ComputationalGraph, Input
    sys.setrecursionlimit(200)
    x = Input(1.0, "x")
    f = x
    for k in range({n} // 2):
        f = f + x
        f = f * 0.5
    graph = ComputationalGraph(f)
    assert len(graph.nodes) == 1 + {n} + {n} // 2
    assert abs(graph.forward(x=3.0) - 3.0) < 1e-9
    assert abs(graph.backward()["x"] - 1.0) < 1e-9
    del graph, f
    print("freed")
"""


def run_chain(n):
    program = textwrap.dedent(CHAIN.format(n=n))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("freed\n", "")


def test_a_chain_of_a_hundred_thousand_gates_needs_no_recursion():
    run_chain(100_000)


@pytest.mark.long
def test_a_chain_of_a_million_gates_needs_no_recursion():
    run_chain(1_000_000)


def test_a_doubling_diamond_of_sixty_levels_is_instant():
    x = Input(1.0, "x")
    f = x
    for _ in range(60):
        f = f + f
    graph = ComputationalGraph(f)
    assert len(graph.nodes) == 61
    assert graph.backward() == {"x": 2.0**60}


def test_a_node_deep_below_is_still_put_before_those_that_use_it():
    x, y = Input(2.0, "x"), Input(3.0, "y")
    a = x * y
    b = a * x
    f = a + b  # a is an input of f and, further down, of b
    for output in (f, b + a, a * b + a):
        graph = ComputationalGraph(output)
        place = {node: k for k, node in enumerate(graph.nodes)}
        assert all(place[i] < place[node] for node in graph.nodes for i in node.inputs)


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def told(call):
    with pytest.raises(c.GraphError) as caught:
        call()
    return caught.value.facts


def test_a_message_knows_the_names_of_this_graph():
    graph, array = lecture_graph(), ComputationalGraph(Input([1.0, 2.0], "a") * 2.0)
    assert told(lambda: graph["w"])["known"] == "x, y, q, z, f"
    assert told(lambda: graph.forward(w=1.0))["known"] == "x, y, z"
    assert told(lambda: ComputationalGraph(Constant(2.0)).forward(w=1.0))["known"] == "none"
    assert told(array.backward) == {"node": "v1", "shape": (2,)}
    assert told(lambda: array.backward(2.0)) == {"node": "v1", "got": (), "expected": (2,)}
    with pytest.raises(c.GraphError, match="upstream got the text"):
        array.backward("2")
    a, b = Input(1.0, "a"), (Input(2.0, "b") * 2.0).named("twice")
    twins = (b + a) * (a * 3.0).named("twice")
    assert told(lambda: ComputationalGraph(twins)) == {"name": "twice"}
    assert repr(graph) == "ComputationalGraph(x, y, z → f)"


def test_a_share_is_asked_for_only_where_a_gradient_flows():
    graph = lecture_graph()
    assert graph.shares(graph["q"]) == [None, None]
    graph.backward()
    assert graph.shares(graph["f"]) == [-4.0, 3.0]


def test_a_move_to_where_python_refuses_a_number_is_answered_as_ieee_says():
    x = Input(1.0, "x")
    graph = ComputationalGraph(2.0 * (1.0 / x))
    assert graph.forward(x=2.0) == 1.0
    assert graph.forward(x=0.0) == math.inf
    assert graph.backward() == {"x": -math.inf}
    graph = ComputationalGraph(x**0.5 + 1.0)
    assert graph.forward(x=4.0) == 3.0
    assert math.isnan(graph.forward(x=-8.0))  # complex to Python
    assert math.isnan(graph.backward()["x"])
    graph = ComputationalGraph(x ** Input(2.0, "y") * 3.0)
    assert graph.forward(x=-8.0) == 192.0
    grads = graph.backward()
    assert grads["x"] == -48.0
    assert math.isnan(grads["y"])  # the logarithm of -8


def test_a_backward_pass_follows_an_input_that_was_moved_by_hand():
    graph = lecture_graph()
    graph.forward(x=2.0)
    graph["x"].value = 5.0
    assert graph.backward() == {"x": -4.0, "y": -4.0, "z": 10.0}
    graph["z"].value = np.array([1.0, 2.0])
    assert graph.backward(np.ones(2))["x"] == 3.0


def test_no_node_keeps_a_complex_gradient():
    y = Input(-4.0, "y")
    m = c.maximum(Constant(-3.0), y)
    graph = ComputationalGraph(m**0.5)
    assert graph.backward() == {"y": 0.0}
    assert math.isnan(m.grad)


def test_what_nobody_asks_for_has_no_gradient():
    x, two = Input(3.0, "x"), Constant(2.0)
    six = two * 3.0
    graph = ComputationalGraph(x * six + x**two)
    for upstream in (None, 1.0):
        assert graph.backward(upstream) == {"x": 12.0}
        assert two.grad is None
        assert six.grad is None


def test_a_whole_number_too_large_for_a_float_is_refused():
    with pytest.raises(c.GraphError) as caught:
        Input(10**400, "x")
    assert caught.value.code == "value_is_not_a_number"
    assert type(Input(10**300, "x").value) is float


def test_a_number_may_meet_an_array_of_constants():
    x = Input(2.0, "x")
    row = x * Constant(np.array([1.0, 2.0]))
    assert ComputationalGraph(row.sum()).backward() == {"x": 3.0}
    with pytest.raises(c.GraphError) as caught:
        ComputationalGraph(row).backward()
    assert caught.value.code == "upstream_needed"


def test_an_input_may_be_called_self():
    graph = ComputationalGraph(Input(2.0, "self") * 3.0)
    assert graph.forward(self=1.0) == 3.0


def test_a_number_and_an_array_meet_where_python_refuses_the_number():
    v = Input([1.0, -2.0], "v")
    grads = ComputationalGraph(((-2.0) ** v).sum()).backward()
    assert np.isnan(grads["v"]).all()  # the logarithm of -2


def test_a_move_that_does_not_fit_leaves_every_input_where_it_was():
    graph = lecture_graph()
    graph.forward(x=1.0, y=2.0)
    for bad in ({"x": 9.0, "y": "2"}, {"x": 9.0, "w": 2.0}, {"x": 9.0, "y": None}):
        with pytest.raises(c.GraphError):
            graph.forward(**bad)
        assert (graph["x"].value, graph["y"].value) == (1.0, 2.0)
    assert graph.backward() == {"x": -4.0, "y": -4.0, "z": 3.0}


# ── what values and gradients are, whatever a gate returns ───────────────────────────────────────


def test_what_a_graph_hands_out_cannot_be_written_to():
    x = Input([1.0, 2.0], "x")
    graph = ComputationalGraph(x * 2.0)
    mine = np.array([3.0, 4.0, 5.0, 6.0])
    graph.forward(x=mine[:2])
    mine[0] = 99.0
    assert x.value.tolist() == [3.0, 4.0]
    for dtype in (np.float64, np.float32, np.int64):
        graph.backward(np.ones(2, dtype))
        for array in (x.value, x.grad, graph.output.value, graph.output.grad):
            assert array.dtype == np.float64
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1.0


def test_the_first_gradient_has_the_kind_of_the_output():
    single = ComputationalGraph(Input(np.float32(2.0), "x") * np.float32(3.0))
    single.backward()
    assert type(single.output.grad) is np.float32
    array = ComputationalGraph(Input(np.ones(2, np.float32), "x") * 2.0)
    array.backward(np.ones(2))
    assert array.output.grad.dtype == np.float32


def test_an_output_that_nobody_asks_about_has_no_gradient():
    graph = ComputationalGraph(Constant(3.0) * 2.0)
    assert graph.backward() == {}
    assert graph.output.grad is None
    assert graph.backward(5.0) == {}
    assert graph.output.grad is None


def test_a_gate_may_answer_yes_or_no_and_with_arrays_of_no_axes():
    class IsPositive(c.Gate):
        def forward(self, x):
            self.x = x
            return x > 0.0

        def backward(self, dz):
            return [np.asarray(0.0 * dz)]

    x = Input(2.0, "x")
    graph = ComputationalGraph(IsPositive(x) * x)
    assert type(graph.forward()) is float
    assert graph.backward() == {"x": 1.0}
    assert type(x.grad) is float
    graph = ComputationalGraph((IsPositive(Input([2.0, -1.0], "a")) * 3.0).sum())
    assert graph.forward() == 3.0


def test_a_list_may_stand_on_the_left_of_a_product():
    x = Input([1.0, 2.0], "x")
    assert ([[1.0, 0.0], [1.0, 1.0]] @ x).value.tolist() == [1.0, 3.0]
    assert ((1.0, 2.0) @ x).value == 5.0
    assert ([3.0, 4.0] - x).value.tolist() == [2.0, 2.0]


@pytest.mark.parametrize(
    "call",
    [
        lambda x: np.add(x, 1.0, where=True),
        lambda x: np.multiply.outer(x, [1.0, 2.0]),
        lambda x: np.add.reduce(x),
        lambda x: np.divmod(1.0, x),
    ],
)
def test_a_numpy_function_with_settings_or_another_method_is_refused(call):
    with pytest.raises(c.GraphError) as caught:
        call(Input([1.0, 2.0], "x"))
    assert caught.value.code == "numpy_does_not_know_nodes"


def test_a_circle_below_the_output_is_named():
    x = Input(1.0, "x")
    p = (x + 1.0).named("p")
    q = (p * 2.0).named("q")
    p.inputs = (x, q)
    for output in (q + 1.0, c.exp(c.exp(p)), p):
        with pytest.raises(c.GraphError) as caught:
            ComputationalGraph(output)
        assert caught.value.code == "gates_in_a_circle"


def test_a_list_of_too_few_gradients_is_told_also_where_the_graph_is_of_floats():
    class One(c.MultiplyGate):
        def backward(self, dz):
            return [dz]

    with pytest.raises(c.GraphError) as caught:
        ComputationalGraph(One(Input(1.0, "x"), Input(2.0, "y"))).backward()
    assert caught.value.code == "gradient_count"


WARNERS = {
    "log of 0": lambda: c.parse("sum(log(x))", x=0.0),
    "1/0": lambda: c.parse("sum(1 / x)", x=0.0),
    "array / 0.0": lambda: ComputationalGraph((Input([1.0, 0.0], "v") / Input(0.0, "x")).sum()),
    "overflow": lambda: c.parse("exp(x) * sum(v)", x=1000.0, v=[1.0, 2.0]),
    "inf - inf": lambda: c.parse("mean(exp(v) - exp(v))", v=[1000.0, 1.0]),
    "of one score": lambda: ComputationalGraph(c.softmax_loss(Input(np.inf, "x"), [0])),
    "gradients that meet": lambda: c.parse("sum(log(v) - log(v) * 2)", v=[0.0, -1.0]),
}


@pytest.mark.parametrize("make", WARNERS.values(), ids=WARNERS)
@pytest.mark.filterwarnings("error")
def test_no_numpy_warning_leaves_the_package(make):
    graph = make()
    graph.forward()
    graph.backward()
    for node in graph.nodes:
        if node.inputs:
            graph.shares(node)
            node.downstream()
            node.compute()
            c.check_gate(type(node), *[n.value for n in node.inputs]) if node.is_plain else None
    c.check_gradients(graph)
    c.compile_flat(graph)(**{name: node.value for name, node in graph.inputs.items()})
