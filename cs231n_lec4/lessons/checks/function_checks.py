"""Checks of functions that a student writes: they are called with numbers of the check's own.

Several trials, so that no number known by heart is right. What NumPy says when it stops is put into
words of ours where it is one of the usual sentences.
"""

from functools import partial

import numpy as np

from ... import words
from ...checking.answers import compare, named_report
from ...checking.reports import WRONG, Report, because, both, brief, sentence, stopped_report


def function_report(function, trials, truth_of, product):
    """The report on the first trial that is wrong, or on the last one. Its reason fits all of them.

    `trials`: tuples of inputs. `truth_of(*inputs)`: the Truth. `product`: the reason that says what
    the matrices take.
    """
    reports = [report_on(function, inputs, truth_of(*inputs), product) for inputs in trials]
    return first_wrong(reports, "unknown_number")


def first_wrong(reports, otherwise):
    """The first ✗ report of several trials, with what fits all of them; else the last one."""
    wrong = [report for report in reports if not report]
    if not wrong:
        return reports[-1]
    first, *others = wrong  # a function that stopped has no rows
    return with_common_reason(first, others, otherwise) if first.rows else first


def with_common_reason(first, others, otherwise, unsaid=()):
    """The first ✗ report, with the reasons that fit the others too. A number may fit one by chance.

    `otherwise` is what helps where none does; `unsaid` are reasons that would mislead here.
    """
    codes = codes_of(first)
    kept = [c for c in codes if c not in unsaid and all(c in codes_of(o) for o in others)]
    if kept != codes or not first.reason:
        first.reason = both(kept)
        first.lines = (*first.lines[:-1], because(first.reason or otherwise))
    return first


def codes_of(report):
    """The reasons of a report, one or two or none."""
    return (report.reason or "").split(" or ")


def report_on(function, inputs, truth, product):
    """The report on one call. Short inputs stand in it, so that one can call it again."""

    def judge(yours):
        fits = np.size(yours) == np.size(truth.value) == 1
        report = compare("f", np.ravel(yours)[0] if fits else yours, truth)
        if not report and max(map(np.size, inputs)) <= 6:
            report.lines = (report.lines[0], called_with(function, inputs), report.lines[-1])
        return report

    return on_answer(function, inputs, product, judge)


def called_with(function, inputs):
    """The sentence that says with which numbers a function was called."""
    given = ", ".join(brief(x).replace("\n", "") for x in inputs)
    return sentence("called_with", name=name_of(function), given=given)


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
        return stopped_report(name_of(function), error, product, "function_stops")
    return nothing_report(name_of(function)) if yours is None or yours is ... else judge(yours)


def several_report(function, inputs, product, known, expected, locked=False):
    """The report on a function that returns one answer for each name of `known`, in its order."""

    def judge(yours):
        if not isinstance(yours, list | tuple) or len(yours) != len(known):
            return other_kind(name_of(function), expected)
        return named_report(dict(zip(known, yours, strict=True)), known)

    return on_answer(function, inputs, product, judge, locked)


def scores_report(function, trials, truth_of, product):
    """The report on the first trial whose gradient of scores is wrong, or on the last one."""
    reports = [
        on_answer(function, inputs, product, partial(compare, "scores", truth=truth_of(*inputs)))
        for inputs in trials
    ]
    return first_wrong(reports, "unknown")


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
