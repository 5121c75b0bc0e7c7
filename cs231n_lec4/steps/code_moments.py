"""The steps of a graph that only Python can compute: each gate's own lines of the flat code.

They have the same form as those of `moments.py`; in place of a formula a row holds `code` and
`shapes`. The holes of its sentence are `value` and `gradient`: what stands on the wire.
"""

from .. import words
from ..engine import values
from ..engine.gate import Gate
from ..flat import FlatCode
from ..flat.lines import names_in
from ..flat.program import is_scalar
from . import formulas
from .moments import backward_order, places, steps_of


def passes_of(graph, program, loss=None):
    """`(steps, outline)` of any graph: with formulas where every number is a single one, else with
    lines of code. The outline names the shares in them, as a program does."""
    if program is not None and is_scalar(program):
        return steps_of(graph, program, loss), program
    return code_steps_of(graph)


def code_steps_of(graph):
    """`(steps, outline)`: the moments of the two passes, and the names that tell shares apart."""
    flat, outline = FlatCode(graph), outline_of(graph)
    gates = [k for k, node in enumerate(graph.nodes) if isinstance(node, Gate) and node.wants_grad]
    steps = [forward_step(graph, flat, k) for k in gates]
    if graph.output.wants_grad:
        steps.append(start_step(graph, flat))
        steps += [
            backward_step(graph, flat, outline, place)
            if kind == "backward"
            else sum_step(graph, flat, place)
            for kind, place in backward_order(graph, outline)
        ]
    for step in steps:
        for row in step["rows"]:
            row["text"] = text_of(graph, step["kind"], row)
    return steps, outline


def text_of(graph, kind, row):
    """A row as a sentence: its code, and what stands on the wire."""
    keys = [key for key in ("node", "of", "to", "through") if key in row]
    facts = {key: graph.names[graph.nodes[row[key]]] for key in keys}
    facts |= {side: formulas.hole(side) for side in ("value", "gradient")}
    return formulas.sentence(words.CODE_STEPS, kind, code=row["code"], **facts)


def outline_of(graph):
    """What `shown_from` asks of a program: a name for every share."""
    shares = {
        str(k): [f"{k}_{slot}" if x.wants_grad else None for slot, x in enumerate(node.inputs)]
        for k, node in enumerate(graph.nodes)
        if isinstance(node, Gate)
    }
    return {"shares": shares}


def forward_step(graph, flat, k):
    """The lines that compute one gate's value."""
    node = graph.nodes[k]
    lines = [line for line in flat.lines if line.gate is node and not line.backward]
    return {"kind": "forward", "node": k, "rows": [{"node": k, **code_row(flat, lines)}]}


def start_step(graph, flat):
    """The gradient of the output with respect to itself; of an array's sum, ones."""
    output = len(graph.nodes) - 1
    grad, shape = flat.grad_name[graph.output], values.shape(graph.output.value)
    row = {
        "code": f"{grad} = ones({shape})" if shape else f"{grad} = 1.0",
        "shapes": [[grad, str(shape)]],
    }
    return {"kind": "start", "node": output, "rows": [{"of": output, "to": output, **row}]}


def backward_step(graph, flat, outline, k):
    """One row for each input: the line that computes its share of the gradient."""
    gate = graph.nodes[k]
    lines = [line for line in flat.lines if line.gate is gate and line.backward]
    rows = []
    for slot, node in enumerate(gate.inputs):
        if not node.wants_grad:
            continue
        own = [line for line in lines if line.slot == slot or (line.slot is None and not rows)]
        row = {"of": len(graph.nodes) - 1, "to": places(graph)[node], "through": k, "slot": slot}
        rows.append({**row, "downstream": outline["shares"][str(k)][slot], **code_row(flat, own)})
    return {"kind": "backward", "node": k, "rows": rows}


def sum_step(graph, flat, place):
    """The lines that add up the shares of a wire that branches."""
    target = flat.grad_name[graph.nodes[place]]
    lines = [line for line in flat.lines if line.target == target]
    row = {"of": len(graph.nodes) - 1, "to": place, **code_row(flat, lines)}
    return {"kind": "sum", "node": place, "rows": [row]}


def code_row(flat, lines):
    """Lines as text, and the shape of every array they name."""
    shapes = {name: values.shape(node.value) for node, name in flat.value_name.items()}
    shapes |= {name: values.shape(node.value) for node, name in flat.grad_name.items()}
    named = dict.fromkeys(n for x in lines for n in (x.target, *names_in(x.expression)))
    code = "\n".join(map(flat.as_text, lines))
    return {"code": code, "shapes": [[name, str(shapes[name])] for name in named if name in shapes]}
