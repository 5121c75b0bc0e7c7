"""Every gate against central differences: each row of GATES × dtypes × shapes × seeds."""

import inspect
import warnings

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import Constant, Gate, Input
from cs231n_lec4.engine import arrays, gates
from cs231n_lec4.guidance import gates as guidance

H = 1e-6

# ── shapes ───────────────────────────────────────────────────────────────────────────────────────

ONE = {
    "scalar": lambda draw: draw(())[()],
    "0-d array": lambda draw: np.asarray(draw(())),
    "(n,)": lambda draw: draw((5,)),
    "(n, m)": lambda draw: draw((3, 4)),
    "(1, m)": lambda draw: draw((1, 4)),
    "(n, 1)": lambda draw: draw((3, 1)),
    "empty": lambda draw: draw((0, 3)),
    "Fortran order": lambda draw: np.asfortranarray(draw((3, 4))),
    "negative stride": lambda draw: draw((3, 4))[::-1, ::-1],
    "not contiguous": lambda draw: draw((6, 8))[::2, ::2],
    "transposed": lambda draw: draw((4, 3)).T,
    "3 axes": lambda draw: draw((2, 3, 2)),
}
TWO = {
    **{name: (make, make) for name, make in ONE.items()},
    "matrix, scalar": (ONE["(n, m)"], ONE["scalar"]),
    "scalar, matrix": (ONE["scalar"], ONE["(n, m)"]),
    "matrix, row": (ONE["(n, m)"], ONE["(1, m)"]),
    "matrix, column": (ONE["(n, m)"], ONE["(n, 1)"]),
    "column, row": (ONE["(n, 1)"], ONE["(1, m)"]),
    "matrix, vector": (ONE["(n, m)"], lambda draw: draw((4,))),
    "vector, matrix": (lambda draw: draw((4,)), ONE["(n, m)"]),
    "matrix, (1, 1)": (ONE["(n, m)"], lambda draw: draw((1, 1))),
    "empty, row": (ONE["empty"], lambda draw: draw((1, 3))),
    "Fortran, row": (ONE["Fortran order"], ONE["(1, m)"]),
    "stride, matrix": (ONE["negative stride"], ONE["(n, m)"]),
}
PRODUCTS = {
    "matrix @ matrix": (ONE["(n, m)"], lambda draw: draw((4, 2))),
    "matrix @ vector": (ONE["(n, m)"], lambda draw: draw((4,))),
    "vector @ matrix": (lambda draw: draw((3,)), ONE["(n, m)"]),
    "vector @ vector": (ONE["(n,)"], ONE["(n,)"]),
    "row @ column": (ONE["(1, m)"], lambda draw: draw((4, 1))),
    "column @ row": (ONE["(n, 1)"], ONE["(1, m)"]),
    "empty @ matrix": (ONE["empty"], lambda draw: draw((3, 2))),
    "Fortran @ Fortran": (ONE["Fortran order"], lambda draw: np.asfortranarray(draw((4, 2)))),
    "stride @ matrix": (ONE["negative stride"], lambda draw: draw((4, 2))),
    "not contiguous @ vector": (ONE["not contiguous"], lambda draw: draw((4,))),
    "transposed @ matrix": (ONE["transposed"], lambda draw: draw((4, 2))),
    "vector @ transposed": (lambda draw: draw((3,)), ONE["transposed"]),
    "batch @ batch": (lambda draw: draw((2, 3, 4)), lambda draw: draw((2, 4, 3))),
    "batch @ matrix": (lambda draw: draw((2, 3, 4)), lambda draw: draw((4, 2))),
    "matrix @ batch": (ONE["(n, m)"], lambda draw: draw((2, 4, 3))),
    "batch @ vector": (lambda draw: draw((2, 3, 4)), lambda draw: draw((4,))),
    "vector @ batch": (lambda draw: draw((3,)), lambda draw: draw((2, 3, 4))),
    "batch of one @ batch": (lambda draw: draw((1, 3, 4)), lambda draw: draw((2, 4, 3))),
    "batch @ larger batch": (lambda draw: draw((2, 2, 3)), lambda draw: draw((3, 1, 3, 2))),
    "larger batch @ vector": (lambda draw: draw((2, 1, 2, 3)), lambda draw: draw((3,))),
    "vector @ larger batch": (lambda draw: draw((3,)), lambda draw: draw((2, 2, 3, 2))),
    "empty batch @ matrix": (lambda draw: draw((0, 3, 4)), lambda draw: draw((4, 2))),
    "batch @ Fortran": (lambda draw: draw((2, 3, 4)), lambda draw: np.asfortranarray(draw((4, 2)))),
}
SCORES = {
    name: (ONE[name],)
    for name in ("(n,)", "(n, m)", "(1, m)", "(n, 1)", "Fortran order", "negative stride")
} | {"not contiguous": (ONE["not contiguous"],), "transposed": (ONE["transposed"],)}

