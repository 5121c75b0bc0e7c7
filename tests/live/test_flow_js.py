"""What runs along wires: ways, bands, and the beads of each step. Runs in node."""

import math

import numpy as np
import pytest
from node import module, run

from cs231n_lec4 import ComputationalGraph, Input, lecture, parse, squared_norm, step_through, tanh
from cs231n_lec4.words.digits import number

CALL = "const [name, ...given] = JSON.parse(await input());\n"
CALL += "console.log(JSON.stringify(eval(name)(...given)));"


def called(file, name, *given):
    """What a function of a script answers."""
    return run(module(file) + CALL, [name, *given])


# ── ways ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_path_of_graphviz_is_the_points_it_goes_through():
    path = "M53.63,-105.75C53.63,-105.75 92.58,-101.56 117.36,-98.9C118,-98 119,-97 120,-96"
    assert called("ways", "pointsOf", path) == [[53.63, -105.75], [117.36, -98.9], [120, -96]]


def test_a_bead_is_equally_fast_on_every_line_of_its_way():
    assert called("ways", "sharesOf", [[0, 0], [3, 4], [3, 19]]) == [0, 0.25, 1]
    assert called("ways", "sharesOf", [[2, 2], [2, 2], [2, 2]]) == [0, 0.5, 1]


@pytest.mark.parametrize(
    ("far", "point"), [(0, [0, 0]), (2.5, [1.5, 2]), (5, [3, 4]), (9, [3, 8]), (99, [3, 19])]
)
def test_a_point_lies_so_far_along_a_way(far, point):
    assert called("ways", "pointAlong", [[0, 0], [3, 4], [3, 19]], far) == pytest.approx(point)


def test_the_frames_of_a_way_begin_at_its_first_point_and_end_at_its_last():
    first, *_, last = called("flow", "framesOf", [[0.1, 0.7], [3, -4], [7, 19]])
    assert first == {"offset": 0, "transform": "translate(0.1px, 0.7px)"}
    assert last == {"offset": 1, "transform": "translate(7px, 19px)"}
    stands = called("flow", "framesOf", [[5, 6]])
    assert [frame["offset"] for frame in stands] == [0, 1]
    assert len({frame["transform"] for frame in stands}) == 1


# ── bands ────────────────────────────────────────────────────────────────────────────────────────


def test_a_band_is_the_wider_the_larger_its_gradient_and_never_above_24_pixels():
    sizes = [0, 1e-9, 0.01, 0.2, 0.53, 1, 4, 11, 30, 1e3, 1e300]
    widths = [called("bands", "bandWidth", size) for size in sizes]
    assert widths == sorted(widths)
    assert len({round(width, 1) for width in widths[2:8]}) == 6
    assert max(widths) == 24
    assert called("bands", "bandWidth", -4) == called("bands", "bandWidth", 4)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_a_gradient_that_is_no_number_has_a_band_that_can_be_drawn(text):
    width = run(module("bands") + f"console.log(bandWidth({text}));", None)
    assert 0 < width <= 24


# ── the beads of a step ──────────────────────────────────────────────────────────────────────────

STAGES = """
const { program, steps, names, inputs, wires, update, picked } = JSON.parse(await input());
const look = compileProgram(program)(inputs);
const seat = { value: [5, -6], gradient: [5, 6] };
const ways = { left: [[0, 0], [1, 0]], right: [[9, 0], [12, 0]], seat };
const session = {
  program, look, inputs, picked, lookAt: compileProgram(program), nodeNames: names, flow: { size: 10 }, parts: new Map(),
  settings: { digits: 2, width: 8, update },
  wires: wires.map((wire) => ({ ...wire, ways })),
};
const told = steps.map((step) => stagesOf(session, step, recordAhead(session)));
console.log(JSON.stringify(told));
"""


def load_of(bead):
    """What a bead carries, as text; a tile as its rows and columns."""
    parts = [p if isinstance(p, str) else f"{p['rows']}×{p['columns']}" for p in bead["parts"]]
    return " ".join([*parts, *filter(None, [bead.get("below")])])


