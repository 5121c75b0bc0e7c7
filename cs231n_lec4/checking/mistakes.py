"""The wrong numbers that known mistakes give: a small table, computed from the graph itself.

A row is a reason code and the number that a person who makes that mistake would write down. An
answer that equals exactly one of them gets that reason; its sentence stands in `words.REASONS`.
"""

import numpy as np

from ..engine import values
from .nudges import differentiable, graph_expected, node_of
from .uses import differentiated, plain, pulled, same, use_of, uses_of

# ── mistakes in the chain rule, at one use of the value ──────────────────────────────────────────


def forgot_upstream(use):
    """The local gradient alone."""
    return use.pull(np.ones_like(use.upstream))


def forgot_local(use):
    """The upstream gradient, passed on as it is."""
    local = forgot_upstream(use)
    if not use.same_shape or is_switch(use):
        return None
    if local is not None and np.allclose(np.abs(local), 1.0):
        return None  # at a + gate this is right, and at a - gate the sign is the mistake
    return use.upstream


def adds_upstream(use):
    """Local gradient plus upstream, where the chain rule multiplies."""
    local = forgot_upstream(use)
    return local + use.upstream if use.same_shape and local is not None and np.any(local) else None


def swaps_gradients(use):
    """The gradient that belongs to the other input."""
    if len(use.values) != 2 or is_max(use) or len({values.shape(v) for v in use.values}) > 1:
        return None
    other = use.pull(use.upstream, 1 - use.slot)
    if other is None or np.allclose(np.abs(other), np.abs(use.share), rtol=1e-4):
        return None  # the two differ by a sign at most, and that is a mistake of its own
    return other


def slope_at_output(use):
    """The derivative taken at the gate's output, such as σ'(σ(x)) for σ'(x)."""
    if use.local_at_output is None:
        return None
    return pulled(use.local_at_output, use.upstream, use.value)


def max_gives_value(use):
    """A max gate whose local gradient is the larger value itself, where it is 1."""
    return use.share * use.value if is_max(use) else None


def is_max(use):
    """Is the output the larger of two inputs?"""
    if len(use.values) != 2 or not is_broadcast(use):
        return False
    return same(use.output, np.maximum(*use.values))


def router_upside_down(use):
    """A mask or a router that lets the gradient through where it should not, and the reverse."""
    return use.upstream - use.share if is_switch(use) else None


def router_lets_all_through(use):
    """No mask at all: the upstream gradient everywhere."""
    return use.upstream * np.ones_like(use.value) if is_switch(use) else None


def mask_of_the_gradient(use):
    """A mask taken from the upstream gradient, where the sign of the input decides."""
    return use.upstream * (np.asarray(use.upstream) > 0) if is_switch(use) else None


def is_switch(use):
    """max and ReLU: the local gradient is 1 or 0."""
    local = forgot_upstream(use)
    if not use.same_shape or local is None or not np.all((local == 0) | np.isclose(local, 1)):
        return False
    return is_max(use) or (len(use.values) == 1 and same(use.output, np.maximum(use.value, 0)))


def transposed_gradient(use):
    """The right numbers, with rows and columns exchanged."""
    return np.transpose(use.share) if np.ndim(use.share) == 2 else None


def transposed_matrix(use):
    """J upstream, where downstream is Jᵀ upstream."""
    jacobian = use.locals[use.slot]
    if jacobian is None or jacobian.shape[0] != jacobian.shape[1] or len(jacobian) < 2:
        return None
    return (jacobian @ np.ravel(use.upstream)).reshape(values.shape(use.value))


def missing_sum(use):
    """The terms of ∂f/∂x_j = Σ_i …, one by one in a table, not summed over i."""
    jacobian = use.locals[use.slot]
    if jacobian is None or np.ndim(use.value) != 1 or np.ndim(use.output) != 1:
        return None
    return jacobian * np.ravel(use.upstream)[:, None]


def missing_indicator(use):
    """∂q_k/∂W_ij = x_j for every k, where it is 1[k = i] x_j: each output by every row of W."""
    jacobian = use.locals[use.slot]
    if jacobian is None or np.ndim(use.value) != 2 or np.ndim(use.output) != 1:
        return None
    return (np.sum(use.upstream) * jacobian.sum(axis=0)).reshape(np.shape(use.value))


def missing_sum_over_broadcast(use):
    """One gradient for every copy that broadcasting made, not summed back to the value's shape."""
    if use.same_shape or len(use.values) != 2 or np.ndim(use.output) == 0:
        return None
    jacobian = use.locals[use.slot]
    if jacobian is None or not is_broadcast(use):
        return None
    return jacobian.sum(axis=1).reshape(np.shape(use.output)) * use.upstream


def is_broadcast(use):
    """Has the output the shape that broadcasting makes of the inputs? A matrix product has not."""
    try:
        return np.broadcast_shapes(*map(np.shape, use.values)) == values.shape(use.output)
    except ValueError:
        return False


def copies(use):
    """How many numbers of the output one number of the value reaches, by broadcasting or rows."""
    if np.ndim(use.output) == 0:
        return np.size(use.value)
    ratio = np.size(use.output) // max(np.size(use.value), 1)
    return ratio if ratio > 1 or np.ndim(use.output) < 2 else len(use.output)


def rows(use):
    """How many rows the value has."""
    return len(use.value) if np.ndim(use.value) == 2 else 1


