"""A translated notebook is the English one in other words, and knows which text it translates."""

import ast
import copy
import re

import pytest
from notebook_tools import every_path, name_of, paths, read, text_of
from translations import CODE, english_left, english_of, lost, near, note, outdated, same_code

from cs231n_lec4.words.particles import WRITTEN

TRANSLATED = [path for path in every_path() if path not in paths()]
each = pytest.mark.parametrize("path", TRANSLATED, ids=name_of)


def pair(path):
    return read(path), read(english_of(path))


def said_in(cell):
    """What a reader reads in a cell: its text, or the texts in its code, and what came out.

    The source of a gate is shown as it stands in its file, with the words that stand there.
    """
    if cell.cell_type == "markdown":
        return cell.source
    texts = [n.value for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Constant)]
    came_out = "" if "show_code(" in cell.source else text_of(cell.outputs)
    came_out = came_out.replace("Traceback (most recent call last)", "")  # Python's own words
    return "\n".join([*filter(lambda text: isinstance(text, str), texts), came_out])


def test_there_is_a_korean_edition():
    assert len([path for path in TRANSLATED if path.parent.name == "ko"]) >= 4


@each
def test_the_cells_are_those_of_the_english_notebook(path):
    """Red? `python tests/translations.py` with this path copies what is new into it."""
    ours, theirs = pair(path)
    assert [(c.id, c.cell_type) for c in ours.cells] == [(c.id, c.cell_type) for c in theirs.cells]


@each
def test_every_cell_translates_the_english_text_of_today(path):
    """Red? Translate these cells again; then `python tests/translations.py` with this path."""
    assert outdated(*pair(path)) == []


@each
def test_no_cell_has_lost_code_slides_or_tags(path):
    assert list(lost(*pair(path))) == []


@each
def test_a_link_leads_to_a_translation_where_there_is_one(path):
    """Red after a new translation came? `python tests/translations.py --links notebooks/ko/*`"""
    texts = {cell.id: cell.source for cell in read(path).cells if cell.cell_type == "markdown"}
    assert [name for name, text in texts.items() if near(text, path.parent) != text] == []


@each
def test_no_english_sentence_is_left(path):
    left = {cell.id: english_left(said_in(cell)) for cell in read(path).cells}
    assert {name: found for name, found in left.items() if found} == {}


@each
def test_every_particle_has_one_form(path):
    for cell in read(path).cells:
        shown = text_of(cell.get("outputs", []))
        assert not WRITTEN.search(shown + CODE.sub("", cell.source)), cell.id


@each
def test_no_paragraph_begins_with_a_plus_and_becomes_a_list(path):
    """Korean names a gate first: "+ 게이트는 …" at the start of a line is a list to Markdown."""
    for cell in read(path).cells:
        assert cell.cell_type == "code" or not re.search(r"^\+ ", cell.source, re.M), cell.id


# ── the tests themselves ──────────────────────────────────────────────────────────────────────


def up_to_date(path):
    """A pair whose translation follows the English text of now, whatever the repository has."""
    ours, theirs = pair(path)
    note(ours.cells, theirs.cells)
    assert outdated(ours, theirs) == []
    return ours, theirs


def test_a_changed_english_cell_is_named():
    ours, theirs = up_to_date(TRANSLATED[0])
    cell = next(cell for cell in theirs.cells if cell.cell_type == "markdown")
    cell.source += " More."
    assert outdated(ours, theirs) == [cell.id]


def test_a_link_that_was_set_is_no_change():
    ours, theirs = up_to_date(TRANSLATED[0])
    for cell in theirs.cells:
        cell.source = cell.source.replace("[slides 1–11]", "slides 1–11").replace(
            "(http://cs231n.stanford.edu/slides/2017/cs231n_2017_lecture4.pdf#page=1)", ""
        )
    assert outdated(ours, theirs) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ('language("ko")\nx = 1', "x = 1", True),
        (
            "from cs231n_lec4 import draw, language\ndraw(x)",
            "from cs231n_lec4 import draw\ndraw(x)",
            True,
        ),
        ("x = 2", "x = 1", False),
        ('print("셋")', 'print("three")', True),
        ('print("four")', 'print("three")', False),
        ('print(f"값 {x:.2f}")', 'print(f"{x:.2f} is the value")', True),
        ('print(f"값 {y:.2f}")', 'print(f"{x:.2f} is the value")', False),
        ('print(f"값 {x:.3f}")', 'print(f"{x:.2f} is the value")', False),
        ("x = y", "x = z", False),
        ("f(x)", "g(x)", False),
        ("f(x=1)", "f(y=1)", False),
        ("x + y", "x - y", False),
        ("x = 1\ny = 2", "x = 1", False),
    ],
)
def test_only_texts_and_the_language_may_differ(ours, theirs, same):
    assert same_code(ours, theirs) == same


def test_a_lost_slide_tag_or_solution_is_named():
    ours, theirs = pair(TRANSLATED[0])
    changed = copy.deepcopy(ours)
    for cell in changed.cells:
        cell.source = cell.source.replace("answer = -2", "answer = 2").replace("#page=6", "#page=7")
        cell.source = cell.source.replace("cell-id=chain-rule", "cell-id=recall")
        cell.metadata.pop("tags", None)
    said = " ".join(lost(changed, theirs))
    assert "exercise-answer: another Python block" in said
    assert "downhill-seen: other slides" in said
    assert "exercise: other tags" in said
    assert "questions: links to other notebooks" in said


def test_a_link_is_set_to_what_is_there(tmp_path):
    (tmp_path / "1_a.ipynb").write_text("{}")
    text = "[가](../1_a.ipynb)(아직 영어예요), [나](2_b.ipynb#cell-id=x), [다](../2_b.ipynb)(아직 영어예요)"
    assert near(text, tmp_path) == (
        "[가](1_a.ipynb), [나](../2_b.ipynb#cell-id=x), [다](../2_b.ipynb)(아직 영어예요)"
    )


def test_an_english_sentence_is_seen_and_a_name_is_not():
    assert english_left("이것은 the gradient of f with respect to x 예요") != []
    assert english_left("**Run → Run All Cells**를 고르세요. `a + b is c or d`") == []
    assert english_left("있는 노드: x, y, num, den, f.") == []
    assert english_left("낸 목록: a b c a b c d.") == []
    assert english_left("Look, x, y and z.") != []