def stages_of(view, picked=()):
    """The stages of every step of a view: [kind, node, what the beads of each stage carry]."""
    graph = view.graph
    job = {
        "program": view.program,
        "steps": view.steps,
        "names": view.names,
        "inputs": {name: np.asarray(x.value).tolist() for name, x in graph.inputs.items()},
        "wires": view.pictures[0]["wires"],
        "update": view.settings.get("update"),
        "picked": list(picked),
    }
    stages = run(module("program", "steps") + STAGES, job)
    texts = [[[load_of(bead) for bead in stage["beads"]] for stage in one] for one in stages]
    return list(zip(view.steps, texts, stages, strict=True))


def test_the_shares_of_a_branch_run_in_and_their_sum_runs_on():
    told = [texts for step, texts, _ in stages_of(step_through(lecture.branch(-1.5, 4.0)))]
    assert told[-1] == [["5.00", "2.50"], ["2.50+5.00"], ["7.50"]]


@pytest.mark.parametrize("inputs", [(-2.0, 5.0, -4.0), (0.25, -1e-3, 700.0)])
def test_upstream_comes_products_stand_and_run_on(inputs):
    graph = parse("(x + y) * z - x * x", **dict(zip("xyz", inputs, strict=True)))
    graph.forward()
    graph.backward()
    for step, texts, _ in stages_of(step_through(graph)):
        if step["kind"] != "backward":
            continue
        gate = graph.nodes[step["node"]]
        upstream, products, shares = texts
        assert upstream == [number(gate.grad, 2, 8)]
        assert len(products) == len(shares) == len(step["rows"])
        expected = [number(share, 2, 8) for share in graph.shares(gate)]
        assert sorted(shares) == sorted(expected)


def test_values_run_forward_and_a_value_that_branches_runs_on():
    told = stages_of(step_through(parse("(x + y) * (x + y)", x=1.0, y=2.5)))
    (_, texts, _), *_ = told
    assert texts[:2] == [["1.00", "2.50"], ["3.50"]]
    assert set(map(str, told[0][1][-1])) == {"3.50"}


def test_an_update_stands_as_a_product_and_goes_up_as_a_change():
    view = step_through(lecture.add_multiply(), update=0.1, parameters=["x", "z"])
    *_, (step, texts, _) = stages_of(view)
    assert step["kind"] == "update"
    assert texts == [["−0.1·(−4.00)", "−0.1·3.00"], ["+0.40", "−0.30"]]


def test_every_bead_has_a_way_and_every_stage_a_time():
    for _, _, stages in stages_of(step_through(lecture.sigmoid_neuron())):
        for stage in stages:
            assert 0 < stage["time"] <= 1000
            assert stage["beads"]
            for bead in stage["beads"]:
                assert load_of(bead)
                assert all(math.isfinite(x) for point in bead["way"] for x in point)


def arrays_of(seed):
    """A graph in which a matrix branches; its last step but one is the sum."""
    random = np.random.default_rng(seed)
    x, W = Input(random.normal(size=(2, 3)), "x"), Input(random.normal(size=(3, 2)), "W")
    h = (x @ W).named("h")
    return ComputationalGraph(squared_norm(tanh(h) + 2.0 * h).named("L"))


def levels(array):
    return (array / np.abs(array).max()).ravel()


