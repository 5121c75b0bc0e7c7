"""What a gate must not do, and the message that says so.

`gate.py` calls these when a gate class is made or when one of its methods has gone wrong.
"""

import dis
import functools
import inspect
import itertools

import numpy as np

from .. import words
from .errors import GraphAttributeError, GraphError

# Words that every gate has already; a gate that stored one of them in self would overwrite it.
TAKEN = (
    "value",
    "grad",
    "inputs",
    "name",
    "wants_grad",
    "symbol",
    "wants",
    "compute",
    "downstream",
)


# ── when a gate class is made ────────────────────────────────────────────────────────────────────


def refuse_taken_words(gate_class):
    """A gate that stores `self.value` would overwrite the node's own value: say so at once."""
    for method in both_methods(gate_class):
        for word in sorted(saved_by(method).intersection(TAKEN)):
            facts = {"method": method.__name__, "word": word}
            raise GraphError("gate_word_is_taken", gate=gate_class.__name__, **facts)


def refuse_own_init(gate_class):
    """An `__init__` that does not call Gate's would leave the gate without inputs."""
    own = vars(gate_class).get("__init__")
    if inspect.isfunction(own) and "__init__" not in own.__code__.co_names:
        raise GraphError("gate_own_init", gate=gate_class.__name__)


@functools.lru_cache(maxsize=256)
def saved_by(method):
    """The names that a method stores in self."""
    return attributes_of_self(method, "STORE_ATTR")


@functools.lru_cache(maxsize=256)
def read_by(method):
    """The names that a method reads from self."""
    return attributes_of_self(method, "LOAD_ATTR", "LOAD_METHOD")


def attributes_of_self(method, *operations):
    """The names after `self.` in a method's code, stored or read."""
    if not inspect.isfunction(method) or not method.__code__.co_argcount:
        return frozenset()
    self, steps = method.__code__.co_varnames[0], list(dis.get_instructions(method))
    return frozenset(
        step.argval
        for before, step in itertools.pairwise(steps)
        if step.opname in operations and before.argrepr.split(", ")[-1] == self
    )


def arguments_of(method):
    """The names of a method's arguments, `self` included; None if it takes any number of them."""
    parameters = inspect.signature(method).parameters.values()
    if any(p.kind in (p.VAR_POSITIONAL, p.KEYWORD_ONLY) for p in parameters):
        return None
    return [p.name for p in parameters]


def method_in(gate_class, name):
    """The method as the class, or one that it refines, has it."""
    return next(vars(c)[name] for c in gate_class.__mro__ if name in vars(c))


def method_of(gate_class, name):
    """`MultiplyGate.forward`, taken from the class: it asks for a gate if none is given."""
    method = method_in(gate_class, name)
    if not inspect.isfunction(method):
        return method

    @functools.wraps(method)
    def called_on_class(*arguments):
        if not arguments or not isinstance(arguments[0], gate_class):
            raise GraphError(
                "gate_is_a_class",
                gate=gate_class.__name__,
                method=name,
                arguments=", ".join(map(brief, arguments)),
            )
        return method(*arguments)

    return called_on_class


# ── when a gate gets its inputs ──────────────────────────────────────────────────────────────────


def settings_of(gate_class):
    """The settings of a gate class: its own class attributes that hold a number."""
    found = {k: v for c in gate_class.__mro__ for k, v in vars(c).items()}
    return sorted(k for k, v in found.items() if type(v) in (int, float) and k[0] != "_")


def refuse_setting(gate, setting):
    """Only what the class itself gives a value is a setting."""
    if setting[0] == "_" or setting in TAKEN or not hasattr(type(gate), setting):
        known = ", ".join(settings_of(type(gate))) or "none"
        raise GraphError("gate_setting", gate=type(gate).__name__, setting=setting, known=known)


def refuse_missing_self(gate):
    """`def forward(x, y)`, as in some lecture notes, lacks self."""
    for method in (type(gate).forward, type(gate).backward):
        names = arguments_of(method)
        if names is not None and names[:1] != ["self"]:
            raise GraphError(
                "gate_without_self",
                gate=type(gate).__name__,
                method=method.__name__,
                arguments=", ".join(names),
            )


def wrong_inputs(gate):
    """The gate was given too few inputs, or too many."""
    return inputs_expected(type(gate).__name__, arguments_of(type(gate).forward)[1:], gate.inputs)


