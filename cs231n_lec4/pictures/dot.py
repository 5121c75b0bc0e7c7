"""A graph as the slides draw it: `draw(graph)`.

The graph becomes a `Sketch` (boxes and wires), the sketch becomes DOT text, and `process.py` has
it drawn. A wire is a DOT node of its own: two cells of fixed size, the value above the line and the
gradient below. No arithmetic happens here.
"""

import html
import unicodedata
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from xml.etree import ElementTree

import graphviz
import numpy as np

from .. import words
from ..engine.node import ONE_AT_A_TIME
from ..guidance.errors import GraphError, in_a_folder, one_of
from ..guidance.refusals import graph_expected
from ..words.console import Printed, columns, to_the_left
from .images import bundle, dpi_for, image_tag, with_few_colours
from .process import SVG_ENGINES, lay_out
from .sketch import checked_digits, sketch_of
from .straight import runs_through_something
from .svg import add_words, size_of, text_of, tidied

PALETTES = {"colour-blind": ("#005A8F", "#B34700"), "slides": ("#008000", "#CC0000")}
SANS = "Helvetica,Arial,DejaVu Sans,sans-serif"
MONO = "DejaVu Sans Mono,Menlo,Consolas,monospace"
LABEL_LENGTH = 40
FEW = 32  # colours of a picture: three inks, and their way to white
MOST_LINES = 400  # up to here it is looked whether a line runs through something
LARGE = 200  # lines; from here on Graphviz may stop before the levels of a picture are the best
TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
GAP = "\u00a0"  # a cell without text would have no <text> to write into later


def draw(
    graph,
    digits=None,
    palette="colour-blind",
    gradients=True,
    hide=(),
    fold=None,
    legend=True,
    room=5,
):
    """A `Drawing` of the graph as on the slides: value above each wire, gradient below.

    - `digits`: decimals shown, 0 to 6; None shows two, or none where every number is whole.
    - `palette`: "colour-blind" (blue and orange) or "slides" (green and red).
    - `gradients=False` leaves the lower cells empty, as before the backward pass.
    - `hide`: names or wire ids whose gradient is shown as "?"; True hides all of them.
    - `fold`: `{"σ": ["v5", "v6", "v7", "f"]}` draws these gates as one.
    - `room`: the number of characters that every cell has place for at least.

    Slides 12-23 and 30-51. Raises GraphError for a graph too large to read.
    """
    graph_expected(graph, "draw")
    colours = PALETTES[one_of(PALETTES, palette, "unknown_palette", palette=palette)]
    with ONE_AT_A_TIME:
        sketch = sketch_of(graph, gradients, fold)
    sketch.digits = sketch.fitting_digits() if digits is None else checked_digits(digits)
    sketch.hide(hide)
    return Drawing(sketch, colours, legend, room)


