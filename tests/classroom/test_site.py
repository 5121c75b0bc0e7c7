"""The site: every notebook a plain page, every view alive, nothing asked from outside."""

import re
import shutil
from pathlib import Path

import pytest
from notebook_tools import NOTEBOOKS, paths, read, tags

from classroom import markdown, site
from cs231n_lec4 import words

SHORT = ["00_start_here", "03_gate_patterns"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site.main([str(folder), *SHORT])
    return folder


def test_a_formula_becomes_mathml_and_code_keeps_its_dollars():
    shown = markdown.as_html("The cost `$a` is $\\frac{a}{b}$:\n\n$$x^2$$\n\n```\n$5 * 3$\n```")
    assert "<code>$a</code>" in shown
    assert "<mfrac>" in shown
    assert 'display="block"' in shown
    assert "$5 * 3$" in shown
    assert "\x02" not in shown
    assert "\x03" not in shown


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_every_text_of_the_notebooks_is_rendered(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            shown = markdown.as_html(cell.source)
            assert not re.search(r'href="[^"]*\.ipynb', shown), cell.id  # a page leads to pages
            assert "$$" not in shown, cell.id
            assert "<merror" not in shown, cell.id
            assert "\\frac" not in shown, cell.id


def test_every_view_of_a_notebook_is_a_place_and_no_picture_is_lost(pages):
    for name in SHORT:
        text = (pages / f"{name}.html").read_text("utf-8")
        shown = [cell for cell in read(NOTEBOOKS / f"{name}.ipynb").cells if views_in(cell)]
        assert text.count('class="cs231n-place"') == len(shown) > 0
        assert "widget-view" not in text


def test_what_waits_for_a_prediction_is_folded_and_there(pages):
    """Nobody can write on a page, so that a cell could ask for ever."""
    for place, first in (("", "First your prediction"), ("ko", "먼저")):
        text = (pages / place / "00_start_here.html").read_text("utf-8")
        [shown] = re.findall(r'id="growth">.*?<details><summary>.*?</details>', text, re.DOTALL)
        assert "1048576" in shown.replace(",", "")
        assert f">{first}" not in shown.partition("</summary>")[2]


def views_in(cell):
    """The saved notebook has the static twin of a view, and the page has the cell."""
    return "jupyter-only" not in tags(cell) and any(
        "cs231n-static" in str(out.get("data", "")) for out in cell.get("outputs", [])
    )


def test_pages_link_to_pages_that_are_there(pages):
    every = {path.stem for path in paths()} | {"index", site.FORMULA}
    for page in pages.glob("*.html"):
        for link in re.findall(r'href="([\w/.-]+)\.html', page.read_text("utf-8")):
            assert Path(link).name in every, (page.name, link)


def test_a_page_asks_for_nothing_outside(pages):
    for page in pages.glob("*.html"):
        text = page.read_text("utf-8")
        for asked in re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', text):
            assert asked.startswith("data:image/png;base64,") or (pages / asked).exists()


def test_a_page_holds_no_path_of_this_machine(pages):
    for page in pages.glob("*.html"):
        text = page.read_text("utf-8")
        assert str(site.ROOT) not in text
        assert "/tmp/" not in text


@pytest.mark.parametrize(("folder", "other"), [(".", "ko/{}.html"), ("ko", "../{}.html")])
def test_the_front_page_leads_everywhere_and_pages_to_their_twins(pages, folder, other):
    front = (pages / folder / "index.html").read_text("utf-8")
    for path in paths():
        assert f'href="{path.stem}.html"' in front
    assert "<details open><summary>" in front
    assert 'href="03_gate_patterns.html#branch-say"' in front
    for name in ["index", *SHORT]:
        page = (pages / folder / f"{name}.html").read_text("utf-8")
        assert re.search(rf'<a lang="\w+" hreflang="\w+" href="{other.format(name)}">', page)


def test_words_stand_once_and_every_place_finds_its_own(pages):
    for folder in (pages, pages / "ko"):
        script = (folder / "words.js").read_text("utf-8")
        known = set(re.findall(r'^"(\w+)": ', script, re.MULTILINE))
        named = [
            name
            for page in folder.glob("[0-9]*.html")
            for name in re.findall(r'"words":"(\w+)"', page.read_text("utf-8"))
        ]
        assert set(named) == known
        assert len(named) > len(known) > 0


def test_words_of_pages_that_stay_are_kept(pages, tmp_path):
    words = shutil.copy(pages / "words.js", tmp_path)
    before = site.said_before(Path(words))
    assert site.script_of(before) == Path(words).read_text("utf-8")
    assert len(before) > 1
    assert site.said_before(tmp_path / "nothing.js") == {}


def test_a_site_in_two_languages_leaves_the_language_of_whoever_made_it(pages):
    assert words.LANGUAGE == "en"
    english, korean = (pages / f"{place}index.html" for place in ("", "ko/"))
    assert '<html lang="ko">' in korean.read_text("utf-8")
    assert 'hreflang="ko" href="ko/index.html"' in english.read_text("utf-8")
    assert 'hreflang="en" href="../index.html"' in korean.read_text("utf-8")
