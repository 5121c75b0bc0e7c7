"""Every sentence a person reads, by audience: errors, reasons, views, lessons, scenes.

Code elsewhere names a sentence and its facts; it never builds one. A folder is a language: `en/`
is whole, and another folder holds the same names, keys and {placeholders}.
"""

import importlib
import os
from pathlib import Path

from .particles import WRITTEN, with_particles

AUDIENCES = ("errors", "reasons", "views", "lessons", "scenes")
LANGUAGES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/errors.py"))
spoken = {}  # {name of a table: the table}, in the language spoken now


class WithParticles(str):
    """A sentence whose particles are chosen once it is filled."""

    def format(self, *facts, **named):
        return with_particles(super().format(*facts, **named))


def sentences(table):
    """A table in which each sentence that writes both forms of a particle chooses one."""
    if isinstance(table, dict):
        return {key: sentences(part) for key, part in table.items()}
    if isinstance(table, list | tuple):
        return type(table)(map(sentences, table))
    return WithParticles(table) if isinstance(table, str) and WRITTEN.search(table) else table


def speak(code):
    """Take every table from the folder of this language, from now on."""
    rooms = [importlib.import_module(f".{code}.{audience}", __name__) for audience in AUDIENCES]
    spoken.clear()
    spoken["LANGUAGE"] = code
    for room in rooms:
        spoken.update({name: sentences(t) for name, t in vars(room).items() if name.isupper()})


def __getattr__(name):
    """`words.ERRORS` is the table of errors in the language spoken now."""
    try:
        return spoken[name]
    except KeyError:
        raise AttributeError(f"there are no words called {name!r}") from None


def count(n, noun):
    """`1 input`, `2 inputs`."""
    one, many = spoken["COUNTS"][noun]
    return one if n == 1 else many.format(n=n)


speak(os.environ["CS231N_LANGUAGE"] if os.environ.get("CS231N_LANGUAGE") in LANGUAGES else "en")
