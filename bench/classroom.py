"""A class at work: many students on this machine, each with a server and a whole notebook.

    python bench/classroom.py --students 40 --notebook 01

All servers start at once, then all run the notebook at once. A student whose notebook does not do
what it should (an error in a cell that announces none) is counted, and the program ends with 1.
Memory is the proportional share (PSS) of a server, its kernel and its worker: common pages count
once. `--threads 0` leaves BLAS as it comes.
"""

import argparse
import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from classroom.exercises import source, tags  # noqa: E402
from classroom.remote import Server, wait_until  # noqa: E402


class Student(Server):
    """One student's server, on a port of its own."""

    def __init__(self, folder, threads):
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            port = place.getsockname()[1]
        super().__init__(f"127.0.0.1:{port}", secrets.token_hex(8))
        settings = [f"--port={port}", f"--IdentityProvider.token={self.token}", "--no-browser"]
        root = ["--allow-root"] if os.geteuid() == 0 else []
        environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
        self.process = psutil.Popen(
            [sys.executable, "-m", "jupyterlab", *settings, *root],
            cwd=folder,
            env={**environment, **({"OPENBLAS_NUM_THREADS": str(threads)} if threads else {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def family(self):
        return [self.process, *self.process.children(recursive=True)]

    def memory(self):
        """MB now."""
        return sum(of_living(self.family(), lambda one: one.memory_full_info().pss)) / 2**20

    def seconds(self):
        """Seconds of CPU until now."""
        return sum(of_living(self.family(), lambda one: sum(one.cpu_times()[:2])))

    def stop(self):
        of_living(self.family()[::-1], psutil.Process.kill)


def of_living(processes, ask):
    """What each process answers; one that has ended meanwhile does not."""
    answers = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            answers.append(ask(process))
    return answers


def cells_of(name):
    """[(code, whether it announces an error)] of the notebook whose name begins so."""
    [path] = (ROOT / "notebooks").glob(f"{name}*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return [(source(cell), "raises-exception" in tags(cell)) for cell in code]


def worked(student, cells):
    """Whether the whole notebook ran as it should."""
    errors = student.run([code for code, _ in cells])
    return all(bool(e) == announced for e, (_, announced) in zip(errors, cells, strict=True))


def at_once(students, work):
    """The answers of `work` for all students at once, and the seconds that it took."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(len(students)) as pool:
        answers = list(pool.map(work, students))
    return answers, time.perf_counter() - begin


def report(students, work, took):
    """One line of the table."""
    memory = [student.memory() for student in students]
    seconds = sum(student.seconds() for student in students)
    print(
        f"| {work} | {took:.1f} | {seconds / len(students):.1f} | {sum(memory):.0f} "
        f"| {max(memory):.0f} |",
        flush=True,
    )


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--students", type=int, default=40)
    options.add_argument("--notebook", default="01")
    options.add_argument("--threads", type=int, default=1, help="of BLAS; 0 leaves it open")
    wanted = options.parse_args()
    cells, students = cells_of(wanted.notebook), []
    print(f"{wanted.students} students, notebook {wanted.notebook}, {os.cpu_count()} cores")
    print("\n| all at once | wall s | CPU s a student, so far | MB in all | MB at most |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        try:
            students = [Student(folder, wanted.threads) for _ in range(wanted.students)]
            up = lambda student: wait_until(lambda: student.ask("/api/status"))  # noqa: E731
            report(students, "servers start", at_once(students, up)[1])
            right, took = at_once(students, lambda student: worked(student, cells))
            report(students, f"notebook {wanted.notebook}, all cells", took)
        finally:
            for student in students:
                student.stop()
    print(f"\n{sum(right)} of {wanted.students} notebooks did what they should.")
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