@pytest.mark.parametrize("seed", [1, 2])
def test_an_array_runs_as_a_tile_and_its_product_stands_as_code_with_shapes(seed):
    graph = arrays_of(seed)
    graph.backward()
    told = stages_of(step_through(graph), picked=[{"node": 2, "side": "gradient", "k": 3}])
    (_, meeting, beads), (_, product, last) = told[-2:]
    assert meeting == [["2×2", "2×2"], ["2×2 + 2×2"], ["2×2"]]
    shares = [bead["parts"][0]["levels"] for bead in beads[0]["beads"]]
    own = [levels(share) for share in ((1 - graph["v1"].value ** 2) * graph["v1"].grad,)]
    assert any(np.allclose(share, own[0], atol=0.01) for share in shares)
    [upstream] = last[0]["beads"]
    assert upstream["parts"][0]["levels"] == pytest.approx(levels(graph["h"].grad), abs=0.01)
    assert upstream["parts"][0]["picked"] == [3]
    assert product == [
        ["2×2"],
        ["dh @ Wᵀ 2×2 @ 2×3", "xᵀ @ dh 3×2 @ 2×2"],
        ["2×3", "3×2"],
    ]
    assert [texts[1] for _, texts, _ in told[-4:-2]][-1] in (
        ["2.0 * dv2"],
        ["(1.0 - v1 * v1) * dv1"],
    )


def test_an_update_of_an_array_goes_up_as_its_gradient_with_other_signs():
    *_, (_, texts, stages) = stages_of(step_through(arrays_of(3), update=0.2))
    assert texts == [["−0.2 · 2×3", "−0.2 · 3×2"], ["2×3", "3×2"]]
    before, after = ([bead["parts"][-1]["levels"] for bead in one["beads"]] for one in stages)
    assert [[-x for x in tile] for tile in before] == after


# ── a number that is held, and the trace ─────────────────────────────────────────────────────────

HOLD = """
const { program, held, inputs, trees } = JSON.parse(await input());
const lookAt = compileProgram(program);
const changes = changesOf({ held, inputs, look: lookAt(inputs), lookAt });
console.log(JSON.stringify(changes && [changes.step, ...trees.map(changes.real)]));
"""


def test_a_held_number_changes_what_lies_behind_it_and_nothing_else():
    view = step_through(parse("(x + y) * z", x=1.0, y=2.0, z=-3.0))
    trees = view.program["values"]
    job = {"program": view.program, "inputs": {"x": 1.0, "y": 2.5, "z": -3.0}, "trees": trees}
    script = module("program", "changes") + HOLD
    found = run(script, {**job, "held": {"input": "y", "from": 2.0}})
    by_name = dict(zip(view.names, found[1:], strict=True))
    assert found[0] == 0.5
    assert [by_name[name] for name in ("x", "y", "z")] == [0, 0.5, 0]
    assert sorted(found[1:]) == [-1.5, 0, 0, 0.5, 0.5]
    assert run(script, {**job, "held": None}) is None


FIT = """
const [control, value] = JSON.parse(await input());
console.log(JSON.stringify(fitting({ ...control, get: () => control.now }, value)));
"""


@pytest.mark.parametrize(
    ("now", "asked", "got"),
    [
        (0, 0.1 + 0.2, 0.3),
        (0, 2.3456, 2.35),
        (0, 99, 5),
        (0, -99, -5),
        (40, 41, 40),  # typed outside the range: it may come back, and go no further
        (40, 39, 39),
        (-0.05, -0.049, -0.05),
    ],
)
def test_a_number_stays_in_its_range_without_dust(now, asked, got):
    control = {"min": -5, "max": 5, "step": 0.1, "now": now}
    assert run(module("grab") + FIT, [control, asked]) == got


def test_a_pole_does_not_flatten_a_trace():
    curve = [*range(-30, 30), 1e12]
    low, high = called("trace", "heightsOf", curve, 7)
    assert -30 <= low < high <= 30
    assert called("trace", "heightsOf", curve, 1e12)[1] == 1e12
    assert called("trace", "heightsOf", list(range(61)), 7) == [0, 60]
    assert called("trace", "heightsOf", [3, 3, None], 3) == [2, 4]
    assert called("trace", "heightsOf", [], None) == [-1, 1]


def test_a_curve_is_broken_where_it_has_no_number():
    points = [[0, 1], [1, 2], [2, None], [3, 4], [4, None], [5, 6], [6, 7], [7, 8]]
    assert called("trace", "runsOf", points) == [[[0, 1], [1, 2]], [[5, 6], [6, 7], [7, 8]]]
