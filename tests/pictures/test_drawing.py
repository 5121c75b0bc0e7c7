"""The pictures: the slides' gates, columns, order and numbers; the fork; labels from people."""

import base64
import io
import re
import time
from collections import Counter
from xml.etree import ElementTree

import numpy as np
import PIL.Image
import pytest

from cs231n_lec4 import lecture
from cs231n_lec4.engine.arrays import squared_norm
from cs231n_lec4.engine.gates import exp, maximum, sigmoid
from cs231n_lec4.engine.graph import ComputationalGraph
from cs231n_lec4.engine.node import Constant, Input
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.pictures import dot as drawing
from cs231n_lec4.pictures.dot import draw, safe_label, to_dot
from cs231n_lec4.pictures.images import MOST_PIXELS
from cs231n_lec4.pictures.plots import Plot, downhill_picture
from cs231n_lec4.pictures.process import lay_out
from cs231n_lec4.pictures.sketch import MOST_GATES, Box, Sketch, gate_label
from cs231n_lec4.pictures.straight import runs_through_something
from cs231n_lec4.pictures.svg import size_of, text_of, tidied

TAG = "{http://www.w3.org/2000/svg}"


def inputs(**values):
    return [Input(value, name) for name, value in values.items()]


def add_multiply():
    x, y, z = inputs(x=-2.0, y=5.0, z=-4.0)
    return graph_of(((x + y).named("q") * z).named("f"))


def sigmoid_neuron():
    w0, x0, w1, x1, w2 = inputs(w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, w2=-3.0)
    return graph_of(1 / (1 + exp(-1 * (w0 * x0 + w1 * x1 + w2))))


def gate_patterns():
    x, y, z, w = inputs(x=3.0, y=-4.0, z=2.0, w=-1.0)
    return graph_of(2 * (x * y + maximum(z, w)))


def branch():
    a, b = inputs(a=2.0, b=1.0)
    return graph_of((a + b) * (b + 1))


def graph_of(node):
    graph = ComputationalGraph(node)
    graph.backward()
    return graph


class Seen:
    """What a picture shows, read from its SVG: texts and places."""

    def __init__(self, svg):
        self.page = ElementTree.fromstring(svg).find(f"{TAG}g")
        self.groups = {group.get("id"): group for group in self.page.findall(f"{TAG}g")}

    def look(self, text, name):
        """What a text says of itself, or the page for it."""
        return text.get(name) or self.page.get(name)

    def texts(self, key):
        return [text.text for text in self.groups[key].findall(f"{TAG}text")]

    def of_class(self, kind):
        return [g.get("id") for g in self.groups.values() if kind in g.get("class", "").split()]

    def place(self, key):
        group = self.groups[key]
        circle, line = group.find(f"{TAG}ellipse"), group.find(f"{TAG}line")
        if circle is not None:
            return float(circle.get("cx")), float(circle.get("cy"))
        if line is not None:
            return (float(line.get("x1")) + float(line.get("x2"))) / 2, float(line.get("y1"))
        text = group.find(f"{TAG}text")
        return float(text.get("x")), float(text.get("y"))

    def gates(self):
        """Symbols of the gates, from left to right."""
        keys = sorted(self.of_class("gate"), key=self.place)
        return [self.texts(key)[0] for key in keys]

    def inputs(self):
        """Names of the inputs, from top to bottom."""
        keys = sorted(self.of_class("input"), key=lambda key: self.place(key)[1])
        return [self.texts(key)[0] for key in keys]

    def numbers(self):
        return {key: tuple(self.texts(key)) for key in self.of_class("wire")}


def seen(graph, **options):
    return Seen(draw(graph, **options).svg)


# ── the lecture's graphs ──


def test_the_first_graph_is_drawn_as_on_slide_23():
    picture = seen(add_multiply())
    assert picture.inputs() == ["x", "y", "z"]
    assert picture.gates() == ["+", "×"]
    assert sorted(picture.numbers().values()) == sorted(
        [("−2", "−4"), ("5", "−4"), ("−4", "3"), ("3", "−4"), ("−12", "1")]
    )


