"""Measure the package against its peers and write `bench/results.md`.

python run.py bench            everything that needs no browser
python bench/latency.py        slider to screen, in a real JupyterLab
"""

import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import settle  # noqa: E402


def main(names):
    """Run all comparisons, or those named, and write the table."""
    settle()
    from bench import cases, peers

    chosen = [case for case in cases.ALL if not names or case.__name__ in names]
    rows = []
    for case in chosen:
        found = case()
        rows += found
        for one in found:
            print(line(one), flush=True)
    if not names:
        (ROOT / "bench" / "results.md").write_text(table(rows, peers.versions()), encoding="utf-8")


def table(rows, versions):
    """The results as Markdown."""
    known = ", ".join(f"{name} {version}" for name, version in versions.items())
    head = [
        "# Measured side by side",
        "",
        "Ratios, ours / theirs; below the goal is good. One process, one thread, cases in turn.",
        "Made by `python run.py bench`; a missing peer is named.",
        "",
        f"Python {platform.python_version()}, {known}.",
        "",
        "| work | against | fastest | median | goal |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(line, rows)]) + "\n"


def line(one):
    """One row of the table."""
    work, against, found, goal = one
    if found is None:
        return f"| {work} | {against} | not installed | | ≤ {goal} |"
    fastest, median = (f"{value:.3g}" for value in found)
    return f"| {work} | {against} | {fastest} | {median} | ≤ {goal} |"


if __name__ == "__main__":
    main(sys.argv[1:])
