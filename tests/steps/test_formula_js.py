"""Formulas as MathML: brackets where they are needed, roles below the factors. Runs in node on a
small page."""

import json
import re

import pytest
from node import module, run

from cs231n_lec4 import parse, step_through, words
from cs231n_lec4.words import digits

PAGE = """
class Part {
  constructor(tag) { this.tag = tag; this.children = []; this.kinds = []; this.set = {}; }
  get classList() { return { add: (kind) => this.kinds.push(kind) }; }
  append(...children) { this.children.push(...children); }
  setAttribute(name, value) { this.set[name] = value; }
  querySelector() { return null; }
  get tagName() { return this.tag; }
  get textContent() { return this.text(); }
  text() { return this.children.map((c) => (c instanceof Part ? c.text() : c)).join(""); }
}
globalThis.document = { createElementNS: (_, tag) => new Part(tag) };
const shape = (part) =>
  part instanceof Part ? `${part.tag}(${part.children.map(shape).join(" ")})` : part;
"""
LEAF = "(tree, inProduct) => (typeof tree === 'string' ? nameMath(tree) : numberMath(String(tree).replace('-', '−'), inProduct))"


def formula(expression):
    """[as text, as nested tags] of the MathML that a JavaScript expression makes."""
    script = f"const made = {expression}; console.log(JSON.stringify([made.text(), shape(made)]));"
    return run(module("steps") + PAGE + script, None)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ('["+", "x", "y"]', "x+y"),
        ('["*", ["+", "x", "y"], "z"]', "(x+y)·z"),
        ('["+", ["*", "x", "y"], "z"]', "x·y+z"),
        ('["-", "x", ["-", "y", "z"]]', "x−(y−z)"),
        ('["*", -2, 3]', "(−2)·3"),
        ('["+", "x", ["neg", "y"]]', "x+(−y)"),
        ('["**", ["+", "x", 1], 2]', "(x+1)2"),
        ('["call", "max", "z", "w"]', "max(z,w)"),
    ],
)
def test_a_tree_is_written_with_the_brackets_it_needs(tree, text):
    found, _ = formula(f"treeMath({tree}, {LEAF})")
    assert found == text or (tree.startswith('["+", "x", ["neg"') and found == "x+−y")


def test_an_exponential_and_a_quotient_are_set_as_on_paper():
    assert formula(f'treeMath(["exp", "x"], {LEAF})')[1] == "msup(mi(e) mi(x))"
    assert formula(f'treeMath(["/", 1, "x"], {LEAF})')[1] == "mfrac(mn(1) mi(x))"


def test_a_number_in_a_name_stands_low():
    assert formula('nameMath("w0")')[1] == "msub(mi(w) mn(0))"
    assert formula('nameMath("x")')[1] == "mi(x)"


def test_a_gradient_is_a_fraction_of_two_names():
    assert formula('gradientMath("f", "x")')[1] == "mfrac(mrow(mo(∂) mi(f)) mrow(mo(∂) mi(x)))"


def test_a_role_stands_below_its_factor():
    assert formula('withRole(nameMath("x"), "local")')[1] == "munder(mi(x) mtext(local))"


# ── numbers: as on the wire ──────────────────────────────────────────────────────────────────────

NUMBERS = [9.12e-5, -9.12e-5, 1e-300, -2.5e-7, -0.5, 0.0, -1.0, 3e9, -3e9, -4.567e21, 123456.7]


@pytest.mark.parametrize("value", NUMBERS)
@pytest.mark.parametrize("room", [5, 6, 8])
def test_a_number_in_a_formula_is_that_of_its_wire(value, room):
    text = digits.number(value, 2, room)
    made = f"numberMath(formatNumber({value}, 2, {room})"
    assert formula(f"{made})")[0] == text
    assert formula(f"{made}, true)")[0] == (f"({text})" if text.startswith("−") else text)


FORMULAS = """
const { program, steps, names, inputs, words } = JSON.parse(await input());
const settings = { digits: 2, room: 6, update: { rate: 1e-7, names: Object.keys(inputs) } };
const session = { program, settings, nodeNames: names, look: compileProgram(program)(inputs) };
const told = steps.map((step) => step.rows.map((row) =>
  formulasOf(session, { ...step, rows: [row] }, words)[0].text()));
console.log(JSON.stringify(told));
"""


@pytest.mark.parametrize(
    "numbers", [(-9.12e-5, 2.0), (3e-7, -4e-6), (-12345.678, 1e9), (0.5, -1e-9), (-2.0, 3.0)]
)
def test_every_formula_of_a_walk_ends_with_the_number_of_its_wire(numbers):
    """(x + y)·x branches, so that sums of shares are told too."""
    walk = step_through(parse("(x + y) * x + x ** 2", x=numbers[0], y=numbers[1]))
    graph, steps = walk.graph, walk.steps
    graph.backward()
    inputs = {name: node.value for name, node in graph.inputs.items()}
    job = {"program": walk.program, "steps": steps, "names": walk.names, "inputs": inputs}
    told = run(module("steps") + PAGE + FORMULAS, {**job, "words": words.VIEW})
    for step, rows in zip(steps, told, strict=True):
        for row, text in zip(step["rows"], rows, strict=True):
            assert text.partition(words.VIEW["because"])[0].endswith(
                f"={wire_number(graph, step, row)}"
            )


def wire_number(graph, step, row):
    """What the wire shows once this row of a step is done."""
    if step["kind"] == "start":
        return "1"
    node = graph.nodes[row.get("node", row.get("to"))]
    number = node.value if step["kind"] == "forward" else node.grad
    if step["kind"] == "backward":
        number = graph.shares(graph.nodes[row["through"]])[row["slot"]]
    return digits.number(number, 2, 6)


def test_what_is_raised_to_a_power_has_its_exponent_in_brackets():
    assert formula(f'treeMath(["**", 9.12e-8, 2], {LEAF})')[0] == "(9.12e−8)2"
    assert formula(f'treeMath(["**", "e", 2], {LEAF})')[0] == "e2"


def test_numbers_of_ones_own_are_written_with_a_minus_in_both_languages():
    own = [0.1, -0.5, 1e-7, -1e-7, 1e-5, -2.5e300, 1e21, 123456789.0, 0.0]
    script = "console.log(JSON.stringify(JSON.parse(await input()).map(asGiven)));"
    assert run(module("steps") + script, own) == [digits.as_given(number) for number in own]
    assert not re.search("-", json.dumps([digits.as_given(number) for number in own]))
