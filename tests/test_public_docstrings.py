"""Every public name says where it comes from, which shapes it takes, and when it raises."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4.engine.node import GATES

SOURCE = re.compile(r"\b[Ss]lides? \d|notes|deck|of its slides|[Nn]ot\s+in\s+the\s+lecture")
SHAPE = re.compile(r"element by element|one number|shape|axis|all entries|\(N, |rows|places?\b")
RAISES = re.compile(
    r"[Rr]aises\s+GraphError|[Nn]ever\s+raises|NumPy's\s+own\s+error|is\s+not\s+caught"
)
FUNCTIONS = [name for name in c.__all__ if not inspect.ismodule(getattr(c, name))]
GATE_FUNCTIONS = {*GATES, "exp", "log", "tanh", "maximum", "where"}
OF_GATES = [n for n in FUNCTIONS if n in GATE_FUNCTIONS or n.removesuffix("Gate") != n != "Gate"]
OTHERS = [name for name in FUNCTIONS if name not in OF_GATES]


def text_of(name):
    return inspect.getdoc(getattr(c, name))


@pytest.mark.parametrize("name", c.__all__)
def test_a_public_name_says_where_it_comes_from(name):
    assert SOURCE.search(text_of(name))
    assert len(text_of(name).splitlines()) <= 24


@pytest.mark.parametrize("name", [n for n in OF_GATES if not n.endswith("Gate")])
def test_a_function_of_a_node_says_which_shape_it_returns(name):
    assert SHAPE.search(text_of(name))


def test_the_gates_that_change_a_shape_say_so():
    changing = {gate.__name__ for gate in GATES.values() if gate.__module__.endswith(".shapes")}
    assert {name for name in changing if not SHAPE.search(text_of(name))} <= {"SquaredNormGate"}
    assert "has the shape of its input" in " ".join(text_of("Gate").split())


@pytest.mark.parametrize("name", [n for n in OTHERS if n != "GraphError"])
def test_what_takes_input_says_whether_it_raises(name):
    assert RAISES.search(text_of(name))


GRAPH = c.lecture.add_multiply()
BAD = {  # one call for each name that says it raises
    "Gate": lambda: c.Gate(1.0),
    "ComputationalGraph": lambda: c.ComputationalGraph(2.0),
    "Input": lambda: c.Input("2", "x"),
    "Constant": lambda: c.Constant("2"),
    "Node": lambda: bool(c.Input(1.0, "x")),
    "softmax_loss": lambda: c.softmax_loss([1.0, 2.0], 5),
    "hinge_loss": lambda: c.hinge_loss([1.0, 2.0], [0, 1]),
    "binary_cross_entropy": lambda: c.binary_cross_entropy([1.0, 2.0], 5),
    "language": lambda: c.language("xx"),
    "flat_code": lambda: c.flat_code(3),
    "compile_flat": lambda: c.compile_flat(3),
    "show_code": lambda: c.show_code(3),
    "parse": lambda: c.parse("x^2", x=1.0),
    "jacobian": lambda: c.jacobian(3, "x"),
    "explore_jacobian": lambda: c.explore_jacobian(product=3),
    "numerical_gradient": lambda: c.numerical_gradient(GRAPH, "nope"),
    "known_mistakes": lambda: c.known_mistakes(3, "x"),
    "draw": lambda: c.draw(GRAPH, digits=9),
    "explore": lambda: c.explore(c.lecture.add_multiply(x=np.inf)),
    "step_through": lambda: c.step_through(GRAPH, update=0.1, parameters=["nope"]),
    "quiz": lambda: c.quiz(3),
    "ask": lambda: c.ask("?", ["a"], "A", ["b"]),
    "scene": lambda: c.scene("nope"),
    "save_page": lambda: c.save_page(Path("no", "such", "folder.html"), [], "title"),
    "train": lambda: next(c.train(np.ones((2, 2)), [0, 5, 1])),
    "count_of": lambda: c.count_of(3),
    "training_view": lambda: c.training_view(data="nope"),
    "activation_view": lambda: c.activation_view(99.0),
    "net_view": lambda: c.net_view(3),
    "unit_view": lambda: c.unit_view(unit=1000),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_says_that_it_raises_does(name):
    says = re.search(r"[Rr]aises\s+GraphError", text_of(name)) is not None
    assert says == (name in BAD)
    if says:
        with pytest.raises(c.GraphError):
            BAD[name]()
