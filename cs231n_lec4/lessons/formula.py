"""A formula typed by a student → a graph: `parse("(x + y) * z", x=-2, y=5, z=-4)`.

Python reads the text into a syntax tree; this module allows a short list of what may stand in it,
and builds our own nodes. The text is never run.
"""

import ast
import keyword
import math
import operator
import re
import unicodedata
from functools import partial, reduce

from .. import words
from ..engine.gate import Gate
from ..engine.graph import ComputationalGraph
from ..engine.node import GATES, Constant, Input, Node
from ..guidance.errors import GraphError, one_of

LONGEST, MOST_PARTS, DEEPEST = 200, 100, 30

OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
}

# The functions a formula may use: the gates that have no sign of their own and want no labels.
SIGNS = ("add", "subtract", "multiply", "divide", "power", "mat_mul", "reshape", "pick")
FUNCTIONS = {
    name: gate for name, gate in GATES.items() if name not in SIGNS and not hasattr(gate, "labels")
}
FUNCTIONS["maximum"] = FUNCTIONS["max"]

DASHES = ["−", *map(chr, range(0x2010, 0x2016))]  # those that a box takes for a minus, too
SAME_SIGN = str.maketrans(
    dict.fromkeys("×✕·⋅∗∙", "*") | dict.fromkeys(DASHES, "-") | {"÷": "/", "、": ","}
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def parse(formula, /, **numbers):
    """The graph of a formula. Every name in it needs a number or an array.

    Allowed: numbers, names, + - * / ** @, brackets, and every other gate as a function: exp(x),
    max(x, y), leaky_relu(x), squared_norm(x), … (FUNCTIONS has them all), sum(x, axis=0), x.T. At
    most 200 characters, 100 parts, 30 levels. A name in front, `f = x * y`, is that of the output.
    Raises GraphError with what to write instead. Not in the lecture.
    """
    left, text = parted(checked_text(formula))
    refuse_notation(text, numbers)
    builder = Builder(text, numbers)
    output = builder.build(tree_of(text))
    for name in numbers:
        if name not in builder.inputs:
            raise GraphError("formula_extra_value", name=name, formula=text)
    if not builder.inputs:
        raise GraphError("formula_without_names", formula=text)
    return ComputationalGraph(output.named(left) if left and isinstance(output, Gate) else output)


def parted(text):
    """The name on the left of a = ("" without one), and the formula."""
    return re.fullmatch(r"(?:([^\W\d]\w*)\s*=(?!=)\s*)?(.*)", text).groups(default="")


def checked_text(formula):
    """The text, with × · − ² and full-width signs as Python writes them; short, on one line."""
    if not isinstance(formula, str):
        raise GraphError("formula_is_not_text", kind=type(formula).__name__)
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+", lambda m: "**" + m[0].translate(RAISED), formula.strip())
    text = unicodedata.normalize("NFKC", text.translate(SAME_SIGN)).translate(SAME_SIGN)
    if not text:
        raise GraphError("formula_is_empty")
    if len(text) > LONGEST:
        raise GraphError("formula_too_long", count=len(text), most=LONGEST)
    for character in text:
        is_seen = unicodedata.category(character) != "Cf"
        if not (" " <= character <= "~" or (is_seen and f"_{character}".isidentifier())):
            number = f"U+{ord(character):04X}"
            raise GraphError("formula_character", character=repr(character), number=number)
    return text


# ── the lecture's own notation, and other things that people write ───────────────────────────────

NUMBER = r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?![\d.])(?![eE][+-]?\d)"
REFUSED = [  # a code, and a pattern that only this kind of text has
    ("formula_quotes", r"[\"'`]"),
    ("formula_compares", r"[<>]|[=!]=|!"),
    ("formula_equals", r"(?<!,axis)(?<!, axis)(?<!, axis )=|[:;]"),
    ("formula_caret", r"\^"),
    ("formula_index", r"[\[\]{}]"),
    ("formula_attribute", r"(?:[^\W\d]|\))\w*\s*\.(?!T\b)|\.\s*(?![eE][+-]?\d|T\b)[^\W\d]"),
    ("formula_sign", r"//|%|&|\||~|#|\$|\?|\\"),
]


def refuse_notation(text, numbers):
    """Say what to write instead of f(x) = …, x^2, 2x, (x+y)z."""
    for word in re.findall(r"[^\W\d]\w*", text):
        if keyword.iskeyword(word):
            raise GraphError("formula_word", word=word)
    for code, pattern in REFUSED:
        if re.search(pattern, text):
            raise GraphError(code, formula=text, instead=suggested(text, numbers))
    for name in FUNCTIONS:
        if name not in numbers and re.search(rf"\b{name}\s+\w", text):  # exp x
            raise without_brackets(name)
    starred = with_times(text, numbers)
    if starred != text:
        raise GraphError("formula_times", formula=text, instead=starred)


def suggested(text, numbers):
    """The formula with ** for ^, and exp for a power of e. It is tried before it is given."""
    if "^" not in text:
        return text
    text = with_times(text.replace("^", "**"), numbers)
    if "e" not in numbers:
        text = re.sub(r"\be\s*\*\*\s*(\w+|-\w+)", r"exp(\1)", text)
        text = re.sub(r"\be\s*\*\*\s*(?=\()", "exp", text)
    Builder(text, numbers).build(tree_of(text))  # what it says is the next thing to mend
    return text


