"""A scene of a lecture in a hall: a question with its picture, in one cell and at one glance."""

from .. import words
from ..guidance.errors import GraphError
from .ask import ask
from .base.live_view import LiveView


class Scene:
    """A title, a question, and views. `scene` makes one. `scene.question` and `scene.views`.

    As a tuple it is what `save_page` takes: the title and every live view.
    """

    def __init__(self, title, question, views, then=None):
        self.title, self.question, self.views, self.then = title, question, views, then

    def __iter__(self):
        views = [view for view in self.views if isinstance(view, LiveView)]
        return iter([self.title, *([self.question] if self.question else []), *views])

    def __repr__(self):
        return self.title

    def _ipython_display_(self):
        for part in [self.question, *self.views, self.then]:
            if part is not None:
                part._ipython_display_()


def scene(name, *views, wide=False, veil=False, then=None):
    """The question of this name, with views made for it. The questions stand in `words/`.

    wide: the question stands above the picture, not beside it. veil: until the answer is revealed,
    the picture shows no gradient. then: a view that takes the picture's place when the answer is
    revealed; a saved page keeps the picture. Raises GraphError for a name that no question has.
    Not in the lecture.
    """
    if name not in words.HALL:
        raise GraphError("unknown_scene", name=name, known=", ".join(words.HALL))
    texts = dict(words.HALL[name])
    title = texts.pop("title")
    look = {"layout": "above" if wide else "beside", "veil": veil, "then": then is not None}
    return Scene(title, ask(**texts, look=look) if texts else None, views, then)
