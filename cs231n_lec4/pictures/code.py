"""The real source of a gate, a function or a graph, as the output of a notebook cell."""

import inspect
import textwrap

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ..engine.graph import ComputationalGraph
from ..flat import flat_code
from ..guidance import sources
from ..guidance.errors import GraphError
from ..words.console import Printed

# The classes are those of pygments. The colours are JupyterLab's own, light and dark; the second
# one is for saved pages.
COLOURS = {
    "k, .kn, .kc, .ow, .bp": "var(--jp-mirror-editor-keyword-color, #00711a)",
    "nc, .nf, .fm": "var(--jp-mirror-editor-def-color, #00529b)",
    "mi, .mf": "var(--jp-mirror-editor-number-color, #4c6100)",
    "s1, .s2, .sd, .sa, .se": "var(--jp-mirror-editor-string-color, #a31515)",
    "c1": "var(--jp-mirror-editor-comment-color, #3d6b6b)",
}
RULES = (f".cs231n-code :is(.{kinds}) {{ color: {colour} }}" for kinds, colour in COLOURS.items())
STYLE = "\n".join([".cs231n-code { line-height: 1.4; overflow-x: auto }", *RULES])


def show_code(thing):
    """Show the source of a class, a function, a gate, or the flat code of a graph.

    `show_code(MultiplyGate)`. In a notebook it is highlighted; `print(show_code(…))` is plain text.
    Raises GraphError if the source cannot be read. Slides 75-77 show such code.
    """
    return Code(source_of(thing))


class Code(Printed):
    """Some lines of Python. `.text` is the source."""

    def __init__(self, text):
        self.text = textwrap.dedent(text).rstrip()

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.text, "text/html": as_html(self.text)}


# ── finding the source ───────────────────────────────────────────────────────────────────────────


def source_of(thing):
    """The source of `thing`: a text is taken as it is."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, ComputationalGraph):
        return flat_code(thing)
    if isinstance(text := getattr(thing, "source", None), str):  # a function made of flat code
        return text
    if not (inspect.isclass(thing) or inspect.isroutine(thing) or inspect.ismodule(thing)):
        thing = type(thing)
    try:
        return sources.source_of(thing)
    except (OSError, TypeError, SyntaxError):
        raise GraphError("source_not_found", name=getattr(thing, "__name__", "this")) from None


# ── highlighting ─────────────────────────────────────────────────────────────────────────────────


def as_html(text):
    """The text as HTML that brings its colours along."""
    return f"<style>{STYLE}</style>{highlighted(text)}"


def highlighted(text):
    """The text as HTML: escaped, the kind of each word told by its class."""
    shown = highlight(text, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
    return f'<pre class="cs231n-code"><code>{shown.rstrip()}</code></pre>'
