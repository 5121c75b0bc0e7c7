"""A line of flat code as a tree for the browser: Python's signs, and what gates use of NumPy.

A tree is a number, a name, or `[operation, tree, …]`. What is no number beside an operation (an
axis, a shape, an index) is written as JSON has it: 1, null, true, `["list", 2, 3]`.
"""

import ast
import functools
import math

import numpy as np

from .lines import Untranslatable

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.USub: "neg",
    ast.UAdd: "pos",
    ast.Not: "not",
    ast.Invert: "not",
    ast.BitOr: "or",
    ast.BitAnd: "and",
    ast.Or: "or",
    ast.And: "and",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}

# What flat code knows by one name, and how many values it takes.
FUNCTIONS = {"maximum": 2, "max": 2, "min": 2, "where": 3, "outer": 2, "unbroadcast": 2}
FUNCTIONS |= {"right_classes": 2}

# NumPy's functions: the operation, how many arrays it takes, and the settings that may follow.
REDUCED = (1, ("axis", "keepdims"), 1)
NUMPY = {
    "sum": ("sum", *REDUCED),
    "mean": ("mean", *REDUCED),
    "max": ("amax", *REDUCED),
    "amax": ("amax", *REDUCED),
    "min": ("amin", *REDUCED),
    "amin": ("amin", *REDUCED),
    "transpose": ("transpose", 1, ("axes",), 1),
    "swapaxes": ("swapaxes", 1, ("axis1", "axis2"), 2),
    "reshape": ("reshape", 1, ("shape",), 1),
    "broadcast_to": ("broadcast_to", 1, ("shape",), 1),
    "zeros": ("zeros", 0, ("shape",), 1),
    "ones": ("ones", 0, ("shape",), 1),
}
NUMPY |= {name: (name, 1, (), 0) for name in ("sign", "square", "log1p", "size", "shape", "ndim")}
NUMPY |= {name: (name, 1, (), 0) for name in ("zeros_like", "ones_like", "sqrt", "abs")}
NUMPY |= {name: (name, 2, (), 0) for name in ("maximum", "minimum")}
NUMPY |= {"matmul": ("@", 2, (), 0), "where": ("where", 3, (), 0)}
METHODS = ("sum", "mean", "max", "min", "transpose", "swapaxes", "reshape")
ATTRIBUTES = {"T": "transpose", "shape": "shape", "size": "size", "ndim": "ndim"}


class Translator:
    """Expressions as trees. `constants` holds the arrays that they name, as nested lists."""

    def __init__(self, bound):
        self.bound = bound
        self.constants = {}

    def tree(self, expression):
        """An expression as nested lists: `["*", "z", "df"]`."""
        match expression:
            case ast.Constant(value=bool() | int() | float() as value):
                return float(value) if math.isfinite(value) else ["number", str(float(value))]
            case ast.Name(id=name):
                return self._name(name)
            case ast.UnaryOp(op=op, operand=x):
                return [sign(op), self.tree(x)]
            case ast.BinOp(left=x, op=op, right=y):
                return [sign(op), self.tree(x), self.tree(y)]
            case ast.BoolOp(op=op, values=parts):
                return nested(sign(op), list(map(self.tree, parts)))
            case ast.Compare(left=left, ops=ops, comparators=rest):
                trees = list(map(self.tree, (left, *rest)))
                links = zip(ops, trees[:-1], trees[1:], strict=True)
                return nested("and", [[sign(op), x, y] for op, x, y in links])
            case ast.IfExp(test=test, body=yes, orelse=no):
                return ["if", self.tree(test), self.tree(yes), self.tree(no)]
            case ast.Subscript(value=value, slice=index):
                return ["pick", self.tree(value), *self._index(index)]
            case ast.Attribute(value=value, attr=word) if word in ATTRIBUTES:
                return [ATTRIBUTES[word], self.tree(value)]
            case ast.Call(func=function, args=arguments, keywords=named):
                return self._call(function, arguments, named)
        raise Untranslatable

    # ── names of things around a gate ──

    def _name(self, name):
        if name not in self.bound:
            return name
        self.constants[name] = as_lists(self.bound[name])
        return name

    # ── calls ──

    def _call(self, function, arguments, named):
        match function:
            case ast.Name(id=name) if isinstance(known := self.bound.get(name), str):
                if named or len(arguments) != FUNCTIONS.get(known, 1):
                    raise Untranslatable
                return [known, *map(self.tree, arguments)]
            case ast.Attribute(value=ast.Name(id=name), attr=word) if self.bound.get(name) is np:
                return self._numpy(word, arguments, named)
            case ast.Attribute(value=value, attr=word) if word in METHODS:
                if word in ("transpose", "reshape") and len(arguments) > 1:  # x.reshape(2, 3)
                    arguments = [ast.Tuple(arguments)]
                return self._numpy(word, [value, *arguments], named)
        raise Untranslatable

    def _numpy(self, word, arguments, named):
        """A call of NumPy's as an operation: the arrays, then its settings in their order."""
        operation, arrays, names, most = NUMPY.get(word, (None, 0, (), -1))
        given = arguments[arrays:]
        settings = dict(zip(names, given, strict=False)) | {k.arg: k.value for k in named}
        if not arrays <= len(arguments) <= arrays + most or not settings.keys() <= set(names):
            raise Untranslatable
        while names and names[-1] not in settings:
            names = names[:-1]
        trees = map(self.tree, arguments[:arrays])
        return [operation, *trees, *(self._setting(settings.get(name)) for name in names)]

    def _setting(self, expression):
        """An axis, a shape or an index, as JSON has it."""
        match expression:
            case None | ast.Constant(value=None):
                return None
            case ast.Constant(value=bool() | int() as value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
                return -value
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return ["list", *map(self._setting, parts)]
            case ast.Slice(lower=lower, upper=upper, step=step):
                return ["slice", *map(self._setting, (lower, upper, step))]
            case ast.Name(id=name) if name in self.bound:
                return self._thing(name, self.bound[name])
        return self.tree(expression)

    def _thing(self, name, thing):
        """A setting of a gate: `self.axis`, `self.index`."""
        if isinstance(thing, bool | int | np.integer | None):
            return thing if thing is None else int(thing)
        if isinstance(thing, tuple):
            return ["list", *(self._thing(name, part) for part in thing)]
        if isinstance(thing, slice):
            return ["slice", *(self._thing(name, x) for x in (thing.start, thing.stop, thing.step))]
        raise Untranslatable

    def _index(self, index):
        """What stands in x[…]: one tree for each axis."""
        parts = index.elts if isinstance(index, ast.Tuple) else [index]
        return list(map(self._setting, parts))


def as_lists(thing):
    """An array, or a list of numbers, as nested lists; inf and nan as text."""
    array = np.asarray(thing) if isinstance(thing, np.ndarray | list | tuple) else np.zeros(())
    is_exact = array.dtype.kind in "biu" or array.dtype == np.float64
    if not is_exact or not array.ndim or not array.size:
        raise Untranslatable
    return as_json(array.astype(float).tolist())


def as_json(numbers):
    """Nested lists in which inf and nan are text: JSON has no words for them."""
    if isinstance(numbers, list):
        return list(map(as_json, numbers))
    return numbers if math.isfinite(numbers) else str(numbers)


def nested(operation, trees):
    """`a and b and c` as and(and(a, b), c)."""
    return functools.reduce(lambda x, y: [operation, x, y], trees)


def sign(operator):
    """The sign of an operator."""
    if type(operator) not in SIGNS:
        raise Untranslatable
    return SIGNS[type(operator)]
