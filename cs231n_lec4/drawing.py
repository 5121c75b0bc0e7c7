"""A graph as the slides draw it: `draw(graph)`.

First a `Sketch` (boxes, wires and the lines between them), then its DOT text. A wire is a node of
its own, with the value above the line and the gradient below. No arithmetic happens here.
"""

import base64
import html
import struct
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import graphviz
import numpy as np

from . import words
from .digits import digits_for, lines
from .errors import GraphError
from .gate import Gate
from .graph import ONE_PASS_AT_A_TIME, ComputationalGraph
from .layout import add_words, lay_out
from .nodes import Constant

PALETTES = {"colour-blind": ("#005A8F", "#B34700"), "slides": ("#008000", "#CC0000")}
SANS = "Helvetica,Arial,DejaVu Sans,sans-serif"
MONO = "DejaVu Sans Mono,Menlo,Consolas,monospace"
MOST_GATES = 400  # Graphviz needs seconds beyond this, and nobody can read it
LABEL_LENGTH = 40
GAP = "\u00a0"  # a cell without text would have no <text> to write into later


def draw(graph, digits=None, palette="colour-blind", gradients=True, hide=(), legend=True, room=5):
    """A picture of `graph` as on the slides: value above each wire, gradient below. Returns a Drawing.

    - `digits`: decimals shown; None shows whole numbers whole if all of them are, else two decimals.
    - `palette`: "colour-blind" (blue and orange) or "slides" (green and red).
    - `gradients=False` leaves the lower cells empty, as before the backward pass.
    - `hide`: names or wire ids whose gradient is shown as "?"; True hides all of them.
    - `room`: the number of characters that every cell has place for at least.

    Slides 12-23 and 30-51. Raises GraphError for a graph too large to read.
    """
    if not isinstance(graph, ComputationalGraph):
        raise GraphError("not_a_graph", function="draw", kind=type(graph).__name__)
    if palette not in PALETTES:
        raise GraphError("unknown_palette", palette=palette, known=", ".join(PALETTES))
    with ONE_PASS_AT_A_TIME:
        sketch = sketch_of(graph, gradients)
    sketch.digits = sketch.fitting_digits() if digits is None else digits
    sketch.hide(hide)
    return Drawing(sketch, to_dot(sketch, PALETTES[palette], legend, room))


