"""Predict, then see: a graph's picture with blanks in place of the numbers to be predicted."""

import numpy as np
import traitlets

from ... import words
from ...checking.uses import differentiated, places_of
from ...engine import values
from ...flat import browser_program, only_in_python
from ...flat.program import evaluate, run_program, uses
from ...guidance.errors import GraphError
from ...guidance.refusals import graph_expected
from ...pictures.dot import PALETTES, Drawing
from ...pictures.sketch import checked_digits, sketch_of
from ...words.digits import number as shown
from ..base.live_view import validate
from .blanks import Blanks, hidden_below, label_of
from .frames import is_written_out
from .graph_view import GraphView, why_in_python

DUST = 1e-9  # 0.1 + 0.2 is not quite 0.3
ROOM = 6  # characters: an answer such as −12.25 has place
MOST_ASKED = 2  # entries of each array


class QuizView(GraphView):
    """A picture that asks. `view.answers` holds what was answered; is all right: `view.solved`.

    `view.answer(x=-4)` answers from Python; `view.so_far` counts. The student's own graph is never
    moved.
    """

    quiz = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    solved = traitlets.Bool()

    by_hand = ("input_", "answers")
    tells_entries = False  # that would be the answers
    in_company = False  # its numbers are those of the question

    def __init__(self, graph, drawings, quiz, **settings):
        self._blanks = {blank["key"]: blank for blank in quiz["blanks"]}
        super().__init__(graph, drawings, **settings)
        self.quiz = quiz
        self._clear()
        self.observe(self._judge, "answers")
        self.observe(self._clear, [f"input_{name}" for name in graph.inputs])

    def answer(self, /, **answers):
        """Answer some blanks: `view.answer(x=-4, y=-4)`. None empties a blank."""
        self.answers = {**self.answers, **{key: one_number(a, key) for key, a in answers.items()}}

    def texts(self):
        return {**words.VIEW, **words.QUIZ, "reasons": words.REASONS}

    @validate("answers")
    def _can_be_answers(self, answers):
        for key in answers:
            if key not in self._blanks:
                raise GraphError("unknown_blank", name=key, known=", ".join(self._blanks))
            one_number(answers[key], key)
        return answers

    def follow(self):
        """A quiz leaves the student's graph alone."""

    def _clear(self, _change=None):
        """New numbers: every answer so far belonged to the old ones."""
        self.answers = dict.fromkeys(self._blanks)

    def _judge(self, _change):
        self.solved = all(self._right())

    @property
    def so_far(self):
        """How many blanks are right, as text: `1 of 4 so far`."""
        sentence = words.QUIZ["quiz_done" if self.solved else "quiz_so_far"]
        return sentence.format(right=sum(self._right()), all=len(self._blanks))

    def _right(self):
        """For each blank, whether its answer is right at the present numbers."""
        numbers = run_program(self.program, self.numbers())
        answered = [(blank, self.answers.get(key)) for key, blank in self._blanks.items()]
        return [
            answer is not None and is_right(blank, answer, numbers, self.settings["digits"])
            for blank, answer in answered
        ]


