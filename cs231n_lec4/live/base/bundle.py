"""Joins the JavaScript files of `js/` into the one module that a widget or a saved page
carries.

Every file becomes a function that returns what it exports, so that names in different files cannot
meet. Files import each other by `import { a, b } from "../core/file.js";` and export functions and
constants. No two files have one name. Comments and indentation stay here: the text goes to the
browser with every widget and every page.
"""

import functools
import re
from pathlib import Path

LIVE = Path(__file__).parents[1]
FIRST = ("view", "graph", "steps", "quiz")  # style sheets, in this order; what a view adds wins
IMPORT = re.compile(r'^import (\{[^}]*\}) from "(?:\.|\.\./\w+)/(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^ *(//.*|/\*[\s\S]*?\*/ *)\n", re.MULTILINE)  # in lines of its own
RENDER = re.compile(r"^export (?:const|function) (render\w*)", re.MULTILINE)
FOR_PEOPLE = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/)\n|^\s+", re.MULTILINE)


@functools.cache
def script(name="view"):
    """The file `name` as a module, below all that it imports; its `render…` is the widget."""
    needed = [function_of(file) for file in in_order(name) if file != name]
    own = local(source(name))
    widget = [f"export default {{ render: {found} }};" for found in RENDER.findall(own)]
    return FOR_PEOPLE.sub("", "\n".join([*needed, own, *widget]))


def in_order(name, found=()):
    """The files that `name` needs, each after those that it needs itself; `name` is last."""
    if name in found:
        return list(found)
    for _, needed in IMPORT.findall(source(name)):
        found = in_order(needed, found)
    return [*found, name]


def function_of(name):
    """A file as `const file_js = (() => { …; return { exports }; })();`."""
    text = source(name)
    exports = ", ".join(EXPORT.findall(text))
    body = EXPORT.sub("", local(text))
    return f"const {name}_js = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();"


def local(text):
    """The text with its imports taken from the functions above it."""
    return IMPORT.sub(r"const \1 = \2_js;", text)


@functools.cache
def source(name):
    """The text of one JavaScript file, without comments: every saved page would carry them."""
    [file] = LIVE.glob(f"js/*/{name}.js")
    return COMMENT.sub("", file.read_text(encoding="utf-8"))


@functools.cache
def style():
    """All style sheets, in one order. Each view brings all: of many views the last one decides.

    A deck has the last word.
    """
    others = sorted({sheet.stem for sheet in LIVE.glob("css/*.css")} - {*FIRST, "deck"})
    sheets = [LIVE / "css" / f"{name}.css" for name in (*FIRST, *others, "deck")]
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return FOR_PEOPLE.sub("", text)
