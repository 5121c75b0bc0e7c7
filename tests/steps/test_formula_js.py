"""Formulas as MathML: brackets where they are needed, roles below the factors. Runs in node on a
small page."""

import json
import re

import pytest
from node import module, run

from cs231n_lec4 import parse, step_through, words
from cs231n_lec4.flat.program import run_program
from cs231n_lec4.steps import formulas
from cs231n_lec4.words import digits

PAGE = """
class Part {
  constructor(tag) { this.tag = tag; this.children = []; this.set = {}; }
  append(...children) { this.children.push(...children); }
  setAttribute(name, value) { this.set[name] = value; }
  querySelector() { return null; }
  text() { return this.children.map((c) => (c instanceof Part ? c.text() : c)).join(""); }
}
globalThis.document = { createElementNS: (_, tag) => new Part(tag) };
const shape = (part) =>
  part instanceof Part ? `${part.tag}(${part.children.map(shape).join(" ")})` : part;
"""
FILL = """
const { parts, numbers, width } = JSON.parse(await input());
const { formula, sentence } = fillerOf((tree) => numbers[tree], { digits: 2, width });
const made = formula(parts.math);
console.log(JSON.stringify([made.text(), shape(made), sentence(parts.text)]));
"""


def shown(math, text=(), width=8, **numbers):
    """[as text, as nested tags, the sentence] that the browser makes of MathML and a sentence with
    holes."""
    job = {"parts": {"math": math, "text": text}, "numbers": numbers, "width": width}
    return run(module("steps") + PAGE + FILL, job)


def formula_of(tree, **numbers):
    """A tree with its names: the formula, its tags and its line of text; with numbers, theirs."""
    leaf = formulas.hole if numbers else formulas.named
    styles = formulas.STACKED, formulas.IN_LINE
    return shown(*(formulas.written(tree, style, leaf) for style in styles), **numbers)


@pytest.mark.parametrize(
    ("tree", "formula", "line"),
    [
        (["+", "x", "y"], "x+y", "x + y"),
        (["*", ["+", "x", "y"], "z"], "(x+y)·z", "(x + y) · z"),
        (["+", ["*", "x", "y"], "z"], "x·y+z", "x · y + z"),
        (["-", "x", ["-", "y", "z"]], "x−(y−z)", "x − (y − z)"),
        (["-", ["-", "x", "y"], "z"], "x−y−z", "x − y − z"),
        (["*", -2.0, 3.0], "(−2)·3", "(−2) · 3"),
        (["+", "x", ["neg", "y"]], "x+(−y)", "x + (−y)"),
        (["*", ["neg", 1.0], "x"], "(−1)·x", "(−1) · x"),
        (["neg", ["+", "x", "y"]], "−(x+y)", "−(x + y)"),
        (["**", ["+", "x", 1.0], 2.0], "(x+1)2", "(x + 1)^2"),
        (["**", ["**", "x", 2.0], 3.0], "(x2)3", "(x^2)^3"),
        (["**", "x", ["**", "y", 2.0]], "xy2", "x^(y^2)"),
        (["**", "x", ["neg", "y"]], "x−y", "x^(−y)"),
        (["/", "x", ["*", "y", "z"]], "xy·z", "x / (y · z)"),
        (["*", "x", ["/", "y", "z"]], "x·yz", "x · y / z"),
        (["call", "max", "z", ["-", "w", 1.0]], "max(z,w−1)", "max(z, w − 1)"),
        (["*", ["number", "-inf"], "x"], "(−∞)·x", "(−∞) · x"),
    ],
)
def test_a_tree_is_written_with_the_brackets_it_needs(tree, formula, line):
    found, _, said = formula_of(tree)
    assert (found, said) == (formula, line)


@pytest.mark.parametrize(
    ("tree", "numbers", "formula", "line"),
    [
        (["*", "x", "y"], {"x": -2, "y": 3}, "(−2.00)·3.00", "(−2.00) · 3.00"),
        (["neg", "x"], {"x": -2}, "−(−2.00)", "−(−2.00)"),
        (["**", "x", "y"], {"x": 9.12e-8, "y": -2}, "(9.12e−8)−2.00", "(9.12e−8)^(−2.00)"),
        (["**", "x", "y"], {"x": 9.12, "y": 1e-7}, "9.121e−7", "9.12^(1e−7)"),
        (["exp", "x"], {"x": -1e-7}, "e−1e−7", "exp(−1e−7)"),
    ],
)
def test_numbers_have_brackets_by_their_sign_and_their_exponent(tree, numbers, formula, line):
    found, _, said = formula_of(tree, **numbers)
    assert (found, said) == (formula, line)
    written = formulas.written(tree, formulas.IN_LINE, formulas.hole)
    assert formulas.filled(written, numbers.get) == line


def test_an_exponential_and_a_quotient_are_set_as_on_paper():
    assert formula_of(["exp", "x"])[1] == "msup(mi(e) mi(x))"
    assert formula_of(["/", 1.0, "x"])[1] == "mfrac(mn(1) mi(x))"


def test_a_number_in_a_name_stands_low():
    names = {"w0": "msub(mi(w) mn(0))", "x": "mi(x)", "12": "mi(12)", "loss": "mi(loss)"}
    assert {name: shown(formulas.name_math(name))[1] for name in names} == names


