"""The numbers of the lecture, its notes and later decks: every value and every gradient."""

import inspect
import json
from pathlib import Path

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import Constant, exp, lecture, maximum, relu, sigmoid, squared_norm, tanh

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "ground_truth.json").read_text())
}

# What the engine has nothing to say about, and why.
NOT_GRAPHS = {
    "lec_jacobian_sizes": "counts entries of Jacobians; nothing is computed",
    "lec_architecture_counts": "counts neurons and parameters",
    "lec_kink_conventions": "lists conventions of other libraries; ours is in test_gates.py",
    "later_activation_gelu_exact": "needs the error function, which is no gate of this lecture",
}
# Cases of another form, each with a test of its own below.
TOLD_APART = ("lec_horse_templates", "lec_two_layer_20_lines_full_run")
# The entry of each graph in lessons/graphs.py, by the function's name. Its `nodes` say what the
# graph calls a value that has another name there; null is a setting, or a step inside a gate.
LECTURE = {case["graph"]: case for case in CASES.values() if "graph" in case}
BUILDERS = {}


def case(*ids):
    """Enter a function that builds the graph of a case from its inputs."""

    def enter(build):
        BUILDERS.update(dict.fromkeys(ids, build))
        return build

    return enter


def named(**nodes):
    for name, node in nodes.items():
        node.named(name)
    return list(nodes.values())[-1]


def total(*pairs):
    """L = Σ upstream · value: with it the upstream gradient of each value is the number given."""
    loss = None
    for value, upstream in pairs:
        term = (
            (value * Constant(upstream)).sum()
            if value.value.__class__ is not float
            else value * upstream
        )
        loss = term if loss is None else loss + term
    return loss


@case("lec_add_mul_xyz")
def _(x, y, z):
    return named(q=(q := x + y), f=q * z)


@case("lec_sigmoid_neuron_fine")
def _(w0, x0, w1, x1, w2):
    named(m0=(m0 := w0 * x0), m1=(m1 := w1 * x1), s=(s := m0 + m1), dot=(dot := s + w2))
    return named(neg=(neg := dot * -1), e=(e := exp(neg)), den=(den := e + 1), f=1 / den)


@case("lec_sigmoid_neuron_grouped")
def _(w0, x0, w1, x1, w2):
    named(m0=(m0 := w0 * x0), m1=(m1 := w1 * x1), s=(s := m0 + m1), dot=(dot := s + w2))
    return named(f=sigmoid(dot))


@case("lec_gate_patterns_circuit")
def _(x, y, z, w):
    named(mul=(mul := x * y), max=(larger := maximum(z, w)), add=(add := mul + larger))
    return named(f=2 * add)


@case("lec_l2_of_Wx")
def _(W, x):
    return named(q=(q := W @ x), f=squared_norm(q))


@case("later_relu_vector_jacobian")
def _(x, dLdy):
    return named(y=(y := relu(x)), L=total((y, dLdy.value)))


@case("lec_branch_add")
def _(a, b):
    return named(c=(left := a + b), d=(right := b + 1), e=left * right)


@case("lec_multiply_gate_api", "later_gate_mul")
def _(x, y, dz):
    return named(z=(z := x * y), L=total((z, dz.value)))


@case("later_gate_add")
def _(x, y, dz):
    return named(z=(z := x + y), L=total((z, dz.value)))


@case("later_gate_max")
def _(x, y, dz):
    return named(z=(z := maximum(x, y)), L=total((z, dz.value)))


@case("later_gate_copy")
def _(x, dz1, dz2):
    return named(z1=(z1 := x * 1.0), z2=(z2 := x * 1.0), L=total((z1, dz1.value), (z2, dz2.value)))


@case("lec_sigmoid_layer")
def _(bottom, top_diff):
    return named(top=(top := sigmoid(bottom)), L=total((top, top_diff.value)))


@case("notes_mul_sensitivity")
def _(x, y):
    return named(f=x * y)


@case("notes_max_gate")
def _(x, y):
    return named(f=maximum(x, y))


