"""A graph as straight-line code: one forward line for each gate, one backward line for each gradient.

The lines are the gates' own: this module reads the sources of `forward` and `backward`, renames x, y and
z into the graph's variables, and sets the results one below the other. What comes out is what a person
would derive by hand. The student reads it as text (`flat_code`), Python runs it (`compile_flat`), and the
browser runs the same lines (`browser_program`), so that a slider needs no kernel.
"""

import ast
import copy
import functools
import inspect
import linecache
import math
import textwrap
from dataclasses import dataclass, replace

import numpy as np

from . import gates, values
from .errors import GraphError
from .gate import Gate
from .graph import ComputationalGraph
from .nodes import Constant, Input

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
}
NAME_OF_FUNCTION = {id(f): name for name, known in FUNCTIONS.items() for f in known}
CAREFUL = {name: known[0] for name, known in FUNCTIONS.items()}
FAST = {**CAREFUL, "exp": math.exp, "log": math.log, "tanh": math.tanh}


class Untranslatable(Exception):
    """A gate's body has something that straight-line code has not: a loop, an `if`, an unknown call."""


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


def flat_code(graph):
    """The straight-line forward and backward code of `graph`, as text (2019 deck: "flat" backprop)."""
    return FlatCode(graph).text


def compile_flat(graph):
    """A function that runs the flat code: `step(x=1.0, …)` → `(value, {input: gradient})`.

    An output that is an array makes `upstream` a further argument. The shapes are those the graph has
    now. `step.source` is the text.
    """
    return FlatCode(graph).function()


def browser_program(graph):
    """The same lines as JSON expression trees, or None if a gate's body cannot be translated."""
    try:
        return FlatCode(graph).program()
    except Untranslatable:
        return None


