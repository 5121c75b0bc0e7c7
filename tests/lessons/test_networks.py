"""The nets say what the lecture's numbers say; the plain NumPy lines say what the graph says."""

import json
import math
import re
from collections import deque
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

import cs231n_lec4 as c
from cs231n_lec4 import templates
from cs231n_lec4.engine.node import GATES
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.lessons import activations, data, networks
from cs231n_lec4.lessons.formula import FUNCTIONS
from cs231n_lec4.lessons.networks import Layer, Neuron
from cs231n_lec4.lessons.trainer import Trainer
from cs231n_lec4.pictures.plots import decision_boundary

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "ground_truth.json").read_text())
}


def numbers(id):
    return {name: np.asarray(value) for name, value in CASES[id]["inputs"].items()}


def close(got, expected, limit=1e-12):
    """Equal to `limit`, relative to the largest number of the array."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    assert np.abs(got - expected).max() <= limit * max(np.abs(expected).max(), 1e-300)


# ── activations ──────────────────────────────────────────────────────────────────────────────────

SETTINGS = {
    "lec_activation_leaky_relu_0.1": ("leaky_relu", {"slope": 0.1}),
    "lec_activation_leaky_relu_0.01": ("leaky_relu", {"slope": 0.01}),
    "lec_activation_elu_alpha1": ("elu", {}),
    "lec_activation_elu_alpha2": ("elu", {"alpha": 2.0}),
    "lec_activation_sigmoid": ("sigmoid", {}),
    "lec_activation_tanh": ("tanh", {}),
    "lec_activation_relu": ("relu", {}),
    "later_activation_gelu_exact": ("gelu", {}),
    "later_activation_silu": ("silu", {}),
}


@pytest.mark.parametrize("id", SETTINGS)
def test_each_activation_and_its_derivative_are_the_known_ones(id):
    name, settings = SETTINGS[id]
    kind, case = activations.EVERY_ACTIVATION[name], CASES[id]
    kind = activations.activation_of(GATES[name], **settings) if settings else kind
    x = np.array(case["inputs"]["x"])
    close(kind.value(x), case["intermediates"]["y"])
    close(kind.slope(x), case["gradients"]["x"])


def test_the_slope_of_the_leaky_relu_is_said_once_for_the_slide_and_once_for_the_gate():
    kind = activations.activation_called("leaky_relu")
    assert (kind.value(-3.0), kind.slope(-3.0)) == (-3.0 * activations.SLIDE_SLOPE, 0.1)
    assert kind.formula == "max(0.1 x, x)"
    assert c.leaky_relu(-3.0) == -3.0 * c.LeakyReluGate.slope == -0.03
    assert activations.activation_of(c.LeakyReluGate).formula == "max(0.01 x, x)"


@pytest.mark.parametrize("kind", activations.EVERY_ACTIVATION.values(), ids=lambda k: k.name)
def test_a_formula_reads_the_same_in_every_language(kind):
    assert set(re.findall("[A-Za-z]{2,}", kind.formula)) <= {"min", *FUNCTIONS}


@pytest.mark.parametrize("name", activations.EVERY_ACTIVATION)
def test_each_slope_is_what_a_nudge_measures(name):
    kind = activations.EVERY_ACTIVATION[name]
    x = np.array([-4.3, -1.2, -0.4, 0.3, 0.9, 2.7])
    measured = (kind.value(x + 1e-6) - kind.value(x - 1e-6)) / 2e-6
    assert np.allclose(kind.slope(x), measured, atol=1e-8)


def test_four_sigmoids_in_a_row_leave_three_thousandths_of_a_gradient():
    outputs, slopes = activations.sigmoids_in_a_row(0.0)
    assert np.prod(slopes) == pytest.approx(0.003008, abs=1e-6)
    assert outputs[0] == 0.5
    assert outputs[-1] == pytest.approx(0.6572, abs=1e-4)  # σ(σ(σ(0.5)))


def test_a_saturated_sigmoid_keeps_almost_nothing_of_a_gradient():
    assert 5 * activations.SIGMOID.slope(10.0) == pytest.approx(2.27e-4, abs=1e-6)


# ── the neuron and counting ──────────────────────────────────────────────────────────────────────


def test_a_neuron_fires_at_the_known_rate_and_knows_its_gradients():
    case = CASES["lec_neuron_firing_rate"]
    given = case["inputs"]
    neuron = Neuron(given["weights"], given["bias"])
    close(neuron.forward(given["inputs"]), case["output"])
    close(neuron.cell_body_sum, case["intermediates"]["cell_body_sum"])
    inputs, weights, bias = neuron.backward()
    for name, grad in (("inputs", inputs), ("weights", weights), ("bias", bias)):
        close(grad, case["gradients"][name])
        close(neuron.backward(2.0)[["inputs", "weights", "bias"].index(name)], 2 * np.asarray(grad))


@pytest.mark.parametrize("name", ["net_left", "net_right", "cifar_two_layer", "linear_cifar"])
def test_counts_of_neurons_and_parameters_are_the_slides(name):
    case = CASES["lec_architecture_counts"]
    count = networks.count_of(*case["inputs"][name])
    for what, expected in case["intermediates"][name].items():
        if what != "names":
            assert getattr(count, what) == expected


def test_the_twenty_lines_have_101000_weights_and_the_slip_64640():
    known = CASES["lec_architecture_counts"]["intermediates"]
    assert (
        networks.count_of(1000, 100, 10, biases=False).parameters == known["slide_code"]["weights"]
    )
    assert networks.count_of(1000, 64, 10, biases=False).weights == known["seedB_code"]["weights"]


def test_a_net_of_one_size_cannot_be_counted():
    with pytest.raises(GraphError, match="two or more layer sizes"):
        networks.count_of(3)
    with pytest.raises(GraphError, match="whole numbers above 0"):
        networks.count_of(3, 0, 2)


# ── feed-forward ─────────────────────────────────────────────────────────────────────────────────


def test_three_layers_feed_forward_with_the_known_numbers_and_shapes():
    case = CASES["lec_three_layer_feedforward"]
    out, h1, h2 = networks.three_layer_forward(**numbers("lec_three_layer_feedforward"))
    close(out, case["intermediates"]["out"])
    close(h1, case["intermediates"]["h1"])
    close(h2, case["intermediates"]["h2"])
    assert out.shape == (1, 1)
    assert h1.shape == h2.shape == (4, 1)


def test_a_flat_bias_is_caught_by_the_shape_check():
    given = numbers("lec_three_layer_feedforward")
    given["b1"] = given["b1"].ravel()
    with pytest.raises(
        GraphError, match=r"h1 has shape \(4, 4\), but it should have shape \(4, 1\)"
    ):
        networks.three_layer_forward(**given)


def test_two_layers_are_the_formula_of_the_slide():
    random = np.random.default_rng(0)
    W1, W2, x = (random.standard_normal(s) for s in ((4, 3), (5, 4), 3))
    close(networks.two_layer_scores(W1, W2, x)[0], W2 @ np.maximum(0, W1 @ x))


@pytest.mark.parametrize("x", [-1000.0, 0.7, np.array([[-1.5, 30.0]])])
def test_the_plain_sigmoid_is_that_of_the_gate(x):
    assert np.array_equal(networks.sigmoid(x), activations.SIGMOID.value(x))


def test_without_an_activation_layers_collapse_into_one():
    net, x, _ = a_problem((4, 6, 5, 3), seed=1)
    (W1, b1), (W2, b2), (W3, b3) = net
    one = x @ (W1 @ W2 @ W3) + (b1 @ W2 + b2) @ W3 + b3
    close(networks.forward(net, x, "none")[0], one)
    assert not np.allclose(networks.forward(net, x, "relu")[0], one)


# ── the twenty lines ─────────────────────────────────────────────────────────────────────────────


def test_the_tiny_two_layer_net_has_the_known_loss_gradients_and_next_step():
    case, given = CASES["lec_two_layer_20_lines_tiny"], numbers("lec_two_layer_20_lines_tiny")
    loss, h, grad_w1, grad_w2 = networks.two_layer_gradients(**given)
    close(loss, case["output"])
    close(h, case["intermediates"]["h"])
    close(grad_w1, case["gradients"]["w1"])
    close(grad_w2, case["gradients"]["w2"])
    after = case["after_one_step"]
    given["w1"] = given["w1"] - after["lr"] * grad_w1
    given["w2"] = given["w2"] - after["lr"] * grad_w2
    close(networks.two_layer_gradients(**given)[0], after["loss"])


STEPS = {
    "correct": networks.two_layer_steps,
    "seedB_hidden_width_is_N": networks.two_layer_steps_with_n_for_h,
}


@pytest.mark.parametrize("key", STEPS)
def test_the_twenty_lines_begin_with_the_known_losses(key):
    known = CASES["lec_two_layer_20_lines_full_run"]["intermediates"][key]
    for record in STEPS[key](steps=101):
        if str(record.step) in known["loss"]:
            expected = known["loss"][str(record.step)]
            assert record.loss == pytest.approx(expected, rel=1e-7 if record.step < 2 else 3e-4)
    assert list(record.w1.shape) == known["w1_shape"]
    assert list(record.w2.shape) == known["w2_shape"]


@pytest.mark.long
@pytest.mark.parametrize("key", STEPS)
def test_the_twenty_lines_end_with_the_known_losses(key):
    known = CASES["lec_two_layer_20_lines_full_run"]["intermediates"][key]["loss"]
    for record in STEPS[key]():
        if str(record.step) in known:
            assert record.loss == pytest.approx(known[str(record.step)], rel=2e-2)
    assert record.step == 1999


@pytest.mark.parametrize("examples", [5, 9, 64])
def test_shapes_do_not_follow_the_number_of_examples(examples):
    record = next(networks.two_layer_steps(N=examples, D_in=20, H=7, D_out=3))
    assert record.w1.shape == (20, 7)
    assert record.w2.shape == (7, 3)
    slip = next(networks.two_layer_steps_with_n_for_h(N=examples, D_in=20, H=7, D_out=3))
    assert slip.w1.shape == (20, examples)


def test_most_hidden_units_start_saturated():
    known = CASES["lec_two_layer_20_lines_full_run"]["intermediates"]["correct"]
    share, slope = networks.saturation(next(networks.two_layer_steps()).h)
    assert share == pytest.approx(known["fraction_of_hidden_units_outside_0_01_0_99"], abs=6e-4)
    assert slope == pytest.approx(known["mean_local_gradient_h_1_minus_h"], abs=6e-6)


def test_the_twenty_lines_are_the_graph_of_the_same_gates():
    record = next(networks.two_layer_steps(N=6, D_in=9, H=5, D_out=3))
    random = np.random.RandomState(0)
    x, y = random.randn(6, 9), random.randn(6, 3)
    w1, w2 = c.Input(record.w1, "w1"), c.Input(record.w2, "w2")
    graph = c.ComputationalGraph(c.squared_norm(c.sigmoid(x @ w1) @ w2 - y))
    grads = graph.backward()
    close(record.loss, graph.output.value)
    close(record.grad_w1, grads["w1"], 1e-10)
    close(record.grad_w2, grads["w2"], 1e-10)


# ── classification ───────────────────────────────────────────────────────────────────────────────


def a_problem(sizes, seed=0):
    """A net with biases that are not 0, examples and labels."""
    random = np.random.default_rng(seed)
    net = networks.make_net(*sizes, seed=seed)
    net = tuple(Layer(layer.W, random.standard_normal(layer.b.shape)) for layer in net)
    return net, random.standard_normal((6, sizes[0])), random.integers(0, sizes[-1], 6)


def loss_at(net, x, labels, activation, regularisation):
    return networks.record_of(0, net, x, labels, activation, regularisation).loss


@pytest.mark.parametrize("activation", activations.EVERY_ACTIVATION)
@pytest.mark.parametrize("sizes", [(4, 3), (4, 5, 3), (4, 5, 2, 3)])
def test_gradients_are_what_nudges_measure(activation, sizes):
    net, x, labels = a_problem(sizes, seed=3)
    grads = networks.record_of(0, net, x, labels, activation, 0.1).grads
    flat = [array for layer in net for array in layer]
    for array, grad in zip(flat, [array for layer in grads for array in layer], strict=True):
        for place in np.ndindex(array.shape):
            ends = []
            for nudge in (1e-5, -1e-5):
                array[place] += nudge
                ends.append(loss_at(net, x, labels, activation, 0.1))
                array[place] -= nudge
            assert (ends[0] - ends[1]) / 2e-5 == pytest.approx(grad[place], abs=1e-8)


def test_hidden_outputs_are_those_of_each_layer():
    net, x, _ = a_problem((4, 5, 2, 3))
    scores, (h1, h2) = networks.forward(net, x, "tanh")
    close(h1, np.tanh(x @ net[0].W + net[0].b))
    close(h2, np.tanh(h1 @ net[1].W + net[1].b))
    close(scores, h2 @ net[2].W + net[2].b)


def test_the_toy_net_of_2018_has_its_loss_and_gradients():
    random = np.random.RandomState(0)
    W1, W2 = 0.1 * random.randn(4, 10), 0.1 * random.randn(10, 3)
    x = 10 * np.random.RandomState(1).randn(5, 4)
    net = Layer(W1, np.zeros(10)), Layer(W2, np.zeros(3))
    case, labels = CASES["notes_assignment1_toy_two_layer_net_2018"], np.array([0, 1, 2, 2, 1])
    # That course has no ½ in its penalty: its 0.05 is our 0.1.
    record = networks.record_of(0, net, x, labels, "relu", 0.1)
    close(networks.forward(net, x)[0], case["intermediates"]["scores"])
    close(record.loss, case["output"])
    for place, layer in enumerate(record.grads, start=1):
        close(layer.W, case["gradients"][f"W{place}"])
        close(layer.b, case["gradients"][f"b{place}"])


def test_the_modular_net_of_2021_has_its_losses_and_gradients():
    N, D, H, C = 3, 5, 50, 7
    x = np.linspace(-5.5, 4.5, N * D).reshape(D, N).T
    first = Layer(np.linspace(-0.7, 0.3, D * H).reshape(D, H), np.linspace(-0.1, 0.9, H))
    second = Layer(np.linspace(-0.3, 0.4, H * C).reshape(H, C), np.linspace(-0.9, 0.1, C))
    labels, case = np.array([0, 5, 1]), CASES["later_assignment1_modular_two_layer_net"]
    _, loss, _, (one, two) = networks.record_of(0, (first, second), x, labels, "relu", 0.0)
    known = case["gradients"]
    close(loss, case["output"]["loss_reg0"])
    close(one.b.sum(), known["b1_sum_reg0"])
    close(two.b, known["b2_reg0"])
    close(np.linalg.norm(one.W), known["W1_fro_reg0"])
    close(np.linalg.norm(two.W), known["W2_fro_reg0"])
    _, loss, _, (one, two) = networks.record_of(0, (first, second), x, labels, "relu", 1.0)
    close(loss, case["output"]["loss_reg1"])
    close(one.W[0, 0], known["W1_00_reg1"])
    close(two.W[0, 0], known["W2_00_reg1"])


# ── training ─────────────────────────────────────────────────────────────────────────────────────


def spirals_of_the_notes():
    """The case study's own random numbers, drawn in its order with seed 0."""
    random = np.random.RandomState(0)
    turns = [np.linspace(4 * k, 4 * k + 4, 100) + 0.2 * random.randn(100) for k in range(3)]
    radius, turn = np.tile(np.linspace(0, 1, 100), 3), np.concatenate(turns)
    return np.column_stack([radius * np.sin(turn), radius * np.cos(turn)]), np.repeat(
        np.arange(3), 100
    )