def test_the_sigmoid_neuron_has_the_eight_gates_and_the_numbers_of_slide_43():
    picture = seen(sigmoid_neuron())
    assert picture.inputs() == ["w0", "x0", "w1", "x1", "w2"]
    assert picture.gates() == ["×", "×", "+", "+", "×−1", "exp", "+1", "1/x"]
    values = ["2.00", "−1.00", "−2.00", "−3.00", "−2.00", "6.00", "4.00", "−3.00", "1.00"]
    grads = ["−0.20", "0.39", "0.20", "−0.39", "−0.59", "0.20", "0.20", "0.20", "0.20"]
    values += ["−1.00", "0.37", "1.37", "0.73"]
    grads += ["−0.20", "−0.53", "−0.53", "1.00"]
    assert sorted(picture.numbers().values()) == sorted(zip(values, grads, strict=True))


def test_the_gate_patterns_are_drawn_as_on_slide_50():
    picture = seen(gate_patterns())
    assert picture.inputs() == ["x", "y", "z", "w"]
    assert sorted(picture.gates()[:2]) == ["max", "×"]
    assert picture.gates()[2:] == ["+", "×2"]
    numbers = [("3", "−8"), ("−4", "6"), ("−12", "2"), ("2", "2"), ("−1", "0"), ("2", "2")]
    numbers += [("−10", "2"), ("−20", "1")]
    assert sorted(picture.numbers().values()) == sorted(numbers)


@pytest.mark.parametrize("make", [add_multiply, sigmoid_neuron, gate_patterns, branch])
def test_all_inputs_stand_in_one_left_column_and_every_gate_right_of_what_it_reads(make):
    graph = make()
    drawn = draw(graph)
    picture = Seen(drawn.svg)
    columns = {round(picture.place(f"w{key[1:]}")[0]) for key in picture.of_class("input")}
    assert len(columns) == 1
    assert all(picture.place(w["id"])[0] >= min(columns) - 1 for w in drawn.wires)
    for wire in drawn.wires:
        if wire["gate"] is not None:
            assert picture.place(wire["id"])[0] < picture.place(f"g{wire['gate']}")[0]


def crossed():
    a, b, c = inputs(a=1.0, b=2.0, c=3.0)
    return graph_of(c * (a + b) + (a + c))


@pytest.mark.parametrize("make", [add_multiply, sigmoid_neuron, gate_patterns, crossed])
def test_inputs_enter_a_gate_from_top_to_bottom_in_their_order(make):
    drawn = draw(make())
    picture = Seen(drawn.svg)
    pairs = [(a, b) for a in drawn.wires for b in drawn.wires if _neighbours(a, b)]
    assert pairs
    for upper, lower in pairs:
        assert picture.place(upper["id"])[1] < picture.place(lower["id"])[1]


def _neighbours(a, b):
    return a["gate"] is not None and a["gate"] == b["gate"] and a["slot"] < b["slot"]


@pytest.mark.parametrize("make", [add_multiply, sigmoid_neuron, gate_patterns])
def test_the_lines_of_the_lecture_graphs_are_straight(make):
    assert "splines=line" in draw(make()).dot
    for group in Seen(draw(make()).svg).groups.values():
        if group.get("class") == "edge":
            numbers = [float(n) for n in re.findall(r"[-\d.]+", group.find(f"{TAG}path").get("d"))]
            (x0, y0), *points = zip(numbers[::2], numbers[1::2], strict=True)
            across, down = points[-1][0] - x0, points[-1][1] - y0
            assert all(abs(across * (y - y0) - down * (x - x0)) < 5 for x, y in points)


def test_where_a_straight_line_would_run_through_a_number_lines_bend():
    x, y = inputs(x=3.0, y=-2.0)
    drawn = draw(graph_of((x * x * y) + x**2 + (1 - x)))
    assert runs_through_something(tidied(lay_out(drawn._straight, "svg")))
    assert "splines=polyline" in drawn.dot


