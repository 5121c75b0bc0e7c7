"""A gate's `forward` and `backward`, read from source and renamed into a graph's variables."""

import ast
import copy
import inspect
import math
import operator
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from ..engine import arrays, gates, values
from ..guidance import sources
from ..guidance.refusals import checked_answers, index_text
from .lines import (
    Line,
    Untranslatable,
    as_number,
    copied,
    is_docstring,
    is_name,
    is_no_axis,
    is_none,
    is_number,
    is_plain,
    name_of,
    number,
)

# Functions that flat code knows by one name, whatever a gate's author called them.
FUNCTIONS = {
    "exp": (values.exp, gates.exp, np.exp),
    "log": (values.log, gates.log, np.log),
    "tanh": (values.tanh, gates.tanh, np.tanh),
    "maximum": (values.maximum, gates.maximum, np.maximum),
    "where": (values.where, np.where),
    "sigmoid": (gates.sigmoid,),
    "sqrt": (np.sqrt,),
    "abs": (abs, np.abs),
    "max": (max,),
    "min": (min,),
    "len": (len,),
    "outer": (values.outer,),
    "unbroadcast": (values.unbroadcast,),
    "right_classes": (arrays.right_classes,),
    "repeated": (values.repeated,),
    "count": (values.count,),
    "placed": (values.placed,),
    "batch_dx": (values.batch_dx,),
    "batch_dy": (values.batch_dy,),
}
NAME_OF_FUNCTION = {id(f): name for name, known in FUNCTIONS.items() for f in known}


