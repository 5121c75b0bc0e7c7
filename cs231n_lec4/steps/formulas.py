"""A row of a step, written once: as a sentence and as a formula, with holes for its numbers.

A hole is `{"tree": …, "in": …}`: whose number, and what stands around it (a product wants brackets
round a negative number, a base also round 9e−5). `text` in place of `tree` is a number that never
changes. A sentence is a list of texts and holes. A formula is a list of cells, each MathML as
`[tag, *children]`, with four tags of our own: `brackets`, `role`, `tint` and `aside`. The browser
(`formula.js`) and `filled` put the numbers in.
"""

import itertools
import re
from collections import namedtuple
from string import Formatter

from .. import words
from ..words.digits import DIGITS, as_given, number

# ── holes ────────────────────────────────────────────────────────────────────────────────────────

PRODUCT, BASE, ALONE = 2, 5, 9  # how tightly the surroundings bind


def hole(tree, binds=0):
    """A place for the number of a tree."""
    return {"tree": tree, **surroundings(binds)}


def given(value, binds=0):
    """A number that never changes, as it was given."""
    return {"text": as_given(value), **surroundings(binds)}


def surroundings(binds):
    """What a hole says of its place."""
    return {"in": "base" if binds == BASE else "product"} if binds else {}


def filled(sentence, look, digits=DIGITS):
    """A sentence with its numbers as text; `look(tree)` finds a number."""
    return "".join(
        part if isinstance(part, str) else hole_text(part, look, digits) for part in sentence
    )


def hole_text(hole, look, digits):
    """The number of a hole, in brackets where its place wants them."""
    text = hole["text"] if "text" in hole else number(look(hole["tree"]), digits)
    place = hole.get("in")
    is_odd = text.startswith("−") or (place == "base" and "e" in text)
    return f"({text})" if place and is_odd else text


# ── a tree, in a line of text or stacked as MathML ───────────────────────────────────────────────

SIGNS = {"+": "+", "-": "−", "*": "·", "/": "/", "**": "^"}


def in_line(operation, parts):
    """An operation as text: `x + y`; its parts are lists of texts and holes."""
    if operation == "neg":
        return ["−", *parts[0]]
    if operation in SIGNS:
        text = SIGNS[operation]
        return between(text if operation == "**" else f" {text} ", *parts)
    return [f"{operation}(", *between(", ", *parts), ")"]


def stacked(operation, parts):
    """An operation as MathML, fractions and powers as on paper."""
    match operation:
        case "neg":
            return ["mrow", sign("−"), *parts]
        case "/":
            return ["mfrac", *parts]
        case "**":
            return ["msup", *parts]
        case "exp":
            return ["msup", ["mi", "e"], *parts]
        case "+" | "-" | "*":
            return ["mrow", *with_sign(SIGNS[operation], *parts)]
    return ["mrow", ["mi", operation], ["brackets", ["mrow", *with_sign(",", *parts)]]]


# How tightly an operation binds, and how tightly it holds each of its parts.
BINDS = {"+": (1, 1, 1), "-": (1, 1, 2), "*": (2, 2, 2), "neg": (0, 3)}
BINDS |= {"/": (2, 2, 3), "**": (4, BASE, BASE)}
Style = namedtuple("Style", "binds joined bracketed leaf")
IN_LINE = Style(BINDS, in_line, lambda x: ["(", *x, ")"], lambda x: [x])
STACKED = Style(
    BINDS | {"/": (ALONE, 0, 0), "**": (4, BASE, 0)},
    stacked,
    lambda x: ["brackets", x],
    lambda x: name_math(x) if isinstance(x, str) else x,
)


def written(tree, style, leaf, binds=0):
    """A tree in a style; `leaf(tree, binds)` gives a name or a hole. `binds`: how tightly the
    surroundings hold it, which decides about brackets."""
    if not isinstance(tree, list) or tree[0] == "number":
        return style.leaf(leaf(tree, binds))
    operation, *parts = tree[1:] if tree[0] == "call" else tree
    own, *inner = style.binds.get(operation, (ALONE, *[0] * len(parts)))
    inside = [written(part, style, leaf, hold) for part, hold in zip(parts, inner, strict=True)]
    whole = style.joined(operation, inside)
    return style.bracketed(whole) if own < binds else whole


def named(tree, binds):
    """A name stays a name; a plain number is written as it was given."""
    if isinstance(tree, str):
        return tree
    return given(float(tree[1] if isinstance(tree, list) else tree), binds)


def both_ways(tree, style):
    """A tree with its names, and with their numbers."""
    return [written(tree, style, leaf) for leaf in (named, hole)]


def between(separator, *parts):
    """Lists as one, with a separator between them."""
    return [item for part in parts for item in (separator, *part)][1:]


# ── MathML ───────────────────────────────────────────────────────────────────────────────────────


def sign(text):
    """An operator."""
    return ["mo", text]


def with_sign(text, *parts):
    """The parts with an operator between them."""
    return between(sign(text), *([part] for part in parts))


