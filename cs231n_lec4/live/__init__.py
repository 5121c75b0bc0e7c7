"""Live views: the only room that knows Jupyter."""

from .graph_view import GraphView, explore

__all__ = ["GraphView", "explore"]
