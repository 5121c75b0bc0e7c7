"""What is measured: each function is one comparison and returns rows (work, against, ratios,
goal)."""

import gc
import os
import subprocess
import sys
import tracemalloc

import numpy as np

from cs231n_lec4 import (
    ComputationalGraph,
    Constant,
    Input,
    compile_flat,
    exp,
    lecture,
    sigmoid,
    squared_norm,
)

from . import moons, peers
from .measure import compare, ratio


def scalars():
    """The lecture's two scalar graphs: compiled, by the graph's loop, built anew."""
    rows = []
    torch = peers.installed("torch")
    for name, graph, anew, hand, theirs in (
        (
            "(x + y) z",
            lecture.add_multiply(),
            add_multiply_anew,
            peers.hand_add_multiply,
            peers.micrograd_add_multiply,
        ),
        (
            "sigmoid neuron",
            lecture.sigmoid_neuron(),
            neuron_anew,
            peers.hand_neuron,
            peers.micrograd_neuron,
        ),
    ):
        numbers = {key: node.value for key, node in graph.inputs.items()}
        step = compile_flat(graph)
        times = compare(
            {
                "compiled": lambda step=step, numbers=numbers: step(**numbers),
                "by hand": lambda hand=hand, numbers=numbers: hand(**numbers),
                "loop": lambda graph=graph, numbers=numbers: (
                    graph.forward(**numbers),
                    graph.backward(),
                ),
                "build": anew,
                "micrograd": theirs() if peers.installed("micrograd") else None,
                "torch": peers.torch_add_multiply(torch) if torch and name[0] == "(" else None,
            }
        )
        rows += [
            row(f"{name}, new inputs, compiled", "micrograd", times, "compiled", 0.04),
            row(f"{name}, new inputs, compiled", "by hand", times, "compiled", 1.5),
            row(f"{name}, new inputs, the graph's loop", "micrograd", times, "loop", 0.45),
            row(f"{name}, build and backward", "micrograd", times, "build", 0.85),
        ]
        if name[0] == "(":
            rows.append(row(f"{name}, build and backward", "torch", times, "build", 0.15))
    return rows


def add_multiply_anew():
    """Three inputs, two gates, one backward."""
    x, y, z = Input(-2.0, "x"), Input(5.0, "y"), Input(-4.0, "z")
    return ComputationalGraph((x + y) * z).backward()


def neuron_anew():
    """Five inputs, eight gates, one backward."""
    w0, x0, w1, x1 = Input(2.0, "w0"), Input(-1.0, "x0"), Input(-3.0, "w1"), Input(-2.0, "x1")
    dot = w0 * x0 + w1 * x1 + Input(-3.0, "w2")
    return ComputationalGraph(1 / (1 + exp(-dot))).backward()


def moons_epoch():
    """micrograd's own demo, one epoch, garbage collector on."""
    here = peers.installed("micrograd")
    times = compare(
        {
            "gates": moons.gates_epoch(),
            "arrays": moons.arrays_epoch(),
            "micrograd": moons.micrograd_epoch() if here else None,
        },
        calls=7,
    )
    return [
        row("moons epoch, scalar gates", "micrograd", times, "gates", 0.25),
        row("moons epoch, array gates", "micrograd", times, "arrays", 0.0005),
    ]


def two_layer_step():
    """Slide 88, one step, in both precisions."""
    rows = []
    torch, jax = peers.installed("torch"), peers.installed("jax")
    for dtype in (np.float64, np.float32):
        x, y, w1, w2 = peers.batch(dtype)
        graph = two_layer_graph(x, y, w1, w2)
        step = compile_flat(graph)
        times = compare(
            {
                "loop": loop_step(graph),
                "compiled": compiled_step(step, w1, w2),
                "by hand": peers.hand_step(x, y, w1, w2),
                "autograd": peers.autograd_step(x, y, w1, w2)
                if peers.installed("autograd")
                else None,
                "torch": peers.torch_step(torch, x, y, w1, w2) if torch else None,
                "jax": peers.jax_step(jax, x, y, w1, w2) if jax else None,
            },
        )
        kind = np.dtype(dtype).name
        goal = 1.05 if dtype is np.float64 else 1.08
        rows.append(row(f"two-layer step {kind}, the graph's loop", "by hand", times, "loop", goal))
        rows.append(row(f"two-layer step {kind}, compiled", "by hand", times, "compiled", 1.03))
        if dtype is np.float64:
            for peer, most in (("autograd", 0.75), ("torch", 0.80), ("jax", 1.0)):
                rows.append(row(f"two-layer step {kind}, compiled", peer, times, "compiled", most))
    return rows


