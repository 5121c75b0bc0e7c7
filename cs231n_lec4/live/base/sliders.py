"""The sliders of a view: which number each one moves, its range and step; and the traits behind
them."""

import math

import numpy as np
import traitlets

from ...engine import values
from ...guidance.errors import GraphError, one_of
from .live_view import Refused, refusing

MOST_ENTRIES = 16  # a slider for each entry of an array, up to here
STEPS = 90  # a slider has at least so many steps


def controls_of(numbers, ranges, labels):
    """One slider for each number of each input: its label, range, step, and place in an array."""
    for name in ranges:
        size = np.size(numbers[one_of(numbers, name, "unknown_input", name=name)])
        if size > MOST_ENTRIES:
            raise GraphError("slider_too_many", name=name, size=size, most=MOST_ENTRIES)
    return [
        control(name, index, entry(value, index), ranges.get(name), labels.get(name, name))
        for name, value in numbers.items()
        if np.size(value) <= MOST_ENTRIES
        for index in np.ndindex(np.shape(value))
    ]


def entry(value, index):
    """One number of a value."""
    return float(np.asarray(value)[index])


def control(name, index, value, limits, label):
    """The slider of one number."""
    low, high = limits_of(name, value, limits)
    return {
        "input": name,
        "index": list(index) or None,
        "label": f"{label}[{', '.join(map(str, index))}]" if index else label,
        "min": low,
        "max": high,
        "step": 10.0 ** math.floor(math.log10((high - low) / STEPS)),
    }


def limits_of(name, value, limits):
    """The range of a slider: as asked for, else to both sides of the value, wide enough to pass
    zero."""
    if limits is None:
        reach = max(5.0, 2.0 * abs(value))
        low, high = value - reach, value + reach
        return (low, high) if math.isfinite(high - low) else (min(0.0, value), max(0.0, value))
    try:
        low, high = map(float, limits)
        fits = low < high and math.isfinite(high - low)
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise GraphError("slider_range", name=name, given=repr(limits))
    return low, high


def refuse_not_finite(value, name):
    """A slider has no place for inf and nan, and JSON has no words for them."""
    if not np.isfinite(value).all():
        raise Refused("slider_not_finite", name=name, given=f"{value!r:.60}")


class Numbers(traitlets.TraitType):
    """A number, or nested lists of numbers, of a shape that stays. What a browser sends is not
    trusted."""

    def __init__(self, value, **settings):
        super().__init__(default_value=value, **settings)
        self.shape = np.shape(value)

    def validate(self, view, value):
        name = self.name.removeprefix("input_")
        value = refusing(values.as_value, value, name)
        if (got := np.shape(value)) != self.shape:
            raise Refused("slider_shape", name=name, got=got, expected=self.shape)
        refuse_not_finite(value, name)
        return plain(value)


def plain(value):
    """A value as JSON holds it: a float, or nested lists."""
    return value.tolist() if isinstance(value, np.ndarray) else float(value)
