"""A graph as straight-line code: `flat_code(graph)` to read, `compile_flat(graph)` to run.

`bodies` reads a gate's two methods, `lines` holds the lines, `code` puts them together as text.
`running` makes them a Python function, `program` makes them what the browser runs.
"""

from .code import FlatCode, flat_code
from .lines import Untranslatable
from .program import browser_program, program_of
from .running import compile_flat

__all__ = [
    "FlatCode",
    "Untranslatable",
    "browser_program",
    "compile_flat",
    "flat_code",
    "program_of",
]
