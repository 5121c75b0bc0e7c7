"""The questions of notebook 00: each link leads to a cell that answers, and not in a fold."""

import re

import pytest
from notebook_tools import NOTEBOOKS, read

BOOKS = {path.name: read(path) for path in NOTEBOOKS.glob("*.ipynb")}
PAGE = next(c.source for c in BOOKS["00_start_here.ipynb"].cells if c.id == "questions")
LINK = re.compile(r"^- \[(.+)\]\(([\w.]+)#cell-id=([\w-]+)\)$", re.MULTILINE)
LINKS = LINK.findall(PAGE)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)

# What the cell says, question by question: first twenty of learners, then thirteen of the lecture.
ANSWERS = [
    "The chain rule joins them",
    "It computes the gradient; gradient descent then uses it",
    "PyTorch's `backward` never clears",
    "reverse mode wins by the number of weights",
    "*Automatic*: multiply local gradients",
    "J^{\\mathsf T} \\cdot \\text{upstream}",
    "repeated for each row. So backward sums over the rows",
    "the numerator gives −1 to the right one",
    "The loss divides by p, σ multiplies by p (1 − p)",
    "There is one update for each batch",
    "The two changes add, and so do the gradients",
    "there is no slope at all",
    "The same scores, from one matrix",
    "the gradient **vanishes**. Above 1 it **explodes**",
    "stay copies for ever",
    "What is missing is upstream",
    "is called δ in Nielsen's book",
    "unless you said `retain_graph=True`",
    "training needs more memory than predicting",
    "each operation adds one to a graph",
    "The loss of a network is too large for that",
    "a gradient: there the × gate has used the value of z",
    "Nobody ever writes a formula for the whole",
    "They could be. Larger gates make a smaller graph",
    "A backward pass computes gradients. It moves nothing",
    "The sum goes over all gates",
    "An **indicator**",
    "Nobody computes it",
    "In float32 it would be 625 GiB",
    "It is no image",
    "h holds the scores of the templates, W2 their weights",
    "A hidden unit with a negative sum outputs 0",
    "No. h = max(0, W1 x)",
]


def test_there_are_twenty_questions_of_learners_and_thirteen_of_the_lecture():
    everywhere, aloud = PAGE.split("**Asked aloud in the lecture**")
    assert [len(LINK.findall(part)) for part in (everywhere, aloud)] == [20, 13]
    assert len(ANSWERS) == len(LINKS) == PAGE.count("](")


@pytest.mark.parametrize(("link", "answer"), [*zip(LINKS, ANSWERS, strict=True)])
def test_a_link_leads_to_a_cell_that_answers_without_a_fold(link, answer):
    _, file, name = link
    [cell] = [cell for cell in BOOKS[file].cells if cell.id == name]
    assert answer in FOLDED.sub("", cell.source)
