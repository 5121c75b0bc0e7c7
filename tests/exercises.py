"""An exercise or a prediction of a notebook, answered by a test: what does the notebook say?"""

import ast
import contextlib
import copy
import functools
import io
import linecache

from notebook_tools import code_cells, paths, read, solve, tags

LESSONS = {path.stem[:2]: read(path) for path in paths()}
ASKS = "prediction = None"


@functools.cache
def spaces(number):
    """`{cell: the student's variables before it}` for all that asks, run from the top, solved."""
    space, found = {"display": print}, {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(solve(copy.deepcopy(LESSONS[number]))):
            if "exercise" in tags(cell) or ASKS in cell.source:
                found[cell.id] = dict(space)
            if not tags(cell) & {"raises-exception", "check"}:
                run_as_cell(cell.source, space)
    return found


def source_of(exercise):
    """The cell that the reader is given: `01 predict` is the cell predict of notebook 01."""
    number, name = exercise.split()
    return next(cell.source for cell in LESSONS[number].cells if cell.id == name)


def report_on(exercise, source):
    """What the check shows when `source` stands in the exercise's cell."""
    number, name = exercise.split()
    space = dict(spaces(number)[name])
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        run_as_cell(source, space)
        shown = run_as_cell(source_of(f"{exercise}-check"), space)
    return printed.getvalue() if shown is None else shown


def answer_to(prediction, cell):
    """The lines that a cell prints when a prediction stands in it, without the prediction's own."""
    number, name = cell.split()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        source = source_of(cell).replace(ASKS, f"prediction = {prediction!r}")
        run_as_cell(source, dict(spaces(number)[name]))
    return printed.getvalue().splitlines()[1:]


def run_as_cell(source, space):
    """Like a notebook's kernel, which keeps the text of each cell and shows its last line."""
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    tree, last = ast.parse(source), []
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = [tree.body.pop()]
    exec(compile(tree, file, "exec"), space)
    return eval(compile(ast.Expression(last[0].value), file, "eval"), space) if last else None
