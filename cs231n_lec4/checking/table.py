"""The table of known mistakes: a reason code, and the number that such a mistake gives.

A formula is arithmetic on a `Use`, and the same line works on numbers, on arrays and on the
browser's trees. Which rows are in play at all is asked of numbers, in `mistakes.py`.
"""

from functools import partial, reduce
from operator import add, mul, sub
from typing import Any, NamedTuple

import numpy as np

from ..engine import values
from . import axes
from .numbers import plain, same
from .trees import larger, unless_zero

# ── what a gate is, told by its numbers ──────────────────────────────────────────────────────────


def is_local_known(use):
    """Is the local gradient known, and of the shape of upstream?"""
    return use.local is not None and axes.keeps_shape(use)


def passes_on(use):
    """A local gradient of 1 or −1: what comes down is upstream, or only its sign changes."""
    return use.local is not None and np.allclose(np.abs(use.local), 1.0)


def combines(operation):
    """A test: is the output this operation on two inputs?"""

    def is_it(use):
        if len(use.values) != 2 or not axes.is_broadcast(use):
            return False
        return same(use.output, plain(operation(*use.values)))

    return is_it


is_max, is_sum, is_product = combines(np.maximum), combines(np.add), combines(np.multiply)


def is_switch(use):
    """max and ReLU: the local gradient is 1 or 0."""
    if not is_local_known(use):
        return False
    if not np.all((use.local == 0) | np.isclose(use.local, 1)):
        return False
    return is_max(use) or (len(use.values) == 1 and same(use.output, larger(use.value, 0.0)))


def is_max_switch(use):
    """max of two: at a tie each may get half, elsewhere one gets all."""
    return is_switch(use) and is_max(use)


def is_relu(use):
    """One input, and what lies below 0 is lost."""
    return is_switch(use) and len(use.values) == 1


def is_no_slip(use):
    """Where upstream is right, or wrong by what a row of its own says: the sign, the mask."""
    return passes_on(use) or is_switch(use)


def differ_by_a_sign(use):
    """Are the shares of the two inputs the same number, but for the sign?"""
    if use.theirs is None:
        return False
    return is_max(use) or same(plain(np.abs(use.theirs)), plain(np.abs(use.share)))


def is_of_two(use):
    """Has the gate two inputs, such as a matrix and a vector?"""
    return len(use.values) == 2


def of_one_shape(use):
    """Have both inputs the same shape?"""
    return len({values.shape(x) for x in use.values}) == 1


def is_product_by_a_constant(use):
    """A product whose other factor has no gradient to be taken for this one."""
    return use.theirs is None and of_one_shape(use) and is_product(use)


def is_sum_of_one_shape(use):
    """x + y, nothing repeated."""
    return of_one_shape(use) and is_sum(use)


def has_rule_of_its_own(use):
    """max, ReLU and products: what stands for their local gradient has a row of its own."""
    return is_switch(use) or is_product(use)


def if_both(use, wrong):
    """A sum or a difference of local and upstream, where neither is 0."""
    return unless_zero(use.local, unless_zero(use.upstream, wrong))


def unless_right(use, wrong):
    """What a wrong mask lets through, where the right one lets through something else."""
    return unless_zero(wrong - use.share, wrong)


# ── the table ────────────────────────────────────────────────────────────────────────────────────


class Row(NamedTuple):
    """One mistake at one use: its reason code and the number it gives, None where it makes none.

    The row counts if `only` holds at every point that is tried, and `never` not at all of them.
    """

    code: str
    wrong: Any
    only: Any = lambda use: True
    never: Any = lambda use: False


AT_ONE_USE = [
    Row("wrong_mask", lambda use: use.upstream - use.share, only=is_switch),
    Row("wrong_mask", lambda use: unless_right(use, use.upstream), only=is_switch),
    Row("wrong_mask", lambda use: unless_right(use, larger(use.upstream, 0.0)), only=is_switch),
    Row("max_gives_value", lambda use: use.share * use.value, only=is_switch),
    Row(
        "max_gives_value",
        lambda use: unless_right(use, use.value * use.upstream),
        only=is_switch,
    ),
    Row("forgot_upstream", lambda use: use.local),
    Row("forgot_local", lambda use: use.upstream, only=axes.keeps_shape, never=is_no_slip),
    Row("adds_upstream", lambda use: if_both(use, use.local + use.upstream), is_local_known),
    Row("swaps_gradients", lambda use: use.theirs, only=of_one_shape, never=differ_by_a_sign),
    Row("slope_at_output", lambda use: use.at_output),
    Row("multiplied_at_add", lambda use: use.other * use.upstream, only=is_sum_of_one_shape),
]

