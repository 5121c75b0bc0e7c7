"""Formulas as Korean readers type them: names in Hangul, full-width signs, and all that follows."""

import unicodedata

import pytest

import cs231n_lec4 as c
from cs231n_lec4 import parse


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("사과*개수", "사과 * 개수"),
        ("사과＊개수", "사과 * 개수"),
        ("（사과＋２）×개수", "(사과 + 2) * 개수"),
        ("사과　－　０．５／개수", "사과 - 0.5 / 개수"),
        ("ｍａｘ（사과，개수）", "max(사과, 개수)"),
    ],
)
def test_a_korean_keyboard_writes_the_same_formula(text, plain):
    numbers = {"사과": 3.0, "개수": 2.0}
    ours, theirs = parse(text, **numbers), parse(plain, **numbers)
    assert ours.output.value == theirs.output.value
    assert ours.backward() == theirs.backward()


def test_a_formula_with_korean_names_is_drawn_written_walked_and_saved(tmp_path):
    graph = parse("(사과 * 개수 + 2) ** 2", 사과=3.0, 개수=2.0)
    assert graph.backward() == {"사과": 32.0, "개수": 48.0}
    assert "d사과 = 개수 * dv1" in c.flat_code(graph)
    assert c.compile_flat(graph)(사과=1.0, 개수=1.0) == (9.0, {"사과": 6.0, "개수": 6.0})
    assert "사과" in c.draw(graph).svg
    views = [c.explore(graph), c.step_through(graph), c.quiz(graph)]
    page = c.save_page(tmp_path / "page.html", views, "장보기").read_text("utf-8")
    assert page.count('"사과"') >= 3
    assert c.check_answer(graph, "사과", 32.0)


def test_letters_composed_of_two_signs_are_one_name():
    apart = unicodedata.normalize("NFD", "사과")
    assert parse(f"{apart} * 2", 사과=3.0).output.value == 6.0
