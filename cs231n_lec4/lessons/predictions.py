"""Predict, then see: such a cell shows its result only when a prediction stands in it."""

from .. import words


def predicted(prediction):
    """Has the reader predicted? Says it if not. Not in the lecture.

    `prediction` is one number, a text or anything else but None. It never raises.
    """
    if prediction is None or prediction is ...:
        print(words.PREDICT["first"])
        return False
    print(words.PREDICT["yours"].format(prediction=prediction))
    return True