def quiz(
    graph,
    hide=None,
    *,
    values=False,
    gradients=True,
    entries=None,
    shapes=False,
    choices=False,
    digits=2,
    palette="colour-blind",
    seed=0,
    class_mode=False,
):
    """Ask for the gradients of `graph`, one blank at each wire (slides 12-51).

    - `hide`: names or wire ids whose numbers are asked for; None asks for all. `w1_0` is a branch.
    - `values=True` asks for the values of gates too, where these are single numbers; with
      `gradients=False` for values alone, as before the backward pass.
    - Of a small array single entries are asked for: two of each, chosen by `seed`, or those of
      `entries`, such as `["W[0, 1]", "x[0]"]`.
    - `shapes=True` asks, in place of numbers, how long each axis of each gate's array is.
    - `choices=True` asks with four answers A, B, C, D, for a hall.
    - `seed`: the order of the choices and the numbers that *New numbers* draws.
    - `class_mode`: large type, for a hall.

    `view.answers`, `view.solved`, `view.so_far` and `view.answer(x=-4)` read and write from Python.
    Raises GraphError where there is nothing to ask, or where the browser cannot compute the graph.
    """
    program, digits = browser_program(graph_expected(graph, "quiz")), checked_digits(digits)
    gradients = gradients and not shapes
    if program is None:
        raise GraphError("quiz_needs_numbers", why=why_in_python(graph, only_in_python(graph)))
    with differentiated(graph):
        sketch = sketch_of(graph, gradients)
        wires = asked_wires(sketch, len(graph.nodes) - 1, hide)
        entries = entries_asked(graph, program, wires, entries, seed)
        asked = questions(graph, program, sketch, wires, values, gradients, entries, shapes)
        drawing = drawing_of(sketch, asked, digits, palette)
    return QuizView(
        graph,
        [drawing],
        {**asked, "seed": seed},
        program=program if gradients else without_gradients(program),
        panels=["choices" if choices else "quiz"],
        digits=digits,
        palette=palette,
        class_mode=class_mode,
    )


def one_number(answer, key):
    """An answer as JSON holds it: a float, or None for an empty blank."""
    number = None if answer is None else values.as_value(answer, key)
    if number is not None and (np.ndim(number) or not np.isfinite(number)):
        raise GraphError("answer_is_one_number", name=key, given=f"{answer!r:.60}")
    return None if number is None else float(number)


def asked_wires(sketch, output, hide):
    """The wires whose numbers are asked for, from the output backward."""
    chosen = sketch.chosen(True if hide is None else hide)
    found = [wire for wire in sketch.wires[::-1] if wire in chosen and wire.alive]
    return [wire for wire in found if wire.role == "wire" or wire.node != output]


def entries_asked(graph, program, wires, chosen, seed):
    """`{wire id: [index, …]}`: which entries of which arrays are asked for."""
    random, found = np.random.default_rng(seed), {}
    for wire in wires:
        shape = tuple(program["shapes"][wire.node])
        if shape and wire.role == "wire" and is_written_out(shape):
            indices = list(np.ndindex(shape))
            picks = sorted(random.permutation(len(indices))[:MOST_ASKED])
            found[wire.id] = [indices[k] for k in picks]
            if chosen is not None:
                found[wire.id] = [i for i in indices if label_of(wire.name, i) in chosen]
    known = {label_of(w.name, i) for w in wires for i in np.ndindex(*program["shapes"][w.node])}
    for name in chosen or ():
        if name not in known:
            raise GraphError("unknown_blank", name=name, known=", ".join(sorted(known)))
    return found


def questions(graph, program, sketch, wires, values, gradients, entries, shapes):
    """The blanks, and the numbers that stay hidden until some blank is answered."""
    blanks, output = Blanks(graph, program), len(graph.nodes) - 1
    asked = shapes_asked(blanks, wires[::-1]) if shapes else {}
    if values:
        gates = [w for w in wires[::-1] if w.role == "wire" and w.node in blanks.gates]
        gates = [w for w in gates if is_among_numbers(graph.nodes[w.node])]
        asked |= {f"{wire.name}_value": blanks.value(wire) for wire in gates}
    for wire in backward_order(wires):
        if not gradients or wire.node == output:
            continue
        for index in entries.get(wire.id, ()):
            asked[label_of(wire.name, index)] = blanks.entry(wire, index)
        if is_used_by_numbers(graph, graph.nodes[wire.node]):
            asked[wire.name if wire.role == "wire" else wire.id] = blanks.gradient(wire)
    if not asked:
        raise GraphError("nothing_to_ask")
    found = [{"key": key, **blank} for key, blank in asked.items()]
    program["constants"] |= blanks.reader.units
    shown = program if gradients else without_gradients(program)
    return {"blanks": found, "later": later(shown, sketch, found)}


