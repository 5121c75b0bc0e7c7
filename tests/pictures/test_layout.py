"""The layout room: a child process that may die, two engines, one structure."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from cs231n_lec4.engine.arrays import squared_norm
from cs231n_lec4.engine.gates import exp
from cs231n_lec4.engine.graph import ComputationalGraph
from cs231n_lec4.engine.node import Constant, Input
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.live.setup import check_setup
from cs231n_lec4.pictures import process as layout
from cs231n_lec4.pictures.dot import draw
from cs231n_lec4.pictures.process import EngineFailed, Worker, lay_out, run_dot
from cs231n_lec4.pictures.svg import text_of, tidied

ROOT = Path(__file__).resolve().parents[2]
DOT = "digraph { a [label=<a> id=a] }"
needs_worker = pytest.mark.skipif(not layout.has_pygraphviz(), reason="pygraphviz is not installed")
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot is not on the PATH")


@pytest.fixture(autouse=True)
def _nothing_kept():
    lay_out.cache_clear()
    yield
    lay_out.cache_clear()


@pytest.fixture
def worker():
    own = Worker()
    yield own
    own.end()


@pytest.fixture
def no_dot(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_pygraphviz(monkeypatch):
    monkeypatch.setitem(sys.modules, "pygraphviz", None)


def graphs():
    """A chain with a number in a gate, a fork with names, a dashed wire, arrays."""
    x, y = Input(2.0, "x"), Input(-3.0, "y")
    c, W = Constant(1.5, "c"), Input(np.ones((2, 2)), "W")
    nodes = [1 / (1 + exp(-x)), ((x + y).named("q") * x).named("f"), x * c + y, squared_norm(W @ W)]
    for node in nodes:
        graph = ComputationalGraph(node)
        graph.backward()
        yield graph


# ── engines ──


@needs_worker
@needs_dot
@pytest.mark.parametrize("k", range(4))
def test_both_engines_give_the_same_ids_texts_and_order(k, worker):
    dot = draw(list(graphs())[k])._straight
    pictures = [structure(text_of(tidied(engine(dot, "svg")))) for engine in (worker.draw, run_dot)]
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) > 8


def structure(svg):
    """Everything of an SVG but where it stands."""
    kept = ("id", "class", "fill", "stroke", "text-anchor", "stroke-dasharray", "font-size")
    nodes = ElementTree.fromstring(svg).iter()
    return [(e.tag, (e.text or "").strip(" \n"), *(e.get(k) for k in kept)) for e in nodes]


@needs_dot
def test_without_pygraphviz_the_dot_program_draws(no_pygraphviz):
    assert b"<svg" in lay_out(DOT, "svg")
    assert lay_out(DOT, "png").startswith(b"\x89PNG")


@needs_worker
def test_without_the_dot_program_pygraphviz_draws(no_dot):
    assert b"<svg" in lay_out(DOT, "svg")
    assert lay_out(DOT, "png").startswith(b"\x89PNG")


def test_without_any_engine_one_sentence_says_what_to_install(no_dot, no_pygraphviz):
    with pytest.raises(GraphError, match="pip install pygraphviz") as caught:
        lay_out(DOT, "svg")
    assert caught.value.code == "no_layout_engine"


def test_without_any_engine_the_numbers_can_still_be_read(no_dot, no_pygraphviz):
    drawn = draw(next(graphs()))
    bundle = drawn._repr_mimebundle_()
    assert list(bundle) == ["text/plain"]
    assert "gradient" in bundle["text/plain"]
    assert "pip install" in bundle["text/plain"]
    assert drawn.dot.startswith("digraph")


def test_a_text_that_no_engine_can_read_is_a_graph_error():
    with pytest.raises(GraphError) as caught:
        lay_out("digraph {", "svg")
    assert caught.value.code == "layout_failed"


@pytest.mark.parametrize("problem", ["ImportError('libcgraph.so.6: no such file')", "OSError(8)"])
def test_an_engine_that_is_broken_says_so_in_its_own_words(problem, no_dot, monkeypatch, tmp_path):
    broken = tmp_path / "pygraphviz.py"
    broken.write_text(f"print('noise')\nraise {problem}")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(layout, "worker", Worker())
    words = problem.partition("(")[2].strip("')")
    drawn = draw(next(graphs()))
    with pytest.raises(GraphError, match=words) as caught:
        _ = drawn.svg
    assert caught.value.code == "layout_failed"
    assert words in drawn._repr_mimebundle_()["text/plain"]
    assert words in repr(check_setup())
    layout.worker.end()


@pytest.mark.skipif(os.name == "nt", reason="a script needs a line that says who runs it")
@pytest.mark.parametrize(
    ("does", "words"),
    [("echo 'Warning: w' >&2; echo 'Error: no plugin' >&2; exit 1", "dot: Error: no plugin"),
     ("exit 9", "dot: its process ended with code 9")],
)  # fmt: skip
def test_a_dot_program_that_fails_says_so(does, words, no_pygraphviz, monkeypatch, tmp_path):
    program = tmp_path / "dot"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GraphError, match=words) as caught:
        lay_out(DOT, "png")
    assert "Warning" not in str(caught.value)
    assert len(str(caught.value).splitlines()) <= 4


FORKED = """
import multiprocessing, sys
from cs231n_lec4 import draw, parse

def png(k):
    return len(draw(parse("x * 2", x=float(k))).png)

