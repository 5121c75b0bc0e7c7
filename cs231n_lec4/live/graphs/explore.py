"""`explore(graph)`: drag a slider and watch values and gradients move."""

import numpy as np

from ...engine import values
from ...engine.gate import Gate
from ...flat import browser_program, is_scalar
from ...guidance.errors import GraphError
from ...guidance.refusals import graph_expected
from ...steps.code_moments import passes_of
from ...steps.moments import flow_of
from ..base.sliders import MOST_ENTRIES
from .graph_view import GraphView, drawings_of, labelled, look_of

MOST_TO_PLOT = 64  # entries of a node: a plot computes the graph many times, as often as it moves


def explore(
    graph,
    *,
    digits=2,
    palette="colour-blind",
    nudge=True,
    fold=None,
    class_mode=False,
    upstream=1.0,
    ranges=None,
    **more,
):
    """A live picture of `graph` with a slider for each input.

    - `explore(graph, x=(-5, 5))` sets the range of a slider; others reach max(5, 2|v|) to both
      sides of the value v. `ranges={"digits": (0, 1)}` is for names that this function knows.
    - An input's number, also one of a small array, can be dragged, moved by arrow keys, or typed
      over. While it is held, each wire shows its real change, and gradient × change (slide 23).
    - `nudge`: below the sliders, say this in words, and plot the output against the held input.
    - `fold`: `{"σ": ["v5", "v6", "v7", "f"]}` lets these gates be folded into one (slide 44).
    - *Backward* sends the gradient through one gate a press. A band is as wide as its gradient is
      large.
    - `class_mode`: large type and a constant height, for a hall.
    - `digits` (0 to 6) and `palette` are as in `draw`.

    A graph of one gate gets a slider for the upstream gradient too, which begins at `upstream`
    (slides 24-29). Slides 12-50. Raises GraphError for an input that is inf or nan: a slider has no
    place for it.
    """
    look = look_of(digits, palette, class_mode)
    drawings = drawings_of(graph_expected(graph, "explore"), fold, **look)
    options = {
        "ranges": {**(ranges or {}), **more},
        "fold": labelled(fold),
        "class_mode": class_mode,
        **look,
    }
    gates = [node for node in graph.nodes if isinstance(node, Gate)]
    program = browser_program(graph)
    are_numbers = program is not None and is_scalar(program)
    if are_numbers and len(gates) == 1 and gates[0].wants_grad:
        return OneGateView(graph, drawings, program, gates[0], upstream, options)
    if not np.array_equal(upstream, 1.0):
        raise GraphError("upstream_of_one_gate")
    panels = []
    if graph.output.wants_grad:
        panels.append("backward")
        options |= backward_of(graph, drawings, *passes_of(graph, program))
    if nudge and can_be_held(graph, program):
        panels.append("nudge")
    return GraphView(graph, drawings, program=program, panels=panels, **options)


def can_be_held(graph, program):
    """Can a number be moved, and the output, one number, be plotted against it at once?"""
    sizes = [np.size(node.value) for node in graph.nodes]
    return bool(
        program is not None
        and np.ndim(graph.output.value) == 0
        and any(np.size(node.value) <= MOST_ENTRIES for node in graph.inputs.values())
        and max(sizes) <= MOST_TO_PLOT
    )


def backward_of(graph, drawings, steps, outline):
    """The settings for *Backward*, in every picture of the graph."""
    wires = [wire for drawing in drawings for wire in drawing.wires]
    return {"bands": True, "backward": flow_of(graph, outline, wires, steps)}


class OneGateView(GraphView):
    """One gate from close: what arrives from upstream is a slider too."""

    def __init__(self, graph, drawings, program, gate, upstream, options):
        self.from_outside = free_name("upstream", graph.inputs)
        gradient = program["grads"][-1]
        opened = [[n, self.from_outside if n == gradient else tree] for n, tree in program["lines"]]
        program = {**program, "inputs": [*program["inputs"], self.from_outside], "lines": opened}
        pattern = getattr(gate, "pattern", "")
        steps, outline = passes_of(graph, program, loss="L")
        shown = {"steps": steps, "pattern": pattern}
        options |= backward_of(graph, drawings, steps, outline)
        extra = {self.from_outside: values.as_value(upstream, "upstream")}
        super().__init__(
            graph,
            drawings,
            program=program,
            extra=extra,
            panels=["backward", "gate"],
            gate=shown,
            **options,
        )
        self.follow()

    def upstream(self):
        return getattr(self, f"input_{self.from_outside}")


def free_name(name, taken):
    """The name, or one like it that no input has."""
    while name in taken:
        name += "_"
    return name