# ── numbers: far enough from a kink, a pole or a tie that a step of h does not cross it ──────────


def anywhere(rng, shape):
    return rng.uniform(-2.0, 2.0, shape)


def positive(rng, shape):
    return rng.uniform(0.5, 2.0, shape)


def not_near_zero(rng, shape):
    return rng.uniform(0.5, 2.0, shape) * rng.choice([-1.0, 1.0], shape)


def left_of_a_tie(rng, shape):
    return rng.integers(-4, 5, shape) / 2.0


def right_of_a_tie(rng, shape):
    return rng.integers(-4, 5, shape) / 2.0 + 0.25


def labels_for(scores):
    rows, classes = np.atleast_2d(scores).shape
    return {"labels": (np.arange(rows) * 2 + 1) % classes}


# Gate: its numbers (one for each input), its shapes, its settings.
ELEMENTWISE = {
    c.AddGate: ((anywhere, anywhere), TWO),
    c.SubtractGate: ((anywhere, anywhere), TWO),
    c.MultiplyGate: ((anywhere, anywhere), TWO),
    c.DivideGate: ((anywhere, not_near_zero), TWO),
    c.PowerGate: ((positive, anywhere), TWO),
    c.MaxGate: ((left_of_a_tie, right_of_a_tie), TWO),
    c.ExpGate: ((anywhere,), ONE),
    c.LogGate: ((positive,), ONE),
    c.ReciprocalGate: ((not_near_zero,), ONE),
    c.SigmoidGate: ((anywhere,), ONE),
    c.TanhGate: ((anywhere,), ONE),
    c.ReluGate: ((not_near_zero,), ONE),
    c.LeakyReluGate: ((not_near_zero,), ONE),
    c.EluGate: ((not_near_zero,), ONE),
}
GATES = {
    **ELEMENTWISE,
    c.MatMulGate: ((anywhere, anywhere), PRODUCTS),
    c.SumGate: ((anywhere,), ONE),
    c.MeanGate: ((anywhere,), {k: v for k, v in ONE.items() if k != "empty"}),
    c.SoftmaxGate: ((anywhere,), ONE),
    c.TransposeGate: ((anywhere,), ONE),
    c.ReshapeGate: ((anywhere,), ONE),
    c.PickGate: ((anywhere,), ONE),
    c.SquaredNormGate: ((anywhere,), ONE),
    c.SoftmaxLossGate: ((anywhere,), SCORES),
    c.HingeLossGate: ((left_of_a_tie,), SCORES),
    c.BinaryCrossEntropyGate: ((not_near_zero,), {k: v for k, v in ONE.items() if k != "empty"}),
}
SETTINGS = {
    c.SoftmaxLossGate: labels_for,
    c.HingeLossGate: lambda scores: {**labels_for(scores), "margin": 1.25},
    c.BinaryCrossEntropyGate: lambda scores: {
        "labels": np.arange(scores.size).reshape(scores.shape) % 4 / 3
    },
}


def all_gates():
    """Every gate class the package defines."""
    found = [v for room in (gates, arrays) for v in vars(room).values() if inspect.isclass(v)]
    return {g for g in found if issubclass(g, Gate) and g is not Gate}


MISSING = all_gates() - set(GATES)
if MISSING:
    raise LookupError(f"no row in GATES for {sorted(gate.__name__ for gate in MISSING)}")

CASES = [
    pytest.param(gate, dtype, makers, seed, id=f"{gate.__name__}-{dtype.__name__}-{shape}-{seed}")
    for gate, (_, shapes) in GATES.items()
    for dtype in (np.float64, np.float32)
    for shape, makers in shapes.items()
    for seed in range(5)
]


def drawn(gate, dtype, makers, seed):
    """The gate's inputs for one case."""
    rng = np.random.default_rng(seed)
    makers = makers if isinstance(makers, tuple) else (makers,)
    numbers = GATES[gate][0]
    return [
        make(lambda s, n=n: np.asarray(n(rng, s), dtype))
        for make, n in zip(makers, numbers, strict=True)
    ]


def node_of(gate, arrays):
    """The gate on inputs x0, x1."""
    settings = SETTINGS[gate](arrays[0]) if gate in SETTINGS else {}
    return gate(*[Input(a, f"x{k}") for k, a in enumerate(arrays)], **settings)


def differences(gate, arrays, upstream, k):
    """The gradient of Σ upstream · gate(…) with respect to input k, entry by entry, in float64."""
    arrays = [np.array(a, np.float64) for a in arrays]
    grad = np.zeros_like(arrays[k])
    for entry in np.ndindex(arrays[k].shape):
        ends = []
        for step in (H, -H):
            moved = [a.copy() for a in arrays]
            moved[k][entry] += step
            ends.append(np.sum(np.asarray(upstream, np.float64) * node_of(gate, moved).value))
        grad[entry] = (ends[0] - ends[1]) / (2 * H)
    return grad


