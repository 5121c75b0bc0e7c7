"""What the formula page knows, as JSON, in the language spoken now.

The gates' own lines, the sentences, the tables of signs, one line of DOT for each kind of thing in
a picture, and the known mistakes come from the package: none of it is written a second time.
"""

import keyword
import re
from dataclasses import replace
from functools import partial

import numpy as np

from cs231n_lec4 import words
from cs231n_lec4.checking import table
from cs231n_lec4.checking.trees import Tree
from cs231n_lec4.checking.uses import POINTS, SEED, Reading, Use, drawn
from cs231n_lec4.engine.graph import ComputationalGraph
from cs231n_lec4.engine.node import GATES, Input
from cs231n_lec4.flat.code import FlatCode
from cs231n_lec4.flat.translating import Translator
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.lessons import formula
from cs231n_lec4.pictures import dot, sketch

WITH_A_SIGN = ("add", "subtract", "multiply", "divide", "power", "mat_mul")  # + − * / ** @
MORE_ERRORS = (
    "name_is_not_a_name",
    "two_of_one_name",
    "shapes_do_not_fit",
    "setting_does_not_fit",
    "nothing_to_ask",
)
MOST_USES = 12  # of one value, for which the mistakes at a branch are known
MOST_DRAWS = 240  # 20 inputs at 12 points


def facts():
    """All of it."""
    of_gate = {gate: name for name, gate in GATES.items()}
    known = dict.fromkeys([*map(GATES.get, WITH_A_SIGN), *formula.FUNCTIONS.values()])
    return {
        "longest": formula.LONGEST,
        "most_parts": formula.MOST_PARTS,
        "deepest": formula.DEEPEST,
        "keywords": keyword.kwlist,
        "functions": {
            name: {
                "gate": of_gate[gate],
                "takes": gate.takes,
                "expected": words.count(gate.takes, "input"),
            }
            for name, gate in formula.FUNCTIONS.items()
        },
        "gates": {of_gate[gate]: gate_facts(gate) for gate in known},
        "signs": {
            "same_sign": by_letter(formula.SAME_SIGN),
            "raised": by_letter(formula.RAISED),
        },
        "labels": {
            "first": sketch.NUMBER_FIRST,
            "last": sketch.NUMBER_LAST,
            "raised": by_letter(sketch.RAISED),
        },
        "dot": dot_lines(),
        "mistakes": mistakes(),
        "points": points(),
        "errors": {
            key: re.sub(r"{(\w+)!r}", r"'{\1}'", text)
            for key, text in words.ERRORS.items()
            if key.startswith("formula_") or key in MORE_ERRORS
        },
        "words": {
            "picture": words.PICTURE,
            "view": words.VIEW,
            "steps": words.STEPS,
            "quiz": {**words.QUIZ, "reasons": words.REASONS},
        },
    }


def by_letter(table):
    """A table of `str.maketrans` with letters for numbers."""
    return {chr(old): new if isinstance(new, str) else chr(new) for old, new in table.items()}


def gate_facts(gate):
    """A gate: its sign, and its lines in the names x, y, z and dz; or how it refuses a number."""
    known = {"symbol": gate.symbol, "takes": gate.takes}
    try:
        inputs = [Input(1.3, name) for name in "xy"[: gate.takes]]
        graph = ComputationalGraph(gate(*inputs).named("z"))
    except GraphError as error:
        return {**known, "refused": [error.code, texts(error.facts)]}
    flat = FlatCode(graph)
    translator = Translator(flat.bound, flat.is_scalar)
    lines = [(line, translator.line(line.target, line.expression)) for line in flat.lines]
    own = [(line, tree) for line, tree in lines if line.gate is not None]
    return {
        **known,
        "pattern": getattr(gate, "pattern", ""),
        "helpers": [n.target for n, _ in own if n.slot is None and n.target != "z"],
        "forward": [[n.target, tree] for n, tree in own if not n.backward],
        "backward": [[n.target, tree, n.slot] for n, tree in own if n.backward],
        "settings": along(gate),
    }


def along(gate):
    """What is said where a gate is to go along an axis that a number has not; else None."""
    if not hasattr(gate, "axis"):
        return None
    try:
        gate(Input(1.3, "x"), axis=1)
    except GraphError as error:
        return texts(error.facts)
    return None


def texts(known):
    """The facts of an error as text."""
    return {key: str(value) for key, value in known.items()}


# ── known mistakes ───────────────────────────────────────────────────────────────────────────────


