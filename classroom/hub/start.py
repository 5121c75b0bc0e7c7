"""What a hub starts for each student, with the student's rights, in place of jupyterhub-singleuser.

It copies the notebooks into the student's home as `make lab` does (never over an answer, what has
changed lies beside), sets one BLAS thread, and hands over to the server. The package must be
installed in this Python, not as an editable install from somebody's home.
"""

import importlib.util
import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
OURS = Path.home() / "cs231n_lec4"


def run_py():
    """The repository's run.py as a module: copying is written there."""
    spec = importlib.util.spec_from_file_location("run", REPOSITORY / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(words):
    """Copy, then become the student's server."""
    run_py().copy_notebooks(REPOSITORY / "notebooks", OURS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    program = str(Path(sys.executable).with_name("jupyterhub-singleuser"))
    os.execv(program, [program, *words])


if __name__ == "__main__":
    main(sys.argv[1:])
