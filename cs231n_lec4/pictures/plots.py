"""Plots, each drawn on an Axes that it is given. A plot function returns the picture in words.

`Plot(downhill_picture)` shows one in a notebook: as PNG inside `<img alt>`, which every viewer
shows and a screen reader reads. Nothing here touches matplotlib's pyplot state.
"""

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from .. import words
from ..guidance.refusals import checked_labels
from ..lessons.activations import activation_called
from ..lessons.boundary import class_shares, reach_of, unit_lines
from ..lessons.downhill import valley, walk_downhill
from ..lessons.networks import accuracy, sizes_of
from ..words.digits import short
from .fonts import with_hangul
from .images import DPI, Image, with_few_colours

VALUE, GRADIENT = "#005A8F", "#B34700"
# Told apart by colour-blind people too.
CLASS_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
CLASS_MARKERS = "os^D"
QUIET = "#555555"


def as_image(figure, alt):
    """A matplotlib Figure as an `Image`. `alt` says in words what it shows."""
    return Image(png_of(figure), alt, round(figure.get_figwidth() * 96))


def png_of(figure):
    """The figure as PNG data, the same bytes for the same figure."""
    file = io.BytesIO()
    canvas = figure.canvas if hasattr(figure.canvas, "print_png") else FigureCanvasAgg(figure)
    figure.set_dpi(DPI)
    with with_hangul(figure):
        canvas.print_png(file, metadata={"Software": None}, pil_kwargs={"compress_level": 1})
    return with_few_colours(file.getvalue())


class Plot(Image):
    """A picture for a notebook: `Plot(loss_curve, losses)`. Sizes in inches of 96 pixels.

    The plot function gets an Axes and the facts that follow, and returns the picture in words. What
    it raises is not caught. Not in the lecture; each plot function names its slide.
    """

    def __init__(self, draw_on, *facts, width=5.0, height=3.4, **options):
        figure = Figure(figsize=(width, height), layout="constrained")
        alt = draw_on(figure.add_subplot(), *facts, **options)
        super().__init__(png_of(figure), alt, round(width * 96))


# ── walking downhill ─────────────────────────────────────────────────────────────────────────────


def downhill_picture(ax):
    """Draw the loss as a map with height lines, and the walk on it (slide 6)."""
    w1, w2 = np.meshgrid(np.linspace(-2, 2, 200), np.linspace(-1, 2.5, 200))
    ax.contourf(w1, w2, valley(w1, w2), levels=HEIGHTS, cmap="Blues_r", extend="max")
    path = walk_downhill()
    ax.plot(*path.T, "o-", color=GRADIENT, markersize=3, linewidth=1.2)
    ax.plot(*path[0], "o", color=GRADIENT, markersize=8)
    ax.plot(1, 1, "*", color="white", markersize=12, markeredgecolor="black")
    text = words.PLOTS["downhill"]
    above = {"textcoords": "offset points", "ha": "center"}
    ax.annotate(text["start"], path[0], (0, 10), **above)
    ax.annotate(text["lowest"], (1, 1), (0, 11), color="white", **above)
    ax.set(xlabel=text["x"], ylabel=text["y"], title=text["title"])
    first, last = valley(*path[0]), valley(*path[-1])
    return text["alt"].format(first=f"{first:.2f}", last=f"{last:.2f}", steps=len(path) - 1)


HEIGHTS = [0, 0.05, 0.2, 0.5, 1, 2, 3.5, 6, 10, 16]


# ── training ─────────────────────────────────────────────────────────────────────────────────────


def loss_curve(ax, losses, guessing=None):
    """The loss at each step, on a logarithmic scale. `guessing` draws a line: ln C for C classes.

    `losses`: a list, or {name: list} for several curves, which differ in their dashes too.
    """
    text = words.PLOTS["loss"]
    curves = losses if isinstance(losses, dict) else {"loss": losses}
    for (label, curve), dash in zip(curves.items(), ("-", "--", ":", "-.") * 9):  # noqa: B905
        ax.plot(curve, dash, linewidth=1.8, label=label)
    if max(map(len, curves.values())) == 1:  # no step yet: there is none at 0.02
        ax.set_xlim(-0.5, 10)
    if guessing is not None:
        ax.axhline(guessing, color=QUIET, linewidth=1, linestyle=":")
        ax.annotate(text["guessing"], (1, guessing), (-3, 3), **RIGHT_ABOVE)
    loss_axes(ax)
    if len(curves) > 1:
        ax.legend(frameon=False)
    parts = [
        text["curve"].format(name=n, first=short(c[0]), last=short(c[-1]))
        for n, c in curves.items()
    ]
    return text["alt"].format(steps=len(next(iter(curves.values()))) - 1, curves=" ".join(parts))


