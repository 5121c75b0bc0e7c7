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

ROUNDS = 15
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


def compare(cases, seconds=0.05, rounds=ROUNDS, collector=True):
    """{name: (fastest, median)} seconds a call for {name: function}, the cases taken in turn.

    A case of None is a missing peer and is left out. `collector=False` switches the garbage
    collector off while measuring.
    """
    cases = {name: work for name, work in cases.items() if work is not None}
    repeats = {name: repeats_for(work, seconds) for name, work in cases.items()}
    times = {name: [] for name in cases}
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name in random.sample(list(cases), len(cases)):
            times[name].append(timed(cases[name], repeats[name], collector))
    gc.unfreeze()
    return {name: (min(found), statistics.median(found)) for name, found in times.items()}


def timed(work, repeats, collector):
    """Seconds a call, over `repeats` calls."""
    if not collector:
        gc.disable()
    begin = time.perf_counter()
    for _ in range(repeats):
        work()
    elapsed = time.perf_counter() - begin
    gc.enable()
    return elapsed / repeats


def repeats_for(work, seconds):
    """How many calls fill about so many seconds."""
    work()
    begin = time.perf_counter()
    work()
    once = max(time.perf_counter() - begin, 1e-7)
    return max(1, min(20_000, int(seconds / once)))


def ratio(times, ours, theirs):
    """Ours over theirs: of the fastest rounds, and of the medians. None where a peer is missing."""
    if ours not in times or theirs not in times:
        return None
    return tuple(a / b for a, b in zip(times[ours], times[theirs], strict=True))
