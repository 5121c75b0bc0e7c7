"""Does everything work here? `check_setup()` says ✓ or ✗ for each part, and what to do."""

import html
import importlib
import importlib.util
import platform
import sys

from .. import words
from ..guidance.errors import GraphError
from ..lessons import graphs as lecture
from ..pictures.dot import draw
from ..words.console import Printed

OLDEST = (3, 10)
PACKAGES = ("numpy", "matplotlib", "graphviz", "ipywidgets", "anywidget")
GRADIENTS = {"x": -4.0, "y": -4.0, "z": 3.0}  # slide 20


class SetupReport(Printed):
    """One line for each part. In JupyterLab the browser adds its own lines."""

    def __init__(self, rows):
        self.rows = rows  # [(sentence, whether it is right), ...]

    def __bool__(self):
        return all(right for _, right in self.rows)

    def __repr__(self):
        return "\n".join(f"{'✓' if right else '✗'} {sentence}" for sentence, right in self.rows)

    def _ipython_display_(self):
        from IPython.display import display

        from .browser_check import BrowserCheck

        ask = words.SETUP["ask_browser"]
        waiting = f'<p class="cs231n-static">{html.escape(ask)}</p>'
        display({"text/plain": repr(self)}, raw=True)
        display({"text/plain": ask, "text/html": waiting}, raw=True)
        display(BrowserCheck())


def check_setup():
    """Try each part that the notebooks need. Returns a report, true if all is well."""
    return SetupReport([line(name, *found()) for name, found in ITEMS.items()])


def line(name, right, facts):
    """The sentence of one item."""
    good, bad = words.SETUP[name]
    return (good if right else bad.format(**facts)), right


def python():
    return sys.version_info >= OLDEST, {"version": platform.python_version()}


def packages():
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    return not missing, {"missing": ", ".join(missing)}


def picture():
    try:
        return draw(lecture.add_multiply()).png.startswith(b"\x89PNG"), {}
    except GraphError as problem:  # what the engine says, in one line
        return False, {"said": " ".join(str(problem).split())}


def numbers():
    found = lecture.add_multiply().backward()
    return found == GRADIENTS, {"found": found}


ITEMS = {"python": python, "packages": packages, "picture": picture, "numbers": numbers}


def optional(name):
    """The module `name`; where it is not installed None, and one line that says how to get it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(words.OPTIONAL.format(name=name))
        return None
