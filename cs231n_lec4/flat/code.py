"""A graph as straight-line code: a forward line for each gate, a backward line for each gradient.

The lines are the gates' own: the sources of `forward` and `backward`, with x, y and z renamed into
the graph's variables, one below the other. What comes out is what a person would derive by hand.
"""

import ast
import functools
import textwrap
from dataclasses import replace

import numpy as np

from .. import words
from ..engine import values
from ..engine.gate import Gate
from ..guidance.refusals import graph_expected
from .bodies import GateBody
from .lines import Line, name_of, number, simplified


def flat_code(graph):
    """The straight-line forward and backward code of `graph`, as text (2019 deck, "flat").

    Raises GraphError for what is no graph.
    """
    return FlatCode(graph).text


class FlatCode:
    """The lines of a graph, and their text."""

    def __init__(self, graph):
        self.graph = graph_expected(graph, "flat_code")
        self.is_scalar = all(type(node.value) is float for node in graph.nodes)
        self.taken = set(graph.names.values())
        self.bound = {}  # names that the text takes from outside: functions, array constants
        self.value_name = graph.names
        self.grad_name = {n: self.fresh(f"d{graph.names[n]}") for n in graph.nodes if n.wants_grad}
        self.upstream = None if values.shape(graph.output.value) == () else self.fresh("upstream")
        self.kept = {*self.value_name.values(), *self.grad_name.values()}
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
        return simplified(forward + self._with_branches(backward), self.kept)

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

    # ── text ──

    @functools.cached_property
    def text(self):
        """The code as a student reads it."""
        arguments = [*self.graph.inputs, *([self.upstream] if self.upstream else [])]
        forward = [self.as_text(line) for line in self.lines if not line.backward]
        backward = [self.as_text(line) for line in self.lines if line.backward]
        grads = ", ".join(f'"{n}": {self.grad_name[i]}' for n, i in self.graph.inputs.items())
        result = ast.unparse(self.operand(self.graph.output))
        there, back = words.VIEW["pass_forward"], words.VIEW["pass_backward"]
        body = [there, *forward, back, *backward, f"return {result}, {{{grads}}}"]
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
