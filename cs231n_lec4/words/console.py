"""Text for `print` on a console that lacks some of our characters, such as cp949 for ✓."""

import sys

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
