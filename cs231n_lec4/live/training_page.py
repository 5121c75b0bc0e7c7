"""What a saved page trains with: the net's loss as the browser's program, and its weights."""

import numpy as np

from ..engine.arrays import SoftmaxLossGate
from ..engine.node import Constant, Input
from ..flat import FlatCode, Untranslatable, program_of
from ..lessons.networks import loss_graph
from ..lessons.trainer import DIVERGED, Trainer
from ..pictures.plots import class_colours
from .training_numbers import CHOICES, frame_of, scene_of

IN_A_PAGE = ("data", "rate", "regularisation", "pace")  # the menus that need no other net


def page_of(trainer):
    """What a page holds of a training: its own lesson, and as `others` the same net on the other
    data sets, each at step 0."""
    lesson = lesson_of(trainer)
    if lesson is None:
        return {"lesson": None}
    names = [name for name in CHOICES["data"] if name != trainer.settings["data"]]
    others = {name: Trainer(**{**trainer.settings, "data": name}) for name in names}
    pages = {n: {"lesson": lesson_of(t), "scene": scene_of(t)} for n, t in others.items()}
    return {"lesson": lesson, "others": pages}


def lesson_of(trainer):
    """The training as it stands, for a page without a kernel; None where only Python can compute
    it. `scores` and `x` are the names of the scores and of the points in the program."""
    settings, net = trainer.settings, trainer.record.net
    strength = Input(settings["regularisation"], "regularisation")
    graph = loss_graph(net, trainer.x, trainer.labels, settings["activation"], strength)
    [loss] = (node for node in graph.nodes if isinstance(node, SoftmaxLossGate))
    [x] = (n for n in graph.nodes if isinstance(n, Constant) and np.ndim(n.value) == 2)
    try:
        program = program_of(FlatCode(graph))
    except Untranslatable:
        return None
    return {
        "program": program,
        "scores": graph.names[loss.inputs[0]],
        "x": graph.names[x],
        "labels": trainer.labels.tolist(),
        "layers": [[f"W{k}", f"b{k}"] for k in range(1, len(net) + 1)],
        "now": {"step": trainer.record.step, "net": as_lists(net)},
        "first": as_lists(trainer.first_net()),
        "losses": frame_of(trainer)["losses"],
        "colours": class_colours(trainer.classes).tolist(),
        "diverged": DIVERGED * trainer.guessing,
        "menus": list(IN_A_PAGE),
    }


def as_lists(net):
    """`{"W1": …, "b1": …}` as nested lists."""
    layers = enumerate(net, start=1)
    return {f"{n}{k}": a.tolist() for k, layer in layers for n, a in zip("Wb", layer, strict=True)}
