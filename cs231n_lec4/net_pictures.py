"""Drawings of nets and of a neuron: plot functions for `Plot`, as in plots.py (slides 90-97)."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Ellipse

from . import words
from .networks import count_of
from .plots import GRADIENT, QUIET, VALUE

MOST_DRAWN = 8  # units of one layer; of more, the first and the last ones are drawn


def net_drawing(ax, *sizes):
    """A fully-connected net, `Plot(net_drawing, 3, 4, 2)`: its units, its weights, their number."""
    count, places = count_of(*sizes), [heights(size) for size in sizes]
    for layer, ends in enumerate(pairwise(places)):
        ax.add_collection(LineCollection(wires(layer, *ends), **WIRE))
    bottom = min(tall.min() for tall in places) - 0.4
    for layer, (size, tall) in enumerate(zip(sizes, places, strict=True)):
        draw_layer(ax, WIDE * layer, tall, QUIET if layer == 0 else VALUE, size > MOST_DRAWN)
        name = layer_name(layer, size, len(sizes))
        ax.text(WIDE * layer, bottom, name, ha="center", va="top", fontsize=10)
    ax.set(xlim=(-0.6, WIDE * (len(sizes) - 1) + 0.6), ylim=(bottom - 0.6, -bottom), aspect="equal")
    ax.set_axis_off()
    text = words.NET_PICTURES["net"].format(sizes="-".join(map(str, sizes)), **facts_of(count))
    ax.set_title(text, fontsize=11)
    return text.replace("\n", " ")


WIDE = 1.7  # from one layer to the next
WIRE = {"color": QUIET, "linewidth": 0.6, "zorder": 1}


def wires(layer, left, right):
    """A line from each unit of a layer to each of the next."""
    x = WIDE * layer
    return [[(x, low), (x + WIDE, high)] for low in left for high in right]


def draw_layer(ax, x, tall, colour, some_left_out):
    """A column of units."""
    look = {"facecolor": "white", "edgecolor": colour, "linewidth": 2, "zorder": 2}
    for y in tall:
        ax.add_patch(Circle((x, y), 0.13, **look))
    if some_left_out:
        ax.text(x, 0, "⋮", ha="center", va="center", fontsize=16)


def facts_of(count):
    """A Count as the numbers of a sentence."""
    return {**count._asdict(), "parameters": count.parameters}


def heights(size):
    """Where the units of a layer stand, from top to bottom."""
    if size <= MOST_DRAWN:
        return 0.48 * ((size - 1) / 2 - np.arange(size))
    half = MOST_DRAWN // 2
    return np.concatenate([0.48 * (half - np.arange(half)), -0.48 * (1 + np.arange(half))])


def layer_name(layer, size, layers):
    """What stands under a layer."""
    kind = "input" if layer == 0 else "output" if layer == layers - 1 else "hidden"
    return words.NET_PICTURES[kind].format(size=size)


def neuron_drawing(ax):
    """The model of a neuron (slide 92): axons and synapses, cell body, activation, output axon."""
    text = words.NET_PICTURES["neuron"]
    for y, k in ((1.2, 0), (0, 1), (-1.2, 2)):
        ax.annotate("", (2.62, 0.35 * y), (0.3, y), arrowprops=ARROW)
        ax.text(0.2, y, f"$x_{k}$", ha="right", va="center", fontsize=14)
        ax.text(1.15, 0.78 * y + 0.2, f"$w_{k} x_{k}$", ha="center", fontsize=12, color=VALUE)
    ax.add_patch(Ellipse((3.5, 0), 1.9, 1.5, facecolor="white", edgecolor="black", linewidth=1.6))
    ax.text(3.5, 0, r"$\sum_i w_i x_i + b$", ha="center", va="center", fontsize=13)
    ax.annotate("", (5.2, 0), (4.45, 0), arrowprops=ARROW)
    ax.text(5.45, 0, "$f$", ha="center", va="center", fontsize=15, color=GRADIENT)
    ax.annotate("", (8.0, 0), (5.7, 0), arrowprops=ARROW)
    ax.text(6.85, 0.15, r"$f(\sum_i w_i x_i + b)$", ha="center", fontsize=12)
    for part, place in zip(text["parts"], PLACES, strict=True):
        ax.text(*place, part, ha="center", fontsize=10.5, color=QUIET)
    ax.set(xlim=(-0.5, 8.2), ylim=(-1.8, 1.8), aspect="equal")
    ax.set_axis_off()
    return text["alt"]


PLACES = (0.25, 1.5), (1.6, -1.55), (3.5, 0.95), (5.45, 0.5), (7.0, -0.5)
ARROW = {"arrowstyle": "-|>", "color": "black", "linewidth": 1.4}