class FlatCode:
    """The lines of a graph, and the three things one does with them."""

    def __init__(self, graph):
        if not isinstance(graph, ComputationalGraph):
            kind = type(graph).__name__
            raise GraphError("not_a_graph", function="flat_code", kind=kind)
        self.graph = graph
        self.is_scalar = all(type(node.value) is float for node in graph.nodes)
        self.taken = set(graph.names.values())
        self.bound = {}  # names that the text takes from outside: functions, array constants
        self.value_name = {node: graph.name_of(node) for node in graph.nodes}
        self.grad_name = {n: self.fresh(f"d{graph.name_of(n)}") for n in graph.nodes if n.wants_grad}
        self.upstream = None if values.shape(graph.output.value) == () else self.fresh("upstream")
        self.lines = self._lines()

    # ── names ──

    def fresh(self, name):
        """`name`, with underscores added until no node or other variable is called that."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def bind(self, name, thing):
        """Make `thing` known to the text, as `name` or a name near it."""
        for known, other in self.bound.items():
            if other is thing:
                return known
        name = self.fresh(name)
        self.bound[name] = thing
        return name

    # ── lines ──

    def _lines(self):
        gates_here = [n for n in self.graph.nodes if isinstance(n, Gate) and n.wants_grad]
        bodies = {gate: GateBody(self, gate) for gate in gates_here}
        forward = [line for body in bodies.values() for line in body.forward_lines()]
        backward = [self._first_gradient()] if self.graph.output.wants_grad else []
        for gate in reversed(gates_here):
            backward += bodies[gate].backward_lines()
        return simplified(forward + self._with_branches(backward), self._kept())

    def _first_gradient(self):
        start = number(1.0) if self.upstream is None else name_of(self.upstream)
        return Line(self.grad_name[self.graph.output], start, None, backward=True)

    def _with_branches(self, lines):
        """From its second line on, a gradient is added to, not overwritten."""
        seen, result = set(), []
        for line in lines:
            result.append(replace(line, adds=line.slot is not None and line.target in seen))
            seen.add(line.target)
        return result

    def _kept(self):
        return {*self.value_name.values(), *self.grad_name.values()}

    def operand(self, node):
        """How a line refers to a node: a number, or a name."""
        if node.wants_grad:
            return name_of(self.value_name[node])
        if type(node.value) is float:
            return number(node.value)
        return name_of(self.bind(self.value_name[node] + "_", node.value))

    def settled(self, expression):
        """The number of dimensions, where a line asks a node for it; shapes do not change any more."""
        name = expression.value.id if isinstance(expression.value, ast.Name) else None
        if expression.attr != "ndim" or name is None:
            return expression
        known = {self.value_name[n]: n.value for n in self.graph.nodes} | self.bound
        return ast.Constant(np.ndim(known[name])) if name in known else expression

    # ── text and function ──

    @functools.cached_property
    def text(self):
        """The code as a student reads it."""
        arguments = [*self.graph.inputs, *([self.upstream] if self.upstream else [])]
        forward = [self.as_text(line) for line in self.lines if not line.backward]
        backward = [self.as_text(line) for line in self.lines if line.backward]
        grads = ", ".join(f'"{n}": {self.grad_name[i]}' for n, i in self.graph.inputs.items())
        result = ast.unparse(self.operand(self.graph.output))
        body = ["# forward", *forward, "# backward", *backward, f"return {result}, {{{grads}}}"]
        return f"def step({', '.join(arguments)}):\n" + textwrap.indent("\n".join(body), "    ") + "\n"

    def as_text(self, line):
        """One line of Python."""
        text = ast.unparse(line.expression)
        if line.adds and self.is_scalar:
            return f"{line.target} += {text}"
        # An array may be shared with another gradient, so it is not added to in place.
        return f"{line.target} = {line.target} + {text}" if line.adds else f"{line.target} = {text}"

    def function(self):
        """The code as a Python function."""
        fast = self._run_text(FAST if self.is_scalar else CAREFUL)
        if not self.is_scalar:
            step = on_arrays(fast)
        else:
            step = with_ieee_answers(fast, self._run_text(CAREFUL)) if self._may_fail() else fast
        step.source = self.text
        return step

    def _run_text(self, functions):
        known = {n: functions[t] if isinstance(t, str) else t for n, t in self.bound.items()}
        file = f"<flat code {id(self):x} of {self.graph.name_of(self.graph.output)}>"
        linecache.cache[file] = (len(self.text), None, self.text.splitlines(True), file)
        exec(compile(self.text, file, "exec"), known)
        return known["step"]

    def _may_fail(self):
        """Can Python refuse one of these lines (1/0, exp(1000))? Sums and products it never refuses."""
        risky = (ast.Div, ast.Pow, ast.Call, ast.FloorDiv, ast.Mod)
        return any(isinstance(n, risky) for line in self.lines for n in ast.walk(line.expression))

    # ── the browser's program ──

    def program(self):
        """Lines of `[name, tree]` in order, and which name holds which number of which node.

        A tree is a number, a name, or `[operation, tree, …]`. `shares[k][j]` names what gate number k
        hands to its input number j, which is what a branch shows.
        """
        index = {node: k for k, node in enumerate(self.graph.nodes)}
        shares = {
            index[g]: [None] * len(g.inputs) for g in self.graph.nodes if isinstance(g, Gate)
        }
        if not self.is_scalar:
            raise Untranslatable
        lines = []
        for line in self.lines:
            tree = as_tree(line.expression, self.bound)
            if line.slot is not None:
                share = self.fresh(f"share_{index[line.gate]}_{line.slot}")
                shares[index[line.gate]][line.slot] = share
                lines.append([share, tree])
                tree = ["+", line.target, share] if line.adds else share
            lines.append([line.target, tree])
        return {
            "inputs": list(self.graph.inputs),
            "lines": lines,
            "values": [self._tree_of(node) for node in self.graph.nodes],
            "grads": [self.grad_name.get(node) for node in self.graph.nodes],
            "shares": {str(k): names for k, names in shares.items()},
        }

    def _tree_of(self, node):
        return as_tree(self.operand(node), {})


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
        node = self.gate.inputs[slot]
        if self.flat.is_scalar or self.called or not self._is_broadcast(slot):
            return grad
        name = self.flat.bind("unbroadcast", values.unbroadcast)
        return ast.Call(name_of(name), [grad, self.flat.operand(node)], [])

    def _is_broadcast(self, slot):
        upstream = np.ones_like(self.gate.value) if np.ndim(self.gate.value) else 1.0
        self.gate.compute()
        grads = self.gate.backward(upstream)
        grad = grads[slot] if isinstance(grads, list | tuple) else grads
        return values.shape(grad) != values.shape(self.gate.inputs[slot].value)

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
        names, statements, self.globals = body_of(method)
        if len(names) != len(arguments := list(arguments)):
            raise Untranslatable
        self.local = dict(zip(names, arguments, strict=True))
        for statement in statements:
            if isinstance(statement, ast.Return) and statement.value is not None:
                return self.visit(copy.deepcopy(statement.value))
            self._assign(statement)
        raise Untranslatable

    def _assign(self, statement):
        if is_docstring(statement):
            return
        if not isinstance(statement, ast.Assign):
            raise Untranslatable
        for target in statement.targets:
            for name, value in pairs(target, statement.value):
                self._store(name, self.visit(copy.deepcopy(value)))

    def _store(self, target, value):
        """A name for a name needs no line; anything longer gets a variable of its own."""
        is_self = isinstance(target, ast.Attribute) and is_name(target.value, "self")
        if not (is_self or isinstance(target, ast.Name)):
            raise Untranslatable
        word = target.attr if is_self else target.id
        if not is_plain(value):
            variable = self.flat.fresh(f"{self.name}_{word}")
            self.lines.append(Line(variable, value, self.gate))
            value = name_of(variable)
        (self.saved if is_self else self.local)[word] = value

    # ── renaming; called by `visit` ──

    def visit_Name(self, node):
        if node.id in self.local:
            return copy.deepcopy(self.local[node.id])
        return self._outside(node.id)

    def _outside(self, name):
        """A name from the module around the gate: a known function, a number, or a thing to bind."""
        if name not in self.globals:
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
            return copy.deepcopy(self.saved[word])
        setting = getattr(self.gate, word, None)
        if type(setting) in (int, float):
            return number(float(setting))
        if callable(setting) or setting is None:
            raise Untranslatable
        return name_of(self.flat.bind(f"{self.name}_{word}", setting))

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and is_name(node.func.value, "self"):
            if node.func.attr == "wants":
                return ast.Constant(self.gate.wants(node.args[0].value))
            raise Untranslatable
        call = self.generic_visit(node)
        if is_name(call.func) and self.flat.bound.get(call.func.id) == "where":
            return self._choice(*call.args)
        return call

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
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


def on_arrays(fast):
    """`fast` without NumPy's warnings, its results in the form a node holds."""

    @functools.wraps(fast)
    def step(*arguments, **named):
        with np.errstate(all="ignore"):
            value, grads = fast(*arguments, **named)
        return values.tidy(value), {name: values.tidy(grad) for name, grad in grads.items()}

    return step


