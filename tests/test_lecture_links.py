"""Slide and minute marks in notebooks are links to the lecture. Nothing is fetched."""

import re

import nbformat
import pytest
from lecture_links import DECK, LINKED, MINUTES, NOTES, PAGES, VIDEO, linked, unlinked
from notebook_tools import ROOT, every_path, main, read

README = (ROOT / "README.md").read_text("utf-8")
ADDRESS = re.compile(r"\]\((https?://[^)]*)\)")
MARKS = {  # without links, and with them; D and V stand for the deck and the video
    "*Slide 37 · minute 4*": "*[Slide 37](D#page=37) · [minute 4](V&t=240s)*",
    "slides 3–9, 41 and 70–72.": "[slides 3–9](D#page=3), [41](D#page=41) and [70–72](D#page=70).",
    "video minutes 0–61, 7": "[video minutes 0–61](V&t=0s), [7](V&t=420s)",
    "*Questions at minutes 8 and 19*": "*Questions at [minutes 8](V&t=480s) and [19](V&t=1140s)*",
    "## 5' · Fold (slides 62–63)": "## 5' · Fold ([slides 62–63](D#page=62))",
    "슬라이드 8, 12–29 · 영상 3–18분": "[슬라이드 8](D#page=8), [12–29](D#page=12) · [영상 3–18분](V&t=180s)",
    "영상 12분과 15분에 나온 질문": "[영상 12분](V&t=720s)과 [15분](V&t=900s)에 나온 질문",
    "슬라이드 77에 있는": "[슬라이드 77](D#page=77)에 있는",
    "25 minutes, slide 6, not 7": "25 minutes, [slide 6](D#page=6), not 7",
}
NO_MARKS = [
    "25 minutes · a slide of 3",
    "`slide 12`",
    "```python\n# slide 12\n```",
    "$slide 12$ and $$\nminute 5\n$$",
    "[as on slide 12](06.ipynb)",
    "landslides 12",
    "25분 동안 슬라이드의 2를",
]


def markdown():
    """(name of the cell, its text) for every Markdown cell of every notebook."""
    for path in every_path():
        for cell in read(path).cells:
            if cell.cell_type == "markdown":
                yield f"{path.stem}: {cell.id}", cell.source


@pytest.mark.parametrize("plain", MARKS)
def test_marks_become_links_once(plain):
    links = MARKS[plain].replace("D#", f"{DECK}#").replace("V&", f"{VIDEO}&")
    assert linked(plain) == linked(links) == links
    assert unlinked(links) == plain


@pytest.mark.parametrize("text", NO_MARKS)
def test_what_is_no_mark_stays(text):
    assert linked(text) == text


def test_a_number_or_an_address_that_was_changed_by_hand_is_set_right():
    assert linked("[slide 8](https://old.example/deck#page=7)") == f"[slide 8]({DECK}#page=8)"


def test_every_mark_in_a_notebook_is_a_link():
    """If this fails: python tests/notebook_tools.py --links"""
    assert [name for name, text in markdown() if text != linked(text)] == []


def test_every_page_and_minute_exists():
    links = [link for _, text in markdown() for link in LINKED.finditer(text)]
    assert len(links) > 100
    for link in links:
        first, last = re.findall(r"\d+", link[1])[0], re.findall(r"\d+", link[1])[-1]
        in_deck = link[0].endswith(f"]({DECK}#page={first})")
        assert in_deck or link[0].endswith(f"]({VIDEO}&t={60 * int(first)}s)"), link[0]
        assert {int(first), int(last)} <= set(PAGES if in_deck else MINUTES), link[0]


def test_readme_and_notebooks_know_no_other_address_of_the_lecture():
    texts = [README, *(text for _, text in markdown())]
    found = {address for text in texts for address in ADDRESS.findall(text)}
    of_the_lecture = {a for a in found if re.search("stanford|cs231n|youtu", a)}
    assert {DECK, NOTES, VIDEO} <= of_the_lecture
    assert {re.sub(r"#page=\d+$|&t=\d+s$", "", a) for a in of_the_lecture} == {DECK, NOTES, VIDEO}


def test_the_command_sets_links_in_markdown_and_nothing_else(tmp_path):
    path = tmp_path / "small.ipynb"
    cells = [
        nbformat.v4.new_markdown_cell("*Slide 9*", id="say"),
        nbformat.v4.new_code_cell("'slide 9'", id="run", execution_count=1),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    main(["--links", str(path)])
    say, run = read(path).cells
    assert say.source == f"*[Slide 9]({DECK}#page=9)*"
    assert run == cells[1]
    once = path.read_bytes()
    main(["--links", str(path)])
    assert path.read_bytes() == once
