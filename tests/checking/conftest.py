"""Every test of the checks begins with exercises that nobody has missed yet."""

import pytest

from cs231n_lec4.checking import answers


@pytest.fixture(autouse=True)
def nothing_missed():
    answers.misses.clear()
