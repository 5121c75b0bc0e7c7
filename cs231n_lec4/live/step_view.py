"""One gate at a time: the two passes as steps, with Next and Back."""

import traitlets

from .. import words
from ..checking.nudges import untouched
from ..code_steps import code_steps_of
from ..steps import shown_from, step_texts, steps_of
from ..updates import checked_update
from .graph_view import GraphView, checked, drawings_of, labelled, look_of


class StepView(GraphView):
    """The picture of a graph at one moment of its two passes. `view.place` is the number of the
    step.

    Sliders stay live at every step; they do not move the student's graph. Place 0 is the beginning.
    """

    steps = traitlets.List().tag(sync=True)
    shown_from = traitlets.Dict().tag(sync=True)
    place = traitlets.Int().tag(sync=True)

    def __init__(self, graph, drawings, **settings):
        super().__init__(graph, drawings, **settings)
        self.words = {**words.VIEW, "said": words.STEPS, "said_code": words.CODE_STEPS}
        self.steps, outline = self._steps()
        self.shown_from = {
            wire: moments
            for picture in self.pictures
            for wire, moments in shown_from(graph, outline, picture["wires"], self.steps).items()
        }

    def _steps(self):
        """The steps, and the names of the shares in them."""
        if self.program is None:
            return code_steps_of(self.graph)
        return steps_of(self.graph, self.program), self.program

    @property
    def last_place(self):
        """The place of the last step."""
        return len(self.steps)

    @traitlets.validate("place")
    def _within(self, proposal):
        return min(max(proposal["value"], 0), self.last_place)

    def follow(self):
        """Steps leave the student's graph alone; the numbers of arrays are computed and put
        back."""
        self._moves_waiting = False
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
        return self.drawings[0].table

    def _texts(self, steps):
        if self.program is None:
            return "\n".join(row["code"] for step in steps for row in step["rows"])
        with untouched(self.graph):
            self.graph.forward(**self.numbers())
            self.graph.backward()
            return "\n".join(step_texts(self.graph, self.program, steps))


def step_through(
    graph,
    *,
    update=None,
    parameters=None,
    digits=2,
    palette="colour-blind",
    fold=None,
    class_mode=False,
    ranges=None,
    **more,
):
    """Walk through `graph` forward and backward, one gate at a time (slides 12-23 and 30-43).

    Keys, wherever the focus is in the view: arrow left and right step, Home and End go to the ends,
    Escape gives the keys back to the notebook. The formula stands with names, then with numbers; a
    graph of arrays shows each gate's lines of code and their shapes. `class_mode`, `fold`, `ranges`
    and `x=(-5, 5)` are as in `explore`.

    `update=0.1` adds the step of slide 88 that backward does not do: each of `parameters`, a list
    of input names (left out: every input), moves by −0.1 times its gradient. Next then goes forward
    again; Back undoes the update.
    """
    look = look_of(digits, palette, class_mode)
    folds = labelled(fold)
    settings = {"panels": ["steps"], "fold": folds, "class_mode": class_mode, **look}
    with untouched(checked(graph, "step_through")):
        drawings = drawings_of(graph, fold, hide=True, **look)
        settings["ranges"] = {**(ranges or {}), **more}
        if update is None:
            return StepView(graph, drawings, **settings)
        return updating(graph, drawings, update, parameters, settings)


def updating(graph, drawings, update, parameters, settings):
    """The view with updates; its room needs this one, so it is asked for late."""
    from .update_view import UpdateView

    rate, names = checked_update(graph, update, parameters)
    return UpdateView(graph, drawings, rate=rate, parameters=names, **settings)