@case("notes_staged_xy")
def _(x, y):
    named(sigy=(sigy := sigmoid(y)), num=(num := x + sigy), sigx=(sigx := sigmoid(x)))
    named(xpy=(xpy := x + y), xpysqr=(square := xpy**2), den=(den := sigx + square))
    return named(invden=(invden := 1 / den), f=num * invden)


@case("notes_hinge_delta10")
def _(scores, y):
    return named(L=c.hinge_loss(scores, int(y.value), margin=10.0))


@case("notes_svm_one_example")
def _(W, x, b, y):
    return named(s=(s := W @ x + b), L=c.hinge_loss(s, int(y.value)))


@case("notes_softmax_one_example")
def _(W, x, b, y):
    return named(s=(s := W @ x + b), L=c.softmax_loss(s, int(y.value)))


@case("notes_softmax_dscores", "notes_softmax_stability")
def _(f, y):
    return named(L=c.softmax_loss(f, int(y.value)))


@case("lec_svm_graph_batch")
def _(X, W, y, reg):
    named(scores=(scores := X @ W), data_loss=(data := c.hinge_loss(scores, y.value)))
    return named(reg_loss=(penalty := reg.value * squared_norm(W)), L=data + penalty)


@case("lec_two_layer_20_lines_tiny")
def _(x, y, w1, w2):
    named(a=(a := x @ w1), h=(h := sigmoid(a)), y_pred=(y_pred := h @ w2))
    return named(loss=squared_norm(y_pred - Constant(y.value)))


@case("notes_assignment1_toy_two_layer_net_2018")
def _(X, y, W1, b1, W2, b2):
    scores = (relu(Constant(X.value) @ W1 + b1) @ W2 + b2).named("scores")
    return c.softmax_loss(scores, y.value) + 0.05 * (squared_norm(W1) + squared_norm(W2))


@case("later_assignment1_modular_two_layer_net")
def _(X, y, W1, b1, W2, b2):
    scores = (relu(Constant(X.value) @ W1 + b1) @ W2 + b2).named("scores")
    return c.softmax_loss(scores, y.value)


@case("lec_neuron_firing_rate")
def _(inputs, weights, bias):
    named(cell_body_sum=(body := (inputs * weights).sum() + bias))
    return named(firing_rate=sigmoid(body))


@case("lec_three_layer_feedforward")
def _(x, W1, b1, W2, b2, W3, b3):
    named(h1=(h1 := sigmoid(W1 @ x + b1)), h2=(h2 := sigmoid(W2 @ h1 + b2)))
    return named(out=(out := W3 @ h2 + b3), L=out.sum())


ACTIVATIONS = {
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "leaky_relu_0.1": lambda x: c.leaky_relu(x, slope=0.1),
    "leaky_relu_0.01": c.leaky_relu,
    "elu_alpha1": c.elu,
    "elu_alpha2": lambda x: c.elu(x, alpha=2.0),
}
for name, function in ACTIVATIONS.items():

    @case(f"lec_activation_{name}")
    def _(x, function=function):
        return named(y=(y := function(x)), L=y.sum())


@case("later_activation_silu")
def _(x):
    return named(y=(y := x * sigmoid(x)), L=y.sum())


@case("lec_activation_maxout")
def _(x, w1, b1, w2, b2):
    return named(a=(a := w1 @ x + b1), c=(b := w2 @ x + b2), f=maximum(a, b))


@case("later_matmul_2x3_3x4")
def _(x, w, dLdy):
    return named(y=(y := x @ w), L=total((y, dLdy.value)))


@case("notes_matmul_D_eq_WX")
def _(W, X, dD):
    return named(D=(D := W @ X), L=total((D, dD.value)))


@case("later_discussion_relu_l2")
def _(X, W1, W2):
    return named(z1=(z1 := X @ W1), h1=(h1 := relu(z1)), yhat=(out := h1 @ W2), L=squared_norm(out))