UNLIKELY = [  # named only where none of the others fits: `is_unlikely`
    Row(
        "value_as_local",
        lambda use: use.output * use.upstream,
        only=axes.keeps_shape,
        never=is_switch,
    ),
    Row(
        "value_as_local",
        lambda use: use.value * use.upstream,
        only=axes.keeps_shape,
        never=has_rule_of_its_own,
    ),
    Row("value_as_local", lambda use: use.value * use.upstream, only=is_product_by_a_constant),
    Row(
        "swaps_and_sign",
        lambda use: None if use.theirs is None else -use.theirs,
        only=of_one_shape,
        never=differ_by_a_sign,
    ),
    Row("subtracts_upstream", lambda use: if_both(use, use.local - use.upstream), is_local_known),
    Row("subtracts_upstream", lambda use: if_both(use, use.upstream - use.local), is_local_known),
    Row("multiplied_at_max", lambda use: use.other * use.upstream, only=is_max_switch),
    Row("half_at_a_tie", lambda use: use.upstream / 2.0, only=is_max_switch),
    Row("half_at_a_tie", lambda use: (use.share + use.upstream) / 2.0, only=is_max_switch),
    Row(
        "flat_below_zero",
        lambda use: unless_right(use, use.share + use.share - use.upstream),
        only=is_relu,
    ),
]

AMONG_ARRAYS = [  # they give nothing where all are single numbers, so the browser needs no trees
    Row("forgot_to_repeat", axes.for_each_sum, only=axes.is_along_axis),
    Row("repeated_wrong_axis", axes.turned, only=axes.is_along_axis),
    Row("repeated_wrong_axis", partial(axes.repeated_along, 0), only=axes.is_along_axis),
    Row("repeated_wrong_axis", partial(axes.repeated_along, 1), only=axes.is_along_axis),
    Row("forgot_divide_by_n", lambda use: use.share * axes.length(use), axes.is_mean_along_axis),
    Row("overwrote_a_place", axes.last_pick, only=axes.is_pick_with_repeats),
    Row("gave_to_all_entries", axes.upstream_for_all, only=axes.is_pick_of_one),
    Row("diagonal_alone", axes.own_score_alone, only=axes.is_softmax),
    Row(
        "transposed",
        lambda use: use.share.T if np.ndim(use.share) == 2 else None,
        never=axes.is_along_axis,
    ),
    Row("transposed", axes.transposed_matrix),
    Row("missing_sum", axes.terms_one_by_one),
    Row("added_along_other_axis", axes.terms_added_by_output, only=is_of_two),
    Row("added_along_other_axis", axes.copies_added_by_row, only=axes.is_repeated),
    Row("forgot_local", axes.upstream_of_its_row, never=axes.is_along_axis),
    Row("missing_indicator", axes.each_output_by_every_row, never=axes.is_along_axis),
    Row("missing_sum_over_broadcast", axes.each_copy, only=axes.is_repeated),
    Row("one_path_of_two", partial(axes.one_copy, 0), only=axes.is_repeated),
    Row("one_path_of_two", partial(axes.one_copy, -1), only=axes.is_repeated),
    Row(
        "forgot_upstream", lambda use: use.local / axes.copies(use), only=axes.is_repeated_in_a_sum
    ),
    Row(
        "not_differentiated",
        lambda use: use.value * use.value * use.upstream,
        only=axes.is_squared_norm,
    ),
    Row(
        "mean_instead_of_sum",
        lambda use: use.share / axes.copies(use),
        only=axes.has_copies,
        never=axes.has_no_mean,
    ),
    Row(
        "forgot_divide_by_n", lambda use: use.share * axes.copies(use), only=axes.is_mean_of_entries
    ),
    Row("forgot_divide_by_n", lambda use: use.share * len(use.value), only=axes.is_mean_of_rows),
    Row(
        "norm_not_squared",
        lambda use: use.share / (2.0 * np.sqrt(use.output)) if len(use.values) == 1 else None,
        only=axes.is_squared_norm,
    ),
]


