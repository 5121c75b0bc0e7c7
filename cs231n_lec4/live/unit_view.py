"""A hidden unit from its row of W1 through h to the class scores, beside the untrained net's."""

import numpy as np
import traitlets

from .. import words
from ..lessons.data import CLASSES, animals, place_of
from ..lessons.networks import forward
from ..lessons.templates import (
    as_rows,
    class_names,
    favourites,
    hidden_scores,
    train_animals,
    untrained_animals,
    within,
)
from ..pictures.grids import image_grid
from ..pictures.plots import Plot
from ..pictures.sprites import grey_sprite, signed_sprite
from ..words.digits import number
from .base import bundle
from .base.live_view import LiveView, validate

ROW_COLUMNS, PICTURE_COLUMNS = 16, 40  # tiles in a row of the two kinds of sheets


class UnitView(LiveView):
    """The hidden units of a trained net and of the same net before training.

    `view.unit` is the chosen unit, `view.image` the chosen held-out image: 0 to 9, one a class.
    All numbers and images are made once; the browser only chooses among them.
    """

    kind = "units"
    by_hand = ("unit", "image")
    _esm = bundle.script("unit_view")

    unit = traitlets.Int(0).tag(sync=True)
    image = traitlets.Int(0).tag(sync=True)
    pictures = traitlets.Dict().tag(sync=True)  # one sheet of images, and the class of each
    nets = traitlets.List().tag(sync=True)  # trained, untrained

    def __init__(self, trained, untrained, unit=0):
        self.pair = (trained, untrained)
        self.chosen = [int(np.argmax(animals().held_out_labels == k)) for k in range(len(CLASSES))]
        excited = [favourites_of_all(net) for net in self.pair]
        shown = np.unique(np.concatenate(excited))
        super().__init__(
            unit=unit,
            pictures=self.picture_sheet(shown),
            nets=[
                self.facts_of(net, np.searchsorted(shown, best))
                for net, best in zip(self.pair, excited, strict=True)
            ],
            words={**words.UNITS, "classes": class_names()},
        )

    def picture_sheet(self, shown):
        """The images to choose from, then every favourite, as tiles of one PNG."""
        to_choose = [animals().held_out_images[place] for place in self.chosen]
        images = [*to_choose, *(animals().images[place] for place in shown)]
        labels = [*range(len(CLASSES)), *animals().labels[shown].tolist()]
        sheet = grey_sprite(images, PICTURE_COLUMNS)
        return {"sheet": sheet, "columns": PICTURE_COLUMNS, "labels": labels}

    def facts_of(self, net, best):
        """Rows of W1 as tiles, W2, h and class scores of the images to choose, favourites."""
        rows = net[0].W.T.reshape(-1, 28, 28)
        scores, [h] = forward(net, as_rows(animals().held_out_images[self.chosen]))
        return {
            "sheet": signed_sprite(rows, ROW_COLUMNS),
            "columns": ROW_COLUMNS,
            "units": len(rows),
            "weights": net[1].W.round(6).tolist(),
            "h": h.round(6).tolist(),
            "scores": scores.round(6).tolist(),
            "favourites": (best + len(CLASSES)).tolist(),
        }

    @validate("unit")
    def _unit_of_the_net(self, unit):
        return within("unit", unit, self.pair[0][1].W.shape[0])

    @validate("image")
    def _one_of_ten(self, image):
        return within("image", image, len(CLASSES))

    def move(self, unit=None, image=None):
        """Choose a unit, and an image by its number or its class: `view.move(7, "horse")`."""
        if unit is not None:
            self.unit = unit
        if image is not None:
            self.image = place_of(image) if isinstance(image, str) else image

    @property
    def h(self):
        """The chosen unit's h for the chosen image: (trained, untrained)."""
        return tuple(net["h"][self.image][self.unit] for net in self.nets)

    def __repr__(self):
        trained, untrained = map(number, self.h)
        facts = {"unit": self.unit, "image": class_names()[self.image]}
        return words.UNITS["line"].format(trained=trained, untrained=untrained, **facts)

    def static_picture(self):
        return Plot(image_grid, *self.static_pictures(), columns=16, width=10.0, height=1.6)

    def static_pictures(self):
        """The rows of W1 of the first units, trained above untrained, with their titles."""
        rows = [net[0].W.T[:16].reshape(-1, 28, 28) for net in self.pair]
        rows = [row / np.abs(row).max() for pair in rows for row in pair]
        return rows, [str(k) for k in range(16)] * 2


def unit_view(trained=None, untrained=None, unit=0):
    """Choose a hidden unit and follow it: row of W1, h, column of W2, favourite images (slide 86).

    Beside it stands the unit of the same number before training: what both show proves nothing.
    Left out, the nets are `train_animals()` and `untrained_animals()`. Raises GraphError for a unit
    that they do not have.
    """
    return UnitView(trained or train_animals(), untrained or untrained_animals(), unit)


def favourites_of_all(net):
    """The 25 favourite images of every hidden unit, (H, 25)."""
    h = hidden_scores(net)
    return np.array([favourites(net, unit, h=h) for unit in range(h.shape[1])])
