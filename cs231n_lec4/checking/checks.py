"""Checks that say what is wrong with a gate, or with a graph.

Everything is compared with what small nudges measure (`nudges.py`). A wrong gradient is also
compared with the numbers of the known mistakes (`mistakes.py`), and gets those that fit as its
reason.
"""

import numpy as np

from ..engine import values
from ..engine.gate import Gate
from .mistakes import in_play, is_nan
from .nudges import (
    different,
    graph_expected,
    loss_of,
    slopes,
    weights_for,
    wide,
    widened,
    wrong_entry,
)
from .reports import (
    KINK,
    RIGHT,
    WRONG,
    Report,
    Row,
    because,
    both,
    entry,
    kink_line,
    listed,
    mark_of,
    pair,
    safely,
    sentence,
    short,
)
from .table import is_max, rows_of_a_gradient
from .trials import TriedGate, forgotten_self, name_of, other_points, trials_of

MOST = 2000  # numbers that a check of one gate nudges
SAMPLE = 40  # entries of each input that a check of a graph nudges


# ── a gate ───────────────────────────────────────────────────────────────────────────────────────


def check_gate(gate, *inputs, upstream=None):
    """Compare a gate's backward with what nudges of its forward measure.

    `gate` is any class with the methods `forward` and `backward`, or an object of one. It is tried
    at the inputs given and at three other points, each time with another upstream gradient;
    `upstream`, in the shape of the output, sets the first. A Gate may leave it to the graph to sum
    over broadcast axes; any other class must do it. Returns a Report; never raises.
    """
    where = name_of(gate)
    report = safely(where, gate_report, where, gate, inputs, upstream)
    return with_forgotten_self(report, where, gate)


def with_forgotten_self(report, where, gate):
    """A ✗ report says so if backward reads an argument of forward without `self.`."""
    names = [] if report else forgotten_self(gate)
    if not names:
        return report
    line = sentence("forgot_self", where=where, names=listed(names))
    lines = [report.lines[0], line, because("forgot_self")]
    return Report(WRONG, lines, "forgot_self", report.rows)


def gate_report(where, gate, inputs, upstream=None, slots=None):
    """The check of a gate that the report calls `where`; `slots` are the inputs that matter."""
    if not inputs:
        return Report(WRONG, [sentence("no_inputs", where=where)], "no_inputs")
    tried = TriedGate(gate)
    inputs = tried.numbers(inputs)
    if (count := sum(map(np.size, inputs))) > MOST:
        return Report(KINK, [sentence("too_large", where=where, count=count)], "too_large")
    if is_random(tried, inputs):
        return Report(KINK, [sentence("gate_random", where=where), because("random")], "random")
    trials = trials_of(tried, inputs, upstream)
    names = tried.all_names(inputs)
    slots = range(len(inputs)) if slots is None else slots
    rows = [gate_row(t, k, names[k]) for t in trials for k in slots]
    for trial in trials:
        for slot in slots:
            index = trial.wrong_entry(slot)
            if index is not None:
                return gate_wrong(where, trials, trial, slot, index, rows)
    if (tie := wrong_tie(tried, trials)) is not None:
        numbers = sentence("tie", **pair(*tie))
        verdict = sentence("gradient_wrong", where=where, name=listed(names))
        return Report(WRONG, [verdict, numbers, because("tie")], "tie", rows)
    return gate_not_wrong(where, trials, slots, names, rows)


def is_random(tried, inputs):
    """Does forward give another answer for the same inputs?"""
    first, *others = [tried.forward(tried.fresh(), inputs) for _ in range(8)]
    return not all(np.array_equal(first, other, equal_nan=True) for other in others)


def wrong_tie(tried, trials):
    """`(sum of the shares, upstream)` where a max gate sends too much, or too little, at a tie."""
    if len(trials[0].inputs) != 2 or not all(is_max(t.reading(0).uses[0]) for t in trials):
        return None
    x, upstream = trials[0].inputs[0], trials[0].upstream
    gate = tried.fresh()
    if values.shape(tried.forward(gate, [x, x])) != values.shape(upstream):
        return None
    sent = sum(tried.backward(gate, upstream, [x, x]))
    return None if nearly(sent, upstream) else (np.ravel(sent)[0], np.ravel(upstream)[0])


