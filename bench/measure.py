"""Measuring side by side: every case of a comparison in one process, one thread, in shuffled
rounds.

Read ratios, not times. The fastest rounds are the steadiest; medians are given beside them.
"""

import gc
import os
import random
import statistics
import sys
import time

USUAL, BRIEF = (0.05, 15), (0.001, 201)  # seconds of a round, rounds
SETTLED = {
    # One thread each, and a memory allocator that keeps what it has: page faults cost more than
    # sums.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "MALLOC_TRIM_THRESHOLD_": "33554432",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TOP_PAD_": "33554432",
}


def settle():
    """Start this process again with one thread and a calm allocator, unless it has them already."""
    if os.environ.get("CS231N_BENCH_SETTLED"):
        return
    os.environ.update(SETTLED, CS231N_BENCH_SETTLED="1")
    os.execv(sys.executable, [sys.executable, *sys.argv])


def compare(cases, calls=None):
    """{name: (fastest, median, undisturbed)} seconds a call for {name: function}, cases in turn.

    A case of None is a missing peer and is left out. *Undisturbed* is a fast one of many rounds too
    short for another process, or for a full collection of garbage, to fall into each of them: the
    steadiest figure on a busy machine, and the one that CI compares. Of work that takes long,
    `calls` calls are each a round.
    """
    cases = {name: work for name, work in cases.items() if work is not None}
    brief = in_turn(cases, *(BRIEF if calls is None else (0.0, calls)))
    usual = brief if calls or only_brief() else in_turn(cases, *USUAL)
    return {
        name: (min(usual[name]), statistics.median(usual[name]), tenth(brief[name]))
        for name in cases
    }


def tenth(times):
    """Slower than a tenth of them: the very fastest may be luck."""
    return sorted(times)[len(times) // 10]


def only_brief():
    """Does CI measure?"""
    return "--short" in sys.argv


def in_turn(cases, seconds, rounds):
    """{name: [seconds a call in each round]}. A round is filled with about so many seconds."""
    repeats = {name: repeats_for(work, seconds) for name, work in cases.items()}
    times = {name: [] for name in cases}
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name in random.sample(list(cases), len(cases)):
            gc.collect()  # what other cases left behind
            cases[name]()  # from here on each case pays for its own garbage
            times[name].append(timed(cases[name], repeats[name]))
    gc.unfreeze()
    return times


def timed(work, repeats):
    """Seconds a call, over `repeats` calls."""
    begin = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - begin) / repeats


def repeats_for(work, seconds):
    """How many calls fill about so many seconds; one call of work that is a round by itself."""
    if not seconds:
        return 1
    once = max(min(timed(work, 1) for _ in range(9)), 1e-7)
    return max(1, min(20_000, int(seconds / once)))


def ratio(times, ours, theirs):
    """Ours over theirs, for each figure of `compare`. None where a peer is missing."""
    if ours not in times or theirs not in times:
        return None
    return tuple(a / b for a, b in zip(times[ours], times[theirs], strict=True))
