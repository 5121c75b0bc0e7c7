"""Lines that stay closed until the reader has made a prediction: `folded("w: 16")`."""

import html

from IPython.display import display

from .. import words


def folded(*lines):
    """Print the lines, one below the other, folded: a click or a key opens them."""
    display(Folded(lines))


class Folded:
    """Some lines behind a summary. What cannot fold shows them."""

    def __init__(self, lines):
        self.text = "\n".join(map(str, lines))

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        summary, text = html.escape(words.FOLDED), html.escape(self.text)
        shown = f"<details><summary>{summary}</summary><pre>{text}</pre></details>"
        return {"text/plain": self.text, "text/html": shown}
