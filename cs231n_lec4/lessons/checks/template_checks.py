"""Checks of notebook 10: a class score from templates, and the control of a claim."""

import numpy as np

from ...checking.answers import Truth, compare, named_report
from ...checking.reports import safe
from .. import templates
from .function_checks import function_report

ZEBRA = np.array([0.4, 2.5]), np.array([2.0, -1.0])  # h and W2, as the exercise gives them
OTHERS = (  # each mistake has its own number; the second score is negative
    (np.array([3.0, 1.0, 2.5]), np.array([1.0, -2.0, 0.5])),
    (np.array([1.0, 4.0]), np.array([0.5, -1.0])),
)


@safe("zebra")
def check_zebra_score(yours):
    """Check the class score of h = (0.4, 2.5) with W2 = (2, −1) (slide 86)."""
    return compare("zebra", yours, score_and_mistakes(*ZEBRA))


@safe("horse_score")
def check_horse_score(function):
    """Check `function(h, W2)`: the class score from the scores h (H,) and their weights W2 (H,)."""
    return function_report(function, OTHERS, score_and_mistakes, "one_product")


def score_and_mistakes(h, W2):
    """The weighted sum, with what is often taken for it."""
    parts = h * W2
    mistakes = [
        ("largest_in_place_of_sum", np.max(parts), np.max(h)),
        ("weights_not_used", np.sum(h)),
        ("signs_of_weights_lost", h @ np.abs(W2)),
        ("parts_below_zero_lost", np.sum(np.maximum(0, parts))),
        ("activation_on_score", np.maximum(0, np.sum(parts))),
        ("mean_in_place_of_sum", np.mean(parts)),
        ("last_part_alone", parts[-1]),
        ("two_parts_alone", np.sum(parts[:2])),
        ("weights_exchanged", h @ W2[::-1]),
        ("sign", -np.sum(parts)),
        ("not_summed", parts),
    ]
    return Truth(float(W2 @ h), mistakes)


@safe("counts")
def check_counts_of_unit(animal, before, after):
    """Check how many favourites of a class its first unit has, before training and after.

    The unit is the one of the trained net that has the largest weight to the class.
    """
    nets = {"before": templates.untrained_animals(), "after": templates.train_animals()}
    unit = templates.units_for(nets["after"], animal)[0]
    trues = {when: count_of_unit(net, unit, animal) for when, net in nets.items()}
    another = count_of_unit(nets["before"], templates.units_for(nets["before"], animal)[0], animal)
    mistakes = {
        "before": [("before_is_after", trues["after"]), ("another_unit", another)],
        "after": [("before_is_after", trues["before"])],
    }
    # A count of 0 is no trace of a slip.
    told = {when: [row for row in rows if row[1]] for when, rows in mistakes.items()}
    known = {when: Truth(count, told[when]) for when, count in trues.items()}
    return named_report({"before": before, "after": after}, known)


def count_of_unit(net, unit, animal):
    """How many of a unit's 25 favourites are of the class."""
    return templates.favourite_counts(net, unit).get(animal, 0)
