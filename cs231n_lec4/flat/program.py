"""The flat code as the browser runs it: the same lines as JSON expression trees.

A slider then needs no kernel. Trees are data: no JavaScript is written, and none is allowed in.
Python runs the same program below, as the twin of `operations.js`.
"""

import math
import operator

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from .bodies import FUNCTIONS
from .code import FlatCode
from .lines import Untranslatable
from .translating import NUMPY, RENAMED, Translator, as_json

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
    nodes, translator = flat.graph.nodes, Translator(flat.bound, flat.is_scalar)
    lines, shares = lines_and_shares(flat, translator)
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


# ── the program, run in Python ───────────────────────────────────────────────────────────────────


def axes(axis):
    """An axis or several, as NumPy takes them."""
    return tuple(axis) if isinstance(axis, list) else axis


def reduced(function):
    """A function that goes along axes."""
    return lambda x, axis=None, keepdims=False: function(x, axis=axes(axis), keepdims=keepdims)


# What gates use of NumPy, what flat code knows by one name, and then the rest.
OPERATIONS = {RENAMED.get(name, name): getattr(np, name) for name in NUMPY}
OPERATIONS |= {name: known[0] for name, known in FUNCTIONS.items() if name != "placed"}
OPERATIONS |= {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": np.divide,
    "**": np.power,
    "neg": operator.neg,
    "pos": operator.pos,
    "not": np.logical_not,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "and": lambda x, y: np.where(x, y, x),
    "or": lambda x, y: np.where(x, x, y),
    "sigmoid": lambda x: 1.0 / (1.0 + np.exp(-x)),
    "sum": reduced(np.sum),
    "mean": reduced(np.mean),
    "amax": reduced(np.max),
    "amin": reduced(np.min),
    "repeated": lambda z, x, axis=None: values.repeated(z, x, axes(axis)),
    "count": lambda x, axis=None: values.count(x, axes(axis)),
    "shape": lambda x: list(np.shape(x)),
    "list": lambda *items: list(items),
    "slice": slice,
    "rest": lambda: ...,
    "pick": lambda x, *index: x[index[0] if isinstance(x, list) else index],
    "put": lambda grad, x, *index: values.placed(grad, x, index),
}


def run_program(program, inputs):
    """`{name: number or array}` for every name of the program, from `{input: number or array}`."""
    given = {**program["constants"], **inputs}
    numbers = {name: settled(np.array(x, object).astype(float)) for name, x in given.items()}
    for name, tree in program["lines"]:
        numbers[name] = evaluate(tree, numbers)
    return numbers


def evaluate(tree, numbers):
    """The number or array of a tree. Division by zero and the like have their IEEE answers."""
    if isinstance(tree, str):
        return numbers[tree]
    if not isinstance(tree, list):  # a number, or a setting: 1, None, True
        return tree
    operation, *parts = tree
    if operation == "number":
        return float(parts[0])
    if operation == "if":
        chosen = parts[1] if evaluate(parts[0], numbers) else parts[2]
        return evaluate(chosen, numbers)
    terms = [evaluate(part, numbers) for part in parts]
    with np.errstate(all="ignore"):
        return settled(OPERATIONS[operation](*terms))


def settled(result):
    """A single number as a float; an array, a shape or an index as it is."""
    is_number = isinstance(result, bool | int | float | np.generic | np.ndarray)
    return float(result) if is_number and np.ndim(result) == 0 else result


def uses(tree):
    """The names that a tree mentions."""
    if isinstance(tree, str):
        return {tree}
    if not isinstance(tree, list) or tree[0] == "number":
        return set()
    return set().union(*map(uses, tree[1:]))


# ── other trees, made of trees ───────────────────────────────────────────────────────────────────


def replaced(tree, new):
    """The tree with some names replaced, each by a tree of its own: `{name: tree}`."""
    if isinstance(tree, list) and tree[0] != "number":
        return [tree[0], *(replaced(part, new) for part in tree[1:])]
    return new.get(tree, tree) if isinstance(tree, str) else tree


def whole_trees(program):
    """`{name: its tree}`, where helper variables (a saved mask, say) are replaced by what they
    stand for."""
    own, helpers, whole = own_names(program), {}, {}
    for name, tree in program["lines"]:
        whole[name] = replaced(tree, helpers)
        if name not in own:
            helpers[name] = whole[name]
    return whole


def own_names(program):
    """The names that a reader sees: of values, of gradients and of shares."""
    own = {name for name in (*program["values"], *program["grads"]) if isinstance(name, str)}
    return own | {name for names in program["shares"].values() for name in names if name}