def with_ieee_answers(fast, careful):
    """`fast`, and where Python refuses (1/0) or turns complex, the same lines on NumPy's float64."""

    @functools.wraps(fast)
    def step(*arguments, **named):
        try:
            value, grads = fast(*arguments, **named)
            if type(value) is float and complex not in map(type, grads.values()):
                return value, grads
        except (ArithmeticError, ValueError, TypeError):
            pass
        with np.errstate(all="ignore"):
            numbers = map(np.float64, arguments)
            value, grads = careful(*numbers, **{k: np.float64(v) for k, v in named.items()})
        return float(value), {name: float(grad) for name, grad in grads.items()}

    return step


class CalledGate:
    """A gate whose body cannot be read, called as it is: a twin, so that the graph's own is left alone."""

    def __init__(self, gate):
        self.gate = type(gate).__new__(type(gate))
        self.gate.__dict__.update(vars(gate))
        self.gate.inputs = ()

    def forward(self, *inputs):
        self.inputs = inputs
        return values.tidy(self.gate.forward(*inputs))

    def backward(self, dz):
        grads = self.gate.backward(dz)
        grads = grads if isinstance(grads, list | tuple) else [grads]
        return [
            None if grad is None else values.unbroadcast(values.tidy(grad), x)
            for x, grad in zip(self.inputs, grads, strict=True)
        ]