@case("later_mlp_bce")
def _(x, y, w1, w2, b):
    named(xw1=(xw1 := x @ w1), h=(h := relu(xw1)), z=(z := h @ w2 + b), p=(p := sigmoid(z)))
    y = y.value
    return named(L=-(y * c.log(p) + (1 - y) * c.log(1 - p)).mean())


@case("notes_mul_gate_scale")
def _(w, x, dz):
    return named(L=(w @ x) * dz.value)


@case("lec_unary_reference_gates")
def _(x, u):
    named(recip=(r := 1 / x), plus_c=(p := x + 5), exp=(e := exp(x)), times_a=(t := -1 * x))
    return named(L=u.value * (r + 2 * p + 3 * e + 4 * t))


def recipe_of_2018():
    rng = np.random.RandomState(0)
    W1, W2 = 0.1 * rng.randn(4, 10), 0.1 * rng.randn(10, 3)
    X = 10 * np.random.RandomState(1).randn(5, 4)
    return {"X": X, "y": [0, 1, 2, 2, 1], "W1": W1, "b1": np.zeros(10), "W2": W2, "b2": np.zeros(3)}


def recipe_of_2021():
    N, D, H, C = 3, 5, 50, 7
    return {
        "X": np.linspace(-5.5, 4.5, N * D).reshape(D, N).T,
        "y": [0, 5, 1],
        "W1": np.linspace(-0.7, 0.3, D * H).reshape(D, H),
        "b1": np.linspace(-0.1, 0.9, H),
        "W2": np.linspace(-0.3, 0.4, H * C).reshape(H, C),
        "b2": np.linspace(-0.9, 0.1, C),
    }


RECIPES = {
    "notes_assignment1_toy_two_layer_net_2018": recipe_of_2018,
    "later_assignment1_modular_two_layer_net": recipe_of_2021,
}


def graph_of(id):
    """The case's graph, run backward, and the nodes by name."""
    numbers = RECIPES[id]() if id in RECIPES else CASES[id]["inputs"]
    inputs = {name: c.Input(value, name) for name, value in numbers.items()}
    graph = c.ComputationalGraph(BUILDERS[id](**inputs))
    graph.backward(np.ones_like(graph.output.value) if np.ndim(graph.output.value) else None)
    return graph


