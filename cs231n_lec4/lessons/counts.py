"""The counts of a net with their sums written out, as rows and as text (slide 97)."""

from itertools import pairwise

from .. import words
from ..words.digits import grouped
from .networks import count_of


def count_rows(sizes, shown=True):
    """`{row: (the sum, its total)}`: ("3 × 4 + 4 × 2", "20"). Not `shown`, they are "?"."""
    if not shown:
        return dict.fromkeys(words.NET_VIEW["rows"], (words.NET_VIEW["unknown"],) * 2)
    count = count_of(*sizes)
    units = " + ".join(map(grouped, sizes[1:]))
    products = " + ".join(f"{grouped(into)} × {grouped(out)}" for into, out in pairwise(sizes))
    return {
        "neurons": (units, grouped(count.neurons)),
        "weights": (products, grouped(count.weights)),
        "biases": (units, grouped(count.biases)),
        "parameters": (
            f"{grouped(count.weights)} + {grouped(count.biases)}",
            grouped(count.parameters),
        ),
    }


def count_text(sizes, rows):
    """The same as text: the net's name, then a line for each row."""
    text = words.NET_VIEW
    lines = [text["first_line"].format(sizes="-".join(map(str, sizes)), name=net_name(sizes, rows))]
    for name, (total_of, total) in rows.items():
        line = text["line" if total_of != total else "short_line"]
        facts = {"row": text["rows"][name], "sum": total_of, "total": total}
        lines.append(line.format(**facts, note=text["notes"][name]))
    return "\n".join(lines)


def net_name(sizes, rows):
    """A 2-layer net = a 1-hidden-layer net. Where the counts are hidden, these are hidden too."""
    text, unknown = words.NET_VIEW, words.NET_VIEW["unknown"]
    if rows["neurons"][1] == unknown:
        return text["named"].format(layers=unknown, hidden=unknown)
    kind = "named_linear" if len(sizes) == 2 else "named"
    return text[kind].format(layers=len(sizes) - 1, hidden=len(sizes) - 2)
