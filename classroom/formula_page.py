"""The page of a formula that anyone types: what its JavaScript needs to know, and the page itself.

The gates' own lines, the sentences, the tables of signs, one line of DOT for each kind of thing in
a picture, and the known mistakes come from the package. `js/` puts them together, as `parse`, `draw`,
`step_through` and `quiz` do in Python; tests/classroom/test_formula_page.py holds the two equal.
"""

import json
import keyword
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from cs231n_lec4 import words
from cs231n_lec4.checking import table
from cs231n_lec4.checking.trees import Tree
from cs231n_lec4.checking.uses import POINTS, SEED, Reading, Use, drawn
from cs231n_lec4.engine.gates import GATES
from cs231n_lec4.engine.graph import ComputationalGraph
from cs231n_lec4.engine.node import OPERATORS, Input
from cs231n_lec4.flat.code import FlatCode
from cs231n_lec4.flat.translating import Translator
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.lessons import formula
from cs231n_lec4.live.base import bundle
from cs231n_lec4.pictures import dot, sketch

HERE = Path(__file__).resolve().parent
WITH_A_SIGN = ("add", "subtract", "multiply", "divide", "power", "matmul")  # + − * / ** @
MORE_ERRORS = ("shapes_do_not_fit", "setting_does_not_fit", "nothing_to_ask")
MOST_USES = 12  # of one value, for which the mistakes at a branch are known
MOST_DRAWS = 240  # 20 inputs at 12 points


# ── what the page knows ──────────────────────────────────────────────────────────────────────────


def facts():
    """All of it, as JSON holds it, in the language spoken now."""
    of_gate = {gate: name for name, gate in GATES.items()}
    known = dict.fromkeys([*map(OPERATORS.get, WITH_A_SIGN), *formula.FUNCTIONS.values()])
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
            key: text.replace("{word!r}", "'{word}'")
            for key, text in words.ERRORS.items()
            if key.startswith("formula_") or key in MORE_ERRORS
        },
        "words": {
            "picture": words.PICTURE,
            "view": words.VIEW,
            "steps": words.STEPS,
            "quiz": {**words.VIEW, **words.QUIZ, "reasons": words.REASONS},
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
    """What is said where a sum or a mean is to go along an axis that a number has not."""
    try:
        gate(Input(1.3, "x"), axis=1)
    except GraphError as error:
        return texts(error.facts)


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
        tests = [(row.only.__name__, row.never.__name__) for row in rows]
        return [[row.code, row.wrong(use).tree, *names] for row, names in zip(rows, tests, strict=True)]

    def trees(rows, reading=at):
        return [[code, formula(reading).tree] for code, formula in rows]

    half = partial(table.half_of_a_path, 0)
    return {
        "first": trees(table.FIRST),
        "last": trees(table.LAST),
        "branches": {n: trees(table.rows_at_a_branch(n), branch(n)) for n in range(2, MOST_USES + 1)},
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


# ── DOT ──────────────────────────────────────────────────────────────────────────────────────────


def dot_lines():
    """The text that `to_dot` writes before, between and after; of each kind of thing one line."""
    model = sketch.Sketch()
    for box in ("gate", "input"):
        model.boxes += [sketch.Box(f"{box}ID", box, "@@TEXT"), sketch.Box(f"{box}ID2", box, "@@")]
    model.boxes += [sketch.Box("aliveID", "fork", "+"), sketch.Box("stillID", "fork", "")]
    for alive in (True, False):
        wire = sketch.Wire(f"w{alive}ID", 0, "", 1.0, alive=alive, hidden={"value", "gradient"})
        model.wires.append(wire)
        for arrow in (True, False):
            model.connect("tailID", f"head{alive}{arrow}", wire, arrow)
    text = dot.to_dot(model, room=6)
    lines = text.splitlines(keepends=True)

    def line(start, **blanks):
        [found] = [one for one in lines if one.startswith(f"\t{start}")]
        for name, what in blanks.items():
            found = re.sub(what, lambda _: f"{{{name}}}", found)
        return found

    def wire(alive):
        found = line(f"w{alive}ID [", id=f"w{alive}ID", width='(?<=WIDTH=")\\d+')
        return found.replace(">?<", ">{above}<", 1).replace(">?<", ">{below}<", 1)

    def edge(alive, arrow):
        start = f"tailID -> head{alive}{arrow}"
        return line(start, tail="tailID", head=f"head{alive}{arrow}", id="(?<=id=)e\\d+")

    first = next(k for k, one in enumerate(lines) if "gateID" in one)
    last = next(k for k, one in enumerate(lines) if one == "\t{\n")
    pair = "\t\tinputID -> inputID2 [style=invis]\n"
    return {
        "head": "".join(lines[:first]),
        "gate": line("gateID [", id="gateID", text="@@TEXT", width="(?<= width=)[\\d.]+",
                     size="(?<=fontsize=)\\d+"),
        "input": line("inputID [", id="inputID", text="@@TEXT"),
        "forks": {kind: line(f"{kind}ID [", id=f"{kind}ID") for kind in ("alive", "still")},
        "wires": {"alive": wire(True), "still": wire(False)},
        "edges": {
            kind: {"alive": edge(True, arrow), "still": edge(False, arrow)}
            for kind, arrow in (("arrow", True), ("plain", False))
        },
        "same": pair.replace("inputID2", "{lower}").replace("inputID", "{upper}"),
        "tail": "".join(lines[last:]).replace(pair, "{column}"),
    }  # fmt: skip


# ── its JavaScript ───────────────────────────────────────────────────────────────────────────────

FILES = ("reading", "building", "flat", "sketch", "dot", "rows", "moments", "blanks", "states")


def script():
    """The files of `js/`, each a function that returns what it exports, as in `bundle.py`. They
    stand below live.js, and use what that has."""
    return "\n".join(function_of(name) for name in FILES)


def function_of(name):
    """One file."""
    text = bundle.local((HERE / "js" / f"{name}.js").read_text("utf-8"))
    exports = ", ".join(bundle.EXPORT.findall(text))
    return f"const {name}_js = (() => {{\n{bundle.EXPORT.sub('', text)}\nreturn {{ {exports} }};\n}})();"


def as_script(known):
    """Facts as JSON inside a page: no tag can begin in it."""
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
