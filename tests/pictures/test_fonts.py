"""Hangul in pictures: drawn as letters where a font has them, and never a warning or a crash.

Two syllables that look the same are boxes: then no font has them.
"""

import os
import warnings

import pytest

from cs231n_lec4 import ComputationalGraph, Input, draw
from cs231n_lec4.pictures import fonts
from cs231n_lec4.pictures.dot import SANS
from cs231n_lec4.pictures.plots import Plot


def plot_of(text):
    """PNG data of a plot with this title."""

    def titled(ax):
        ax.set_title(text)
        return text

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return Plot(titled).png


def graph_of(name):
    """PNG data of a graph with an input of this name."""
    return draw(ComputationalGraph(Input(2.0, name) * 3)).png


@pytest.fixture
def font_needed():
    """CI has a font with Hangul (`.ci/run`); a student's machine may have none."""
    if not fonts.hangul_fonts() and not os.environ.get("CI"):
        pytest.skip("no font with Hangul: install `fonts-nanum`")


@pytest.mark.parametrize("picture_of", [plot_of, graph_of])
def test_two_syllables_look_different(picture_of, font_needed):
    assert picture_of("가") != picture_of("나")


@pytest.fixture
def no_fonts(monkeypatch):
    monkeypatch.setattr(fonts, "get_font_names", lambda: ["DejaVu Sans"])
    monkeypatch.setattr(fonts, "findSystemFonts", list)
    fonts.hangul_fonts.cache_clear()
    yield
    fonts.hangul_fonts.cache_clear()


def test_without_a_font_there_are_boxes_and_no_warning(no_fonts):
    assert plot_of("가") == plot_of("나")


def test_a_plot_in_latin_letters_is_what_it_was():
    with_font = plot_of("loss")
    assert with_font == plot_of("loss") != plot_of("가")


@pytest.mark.parametrize(("name", "size"), [("total", 8), ("합계", 10), ("w_합", 10)])
def test_a_name_with_hangul_above_a_wire_is_larger(name, size):
    dot = draw(ComputationalGraph((Input(2.0, "x") * 3).named(name))).dot
    assert f'POINT-SIZE="{size}" FACE="{SANS}">{name}</FONT>' in dot
