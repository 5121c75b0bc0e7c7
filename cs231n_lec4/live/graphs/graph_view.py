"""The live view of a graph: a widget whose numbers the browser computes itself."""

import threading

import numpy as np
import traitlets

from ... import words
from ...checking.graphs import as_held, untouched
from ...engine.node import ONE_AT_A_TIME
from ...flat import is_scalar, only_in_python
from ...flat.program import MOST_ENTRIES, fits
from ...guidance.errors import GraphError
from ...pictures.dot import draw, safe_label
from ...pictures.sketch import checked_digits
from ...words.digits import WIDTH, grouped
from ..base import bundle
from ..base.live_view import LiveView
from ..base.sliders import Numbers, controls_of, plain, refuse_not_finite
from . import company
from .frames import frame_of

ROOM = 6  # characters that fit into a wire's cell: enough for −12.00
ROOM_IN_CLASS = 5  # −3.00: in a hall digits are larger than the cells they stand in


class GraphView(LiveView):
    """The picture of a graph with a slider for each input. `explore`, `step_through`, `quiz` make
    one.

    `view.input_x` is the slider of input x: set it, observe it, link it. A move of the slider moves
    the student's own graph, so that `x.value` in the next cell is the new number.
    """

    kind = "graph"
    by_hand = ("input_",)
    _esm = bundle.script("view")

    pictures = traitlets.List().tag(sync=True)  # SVG text, sentence and wires; the folded one last
    program = traitlets.Dict(allow_none=True).tag(sync=True)
    names = traitlets.List().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)  # numbers as text, where only the kernel computes
    settings = traitlets.Dict().tag(sync=True)
    nameless = traitlets.Bool().tag(sync=True)  # whether the graph has lost all its names

    tells_entries = True  # one entry of an array at the pointer
    in_company = True  # goes where another view of its inputs goes

    def __init__(
        self,
        graph,
        drawings,
        *,
        ranges=None,
        program,
        extra=None,
        class_mode=False,
        **settings,
    ):
        """`extra`: numbers beside the graph's inputs that get a slider too, `{name: value}`."""
        self.graph = graph
        self.drawings = drawings
        self._moves_waiting = self._is_led = False
        if program is None:
            settings["python"] = words_for_python(graph)
        if self.tells_entries and not (program and is_scalar(program)):
            settings["panels"] = [*settings["panels"], "entries"]
        width = settings.pop("room", WIDTH)
        settings["width"] = width if class_mode else WIDTH  # like the static picture
        settings["grab"] = program is not None and settings.get("bands", False)
        numbers = {name: node.value for name, node in graph.inputs.items()} | (extra or {})
        for name, value in numbers.items():
            refuse_not_finite(value, name)
        first = numbers | first_of(graph)
        super().__init__(
            pictures=[picture_of(drawing) for drawing in drawings],
            program=program,
            names=[graph.names[node] for node in graph.nodes],
            controls=controls_of(first, ranges or {}, words.EXTRA_SLIDERS),
            start={name: plain(value) for name, value in first.items()},
            words=self.texts(),
            settings=settings,
            class_mode=class_mode,
        )
        traits = {f"input_{n}": Numbers(plain(v)).tag(sync=True) for n, v in numbers.items()}
        self.add_traits(**traits)
        self._drawn = self.numbers()
        if self.start:  # without names, traitlets would observe every trait
            self.observe(self._moved, [f"input_{name}" for name in self.start])
        if self.program is None:
            self._send_frame()
        company.join(self)

    @property
    def has_formulas(self):
        """Is every number a single one? Then steps show formulas, else lines of code."""
        return self.program is not None and is_scalar(self.program)

    def texts(self):
        """The sentences of this kind of view."""
        return words.VIEW

    def move(self, /, **numbers):
        """Move sliders from Python: `view.move(x=1.0)`. Raises GraphError for what is no number."""
        for name, number in numbers.items():
            if name not in self.start:
                raise GraphError("unknown_input", name=name, known=", ".join(self.start))
            setattr(self, f"input_{name}", number)

    def close(self):
        """End the view: nothing of it stays in the kernel."""
        super().close()
        self.pictures, self.program, self.frame = [], None, {}  # Out[...] may hold the rest

    @property
    def title(self):
        return words.PAGE_TITLE

    def static_picture(self):
        """The picture with the numbers of now: they may have moved since it was drawn."""
        if self.numbers() == self._drawn:
            return self.drawings[0]
        with ONE_AT_A_TIME, untouched(self.graph):
            self.graph.forward(**as_held(self.graph, self.numbers()))
            self.graph.backward(self.upstream())
            return self.drawings[0].now(self.graph)

    def __repr__(self):
        return self.static_picture().table

    # A slider may speak on another thread, while a cell works on the same graph. Then its move
    # waits until the main thread is free. Only the newest place of the sliders counts.

    def _moved(self, change):
        on_another_thread = threading.current_thread() is not threading.main_thread()
        if not (on_another_thread and self._loop is not None):
            self._go()
        elif not self._moves_waiting:
            self._moves_waiting = True
            self._loop.call_soon_threadsafe(self._go)

    def _go(self):
        """The graph goes to where the sliders are, and so do other views of its inputs."""
        self._moves_waiting = False
        self.follow()
        if self.in_company and not self._is_led:
            company.lead(self)

    def go_along(self, numbers):
        """Go where another view has gone."""
        self._is_led = True
        try:
            with self.hold_sync():
                self.move(**numbers)
        finally:
            self._is_led = False

    def kin(self):
        return company.kin(self) if self.in_company else {}

    def follow(self):
        """Move the graph to where the sliders are: both passes."""
        with ONE_AT_A_TIME:
            self.graph.forward(**as_held(self.graph, self.numbers()))
            self.graph.backward(self.upstream())
            if self.program is None:
                self._send_frame()

    def numbers(self):
        """Where the sliders of the graph's inputs are: `{name: number}`."""
        return {name: getattr(self, f"input_{name}") for name in self.graph.inputs}

    def upstream(self):
        """The gradient that comes from outside the graph: ones for an array, its sum taken as the
        loss."""
        value = self.graph.output.value
        return np.ones_like(value) if np.ndim(value) else None

    def _send_frame(self):
        number = self.frame.get("number", 0) + 1  # so that every answer arrives, also an equal one
        look = (self.settings[key] for key in ("digits", "width"))
        self.frame = {**frame_of(self.graph, *look), "number": number}


