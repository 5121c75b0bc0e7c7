"""A graph as straight-line code: a forward line for each gate, a backward line for each gradient.

The lines are the gates' own: this module reads the sources of `forward` and `backward`, renames x,
y and z into the graph's variables, and sets the results one below the other. What comes out is what
a person would derive by hand. The student reads it as text (`flat_code`), Python runs it
(`compile_flat`), and the browser runs the same lines (`browser_program`), so that a slider needs no
kernel.
"""

import ast
import functools
import inspect
import linecache
import math
import textwrap
from dataclasses import replace

import numpy as np

from .. import values
from ..errors import GraphError
from ..gate import Gate
from ..graph import ComputationalGraph
from .bodies import FUNCTIONS, GateBody
from .lines import Line, Untranslatable, name_of, number, simplified

# What the functions of flat code are: on Python floats, on NumPy's float64, on arrays.
ON_FLOATS = {n: known[0] for n, known in FUNCTIONS.items()}
ON_FLOATS |= {"exp": math.exp, "log": math.log, "tanh": math.tanh}
ON_FLOAT64 = {n: known[-1] for n, known in FUNCTIONS.items()}
ON_ARRAYS = {n: known[0] for n, known in FUNCTIONS.items()}
REFUSED = (ArithmeticError, ValueError, TypeError)  # what Python says to 1/0, exp(1000), log(-1)


def flat_code(graph):
    """The straight-line forward and backward code of `graph`, as text (2019 deck, "flat")."""
    return FlatCode(graph).text


def compile_flat(graph):
    """A function that runs the flat code: `step(x=1.0, …)` → `(value, {input: gradient})`.

    An output that is an array makes `upstream` a further argument. The shapes are those the graph
    has now. `step.source` is the text.
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
        self.grad_name = {
            n: self.fresh(f"d{graph.name_of(n)}") for n in graph.nodes if n.wants_grad
        }
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
        self.bound[self.value_name[node]] = node.value
        return name_of(self.value_name[node])

    def settled(self, expression):
        """`x.ndim` as a number: shapes do not change any more."""
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
        return (
            f"def step({', '.join(arguments)}):\n" + textwrap.indent("\n".join(body), "    ") + "\n"
        )

    def as_text(self, line):
        """One line of Python."""
        text = ast.unparse(line.expression)
        if line.adds and self.is_scalar:
            return f"{line.target} += {text}"
        # An array may be shared with another gradient, so it is not added to in place.
        return f"{line.target} = {line.target} + {text}" if line.adds else f"{line.target} = {text}"

    def function(self):
        """The code as a Python function."""
        step = (
            self._on_floats() if self.is_scalar else on_arrays(self._run(self._parsed(), ON_ARRAYS))
        )
        step.source = self.text
        return step

    def _on_floats(self):
        """On Python floats; where Python refuses (1/0), the same lines once more on float64."""
        if not self._may_fail():
            return self._run(self._parsed(), ON_FLOATS)
        careful, refused, pow, float64 = map(self.fresh, ("careful", "refused", "pow", "float64"))
        again = InFloat64(float64, self._kept()).visit(self._parsed())
        again = with_ieee_answers(self._run(again, {**ON_FLOAT64, float64: np.float64}))
        tree = guarded(WithPow(pow).visit(self._parsed()), careful, refused)
        return self._run(tree, {**ON_FLOATS, careful: again, refused: REFUSED, pow: math.pow})

    def _parsed(self):
        return ast.parse(self.text)

    def _run(self, tree, functions):
        known = {n: functions[t] if isinstance(t, str) else t for n, t in self.bound.items()}
        known = {**functions, **known}
        file = f"<flat code {id(self):x} of {self.graph.name_of(self.graph.output)}>"
        linecache.cache[file] = (len(self.text), None, self.text.splitlines(True), file)
        exec(compile(ast.fix_missing_locations(tree), file, "exec"), known)
        return known["step"]

    def _may_fail(self):
        """Can Python refuse one of these lines? Sums and products it never refuses."""
        risky = (ast.Div, ast.Pow, ast.Call, ast.FloorDiv, ast.Mod)
        return any(isinstance(n, risky) for line in self.lines for n in ast.walk(line.expression))

    # ── the browser's program ──

    def program(self):
        """Lines of `[name, tree]` in order, and which name holds which number of which node.

        A tree is a number, a name, or `[operation, tree, …]`. `shares[k][j]` names what gate number
        k hands to its input number j, which is what a branch shows.
        """
        index = {node: k for k, node in enumerate(self.graph.nodes)}
        shares = {index[g]: [None] * len(g.inputs) for g in self.graph.nodes if isinstance(g, Gate)}
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


def on_arrays(fast):
    """`fast` without NumPy's warnings, on values and with results in the form a node holds."""
    names = inspect.signature(fast).parameters

    @functools.wraps(fast)
    def step(*arguments, **named):
        given = {**dict(zip(names, arguments, strict=False)), **named}
        given = {name: values.tidy(np.asarray(value)) for name, value in given.items()}
        with np.errstate(all="ignore"):
            value, grads = fast(*arguments[len(names) :], **given)
            grads = {name: values.fitted(grad, given[name]) for name, grad in grads.items()}
        return values.tidy(value), grads

    return step


def with_ieee_answers(careful):
    """`careful` on float64, its results as Python floats."""

    def step(*arguments):
        with np.errstate(all="ignore"):
            value, grads = careful(*map(np.float64, arguments))
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
