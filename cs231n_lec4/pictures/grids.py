"""Plots made of cells: a matrix as colours, images side by side. Drawn as those of `plots.py`."""

import textwrap

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from .. import words
from ..words.digits import short
from .plots import GRADIENT, VALUE

SIGNED = LinearSegmentedColormap.from_list("signed", [GRADIENT, "white", VALUE])
TITLE = 9  # points


def heat_map(ax, matrix, rows="output", columns="input", numbers=None, names=None, key=None):
    """A matrix as coloured cells: orange below 0, blue above. Few numbers are written in.

    `names`: what stands beside the rows and below the columns, two lists. `key` names a colour key.
    """
    matrix = np.atleast_2d(np.asarray(matrix, float))
    limit = np.abs(matrix).max() or 1.0
    cells = ax.imshow(matrix, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="nearest")
    ax.set(xlabel=columns, ylabel=rows)
    if names is None:
        ax.set(xticks=range(matrix.shape[1])[:9], yticks=range(matrix.shape[0])[:9])
    else:
        ax.set_yticks(range(matrix.shape[0]), names[0], fontsize=8)
        ax.set_xticks(range(matrix.shape[1]), names[1], fontsize=8)
    if key:
        ax.figure.colorbar(cells, ax=ax, label=key, pad=0.01)
    if numbers or (numbers is None and matrix.size <= 64):
        for (row, column), entry in np.ndenumerate(matrix):
            ink = "white" if abs(entry) > 0.6 * limit else "black"
            ax.text(column, row, short(entry), ha="center", va="center", color=ink, fontsize=10)
    facts = {
        "rows": matrix.shape[0],
        "columns": matrix.shape[1],
        "filled": np.count_nonzero(matrix),
    }
    return words.PLOTS["matrix"].format(**facts) + named_sides(names)


def named_sides(names):
    """The names of rows and columns, for a person who does not see them."""
    sides = [", ".join(map(str, side)) for side in names or ()]
    return words.PLOTS["sides"].format(rows=sides[0], columns=sides[1]) if sides else ""


def image_grid(ax, images, titles=None, columns=5):
    """Images side by side. Of a template, with negative entries, white is 0 and orange below."""
    images = [np.asarray(image).reshape(square(image)) for image in images]
    limit, signed = max(np.abs(i).max() for i in images), min(i.min() for i in images) < 0
    colours = {"cmap": SIGNED, "vmin": -limit} if signed else {"cmap": "gray_r", "vmin": 0}
    ax.set_axis_off()
    given, wide = () if titles is None else titles, min(columns, len(images))
    above, room = wrapped(ax.get_figure(), given, wide)
    for place, image in enumerate(images):
        cell = ax.inset_axes(cell_of(place, len(images), columns, room))
        cell.imshow(image, vmax=limit, **colours)
        cell.set(xticks=[], yticks=[])
        if titles is not None:
            cell.set_title(above[place], fontsize=TITLE, pad=3)
    shown = ", ".join(map(str, titles)) if titles is not None else ""
    return words.PLOTS["images"].format(count=len(images), titles=shown).strip()


def wrapped(figure, titles, columns):
    """The titles in lines that fit over their images, and the share of the height that second
    lines take."""
    width, height = figure.get_size_inches() * 72  # points
    fits = max(1, int(width / columns / (0.6 * TITLE)))  # letters in a line
    above = [textwrap.fill(str(title), fits, break_long_words=False) for title in titles]
    lines = max((title.count("\n") for title in above), default=0)
    return above, lines * 1.25 * TITLE / height


def square(image):
    """(28, 28) for 784 numbers; an image keeps its shape."""
    image = np.asarray(image)
    return image.shape if image.ndim == 2 else (round(len(image) ** 0.5),) * 2


def cell_of(place, count, columns, room=0.0):
    """Where the image of this place goes: [left, bottom, width, height] as shares of the axes."""
    columns, rows = min(columns, count), -(-count // columns)
    row, column = divmod(place, columns)
    return [column / columns + 0.01, 1 - (row + 0.97) / rows, 0.94 / columns, 0.84 / rows - room]
