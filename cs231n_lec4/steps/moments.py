"""The two passes cut into moments: one gate at a time, forward and then backward.

A step says which gate works, and what is written of it: sentences and formulas with holes
(`formulas.py`), filled with numbers by the browser and by `step_texts`.
"""

from ..engine.gate import Gate
from ..flat.program import evaluate, run_program, whole_trees
from . import formulas


def steps_of(graph, program, loss=None):
    """The steps of a scalar graph: a list of dictionaries, in the order in which things happen.

    - `forward`: a gate computes its value.
    - `start`: the gradient of the output with respect to itself is 1.
    - `backward`: a gate multiplies the upstream gradient by each local gradient (slides 24-29).
    - `sum`: the shares of a wire that branches are added (slide 51).

    `loss` is the name of what the gradients are of; without it, the output's own.
    """
    gates = [k for k, node in enumerate(graph.nodes) if isinstance(node, Gate) and node.wants_grad]
    trees, output = whole_trees(program), len(graph.nodes) - 1
    of = loss or graph.names[graph.output]
    steps = [forward_step(graph, program, trees, k) for k in gates]
    if not graph.output.wants_grad:
        return steps
    start = {"of": output, "to": output, **formulas.start_row(graph.names[graph.output])}
    steps.append({"kind": "start", "node": output, "rows": [start]})
    shares = shares_by_node(graph, program)
    for kind, k in backward_order(graph, program):
        if kind == "backward":
            steps.append(backward_step(graph, program, trees, k, of))
        else:
            steps.append(sum_step(graph, program, k, shares[k], of))
    return steps


def step_texts(steps, program, inputs):
    """One text a step, with names and numbers, for a screen reader and for saved notebooks."""
    numbers = run_program(program, inputs)

    def look(tree):
        return evaluate(tree, numbers)

    return ["\n".join(formulas.filled(row["text"], look) for row in step["rows"]) for step in steps]


def backward_order(graph, program):
    """`("backward", gate)` in reverse topological order, and `("sum", node)` once all shares are
    there."""
    shares, place = shares_by_node(graph, program), places(graph)
    order = []
    for k in sorted(map(int, program["shares"]), reverse=True):
        gate = graph.nodes[k]
        if not gate.wants_grad:
            continue
        order.append(("backward", k))
        for node in dict.fromkeys(place[n] for n in gate.inputs):
            own = shares.get(node, [])
            if len(own) > 1 and own[-1] in program["shares"][str(k)]:
                order.append(("sum", node))
    return order


def places(graph):
    """Each node's place in `graph.nodes`."""
    return {node: k for k, node in enumerate(graph.nodes)}


def forward_step(graph, program, trees, k):
    """The gate's own line. A rule with cases is shown by the gate's name: `max(z, w)`."""
    value, gate, place = program["values"][k], graph.nodes[k], places(graph)
    tree = trees[value]
    if has_cases(tree):
        tree = ["call", gate.symbol, *(program["values"][place[node]] for node in gate.inputs)]
    row = {"node": k, **formulas.forward_row(graph.names[gate], tree, value)}
    return {"kind": "forward", "node": k, "rows": [row]}


def backward_step(graph, program, trees, k, of):
    """One row for each input: upstream · local = downstream."""
    through, rows = graph.names[graph.nodes[k]], []
    for factors in factors_of(graph, program, trees, k):
        to = graph.names[graph.nodes[factors["to"]]]
        own = {
            "of": len(graph.nodes) - 1,
            **{key: factors[key] for key in ("to", "slot", "downstream")},
        }
        rows.append({**own, **formulas.backward_row(of, to, through, factors)})
    return {"kind": "backward", "node": k, "rows": rows}


def factors_of(graph, program, trees, k):
    """For each input of gate `k` that wants a gradient: its upstream, local and downstream."""
    gate, place, upstream = graph.nodes[k], places(graph), program["grads"][k]
    shares = program["shares"][str(k)]
    found = {slot: trees[share] for slot, share in enumerate(shares) if share}
    return [
        {
            "to": place[gate.inputs[slot]],
            "through": k,
            "slot": slot,
            "upstream": upstream,
            "local": local_of(tree, upstream),
            "downstream": shares[slot],
            "tree": tree,
        }
        for slot, tree in found.items()
    ]


