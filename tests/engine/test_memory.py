"""What a graph remembers: shared inputs, shared gates, refusals, interrupts.

Whatever happened before, `backward` gives the gradients at the values that the inputs hold, and
what stops a pass leaves one whole pass behind.
"""

import copy
import dis
import functools
import itertools
import random
import sys
import threading
import warnings

import numpy as np
import pytest
from random_graphs import random_graph

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, Constant, GraphError, Input
from cs231n_lec4.engine.node import CLOCK, ONE_AT_A_TIME


def shared():
    """Inputs and gates that three graphs share."""
    x, y = Input(2.0, "x"), Input(3.0, "y")
    q = x * y
    graphs = [ComputationalGraph(f) for f in (q * q, q + x * x, x * 3.0)]
    return x, y, graphs


def test_a_graph_knows_that_another_one_moved_a_gate_they_share():
    x, _, (one, two, three) = shared()
    old = x.value
    one.forward(x=5.0)
    three.forward(x=old)  # x is back, but x * y is not
    assert two.backward() == {"x": 7.0, "y": 2.0}
    assert two.output.value == 10.0


def test_a_new_graph_does_not_trust_gates_that_were_made_before_a_move():
    x, y, (one, _, three) = shared()
    old = x.value
    late = x * x * y
    one.forward(x=5.0)
    three.forward(x=old)
    assert ComputationalGraph(late).backward() == {"x": 12.0, "y": 4.0}
    x.value = 7.0
    graph = ComputationalGraph(late + y)
    assert graph.backward() == {"x": 42.0, "y": 50.0}
    assert graph.output.value == 150.0


def test_a_refused_forward_moves_nothing():
    x, y, (one, two, _) = shared()
    one.forward(x=7.0)
    for bad in ({"x": 3.0, "nope": 1.0}, {"x": 3.0, "y": "2"}, {"x": True}, {"y": None}):
        with pytest.raises(GraphError):
            two.forward(**bad)
        assert (x.value, y.value, one.output.value) == (7.0, 3.0, 441.0)
    assert two.backward() == {"x": 17.0, "y": 7.0}


def test_a_move_that_a_gate_cannot_do_leaves_the_pass_of_before():
    class Picky(c.Gate):
        def forward(self, x):
            if x > 10.0:
                raise KeyError("too large")
            self.x = x
            return x * x

        def backward(self, dz):
            return [2.0 * self.x * dz]

    x, y = Input(2.0, "x"), Input(1.0, "y")
    square = x * y
    graph = ComputationalGraph(square * Picky(x))
    grads = graph.backward()
    with pytest.raises(GraphError, match="too large"):
        graph.forward(x=11.0, y=5.0)
    assert (x.value, y.value, square.value, graph.output.value) == (2.0, 1.0, 2.0, 8.0)
    assert {name: node.grad for name, node in graph.inputs.items()} == grads
    assert graph.backward() == grads == {"x": 12.0, "y": 8.0}


def test_a_backward_that_stops_leaves_no_half_of_the_gradients():
    class Stops(c.Gate):
        def forward(self, x):
            return 2.0 * x

        def backward(self, dz):
            raise KeyError("here")

    graph = ComputationalGraph(c.exp(Stops(Input(1.0, "x"))) * 3.0)
    with pytest.raises(GraphError, match="here"):
        graph.backward()
    assert {node.grad for node in graph.nodes} == {None}


def test_numbers_beside_an_array_have_gradients_that_are_numbers():
    m = c.maximum(3.0, Input(1.0, "x")).named("m")
    graph = ComputationalGraph((m * Constant([1.0, 2.0])).sum())
    graph.backward()
    assert m.grad == 3.0
    assert type(m.grad) is float
    assert c.check_answer(graph, "m", 3.0)
    assert not c.check_answer(graph, "m", [1.0, 2.0])


# ── a new graph trusts what was computed while it was built ──────────────────────────────────────


class CountedGate(c.Gate):
    """2x, and how often forward ran."""

    runs = 0

    def forward(self, x):
        CountedGate.runs += 1
        return 2.0 * x

    def backward(self, dz):
        return [2.0 * dz]


