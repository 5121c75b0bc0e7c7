"""Numbers as they stand in a picture: short, honest, and the same text in Python and in a browser.

`live/js/core/format.js` holds the same rules line for line; the tests run both. A number has at most
8 characters. It is rounded half away from zero on its exact binary value, as JavaScript's
`toFixed` does.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite, isnan

import numpy as np

DIGITS = 2
WIDTH = 8
MOST = 6  # decimals; shown are as many as have room
DUST = 1e-12  # what is left of 0.1 + 0.2 - 0.3; a picture shows it as 0
ROUND = Context(prec=40, rounding=ROUND_HALF_UP)


def number(value, digits=DIGITS, width=WIDTH):
    """The text of one number: `2.00`, `−12.35`, `1.2e5`, `∞`, `NaN`.

    Decimals are dropped until the text fits into `width` characters, a sign counted even where
    there is none: x and −x have the same digits. What is too large for that,
    or would round to 0 without being 0, is written with an exponent.
    """
    value = float(value)
    if not isfinite(value):
        return "NaN" if isnan(value) else "∞" if value > 0 else "−∞"
    if abs(value) < DUST:
        value = 0.0
    text = _magnitude(abs(value), digits, width - 1)
    return f"−{text}" if value < 0 and text.strip("0.") else text


def short(value, digits=3):
    """A number in a sentence: `0.622`, `−4`, `12346`, `1.2e−5`: at most so many digits that count.

    No digit before the point is lost and no zero stands at the end. Below 0.0001, and from a
    hundred million on, with an exponent.
    """
    value = float(value)
    if not isfinite(value) or value == 0:
        return number(value, 0)
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(Decimal(abs(value)))
    power = rounded.adjusted()
    if -5 < power < WIDTH:
        text = _trimmed(_fixed(abs(value), max(0, digits - 1 - power)))
    else:
        text = f"{_trimmed(f'{rounded.scaleb(-power):f}')}e{power}".replace("-", "−")
    return f"−{text}" if value < 0 else text


def as_given(value):
    """A number as it was given: `0.1`, `1e−7`; 0.30000000000000004 is shown as `0.3`."""
    return short(value, 12)


def grouped(count):
    """A whole number with its thousands marked: `308,210`."""
    return f"{count:,}"


def digits_for(values):
    """0 where every number in `values` (numbers or arrays) is whole, else 2."""
    return 0 if all(_is_whole(np.asarray(v, dtype=float)) for v in values) else DIGITS


def array_text(array, digits=DIGITS, width=WIDTH):
    """The lines of an array: its numbers up to 3 rows and 4 columns, else its shape and its range.

    A vector stands upright, as on slide 58. Columns are padded with no-break spaces.
    """
    array = np.asarray(array)
    rows = array[:, None] if array.ndim == 1 else array
    if rows.ndim == 2 and 0 < rows.shape[0] <= 3 and 0 < rows.shape[1] <= 4:
        return _rows(rows, digits, width)
    shape = " × ".join(map(str, array.shape))
    if array.size == 0:
        return [shape]
    low, high = (number(x, digits, width) for x in (array.min(), array.max()))
    return [shape, f"{low} … {high}"]


def lines(value, digits=DIGITS, width=WIDTH):
    """The lines of a number or an array; one empty line for None."""
    if value is None:
        return [""]
    if np.ndim(value):
        return array_text(value, digits, width)
    return [number(value, digits, width)]


def _magnitude(value, digits, width):
    """A number that is not negative, in at most `width` characters where that is possible."""
    if value >= 10**width:
        return _exponent(value, width)
    for decimals in range(digits, -1, -1):
        text = _fixed(value, decimals)
        if len(text) <= width:
            break
    lost = value > 0 and digits > 0 and not text.strip("0.")
    return _exponent(value, width) if lost or len(text) > width else text


def _fixed(value, decimals):
    """JavaScript's `value.toFixed(decimals)`."""
    return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), context=ROUND))


def _exponent(value, width):
    """`1.23e5`: as many of two decimals as fit, no zeros at their end."""
    for decimals in (2, 1, 0):
        rounded = Context(prec=decimals + 1, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))
        mantissa, _, exponent = f"{rounded:e}".partition("e")
        text = f"{_trimmed(mantissa)}e{int(exponent)}".replace("-", "−")
        if len(text) <= width:
            break
    return text


def _trimmed(text):
    """A decimal without zeros at its end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_whole(array):
    finite = array[np.isfinite(array)]
    return bool(np.all(np.abs(finite - np.round(finite)) <= DUST * np.maximum(1, np.abs(finite))))


def _rows(rows, digits, width):
    texts = [[number(v, digits, width) for v in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    padded = [[t.rjust(w) for t, w in zip(row, widths, strict=True)] for row in texts]
    return [f"[{'  '.join(row)}]".replace(" ", "\u00a0") for row in padded]
