"""The lecture as a page: every scene at four sizes, keys, buttons, swipes, hands, notes, minutes."""

import contextlib
import re
import shutil
import subprocess

import nbformat
import pytest
from notebook_tools import NOTEBOOKS, code_cells
from playwright.sync_api import expect

from cs231n_lec4 import language, words

from . import lab

SCENES = list(words.HALL)
WINDOWS = {"1280": (1280, 720), "1920": (1920, 1080), "390": (390, 844), "320": (320, 640)}
HALLS = ["1280", "1920"]
# What reaches beyond the window, what is cut, which controls lie over each other, and how far down
# the scene goes. What scrolls in a place of its own is counted by that place.
EDGES = """([width, height]) => {
  const scene = document.querySelector(".scene.now");
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const isOwn = (e) => { for (let p = e.parentElement; p !== scene; p = p.parentElement)
    if (scrolls(p) && !p.matches(".drawing:has(> svg, > .sheet)")) return false; return true; };
  const isPanned = (e) => e.closest(".drawing") && width < 700;
  const parts = [...scene.querySelectorAll("p, button, input, label, svg, math, td, th, figcaption")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => !e.closest(".only-heard") && isOwn(e) && !isPanned(e));
  const boxes = parts.map((e) => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()]);
  const beyond = boxes.filter(([, b]) => b.left < -1 || b.right > width + 1
    || (width > 700 && b.bottom > height + 1)).map(([name]) => name);
  const cut = [...scene.querySelectorAll(".formula, .options, .controls")]
    .filter((e) => width > 700 && e.checkVisibility())
    .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.className);
  const controls = parts.filter((e) => e.matches("button, input"));
  const boxOf = (e) => e.getBoundingClientRect();
  const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2
    && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const over = controls.flatMap((e, k) => controls.slice(k + 1)
    .filter((other) => meet(boxOf(e), boxOf(other))).map((other) => [e.outerHTML, other.outerHTML]));
  const wide = document.documentElement.scrollWidth - width;
  return { beyond, cut, over, wide, lowest: Math.max(...boxes.map(([, b]) => b.bottom)) };
}"""
DIGITS = """() => [...document.querySelectorAll(".scene.now svg .value, .scene.now svg .gradient")]
  .filter((e) => e.checkVisibility() && e.textContent)
  .map((e) => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a)"""


def written(folder, edition="."):
    """The page that the last cell of the notebook writes."""
    space = {}
    with contextlib.chdir(folder):
        for cell in code_cells(nbformat.read(NOTEBOOKS / edition / "lecture.ipynb", 4)):
            exec(cell.source, space)
    return folder / "lecture.html"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return written(tmp_path_factory.mktemp("deck"))


@pytest.fixture
def korean_path(tmp_path):
    yield written(tmp_path, "ko")
    language("en")


@pytest.fixture
def deck(open_page, path):
    """A function that opens the deck at a scene."""

    def open_(name, **look):
        opened = open_page(path, **look).page
        opened.goto(f"{opened.url.partition('#')[0]}#{SCENES.index(name) + 1}")
        opened.reload()
        expect(now(opened).locator("h2")).to_have_text(words.HALL[name]["title"])
        return opened

    return open_


def now(page):
    return page.locator(".scene:visible")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def is_at(page, name):
    expect(now(page).locator("h2")).to_have_text(words.HALL[name]["title"])


@pytest.mark.parametrize("size", WINDOWS)
def test_every_scene_fits_its_window_before_and_after_a_wrong_vote(open_page, path, size):
    fits(open_page(path, viewport=WINDOWS[size]), size)


@pytest.mark.parametrize("size", WINDOWS)
def test_every_korean_scene_fits_too(open_page, korean_path, size):
    fits(open_page(korean_path, viewport=WINDOWS[size]), size)