@pytest.mark.parametrize("value", [3.0, [3.0, 4.0]])
def test_a_new_graph_goes_forward_once(value):
    CountedGate.runs = 0
    x = Input(value, "x")
    graph = ComputationalGraph((CountedGate(x) * x).sum())
    assert np.array_equal(graph.backward()["x"], 4.0 * x.value)
    graph.backward()
    assert CountedGate.runs == 1
    Input(1.0, "another")
    ComputationalGraph(Input(2.0, "a") * 3.0).backward()  # touches nobody's values
    with pytest.raises(GraphError):
        graph.forward(nope=1.0)  # neither does what is refused
    with pytest.raises(GraphError):
        x @ CountedGate(x) @ Input([1.0], "one")
    CountedGate.runs = 0
    graph.backward()
    assert CountedGate.runs == 0
    graph.forward()
    graph.backward()
    assert CountedGate.runs == 1


def test_a_random_gate_is_drawn_when_it_is_made():
    class Drawn(c.Gate):
        def forward(self, x):
            self.kept = random.random()
            return self.kept * x

        def backward(self, dz):
            return [self.kept * dz]

    f = Drawn(Input(1.0, "x"))
    value = f.value
    graph = ComputationalGraph(f)
    assert graph.backward() == {"x": value} == {"x": graph.output.value}


def by_hand(x, old):
    late = x * x
    x.value = 5.0
    return late


def by_hand_and_back(x, old):
    """x is what it was, but a gate was made meanwhile."""
    x.value = 5.0
    late = x * x
    x.value = old
    return late


def by_another_graph(x, old):
    late = x * x
    ComputationalGraph(x * 1.0).forward(x=5.0)
    return late


def by_another_graph_and_back(x, old):
    other = ComputationalGraph(x * 1.0)
    other.forward(x=5.0)
    late = x * x
    other.forward(x=old)
    return late


def by_a_pass_that_stops(x, old):
    class Stops(c.Gate):
        def forward(self, x):
            return {3.0: x}[np.max(x)]

    late = x * x
    with pytest.raises(GraphError):
        ComputationalGraph(Stops(x) + late).forward(x=5.0)
    return late


def by_a_check(x, old):
    late = x * x
    c.numerical_gradient(ComputationalGraph(late.sum()), "x")
    return late


def by_a_gate_that_moves_it(x, old):
    class Moves(c.Gate):
        def forward(self, y):
            x.value = 5.0
            return y

    late = x * x
    Moves(late)
    return late


def by_a_gate_with_a_graph_inside(x, old):
    inner = ComputationalGraph(x * 1.0)

    class Inner(c.Gate):
        def forward(self, y):
            return y + 0.0 * np.sum(inner.forward(x=5.0))

        def backward(self, dz):
            return [dz]

    return Inner(x * x)


MOVERS = (
    *(by_hand, by_hand_and_back, by_another_graph, by_another_graph_and_back),
    *(by_a_pass_that_stops, by_a_check, by_a_gate_that_moves_it, by_a_gate_with_a_graph_inside),
)


@pytest.mark.parametrize("mover", MOVERS)
@pytest.mark.parametrize("value", [3.0, np.array([3.0, 2.0])])
def test_a_new_graph_does_not_trust_what_moved_while_it_was_built(mover, value):
    x, y = Input(value, "x"), Input(2.0, "y")  # y never moves
    graph = ComputationalGraph((mover(x, x.value) * y + Input(1.0, "new")).sum())
    grads = graph.backward()
    assert np.array_equal(grads["x"], 2.0 * x.value * y.value)
    assert grads["y"] == np.sum(x.value * x.value)
    assert graph.output.value == np.sum(x.value * x.value * 2.0 + 1.0)


def test_a_gate_that_moves_an_input_in_a_pass_is_seen():
    x = Input(2.0, "x")

    class Moves(c.Gate):
        moves = 0

        def forward(self, y):
            if Moves.moves:
                x.value = 5.0
            return y

        def backward(self, dz):
            return [dz]

    graph = ComputationalGraph(Moves(x * x))
    Moves.moves = 1
    assert graph.forward() == 4.0  # x moved after its square was computed
    assert graph.backward() == {"x": 10.0}
    assert graph.output.value == 25.0


def test_what_was_computed_by_numpy_hands_down_plain_numbers():
    x = Input(-1000.0, "x")
    graph = ComputationalGraph(c.sigmoid(x) * x)  # Python refuses exp(1000)
    assert graph.backward() == {"x": 0.0}
    assert {type(node.grad) for node in graph.nodes} == {float}


def test_two_new_graphs_over_one_gate_are_both_right():
    x, y = Input(2.0, "x"), Input(3.0, "y")
    q = x * y
    one, two = ComputationalGraph(q * q), ComputationalGraph(q + x)
    assert one.backward() == {"x": 36.0, "y": 24.0}
    assert two.backward() == {"x": 4.0, "y": 2.0}
    assert one.backward() == {"x": 36.0, "y": 24.0}


