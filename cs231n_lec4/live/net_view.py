"""A fully-connected net whose layers are chosen, drawn and counted, in the browser alone."""

import numpy as np
import traitlets

from .. import words
from ..guidance.errors import GraphError
from ..lessons.counts import count_rows, count_text
from ..lessons.networks import count_of
from ..pictures.nets import net_drawing
from ..pictures.plots import Plot
from .base import bundle
from .base.live_view import LiveView, validate

MOST_LAYERS = 6  # the input among them
MOST_UNITS = 10_000  # in one layer; a slider goes to 12, the box beside it further
LIMITS = {"units": MOST_UNITS, "slider": 12, "hidden": MOST_LAYERS - 2}


class NetView(LiveView):
    """A net, its layers as sliders, and its counts. `net_view` makes one.

    `view.layers` are the sizes of the layers, the input first. `view.counts` counts the present
    net. `view.shown` says whether the picture tells the counts; they begin hidden, to be predicted.
    """

    kind = "net"
    by_hand = ("layers", "shown")
    _esm = bundle.script("net_view")

    layers = traitlets.List(traitlets.Int()).tag(sync=True)
    shown = traitlets.Bool().tag(sync=True)
    start = traitlets.List().tag(sync=True)
    limits = traitlets.Dict(LIMITS).tag(sync=True)

    def __init__(self, layers, shown):
        layers = whole(layers)
        super().__init__(layers=layers, start=layers, shown=shown, words=words.NET_VIEW)

    @validate("layers")
    def _can_be_drawn(self, layers):
        small_enough = all(1 <= size <= MOST_UNITS for size in layers)
        if not (2 <= len(layers) <= MOST_LAYERS and small_enough):
            raise refused(layers)
        return layers

    def move(self, *layers):
        """Choose the layers from Python, the input first: `view.move(3, 4, 4, 1)`."""
        self.layers = whole(layers)

    @property
    def counts(self):
        """Neurons, weights and biases of the present net, as a `Count`."""
        return count_of(*self.layers)

    def __repr__(self):
        return count_text(self.layers, count_rows(self.layers, self.shown))

    def static_picture(self):
        return Plot(net_drawing, *self.layers, counts=self.shown)


def net_view(*layers, shown=False):
    """A live drawing of the net of these layers, the input first: `net_view(3, 4, 2)` (slide 97).

    Two to six layers of 1 to 10,000 units. Neurons, weights and biases are counted with their sums
    written out; `shown=False` hides them behind "?" until they are asked for. Raises GraphError for
    other sizes.
    """
    return NetView(layers, shown)


def whole(layers):
    """Layer sizes as a list of Python's whole numbers."""
    if not all(isinstance(size, int | np.integer) for size in layers):
        raise refused(layers)
    return list(map(int, layers))


def refused(layers):
    """The error for layers that this view cannot have."""
    return GraphError("net_view_sizes", given=", ".join(map(str, layers)))