if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    assert png(0)
    parents = sys.modules["cs231n_lec4.pictures.process"].worker.process.pid
    with multiprocessing.Pool(4) as pool:
        assert all(pool.map(png, range(12)))
    assert png(-1)
    print(sys.modules["cs231n_lec4.pictures.process"].worker.process.pid == parents)
"""


@needs_worker
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork there")
def test_processes_that_are_forked_after_a_picture_draw_with_workers_of_their_own(tmp_path):
    program = tmp_path / "forked.py"
    program.write_text(FORKED)
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


@needs_worker
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork there")
def test_a_forked_process_that_ends_leaves_the_worker_of_its_parent_alone(worker):
    worker.draw(DOT, "svg")
    worker.turn.acquire()  # as if another thread were drawing
    if (child := os.fork()) == 0:
        worker.end()
        os._exit(0 if b"<svg" in worker.draw(DOT, "svg") else 1)
    assert os.waitpid(child, 0)[1] == 0
    worker.turn.release()
    assert worker.process.poll() is None


@pytest.mark.parametrize(
    "engine", [pytest.param("worker", marks=needs_worker), pytest.param("dot", marks=needs_dot)]
)
def test_warnings_of_graphviz_reach_nobody(engine, capfd, worker):
    text = 'digraph { a [color=nosuchcolour]; b [fontname="No Such Font"]; a:nowhere -> b }'
    (worker.draw if engine == "worker" else run_dot)(text, "svg")
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


# ── the worker ──


@needs_worker
def test_one_worker_answers_many_requests(worker):
    pictures = {worker.draw(DOT, "svg") for _ in range(5)}
    assert len(pictures) == 1
    first = worker.process.pid
    with pytest.raises(EngineFailed):  # a failure is not a death
        worker.draw("digraph {", "svg")
    assert worker.process.pid == first


@needs_worker
def test_a_worker_that_died_is_started_again(worker):
    worker.draw(DOT, "svg")
    dead = worker.process
    dead.kill()
    dead.wait()
    assert worker.draw(DOT, "svg")
    assert worker.process.pid != dead.pid


@needs_worker
def test_a_worker_that_cannot_start_leaves_the_work_to_dot(worker, monkeypatch, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr(layout, "WORKER", broken)
    with pytest.raises(EngineFailed, match="ended with code 3"):
        worker.draw(DOT, "svg")
    monkeypatch.setattr(layout, "worker", worker)
    if shutil.which("dot"):
        assert b"<svg" in lay_out(DOT, "svg")


@needs_worker
def test_a_layout_that_does_not_end_is_given_up(worker, monkeypatch, tmp_path):
    asleep = tmp_path / "asleep.py"
    asleep.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(layout, "WORKER", asleep)
    monkeypatch.setattr(layout, "SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(GraphError) as caught:
        worker.draw(DOT, "svg")
    assert caught.value.code == "layout_slow"
    assert time.monotonic() - begun < 10
    assert worker.process is None


@needs_worker
@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process there")
def test_an_interrupt_of_the_kernel_does_not_end_the_worker(worker):
    worker.draw(DOT, "svg")
    first = worker.process.pid
    os.kill(first, signal.SIGINT)
    assert worker.draw(DOT, "png")
    assert worker.process.pid == first


@needs_worker
def test_the_worker_ends_when_its_parent_closes_the_pipe(worker):
    worker.draw(DOT, "svg")
    worker.process.stdin.close()
    assert worker.process.wait(timeout=10) == 0


@needs_worker
def test_threads_take_turns(worker, monkeypatch):
    exchange, inside, together = layout._exchange, [], []

    def watched(process, request):
        inside.append(request)
        together.append(len(inside))
        time.sleep(0.01)
        answer = exchange(process, request)
        inside.remove(request)
        return answer

    monkeypatch.setattr(layout, "_exchange", watched)
    texts = [f"digraph {{ n{k} [label=<n{k}>] }}" for k in range(8)]
    with ThreadPoolExecutor(8) as threads:
        pictures = list(threads.map(lambda text: worker.draw(text, "svg"), texts))
    assert together == [1] * 8
    assert all(f">n{k}</text>".encode() in picture for k, picture in enumerate(pictures))


# ── the picture ──


def test_the_same_text_is_laid_out_once(monkeypatch):
    first = lay_out(DOT, "svg")
    monkeypatch.setattr(layout.worker, "draw", None)
    assert lay_out(DOT, "svg") is first
    assert lay_out.cache_info().maxsize <= 256


def test_the_svg_has_pixels_no_titles_and_no_comments_of_graphviz():
    root = tidied(lay_out(draw(next(graphs())).dot, "svg"))
    svg = text_of(root)
    _, _, width, _ = map(float, root.get("viewBox").split())
    assert int(root.get("width")) == round(width * 4 / 3)
    assert not re.search(r'<title|<!--|pt"', svg)


def test_a_png_has_two_pixels_for_each_pixel_of_the_page():
    drawn = draw(next(graphs()))
    width = int.from_bytes(drawn.png[16:20], "big")
    assert abs(width / 2 - int(ElementTree.fromstring(drawn.svg).get("width"))) <= 2


@pytest.mark.parametrize("count", [40, 50])
def test_an_input_that_feeds_every_part_of_a_long_chain_is_laid_out_in_time(count):
    """Here Graphviz looked for the best levels for longer than a layout may take."""
    x, last = Input(0.5, "x"), Input(0.7, "y")
    for k in range(count):
        last = exp(last * x * Input(0.1, f"w{k}"))
    assert draw(ComputationalGraph(last.named("f"))).svg
