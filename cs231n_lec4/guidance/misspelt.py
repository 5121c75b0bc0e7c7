"""Words that people look for in a node, and what to write for them.

A `__getattr__` would answer for every word. But a class that has one reads all its attributes
slowly (Python 3.11: each `node.value` and each call of `gate.forward` takes twice as long). So the
likely words stand in the class itself, and any other word gets Python's own AttributeError.
"""

from .. import words
from .errors import GraphAttributeError

OWN_WORDS = ("value", "grad", "name", "inputs", "named", "wants_grad")
OTHER_WORDS = {  # of other libraries, of NumPy, and of people
    "gradient": "grad",
    "gradients": "grad",
    "derivative": "grad",
    "adjoint": "grad",
    "delta": "grad",
    "val": "value",
    "data": "value",
    "number": "value",
    "result": "value",
    "output": "value",
    "item": "value",
    "numpy": "value",
    "detach": "value",
    "label": "name",
    "title": "name",
    "parents": "inputs",
    "children": "inputs",
    "args": "inputs",
    "requires_grad": "wants_grad",
    "shape": "value.shape",
    "size": "value.size",
    "ndim": "value.ndim",
    "dtype": "value.dtype",
    "T": "value.T",
    "forward": "graph.forward()",
    "backward": "graph.backward()",
    "zero_grad": "graph.backward()",
    "dot": "A @ node",
    "matmul": "A @ node",
    "max": "maximum(a, b)",
    "exp": "exp(node)",
    "log": "log(node)",
    "tanh": "tanh(node)",
    "relu": "relu(node)",
    "sigmoid": "sigmoid(node)",
    "square": "node ** 2",
    "sqrt": "node ** 0.5",
}


class NotHere:
    """Stands for a word that a node does not have. Reading it says what to write."""

    def __init__(self, word, right):
        self.word, self.right = word, right

    def __get__(self, node, owner):
        guess = words.DID_YOU_MEAN.format(guess=self.right)
        kind = owner.__name__
        raise GraphAttributeError("unknown_attribute", kind=kind, attribute=self.word, guess=guess)


def stand_in_for_likely_words(node_class):
    """Put a stand-in into `node_class` for each likely word that it does not have."""
    for word, right in likely_words().items():
        if not hasattr(node_class, word):
            setattr(node_class, word, NotHere(word, right))


def likely_words():
    """{a word that a person may write: what to write instead}."""
    return {slip: word for word in OWN_WORDS for slip in slips_of(word)} | OTHER_WORDS


def slips_of(word):
    """The word with a letter left out, with two letters swapped, and with an s too many."""
    middle = range(1, len(word))
    left_out = {word[:k] + word[k + 1 :] for k in range(len(word))}
    swapped = {word[: k - 1] + word[k] + word[k - 1] + word[k + 1 :] for k in middle}
    return left_out | swapped | {word + "s"}
