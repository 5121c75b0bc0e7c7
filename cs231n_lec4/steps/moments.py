"""The two passes cut into moments: one gate at a time, forward and then backward.

A step says which gate works, and holds its formula as trees of the browser's program (`flat.py`).
The picture, the sentence under it and the text versions here read the same list, so they cannot
disagree.
"""

from .. import words
from ..engine.gate import Gate
from ..flat.trees import expanded
from ..words.digits import number


def steps_of(graph, program):
    """The steps of a scalar graph: a list of dictionaries, in the order in which things happen.

    - `forward`: a gate computes its value.
    - `start`: the gradient of the output with respect to itself is 1.
    - `backward`: a gate multiplies the upstream gradient by each local gradient (slides 24-29).
    - `sum`: the shares of a wire that branches are added (slide 51).
    """
    gates = [k for k, node in enumerate(graph.nodes) if isinstance(node, Gate) and node.wants_grad]
    trees, place = dict(program["lines"]), places(graph)
    output = len(graph.nodes) - 1
    steps = [forward_step(graph, program, trees, k, place) for k in gates]
    if not graph.output.wants_grad:
        return steps
    steps.append({"kind": "start", "node": output, "rows": [{"of": output, "to": output}]})
    shares = shares_by_node(graph, program)
    for kind, k in backward_order(graph, program):
        if kind == "backward":
            steps.append(backward_step(graph, program, trees, k, place))
        else:
            steps.append(sum_step(program, graph, k, shares[k]))
    return steps


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


def forward_step(graph, program, trees, k, place):
    """The gate's own line. A rule with cases is shown by the gate's name: `max(z, w)`."""
    tree = expanded(trees[program["values"][k]], program, trees)
    if has_cases(tree):
        inputs = [program["values"][place[node]] for node in graph.nodes[k].inputs]
        tree = ["call", graph.nodes[k].symbol, *inputs]
    return {"kind": "forward", "node": k, "rows": [{"node": k, "tree": tree}]}


def backward_step(graph, program, trees, k, place=None):
    """One row for each input: upstream, local, downstream."""
    rows, place = [], place or places(graph)
    for slot, share in enumerate(program["shares"][str(k)]):
        if share is None:
            continue
        tree = expanded(trees[share], program, trees)
        upstream = program["grads"][k]
        rows.append(
            {
                "of": len(graph.nodes) - 1,
                "to": place[graph.nodes[k].inputs[slot]],
                "through": k,
                "slot": slot,
                "upstream": upstream,
                "local": local_of(tree, upstream),
                "downstream": share,
                "tree": tree,
            }
        )
    return {"kind": "backward", "node": k, "rows": rows}


def sum_step(program, graph, node, shares):
    """All shares of a wire that branches, and their sum."""
    row = {
        "of": len(graph.nodes) - 1,
        "to": node,
        "shares": shares,
        "total": program["grads"][node],
    }
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
        known = [share[name] for name in names if name in share]
        gradient = gradient or (max(known) if known else None)
        found[wire["id"]] = [forward.get(node, 0), gradient]
    return found


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


# ── text ─────────────────────────────────────────────────────────────────────────────────────────

BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}
SIGNS = {"+": " + ", "-": " − ", "*": " · ", "/": " / ", "**": "^"}


def tree_text(tree, name_or_number, binds=0):
    """A tree as text, every name replaced by `name_or_number(name)`; negatives stand in
    brackets."""
    if isinstance(tree, list) and tree[0] == "number":
        tree = float(tree[1])
    if not isinstance(tree, list):
        text = name_or_number(tree)
        return f"({text})" if text.startswith("−") and binds else text
    operation, *parts = tree
    if operation in SIGNS:
        own = BINDS[operation]
        left = tree_text(parts[0], name_or_number, own + (operation == "**"))
        if operation == "**" and left[0].isdigit() and "e" in left:
            left = f"({left})"  # (9e−5)^2
        right = tree_text(parts[1], name_or_number, own + (operation in "-/**"))
        text = left + SIGNS[operation] + right
        return f"({text})" if own < binds else text
    if operation == "neg":
        text = "−" + tree_text(parts[0], name_or_number, 3)
        return f"({text})" if binds else text
    if operation == "call":
        operation, *parts = parts
    return f"{operation}({', '.join(tree_text(part, name_or_number) for part in parts)})"


def step_texts(graph, program, steps, digits=2):
    """One text a step, with names and numbers, for a screen reader and for saved notebooks."""
    numbers = numbers_of(graph, program)

    def named(tree):
        return tree if isinstance(tree, str) else number(tree, digits)

    def counted(tree):
        return number(numbers[tree] if isinstance(tree, str) else tree, digits)

    return [
        "\n".join(sentence(graph, step["kind"], row, named, counted) for row in step["rows"])
        for step in steps
    ]


def numbers_of(graph, program):
    """The number behind every name of the program, from the graph's own two passes."""
    found = {}
    for k, node in enumerate(graph.nodes):
        names = program["values"][k], program["grads"][k]
        both = zip(names, (node.value, node.grad), strict=True)
        found |= {name: number for name, number in both if isinstance(name, str)}
        if isinstance(node, Gate):
            found |= zip(program["shares"][str(k)], graph.shares(node), strict=True)
    return found


def sentence(graph, kind, row, named, counted):
    """One row of one step as a sentence."""
    facts = {key: graph.name_of(graph.nodes[row[key]]) for key in KEYS if key in row}
    if kind == "forward":
        facts |= {
            "formula": tree_text(row["tree"], named),
            "numbers": tree_text(row["tree"], counted),
        }
        facts["value"] = counted(graph.nodes[row["node"]].value)
    if kind == "backward":
        facts |= {"numbers": tree_text(row["tree"], counted), "value": counted(row["downstream"])}
        if row["local"] is not None:
            local = counted(local_number(graph.nodes[row["through"]], row["slot"]))
            facts["numbers"] = f"{bracketed(counted(row['upstream']))} · {bracketed(local)}"
    if kind == "sum":
        shares = [bracketed(counted(share)) for share in row["shares"]]
        facts |= {"numbers": " + ".join(shares), "value": counted(row["total"])}
    return words.STEPS[kind].format(**facts)


KEYS = ("node", "of", "to", "through")


def local_number(gate, slot):
    """The local gradient as a number: what the gate hands down when 1 comes from upstream."""
    upstream, gate.grad = gate.grad, 1.0
    try:
        return gate.downstream()[slot]
    finally:
        gate.grad = upstream


def bracketed(text):
    """Brackets round a negative number."""
    return f"({text})" if text.startswith("−") else text
