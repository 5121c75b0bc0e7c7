"""The Jacobian of a ReLU as a live heat map: its diagonal, its size, and the product without it."""

import anywidget
import numpy as np
import traitlets
from IPython.display import display

from .. import words
from ..checking.jacobians import jacobian, jacobian_size
from ..engine.gates import ReluGate
from ..pictures.plots import Plot, heat_map
from .base import bundle, registry
from .base.page import save_page
from .graph_view import static_bundle

SHOWN = (4, 8, 16, 32, 64)  # entries of x whose Jacobian is drawn
COUNTED = (4096, 409_600)  # entries whose Jacobian is only counted (slides 55 and 56)
SLIDE_X = (1.0, -2.0, 3.0, -1.0)
SLIDE_UPSTREAM = (4.0, -1.0, 5.0, 9.0)
REACH = 3.0  # sliders go from −3 to 3


class JacobianView(anywidget.AnyWidget):
    """The Jacobian of z = max(0, x), and two ways to multiply by it. `explore_jacobian` makes one.

    `view.size` is the number of entries of x. `view.x` are the sliders at size 4; at larger sizes
    one slider, `view.shift`, is added to every entry. The browser computes what it shows.
    """

    kind = "jacobian"  # which renderer a saved page calls
    _esm = bundle.script("jacobian_view")
    _css = bundle.style("view", "jacobian_view", "hall_charts")

    size = traitlets.Enum((*SHOWN, *COUNTED), default_value=4).tag(sync=True)
    x = traitlets.List(traitlets.Float(), minlen=4, maxlen=4).tag(sync=True)
    shift = traitlets.Float(-REACH).tag(sync=True)
    many = traitlets.List().tag(sync=True)  # 64 numbers, to which the shift is added
    upstream = traitlets.List().tag(sync=True)
    slide = traitlets.List(list(SLIDE_X)).tag(sync=True)
    memory = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    product = traitlets.Bool().tag(sync=True)
    class_mode = traitlets.Bool().tag(sync=True)

    def __init__(self, product=True, class_mode=False):
        sizes = (*SHOWN, *COUNTED)
        super().__init__(
            x=[-1.0, -2.0, -3.0, -1.0],
            many=[*SLIDE_X, *tenths(60, seed=1)],
            upstream=[*SLIDE_UPSTREAM, *tenths(60, seed=2)],
            memory={str(n): [jacobian_size(n, n, "f4"), jacobian_size(n, 1, "f4")] for n in sizes},
            words={**words.VIEW, **words.JACOBIAN},
            product=product,
            class_mode=class_mode,
        )
        registry.keep("jacobian", self)

    def move(self, **controls):
        """Move controls from Python: `view.move(size=64, shift=0.0)`."""
        for name, value in controls.items():
            setattr(self, name, value)

    def save(self, path, title=None):
        """Write the view to one HTML file that needs neither kernel nor network. Returns the
        path."""
        return save_page(path, [self], title or words.JACOBIAN["jacobian_view"])

    def close(self):
        """End the view: nothing of it stays in the kernel."""
        registry.forget(self)
        self.layout.close()
        super().close()

    @property
    def numbers(self):
        """The vector x at the present size: up to 64 numbers."""
        return np.array(self.x if self.size == 4 else self.many[: self.size]) + self.added

    @property
    def added(self):
        """What the slider adds to every entry."""
        return 0.0 if self.size == 4 else self.shift

    @property
    def jacobian(self):
        """J[i, j] = ∂z_i / ∂x_j at the present numbers. Refused where nobody builds it."""
        return jacobian(ReluGate(), self.numbers if self.size in SHOWN else np.ones(self.size))

    def __repr__(self):
        return words.JACOBIAN["alt"].format(**self.facts())

    def facts(self):
        """The counts of the present picture."""
        on = int((self.numbers > 0).sum())
        return {"n": self.size, "entries": f"{self.size**2:,}", "ones": on}

    def _ipython_display_(self):
        """Two outputs: a static picture for every viewer, and the live one, which hides it."""
        table = self.jacobian if self.size in SHOWN else np.eye(SHOWN[-1])
        sides = words.JACOBIAN["sides"]
        display(static_bundle(Plot(heat_map, table, *sides, width=3.4), repr(self)), raw=True)
        display(self._repr_mimebundle_()[0], raw=True)


def tenths(count, seed):
    """Fixed numbers between −3 and 3, with one decimal and none of them 0."""
    steps = np.random.default_rng(seed).integers(1, 29, count)
    signs = np.where(np.random.default_rng(seed + 9).random(count) < 0.5, -1.0, 1.0)
    return (signs * steps / 10).tolist()


def explore_jacobian(*, product=True, class_mode=False):
    """A live heat map of the Jacobian of a ReLU, from 4 entries to 409,600 (slides 53-57).

    An entry of the diagonal appears as its x crosses 0. Beside it stand Jᵀ · upstream, multiplied
    out, and upstream · (x > 0), the line of code that replaces it; `product=False` leaves both
    out, where a reader has not met them yet. `class_mode=True` is for a hall.
    """
    return JacobianView(product, class_mode)
