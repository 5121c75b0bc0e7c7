"""`step_through(graph)`: one gate at a time, and on request the update after backward."""

from ...checking.graphs import untouched
from ...flat import browser_program
from ...guidance.refusals import graph_expected
from ...steps.updates import checked_update
from .graph_view import drawings_of, labelled, look_of
from .step_view import StepView
from .update_view import UpdateView


def step_through(
    graph,
    *,
    update=None,
    parameters=None,
    digits=2,
    palette="colour-blind",
    fold=None,
    class_mode=False,
    ranges=None,
    **more,
):
    """Walk through `graph` forward and backward, one gate at a time (slides 12-23 and 30-43).

    Next lets numbers run along the wires; pressed again, it ends their way. The step's line of
    code, its gate and its formula light together.

    Keys, wherever the focus is in the view: arrow left and right step, Home and End go to the ends,
    Escape gives the keys back to the notebook. The formula stands with names, then with numbers; a
    graph of arrays shows each gate's lines of code and their shapes. `class_mode`, `fold`, `ranges`
    and `x=(-5, 5)` are as in `explore`.

    `update=0.1` adds the step of slide 88 that backward does not do: each of `parameters`, a list
    of input names (left out: every input), moves by −0.1 times its gradient. Next then goes forward
    again; Back undoes the update. Raises GraphError for what is no graph, and for no such input.
    """
    look = look_of(digits, palette, class_mode)
    settings = {"panels": ["steps"], "bands": True, "class_mode": class_mode, **look}
    with untouched(graph_expected(graph, "step_through")):
        drawings = drawings_of(graph, fold, hide=True, **look)
        settings |= {"fold": labelled(fold), "ranges": {**(ranges or {}), **more}}
        settings["program"] = browser_program(graph)
        if update is None:
            return StepView(graph, drawings, **settings)
        rate, names = checked_update(graph, update, parameters)
        return UpdateView(graph, drawings, rate=rate, parameters=names, **settings)