def loss_axes(ax):
    """Steps to the right, the loss upwards on a logarithmic scale with plain numbers."""
    text = words.PLOTS["loss"]
    ax.set(xlabel=text["x"], ylabel=text["y"], yscale="log")
    ax.margins(y=0.12)
    ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.yaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_minor_formatter(NullFormatter())


RIGHT_ABOVE = {
    "xycoords": ("axes fraction", "data"),
    "textcoords": "offset points",
    "ha": "right",
    "fontsize": 9,
    "color": QUIET,
}


def decision_boundary(ax, net, x, labels, activation="relu"):
    """What the net answers everywhere, the points, where a hidden unit's sum is 0. x: (N, 2)."""
    edge, share = reach_of(x), accuracy(net, x, labels, activation)
    labels = checked_labels(labels, len(x))
    ax.imshow(answers(net, edge, activation), extent=(-edge, edge, -edge, edge), origin="lower")
    for line in unit_lines(net, edge):
        ax.plot(*line.T, color="black", linewidth=0.8, alpha=0.5)
    draw_points(ax, x, labels)
    ax.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal", xlabel="x1", ylabel="x2")
    facts = {"classes": labels.max() + 1, "points": len(x), "percent": f"{100 * share:.0f}"}
    return words.PLOTS["boundary"].format(**facts)


def draw_points(ax, x, labels):
    """One colour and one marker for each class."""
    for name in np.unique(labels):
        look = {"color": CLASS_COLOURS[name % 4], "marker": CLASS_MARKERS[name % 4]}
        ax.scatter(*x[labels == name].T, s=14, edgecolor="white", linewidth=0.4, zorder=3, **look)


def features_picture(x, polar, labels):
    """The same points by x1 and x2, and by r and angle, as an `Image`. x, polar: (N, 2)."""
    figure, text = Figure(figsize=(6.4, 2.8), layout="constrained"), words.PLOTS["features"]
    left, right = figure.subplots(1, 2)
    draw_points(left, x, labels)
    left.set(xlabel="x1", ylabel="x2", aspect="equal")
    draw_points(right, polar, labels)
    right.set(xlabel="r", ylabel=text["angle"])
    return as_image(figure, text["alt"])


def answers(net, edge, activation="relu", count=90):
    """An image (count, count, 3): each class's colour, paler where the net is less sure."""
    shares = class_shares(net, edge, activation, count)
    return shares @ class_colours(shares.shape[-1])


def class_colours(classes):
    """The colour of a place that is surely of one class, red, green, blue: (classes, 3)."""
    hexes = [CLASS_COLOURS[k % 4] for k in range(classes)]
    return 1 - 0.45 * (1 - np.array([list(bytes.fromhex(colour[1:])) for colour in hexes]) / 255)


def layer_sizes_plot(ax, weights, grads):
    """How large each layer's weights and gradients are, on a logarithmic scale."""
    text, places = words.PLOTS["sizes"], np.arange(len(weights))
    hatched = {"hatch": "//", "edgecolor": "white"}
    ax.bar(places - 0.2, weights, 0.38, color=VALUE, label=text["weights"])
    ax.bar(places + 0.2, grads, 0.38, color=GRADIENT, label=text["grads"], **hatched)
    ax.set(yscale="log", xticks=places, ylim=SIZES_SHOWN)
    ax.set_xticklabels([text["layer"].format(number=k + 1) for k in places])
    ax.legend(frameon=False, fontsize=9)
    pairs = zip(weights, grads, strict=True)
    parts = [
        text["part"].format(k=k + 1, weight=short(w), grad=short(g))
        for k, (w, g) in enumerate(pairs)
    ]
    return text["alt"].format(parts=" ".join(parts))


SIZES_SHOWN = (1e-4, 1e2)


