"""A saved notebook never answers a prediction: the cell does, when a prediction stands in it."""

import importlib
import re

import pytest
from exercises import ASKS, LESSONS, answer_to
from notebook_tools import code_cells, paths, read, tags, text_of

from cs231n_lec4 import predicted

# What each cell answers, line by line or a part of a line. Plots are known by their alt text.
ANSWERS = {
    "00 growth": ["x in the formula: 1,048,576 times", "nodes in the graph: 101"],
    "01 curve": ["gap 1.0000", "gap 0.0100", "gap 0.0001"],
    "01 gate-python": ["by hand: -8.0, 6.0"],
    "02 rounding": ["0.196612", "multiplied, then rounded   0.39", "multiplied   0.40"],
    "02 fold-python": ["w0: -0.104994  -0.104994", "w2: 0.104994  0.104994"],
    "02 closed": ["# backward", "dv7 = -1.0 / v7 ** 2 * df"],
    "03 tie": ["to the left measures 0, to the right 1"],
    "03 scale": ["2.0: gradient with respect to weight 2.0", "respect to weight 2000.0"],
    "03 update": ["-20.0 -20.0 -20.64"],
    "04 diagonal-python": ["[0. 1. 0. 0.]", "[0. 0. 0. 1.]"],
    "04 order": ["J (2, 3)", "upstream (2,)", "downstream (3,)"],
    "05 indicator": ["[0.2 0.4 0.  0. ]", "[0.  0.  0.2 0.4]"],
    "05 sum": ["0.044", "-0.156"],
    "05 shape": ["2qxᵀ (3, 2)", "2xqᵀ (2, 3)"],
    "05 jacobian": ["J 256 GiB", "W 64 MiB"],
    "05 misprint": ["[False False False False]", "True  True False False"],
    "06 order": ["forward:  c d e", "backward: e d c"],
    "06 twice": ["[20.0, 10.0]"],
    "06 flat": ["dq = 1.0 / (1.0 + exp(-q)) * df", "dw = x * dq"],
    "06 alias": ["dx = [10.  0.]  db = [10.  0.]"],
    "07 softmax": ["[ 0.2 -0.7  0.5]"],
    "07 stable": ["[ 0.  0. nan]", "[0. 0. 1.]"],
    "07 lab-table": ["1e-05         2e-06         9e-12"],
    "07 lab-float32": ["1e-01         2e-02         3e-04"],
    "07 kink": ["[0.45, 0.0]"],
    "08 features": ["x1, x2: 53%", "r, angle: 100%", "a disc in a ring"],
    "08 why": ["(2, 3)"],
    "08 activations-move": ["[0.25   0.0588 0.0134 0.003 ] 0.0002"],
    "08 neuron": ["sum 0.100, firing rate 0.525"],
    "09 fall": ["expected 1.9726, real 1.7613", "expected 0.0197, real 0.0197"],
    "09 zero": ["[-0.0364 -0.0364]", "[ 0.3586  0.3586]"],
    "09 batch": ["[[-0.326, 0.047]", "[[1.024, -3.466], [-0.021, -1.599]]"],
    "09 capacity": ["own points 98%, new ones 76%", "own points 92%, new ones 79%"],
    "09 saturated": ["outside: 88%, mean slope h (1 - h): 0.0138"],
    "09 slip-see": ["with N in the place of H, ", "on a logarithmic scale"],
    "10 mean": ["mean of all horses"],
    "10 front": ["35 horses from the front, mean h = [0. 0.]"],
    "10 rank": ["two templates 78%", "one template 78%"],
    "10 trained": ["1 layer  79% ± 1%", "2 layers 85% ± 1%"],
    "10 unit-control": ["unit 13, trained:", "'horse': 14"],
    "10 unit-seeds": ["seed 5: after  0", "68% ± 2%", "41% ± 2%"],
    "10 wish": ["face the same way: 84%", "face the same way: 100%", "trained, before training"],
    "11 value-run": ["6.0 × [2.0, 3.0]"],
    "11 own": ["y     2      5", "z     0      0"],
    "11 train": ["step 1: loss 0.0", "step 5: loss 0.00"],
    "11 hard-inf": ["inf"],
    "11 count": ["n = 100: 40,000 products forward, 400 backward"],
    "11 three": ["3.7*(1*(1-x) - x*1)", "20   20,971,520         7e-03     60"],
    "12 adds": ["24.0"],
    "12 rules": ["graph=True): w.grad is 8.0", "through the graph a second time", "grad is 19.0"],
}
LONG = ("10 trained", "10 unit-seeds")  # twenty nets are trained
OF_TORCH = ("12 rules",)
SHORT = [cell for cell in ANSWERS if cell not in LONG + OF_TORCH]


