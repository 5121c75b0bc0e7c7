"""Checks of functions that a student writes: they are called with numbers of the check's own.

Several trials, so that no number known by heart is right. What NumPy says when it stops is put into
words of ours where it is one of the usual sentences.
"""

import numpy as np

from ... import words
from ...checking import reports
from ...checking.answers import compare
from ...checking.reports import WRONG, Report, because, brief, reason_of_stop, sentence

# What Python or NumPy says, and the reason behind it. The first that is found counts.
STOPS = (
    ("truth value of an array", "one_number_at_a_time"),
    ("integer scalar arrays", "max_along_an_axis"),
    ("cannot be interpreted as an integer", "max_along_an_axis"),
    ("only length-1 arrays", "for_one_number"),
    ("only size-1 arrays", "for_one_number"),
    ("only 0-dimensional arrays", "for_one_number"),
    ("operands could not be broadcast", "entry_by_entry"),
    *reports.STOPS,
)
PRODUCT = ("matmul", "not aligned")  # what NumPy says of a product that cannot be


def function_report(function, trials, truth_of, product):
    """The report on the first trial that is wrong, or on the last one. Its reason fits all of them.

    `trials`: tuples of inputs. `truth_of(*inputs)`: the Truth. `product`: the reason that says what
    the matrices take.
    """
    reports = [report_on(function, inputs, truth_of(*inputs), product) for inputs in trials]
    wrong = [report for report in reports if not report]
    if not wrong:
        return reports[-1]
    first, *others = wrong
    is_number = bool(first.rows)  # the function did not stop
    if is_number and first.reason and not all(have_one_reason(first, other) for other in others):
        first.reason, first.lines = None, (*first.lines[:-1], because("unknown_number"))
    return first


def have_one_reason(report, other):
    """Does one mistake explain both? A number may fit one by chance."""
    return bool(set(report.reason.split(" or ")) & set((other.reason or "").split(" or ")))


def report_on(function, inputs, truth, product):
    """The report on one call. Short inputs stand in it, so that one can call it again."""

    def judge(yours):
        fits = np.size(yours) == np.size(truth.value) == 1
        report = compare("f", np.ravel(yours)[0] if fits else yours, truth)
        if not report and max(map(np.size, inputs)) <= 6:
            given = ", ".join(brief(x).replace("\n", "") for x in inputs)
            line = sentence("called_with", name=name_of(function), given=given)
            report.lines = (report.lines[0], line, report.lines[-1])
        return report

    return on_answer(function, inputs, product, judge)


def on_answer(function, inputs, product, judge, locked=False):
    """`judge(answer)`, or the report on a function that stopped or returned nothing.

    The function gets copies. `locked`: it may not change them.
    """
    copies = [np.copy(x) if isinstance(x, np.ndarray) else x for x in inputs]
    for copy in copies:
        if isinstance(copy, np.ndarray):
            copy.flags.writeable = not locked
    try:
        yours = function(*copies)
    except Exception as error:
        return stopped_report(name_of(function), error, product)
    return nothing_report(name_of(function)) if yours is None or yours is ... else judge(yours)


def stopped_report(name, error, product):
    """The report on a function that stopped: a known sentence in our words, or Python's own."""
    said = str(error).partition("\n")[0][:200]
    if any(piece in said for piece in PRODUCT):
        lines = [sentence("product_impossible", name=name), because(product)]
        return Report(WRONG, lines, product)
    if reason := reason_of_stop(said, STOPS):
        return Report(WRONG, [sentence("stopped", where=name), because(reason)], reason)
    problem = f"{type(error).__name__}: {said}"
    lines = [sentence("stopped", where=name), problem, because("function_stops")]
    return Report(WRONG, lines, "function_stops")


def nothing_report(name):
    """The report on a function without a return."""
    return Report(WRONG, [sentence("nothing_returned", name=name)], "not_answered")


def other_kind(name, expected):
    """The report on a function that returned something else."""
    line = sentence("other_kind_returned", name=name, expected=words.RETURNS[expected])
    return Report(WRONG, [line], "wrong_return")


def name_of(function):
    """What to call a function in a report."""
    return getattr(function, "__name__", repr(function))