def training_picture(trainer):
    """A trainer's present step as an `Image`: what the net answers, the loss, the sizes."""
    figure = Figure(figsize=(10.4, 3.3), layout="constrained")
    answers_ax, loss_ax, sizes_ax = figure.subplots(1, 3, width_ratios=(1, 1.3, 1))
    record, text = trainer.record, words.TRAINING["panels"]
    decision_boundary(
        answers_ax, record.net, trainer.x, trainer.labels, trainer.settings["activation"]
    )
    losses = trainer.curve
    loss_curve(loss_ax, losses, trainer.guessing)
    loss_ax.plot(len(losses) - 1, losses[-1], "o", color=VALUE, markersize=5)
    layer_sizes_plot(sizes_ax, sizes_of(record.net), sizes_of(record.grads))
    answers_ax.set(xticks=[], yticks=[], xlabel="", ylabel="")
    for ax, title in zip((answers_ax, loss_ax, sizes_ax), text, strict=True):
        ax.set_title(title, fontsize=11)
    return as_image(figure, training_words(trainer))


def training_words(trainer):
    """The same in words."""
    net, grads = (", ".join(map(short, sizes_of(part))) for part in trainer.record[2:])
    return words.TRAINING["alt"].format(**facts_of(trainer), weights=net, grads=grads)


def facts_of(trainer):
    """The numbers of a trainer's present step as text, for its sentences."""
    return {
        "step": trainer.record.step,
        "loss": short(trainer.record.loss),
        "first": short(trainer.losses[0]),
        "percent": f"{100 * trainer.accuracy:.0f}",
        "classes": trainer.classes,
        "guessing": short(trainer.guessing),
    }


# ── activations, matrices, images ────────────────────────────────────────────────────────────────


def activation_plot(ax, name, point=0.5):
    """A function and its derivative, with one point: value, slope, and the tangent there."""
    kind, x = activation_called(name), np.linspace(-5, 5, 401)
    value, slope = float(kind.value(point)), float(kind.slope(point))
    text = words.PLOTS["activation"]
    ax.plot(x, kind.value(x), color=VALUE, linewidth=2, label=kind.name)
    ax.plot(x, kind.slope(x), "--", color=GRADIENT, linewidth=1.6, label=text["slope"])
    near = np.array([point - 1, point + 1])
    ax.plot(near, value + slope * (near - point), color="black", linewidth=1)
    ax.plot(point, value, "o", color=VALUE)
    ax.plot(point, slope, "s", color=GRADIENT)
    ax.axhline(0, color=QUIET, linewidth=0.6)
    ax.set(title=f"{kind.name}: {kind.formula}", xlabel="x", ylim=(-1.5, 3))
    ax.legend(frameon=False, fontsize=9, loc="upper left")
    return text["alt"].format(
        name=kind.name, x=short(point), value=short(value), slope=short(slope)
    )


def activation_plots(names, point):
    """Several activations, three side by side, as an `Image`."""
    rows = -(-len(names) // 3)
    figure = Figure(figsize=(10, 2.5 * rows), layout="constrained")
    axes = list(figure.subplots(rows, 3, squeeze=False).flat)
    parts = [activation_plot(ax, name, point) for ax, name in zip(axes, names, strict=False)]
    for ax in axes[len(names) :]:
        ax.set_axis_off()
    return as_image(figure, " ".join(parts))


def seed_plot(ax, results):
    """{name: accuracies over seeds}: each seed a dot, the mean a line."""
    text = words.PLOTS["seeds"]
    for place, shares in enumerate(results.values()):
        spread = np.linspace(-0.12, 0.12, len(shares))
        ax.plot(place + spread, shares, "o", color=VALUE, alpha=0.7)
        ax.hlines(np.mean(shares), place - 0.25, place + 0.25, color=GRADIENT, linewidth=2.5)
    ax.set(xticks=range(len(results)), xlim=(-0.5, len(results) - 0.5), ylabel=text["y"])
    ax.set_xticklabels(list(results))
    parts = " ".join(
        text["part"].format(
            name=n, mean=f"{np.mean(s):.1%}", low=f"{min(s):.1%}", high=f"{max(s):.1%}"
        )
        for n, s in results.items()
    )
    return text["alt"].format(parts=parts)
