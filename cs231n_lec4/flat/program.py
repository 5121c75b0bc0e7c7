"""The flat code as the browser runs it: the same lines as JSON expression trees.

A slider then needs no kernel. Trees are data: no JavaScript is written, and none is allowed in.
"""

import ast
import functools
import math

from ..engine.gate import Gate
from .code import FlatCode
from .lines import Untranslatable


def browser_program(graph):
    """The same lines as JSON expression trees, or None if a gate's body cannot be translated."""
    try:
        return program_of(FlatCode(graph))
    except Untranslatable:
        return None


def program_of(flat):
    """Lines of `[name, tree]` in order, and which name holds which number of which node.

    A tree is a number, a name, or `[operation, tree, …]`. `shares[k][j]` names what gate number
    k hands to its input number j, which is what a branch shows.
    """
    if not flat.is_scalar:
        raise Untranslatable
    lines, shares = lines_and_shares(flat)
    return {
        "inputs": list(flat.graph.inputs),
        "lines": lines,
        "values": [as_tree(flat.operand(node), {}) for node in flat.graph.nodes],
        "grads": [flat.grad_name.get(node) for node in flat.graph.nodes],
        "shares": {str(k): names for k, names in shares.items()},
    }


def lines_and_shares(flat):
    """Every line as `[name, tree]`; a share gets a line of its own, before it is added."""
    index = {node: k for k, node in enumerate(flat.graph.nodes)}
    shares = {index[g]: [None] * len(g.inputs) for g in flat.graph.nodes if isinstance(g, Gate)}
    lines = []
    for line in flat.lines:
        tree = as_tree(line.expression, flat.bound)
        if line.slot is not None:
            share = flat.fresh(f"share_{index[line.gate]}_{line.slot}")
            shares[index[line.gate]][line.slot] = share
            lines.append([share, tree])
            tree = ["+", line.target, share] if line.adds else share
        lines.append([line.target, tree])
    return lines, shares


# ── trees for the browser ────────────────────────────────────────────────────────────────────────

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
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


def as_tree(expression, bound):
    """An expression as nested lists: `["*", "z", "df"]`."""
    match expression:
        case ast.Constant(value=bool() | int() | float() as value):
            return float(value) if math.isfinite(value) else ["number", str(float(value))]
        case ast.Name(id=name):
            if name in bound:
                raise Untranslatable
            return name
        case ast.UnaryOp(op=op, operand=x):
            return [sign(op), as_tree(x, bound)]
        case ast.BinOp(left=x, op=op, right=y):
            return [sign(op), as_tree(x, bound), as_tree(y, bound)]
        case ast.BoolOp(op=op, values=parts):
            return nested(sign(op), [as_tree(part, bound) for part in parts])
        case ast.Compare(left=left, ops=ops, comparators=rest):
            trees = [as_tree(side, bound) for side in (left, *rest)]
            links = zip(ops, trees[:-1], trees[1:], strict=True)
            return nested("and", [[sign(op), x, y] for op, x, y in links])
        case ast.IfExp(test=test, body=yes, orelse=no):
            return ["if", as_tree(test, bound), as_tree(yes, bound), as_tree(no, bound)]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            known = bound.get(name)
            if isinstance(known, str) and len(arguments) == (2 if known in TWO else 1):
                return [known, *(as_tree(x, bound) for x in arguments)]
    raise Untranslatable


TWO = ("maximum", "max", "min")


def nested(operation, trees):
    """`a and b and c` as and(and(a, b), c)."""
    return functools.reduce(lambda x, y: [operation, x, y], trees)


def sign(operator):
    """The sign of an operator."""
    if type(operator) not in SIGNS:
        raise Untranslatable
    return SIGNS[type(operator)]
