"""`ask(question, options, right, because)`: a question with answers in words, for a hall."""

import traitlets

from .. import words
from ..guidance.errors import GraphError, one_of
from .base import bundle
from .base.live_view import LiveView, validate

LETTERS = "ABCD"


class AskView(LiveView):
    """One question, up to four answers. `view.vote` is the number of the answer, −1 before a
    vote."""

    kind = "ask"
    by_hand = ("vote", "revealed")
    _esm = bundle.script("ask")

    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    right = traitlets.Int().tag(sync=True)
    because = traitlets.List(traitlets.Unicode()).tag(sync=True)
    vote = traitlets.Int(-1).tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)
    look = traitlets.Dict().tag(sync=True)  # where its picture stands, and whether that waits

    def __init__(self, **settings):
        text = {**words.VIEW, **words.QUIZ, "view": words.VIEW["ask"]}
        super().__init__(words=text, class_mode=True, **settings)

    @validate("vote")
    def _is_an_answer(self, vote):
        if vote not in range(-1, len(self.options)):
            raise GraphError("not_that_many", name="vote", given=vote, last=len(self.options) - 1)
        return vote

    def __repr__(self):
        answers = [f"{letter}  {text}" for letter, text in zip(LETTERS, self.options, strict=False)]
        return "\n".join([self.question, *answers])


def ask(question, options, right, because, look=None):
    """Ask the hall. `options`: two to four texts; `right`: the letter of the right one.

    `because`: one sentence for each option, why it is right or what it overlooks. Not in the
    lecture. Raises GraphError for another number of options, or another letter.
    """
    if not 2 <= len(options) <= 4 or len(because) != len(options):
        raise GraphError("ask_options", count=len(options), reasons=len(because))
    one_of(list(LETTERS[: len(options)]), right, "ask_right", letter=right)
    facts = {"question": question, "options": options, "because": because, "look": look or {}}
    return AskView(right=LETTERS.index(right), **facts)
