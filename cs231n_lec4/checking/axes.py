"""Mistakes at gates of arrays: told by the Jacobian, along an axis, at places that were picked."""

import numpy as np

from ..engine import values
from .numbers import plain, same, same_shape
from .trees import flat


def keeps_shape(use):
    """Has the gate's output the shape of the value?"""
    return same_shape(use.output, use.value)


def is_broadcast(use):
    """Has the output the shape that broadcasting makes of the inputs? A matrix product has not."""
    try:
        return np.broadcast_shapes(*map(np.shape, use.values)) == values.shape(use.output)
    except ValueError:
        return False


def axis_of(use, reduce):
    """The axis along which the output is this sum (or mean) of the value; None if it is none."""
    if len(use.values) != 1 or not 0 < np.ndim(use.output) == np.ndim(use.value) - 1:
        return None
    if 0 in np.shape(use.value):
        return None
    axes = range(np.ndim(use.value))
    return next((k for k in axes if same(use.output, plain(reduce(use.value, axis=k)))), None)


def is_mean_along_axis(use):
    """Is the output the mean along one axis, of more than one number?"""
    axis = axis_of(use, np.mean)
    return axis is not None and np.shape(use.value)[axis] > 1


def is_along_axis(use):
    """Is the output the sum or the mean along one axis?"""
    return axis_of(use, np.sum) is not None or axis_of(use, np.mean) is not None


def length(use):
    """How many numbers each sum, or mean, is made of."""
    return np.size(use.value) // np.size(use.output)


def for_each_sum(use):
    """What each entry of one sum receives, not yet repeated."""
    return use.upstream / length(use) if is_mean_along_axis(use) else use.upstream


def repeated_along(k, use):
    """The same, repeated along axis number `k` from the end in place of the right one."""
    own = axis_of(use, np.sum)
    own = axis_of(use, np.mean) if own is None else own
    axes = [axis for axis in range(np.ndim(use.value)) if axis != own]
    if k >= len(axes):
        return None
    return np.repeat(np.expand_dims(for_each_sum(use), axes[k]), length(use), axis=axes[k])


def is_pick_with_repeats(use):
    """Is every entry of the output one of the value, and some entry of the value there twice?"""
    if use.jacobian is None or len(use.values) != 1 or np.size(use.jacobian) == 0:
        return False
    is_copy = np.isclose(use.jacobian, 1.0)
    is_pick = np.all(is_copy | np.isclose(use.jacobian, 0.0)) and np.all(is_copy.sum(axis=1) == 1)
    return bool(is_pick) and bool(np.any(is_copy.sum(axis=0) > 1))


def last_pick(use):
    """`dx[index] = dz`: at a place that was picked twice, the last gradient is left."""
    wrong = np.zeros(np.size(use.value))
    wrong[np.argmax(use.jacobian, axis=1)] = np.ravel(use.upstream)
    return wrong.reshape(np.shape(use.value))


def is_pick_of_one(use):
    """Is the output one entry of the value?"""
    if use.jacobian is None or np.ndim(use.output) or np.size(use.value) < 2:
        return False
    return np.count_nonzero(use.jacobian) == 1 and np.isclose(np.sum(use.jacobian), 1.0)


def upstream_for_all(use):
    """Every entry receives upstream, also those that nothing picked."""
    return use.upstream + 0.0 * use.value


def turned(use):
    """What a square receives, repeated along the other axis."""
    shape = np.shape(use.value)
    return use.share.T if len(shape) == 2 and shape[0] == shape[1] else None


def is_softmax(use):
    """Are the outputs the softmax of the value, along the last axis?"""
    if use.jacobian is None or len(use.values) != 1 or np.ndim(use.value) == 0:
        return False
    if not same_shape(use.output, use.value) or np.size(use.value) == 0:
        return False
    e = np.exp(use.value - np.max(use.value, axis=-1, keepdims=True))
    return same(use.output, e / np.sum(e, axis=-1, keepdims=True))


def own_score_alone(use):
    """z_i (1 - z_i) times upstream: the diagonal of the Jacobian, without the other scores."""
    return (use.output - use.output * use.output) * use.upstream


def upstream_of_its_row(use):
    """Entry (i, j) receives upstream i, with no factor."""
    if np.ndim(use.value) != 2 or np.ndim(use.output) != 1 or len(use.value) != len(use.output):
        return None
    return use.upstream.reshape((len(use.output), 1)) + 0.0 * use.value


