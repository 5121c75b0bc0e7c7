"""The lines of straight-line code, and how a list of them is made as short as by hand."""

import ast
import math
from collections import Counter
from dataclasses import dataclass, replace

from ..engine.gate import Gate


class Untranslatable(Exception):
    """A gate's body has what straight-line code has not: a loop, an `if`, an unknown call."""

    def __init__(self, node=None):
        self.node = node  # where it was met, if that is known


@dataclass(frozen=True)
class Line:
    """`target = expression`, or `target += expression` where a further branch adds its share.

    A backward line belongs to one input of its gate, number `slot`; a forward line has none.
    """

    target: str
    expression: ast.expr
    gate: Gate | None
    slot: int | None = None
    adds: bool = False
    backward: bool = False


# ── simplifying ──────────────────────────────────────────────────────────────────────────────────


def simplified(lines, kept):
    """Without the helper variables that are never used, used once, or another name of a value."""
    lines = merged(lines, kept)
    changed = True
    while changed:
        uses = count_uses(lines)
        spare = {
            n.target: n.expression for n in lines if n.target not in kept and uses[n.target] < 2
        }
        spare = {k: v for k, v in spare.items() if spare.keys().isdisjoint(names_in(v))}
        changed = bool(spare)
        rest = [line for line in lines if line.target not in spare]
        lines = [replace(n, expression=substituted(n.expression, spare)) for n in rest]
    return lines


def merged(lines, kept):
    """`f_z = …` followed by `f = f_z` is `f = …`."""
    helpers = {line.target for line in lines} - kept
    same = {}  # {helper: the value that it is}
    for line in lines:
        source = getattr(line.expression, "id", None)
        if source in helpers and line.target in kept and line.slot is None:
            same.setdefault(source, line.target)
    new = {old: name_of(name) for old, name in same.items()}
    renamed = [
        replace(n, target=same.get(n.target, n.target), expression=substituted(n.expression, new))
        for n in lines
    ]
    return [line for line in renamed if not is_name(line.expression, line.target)]  # f = f


def count_uses(lines):
    """How often each name stands on a right-hand side."""
    return Counter(name for line in lines for name in names_in(line.expression))


def names_in(expression):
    """Every name in an expression, as often as it stands there."""
    return [part.id for part in ast.walk(expression) if isinstance(part, ast.Name)]


def substituted(tree, new):
    """The tree once more, with some names replaced by expressions. Its leaves may be shared."""
    if isinstance(tree, ast.Name):
        return copied(new[tree.id]) if tree.id in new else tree
    if isinstance(tree, list):
        return [substituted(part, new) for part in tree]
    if not isinstance(tree, ast.AST) or isinstance(tree, LEAVES):
        return tree
    return type(tree)(**{word: substituted(part, new) for word, part in vars(tree).items()})


LEAVES = (ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop)


def copied(tree):
    """The tree once more; `copy.deepcopy` takes ten times as long."""
    return substituted(tree, {})


# ── small pieces of syntax ───────────────────────────────────────────────────────────────────────


def name_of(name):
    """A variable."""
    return ast.Name(name, ast.Load())


def number(value):
    """A number. A negative one is a minus and a number, so that (-1.0) ** 2 keeps its brackets."""
    if math.copysign(1.0, value) < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def is_number(expression):
    """Is it a plain number, perhaps with a minus?"""
    if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.USub):
        expression = expression.operand
    return isinstance(expression, ast.Constant) and type(expression.value) in (int, float)


def as_number(expression):
    """The number itself."""
    minus = isinstance(expression, ast.UnaryOp)
    return -float(expression.operand.value) if minus else float(expression.value)


def is_name(expression, name=None):
    """Is it a variable (of this name)?"""
    return isinstance(expression, ast.Name) and (name is None or expression.id == name)


def is_none(expression):
    """Is it None?"""
    return getattr(expression, "value", ...) is None


def is_no_axis(keyword):
    """`axis=None`: a person leaves it out."""
    return keyword.arg == "axis" and is_none(keyword.value)


def is_plain(expression):
    """A name or a number: short enough to stand wherever it is used."""
    return is_name(expression) or is_number(expression)


def is_docstring(statement):
    """A text that stands alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
