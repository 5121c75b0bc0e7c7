"""The layout room: a child process that may die, two engines, one structure."""

import os
import re
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import numpy as np
import pytest

from cs231n_lec4.engine.gates import exp, squared_norm
from cs231n_lec4.engine.graph import ComputationalGraph
from cs231n_lec4.engine.node import Constant, Input
from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.pictures import process as layout
from cs231n_lec4.pictures.dot import draw
from cs231n_lec4.pictures.process import Worker, lay_out, run_dot, tidy

DOT = "digraph { a [label=<a> id=a] }"
needs_worker = pytest.mark.skipif(not layout.has_pygraphviz(), reason="pygraphviz is not installed")
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot is not on the PATH")


@pytest.fixture(autouse=True)
def _nothing_kept():
    layout.kept_picture.cache_clear()
    yield
    layout.kept_picture.cache_clear()


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
    pictures = [structure(tidy(engine(dot, "svg"))) for engine in (worker.draw, run_dot)]
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) > 8


def structure(svg):
    """Everything of an SVG but where it stands."""
    kept = ("id", "class", "fill", "stroke", "text-anchor", "stroke-dasharray", "font-size")
    nodes = ElementTree.fromstring(svg).iter()
    return [(e.tag, (e.text or "").strip(" \n"), *(e.get(k) for k in kept)) for e in nodes]


@needs_dot
def test_without_pygraphviz_the_dot_program_draws(no_pygraphviz):
    assert "<svg" in lay_out(DOT, "svg")
    assert lay_out(DOT, "png").startswith(b"\x89PNG")


@needs_worker
def test_without_the_dot_program_pygraphviz_draws(no_dot):
    assert "<svg" in lay_out(DOT, "svg")
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


@pytest.mark.parametrize("engine", [pytest.param("worker", marks=needs_worker), "dot"])
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
    assert worker.draw("digraph {", "svg") is None  # a failure is not a death
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
    assert worker.draw(DOT, "svg") is None


@needs_worker
def test_a_layout_that_does_not_end_is_given_up(worker, monkeypatch, tmp_path):
    asleep = tmp_path / "asleep.py"
    asleep.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(layout, "WORKER", asleep)
    monkeypatch.setattr(layout, "SECONDS", 0.5)
    begun = time.monotonic()
    assert worker.draw(DOT, "svg") == b""
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
    assert layout.kept_picture.cache_info().maxsize <= 256


def test_the_svg_has_pixels_no_titles_and_no_comments_of_graphviz():
    svg = lay_out(draw(next(graphs())).dot, "svg")
    root = ElementTree.fromstring(svg)
    _, _, width, _ = map(float, root.get("viewBox").split())
    assert int(root.get("width")) == round(width * 4 / 3)
    assert not re.search(r'<title|<!--|pt"', svg)


def test_a_png_has_two_pixels_for_each_pixel_of_the_page():
    drawn = draw(next(graphs()))
    width = int.from_bytes(drawn.png[16:20], "big")
    assert abs(width / 2 - int(ElementTree.fromstring(drawn.svg).get("width"))) <= 2
