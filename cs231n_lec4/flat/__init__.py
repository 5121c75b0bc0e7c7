"""A graph as straight-line code: `flat_code(graph)` to read, `compile_flat(graph)` to run.

`bodies` reads a gate's two methods, `lines` holds the lines, `code` puts them together.
"""

from .code import FlatCode, browser_program, compile_flat, flat_code
from .lines import Untranslatable

__all__ = ["FlatCode", "Untranslatable", "browser_program", "compile_flat", "flat_code"]
