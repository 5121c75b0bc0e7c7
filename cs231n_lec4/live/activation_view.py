"""The activation functions of slide 96 with one point that is dragged, in the browser alone."""

import numpy as np
import traitlets

from .. import words
from ..engine import values
from ..guidance.errors import GraphError
from ..lessons.activations import ACTIVATIONS, LATER_ACTIVATIONS, sigmoids_in_a_row
from ..pictures.plots import activation_plots
from ..words.digits import short
from .base import bundle
from .base.live_view import LiveView, validate

LOW, HIGH, STEP = -6.0, 6.0, 0.05
PLACES = np.round(np.arange(LOW, HIGH + STEP / 2, STEP), 6)
FLAT = 0.01  # a derivative smaller than this lets almost nothing through


class ActivationView(LiveView):
    """Functions, derivatives and one point. `view.x` is the point; `view.move(-3)` moves it."""

    kind = "activations"
    by_hand = ("x",)
    _esm = bundle.script("activation_view")

    x = traitlets.Float().tag(sync=True)
    curves = traitlets.List().tag(sync=True)
    chain = traitlets.Dict().tag(sync=True)
    grid = traitlets.Dict().tag(sync=True)

    def __init__(self, kinds, x, class_mode=False):
        self.kinds = kinds
        grid = {"low": LOW, "high": HIGH, "step": STEP, "flat": FLAT}
        curves = [curve_of(kind) for kind in kinds.values()]
        x = float(values.as_value(x, "x"))
        numbers = {"x": x, "curves": curves, "chain": chain_of(PLACES), "grid": grid}
        super().__init__(**numbers, words=words.ACTIVATIONS, class_mode=class_mode)

    @validate("x")
    def _on_the_grid(self, x):
        if not LOW <= x <= HIGH:
            raise GraphError("point_outside", x=short(x), low=short(LOW), high=short(HIGH))
        return float(PLACES[np.abs(PLACES - x).argmin()])

    def move(self, x):
        """Move the point, as a hand would. It goes to the nearest twentieth."""
        self.x = float(values.as_value(x, "x"))

    def __repr__(self):
        text = words.ACTIVATIONS["row"]
        rows = [
            (k.name, short(k.value(self.x)), short(k.slope(self.x))) for k in self.kinds.values()
        ]
        return "\n".join(text.format(name=n, value=value, slope=slope) for n, value, slope in rows)

    def static_picture(self):
        return activation_plots(list(self.kinds), self.x)


def activation_view(x=0.5, *, later=False, class_mode=False):
    """Six activation functions with their derivatives and one point x (slide 96).

    Grey is where the derivative is below 0.01: there the gradient vanishes. Below, four sigmoids in
    a row. `later=True` adds GELU and SiLU. `class_mode=True` is for a hall: large type, no table.
    Raises GraphError for an x outside the picture.
    """
    kinds = {**ACTIVATIONS, **(LATER_ACTIVATIONS if later else {})}
    return ActivationView(kinds, x, class_mode)


def curve_of(kind):
    """The function and its derivative at every place of the slider."""
    values, slopes = (np.asarray(side(PLACES), float).tolist() for side in (kind.value, kind.slope))
    return {"name": kind.name, "formula": kind.formula, "values": values, "slopes": slopes}


def chain_of(places):
    """Four sigmoids in a row at every place: outputs, slopes, and the slopes' product so far.

    Whoever shows a number rounds it, once.
    """
    outputs, slopes = map(np.transpose, sigmoids_in_a_row(places))
    tables = {"outputs": outputs, "slopes": slopes, "left": slopes.cumprod(axis=1)}
    return {key: table.tolist() for key, table in tables.items()}
