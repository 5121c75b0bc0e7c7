"""Checks that say what is wrong with a gate, or with a graph.

Everything is compared with what small nudges measure (`nudges.py`). A wrong gradient is also
compared with the numbers of the known mistakes (`mistakes.py`), and gets those that fit as its
reason.
"""

from itertools import product

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from ..engine.graph import checked_upstream
from ..guidance.refusals import graph_expected
from .graphs import loss_of, widened
from .mistakes import in_play
from .nudges import sampled, slopes, wrong_entry
from .numbers import different, is_nan, nearly, same_shape, wide
from .own_gates import answers_other_exercise, unless_nudged
from .reports import (
    KINK,
    RIGHT,
    WRONG,
    Report,
    Row,
    both,
    entry_line,
    kink_line,
    listed,
    mark_of,
    pair,
    random_report,
    safely,
    sentence,
    shape_reason,
    shapes_line,
    short,
    wrong,
)
from .ties import wrong_tie
from .trials import (
    TriedGate,
    forgotten_self,
    is_random,
    name_of,
    other_points,
    place_of,
    random_gate,
    trials_of,
)

MOST = 2000  # numbers that a check of one gate nudges


def wrong_gradient(where, name, numbers, reason, rows):
    """The ✗ report on the gradient with respect to `name`; `numbers` is its second line."""
    return wrong(reason, sentence("gradient_wrong", where=where, name=name), numbers, rows=rows)


# ── a gate ───────────────────────────────────────────────────────────────────────────────────────


def check_gate(gate, *inputs, upstream=None, computes=None):
    """Compare a gate's backward with what nudges of its forward measure (slides 7, 77).

    `gate` is any class with the methods `forward` and `backward`, or an object of one. It is tried
    at the inputs given and at three other points, each time with another upstream gradient;
    `upstream`, in the shape of the output, sets the first. A Gate may leave it to the graph to sum
    over broadcast axes; any other class must do it. In an exercise `computes` says what forward is
    to compute; then backward may not nudge, either. Returns a Report; never raises.
    """
    where = name_of(gate)
    report = safely(where, gate_report, where, gate, inputs, upstream, None, computes)
    return with_forgotten_self(report, where, gate)


def with_forgotten_self(report, where, gate):
    """A ✗ report says so if backward reads an argument of forward without `self.`."""
    names = [] if report else forgotten_self(gate)
    if not names:
        return report
    line = sentence("forgot_self", where=where, names=listed(names))
    return wrong("forgot_self", report.lines[0], line, rows=report.rows)


def gate_report(where, gate, inputs, upstream=None, slots=None, computes=None):
    """The check of a gate that the report calls `where`; `slots` are the inputs that matter."""
    if not inputs:
        return Report(WRONG, [sentence("no_inputs", where=where)], "no_inputs")
    tried = TriedGate(gate)
    inputs = tried.numbers(inputs)
    if (count := sum(map(np.size, inputs))) > MOST:
        return Report(KINK, [sentence("too_large", where=where, count=count)], "too_large")
    if is_random(tried, inputs):
        return random_report(where)
    if computes is not None:
        other = answers_other_exercise(where, tried, inputs, computes)
        if other is not None:
            return other
    slots = range(len(inputs)) if slots is None else slots
    report = trials_report(where, trials_of(tried, inputs, upstream), slots)
    return report if computes is None else unless_nudged(report, where, tried, inputs)


def trials_report(where, trials, slots):
    """The first wrong gradient, else a wrong tie, else that nothing is wrong."""
    rows = [trial.row(slot) for trial, slot in product(trials, slots)]
    for trial, slot in product(trials, slots):
        if (index := trial.wrong_entry(slot)) is not None:
            numbers, reason = numbers_of(trial, slot, index), gate_reason(trials, slot)
            return wrong_gradient(where, trial.names[slot], numbers, reason, rows)
    if (tie := wrong_tie(trials)) is not None:
        names, numbers = listed(trials[0].names), sentence("tie", **pair(*tie))
        return wrong_gradient(where, names, numbers, "tie", rows)
    return gate_not_wrong(where, [t for t in trials if t.is_given], slots, rows)


