"""The source shown is the real one, and its HTML cannot do anything."""

import html
import linecache
import re

import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, GraphError, Input, compile_flat, flat_code, show_code


def text_of(markup):
    """What a reader sees of some HTML."""
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", markup, flags=re.DOTALL))


def html_of(thing):
    return show_code(thing)._repr_mimebundle_()["text/html"]


def graph():
    x, y = Input(3.0, "x"), Input(-4.0, "y")
    return ComputationalGraph((x * y).named("f"))


def test_the_source_of_a_gate_is_what_stands_in_its_file():
    text = repr(show_code(c.MultiplyGate))
    file = linecache.getlines(c.engine.gates.__file__)
    assert text.startswith("class MultiplyGate(Gate):")
    assert text in "".join(file)
    assert "dx = self.y * dz" in text


def test_a_gate_a_method_and_a_function_are_shown_too():
    assert repr(show_code(c.MultiplyGate())) == repr(show_code(c.MultiplyGate))
    assert repr(show_code(c.engine.gates.MaxGate.forward)).startswith("def forward(self, x, y):")
    assert repr(show_code(c.relu)).startswith("def relu(x):")


def test_flat_code_is_shown_from_a_graph_a_text_or_the_function():
    expected = flat_code(graph()).rstrip()
    for thing in (graph(), flat_code(graph()), compile_flat(graph())):
        assert repr(show_code(thing)) == expected


def test_a_class_of_a_notebook_cell_is_shown_whole():
    cell = (
        "from cs231n_lec4 import Gate\n\n"
        "class Cube(Gate):\n    symbol = 'x³'\n\n"
        "    def forward(self, x):\n        self.x = x\n        return x ** 3\n\n"
        "    def backward(self, dz):\n        return 3 * self.x ** 2 * dz\n\n"
        "after = 1\n"
    )
    linecache.cache["<cell 7>"] = (len(cell), None, cell.splitlines(True), "<cell 7>")
    names = {"__name__": "__main__"}
    exec(compile(cell, "<cell 7>", "exec"), names)
    text = repr(show_code(names["Cube"]))
    assert text.startswith("class Cube(Gate):\n    symbol = 'x³'")
    assert text.endswith("return 3 * self.x ** 2 * dz")


@pytest.mark.parametrize("thing", [c.MultiplyGate, c.engine.gates.sigmoid, graph()])
def test_the_html_reads_as_the_text(thing):
    assert text_of(html_of(thing)) == repr(show_code(thing))
    assert "<span" in html_of(thing)


def test_each_kind_of_word_has_its_colour_and_none_that_nobody_uses():
    markup = html_of("class A:\n    # why\n    def f(self):\n        return 'two', 2, 2.0, None")
    style, code = markup.split("</style>")
    for word, kind in {"class": "k", "A": "nc", "# why": "c1", "f": "nf", "self": "bp",
                       "2": "mi", "2.0": "mf", "None": "kc"}.items():  # fmt: skip
        assert f'<span class="{kind}">{word}</span>' in code
        assert re.search(rf"\.{kind}[,)]", style)


HOSTILE = [
    "x = '<script>alert(1)</script>'",
    'y = "</code></pre><img src=x onerror=alert(1)>"',
    "# <b onclick='a()'>&amp;",
    "if x <y> z: a & b",
    "a <script>b</script> + 1",
    "not python at all ((( <i>",
    "'''never closed <script>",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text):
    markup = html_of(text)
    tags = re.findall(r"<[^>]*>", markup)
    allowed = r'</?(style|pre|code|span)( class="[-\w ]*")?>'
    assert all(re.fullmatch(allowed, tag) for tag in tags)
    assert text_of(markup) == text.rstrip()


def test_what_has_no_source_is_told():
    with pytest.raises(GraphError) as caught:
        show_code(len)
    assert caught.value.code == "source_not_found"