class Drawing:
    """A picture of a graph: `.svg` and `.dot` (text), `.png` (bytes), `.save("graph.svg")`.

    `.wires` tells which number stands where, `.table` says the picture in words.
    """

    def __init__(self, sketch, dot):
        self.sketch = sketch
        self.dot = dot

    @property
    def svg(self):
        titles = {wire.id: self.sketch.sentence(wire) for wire in self.sketch.wires}
        return add_words(lay_out(self.dot, "svg"), self.alt, titles)

    @property
    def png(self):
        return lay_out(self.dot, "png")

    @property
    def wires(self):
        """One record a wire: its id, the node it carries, the gate and slot it enters, its edges."""
        return [wire.record() for wire in self.sketch.wires]

    @property
    def digits(self):
        return self.sketch.digits

    @property
    def alt(self):
        """The picture in one sentence, for a screen reader."""
        parts = [self.sketch.sentence(wire) for wire in self.sketch.wires if wire.role == "wire"]
        return words.PICTURE["alt"].format(parts="; ".join(parts))

    @property
    def table(self):
        """Name, value and gradient of every node, as text."""
        rows = [words.PICTURE["columns"], *self.sketch.rows()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        padded = [[f"{t:<{w}}" for t, w in zip(row, widths, strict=True)] for row in rows]
        return "\n".join("  ".join(row).rstrip() for row in padded)

    def __repr__(self):
        return self.table

    def save(self, path):
        """Write the picture to a file whose name ends in .svg, .png or .dot. Returns the path."""
        path = Path(path)
        kind = path.suffix.lstrip(".").lower()
        if kind not in ("svg", "png", "dot"):
            raise GraphError("picture_kind", name=path.name)
        picture = getattr(self, kind)
        path.write_bytes(picture if kind == "png" else picture.encode())
        return path

    def _repr_mimebundle_(self, include=None, exclude=None):
        """PNG data inside HTML shows in every viewer, also in a notebook that is not trusted."""
        try:
            return {"text/plain": self.table, "text/html": self._img()}
        except GraphError as problem:  # without an engine the numbers can still be read
            return {"text/plain": f"{self.table}\n\n{problem}"}

    def _img(self):
        png = self.png
        (width,) = struct.unpack(">I", png[16:20])
        data = base64.b64encode(png).decode()
        return (
            f'<img alt="{html.escape(self.alt)}" width="{width // 2}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{data}">'
        )


# ── the sketch: what is drawn, not yet how ───────────────────────────────────────────────────────


@dataclass
class Box:
    """A gate, the name of an input, or a fork where a wire branches."""

    id: str
    kind: str  # "gate", "input" or "fork"
    text: str


@dataclass
class Wire:
    """A line with a number above and a number below."""

    id: str
    node: int  # its place in graph.nodes
    name: str
    value: object
    gradient: object = None
    gate: int = None  # the gate it enters; None at a fork and at the end
    slot: int = None
    role: str = "wire"  # "branch" after a fork
    alive: bool = True  # does a gradient flow here?
    named: bool = False  # is its name written above it?
    hidden: bool = False
    edges: list = field(default_factory=list)

    def record(self):
        kept = ("id", "node", "gate", "slot", "role", "name", "alive", "edges")
        return {key: getattr(self, key) for key in kept}


@dataclass
class Edge:
    id: str
    tail: str
    head: str
    alive: bool
    arrow: bool


@dataclass
class Sketch:
    """Boxes, wires and edges in the order they are drawn in."""

    boxes: list = field(default_factory=list)
    wires: list = field(default_factory=list)
    edges: list = field(default_factory=list)
    gradients: bool = True
    digits: int = 2

    def connect(self, tail, head, wire, arrow=False):
        edge = Edge(f"e{len(self.edges)}", tail, head, wire.alive, arrow)
        self.edges.append(edge)
        wire.edges.append(edge.id)

    def fitting_digits(self):
        numbers = [v for w in self.wires for v in (w.value, w.gradient) if v is not None]
        return digits_for(numbers)

    def hide(self, names):
        """Show "?" below the wires of these names or ids; True means every wire."""
        names = {names} if isinstance(names, str) else names
        everything = {wire.id for wire in self.wires} | {wire.name for wire in self.wires}
        for name in () if names is True else names:
            if name not in everything:
                raise GraphError("unknown_node", name=name, known=", ".join(sorted(everything)))
        for wire in self.wires:
            wire.hidden = wire.alive and (names is True or bool({wire.id, wire.name} & set(names)))

    def texts(self, wire):
        """The lines above and below a wire, equally many."""
        above = lines(wire.value, self.digits)
        below = ["?"] if wire.hidden else lines(wire.gradient, self.digits)
        height = max(len(above), len(below))
        return [side + [""] * (height - len(side)) for side in (above, below)]

    def rows(self):
        """Name, value, gradient of every node."""
        own = [wire for wire in self.wires if wire.role == "wire"]
        return [(wire.name, *(" ".join(side).strip() for side in self.texts(wire))) for wire in own]

    def sentence(self, wire):
        value, gradient = (" ".join(side).strip() for side in self.texts(wire))
        kind = "wire" if gradient else "wire_without_gradient"
        return words.PICTURE[kind].format(name=wire.name, value=value, gradient=gradient)


def sketch_of(graph, gradients=True):
    """The graph as boxes and wires. A plain number beside a gate is drawn inside the gate."""
    place = {node: k for k, node in enumerate(graph.nodes)}
    gates = [node for node in graph.nodes if isinstance(node, Gate)]
    if len(gates) > MOST_GATES:
        raise GraphError("too_large_to_draw", count=len(gates), most=MOST_GATES)
    sketch, uses = Sketch(gradients=gradients), {k: [] for k in place.values()}
    for gate in gates:
        for slot in gate_label(gate)[1]:
            uses[place[gate.inputs[slot]]].append((place[gate], slot))
    for node in graph.nodes:
        if uses[place[node]] or node is graph.output:
            _add_box(sketch, graph, node, place[node])
            _add_wires(sketch, graph, node, place[node], uses[place[node]])
    _join_gates(sketch)
    return sketch


def gate_label(gate):
    """The text inside a gate and the slots that are drawn as wires: `×−1`, `+1`, `1/x`, `x²`."""
    plain = [slot for slot, node in enumerate(gate.inputs) if _is_plain_number(node)]
    if len(gate.inputs) == 2 and len(plain) == 1:
        text = _with_number(gate.symbol, gate.inputs[plain[0]].value, plain[0])
        if text:
            return text, (1 - plain[0],)
    return gate.symbol, tuple(range(len(gate.inputs)))


def _is_plain_number(node):
    return isinstance(node, Constant) and node.name is None and np.ndim(node.value) == 0


def _with_number(symbol, value, slot):
    """`+` and 1 → `+1`. None where the two have no short form."""
    number = f"{float(value):g}".replace("-", "−").replace("inf", "∞")
    if slot == 0 and symbol in NUMBER_FIRST:
        return NUMBER_FIRST[symbol].format(number)
    if symbol == "xʸ":
        return f"x{number.translate(RAISED)}" if float(value).is_integer() else f"x^{number}"
    if symbol in "+−" and number.startswith("−"):  # x + (−3) is x − 3
        return {"+": "−", "−": "+"}[symbol] + number[1:]
    return NUMBER_LAST[symbol].format(number) if symbol in NUMBER_LAST else None


NUMBER_FIRST = {"−": "{}−x", "÷": "{}/x", "xʸ": "{}ˣ"}
NUMBER_LAST = {"+": "+{}", "−": "−{}", "×": "×{}", "÷": "÷{}", "max": "max {}"}
RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def _add_box(sketch, graph, node, k):
    if isinstance(node, Gate):
        sketch.boxes.append(Box(f"g{k}", "gate", gate_label(node)[0]))
    else:
        sketch.boxes.append(Box(f"i{k}", "input", node.name or ""))


def _add_wires(sketch, graph, node, k, uses):
    """The wire of a node; where it is used more than once, also a fork and a wire for each use."""
    is_gate = isinstance(node, Gate)
    wire = Wire(f"w{k}", k, graph.name_of(node), node.value, alive=node.wants_grad)
    wire.gradient = node.grad if sketch.gradients else None
    wire.named = is_gate and node.name is not None
    if len(uses) == 1:
        (wire.gate, wire.slot), = uses
    sketch.wires.append(wire)
    sketch.connect(f"g{k}" if is_gate else f"i{k}", wire.id, wire)
    if len(uses) > 1:
        sketch.boxes.append(Box(f"f{k}", "fork", "+" if wire.alive else ""))
        sketch.connect(wire.id, f"f{k}", wire)
        for j, use in enumerate(uses):
            _add_branch(sketch, graph, wire, j, *use)


def _add_branch(sketch, graph, wire, j, gate, slot):
    """One use of a forked wire, with the gradient that this gate alone hands back (slide 51)."""
    share = graph.shares(graph.nodes[gate])[slot] if sketch.gradients else None
    branch = Wire(f"{wire.id}_{j}", wire.node, "", wire.value, share, gate, slot, "branch", wire.alive)
    branch.name = words.PICTURE["branch"].format(name=wire.name, gate=graph.name_of(graph.nodes[gate]))
    sketch.wires.append(branch)
    sketch.connect(f"f{wire.node}", branch.id, branch)


def _join_gates(sketch):
    """The last edge of every wire, sorted so that a gate's inputs enter in their order."""
    entering = [wire for wire in sketch.wires if wire.gate is not None]
    for wire in sorted(entering, key=lambda wire: (wire.gate, wire.slot)):
        sketch.connect(wire.id, f"g{wire.gate}", wire, arrow=True)


# ── DOT ──────────────────────────────────────────────────────────────────────────────────────────


def to_dot(sketch, colours=PALETTES["colour-blind"], legend=True, room=5):
    """The DOT text of a sketch: inputs in one left column, straight lines, cells of fixed size."""
    dot = graphviz.Digraph("graph")
    dot.attr(rankdir="LR", splines="line", ordering="in", bgcolor="white", margin="0.05", pad="0.05")
    dot.attr(nodesep="0.14", ranksep="0.15", outputorder="edgesfirst")
    dot.attr("node", fontname=SANS, fontsize="11", penwidth="0.9")
    dot.attr("edge", penwidth="0.9", arrowsize="0.55")
    for box in sketch.boxes:
        dot.node(box.id, id=box.id, **BOXES[box.kind](box, colours))
    characters = max([room, *(_longest(sketch.texts(w)) for w in sketch.wires if np.ndim(w.value) == 0)])
    for wire in sketch.wires:
        dot.node(wire.id, id=wire.id, **_wire(wire, sketch.texts(wire), characters, colours))
    _add_edges(dot, sketch)
    if legend:
        dot.attr(label=_legend(sketch, colours), labelloc="b", labeljust="l", fontname=SANS, fontsize="8")
    return dot.source


def _add_edges(dot, sketch):
    wires = {wire.id for wire in sketch.wires}
    for edge in sketch.edges:
        tail = f"{edge.tail}:e" if edge.tail in wires else edge.tail
        head = f"{edge.head}:w" if edge.head in wires else edge.head
        style = {} if edge.alive else {"style": "dashed"}
        arrow = "normal" if edge.arrow else "none"
        dot.edge(tail, head, id=edge.id, arrowhead=arrow, weight="10", **style)
    inputs = [box.id for box in sketch.boxes if box.kind == "input"]
    with dot.subgraph() as column:
        column.attr(rank="same")
        for upper, lower in zip(inputs, inputs[1:], strict=False):
            column.edge(upper, lower, style="invis")


def _gate(box, colours):
    """A thin round white gate; wider where its symbol is long."""
    look = {"class": "gate", "label": _html(box.text), "style": "filled", "fillcolor": "white"}
    if _width(box.text) <= 3:
        return {**look, "shape": "circle", "width": "0.37", "fixedsize": "true"}
    return {**look, "shape": "ellipse", "width": "0.37", "height": "0.37", "margin": "0.01,0.01"}


def _input(box, colours):
    size = {"width": "0.1", "height": "0.2", "margin": "0.03,0"}
    return {"class": "input", "label": _html(box.text), "shape": "plaintext", **size}


def _fork(box, colours):
    """Small and in the gradient's colour: it is the gradients that add here."""
    look = {"class": "fork", "label": _html(box.text), "shape": "circle", "fixedsize": "true"}
    if not box.text:
        return {**look, "width": "0.05", "style": "filled", "fillcolor": "black"}
    return {**look, "width": "0.17", "fontsize": "10", "color": colours[1], "fontcolor": colours[1]}


BOXES = {"gate": _gate, "input": _input, "fork": _fork}


def _wire(wire, texts, characters, colours):
    """A table of two cells of fixed size with a rule between them."""
    wide = max(characters, _longest(texts))
    height = 12 * len(texts[0]) + 1
    name, foot = "", ""
    if wire.named:
        wide = max(wide, _width(safe_label(wire.name)) * 0.9)
        name = _cell(_font(safe_html(wire.name), "#555555", 8, SANS), wide, 10)
        foot = _cell("", wide, 10)  # keeps the rule in the middle
    above, below = (
        _cell("<BR/>".join(_font(line or GAP, colour, 10, MONO) for line in side), wide, height, border)
        for side, colour, border in zip(texts, colours, (_border(wire), ""), strict=True)
    )
    rows = "".join(f"<TR>{cell}</TR>" for cell in (name, above, below, foot) if cell)
    table = f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{rows}</TABLE>'
    kinds = ["wire", *(["named"] if wire.named else []), *([] if wire.alive else ["no-gradient"])]
    return {"class": " ".join(kinds), "shape": "plain", "label": _checked(table)}


def _border(wire):
    """The line under the value. A wire without a gradient is dashed."""
    return f'SIDES="B" BORDER="1" STYLE="{"SOLID" if wire.alive else "DASHED"}"'


def _cell(content, characters, height, border=""):
    width = f"{characters * 6.03 + 4:.0f}"
    return f'<TD FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}" {border}>{content}</TD>'


def _font(text, colour, size, face):
    return f'<FONT COLOR="{colour}" POINT-SIZE="{size}" FACE="{face}">{text}</FONT>'


def _legend(sketch, colours):
    parts = [_font(words.PICTURE["legend_value"], colours[0], 8, SANS)]
    if sketch.gradients:
        parts.append(_font(words.PICTURE["legend_gradient"], colours[1], 8, SANS))
    return _checked(f" {GAP} ".join(parts))


def _longest(texts):
    return max(_width(line) for side in texts for line in side)


def _width(text):
    """Columns that a text takes in a fixed-width font; Korean and Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# ── text from people ─────────────────────────────────────────────────────────────────────────────


def safe_label(text):
    """A name as it may stand in a picture: one line, no control, bidi or unassigned characters,
    at most 40 characters."""
    text = " ".join(str(text).split())
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"


def safe_html(text):
    """The text inside an HTML label of Graphviz, which also reads backslashes."""
    return html.escape(safe_label(text)).replace("\\", "\\\\") or GAP


def _html(text):
    return _checked(safe_html(text))


def _checked(label):
    """A label that is not well formed would stop the engine, so it stops here."""
    ElementTree.fromstring(f"<LABEL>{label}</LABEL>")
    return f"<{label}>"
