"""Live Jacobians: of a ReLU as a heat map, its size, and the product without it; of one gate of a
graph as a table, and the product column by column."""

import numpy as np
import traitlets

from .. import words
from ..checking.graphs import differentiable
from ..checking.uses import places_of
from ..engine.gates import ReluGate
from ..flat import browser_program
from ..guidance.errors import GraphError
from ..guidance.refusals import graph_expected
from ..lessons.jacobians import jacobian, jacobian_size
from ..pictures.grids import heat_map
from ..pictures.plots import Plot
from ..words.digits import grouped
from .base import bundle
from .base.live_view import LiveView, validate
from .base.sliders import refuse_not_finite
from .graphs.graph_view import GraphView, drawings_of, look_of

SHOWN = (4, 8, 16, 32, 64)  # entries of x whose Jacobian is drawn
COUNTED = (4096, 409_600)  # entries whose Jacobian is only counted (slides 55 and 56)
SLIDE_X = (1.0, -2.0, 3.0, -1.0)
SLIDE_UPSTREAM = (4.0, -1.0, 5.0, 9.0)
MOST_IN_TABLE, MOST_IN_HALL = 12, 6  # rows, and columns
REACH = 3.0  # sliders go from −3 to 3


class JacobianView(LiveView):
    """The Jacobian of z = max(0, x), and two ways to multiply by it. `explore_jacobian` makes one.

    `view.size` is the number of entries of x. `view.x` are the sliders at size 4; at larger sizes
    one slider, `view.shift`, is added to every entry. The browser computes what it shows.
    """

    kind = "jacobian"
    by_hand = ("size", "x", "shift")
    _esm = bundle.script("jacobian_view")

    size = traitlets.Enum((*SHOWN, *COUNTED), default_value=4).tag(sync=True)
    x = traitlets.List(traitlets.Float(), minlen=4, maxlen=4).tag(sync=True)
    shift = traitlets.Float(-REACH).tag(sync=True)
    many = traitlets.List().tag(sync=True)  # 64 numbers, to which the shift is added
    upstream = traitlets.List().tag(sync=True)
    slide = traitlets.List(list(SLIDE_X)).tag(sync=True)
    memory = traitlets.Dict().tag(sync=True)
    product = traitlets.Bool().tag(sync=True)

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

    @validate("x")
    def _has_a_place(self, x):
        refuse_not_finite(x, "x")
        return x

    @validate("shift")
    def _can_be_added(self, shift):
        refuse_not_finite(shift, "shift")
        return shift

    def move(self, **controls):
        """Move controls from Python: `view.move(size=64, shift=0.0)`."""
        for name, value in controls.items():
            setattr(self, name, value)

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
        return {"n": self.size, "entries": grouped(self.size**2), "ones": on}

    def static_picture(self):
        table = self.jacobian if self.size in SHOWN else np.eye(SHOWN[-1])
        return Plot(heat_map, table, *words.JACOBIAN["sides"], width=3.4)


def tenths(count, seed):
    """Fixed numbers between −3 and 3, with one decimal and none of them 0."""
    steps = np.random.default_rng(seed).integers(1, 29, count)
    signs = np.where(np.random.default_rng(seed + 9).random(count) < 0.5, -1.0, 1.0)
    return (signs * steps / 10).tolist()


def explore_jacobian(graph=None, name="x", *, product=True, class_mode=False):
    """A live Jacobian (slides 53-57), of a ReLU or of the gate that uses a node of `graph`.

    Without a graph: a heat map, from 4 entries to 409,600. An entry of the diagonal appears as its
    x crosses 0. Beside it stand Jᵀ · upstream, multiplied out, and upstream · (x > 0), the line of
    code that replaces it; `product=False` leaves both out, where a reader has not met them yet.

    `explore_jacobian(graph, "x")`: a table ∂q_ij / ∂x_kl, the arrays read row by row. Each slope
    can be pointed at, and Next makes Jᵀ · upstream column by column.

    `class_mode=True` is for a hall: at most 6 rows and columns, and of the picture the gate alone.
    Raises GraphError for a setting that is neither True nor False, and for a node whose table would
    have no place.
    """
    if graph is None:
        return JacobianView(product, class_mode)
    return gate_jacobian(graph_expected(graph, "explore_jacobian"), name, class_mode)


class GateJacobianView(GraphView):
    """The Jacobian of one gate by one of its inputs, below the picture of the graph."""

    tells_entries = False  # the table does


def gate_jacobian(graph, name, class_mode):
    """The view of the gate that uses the node called `name`."""
    node, program = differentiable(graph, name), browser_program(graph)
    uses = places_of(graph, node)
    sizes = [np.size(x.value) for x in (node, *(gate for gate, _ in uses))]
    most = MOST_IN_HALL if class_mode else MOST_IN_TABLE
    has_place = len(uses) == 1 and np.ndim(node.value) and max(sizes) <= most
    if not has_place or program is None or np.ndim(graph.output.value):
        raise GraphError("jacobian_not_a_table", name=graph.names[node], most=most)
    look = look_of(2, "colour-blind", class_mode)
    drawings = drawings_of(graph, None, hide=[name], **look)
    [wire] = [w["id"] for w in drawings[0].wires if graph.nodes[w["node"]] is node]
    shown = {"wire": wire, "gate": graph.nodes.index(uses[0][0])}
    options = {"panels": ["jacobian"], "class_mode": class_mode, **look}
    return GateJacobianView(graph, drawings, program=program, jacobian=shown, **options)