# ── forks, constants, arrays ──


def test_a_fork_shows_each_share_and_their_sum():
    drawn = draw(branch())
    picture = Seen(drawn.svg)
    (fork,) = picture.of_class("fork")
    assert picture.texts(fork) == ["+"]
    stem = f"w{fork[1:]}"
    assert picture.texts(stem) == ["1", "5"]
    assert [picture.texts(f"{stem}_{j}") for j in (0, 1)] == [["1", "2"], ["1", "3"]]
    x = [picture.place(key)[0] for key in (stem, fork, f"{stem}_0")]
    assert x == sorted(x)


def test_a_value_used_twice_by_one_gate_has_two_branches():
    (x,) = inputs(x=3.0)
    branches = [wire for wire in draw(graph_of(x * x)).wires if wire["role"] == "branch"]
    assert [(wire["gate"], wire["slot"]) for wire in branches] == [(1, 0), (1, 1)]


def test_a_plain_number_is_drawn_inside_its_gate():
    (x,) = inputs(x=2.0)
    gates = [x + 1, 1 + x, x - 3, 3 - x, -x, x * 0.5, x / 4, 1 / x, 5 / x, x**2, x**-1, x**0.5]
    texts = ["+1", "+1", "−3", "3−x", "×−1", "×0.5", "÷4", "1/x", "5/x", "x²", "x⁻¹", "x^0.5"]
    assert [gate_label(gate)[0] for gate in gates] == texts
    assert gate_label(x + (-3))[0] == "−3"
    assert gate_label(maximum(0, x)) == ("max 0", (1,))
    assert gate_label(2**x)[0] == "2ˣ"


def test_a_named_or_large_constant_keeps_its_own_dashed_wire():
    (x,) = inputs(x=2.0)
    drawn = draw(graph_of((x + Constant(5.0, "c")) * 2))
    (dashed,) = [wire for wire in drawn.wires if not wire["alive"]]
    picture = Seen(drawn.svg)
    group = picture.groups[dashed["id"]]
    assert group.find(f"{TAG}line").get("stroke-dasharray")
    assert picture.texts(dashed["id"])[0] == "5"
    assert all("dashed" in line for line in drawn.dot.splitlines() if f"{dashed['id']}:" in line)


def test_a_small_array_is_written_out_and_a_large_one_shows_its_shape():
    W, x = inputs(W=np.array([[0.1, 0.5], [-0.3, 0.8]]), x=np.array([0.2, 0.4]))
    picture = seen(graph_of(squared_norm(W @ x)))
    texts = [text.replace("\u00a0", " ") for text in picture.texts("w0")]
    assert texts == ["[ 0.10  0.50]", "[−0.30  0.80]", "[0.09  0.18]", "[0.10  0.21]"]
    (big,) = inputs(big=np.arange(40.0).reshape(8, 5))
    assert seen(graph_of(big.sum())).texts("w0")[:2] == ["8 × 5", "0 … 39"]


# ── numbers and options ──


def test_every_wire_is_a_line_and_two_texts_value_first():
    picture = seen(sigmoid_neuron())
    for key in picture.of_class("wire"):
        group = picture.groups[key]
        kinds = [child.tag.removeprefix(TAG) for child in group]
        assert kinds == ["title", "line", "text", "text"]
        assert [t.get("class") for t in group.findall(f"{TAG}text")] == ["value", "gradient"]
        anchors = {picture.look(t, "text-anchor") for t in group.findall(f"{TAG}text")}
        assert anchors == {"middle"}


def test_what_most_texts_look_like_is_said_once_and_no_text_looks_otherwise():
    picture, dot = seen(sigmoid_neuron()), draw(sigmoid_neuron())._straight
    before = ElementTree.fromstring(lay_out(dot, "svg")).iter(f"{TAG}text")
    names = ("font-family", "font-size")
    looks = [
        (t.text, *(picture.look(t, n) for n in names)) for t in picture.page.iter(f"{TAG}text")
    ]
    assert Counter(looks) == Counter((t.text, *map(t.get, names)) for t in before)
    said = [text for text in picture.page.iter(f"{TAG}text") if text.get("font-family")]
    assert len(said) < len(looks) / 2


