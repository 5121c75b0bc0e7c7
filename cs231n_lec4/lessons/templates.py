"""Templates, first built and then trained (slide 86 and the questions asked about it).

A row of W1 is a template: an image's score with it is one entry of h. W2 holds weights for these
scores.
Built: one template of horses that face left and one of horses that face right. Trained: the nets of
`train_animals`, always next to the same net before training.
"""

import functools
from collections import deque
from typing import NamedTuple

import numpy as np

from .. import words
from ..guidance.errors import GraphError, one_of
from .data import CLASSES, HORSE, animals, place_of
from .networks import accuracy, forward, make_net, train

NARROW = 0.5  # width over height, up to which an animal faces us
SIDES = ("left", "right", "front", "unclear")  # what `facing` answers
TURNED = 0.15  # how far the head is to one side, as a share of the width
HIDDEN = 32  # hidden units of the net that is trained


# ── Templates that are built ──────────────────────────────────────────────────────────────────────


def facing(image):
    """Where a silhouette (28, 28) looks: "left", "right", "front" or "unclear". 1.0 is the animal.

    The rule: an animal at most half as wide as it is high faces us. Otherwise the upper quarter of
    the silhouette holds the head. If its middle lies left of the whole animal's middle, by more
    than 0.15 of the width, the animal faces left; in the same way right.
    """
    top, bottom = ends(image.sum(axis=1))
    first, last = ends(image.sum(axis=0))
    width, height = last - first + 1, bottom - top + 1
    if width <= NARROW * height:
        return "front"
    head = image[top : top + max(1, height // 4)]
    offset = (middle(head) - middle(image)) / width
    return "left" if offset < -TURNED else "right" if offset > TURNED else "unclear"


def ends(ink):
    """The first and the last row (or column) with more than one pixel's ink."""
    inked = np.flatnonzero(ink > 1)
    return (inked[0], inked[-1]) if len(inked) else (0, len(ink) - 1)


def middle(image):
    """The mean column of the ink."""
    ink = image.sum(axis=0)
    return float(ink @ np.arange(len(ink)) / max(ink.sum(), 1e-9))


class HorseNet(NamedTuple):
    """h = max(0, W1 (x − mean)), score = W2 h. W1: (2, 784), facing left and right. W2: (1, 2)."""

    W1: np.ndarray
    W2: np.ndarray
    mean: np.ndarray

    def sums(self, image):
        """W1 (x − mean), before the ReLU. image: (28, 28) or 784 numbers."""
        return self.W1 @ (np.ravel(image) - self.mean)

    def forward(self, image):
        """The two template scores h, and the horse score. image: (28, 28) or 784 numbers."""
        h = np.maximum(0, self.sums(image))
        return h, float((self.W2 @ h)[0])


def horse_net():
    """The built net: a template is the mean of the horses that face one way, minus the mean animal.

    Templates have length 1, so that they weigh the same. W2 = [[1, 1]].
    """
    mean = mean_animal().ravel()
    rows = np.array([template_of(mean_horse(side)) for side in ("left", "right")])
    return HorseNet(rows, np.ones((1, 2)), mean)


def single_template():
    """One template for all horses, (784,): what a linear classifier has. It has two heads."""
    return template_of(mean_horse())


def template_of(image):
    """The image minus the mean animal, as 784 numbers of length 1."""
    row = np.ravel(image - mean_animal())
    return row / np.linalg.norm(row)


def ranking(scores):
    """How often a horse scores higher than another animal, over all pairs; a tie counts half.

    scores: one number for each of the 3,200 training images.
    """
    is_horse = animals().labels == HORSE
    others, own = np.sort(scores[~is_horse]), scores[is_horse]
    below = (np.searchsorted(others, own) + np.searchsorted(others, own, side="right")) / 2
    return float(below.mean() / len(others))


def horses(side=None):
    """The training horses, (N, 28, 28); `side` picks those that face "left", "right" or "front"."""
    images = animals().images[animals().labels == HORSE]
    if side is None:
        return images
    one_of(SIDES, side, "unknown_choice", name="side", given=side)
    return images[[facing(image) == side for image in images]]


def mean_horse(side=None):
    """The mean of the training horses, (28, 28). Over both directions it has two heads."""
    return horses(side).mean(axis=0)


def horse_between(place, middle="half"):
    """A horse that fades from facing left (place −1) over the middle (0) to facing right (1).

    middle: "half" is half of each; "front" is the mean of the real horses that face us.
    """
    one_of(MIDDLES, middle, "unknown_middle", given=middle)
    place = float(np.clip(place, -1, 1))
    end, share = mean_horse("left" if place < 0 else "right"), abs(place)
    return share * end + (1 - share) * MIDDLES[middle]()


MIDDLES = {
    "half": lambda: (mean_horse("left") + mean_horse("right")) / 2,
    "front": lambda: mean_horse("front"),
}


# ── Templates that are learnt ─────────────────────────────────────────────────────────────────────


def as_rows(images):
    """(N, 28, 28) → (N, 784), minus the mean training image. Read-only: a net need not copy it."""
    rows = images.reshape(len(images), -1) - mean_animal().ravel()
    rows.flags.writeable = False
    return rows


@functools.cache
def mean_animal():
    """The mean training image, (28, 28)."""
    return animals().images.mean(axis=0)


@functools.cache
def training_rows():
    """The 3,200 training images as rows."""
    return as_rows(animals().images)


def train_animals(hidden=HIDDEN, *, seed=0):
    """Train on 3,200 silhouettes, 100 at a time. hidden=0 is the linear classifier. About a second.

    Returns the net after training; `untrained_animals` is the same net before it.
    """
    return trained(hidden, seed)


@functools.lru_cache(maxsize=32)
def trained(hidden, seed):
    """The same, remembered: no net is trained twice."""
    x, labels = training_rows(), animals().labels
    if hidden == 0:
        plan = {"layers": 1, "rate": 0.1, "regularisation": 1e-2, "steps": 30 * len(x) // 100}
    else:
        plan = {"layers": 2, "rate": 0.15, "regularisation": 1e-3, "steps": 40 * len(x) // 100}
    steps = train(x, labels, hidden=hidden, batch=100, seed=seed, **plan)
    [last] = deque(steps, maxlen=1)  # all of them would be half a gigabyte
    return last.net


def untrained_animals(hidden=HIDDEN, *, seed=0):
    """The net that `train_animals` starts from."""
    return make_net(*[784, hidden, 10] if hidden else [784, 10], seed=seed)


def held_out_accuracy(net):
    """The share of the 800 held-out silhouettes that the net names rightly."""
    return accuracy(net, as_rows(animals().held_out_images), animals().held_out_labels)


def accuracies(hidden, seeds=10):
    """The held-out accuracy for each of so many seeds: look at the mean and the spread."""
    return [held_out_accuracy(train_animals(hidden, seed=seed)) for seed in range(seeds)]


def class_names():
    """The ten animals as a reader calls them; code calls them CLASSES."""
    return [words.ANIMALS[name] for name in CLASSES]


def mean_and_spread(shares):
    """A mean over seeds, and the standard deviation from seed to seed: "84% ± 1%"."""
    return f"{np.mean(shares):.0%} ± {np.std(shares, ddof=1):.0%}"


def hidden_scores(net, images=None):
    """h of every image, (N, H). Without images: the 3,200 training images."""
    refuse_linear(net)
    rows = training_rows() if images is None else as_rows(images)
    return forward(net, rows)[1][0]


def units_for(net, animal="horse"):
    """The hidden units, the one with the largest weight to this class first."""
    place = place_of(animal)
    refuse_linear(net)
    return np.argsort(-net[1].W[:, place])


def refuse_linear(net):
    """A linear classifier has no hidden units."""
    if len(net) < 2:
        raise GraphError("no_hidden_layer")


def within(name, number, count):
    """The number, if it is one of 0 … count − 1."""
    if not isinstance(number, int | np.integer) or not 0 <= number < count:
        raise GraphError("not_that_many", name=name, given=number, last=count - 1)
    return int(number)


def favourites(net, unit, count=25, h=None):
    """The places of the training images, of any class, that excite a hidden unit most.

    `h`: the net's hidden scores, where they are at hand.
    """
    h = hidden_scores(net) if h is None else h
    return np.argsort(-h[:, within("unit", unit, h.shape[1])], kind="stable")[:count]


def favourite_counts(net, unit, count=25, h=None):
    """How many of a unit's favourite images belong to each class: {"horse": 19, …}."""
    labels = animals().labels[favourites(net, unit, count, h)]
    counts = np.bincount(labels, minlength=len(CLASSES))
    return {name: int(number) for name, number in zip(CLASSES, counts, strict=True) if number}


def favourite_horse(net, unit, count=25):
    """The mean of the horses that excite a hidden unit most, (28, 28)."""
    places = favourite_horses(net, count)
    return horses()[places[within("unit", unit, len(places))]].mean(axis=0)


def one_sided(net, count=25):
    """For each hidden unit, the share of its favourite horses that face the same way, (H,)."""
    sides = np.array([facing(image) for image in horses()])[favourite_horses(net, count)]
    return np.maximum((sides == "left").mean(axis=1), (sides == "right").mean(axis=1))


def favourite_horses(net, count):
    """The places among the horses of each unit's favourites, (H, count)."""
    return np.argsort(-hidden_scores(net, horses()).T, axis=1, kind="stable")[:, :count]


def largest_share(net, count=25):
    """The share of a unit's favourites that belong to one class, as a mean over all units."""
    h = hidden_scores(net)
    most = [max(favourite_counts(net, k, count, h).values()) for k in range(h.shape[1])]
    return float(np.mean(most)) / count
