"""One graph run three ways: the gates' own loop, flat code in Python, flat code in the browser."""

import random
import shutil
import sys
from pathlib import Path

import node
import numpy as np
import pytest
from random_graphs import random_graph

from cs231n_lec4.flat import FlatCode, program_of
from cs231n_lec4.flat.running import compiled
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
    return in_browser([(FlatCode(graph), points) for graph, points in jobs])


def in_browser(jobs):
    """`by_browser` of flat code that is written already."""
    sent = [
        {
            "program": program_of(flat),
            "points": [
                [as_json(np.asarray(x, float).tolist()) for x in p.values()] for p in points
            ],
        }
        for flat, points in jobs
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
    """Do the ways of computing this graph agree at this point?

    To `limit`; or, where the graph itself is more delicate, to what its last bits decide.
    """
    loop = numbers(by_loop(graph, point))
    own = numbers({"all": [graph.output.value, *(x.grad for x in graph.inputs.values())]})
    upstream = upstream_of(graph)
    value, grads = step(**point, **({} if upstream is None else {"upstream": upstream}))
    flat = numbers({"all": [value, *grads.values()]})
    told = loop if browser is None else numbers(browser)

    def are_close(limit):
        is_flat_close = not apart(own, flat, limit * scale(loop) / scale(own))
        return is_flat_close and not apart(loop, told, limit)

    return are_close(limit) or are_close(max(limit, last_bits(graph, point, loop)))


def last_bits(graph, point, loop):
    """How far the loop's own numbers move when each input moves by 1e-15 of itself, some 5 units
    in its last place; relative to the largest, at most 1e-10.

    Two ways round in different places, and no way of computing knows more than its last bits. Of
    exp(317) a unit in the last place of 317 makes more than 300, so nobody can agree to 1e-12.
    """
    moved = 0.0
    for sign in (1.0, -1.0):
        shaken = numbers(by_loop(graph, {n: x * (1.0 + sign * 1e-15) for n, x in point.items()}))
        both = np.isfinite(loop) & np.isfinite(shaken)
        moved = max(moved, np.abs(loop[both] - shaken[both]).max(initial=0.0))
    graph.forward(**point)
    return min(moved / scale(loop), 1e-10)


def scale(some):
    """The largest number of them, at least 1."""
    return max(1.0, np.abs(some[np.isfinite(some)]).max(initial=0.0))


def points_of(graph, seed):
    """Two points for a graph: random numbers, and some that are odd."""
    draw = random.Random(seed)
    odd = (0.0, 1.0, -2.0)
    return [{n: draw.choice([draw.uniform(-3, 3), *odd]) for n in graph.inputs} for _ in range(2)]


def disagreements(seeds):
    """[(seed, point)] where the three ways differ, of random graphs."""
    jobs = []
    for seed in seeds:
        graph = random_graph(seed)
        jobs.append((graph, FlatCode(graph), points_of(graph, seed)))
    found, told = [], in_browser([(flat, points) for _, flat, points in jobs])
    for seed, (graph, flat, points), answers in zip(seeds, jobs, told, strict=True):
        step, pairs = compiled(flat), zip(points, answers, strict=True)
        found += [(seed, p) for p, a in pairs if not agree(graph, p, step, a)]
    return found


if __name__ == "__main__":  # python tests/three_ways.py FIRST_SEED GRAPHS
    first, graphs = map(int, sys.argv[1:])
    for seed in range(first, first + graphs, 500):
        seeds = range(seed, min(seed + 500, first + graphs))
        print(seeds.stop - first, "graphs", disagreements(seeds), flush=True)
