"""Text for `print`: on a console that lacks some characters, such as cp949 for ✓, and in columns."""

import sys
import unicodedata

NEAR = str.maketrans({"✓": "OK", "✗": "X", "△": "?", "−": "-", "·": "*", "→": "->", "\xa0": " "})


class Printed:
    """Prints what its `repr` says, on every console."""

    __slots__ = ()

    def __str__(self):
        return printable(repr(self))


def printable(text):
    """The text, with near characters in place of those that the console lacks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(NEAR).encode(encoding, "replace").decode(encoding)
    return text


def columns(text):
    """Columns that a text takes in a fixed-width font; Korean and Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def to_the_left(text, width):
    """The text at the left end of so many columns."""
    return text + " " * (width - columns(text))


def to_the_right(text, width):
    """The text at the right end of so many columns."""
    return " " * (width - columns(text)) + text


def table(titles, rows, widths):
    """Lines of texts below their titles, each at the right end of its column."""
    return "\n".join("".join(map(to_the_right, row, widths)) for row in (titles, *rows))
