"""What a class of gates must not do, said when it is made; and what a gate has not saved."""

import copy
import functools
import inspect

import numpy as np

from .. import words
from . import sources
from .errors import GraphAttributeError, GraphError
from .nodes import close_to
from .refusals import arguments_of

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
    "send_down",
)


def refuse_class(gate_class):
    """Stop a student's class of gates that could not work."""
    own = vars(gate_class).get("__init__")
    if inspect.isfunction(own) and "__init__" not in own.__code__.co_names:
        raise GraphError("gate_own_init", gate=gate_class.__name__)
    for method in both_methods(gate_class):
        for word in sorted(sources.saved_by(method).intersection(TAKEN)):
            facts = {"method": method.__name__, "word": word}
            raise GraphError("gate_word_is_taken", gate=gate_class.__name__, **facts)


@functools.lru_cache(maxsize=256)
def refuse_missing_self(gate_class):
    """`def forward(x, y)`, as in some lecture notes, lacks self. Asked once for each class."""
    lists = [arguments_of(method) for method in both_methods(gate_class)]
    for method, names in zip(both_methods(gate_class), lists, strict=True):
        if names is not None and names[:1] != ["self"] and not have_one_self(*lists):
            facts = {"method": method.__name__, "arguments": ", ".join(names)}
            raise GraphError("gate_without_self", gate=gate_class.__name__, **facts)


def have_one_self(forward, backward):
    """Do both methods call the gate by one other name, such as `this`?"""
    return bool(forward and backward) and forward[0] == backward[0] and len(backward) == 2


def explain(gate_class):
    """From now on, a word that a gate of this class has not saved says why.

    Not so from the start: Python reads every attribute of such a class at half the speed.
    """
    gate_class.__getattr__ = not_there


def not_there(gate, word):
    """Called for words that a gate does not have."""
    if word in words_of(type(gate), sources.read_by):
        raise not_saved(type(gate), word)
    return object.__getattribute__(gate, word)  # its own error


def take_settings(gate, settings):
    """The gate with its own settings. Only what the class itself gives a value is one."""
    for setting, value in settings.items():
        if setting[0] == "_" or setting in TAKEN or not hasattr(type(gate), setting):
            known = ", ".join(settings_of(type(gate)))
            raise GraphError("gate_setting", gate=type(gate).__name__, setting=setting, known=known)
        is_mutable = isinstance(value, list | tuple | np.ndarray)
        setattr(gate, setting, copy.deepcopy(value) if is_mutable else value)


def settings_of(gate_class):
    """The settings of a gate class: its own class attributes that hold a number, a tuple, None."""
    found = {k: v for c in gate_class.__mro__ for k, v in vars(c).items() if k[0] != "_"}
    kinds = (int, float, tuple, type(None))
    return sorted(k for k, v in found.items() if type(v) in kinds and k not in (*TAKEN, "takes"))


def not_saved(gate_class, word):
    """The error for a word that a method reads: forward did not run, or it never saves this."""
    saved, name = words_of(gate_class, sources.saved_by), gate_class.__name__
    if word in saved:
        names = arguments_of(gate_class.forward) or []
        arguments = ", ".join(names[1:])
        return GraphAttributeError("backward_before_forward", gate=name, arguments=arguments)
    if word in (arguments_of(gate_class.backward) or []):
        return GraphAttributeError("gate_argument_with_self", gate=name, word=word)
    close = close_to(word, saved)
    guess = words.DID_YOU_MEAN.format(guess=close) if close else ""
    return GraphAttributeError("gate_never_stored", gate=name, word=word, guess=guess)


# ── the methods of a class ───────────────────────────────────────────────────────────────────────


def words_of(gate_class, which):
    """The words of self that the two methods read, or store, also in the gates it refines."""
    methods = [m for c in gate_class.__mro__ for m in map(vars(c).get, ("forward", "backward"))]
    return frozenset().union(*[which(m) for m in methods if inspect.isfunction(m)])


def both_methods(gate_class):
    """`forward` and `backward`, as a person wrote them."""
    return [inspect.unwrap(getattr(gate_class, name)) for name in ("forward", "backward")]


def calls_numpy(gate_class):
    """Does a body speak of `np`? Then it may do so on plain numbers, and NumPy may warn."""
    return any("np" in method.__code__.co_names for method in both_methods(gate_class))
