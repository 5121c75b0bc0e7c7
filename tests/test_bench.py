"""The package against its peers, in short: ratios only, with slack."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.run import line, slower, table  # noqa: E402

ROW = ("(x + y) z", "micrograd", (0.7, 0.9, 0.8), 0.45)


def test_no_ratio_is_far_above_its_goal_or_its_last_result():
    command = [sys.executable, "bench/run.py", "--short"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("|") > 50


@pytest.mark.parametrize(
    ("ratio", "result", "is_slower"),
    [(0.5, "", False), (0.6, "", True), (0.9, line(ROW), False), (1.1, line(ROW), True)],
)
def test_a_ratio_is_held_against_its_goal_and_its_last_result(ratio, result, is_slower):
    rows = [(*ROW[:2], (0.1, 0.2, ratio), ROW[3])]
    assert bool(list(slower(rows, result))) == is_slower


def test_a_peer_that_is_missing_is_named_and_judged_by_nobody():
    rows = [("(x + y) z", "micrograd", None, 0.45)]
    assert "micrograd | not installed" in table(rows, {"micrograd": "not installed"})
    assert list(slower(rows, table(rows, {}))) == []