class Drawing(Printed):
    """A picture of a graph: `.svg` and `.dot` (text), `.png` (bytes), `.save("graph.svg")`.

    `.wires` tells which number stands where, `.table` says the picture in words.
    """

    def __init__(self, sketch, *look):
        """`look`: what `to_dot` takes beside the sketch."""
        self.sketch, self._look = sketch, look
        self._straight = to_dot(sketch, *look)

    def now(self, graph):
        """The same picture with the numbers that the graph holds now."""
        return Drawing(self.sketch.now(graph), *self._look)

    @property
    def dot(self):
        """The DOT text, with bent lines where a straight one would cross a number or a gate."""
        try:
            return self._laid_out[0]
        except GraphError:  # the text can be had without an engine too
            return self._straight

    @cached_property
    def svg(self):
        """The SVG text, with a sentence on every wire. Raises GraphError without Graphviz."""
        _, tree = self._laid_out
        add_words(tree, self.alt, self._sentences)
        return text_of(tree)

    @cached_property
    def png(self):
        """PNG data, two pixels for each pixel of CSS, fewer where the picture is very large.

        Raises GraphError without Graphviz.
        """
        dot, tree = self._laid_out
        return with_few_colours(lay_out(dot, "png", dpi_for(*size_of(tree))), FEW)

    @cached_property
    def _laid_out(self):
        """The DOT text and the tree of its SVG. A graph of very many lines keeps straight ones:
        to lay it out twice takes seconds."""
        dot, tree = self._straight, tidied(lay_out(self._straight, "svg"))
        if dot.count("->") <= MOST_LINES and runs_through_something(tree):
            dot = dot.replace("splines=line", "splines=polyline")
            tree = tidied(lay_out(dot, "svg"))
        return dot, tree

    @cached_property
    def wires(self):
        """One record a wire: its id, its node, the gate and slot it enters, its edges."""
        return self.sketch.records()

    @cached_property
    def _sentences(self):
        return self.sketch.sentences()

    @property
    def digits(self):
        """How many decimals are shown."""
        return self.sketch.digits

    @property
    def alt(self):
        """The picture in one sentence, for a screen reader."""
        parts = [self._sentences[w.id] for w in self.sketch.wires if w.role == "wire"]
        said = words.VIEW["picture"].format(parts="; ".join(parts))
        return f"{said} {self.sketch.explosion()}".strip()

    @property
    def table(self):
        """Name, value and gradient of every node, as text."""
        rows = [words.PICTURE["columns"], *self.sketch.rows()]
        widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
        padded = [map(to_the_left, row, widths) for row in rows]
        lines = ["  ".join(row).rstrip() for row in padded]
        return "\n".join([*lines, self.sketch.explosion()]).rstrip("\n")

    def __repr__(self):
        return self.table

    def save(self, path):
        """Write the picture to a file whose name ends in .svg, .png or .dot. Returns the path."""
        path = in_a_folder(path)
        kind = path.suffix.lstrip(".").lower()
        if kind not in ("svg", "png", "dot"):
            raise GraphError("picture_kind", name=path.name)
        picture = getattr(self, kind)
        path.write_bytes(picture if kind == "png" else picture.encode())
        return path

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The picture as every viewer shows it, and its numbers as a table."""
        try:
            width, _ = size_of(self._laid_out[1])
            if SVG_ENGINES:
                shown = image_tag(self.svg.encode(), self.alt, width, "turned", "svg+xml")
                said = {"text/plain": self.table, "text/html": shown}
            else:
                said = bundle(self.png, self.alt, width, self.table, on_dark="turned")
            if explosion := self.sketch.explosion():
                said["text/html"] += f"<p>{html.escape(explosion)}</p>"
            return said
        except GraphError as problem:  # without an engine the numbers can still be read
            return {"text/plain": f"{self.table}\n\n{problem}"}


# ── DOT ──────────────────────────────────────────────────────────────────────────────────────────


def to_dot(sketch, colours=PALETTES["colour-blind"], legend=True, room=5):
    """The DOT text of a sketch: inputs in one left column, straight lines, cells of fixed size."""
    dot = graphviz.Digraph("graph")
    dot.attr(rankdir="LR", splines="line", ordering="in", bgcolor="white", pad="0.08")
    dot.attr(nodesep="0.14", ranksep="0.1", outputorder="edgesfirst")
    dot.attr("node", fontname=SANS, fontsize="11", penwidth="0.9")
    dot.attr("edge", penwidth="0.9", arrowsize="0.55")
    for box in sketch.boxes:
        dot.node(box.id, id=box.id, **BOXES[box.kind](box, colours))
    wide = {wire.id: _longest(sketch.texts(replace(wire, hidden=set()))) for wire in sketch.wires}
    scalars = [wide[wire.id] for wire in sketch.wires if np.ndim(wire.value) == 0]
    for wire in sketch.wires:
        characters = max(room, wide[wire.id], *scalars)
        dot.node(wire.id, id=wire.id, **_wire(wire, sketch.texts(wire), characters, colours))
    _add_edges(dot, sketch)
    if len(sketch.edges) > LARGE:  # its time grows with a high power of the lines
        dot.attr(nslimit=f"{(2 * LARGE / len(sketch.edges)) ** 4:.2f}")
    if legend:
        dot.attr(label=_legend(sketch, colours), labelloc="b", labeljust="l", fontsize="8")
    return dot.source


def _add_edges(dot, sketch):
    wires = {wire.id for wire in sketch.wires}
    for edge in sketch.edges:
        tail = f"{edge.tail}:e" if edge.tail in wires else edge.tail
        head = f"{edge.head}:w" if edge.head in wires else edge.head
        style = {} if edge.alive else {"style": "dashed"}
        # A heavy edge is short and level: a wire starts right at its name or gate.
        look = {"arrowhead": "normal", "weight": "2"} if edge.arrow else {"weight": "50"}
        dot.edge(tail, head, id=edge.id, **{"arrowhead": "none", **look}, **style)
    inputs = [box.id for box in sketch.boxes if box.kind == "input"]
    with dot.subgraph() as column:
        column.attr(rank="same")
        for upper, lower in pairwise(inputs):
            column.edge(upper, lower, style="invis")


def _gate(box, colours):
    """A thin round white gate; wider where its symbol is long."""
    look = {"class": "gate", "label": _html(box.text), "style": "filled", "fillcolor": "white"}
    length = columns(safe_label(box.text))
    size = {"fixedsize": "true", "height": "0.37", "width": f"{max(0.37, 0.1 + 0.088 * length):g}"}
    return {**look, **size, "shape": "ellipse", "fontsize": "12" if length < 3 else "10"}


def _input(box, colours):
    width = f"{0.1 + 0.09 * columns(safe_label(box.text)):.3f}"  # engines measure text unlike
    size = {"fixedsize": "true", "width": width, "height": "0.2"}
    return {"class": "input", "label": _html(box.text), "shape": "plaintext", **size}


def _fork(box, colours):
    """Small and in the gradient's colour: it is the gradients that add here."""
    look = {"class": "fork", "label": _html(box.text), "shape": "circle", "fixedsize": "true"}
    if not box.text:
        return {**look, "width": "0.05", "style": "filled", "fillcolor": "black"}
    return {**look, "width": "0.17", "fontsize": "10", "color": colours[1], "fontcolor": colours[1]}


