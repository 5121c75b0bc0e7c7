"""environment.yml, constraints.txt and pyproject.toml ask for the same things."""

import re
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


def environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]


def asked_by_pyproject(*extras):
    """{name: bounds} of the dependencies and of these extras."""
    lines = [*project()["dependencies"]]
    for extra in extras:
        lines += project()["optional-dependencies"][extra]
    return {r.name: r.specifier for r in map(Requirement, lines)}


def asked_by_conda():
    """{name: bounds} of the lines of environment.yml that conda reads."""
    lines = [line for line in environment() if isinstance(line, str)]
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
