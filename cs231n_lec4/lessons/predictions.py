"""Predict, then see: such a cell shows its result only when a prediction stands in it."""

from .. import words


def predicted(prediction):
    """Has the reader predicted? Says it if not. Any number or text will do, None is none."""
    if prediction is None or prediction is ...:
        print(words.PREDICT["first"])
        return False
    print(words.PREDICT["yours"].format(prediction=prediction))
    return True
