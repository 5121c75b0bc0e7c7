"""Checks of notebook 09: the shapes of the weights, the backward pass, one step of training."""

import operator

import numpy as np

from ...checking.answers import Truth, named_report
from ...checking.reports import RIGHT, Report, safe, sentence, wrong
from ...engine.gates import sigmoid
from ..networks import two_layer_gradients
from .function_checks import name_of, nothing_report, on_answer, other_kind, several_report

SIZES = {"D_in": 3, "H": 5, "D_out": 2}
OTHER_SIZES = {"D_in": 4, "H": 2, "D_out": 6}
RATES = (0.1, 0.03)  # one for each of the sizes


@safe("weight_shapes")
def check_weight_shapes(function):
    """Check `function(N, D_in, H, D_out)`: the shapes of W1 and W2 (slide 88)."""
    report = shapes_of_net(function, SIZES)
    return report and shapes_of_net(function, OTHER_SIZES)


def shapes_of_net(function, sizes):
    """The shapes for two batch sizes; N may not matter."""
    D_in, H, D_out = sizes.values()
    right = ((D_in, H), (H, D_out))
    answer = function(N=4, **sizes)
    if answer is None:
        return nothing_report("weight_shapes")
    if as_shapes(answer) is None:
        return other_kind("weight_shapes", "two shapes")
    found = {4: as_shapes(answer), 7: as_shapes(function(N=7, **sizes))}
    if set(found.values()) == {right}:
        return Report(RIGHT, [sentence("shapes_right")])
    known = {
        tuple(shape[::-1] for shape in right): "rows_are_outputs",
        right[::-1]: "exchanged",
    }
    reason = known.get(found[4], "neighbours_agree") if found[4] == found[7] else "batch_as_width"
    if found[4] == found[7] and not {n for shape in found[4] for n in shape} <= {*sizes.values()}:
        reason = "by_heart"
    return wrong(reason, sentence("shapes_wrong", first=found[4], second=found[7], **sizes))


def as_shapes(answer):
    """What a student returned, as tuples of whole numbers; None if it is something else."""
    try:
        return tuple(tuple(map(operator.index, shape)) for shape in answer)
    except TypeError:
        return None


def numbers(D_in, H, D_out):
    """x, y, w1 and w2 in which every known mistake gives other numbers."""
    random = np.random.default_rng(2)
    return [random.normal(size=shape) for shape in ((4, D_in), (4, D_out), (D_in, H), (H, D_out))]


@safe("backward_pass")
def check_backward_pass(function):
    """Check `function(x, y, h, y_pred, w2)`: `{"w1": …, "w2": …}`, the gradients of slide 88."""
    report = backward_of_net(function, SIZES)
    return report and backward_of_net(function, OTHER_SIZES)


def backward_of_net(function, sizes):
    """The first wrong gradient, or that both are right."""
    x, y, w1, w2 = numbers(**sizes)
    h = two_layer_gradients(x, y, w1, w2)[1]
    known = gradients_and_mistakes(x, y, h, w1, w2)

    def judge(yours):
        if not isinstance(yours, dict):
            return other_kind(name_of(function), "two gradients")
        if yours and not yours.keys() & known.keys():
            facts = {"name": name_of(function), "keys": ", ".join(map(str, yours))}
            return wrong("other_keys", sentence("other_keys", **facts))
        return named_report({n: yours.get(n) for n in known}, known)

    return on_answer(function, (x, y, h, h @ w2, w2), "matrices_backward", judge)


def gradients_and_mistakes(x, y, h, w1, w2):
    """The right gradients, each with what known mistakes give."""
    _, _, grad_w1, grad_w2 = two_layer_gradients(x, y, w1, w2)
    upstream = 2 * (h @ w2 - y)
    grad_h = upstream @ w2.T
    slope, twice = h * (1 - h), sigmoid(h)
    mistakes = {
        "w2": [("input_in_place_of_h", x.T @ upstream), ("exchanged", grad_w1)],
        "w1": [
            ("slope_forgotten", x.T @ grad_h),
            ("slope_has_two_factors", x.T @ (grad_h * h), x.T @ (grad_h * (1 - h))),
            ("slope_of_tanh", x.T @ (grad_h * (1 - h**2))),
            ("sigmoid_twice", x.T @ (grad_h * twice * (1 - twice))),
            ("slope_alone", x.T @ slope),
            ("adds_upstream", x.T @ (grad_h + slope)),
            ("exchanged", grad_w2),
        ],
    }
    truths = {"w2": grad_w2, "w1": grad_w1}
    return {
        n: Truth(t, [*mistakes[n], *of_any(t, len(x))], kind="by hand") for n, t in truths.items()
    }


def of_any(grad, count):
    """What any gradient can lose: its orientation, a factor, its sign; 1/n that is not there."""
    return [
        ("transposed", grad.T),
        ("factor_two", grad / 2, grad * 2),
        ("sign", -grad),
        ("sum_not_mean", grad / count),
    ]


@safe("training_step")
def check_training_step(function):
    """Check `function(x, y, w1, w2, rate)`: the two weights after one update, in new arrays."""
    first, second = zip((SIZES, OTHER_SIZES), RATES, strict=True)
    report = step_of_net(function, *first)
    return report and step_of_net(function, *second)


def step_of_net(function, sizes, rate):
    """The first wrong weight, or that both are right."""
    given = numbers(**sizes)
    told = "matrices_backward", updates_and_mistakes(*given, rate), "two weights"
    return several_report(function, (*given, rate), *told, locked=True)


def updates_and_mistakes(x, y, w1, w2, rate):
    """The right weights, each with what known mistakes give."""
    grads = dict(zip(("w1", "w2"), gradients_of(x, y, w1, w2), strict=True))
    new = {name: w - rate * grads[name] for name, w in (("w1", w1), ("w2", w2))}
    late = {"w1": gradients_of(x, y, w1, new["w2"])[0], "w2": gradients_of(x, y, new["w1"], w2)[1]}
    other = {"w1": w2, "w2": w1}
    return {
        name: Truth(
            new[name],
            [
                *one_step_and_mistakes(w, grads[name], rate, len(x)),
                ("updated_too_early", w - rate * late[name]),
                ("exchanged", new["w2" if name == "w1" else "w1"], other[name]),
            ],
        )
        for name, w in (("w1", w1), ("w2", w2))
    }


def gradients_of(x, y, w1, w2):
    """The gradients with respect to w1 and w2."""
    result = two_layer_gradients(x, y, w1, w2)
    return result[2], result[3]


def one_step_and_mistakes(w, grad, rate, count):
    """What known mistakes give for one weight."""
    return [
        ("not_updated", w),
        ("uphill", w + rate * grad, w + grad),
        ("sign", rate * grad - w),
        ("factor_two", w - 2 * rate * grad),
        ("rate_forgotten", w - grad),
        ("rate_not_used", w - RATES[0] * grad, w - 1e-4 * grad),  # 1e-4: slide 88
        ("step_without_weight", -rate * grad),
        ("step_to_subtract", rate * grad),
        ("gradient_alone", grad, -grad),
        ("sum_not_mean", w - rate * grad / count),
        ("gradient_forgotten", w - rate, w - rate * w),
    ]