BOXES = {"gate": _gate, "input": _input, "fork": _fork}


def _wire(wire, texts, characters, colours):
    """A table of two cells of fixed size with a rule between them; a gate's name stands above."""
    name = safe_label(wire.name) if wire.named else ""
    small = _small(name)
    wide = max(characters, small / 10 * columns(name))
    high = 13 if len(texts[0]) == 1 else 12 * len(texts[0]) + 6
    above, below = map(_numbers, texts, colours)
    cells = [_cell(above, wide, high, _border(wire)), _cell(below, wide, high)]
    kinds = "wire" if wire.alive else "wire no-gradient"
    if wire.named:
        kinds += " named"
        above = _cell(_font(safe_html(name), "#555555", small, SANS), wide, small + 2)
        # As much below: the rule stays in the middle.
        cells = [above, *cells, _cell("", wide, small + 2)]
    rows = "".join(f"<TR>{cell}</TR>" for cell in cells)
    return {"class": kinds, "shape": "plain", "label": _checked(f"{TABLE}{rows}</TABLE>")}


def _numbers(lines, colour):
    return "<BR/>".join(_font(line or GAP, colour, 10, MONO) for line in lines)


def _border(wire):
    """The line under the value. A wire without a gradient is dashed."""
    return f'SIDES="B" BORDER="1" STYLE="{"SOLID" if wire.alive else "DASHED"}"'


def _cell(content, characters, height, border=""):
    width = f"{characters * 6.03 + 4:.0f}"
    return f'<TD FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}" {border}>{content}</TD>'


def _font(text, colour, size, face):
    return f'<FONT COLOR="{colour}" POINT-SIZE="{size}" FACE="{face}">{text}</FONT>'


def _legend(sketch, colours):
    texts = [words.PICTURE["legend_value"], words.PICTURE["legend_gradient"]]
    parts = [_part(*pair) for pair in zip(texts, colours, strict=True)]
    cells = "".join(parts if sketch.gradients else parts[:1])
    return _checked(f"{TABLE}<TR>{cells}</TR></TABLE>")


def _part(text, colour):
    """One part of the legend, with room for it whatever an engine takes for its width."""
    size = _small(text)
    width = f"{0.6 * size * columns(text) + 2:.0f}"
    room = f'FIXEDSIZE="TRUE" ALIGN="LEFT" WIDTH="{width}" HEIGHT="{size + 4}"'
    return f"<TD {room}>{_font(text, colour, size, SANS)}</TD>"


def _small(text):
    """The size of small text: Korean letters have more strokes than Latin ones."""
    return 10 if columns(text) > len(text) else 8


def _longest(texts):
    """Of numbers: each character takes one column."""
    return max(len(line) for side in texts for line in side)


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
