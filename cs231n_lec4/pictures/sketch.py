"""What a picture of a graph shows, not yet how: boxes, wires and the edges between them.

A wire is a thing of its own, with a value and a gradient. A value that is used more than once has a
wire, a fork and one more wire for each use (slide 51). A plain number beside a gate belongs to the
gate, so that the sigmoid neuron has eight gates, as on slide 30.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from .. import words
from ..engine.gate import Gate
from ..engine.node import Constant, Node
from ..guidance.errors import GraphError
from ..guidance.refusals import index_text, setting_of
from ..words.digits import MOST, WIDTH, digits_for, lines, short

MOST_GATES = 300  # Graphviz needs seconds beyond this, and nobody can read it


@dataclass
class Box:
    """A gate, the name of an input, or a fork where a wire branches."""

    id: str
    kind: str  # "gate", "input" or "fork"
    text: str


@dataclass
class Wire:
    """A line with a number above and a number below."""

    id: str
    node: int  # its place in graph.nodes
    name: str
    value: object
    gradient: object = None
    gate: int = None  # the gate it enters; None at a fork and at the end
    slot: int = None
    role: str = "wire"  # "branch" after a fork
    alive: bool = True  # does a gradient flow here?
    named: bool = False  # is its name written above it?
    hidden: set = field(default_factory=set)  # of "value" and "gradient": shown as "?"
    edges: list = field(default_factory=list)


@dataclass
class Edge:
    id: str
    tail: str
    head: str
    alive: bool
    arrow: bool


@dataclass
class Sketch:
    """Boxes, wires and edges in the order they are drawn in."""

    boxes: list = field(default_factory=list)
    wires: list = field(default_factory=list)
    edges: list = field(default_factory=list)
    gradients: bool = True
    digits: int = 2
    width: int = WIDTH  # characters of a number at most
    folds: dict = field(default_factory=dict)  # the place of a gate → the place of its folded box
    written: dict = field(default_factory=dict, init=False, repr=False)  # each number is put into
    # words once, however often a picture needs its text

    def connect(self, tail, head, wire, arrow=False):
        edge = Edge(f"e{len(self.edges)}", tail, head, wire.alive, arrow)
        self.edges.append(edge)
        wire.edges.append(edge.id)

    def fitting_digits(self):
        numbers = [v for w in self.wires for v in (w.value, w.gradient) if v is not None]
        return digits_for(numbers)

    def hide(self, names):
        """Show "?" below the wires of these names or ids; True means every wire."""
        for wire in self.chosen(names):
            if wire.alive:
                wire.hidden.add("gradient")

    def chosen(self, names):
        """The wires of one name or id, or of several; True means every wire, False none."""
        if isinstance(names, bool | None):
            return self.wires if names else []
        is_one = isinstance(names, str | Node) or not isinstance(names, Iterable)
        return [wire for name in ([names] if is_one else names) for wire in self.called(name)]

    def called(self, name):
        """The wires of a name; an id counts only where no node has it as its name (`w0`)."""
        by_name = [wire for wire in self.wires if wire.name == name]
        found = by_name or [wire for wire in self.wires if wire.id == name]
        if not found:
            known = ", ".join(wire.name for wire in self.wires if wire.role == "wire")
            raise GraphError("unknown_node", name=name, known=known)
        return found

    def texts(self, wire):
        """The lines above and below a wire, equally many."""
        looks = (wire.id, self.digits, frozenset(wire.hidden))
        if looks not in self.written:
            look = self.digits, self.width
            above, below = (
                ["?"] if side in wire.hidden else lines(getattr(wire, side), *look)
                for side in ("value", "gradient")
            )
            height = max(len(above), len(below))
            both = [side + [""] * (height - len(side)) for side in (above, below)]
            self.written[looks] = both
        return self.written[looks]

    def now(self, graph):
        """The same sketch with the numbers that the graph holds now."""
        wires = [replace(w, value=graph.nodes[w.node].value) for w in self.wires]
        for wire in wires:
            wire.gradient = gradient_on(graph, wire) if self.gradients else None
        return replace(self, wires=wires)

    def explosion(self):
        """Where numbers stop being finite, in a sentence; "" where none does."""
        own = [wire for wire in self.wires if wire.role == "wire"]
        for side, order in (("value", own), ("gradient", own[::-1])):
            shown = [w for w in order if side not in w.hidden and getattr(w, side) is not None]
            for wire in shown:
                if not np.isfinite(getattr(wire, side)).all():
                    facts = {"name": wire.name, "output": own[-1].name}
                    return words.PICTURE[f"not_finite_{side}"].format(**facts)
        return ""

    def records(self):
        """What a view has to know of each wire; its numbers may move."""
        kept = ("id", "node", "gate", "slot", "role", "name", "alive", "edges")
        return [{key: getattr(wire, key) for key in kept} for wire in self.wires]

    def rows(self):
        """Name, value, gradient of every node."""
        own = [wire for wire in self.wires if wire.role == "wire"]
        return [(wire.name, *(" ".join(side).strip() for side in self.texts(wire))) for wire in own]

    def sentences(self):
        """`{wire id: name, value and gradient in a sentence}`."""
        said, table = {}, words.PICTURE
        for wire in self.wires:
            value, gradient = (" ".join(side).strip() for side in self.texts(wire))
            kind = "wire" if gradient else "wire_without_gradient"
            said[wire.id] = table[kind].format(name=wire.name, value=value, gradient=gradient)
        return said


def sketch_of(graph, gradients=True, fold=None):
    """The graph as boxes and wires. A plain number beside a gate is drawn inside the gate.

    `fold`: `{"σ": ["v5", "v6", "v7", "f"]}` draws these gates as one box (slide 44).
    """
    place = {node: k for k, node in enumerate(graph.nodes)}
    gates = [node for node in graph.nodes if isinstance(node, Gate)]
    if len(gates) > MOST_GATES:
        raise GraphError("too_large_to_draw", count=len(gates), most=MOST_GATES)
    folds, labels = folded(graph, place, gates, fold or {})
    sketch, uses = Sketch(gradients=gradients, folds=folds), {k: [] for k in place.values()}
    for gate in gates:
        text, slots = gate_label(gate)
        labels.setdefault(place[gate], text)
        for slot in slots:
            uses[place[gate.inputs[slot]]].append((place[gate], slot))
    for node, k in place.items():
        if folds.get(k, k) == k and (uses[k] or node is graph.output):
            box = ("gate", labels[k]) if k in labels else ("input", node.name or "")
            sketch.boxes.append(Box(f"{box[0][0]}{k}", *box))
            _add_wires(sketch, graph, node, k, uses[k])
    _join_gates(sketch)
    return sketch


def folded(graph, place, gates, fold):
    """Which box each gate of a group is drawn as (that of the group's last gate), and its label."""
    folds, labels = {}, {}
    for label, group in groups(graph, fold):
        last = max(group, key=place.get)
        inner = [node for node in group if node is not last]
        outside = [gate for gate in gates if gate not in group]
        if any(node in gate.inputs for gate in outside for node in inner):
            raise GraphError("fold_is_open", label=label, last=graph.names[last])
        folds |= {place[node]: place[last] for node in group}
        labels[place[last]] = label
    return folds, labels


def groups(graph, fold):
    """The label and the gates of each group."""
    if not isinstance(fold, dict):
        raise GraphError("fold_of_what")
    for label, names in fold.items():
        group = [graph[name] for name in names] if isinstance(names, list | tuple) else []
        if not group or not all(isinstance(node, Gate) for node in group):
            raise GraphError("fold_of_what")
        yield label, group


def gate_label(gate):
    """The text inside a gate and the slots that are drawn as wires: `×−1`, `+1`, `1/x`, `x²`."""
    plain = [slot for slot, node in enumerate(gate.inputs) if _is_plain_number(node)]
    if len(gate.inputs) == 2 and len(plain) == 1:
        text = _with_number(gate.symbol, gate.inputs[plain[0]].value, plain[0])
        if text:
            return text, (1 - plain[0],)
    return with_setting(gate), tuple(range(len(gate.inputs)))


def with_setting(gate):
    """What a gate of arrays was told stands beside its symbol: `sum axis 0`, `[:, 1]`."""
    match setting_of(gate):
        case "axis" if gate.axis is not None:
            return f"{gate.symbol} axis {gate.axis}"
        case "shape":
            return f"{gate.symbol} {gate.shape}"
        case "index":
            return index_text(gate.index)
    return words.PICTURE["gates"].get(gate.symbol, gate.symbol)


def _is_plain_number(node):
    return isinstance(node, Constant) and node.name is None and np.ndim(node.value) == 0


def _with_number(symbol, value, slot):
    """`+` and 1 → `+1`. None where the two have no short form."""
    number = short(value, 6)
    if slot == 0 and symbol in NUMBER_FIRST:
        return NUMBER_FIRST[symbol].format(number)
    if symbol == "xʸ":
        return f"x{number.translate(RAISED)}" if float(value).is_integer() else f"x^{number}"
    if symbol in ("+", "−") and number.startswith("−"):  # x + (−3) is x − 3
        return {"+": "−", "−": "+"}[symbol] + number[1:]
    return NUMBER_LAST[symbol].format(number) if symbol in NUMBER_LAST else None


NUMBER_FIRST = {"−": "{}−x", "÷": "{}/x", "xʸ": "{}ˣ"}
NUMBER_LAST = {"+": "+{}", "−": "−{}", "×": "×{}", "÷": "÷{}", "max": "max {}"}
RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def _add_wires(sketch, graph, node, k, uses):
    """The wire of a node; where it is used more than once, also a fork and a wire for each use."""
    is_gate = isinstance(node, Gate)
    wire = Wire(f"w{k}", k, graph.names[node], node.value, alive=node.wants_grad)
    wire.gradient = gradient_on(graph, wire) if sketch.gradients else None
    wire.named = is_gate and node.name is not None
    if len(uses) == 1:
        wire.gate, wire.slot = uses[0]
    sketch.wires.append(wire)
    sketch.connect(f"g{k}" if is_gate else f"i{k}", wire.id, wire)
    if len(uses) > 1:
        sketch.boxes.append(Box(f"f{k}", "fork", "+" if wire.alive else ""))
        sketch.connect(wire.id, f"f{k}", wire)
        for j, use in enumerate(uses):
            _add_branch(sketch, graph, wire, j, *use)


def gradient_on(graph, wire):
    """The gradient of a wire's node; on a branch the share of its gate."""
    if wire.role == "branch":
        return graph.shares(graph.nodes[wire.gate])[wire.slot]
    return graph.nodes[wire.node].grad


def _add_branch(sketch, graph, wire, j, gate, slot):
    """One use of a forked wire, with the gradient that this gate alone hands back (slide 51)."""
    into = graph.nodes[gate]
    name = words.PICTURE["branch"].format(name=wire.name, gate=graph.names[into])
    branch = Wire(f"{wire.id}_{j}", wire.node, name, wire.value, gate=gate, slot=slot)
    branch.role, branch.alive = "branch", wire.alive
    branch.gradient = gradient_on(graph, branch) if sketch.gradients else None
    sketch.wires.append(branch)
    sketch.connect(f"f{wire.node}", branch.id, branch)


def _join_gates(sketch):
    """The last edge of every wire, sorted so that a gate's inputs enter in their order."""
    entering = [wire for wire in sketch.wires if wire.gate is not None]
    for wire in sorted(entering, key=lambda wire: (wire.gate, wire.slot)):
        sketch.connect(wire.id, f"g{sketch.folds.get(wire.gate, wire.gate)}", wire, arrow=True)


def checked_digits(digits):
    """The number of decimals, if a picture can show so many."""
    if not isinstance(digits, int | np.integer) or not 0 <= digits <= MOST:
        raise GraphError("digits_range", given=digits, most=MOST)
    return int(digits)
