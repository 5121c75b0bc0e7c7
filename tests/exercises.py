"""An exercise of a notebook, answered by a test: what does its check say?"""

import ast
import contextlib
import functools
import io
import linecache

from notebook_tools import code_cells, paths, read, tags

LESSONS = {path.stem[:2]: read(path) for path in paths()}
# Cells that take long or use the answer; nothing of theirs is asked for later.
LEFT_OUT = {"run", "trained", "unit-seeds", "wish", "rank", "build-see", "slip-see"}


@functools.cache
def spaces(number):
    """`{exercise: the student's variables before it}` of one notebook, run from the top."""
    space, found = {}, {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(LESSONS[number]):
            if "exercise" in tags(cell):
                found[cell.id] = dict(space)
            elif not (cell.id in LEFT_OUT or tags(cell) & {"raises-exception", "check"}):
                run_as_cell(cell.source, space)
    return found


def source_of(exercise):
    """The cell that the reader is given."""
    number, name = exercise.split()
    return next(cell.source for cell in LESSONS[number].cells if cell.id == name)


def report_on(exercise, source):
    """What the check shows when `source` stands in the exercise's cell."""
    number, name = exercise.split()
    space = dict(spaces(number)[name])
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        run_as_cell(source, space)
        check = next(cell.source for cell in LESSONS[number].cells if cell.id == f"{name}-check")
        shown = run_as_cell(check, space)
    return printed.getvalue() if shown is None else shown


def run_as_cell(source, space):
    """Like a notebook's kernel, which keeps the text of each cell and shows its last line."""
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    tree, last = ast.parse(source), []
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = [tree.body.pop()]
    exec(compile(tree, file, "exec"), space)
    return eval(compile(ast.Expression(last[0].value), file, "eval"), space) if last else None
