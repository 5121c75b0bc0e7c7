"""Nets and neurons as pictures, the live net, its counts, and the checks of notebook 08."""

import base64
import random
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import ipywidgets
import node
import numpy as np
import pytest
from matplotlib.figure import Figure

from cs231n_lec4 import GraphError, net_view, words
from cs231n_lec4.lessons import networks
from cs231n_lec4.lessons.checks.net_checks import check_counts, check_feed_forward, check_two_layers
from cs231n_lec4.lessons.counts import count_rows
from cs231n_lec4.lessons.networks import sigmoid
from cs231n_lec4.live.base import registry
from cs231n_lec4.pictures import nets as net_pictures

SVG = "{http://www.w3.org/2000/svg}"
LIVE = ipywidgets.widgets.widget._instances
OF_THE_LECTURE = [(3, 4, 2), (3, 4, 4, 1), (3072, 100, 10)]


pytestmark = pytest.mark.usefixtures("no_view_stays")


# ── the drawn net ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sizes", OF_THE_LECTURE)
def test_a_drawn_net_has_its_units_and_says_its_counts(sizes):
    ax = Figure().subplots()
    alt = net_pictures.net_drawing(ax, *sizes)
    assert f"{networks.count_of(*sizes).parameters:,} parameters" in alt
    assert len(ax.patches) == sum(min(size, net_pictures.MOST_DRAWN) for size in sizes)
    drawn = [min(size, net_pictures.MOST_DRAWN) for size in sizes]
    lines = [len(collection.get_segments()) for collection in ax.collections]
    assert lines == [left * right for left, right in pairwise(drawn)]


def test_a_net_whose_counts_are_to_be_predicted_does_not_tell_them():
    ax = Figure().subplots()
    alt = net_pictures.net_drawing(ax, 3072, 100, 10, counts=False)
    everything = alt + "".join(text.get_text() for text in [*ax.texts, ax.title])
    for number in ("308", "110", "parameters"):
        assert number not in everything


# ── the neuron ───────────────────────────────────────────────────────────────────────────────────


def drawn_neurons():
    """The SVG that asks and the one that answers, as trees."""
    shown = net_pictures.neuron_picture()._repr_mimebundle_()["text/html"]
    data = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', shown)
    return [ElementTree.fromstring(base64.b64decode(svg)) for svg in data]


def seen_in(tree):
    """The places of all texts that are not hidden, by text."""
    found = {}
    for group in tree.findall(f"{SVG}g"):
        if group.get("display") != "none":
            for part in group.findall(f"{SVG}g"):
                found[" ".join("\n".join(part.itertext()).split())] = part.get("transform")
            for text in group.findall(f"{SVG}text"):
                found["".join(text.itertext())] = (text.get("x"), text.get("y"))
    return found


def test_parts_of_cell_and_model_that_correspond_stand_under_each_other():
    places = seen_in(drawn_neurons()[1])
    for cell, model in zip(words.NEURON["cell"], words.NEURON["model"], strict=True):
        above, below = (places[name.replace("\n", " ")] for name in (cell, model))
        (x, y), (under, lower) = (map(float, re.findall(r"[\d.]+", p)) for p in (above, below))
        assert x == under
        assert y < lower


def test_the_question_about_the_neuron_does_not_hold_its_answer():
    asked, answered = map(seen_in, drawn_neurons())
    for model in words.NEURON["model"]:
        assert model in answered
        assert model not in asked
    assert "?" in asked
    assert "?" not in answered
    assert not [text for text in asked if text[0] in "wx∑"]
    assert [text for text in answered if text[0] in "wx∑"]


def test_the_answer_about_the_neuron_is_folded_and_told_in_words():
    shown = net_pictures.neuron_picture()._repr_mimebundle_()
    asked, folded = shown["text/html"].split("<details>")
    assert asked.count("<img alt=") == folded.count("<img alt=") == 1
    assert "dendrite and wire w·x" in folded
    assert "dendrite and wire w·x" not in asked + shown["text/plain"]


def test_the_neurons_file_holds_no_sentence():
    file = Path(net_pictures.__file__).with_name("neuron.svg").read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->|<[^>]*>|&#8203;|\{[^}]*\}", " ", file, flags=re.DOTALL)
    assert not re.search(r"[A-Za-z]{2,}", text)


# ── the live net, in Python ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sizes", "counts", "parameters"),
    [
        ((3, 4, 2), (6, 20, 6), 26),
        ((3, 4, 4, 1), (9, 32, 9), 41),
        ((3072, 100, 10), (110, 308_200, 110), 308_310),
    ],
)
def test_a_live_net_counts_the_nets_of_the_lecture(sizes, counts, parameters):
    view = net_view(*sizes)
    assert tuple(view.counts) == counts
    assert view.counts.parameters == parameters


