"""The flat code as a Python function: on floats, on arrays, and with IEEE answers.

On floats the lines run as they are. On arrays, and where Python refuses an operation (1/0,
exp(1000)), each of these operations is asked for the answer that the gates get.
"""

import ast
import functools
import inspect
import linecache
import math
import operator

import numpy as np

from ..engine import values
from ..guidance.ieee import REFUSED, answered
from .bodies import FUNCTIONS
from .code import FlatCode
from .lines import name_of

PLAIN = {name: known[0] for name, known in FUNCTIONS.items()}
QUICK = {**PLAIN, "exp": math.exp, "log": math.log, "tanh": math.tanh, "sqrt": math.sqrt}
SIGNS = {
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}  # what Python may refuse; sums and products it never does


def compile_flat(graph):
    """A function that runs the flat code (2019 deck): `step(x=1.0)` → `(value, {input: gradient})`.

    An output that is an array makes `upstream` a further argument. The shapes are those the graph
    has now. `step.source` is the text. Raises GraphError for what is no graph, and `step` for what
    is no number.
    """
    return compiled(FlatCode(graph))


def compiled(flat):
    """The function of flat code that is written already."""
    step = careful(flat)
    if flat.is_scalar and all(isinstance(thing, str) for thing in flat.bound.values()):
        step = quick(flat, step)
    step.source = flat.text
    return step


def quick(flat, again):
    """On Python floats. Where Python refuses, `again` runs the lines with care."""
    refused, careful, pow = map(flat.fresh, ("refused", "careful", "pow"))
    tree = WithCalls(flat, {ast.Pow: pow}).visit(ast.parse(flat.text))
    parts = [n for line in flat.lines for n in ast.walk(line.expression)]
    if any(isinstance(part, RISKY) for part in parts):
        [step] = tree.body
        names = ", ".join(argument.arg for argument in step.args.args)
        text = f"try:\n    pass\nexcept {refused}:\n    return {careful}({names})"
        [attempt] = ast.parse(text).body
        attempt.body, step.body = step.body, [attempt]
    known = {refused: REFUSED, careful: again, pow: math.pow}
    return run(flat, tree, {**QUICK, **known})


RISKY = (ast.Call, *SIGNS)  # only these can be refused


def careful(flat):
    """On arrays too: with IEEE answers, without warnings, results in the form a node holds."""
    names = {sign: flat.fresh(function.__name__) for sign, function in SIGNS.items()}
    tidy = flat.fresh("tidy")
    tree = WithCalls(flat, names, tidy).visit(ast.parse(flat.text))
    known = {**PLAIN, **{names[sign]: function for sign, function in SIGNS.items()}}
    known = {name: ieee(function) for name, function in known.items()}
    lines = run(flat, tree, {**known, tidy: values.tidy}, ieee)
    arguments = inspect.signature(lines)

    @functools.wraps(lines)
    def step(*positional, **named):
        given = arguments.bind(*positional, **named).arguments
        given = {name: looked_at(value, name) for name, value in given.items()}
        with np.errstate(all="ignore"):
            value, grads = lines(**given)
            fitted = {
                name: values.unbroadcast(values.tidy(g), given[name]) for name, g in grads.items()
            }
            return value, fitted

    return step


def looked_at(value, name):
    """A number or an array as a node holds it. No array is copied: nothing outlives the call."""
    is_array = type(value) is np.ndarray and value.ndim > 0 and value.dtype in values.FLOATS
    return values.read_only(value) if is_array else values.as_value(value, name)


def ieee(function):
    """A function that has an answer where Python refuses one."""
    if not callable(function):
        return function

    @functools.wraps(function)
    def answer(*numbers, **settings):
        z = answered(functools.partial(function, **settings), *numbers)
        return float(z) if type(z) is np.float64 else z

    return answer


def run(flat, tree, functions, prepared=lambda thing: thing):
    """The function `step` of `tree`. `functions` says what exp, log, … are."""
    bound = flat.bound.items()
    known = {n: functions[t] if isinstance(t, str) else prepared(t) for n, t in bound}
    known = {**functions, **known}
    file = f"<flat code {id(flat):x} of {flat.graph.names[flat.graph.output]}>"
    linecache.cache[file] = (len(flat.text), None, flat.text.splitlines(True), file)
    exec(compile(ast.fix_missing_locations(tree), file, "exec"), known)
    return known["step"]


class WithCalls(ast.NodeTransformer):
    """Some signs as calls of functions, `x ** y` as `pow(x, y)`; values as a node holds them."""

    def __init__(self, flat, names, tidy=None):
        self.names, self.tidy = names, tidy
        self.values = {flat.value_name[node] for node in flat.graph.nodes} if tidy else ()

    def visit_BinOp(self, node):
        node = self.generic_visit(node)
        name = self.names.get(type(node.op))
        return ast.Call(name_of(name), [node.left, node.right], []) if name else node

    def visit_Assign(self, node):
        node = self.generic_visit(node)
        if node.targets[0].id in self.values:
            node.value = ast.Call(name_of(self.tidy), [node.value], [])
        return node
