"""A class at work: many kernels at once on this machine. What do they take?

    python bench/classroom.py --kernels 40

Each kernel imports the package and shows a live view, as the first cells of a notebook do. Memory
is counted as the kernels' proportional share (PSS), so that common pages count once.
"""

import argparse
import os
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

CELL = """
from cs231n_lec4 import *
from cs231n_lec4 import lecture
view = explore(lecture.sigmoid_neuron())
other = step_through(lecture.squared_norm_of_product())
"""
MOVES = """
for k in range(100):
    view.move(w0=0.01 * k)
"""


def memory_of(process):
    """Proportional share of memory in MB, of a kernel and the processes it started."""
    found = 0
    for one in [process, *children_of(process)]:
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8")
        found += int(next(x for x in rollup.splitlines() if x.startswith("Pss:")).split()[1])
    return found / 1024


def seconds_of(process):
    """Seconds of CPU, of a kernel and the processes it started."""
    ticks = 0
    for one in [process, *children_of(process)]:
        words = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children_of(process):
    """Direct children, such as the worker that lays out pictures."""
    return [int(x) for x in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def run(kernels, code):
    """Run `code` in all kernels at once; seconds until the last has answered."""
    begin = time.perf_counter()
    for _, client in kernels:
        client.execute(code)
    for _, client in kernels:
        while client.get_iopub_msg(timeout=600)["content"].get("execution_state") != "busy":
            pass
        while client.get_iopub_msg(timeout=600)["content"].get("execution_state") != "idle":
            pass
    return time.perf_counter() - begin


def report(kernels, work, took):
    """One line of the table."""
    ids = [manager.provisioner.pid for manager, _ in kernels]
    memory, seconds = sum(map(memory_of, ids)), sum(map(seconds_of, ids))
    print(
        f"| {work} | {took:.1f} | {seconds / len(ids):.2f} | {memory:.0f} "
        f"| {memory / len(ids):.0f} |",
        flush=True,
    )


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kernels", type=int, default=40)
    wanted = options.parse_args()
    begin, kernels = time.perf_counter(), []
    print(f"{wanted.kernels} kernels on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| all at once | wall s | CPU s a kernel, so far | MB in all | MB a kernel |")
    print("|---|---|---|---|---|")
    try:
        for _ in range(wanted.kernels):
            kernels.append(start_new_kernel(kernel_name="python3", startup_timeout=300))
        report(kernels, "start", time.perf_counter() - begin)
        report(kernels, "import, two live views", run(kernels, CELL))
        report(kernels, "100 moves from Python each", run(kernels, MOVES))
        time.sleep(10)
        report(kernels, "10 s of rest, sliders are the browser's", 10.0)
    finally:
        for manager, client in kernels:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
