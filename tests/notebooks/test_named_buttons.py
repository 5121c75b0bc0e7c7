"""A button that a text tells to press is there: its label stands in the words of that language."""

import importlib
import re

import pytest
from notebook_tools import every_path, name_of, read

from cs231n_lec4 import words

TOLD = {
    "en": re.compile(r"(?:[Pp]ress|[Cc]lick)\s+\*([^*]+)\*"),
    "ko": re.compile(r"‘([^’]+)’[을를]? ?(?:누르|눌러|클릭|해 보)"),
}


def strings(table):
    """Every text in a table of words."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, (dict, list, tuple)):
        for part in table.values() if isinstance(table, dict) else table:
            yield from strings(part)


def labels(language):
    """A pattern for each text that a view can show; `{count}` stands for anything."""
    rooms = [importlib.import_module(f"{words.__name__}.{language}.{a}") for a in words.AUDIENCES]
    tables = [table for room in rooms for name, table in vars(room).items() if name.isupper()]
    texts = {text.rstrip(" ▶") for table in tables for text in strings(table)}
    short = [text for text in texts if 0 < len(text) < 60]
    return [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(text))) for text in short]


def missing(text, language):
    """The buttons that the text names and no view has."""
    known = [pattern for pattern in labels(language) if pattern.pattern != ".+"]
    told = [label.rstrip(" ▶") for label in TOLD[language].findall(text)]
    return [label for label in told if not any(p.fullmatch(label) for p in known)]


@pytest.mark.parametrize("path", every_path(), ids=name_of)
def test_a_button_that_is_named_is_there(path):
    language = "ko" if path.parent.name == "ko" else "en"
    text = "\n".join(c.source for c in read(path).cells if c.cell_type == "markdown")
    assert missing(text, language) == []


def test_a_button_that_is_gone_is_found():
    assert missing("Press *Reset*, then click *Wobble*.", "en") == ["Wobble"]
    assert missing("‘처음으로’를 누르고 ‘흔들기’를 누르세요.", "ko") == ["흔들기"]
