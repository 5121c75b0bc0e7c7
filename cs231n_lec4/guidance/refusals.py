"""What is said when a gate, or a method of it, has gone wrong."""

import inspect
import keyword
import unicodedata

import numpy as np

from .. import words
from .errors import GraphError
from .nodes import RefusingGraph, RefusingNode

# ── values and names ─────────────────────────────────────────────────────────────────────────────


def refuse_value(value, name):
    """Stop what is clearly not a number, and say what to write instead."""
    if isinstance(value, bool | np.bool_):
        raise GraphError("value_is_bool", name=name, value=value, number=float(value))
    if isinstance(value, str):
        raise GraphError("value_is_text", name=name, value=value)
    if isinstance(value, complex | np.complexfloating):
        raise GraphError("value_is_complex", name=name, value=value)
    if isinstance(value, RefusingNode):
        raise GraphError("value_is_node", name=name)
    if not isinstance(value, int | float | np.number | np.ndarray | list | tuple):
        raise GraphError("value_is_not_a_number", name=name, kind=type(value).__name__)


def dtype_of(value, name):
    """The dtype of a list or an array, which must be one of numbers."""
    try:
        dtype = np.asarray(value).dtype
    except GraphError:  # a list of nodes
        raise
    except (ValueError, TypeError):
        raise GraphError("value_is_ragged", name=name) from None
    if dtype.kind not in "iuf":
        kind = words.ARRAY_OF.format(kind=dtype.type.__name__)
        raise GraphError("value_is_not_a_number", name=name, kind=kind)
    return dtype


def checked_name(name):
    """The name as Python would read it, if Python would accept it for a variable."""
    if not isinstance(name, str):
        raise GraphError("name_is_not_text", kind=type(name).__name__)
    name = same_name(name)
    if not name.isidentifier() or keyword.iskeyword(name):
        raise GraphError("name_is_not_a_name", name=name[:40])
    return name


def same_name(name):
    """Python reads `ϵ` as `ε`, `ﬁ` as `fi`: two spellings of one name are one name here too."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def graph_expected(graph, function):
    """The graph, or an error for what is none; `function` is what the student called."""
    if not isinstance(graph, RefusingGraph):
        raise GraphError("not_a_graph", function=function, kind=type(graph).__name__)
    return graph


# ── what a gate is given ─────────────────────────────────────────────────────────────────────────


def checked_labels(labels, examples, classes=np.inf):
    """One whole number from 0 to classes - 1 for each example."""
    try:
        array = np.atleast_1d(np.asarray(labels))
    except ValueError:
        raise GraphError("value_is_ragged", name="labels") from None
    if array.shape != (examples,):
        raise GraphError("labels_shape", got=array.shape, examples=examples)
    known = array.dtype.kind in "iuf" and np.isfinite(array).all()
    whole = array.astype(np.int64) if known and (abs(array) < 2.0**62).all() else None
    if whole is None or (whole != array).any() or (classes == np.inf and (whole < 0).any()):
        raise GraphError("labels_are_whole", labels=labels)
    for label in whole[(whole < 0) | (whole >= classes)][:1]:
        raise GraphError("label_out_of_range", label=label, classes=classes, last=classes - 1)
    return whole


def checked_answers(labels, scores):
    """A number from 0 to 1 for each score, in the dtype of the scores."""
    refuse_value(labels, "labels")
    answers = np.asarray(labels, dtype_of(labels, "labels"))
    if answers.shape != np.shape(scores):
        raise GraphError("answers_shape", got=answers.shape, expected=np.shape(scores))
    for wrong in answers[~((answers >= 0) & (answers <= 1))][:1]:
        raise GraphError("answer_out_of_range", label=wrong)
    return answers.astype(np.asarray(scores).dtype) if answers.ndim else float(answers)


def arguments_of(method):
    """The names of a method's arguments, `self` included; None if it takes any number of them."""
    parameters = inspect.signature(method).parameters.values()
    if any(p.kind in (p.VAR_POSITIONAL, p.KEYWORD_ONLY) for p in parameters):
        return None
    return [p.name for p in parameters]


def wrong_inputs(gate):
    """The gate was given too few inputs, or too many."""
    return inputs_expected(type(gate).__name__, arguments_of(type(gate).forward)[1:], gate.inputs)


def inputs_expected(gate, names, given):
    """The error for inputs that are fewer or more than the arguments of `forward`."""
    expected, arguments = words.count(len(names), "input"), ", ".join(names)
    facts = {"expected": expected, "count": len(given), "arguments": arguments}
    return GraphError("gate_inputs", gate=gate, **facts)


# ── when a method has gone wrong ─────────────────────────────────────────────────────────────────


def setting_of(gate):
    """What a gate was told that may not fit the array it gets: "axis", "shape", "index" or None."""
    classes = [c for c in type(gate).__mro__ if c is not RefusingNode]  # it says no to `shape`
    return next((w for w in words.SETTINGS_OF if any(w in vars(c) for c in classes)), None)


