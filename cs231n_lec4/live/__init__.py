"""Live views: the only room that knows Jupyter."""

from .explore import explore
from .graph_view import GraphView
from .quiz import QuizView, quiz
from .step_through import step_through

__all__ = ["GraphView", "QuizView", "explore", "quiz", "step_through"]
