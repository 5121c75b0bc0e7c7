"""Formulas that must be refused, and formulas that must equal Python's own value."""

# ruff: noqa: SIM905 (long lists of odd texts)

import itertools
import random

from cs231n_lec4.lessons.formula import FUNCTIONS

BUILTINS = """eval exec open compile __import__ getattr setattr delattr globals locals vars dir input
print exit quit help breakpoint type super object memoryview bytes chr id iter next map filter""".split()
ARGUMENTS = ["x", "1", "'os'", "x, y", "*x", "**x", "x=1", "()"]
ATTRIBUTES = """__class__ __bases__ __mro__ __subclasses__() __globals__ __code__ __dict__ __init__
value grad inputs name real imag __doc__ __reduce__() __class__.__base__""".split()
OWNERS = ["x", "(x)", "(x+y)", "exp", "()", "1.0", "sum(x)"]
LITERALS = """'a'|"a"|b'a'|f"{x}"|[]|[x]|(x,)|{}|{x}|{x: y}|None|True|False|...|1j|2j*x|x+1j|0x10*x|0b1*x
|1_000*x|'x'*9|[x]*9|x[0]|x[:]|x[0:1]|x[()]|(x,y)|x,|*x|*x,y|not x|~x|x and y|x or y|x < y|x == y|x != y
|x is y|x in y|x not in y|x if y else x|lambda: x|lambda x: x|(lambda: x)()|[x for x in y]|{x for x in y}
|(x for x in y)|{x: y for x in y}|x := 1|(x := 1)|x = 1|f(x) = x|f(x)=x+y|x += 1|x; y|x: int|await x
|yield x|(yield)|(yield from x)|import os|from os import x|del x|assert x|return x|pass|raise x|global x
|while x: y|for x in y: x|def f(): x|class X: y|with x: y|try: x|x % y|x // y|x & y|x ^ y|x^2|x << 2
|x >> y|2x|2 x|2(x)|(x)(y)|(x+y)z|(x+y)(x-y)|x y|x(y)|x(y+1)|exp|exp + x|exp(exp)|exp()|exp(x, y)
|max(x)|max(x, y, x)|sum(x, y)|max(x, *y)|exp(x)(y)|exp x|w|x+w
|e|e**x|π|x*π|pi*x|0,5*x|x*0,5|x # comment|x \\ y|x ? y|x!|$x|@x|x@|`x`|x||x|**x|x**|*|/|+|-|()|(x|x)
|((x)|x*/y|x//|x..y|.x|x.|1.x|1e400*x|1e999|1e5x|--|x--|x++|x + + |1|2+3|exp(1)|9**9**9|x\x00y|x\ny|x\ty
|ｘ＋＝y|ℯxp(x)|x²|½x|x₀|“x”|x – |…|\ud800|x\u202ey|x\u200by|#|\\|\\x41|{{x}}|%s|{x!r}|x if|if x|else""".split(
    "|"
)


def hostile():
    """At least 300 different texts."""
    calls = [f"{f}({a})" for f, a in itertools.product(BUILTINS, ARGUMENTS)]
    attributes = [f"{o}.{a}" for o, a in itertools.product(OWNERS, ATTRIBUTES)]
    sizes = ["(" * 31 + "x" + ")" * 31, "-" * 40 + "x", "x+" * 99 + "x", "x" * 201, "(" * 199]
    sizes += ["exp(" * 32 + "x" + ")" * 32, "x**" * 40 + "x", " ", "", "+".join(["x"] * 60)]
    names = [f"__{name}__" for name in ("builtins", "import", "class", "name", "file", "debug")]
    unknown = [f"{f}(x)" for f in ("sin", "sqrt", "abs", "pow", "min") if f not in FUNCTIONS]
    return list(dict.fromkeys([*calls, *unknown, *attributes, *LITERALS, *sizes, *names]))


LECTURE = [
    "(x + y) * z",
    "1/(1+exp(-(x*y + z*x + y)))",
    "x*y + max(z, x)",
    "2*(x*y + max(z, y))",
    "sigmoid(x*y + z)",
    "tanh(x) * relu(y) + relu(z)",
    "(x + y) * (y + 1)",
    "-x ** 2",
    "(-x) ** 2",
    "2 ** -y",
    "x - y - z",
    "x / y / z",
    "x ** 2 ** 0.5",
    "+x",
    "--x",
    "1/x",
    "reciprocal(x)",
    "log(x*x + 1)",
    "leaky_relu(z)",
    "elu(z)",
    "maximum(x, max(y, z))",
    ".5*x + 1.e-3*y + 1E2*z",
    "3 + 4 * 2 - x",
    "(1 + 2) / (3 * 4) * x",
    "exp(1) * x",
    "x×y − z ÷ 2",
    "2·x",
]


def random_formula(rng, depth=3):
    """A formula in x, y and z that every number near 1 can go through."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(["x", "y", "z", "x", "y", "z", "2", "0.5", "1.25"])
    a, b = random_formula(rng, depth - 1), random_formula(rng, depth - 1)
    shapes = [f"{a} + {b}", f"({a} - {b})", f"({a}) * ({b})", f"({a}) / (({b})**2 + 1)", f"-({a})"]
    shapes += [f"sigmoid({a})", f"tanh({a} * {b})", f"max({a}, {b})", f"relu({a})"]
    return rng.choice([*shapes, f"(({a})**2 + 1)**0.5"])


def good(count=150):
    """The lecture's formulas, and random ones that use at least one name."""
    rng = random.Random(4)
    found = list(LECTURE)
    while len(found) < count:
        formula = random_formula(rng)
        if len(formula) <= 180 and any(name in formula for name in ("x", "y", "z")):
            found.append(formula)
    return found
