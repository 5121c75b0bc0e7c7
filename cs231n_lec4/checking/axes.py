"""Mistakes at gates of arrays: along an axis, at places that were picked, between scores."""

import numpy as np

from .numbers import plain, same, same_shape


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


def wrong_sizes(node, axis):
    """`{length: reason code}` for what is often said of one axis of an array's shape."""
    shape = np.shape(node.value)
    entering = [size for x in node.inputs for size in np.shape(x.value)]
    found = {float(size): "summed_axis" for size in entering if size not in (1, *shape)}
    found[float(shape[-1 - axis])] = "transposed"
    return {size: code for size, code in found.items() if size != shape[axis]}