def test_a_gate_that_frees_what_it_saved_has_one_backward_for_each_forward():
    class Frees(c.Gate):
        def forward(self, x):
            self.x = x
            return x * x

        def backward(self, dz):
            x = self.x
            del self.x
            return [2.0 * x * dz]

    graph = ComputationalGraph(Frees(Input(3.0, "x")))
    assert graph.backward() == {"x": 6.0}
    with pytest.raises(GraphError) as caught:
        graph.backward()
    assert caught.value.code == "backward_before_forward"
    graph.forward()
    assert graph.backward() == {"x": 6.0}


def test_a_gate_worked_by_hand_is_put_right_by_the_next_forward():
    x, y = Input(2.0, "x"), Input(3.0, "y")
    q = x * y
    graph = ComputationalGraph(q + x)
    q.forward(10.0, 20.0)  # no pass, no move: nobody hears of it
    assert q.value == 6.0
    assert graph.backward() == {"x": 21.0, "y": 10.0}
    graph.forward()
    assert graph.backward() == {"x": 4.0, "y": 2.0}


def test_a_copy_of_a_graph_holds_a_pass_of_its_own():
    x, _, (graph, *_) = shared()
    twin = copy.deepcopy(graph)
    graph.forward(x=5.0)
    assert twin.backward() == {"x": 36.0, "y": 24.0}
    twin.inputs["x"].value = 1.0
    assert twin.backward() == {"x": 18.0, "y": 6.0}
    assert (x.value, graph.backward()) == (5.0, {"x": 90.0, "y": 150.0})


def test_a_graph_of_one_node_and_a_graph_of_constants():
    x = Input(2.0, "x")
    assert ComputationalGraph(x).backward() == {"x": 1.0}
    assert ComputationalGraph(Constant(2.0) * 3.0).backward() == {}


def test_graphs_made_while_another_thread_moves_their_input_are_whole():
    x, y = Input(2.0, "x"), Input(3.0, "y")
    mover, is_over = ComputationalGraph(x * 1.0), threading.Event()

    def move():
        for k in itertools.count():
            mover.forward(x=float(k % 100))
            x.value = float(k % 7)
            if is_over.is_set():
                return

    thread = threading.Thread(target=move, daemon=True)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        thread.start()
        for _ in range(1500):
            f = x * y * y
            grads = ComputationalGraph(f).backward()
            assert grads["x"] == 9.0
            assert grads["y"] * 3.0 == 2.0 * f.value
    finally:
        is_over.set()
        sys.setswitchinterval(interval)
        thread.join()


# ── what moves an input by hand ──────────────────────────────────────────────────────────────────


def test_an_input_moved_by_hand_is_held_as_forward_would_hold_it():
    x = Input([1.0, 2.0], "x")
    graph = ComputationalGraph((x * x).sum())
    mine = np.array([3.0, 4.0])
    for value in ([3.0, 4.0], mine, np.array([3, 4])):
        x.value = value
        assert graph.backward()["x"].tolist() == [6.0, 8.0]
        assert type(x.value) is np.ndarray
        assert x.value.dtype == np.float64
        assert not x.value.flags.writeable
    x.value = mine
    graph.forward()
    mine[0] = 99.0
    assert graph.backward()["x"].tolist() == [6.0, 8.0]
    x.value = np.array(4.0)
    assert graph.backward() == {"x": 8.0}
    assert type(x.value) is float


@pytest.mark.parametrize(("bad", "code"), [(True, "value_is_bool"), ("2", "value_is_text")])
def test_the_next_pass_refuses_what_forward_refuses(bad, code):
    for passing in (lambda g: g.forward(), lambda g: g.backward(), lambda g: g.forward(y=1.0)):
        x, y = Input(2.0, "x"), Input(3.0, "y")
        graph = ComputationalGraph(x * y)
        graph.backward()
        x.value = bad
        with pytest.raises(GraphError) as caught:
            passing(graph)
        assert caught.value.code == code
        assert y.value == 3.0
        x.value = 5
        assert graph.backward() == {"x": 3.0, "y": 5.0}