def transposed_matrix(use):
    """J upstream, where downstream is Jᵀ upstream."""
    if use.jacobian is None or len(set(use.jacobian.shape)) > 1 or len(use.jacobian) < 2:
        return None
    return (use.jacobian @ flat(use.upstream)).reshape(values.shape(use.value))


def terms_one_by_one(use):
    """The terms of ∂f/∂x_j = Σ_i …, one by one in a table, not summed over i."""
    if use.jacobian is None or np.ndim(use.value) != 1 or np.ndim(use.output) != 1:
        return None
    return use.jacobian * flat(use.upstream).reshape((len(use.jacobian), 1))


def terms_added_by_output(use):
    """The same terms, summed over j in place of i, where the two sums have one shape."""
    terms = terms_one_by_one(use)
    return None if terms is None or len(set(np.shape(terms))) > 1 else terms.sum(axis=1)


def each_output_by_every_row(use):
    """∂q_k/∂W_ij = x_j for every k, where it is 1[k = i] x_j."""
    if use.jacobian is None or np.ndim(use.value) != 2 or np.ndim(use.output) != 1:
        return None
    return (np.sum(use.upstream) * use.jacobian.sum(axis=0)).reshape(np.shape(use.value))


def each_copy(use):
    """One gradient for every copy that broadcasting made, not summed back to the value's shape."""
    if use.jacobian is None or np.ndim(use.output) == 0 or not is_broadcast(use):
        return None
    return use.jacobian.sum(axis=1).reshape(np.shape(use.output)) * use.upstream


def copies_added_by_row(use):
    """What every copy receives, added along the axis that was not repeated."""
    shares = each_copy(use)
    return shares.sum(axis=1) if np.ndim(shares) == 2 and np.ndim(use.value) == 1 else None


def one_copy(k, use):
    """What copy number k of a row receives, alone."""
    shares = each_copy(use)
    return shares[(k % len(shares),)] if np.ndim(shares) == 2 and np.ndim(use.value) == 1 else None


def is_repeated(use):
    """Has broadcasting repeated the value?"""
    return len(use.values) == 2 and not keeps_shape(use)


def is_repeated_in_a_sum(use):
    """Is it x + b, with b repeated? Then the local gradient of each copy is 1."""
    return is_repeated(use) and is_broadcast(use) and same(use.output, plain(np.add(*use.values)))


def copies(use):
    """How many numbers of the output one number of the value reaches, by broadcasting or rows."""
    if np.ndim(use.output) == 0:
        return np.size(use.value)
    ratio = np.size(use.output) // max(np.size(use.value), 1)
    return ratio if ratio > 1 or np.ndim(use.output) < 2 else len(use.output)


def has_copies(use):
    """Are there numbers of which a person could take the mean?"""
    return copies(use) > 1


def has_no_mean(use):
    """Along an axis other rows tell the mean; of a square of two entries it is the lost 2."""
    return is_along_axis(use) or (copies(use) == 2 and is_square(use))


def is_mean_of_entries(use):
    """Is the output one number made of many, such as a loss, but neither sum nor squared norm?"""
    if np.ndim(use.output) or copies(use) < 2:
        return False
    return not same(use.output, plain(np.sum(use.value))) and not is_squared_norm(use)


def is_mean_of_rows(use):
    """The same, of rows."""
    return is_mean_of_entries(use) and np.ndim(use.value) == 2 and len(use.value) > 1


def is_squared_norm(use):
    """Is the output the sum of squares?"""
    return np.ndim(use.output) == 0 < use.output and same(use.output, plain(np.sum(use.value**2)))


def is_square(use):
    """Is the output the square of the value, or the sum of squares?"""
    return same(use.output, plain(np.square(use.value))) or is_squared_norm(use)


def wrong_sizes(node, axis):
    """`{length: reason code}` for what is often said of one axis of an array's shape."""
    shape = np.shape(node.value)
    entering = [size for x in node.inputs for size in np.shape(x.value)]
    found = {float(size): "summed_axis" for size in entering if size not in (1, *shape)}
    found[float(shape[-1 - axis])] = "transposed"
    return {size: code for size, code in found.items() if size != shape[axis]}
