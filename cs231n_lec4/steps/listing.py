"""The flat code beside the steps: each line knows its gate, so that both can light together."""

import re

from ..flat import FlatCode
from .moments import places

TOKEN = re.compile(r"([A-Za-z_]\w*|\d+(?:\.\d*)?(?:e-?\d+)?)")  # a name or a number


def listing_of(graph, steps):
    """The lines, each `{"pass", "node", "slot", "into", "parts"}`.

    `node` is the gate's place, `slot` the input that a backward line belongs to, `into` the node
    whose gradient it gives. `parts` are `[text, role]`; a heading has the pass alone.
    """
    flat, place = FlatCode(graph), places(graph)
    owner = {name: place[node] for node, name in flat.grad_name.items()}
    forward = [line_of(flat, place, owner, line) for line in flat.lines if not line.backward]
    backward = [line_of(flat, place, owner, line) for line in flat.lines if line.backward]
    update = [
        {
            "pass": "update",
            "node": row["to"],
            "slot": None,
            "into": None,
            "parts": [[row["code"], ""]],
        }
        for step in steps
        if step["kind"] == "update"
        for row in step["rows"]
    ]
    passes = {"forward": forward, "backward": backward, "update": update}
    return [line for name, lines in passes.items() if lines for line in ({"pass": name}, *lines)]


def line_of(flat, place, owner, line):
    """One line. The first of backward belongs to the output."""
    target, sign, rest = re.split(r"( \+?= )", flat.as_text(line), maxsplit=1)
    upstream = flat.grad_name.get(line.gate) if line.backward else None
    return {
        "pass": pass_of(line),
        "node": owner.get(line.target) if line.gate is None else place[line.gate],
        "slot": line.slot,
        "into": owner.get(line.target),
        "parts": [[target + sign, ""], *parts_of(rest, upstream)],
    }


def pass_of(line):
    """The kind of step that the line belongs to."""
    if not line.backward:
        return "forward"
    return "start" if line.gate is None else "backward"


def parts_of(text, upstream):
    """The text cut at its names and numbers; of a backward line, which are upstream and which
    local."""
    if upstream is None:
        return [[text, ""]]
    roles = {upstream: "upstream"}
    pieces = enumerate(TOKEN.split(text))  # every other one is a token
    return [[piece, roles.get(piece, "local") if k % 2 else ""] for k, piece in pieces if piece]
