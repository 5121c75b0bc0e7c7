"""The numbers of a picture as the kernel sends them, where the browser cannot compute them.

For its own numbers `js/graph/entry_numbers.js` gives the same; a test compares the two.
"""

import numpy as np

from ...pictures.sketch import sketch_of
from ...words.digits import WIDTH, number

MOST_ENTRIES = 48  # of a larger array so many are sent, evenly spread
WRITTEN = (3, 4)  # rows and columns that a picture writes out; see digits.array_text


def frame_of(graph, digits, width=WIDTH):
    """What stands on each wire: `{wire id: {"texts": [above, below], "size": …, "entries": …}}`."""
    sketch = sketch_of(graph)
    sketch.digits, sketch.width = digits, width
    return {
        wire.id: {
            "texts": sketch.texts(wire),
            "size": size_of(wire.gradient),
            "entries": entries_of(wire, digits),
        }
        for wire in sketch.wires
    }


def size_of(gradient):
    """How large a gradient is: its largest entry; None where there is none. NaN is not 0."""
    if gradient is None or np.size(gradient) == 0:
        return None
    return float(np.nan_to_num(np.abs(np.float64(gradient)).max(), nan=1e-300, posinf=1e300))


def entries_of(wire, digits):
    """The entries of an array, each with its own gradient; None for a single number.

    `rows` and `columns` say how they stand on the wire: as the array itself, or in one strip. An
    item is `[place, value, gradient, level of the value, level of the gradient]`.
    """
    value = np.asarray(wire.value, dtype=float)
    if value.ndim == 0 or value.size == 0:
        return None
    grad = None if wire.gradient is None else np.asarray(wire.gradient, dtype=float)
    rows = value[:, None] if value.ndim == 1 else value
    written = is_written_out(value.shape)
    chosen = np.linspace(0, value.size - 1, min(value.size, MOST_ENTRIES)).round().astype(int)
    sides = [value, grad] if grad is not None else [value]
    texts = [[number(x, digits) for x in side.flat[chosen]] for side in sides]
    heights = [levels(side)[chosen].tolist() for side in sides]
    if grad is None:
        texts.append([""] * len(chosen))
        heights.append([0.0] * len(chosen))
    places = [list(map(int, np.unravel_index(k, value.shape))) for k in chosen]
    return {
        "shape": list(value.shape),
        "rows": rows.shape[0] if written else 1,
        "columns": rows.shape[1] if written else len(chosen),
        "strip": not written,
        "items": [list(item) for item in zip(places, *texts, *heights, strict=True)],
    }


def is_written_out(shape):
    """Does a picture show every entry of such an array?"""
    rows, columns = (*shape, 1, 1)[:2]
    return len(shape) <= 2 and rows <= WRITTEN[0] and columns <= WRITTEN[1]


def levels(array):
    """Each entry against the largest one, from −1 to 1; 0 where it is no number."""
    flat = np.nan_to_num(array.ravel().astype(float), nan=0.0, posinf=1e300, neginf=-1e300)
    largest = np.abs(flat).max()
    return (flat / largest).round(2) if largest > 0 else flat
