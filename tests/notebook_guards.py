"""What must hold of every saved notebook and what nbval does not look at.

Each guard takes a notebook and yields one sentence for each thing that is wrong.
"""

import ast
import base64
import binascii
import io
import re

from notebook_tools import (
    KEPT,
    LANGUAGE,
    RANDOM_ID,
    WIDGET_VIEW,
    code_cells,
    exercises,
    solution,
    tags,
    text_of,
)
from PIL import Image, UnidentifiedImageError

from classroom.exercises import PYTHON_BLOCK, SOLUTION

LONGEST_CELL = 15
MARKERS = re.compile(r"nbval[-_](skip|ignore|check|raises)|pytest_validate", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w/.])/(home|root|work|tmp|usr|opt|Users|private)/|\b[A-Z]:\\\w")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
IMAGE = re.compile(r"<img\b[^>]*>", re.DOTALL)
PNG = re.compile(r"data:image/png;base64,([^\"']*)")
ALT = re.compile(r"\balt=(\"[^\"]*\w[^\"]*\"|'[^']*\w[^']*')")
HINT = re.compile(r"<details>\s*<summary>(?:Hint|힌트)</summary>.*?\w.*?</details>", re.DOTALL)


def counts_run_from_one(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}"


def nothing_is_skipped(notebook):
    for cell in code_cells(notebook):
        if MARKERS.search(cell.source) or any(MARKERS.search(tag) for tag in tags(cell)):
            yield f"{cell.id}: a marker tells nbval not to compare"


def errors_are_announced(notebook):
    for cell in code_cells(notebook):
        fails = any(output.output_type == "error" for output in cell.outputs)
        if fails and "raises-exception" not in tags(cell):
            yield f"{cell.id}: holds an error but is not tagged raises-exception"
        if not fails and "raises-exception" in tags(cell):
            yield f"{cell.id}: is tagged raises-exception but holds no error"


def stderr_is_empty(notebook):
    for cell in code_cells(notebook):
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield f"{cell.id}: wrote to stderr"


def no_widget_is_saved(notebook):
    if "widgets" in notebook.metadata:
        yield "the notebook's metadata hold widget state"
    for cell in code_cells(notebook):
        if any(WIDGET_VIEW in output.get("data", {}) for output in cell.outputs):
            yield f"{cell.id}: a widget view is saved"


def metadata_are_short(notebook):
    expected = {"kernelspec", "language_info"}
    if set(notebook.metadata) != expected or notebook.metadata.language_info != LANGUAGE:
        yield "the notebook's metadata are not just the kernel's name and the language"
    for cell in notebook.cells:
        if set(cell.metadata) - set(KEPT):
            yield f"{cell.id}: metadata besides {KEPT}: {sorted(cell.metadata)}"


def no_trace_of_a_machine(notebook):
    for cell in notebook.cells:
        text = cell.source + "\n" + text_of(cell.get("outputs", []))
        for what, pattern in (("a machine's path", MACHINE_PATH), ("an address", ADDRESS)):
            if found := pattern.search(text):
                yield f"{cell.id}: {what}: {found[0]}"


def ids_are_stable(notebook):
    ids = [cell.id for cell in notebook.cells]
    if len(set(ids)) != len(ids):
        yield "two cells share an id"
    for name in ids:
        if RANDOM_ID.fullmatch(name) or not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            yield f"{name}: an id is a word in lower case, not a random number"


def code_cells_are_short(notebook):
    for cell in code_cells(notebook):
        if len(cell.source.splitlines()) > LONGEST_CELL:
            yield f"{cell.id}: more than {LONGEST_CELL} lines of code"


def pictures_can_be_read_out(notebook):
    for cell in code_cells(notebook):
        for data in (output.get("data", {}) for output in cell.outputs):
            bare = not IMAGE.search(data.get("text/html", ""))
            if bare and any(kind.startswith("image/") for kind in data):
                yield f"{cell.id}: a picture outside <img alt=...>, so without alt text"
            for image in IMAGE.findall(data.get("text/html", "")):
                if not ALT.search(image):
                    yield f"{cell.id}: an <img> without alt text"


def pictures_show_something(notebook):
    for cell in code_cells(notebook):
        for data in (output.get("data", {}) for output in cell.outputs):
            for png in PNG.findall(data.get("text/html", "")):
                if is_blank(png):
                    yield f"{cell.id}: a blank or broken picture"


def is_blank(png):
    """Whether the base64 text of a PNG is one colour all over, or no picture."""
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    except (binascii.Error, UnidentifiedImageError, OSError):
        return True
    return all(low == high for low, high in picture.getextrema())


def exercises_are_complete(notebook):
    for exercise, check, answer in exercises(notebook):
        if exercise.cell_type != "code" or check is None or check.cell_type != "code":
            yield f"{exercise.id}: no code cell tagged `check` follows the exercise"
        elif answer is None or answer.cell_type != "markdown":
            yield f"{exercise.id}: no Markdown cell with hint and solution follows the check"
        else:
            yield from answer_is_complete(answer)


def answer_is_complete(answer):
    if not HINT.search(answer.source):
        yield f"{answer.id}: no folded hint"
    if not SOLUTION.search(answer.source):
        yield f"{answer.id}: no folded solution"
    elif (code := solution(answer.source)) is None:
        found = len(PYTHON_BLOCK.findall(SOLUTION.search(answer.source)["body"]))
        yield f"{answer.id}: {found} Python blocks under Solution; one is needed"
    elif not parses(code) or len(code.splitlines()) > LONGEST_CELL:
        yield f"{answer.id}: the solution is no Python or is too long for a cell"


def parses(code):
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def checks_follow_exercises(notebook):
    paired = {check.id for _, check, _ in exercises(notebook) if check is not None}
    for cell in notebook.cells:
        if "check" in tags(cell) and cell.id not in paired:
            yield f"{cell.id}: a check without its exercise before it"


def checks_do_not_praise_an_empty_answer(notebook):
    for _, check, _ in exercises(notebook):
        if check is not None and says_right(check):
            yield f"{check.id}: says ✓ although the exercise is not solved"


def says_right(check):
    """Whether a check's output says ✓ and nothing worse."""
    text = text_of(check.outputs)
    return "✓" in text and "✗" not in text


GUARDS = [
    counts_run_from_one,
    nothing_is_skipped,
    errors_are_announced,
    stderr_is_empty,
    no_widget_is_saved,
    metadata_are_short,
    no_trace_of_a_machine,
    ids_are_stable,
    code_cells_are_short,
    pictures_can_be_read_out,
    pictures_show_something,
    exercises_are_complete,
    checks_follow_exercises,
    checks_do_not_praise_an_empty_answer,
]
