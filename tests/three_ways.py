"""One graph run three ways: the gates' own loop, flat code in Python, flat code in the browser."""

import shutil
from pathlib import Path

import node
import numpy as np
import pytest

from cs231n_lec4.flat import FlatCode, program_of
from cs231n_lec4.flat.translating import as_json

RUN = (Path(__file__).parent / "js" / "run_programs.mjs").read_text(encoding="utf-8")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs the `node` program")


def upstream_of(graph):
    """What a view takes as the first gradient: None for a number, ones for an array."""
    value = graph.output.value
    return np.ones_like(value) if np.ndim(value) else None


def by_loop(graph, point):
    """Values, gradients and shares of every node, by the graph itself."""
    graph.forward(**point)
    graph.backward(upstream_of(graph))
    shares = [graph.shares(node) for node in graph.nodes if node.inputs]
    return {
        "values": [node.value for node in graph.nodes],
        "grads": [node.grad if node.wants_grad else None for node in graph.nodes],
        "shares": [share for some in shares for share in some],
    }


def by_browser(jobs):
    """The same, of many graphs at many points: `jobs` is a list of (graph, points)."""
    sent = [
        {
            "program": program_of(FlatCode(graph)),
            "points": [
                [as_json(np.asarray(x, float).tolist()) for x in p.values()] for p in points
            ],
        }
        for graph, points in jobs
    ]
    return node.run(node.module("program") + RUN, sent)


def numbers(answer):
    """All numbers of an answer as one array; NaN where there is none."""
    parts = [np.nan if x is None else x for some in answer.values() for x in some]
    return np.concatenate([np.ravel(np.asarray(part, float)) for part in parts])


def apart(one, other, limit=1e-12):
    """True if two arrays of numbers differ: same NaN, same infinities, the rest to `limit`.

    The limit is relative to the largest number in the graph, at least 1.
    """
    finite = np.isfinite(one)
    if one.shape != other.shape or not np.array_equal(np.isnan(one), np.isnan(other)):
        return True
    if not np.array_equal(finite, np.isfinite(other)):
        return True
    if not np.array_equal(one[np.isinf(one)], other[np.isinf(one)]):
        return True
    size = max(1.0, np.abs(one[finite]).max(initial=0.0))
    with np.errstate(over="ignore"):
        return bool((np.abs(one[finite] - other[finite]) > limit * size).any())


def agree(graph, point, step, browser=None, limit=1e-12):
    """Do the ways of computing this graph agree at this point?"""
    loop = by_loop(graph, point)
    upstream = upstream_of(graph)
    first = {} if upstream is None else {"upstream": upstream}
    value, grads = step(**point, **first)
    flat = numbers({"all": [value, *grads.values()]})
    own = numbers({"all": [graph.output.value, *(x.grad for x in graph.inputs.values())]})
    all_numbers = numbers(loop)
    if apart(own, flat, limit * scale(all_numbers) / scale(own)):
        return False
    return browser is None or not apart(all_numbers, numbers(browser), limit)


def scale(some):
    return max(1.0, np.abs(some[np.isfinite(some)]).max(initial=0.0))
