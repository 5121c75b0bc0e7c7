"""The questions of notebook 00: each link leads to a cell that answers, and not in a fold.

So do the links of the later editions of the lecture; what they say of a fold is so.
"""

import re

import pytest
from notebook_tools import NOTEBOOKS, paths, read

BOOKS = {path.name: read(path) for path in NOTEBOOKS.glob("*.ipynb")}
KOREAN = {path.name: read(path) for path in paths("ko")}
LINK = re.compile(r"^- \[(.+)\]\(([\w.]+)#cell-id=([\w-]+)\)$", re.MULTILINE)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
CODE = re.compile(r"`([^`]+)`")


def cell_of(books, file, name):
    """The text of the one cell of this name."""
    [source] = [cell.source for cell in books[file].cells if cell.id == name]
    return source


PAGE, EDITIONS = (cell_of(BOOKS, "00_start_here.ipynb", name) for name in ("questions", "editions"))

LINKS = LINK.findall(PAGE)

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
    "ours, like PyTorch's, returns 0",
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
    "In float32 a hundred images would take 625 GiB",
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
    assert answer in FOLDED.sub("", cell_of(BOOKS, file, name))


@pytest.mark.parametrize("books", [BOOKS, KOREAN], ids=["en", "ko"])
def test_what_a_question_calls_by_its_code_stands_in_the_answer_outside_its_folds(books):
    page = cell_of(books, "00_start_here.ipynb", "questions")
    for question, file, name in LINK.findall(page):
        seen = FOLDED.sub("", cell_of(books, file, name))
        assert len(re.findall(r"\w+", seen)) > 10, question
        for code in CODE.findall(question):
            assert code.strip("()").partition("(gradient")[0] in seen, (question, code)


# ── the editions of 2025 and 2026 ────────────────────────────────────────────────────────────────

TOPIC = re.compile(r"\[([^\]]+)\]\(([\w.]+)#cell-id=([\w-]+)\)")
IN_A_FOLD = ["11 more"]  # only the Hessian-vector product; the page says so of nothing else
SAID = {  # what a reader of a later edition looks for, and a word of the cell that has it
    "09 batch-say": "mini-batch",
    "08 features-say": "the distance r from the middle and the angle",
    "09 capacity-say": "regularisation",
    "12 torch-say": "autograd.Function",
    "12 layer-say": "affine_backward",
    "12 bias-steps-say": "dout.sum(axis=0)",
    "12 cancel-say": "binary cross-entropy",
    "08 scale-say": "weights",
    "11 three-say": "Automatic",
    "12 rules-say": "torch.no_grad()",
    "11 more": "Hessian-vector product",
}


def test_every_topic_of_a_later_edition_has_its_cell():
    names = [f"{file[:2]} {name}" for _, file, name in TOPIC.findall(EDITIONS)]
    assert len(names) == EDITIONS.count("](") >= 28
    assert set(SAID) <= set(names)


@pytest.mark.parametrize("topic", TOPIC.findall(EDITIONS), ids=lambda topic: topic[2])
def test_a_topic_of_a_later_edition_is_met_outside_the_folds(topic):
    text, file, name = topic
    place, source = f"{file[:2]} {name}", cell_of(BOOKS, file, name)
    seen = source if place in IN_A_FOLD else FOLDED.sub("", source)
    assert SAID.get(place, "") in seen
    assert all(code in seen for code in CODE.findall(text) if code != "softmax_loss")


def test_what_the_page_says_of_a_more_stands_there():
    for file, word in (("08_neural_networks.ipynb", "GELU and SiLU"),
                       ("12_to_pytorch_and_the_assignment.ipynb", "**Sandwich.**")):  # fmt: skip
        assert word in cell_of(BOOKS, file, "more")