FIRST = [("gave_the_value", lambda at: at.value), ("sign", lambda at: -at.grad)]
LAST = [("gave_the_sum", lambda at: at.whole), ("gave_another_path", lambda at: the_other_path(at))]
LAST += [("factor_two", lambda at: 2.0 * at.grad), ("factor_two", lambda at: at.grad / 2.0)]


def rows_of_a_gradient(points):
    """`(code, formula of a Reading)` for a gradient, the likeliest mistakes first."""
    yield from FIRST
    if len(points[0].uses) > 1:
        yield from rows_at_a_branch(len(points[0].uses))
    uses = [use for at in points for use in at.uses]
    has_arrays = any(np.ndim(x) for use in points[0].uses for x in (*use.values, use.output))
    yield from rows_in_play(AT_ONE_USE + (AMONG_ARRAYS if has_arrays else []), uses)
    yield from LAST
    for k in range(len(points[0].uses)):
        if all(axes.is_square(at.uses[k]) for at in points):
            yield "half_of_a_path", partial(half_of_a_path, k)
    yield from rows_in_play(UNLIKELY, uses)


def is_unlikely(code):
    """A reason to be named only where no other fits."""
    return any(row.code == code for row in UNLIKELY)


def rows_in_play(rows, uses):
    """`(code, formula of a Reading)` for the rows that can be made at these uses."""
    for row in rows:
        if all(map(row.only, uses)) and not all(map(row.never, uses)):
            yield row.code, partial(over_all_uses, row.wrong)


def over_all_uses(wrong, at):
    """The mistake, made at every use of the value; None if one use has no such mistake."""
    parts = [wrong(use) for use in at.uses]
    return None if any(part is None for part in parts) else reduce(add, parts)


def rows_at_a_branch(count):
    """Where a value is used `count` times. Backward visits the uses in this order."""
    for k in range(count):
        code = "one_path_of_two" if k < count - 1 else "overwrote_at_a_branch"
        yield code, partial(one_path, k)
    yield "multiplied_at_a_branch", product_of_paths
    yield "mean_instead_of_sum", lambda at: at.grad / float(count)


def one_path(k, at):
    """The share of one path, where the others carry something too."""
    share = at.uses[k].share
    return unless_zero(at.grad - share, share)


def the_other_path(at):
    """Where one share is asked for: what comes back along the others."""
    rest = None if at.whole is None else at.whole - at.grad
    return None if rest is None else unless_zero(rest, rest)


def half_of_a_path(k, at):
    """The gradient without half of a square's, where other paths carry something too.

    A square may be x², one use, or x · x, of which each use is a half.
    """
    share, theirs = at.uses[k].share, at.uses[k].theirs
    half = share / 2.0 if theirs is None else share
    return unless_zero(at.grad - share, at.grad - half)


def product_of_paths(at):
    """The shares multiplied."""
    shares = [use.share for use in at.uses]
    return reduce(lambda wrong, share: unless_zero(share, wrong), shares, reduce(mul, shares))


def rows_of_a_value(points):
    """`(code, formula)` for the value of a gate, where all are single numbers."""
    if any(np.ndim(x) for x in (points[0].value, *points[0].inputs)):
        return
    yield "sign", lambda at: -at.value
    for k in range(len(points[0].inputs)):
        yield "gave_an_input", partial(one_input, k)
    yield "gave_the_gradient", lambda at: at.grad
    if len(points[0].inputs) == 2:
        yield "added", lambda at: add(*at.inputs)
        yield "subtracted", lambda at: sub(*at.inputs)
        yield "multiplied", lambda at: mul(*at.inputs)


def one_input(k, at):
    """An input, where the gate does not hand on that very number, as max does."""
    return unless_zero(at.inputs[k] - at.value, at.inputs[k])
