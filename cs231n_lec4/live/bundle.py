"""Joins the JavaScript files of this folder into the one module that a widget or a saved page carries."""

import functools
import re
from pathlib import Path

HERE = Path(__file__).parent
EXPORT = re.compile(r"^export (default .*\n)?", re.MULTILINE)
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)


@functools.cache
def script(name="view"):
    """The module `name` with everything it imports, in one text. Names are unique across the files."""
    texts = {}
    collect(name, texts)
    inner = {key: EXPORT.sub("", text) for key, text in texts.items() if key != name}
    return "\n".join([*inner.values(), texts[name]])


def collect(name, texts):
    """Put a module's text after those of the modules that it imports."""
    if name in texts:
        return
    texts[name] = ""  # so that two modules may import each other
    source = (HERE / f"{name}.js").read_text(encoding="utf-8")
    for needed in IMPORT.findall(source):
        collect(needed, texts)
    del texts[name]
    texts[name] = IMPORT.sub("", source)


@functools.cache
def style():
    """The style sheet of the views."""
    return (HERE / "view.css").read_text(encoding="utf-8")