def test_a_live_net_tells_its_sums_only_when_asked():
    view = net_view(3, 4, 2)
    assert "20" not in repr(view)
    assert "2-layer" not in repr(view)
    view.shown = True
    lines = repr(view).splitlines()
    assert lines[0] == "3-4-2. A 2-layer net, which is also called a 1-hidden-layer net."
    assert lines[2] == "weights: 3 × 4 + 4 × 2 = 20 (one for each connection)"
    assert lines[4] == "parameters: 20 + 6 = 26 (weights and biases)"


def test_a_net_without_a_hidden_layer_is_called_a_linear_classifier():
    view = net_view(3072, 10, shown=True)
    assert repr(view).startswith("3072-10. A 1-layer net, without a hidden layer: a linear")
    assert "neurons: 10 (" in repr(view)


@pytest.mark.parametrize("layers", [(3,), (3, 0, 2), (3, 10_001), (1,) * 7, ()])
def test_a_net_that_cannot_be_drawn_is_refused_and_the_old_one_stays(layers):
    view = net_view(3, 4, 2)
    with pytest.raises(GraphError, match="2 to 6 layers") as refused:
        view.move(*layers)
    assert refused.value.code == "net_view_sizes"
    assert view.layers == [3, 4, 2]


def test_closing_a_live_net_leaves_nothing_behind():
    before = len(LIVE)
    view = net_view(3, 4, 2)
    assert len(LIVE) > before
    view.close()
    assert len(LIVE) == before
    assert not registry._alive


def test_a_live_net_says_everything_in_a_saved_page(tmp_path):
    page = net_view(3, 4, 2).save(tmp_path / "net.html").read_text(encoding="utf-8")
    assert 'data-kind="net"' in page
    assert ".net-view" in page


# ── the live net, in the browser ─────────────────────────────────────────────────────────────────

COUNTS = "console.log(JSON.stringify(JSON.parse(await input()).map(countsOf)))"
DRAWN = "console.log(JSON.stringify(JSON.parse(await input()).map(heights)))"
CHOICES = """
console.log(JSON.stringify(JSON.parse(await input()).map(([control, layers, value]) =>
  [numberOf(control, layers), withNumber(control, layers, value)])));
"""


def test_the_browser_counts_as_python_does():
    draw = random.Random(1)
    nets = [[draw.randint(1, 10_000) for _ in range(draw.randint(2, 6))] for _ in range(200)]
    nets += [list(sizes) for sizes in OF_THE_LECTURE]
    found = node.run(node.module("net_view") + COUNTS, nets)
    assert found == [{name: list(row) for name, row in count_rows(net).items()} for net in nets]


def test_the_browser_draws_as_many_units_as_python_does():
    sizes = [*range(1, 14), 3072]
    found = node.run(node.module("net_drawing") + DRAWN, sizes)
    assert list(map(len, found)) == [min(size, net_pictures.MOST_DRAWN) for size in sizes]
    for column in found:
        assert column == sorted(column)
        assert column[0] + column[-1] == found[0][0] * 2, "a layer stands in the middle"


def test_a_layer_more_or_less_leaves_the_others_as_they_are():
    net, depth = [3, 5, 6, 2], {}
    cases = [
        [{"place": 0}, net, 7],
        [{"place": 2}, net, 7],
        [{"place": -1}, net, 7],
        [depth, net, 0],
        [depth, net, 1],
        [depth, net, 4],
    ]
    assert node.run(node.module("net_view") + CHOICES, cases) == [
        [3, [7, 5, 6, 2]],
        [6, [3, 5, 7, 2]],
        [2, [3, 5, 6, 7]],
        [2, [3, 2]],
        [2, [3, 5, 2]],
        [2, [3, 5, 6, 4, 4, 2]],
    ]


# ── the checks: one test for each misconception ──────────────────────────────────────────────────

CIFAR = (3072, 100, 10)
RIGHT = {"layers": 2, "neurons": 110, "parameters": 308_310}


def test_the_right_counts_are_right():
    report = check_counts(RIGHT, *CIFAR)
    assert report
    assert report.mark == "✓"


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("layers", 3, "input_counted"),
        ("layers", 1, "hidden_only"),
        ("neurons", 3182, "input_counted"),
        ("neurons", 100, "hidden_only"),
        ("parameters", 308_200, "biases_forgotten"),
        ("parameters", 311_382, "input_has_biases"),
        ("parameters", 308_202, "one_bias_a_layer"),
        ("parameters", 110, "units_not_weights"),
        ("parameters", 3_072_000, "layers_multiplied"),
        ("parameters", 307_300, "last_layer_forgotten"),
        ("parameters", 30_730, "one_layer"),
        ("parameters", 308_311, None),
        ("parameters", None, "not_answered"),
        ("parameters", "many", "not_a_number"),
    ],
)
def test_a_miscount_is_told_its_reason(name, answer, reason):
    report = check_counts({**RIGHT, name: answer}, *CIFAR)
    assert not report
    assert report.reason == reason


