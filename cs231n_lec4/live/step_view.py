"""One gate at a time: the two passes as steps, with Next and Back."""

import traitlets

from ..steps import shown_from, step_texts, steps_of
from .graph_view import GraphView, checked, prepared_drawing


class StepView(GraphView):
    """The picture of a graph at one moment of its two passes. `view.place` is the number of the step.

    Sliders stay live at every step; they do not move the student's graph.
    """

    steps = traitlets.List().tag(sync=True)
    sentences = traitlets.List().tag(sync=True)
    shown_from = traitlets.Dict().tag(sync=True)
    place = traitlets.Int().tag(sync=True)

    def __init__(self, graph, ranges, drawing, **settings):
        super().__init__(graph, ranges, drawing, moves_graph=False, **settings)
        self.steps = steps_of(graph, self.program)
        self.shown_from = shown_from(graph, self.program, self.wires, self.steps)
        self.sentences = step_texts(graph, self.program, self.steps)

    def __repr__(self):
        return "\n".join(self.sentences)


def step_through(graph, *, digits=2, palette="colour-blind", **ranges):
    """Walk through `graph` forward and backward, one gate at a time: Next, Back, arrow keys.

    Slides 12-23 and 30-43. The sentence under the picture holds the formula, with names and numbers.
    """
    checked(graph, "step_through")
    drawing = prepared_drawing(graph, digits, palette)
    return StepView(graph, ranges, drawing, panels=["steps"], digits=digits, palette=palette)
