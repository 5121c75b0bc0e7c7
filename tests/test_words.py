"""Two languages hold the same names, keys and placeholders, and one call changes between them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from translations import english_left

from cs231n_lec4 import GraphError, Input, explore, language, lecture, words

PLACEHOLDER = re.compile(r"\{(\w*)")


@pytest.fixture(autouse=True)
def english_again():
    yield
    language("en")


def tables(code):
    """{name: table} of a language."""
    language(code)
    return dict(words.spoken)


def form_of(table):
    """The keys of a table and the placeholders of each sentence, without the sentences."""
    if isinstance(table, str):
        return sorted(set(PLACEHOLDER.findall(table)))
    if isinstance(table, dict):
        return {key: form_of(value) for key, value in table.items()}
    if isinstance(table, list | tuple):
        return [form_of(value) for value in table]
    return type(table).__name__


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_each_language_has_the_names_keys_and_placeholders_of_english(code):
    english, other = tables("en"), tables(code)
    assert other.keys() == english.keys()
    for name, table in english.items():
        assert form_of(other[name]) == form_of(table), name


def pairs(english, other):
    """(English text, its translation) for each text of two tables of one form."""
    if isinstance(english, str):
        yield english, other
    elif isinstance(english, dict | list | tuple):
        keys = english if isinstance(english, dict) else range(len(english))
        for key in keys:
            yield from pairs(english[key], other[key])


@pytest.mark.parametrize("code", [code for code in words.LANGUAGES if code != "en"])
def test_no_sentence_is_left_in_english(code):
    both = [pair for pair in pairs(tables("en"), tables(code)) if english_left(pair[0])]
    alike = [pair for pair in both if english_left(pair[1])]
    if len(alike) > len(both) / 2:  # a language of the same letters: only the very sentence tells
        alike = [(e, o) for e, o in alike if e == o]
    assert alike == []


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_a_saved_page_says_its_language(code, tmp_path):
    language(code)
    page = explore(lecture.add_multiply()).save(tmp_path / "page.html").read_text("utf-8")
    assert f'<html lang="{code}">' in page
    assert f"<title>{words.PAGE_TITLE}</title>" in page


@pytest.mark.parametrize("operation", [lambda a, b: a @ b, lambda a, b: a + b, lambda a, b: a * b])
def test_shapes_in_a_korean_sentence_are_joined_in_korean(operation):
    language("ko")
    with pytest.raises(GraphError, match=r"\(2, 3\), \(2, 2\)인 입력"):
        operation(Input([[1.0] * 3] * 2, "a"), Input([[1.0] * 2] * 2, "b"))


def test_a_lost_placeholder_and_a_lost_key_are_seen():
    assert form_of("{name} got {value!r}") != form_of("{name} got it")
    assert form_of({"a": "x", "b": "y"}) != form_of({"a": "x"})


# ── no sentence stands in the code ───────────────────────────────────────────────────────────────

PACKAGE = Path(words.__file__).parents[1]
WORDS_IN_A_ROW = re.compile(r"\b[A-Za-z']{2,}(?:,? [A-Za-z']{2,}){2,}")
NOT_OURS = {"lessons/checks/loss_checks.py", "steps/formulas.py"}  # keys and names of three words
NOT_OURS |= {"pictures/dot.py", "pictures/fonts.py"}  # names of fonts
NOT_OURS |= {"checking/reports.py"}  # what NumPy says
NOT_OURS |= {"__init__.py", "flat/__init__.py", "words/__init__.py"}  # what Python says


def sentences_in(text):
    """The string literals that hold three words in a row, without docstrings and style sheets."""
    tree = ast.parse(text)
    alone = {id(part.value) for part in ast.walk(tree) if isinstance(part, ast.Expr)}
    strings = [part for part in ast.walk(tree) if isinstance(part, ast.Constant)]
    found = [s.value for s in strings if isinstance(s.value, str) and id(s) not in alone]
    return [s for s in found if WORDS_IN_A_ROW.search(re.sub(r"\{[^{}]*:[^{}]*\}", "", s))]


def test_no_sentence_stands_in_the_python():
    files = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    code = {n: p for n, p in files.items() if not n.startswith(("words/en/", "words/ko/"))}
    found = {name: sentences_in(path.read_text("utf-8")) for name, path in code.items()}
    assert {name for name, some in found.items() if some} == NOT_OURS


@pytest.mark.parametrize(
    "line",
    [
        'x = "the gradient is wrong"',
        'f(f"the node {n} has no gradient here")',
        "d = {1: 'Try it again'}",
    ],
)
def test_a_planted_sentence_is_found(line):
    assert sentences_in(line)
    assert not sentences_in('"""What a module says of itself."""')


def test_a_language_without_a_folder_is_refused():
    with pytest.raises(GraphError, match="no words in the language 'xx'"):
        language("xx")


def test_the_environment_names_the_language_and_an_unknown_one_leaves_english():
    for asked, spoken in {"en": "en", "ko": "ko", "xx": "en", "": "en"}.items():
        done = subprocess.run(
            [sys.executable, "-c", "from cs231n_lec4 import words; print(words.LANGUAGE)"],
            env={"CS231N_LANGUAGE": asked}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.strip() == spoken
