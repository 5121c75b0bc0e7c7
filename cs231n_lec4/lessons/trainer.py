"""A training that can be stepped, stopped, continued and reset. No looks, no Jupyter.

`trainer.record` is always one whole step: the net, its loss and its gradients belong together, also
after an interrupt at any moment, because a step is computed first and then assigned at once.
"""

import numpy as np

from ..guidance.errors import one_of
from .activations import activation_called
from .data import data_set
from .networks import accuracy, check_numbers, layer_sizes, make_net, record_of, updated

SETTINGS = {
    "data": "circles",
    "hidden": 6,
    "layers": 2,
    "activation": "relu",
    "rate": 1.0,
    "regularisation": 0.001,
    "seed": 0,
}
DIVERGED = 100  # so many times the loss of guessing: the steps are too large
HIGHEST = 1e6  # times the loss of guessing: no loss stands higher in the curve


class Trainer:
    """Gradient descent on a small data set, with any of SETTINGS changed."""

    def __init__(self, **settings):
        self.settings = {**SETTINGS, **settings}
        check_settings(self.settings)
        self.x, self.labels = data_set(self.settings["data"], self.settings["seed"])
        self.classes = int(self.labels.max()) + 1
        self.reset()

    def reset(self):
        """Back to the first weights, always the same ones for the same settings."""
        self.diverged, self.exploded = False, None
        self._losses = []
        self._take(0, self.first_net())

    def first_net(self):
        """The net before any step."""
        s = self.settings
        sizes = layer_sizes(2, s["hidden"], s["layers"], self.classes)
        return make_net(*sizes, seed=s["seed"])

    def step(self):
        """One step of gradient descent. False when the training has diverged; the net stays."""
        record = self.record
        with np.errstate(all="ignore"):  # what overflows is seen in the loss
            net = updated(record.net, record.grads, self.settings["rate"])
        return self._take(record.step + 1, net)

    def _take(self, step, net):
        s = self.settings
        record = record_of(step, net, self.x, self.labels, s["activation"], s["regularisation"])
        self.diverged = step > 0 and not is_healthy(record, DIVERGED * self.guessing)
        self.exploded = record.loss if self.diverged else None  # the loss of the step not taken
        if not self.diverged:
            self._losses[step:] = [record.loss]
            self.record = record  # last, and at once: the step is whole or has not happened
        return not self.diverged

    @property
    def losses(self):
        """The loss of every step so far, step 0 first."""
        return self._losses[: self.record.step + 1]

    @property
    def curve(self):
        """The losses as a picture shows them; where they explode, also that of the step not taken.

        What is no number, or beyond every picture, stands at HIGHEST.
        """
        if not self.diverged:
            return self.losses
        top = HIGHEST * self.guessing
        return [*self.losses, float(np.nan_to_num(self.exploded, nan=top).clip(0, top))]

    @property
    def guessing(self):
        """ln C: the softmax loss of a net that holds all C classes for equally likely."""
        return float(np.log(self.classes))

    @property
    def accuracy(self):
        """The share of points whose class is found."""
        return accuracy(self.record.net, self.x, self.labels, self.settings["activation"])


def is_healthy(record, limit):
    """Whether the loss stays under this limit and every gradient is a number."""
    arrays = [array for layer in record.grads for array in layer]
    return record.loss < limit and all(np.isfinite(array).all() for array in arrays)


def check_settings(settings):
    """Refuse names that are not known and numbers that cannot be, before anything is computed."""
    for name in settings:
        one_of(SETTINGS, name, "unknown_setting", name=name)
    activation_called(settings["activation"])
    check_numbers({name: settings[name] for name in ("layers", "rate", "regularisation", "seed")})