def trained(points, labels, **settings):
    [last] = deque(networks.train(points, labels, scale=0.01, **settings), maxlen=1)
    return last, networks.accuracy(last.net, points, labels)


def test_a_linear_classifier_gets_half_of_the_spirals():
    record, accuracy = trained(*spirals_of_the_notes(), layers=1, steps=200)
    assert accuracy == pytest.approx(0.49, abs=0.01)
    assert record.loss == pytest.approx(0.786, abs=0.002)


def test_a_hidden_layer_gets_nearly_all_of_the_spirals():
    record, accuracy = trained(*spirals_of_the_notes(), hidden=100, steps=6000)
    assert accuracy == pytest.approx(0.98, abs=0.01)
    assert record.loss == pytest.approx(0.25, abs=0.01)


def test_our_own_spirals_say_the_same():
    points, labels = data.spirals()
    assert trained(points, labels, layers=1, steps=200)[1] < 0.6
    assert trained(points, labels, hidden=100, steps=3000)[1] > 0.95


def test_small_weights_start_at_the_loss_of_guessing():
    points, labels = data.spirals()
    record = next(networks.train(points, labels, scale=0.001, regularisation=0.0))
    assert record.loss == pytest.approx(np.log(3), abs=1e-4)
    assert record.step == 0


def test_a_record_holds_what_belongs_together():
    points, labels = data.xor()
    for record in networks.train(points, labels, steps=5):
        again = networks.record_of(record.step, record.net, points, labels, "relu", 1e-3)
        assert record.loss == again.loss
        close(again.grads[0].W, record.grads[0].W)
    assert record.step == 4


