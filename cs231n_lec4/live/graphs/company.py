"""Views keep company: an input is one number, in whatever picture it stands.

And a view says when its graph has lost its names: then a move of its sliders reaches nothing that a
cell could ask.
"""

import numpy as np
from IPython import get_ipython

from ..base import registry
from ..base.live_view import LiveView

HOLDERS = (list, tuple, set)


def others(view):
    """The other living views that go where this one goes."""
    views = registry.alive()
    return [v for v in views if v is not view and getattr(v, "in_company", False)]


def lead(view):
    """Bring every other view of the same inputs to where this view is."""
    for other in others(view):
        here = {name: getattr(view, f"input_{name}") for name in shared(view, other)}
        there = {name: getattr(other, f"input_{name}") for name in here}
        if here != there:
            other.go_along(here)


def shared(view, other):
    """The names of what both views move."""
    mine, theirs = kin(view), kin(other)
    return [name for name in mine if mine[name] == theirs.get(name)]


def kin(view):
    """What each slider moves: an input of one shape, or the upstream gradient of one gate."""
    graph = view.graph
    return {
        name: (id(graph.inputs.get(name, graph.output)), np.shape(start))
        for name, start in view.start.items()
    }


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def join(view):
    """From now on, look after each cell whether the graph of this view still has a name."""
    shell = get_ipython()
    if shell is None or not view.in_company:
        return
    view.had_name = has_name(view.graph, shell.user_ns)
    if look_at_names not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", look_at_names)


def look_at_names(_result):
    """A graph that never had a name cannot lose it."""
    names = get_ipython().user_ns
    for view in others(None):
        found = has_name(view.graph, names)
        view.had_name = view.had_name or found
        view.nameless = view.had_name and not found


def has_name(graph, names):
    """Whether a name of the student leads to the graph or its output, also inside a list or an
    object of theirs."""
    wanted = {id(graph), id(graph.output)}
    own = [value for name, value in list(names.items()) if is_own(name)]
    return any(id(part) in wanted for value in own for part in (value, *parts_of(value)))


def is_own(name):
    """Not a name of IPython's: `_`, `_3`, `In`, `Out`."""
    return name not in ("In", "Out") and not name.startswith("_")


def parts_of(value):
    """What a list, a dictionary or an object holds; a live view's own graph does not count."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, HOLDERS):
        return list(value)
    if isinstance(value, type | LiveView):
        return []
    return list(getattr(value, "__dict__", {}).values())