@pytest.mark.parametrize("options", [{"gradients": False}, {}])
def test_before_backward_the_lower_cells_are_there_and_empty(options):
    graph = add_multiply()
    if not options:
        graph.forward()
    texts = seen(graph, **options).numbers().values()
    assert [below for _, below in texts] == ["\u00a0"] * 5


def test_hidden_gradients_are_shown_nowhere():
    drawn = draw(sigmoid_neuron(), hide=True)
    assert {below for _, below in Seen(drawn.svg).numbers().values()} == {"?"}
    for text in (drawn.table, drawn.alt, drawn.svg, drawn.dot):
        assert "0.39" not in text


@pytest.mark.parametrize("make", [sigmoid_neuron, lecture.matrix_product])
def test_a_hidden_number_keeps_its_room(make):
    """In a walk it comes later: a gradient may be longer than the value above it."""
    graph = make()
    graph.backward()
    widths = [re.findall(r'WIDTH="(\d+)"', draw(graph, hide=hide).dot) for hide in (False, True)]
    assert widths[0] == widths[1]


def test_gradients_are_hidden_by_name_or_by_id():
    assert seen(add_multiply(), hide={"x"}).numbers()["w0"] == ("−2", "?")
    assert seen(add_multiply(), hide="w0").numbers()["w0"] == ("−2", "?")
    drawn = draw(sigmoid_neuron(), hide="w2")  # the input of this name, not the wire of this id
    assert [wire.name for wire in drawn.sketch.wires if wire.hidden] == ["w2"]
    with pytest.raises(GraphError, match="no node 'nobody'"):
        draw(add_multiply(), hide=["nobody"])


def test_palettes_colour_value_and_gradient():
    for palette, colours in drawing.PALETTES.items():
        dot = draw(add_multiply(), palette=palette).dot
        assert all(colour in dot for colour in colours)
    with pytest.raises(GraphError, match="palette"):
        draw(add_multiply(), palette="rainbow")


def test_digits_can_be_asked_for():
    graph = sigmoid_neuron()
    w0 = f"w{graph.nodes.index(graph['w0'])}"
    assert seen(graph, digits=4).texts(w0) == ["2.0000", "−0.1966"]


def test_records_say_which_number_stands_where():
    graph = gate_patterns()
    drawn = draw(graph)
    for wire in drawn.wires:
        node = graph.nodes[wire["node"]]
        if wire["gate"] is not None:
            assert graph.nodes[wire["gate"]].inputs[wire["slot"]] is node
    picture = Seen(drawn.svg)
    assert {edge for wire in drawn.wires for edge in wire["edges"]} == set(picture.of_class("edge"))
    assert drawn.wires[-1]["gate"] is None


# ── what a notebook shows ──


def test_a_notebook_gets_a_table_and_a_png_with_its_numbers_in_words():
    bundle = draw(add_multiply())._repr_mimebundle_()
    assert bundle["text/plain"].splitlines()[1].split() == ["x", "−2", "−4"]
    assert "0x" not in bundle["text/plain"]
    image = r'<img alt="([^"]*)".* src="data:image/png;base64,([^"]*)">'
    alt, data = re.search(image, bundle["text/html"]).groups()
    assert "q: value 3, gradient −4" in alt
    assert base64.b64decode(data).startswith(b"\x89PNG")


def test_a_picture_can_be_saved_at_home(tmp_path, monkeypatch):
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path))
    assert draw(add_multiply()).save("~/e.dot") == tmp_path / "e.dot"
    assert (tmp_path / "e.dot").read_text().startswith("digraph")


def test_a_picture_can_be_saved(tmp_path):
    drawn = draw(add_multiply())
    for kind in ("svg", "png", "dot"):
        assert drawn.save(tmp_path / f"picture.{kind}").stat().st_size > 500
    with pytest.raises(GraphError, match=r"\.svg, \.png or \.dot"):
        drawn.save(tmp_path / "picture.docx")