def test_a_name_may_be_written_as_python_reads_it():
    x, y = Input(2.0, "ϵ"), Input(3.0, "ﬁ")
    graph = ComputationalGraph(x * y)
    assert list(graph.inputs) == ["ε", "fi"]
    assert graph.forward(ϵ=1.0, fi=5.0) == 5.0
    assert graph.forward(**{"ϵ": 2.0, "ﬁ": 4.0}) == 8.0
    assert graph["ϵ"] is graph["ε"] is x
    assert c.compile_flat(graph)(ϵ=1.0, fi=5.0) == (5.0, {"ε": 5.0, "fi": 1.0})
    assert c.numerical_gradient(graph, "ϵ") == pytest.approx(4.0)
    with pytest.raises(GraphError) as caught:
        ComputationalGraph(x * Input(1.0, "ε"))
    assert caught.value.code == "two_of_one_name"


def test_a_graph_keeps_the_names_that_it_was_made_with():
    x = Input(2.0, "x")
    graph = ComputationalGraph((x * 3.0).named("f"))
    x.named("a")
    graph.output.named("b")
    assert [graph.name_of(node) for node in graph.nodes] == ["x", "c1", "f"]
    assert (graph.forward(x=1.0), graph["f"].value) == (3.0, 3.0)
    assert c.compile_flat(graph)(x=1.0) == (3.0, {"x": 3.0})


@pytest.mark.parametrize("last", [{"x": [4.0, 5.0, 6.0], "y": 2.0}, {"x": 0.0, "y": 2.0}])
def test_what_the_inputs_held_before_stops_no_pass(last):
    x, y = Input([1.0, 2.0], "x"), Input([3.0, 4.0], "y")
    graph = ComputationalGraph(x + 1.0 / (x * y))
    graph.forward()
    with pytest.raises(GraphError):
        graph.forward(x="1")
    x.value = np.ones(3)  # beside two numbers in y
    graph.forward(**last)
    twin = Input(last["x"], "x"), Input(last["y"], "y")
    assert np.array_equal(graph.output.value, (twin[0] + 1.0 / (twin[0] * twin[1])).value)


# ── interrupts: wherever Python looks for one ────────────────────────────────────────────────────

# Python looks for a signal after a call, at the end of a round of a loop, at the start of a body.
LOOKS = ("CALL", "CALL_FUNCTION_EX", "CALL_KW", "JUMP_BACKWARD", "RESUME")


class Stop(BaseException):
    pass


@functools.lru_cache
def looked_before(code):
    """The places in a body that come right after Python has looked for a signal.

    What is raised there must meet the same `except` as what Python raises itself, one step before.
    """
    pairs = itertools.pairwise(dis.get_instructions(code))
    places = {  # after the end of a round comes the start of the loop
        before.argval if before.opname == "JUMP_BACKWARD" else now.offset: before.offset
        for before, now in pairs
        if before.opname in LOOKS
    }
    table = dis._parse_exception_table(code)

    def caught(place):
        return next((entry.target for entry in table if entry.start <= place < entry.end), None)

    return {now for now, before in places.items() if caught(now) == caught(before)}


def interrupted(work, k):
    """Run `work`, and stop it at the k-th place where an interrupt can come. Did it get there?"""
    if sys.version_info < (3, 11):
        pytest.skip("Python 3.10 has no table of which `except` guards which place")
    left = k

    def trace(frame, event, argument):
        nonlocal left
        if "cs231n_lec4" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode" and frame.f_lasti in looked_before(frame.f_code):
            left -= 1
            if left == 0:
                sys.settrace(None)
                raise Stop
        return trace

    sys.settrace(trace)
    try:
        work()
    except Stop:
        return True
    finally:
        sys.settrace(None)
    return False


def pass_of(graph):
    """Every number that a graph shows."""
    shares = [graph.shares(node) for node in graph.nodes if node.inputs]
    return repr([(node.value, node.grad) for node in graph.nodes]), repr(shares)


def whole_passes(make, moves):
    """What a graph may show: each pass before or after a move, with and without gradients."""
    graph, allowed = make(), set()
    for move in moves:
        graph.forward(**move)
        allowed.add(pass_of(graph))
        graph.backward()
        allowed.add(pass_of(graph))
    return allowed


def neuron():
    w, x = Input(2.0, "w"), Input(-1.0, "x")
    return ComputationalGraph(c.sigmoid(w * x + 0.5) * c.maximum(w, x) / x)


def arrays():
    w, x = Input([2.0, 1.0], "w"), Input(0.5, "x")
    return ComputationalGraph((w * x).sum() * c.exp(x))