@pytest.mark.parametrize("batch", [None, 16])
def test_a_training_goes_on_where_it_was_left(batch):
    points, labels = data.circles()
    whole = list(networks.train(points, labels, steps=21, batch=batch))
    half = list(networks.train(points, labels, steps=11, batch=batch))
    rest = list(networks.train(points, labels, steps=11, batch=batch, start=half[-1]))
    assert [record.loss for record in whole[10:]] == [record.loss for record in rest]


def test_training_writes_into_nothing_that_was_handed_out():
    points, labels = data.circles()
    records = list(networks.train(points, labels, steps=3))
    again = list(networks.train(points, labels, steps=3))
    for one, other in zip(records, again, strict=True):
        assert (one.net[0].W == other.net[0].W).all()
    assert records[0].net[0].W is not records[1].net[0].W


def test_a_trainer_goes_the_way_of_train():
    trainer = Trainer(data="xor", hidden=5)
    *_, record = networks.train(trainer.x, trainer.labels, hidden=5, steps=21)
    for _ in range(20):
        assert trainer.step()
    assert trainer.record.loss == record.loss
    assert len(trainer.losses) == 21


def test_a_trainer_that_diverges_keeps_its_last_good_step():
    trainer = Trainer(rate=300.0, hidden=20)
    while trainer.step():
        assert trainer.record.step < 200
    assert trainer.diverged
    assert np.isfinite(trainer.record.loss)
    assert len(trainer.losses) == trainer.record.step + 1
    trainer.settings["rate"] = 0.1
    trainer.reset()
    assert trainer.step()