def test_a_graph_too_large_to_read_is_refused():
    (x,) = inputs(x=1.0)
    for _ in range(MOST_GATES + 1):
        x = x + 1.0
    with pytest.raises(GraphError, match="301 gates"):
        draw(ComputationalGraph(x))


def test_only_a_graph_can_be_drawn():
    with pytest.raises(GraphError, match="ComputationalGraph"):
        draw(sigmoid(0.0))


# ── labels from people ──

HOSTILE = [
    "<b>bold</b>", "<x>", "</TABLE>", "<script>alert(1)</script>", '"><img src=x onerror=1>',
    "&amp;", "&#60;", "&", "\\N", "\\G\\L\\n", "C:\\new\\Nodes", "trailing\\", "\\\\", "{a|b}",
    "x:0", "a -> b", "digraph {", 'quote " here', "'", "]]>", "<!-- -->", "<?xml?>", "%3", "#",
    "//", "/*", "\x00", "a\x08b", "\x1b[31m", "\ufffe", "\ud800", "\u202egnp", "\u200f",
    "line\nbreak", "tab\there", "한국어 이름", "가중치", "\U0001f984", "\U0001f469\u200d\U0001f52c",
    "e\u0301", "Z\u0310\u0311\u0312", "∂f/∂x", " ", "", "long " * 5000, "x" * 17000,
    'charset="latin-1"',
]  # fmt: skip


def test_hostile_labels_are_laid_out_and_appear_as_their_safe_text():
    sketch = Sketch(boxes=[Box(f"g{k}", "gate", text) for k, text in enumerate(HOSTILE)])
    svg = text_of(tidied(lay_out(to_dot(sketch, legend=False), "svg")))
    picture = Seen(svg)
    shown = [picture.texts(f"g{k}")[0] for k in range(len(HOSTILE))]
    assert shown == [safe_label(text) or "\u00a0" for text in HOSTILE]
    assert set(picture.groups) == {f"g{k}" for k in range(len(HOSTILE))}
    assert not re.search(r"<(script|a|image|style)\b", svg)


def test_a_safe_label_is_one_short_clean_line():
    assert safe_label("a\u202eb\x00c\nd") == "abc d"
    assert safe_label("e\u0301") == "é"
    assert safe_label("x" * 100) == "x" * 39 + "…"
    assert all(safe_label(safe_label(text)) == safe_label(text) for text in HOSTILE)


def test_nothing_is_hidden_by_false_or_none():
    for nothing in (False, None, ()):
        assert "?" not in draw(add_multiply(), hide=nothing).table


@pytest.mark.parametrize(
    "shown", [draw(add_multiply()), Plot(downhill_picture)], ids=["graph", "plot"]
)
def test_paper_gets_the_picture_itself_and_a_dark_page_a_rule_of_its_own(shown):
    bundle = shown._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == shown.png
    (kind,) = re.findall(r'<img [^>]*class="([^"]*)"', bundle["text/html"])
    assert re.search(rf'theme-light="false".* \.{kind}\{{filter:', bundle["text/html"])


@pytest.mark.parametrize("gates", [40, 150])
def test_a_large_picture_costs_little_more_than_its_layout(gates):
    x, y = inputs(x=0.5, y=0.9)
    before, last = x * y, x + y
    for _ in range(gates - 3):
        before, last = last, last - before
    drawn = draw(graph_of(before * last))
    width, height = size_of(tidied(lay_out(drawn._straight, "svg")))
    before = time.process_time()
    picture = PIL.Image.open(io.BytesIO(drawn.png))
    assert time.process_time() - before < 2  # 1 s on a machine with nothing else to do
    assert picture.width * picture.height <= 1.01 * MOST_PIXELS
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)
    (shown,) = re.findall(r'<img [^>]*width="(\d+)"', drawn._repr_mimebundle_()["text/html"])
    assert int(shown) == width  # fewer pixels, not a smaller picture
