"""The check of notebook 06: pairs of numbers at which a broken gate looks right."""

import numpy as np

from ... import words
from ...checking.reports import RIGHT, WRONG, Report, because, safely, sentence, short

WANTED = 2


def check_lucky_pairs(pairs):
    """Check two different pairs (y, dz) with y + dz = y · dz, but for rounding in the computer."""
    return safely("pairs", pairs_report, pairs)


def pairs_report(pairs):
    """The first pair that is no answer, or that two different ones were found."""
    try:
        found = np.array([[float(number) for number in pair] for pair in pairs])
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.ndim != 2 or found.shape[1] != 2 or not np.isfinite(found).all():
        return Report(WRONG, [words.RETURNS["pairs"]], "wrong_return")
    for pair in found:
        if not is_lucky(*pair):
            return unlucky_report(*pair)
    count = len(different(found))
    if count >= WANTED:
        return Report(RIGHT, [sentence("pairs_right", count=count)])
    reason = "same_pair" if len(found) > count else "one_pair"
    return Report(WRONG, [sentence("pairs_so_far", count=count), because(reason)], reason)


def is_lucky(y, dz, off=1e-9):
    """Is the sum the product, but for this share?"""
    return abs(y + dz - y * dz) <= off * max(abs(y), abs(dz))


def different(pairs):
    """The pairs, each once."""
    kept = []
    for pair in pairs:
        if not any(np.allclose(pair, other) for other in kept):
            kept.append(pair)
    return kept


def unlucky_report(y, dz):
    """The report on a pair whose sum and product differ."""
    facts = {"y": short(y), "dz": short(dz), "sum": short(y + dz), "product": short(y * dz)}
    reason = "nearly_equal" if is_lucky(y, dz, 0.01) else "sum_not_product"
    return Report(WRONG, [sentence("pair_wrong", **facts), because(reason)], reason)
