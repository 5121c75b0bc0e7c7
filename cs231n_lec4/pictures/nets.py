"""Drawings of nets, as plot functions for `Plot` (slides 85 and 97); the nerve cell beside its
model (slides 90-92).
"""

import html
from itertools import pairwise
from pathlib import Path

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from .. import words
from ..lessons.networks import count_of
from ..words.digits import grouped
from .images import image_tag
from .plots import QUIET, VALUE

MOST_DRAWN = 8  # units of one layer; of more, the first and the last ones are drawn


def net_drawing(ax, *sizes, counts=True):
    """A fully-connected net, `Plot(net_drawing, 3, 4, 2)`: its units, its weights, their number.

    `counts=False` leaves the numbers out, where they are to be predicted.
    """
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
    facts = facts_of(sizes, count)
    text = words.NET_PICTURES["net" if counts else "uncounted"].format(**facts)
    ax.set_title(text if counts else facts["sizes"], fontsize=11)
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


def facts_of(sizes, count):
    """A net and its Count as the facts of a sentence."""
    numbers = {**count._asdict(), "parameters": count.parameters}
    facts = {name: grouped(number) for name, number in numbers.items()}
    return {"sizes": "-".join(map(str, sizes)), **facts}


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


# ── the neuron ───────────────────────────────────────────────────────────────────────────────────


class NeuronPicture:
    """A nerve cell with its model below, part under part. The model's parts are asked for; the
    answer lies folded below."""

    def __repr__(self):
        return words.NEURON["alt_hidden"]

    def _repr_mimebundle_(self, include=None, exclude=None):
        answer = f"<summary>{words.NEURON['answer']}</summary>{neuron_image(asked=False)}"
        shown = f"{neuron_image(asked=True)}<details>{answer}</details>"
        return {"text/plain": repr(self), "text/html": shown}


def neuron_picture():
    """A nerve cell beside its model, which asks and holds its answer folded (slides 90-92)."""
    return NeuronPicture()


def neuron_image(asked):
    """The picture as `<img alt>`: its shapes stand in neuron.svg, its names in `words`."""
    text = words.NEURON
    pairs = zip(text["cell"], text["model"], strict=True)
    parts = "; ".join(text["alt_part"].format(cell=c, model=m) for c, m in pairs)
    alt = text["alt_hidden"] if asked else text["alt"].format(parts=parts.replace("\n", " "))
    names = {key: [in_lines(name) for name in text[key]] for key in ("cell", "model")}
    shown = {"asked": "inline" if asked else "none", "answered": "none" if asked else "inline"}
    svg = Path(__file__).with_name("neuron.svg").read_text(encoding="utf-8")
    svg = svg.format(alt=html.escape(alt), unknown=text["unknown"], **names, **shown)
    return image_tag(svg.encode(), alt, 710, "turned", "svg+xml")


def in_lines(name):
    """A name of one or two lines, as SVG text writes it."""
    return html.escape(name).replace("\n", '<tspan x="0" dy="1.2em">') + "</tspan>" * name.count(
        "\n"
    )