@functools.lru_cache(maxsize=256)
def body_of(method):
    """The argument names (without self), the statements, and the surroundings of a method."""
    try:
        source = textwrap.dedent(inspect.getsource(method))
        definition = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError):
        raise Untranslatable from None
    if not isinstance(definition, ast.FunctionDef) or definition.decorator_list:
        raise Untranslatable
    around = inspect.getclosurevars(method)
    known = {**around.builtins, **method.__globals__, **around.nonlocals}
    names = [argument.arg for argument in definition.args.args]
    if names[:1] != ["self"]:
        raise Untranslatable
    return names[1:], definition.body, known


# ── simplifying ──────────────────────────────────────────────────────────────────────────────────


def simplified(lines, kept):
    """Without the helper variables that are never used, used once, or only another name of a value."""
    lines = merged(lines, kept)
    changed = True
    while changed:
        uses = count_uses(lines)
        spare = {n.target: n.expression for n in lines if n.target not in kept and uses[n.target] < 2}
        spare = {k: v for k, v in spare.items() if not mentions(v, spare)}
        changed = bool(spare)
        rest = [line for line in lines if line.target not in spare]
        lines = [replace(n, expression=substituted(n.expression, spare)) for n in rest]
    return lines


def merged(lines, kept):
    """`f_z = …` followed by `f = f_z` is `f = …`."""
    same = {}
    for line in lines:
        source = line.expression.id if isinstance(line.expression, ast.Name) else None
        if source and source not in kept and line.target in kept and line.slot is None:
            same.setdefault(source, line.target)
    new = {old: name_of(name) for old, name in same.items()}
    made = {line.target for line in lines}
    new = {old: name for old, name in new.items() if old in made}
    result = []
    for line in lines:
        if is_name(line.expression) and line.expression.id in new and line.target == same[line.expression.id]:
            continue
        target = same.get(line.target, line.target) if line.target in new else line.target
        result.append(replace(line, target=target, expression=substituted(line.expression, new)))
    return result


def count_uses(lines):
    """How often each name stands on a right-hand side."""
    uses = dict.fromkeys((line.target for line in lines), 0)
    for line in lines:
        for part in ast.walk(line.expression):
            if isinstance(part, ast.Name) and part.id in uses:
                uses[part.id] += 1
    return uses


def mentions(expression, names):
    """Does the expression use one of the names?"""
    return any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(expression))


def substituted(expression, new):
    """The expression with some names replaced by expressions."""

    class Substitute(ast.NodeTransformer):
        def visit_Name(self, node):
            return copy.deepcopy(new[node.id]) if node.id in new else node

    return Substitute().visit(copy.deepcopy(expression)) if new else expression


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


def is_plain(expression):
    """A name or a number: short enough to stand wherever it is used."""
    return is_name(expression) or is_number(expression)


def is_docstring(statement):
    """A text that stands alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def pairs(target, value):
    """`a, b = c, d` as a = c and b = d. The right sides are read before the left sides change."""
    if isinstance(target, ast.Tuple | ast.List):
        if not isinstance(value, ast.Tuple | ast.List) or len(target.elts) != len(value.elts):
            raise Untranslatable
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


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