def inputs_expected(gate, names, given):
    """The error for inputs that are fewer or more than the arguments of `forward`."""
    expected, arguments = words.count(len(names), "input"), ", ".join(names)
    facts = {"expected": expected, "count": len(given), "arguments": arguments}
    return GraphError("gate_inputs", gate=gate, **facts)


# ── when a method has gone wrong ─────────────────────────────────────────────────────────────────


def stopped(gate, method, error):
    """The error for a body that stopped with an exception of its own."""
    if isinstance(error, GraphError):
        return error
    shapes = [np.shape(node.value) for node in gate.inputs]
    is_product = gate.is_ours and gate.symbol == "@"
    if is_product or (gate.is_ours and isinstance(error, ValueError) and any(shapes)):
        hint = product_hint(*shapes) if is_product else words.SHAPES_OF["entries"]
        return about(gate, "shapes_do_not_fit", shapes=" and ".join(map(str, shapes)), hint=hint)
    problem = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    numbers = ", ".join(brief(node.value) for node in gate.inputs)
    return about(gate, "gate_stopped", method=method, problem=problem, values=numbers)


def wrong_result(gate, z):
    """`forward` returned something that is not a number."""
    return about(gate, "gate_returned", kind=type(z).__name__)


def wrong_count(gate, grads):
    """`backward` returned more gradients than there are inputs, or fewer."""
    count = len(grads) if isinstance(grads, list | tuple) else int(grads is not None)
    letters = (arguments_of(type(gate).forward) or ["self"])[1:]
    return about(
        gate,
        "gradient_count",
        inputs=words.count(len(gate.inputs), "input"),
        count=words.count(count, "gradient"),
        example=f"return [{', '.join(f'd{letter}' for letter in letters)}]",
    )


def missing_gradient(gate, node):
    """`backward` returned None, or no number, for an input that wants a gradient."""
    return about(gate, "gradient_missing", name=label(node))


def wrong_shape(gate, node, grad):
    """A gradient must have the shape of its value."""
    got, expected = np.shape(grad), np.shape(node.value)
    return about(gate, "gradient_shape", name=label(node), got=got, expected=expected)


class NotSaved:
    """Stands in a gate's class for a word that its methods read from self.

    As soon as `forward` saves the word in the gate, that is found first. Until then, reading says
    why there is nothing: forward has not run yet, or it never saves this word.
    """

    def __init__(self, word):
        self.word = word

    def __get__(self, gate, owner):
        name, forward = owner.__name__, method_in(owner, "forward")
        saved = saved_by(inspect.unwrap(forward))
        if self.word in saved:
            arguments = ", ".join((arguments_of(forward) or [])[1:])
            raise GraphAttributeError("backward_before_forward", gate=name, arguments=arguments)
        guess = guess_of(self.word, saved)
        raise GraphAttributeError("gate_never_stored", gate=name, word=self.word, guess=guess)


@functools.lru_cache(maxsize=256)
def stand_in_for_saved_words(gate_class):
    """Put a stand-in into a gate's class for each word that its methods read from self."""
    for word in sorted(frozenset().union(*map(read_by, both_methods(gate_class)))):
        if not hasattr(gate_class, word) and word not in TAKEN:
            setattr(gate_class, word, NotSaved(word))


def both_methods(gate_class):
    """`forward` and `backward`, as a person wrote them."""
    return [inspect.unwrap(method_in(gate_class, name)) for name in ("forward", "backward")]


def guess_of(word, known):
    """A question that names the known word which is close to this one, if there is one."""
    import difflib  # here, as only a misspelt word needs it

    close = difflib.get_close_matches(word, known, 1)
    return words.DID_YOU_MEAN.format(guess=close[0]) if close else ""


def about(gate, code, **facts):
    """An error that names the gate and the node."""
    return GraphError(code, gate=type(gate).__name__, node=label(gate), **facts)


def label(node):
    """What a message calls a node: its name, or the kind of gate it is."""
    return node.name or type(node).__name__


def brief(value):
    """A value in a message: the number, or the shape of the array."""
    return repr(value) if np.shape(value) == () else f"array of shape {np.shape(value)}"


def product_hint(left, right):
    """What to write: the transposition that would fit, if there is exactly one, or the rule."""
    if not left or not right:
        return words.SHAPES_OF["number"]
    fits = [
        text
        for text, a, b in (("x.T @ y", left[::-1], right), ("x @ y.T", left, right[::-1]))
        if a[-1] == b[0]
    ]
    if len(fits) != 1:
        return words.SHAPES_OF["product"]
    return words.DID_YOU_MEAN_SHAPES.format(guess=fits[0])
