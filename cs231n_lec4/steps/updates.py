"""Update, the step after backward: each weight goes a little against its gradient (slide 88).

Backpropagation computes gradients and changes no weight. The update does that:
w ← w − rate · (gradient of L with respect to w), for all weights at once.
"""

import numpy as np

from .. import words
from ..engine import values
from ..flat import FlatCode
from ..guidance.errors import GraphError
from ..words.digits import number, short
from .moments import bracketed, places


def checked_update(graph, rate, names):
    """The rate as a number and the names of the parameters; without names, all inputs."""
    loss, names = graph.output, list(graph.inputs if names is None else names)
    if np.ndim(loss.value):
        raise GraphError("update_needs_a_loss", node=graph.name_of(loss), shape=loss.value.shape)
    for name in names:
        if name not in graph.inputs:
            raise GraphError("unknown_input", name=name, known=", ".join(graph.inputs))
    rate = values.as_value(rate, "update")
    if not names or np.ndim(rate) or not np.isfinite(rate):
        raise GraphError("update_rate", given=repr(rate))
    return float(rate), names


def update_step(graph, rate, names):
    """The step that follows those of `steps.py`: a row for each parameter."""
    place, grad_name = places(graph), FlatCode(graph).grad_name
    rows = [
        {
            "of": len(graph.nodes) - 1,
            "to": place[graph.inputs[name]],
            "code": f"{name} = {name} - {rate:g} * {grad_name[graph.inputs[name]]}",
        }
        for name in names
    ]
    return {"kind": "update", "node": None, "rows": rows}


def update_from(graph, numbers, rate, names):
    """One update from `numbers`, {input: value}: the loss, and each parameter before and after.

    The graph is moved to `numbers`. Raises OverflowError where a result is too large for a number.
    """
    loss = graph.forward(**numbers)
    grads = graph.backward()
    before = {name: graph.inputs[name].value for name in names}
    with np.errstate(all="ignore"):
        after = {name: before[name] - rate * grads[name] for name in names}
    if not all(np.isfinite(value).all() for value in (loss, *after.values())):
        raise OverflowError
    parts = {"before": before, "grads": {name: grads[name] for name in names}, "after": after}
    return {"loss": loss, **parts}


def update_texts(graph, step, record, rate, digits=2):
    """The update of single numbers as sentences, one for each: names, then numbers."""
    texts = []
    for row in step["rows"]:
        name, of = (graph.name_of(graph.nodes[row[key]]) for key in ("to", "of"))
        before, grad, after = (
            number(record[key][name], digits) for key in ("before", "grads", "after")
        )
        facts = {"to": name, "of": of, "rate": shortest(rate), "before": before, "after": after}
        texts.append(words.STEPS["update"].format(**facts, grad=bracketed(grad)))
    return texts


def shortest(rate):
    """0.1, not 0.10: the rate as it was given."""
    return bracketed(short(rate, 12))
