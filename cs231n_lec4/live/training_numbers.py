"""What the browser gets of a training: numbers, sentences and the menus."""

import numpy as np

from .. import words
from ..guidance.errors import one_of
from ..lessons.boundary import reach_of, unit_lines
from ..lessons.networks import sizes_of
from ..pictures.plots import answers, facts_of

CHOICES = {
    "data": ["circles", "spirals", "xor"],
    "hidden": [1, 2, 3, 4, 6, 10, 20, 50],
    "layers": [1, 2, 3],
    "activation": ["relu", "leaky_relu", "elu", "tanh", "sigmoid", "none"],
    "rate": [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0],
    "regularisation": [0.0, 0.0001, 0.001, 0.01, 0.1],
    "pace": [1, 5, 20, 100],
}
CELLS = 56  # the map of answers is 56 × 56 cells
MOST_POINTS = 200  # of the loss curve


def menus_of(chosen):
    """`{name: [[text, value], …]}`. A setting that is not in the list is added to it."""
    return {name: options_of(name, chosen[name]) for name in CHOICES}


def options_of(name, chosen):
    """The choices of one menu."""
    values = CHOICES[name] if chosen in CHOICES[name] else sorted({*CHOICES[name], chosen})
    named = words.TRAINING["choice_names"].get(name, {})
    return [[named.get(value, written(value)), value] for value in values]


def written(value):
    """0.1 and 100, not 100.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def chosen_from(menus, choices):
    """One choice of each menu, in the menu's own words; any other is refused."""
    for name in choices:
        one_of(menus, name, "unknown_setting", name=name)
    return {name: choice_from(name, menus[name], choices.get(name)) for name in menus}


def choice_from(name, options, choice):
    """The value of an option."""
    known = [value for _, value in options]
    one_of(known, choice, "unknown_choice", name=name, given=choice)
    return known[known.index(choice)]


def shown_of(trainer, class_mode):
    """The traits that change with a step."""
    status = "status_in_class" if class_mode else "status"
    return {
        "scene": scene_of(trainer),
        "answers": answers_of(trainer),
        "status": words.TRAINING[status].format(**facts_of(trainer)),
        "frame": frame_of(trainer),
    }


def scene_of(trainer):
    """What stays the same while one net trains."""
    points = np.column_stack([trainer.x.round(3), trainer.labels]).tolist()
    scene = {"points": points, "edge": reach_of(trainer.x), "cells": CELLS}
    guess = words.TRAINING["guess"].format(classes=trainer.classes)
    return {**scene, "guessing": trainer.guessing, "guess": guess}


def frame_of(trainer):
    """The numbers of one step, few enough to send them ten times a second."""
    record, losses = trainer.record, trainer.curve
    steps = np.unique(np.linspace(0, len(losses) - 1, MOST_POINTS).round().astype(int)).tolist()
    lines = unit_lines(record.net, reach_of(trainer.x)).reshape(-1, 4)
    return {
        "step": record.step,
        "losses": [[step, float(losses[step])] for step in steps],
        "lines": lines.round(3).tolist(),
        "weights": list(map(float, sizes_of(record.net))),
        "grads": list(map(float, sizes_of(record.grads))),
    }


def answers_of(trainer):
    """The colours of the map, as bytes: the top row first, three for each cell."""
    net, activation = trainer.record.net, trainer.settings["activation"]
    colours = answers(net, reach_of(trainer.x), activation, count=CELLS)[::-1]
    return (255 * colours).round().astype(np.uint8).tobytes()