def test_reset_brings_back_the_same_weights():
    trainer = Trainer()
    before = trainer.record
    trainer.step()
    trainer.reset()
    assert (trainer.record.net[0].W == before.net[0].W).all()
    assert trainer.losses == [before.loss]


def test_a_trainer_names_what_it_knows():
    with pytest.raises(GraphError, match="circles, spirals, xor"):
        Trainer(data="moons")
    with pytest.raises(GraphError, match="no setting 'speed'"):
        Trainer(speed=3)


# ── templates ────────────────────────────────────────────────────────────────────────────────────


def test_two_template_scores_add_up_as_in_the_question_from_the_hall():
    case = CASES["lec_horse_templates"]
    W1 = np.array([case["inputs"]["template_left"], case["inputs"]["template_right"]])
    W2 = np.array([case["inputs"]["W2_horse_row"]])
    net = templates.HorseNet(W1, W2, np.zeros(2))
    for name, image in case["inputs"]["images"].items():
        h, score = net.forward(image)
        close(h, case["intermediates"][name]["h"])
        close(score, case["intermediates"][name]["weighted_sum"])
        assert h.max() == case["intermediates"][name]["max_instead"]


def test_mirroring_a_horse_turns_it_round():
    turned = {"left": "right", "right": "left", "front": "front"}
    found = dict.fromkeys(turned, 0)
    for image in templates.horses():
        side = templates.facing(image)
        if side in turned:
            found[side] += 1
            assert templates.facing(image[:, ::-1]) == turned[side]
    assert found == {"left": 102, "right": 110, "front": 35}


