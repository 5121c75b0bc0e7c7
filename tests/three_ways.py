"""One graph run three ways: the gates' own loop, flat code in Python, flat code in the browser."""

import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from cs231n_lec4.flat import browser_program

HERE = Path(__file__).parent
PROGRAM_JS = HERE.parent / "cs231n_lec4" / "live" / "js" / "core" / "program.js"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs the `node` program")


def by_loop(graph, point):
    """Values, gradients and shares of every node, by the graph itself."""
    graph.forward(**point)
    graph.backward()
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
            "program": browser_program(graph),
            "points": [[encoded(x) for x in p.values()] for p in points],
        }
        for graph, points in jobs
    ]
    command = ["node", HERE / "js" / "run_programs.mjs", PROGRAM_JS]
    done = subprocess.run(
        command, input=json.dumps(sent), capture_output=True, text=True, check=True
    )
    return [
        [
            {what: list(map(decoded, numbers)) for what, numbers in answer.items()}
            for answer in answers
        ]
        for answers in json.loads(done.stdout)
    ]


def encoded(x):
    return x if math.isfinite(x) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(x, "NaN")


def decoded(x):
    return None if x is None else float(x)


def numbers(answer):
    """All numbers of an answer as one array; NaN where there is none."""
    return np.array([np.nan if x is None else x for some in answer.values() for x in some])


def apart(one, other, limit=1e-12):
    """True if two arrays of numbers differ: same NaN, same infinities, the rest to `limit`.

    The limit is relative to the largest number in the graph, at least 1.
    """
    finite = np.isfinite(one)
    if not np.array_equal(np.isnan(one), np.isnan(other)):
        return True
    if not np.array_equal(finite, np.isfinite(other)):
        return True
    if not np.array_equal(one[np.isinf(one)], other[np.isinf(one)]):
        return True
    size = max(1.0, np.abs(one[finite]).max(initial=0.0))
    with np.errstate(over="ignore"):
        return bool((np.abs(one[finite] - other[finite]) > limit * size).any())


def agree(graph, point, step, browser=None):
    """Do the ways of computing this graph agree at this point?"""
    loop = by_loop(graph, point)
    value, grads = step(**point)
    flat = np.array([value, *grads.values()])
    own = np.array([graph.output.value, *(node.grad for node in graph.inputs.values())])
    all_numbers = numbers(loop)
    if apart(own, flat, 1e-12 * scale(all_numbers) / scale(own)):
        return False
    return browser is None or not apart(all_numbers, numbers(browser))


def scale(some):
    return max(1.0, np.abs(some[np.isfinite(some)]).max(initial=0.0))
