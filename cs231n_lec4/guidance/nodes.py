"""What a node is not. Each of these would leave the graph without a word, so each says so."""

import numpy as np

from .. import words
from . import elsewhere
from .errors import GraphAttributeError, GraphError

OWN_WORDS = ("value", "grad", "name", "inputs", "named", "wants_grad")


class NotHere:
    """Stands in the class of nodes, or of graphs, for a word that they do not have.

    A `__getattr__` would answer for every word, but Python reads all attributes of a class that has
    one at half the speed.
    """

    def __init__(self, word, meant):
        self.word, self.meant = word, meant

    def __get__(self, node, kind):
        guess = words.DID_YOU_MEAN.format(guess=self.meant)
        facts = {"kind": kind.__name__, "attribute": self.word}
        raise GraphAttributeError("unknown_attribute", **facts, guess=guess)


class RefusingNode:
    """The part of a node that says no, and what to write instead."""

    __slots__ = ()

    def __dir__(self):
        return [word for word in super().__dir__() if word not in MEANT]

    def __bool__(self):
        raise GraphError("node_as_bool", node=self)

    def __float__(self, *digits):
        raise GraphError("node_as_number", node=self)

    __int__ = __index__ = __complex__ = __round__ = __float__

    def __format__(self, digits):
        return float(self) if digits else str(self)

    def __abs__(self):
        raise GraphError("no_such_gate", operation="abs(node)", instead="maximum(node, -node)")

    def __floordiv__(self, other):
        raise GraphError("no_such_gate", operation="//", instead="a / b")

    def __mod__(self, other):
        raise GraphError("no_such_gate", operation="%", instead=words.ANOTHER_GATE)

    __rfloordiv__, __rmod__ = __floordiv__, __mod__

    def __iter__(self, *asked):
        raise GraphError("node_is_no_list", node=self.name or type(self).__name__)

    __len__ = __contains__ = __reversed__ = __iter__

    def __setitem__(self, key, value):
        raise GraphError("node_parts_are_fixed", node=self, name=self.name or "x")

    def __lt__(self, other):
        raise GraphError("node_compared", sign="<")

    def __le__(self, other):
        raise GraphError("node_compared", sign="<=")

    def __gt__(self, other):
        raise GraphError("node_compared", sign=">")

    def __ge__(self, other):
        raise GraphError("node_compared", sign=">=")

    def __eq__(self, other):
        if isinstance(other, int | float | np.number | np.ndarray):
            raise GraphError("node_equals_number", other=other)
        return self is other

    __hash__ = object.__hash__

    def __array_function__(self, function, types, args, settings):
        raise numpy_refused(function)

    def __array__(self, *args, **settings):
        raise GraphError("array_of_nodes")


def _changed_in_place(sign):
    def refuse(self, other):
        raise GraphError("node_changed_in_place", sign=sign, node=repr(self), name=self.name)

    return refuse


class RefusingInput:
    """An input changes by a forward pass of its graph, not by `x += 1`."""

    __slots__ = ()
    __iadd__ = _changed_in_place("+=")
    __isub__ = _changed_in_place("-=")
    __imul__ = _changed_in_place("*=")
    __itruediv__ = _changed_in_place("/=")


def numpy_refused(function):
    """The error for a NumPy function on a node: what to write in its place."""
    instead = elsewhere.OF_NUMPY.get(function.__name__, words.ANOTHER_GATE)
    facts = {"function": function.__name__, "instead": instead}
    return GraphError("numpy_does_not_know_nodes", **facts)


def slips_of(word):
    """The word with a letter left out, with two letters swapped, with an s too many, as a title."""
    middle = range(1, len(word))
    left_out = {word[:k] + word[k + 1 :] for k in range(len(word))}
    swapped = {word[: k - 1] + word[k] + word[k - 1] + word[k + 1 :] for k in middle}
    return left_out | swapped | {word + "s", word.title()}


def close_to(word, known):
    """The known word that is close to this one, if there is one."""
    import difflib  # here, as only a misspelt word needs it

    return next(iter(difflib.get_close_matches(word, known, 1)), None)


# {a word that a person may write: what is meant by it}
MEANT = {slip: word for word in OWN_WORDS for slip in slips_of(word)}
MEANT |= elsewhere.OF_A_NODE
for own in OWN_WORDS:
    MEANT.pop(own, None)
for word, meant in MEANT.items():
    setattr(RefusingNode, word, NotHere(word, meant))


class RefusingGraph:
    """A graph asked for what another library has: `graph.zero_grad()`, `graph.loss`."""


for word, meant in elsewhere.OF_A_GRAPH.items():
    setattr(RefusingGraph, word, NotHere(word, meant))