def fits(page, size):
    """Every scene of the open deck, before and after a wrong vote."""
    for name in SCENES:
        is_at(page.page, name)
        for keys in ([], ["A" if words.HALL[name].get("right") != "A" else "B", "r"]):
            press(page.page, *keys)
            found = page.page.evaluate(EDGES, WINDOWS[size])
            assert (found["beyond"], found["cut"], found["over"]) == ([], [], []), (name, keys)
            assert found["wide"] <= 0, (name, keys)
            if size in HALLS:  # the lower third is used
                assert found["lowest"] > WINDOWS[size][1] * 2 / 3, (name, keys)
                assert min(page.page.evaluate(DIGITS), default=99) >= 19, (name, keys)
                title = now(page.page).locator("h2").bounding_box()
                assert title["height"] > WINDOWS[size][1] / 30, name  # words grow with the window
        page.screenshot(f"deck-{words.LANGUAGE}-{size}-{name}")
        press(page.page, "n")
    assert page.console_errors == []
    assert page.requests == []


def test_arrow_keys_step_wherever_the_focus_is_but_on_a_slider(deck):
    page = deck("branch")
    count = now(page).locator(".step-count")
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft")
    expect(count).to_contain_text("Step 1 of")
    now(page).locator(".option").first.focus()
    press(page, "ArrowRight")
    expect(count).to_contain_text("Step 2 of")
    slider = now(page).get_by_role("slider").first
    slider.focus()
    before = slider.input_value()
    press(page, "ArrowRight")
    assert slider.input_value() != before
    expect(count).to_contain_text("Step 2 of")
    page.locator("h2:visible").click()  # nothing has the focus
    press(page, "End")
    expect(count).to_contain_text("Step 8 of 8")


def test_keys_and_buttons_go_through_the_scenes_and_stop_at_the_ends(deck):
    page = deck("loss")
    press(page, "p", "PageUp")
    is_at(page, SCENES[0])
    press(page, "n", "PageDown", "PageDown", "p")
    is_at(page, SCENES[2])
    now(page).get_by_role("slider").first.focus()
    press(page, "PageDown")
    is_at(page, SCENES[2])  # ten steps of the slider
    press(page, "n")
    is_at(page, SCENES[3])
    page.get_by_role("button", name="Next scene").click()
    page.get_by_role("button", name="Scene before").click(click_count=2)
    is_at(page, SCENES[2])
    press(page, *["n"] * 20)
    is_at(page, SCENES[-1])
    expect(page.get_by_role("button", name="Next scene")).to_have_attribute("aria-disabled", "true")


def swipe(page, target, across, down=0):
    """One finger, as a phone tells it."""
    box = target.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)
    for kind, points in {
        "touchStart": [{"x": x, "y": y}],
        "touchMove": [{"x": x + across, "y": y + down}],
        "touchEnd": [],
    }.items():
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_goes_through_the_scenes_but_not_from_a_slider(deck):
    page = deck("gate", phone=True)
    question = now(page).locator(".quiz-question")
    swipe(page, question, -140)
    is_at(page, "fold")
    swipe(page, now(page).locator(".quiz-question"), 140)
    is_at(page, "gate")
    swipe(page, question, -100, down=90)
    swipe(page, question, -30)
    slider = now(page).get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    swipe(page, slider, -100)
    is_at(page, "gate")
    page.get_by_role("button", name="Next scene").tap()
    is_at(page, "fold")


def bars(page):
    """How long the bar of each answer is, in percent, and the number at its end."""
    return (
        now(page)
        .locator(".option.counted")
        .evaluate_all(
            "all => all.map((e) => [parseFloat(e.style.getPropertyValue('--hands')),"
            " getComputedStyle(e, '::after').content])"
        )
    )


