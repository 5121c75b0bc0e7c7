"""Reports: what a check says, in at most three lines. The verdict; the numbers; one thing to do."""

import functools
import re
from typing import NamedTuple

import numpy as np

from .. import words
from ..engine import values
from ..guidance.errors import GraphError
from ..words.console import Printed
from .table import is_unlikely

RIGHT, WRONG, KINK = "✓", "✗", "△"

# Errors that are known mistakes have the reason of the mistake.
REASON_OF_ERROR = {
    "gate_without_self": "missing_self",
    "gate_adds_up": "not_zeroed",
    "gate_changes_array": "changed_in_place",
    "gate_stopped": "stopped",
    "gradient_count": "wrong_count",
    "gradient_missing": "wrong_count",
    "gradient_shape": "wrong_shape",
}

# What Python or NumPy says, and the reason behind it. The first that is found counts.
STOPS = (
    ("truth value of an array", "one_number_at_a_time"),
    ("integer scalar arrays", "max_along_an_axis"),
    ("cannot be interpreted as an integer", "max_along_an_axis"),
    ("only length-1 arrays", "for_one_number"),
    ("only size-1 arrays", "for_one_number"),
    ("only 0-dimensional arrays", "for_one_number"),
    ("operands could not be broadcast", "entry_by_entry"),
    ("read-only", "changed_in_place"),
    ("bitwise_xor", "caret"),
    ("for ^", "caret"),
)
PRODUCT = ("matmul", "not aligned")  # what NumPy says of a product that cannot be


class Row(NamedTuple):
    """One comparison: what, the two numbers, and ✓, ✗ or △."""

    name: str
    yours: object
    measured: object
    mark: str


class Report(Printed):
    """The answer of a check: ✓ right, ✗ wrong, △ not differentiable here. True unless ✗.

    `.reason` is the code of the known mistake that fits, `a or b` where two do, or None; `.rows`
    are the comparisons.
    """

    def __init__(self, mark, lines, reason=None, rows=()):
        self.mark, self.reason, self.rows = mark, reason, tuple(rows)
        self.lines = tuple(line for line in lines if line)[:3]

    def __bool__(self):
        return self.mark != WRONG

    def __repr__(self):
        return f"{self.mark} " + "\n  ".join(self.lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self)}


def wrong(reason, *lines, rows=(), otherwise=None):
    """The ✗ report with these lines, and what to do about the mistake; `otherwise` for None."""
    return Report(WRONG, [*lines, because(reason or otherwise)], reason, rows)


def safe(where):
    """A decorator: the check returns a Report and never raises. `where` names what may stop."""

    def as_safe(check):
        @functools.wraps(check)
        def never_raising(*answers, **settings):
            return safely(where, check, *answers, **settings)

        return never_raising

    return as_safe


def safely(where, check, *arguments, **settings):
    """The report of a check. An exception in a student's code becomes a ✗ report too."""
    try:
        with np.errstate(all="ignore"):
            return check(*arguments, **settings)
    except GraphError as error:
        reason = REASON_OF_ERROR.get(error.code, error.code)
        return Report(WRONG, str(error).splitlines(), reason)
    except Exception as error:
        return stopped_report(where, error)


def stopped_report(where, error, product="matrices", otherwise="stopped"):
    """The report on code that stopped: a usual sentence in our words, or Python's own.

    `product` is the reason that says what the matrices take, `otherwise` what to do where nothing
    is known.
    """
    said = str(error).partition("\n")[0][:200]
    if isinstance(error, NameError):
        name = (re.findall(r"'(.*?)'", said) or [said])[0]
        reason, lines = "unknown_name", [sentence("stopped_at_name", where=where, name=name)]
    elif any(piece in said for piece in PRODUCT):
        reason, lines = product, [sentence("product_impossible", name=where)]
    else:
        reason = next((reason for piece, reason in STOPS if piece in said), None)
        problem = None if reason else f"{type(error).__name__}: {said}"
        reason, lines = reason or otherwise, [sentence("stopped", where=where), problem]
    return wrong(reason, *lines)


def sentence(code, **facts):
    """A sentence of a report."""
    return words.REPORTS[code].format(**facts)


def both(codes):
    """One reason of the mistakes that fit, the likeliest first: `sign`, or `sign or forgot_local`.

    None where none fits. More than two are not named: the reader should look for one.
    """
    found = list(dict.fromkeys(codes))
    likely = [code for code in found if not is_unlikely(code)]
    return " or ".join((likely or found)[:2]) or None


def because(reason):
    """The sentence of a reason; without one, the advice that always helps."""
    codes = (reason or "unknown").split(" or ")
    if len(codes) == 1:
        return words.REASONS[codes[0]]
    first, second = (words.REASONS[code].partition(". ")[0].rstrip(".") + "." for code in codes)
    return words.REASONS["two"].format(first=first, second=second)


def kink_line(measured, yours):
    """The two one-sided slopes at the first kink, beside the student's number."""
    index, slope = next((i, s) for i, s in measured.items() if s.is_kink)
    facts = {"left": short(slope.left), "right": short(slope.right)}
    return sentence("one_sided", yours=short(np.asarray(yours)[index]), **facts)


def random_report(where):
    """The △ report on a gate whose forward is random: nothing can be measured."""
    return Report(KINK, [sentence("gate_random", where=where), because("random")], "random")


def mark_of(measured, wrong):
    """✗ if an entry differs (`wrong` is its index); △ at a kink, or if none could be measured."""
    if wrong is not None:
        return WRONG
    if measured and not any(s.is_known for s in measured.values()):
        return KINK
    return KINK if any(s.is_kink for s in measured.values()) else RIGHT


def pair(yours, truth, index=()):
    """Yours and the truth as two texts that differ."""
    yours = np.asarray(yours)[index]
    write = short if short(yours) != short(truth) else lambda x: repr(float(x))
    return {"yours": write(yours), "truth": write(truth)}


def shape_reason(truth, kind="grad"):
    """The reason for a shape that is not the value's; of a gradient's, where it is one number."""
    return "wrong_shape" if np.ndim(truth) or kind != "grad" else "one_number"


def shapes_line(yours, truth):
    """The two shapes, which differ."""
    return sentence("shapes", yours=values.shape(yours), truth=values.shape(truth))


def short(number):
    """A number in up to six digits, a whole one in all, written so that it can be pasted."""
    number = float(number) + 0.0  # of -0.0 it makes 0.0
    return f"{number:.0f}" if abs(number) < 1e15 and number.is_integer() else f"{number:.6g}"


def brief(value):
    """A number, a small array, or the shape of a large one."""
    if np.size(value) > 6:
        return words.ARRAY.format(shape=values.shape(value))
    return short(value) if np.ndim(value) == 0 else np.array2string(np.asarray(value), precision=4)


def entry(name, index):
    """How a line refers to one entry of an array: x[1, 0]."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name


def entry_line(code, name, index, yours, truth):
    """The sentence `code` on one entry: yours, and the right number for it."""
    return sentence(code, entry=entry(name, index), **pair(yours, truth, index))


def listed(names):
    """x, y, z."""
    return ", ".join(names)
