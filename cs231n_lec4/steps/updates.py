"""Update, the step after backward: each weight goes a little against its gradient (slide 88).

Backpropagation computes gradients and changes no weight. The update does that:
w ← w − rate · (gradient of L with respect to w), for all weights at once.
"""

import numpy as np

from .. import words
from ..checking.graphs import as_held
from ..engine import values
from ..flat import FlatCode
from ..guidance.errors import GraphError
from . import formulas
from .moments import places


def checked_update(graph, rate, names):
    """The rate as a number and the names of the parameters; without names, all inputs."""
    loss, names = graph.output, list(graph.inputs if names is None else names)
    if np.ndim(loss.value):
        raise GraphError("update_needs_a_loss", node=graph.names[loss], shape=loss.value.shape)
    for name in names:
        if name not in graph.inputs:
            raise GraphError("unknown_input", name=name, known=", ".join(graph.inputs))
    rate = values.as_value(rate, "update")
    if not names or np.ndim(rate) or not np.isfinite(rate):
        raise GraphError("update_rate", given=repr(rate))
    return float(rate), names


def update_step(graph, program, rate, names):
    """The step that follows those of a pass: a row for each parameter. Its holes are `before`,
    `grads` and `after`, the parts of a record of `update_from`."""
    place, grad_name = places(graph), FlatCode(graph).grad_name
    of, rows = graph.names[graph.output], []
    for name in names:
        node = graph.inputs[name]
        code = f"{name} = {name} - {rate:g} * {grad_name[node]}"
        row = formulas.update_row(of, name, rate)
        if program is None:
            facts = {"code": code, "to": name, "value": formulas.hole("value")}
            row["text"] = formulas.sentence(words.CODE_STEPS, "update", **facts)
        rows.append({"of": len(graph.nodes) - 1, "to": place[node], "code": code, **row})
    return {"kind": "update", "node": None, "rows": rows}


def update_from(graph, numbers, rate, names):
    """One update from `numbers`, {input: value}: the loss, and each parameter before and after.

    The graph is moved to `numbers`. Raises OverflowError where a result is too large for a number.
    """
    loss = graph.forward(**as_held(graph, numbers))
    grads = graph.backward()
    before = {name: graph.inputs[name].value for name in names}
    with np.errstate(all="ignore"):
        after = {name: before[name] - rate * grads[name] for name in names}
    if not all(np.isfinite(value).all() for value in (loss, *after.values())):
        raise OverflowError
    parts = {"before": before, "grads": {name: grads[name] for name in names}, "after": after}
    return {"loss": loss, **parts}


def update_texts(graph, step, record):
    """The update of single numbers as sentences, one for each: names, then numbers."""
    return [
        formulas.filled(row["text"], lambda part, name=name: record[part][name])
        for row in step["rows"]
        for name in [graph.nodes[row["to"]].name]
    ]
