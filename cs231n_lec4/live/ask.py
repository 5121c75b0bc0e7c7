"""`ask(question, options, right, because)`: a question with answers in words, for a hall."""

import html

import anywidget
import traitlets
from IPython.display import display

from .. import words
from ..guidance.errors import GraphError
from .base import bundle, registry

LETTERS = "ABCD"


class AskView(anywidget.AnyWidget):
    """One question, up to four answers. `view.vote` is the number of the answer, −1 before a
    vote."""

    _esm = bundle.script("ask")
    _css = bundle.style("view", "hall")
    kind = "ask"  # which renderer a saved page calls

    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    right = traitlets.Int().tag(sync=True)
    because = traitlets.List(traitlets.Unicode()).tag(sync=True)
    vote = traitlets.Int(-1).tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)
    look = traitlets.Dict().tag(sync=True)  # where its picture stands, and whether that waits
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, **settings):
        super().__init__(words={**words.VIEW, **words.QUIZ}, **settings)
        registry.keep("ask", self)

    @traitlets.validate("vote")
    def _within(self, proposal):
        return proposal["value"] if proposal["value"] in range(len(self.options)) else -1

    def close(self):
        """End the view: nothing of it stays in the kernel."""
        registry.forget(self)
        self.layout.close()
        super().close()

    def __repr__(self):
        answers = [f"{letter}  {text}" for letter, text in zip(LETTERS, self.options, strict=False)]
        return "\n".join([self.question, *answers])

    def _ipython_display_(self):
        """The question as text, without its answer; the live view hides it."""
        shown = f'<div class="cs231n-static"><pre>{html.escape(repr(self))}</pre></div>'
        display({"text/html": shown, "text/plain": repr(self)}, raw=True)
        display(self._repr_mimebundle_()[0], raw=True)


def ask(question, options, right, because, look=None):
    """Ask the hall. `options`: two to four texts; `right`: the letter of the right one.

    `because`: one sentence for each option, why it is right or what it overlooks.
    """
    if not 2 <= len(options) <= 4 or len(because) != len(options):
        raise GraphError("ask_options", count=len(options), reasons=len(because))
    if right not in (letters := list(LETTERS[: len(options)])):
        raise GraphError("ask_right", letter=right, known=", ".join(letters))
    facts = {"question": question, "options": options, "because": because, "look": look or {}}
    return AskView(right=LETTERS.index(right), **facts)
