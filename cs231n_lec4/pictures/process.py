"""DOT → SVG or PNG: the only room that runs Graphviz, and it does so in a child process.

The child is our worker on `pygraphviz` (its wheels bring Graphviz along), else the `dot` program. A
crash, a warning or an endless layout over there reaches neither the kernel nor a cell; what an
engine says when it fails is passed on. Where no child process can be, as in a browser, an engine is
registered in `SVG_ENGINES`; there pictures are SVG.
"""

import atexit
import importlib.util
import json
import os
import shutil
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from .. import words
from ..guidance.errors import GraphError
from .images import DPI

SECONDS = 20  # a layout that takes longer is given up
WORKER = Path(__file__).with_name("_layout_worker.py")
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console
SVG_ENGINES = {}  # {name: draw(dot, format, dpi)}, asked before the others


class EngineFailed(Exception):
    """An engine that is installed and does not draw, in its own words."""


@lru_cache(maxsize=128)
def lay_out(dot, format, dpi=DPI):
    """The picture of a DOT text as bytes: "svg" as Graphviz writes it, or "png".

    The last 128 pictures are kept. Raises GraphError where no engine is installed, where none
    succeeds, and after 20 seconds.
    """
    engines = dict(SVG_ENGINES) if format == "svg" else {}
    engines["pygraphviz"] = worker.draw if has_pygraphviz() else None
    engines["dot"] = run_dot if shutil.which("dot") else None
    said = []
    for name, draw in engines.items():
        try:
            if draw:
                return draw(dot, format, dpi)
        except (EngineFailed, OSError) as problem:
            said.append(f"{name}: {problem}")
    raise GraphError("layout_failed" if said else "no_layout_engine", said="\n".join(said))


def has_pygraphviz():
    """Asked without importing it: its C code stays out of this process."""
    return importlib.util.find_spec("pygraphviz") is not None


def run_dot(dot, format, dpi=DPI):
    """The picture by the `dot` program."""
    command = [shutil.which("dot"), f"-T{format}", *([f"-Gdpi={dpi}"] if format == "png" else [])]
    try:
        done = subprocess.run(
            command, input=dot.encode(), capture_output=True, timeout=SECONDS,
            creationflags=NO_WINDOW, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise GraphError("layout_slow", seconds=SECONDS) from None
    if done.returncode:
        raise EngineFailed(last_line(done.stderr) or ended_with(done.returncode))
    return done.stdout


def last_line(said):
    """The last line of what an engine printed; the warnings stand before it."""
    return said.decode(errors="replace").strip().rpartition("\n")[2]


def ended_with(code):
    """What is said of a process that ended without a word."""
    return words.PICTURE["engine_ended"].format(code=code)


# ── the worker on pygraphviz ─────────────────────────────────────────────────────────────────────


class Worker:
    """One child process, started when first needed and again when it died. Threads take turns."""

    def __init__(self):
        self._begin(None)

    def _begin(self, parents):
        self.owner = os.getpid()
        self.process = None
        self.turn = threading.Lock()
        self._parents = parents  # kept: dropping it would close the pipes

    def _be_of_this_process(self):
        """After a fork, the pipe and the lock are those of the parent process."""
        if self.owner != os.getpid():
            self._begin(self.process)

    def draw(self, dot, format, dpi=DPI):
        """The picture as bytes. A worker that died is started once more."""
        self._be_of_this_process()
        request = json.dumps({"dot": dot, "format": format, "dpi": dpi}).encode()
        with self.turn:
            answer = self._ask(request) or self._ask(request)
            if answer is None:
                raise EngineFailed(ended_with(self.code))
        failed, picture = answer
        if failed:
            raise EngineFailed(last_line(picture))
        return picture

    def _ask(self, request):
        """(failed, picture or reason), or None where the worker died of itself."""
        process = self._running()
        alarm = threading.Timer(SECONDS, process.kill)
        alarm.start()
        try:
            return _exchange(process, request)
        except (OSError, struct.error):
            self.end()
            if not alarm.is_alive():
                raise GraphError("layout_slow", seconds=SECONDS) from None
            return None
        except BaseException:  # an interrupt in the middle would leave half an answer in the pipe
            self.end()
            raise
        finally:
            alarm.cancel()

    def _running(self):
        if self.process is None:
            # In a session of its own it gets no interrupt meant for a cell. It ends with its stdin.
            self.process = subprocess.Popen(
                [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, creationflags=NO_WINDOW, start_new_session=True,
            )  # fmt: skip
        return self.process

    def end(self):
        """End the child process, if there is one."""
        self._be_of_this_process()
        process, self.process = self.process, None
        if process:
            process.kill()
            self.code = process.wait()
            process.stdout.close()
            _close_quietly(process.stdin)


def _exchange(process, request):
    """Send one request, read its answer. struct.error or OSError where the worker has died."""
    process.stdin.write(struct.pack(">I", len(request)) + request)
    process.stdin.flush()
    failed, size = struct.unpack(">BI", process.stdout.read(5))
    return failed, *struct.unpack(f"{size}s", process.stdout.read(size))


def _close_quietly(pipe):
    with suppress(OSError):  # the rest of a request that nobody will read
        pipe.close()


worker = Worker()
atexit.register(worker.end)