def equation(*sides):
    """The cells of one row: sides with = between them."""
    return with_sign("=", *sides)


def name_math(name):
    """w0 as w with a small 0."""
    word, digits = re.fullmatch(r"(.*?)([0-9]*)", name).groups()
    return ["msub", ["mi", word], ["mn", digits]] if word and digits else ["mi", name]


def gradient(of, to):
    """∂f/∂x: the gradient of f with respect to x."""
    return ["mfrac", *(["mrow", sign("∂"), name_math(name)] for name in (of, to))]


def with_role(factor, role):
    """A factor, and below it in small letters: upstream, local or downstream."""
    return ["role", factor, words.VIEW[role], role]


def sentence(table, kind, **facts):
    """A sentence of `words`, its {placeholders} replaced by texts, by holes or by lists of both."""
    parts = []
    for literal, name, _, _ in Formatter().parse(table[kind]):
        fact = facts[name] if name else ""
        parts += [literal, *(fact if isinstance(fact, list) else [fact])]
    texts_and_holes = itertools.groupby(parts, lambda part: isinstance(part, str))
    return [x for text, run in texts_and_holes for x in (["".join(run)] if text else run)]


# ── the rows ─────────────────────────────────────────────────────────────────────────────────────


def forward_row(name, tree, value):
    """q = x + y = (−2) + 5 = 3."""
    formula, numbers = both_ways(tree, IN_LINE)
    facts = {"node": name, "formula": formula, "numbers": numbers, "value": hole(value)}
    return {
        "text": sentence(words.STEPS, "forward", **facts),
        "math": equation(name_math(name), *both_ways(tree, STACKED), hole(value)),
    }


def start_row(of):
    """∂f/∂f = 1."""
    return {
        "text": sentence(words.STEPS, "start", of=of, to=of),
        "math": equation(gradient(of, of), ["mn", "1"]),
    }


def backward_row(of, to, through, factors):
    """∂f/∂x = ∂f/∂q · ∂q/∂x = (−4) · 1 = −4: upstream · local = downstream, with their roles.
    `product` is the part with numbers, as a sentence."""
    tree, value = factors["tree"], hole(factors["downstream"])
    result = ["tint", value, "downstream"]
    left = with_role(gradient(of, to), "downstream")
    if factors["local"] is None:
        numbers = written(tree, IN_LINE, hole)
        cells = equation(left, *both_ways(tree, STACKED), result)
    else:
        both = [hole(factors[role], PRODUCT) for role in ("upstream", "local")]
        numbers = [both[0], " · ", both[1]]
        upstream = with_role(gradient(of, through), "upstream")
        local = with_role(gradient(through, to), "local")
        product = ["mrow", *with_sign("·", upstream, local)]
        counted = [["tint", both[0], "upstream"], ["tint", both[1], "local"]]
        counted = ["mrow", *with_sign("·", *counted)]
        cells = equation(left, product, counted, result) + rule(factors["local"], to, through)
    facts = {"of": of, "to": to, "through": through, "numbers": numbers, "value": value}
    text = sentence(words.STEPS, "backward", **facts)
    return {"text": text, "math": cells, "product": numbers}


def rule(local, to, through):
    """Where the local gradient has letters in it, they are shown: ∂f/∂q = z."""
    if not has_letters(local):
        return []
    sides = equation(gradient(through, to), written(local, STACKED, named))
    return [["aside", ["mtext", words.VIEW["because"]], *sides]]


def has_letters(tree):
    """Does the tree name something, outside the choice between two cases?"""
    if isinstance(tree, list):
        return tree[0] not in ("if", "number") and any(map(has_letters, tree[1:]))
    return isinstance(tree, str)


def sum_row(of, to, shares, total):
    """∂f/∂x = 3 + 2 = 5: the shares of a wire that branches."""
    terms = [hole(share, PRODUCT) for share in shares]
    numbers = between(" + ", *([term] for term in terms))
    return {
        "text": sentence(words.STEPS, "sum", of=of, to=to, numbers=numbers, value=hole(total)),
        "sum": numbers,
        "math": equation(gradient(of, to), ["mrow", *with_sign("+", *terms)], hole(total)),
    }


def update_row(of, to, rate):
    """w ← w − 0.1 · ∂L/∂w, and as `numbers` what follows: = 2 − 0.1 · 3 = 1.7."""
    before, grad, after = hole("before"), hole("grads", PRODUCT), hole("after")
    rate = given(rate, PRODUCT)

    def moved(start, gradient):
        return with_sign("−", start, ["mrow", *with_sign("·", rate, gradient)])

    facts = {"of": of, "to": to, "rate": rate, "before": before, "grad": grad, "after": after}
    name = name_math(to)
    return {
        "text": sentence(words.STEPS, "update", **facts),
        "math": [name, sign("←"), *moved(name, gradient(of, to))],
        "numbers": [sign("="), *moved(before, grad), sign("="), after],
        "product": ["−", rate, " · ", grad],
    }