def sum_step(graph, program, node, shares, of):
    """All shares of a wire that branches, and their sum."""
    row = formulas.sum_row(of, graph.names[graph.nodes[node]], shares, program["grads"][node])
    row = {"of": len(graph.nodes) - 1, "to": node, **row}
    return {"kind": "sum", "node": node, "rows": [row]}


def shares_by_node(graph, program):
    """`{node: names of its shares}`, in the order in which the backward pass computes them."""
    place, found = places(graph), {}
    for k in sorted(map(int, program["shares"]), reverse=True):
        for node, share in zip(graph.nodes[k].inputs, program["shares"][str(k)], strict=True):
            if share is not None:
                found.setdefault(place[node], []).append(share)
    return found


def shown_from(graph, program, wires, steps):
    """For each wire, the step at which its value and its gradient are first known.

    Step 0 is the beginning: only the inputs have values. A gradient that never comes has None.
    """
    forward = {s["node"]: t for t, s in enumerate(steps, 1) if s["kind"] == "forward"}
    share = {
        row["downstream"]: t
        for t, s in enumerate(steps, 1)
        if s["kind"] == "backward"
        for row in s["rows"]
    }
    total = {s["node"]: t for t, s in enumerate(steps, 1) if s["kind"] in ("sum", "start")}
    shares, found = shares_by_node(graph, program), {}
    for wire in wires:
        node = wire["node"]
        names = shares.get(node, [])
        if wire["role"] == "branch":
            names = [program["shares"][str(wire["gate"])][wire["slot"]]]
        gradient = total.get(node) if wire["role"] == "wire" else None
        known = [share[name] for name in names if name is not None]
        gradient = gradient or (max(known) if known else None)
        found[wire["id"]] = [forward.get(node, 0), gradient]
    return found


def flow_of(graph, outline, wires, steps):
    """What *Backward* runs through, and at which of its moves each wire gets its gradient."""
    moves = backward_moves(steps)
    shown = shown_from(graph, outline, wires, moves)
    return {"moves": moves, "known": {wire: gradient for wire, (_, gradient) in shown.items()}}


def backward_moves(steps):
    """The steps of backward as movements need them: without what is written of them in MathML."""
    return [
        {**step, "rows": [{key: row[key] for key in row if key != "math"} for row in step["rows"]]}
        for step in steps
        if step["kind"] != "forward"
    ]


# ── trees ────────────────────────────────────────────────────────────────────────────────────────


def has_cases(tree):
    """Does the tree choose between two values, or compare?"""
    if not isinstance(tree, list):
        return False
    return tree[0] in ("if", "and", "or", "not", *COMPARISONS) or any(map(has_cases, tree[1:]))


COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def local_of(tree, upstream):
    """The local gradient: what the upstream gradient is multiplied by. None if it is not
    multiplied."""
    if tree == upstream:
        return 1.0
    match tree:
        case ["neg", part]:
            return negative(local_of(part, upstream))
        case ["*", left, right] if not mentions(left, upstream):
            return product(left, local_of(right, upstream))
        case ["*", left, right] if not mentions(right, upstream):
            return product(local_of(left, upstream), right)
        case ["/", top, bottom] if not mentions(bottom, upstream):
            part = local_of(top, upstream)
            return None if part is None else ["/", part, bottom]
        case ["if", condition, yes, no] if not mentions(condition, upstream):
            parts = [0.0 if x == 0.0 else local_of(x, upstream) for x in (yes, no)]
            return None if None in parts else ["if", condition, *parts]
    return None


def mentions(tree, name):
    """Does the tree use the name?"""
    return tree == name or (isinstance(tree, list) and any(mentions(t, name) for t in tree[1:]))


def product(left, right):
    """left · right, without a factor 1."""
    if left is None or right is None:
        return None
    if left == 1.0 or right == 1.0:
        return right if left == 1.0 else left
    return ["*", left, right]


def negative(part):
    """Minus part."""
    if part is None:
        return None
    return -part if isinstance(part, float) else ["neg", part]
