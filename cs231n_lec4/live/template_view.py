"""A horse that turns from left to right, scored by two templates and by one (slide 86)."""

import numpy as np
import traitlets

from .. import words
from ..engine import values
from ..guidance.errors import GraphError, one_of
from ..lessons.templates import MIDDLES, horse_between, horse_net, horses, single_template
from ..pictures.grids import image_grid
from ..pictures.plots import Plot
from ..pictures.sprites import GREYS, grey_sprite, signed_sprite
from ..words.digits import number
from .base import bundle
from .base.live_view import LiveView, validate

STEP = 0.05  # of the slider, which goes from −1 (left) to 1 (right)
ENDS = {"left": -1, "right": 1}


class TemplateView(LiveView):
    """A horse between facing left and right; the built net's h and score; one template's score.

    `view.place` goes from −1 (left) to 1 (right). `view.middle` is what stands at 0: "half", half
    of each end, or "front", the mean of the real horses that face us. The browser computes h: a
    blend of pictures has the same blend of scores, before the ReLU.
    """

    kind = "templates"
    by_hand = ("place", "middle")
    _esm = bundle.script("template_view")

    place = traitlets.Float(-1.0).tag(sync=True)
    middle = traitlets.Unicode("half").tag(sync=True)
    stops = traitlets.Dict().tag(sync=True)  # {name: picture, scores before the ReLU, one score}
    rows = traitlets.Dict().tag(sync=True)  # {name: picture of the template}

    def __init__(self, class_mode=False):
        self.net, self.one = horse_net(), single_template()
        pictures = {**ENDS, **dict.fromkeys(MIDDLES, 0)}
        rows = {"left": self.net.W1[0], "right": self.net.W1[1], "single": self.one}
        super().__init__(
            stops={n: self.stop(horse_between(p, middle_of(n))) for n, p in pictures.items()},
            rows={name: signed_sprite([row.reshape(28, 28)], 1) for name, row in rows.items()},
            words=words.TEMPLATES | {"fronts": len(horses("front"))},
            class_mode=class_mode,
        )

    def stop(self, image):
        """What the browser needs of one picture."""
        sums = [*self.net.sums(image), self.one @ (image.ravel() - self.net.mean)]
        return {"image": grey_sprite([image], 1, GREYS), "sums": [float(s) for s in sums]}

    @validate("place")
    def _on_the_grid(self, place):
        if np.isnan(place):
            raise GraphError("point_outside", x="NaN", low=ENDS["left"], high=ENDS["right"])
        return float(np.round(np.clip(place, -1, 1) / STEP) * STEP)

    @validate("middle")
    def _known(self, middle):
        return one_of(MIDDLES, middle, "unknown_middle", given=middle)

    def move(self, place=None, middle=None):
        """Move the slider, and choose the middle: `view.move(0, "front")`."""
        if middle is not None:
            self.middle = middle
        if place is not None:
            self.place = float(values.as_value(place, "place"))

    @property
    def image(self):
        """The present picture, (28, 28)."""
        return horse_between(self.place, self.middle)

    @property
    def h(self):
        """The scores of the two templates, after the ReLU."""
        return self.net.forward(self.image)[0]

    @property
    def score(self):
        """W2 h, the horse score of the two-layer net."""
        return self.net.forward(self.image)[1]

    @property
    def single(self):
        """The score of the one template."""
        return float(self.one @ (self.image.ravel() - self.net.mean))

    def __repr__(self):
        left, right = self.h
        facts = {"left": left, "right": right, "score": self.score, "single": self.single}
        numbers = {name: number(score) for name, score in facts.items()}
        return words.TEMPLATES["line"].format(place=place_words(self.place), **numbers)

    def static_picture(self):
        pictures = [horse_between(place) for place in (-1, -0.5, 0, 0.5, 1)]
        left, right = words.TEMPLATES["ends"]
        titles = [left, "", words.TEMPLATES["half"], "", right]
        return Plot(image_grid, pictures, titles, columns=5, width=6.0, height=1.5)


def template_view(*, class_mode=False):
    """Turn a horse from left to right and watch its scores (slide 86, and the questions on it).

    Two templates, whose scores h are added by W2 = (1, 1), beside one template, their average.
    `class_mode=True` is for a hall. It never raises.
    """
    return TemplateView(class_mode)


def middle_of(stop):
    """Which middle a stop belongs to; the ends belong to both."""
    return stop if stop in MIDDLES else "half"


def place_words(place):
    """A place of the slider in words: "faces left", "between left and middle", …"""
    side = "middle" if place == 0 else "left" if place < 0 else "right"
    return words.TEMPLATES["places"][side if abs(place) in (0, 1) else f"towards_{side}"]