def gate_row(trial, slot, name):
    """One comparison of a gate's gradient."""
    mark = mark_of(trial.slopes[slot], trial.wrong_entry(slot))
    return Row(name, trial.yours[slot], trial.truth(slot), mark)


def gate_wrong(where, trials, trial, slot, index, rows):
    """The report on a gate whose gradient differs at one entry of one input."""
    reason = gate_reason(trials, slot)
    name = trial.tried.all_names(trial.inputs)[slot]
    verdict = sentence("gradient_wrong", where=where, name=name)
    numbers = gate_numbers(trial, slot, index, name)
    return Report(WRONG, [verdict, numbers, because(reason)], reason, rows)


def gate_numbers(trial, slot, index, name):
    """The line with yours and what a nudge measures."""
    yours, value = trial.yours[slot], trial.inputs[slot]
    if values.shape(yours) != values.shape(value):
        return sentence("shapes", yours=values.shape(yours), truth=values.shape(value))
    truth = trial.slopes[slot][index].value
    if index or np.ndim(trial.upstream) or any(map(np.ndim, trial.inputs)):
        return sentence("measured_entry", entry=entry(name, index), **pair(yours, truth, index))
    names = trial.tried.all_names(trial.inputs)
    inputs = ", ".join(f"{n} = {short(x)}" for n, x in zip(names, trial.inputs, strict=True))
    facts = pair(yours, truth, index)
    return sentence("measured_at", inputs=inputs, upstream=short(trial.upstream), **facts)


def gate_not_wrong(where, trials, slots, names, rows):
    """✓, or △ where the point given is a kink."""
    given = [t for t in trials if t.is_given]
    for trial in given:
        for slot in slots:
            if trial.has_kink(slot):
                line = kink_line(trial.slopes[slot], trial.yours[slot])
                return Report(KINK, [sentence("gate_kink", where=where), line], "kink", rows)
    measured = [k for k in slots if any(t.slopes[k] and t.is_smooth(k) for t in given)]
    if not measured:
        return Report(KINK, [sentence("gate_unmeasured", where=where)], "unmeasured", rows)
    which = listed(names[k] for k in measured)
    return Report(RIGHT, [sentence("gate_right", where=where, names=which)], None, rows)


def gate_reason(trials, slot):
    """The known mistake that explains this input's gradient in every trial, or the two."""
    clear = [t for t in trials if t.is_smooth(slot)]
    if memory_is_wrong(clear, slot):
        return "stale_cache"
    if reason := both(codes_that_fit(clear, slot)):
        return reason
    if any(values.shape(t.yours[slot]) != values.shape(t.inputs[slot]) for t in clear):
        return "wrong_shape"
    is_local = bool(clear) and all(t.depends_entry_by_entry(slot) for t in clear)
    return "wrong_local" if is_local else None


def codes_that_fit(trials, slot):
    """The codes of all mistakes that give this gradient in every trial."""
    points = [trial.reading(slot) for trial in trials]
    for mistake in in_play(rows_of_a_gradient(points), points) if points else []:
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


def nearly(yours, number):
    """Equal as far as measured numbers can tell."""
    if values.shape(yours) != values.shape(number):
        return False
    return bool(np.allclose(yours, number, rtol=1e-4, atol=1e-7))


# ── a graph ──────────────────────────────────────────────────────────────────────────────────────


def check_gradients(graph, upstream=None):
    """Compare a graph's backward with what nudges of its inputs measure.

    Tried here, and at a point nearby with another upstream gradient; in large arrays 40 entries are
    nudged. If a gate is at fault, the report names it. The graph is left as it was. An output that
    is an array may have its `upstream`. Returns a Report; never raises.
    """
    report = safely("check_gradients", graph_report, graph, upstream)
    for gate in [] if report else getattr(graph, "nodes", []):
        if isinstance(gate, Gate) and not gate.is_ours:
            report = with_forgotten_self(report, graph.name_of(gate), gate)
    return report


