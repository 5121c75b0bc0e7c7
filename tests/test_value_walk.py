"""One value from Input to pixel: which files it passes, and that nothing is done twice on its way.

A profiler watches every call of the package while `explore` makes a picture. A file is passed where
a function holds the number itself, or a text in which it stands.
"""

import sys
from collections import Counter
from pathlib import Path

import cs231n_lec4 as c
from cs231n_lec4.pictures import process

PACKAGE = Path(c.__file__).parent
NUMBER, WRITTEN = -2.718, "2.72"
BEFORE = 19  # files, in the first version of the package


def holds_it(thing, depth=0):
    """Is it the number, a text with it, or a collection in which one of these is?"""
    if isinstance(thing, float | str):
        return thing == NUMBER or (isinstance(thing, str) and WRITTEN in thing)
    if depth < 3 and isinstance(thing, dict | list | tuple):
        parts = [*thing, *thing.values()] if isinstance(thing, dict) else thing
        return any(holds_it(part, depth + 1) for part in parts)
    return False


def graph_with(x):
    return c.ComputationalGraph((c.Input(x, "x") + c.Input(5.0, "y")) * c.Input(-4.0, "z"))


def watched(work):
    """(path, calls): the files that the number passes, in order, and how often what is called."""
    path, calls = [], Counter()

    def look(frame, event, result):
        file = Path(frame.f_code.co_filename)
        if PACKAGE not in file.parents or event not in ("call", "return"):
            return
        name = str(file.relative_to(PACKAGE))
        if event == "call":
            calls[name, frame.f_code.co_name] += 1
        elif path[-1:] != [name] and any(map(holds_it, (result, *frame.f_locals.values()))):
            path.append(name)

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return path, calls


def test_a_value_passes_few_files_and_nothing_is_done_twice():
    c.explore(graph_with(1.0)).close()  # what is loaded when first asked for
    process.lay_out.cache_clear()
    made = []
    path, calls = watched(lambda: made.append(c.explore(graph_with(NUMBER))))
    wires = len(made[0].drawings[0].wires)
    made[0].close()
    assert len(set(path)) < BEFORE, path
    rooms = [name.partition("/")[0] for name in dict.fromkeys(path)]
    assert rooms[0] == "engine"
    assert rooms[-1] == "live"
    assert calls["words/digits.py", "lines"] == 2 * wires, "each number is written once"
    assert calls["pictures/svg.py", "tidied"] == 1, "one layout, read once"
    assert calls["flat/code.py", "_lines"] == 1, "the gates' sources are read once"
    assert calls["engine/graph.py", "forward"] == calls["engine/graph.py", "backward"] == 1


def test_advice_is_not_made_where_nothing_is_wrong():
    _, calls = watched(lambda: c.explore(graph_with(NUMBER)).close())
    assert calls["guidance/errors.py", "__init__"] == 0, "no error is made only to be caught"
    assert not [name for file, name in calls if file == "guidance/nodes.py"]
