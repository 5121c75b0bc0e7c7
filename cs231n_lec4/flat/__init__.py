"""A graph as straight-line code: `flat_code(graph)` to read, `compile_flat(graph)` to run.

`bodies` reads a gate's two methods, `lines` holds the lines, `code` puts them together as text.
`running` makes them a Python function, `program` makes them what the browser runs. `quick` is the
quick way of `graph.forward` and `graph.backward`; it alone is loaded with the package.
"""

import importlib

LATER = {
    "FlatCode": "code",
    "Untranslatable": "lines",
    "browser_program": "program",
    "compile_flat": "running",
    "flat_code": "code",
    "is_scalar": "program",
    "only_in_python": "program",
    "program_of": "program",
}


def __getattr__(name):
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{LATER[name]}", __name__), name)