def kind(value):
    """Number or array, its dtype and shape."""
    return type(value), getattr(value, "dtype", None), np.shape(value)


def held(array):
    """A gate's input in the form a node holds."""
    return Input(array, "x").value


def test_the_table_is_large_enough():
    assert len(CASES) >= 2400


@pytest.mark.parametrize(("gate", "dtype", "makers", "seed"), CASES)
def test_a_gate_agrees_with_central_differences(gate, dtype, makers, seed):
    arrays = drawn(gate, dtype, makers, seed)
    before = [np.array(a) for a in arrays]
    node = node_of(gate, arrays)
    rng = np.random.default_rng(100 + seed)
    upstream = np.asarray(rng.uniform(0.5, 2.0, np.shape(node.value)), dtype)
    grads = c.ComputationalGraph(node).backward(upstream)
    limit = 1e-7 if dtype is np.float64 else 2e-3
    assert np.asarray(node.value).dtype == dtype
    for k, array in enumerate(arrays):
        grad = grads[f"x{k}"]
        assert kind(grad) == kind(held(array))
        measured = differences(gate, arrays, upstream, k)
        scale = max(1.0, np.abs(measured).max(initial=0.0))
        assert np.abs(grad - measured).max(initial=0.0) <= limit * scale
        assert np.array_equal(array, before[k])


# ── conventions ──────────────────────────────────────────────────────────────────────────────────


def gradients(function, *numbers):
    """The gradients of a function of nodes at a point."""
    inputs = [Input(x, f"x{k}") for k, x in enumerate(numbers)]
    return list(c.ComputationalGraph(function(*inputs)).backward().values())


def test_at_a_tie_max_sends_the_gradient_to_its_first_input():
    assert gradients(c.maximum, 2.0, 2.0) == [1.0, 0.0]
    one, other = gradients(lambda x, y: c.maximum(x, y).sum(), [2.0, 3.0], [2.0, 4.0])
    assert (one.tolist(), other.tolist()) == ([1.0, 0.0], [0.0, 1.0])


def test_at_zero_relu_leaky_relu_and_elu_take_the_left_slope():
    assert gradients(c.relu, 0.0) == [0.0]
    assert gradients(c.leaky_relu, 0.0) == [0.01]
    assert gradients(lambda x: c.elu(x, alpha=2.0), 0.0) == [2.0]


def test_nan_wins_in_max_so_that_it_cannot_hide():
    for pair in ((np.nan, 1.0), (1.0, np.nan)):
        assert np.isnan(c.MaxGate(*[Input(x, n) for x, n in zip(pair, "ab", strict=True)]).value)
    assert np.isnan(c.maximum(Input([np.nan, 1.0], "a"), Input([1.0, np.nan], "b")).value).all()


def test_zero_to_the_power_zero_is_one_with_gradient_zero():
    x = Input(0.0, "x")
    assert (x**0.0).value == 1.0
    assert c.ComputationalGraph(x**0.0).backward() == {"x": 0.0}


def test_a_gate_by_hand_is_the_slide():
    gate = c.MultiplyGate()
    assert gate.forward(3.0, -4.0) == -12.0
    assert gate.backward(2.0) == [-8.0, 6.0]


def test_every_gate_works_by_hand_on_plain_numbers():
    for gate_class, (numbers, _) in ELEMENTWISE.items():
        gate, rng = gate_class(), np.random.default_rng(0)
        point = [float(n(rng, ())) for n in numbers]
        z = gate.forward(*point)
        grads = gate.backward(1.0)
        node = gate_class(*[Input(x, f"x{k}") for k, x in enumerate(point)])
        assert z == node.value
        assert grads == list(c.ComputationalGraph(node).backward().values())


def test_slope_and_alpha_are_settings():
    x = Input(-2.0, "x")
    assert c.leaky_relu(x).value == -0.02
    assert c.leaky_relu(x, slope=0.1).value == -0.2
    assert c.elu(x, alpha=2.0).value == 2.0 * (np.exp(-2.0) - 1.0)
    assert c.LeakyReluGate(x, slope=0.5).value == -1.0


def test_functions_take_plain_numbers_and_arrays_too():
    for function in (c.exp, c.tanh, c.sigmoid, c.relu, c.leaky_relu, c.elu, c.squared_norm):
        assert type(function(0.5)) is float
        array = np.array([0.5, -1.0])
        assert np.all(function(array) == function(Input(array, "x")).value)
    assert c.log(1.0) == 0.0
    assert c.reciprocal(4) == 0.25
    assert c.maximum(2.0, 3.0) == 3.0


