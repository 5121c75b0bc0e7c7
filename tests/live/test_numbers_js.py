"""`numbers.js` reads numbers as people type them. Run by node; skipped where there is none."""

import pytest
from node import module, run

READ = """
const texts = JSON.parse(await input());
console.log(JSON.stringify(texts.map((text) => readNumber(text))));
"""


def read(*texts):
    return run(module("numbers") + READ, texts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-4", -4),
        ("−4", -4),
        ("–4", -4),
        ("+4", 4),
        (" - 4 ", -4),
        (".5", 0.5),
        ("-.5", -0.5),
        ("5.", 5),
        ("0,5", 0.5),
        (",5", 0.5),
        ("−0,25", -0.25),
        ("1/2", 0.5),
        ("-1/4", -0.25),
        ("1/-4", -0.25),
        ("½", 0.5),
        ("１２", 12),
        ("－０．５", -0.5),
        ("1e-3", 0.001),
        ("1000000", 1e6),
    ],
)
def test_a_number_is_read_as_people_type_it(text, value):
    assert read(text) == [{"value": value}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not_a_number"),
        ("four", "not_a_number"),
        ("1/2/3", "not_a_number"),
        ("1/0", "not_a_number"),
        ("0/0", "not_a_number"),
        ("1,000", "not_a_number"),
        ("1_000", "not_a_number"),
        ("0x10", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1+1", "not_a_number"),
        ("--4", "not_a_number"),
        ("1000001", "too_large"),
        ("-1e400", "too_large"),
    ],
)
def test_what_is_no_number_is_refused_with_a_code(text, problem):
    assert read(text) == [{"problem": problem}]
