"""What a notebook takes of a machine that forty students share, and that threads change nothing."""

import json
import os
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from notebook_tools import ROOT, name_of, paths, read, run, solve

pytestmark = pytest.mark.long

MOST = 220  # MB, of the kernel. The worker that draws takes 30 more.
# The most memory a process has ever held stands in /proc, so this runs on Linux.
PEAK = """
import pathlib
lines = pathlib.Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024)
"""

# Two trainings to their ends, and every weight that comes out.
TRAINED = """
import json
from cs231n_lec4.lessons.templates import train_animals
from cs231n_lec4.lessons.trainer import Trainer
trainer = Trainer(data="circles", hidden=4, layers=2, seed=0)
for _ in range(400):
    trainer.step()
layers = [*train_animals(), *trainer.record.net]
print(json.dumps([p.ravel().tolist() for layer in layers for p in layer]))
"""


def predicting(notebook):
    """As a reader who writes each prediction: then the cells that wait for it do their work."""
    for cell in notebook.cells:
        cell.source = cell.source.replace("prediction = None", 'prediction = "as it does"')
    return notebook


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("path", paths(), ids=name_of)
def test_a_notebook_stays_small(path, tmp_path):
    notebook = predicting(solve(read(path)))
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    run(notebook, tmp_path, allow_errors=True)
    [said] = notebook.cells[-1].outputs
    print(f"{path.stem}: {float(said.text):.0f} MB")
    assert float(said.text) <= MOST


def trained(threads):
    """Every weight, as one array, when BLAS may use so many threads."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": str(threads)}
    said = subprocess.check_output([sys.executable, "-c", TRAINED], cwd=ROOT, env=environment)
    return np.concatenate([np.array(p) for p in json.loads(said)])


@pytest.mark.parametrize("threads", [2, 4])
def test_a_training_does_not_depend_on_the_threads(threads):
    alone = trained(1)
    assert len(alone) > 25_000
    np.testing.assert_allclose(trained(threads), alone, rtol=1e-9, atol=1e-9 * abs(alone).max())
