"""How numbers are written: short, rounded half away from zero, the same in the browser."""

import json
import math
import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from cs231n_lec4.words.digits import array_text, digits_for, grouped, lines, number, short

FORMAT_JS = Path(__file__).parents[2] / "cs231n_lec4" / "live" / "js" / "core" / "format.js"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2.00"),
        (-0.19661193324148188, "−0.20"),
        (0.125, "0.13"),
        (-0.125, "−0.13"),
        (1.005, "1.00"),  # its binary value lies just below
        (-0.0, "0.00"),
        (0.1 + 0.2 - 0.3, "0.00"),
        (-1e-13, "0.00"),
        (0.004, "4e−3"),
        (-0.0012345, "−1.23e−3"),
        (12345.678, "12345.7"),
        (-12345.678, "−12345.7"),
        (123456789.0, "1.23e8"),
        (1e5, "100000"),
        (1e21, "1e21"),
        (-1.5e300, "−1.5e300"),
        (5e-324, "0.00"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
        (np.float32(0.1), "0.10"),
        (3, "3.00"),
    ],
)
def test_a_number_has_two_decimals_and_never_more_than_eight_characters(value, text):
    assert number(value) == text
    assert len(text) <= 8


def test_whole_numbers_can_be_shown_whole():
    assert [number(v, 0) for v in (-12.0, 0.5, 1.5, -0.4)] == ["−12", "1", "2", "0"]
    assert digits_for([-12.0, np.array([1.0, 2.0]), 3 * 0.1 * 10, math.inf]) == 0
    assert digits_for([1.0, 0.25]) == 2


def test_a_narrow_cell_drops_decimals_before_it_takes_an_exponent():
    texts = [number(v, 2, 5) for v in (-2.5, -20.25, -1234.5, 123456.0)]
    assert texts == ["−2.50", "−20.3", "−1235", "1e5"]


@pytest.mark.parametrize("width", [5, 6, 8])
def test_a_number_and_its_negative_have_the_same_digits(width):
    """−5e−5 beside 4.5e−5 would be two roundings of one number."""
    for value in filter(math.isfinite, map(abs, numbers())):
        texts = [number(x, 2, width) for x in (value, -value)]
        assert texts[1].removeprefix("−") == texts[0]


def test_nine_hundred_random_numbers_fit_into_eight_characters():
    assert max(len(number(v, d)) for v in numbers()[:900] for d in (0, 2, 6)) <= 8


def test_a_small_array_is_written_out_and_a_vector_stands_upright():
    space = "\u00a0"
    weights = array_text(np.array([[0.1, 0.5], [-0.3, 0.8]]))
    assert [line.replace(space, " ") for line in weights] == ["[ 0.10  0.50]", "[−0.30  0.80]"]
    assert array_text(np.array([0.2, 0.4])) == ["[0.20]", "[0.40]"]


def test_a_large_array_shows_its_shape_and_its_range():
    assert array_text(np.arange(20.0).reshape(4, 5)) == ["4 × 5", "0.00 … 19.00"]
    assert array_text(np.zeros((0, 3))) == ["0 × 3"]
    assert array_text(np.zeros((2, 2, 2))) == ["2 × 2 × 2", "0.00 … 0.00"]


def test_what_is_not_known_is_an_empty_line():
    assert lines(None) == [""]
    assert lines(1.5) == ["1.50"]
    assert lines(np.array([1.0])) == ["[1.00]"]


def numbers():
    """About 2,000 values: ties, slide numbers, every size, and the ends of the range."""
    draw = random.Random(4)
    ties = [k / 8 for k in range(-80, 81)] + [k / 1000 for k in range(-200, 201)]
    sizes = [draw.uniform(-1, 1) * 10.0 ** draw.randint(-20, 24) for _ in range(1200)]
    edges = [s * 10.0**p * f for p in range(-15, 19) for s in (-1, 1) for f in (1, 0.99995, 9.5)]
    return [*ties, *sizes, *edges, -0.0, 1e300, 5e-324, 1.7976931348623157e308, 2.5, 99999999.5]


SHORT = [
    (0.6224593312018546, 3, "0.622"),  # 0.623 where 0.6225 was rounded again
    (-0.0, 3, "0"),
    (2.0, 3, "2"),
    (-4.25, 3, "−4.25"),
    (0.125, 2, "0.13"),
    (9.996, 3, "10"),
    (12345.6, 3, "12346"),
    (308210, 3, "308210"),
    (1e8, 3, "1e8"),
    (-123456789.0, 3, "−1.23e8"),
    (0.0001, 3, "0.0001"),
    (0.000099999, 3, "0.0001"),
    (-0.000012345, 3, "−1.23e−5"),
    (0.1 + 0.2, 12, "0.3"),
    (1 / 3, 6, "0.333333"),
    (1e-7, 12, "1e−7"),
    (5e-324, 3, "4.94e−324"),
]


@pytest.mark.parametrize(("value", "digits", "text"), SHORT)
def test_a_number_in_a_sentence_keeps_the_digits_that_count(value, digits, text):
    assert short(value, digits) == text


def test_thousands_are_marked():
    assert [grouped(n) for n in (7, 4096, 308_210)] == ["7", "4,096", "308,210"]


def in_the_browser(script, cases):
    """What an expression of `format.js` gives for each case, a list called `c`."""
    text = f"""
        import * as format from {json.dumps(FORMAT_JS.as_uri())};
        import fs from "node:fs";
        const cases = JSON.parse(fs.readFileSync(0, "utf8"));
        console.log(JSON.stringify(cases.map((c) => {script})));
    """
    done = subprocess.run(
        ["node", "--input-type=module", "-e", text],
        input=json.dumps(cases), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed here")


@needs_node
def test_the_browser_writes_the_same_digits():
    cases = [(v, d, w) for v in numbers() for d, w in ((2, 8), (0, 8), (4, 8), (2, 5))]
    assert in_the_browser("format.formatNumber(...c)", cases) == [number(*c) for c in cases]
    others = ["NaN", "Infinity", "-Infinity"]
    assert in_the_browser("format.formatNumber(Number(c))", others) == ["NaN", "∞", "−∞"]


@needs_node
def test_the_browser_writes_the_same_short_numbers_and_thousands():
    cases = [(v, d) for v in numbers() for d in (1, 3, 6, 12)] + [c[:2] for c in SHORT]
    assert in_the_browser("format.short(...c)", cases) == [short(*c) for c in cases]
    counts = [0, 999, 1000, 4096, 409_600, 123_456_789]
    assert in_the_browser("format.grouped(c)", counts) == [grouped(n) for n in counts]


@needs_node
def test_zeros_at_the_end_of_an_exponent_stay():
    texts = {"1.5e−10": "1.5e−10", "2.50": "2.5", "10": "10", "100.00": "100", "0.0000": "0"}
    assert in_the_browser("format.trimmed(c)", list(texts)) == list(texts.values())


@needs_node
def test_a_small_change_is_not_rounded_to_its_double():
    texts = {
        5e-5: "5e−5",
        4.5e-5: "4.5e−5",
        1.49e-4: "0.00015",
        9.96e-4: "0.001",
        -0.19661: "−0.1966",
    }
    texts |= {1e-17: "0", 24.0: "24", 0.0: "0", -7e-4: "−0.0007"}
    assert in_the_browser("format.fourDigits(c)", list(texts)) == list(texts.values())
    signs = ["+0.00015", "−0.00015", "0"]
    assert in_the_browser("format.signed(c)", [1.49e-4, -1.49e-4, 1e-15]) == signs
