"""How saved views look: whole pictures, edges that are seen, targets that are hit, paper."""

import re

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import (
    ComputationalGraph,
    Input,
    activation_view,
    ask,
    explore,
    explore_jacobian,
    lecture,
    net_view,
    quiz,
    step_through,
    template_view,
    training_view,
    words,
)
from cs231n_lec4.live.base.live_view import static_bundle
from cs231n_lec4.live.base.page import save_page

from . import lab
from .views import button

CONTROLS = "input, select, button, summary"
# Of each control: its name, its height and width, and how its edge stands out from the paper.
LOOKS = """([controls]) => {
  const lightness = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const target = (it) => (it.matches("[type=checkbox], [type=radio]") ? it.closest("label") : it);
  const paper = lightness(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll(`.cs231n-live :is(${controls})`)]
    .filter((it) => it.checkVisibility())
    .map((it) => {
      const [edge, { width, height }] = [getComputedStyle(it), target(it).getBoundingClientRect()];
      const [low, high] = [paper, lightness(edge.borderTopColor)].sort();
      const hasEdge = it.matches("input[type=text], select, button");
      const name = it.ariaLabel ?? it.textContent;
      return { name, width, height, contrast: hasEdge ? (high + 0.05) / (low + 0.05) : 21 };
    });
}"""


def ladder(gates):
    x, y = Input(0.5, "x"), Input(0.9, "y")
    before, last = x * y, x + y
    for _ in range(gates - 3):
        before, last = last, last - before
    return ComputationalGraph((before * last).named("f"))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    views = [
        step_through(ladder(24)),
        explore(lecture.add_multiply()),
        quiz(lecture.add_multiply()),
        explore(lecture.tiny_two_layer()),
        explore_jacobian(),
        net_view(3, 4, 2),
        activation_view(),
        template_view(),
        training_view(),
    ]
    yield save_page(tmp_path_factory.mktemp("look") / "page.html", views, title="Views")
    for view in views:
        view.close()


def shown(open_page, path, width, theme):
    page = open_page(path, viewport=(width, 900))
    page.page.emulate_media(color_scheme=theme)
    page.page.locator(".cs231n-live").last.wait_for()
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 560, 400])
def test_every_control_is_seen_and_large_enough(open_page, path, width, theme):
    page = shown(open_page, path, width, theme)
    looks = page.page.evaluate(LOOKS, [CONTROLS])
    assert len(looks) > 50
    on_wires = "the gradient of"  # as large as their cells, which stand apart from each other
    small = [it for it in looks if min(it["width"], it["height"]) < 23.9]
    assert [it for it in small if not it["name"].startswith(on_wires)] == []
    assert [it for it in looks if it["contrast"] < 3] == []
    page.page.screenshot(path=lab.ARTEFACTS / f"look-{width}-{theme}.png", full_page=True)


