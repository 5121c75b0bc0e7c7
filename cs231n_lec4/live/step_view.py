"""One gate at a time: the two passes as steps, with Next and Back."""

import traitlets

from ..steps import shown_from, step_texts, steps_of
from .graph_view import ROOM, GraphView, checked, drawings_of


class StepView(GraphView):
    """The picture of a graph at one moment of its two passes. `view.place` is the number of the step.

    Sliders stay live at every step; they do not move the student's graph.
    """

    steps = traitlets.List().tag(sync=True)
    sentences = traitlets.List().tag(sync=True)
    shown_from = traitlets.Dict().tag(sync=True)
    place = traitlets.Int().tag(sync=True)

    def __init__(self, graph, drawings, **settings):
        super().__init__(graph, drawings, **settings)
        self.steps = steps_of(graph, self.program)
        self.shown_from = {}
        for picture in self.pictures:
            shown = shown_from(graph, self.program, picture["wires"], self.steps)
            self.shown_from = {**self.shown_from, **shown}
        self.sentences = step_texts(graph, self.program, self.steps)

    @traitlets.validate("place")
    def _within(self, proposal):
        return min(max(proposal["value"], 0), len(self.steps))

    def follow(self):
        """Steps leave the student's graph alone."""

    def __repr__(self):
        return "\n".join(self.sentences)


def step_through(
    graph, *, digits=2, palette="colour-blind", fold=None, class_mode=False, **ranges
):
    """Walk through `graph` forward and backward, one gate at a time: Next, Back, arrow keys.

    Slides 12-23 and 30-43. The formula under the picture stands with names, then with numbers.
    """
    look = {"digits": digits, "palette": palette, "room": ROOM}
    drawings = drawings_of(checked(graph, "step_through"), fold, hide=True, **look)
    folds = list((fold or {}).items())
    settings = {"panels": ["steps"], "fold": folds, "class_mode": class_mode, **look}
    return StepView(graph, drawings, ranges=ranges, **settings)
