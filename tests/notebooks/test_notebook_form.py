"""Notebooks 00 to 07, 11 and 12 read as one course: one form, one length, one order of phrases."""

import re

import pytest
from lecture_links import unlinked
from notebook_tools import NOTEBOOKS, exercises, paths, read, tags

from cs231n_lec4.pictures.lecture_map import STOPS
from cs231n_lec4.words import MAP

MOST_WORDS, MOST_IDEAS, MOST_EXERCISES, MOST_MINUTES = 1100, 5, 3, 25
NUMBERS = [f"{number:02}" for number in (*range(8), 11, 12)]
BOOKS = {path.stem: read(path) for path in paths() if path.stem[:2].isdigit()}
LESSONS = {name: book for name, book in BOOKS.items() if name[:2] in NUMBERS}
NO_WORDS = re.compile(r"<details>.*?</details>|\$\$.*?\$\$|\$.*?\$", re.DOTALL)
WHERE = re.compile(r"^\*[^*].*\*$", re.MULTILINE)  # *Slides 12–13 · minute 6*
each = pytest.mark.parametrize("name", LESSONS)


def core_of(name):
    """The cells up to *To remember*; what comes after is extra."""
    cells = BOOKS[name].cells
    last = next(k for k, cell in enumerate(cells) if cell.id == "remember")
    return cells[: last + 1]


def markdown(cells):
    return [cell for cell in cells if cell.cell_type == "markdown"]


def sections(cells):
    """The cells of each section; a section begins with a heading."""
    found = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            found.append([])
        found[-1].append(cell)
    return found[1:]


def words_of(name):
    """The words of the core: without formulas, folded answers and the table of terms."""
    texts = [cell.source for cell in markdown(core_of(name)) if cell.id != "words"]
    pieces = " ".join(NO_WORDS.sub(" ", text) for text in texts).split()
    return sum(bool(re.search(r"\w", piece)) for piece in pieces)


def ideas(name):
    """The sections that teach: neither the picture before them, nor exercises, nor the end."""
    kept = [
        s for s in sections(core_of(name)) if not re.match("## (Exercise|To remember)", s[0].source)
    ]
    return kept[1:]


def test_each_of_these_lessons_is_there():
    assert [name[:2] for name in LESSONS] == NUMBERS


@pytest.mark.parametrize("name", BOOKS)
def test_the_core_has_at_most_1100_words(name):
    assert words_of(name) <= MOST_WORDS


@each
def test_the_core_has_at_most_three_exercises_and_25_minutes(name):
    core = {cell.id for cell in core_of(name)}
    assert (
        1
        <= sum(exercise.id in core for exercise, _, _ in exercises(LESSONS[name]))
        <= MOST_EXERCISES
    )
    minutes = int(re.search(r"^(\d+) minutes · ", LESSONS[name].cells[0].source, re.MULTILINE)[1])
    assert minutes <= MOST_MINUTES


@pytest.mark.parametrize("name", [name for name in LESSONS if name != "00_start_here"])
def test_a_lesson_has_at_most_five_ideas_and_each_says_where_the_lecture_has_it(name):
    assert 4 <= len(ideas(name)) <= MOST_IDEAS
    for section in ideas(name):
        assert WHERE.search(section[0].source), section[0].source.splitlines()[0]


@each
def test_a_lesson_opens_and_ends_like_all_others(name):
    cells, last = LESSONS[name].cells, core_of(name)[-1].source
    number = int(name[:2])
    assert cells[0].source.startswith(f"# {number} · ")
    assert "*You will be able to* " in cells[0].source
    if number:
        recall = f"**From notebook {number - 1}.**"
        opening = cells[: cells.index(sections(cells)[0][0])]
        asked = [cell.source for cell in opening if cell.source.startswith(recall)]
        assert len(asked) == 1
        assert "<summary>Answer</summary>" in asked[0]
    assert last.startswith("## To remember\n")
    assert last.count("\n- ") == 3
    assert "\n**Next:** [" in last
    assert " **To read the real thing,** open " in last


@each
def test_the_link_to_the_next_lesson_has_its_title(name):
    title, file = re.search(r"\*\*Next:\*\* \[(.*?)\]\((.*?)\)", core_of(name)[-1].source).groups()
    assert read(NOTEBOOKS / file).cells[0].source.startswith(f"# {title}")


@each
def test_exercises_are_numbered_and_what_follows_the_end_is_called_more(name):
    core = core_of(name)
    headings = [
        cell.source.splitlines()[0] for cell in markdown(core) if cell.source.startswith("## Ex")
    ]
    assert [int(h.split()[2]) for h in headings] == list(range(1, len(headings) + 1))
    for section in sections(LESSONS[name].cells[len(core) :]):
        assert section[0].source.startswith("## More · ")


@each
def test_one_cell_at_least_fails_and_the_text_before_it_says_so(name):
    cells = LESSONS[name].cells
    failing = [k for k, cell in enumerate(cells) if "raises-exception" in tags(cell)]
    assert failing
    assert all("**fails on purpose**" in " ".join(cells[k - 1].source.split()) for k in failing)


@each
def test_no_cell_moves_a_view_to_a_number_of_its_own(name):
    """It moves the view from where the reader's hand left it, and puts it back."""
    for cell in LESSONS[name].cells:
        moves = re.findall(r"\.move\(\w+=(.*)\)$", cell.source, re.MULTILINE)
        assert not moves or moves[-1] == "start", cell.source
        assert ".place =" not in cell.source


def test_upstream_and_downstream_are_defined_once():
    defined = [
        cell.id
        for lesson in LESSONS.values()
        for cell in lesson.cells
        if "**Upstream** is" in cell.source
    ]
    assert defined == ["chain-rule"]


@pytest.mark.parametrize("stop", [stop for stop in STOPS if stop.file in LESSONS])
def test_the_map_has_the_title_the_slides_and_the_minutes_of_each_lesson(stop):
    first = unlinked(LESSONS[stop.file].cells[0].source)
    title = first.splitlines()[0].removeprefix("# ").replace("(a lab)", "(lab)")
    assert MAP["stops"][stop.file][0] == title
    assert f"· slides {stop.slides} · video minutes {stop.minutes}" in first
