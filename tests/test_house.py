"""Which folder imports which: a folder imports only from folders above it in DESIGN's list."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cs231n_lec4"
LIVE = PACKAGE / "live"

# From the top: a folder imports only from folders named before it.
FOLDERS = (
    "words",
    "guidance",
    "engine",
    "flat",
    "checking",
    "lessons",
    "steps",
    "pictures",
    "live",
)
JS_FOLDERS = ("program", "core", "flow", "graph", "panels", "quiz", "views")
ENGINE = ("words", "guidance", "engine")
JS_IMPORT = re.compile(r'^import \{[^}]*\} from "([./a-z_]+)\.js";$', re.MULTILINE)


def files(pattern="*.py"):
    """Every file of the package's folders; the package's own __init__ gathers the public names."""
    return sorted(path for path in PACKAGE.rglob(pattern) if path.parent != PACKAGE)


def name_of(path):
    return str(path.relative_to(PACKAGE))


def imports_of(path):
    """(our modules as tuples of names, other modules) that a file imports, wherever it does so."""
    ours, others = set(), set()
    home = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            others |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            others.add(node.module.partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            start = home[: len(home) - node.level + 1] + tuple((node.module or "").split("."))
            start = tuple(part for part in start if part)
            ours |= {(*start, alias.name) for alias in node.names}
    return ours, others


def test_each_file_stands_in_one_of_the_folders():
    assert {path.relative_to(PACKAGE).parts[0] for path in files()} == set(FOLDERS)


MOST_FILES, MOST_LINES = 15, 350


def test_no_folder_is_full_and_no_file_is_long():
    folders = [folder for folder in PACKAGE.rglob("*") if folder.is_dir()]
    full = {
        name_of(f) for f in folders if len([*f.glob("*.[pjc]*s*"), *f.glob("*.py")]) > MOST_FILES
    }
    long = {name_of(p) for p in files() if len(p.read_text().splitlines()) > MOST_LINES}
    assert full == set()
    assert {name for name in long if not name.startswith("words")} == set()


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_folder_imports_only_from_folders_above_it(path):
    home = path.relative_to(PACKAGE).parts[0]
    seen = {module[0] for module in imports_of(path)[0]} - {home}
    above = set(FOLDERS[: FOLDERS.index(home)])
    assert seen <= above


@pytest.mark.parametrize(
    "path", [p for p in files() if "base" in p.relative_to(PACKAGE).parts], ids=name_of
)
def test_the_base_of_the_live_views_knows_no_view(path):
    ours, _ = imports_of(path)
    assert {module[:2] for module in ours if module[0] == "live"} <= {("live", "base")}


@pytest.mark.parametrize("path", sorted(LIVE.rglob("*.js")), ids=name_of)
def test_a_script_imports_only_from_folders_above_its_own(path):
    home = JS_FOLDERS.index(path.parent.name)
    needed = [
        (path.parent / f"{name}.js").resolve() for name in JS_IMPORT.findall(path.read_text())
    ]
    assert all(file.exists() for file in needed)
    assert all(JS_FOLDERS.index(file.parent.name) <= home for file in needed)
    assert len(re.findall(r"^import ", path.read_text(), re.MULTILINE)) == len(needed)


def test_the_live_room_has_short_files_and_small_folders():
    sources = [path for kind in ("py", "js", "css") for path in LIVE.rglob(f"*.{kind}")]
    folders = Counter(path.parent.name for path in sources)
    assert {name: count for name, count in folders.items() if count > 15} == {}
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in sources}
    assert {name: count for name, count in lines.items() if count > 350} == {}


def test_no_two_scripts_have_one_name():
    names = [path.stem for path in LIVE.rglob("*.js")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "path", [p for p in files() if name_of(p).startswith("engine")], ids=name_of
)
def test_the_engine_needs_the_standard_library_and_numpy(path):
    ours, others = imports_of(path)
    assert others <= {"numpy", *sys.stdlib_module_names}
    assert {module[0] for module in ours} <= set(ENGINE)


def test_the_engine_is_six_files_to_be_read_in_this_order():
    order = ("values", "node", "gate", "gates", "arrays", "graph")
    found = {path.stem: path for path in files() if path.parent.name == "engine"}
    assert set(found) == {*order, "__init__"}
    for k, name in enumerate(order):
        needed = {
            module[-2 if len(module) > 2 else -1]
            for module in imports_of(found[name])[0]
            if module[0] == "engine"
        }
        assert needed <= set(order[:k]), name


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
