"""Live views: the only room that knows Jupyter."""

from .graphs.explore import explore
from .graphs.graph_view import GraphView
from .graphs.quiz import QuizView, quiz
from .graphs.step_through import step_through

__all__ = ["GraphView", "QuizView", "explore", "quiz", "step_through"]
