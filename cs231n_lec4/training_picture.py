"""The picture of a training: what the net answers, its loss, how large weights and gradients are.

One Figure is made once and then changed: a redraw moves lines and colours and leaves the rest alone.
"""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from . import words
from .networks import sizes_of
from .plots import (
    GRADIENT,
    QUIET,
    RIGHT_ABOVE,
    SIZES_SHOWN,
    VALUE,
    answers,
    draw_points,
    loss_axes,
    png_of,
    reach_of,
    short,
    unit_lines,
)

WIDTH, HEIGHT = 10.4, 3.2  # inches at 96 pixels
SHARPNESS = 120  # dots an inch: at most ten of these pictures a second stay under 200 kB
MOST_LAYERS = 3


class TrainingPicture:
    """Three panels of one Figure for one trainer. `png()` draws the trainer's present step."""

    def __init__(self, trainer):
        self.trainer = trainer
        self.figure = Figure(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(self.figure)
        self.figure.subplots_adjust(left=0.04, right=0.99, top=0.91, bottom=0.15, wspace=0.22)
        self.map, self.curve, self.bars = self.figure.subplots(1, 3, width_ratios=(1, 1.3, 1))
        self._prepare_map()
        self._prepare_curve()
        self._prepare_bars()

    def _prepare_map(self):
        trainer, ax = self.trainer, self.map
        self.edge = edge = reach_of(trainer.x)
        blank = np.ones((2, 2, 3))
        self.answers = ax.imshow(blank, extent=(-edge, edge, -edge, edge), origin="lower")
        self.lines = ax.add_collection(LineCollection([], colors="black", linewidths=0.9, alpha=0.55))
        draw_points(ax, trainer.x, trainer.labels)
        text = words.TRAINING_PICTURE["map"]
        ax.set(xlim=(-edge, edge), ylim=(-edge, edge), xticks=[], yticks=[], title=text)

    def _prepare_curve(self):
        ax, text = self.curve, words.TRAINING_PICTURE
        (self.loss,) = ax.plot([], [], color=VALUE, linewidth=1.8)
        (self.now,) = ax.plot([], [], "o", color=VALUE, markersize=5)
        self.guess = ax.axhline(1, color=QUIET, linewidth=1, linestyle=":")
        self.guess_label = ax.annotate("", (1, 1), (-3, 3), **RIGHT_ABOVE)
        loss_axes(ax)
        ax.set(title=text["curve"], ylabel="")

    def _prepare_bars(self):
        ax, text, places = self.bars, words.TRAINING_PICTURE, np.arange(MOST_LAYERS)
        blank = np.full(MOST_LAYERS, SIZES_SHOWN[0])
        self.weights = ax.bar(places - 0.2, blank, 0.38, color=VALUE, label=text["weights"])
        look = {"color": GRADIENT, "hatch": "//", "edgecolor": "white"}
        self.grads = ax.bar(places + 0.2, blank, 0.38, label=text["grads"], **look)
        ax.set(yscale="log", ylim=SIZES_SHOWN, xticks=places, title=text["bars"])
        ax.set_xticklabels([words.PLOTS["sizes"]["layer"].format(number=k + 1) for k in places])
        ax.legend(frameon=False, fontsize=9, loc="upper right", ncols=2)

    def png(self, dpi=SHARPNESS):
        """The present step as PNG data."""
        self._move_map()
        self._move_curve()
        self._move_bars()
        return png_of(self.figure, dpi)

    def _move_map(self):
        net, activation = self.trainer.record.net, self.trainer.settings["activation"]
        self.answers.set_data(answers(net, self.edge, activation, count=72))
        self.lines.set_segments(unit_lines(net, self.edge))

    def _move_curve(self):
        losses, guessing = self.trainer.losses, self.trainer.guessing
        steps = thinned(len(losses))
        self.loss.set_data(steps, np.array(losses)[steps])
        self.now.set_data([steps[-1]], [losses[-1]])
        self.guess.set_ydata([guessing, guessing])
        self.guess_label.xy = (1, guessing)
        self.guess_label.set_text(words.TRAINING_PICTURE["guess"].format(classes=self.trainer.classes))
        self.curve.set_xlim(0, max(10, 1.05 * steps[-1]))
        self.curve.set_ylim(min(0.01, 0.8 * min(losses)), max(3, 1.25 * max(losses)))

    def _move_bars(self):
        record = self.trainer.record
        for bars, arrays in ((self.weights, record.net), (self.grads, record.grads)):
            heights = [*sizes_of(arrays), *[0] * MOST_LAYERS]
            for bar, height in zip(bars, heights, strict=False):
                bar.set_height(height)

    def alt(self):
        """The same in words."""
        trainer, record = self.trainer, self.trainer.record
        facts = {
            "step": record.step,
            "loss": short(record.loss),
            "first": short(trainer.losses[0]),
            "classes": trainer.classes,
            "guessing": short(trainer.guessing),
            "percent": f"{100 * trainer.accuracy:.0f}",
            "weights": ", ".join(map(short, sizes_of(record.net))),
            "grads": ", ".join(map(short, sizes_of(record.grads))),
        }
        return words.TRAINING_PICTURE["alt"].format(**facts)


def thinned(count, most=600):
    """Which steps to draw: all of them, or evenly spread ones, the last one included."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(int))