def test_a_gradient_is_a_fraction_of_two_names():
    fraction = shown(formulas.gradient("f", "x"))[1]
    assert fraction == "mfrac(mrow(mo(∂) mi(f)) mrow(mo(∂) mi(x)))"


def test_a_role_stands_below_its_factor():
    factor = formulas.with_role(["mi", "x"], "local")
    assert shown(factor)[1] == "munder(mi(x) mtext(local))"


def test_a_language_may_put_a_sentence_in_its_own_order():
    table = {"sum": "{value} ← {numbers} ({to}, {to})"}
    x, y = formulas.hole("x", formulas.PRODUCT), formulas.hole("y")
    text = formulas.sentence(table, "sum", to="b", numbers=[x, " + ", x], value=y)
    numbers = {"x": -1, "y": -2}
    assert formulas.filled(text, numbers.get) == "−2.00 ← (−1.00) + (−1.00) (b, b)"
    assert shown(["mrow"], text, **numbers)[2] == "−2.00 ← (−1.00) + (−1.00) (b, b)"


def test_a_row_backward_is_upstream_times_local_and_then_downstream():
    factors = {"tree": ["*", "z", "df"], "upstream": "df", "local": "z", "downstream": "dq"}
    cells = formulas.backward_row("f", "q", "g", factors)["math"]
    found = shown(["mrow", *cells], df=2, z=-4, dq=-8)[0]
    assert found == (
        f"∂f∂qdownstream=∂f∂gupstream·∂g∂qlocal=2.00·(−4.00)=−8.00{words.VIEW['because']}∂g∂q=z"
    )


@pytest.mark.parametrize("local", [1.0, ["number", "inf"], ["if", [">", "x", 0.0], 1.0, 0.0]])
def test_a_local_gradient_without_letters_is_not_shown_again(local):
    assert formulas.rule(local, "x", "f") == []
    assert formulas.rule(["*", local, "y"], "x", "f") != []


# ── numbers: as on the wire ──────────────────────────────────────────────────────────────────────

NUMBERS = [9.12e-5, -9.12e-5, 1e-300, -2.5e-7, -0.5, 0.0, -1.0, 3e9, -3e9, -4.567e21, 123456.7]


@pytest.mark.parametrize("value", NUMBERS)
@pytest.mark.parametrize("width", [5, 6, 8])
def test_a_number_in_a_formula_is_that_of_its_wire(value, width):
    text = digits.number(value, 2, width)
    math, _, said = shown({"tree": "x"}, [{"tree": "x"}], width=width, x=value)
    assert math == said == text
    math, _, said = shown(["mrow", {"tree": "x", "in": "product"}], width=width, x=value)
    assert math == (f"({text})" if text.startswith("−") else text)


FORMULAS = """
const { program, steps, names, inputs } = JSON.parse(await input());
const settings = { digits: 2, width: 6, update: { rate: 1e-7, names: Object.keys(inputs) } };
const session = { program, settings, nodeNames: names, look: compileProgram(program)(inputs) };
const told = steps.map((step) => step.rows.map((row) =>
  formulasOf(session, { ...step, rows: [row] })[0].text()));
console.log(JSON.stringify(told));
"""


@pytest.mark.parametrize(
    "numbers", [(-9.12e-5, 2.0), (3e-7, -4e-6), (-12345.678, 1e9), (0.5, -1e-9), (-2.0, 3.0)]
)
def test_every_formula_of_a_walk_ends_with_the_number_of_its_wire(numbers):
    """(x + y)·x branches, so that sums of shares are told too."""
    walk = step_through(parse("(x + y) * x + x ** 2", x=numbers[0], y=numbers[1]))
    graph, steps = walk.graph, walk.steps
    inputs = {name: node.value for name, node in graph.inputs.items()}
    job = {"program": walk.program, "steps": steps, "names": walk.names, "inputs": inputs}
    told = run(module("program", "steps") + PAGE + FORMULAS, job)
    for step, rows in zip(steps, told, strict=True):
        for row, text in zip(step["rows"], rows, strict=True):
            assert text.partition(words.VIEW["because"])[0].endswith(
                f"={wire_number(walk.program, inputs, step, row)}"
            )


def wire_number(program, inputs, step, row):
    """What the wire shows once this row of a step is done."""
    if step["kind"] == "start":
        return "1"
    name = {
        "forward": lambda: program["values"][row["node"]],
        "backward": lambda: row["downstream"],
        "sum": lambda: program["grads"][row["to"]],
    }[step["kind"]]()
    return digits.number(run_program(program, inputs)[name], 2, 6)


def test_numbers_of_ones_own_are_written_with_a_minus_in_both_languages():
    own = [0.1, -0.5, 1e-7, -1e-7, 1e-5, -2.5e300, 1e21, 123456789.0, 0.0]
    script = "console.log(JSON.stringify(JSON.parse(await input()).map(asGiven)));"
    assert run(module("steps") + script, own) == [digits.as_given(number) for number in own]
    assert not re.search("-", json.dumps([digits.as_given(number) for number in own]))
