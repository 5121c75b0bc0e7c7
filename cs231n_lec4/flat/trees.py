"""The browser's program, run in Python: the twin of `operations.js`."""

import operator

import numpy as np

from ..engine import values
from .bodies import FUNCTIONS
from .translating import NUMPY, RENAMED


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


def expanded(tree, program, trees):
    """The tree with helper variables (a saved mask, say) replaced by what they stand for."""
    return with_helpers(tree, own_names(program), trees)


def own_names(program):
    """The names that a reader sees: of values, of gradients and of shares."""
    own = {name for name in (*program["values"], *program["grads"]) if isinstance(name, str)}
    return own | {name for names in program["shares"].values() for name in names if name}


def with_helpers(tree, own, trees):
    """`expanded`, without asking again which names stay."""
    if isinstance(tree, str):
        return tree if tree in own or tree not in trees else with_helpers(trees[tree], own, trees)
    if isinstance(tree, list):
        return [tree[0], *(with_helpers(part, own, trees) for part in tree[1:])]
    return tree