def right_two(W1, W2, x):
    return W2 @ np.maximum(0, W1 @ x)


WRONG_TWO = {
    "max_on_the_input": lambda W1, W2, x: W2 @ (W1 @ np.maximum(0, x)),
    "no_activation": lambda W1, W2, x: W2 @ W1 @ x,
    "activation_on_output": lambda W1, W2, x: np.maximum(0, right_two(W1, W2, x)),
    "max_of_the_output": lambda W1, W2, x: np.maximum(0, W2 @ (W1 @ x)),
    "matrices_of_two": lambda W1, W2, x: W1 @ np.maximum(0, W1 @ x),
    "not_answered": lambda W1, W2, x: None,
    "second_layer_missing": lambda W1, W2, x: np.maximum(0, W1 @ x),
    "function_stops": lambda W1, x: W1 @ x,
}


def test_the_right_two_layer_function_is_right():
    assert check_two_layers(right_two).mark == "✓"


@pytest.mark.parametrize("reason", WRONG_TWO)
def test_a_wrong_two_layer_function_is_told_its_reason(reason):
    report = check_two_layers(WRONG_TWO[reason])
    assert not report
    assert report.reason == reason


def test_matrices_in_the_wrong_order_are_told_as_such():
    assert check_two_layers(lambda W1, W2, x: W1 @ (W2 @ x)).reason == "matrices_of_two"
    report = check_feed_forward(lambda x, W1, b1, W2, b2, W3, b3, f: W1 @ f(W2 @ f(W3 @ x)))
    assert report.reason == "matrices_of_three"


def passes():
    """Each known slip in the pass of slide 99."""

    def right(x, W1, b1, W2, b2, W3, b3, f, f2=None, last=lambda z: z):
        return last(W3 @ (f2 or f)(W2 @ f(W1 @ x + b1) + b2) + b3)

    def same(z):
        return z

    def without_biases(x, W1, b1, W2, b2, W3, b3, f):
        return W3 @ f(W2 @ f(W1 @ x))

    def without_the_last_bias(x, W1, b1, W2, b2, W3, b3, f):
        return right(x, W1, b1, W2, b2, W3, 0 * b3, f)

    def bias_outside(x, W1, b1, W2, b2, W3, b3, f):
        return W3 @ (f(W2 @ (f(W1 @ x) + b1)) + b2) + b3

    yield None, right
    yield "bias_not_added", without_biases
    yield "bias_not_added", without_the_last_bias
    yield "bias_after_activation", bias_outside
    yield "activation_on_output", lambda *given: right(*given, last=sigmoid)
    yield "no_activation", lambda *given: right(*given[:-1], same)
    yield "one_activation_missing", lambda *given: right(*given, f2=same)
    yield "one_activation_missing", lambda *given: right(*given[:-1], same, f2=sigmoid)


@pytest.mark.parametrize(("reason", "function"), list(passes()))
def test_a_slip_in_the_feed_forward_pass_is_told_its_reason(reason, function):
    report = check_feed_forward(function)
    assert bool(report) == (reason is None)
    assert report.reason == reason


def test_a_bias_of_the_wrong_shape_is_told_by_its_shape():
    report = check_feed_forward(
        lambda x, W1, b1, W2, b2, W3, b3, f: W3 @ f(W2 @ f(W1 @ x + b1.ravel()) + b2) + b3
    )
    assert report.reason == "wrong_shape"
    assert "(1, 4)" in repr(report)


def test_a_check_never_changes_what_it_hands_out():
    def greedy(W1, W2, x):
        x *= 0
        return W2 @ np.maximum(0, W1 @ x)

    check_two_layers(greedy)
    assert check_two_layers(WRONG_TWO["max_on_the_input"]).reason == "max_on_the_input"


@pytest.mark.parametrize("layers", [("3", 4), ([3, 4, 2],), (3, None), (3, 4.5)])
def test_layers_that_are_no_numbers_are_refused(layers):
    for refuse in (net_view, net_view(3, 4).move):
        with pytest.raises(GraphError) as refused:
            refuse(*layers)
        assert refused.value.code == "net_view_sizes"


def test_a_count_that_nobody_asked_for_is_no_slip():
    assert check_counts({"neuron": 6}, 3, 4, 2).reason == "unknown_choice"
    assert check_counts({}, 3, 4, 2).reason == "not_answered"