def mean_instead_of_sum(use):
    """Divided by the number of entries that were summed."""
    return use.share / copies(use) if copies(use) > 1 else None


def forgot_divide_by_n(use):
    """A mean over n whose gradient lacks 1/n."""
    return use.share * copies(use) if np.ndim(use.output) == 0 and copies(use) > 1 else None


def forgot_divide_by_rows(use):
    """A mean over n rows whose gradient lacks 1/n."""
    return use.share * rows(use) if np.ndim(use.output) == 0 and rows(use) > 1 else None


def norm_not_squared(use):
    """The gradient of the norm, where the output is the squared norm."""
    if np.ndim(use.output) or len(use.values) != 1 or not same(use.output, np.sum(use.value**2)):
        return None
    return use.share / (2.0 * np.sqrt(use.output)) if use.output else None


AT_ONE_USE = [
    ("forgot_upstream", forgot_upstream),
    ("forgot_local", forgot_local),
    ("adds_upstream", adds_upstream),
    ("swaps_gradients", swaps_gradients),
    ("slope_at_output", slope_at_output),
    ("max_gives_value", max_gives_value),
    ("wrong_mask", router_upside_down),
    ("wrong_mask", router_lets_all_through),
    ("wrong_mask", mask_of_the_gradient),
    ("transposed", transposed_gradient),
    ("transposed", transposed_matrix),
    ("missing_sum", missing_sum),
    ("missing_indicator", missing_indicator),
    ("missing_sum_over_broadcast", missing_sum_over_broadcast),
    ("mean_instead_of_sum", mean_instead_of_sum),
    ("forgot_divide_by_n", forgot_divide_by_n),
    ("forgot_divide_by_n", forgot_divide_by_rows),
    ("norm_not_squared", norm_not_squared),
]

# Where a value is used more than once. Shares come in the order in which backward visits the gates.
AT_A_BRANCH = [
    ("one_path_of_two", lambda shares: shares[0]),
    ("overwrote_at_a_branch", lambda shares: shares[-1]),
    ("multiplied_at_a_branch", lambda shares: np.prod(shares, axis=0)),
    ("mean_instead_of_sum", lambda shares: sum(shares) / len(shares)),
]

# Whatever the gate is.
OF_ANY_GRADIENT = [
    ("gave_the_value", lambda value, truth: value),
    ("sign", lambda value, truth: -truth),
    ("factor_two", lambda value, truth: 2.0 * truth),
    ("factor_two", lambda value, truth: truth / 2.0),
]


def wrong_numbers(uses, value, truth):
    """Every `(code, wrong number)` of the tables that differs from the truth."""
    found = numbers_of_mistakes(uses, value, truth)
    return [(code, number) for code, number in found if not same(number, truth)]


def numbers_of_mistakes(uses, value, truth):
    """Every `(code, number)` of the tables."""
    found = [(code, wrong(value, truth)) for code, wrong in OF_ANY_GRADIENT]
    for code, wrong in AT_ONE_USE if uses else []:
        parts = [wrong(use) for use in uses]
        if all(part is not None for part in parts):
            found.append((code, total(parts)))
    if len(uses) > 1:
        shares = [use.share for use in uses]
        found += [(code, wrong(shares)) for code, wrong in AT_A_BRANCH]
    return [(code, plain(number)) for code, number in found]


def total(parts):
    """The sum over all uses; one use stays as it is."""
    return parts[0] if len(parts) == 1 else sum(parts)


# ── the tables, asked about a graph ──────────────────────────────────────────────────────────────


def known_mistakes(graph, node):
    """`{reason code: wrong number}` for the gradient of the output with respect to `node`.

    `node` is a node or its name. Numbers that equal the right gradient are left out. Raises
    GraphError for a constant: it has no gradient.
    """
    graph_expected(graph, "known_mistakes")
    node = differentiable(graph, node)
    with differentiated(graph):
        return first_of_each(wrong_numbers(uses_of(graph, node), node.value, node.grad))


def known_share_mistakes(graph, gate, slot):
    """The same for what `gate` hands to its input number `slot`: one branch of several."""
    with differentiated(graph):
        gate = node_of(graph, gate)
        node, use = gate.inputs[slot], use_of(graph, gate, slot)
        found = wrong_numbers([use], node.value, use.share)
        if not same(node.grad, use.share):
            found.append(("gave_the_sum", node.grad))
        return first_of_each(found)


def known_value_mistakes(graph, gate):
    """`{reason code: wrong number}` for the value of a gate whose values are single numbers."""
    with differentiated(graph):
        gate = node_of(graph, gate)
        return first_of_each(wrong_values(gate))


def wrong_values(gate):
    """Every `(code, wrong number)` for the forward pass of one gate."""
    inputs = [node.value for node in gate.inputs]
    if not inputs or any(np.ndim(v) for v in [gate.value, *inputs]):
        return []
    found = [("sign", -gate.value), ("gave_the_gradient", gate.grad), ("gave_an_input", inputs[0])]
    if len(inputs) == 2:
        x, y = inputs
        found += [("gave_an_input", y), ("added", x + y), ("subtracted", x - y)]
        found += [("multiplied", x * y), ("took_the_larger", max(x, y))]
    return [(c, v) for c, v in found if v is not None and not same(v, gate.value)]


def first_of_each(found):
    """A dict with the first number of each code."""
    numbers = {}
    for code, number in found:
        numbers.setdefault(code, number)
    return numbers
