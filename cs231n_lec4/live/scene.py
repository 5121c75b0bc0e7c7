"""A scene of a lecture in a hall: a question with its picture, in one cell and at one glance."""

from .. import words
from ..guidance.errors import one_of
from .ask import ask
from .base.live_view import LiveView


class Scene:
    """A title, notes, a question, and views. `scene` makes one. `scene.question`, `scene.views`.

    It is what `save_page` takes: the title, and every live view.
    """

    def __init__(self, texts, question, views, then=None):
        self.title, self.notes = texts["title"], texts["notes"]
        self.question, self.views, self.then = question, views, then

    def __iter__(self):
        parts = [self.question, *self.views, self.then]
        return iter([self.title, *(part for part in parts if isinstance(part, LiveView))])

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
    revealed. Raises GraphError for a name that no question has. Not in the lecture.
    """
    texts = words.HALL[one_of(words.HALL, name, "unknown_scene", name=name)]
    look = {"layout": "above" if wide else "beside", "veil": veil, "then": then is not None}
    return Scene(texts, question_of(texts, look), views, then)


def question_of(texts, look):
    """The question of a scene, if it has one of its own."""
    if "question" not in texts:
        return None
    options, because = map(list, zip(*texts["answers"], strict=True))
    return ask(texts["question"], options, texts["right"], because, look)
