"""What is printed can be printed on any console: that of Windows in Korea has no ✓."""

import os
import subprocess
import sys

import numpy as np
import pytest

from cs231n_lec4 import language
from cs231n_lec4.lessons.checks.check_lab import StepTable
from cs231n_lec4.lessons.own_engine import ThreeWays
from cs231n_lec4.words.console import columns

CODE = """
import numpy as np
from cs231n_lec4 import *
from cs231n_lec4.lessons.checks.check_lab import StepTable
from cs231n_lec4.live.setup import check_setup
print(check_gate(MultiplyGate, 3.0, -4.0))
print(check_gate(AddGate, 3.0))
print(check_gradients(parse("max(x, y)", x=1, y=1)))
print(check_setup())
print(draw(parse("x * 2 - 5", x=1)))
print(StepTable(sigmoid, 1.0, 0.2))
print(show_code(MultiplyGate))
for wrong in ("2x", "w0x0", "x*€"):
    try:
        parse(wrong, w0=1, x0=2)
    except GraphError as error:
        print(error)
"""


@pytest.mark.parametrize(
    ("encoding", "mark"), [("cp949", "OK"), ("ascii", "OK"), ("cp1252", "OK"), ("utf-8", "✓")]
)
def test_reports_tables_and_errors_print_anywhere(encoding, mark):
    surroundings = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", CODE], env=surroundings, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode(encoding)
    assert text.startswith(f"{mark} MultiplyGate: right.")
    assert "2*x" in text


@pytest.mark.parametrize("code", ["en", "ko"])
def test_the_columns_of_a_printed_table_stand_below_their_titles(code):
    language(code)
    tables = [ThreeWays((1, 5)), StepTable(np.sin, 1.0, np.cos(1.0))]
    lines = [repr(table).splitlines() for table in tables]
    language("en")
    for table in lines:
        assert len({columns(line) for line in table}) == 1, table
