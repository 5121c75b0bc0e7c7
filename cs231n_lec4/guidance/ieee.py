"""Where Python refuses a number (1/0, exp(1000), log(-1)), the answer of IEEE 754."""

import numpy as np

from .errors import GraphError

COMPLEX = {complex, np.complex64, np.complex128, np.clongdouble}
REFUSED = (ArithmeticError, ValueError, TypeError)  # what Python says instead


def is_complex(result):
    """Has a body left the number line? Python makes a complex number of (-8.0) ** 0.5."""
    parts = result if isinstance(result, list | tuple) else [result]
    return not COMPLEX.isdisjoint(map(type, parts))


def answered(body, *numbers, anew=None):
    """`body(*numbers)`; where Python refuses that (1/0) or turns complex, the answer of IEEE 754.

    NumPy's float64 has one for everything, so the body runs once more on that. `anew`: what must
    run on float64 before it.
    """
    try:
        result = body(*numbers)
        if type(result) is float or not is_complex(result):
            return result
    except REFUSED as error:
        if isinstance(error, GraphError):
            raise
    with np.errstate(all="ignore"):
        if anew is not None:
            anew()
        return body(*map(float64_of, numbers))


def float64_of(value):
    """A Python float as NumPy's, which has an answer for everything; an array as it is."""
    return np.float64(value) if type(value) is float else value
