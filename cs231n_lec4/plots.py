"""Plots, each drawn on an Axes that it is given. A plot function returns the picture in words.

`Plot(downhill_picture)` shows one in a notebook: as PNG inside `<img alt>`, which every viewer shows
and a screen reader reads. Nothing here touches matplotlib's pyplot state.
"""

import base64
import html
import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from . import words

VALUE, GRADIENT = "#005A8F", "#B34700"
DPI = 192  # twice the 96 of CSS


class Plot:
    """A picture for a notebook, `width` × `height` in inches at 96 pixels an inch."""

    def __init__(self, draw_on, width=5.0, height=3.4):
        figure = Figure(figsize=(width, height), layout="constrained")
        self.alt = draw_on(figure.add_subplot())
        self.width = round(width * 96)
        file = io.BytesIO()
        FigureCanvasAgg(figure).print_png(file, metadata={"Software": None})
        self.png = file.getvalue()

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = base64.b64encode(self.png).decode()
        image = (
            f'<img alt="{html.escape(self.alt)}" width="{self.width}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{data}">'
        )
        return {"text/plain": repr(self), "text/html": image}


# ── walking downhill ─────────────────────────────────────────────────────────────────────────────


def valley(w1, w2):
    """A loss over two weights: a long bent valley, lowest at (1, 1)."""
    return (w1 - 1) ** 2 + 2 * (w2 - w1**2) ** 2


def valley_gradient(w1, w2):
    """The gradient of the valley with respect to both weights."""
    across = w2 - w1**2
    return np.array([2 * (w1 - 1) - 8 * w1 * across, 4 * across])


def walk_downhill(start=(-1.3, 1.0), step=0.04, steps=60):
    """The weights on the way: again and again a small step against the gradient."""
    path = [np.array(start)]
    for _ in range(steps):
        path.append(path[-1] - step * valley_gradient(*path[-1]))
    return np.array(path)


def downhill_picture(ax):
    """Draw the loss as a map with height lines, and the walk on it (slide 6)."""
    w1, w2 = np.meshgrid(np.linspace(-2, 2, 200), np.linspace(-1, 2.5, 200))
    ax.contourf(w1, w2, valley(w1, w2), levels=HEIGHTS, cmap="Blues_r", extend="max")
    path = walk_downhill()
    ax.plot(*path.T, "o-", color=GRADIENT, markersize=3, linewidth=1.2)
    ax.plot(*path[0], "o", color=GRADIENT, markersize=8)
    ax.plot(1, 1, "*", color="white", markersize=12, markeredgecolor="black")
    text = words.PLOTS["downhill"]
    ax.set(xlabel=text["x"], ylabel=text["y"], title=text["title"])
    first, last = valley(*path[0]), valley(*path[-1])
    return text["alt"].format(first=f"{first:.2f}", last=f"{last:.2f}", steps=len(path) - 1)


HEIGHTS = [0, 0.05, 0.2, 0.5, 1, 2, 3.5, 6, 10, 16]