def loop_step(graph):
    """A step of training by the graph's own loop."""
    weights = {name: graph.inputs[name].value for name in ("w1", "w2")}

    def run():
        loss = graph.forward(w1=weights.pop("w1"), w2=weights.pop("w2"))
        for name, dw in graph.backward().items():
            weights[name] = graph.inputs[name].value - peers.RATE * dw
        return loss

    return run


def compiled_step(step, w1, w2):
    """A step of training by compiled flat code."""

    def gradients(w1, w2):
        loss, grads = step(w1=w1, w2=w2)
        return loss, grads["w1"], grads["w2"]

    return peers.training(gradients, w1, w2)


def two_layer_graph(x, y, w1, w2):
    """The twenty lines as a graph. The data are constants: nobody asks for their gradient."""
    h = sigmoid(Constant(x) @ Input(w1, "w1"))
    return ComputationalGraph(squared_norm(h @ Input(w2, "w2") - Constant(y)).named("loss"))


def peak_memory():
    """The most memory that one two-layer step of training holds at a time."""
    x, y, w1, w2 = peers.batch(np.float64)
    ours = loop_step(two_layer_graph(x, y, w1, w2))
    compiled = compiled_step(compile_flat(two_layer_graph(x, y, w1, w2)), w1, w2)
    hand = peak(peers.hand_step(x, y, w1, w2))
    return [
        ("peak memory of that step, the graph's loop", "by hand", (peak(ours) / hand,) * 3, 1.10),
        ("peak memory of that step, compiled", "by hand", (peak(compiled) / hand,) * 3, 1.10),
    ]


def peak(work):
    """Bytes at the peak, above what was there before; the second call counts."""
    work()
    gc.collect()
    tracemalloc.start()
    result = work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return most


def squared_norms():
    """‖Wx‖² with n = 4096: bound by memory bandwidth."""
    n, rng, torch = 4096, np.random.default_rng(0), peers.installed("torch")
    W, x = rng.standard_normal((n, n)), rng.standard_normal(n)
    graph = ComputationalGraph(squared_norm(Input(W, "W") @ Input(x, "x")))
    step = compile_flat(graph)
    times = compare(
        {
            "compiled": lambda: step(W=W, x=x),
            "by hand": peers.hand_squared_norm(W, x),
            "torch": peers.torch_squared_norm(torch, W, x) if torch else None,
        },
        calls=11,
    )
    return [
        row("‖Wx‖², n = 4096, compiled", "by hand", times, "compiled", 1.03),
        row("‖Wx‖², n = 4096, compiled", "torch", times, "compiled", 0.80),
    ]


def chains():
    """Time and memory a gate in a long chain, each length in a process of its own."""
    short, long = chain(1_000), chain(1_000_000)
    slower = long["seconds"] / short["seconds"]
    return [
        ("chain of 10⁶ gates, time a gate", "10³ gates", (slower,) * 3, 1.5),
        ("chain of 10⁶ gates, bytes a gate", "220 bytes", (long["bytes"] / 220,) * 3, 1.0),
    ]


CHAIN = """
import gc, sys, time, tracemalloc
from cs231n_lec4 import ComputationalGraph, Input
n = int(sys.argv[1])
repeats = max(1, 100_000 // n)
def run():
    node = x = Input(1.0, "x")
    for _ in range(n):
        node = node + x
    graph = ComputationalGraph(node)
    graph.forward(); graph.backward()
    return graph
gc.disable()
run() if n < 100_000 else None
best = 1e9
for _ in range(3):
    begin = time.perf_counter()
    for _ in range(repeats):
        graph = run()
    best = min(best, (time.perf_counter() - begin) / repeats / n)
    del graph
tracemalloc.start()
m = min(n, 100_000)
node = x = Input(1.0, "x")
before = tracemalloc.get_traced_memory()[0]
for _ in range(m):
    node = node + x
print(best, (tracemalloc.get_traced_memory()[0] - before) / m)
"""


def chain(n):
    """Seconds and bytes a gate for a chain of `n` gates."""
    done = subprocess.run(
        [sys.executable, "-c", CHAIN, str(n)], capture_output=True, text=True, check=True
    )
    seconds, size = map(float, done.stdout.split())
    return {"seconds": seconds, "bytes": size}


def imports():
    """`import cs231n_lec4` against `import numpy`, each in fresh processes in turn."""
    times = compare(
        {name: lambda name=name: fresh_import(name) for name in ("cs231n_lec4", "numpy")},
        calls=41,
    )
    return [row("import cs231n_lec4", "numpy", times, "cs231n_lec4", 1.10)]


def fresh_import(name):
    """Import in a new process that may keep its bytecode, as a user's does."""
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", f"import {name}"], check=True, env=usual)


def row(work, against, times, ours, goal):
    """One row of the table."""
    return work, against, ratio(times, ours, against), goal


ALL = (scalars, moons_epoch, two_layer_step, peak_memory, squared_norms, chains, imports)
SHORT = (scalars, two_layer_step, peak_memory)