def test_every_cell_that_asks_is_known():
    cells = [(number, cell) for number, book in LESSONS.items() for cell in code_cells(book)]
    asking = {f"{number} {cell.id}" for number, cell in cells if ASKS in cell.source}
    assert asking == ANSWERS.keys()


@pytest.mark.parametrize(("edition", "language"), [(".", "en"), ("ko", "ko")])
def test_a_saved_cell_asks_first_and_says_nothing_else(edition, language):
    first = importlib.import_module(f"cs231n_lec4.words.{language}.lessons").PREDICT["first"]
    cells = [cell for path in paths(edition) for cell in code_cells(read(path))]
    asking = [cell for cell in cells if ASKS in cell.source]
    assert len(asking) == len(ANSWERS)
    assert [c.id for c in asking if text_of(c.outputs).strip() != first] == []


NO_ANSWER = {  # what a cell shows below a prediction, and why that does not answer it
    "04 picture": "the asked gradients are hidden",
    "04 direct": "the question is about the code that it shows",
    "04 batch": "ten images with 8 bytes; a hundred with 4 are asked for",
    "05 product-fails": "another product is asked for",
    "06 loop-run": "it has the line without which it is asked for",
    "06 late": "the right order; the wrong one is asked for",
    "07 figure": "another right score is asked for",
    "08 neuron-picture": "question marks stand in the model",
    "08 neuron-code": "the formula, no number",
    "10 question": "single horses, not their mean",
    "11 hard-fails": "the student's engine; the package's number is asked for",
    "11 forward-run": "one pass; their number is asked for",
    "12 four-ways": "db; who calls is asked for, and with what",
    "12 loop": "losses; the meaning of each line is asked for",
}
EDITIONS = {".": "**Predict", "ko": "예상해 보세요"}


def shows(cell):
    """Does something stand below the cell that is no live view, and no count of right answers?"""
    seen = [
        o for o in cell.outputs if "cs231n-static" not in o.get("data", {}).get("text/html", "")
    ]
    return bool(seen) and not re.fullmatch(r"print\(\w+\.so_far\)", cell.source)


def is_asked(cell):
    """Does the cell wait for an answer of the reader, or judge one?"""
    return ASKS in cell.source or tags(cell) & {"exercise", "check"}


def telling(edition):
    """The cells that show something below a question and do not wait for a prediction."""
    for path in paths(edition):
        asked = False
        for cell in read(path).cells:
            if cell.cell_type == "markdown":
                asked = EDITIONS[edition] in cell.source
            elif asked and not is_asked(cell) and shows(cell):
                yield f"{path.stem[:2]} {cell.id}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_cell_that_shows_something_below_a_prediction_waits_for_it(edition):
    assert sorted(telling(edition)) == sorted(NO_ANSWER)


def missing(cell):
    """The parts of an answer that are not shown."""
    shown = "\n".join(answer_to("what I think", cell))
    return [part for part in ANSWERS[cell] if part not in shown]


@pytest.mark.parametrize("cell", SHORT)
def test_with_a_prediction_the_cell_answers(cell):
    assert missing(cell) == []


@pytest.mark.long
@pytest.mark.parametrize("cell", LONG)
def test_with_a_prediction_a_slow_cell_answers(cell):
    assert missing(cell) == []


@pytest.mark.parametrize("cell", OF_TORCH)
def test_with_a_prediction_a_cell_of_torch_answers(cell):
    pytest.importorskip("torch")
    assert missing(cell) == []


@pytest.mark.parametrize(
    ("prediction", "is_one"),
    [(None, False), (..., False), (0, True), ("", True), (False, True), ([4, 0, 5], True)],
)
def test_what_counts_as_a_prediction(prediction, is_one, capsys):
    assert predicted(prediction) is is_one
    assert capsys.readouterr().out.startswith("You" if is_one else "First")
