"""Lecture 4 of CS231n as computational graphs that compute.

    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    graph = ComputationalGraph((x + y) * z)
    graph.forward(), graph.backward()

Values flow forward, gradients backward. The public names follow in reading order.
"""

import importlib

from .engine.arrays import binary_cross_entropy, hinge_loss, softmax, softmax_loss, squared_norm
from .engine.gate import Gate
from .engine.gates import elu, exp, leaky_relu, log, maximum, reciprocal, relu, sigmoid, tanh
from .engine.graph import ComputationalGraph
from .engine.node import GATES, Constant, Input, Node
from .engine.values import where
from .flat import quick
from .guidance.errors import GraphError

globals().update({gate.__name__: gate for gate in GATES.values()})  # AddGate, MultiplyGate, …

# Loaded when first asked for, so that `import cs231n_lec4` costs NumPy and little more.
LATER = {
    "language": "guidance.language",
    "lecture": "lessons.graphs",
    "templates": "lessons.templates",
    "flat_code": "flat",
    "compile_flat": "flat",
    "show_code": "pictures.code",
    "parse": "lessons.formula",
    "predicted": "lessons.predictions",
    "jacobian": "lessons.jacobians",
    "jacobian_size": "lessons.jacobians",
    "explore_jacobian": "live.jacobian_view",
    "check_jacobian_size": "lessons.checks.jacobian_checks",
    "check_jacobian": "lessons.checks.jacobian_checks",
    "check_elementwise": "lessons.checks.jacobian_checks",
    "numerical_gradient": "checking.nudges",
    "check_gate": "checking.checks",
    "check_gradients": "checking.checks",
    "check_answer": "checking.answers",
    "check_number": "checking.answers",
    "known_mistakes": "checking.mistakes",
    "draw": "pictures.dot",
    "explore": "live",
    "step_through": "live",
    "quiz": "live",
    "ask": "live.ask",
    "scene": "live.scene",
    "save_page": "live.base.page",
    "Neuron": "lessons.networks",
    "two_layer_steps": "lessons.networks",
    "train": "lessons.networks",
    "count_of": "lessons.networks",
    "Plot": "pictures.plots",
    "training_view": "live.training",
    "activation_view": "live.activation_view",
    "net_view": "live.net_view",
    "template_view": "live.template_view",
    "unit_view": "live.unit_view",
}

NOT_PUBLIC = ("importlib", "engine", "flat", "guidance", "quick", "words")


def __getattr__(name):
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = importlib.import_module(f".{LATER[name]}", __name__)
    thing = globals()[name] = getattr(room, name, room)  # `lecture`, `templates`: whole rooms
    return thing


def __dir__():
    return sorted({*globals(), *LATER})


__all__ = [n for n in globals() if n[0].isalpha() and not n.isupper() and n not in NOT_PUBLIC]
__all__ += LATER
