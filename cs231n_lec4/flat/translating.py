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

# A call: how many arrays it takes, and the settings that may follow, in their order.
REDUCED = (1, ("axis", "keepdims"))
ONE, TWO, THREE = (1, ()), (2, ()), (3, ())

# What flat code knows by one name; what is not here takes one number.
FUNCTIONS = dict.fromkeys(("maximum", "max", "min", "outer", "unbroadcast"), TWO)
FUNCTIONS |= {"where": THREE, "batch_dx": THREE, "batch_dy": THREE, "placed": (2, ("index",))}
FUNCTIONS |= {
    "right_classes": (1, ("labels",)),
    "repeated": (2, ("axis",)),
    "count": (1, ("axis",)),
}

# What gates use of NumPy by its own name.
NUMPY = dict.fromkeys(("sum", "mean", "max", "amax", "min", "amin"), REDUCED)
NUMPY |= dict.fromkeys(("sign", "square", "log1p", "size", "shape", "ndim", "sqrt", "abs"), ONE)
NUMPY |= dict.fromkeys(("sin", "cos", "arctan"), ONE)
NUMPY |= dict.fromkeys(("zeros_like", "ones_like"), ONE)
NUMPY |= dict.fromkeys(("maximum", "minimum", "matmul"), TWO)
NUMPY |= {"where": THREE, "transpose": (1, ("axes",)), "swapaxes": (1, ("axis1", "axis2"))}
NUMPY |= {"reshape": (1, ("shape",)), "broadcast_to": (1, ("shape",))}
NUMPY |= {"zeros": (0, ("shape",)), "ones": (0, ("shape",))}
METHODS = ("sum", "mean", "max", "min", "transpose", "swapaxes", "reshape")
NAMED_ONLY = ("keepdims",)  # where NumPy has other things before it
RENAMED = {"max": "amax", "min": "amin", "matmul": "@"}  # max and min are Python's own
MASKS = ("==", "!=", "<", "<=", ">", ">=", "not", "right_classes")
COUNTED = ("sum", "mean", "+", "-", "/", "**", "square", "size", "ndim", "len", "shape")
SETTINGS = ("list", "slice", "rest")
HALVED = ("exp", "log", "log1p", "tanh", "sqrt", "sigmoid")  # of a mask, in 16 bits
ATTRIBUTES = {"T": "transpose", "mT": "swapaxes", "shape": "shape", "size": "size", "ndim": "ndim"}