def mistakes():
    """The rows of the table of mistakes as trees in the names of a Reading and of a Use, each with
    the names of the tests that say where it is in play."""
    facts = {field: Tree(field) for field in ("output", "upstream", "share", "local", "theirs")}
    use = Use((Tree("value"), Tree("other")), 0, **facts, at_output=Tree("at_output"))
    alone = replace(use, theirs=None)
    at = Reading(Tree("value"), Tree("grad"), [use], whole=Tree("whole"))

    def at_uses(rows):
        return [[r.code, r.wrong(use).tree, r.only.__name__, r.never.__name__] for r in rows]

    def trees(rows, reading=at):
        return [[code, formula(reading).tree] for code, formula in rows]

    half = partial(table.half_of_a_path, 0)
    return {
        "first": trees(table.FIRST),
        "last": trees(table.LAST),
        "branches": {
            n: trees(table.rows_at_a_branch(n), branch(n)) for n in range(2, MOST_USES + 1)
        },
        "half": {
            "both": ["half_of_a_path", half(at).tree],
            "alone": ["half_of_a_path", half(replace(at, uses=[alone])).tree],
        },
        "at_one_use": at_uses(table.AT_ONE_USE),
        "unlikely": at_uses(table.UNLIKELY),
    }


def branch(count):
    """A value that is used so often, with shares share0, share1, …"""
    none = dict.fromkeys(("output", "upstream"))
    uses = [Use((), 0, **none, share=Tree(f"share{k}")) for k in range(count)]
    return Reading(Tree("value"), Tree("grad"), uses)


def points():
    """What `uses.points_of` draws for one input after the other, whatever their number."""
    random = np.random.default_rng(SEED)
    draws = [drawn(random) for _ in range(MOST_DRAWS)]
    return {"count": POINTS, "numbers": [list(map(float, draw)) for draw in draws]}


# ── DOT: what `to_dot` writes of one thing of each kind, with {blanks} ───────────────────────────


def dot_lines():
    """The text before all things and after them, and a line for each kind of thing."""
    text = dot.to_dot(one_of_each(), room=6)
    lines = text.splitlines(keepends=True)
    first = next(k for k, one in enumerate(lines) if "gateID" in one)
    last = lines.index("\t{\n")
    pair = "\t\tinputID -> inputID2 [style=invis]\n"
    box = {"text": "@@TEXT", "width": r"(?<= width=)[\d.]+"}
    kinds = {"alive": True, "still": False}
    return {
        "head": "".join(lines[:first]),
        "gate": blank(lines, "gateID [", id="gateID", size=r"(?<=fontsize=)\d+", **box),
        "input": blank(lines, "inputID [", id="inputID", **box),
        "forks": {kind: blank(lines, f"{kind}ID [", id=f"{kind}ID") for kind in kinds},
        "wires": {kind: wire_line(lines, f"w{kind}ID") for kind in (*kinds, "named")},
        "edges": {
            way: {kind: edge_line(lines, f"{way}{kind}") for kind in kinds}
            for way in ("arrow", "plain")
        },
        "same": pair.replace("inputID2", "{lower}").replace("inputID", "{upper}"),
        "tail": "".join(lines[last:]).replace(pair, "{column}"),
    }


def one_of_each():
    """A sketch of no graph: two inputs, a gate, and forks, wires and edges with a gradient and
    without."""
    found = sketch.Sketch()
    found.boxes = [sketch.Box("gateID", "gate", "@@TEXT"), sketch.Box("inputID", "input", "@@TEXT")]
    found.boxes += [sketch.Box("inputID2", "input", "@@"), sketch.Box("aliveID", "fork", "+")]
    found.boxes += [sketch.Box("stillID", "fork", "")]
    for kind in ("alive", "still"):
        hidden = {"value", "gradient"}
        wire = sketch.Wire(f"w{kind}ID", 0, "", 1.0, alive=kind == "alive", hidden=hidden)
        found.wires.append(wire)
        found.connect("tailID", f"arrow{kind}", wire, arrow=True)
        found.connect("tailID", f"plain{kind}", wire)
    named = sketch.Wire("wnamedID", 0, "@@NAME", 1.0, alive=True, hidden={"value", "gradient"})
    named.named = True
    found.wires.append(named)
    return found


def blank(lines, start, **blanks):
    """The line that begins so, with {names} in the place of what the page puts in."""
    [found] = [one for one in lines if one.startswith(f"\t{start}")]
    for name, what in blanks.items():
        found = re.sub(what, f"{{{name}}}", found)
    return found


def wire_line(lines, name):
    small = {"small": r'(?<=POINT-SIZE=")8', "high": r'(?<=HEIGHT=")10', "name": "@@NAME"}
    found = blank(lines, f"{name} [", id=name, width=r'(?<=WIDTH=")\d+', **small)
    return found.replace(">?<", ">{above}<", 1).replace(">?<", ">{below}<", 1)


def edge_line(lines, head):
    return blank(lines, f"tailID -> {head} ", tail="tailID", head=head, id=r"(?<=id=)e\d+")