def test_hands_are_counted_by_keys_and_their_bars_wait_for_the_answer(deck):
    page = deck("patterns")
    hands = now(page).get_by_role("button", name="Count hands")
    press(page, "h", "a", "a", "A", "b", "1", "2", "d", "7", "Backspace", "d", "1")
    counting = now(page).locator(".quiz-bar button[aria-pressed=true]")
    expect(counting).to_have_text("D: 1 · 16 in all")
    expect(now(page).locator(".option[aria-pressed=true]")).to_have_count(0)  # no vote
    assert bars(page) == []
    press(page, "h", "b")
    expect(now(page).locator(".option[aria-pressed=true]")).to_contain_text("The weight's")
    assert bars(page) == []
    press(page, "r")
    assert [length for length, _ in bars(page)] == [18.75, 75, 0, 6.25]
    assert [re.findall(r"\d+", text) for _, text in bars(page)] == [["3"], ["12"], ["0"], ["1"]]
    press(page, "r")
    assert bars(page) == []
    expect(hands).to_have_attribute("aria-pressed", "false")
    press(page, "r")
    assert bars(page) == []  # a new vote begins with no hand


def test_hands_are_counted_in_a_quiz_too_for_each_question_anew(deck):
    page = deck("first")
    press(page, "h", "c", "c", "d", "h", "d", "r")
    assert [length for length, _ in bars(page)] == [0, 0, pytest.approx(66.7, abs=0.1), pytest.approx(33.3, abs=0.1)]  # fmt: skip
    press(page, "r")
    expect(now(page).locator(".quiz-question")).to_contain_text("2 of 4.")
    press(page, "r")
    assert bars(page) == []


def test_notes_and_minutes_come_and_go_by_a_key(open_page, path):
    page = open_page(path).page
    page.clock.install()
    page.reload()
    notes, clock = page.locator(".notes:visible"), page.locator(".speaker b")
    expect(notes).to_have_count(0)
    press(page, "s")
    expect(notes).to_have_text(words.HALL["loss"]["notes"])
    expect(clock).to_have_text("minute 0 · planned 0–5")
    page.clock.fast_forward(4 * 60_000)
    expect(clock).to_have_text("minute 4 · planned 0–5")
    press(page, "n", "n", "m")
    expect(notes).to_have_text(words.HALL["gate"]["notes"])
    expect(clock).to_have_text("minute 13 · planned 13–18")
    page.clock.fast_forward(2 * 60_000)
    expect(clock).to_have_text("minute 15 · planned 13–18")
    assert page.evaluate(EDGES, [1280, 720])["beyond"] == []
    press(page, "s")
    expect(notes).to_have_count(0)


def test_a_veil_hides_every_gradient_until_the_answer(deck):
    for name, part in [("patterns", "svg .gradient"), ("jacobian", "td.gradient ~ td.gradient")]:
        page = deck(name)
        hidden = now(page).locator(part).first
        expect(hidden).to_be_hidden()
        press(page, "b", "r")
        expect(hidden).to_be_visible()


@pytest.mark.parametrize("name", ["loss", "first", "templates", "activations"])
def test_axe_finds_nothing_in_a_deck(deck, name):
    page = deck(name)
    press(page, "s")
    found = lab.axe(page, "main")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []


def test_on_paper_stand_all_scenes_with_their_answers(deck):
    page = deck("gate")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".scene:visible")).to_have_count(len(SCENES))
    expect(page.locator(".ask-view .option:visible")).to_have_count(4 * (len(SCENES) - 1))
    assert page.locator("nav:visible, .quiz-bar button:visible, .notes:visible").count() == 0
    bottoms = page.locator(".scene").evaluate_all("all => all.map((e) => e.offsetTop)")
    assert bottoms == sorted(set(bottoms))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".stacked")).to_have_count(0)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
@pytest.mark.parametrize("size", WINDOWS)
def test_paper_has_the_last_scene_whatever_the_window(open_page, path, size, tmp_path):
    """Chromium has been seen to forget the last pages."""
    page = open_page(path, viewport=WINDOWS[size]).page
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    page.pdf(path=tmp_path / "deck.pdf", format="A4", margin=margin)
    printed = subprocess.run(["pdftotext", tmp_path / "deck.pdf", "-"], capture_output=True)
    titles = [words.HALL[name]["title"].partition(" (")[0] for name in SCENES]
    assert [title for title in titles if title not in printed.stdout.decode()] == []