def words_for_python(graph):
    """What a page says that was saved without a program: at which node only Python goes on."""
    node = only_in_python(graph)
    text = f"{why_in_python(graph, node)} {words.VIEW['as_saved']}"
    return {"node": graph.nodes.index(node), "text": text}


def why_in_python(graph, node):
    """What makes this node one that only Python computes."""
    size = np.size(node.value)
    kind = "empty" if not size else "large" if size > MOST_ENTRIES else "short"
    kind = "gate" if fits(node.value, MOST_ENTRIES) else kind
    facts = {"node": graph.names[node], "most": grouped(MOST_ENTRIES)}
    return words.VIEW["only_python"][kind].format(**facts, gate=getattr(node, "symbol", ""))


def first_of(graph):
    """The numbers that the inputs were made with, where a slider can still go there."""
    return {
        name: node.made_with
        for name, node in graph.inputs.items()
        if np.shape(node.made_with) == np.shape(node.value) and np.isfinite(node.made_with).all()
    }


def prepared_drawing(graph, **options):
    """The graph's picture after both passes."""
    with ONE_AT_A_TIME:
        graph.forward()
        value = graph.output.value
        graph.backward(np.ones_like(value) if np.ndim(value) else None)
        return draw(graph, **options)


def picture_of(drawing):
    """What the browser needs of a drawing."""
    folds = {str(gate): box for gate, box in drawing.sketch.folds.items()}
    return {"svg": drawing.svg, "wires": drawing.wires, "folds": folds}


def drawings_of(graph, fold, **options):
    """The graph's picture, and with `fold` also the folded one."""
    open_one = prepared_drawing(graph, **options)
    return [open_one, prepared_drawing(graph, fold=fold, **options)] if fold else [open_one]


def labelled(fold):
    """The folds as pairs of a label, as a picture has it, and names. A label may be any text."""
    return [(safe_label(label), list(names)) for label, names in (fold or {}).items()]


def look_of(digits, palette, class_mode):
    """How a view draws: digits, palette, and the characters that its cells have place for."""
    room = ROOM_IN_CLASS if class_mode else ROOM
    return {"digits": checked_digits(digits), "palette": palette, "room": room}
