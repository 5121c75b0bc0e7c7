"""The one kind of error this package raises: what happened, where, and what to do.

`GraphError` is also a ValueError, a TypeError and a RuntimeError, so an ordinary `except` still
works. Its sentence comes from `words/`; `error.code` never changes, whatever the language.
"""

import sysconfig
import traceback
from pathlib import Path

from .. import words
from ..words.console import printable

# Frames of this package, of Python's own library and of installed packages are no student's lines.
NOT_THE_STUDENTS = (
    str(Path(__file__).parents[1]),
    *(sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")),
)


class GraphError(ValueError, TypeError, RuntimeError):
    """Bad input, told in at most four short lines. `.code` names the kind, `.facts` the details.

    Not in the lecture. Every public function raises it, or says that it does not.
    """

    def __init__(self, code, **facts):
        self.code = code
        self.facts = {**facts, "known": words.NONE} if facts.get("known") == "" else facts
        super().__init__(words.ERRORS[code].format(**self.facts))

    def __str__(self):
        return printable(super().__str__())

    def _render_traceback_(self):
        """What a notebook shows: the student's own line and the sentence, no inner frames."""
        frames = traceback.extract_tb(self.__traceback__)
        own = [frame for frame in frames if not frame.filename.startswith(NOT_THE_STUDENTS)]
        where = [f"----> {own[-1].line}", ""] if own and own[-1].line else []
        return [*where, f"{type(self).__name__}: {self}"]


def one_of(known, asked, code, /, **facts):
    """What is asked for, if it is one of those known; else the error, which lists them."""
    if asked not in known:
        raise GraphError(code, **facts, known=", ".join(map(str, known)))
    return asked


def in_a_folder(path):
    """The path of a file to be written, if its folder is there."""
    path = Path(path).expanduser()
    if not path.parent.is_dir():
        raise GraphError("no_folder", folder=str(path.parent))
    return path


class GraphAttributeError(GraphError, AttributeError):
    """A misspelt attribute, or one that is not known yet. `hasattr` still answers False."""