@pytest.mark.parametrize("width", [1280, 400])
def test_steps_scroll_to_their_gate_and_the_whole_picture_fits(open_page, path, width):
    page = shown(open_page, path, width, "light")
    view = page.page.locator(".cs231n-live").first
    place = view.locator(".drawing")
    for _ in range(30):
        button(view, "Next").click()
        lit = view.locator("svg .gate.lit, svg .fork.lit")
        inside = """(it) => {
          const [a, b] = [it.getBoundingClientRect(),
            it.closest(".drawing").getBoundingClientRect()];
          return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
        }"""
        assert lit.first.evaluate(inside)
    button(view, "Whole picture").click()
    sizes = "it => [it.scrollWidth - it.clientWidth, it.scrollHeight - it.clientHeight]"
    assert max(place.evaluate(sizes)) <= 1
    button(view, "Whole picture").click()
    assert max(place.evaluate(sizes)) > 1
    expect(page.page.locator(".cs231n-live").nth(1).get_by_text("Whole picture")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_pictures_are_whole_and_nothing_asks_for_a_hand(open_page, path, theme):
    page = shown(open_page, path, 700, theme)
    page.page.emulate_media(media="print", color_scheme=theme)
    assert page.page.locator(".cs231n-live button:visible").count() == 0
    assert page.page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    cut = """() => [...document.querySelectorAll(".cs231n-live svg")]
      .map((svg) => svg.getBoundingClientRect()).filter(({ right }) => right > innerWidth).length"""
    assert page.page.evaluate(cut) == 0
    tables = page.page.locator(".node-table")
    right = "all => Math.max(...all.map((it) => it.getBoundingClientRect().right)) - innerWidth"
    assert tables.count() == 1
    assert tables.evaluate_all(right) <= 0
    page.page.pdf(path=lab.ARTEFACTS / f"look-print-{theme}.pdf")
    page.page.screenshot(path=lab.ARTEFACTS / f"look-print-{theme}.png", full_page=True)


# Sentences that ask for a hand, a key or a kernel.
ASKS = re.compile(r"\b(Drag|Point at|[Pp]ress|Tab|arrow keys?|Vote|Click|Run the cell)\b")


def test_on_paper_no_sentence_asks_for_a_hand(open_page, tmp_path):
    views = {
        "arrays": explore(lecture.tiny_two_layer()),
        "numbers": explore(lecture.branch()),
        "slopes": explore_jacobian(lecture.squared_norm_of_product(), "x"),
        "vote": quiz(lecture.branch(), choices=True),
        "ask": ask("Which?", ["one", "two", "three"], "B", ["No.", "Yes.", "No."]),
        "training": training_view(),
        "steps": step_through(lecture.branch()),
    }
    for name, view in views.items():
        page = open_page(view.save(tmp_path / f"{name}.html"), viewport=(700, 900)).page
        text = "document.body.innerText"
        asked = ASKS.findall(page.evaluate(text))
        assert asked or name in ("training", "steps")
        if name == "ask":
            assert "Vote: A, B, C." in page.evaluate(text), "as many letters as answers"
        page.emulate_media(media="print")
        assert ASKS.findall(page.evaluate(text)) == []
        view.close()


def test_on_paper_a_static_picture_does_not_ask_to_run_its_cell(open_page, tmp_path):
    view = explore(lecture.branch())
    shown = static_bundle(view.static_picture(), "", words.VIEW_STATIC)["text/html"]
    (tmp_path / "static.html").write_text(f"<!doctype html><body>{shown}", encoding="utf-8")
    page = open_page(tmp_path / "static.html").page
    assert ASKS.findall(page.evaluate("document.body.innerText"))
    page.emulate_media(media="print")
    assert page.evaluate("document.body.innerText").strip() == ""
    view.close()


def test_paper_has_every_wire_of_a_picture_that_scrolls(open_page, tmp_path):
    """On the screen what is out of sight waits in memory; on paper nothing is out of sight."""
    view = explore(ladder(60))
    page = open_page(view.save(tmp_path / "page.html")).page
    place, wires = page.locator(".drawing"), page.locator(".drawing g.wire")
    page.wait_for_timeout(100)
    shown, whole = wires.count(), len(view.pictures[0]["wires"])
    at = place.evaluate("place => [place.scrollLeft, place.scrollTop]")
    counts = "() => (printed = document.querySelectorAll('.drawing g.wire').length)"
    page.evaluate(f"addEventListener('beforeprint', {counts})")
    page.pdf()
    assert page.evaluate("printed") == whole > 2 * shown
    page.wait_for_timeout(100)
    assert place.evaluate("place => [place.scrollLeft, place.scrollTop]") == at
    assert wires.count() == shown
    view.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page(open_page, path, theme):
    page = shown(open_page, path, 560, theme)
    found = lab.axe(page.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []


LABELS = {
    "upstream gradient": lambda: explore(ComputationalGraph(Input(3.0, "x") * Input(-4.0, "y"))),
    "orange_price": lambda: explore(lecture.shopping()),
    "W[0, 1]": lambda: step_through(lecture.squared_norm_of_product()),
}


@pytest.mark.parametrize("width", [1280, 560])
@pytest.mark.parametrize("longest", LABELS)
def test_sliders_stand_in_line_whatever_their_labels(open_page, tmp_path, longest, width):
    path = LABELS[longest]().save(tmp_path / "view.html")
    page = open_page(path, viewport=(width, 900)).page
    row = page.locator(".slider-row").filter(has_text=longest).first
    sliders = page.get_by_role("slider").all()
    assert len({round(slider.bounding_box()["width"]) for slider in sliders}) == 1
    label, slider = row.locator("span").bounding_box(), row.get_by_role("slider").bounding_box()
    assert label["x"] + label["width"] <= slider["x"] - 4


@pytest.mark.parametrize("width", [1280, 480])
def test_the_two_formulas_of_a_gate_stand_whole(open_page, tmp_path, width):
    path = step_through(lecture.sigmoid_neuron()).save(tmp_path / "walk.html")
    page = open_page(path, viewport=(width, 1200)).page
    button(page, "Last step").click()
    box = page.locator(".formula")
    assert box.evaluate("(it) => it.scrollHeight - it.clientHeight") <= 1
