"""How long from a key press on a slider to the new gradient on the screen?

    python bench/latency.py            needs the extras `lab` and `test`, and Chromium

Two ways, one notebook, one move of each in turn, so that both meet the same machine:

- view:  `explore(graph)` of this package;
- dot:   `ipywidgets.interactive_output` that runs the graph and displays a new picture from
         Graphviz for every move, as one would by hand.

And for graphs of arrays, those of notebooks 05 and 09 and larger ones:

- arrays: `explore(graph)`, computed in the browser up to 1,000 entries, and beyond in the kernel;
- echo:   an empty round trip, a slider of ipywidgets whose number a label in the kernel repeats.

A time starts at the browser's own stamp of the keydown event and ends when a MutationObserver sees
the page change. The drag lasts 1.2 s; a frame counts when the picture changed since the last one.
"""

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import lab  # noqa: E402
from browser.server import LabServer  # noqa: E402
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: E402

WAYS = {"view": 1, "dot": 2}  # and the cell of each
ARRAY_WAYS = {"arrays": 1, "echo": 2}
DRAG_SECONDS = 1.2
PAUSE_MS = 100

GRAPH = """
import ipywidgets
from cs231n_lec4 import ComputationalGraph, Input

def build(nodes):
    # A ladder of gates over two inputs. Its values stay small at any length, and as the last gate
    # multiplies, nearly every gradient moves with x.
    x, y = Input(0.5, "x"), Input(0.9, "y")
    before, last = x * y, x + y
    for _ in range(nodes - 5):
        before, last = last, last - before
    return ComputationalGraph(before * last)
"""
VIEW = """
from cs231n_lec4 import explore
explore(build({nodes}))
"""
# The plainest picture one can ask of Graphviz: a box a node, an arrow a use.
DOT = """
import graphviz
from IPython.display import SVG, display

peer = build({nodes})
slider = ipywidgets.FloatSlider(value=0.5, min=-4.5, max=5.5, step=0.1)

def picture(x):
    peer.forward(x=x)
    peer.backward()
    dot = graphviz.Digraph(graph_attr={{"rankdir": "LR"}}, node_attr={{"shape": "box"}})
    for node in peer.nodes:
        grad = 0.0 if node.grad is None else node.grad
        dot.node(str(id(node)), f"{{node.name}}\\n{{node.value:.2f}}\\n{{grad:.2f}}")
        for source in node.inputs:
            dot.edge(str(id(source)), str(id(node)))
    display({display})

ipywidgets.VBox([slider, ipywidgets.interactive_output(picture, {{"x": slider}})])
"""
ARRAYS = """
import numpy as np
from cs231n_lec4 import ComputationalGraph, Input, explore, lecture, sigmoid, squared_norm

def net(rows, columns):
    # Three arrays of rows * columns numbers, and x, whose sliders move.
    x = Input(np.linspace(-1.0, 1.0, columns), "x")
    W = Input(np.random.default_rng(0).normal(size=(rows, columns)), "W")
    return ComputationalGraph(squared_norm(sigmoid(W * x) + W) + squared_norm(W @ x))

explore({graph}, nudge=False)
"""
ARRAY_GRAPHS = {
    "notebook 05": "lecture.squared_norm_of_product()",
    "notebook 09": "lecture.tiny_two_layer()",
    "4 entries": "net(2, 2)",
    "64 entries": "net(8, 8)",
    "1,000 entries": "net(100, 10)",
    "2,000 entries": "net(200, 10)",
}
ECHO = """
import ipywidgets
slider = ipywidgets.FloatSlider(value=0.5, min=-4.5, max=5.5, step=0.1)
label = ipywidgets.Label("0.5")
label.add_class("echo")
slider.observe(lambda change: setattr(label, "value", str(change.new)), "value")
ipywidgets.VBox([slider, label])
"""
BY_PROGRAM = "dot"
BY_WORKER = "SVG(lay_out(dot.source, 'svg'))"

WATCH = """
(ways) => {
  const all = {};
  const inPicture = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("svg");
  const isGradient = (node) => {
    const text = (node.nodeType === 1 ? node : node.parentElement)?.closest("text");
    const marked = inPicture(node).querySelector(".gradient");
    return text && (!marked || text.closest(".gradient"));
  };
  const isPicture = (node) =>
    node.nodeType === 1 && (node.matches("img, svg") || node.querySelector("img, svg"));
  const inView = (record) => inPicture(record.target) && isGradient(record.target);
  const kinds = {
    view: inView,
    arrays: inView,
    dot: (record) => [...record.addedNodes].some(isPicture),
    echo: ({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(".echo"),
  };

  function watch(name, root) {
    const state = all[name] = { pressed: null, took: null, changed: 0, frames: 0, fresh: false };
    new MutationObserver((records) => {
      if (!records.some(kinds[name])) return;
      state.changed = performance.now();
      state.fresh = true;
      if (state.pressed !== null) state.took = state.changed - state.pressed;
      state.pressed = null;
    }).observe(root, { subtree: true, childList: true, characterData: true });
    root.addEventListener("keydown", (event) => {
      state.pressed = event.timeStamp;
      state.took = null;
    }, true);
  }

  const outputs = document.querySelectorAll(".jp-Cell .jp-Cell-outputArea");
  for (const [name, cell] of Object.entries(ways)) watch(name, outputs[cell]);
  window.addEventListener("mouseup", (event) => { window.bench.released = event.timeStamp; }, true);
  const tick = () => {
    for (const name of Object.keys(ways)) {
      all[name].frames += all[name].fresh;
      all[name].fresh = false;
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  window.bench = all;
}
"""