def with_times(text, numbers):
    """The formula with a * wherever two things stand side by side."""
    text = re.sub(r"[^\W\d]\w*", lambda m: apart(m[0], numbers), text)
    text = re.sub(rf"({NUMBER})\s*(?=[^\W\d]|\()", r"\1*", text)
    text = re.sub(r"\)\s*(?=[\w(])", ")*", text)
    text = re.sub(r"(?<=\w)\s+(?=\w)", "*", text)
    return re.sub(r"\b([^\W\d]\w*)\s*(?=\()", lambda m: called(m[1], numbers), text)


def apart(word, numbers):
    """`w0x0` is `w0*x0` if these two were given, and the word was not."""
    if word in numbers or word in FUNCTIONS:
        return word
    given = sorted(filter(None, numbers), key=len, reverse=True)
    parts = re.findall("|".join(map(re.escape, given)), word) if given else []
    return "*".join(parts) if len(parts) > 1 and "".join(parts) == word else word


def without_brackets(name):
    """The error for a function that stands alone, or beside what it works on: exp x."""
    inputs = ", ".join("xy"[: FUNCTIONS[name].takes])
    return GraphError("formula_function_name", name=name, inputs=inputs)


def called(name, numbers):
    """`x(` is a product if x is a number that was given, else a call."""
    return f"{name}*" if name in numbers and name not in FUNCTIONS else name


# ── from the text to nodes ───────────────────────────────────────────────────────────────────────


def tree_of(text):
    """The syntax tree, small enough to walk."""
    if nesting(text) > DEEPEST:
        raise GraphError("formula_too_deep", most=DEEPEST)
    try:
        tree = ast.parse(text, filename="<formula>", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise GraphError("formula_unclear", formula=text) from None
    parts = sum(isinstance(part, ast.expr) for part in ast.walk(tree))
    if parts > MOST_PARTS:
        raise GraphError("formula_too_many_parts", count=parts, most=MOST_PARTS)
    return tree


def nesting(text):
    """How deep the brackets go."""
    deepest = level = 0
    for character in text:
        level += (character == "(") - (character == ")")
        deepest = max(deepest, level)
    return deepest


class Builder:
    """Builds nodes from a syntax tree. What it does not know, it refuses."""

    def __init__(self, text, numbers):
        self.text, self.numbers, self.inputs = text, numbers, {}

    def build(self, tree):
        """The node of the whole formula."""
        return as_node(self.visit(tree, 0))

    def visit(self, part, depth):
        """A node, or a float for a plain number."""
        if depth > DEEPEST:
            raise GraphError("formula_too_deep", most=DEEPEST)
        match part:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self.number(value)
            case ast.Name(id=name):
                return self.input(name)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=x):
                x = self.visit(x, depth + 1)
                return -x if isinstance(sign, ast.USub) else x
            case ast.BinOp(left=x, op=sign, right=y) if type(sign) in OPERATIONS:
                return self.apply(OPERATIONS[type(sign)], [x, y], depth)
            case ast.Attribute(value=x, attr="T"):
                return self.apply(GATES["transpose"], [x], depth)
            case ast.Call(func=ast.Name(id=name), args=inputs, keywords=[]):
                return self.call(name, inputs, depth)
            case ast.Call(func=ast.Name(id=name), args=[x], keywords=[ast.keyword("axis", axis)]):
                return self.call_along(name, x, axis, depth)
        raise GraphError("formula_part", formula=self.text)

    def number(self, value):
        """A plain number, if a float can hold it."""
        if not math.isfinite(value):
            raise GraphError("formula_number", formula=self.text)
        return float(value)

    def input(self, name):
        """The input of this name; the same one wherever the name stands again."""
        if self.numbers.get(name) is None:
            if name in FUNCTIONS:
                raise without_brackets(name)
            raise GraphError("formula_e" if name == "e" else "formula_needs_value", name=name)
        if name not in self.inputs:
            self.inputs[name] = Input(self.numbers[name], name)
        return self.inputs[name]

    def call(self, name, inputs, depth):
        """A function on its inputs."""
        one_of(FUNCTIONS, name, "formula_unknown_function", name=name)
        gate = FUNCTIONS[name]
        if len(inputs) != gate.takes:
            facts = {"expected": words.count(gate.takes, "input"), "count": len(inputs)}
            facts["instead"] = self.fitting(name, inputs)
            raise GraphError("formula_inputs", name=name, **facts)
        return self.apply(gate, inputs, depth)

    def fitting(self, name, inputs):
        """The call with as many inputs as it takes: max(max(x, y), z) for three."""
        texts = [ast.get_source_segment(self.text, x) for x in inputs]
        if (takes := FUNCTIONS[name].takes) == 2 < len(texts):
            return reduce(lambda x, y: f"{name}({x}, {y})", texts)
        return f"{name}({', '.join('xy'[:takes])})"

    def call_along(self, name, x, axis, depth):
        """A gate with the setting `axis`: a whole number, or several in brackets."""
        gate = FUNCTIONS.get(name)
        text = ast.unparse(axis)
        if not hasattr(gate, "axis") or not re.fullmatch(r"-?\d+|\((-?\d+, ?)*(-?\d+)?\)", text):
            raise GraphError("formula_part", formula=self.text)
        return self.apply(partial(gate, axis=ast.literal_eval(text)), [x], depth)

    def apply(self, function, inputs, depth):
        """A gate. A plain number meets it as a number, so that `2 * x` shows one gate, not two."""
        inputs = [self.visit(x, depth + 1) for x in inputs]
        if not any(isinstance(x, Node) for x in inputs):
            inputs[0] = Constant(inputs[0])
        return function(*inputs)


def as_node(x):
    """A formula may be a single number; then it is a constant."""
    return x if isinstance(x, Node) else Constant(x)
