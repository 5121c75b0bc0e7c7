"""Forward mode beside reverse mode: a tab for each pass, with a counter of what it has cost."""

from ipywidgets import HTML, Tab

from .. import words
from ..engine.graph import topological_order
from ..lessons.own_engine import as_graph
from ..pictures.dot import draw
from ..words.digits import short


def two_modes(output, inputs, forward_mode, backward):
    """A student's passes over one graph, in tabs: a forward one for each input, one backward.

    `forward_mode(output, x)` gives {node: its change with x}; `backward(output)` leaves `.grad`.
    Below each picture a counter says what is known by then. The browser changes the tabs: no kernel
    is asked. Slides 7, 75.
    """
    pages, known = {}, {}
    for number, x in enumerate(inputs, 1):
        change = forward_mode(output, x)
        known[x.name] = change[output]
        title = words.PASSES["forward"].format(number=number, name=x.name)
        pages[title] = page(output, change, number, known, len(inputs))
    backward(output)
    grads = {node: node.grad for node in topological_order(output)}
    known = {x.name: x.grad for x in inputs}
    pages[words.PASSES["reverse"]] = page(output, grads, 1, known, len(inputs))
    return Tab([*map(HTML, pages.values())], titles=[*pages], selected_index=0)


def page(output, below, passes, known, wanted):
    """The picture with these numbers below its wires, and the counter, as HTML."""
    picture = draw(as_graph(output, below), legend=False)._repr_mimebundle_()["text/html"]
    products = passes * sum(len(node.inputs) for node in topological_order(output))
    facts = {"passes": passes, "products": products, "known": len(known), "all": wanted}
    gradients = ", ".join(f"{name} {short(number)}" for name, number in known.items())
    return f"{picture}<p>{words.PASSES['counter'].format(**facts, gradients=gradients)}</p>"
