"""Measure the package against its peers and write `bench/results.md`.

python run.py bench            everything that needs no browser
python run.py bench --short    what CI runs: no ratio may be far above its goal, or its last result
python bench/latency.py        slider to screen, in a real JupyterLab
"""

import platform
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results.md"
SLACK = 1.25
sys.path.insert(0, str(ROOT))

from bench.measure import settle  # noqa: E402


def main(words):
    """Run all comparisons, those named, or the short ones; write or judge the table."""
    settle()
    from bench import cases, peers

    short = "--short" in words
    chosen = [case for case in cases.ALL if case.__name__ in words] or cases.ALL
    rows = []
    for case in cases.SHORT if short else chosen:
        for one in case():
            rows.append(one)
            print(line(one), flush=True)
    if short:
        sys.exit("\n".join(slower(rows, RESULTS.read_text(encoding="utf-8"))) or 0)
    if chosen == cases.ALL:
        RESULTS.write_text(table(rows, peers.versions()), encoding="utf-8")


def slower(rows, results):
    """A sentence for every ratio above 1.25 × its goal and 1.25 × its last written result."""
    known = {
        tuple(found[:2]): float(found[2]) for found in map(cells, results.splitlines()) if found
    }
    for work, against, found, goal in rows:
        most = SLACK * max(goal, known.get((work, against), 0.0))
        if found is not None and found[-1] > most:
            yield f"{work}, against {against}: {found[-1]:.3g}, and {most:.3g} is the most"


def cells(text):
    """Work, peer and the fastest ratio of a line of the table; None for any other line."""
    found = re.fullmatch(r"\| (.+?) \| (.+?) \| .* \| ([\d.e-]+) \| .*", text)
    return found and found.groups()


def table(rows, versions):
    """The results as Markdown."""
    known = ", ".join(f"{name} {version}" for name, version in versions.items())
    head = [
        "# Measured side by side",
        "",
        "Ratios, ours / theirs; below the goal is good. One process, one thread, cases in turn.",
        "*Fastest* and *median* of rounds of 50 ms; *undisturbed*: a fast one of rounds of 1 ms.",
        "Made by `python run.py bench`; a missing peer is named.",
        "",
        f"Python {platform.python_version()}, {known}.",
        "",
        "| work | against | fastest | median | undisturbed | goal |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(line, rows)]) + "\n"


def line(one):
    """One row of the table."""
    work, against, found, goal = one
    if found is None:
        return f"| {work} | {against} | not installed | | | ≤ {goal} |"
    ratios = " | ".join(f"{value:.3g}" for value in found)
    return f"| {work} | {against} | {ratios} | ≤ {goal} |"


if __name__ == "__main__":
    main(sys.argv[1:])