def test_a_horse_scores_high_with_its_own_template_only():
    net = templates.horse_net()
    left, right = (net.forward(templates.mean_horse(side))[0] for side in ("left", "right"))
    assert left[0] > 4 * left[1]
    assert right[1] > 4 * right[0]
    middle, score = net.forward(templates.horse_between(0))
    assert (middle < 0.5 * left[0]).all()
    assert score > 1.8 * middle.max()


def test_the_slide_goes_from_one_mean_horse_to_the_other():
    close(templates.horse_between(-1), templates.mean_horse("left"))
    close(templates.horse_between(1), templates.mean_horse("right"))
    close(
        templates.horse_between(0),
        (templates.mean_horse("left") + templates.mean_horse("right")) / 2,
    )


def test_a_hidden_layer_names_more_held_out_animals_than_a_linear_classifier():
    linear, two_layer = templates.train_animals(0), templates.train_animals(64)
    assert 0.76 < templates.held_out_accuracy(linear) < 0.81
    assert 0.85 < templates.held_out_accuracy(two_layer) < 0.89
    untrained = templates.untrained_animals(64)
    assert templates.held_out_accuracy(untrained) < 0.2
    unit = templates.units_for(two_layer)[0]
    assert templates.favourite_counts(two_layer, unit)["horse"] >= 15
    assert templates.favourite_counts(untrained, unit).get("horse", 0) <= 5
    assert len(templates.favourites(two_layer, unit)) == 25