def shapes_asked(blanks, wires):
    """A blank for each axis of what each gate computes."""
    gates = [wire for wire in wires if wire.role == "wire" and wire.node in blanks.gates]
    return {
        f"{wire.name}.shape[{axis}]": blanks.size(wire, axis)
        for wire in gates
        for axis in range(np.ndim(blanks.graph.nodes[wire.node].value))
    }


def is_among_numbers(gate):
    """Are the gate's output and its inputs single numbers?"""
    return all(np.ndim(node.value) == 0 for node in (gate, *gate.inputs))


def is_used_by_numbers(graph, node):
    """Is it a single number, and is it used together with single numbers only?"""
    gates = [gate for gate, _ in places_of(graph, node)]
    return np.ndim(node.value) == 0 and all(is_among_numbers(gate) for gate in gates)


def without_gradients(program):
    """The program of a picture whose lower cells stay empty."""
    shares = {gate: [None] * len(row) for gate, row in program["shares"].items()}
    return {**program, "grads": [None] * len(program["grads"]), "shares": shares}


def backward_order(wires):
    """The shares of a branch before their sum."""
    return sorted(wires, key=lambda wire: (-wire.node, wire.role == "wire"))


def later(program, sketch, blanks):
    """Numbers that would give an answer away: computed from a hidden one, and not asked for."""
    asked = {(blank["wire"], side_of(blank)) for blank in blanks}
    below = {blank["key"]: hidden_below(program, uses(blank["truth"])) for blank in blanks}
    found = []
    for wire in sketch.wires:
        for side, name in sides(program, wire).items():
            until = [key for key, hidden in below.items() if name in hidden]
            if until and (wire.id, side) not in asked:
                found.append({"wire": wire.id, "side": side, "until": until})
    return found


def sides(program, wire):
    """The names of the two numbers of a wire."""
    gradient = program["grads"][wire.node]
    if wire.role == "branch":
        gradient = program["shares"][str(wire.gate)][wire.slot]
    names = {"value": program["values"][wire.node], "gradient": gradient}
    return {side: name for side, name in names.items() if isinstance(name, str)}


def side_of(blank):
    """Above the line or below it."""
    return "value" if blank["kind"] in ("value", "size") else "gradient"


def drawing_of(sketch, asked, digits, palette):
    """The picture that every viewer sees: "?" wherever a number is asked for or gives one away."""
    if palette not in PALETTES:
        raise GraphError("unknown_palette", palette=palette, known=", ".join(PALETTES))
    sketch.digits = digits
    wires = {wire.id: wire for wire in sketch.wires}
    for blank in asked["blanks"]:
        wires[blank["wire"]].hidden.add(side_of(blank))
    for record in asked["later"]:
        wires[record["wire"]].hidden.add(record["side"])
    return Drawing(sketch, PALETTES[palette], True, ROOM)


# ── right or wrong: the twin of judge.js ─────────────────────────────────────────────────────────


def is_right(blank, answer, numbers, digits):
    """Right to the digits shown, or as right as the rounded numbers of the picture allow."""
    error = abs(answer - evaluate(blank["truth"], numbers))
    return bool(error <= slack(blank, numbers, digits))


def slack(blank, numbers, digits):
    """What rounding can do to an answer: its own last digit, and those of the numbers used."""
    total = half_unit(evaluate(blank["truth"], numbers), digits) + DUST
    for tree, weight in blank["rounded"]:
        total += abs(evaluate(weight, numbers)) * rounding(evaluate(tree, numbers), digits)
    return total


def rounding(value, digits):
    """Half a unit of the last digit shown; 0 where the number shown is exact."""
    half = half_unit(value, digits)
    nearest = np.round(value / (2 * half)) * 2 * half
    return 0.0 if abs(value - nearest) < 1e-9 * max(1.0, abs(value)) else half


def half_unit(value, digits):
    """Half a unit of the last digit that is shown: 0.005 for 3.14."""
    mantissa, _, power = shown(value, digits).replace("−", "-").partition("e")
    decimals = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(power or 0) - decimals)