def slow(make):
    """The same graph without its quick way."""

    def made():
        graph = make()
        graph._quick = None
        return graph

    made.__name__ = f"slow {make.__name__}"
    return made


MOVES = ({"x": 0.25}, {"x": 4.0})


def broken_passes(make, passing, moves=MOVES, step=1):
    """(how many interrupts there were, those after which a graph showed half of a pass)."""
    allowed, broken = whole_passes(make, moves), []
    interrupted(lambda: passing(make(), moves[1]), 10**9)  # 3.12 tells of opcodes from now on
    for count, k in enumerate(range(1, 100_000, step)):
        graph = make()
        graph.forward(**moves[0])
        graph.backward()
        if not interrupted(lambda graph=graph: passing(graph, moves[1]), k):
            return count, broken
        if pass_of(graph) not in allowed:
            broken.append((k, pass_of(graph)))
        assert lock_is_free()
        here = [all(graph.inputs[n].value == x for n, x in move.items()) for move in moves]
        twin = make()
        twin.forward(**moves[here.index(True)])
        if repr(graph.backward()) != repr(twin.backward()):
            broken.append((k, "backward"))
    raise AssertionError("this pass never ends")


def lock_is_free():
    """Can another thread do a pass? A lock that an interrupt left closed would hang it."""
    found = []

    def ask():
        with ONE_AT_A_TIME:
            found.append(True)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout=1.0)
    return bool(found)


def there(graph, move):
    graph.forward(**move)


def back(graph, move):
    graph.backward()


def both(graph, move):
    graph.forward(**move)
    graph.backward()


@pytest.mark.parametrize("make", [neuron, arrays, slow(neuron)], ids=lambda make: make.__name__)
@pytest.mark.parametrize("passing", [there, back, both])
def test_an_interrupt_anywhere_leaves_one_whole_pass(make, passing):
    count, broken = broken_passes(make, passing, step=3)
    assert count > 10
    assert broken == []


def test_an_interrupt_while_gradients_are_cleared_leaves_none_of_them():
    count, broken = broken_passes(slow(neuron), there)
    assert count > 100
    assert broken == []


def refused_by_python():
    w, x = Input(2.0, "w"), Input(-1.0, "x")
    return ComputationalGraph(w * x + c.log(x * w))


@pytest.mark.parametrize("make", [refused_by_python, slow(refused_by_python)])
def test_an_interrupt_where_the_quick_way_gives_up_leaves_one_whole_pass(make):
    count, broken = broken_passes(make, both, ({"x": 0.25}, {"x": -4.0}), step=2)
    assert count > 10
    assert broken == []


def drawn(seed):
    """A random graph, made anew each time, and two points of it."""
    names, rng = random_graph(seed).inputs, random.Random(seed)
    moves = [{name: rng.uniform(-2.0, 2.0) for name in names} for _ in range(2)]
    return lambda: random_graph(seed), moves


@pytest.mark.long
@pytest.mark.parametrize("make", [lambda make: make, slow], ids=["quick", "slow"])
def test_interrupts_of_random_graphs_leave_one_whole_pass_each(make):
    count = 0
    for seed in itertools.count():
        one, moves = drawn(seed)
        more, broken = broken_passes(make(one), both, moves)
        count += more
        assert broken == []
        if count > 1500:
            return


# ── a state machine over graphs that share inputs and gates ──────────────────────────────────────


