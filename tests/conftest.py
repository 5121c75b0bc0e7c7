"""Settings for the whole suite."""

import pytest
from hypothesis import settings

# `run.py test` tries the same examples every time, so that a red test is red for the next person
# too. `run.py long` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile("same")


@pytest.fixture
def no_view_stays():
    """Whatever a test leaves open is closed after it."""
    from cs231n_lec4.live.base import registry

    yield
    for _, views in list(registry._alive.values()):
        for view in views:
            view.close()