def numbers_of(trial, slot, index):
    """The line with yours and what a nudge measures."""
    yours, name = trial.yours[slot], trial.names[slot]
    if not same_shape(yours, trial.inputs[slot]):
        return shapes_line(yours, trial.inputs[slot])
    truth = trial.slopes[slot][index].value
    if any(map(np.ndim, (*trial.inputs, trial.upstream))):
        return entry_line("measured_entry", name, index, yours, truth)
    inputs = [f"{n} = {short(x)}" for n, x in zip(trial.names, trial.inputs, strict=True)]
    facts = {"inputs": listed(inputs), "upstream": short(trial.upstream)}
    return sentence("measured_at", **facts, **pair(yours, truth))


def gate_not_wrong(where, given, slots, rows):
    """✓, or △ where the point given is a kink."""
    for trial, slot in product(given, slots):
        if trial.has_kink(slot):
            line = kink_line(trial.slopes[slot], trial.yours[slot])
            return Report(KINK, [sentence("gate_kink", where=where), line], "kink", rows)
    measured = [k for k in slots if any(t.slopes[k] and t.is_smooth(k) for t in given)]
    if not measured:
        return Report(KINK, [sentence("gate_unmeasured", where=where)], "unmeasured", rows)
    names = listed(given[0].names[k] for k in measured)
    return Report(RIGHT, [sentence("gate_right", where=where, names=names)], None, rows)


def gate_reason(trials, slot):
    """The known mistake that explains this input's gradient in every trial, or the two."""
    clear = [t for t in trials if t.is_smooth(slot)]
    if memory_is_wrong(clear, slot):
        return "stale_cache"
    if reason := both(codes_that_fit(clear, slot)):
        return reason
    if not all(same_shape(t.yours[slot], t.inputs[slot]) for t in clear):
        return shape_reason(clear[0].inputs[slot])
    is_local = bool(clear) and all(t.depends_entry_by_entry(slot) for t in clear)
    return "wrong_local" if is_local else None


def codes_that_fit(trials, slot):
    """The codes of all mistakes that give this gradient in every trial."""
    points = [trial.reading(slot) for trial in trials]
    for mistake in in_play(points):
        pairs = [(t.yours[slot], x) for t, x in zip(trials, mistake.numbers, strict=True)]
        if all(nearly(yours, x) for yours, x in pairs if not is_nan(x)):
            yield mistake.code


def memory_is_wrong(trials, slot):
    """A gate fresh from the class is right each time; only after other passes is it wrong."""
    for trial in trials:
        gate = trial.tried.fresh()
        trial.tried.forward(gate, trial.inputs)
        fresh = trial.tried.backward(gate, trial.upstream, trial.inputs)[slot]
        if trial.wrong_entry(slot, fresh) is not None:
            return False
    return bool(trials)


# ── a graph ──────────────────────────────────────────────────────────────────────────────────────


def check_gradients(graph, upstream=None):
    """Compare a graph's backward with what nudges of its inputs measure (slide 7).

    Tried here, and at a point nearby with another upstream gradient; in large arrays 40 entries are
    nudged. If a gate is at fault, the report names it. The graph is left as it was. An output that
    is an array may have its `upstream`. Returns a Report; never raises.
    """
    report = safely("check_gradients", graph_report, graph, upstream)
    for gate in [] if report else getattr(graph, "nodes", []):
        if isinstance(gate, Gate) and not gate.is_ours:
            report = with_forgotten_self(report, graph.names[gate], gate)
    return report


