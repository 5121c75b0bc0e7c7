"""The package with every Python on this machine, with its newest and its oldest dependencies.

    python run.py matrix                  3.10 to 3.14, those that are found; about 6 minutes each
    python run.py matrix 3.12 --oldest    one of them

Each row has an environment of its own in a temporary folder. *Newest* is what the registry gives
today, *oldest* the first version that pyproject.toml allows and that has a wheel for this Python.
`constraints.txt`, which pins what students get, is left out on purpose. A row runs every test but
the browser's, and all notebooks; what they say is compared in the row of the pinned versions, by
`run.py test`: other versions of NumPy and Python word some messages otherwise.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
AGES = {"newest": "highest", "oldest": "lowest-direct"}  # uv's words for them
UV = [sys.executable, "-m", "uv"]
SHOWN = ("numpy", "matplotlib", "ipywidgets", "anywidget", "jupyterlab", "pygraphviz")
TESTS = {
    "tests": ["--ignore=tests/browser", "--ignore=tests/test_setup.py", "-p", "no:cacheprovider"],
    "notebooks": ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=120", "notebooks"],
}


def main(words):
    """Run each row of the matrix; 1 if one failed."""
    asked = arguments(words)
    rows = [(python, age) for python in asked.pythons for age in asked.ages or AGES]
    failed = [row for row in rows if is_found(row[0]) and not passes(*row)]
    print("\nFailed:" if failed else "\nAll rows passed.", *failed)
    return 1 if failed else 0


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="*", default=PYTHONS)
    for age in AGES:
        parser.add_argument(f"--{age}", dest="ages", action="append_const", const=age)
    return parser.parse_args(words)


def is_found(python):
    """Whether this machine has that Python; if not, uv says why. Nothing is downloaded."""
    return uv("python", "find", python) == 0


def passes(python, age):
    """Whether a row's tests and notebooks pass. What was installed and what failed is printed."""
    with tempfile.TemporaryDirectory() as folder:
        if not install(python, age, folder):
            print(f"Python {python}, {age}: could not be installed.")
            return False
        inside = str(Path(folder, "Scripts" if os.name == "nt" else "bin", "python"))
        versions = "; ".join(f"print(v({name!r}), end=' ')" for name in SHOWN)
        print(f"Python {python}, {age}:", ", ".join(SHOWN), flush=True)
        subprocess.call([inside, "-c", f"from importlib.metadata import version as v; {versions}"])
        print(flush=True)
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        runs = [[inside, "-m", "pytest", "-q", *words] for words in TESTS.values()]
        codes = [subprocess.call(run, cwd=ROOT, env=environment) for run in runs]  # all of them
        return not any(codes)


def install(python, age, folder):
    """The package with `age` dependencies, then what its tests need beside them."""
    wheels = ["--only-binary", ":all:", "--no-binary", "cs231n-lec4"]
    only_wheels = ["pip", "install", "--quiet", *wheels, "--python", folder]
    here = f"{ROOT}[lab]"
    return (
        uv("venv", "--quiet", "--python", python, folder) == 0
        and uv(*only_wheels, "--resolution", AGES[age], here) == 0
        and uv(*only_wheels, f"{ROOT}[lab,test]") == 0
    )


def uv(*words, **options):
    """Run uv, which must not bring a Python from outside; its exit code."""
    return subprocess.run([*UV, *words, "--no-python-downloads"], cwd=ROOT, **options).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
