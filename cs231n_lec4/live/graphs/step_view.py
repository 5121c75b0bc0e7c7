"""One gate at a time: the two passes as steps, with Next and Back."""

import traitlets

from ...checking.graphs import untouched
from ...steps.code_moments import passes_of
from ...steps.listing import listing_of
from ...steps.moments import shown_from, step_texts
from ..base.live_view import validate
from .graph_view import GraphView


class StepView(GraphView):
    """The picture of a graph at one moment of its two passes. `view.place` is the number of the
    step.

    Sliders stay live at every step; they do not move the student's graph. Place 0 is the beginning.
    """

    steps = traitlets.List().tag(sync=True)
    shown_from = traitlets.Dict().tag(sync=True)
    place = traitlets.Int().tag(sync=True)

    by_hand = ("input_", "place")

    def __init__(self, graph, drawings, **settings):
        super().__init__(graph, drawings, **settings)
        self.steps, outline = self._steps()
        self.settings = {**self.settings, "listing": listing_of(graph, self.steps)}
        self.shown_from = {
            wire: moments
            for picture in self.pictures
            for wire, moments in shown_from(graph, outline, picture["wires"], self.steps).items()
        }

    def _steps(self):
        """The steps, and the names of the shares in them."""
        return passes_of(self.graph, self.program)

    @property
    def last_place(self):
        """The place of the last step."""
        return len(self.steps)

    @validate("place")
    def _within(self, place):
        return min(max(place, 0), self.last_place)

    def follow(self):
        """Steps leave the student's graph alone; the numbers of arrays are computed and put
        back."""
        if self.program is None:
            with untouched(self.graph):
                super().follow()

    @property
    def sentence(self):
        """What the present step says, as text; nothing at the beginning."""
        return self._texts(self._now())

    def _now(self):
        """The present step, in a list; none at the beginning."""
        return self.steps[max(0, self.place - 1) : self.place]

    def __repr__(self):
        return self._texts(self.steps)

    def static_text(self):
        """The gradients stay hidden in a saved notebook: they are there to be predicted."""
        return self.static_picture().table

    def _texts(self, steps):
        if not self.has_formulas:
            return "\n".join(row["code"] for step in steps for row in step["rows"])
        return "\n".join(step_texts(steps, self.program, self.numbers()))
