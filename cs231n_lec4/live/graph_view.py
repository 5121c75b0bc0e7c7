"""The live view of a graph: a widget whose numbers the browser computes itself."""

import asyncio
import html
import threading

import anywidget
import numpy as np
import traitlets
from IPython.display import display

from .. import words
from ..drawing import draw
from ..errors import GraphError
from ..flat import browser_program
from ..graph import ONE_PASS_AT_A_TIME, ComputationalGraph
from . import bundle

MOST_ENTRIES = 16  # a slider for each entry of an array, up to here


class GraphView(anywidget.AnyWidget):
    """The picture of a graph with a slider for each input. `explore`, `step_through`, `quiz` make one.

    `view.input_x` is the slider of input x: set it, observe it, link it. A move of the slider moves
    the student's own graph, so that `x.value` in the next cell is the new number.
    """

    _esm = bundle.script("view")
    _css = bundle.style()

    picture = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    wires = traitlets.List().tag(sync=True)
    program = traitlets.Dict(allow_none=True).tag(sync=True)
    names = traitlets.List().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)

    def __init__(self, graph, ranges, drawing, *, moves_graph=True, **settings):
        self.graph = graph
        self.drawing = drawing
        self.moves_graph = moves_graph
        self._newest = {}
        self._loop = running_loop()
        start = {name: plain(node.value) for name, node in graph.inputs.items()}
        super().__init__(
            picture=drawing.svg,
            sentence=drawing.alt,
            wires=drawing.wires,
            program=browser_program(graph),
            names=[graph.name_of(node) for node in graph.nodes],
            controls=controls_of(graph, ranges),
            start=start,
            words=words.VIEW,
            settings=settings,
        )
        self.add_traits(**{f"input_{name}": input_trait(v) for name, v in start.items()})
        if self.program is None:
            self._send_frame()
        self.observe(self._moved, [f"input_{name}" for name in start])

    def move(self, **numbers):
        """Move sliders from Python: `view.move(x=1.0)`."""
        for name, number in numbers.items():
            if name not in self.graph.inputs:
                known = ", ".join(self.graph.inputs)
                raise GraphError("unknown_input", name=name, known=known)
            setattr(self, f"input_{name}", plain(number))

    def __repr__(self):
        return self.drawing.table

    def _ipython_display_(self):
        """Two outputs: a static picture that every viewer shows, and the live one, which hides it."""
        display(static_bundle(self.drawing), raw=True)
        display(self._repr_mimebundle_()[0], raw=True)

    # A slider may speak on another thread, while a cell works on the same graph. So a move waits for
    # the main thread to be free, and only the newest one counts.

    def _moved(self, change):
        self._newest[change["name"].removeprefix("input_")] = change["new"]
        on_another_thread = threading.current_thread() is not threading.main_thread()
        if on_another_thread and self._loop is not None:
            self._loop.call_soon_threadsafe(self._follow)
        else:
            self._follow()

    def _follow(self):
        """Move the graph to where the sliders are."""
        with ONE_PASS_AT_A_TIME:
            newest, self._newest = self._newest, {}
            if not newest or not self.moves_graph:
                return
            self.graph.forward(**{n: getattr(self, f"input_{n}") for n in self.graph.inputs})
            if self.program is None:
                self._send_frame()

    def _send_frame(self):
        """Numbers as text, for graphs that only the kernel can compute."""
        drawing = draw_again(self.graph, self.drawing)
        self.frame = {wire.id: drawing.sketch.texts(wire) for wire in drawing.sketch.wires}


def explore(graph, *, digits=2, palette="colour-blind", nudge=True, **ranges):
    """A live picture of `graph`: drag a slider and watch values and gradients move.

    `explore(graph, x=(-5, 5))` sets the range of a slider; others reach max(5, 2|v|) to both sides of
    the value v. Slides 12-50.
    """
    checked(graph, "explore")
    drawing = prepared_drawing(graph, digits, palette)
    panels = ["nudge"] if nudge and browser_program(graph) else []
    return GraphView(graph, ranges, drawing, panels=panels, digits=digits, palette=palette)


def checked(graph, function):
    """The graph, or an error that says what to give."""
    if not isinstance(graph, ComputationalGraph):
        raise GraphError("not_a_graph", function=function, kind=type(graph).__name__)
    return graph


def prepared_drawing(graph, digits, palette, **options):
    """The graph's picture after a forward and a backward pass."""
    graph.forward()
    graph.backward(*upstream_of_ones(graph))
    return draw(graph, digits=digits, palette=palette, **options)


def upstream_of_ones(graph):
    """An output that is an array is taken as if its entries were summed."""
    return [np.ones_like(graph.output.value)] if np.ndim(graph.output.value) else []


def draw_again(graph, drawing):
    graph.backward(*upstream_of_ones(graph))
    return draw(graph, digits=drawing.digits)


def controls_of(graph, ranges):
    """One slider for each number of each input: its label, range, step, and place in an array."""
    for name in ranges:
        if name not in graph.inputs:
            raise GraphError("unknown_input", name=name, known=", ".join(graph.inputs))
    found = []
    for name, node in graph.inputs.items():
        if np.size(node.value) > MOST_ENTRIES:
            continue
        for index in np.ndindex(np.shape(node.value)):
            value = float(np.asarray(node.value)[index])
            found.append(control(name, index, value, ranges.get(name)))
    return found


def control(name, index, value, limits):
    """The slider of one number."""
    low, high = limits_of(name, value, limits)
    label = f"{name}[{', '.join(map(str, index))}]" if index else name
    step = 10.0 ** np.floor(np.log10((high - low) / 90))
    return {
        "input": name,
        "index": list(index) or None,
        "label": label,
        "min": low,
        "max": high,
        "step": float(step),
    }


def limits_of(name, value, limits):
    """The range of a slider: as asked for, else wide enough to cross zero."""
    if limits is None:
        reach = max(5.0, 2.0 * abs(value))
        return value - reach, value + reach
    try:
        low, high = map(float, limits)
    except (TypeError, ValueError):
        raise GraphError("slider_range", name=name, given=repr(limits)) from None
    if not low < high or not np.isfinite([low, high]).all():
        raise GraphError("slider_range", name=name, given=repr(limits))
    return low, high


def plain(value):
    """A value as JSON can hold it."""
    return value.tolist() if isinstance(value, np.ndarray) else float(value)


def input_trait(value):
    """The synced trait of one input."""
    kind = traitlets.Float if isinstance(value, float) else traitlets.List
    return kind(value).tag(sync=True)


def running_loop():
    """The kernel's event loop, where there is one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def static_bundle(drawing):
    """The picture as every viewer shows it, without a kernel and without trust."""
    bundle = drawing._repr_mimebundle_()
    if "text/html" in bundle:
        note = html.escape(words.VIEW_STATIC)
        bundle["text/html"] = f'<div class="cs231n-static">{bundle["text/html"]}<p>{note}</p></div>'
    return bundle
