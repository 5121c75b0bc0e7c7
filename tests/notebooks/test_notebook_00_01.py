"""Notebooks 00 and 01, and the rooms that 00 opens: map, downhill picture, set-up check."""

import re

import numpy as np
import pytest
from notebook_tools import NOTEBOOKS, READMES, ROOT, exercises, paths, read, solution, with_table

from cs231n_lec4 import check_answer, lecture, quiz, words
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.lessons.downhill import valley, valley_gradient, walk_downhill
from cs231n_lec4.live import setup as setup_check
from cs231n_lec4.live.browser_check import BrowserCheck
from cs231n_lec4.pictures.lecture_map import STOPS, LectureMap, lecture_map
from cs231n_lec4.pictures.plots import Plot, downhill_picture

ON_THE_MAP = [f"{stop.file}.ipynb" for stop in STOPS[1:]]
OURS = [NOTEBOOKS / "00_start_here.ipynb", NOTEBOOKS / "01_computational_graphs.ipynb"]


def links_of(html):
    return re.findall(r'href="([^"]*)"', html)


# ── the map ──────────────────────────────────────────────────────────────────────────────────────


def test_the_one_list_of_notebooks_names_all_that_are_there_and_no_other():
    there, listed = {path.stem for path in paths()}, {stop.file for stop in STOPS}
    assert listed - there == set(), "pictures/lecture_map.py names what is not there"
    assert there - listed == set(), "add a stop to pictures/lecture_map.py"
    assert listed == set(words.MAP["stops"]), "each needs a title and a question in words/"


@pytest.mark.parametrize("name", READMES)
def test_the_readme_has_a_row_for_each_of_them(name):
    said = (ROOT / name).read_text(encoding="utf-8")
    assert said == with_table(name), "run: .venv/bin/python tests/notebook_tools.py --links"


def test_the_map_links_the_notebooks_that_are_there_and_no_other(tmp_path):
    assert links_of(LectureMap(tmp_path).html) == []
    for name in ON_THE_MAP[3:5]:
        (tmp_path / name).write_text("{}")
    assert links_of(LectureMap(tmp_path).html) == ON_THE_MAP[3:5]


def test_the_map_of_a_translation_links_english_where_nothing_is_translated(tmp_path):
    (tmp_path / "ko").mkdir()
    for name in ON_THE_MAP[:3]:
        (tmp_path / name).write_text("{}")
    (tmp_path / "ko" / ON_THE_MAP[1]).write_text("{}")
    expected = [f"../{ON_THE_MAP[0]}", ON_THE_MAP[1], f"../{ON_THE_MAP[2]}"]
    assert links_of(LectureMap(tmp_path / "ko").html) == expected


def test_the_map_names_every_notebook_also_as_text():
    text = repr(lecture_map())
    assert len(text.splitlines()) == len(ON_THE_MAP)
    for number in range(1, 11):
        assert f" {number} · " in text


def test_the_stored_map_links_what_is_there():
    """Red after a new notebook came? Run: python run.py notebooks notebooks/00_start_here.ipynb"""
    cell = next(cell for cell in read(OURS[0]).cells if cell.id == "map")
    stored = links_of(cell.outputs[0].data["text/html"])
    assert stored == [name for name in ON_THE_MAP if (NOTEBOOKS / name).exists()]


# ── the set-up check ─────────────────────────────────────────────────────────────────────────────


def test_a_healthy_machine_gets_only_right_marks():
    report = setup_check.check_setup()
    assert report
    assert [line[0] for line in repr(report).splitlines()] == ["✓"] * 4


def test_a_missing_picture_engine_is_told_with_its_cure(monkeypatch):
    def no_engine(graph):
        raise GraphError("no_layout_engine")

    monkeypatch.setattr(setup_check, "draw", no_engine)
    report = setup_check.check_setup()
    assert not report
    assert (
        "✗ The picture engine does not draw. No Graphviz was found, so there is no picture. Install it: pip install pygraphviz"
        in repr(report)
    )


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(setup_check, "PACKAGES", ("numpy", "no_such_package"))
    assert "✗ These packages are missing: no_such_package." in repr(setup_check.check_setup())


