"""Lecture 4 of CS231n as computational graphs that compute.

    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    graph = ComputationalGraph((x + y) * z)
    graph.forward(), graph.backward()

Values flow forward, gradients backward. The public names follow in reading order.
"""

import importlib

from .errors import GraphError
from .gate import Gate
from .gates import (
    AddGate,
    DivideGate,
    EluGate,
    ExpGate,
    LeakyReluGate,
    LogGate,
    MatMulGate,
    MaxGate,
    MeanGate,
    MultiplyGate,
    PowerGate,
    ReciprocalGate,
    ReluGate,
    SigmoidGate,
    SquaredNormGate,
    SubtractGate,
    SumGate,
    TanhGate,
    elu,
    exp,
    leaky_relu,
    log,
    maximum,
    reciprocal,
    relu,
    sigmoid,
    squared_norm,
    tanh,
)
from .graph import ComputationalGraph
from .losses import HingeLossGate, SoftmaxLossGate, hinge_loss, softmax_loss
from .nodes import Constant, Input, Node
from .values import where

# Loaded when first asked for, so that `import cs231n_lec4` costs NumPy and little more.
LATER = {
    "flat_code": "flat",
    "compile_flat": "flat",
    "show_code": "show",
    "parse": "formula",
    "jacobian": "checking.jacobians",
    "jacobian_size": "checking.jacobians",
    "explore_jacobian": "live.jacobian_view",
    "check_jacobian_size": "checking.jacobian_checks",
    "check_jacobian": "checking.jacobian_checks",
    "check_elementwise": "checking.jacobian_checks",
    "numerical_gradient": "checking.nudges",
    "check_gate": "checking.checks",
    "check_gradients": "checking.checks",
    "check_answer": "checking.answers",
    "check_number": "checking.answers",
    "known_mistakes": "checking.mistakes",
    "draw": "drawing",
    "explore": "live",
    "step_through": "live",
    "quiz": "live",
    "ask": "live.ask",
    "scene": "live.scene",
    "save_page": "live.saved_page",
    "Neuron": "networks",
    "two_layer_steps": "networks",
    "train": "networks",
    "count_of": "networks",
    "Plot": "plots",
    "training_view": "live.training",
    "activation_view": "live.activation_view",
    "net_view": "live.net_view",
    "template_view": "live.template_view",
    "unit_view": "live.unit_view",
}


def __getattr__(name):
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{LATER[name]}", __name__), name)


def __dir__():
    return sorted({*globals(), *LATER})


__all__ = [name for name in globals() if name[0] != "_" and name not in ("importlib", "LATER")]
__all__ += LATER