class GateBody(ast.NodeTransformer):
    """The two bodies of one gate, renamed into the graph's variables."""

    def __init__(self, flat, gate):
        self.flat, self.gate = flat, gate
        self.saved = {}  # what forward stored in self, as expressions
        self.local = {}
        self.called = None  # the name of the gate itself, if its body cannot be read
        self.lines = []
        self.name = flat.value_name[gate]

    def forward_lines(self):
        """The lines that compute this gate's value."""
        try:
            result = self._run(type(self.gate).forward, map(self.flat.operand, self.gate.inputs))
            forward = [*self.lines, Line(self.name, result, self.gate)]
            self.backward = self._read_backward()
        except Untranslatable:
            return self._call_forward()
        return forward

    def backward_lines(self):
        """One line for each input that wants a gradient."""
        return self._call_backward() if self.called else self.backward

    def _read_backward(self):
        self.lines = []
        upstream = name_of(self.flat.grad_name[self.gate])
        result = self._run(type(self.gate).backward, [upstream])
        grads = result.elts if isinstance(result, ast.List | ast.Tuple) else [result]
        if len(grads) != len(self.gate.inputs):
            raise Untranslatable
        return [replace(line, backward=True) for line in self.lines] + self._hand_down(grads)

    def _hand_down(self, grads):
        return [
            Line(
                self.flat.grad_name[node], self._fitted(grad, slot), self.gate, slot, backward=True
            )
            for slot, (node, grad) in enumerate(zip(self.gate.inputs, grads, strict=True))
            if node.wants_grad
        ]

    def _fitted(self, grad, slot):
        """Where broadcasting repeated an input, its gradient is summed back."""
        node, gate = self.gate.inputs[slot], self.gate
        are_floats = self.flat.is_scalar and (gate.is_plain or not gate.is_ours)
        if are_floats or self.called or not self._is_broadcast(slot):
            return grad
        name = self.flat.bind("unbroadcast", "unbroadcast")
        return ast.Call(name_of(name), [grad, self.flat.operand(node)], [])

    def _is_broadcast(self, slot):
        gate, expected = self.gate, values.shape(self.gate.inputs[slot].value)
        upstream = np.ones_like(gate.value) if np.ndim(gate.value) else 1.0
        try:
            with np.errstate(all="ignore"):
                gate.compute()
                grads = gate.backward(upstream)
        except (ArithmeticError, ValueError):  # 1/0 on a float: then the shape decides
            return values.shape(gate.value) != expected
        grad = grads[slot] if isinstance(grads, list | tuple) else grads
        return values.shape(grad) != expected

    # ── a body whose lines cannot be read is called as it is ──

    def _call_forward(self):
        self.called = self.flat.bind(f"{self.name}_gate", CalledGate(self.gate))
        return [self._call("forward", self.name, map(self.flat.operand, self.gate.inputs))]

    def _call_backward(self):
        grads = self.flat.fresh(f"d{self.name}_inputs")
        call = self._call("backward", grads, [name_of(self.flat.grad_name[self.gate])])
        slots = range(len(self.gate.inputs))
        parts = [ast.Subscript(name_of(grads), ast.Constant(k)) for k in slots]
        return [replace(call, backward=True), *self._hand_down(parts)]

    def _call(self, method, target, arguments):
        called = ast.Attribute(name_of(self.called), method, ast.Load())
        return Line(target, ast.Call(called, list(arguments), []), self.gate)

    # ── reading a body ──

    def _run(self, method, arguments):
        names, statements, self.globals = body_of(inspect.unwrap(method))
        if len(names) != len(arguments := list(arguments)):
            raise Untranslatable
        self.local = dict(zip(names, arguments, strict=True))
        for statement in self._taken(statements):
            if isinstance(statement, ast.Return) and statement.value is not None:
                return self.visit(statement.value)
            self._assign(statement)
        raise Untranslatable

    def _taken(self, statements):
        """The statements that run; of an `if self.wants(0)` only one side does."""
        for statement in statements:
            if isinstance(statement, ast.If):
                test = self.visit(statement.test)
                if not isinstance(test, ast.Constant):
                    raise Untranslatable
                yield from self._taken(statement.body if test.value else statement.orelse)
            else:
                yield statement

    def _assign(self, statement):
        if is_docstring(statement):
            return
        if not isinstance(statement, ast.Assign):
            raise Untranslatable
        for target in statement.targets:
            for name, value in pairs(target, statement.value):
                self._store(name, self.visit(value))

    def _store(self, target, value):
        """A name for a name needs no line; anything longer gets a variable of its own."""
        is_self = isinstance(target, ast.Attribute) and is_name(target.value, "self")
        if not (is_self or isinstance(target, ast.Name)):
            raise Untranslatable
        word = target.attr if is_self else target.id
        if not is_plain(value) and not is_none(value):
            variable = self.flat.fresh(f"{self.name}_{word}")
            self.lines.append(Line(variable, value, self.gate))
            value = name_of(variable)
        (self.saved if is_self else self.local)[word] = value

    # ── renaming; called by `visit` ──

    def visit_Name(self, node):
        if node.id in self.local:
            return copied(self.local[node.id])
        return self._outside(node.id)

    def _outside(self, name):
        """A name from around the gate: a known function, a number, or a thing to bind."""
        if name not in self.globals or name == "super":  # super() works inside its class only
            raise Untranslatable
        thing = self.globals[name]
        if type(thing) in (int, float):
            return number(float(thing))
        known = NAME_OF_FUNCTION.get(id(thing))
        return name_of(self.flat.bind(known, known) if known else self.flat.bind(name, thing))

    def visit_Attribute(self, node):
        if is_name(node.value, "self"):
            return self._of_self(node.attr)
        if isinstance(node.value, ast.Name) and node.value.id not in self.local:
            thing = getattr(self.globals.get(node.value.id), node.attr, None)
            known = NAME_OF_FUNCTION.get(id(thing))
            if known:  # np.exp is exp
                return name_of(self.flat.bind(known, known))
        return self.flat.settled(ast.Attribute(self.visit(node.value), node.attr, node.ctx))

    def _of_self(self, word):
        if word in self.saved:
            return copied(self.saved[word])
        setting = getattr(self.gate, word, Untranslatable)
        if callable(setting) or (setting is None and word in self._words_stored()):
            raise Untranslatable
        if type(setting) is float:
            return number(setting)
        if is_written_out(setting):
            return ast.parse(repr(setting), mode="eval").body
        return name_of(self.flat.bind(f"{self.name}_{word}", setting))

    def _words_stored(self):
        methods = (type(self.gate).forward, type(self.gate).backward)
        return frozenset().union(*(sources.saved_by(inspect.unwrap(m)) for m in methods))

    def visit_Subscript(self, node):
        """x[self.index] as a person writes it: x[:, 1]."""
        index = node.slice
        if isinstance(index, ast.Attribute) and is_name(index.value, "self"):
            index = getattr(self.gate, index.attr, None)
            if np.ndim(self.gate.inputs[0].value) == 0:
                raise Untranslatable  # only NumPy's numbers can be indexed
            if is_index(index):
                text = ast.parse(f"x{index_text(index, math.inf)}", mode="eval").body
                return ast.Subscript(self.visit(node.value), text.slice, ast.Load())
        return self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and is_name(node.func.value, "self"):
            if node.func.attr == "wants":
                return ast.Constant(self.gate.wants(node.args[0].value))
            raise Untranslatable
        if is_name(node.func) and self.globals.get(node.func.id) is checked_answers:
            return self._labels()
        call = self.generic_visit(node)
        call.keywords = [k for k in call.keywords if not is_no_axis(k)]
        if is_name(call.func) and self.flat.bound.get(call.func.id) == "where":
            return self._choice(*call.args)
        return call

    def _labels(self):
        """Labels that were checked when the graph was made."""
        y = self.gate.y
        is_number = type(y) is float
        return number(y) if is_number else name_of(self.flat.bind(f"{self.name}_labels", y))

    def _choice(self, condition, yes, no):
        if isinstance(condition, ast.Constant):
            return yes if condition.value else no
        if self.flat.is_scalar:
            return ast.IfExp(condition, yes, no)
        where = self.flat.bind("where", "where")
        return ast.Call(name_of(where), [condition, yes, no], [])

    def visit_IfExp(self, node):
        test = self.visit(node.test)
        if isinstance(test, ast.Constant):
            return self.visit(node.body if test.value else node.orelse)
        return ast.IfExp(test, self.visit(node.body), self.visit(node.orelse))

    def visit_Compare(self, node):
        node = self.generic_visit(node)
        sides = [node.left, *node.comparators]
        if len(sides) == 2 and all(is_number(side) for side in sides):
            compare = COMPARE[type(node.ops[0])]
            return ast.Constant(compare(as_number(sides[0]), as_number(sides[1])))
        return node

    def visit_BinOp(self, node):
        node = self.generic_visit(node)
        if isinstance(node.op, ast.Sub) and is_number(node.left) and is_number(node.right):
            return number(as_number(node.left) - as_number(node.right))
        if isinstance(node.op, ast.Pow) and is_number(node.right) and as_number(node.right) == 1.0:
            return node.left  # x ** 1.0: a person writes x
        return node

    def visit_Lambda(self, node):
        raise Untranslatable

    visit_ListComp = visit_GeneratorExp = visit_NamedExpr = visit_Await = visit_Lambda


COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def is_written_out(setting):
    """A whole number, None, or a tuple or list of them: short enough to stand in a line."""
    if isinstance(setting, tuple | list):
        return len(setting) <= 8 and all(map(is_written_out, setting))
    return setting is None or type(setting) is int


def is_index(setting):
    """An index that can stand in a line: no array is in it."""
    parts = setting if isinstance(setting, tuple) else (setting,)
    return all(p is ... or isinstance(p, slice) or is_written_out(p) for p in parts)


class CalledGate:
    """A twin of a gate whose body cannot be read. It is called, and the graph's own left alone."""

    def __init__(self, gate):
        self.gate = copy.copy(gate)
        known = [{"name": x.name, "wants_grad": x.wants_grad} for x in gate.inputs]
        self.gate.inputs = tuple(SimpleNamespace(**facts) for facts in known)

    def forward(self, *numbers):
        for node, value in zip(self.gate.inputs, numbers, strict=True):
            node.value = value
        self.gate.compute()
        return self.gate.value

    def backward(self, dz):
        self.gate.grad = dz
        return self.gate.downstream()


def body_of(method):
    """The argument names (without self), the statements, to be changed, and the surroundings of a
    method."""
    definition = sources.definition_of(method)
    names = [argument.arg for argument in definition.args.args] if definition else []
    if names[:1] != ["self"]:
        raise Untranslatable
    return names[1:], copied(definition.body), sources.around(method)


def pairs(target, value):
    """`a, b = c, d` as a = c and b = d. The right sides are read before the left sides change."""
    if isinstance(target, ast.Tuple | ast.List):
        if not isinstance(value, ast.Tuple | ast.List) or len(target.elts) != len(value.elts):
            raise Untranslatable
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]
