"""The child process: run the cells of one notebook, and write down what each check says.

    python -m classroom.judge RECORD < cells.json

`cells.json` is a list of {"id", "source", "is_check", "is_theirs"}. RECORD gets one line of JSON
when a cell begins and one when it ends, so that whoever waits can tell where this process was when
it ended or hung. Time is watched from outside; memory has a limit here, where the system has one.
"""

import json
import sys
from types import FunctionType, ModuleType

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from cs231n_lec4.checking.reports import KINK, RIGHT, WRONG, Report

MEGABYTES = 2000  # of address space: NumPy and a plot need 700
PACKAGE = "cs231n_lec4"
REPORTS = []  # all that were made since a cell began


def main(record_path):
    """Run the cells that stand on stdin."""
    cells = json.load(sys.stdin)
    limit_memory()
    note_reports()
    shell = InteractiveShell.instance(colors="NoColor")
    shell.displayhook.write_output_prompt = lambda: None
    with open(record_path, "a", encoding="utf-8") as record:
        for cell in cells:
            note(record, begin=cell["id"])
            note(record, end=cell["id"], **run(shell, cell))


def note(record, **facts):
    print(json.dumps(facts), file=record, flush=True)


def run(shell, cell):
    """Run one cell: {mark, reason, text} for a check, nothing for another."""
    ours = names_of_ours(shell.user_ns)
    REPORTS.clear()
    with capture_output() as captured:
        result = shell.run_cell(cell["source"])
    if cell["is_theirs"]:
        shell.user_ns.update(ours)  # an answer does not replace what judges it
    return said(captured.stdout, result) if cell["is_check"] else {}


def names_of_ours(names):
    """What the notebook imported from the package: functions, classes, modules."""
    kinds = (type, FunctionType, ModuleType)
    return {k: v for k, v in names.items() if isinstance(v, kinds) and home(v).startswith(PACKAGE)}


def home(thing):
    """The module that a function or class comes from; a module itself has only its name."""
    return getattr(thing, "__module__", None) or thing.__name__


def said(text, result):
    """The mark, the reasons and the text of a check, as the student would read it."""
    if result.error_before_exec or result.error_in_exec:
        error = result.error_before_exec or result.error_in_exec
        text, reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}", "stopped"
        return {"mark": WRONG, "reason": reason, "text": text}
    marks = [line.strip()[:1] for line in text.splitlines()]
    shown = [report.reason for report in REPORTS if repr(report) in text and not report]
    reason = shown[0] if shown else None
    worst = next((mark for mark in (WRONG, KINK, RIGHT) if mark in marks), WRONG)
    return {"mark": worst, "reason": reason, "text": text.strip()}


def note_reports():
    """Reports know the code of a reason; a check cell may only print their sentences."""
    make = Report.__init__

    def made(report, *arguments, **settings):
        make(report, *arguments, **settings)
        REPORTS.append(report)

    Report.__init__ = made


def limit_memory():
    """Linux and macOS only; elsewhere a container has to do it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20,) * 2)
    except (ImportError, OSError, ValueError):
        pass


if __name__ == "__main__":
    main(sys.argv[1])
