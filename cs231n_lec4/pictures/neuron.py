"""A sketch of a nerve cell with its model below, part under part (slides 90-92).

    neuron_picture()    # the model's parts are asked for; the answer lies folded below

The sketch is drawn by hand from tapered curves, of four control points each. Both halves give a
part the same colour and the same place from left to right.
"""

import numpy as np
from matplotlib.patches import Circle, Polygon

from .. import words
from .plots import CLASS_COLOURS, Image, Plot

SIZE = {"width": 7.2, "height": 4.6}  # inches
INK = "#333333"
BLUE, YELLOW, GREEN, PINK = CLASS_COLOURS
OTHERS, DENDRITE, BODY, AXON = "#8c8c8c", BLUE, PINK, GREEN
PLACES = (1.0, 2.65, 4.5, 7.0, 11.3)  # of the five parts, from left to right
HEIGHTS = (3.15, 2.15, 1.15)  # of the model's three inputs
MIDDLE = HEIGHTS[1]


def neuron_picture():
    """The sketch and the model with question marks, and the answer folded below, as an `Image`."""
    asked = Plot(neuron_drawing, hide=True, **SIZE)
    return FoldedAnswer(asked, Plot(neuron_drawing, **SIZE))


class FoldedAnswer(Image):
    """A picture that asks. Below it, folded, the one that answers. Its text is what is asked."""

    def __init__(self, asked, answer):
        super().__init__(asked.png, asked.alt, asked.width)
        self.answer = answer

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown, folded = super()._repr_mimebundle_(), self.answer._repr_mimebundle_()["text/html"]
        summary = f"<summary>{words.NEURON['answer']}</summary>"
        shown["text/html"] += f"<details>{summary}{folded}</details>"
        return shown


def neuron_drawing(ax, *, hide=False):
    """The cell above, its model below. `hide` puts "?" where the model's parts have their names."""
    text = words.NEURON
    draw_cell(ax)
    draw_model(ax, hide)
    for x, reach, cell, model in zip(PLACES, REACH, text["cell"], text["model"], strict=True):
        ax.plot([x, x], reach, ":", color="#a0a0a0", linewidth=1.2, zorder=0)
        ax.text(x, 4.35, cell, **NAME)
        ax.text(x, 0.3, "" if hide else model, **NAME)
    ax.set(xlim=(0, 14.2), ylim=(0, 9.05), aspect="equal")
    ax.set_axis_off()
    pairs = zip(text["cell"], text["model"], strict=True)
    parts = "; ".join(text["alt_part"].format(cell=c, model=m) for c, m in pairs)
    return text["alt_hidden"] if hide else text["alt"].format(parts=parts.replace("\n", " "))


# From where to where a dotted line goes, from part to part behind the name of both.
REACH = ((3.5, 7.0), (3.8, 6.5), (3.6, 6.45), (3.15, 5.9), (3.0, 6.5))
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
NAME = {"ha": "center", "va": "center", "fontsize": 10.5, "color": INK, "bbox": PAPER}

# ── the cell ─────────────────────────────────────────────────────────────────────────────────────

# Each branch: where it starts, two points that bend it, where it ends; how wide at both ends.
DENDRITES = [
    ((6.6, 7.2), (5.8, 7.9), (5.2, 7.5), (4.3, 8.0), 0.40, 0.17),
    ((4.35, 7.98), (3.8, 8.3), (3.4, 8.2), (2.78, 8.42), 0.17, 0.07),
    ((4.4, 7.98), (4.0, 7.9), (3.7, 7.6), (3.25, 7.62), 0.13, 0.04),
    ((6.4, 6.8), (5.5, 6.5), (4.9, 7.0), (4.1, 6.72), 0.44, 0.19),
    ((4.15, 6.73), (3.6, 6.6), (3.3, 6.95), (2.78, 6.9), 0.18, 0.08),
    ((4.2, 6.75), (3.8, 6.5), (3.6, 6.15), (3.15, 6.2), 0.14, 0.04),
    ((6.7, 6.4), (6.0, 5.6), (5.4, 6.1), (4.6, 5.5), 0.38, 0.16),
    ((4.65, 5.54), (4.1, 5.2), (3.5, 5.5), (2.78, 5.3), 0.16, 0.07),
    ((4.9, 5.7), (4.5, 5.8), (4.2, 5.6), (3.85, 5.85), 0.12, 0.04),
    ((7.1, 7.4), (7.35, 7.9), (7.0, 8.2), (7.25, 8.75), 0.30, 0.05),
    ((7.17, 8.1), (7.3, 8.35), (7.6, 8.35), (7.75, 8.6), 0.12, 0.04),
    ((7.25, 6.3), (7.65, 5.8), (7.3, 5.6), (7.7, 5.15), 0.28, 0.05),
]
AXONS = [
    ((7.3, 6.8), (8.2, 6.55), (9.4, 6.95), (11.5, 6.7), 0.50, 0.17),
    ((11.45, 6.7), (12.2, 6.8), (12.3, 7.6), (13.2, 7.75), 0.15, 0.08),
    ((11.45, 6.7), (12.2, 6.6), (12.6, 6.9), (13.5, 6.75), 0.15, 0.08),
    ((11.45, 6.7), (12.1, 6.6), (12.3, 5.8), (13.2, 5.7), 0.15, 0.08),
    ((12.2, 7.14), (12.45, 7.5), (12.5, 8.2), (13.0, 8.45), 0.12, 0.07),
]
ARRIVING = [
    ((0.0, 8.75), (0.9, 8.9), (1.6, 8.3), (2.4, 8.44), 0.13, 0.10),
    ((0.0, 7.25), (0.9, 7.45), (1.7, 6.75), (2.4, 6.9), 0.13, 0.10),
    ((0.0, 5.05), (0.8, 4.95), (1.5, 5.5), (2.4, 5.3), 0.13, 0.10),
]
KNOBS = [(13.2, 7.75), (13.5, 6.75), (13.2, 5.7), (13.0, 8.45)]
CENTRE = (7.0, 6.8)


