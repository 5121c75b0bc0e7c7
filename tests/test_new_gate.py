"""A new gate is one class and one row in the table of test_gates.py: nothing else has to know it.

The package and its tests are copied, a SoftplusGate and one along an axis are written into the
copy, and a process of its own uses them everywhere.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

GATE = '''class SoftplusGate(Gate):
    """z = log(1 + eˣ): a ReLU without its corner."""

    formula = "log(1 + eˣ)"

    def forward(self, x):
        self.x = x
        return log(1.0 + exp(x))

    def backward(self, dz):
        dx = dz / (1.0 + exp(-self.x))
        return [dx]


'''
ROW = "    c.SoftplusGate: ((anywhere,), ONE),\n"

ALONG = '''class LogSumExpGate(Gate):
    """z = log Σ eˣ of all entries, or along an axis."""

    axis = None

    def forward(self, x):
        self.e = np.exp(x)
        self.total = np.sum(self.e, axis=self.axis)
        return np.log(self.total)

    def backward(self, dz):
        dx = self.e * repeated(dz / self.total, self.e, axis=self.axis)
        return [dx]


'''
ROW_ALONG = "    c.LogSumExpGate: ((anywhere,), {k: v for k, v in ONE.items() if k != 'empty'}),\n"

START = """
import math
import cs231n_lec4 as c
from cs231n_lec4.lessons import activations, data, networks
graph = c.parse("softplus(w * x)", w=2.0, x=-0.5)
value, slope = math.log1p(math.exp(-1.0)), 2.0 / (1.0 + math.e)
"""
USES = {  # what it is used for, and how one sees that it works there
    "formula": "assert math.isclose(graph.output.value, value)",
    "gradient": "assert math.isclose(graph.backward()['x'], slope)",
    "flat code": "assert 'log(1.0 + exp(v1))' in c.flat_code(graph)",
    "compiled": "assert c.compile_flat(graph)(w=2.0, x=-0.5) == (graph.forward(), graph.backward())",
    "picture": "assert '>Softplus<' in c.draw(graph).svg",
    "sliders": "assert c.explore(graph).program",
    "steps": "walk = c.step_through(graph); walk.place = 2\n"
    "assert walk.sentence.startswith('Forward: v2 = log(1 + exp(v1))')",
    "quiz": "assert set(c.quiz(graph).answers) == {'v1', 'x', 'w'}",
    "checks": "assert c.check_gate(c.SoftplusGate, 0.7) and c.check_gradients(graph)",
    "activation view": "assert 'Softplus: value 0.974, derivative 0.622' in repr(c.activation_view(0.5))",
    "net": "*_, last = networks.train(*data.circles(), activation='softplus', steps=50)\n"
    "assert last.loss < 0.5",
    "training view": "c.training_view(activation='softplus').step()",
    "formula along an axis": "along = c.parse('sum(log_sum_exp(x, axis=0))', x=[[1.0, 2.0], [3.0, 4.0]])",
    "gradient along it": "assert c.check_gradients(along) and c.check_gate(c.LogSumExpGate, [1.0, 2.0])",
    "picture of it": "assert '>LogSumExp axis 0<' in c.draw(along).svg",
    "sliders on it": "assert c.explore(along).program",
    "an axis that is not there": "try: c.parse('log_sum_exp(x, axis=1)', x=1.0)\n"
    "except c.GraphError as error: assert error.code == 'setting_does_not_fit'",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package and the tests of its gates, with the new gates and their rows."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "cs231n_lec4", folder / "cs231n_lec4")
    leave = shutil.ignore_patterns("browser", "notebooks", "__pycache__")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", folder)
    write_into(folder / "cs231n_lec4" / "engine" / "gates.py", GATE, "# ── functions")
    write_into(folder / "cs231n_lec4" / "engine" / "arrays.py", ALONG, "class TransposeGate")
    write_into(folder / "tests" / "engine" / "test_gates.py", ROW, "    c.EluGate:")
    write_into(folder / "tests" / "engine" / "test_gates.py", ROW_ALONG, "    c.TransposeGate:")
    return folder


def write_into(file, text, before):
    """Add a text before the only place where another one stands."""
    parts = file.read_text(encoding="utf-8").split(before)
    assert len(parts) == 2
    file.write_text(parts[0] + text + before + parts[1], encoding="utf-8")


def run(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_a_new_gate_is_used_everywhere_without_a_second_table(copy):
    done = run(copy, "-c", START + "\n".join(USES.values()) + "\nprint(c.__file__)")
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().startswith(str(copy))


def test_a_new_gate_is_tried_by_its_row_in_python_and_in_the_browsers_program(copy):
    tests = ["tests/engine/test_gates.py", "tests/flat/test_program_js.py"]
    done = run(
        copy,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "oftplus or LogSumExp or drawn",
        *tests,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert int(done.stdout.split(" passed")[0].split()[-1]) > 100


def test_a_new_gate_without_a_row_is_missed(copy):
    file = copy / "tests" / "engine" / "test_gates.py"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(ROW, ""), encoding="utf-8")
    done = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file))
    file.write_text(whole, encoding="utf-8")
    assert done.returncode != 0
    assert "no row in GATES for ['SoftplusGate']" in done.stdout