def graph_report(graph, upstream):
    """The check of a graph."""
    graph_expected(graph, "check_gradients")
    upstream = graph_upstream(graph, upstream)
    rows = []
    with widened(graph):
        here = {name: node.value for name, node in graph.inputs.items()}
        near = dict(zip(here, other_points(list(here.values()))[1], strict=True))
        for point, scale in ((here, 1.0), (near, -1.5)):
            found = graph_rows(graph, point, wide(scale * upstream))
            wrong = next((row for row in found if row.mark == WRONG), None)
            if wrong is not None:
                return graph_wrong(graph, wrong, [*rows, *found])
            rows += found if point is here else []
        suspect = next((r for r in students_gates(graph) if not r), None)
    return graph_not_wrong(graph, rows) if suspect is None else suspect


def students_gates(graph):
    """A check of every gate that is not of this package: a mistake may hide at this point."""
    return (gate_in_graph(graph, gate) for gate in graph.nodes if asks(gate) and not gate.is_ours)


def graph_upstream(graph, upstream):
    """The upstream asked for; for an array without one, different numbers for its entries."""
    shape = values.shape(graph.output.value)
    if upstream is None and shape:
        return different(shape)
    return weights_for(graph, upstream)


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
        wrong = wrong_entry(measured, grads[name], value)
        rows.append(Row(name, grads[name], measured, mark_of(measured, wrong)))
    graph.forward(**point)
    graph.backward(upstream)
    return rows


def sampled(value):
    """The indices of at most SAMPLE entries, spread over the array."""
    indices = list(np.ndindex(values.shape(value)))
    if len(indices) <= SAMPLE:
        return indices
    chosen = np.random.default_rng(4).choice(len(indices), SAMPLE, replace=False)
    return [indices[k] for k in sorted(chosen)]


def graph_wrong(graph, row, rows):
    """The report on the gate that is at fault, nearest to the output; or on the input."""
    here = [gate_in_graph(graph, gate) for gate in reversed(graph.nodes) if asks(gate)]
    for report in here:
        if not report:
            return report
    kinked = [r for r in here if r.reason == "kink"]
    lines = [sentence("gradient_wrong", where=graph.name_of(graph.output), name=row.name)]
    index = wrong_entry(row.measured, row.yours, graph.inputs[row.name].value)
    facts = pair(row.yours, row.measured[index].value, index)
    lines.append(sentence("measured_entry", entry=entry(row.name, index), **facts))
    if kinked:
        return Report(KINK, [sentence("graph_kink", names=row.name), lines[1]], "kink", rows)
    return Report(WRONG, [*lines, because(None)], None, rows)


def asks(node):
    """A gate that takes part in the backward pass."""
    return isinstance(node, Gate) and node.wants_grad and node.grad is not None


def gate_in_graph(graph, gate):
    """The check of one gate of a graph at its own values, with its own upstream gradient."""
    where = f"{graph.name_of(gate)} ({type(gate).__name__})"
    inputs = [node.value for node in gate.inputs]
    slots = [k for k, node in enumerate(gate.inputs) if node.wants_grad]
    upstream = gate.grad if np.any(gate.grad) else None
    report = safely(where, gate_report, where, gate, inputs, upstream, slots)
    return with_forgotten_self(report, where, gate)


def graph_not_wrong(graph, rows):
    """✓, or △ for the inputs that are at a kink, or that nudges could not measure."""
    doubtful = {row.name: row for row in rows if row.mark == KINK}
    at_kinks = {
        name: row
        for name, row in doubtful.items()
        if any(slope.is_kink for slope in row.measured.values())
    }
    if doubtful and not at_kinks:
        line = sentence("graph_unmeasured", names=listed(doubtful))
        return Report(KINK, [line], "unmeasured", rows)
    if at_kinks:
        row = next(iter(at_kinks.values()))
        lines = [sentence("graph_kink", names=listed(at_kinks)), kink_line(row.measured, row.yours)]
        return Report(KINK, lines, "kink", rows)
    if not rows:
        line = sentence("gate_unmeasured", where=graph.name_of(graph.output))
        return Report(KINK, [line], "unmeasured")
    return Report(RIGHT, [sentence("graph_right", names=listed(graph.inputs))], None, rows)