class Translator:
    """Expressions as trees. `constants` holds the arrays that they name, as nested lists."""

    def __init__(self, bound, is_scalar=False):
        self.bound, self.is_scalar = bound, is_scalar
        self.constants = {}
        self.masks = set()  # names of arrays of True and False

    def line(self, name, expression):
        """The tree of `name = expression`."""
        tree = self.tree(expression)
        if self._is_mask(tree):
            self.masks.add(name)
        return tree

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
                return self._checked([sign(op), self.tree(x), self.tree(y)])
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
                last_two = [-1, -2] if word == "mT" else []
                return [ATTRIBUTES[word], self.tree(value), *last_two]
            case ast.Call(func=function, args=arguments, keywords=named):
                return self._call(function, arguments, named)
        raise Untranslatable

    def _checked(self, tree):
        """Of two masks NumPy makes a mask again: True + True is True."""
        refused = HALVED if self.is_scalar else ("+", *HALVED)
        if tree[0] in refused and all(map(self._is_mask, tree[1:])):
            raise Untranslatable
        return tree

    def _is_mask(self, tree):
        """Is it an array of True and False? Whatever is made of masks alone, unless it counts."""
        if not isinstance(tree, list):
            return isinstance(tree, str) and tree in self.masks
        first = 2 if tree[0] in ("where", "if") else 1  # what chooses is no part of the result
        parts = [part for part in tree[first:] if not is_setting(part)]
        made = tree[0] not in (*COUNTED, "number") and parts and all(map(self._is_mask, parts))
        return tree[0] in MASKS or bool(made)

    # ── names of things around a gate ──

    def _name(self, name):
        if name not in self.bound:
            return name
        self.constants[name] = as_lists(self.bound[name])
        if np.asarray(self.bound[name]).dtype.kind == "b":
            self.masks.add(name)
        return name

    # ── calls ──

    def _call(self, function, arguments, named):
        match function:
            case ast.Name(id=name) if isinstance(known := self.bound.get(name), str):
                return self._operation(known, FUNCTIONS.get(known, ONE), arguments, named)
            case ast.Attribute(value=ast.Name(id=name), attr=word) if self.bound.get(name) is np:
                return self._of_numpy(word, arguments, named)
            case ast.Attribute(value=value, attr=word) if word in METHODS:
                if word in ("transpose", "reshape") and len(arguments) > 1:  # x.reshape(2, 3)
                    arguments = [ast.Tuple(arguments)]
                return self._of_numpy(word, [value, *arguments], named)
        raise Untranslatable

    def _of_numpy(self, word, arguments, named):
        if word not in NUMPY:
            raise Untranslatable
        return self._operation(RENAMED.get(word, word), NUMPY[word], arguments, named)

    def _operation(self, operation, takes, arguments, named):
        """A call as a tree: the arrays, then its settings in their order."""
        count, names = takes
        ordered = [name for name in names if name not in NAMED_ONLY]
        given = arguments[count:]
        settings = dict(zip(ordered, given, strict=False)) | {k.arg: k.value for k in named}
        if not count <= len(arguments) <= count + len(ordered) or not settings.keys() <= set(names):
            raise Untranslatable
        while names and names[-1] not in settings:
            names = names[:-1]
        trees = list(map(self.tree, arguments[:count]))
        if operation == "placed":
            return ["put", *trees, *self._index(settings["index"])]
        return self._checked(
            [operation, *trees, *(self._setting(settings.get(name)) for name in names)]
        )

    # ── settings: an axis, a shape, an index ──

    def _setting(self, expression):
        """A setting as JSON has it; `x.shape` and the like stay trees."""
        match expression:
            case None:
                return None
            case ast.Constant(value=None | bool() | int() as value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
                return -value
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return ["list", *map(self._setting, parts)]
            case ast.Slice(lower=lower, upper=upper, step=step):
                return ["slice", *map(self._setting, (lower, upper, step))]
        return self.tree(expression)

    def _index(self, index):
        """What stands in x[…]: one tree for each axis. Lists that stand apart, which NumPy puts
        first, and lists of different lengths are left to Python."""
        if isinstance(index, ast.Name) and index.id in self.bound:
            thing = self.bound[index.id]
            parts = thing if isinstance(thing, tuple) else (thing,)
            trees = [self._place(f"{index.id}_{k}", part) for k, part in enumerate(parts)]
        else:
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            trees = [self._written_place(part) for part in parts]
        where = [k for k, tree in enumerate(trees) if isinstance(tree, int) or is_list(tree)]
        lengths = {len(trees[k]) for k in where if is_list(trees[k])}
        if lengths and (len(lengths) > 1 or where != list(range(where[0], where[-1] + 1))):
            raise Untranslatable
        return trees

    def _written_place(self, part):
        if isinstance(part, ast.Constant) and part.value is ...:
            return ["rest"]
        tree = self._setting(part)
        if not is_place(tree):
            raise Untranslatable
        return tree

    def _place(self, name, thing):
        """One part of an index that the graph holds: a number, a slice, or numbers in a row."""
        if thing is None or thing is ...:
            return thing and ["rest"]
        if isinstance(thing, int | np.integer) and not isinstance(thing, bool):
            return int(thing)
        if isinstance(thing, slice):
            return ["slice", *(self._place(name, x) for x in (thing.start, thing.stop, thing.step))]
        array = np.asarray(thing)
        if array.ndim != 1 or not array.size or array.dtype.kind not in "bi":
            raise Untranslatable
        return ["list", *(np.flatnonzero(array) if array.dtype == bool else array).tolist()]


def is_place(tree):
    """Can it stand in an index? Whole numbers only, known before any number is."""
    parts = tree[1:] if isinstance(tree, list) and tree[0] in ("list", "slice") else [tree]
    return all(part is None or type(part) is int for part in parts)


def is_setting(tree):
    """Is it an axis, a shape or an index, which has no type of its own?"""
    is_written = isinstance(tree, list) and tree[0] in SETTINGS
    return is_written or tree is None or type(tree) in (bool, int)


def is_list(tree):
    """Numbers in a row, as an index has them."""
    return isinstance(tree, list) and tree[0] == "list"


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
