"""Data to train on: three small ones that are made here, and animal silhouettes (`data/`).

Each generator returns points of shape (N, 2) and N class numbers, the same ones for the same seed.
"""

import functools
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from ..guidance.errors import one_of

ANIMALS_FOR_TRAINING = 3200
CLASSES = ("bear", "bird", "cat", "cow", "dog", "elephant", "giraffe", "horse", "sheep", "zebra")
HORSE = CLASSES.index("horse")


def place_of(animal):
    """The number of a class."""
    return CLASSES.index(one_of(CLASSES, animal, "unknown_animal", animal=animal))


def circles(count=200, *, seed=0, noise=0.08):
    """A disc inside a ring: class 0 inside, class 1 outside. No straight line separates them."""
    random = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    radius = np.where(labels == 0, 0.35, 0.9) + noise * random.standard_normal(count)
    angle = random.uniform(0, 2 * np.pi, count)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), labels


def spirals(per_arm=100, *, arms=3, seed=0, noise=0.2):
    """The spirals of the notes' case study: `arms` arms of `per_arm` points, one class each."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(arms), per_arm)
    radius = np.tile(np.linspace(0, 1, per_arm), arms)
    turn = np.concatenate([np.linspace(4 * arm, 4 * arm + 4, per_arm) for arm in range(arms)])
    turn = turn + noise * random.standard_normal(len(turn))
    return np.column_stack([radius * np.sin(turn), radius * np.cos(turn)]), labels


def xor(count=200, *, seed=0, gap=0.08):
    """Four squares: class 1 where exactly one coordinate is positive."""
    random = np.random.default_rng(seed)
    points = random.uniform(-1, 1, (count, 2))
    labels = (points[:, 0] > 0) != (points[:, 1] > 0)
    return points + gap * np.sign(points), labels.astype(int)


DATA_SETS = {"circles": circles, "spirals": spirals, "xor": xor}


def data_set(name, seed=0):
    """Points and labels by name: "circles", "spirals" or "xor"."""
    return DATA_SETS[one_of(DATA_SETS, name, "unknown_data", name=name)](seed=seed)


class Animals(NamedTuple):
    """Silhouettes of 28 × 28 pixels, 1.0 is the animal. The two parts share no image."""

    images: np.ndarray
    labels: np.ndarray
    held_out_images: np.ndarray
    held_out_labels: np.ndarray


@functools.cache
def animals():
    """4,000 silhouettes of ten animals: 3,200 to train on, 800 held out. Origin: `animals/`."""
    file = files(__package__).joinpath("animals", "animals.npz")
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        images, labels = stored["images"], stored["labels"].astype(int)
    cut = ANIMALS_FOR_TRAINING
    found = Animals(images[:cut] / 255.0, labels[:cut], images[cut:] / 255.0, labels[cut:])
    for array in found:
        array.flags.writeable = False
    return found