@pytest.mark.long
def test_over_ten_seeds_two_layers_are_always_better():
    linear, two_layer = templates.accuracies(0), templates.accuracies(64)
    assert max(linear) < min(two_layer)
    assert np.mean(linear) == pytest.approx(0.786, abs=0.01)
    assert np.mean(two_layer) == pytest.approx(0.869, abs=0.01)


# ── odd but plausible input ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"hidden": 0}, "net_sizes"),
        ({"hidden": 2.5}, "net_sizes"),
        ({"layers": 0}, "setting_whole"),
        ({"layers": 2.0}, "setting_whole"),
        ({"batch": 0}, "setting_whole"),
        ({"rate": "0.1"}, "setting_number"),
        ({"rate": math.nan}, "setting_number"),
        ({"regularisation": None}, "setting_number"),
        ({"activation": "Relu"}, "unknown_activation"),
    ],
)
def test_a_setting_that_no_training_can_have_is_refused(settings, code):
    with pytest.raises(GraphError) as refused:
        next(networks.train(*data.circles(20), **settings))
    assert refused.value.code == code
    if "batch" not in settings:
        with pytest.raises(GraphError) as refused:
            Trainer(**settings)
        assert refused.value.code == code


@pytest.mark.parametrize("seed", ["a", -1, None])
def test_a_trainer_needs_a_seed_to_begin_again(seed):
    with pytest.raises(GraphError) as refused:
        Trainer(seed=seed)
    assert refused.value.code == "setting_whole"


# ── labels and rows, asked for in one way wherever they are taken ─────────────────────────────────

NET = networks.make_net(2, 4, 3, seed=1)
POINTS = np.random.default_rng(4).standard_normal((5, 2))
TAKERS = {  # everything that is given labels
    "train": lambda labels: next(networks.train(POINTS, labels)),
    "accuracy": lambda labels: networks.accuracy(NET, POINTS, labels),
    "loss_graph": lambda labels: networks.loss_graph(NET, POINTS, labels),
    "softmax_loss": lambda labels: c.softmax_loss(c.Input(POINTS @ np.ones((2, 3)), "s"), labels),
    "hinge_loss": lambda labels: c.hinge_loss(c.Input(POINTS @ np.ones((2, 3)), "s"), labels),
    "decision_boundary": lambda labels: decision_boundary(Figure().subplots(), NET, POINTS, labels),
}
WRONG_LABELS = {
    "a column": (np.array([[0], [1], [2], [2], [0]]), "labels_shape"),
    "one-hot": (np.eye(3)[[0, 1, 2, 2, 0]], "labels_shape"),
    "too few": ([0, 1, 2, 2], "labels_shape"),
    "one number": (1, "labels_shape"),
    "halves": ([0, 1, 0.5, 2, 2], "labels_are_whole"),
    "not a number": ([0, 1, math.nan, 2, 2], "labels_are_whole"),
    "no end": ([0, 1, math.inf, 2, 2], "labels_are_whole"),
    "beyond whole numbers": ([0, 1, 1e300, 2, 2], "labels_are_whole"),
    "yes and no": ([True, False, True, True, False], "labels_are_whole"),
    "words": (["cat", "car", "cat", "car", "cat"], "labels_are_whole"),
    "ragged": ([0, [1], 2, 2, 0], "value_is_ragged"),
}


