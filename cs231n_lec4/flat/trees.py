"""The browser's program, run in Python: the twin of `program.js`, one line for each operation."""

import operator

import numpy as np

OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": np.divide,
    "**": np.power,
    "neg": operator.neg,
    "pos": operator.pos,
    "not": operator.not_,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "and": lambda x, y: y if x else x,
    "or": lambda x, y: x if x else y,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sigmoid": lambda x: 1.0 / (1.0 + np.exp(-x)),
    "maximum": np.maximum,
    "max": max,
    "min": min,
}


def run_program(program, inputs):
    """`{name: number}` for every name of the program, from `{input: number}`."""
    numbers = {name: float(value) for name, value in inputs.items()}
    for name, tree in program["lines"]:
        numbers[name] = evaluate(tree, numbers)
    return numbers


def evaluate(tree, numbers):
    """The number of a tree. Division by zero and the like have their IEEE answers."""
    if isinstance(tree, str):
        return numbers[tree]
    if not isinstance(tree, list):
        return float(tree)
    operation, *parts = tree
    if operation == "number":
        return float(parts[0])
    if operation == "if":
        chosen = parts[1] if evaluate(parts[0], numbers) else parts[2]
        return evaluate(chosen, numbers)
    terms = [evaluate(part, numbers) for part in parts]
    with np.errstate(all="ignore"):
        return float(OPERATIONS[operation](*terms))


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
