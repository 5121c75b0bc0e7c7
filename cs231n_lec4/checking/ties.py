"""Two equal inputs of a max gate: there is no single slope, but the shares add up to upstream."""

import numpy as np

from .graphs import node_of
from .numbers import close, nearly, same_shape
from .reports import listed, pair, sentence, wrong
from .table import is_max
from .trials import place_of
from .uses import differentiated, places_of, readings


def wrong_tie(trials):
    """`(sum of the shares, upstream)` where a max gate sends too much, or too little, at a tie."""
    given = trials[0]
    if len(given.inputs) != 2 or not all(is_max(t.reading(0).uses[0]) for t in trials):
        return None
    gate, tie = given.tried.fresh(), [given.inputs[0]] * 2
    if not same_shape(given.tried.forward(gate, tie), given.upstream):
        return None
    sent = sum(given.tried.backward(gate, given.upstream, tie))
    return (
        None if nearly(sent, given.upstream) else (np.ravel(sent)[0], np.ravel(given.upstream)[0])
    )


def tie_report(graph, answers):
    """The ✗ report on a tie whose two answers do not add up to upstream; None if all do."""
    yours = {node_of(graph, name): answer for name, answer in answers}
    for gate in graph.nodes:
        if is_tie(graph, gate) and all(x in yours for x in gate.inputs):
            sent = sum(float(yours[x]) for x in gate.inputs)
            with differentiated(graph):
                upstream = gate.grad
            if not close(sent, upstream):
                names = listed(map(graph.name_of, gate.inputs))
                verdict = sentence("gradient_wrong", where=place_of(graph, gate), name=names)
                return wrong("tie", verdict, sentence("tie", **pair(sent, upstream)))
    return None


def is_tie(graph, gate):
    """Is it a max of two equal numbers, both used here alone? Then their gradients are shares."""
    inputs, numbers = gate.inputs, [x.value for x in gate.inputs]
    if len(inputs) != 2 or any(map(np.ndim, numbers)) or numbers[0] != numbers[1]:
        return False
    if any(len(places_of(graph, x)) != 1 for x in inputs):
        return False
    return all(is_max(at.uses[0]) for at in readings(graph, [inputs[0]])[inputs[0]])
