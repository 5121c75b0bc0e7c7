"""Steps that go on after backward: the update of the parameters, and the next round."""

import math

import numpy as np
import traitlets

from ... import words
from ...checking.graphs import as_held, untouched
from ...engine import values
from ...steps.updates import update_from, update_step, update_texts
from ..base.live_view import validate
from ..base.sliders import plain
from .step_view import StepView

MOST_ROUNDS = 100  # this view is for looking closely; the training view goes further


class UpdateView(StepView):
    """`step_through(graph, update=0.1)`: forward, backward, Update, and forward again.

    `view.place` counts on from round to round: with S steps a round, round r ends with its update
    at place r · S. A lower place undoes updates: the old parameters are there again, exactly.

    - `view.round` is the number of the round, from 1.
    - `view.parameters` holds the parameters as they are now, `{name: value}`.
    - `view.losses` is the loss of each round; the last one belongs to the present parameters.
    """

    trail = traitlets.List().tag(sync=True)  # what each update found and made; Back goes along it
    overflow = traitlets.Bool().tag(sync=True)  # whether the next update has no finite result

    by_hand = ("input_", "place", "trail")

    def __init__(self, graph, drawings, *, rate, parameters, **settings):
        self._rate, self._names, self._updating = rate, parameters, False
        update = {"rate": rate, "names": parameters, "rounds": MOST_ROUNDS}
        super().__init__(graph, drawings, update=update, **settings)
        self.observe(self._placed, "place")

    def _steps(self):
        steps, outline = super()._steps()
        program = self.program if self.has_formulas else None
        return [*steps, update_step(self.graph, program, self._rate, self._names)], outline

    @property
    def last_place(self):
        return MOST_ROUNDS * len(self.steps)

    @property
    def round(self):
        """The number of the present round, from 1. An update ends its round."""
        return 1 + max(0, self.place - 1) // len(self.steps)

    @property
    def parameters(self):
        """The parameters as they are now."""
        held = as_held(self.graph, self.numbers())
        return {name: values.as_value(held[name], name) for name in self._names}

    @property
    def losses(self):
        """The loss of each round so far, and last that of the present numbers."""
        with untouched(self.graph):
            now = self.graph.forward(**as_held(self.graph, self.numbers()))
            return [record["loss"] for record in self.trail] + [now]

    # ── as many updates as the place has passed ──────────────────────────────────────────────────

    def _placed(self, change):
        """Where the browser computes, it has made the updates itself; else they are made here."""
        if len(self.trail) != self._due():
            self._moved(change)

    def _moved(self, change):
        if not self._updating:
            super()._moved(change)

    def follow(self):
        """Updates first, so that the numbers that are sent are those after them."""
        if len(self.trail) != self._due():
            self._updating = True
            try:
                with untouched(self.graph), self.hold_sync():
                    self._keep_up()
            finally:
                self._updating = False
        super().follow()

    def _due(self):
        return self.place // len(self.steps)

    def _keep_up(self):
        """Undo updates, or make them, until there are as many as the place has passed."""
        numbers, trail = self.numbers(), list(self.trail)
        while len(trail) > self._due():
            numbers |= trail.pop()["before"]
        self.overflow = False
        while len(trail) < self._due() and not self.overflow:
            try:
                record = update_from(self.graph, numbers, self._rate, self._names)
            except OverflowError:
                self.overflow = True
                self.place = (len(trail) + 1) * len(self.steps) - 1  # the last step of backward
            else:
                trail.append(as_plain(record))
                numbers |= trail[-1]["after"]
        self.trail = trail
        self.move(**{name: numbers[name] for name in self._names})

    @validate("trail")
    def _fits(self, trail):
        """What a browser sends is not trusted: each record has the parameters' own shapes."""
        try:
            return [self._record(record) for record in trail[:MOST_ROUNDS]]
        except (AttributeError, KeyError, TypeError) as problem:
            raise traitlets.TraitError(f"trail: {problem!r:.60}") from None

    def _record(self, record):
        if not (isinstance(record["loss"], float | int) and math.isfinite(record["loss"])):
            raise TypeError("loss")
        numbers = {name: self.traits()[f"input_{name}"] for name in self._names}
        return {"loss": float(record["loss"])} | {
            key: {name: trait.validate(self, record[key][name]) for name, trait in numbers.items()}
            for key in ("before", "grads", "after")
        }

    # ── in words ─────────────────────────────────────────────────────────────────────────────────

    def _now(self):
        start = (self.round - 1) * len(self.steps)
        return self.steps[max(0, self.place - start - 1) : self.place - start]

    def _texts(self, steps):
        passes = [step for step in steps if step["kind"] != "update"]
        texts = [super()._texts(passes)] if passes else []
        if len(passes) < len(steps):
            texts += self._update_texts(steps[-1], alone=not passes)
        return "\n".join(texts)

    def _update_texts(self, step, alone):
        """The update that was made, or among all steps the one that comes next."""
        if not self.has_formulas:
            return [row["code"] for row in step["rows"]]
        if alone and len(self.trail) == self._due() > 0:
            return update_texts(self.graph, step, self.trail[-1])
        try:
            with untouched(self.graph):
                record = update_from(self.graph, self.numbers(), self._rate, self._names)
        except OverflowError:
            return [words.VIEW["step_update_overflow"]]
        return update_texts(self.graph, step, record)


def as_plain(record):
    """A record as JSON holds it."""
    parts = ("before", "grads", "after")
    flat = {key: {name: plain(value) for name, value in record[key].items()} for key in parts}
    return {"loss": float(np.asarray(record["loss"])), **flat}
