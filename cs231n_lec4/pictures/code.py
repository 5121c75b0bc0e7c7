"""The real source of a gate, a function or a graph, as the output of a notebook cell."""

import html
import inspect
import io
import keyword
import textwrap
import tokenize

from ..engine.graph import ComputationalGraph
from ..flat import flat_code
from ..guidance import sources
from ..guidance.errors import GraphError

# JupyterLab's own colours of code, light and dark; the second colour is for saved pages.
COLOURS = {
    "keyword": "var(--jp-mirror-editor-keyword-color, #00711a)",
    "name": "var(--jp-mirror-editor-def-color, #00529b)",
    "number": "var(--jp-mirror-editor-number-color, #4c6100)",
    "text": "var(--jp-mirror-editor-string-color, #a31515)",
    "comment": "var(--jp-mirror-editor-comment-color, #3d6b6b)",
}


def show_code(thing):
    """Show the source of a class, a function, a gate, or the flat code of a graph.

    `show_code(MultiplyGate)`. In a notebook it is highlighted; `print(show_code(…))` is plain text.
    Raises GraphError if the source cannot be read.
    """
    return Code(source_of(thing))


class Code:
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
    """The text as HTML: escaped, each word in the colour of its kind."""
    body = "".join(pieces(text))
    return f'<pre style="line-height: 1.4; overflow-x: auto"><code>{body}</code></pre>'


def pieces(text):
    """The text cut into pieces, coloured ones and the plain ones between them."""
    lines, at = text.splitlines(keepends=True), (1, 0)
    for kind, start, end in coloured_words(text):
        yield html.escape(between(lines, at, start))
        word = html.escape(between(lines, start, end))
        yield f'<span style="color: {COLOURS[kind]}">{word}</span>'
        at = end
    yield html.escape(between(lines, at, (len(lines) + 1, 0)))


def coloured_words(text):
    """Every `(kind, start, end)` that gets a colour. What Python cannot read gets none."""
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if kind := kind_of(token, before):
                yield kind, token.start, token.end
            before = token.string
    except (tokenize.TokenError, SyntaxError):
        return


def kind_of(token, before):
    """Which colour a word has, if any. A name after `def` or `class` is being defined."""
    if token.type == tokenize.NAME:
        if keyword.iskeyword(token.string) or token.string == "self":
            return "keyword"
        return "name" if before in ("def", "class") else None
    kinds = {tokenize.NUMBER: "number", tokenize.STRING: "text", tokenize.COMMENT: "comment"}
    return kinds.get(token.type)


def between(lines, start, end):
    """The text from (line, column) to (line, column)."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]] if start[0] <= len(lines) else ""
    middle = lines[start[0] : end[0] - 1]
    last = lines[end[0] - 1][: end[1]] if end[0] <= len(lines) else ""
    return "".join([lines[start[0] - 1][start[1] :], *middle, last])
