"""environment.yml, constraints.txt and pyproject.toml ask for the same things."""

import re
import subprocess
import sys
from pathlib import Path

import yaml
from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
CONDA_NAMES = {"graphviz": "python-graphviz"}  # conda-forge's `graphviz` is the dot program
# `-e .[test]` brings these: conda builds pygraphviz without a Graphviz of its own, needs no tomli in
# a new Python, and has no sure place for the others.
PIP_ONLY = {"pygraphviz", "tomli", "micrograd", "playwright", "axe-playwright-python"}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def environment(name="environment.yml", part="dependencies"):
    return yaml.safe_load((ROOT / name).read_text("utf-8"))[part]


def asked_by_pyproject(*extras):
    """{name: bounds} of the dependencies and of these extras."""
    lines = [*project()["dependencies"]]
    for extra in extras:
        lines += project()["optional-dependencies"][extra]
    return {r.name: r.specifier for r in map(Requirement, lines)}


def asked_by_conda(name="environment.yml"):
    """{name: bounds} of the lines that conda reads. Its `python=3.12` is `==3.12.*` elsewhere."""
    lines = [line for line in environment(name) if isinstance(line, str)]
    lines = [re.sub(r"^(\w+)=(\d[\d.]*)$", r"\1==\2.*", line) for line in lines]
    return {r.name: r.specifier for r in map(Requirement, lines)}


def test_environment_yml_asks_for_what_pyproject_asks():
    wanted = asked_by_pyproject("lab", "test")
    wanted = {CONDA_NAMES.get(n, n): b for n, b in wanted.items() if n not in PIP_ONLY}
    found = asked_by_conda()
    assert found.pop("python") == Requirement(f"python{project()['requires-python']}").specifier
    assert found.pop("pip") == ""
    assert found == wanted


def test_environment_yml_ends_by_installing_the_package_and_what_conda_lacks():
    assert environment()[-1] == {"pip": ["-e .[test]"]}
    assert set(asked_by_pyproject("lab", "test")) > PIP_ONLY


def test_conda_starts_with_one_blas_thread():
    assert environment(part="variables") == {"OPENBLAS_NUM_THREADS": "1"}


def test_binder_asks_for_what_a_reader_needs():
    wanted = {CONDA_NAMES.get(n, n): b for n, b in asked_by_pyproject("lab").items()}
    [drawing] = environment("binder/environment.yml")[-1]["pip"]
    assert Requirement(drawing).specifier == wanted.pop("pygraphviz")
    found = asked_by_conda("binder/environment.yml")
    python = re.search(r"==([\d.]+)\.\*", str(found.pop("python")))[1]
    assert python in Requirement(f"python{project()['requires-python']}").specifier
    assert found.pop("pip") == ""
    assert found == wanted


def test_binder_installs_the_package_and_starts_with_one_blas_thread():
    asked = "import os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    start = ["bash", str(ROOT / "binder" / "start"), sys.executable, "-c", asked]
    assert subprocess.run(start, capture_output=True, text=True).stdout == "1\n"
    assert "pip install --no-deps ." in (ROOT / "binder" / "postBuild").read_text("utf-8")
    for name in ("start", "postBuild"):
        assert (ROOT / "binder" / name).stat().st_mode & 0o111  # Binder runs them


def test_constraints_pin_everything_that_pyproject_asks_for():
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pins = [Requirement(line) for line in text.splitlines()]
    wanted = asked_by_pyproject(*project()["optional-dependencies"])
    for name, bounds in wanted.items():
        versions = [next(iter(pin.specifier)).version for pin in pins if pin.name == name]
        assert versions, name
        assert all(version in bounds for version in versions), name


def test_constraints_name_no_host():
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert not re.search(r"://|@|--", text)
