"""A notebook's Markdown as HTML: mistune for the text, latex2mathml for the formulas.

Formulas become MathML, which browsers draw by themselves: no script, no font, no request.
"""

import re

import latex2mathml.converter
import mistune

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<line>[^$\n]+?)\$", re.DOTALL)
NOTEBOOK = re.compile(r'href="([\w/.-]+)\.ipynb(?:#cell-id=([\w-]+))?"')
EMPTY_HEAD = re.compile(r"<th[^>]*></th>")

html_of = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"])


def as_html(source):
    """The HTML of a Markdown cell. Links to notebooks become links to their pages."""
    code, formulas = Kept("\x02"), Kept("\x03")
    source = CODE.sub(lambda found: code.keep(found[0]), source)
    source = FORMULA.sub(lambda found: formulas.keep(as_mathml(found)), source)
    shown = EMPTY_HEAD.sub("<td></td>", html_of(code.back(source)))
    return to_pages(formulas.back(shown))


def to_pages(shown):
    """HTML whose links to notebooks lead to their pages, and links to cells to these."""
    return NOTEBOOK.sub(link_to_page, shown)


def link_to_page(found):
    return f'href="{found[1]}.html{"#" if found[2] else ""}{found[2] or ""}"'


def as_mathml(found):
    """A formula as MathML, in its own line or within one."""
    if found["block"]:
        return latex2mathml.converter.convert(found["block"], display="block")
    return latex2mathml.converter.convert(found["line"])


class Kept(list):
    """Parts of a text that the next step must not read; a mark stands in the place of each."""

    def __init__(self, mark):
        super().__init__()
        self.mark = mark

    def keep(self, part):
        self.append(part)
        return f"{self.mark}{len(self) - 1}{self.mark}"

    def back(self, text):
        return re.sub(f"{self.mark}(\\d+){self.mark}", lambda found: self[int(found[1])], text)