class World:
    """Four graphs over three shared inputs and shared gates, and what each input holds in truth."""

    def __init__(self, seed, is_slow=False):
        self.random = random.Random(seed)
        self.truth = {"a": 1.0, "b": 2.0, "d": 3.0}
        self.inputs, self.graphs = self.build()
        if is_slow:
            for graph in self.graphs:
                graph._quick = None

    def build(self):
        a, b, d = (Input(value, name) for name, value in self.truth.items())
        p = a * b
        q = c.exp(p * 0.1) + d
        r = c.maximum(q, a) / (b * b + 0.5)
        outputs = (p * p, q * p, r * d, a * 3.0 + c.log(b))
        return {"a": a, "b": b, "d": d}, [ComputationalGraph(f) for f in outputs]

    def fresh(self, graph):
        """The gradients and the value of a graph built anew at the truth, nothing shared."""
        return whole(self.build()[1][self.graphs.index(graph)])

    def step(self):
        """One operation, and whether anything is wrong after it."""
        graph = self.random.choice(self.graphs)
        return self.random.choice(self.operations)(self, graph)

    def number(self):
        return self.random.choice([0.0, -1.0, 2.0, 0.5, round(self.random.uniform(-3, 3), 2)])

    def moved(self, graph):
        names = self.random.sample(list(graph.inputs), self.random.randint(0, len(graph.inputs)))
        move = {name: self.number() for name in names}
        graph.forward(**move)
        self.truth |= move
        return self.shows(graph)

    def backward(self, graph):
        grads, value = self.fresh(graph)
        return repr(graph.backward()) == repr(grads) and repr(graph.output.value) == repr(value)

    def by_hand(self, graph):
        name = self.random.choice(list(graph.inputs))
        self.truth[name] = self.inputs[name].value = self.number()
        return True

    def restored(self, graph):
        """Away and back to the very same objects, by two graphs."""
        other = self.random.choice(self.graphs)
        name = self.random.choice(sorted(set(graph.inputs) & set(other.inputs)))
        old = self.inputs[name].value
        graph.forward(**{name: self.number()})
        other.forward(**{name: old})
        return self.shows(other)

    def refused(self, graph):
        name = self.random.choice(list(graph.inputs))
        bad = self.random.choice([{"nope": 1.0}, {name: "2"}, {name: True}, {name: [1.0, [2.0]]}])
        with pytest.raises(GraphError):
            graph.forward(**{name: self.number(), **bad})
        return self.holds()

    def interrupted(self, graph):
        name = self.random.choice(list(graph.inputs))
        new = self.number()
        k = self.random.randint(1, 80)
        if not interrupted(lambda: both(graph, {name: new}), k) or self.inputs[name].value is new:
            self.truth[name] = new
        return self.holds()

    def made(self, graph):
        """A new graph over old nodes and new ones; in between, anything may have happened."""
        place, names = self.graphs.index(graph), self.random.sample(list(self.truth), 2)
        late = new_gate(self.inputs, graph, names)
        right = all(self.step() for _ in range(self.random.randint(0, 2)))
        inputs, graphs = self.build()
        twin = new_gate(inputs, graphs[place], names)
        mine, truth = (ComputationalGraph(f * Input(1.5, "new")) for f in (late, twin))
        backward = mine.backward() if self.random.random() < 0.8 else mine.backward(1.0)
        return right and repr((backward, mine.output.value)) == repr(whole(truth))

    def compared(self, graph):
        """A check leaves everything as it was."""
        c.numerical_gradient(graph, self.random.choice(list(graph.inputs)))
        return self.holds()

    def holds(self):
        return all(node.value == self.truth[name] for name, node in self.inputs.items())

    def shows(self, graph):
        return self.holds() and repr(graph.output.value) == repr(self.fresh(graph)[1])

    operations = (
        *(moved, moved, backward, backward, by_hand, restored, refused, interrupted),
        *(compared, made, made),
    )


def whole(graph):
    """The gradients and the value after a pass both ways, of a graph that shares nothing.

    The clock goes back: a pass of another graph makes each graph careful, also a wrong one.
    """
    now, value = CLOCK.now, graph.forward()
    grads, CLOCK.now = graph.backward(), now
    return grads, value


def new_gate(inputs, graph, names):
    one, two = (inputs[name] for name in names)
    return one * graph.output + c.maximum(two, 0.5) * one


def wrong_after(seed, operations):
    """The numbers of the operations after which something is wrong."""
    world = World(seed, is_slow=bool(seed % 2))
    return [k for k in range(operations) if not world.step()]


@pytest.mark.parametrize("seed", range(4))
def test_graphs_that_share_nodes_are_right_after_any_operation(seed):
    assert wrong_after(seed, 500) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_two_hundred_thousand_operations_leave_nothing_wrong(seed):
    assert wrong_after(seed, 10_000) == []


# ── what a careful backward leaves in the gates ──────────────────────────────────────────────────


def overflows(value):
    """1 / x fits a float, its slope does not."""
    return c.reciprocal(Input(value, "x"))


@pytest.mark.parametrize("value", [1e-200, -3e-160, 1e-308])
def test_a_pass_after_one_that_python_refused_is_as_quiet(value):
    f = overflows(value)
    one, other = ComputationalGraph(f), ComputationalGraph(f * 2.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first = one.backward()
        assert one.backward() == first == {"x": -np.inf}
        assert other.backward() == other.backward() == first
        assert ComputationalGraph(f * 0.5).backward() == first
        one.forward(x=value)
        assert other.backward() == one.backward() == first
        assert one.forward(x=2.0) == 0.5
        assert one.backward() == {"x": -0.25}