def draw_cell(ax):
    """Dendrites, cell body and axon as one outline, and the ends of three other cells' axons."""
    ends = [ARRIVING[k][3] for k in range(3)]
    grow(ax, [*map(tapered, ARRIVING), *(ball(x + 0.02, y) for x, y in ends)], OTHERS)
    grow(ax, map(tapered, DENDRITES), DENDRITE)
    grow(ax, [*map(tapered, AXONS), *(ball(x, y) for x, y in KNOBS)], AXON)
    grow(ax, [soma()], BODY, above=1)
    ax.add_patch(Circle((6.95, 6.82), 0.27, facecolor=BODY, edgecolor=INK, linewidth=0.8, zorder=5))
    for x, y in ends:
        ax.add_patch(ring(x + 0.24, y))


def grow(ax, outlines, colour, above=0):
    """Fill some shapes as one: first all their edges, then all their insides."""
    for points in outlines:
        ax.add_patch(Polygon(points, color=INK, linewidth=2.0, joinstyle="round", zorder=1))
        ax.add_patch(Polygon(points, color=tint(colour), linewidth=0, zorder=2 + above))


def tint(colour):
    """A paler colour, as "#rrggbb": two parts of it and three of white."""
    parts = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(0.45 * part + 0.55 * 255):02x}" for part in parts)


def tapered(branch):
    """The outline of a curve that gets thinner: (80, 2)."""
    *points, first, last = branch
    t = np.linspace(0, 1, 40)[:, None]
    a, b, c, d = map(np.array, points)
    curve = a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t**2 * (1 - t) + d * t**3
    along = np.gradient(curve, axis=0)
    across = along[:, ::-1] * [-1, 1] / np.hypot(*along.T)[:, None]
    half = (last + (first - last) * (1 - t) ** 1.6) / 2  # most of the width goes near the body
    return np.concatenate([curve + half * across, (curve - half * across)[::-1]])


def soma():
    """The outline of the cell body: a circle with soft corners, (60, 2)."""
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = 0.78 * (1 + 0.09 * np.cos(3 * angle) + 0.05 * np.cos(5 * angle + 1))
    return np.array(CENTRE) + radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def ball(x, y, radius=0.13):
    """The outline of a small circle: (24, 2)."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)


def ring(x, y):
    """What marks a synapse."""
    return Circle((x, y), 0.3, fill=False, edgecolor=YELLOW, linewidth=2.2, zorder=6)


# ── the model ────────────────────────────────────────────────────────────────────────────────────


def draw_model(ax, hide):
    """Inputs, weights, wires, the sum, the activation, the output: in the cell's colours."""
    for k, y in enumerate(HEIGHTS):
        end = MIDDLE + 0.4 * (y - MIDDLE)
        ax.plot([1.35, PLACES[1]], [y, y], color=OTHERS, linewidth=2)
        ax.annotate("", (6.12, end), (PLACES[1], y), arrowprops=arrow(DENDRITE))
        ax.add_patch(Circle((PLACES[1], y), 0.1, color=YELLOW, zorder=3))
        write(ax, PLACES[0], y, f"$x_{k}$", hide, size=14)
        write(ax, PLACES[1], y + 0.36, f"$w_{k}$", hide)
        write(ax, PLACES[2], y + 0.3 - 0.32 * (y - MIDDLE), f"$w_{k} x_{k}$", hide)
    ax.add_patch(Circle((7.0, MIDDLE), 0.95, facecolor="white", edgecolor=BODY, linewidth=2.4))
    write(ax, 7.0, MIDDLE, r"$\sum_i w_i x_i + b$", hide, size=11.5)
    ax.annotate("", (8.6, MIDDLE), (7.95, MIDDLE), arrowprops=arrow(AXON))
    ax.add_patch(Circle((8.95, MIDDLE), 0.36, facecolor="white", edgecolor=AXON, linewidth=2.4))
    write(ax, 8.95, MIDDLE, "$f$", False, size=14)
    ax.annotate("", (13.6, MIDDLE), (9.3, MIDDLE), arrowprops=arrow(AXON))
    write(ax, PLACES[4], MIDDLE + 0.45, r"$f\,(\sum_i w_i x_i + b)$", hide, size=13)


def write(ax, x, y, formula, hide, size=12):
    """A formula, or a question mark in its place."""
    text = words.NEURON["unknown"] if hide else formula
    ax.text(x, y, text, ha="center", va="center", fontsize=size, color=INK, zorder=4)


def arrow(colour):
    """The look of an arrow."""
    ends = {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 15}
    return {"arrowstyle": "-|>", "color": colour, "linewidth": 2, **ends}
