"""Which room imports which: numbers above, looks below, and nothing upward."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cs231n_lec4"

# From the top: a room imports only from rooms of the lines above its own.
FLOORS = [
    ["words"],
    ["errors"],
    ["values", "digits", "misspelt"],
    ["nodes"],
    ["refusals"],
    ["gate"],
    ["gates"],
    ["losses"],
    ["graph"],
    ["flat"],
    ["show"],
    ["steps"],
    ["code_steps", "updates"],
    ["formula"],
    ["activations"],
    ["networks"],
    ["checking", "data"],
    ["trainer", "templates"],
    ["lecture", "template_checks"],
    ["sketch", "layout", "_layout_worker"],
    ["drawing", "plots", "lecture_map"],
    ["net_pictures", "sprites", "neuron_picture", "training_picture"],
    ["live"],
    ["setup_check"],
]
FLOOR = {room: k for k, floor in enumerate(FLOORS) for room in floor}
ENGINE = FLOORS[: FLOORS.index(["flat"]) + 1]
ENGINE_ROOMS = [room for floor in ENGINE for room in floor if room != "digits"]


def rooms():
    """Every module of the package; a folder is one room."""
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def room_of(path):
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def imports_of(path):
    """(rooms of the package, other modules) that a file imports, wherever it does so."""
    ours, others = set(), set()
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            others |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            others.add(node.module.partition(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            ours |= {name.partition(".")[0] for name in names}
    return ours, others


@pytest.mark.parametrize("path", rooms(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_above_it(path):
    room = room_of(path)
    assert room in FLOOR, f"{room} has no floor in FLOORS"
    ours, _ = imports_of(path)
    below = {other for other in ours - {room} if FLOOR[other] >= FLOOR[room]}
    assert below == set()


@pytest.mark.parametrize("room", ENGINE_ROOMS)
def test_the_engine_needs_the_standard_library_and_numpy(room):
    for path in (p for p in rooms() if room_of(p) == room):
        ours, others = imports_of(path)
        assert others <= {"numpy", *sys.stdlib_module_names}
        assert ours <= set(ENGINE_ROOMS)


LIGHT = """
import sys
import cs231n_lec4
heavy = {"matplotlib", "ipywidgets", "graphviz", "pygraphviz", "IPython", "anywidget"}
print(*sorted(heavy & set(sys.modules)))
"""


def test_importing_the_package_loads_no_looks():
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_public_name_can_be_had():
    import cs231n_lec4

    for name in cs231n_lec4.__all__:
        assert getattr(cs231n_lec4, name) is not None
    assert set(cs231n_lec4.__all__) <= set(dir(cs231n_lec4))
    with pytest.raises(AttributeError):
        cs231n_lec4.no_such_name  # noqa: B018
