"""An exercise in a notebook: a code cell tagged `exercise`, a code cell tagged `check`, and a
Markdown cell with a folded hint and a folded solution."""

import re

SOLUTION = re.compile(
    r"<details>\s*<summary>(?:Solution|풀이)</summary>(?P<body>.*?)</details>", re.DOTALL
)
PYTHON_BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def tags(cell):
    """The tags of a cell."""
    return set(cell.get("metadata", {}).get("tags", []))


def source(cell):
    """What a cell says; files hold it as one text or as a list of lines."""
    return "".join(cell.get("source", ""))


def exercises(notebook):
    """(exercise, check, answer) for each exercise; a missing part is None."""
    cells = notebook["cells"]
    for i, cell in enumerate(cells):
        if "exercise" in tags(cell):
            check, answer = [*cells[i + 1 : i + 3], None, None][:2]
            check = check if check is not None and "check" in tags(check) else None
            yield cell, check, answer


def solution(markdown):
    """The one Python block under "Solution" in a Markdown text, or None."""
    folded = SOLUTION.search(markdown)
    blocks = PYTHON_BLOCK.findall(folded["body"]) if folded else []
    return blocks[0] if len(blocks) == 1 else None


def without_solutions(notebook):
    """Take the folded solutions out of a notebook, in place; the hints stay."""
    for _, _, answer in exercises(notebook):
        if answer is not None:
            answer["source"] = SOLUTION.sub("", source(answer)).rstrip()
    return notebook