@pytest.mark.parametrize("kind", WRONG_LABELS)
@pytest.mark.parametrize("taker", TAKERS)
def test_labels_that_are_no_class_numbers_are_refused(taker, kind):
    labels, code = WRONG_LABELS[kind]
    with pytest.raises(GraphError) as refused:
        TAKERS[taker](labels)
    assert refused.value.code == code


NO_CLASS = [(taker, label) for taker in TAKERS for label in (-1, 3, 10**9)]
NO_CLASS.remove(("train", 3))  # a training has as many classes as its labels say


@pytest.mark.parametrize(("taker", "label"), NO_CLASS)
def test_a_label_without_a_class_is_refused(taker, label):
    with pytest.raises(GraphError) as refused:
        TAKERS[taker]([0, 1, 2, 2, label])
    codes = {-1: "labels_are_whole", 10**9: "net_too_large"} if taker == "train" else {}
    assert refused.value.code == codes.get(label, "label_out_of_range")


@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize("kind", [float, np.float32, np.uint8, np.int64])
def test_whole_numbers_are_labels_whatever_their_kind(taker, kind):
    labels = np.array([0, 1, 2, 2, 0])
    results = [TAKERS[taker](given) for given in (labels, labels.astype(kind), labels.tolist())]
    told = [getattr(r, "loss", getattr(getattr(r, "output", r), "value", r)) for r in results]
    assert told[0] == told[1] == told[2]


def test_accuracy_counts_the_rows_whose_class_is_found():
    found = networks.predict(NET, POINTS)
    assert networks.accuracy(NET, POINTS, found) == 1.0
    assert networks.accuracy(NET, POINTS, [*found[:3], *(found[3:] + 1) % 3]) == 0.6


@pytest.mark.parametrize(
    ("x", "code"),
    [
        (POINTS[0], "examples_shape"),
        (POINTS[None], "examples_shape"),
        (np.ones((0, 2)), "examples_shape"),
        (POINTS.T[:, :3], "examples_width"),
        (2.0, "examples_shape"),
        ("points", "value_is_text"),
        ([[1.0, 2.0], [3.0]], "value_is_ragged"),
    ],
)
def test_rows_that_a_net_does_not_take_are_refused(x, code):
    rows = 2 if code == "examples_width" else 0
    for take in (
        networks.predict,
        networks.forward,
        lambda n, x: networks.accuracy(n, x, [0] * rows),
    ):
        with pytest.raises(GraphError) as refused:
            take(NET, x)
        assert refused.value.code == code


@pytest.mark.parametrize("sizes", [(2, 10**9, 3), (10**5, 10**5), (784, 20_000, 10)])
def test_a_net_that_no_memory_holds_is_refused(sizes):
    with pytest.raises(GraphError) as refused:
        networks.make_net(*sizes)
    assert refused.value.code == "net_too_large"


def test_a_training_without_examples_is_refused():
    with pytest.raises(GraphError) as refused:
        next(networks.train(np.ones((0, 2)), np.ones(0, int)))
    assert refused.value.code == "examples_shape"


def test_counts_of_numpy_sizes_are_python_numbers():
    count = c.count_of(np.int64(3), 4, 2)
    assert {type(number) for number in count} == {int}


def test_no_numbers_give_no_numbers():
    for kind in activations.EVERY_ACTIVATION.values():
        assert kind.value(np.array([])).shape == kind.slope(np.array([])).shape == (0,)
