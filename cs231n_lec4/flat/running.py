"""The flat code as a Python function: on floats, on arrays, and with IEEE answers.

Where Python refuses an operation on floats (1/0, exp(1000)), the same lines run once more on
NumPy's float64, which has an answer for everything.
"""

import ast
import functools
import inspect
import linecache
import math

import numpy as np

from ..engine import values
from .bodies import FUNCTIONS
from .code import FlatCode
from .lines import name_of

# What the functions of flat code are: on Python floats, on NumPy's float64, on arrays.
ON_FLOATS = {n: known[0] for n, known in FUNCTIONS.items()}
ON_FLOATS |= {"exp": math.exp, "log": math.log, "tanh": math.tanh}
ON_FLOAT64 = {n: known[-1] for n, known in FUNCTIONS.items()}
ON_ARRAYS = {n: known[0] for n, known in FUNCTIONS.items()}
REFUSED = (ArithmeticError, ValueError, TypeError)  # what Python says to 1/0, exp(1000), log(-1)


def compile_flat(graph):
    """A function that runs the flat code: `step(x=1.0, …)` → `(value, {input: gradient})`.

    An output that is an array makes `upstream` a further argument. The shapes are those the graph
    has now. `step.source` is the text.
    """
    flat = FlatCode(graph)
    step = on_floats(flat) if flat.is_scalar else on_arrays(flat)
    if flat.is_scalar and not all(isinstance(thing, str) for thing in flat.bound.values()):
        step = as_floats(step)
    step.source = flat.text
    return step


def on_floats(flat):
    """On Python floats; where Python refuses (1/0), the same lines once more on float64."""
    if not may_fail(flat):
        return run(flat, ast.parse(flat.text), ON_FLOATS)
    careful, refused, pow, float64 = map(flat.fresh, ("careful", "refused", "pow", "float64"))
    again = InFloat64(float64, flat.kept).visit(ast.parse(flat.text))
    again = with_ieee_answers(run(flat, again, {**ON_FLOAT64, float64: np.float64}))
    tree = guarded(WithPow(pow).visit(ast.parse(flat.text)), careful, refused)
    return run(flat, tree, {**ON_FLOATS, careful: again, refused: REFUSED, pow: math.pow})


def run(flat, tree, functions):
    """The function `step` of `tree`. `functions` says what exp, log, … are."""
    known = {n: functions[t] if isinstance(t, str) else t for n, t in flat.bound.items()}
    known = {**functions, **known}
    file = f"<flat code {id(flat):x} of {flat.graph.name_of(flat.graph.output)}>"
    linecache.cache[file] = (len(flat.text), None, flat.text.splitlines(True), file)
    exec(compile(ast.fix_missing_locations(tree), file, "exec"), known)
    return known["step"]


def may_fail(flat):
    """Can Python refuse one of these lines? Sums and products it never refuses."""
    risky = (ast.Div, ast.Pow, ast.Call, ast.FloorDiv, ast.Mod)
    return any(isinstance(n, risky) for line in flat.lines for n in ast.walk(line.expression))


def on_arrays(flat):
    """On arrays: without NumPy's warnings, and with results in the form a node holds."""
    pow = flat.fresh("pow")
    fast = run(flat, WithPow(pow).visit(ast.parse(flat.text)), {**ON_ARRAYS, pow: power})
    names = inspect.signature(fast).parameters

    @functools.wraps(fast)
    def step(*arguments, **named):
        given = {**dict(zip(names, arguments, strict=False)), **named}
        given = {name: taken(value, name) for name, value in given.items()}
        with np.errstate(all="ignore"):
            value, grads = with_single_numbers(fast, arguments[len(names) :], given)
            grads = {name: values.fitted(grad, given[name]) for name, grad in grads.items()}
        return values.tidy(value), grads

    return step


def taken(value, name):
    """A number or an array as a node holds it. What is neither is refused by its name."""
    array = value if isinstance(value, np.ndarray) else values.as_value(value, name)
    return values.tidy(array)


def with_single_numbers(fast, rest, given):
    """The result of `fast`; where Python refuses an operation on a float, that on float64."""
    try:
        return fast(*rest, **given)
    except (ArithmeticError, ValueError):
        given = {n: np.float64(x) if type(x) is float else x for n, x in given.items()}
        return fast(*rest, **given)


def power(x, y):
    """x ** y. Of two floats it is refused where Python would leave the number line."""
    return math.pow(x, y) if type(x) is type(y) is float else x**y


def with_ieee_answers(careful):
    """`careful` on float64, its results as Python floats."""

    def step(*arguments):
        with np.errstate(all="ignore"):
            value, grads = careful(*map(np.float64, arguments))
        return float(value), {name: float(grad) for name, grad in grads.items()}

    return step


def as_floats(fast):
    """`fast`, where a gate calls NumPy: its float64 become Python floats again."""

    @functools.wraps(fast)
    def step(*arguments, **named):
        value, grads = fast(*arguments, **named)
        return float(value), {name: float(grad) for name, grad in grads.items()}

    return step


class InFloat64(ast.NodeTransformer):
    """Every number and value becomes a float64, so that Python has nothing left to refuse."""

    def __init__(self, float64, kept):
        self.float64, self.kept = float64, kept

    def converted(self, expression):
        return ast.Call(name_of(self.float64), [expression], [])

    def visit_Constant(self, node):
        return self.converted(node) if type(node.value) is float else node

    def visit_Assign(self, node):
        node = self.generic_visit(node)
        if node.targets[0].id in self.kept:
            node.value = self.converted(node.value)
        return node


class WithPow(ast.NodeTransformer):
    """x ** y as pow(x, y), which refuses what would be complex: (-8.0) ** 0.5."""

    def __init__(self, pow):
        self.pow = pow

    def visit_BinOp(self, node):
        node = self.generic_visit(node)
        is_power = isinstance(node.op, ast.Pow)
        return ast.Call(name_of(self.pow), [node.left, node.right], []) if is_power else node


def guarded(tree, careful, refused):
    """The function `step` of `tree`, asking `careful` where Python refuses an operation."""
    [step] = tree.body
    names = ", ".join(argument.arg for argument in step.args.args)
    text = f"try:\n    pass\nexcept {refused}:\n    return {careful}({names})"
    [attempt] = ast.parse(text).body
    attempt.body, step.body = step.body, [attempt]
    return tree