def test_wrong_numbers_are_told(monkeypatch):
    monkeypatch.setattr(setup_check, "GRADIENTS", {"x": 0.0})
    assert "✗ The graph computes wrong numbers: {'x': -4.0" in repr(setup_check.check_setup())


def test_python_answers_the_browsers_question():
    check = BrowserCheck()
    check.question = 3
    assert check.answer == 3


# ── walking downhill ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("point", [(-1.3, 1.0), (0.5, -0.7), (1.8, 2.2)])
def test_the_gradient_of_the_valley_is_what_nudges_measure(point):
    w, h = np.array(point), 1e-6
    measured = [(valley(*(w + d)) - valley(*(w - d))) / (2 * h) for d in np.eye(2) * h]
    np.testing.assert_allclose(valley_gradient(*point), measured, rtol=1e-6)


def test_every_step_of_the_walk_goes_down():
    losses = [valley(*point) for point in walk_downhill()]
    assert all(np.diff(losses) < 0)


def test_the_downhill_picture_says_in_words_what_it_shows():
    picture = Plot(downhill_picture)
    assert "60 small steps goes downhill, from a loss of 6.24 to 0.04" in picture.alt
    assert f'alt="{picture.alt}"' in picture._repr_mimebundle_()["text/html"]


# ── notebook 01 ──────────────────────────────────────────────────────────────────────────────────


def test_the_promise_is_slide_8_with_the_scores_of_cat_car_and_frog():
    graph = lecture.linear_classifier()
    np.testing.assert_allclose(graph["s"].value, [3.2, 5.1, -1.7])
    assert graph.output.value == pytest.approx(2.9 + 0.1 * 8.74)


def test_a_quiz_on_values_alone_holds_no_gradient():
    view = quiz(lecture.add_multiply(), values=True, gradients=False)
    assert list(view.answers) == ["q_value", "f_value"]
    assert set(view.program["grads"]) == {None}
    assert "−4.00   " not in repr(view)
    view.answer(q_value=3.0, f_value=-12.0)
    assert view.solved


@pytest.mark.parametrize(
    ("name", "wrong", "reason"),
    [
        ("x", 1.0, "forgot_upstream"),
        ("x", 2.0, "gave_the_value"),
        ("x", -6.0, "sign"),
        ("y", 7.0, "adds_upstream"),
        ("z", 3.0, "sign"),
    ],
)
def test_a_known_mistake_in_exercise_1_gets_its_reason(name, wrong, reason):
    graph = lecture.add_multiply(x=2.0, y=-5.0, z=6.0)
    assert check_answer(graph, name, wrong).reason == reason


def test_the_slip_of_exercise_2_is_called_by_its_name():
    slip = next(e for e, _, _ in exercises(read(OURS[1])) if e.id == "slip")
    namespace = {}
    exec(slip.source, namespace)
    answers = namespace["backward_pass"](-2.0, 5.0, -4.0)
    assert check_answer(lecture.add_multiply(), answers).reason == "forgot_upstream"


def test_the_repaired_pass_of_exercise_2_is_right_at_other_numbers_too():
    answer = next(a for e, _, a in exercises(read(OURS[1])) if e.id == "slip")
    namespace = {}
    exec(solution(answer.source), namespace)
    numbers = {"x": 0.5, "y": 2.5, "z": 7.0}
    assert check_answer(lecture.add_multiply(**numbers), namespace["backward_pass"](**numbers))


@pytest.mark.parametrize("edition", [".", "ko"])
def test_the_shopping_bill_says_what_the_graph_computes(edition):
    gradients = lecture.shopping().backward()
    path = next(path for path in paths(edition) if path.name == OURS[1].name)
    said = next(cell.source for cell in read(path).cells if cell.id == "shop-seen")
    for name in ("apples", "apple_price", "tax"):
        assert re.search(rf"\b{gradients[name]:.4g}\b", re.sub("[가-힣]", " ", said)), name
    assert f"650 · 0.01 = {gradients['tax'] * 0.01:.2g}" in said


# ── the words ────────────────────────────────────────────────────────────────────────────────────


def test_the_table_of_words_has_twenty_terms_in_two_languages():
    table = next(cell.source for cell in read(OURS[0]).cells if cell.id == "words")
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 20
    assert all(re.search("[가-힣]", korean) for _, korean, _ in rows)
    assert all(sentence.strip().endswith(".") for _, _, sentence in rows)
