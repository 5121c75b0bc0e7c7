"""Live views: the only room that knows Jupyter."""

from .graph_view import GraphView, explore
from .step_view import StepView, step_through

__all__ = ["GraphView", "StepView", "explore", "step_through"]