def open_bench(server, browser, nodes, has_dot):
    """A notebook with both ways of drawing a graph of this many nodes, run and watched."""
    lay_out = "" if has_dot else "from cs231n_lec4.pictures.process import lay_out\n"
    peer = DOT.format(nodes=nodes, display=BY_PROGRAM if has_dot else BY_WORKER)
    return watched(server, browser, [GRAPH, VIEW.format(nodes=nodes), lay_out + peer], WAYS)


def watched(server, browser, cells, ways):
    """A notebook of these cells, run and watched."""
    page = lab.new_page(browser, viewport=(1280, 1400))
    notebook = lab.open_notebook(server, page, cells)
    page.wait_for_timeout(1000)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.evaluate(WATCH, ways)
    return notebook


def handles(notebook, ways):
    """What a hand holds in each way: the range input of x, or the slider's round handle."""
    chosen = "input[type=range][aria-label^=x], .noUi-handle"
    return {name: notebook.cell(cell).locator(chosen).first for name, cell in ways.items()}


def press(notebook, name, handle, key):
    """One key press; the milliseconds until the new gradient, or None if none came in 5 s.

    A hand that moves a slider has the focus there already: JupyterLab's own work at a change of
    cells (2 to 5 ms) is over before the key goes down, in each way.
    """
    handle.focus()
    notebook.page.wait_for_timeout(PAUSE_MS)
    notebook.page.keyboard.press(key)
    answered = f"() => bench.{name}.took"
    with contextlib.suppress(TimeoutError):
        notebook.page.wait_for_function(answered, timeout=5000)
    settle(notebook)
    return notebook.page.evaluate(answered)


def settle(notebook):
    """Let the kernel finish what the move asked of it, so that the next move finds it idle."""
    notebook.page.wait_for_timeout(PAUSE_MS)
    notebook.run_cell("")


def measure_keys(notebook, ways, moves):
    """{way: [milliseconds]}: there and back, one move of each way in turn."""
    times = {name: [] for name in ways}
    for move in range(moves):
        key = "ArrowRight" if move < moves / 2 else "ArrowLeft"
        for name, handle in handles(notebook, ways).items():
            times[name].append(press(notebook, name, handle, key))
    return times


def measure_drag(notebook, name, handle):
    """Drag for 1.2 s, twice there and back, so that nearly every move is a new number.

    Returns moves of the mouse, frames shown, milliseconds from release to the last change.
    """
    page = notebook.page
    x, y = middle(name, handle)
    page.mouse.move(x, y)
    page.mouse.down()
    before = page.evaluate(f"() => bench.{name}.frames")
    moves, start = 0, time.monotonic()
    while (passed := time.monotonic() - start) < DRAG_SECONDS:
        turns = 4 * passed / DRAG_SECONDS
        page.mouse.move(x + 100 * abs((turns + 1) % 2 - 1), y)
        moves += 1
    page.mouse.up()
    page.wait_for_timeout(1500)
    frames, lag = page.evaluate(
        f"() => [bench.{name}.frames, Math.max(0, bench.{name}.changed - bench.released)]"
    )
    settle(notebook)
    return moves, frames - before, lag


def middle(name, handle):
    """Where the mouse takes hold: the thumb of a range input, the middle of anything else."""
    handle.scroll_into_view_if_needed()
    if name == "view":
        return lab.thumb(handle)
    box = handle.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def report_keys(nodes, times):
    for name, found in times.items():
        got = sorted(ms for ms in found if ms is not None)
        lost = len(found) - len(got)
        p50, p95 = (percentile(got, share) for share in (50, 95))
        print(f"| {nodes} | {name} | {p50:.1f} | {p95:.1f} | {len(got)} | {lost} |", flush=True)


def percentile(sorted_times, share):
    if len(sorted_times) < 2:
        return float("nan")
    return statistics.quantiles(sorted_times, n=100, method="inclusive")[share - 1]


def measure(server, browser, sizes, moves, has_dot):
    drags = []
    print("| nodes | way | p50 ms | p95 ms | moves | lost |\n|---|---|---|---|---|---|")
    for nodes in sizes:
        notebook = open_bench(server, browser, nodes, has_dot)
        report_keys(nodes, measure_keys(notebook, WAYS, moves))
        for name, handle in handles(notebook, WAYS).items():
            drags.append((nodes, name, *measure_drag(notebook, name, handle)))
        notebook.page.context.close()
        server.stop_kernels()
    for name, graph in ARRAY_GRAPHS.items():
        cells = ["", ARRAYS.format(graph=graph), ECHO]
        notebook = watched(server, browser, cells, ARRAY_WAYS)
        report_keys(name, measure_keys(notebook, ARRAY_WAYS, moves))
        notebook.page.context.close()
        server.stop_kernels()
    print("\n| nodes | way | moves in 1.2 s | frames | last frame after release, ms |")
    print("|---|---|---|---|---|")
    for nodes, name, moved, frames, lag in drags:
        print(f"| {nodes} | {name} | {moved} | {frames} | {lag:.0f} |")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="*", default=[7, 50, 300], metavar="NODES")
    options.add_argument("--moves", type=int, default=60)
    wanted = options.parse_args()
    has_dot = shutil.which("dot") is not None
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; pictures of `dot` by "
        f"{'the dot program' if has_dot else 'this package (there is no dot program)'}\n"
    )
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server, browser = LabServer(home), lab.launch(playwright)
        try:
            measure(server, browser, wanted.sizes, wanted.moves, has_dot)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
