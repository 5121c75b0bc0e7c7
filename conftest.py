"""What nbval compares: everything but the widget views.

The notebooks are saved without widget views, because a view is random model numbers that show
nothing without their kernel. nbval would then report the view of the live run as an output too
many. So an output that holds a view is left out on both sides. Every other output is compared
to the letter; the views themselves are tested in tests/browser/.

A cell tagged with an optional package, such as `torch`, is saved with what comes out where the
package is installed. Where it is missing the cell is skipped, and `pytest -rs` says so.
"""

import functools
import importlib.util
import os

import pytest

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
OPTIONAL = ("torch",)

# Kernels take it over. Small matrices on a busy machine: threads would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_itemcollected(item):
    """Wrap the comparison of each notebook cell (nbval has no hook of its own for it)."""
    if hasattr(item, "compare_outputs"):
        item.compare_outputs = functools.partial(_compare, item.compare_outputs)
        for name in missing(item.cell):
            item.add_marker(pytest.mark.skip(reason=f"{name} is not installed"))


def missing(cell):
    """The optional packages among a cell's tags that are not installed."""
    named = [name for name in OPTIONAL if name in cell.metadata.get("tags", [])]
    return [name for name in named if importlib.util.find_spec(name) is None]


def _compare(compare_outputs, test, ref, *args, **kwargs):
    return compare_outputs(without_views(test), without_views(ref), *args, **kwargs)


def without_views(outputs):
    """The outputs that hold no widget view."""
    return [output for output in outputs if WIDGET_VIEW not in output.get("data", {})]