def graph_report(graph, upstream):
    """The check of a graph."""
    graph_expected(graph, "check_gradients")
    if (where := random_gate(graph)) is not None:
        return random_report(where)
    upstream = graph_upstream(graph, upstream)
    with widened(graph):
        here = {name: node.value for name, node in graph.inputs.items()}
        near = dict(zip(here, other_points(list(here.values()))[1], strict=True))
        rows = graph_rows(graph, here, wide(upstream))
        if wrong_row(rows) is None:
            more = graph_rows(graph, near, wide(-1.5 * upstream))
            rows += more if wrong_row(more) else []
        if (row := wrong_row(rows)) is not None:
            return graph_wrong(graph, row, rows)
        gates = [gate for gate in graph.nodes if asks(gate) and not gate.is_ours]
        suspects = (gate_in_graph(graph, gate) for gate in gates)  # wrong at other points only?
        suspect = next((report for report in suspects if not report), None)
        return graph_not_wrong(graph, rows) if suspect is None else suspect


def graph_upstream(graph, upstream):
    """The upstream asked for; for an array without one, different numbers for its entries."""
    value = graph.output.value
    if upstream is None and values.shape(value):
        return different(values.shape(value))
    return checked_upstream(upstream, value, lambda: graph.names[graph.output])


def graph_rows(graph, point, upstream):
    """One comparison for each input, at one point."""
    graph.forward(**point)
    if not np.isfinite(graph.output.value).all():
        return []
    grads = graph.backward(upstream)
    rows = []
    for name, node in graph.inputs.items():
        value, loss = node.value, loss_of(graph, node, upstream)
        measured = slopes(value, loss, sampled(value))
        loss(value)
        mark = mark_of(measured, wrong_entry(measured, grads[name], value))
        rows.append(Row(name, grads[name], measured, mark))
    graph.forward(**point)
    graph.backward(upstream)
    return rows


def wrong_row(rows):
    """The first comparison that is ✗."""
    return next((row for row in rows if row.mark == WRONG), None)


def graph_wrong(graph, row, rows):
    """The report on the gate that is at fault, nearest to the output; or on the input."""
    reports = [gate_in_graph(graph, gate) for gate in reversed(graph.nodes) if asks(gate)]
    for report in reports:
        if not report:
            return report
    index = wrong_entry(row.measured, row.yours, graph.inputs[row.name].value)
    truth = row.measured[index].value
    numbers = entry_line("measured_entry", row.name, index, row.yours, truth)
    if any(report.reason == "kink" for report in reports):
        return Report(KINK, [sentence("graph_kink", names=row.name), numbers], "kink", rows)
    return wrong_gradient(graph.names[graph.output], row.name, numbers, None, rows)


def asks(node):
    """A gate that takes part in the backward pass."""
    return isinstance(node, Gate) and node.wants_grad and node.grad is not None


def gate_in_graph(graph, gate):
    """The check of one gate of a graph at its own values, with its own upstream gradient."""
    where = place_of(graph, gate)
    inputs = [node.value for node in gate.inputs]
    slots = [k for k, node in enumerate(gate.inputs) if node.wants_grad]
    upstream = gate.grad if np.any(gate.grad) else None
    report = safely(where, gate_report, where, gate, inputs, upstream, slots)
    return with_forgotten_self(report, where, gate)


def graph_not_wrong(graph, rows):
    """✓, or △ for the inputs that are at a kink, or that nudges could not measure."""
    if not rows:
        line = sentence("gate_unmeasured", where=graph.names[graph.output])
        return Report(KINK, [line], "unmeasured")
    doubtful = [row for row in rows if row.mark == KINK]
    kinked = [row for row in doubtful if any(s.is_kink for s in row.measured.values())]
    if kinked:
        names, line = listed(r.name for r in kinked), kink_line(kinked[0].measured, kinked[0].yours)
        return Report(KINK, [sentence("graph_kink", names=names), line], "kink", rows)
    if doubtful:
        line = sentence("graph_unmeasured", names=listed(row.name for row in doubtful))
        return Report(KINK, [line], "unmeasured", rows)
    return Report(RIGHT, [sentence("graph_right", names=listed(graph.inputs))], None, rows)
