"""The flat code as the browser runs it: the same lines as JSON expression trees.

A slider then needs no kernel. Trees are data: no JavaScript is written, and none is allowed in.
"""

import math

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from .code import FlatCode
from .lines import Untranslatable
from .translating import Translator, as_json

MOST_ENTRIES = 1000  # of an array that moves with a slider; beyond, the kernel computes


def browser_program(graph):
    """The same lines as JSON expression trees, or None where only Python can compute them: a
    gate's body cannot be translated, or an array is large."""
    try:
        return program_of(FlatCode(graph), MOST_ENTRIES)
    except Untranslatable:
        return None


def only_in_python(graph):
    """The first node that the browser cannot compute; None if it can compute all."""
    try:
        program_of(FlatCode(graph), MOST_ENTRIES)
    except Untranslatable as problem:
        return problem.node


def program_of(flat, most=math.inf):
    """Lines of `[name, tree]` in order, and which name holds which number of which node.

    `shares[k][j]` names what gate number k hands to its input number j, which is what a branch
    shows. `shapes` are the nodes' own. Raises Untranslatable, which knows the node.
    """
    for node in flat.graph.nodes:
        if not fits(node.value, most):
            raise Untranslatable(node)
    translator = Translator(flat.bound, flat.is_scalar)
    lines, shares = lines_and_shares(flat, translator)
    nodes = flat.graph.nodes
    answer = {
        "inputs": list(flat.graph.inputs),
        "lines": lines,
        "values": [translator.tree(flat.operand(node)) for node in nodes],
        "grads": [flat.grad_name.get(node) for node in nodes],
        "shares": {str(k): names for k, names in shares.items()},
        "shapes": [list(values.shape(node.value)) for node in nodes],
        "constants": translator.constants,
    }
    if flat.upstream:  # of an array's sum
        shape = values.shape(flat.graph.output.value)
        answer["constants"][flat.upstream] = as_json(np.ones(shape).tolist())
    return answer


def is_scalar(program):
    """Does the program hold no array?"""
    return not any(program["shapes"])


def fits(value, most):
    """Can the browser hold the value? Its numbers have 64 bits."""
    if type(value) is float:
        return True
    return getattr(value, "dtype", None) == np.float64 and 0 < np.size(value) <= most


def lines_and_shares(flat, translator):
    """Every line as `[name, tree]`; a share gets a line of its own, before it is added."""
    index = {node: k for k, node in enumerate(flat.graph.nodes)}
    shares = {index[g]: [None] * len(g.inputs) for g in flat.graph.nodes if isinstance(g, Gate)}
    lines = []
    for line in flat.lines:
        tree = tree_of(line, translator)
        if line.slot is not None:
            share = flat.fresh(f"share_{index[line.gate]}_{line.slot}")
            shares[index[line.gate]][line.slot] = share
            lines.append([share, tree])
            tree = ["+", line.target, share] if line.adds else share
        lines.append([line.target, tree])
    return lines, shares


def tree_of(line, translator):
    """The tree of one line. What cannot be translated says at which gate."""
    try:
        return translator.line(line.target, line.expression)
    except Untranslatable:
        raise Untranslatable(line.gate) from None