def stopped(gate, method, error):
    """The error for a body that stopped with an exception of its own."""
    if isinstance(error, GraphError):
        return error
    shapes = [np.shape(node.value) for node in gate.inputs]
    setting = setting_of(gate) if gate.is_ours and method == "forward" else None
    if setting and isinstance(error, ValueError | IndexError | TypeError | OverflowError):
        given, hint = getattr(gate, setting), words.SETTINGS_OF[setting]
        given = index_text(given) if setting == "index" else given
        facts = {"setting": setting, "given": given, "shape": shapes[0], "hint": hint}
        return about(gate, "setting_does_not_fit", **facts)
    is_product = gate.is_ours and gate.symbol == "@"
    if is_product or (gate.is_ours and isinstance(error, ValueError) and any(shapes)):
        hint = product_hint(*shapes) if is_product else entries_hint(*shapes)
        return about(gate, "shapes_do_not_fit", shapes=words.AND.join(map(str, shapes)), hint=hint)
    if "read-only" in str(error):  # NumPy's word for an array of a node
        return about(gate, "gate_changes_array", method=method)
    problem = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    numbers = ", ".join(brief(node.value) for node in gate.inputs)
    return about(gate, "gate_stopped", method=method, problem=problem, values=numbers)


def wrong_result(gate, z):
    """`forward` returned something that is not a number."""
    return result_expected(type(gate).__name__, label(gate), z)


def result_expected(gate, node, z):
    """The error for what is no number. A tuple is that of the assignment, `(out, cache)`."""
    code = "gate_returned_cache" if isinstance(z, tuple) else "gate_returned"
    return GraphError(code, gate=gate, node=node, kind=type(z).__name__)


def wrong_count(gate, grads):
    """`backward` returned more gradients than there are inputs, or fewer."""
    names = (arguments_of(type(gate).forward) or ["self"])[1:]
    return gradients_expected(type(gate).__name__, label(gate), names, len(gate.inputs), grads)


def gradients_expected(gate, node, names, inputs, grads):
    """The error for gradients that are not one for each of so many inputs."""
    count = len(grads) if isinstance(grads, list | tuple) else int(grads is not None)
    return GraphError(
        "gradient_count",
        gate=gate,
        node=node,
        inputs=words.count(inputs, "input"),
        count=words.count(count, "gradient"),
        example=f"return [{', '.join(f'd{name}' for name in names)}]",
    )


def missing_gradient(gate, node):
    """`backward` returned None, or no number, for an input that wants a gradient."""
    return about(gate, "gradient_missing", name=label(node))


def wrong_shape(gate, node, grad):
    """A gradient must have the shape of its value."""
    got, expected = np.shape(grad), np.shape(node.value)
    return about(gate, "gradient_shape", name=label(node), got=got, expected=expected)


def circle_of(path, node):
    """The error for gates that feed each other: their names from `node` around to itself."""
    around = [*path[path.index(node) :], node]
    names = " → ".join(map(label, around[::-1][:6]))
    return GraphError("gates_in_a_circle", circle=names)


def about(gate, code, **facts):
    """An error that names the gate and the node."""
    return GraphError(code, gate=type(gate).__name__, node=label(gate), **facts)


def label(node):
    """What a message calls a node: its name, or the kind of gate it is."""
    return node.name or type(node).__name__


def brief(value):
    """A value in a message: the number, or the shape of the array."""
    return repr(value) if np.shape(value) == () else words.ARRAY.format(shape=np.shape(value))


def entries_hint(*shapes):
    """What arrays must be like that meet entry by entry; one alone can only be empty."""
    return words.SHAPES_OF["entries" if len(shapes) > 1 else "empty"]


def index_text(index, most=20):
    """An index as a person writes it: `[:, 1]`. A list longer than `most` is told by its shape."""
    parts = index if isinstance(index, tuple) and index else (index,)
    return f"[{', '.join(part_text(part, most) for part in parts)}]"


def part_text(part, most):
    """What an index says of one axis. A tuple inside a tuple is a list to NumPy."""
    if isinstance(part, slice):
        ends = (part.start, part.stop, part.step)
        return ":".join("" if end is None else str(end) for end in ends).removesuffix(":") or ":"
    if isinstance(part, list | np.ndarray) or (isinstance(part, tuple) and part):
        text = str(np.asarray(part).tolist())
        return text if len(text) <= most else brief(part)
    return "..." if part is Ellipsis else str(part)


def product_hint(left, right):
    """What to write: the transposition that would fit, if there is exactly one, or the rule."""
    if not left or not right:
        return words.SHAPES_OF["number"]
    if left[-1] == right[-2:][0]:  # each pair of matrices would fit
        return words.SHAPES_OF["batch"]
    turned = ("left.T @ right", left[::-1], right), ("left @ right.T", left, right[::-1])
    fits = [text for text, a, b in turned if a[-1] == b[0]]
    if len(fits) != 1 or max(len(left), len(right)) > 2:
        return words.SHAPES_OF["product"]
    return words.PRODUCT_THAT_FITS.format(guess=fits[0])