def test_arithmetic_takes_plain_numbers_and_arrays_on_either_side():
    x, array = Input([1.0, 2.0], "x"), np.array([3.0, 5.0])
    pairs = [
        (x + array, [4.0, 7.0]), (array + x, [4.0, 7.0]), (x - array, [-2.0, -3.0]),
        (array - x, [2.0, 3.0]), (x * array, [3.0, 10.0]), (array * x, [3.0, 10.0]),
        (x / array, [1 / 3, 0.4]), (array / x, [3.0, 2.5]), (x**array, [1.0, 32.0]),
        (array**x, [3.0, 25.0]), (x @ array, 13.0), (array @ x, 13.0), (2 - x, [1.0, 0.0]),
        (np.float64(2) * x, [2.0, 4.0]), (2 * x, [2.0, 4.0]), (1 / x, [1.0, 0.5]),
        (2**x, [2.0, 4.0]), (-x, [-1.0, -2.0]), (+x, [1.0, 2.0]), (sum([x, x]), [2.0, 4.0]),
        (np.ones((2, 2)) @ x, [3.0, 3.0]), (x @ np.ones((2, 3)), [3.0, 3.0, 3.0]),
    ]  # fmt: skip
    for node, expected in pairs:
        assert np.allclose(node.value, expected, rtol=1e-15)
    assert (x.sum().value, x.mean().value) == (3.0, 1.5)


def test_a_matrix_product_is_not_asked_for_the_gradient_of_data():
    gate = c.MatMulGate(Constant(np.ones((2, 3))), Input(np.ones((3, 4)), "w"))
    assert gate.backward(np.ones((2, 4)))[0] is None


def test_one_divided_by_a_node_is_the_gate_of_the_slide():
    assert type(1 / Input(2.0, "x")) is c.ReciprocalGate
    assert type(3 / Input(2.0, "x")) is c.DivideGate


SYMBOLS = {  # as the slides draw them
    "AddGate": "+", "MultiplyGate": "×", "MaxGate": "max", "ReciprocalGate": "1/x", "ExpGate": "exp",
    "SigmoidGate": "σ", "TanhGate": "tanh", "ReluGate": "ReLU", "LeakyReluGate": "leaky ReLU",
    "EluGate": "ELU", "SquaredNormGate": "L2", "SubtractGate": "−", "DivideGate": "÷",
}  # fmt: skip
PATTERNS = {"AddGate": "distributor", "MaxGate": "router", "MultiplyGate": "switcher"}


def test_a_gate_is_drawn_with_the_symbol_of_the_slides():
    ours = {gate.__name__: gate for gate in all_gates()}
    assert {name: ours[name].symbol for name in SYMBOLS} == SYMBOLS
    assert len({gate.symbol for gate in all_gates()}) == len(all_gates())
    named = {n: gate.pattern for n, gate in ours.items() if hasattr(gate, "pattern")}
    assert named == PATTERNS


def test_settings_have_the_values_that_are_written_down():
    x = Input(-2.0, "x")
    assert c.leaky_relu(x).value == c.LeakyReluGate(x).value == -0.02
    assert c.elu(x).value == c.EluGate(x).value == np.exp(-2.0) - 1.0
    scores = Input([0.0, 0.5], "s")
    assert c.hinge_loss(scores, 0).value == c.HingeLossGate(scores, labels=0).value == 1.5


def test_a_power_has_the_gradient_of_its_exponent_too():
    assert gradients(lambda x, y: x**y, 2.0, 0.0) == [0.0, np.log(2.0)]
    assert gradients(lambda x, y: x**y, 0.0, 2.0) == [0.0, 0.0]
    assert gradients(lambda x, y: x**y, 2.0, 3.0) == [12.0, 8.0 * np.log(2.0)]
    powers = gradients(lambda x, y: (x**y).sum(), [2.0, 0.0], [0.0, 2.0])
    assert powers[1].tolist() == [np.log(2.0), 0.0]


def test_our_gates_have_one_input_or_two():
    assert {gate.takes for gate in all_gates()} == {1, 2}


def test_no_gate_warns_when_it_is_made():
    class Students(c.Gate):
        calls = 0

        def forward(self, x):
            type(self).calls += 1
            return np.exp(x)

        def backward(self, dz):
            return [dz]

    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("error")
        assert c.exp(c.Input([1000.0, 0.0], "a")).value.tolist() == [np.inf, 1.0]
        assert c.exp(c.Input(1000.0, "b")).value == np.inf
        assert Students(c.Input(1000.0, "x")).value == np.inf
    assert Students.calls == 1


@pytest.mark.parametrize("gate", sorted(all_gates(), key=lambda gate: gate.__name__))
def test_our_gates_keep_the_rules_that_a_students_gate_must_keep(gate):
    guidance.refuse_class(gate)