def close(got, expected, limit=1e-12):
    """Equal to `limit`, relative to the largest number of the array."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    assert np.abs(got - expected).max() <= limit * np.abs(expected).max()


def test_every_case_is_built_or_has_a_reason_why_not():
    of_the_lecture = {case["id"] for case in LECTURE.values()} - {*BUILDERS}
    assert sorted([*BUILDERS, *NOT_GRAPHS, *TOLD_APART, *of_the_lecture]) == sorted(CASES)


# Steps inside one of our gates, or of a gate's local gradient: they are no nodes of the graph.
INSIDE = {"margins", "p"}


@pytest.mark.parametrize("id", BUILDERS)
def test_every_value_is_the_known_one(id):
    graph, known = graph_of(id), CASES[id]
    if not isinstance(known["output"], dict):
        close(np.squeeze(graph.output.value), known["output"])
    nodes = {graph.name_of(node) for node in graph.nodes}
    assert set(known["intermediates"]) - nodes <= INSIDE
    for name in nodes.intersection(known["intermediates"]):
        close(graph[name].value, known["intermediates"][name])


@pytest.mark.parametrize("id", [id for id in BUILDERS if "modular" not in id])
def test_every_gradient_is_the_known_one(id):
    graph, known = graph_of(id), CASES[id]
    assert known["gradients"]
    for name, gradient in known["gradients"].items():
        close(graph[name].grad, gradient)


def graphs_of_the_lecture():
    """The functions of lessons/graphs.py that can be called as they are: each makes a graph."""
    ours = {n: f for n, f in vars(lecture).items() if inspect.isfunction(f)}
    return {
        name
        for name, function in ours.items()
        if function.__module__ == lecture.__name__
        and all(p.default is not p.empty for p in inspect.signature(function).parameters.values())
    }


def test_every_graph_of_the_lecture_has_an_entry():
    assert graphs_of_the_lecture() == set(LECTURE)


@pytest.mark.parametrize("name", LECTURE)
def test_a_graph_of_the_lecture_has_the_numbers_of_its_entry(name):
    graph, known = getattr(lecture, name)(), LECTURE[name]
    nodes = known.get("nodes", {})
    assert set(graph.inputs) <= {nodes.get(word, word) for word in known["inputs"]}
    close(graph.output.value, known["output"])
    for word, value in {**known["inputs"], **known["intermediates"]}.items():
        if nodes.get(word, word) is not None:
            close(graph[nodes.get(word, word)].value, value)
    for word, gradient in known["gradients"].items():
        close(graph[nodes.get(word, word)].grad, gradient)


def test_the_modular_net_of_2021_has_the_gradients_of_its_course():
    graph, known = (
        graph_of("later_assignment1_modular_two_layer_net"),
        CASES["later_assignment1_modular_two_layer_net"],
    )
    grads, gradients = graph.backward(), known["gradients"]
    close(graph.output.value, known["output"]["loss_reg0"])
    close(grads["b1"].sum(), gradients["b1_sum_reg0"])
    close(grads["b2"], gradients["b2_reg0"])
    W1, W2 = graph["W1"], graph["W2"]
    close(np.linalg.norm(grads["W1"]), gradients["W1_fro_reg0"])
    close(np.linalg.norm(grads["W2"]), gradients["W2_fro_reg0"])
    graph = c.ComputationalGraph(graph.output + 0.5 * (squared_norm(W1) + squared_norm(W2)))
    close(graph.forward(), known["output"]["loss_reg1"])
    grads = graph.backward()
    close(grads["W1"][0, 0], gradients["W1_00_reg1"])
    close(grads["W2"][0, 0], gradients["W2_00_reg1"])


def test_one_step_of_the_tiny_net_goes_where_it_should():
    graph = graph_of("lec_two_layer_20_lines_tiny")
    after = CASES["lec_two_layer_20_lines_tiny"]["after_one_step"]
    grads = graph.backward()
    loss = graph.forward(**{w: graph[w].value - after["lr"] * grads[w] for w in ("w1", "w2")})
    close(loss, after["loss"])
    close(graph["w1"].value, after["w1"])
    close(graph["w2"].value, after["w2"])


def test_two_templates_add_up_to_a_horse_of_either_direction():
    numbers = CASES["lec_horse_templates"]["inputs"]
    templates = Constant([numbers["template_left"], numbers["template_right"]])
    for name, image in numbers["images"].items():
        h = relu(templates @ c.Input(image, "image")).named("h")
        W2 = c.Input(numbers["W2_horse_row"], "W2")
        graph, known = c.ComputationalGraph(W2 @ h), CASES["lec_horse_templates"]
        close(graph.forward(), known["intermediates"][name]["weighted_sum"])
        close(graph.backward()["W2"], known["intermediates"][name]["h"])
        close(h.grad, known["gradients"]["h"])


@pytest.mark.parametrize(("key", "hidden"), [("correct", 100), ("seedB_hidden_width_is_N", 64)])
def test_the_twenty_lines_lose_what_they_are_known_to_lose(key, hidden):
    known = CASES["lec_two_layer_20_lines_full_run"]["intermediates"][key]["loss"]
    rng = np.random.RandomState(0)
    x, y = Constant(rng.randn(64, 1000)), Constant(rng.randn(64, 10))
    w1 = c.Input(rng.randn(1000, hidden), "w1")
    w2 = c.Input(rng.randn(hidden, 10), "w2")
    graph = c.ComputationalGraph(squared_norm(sigmoid(x @ w1) @ w2 - y))
    for step in range(101):
        if str(step) in known:  # the known losses are rounded, the later ones more
            assert graph.forward() == pytest.approx(
                known[str(step)], rel=1e-8 if step < 2 else 3e-4
            )
        grads = graph.backward()
        graph.forward(w1=w1.value - 1e-4 * grads["w1"], w2=w2.value - 1e-4 * grads["w2"])
