"""JupyterLite beside the site: the notebooks run and are edited in the browser (`--lite`).

What is ours lies on the site: the wheels, the engine for pictures, the notebooks. Python, NumPy and
matplotlib come from Pyodide's distribution, and only when somebody opens this part of the site.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import venv
import zipfile
from pathlib import Path

import nbformat

from .exercises import tags

ROOT = Path(__file__).resolve().parent.parent
BROWSER = Path(__file__).with_name("browser.py")
TOOLS = ["jupyterlite-core==0.8.6", "jupyterlite-pyodide-kernel==0.8.6", "jupyter-server"]
TOOLS += ["jupyterlab-widgets", "anywidget"]  # their parts in JupyterLab
PINS = ["-c", ROOT / "constraints.txt"]
PYODIDE = "314.0.6"
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
ENGINE = "@viz-js/viz@3.31.0"  # MIT; the Graphviz within is under the EPL
PURE = {
    "ipywidgets": ["jupyterlab-widgets", "widgetsnbextension", "comm", "ipython", "traitlets"],
    "jupyterlab-widgets": [],
    "widgetsnbextension": [],
    "comm": [],
    "anywidget": ["ipywidgets", "typing-extensions", "psygnal"],
    "psygnal": [],
    "typing-extensions": [],
    "graphviz": [],
}
OURS = ["numpy", "matplotlib", "pillow", "pygments", "ipywidgets", "anywidget", "graphviz"]
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
READY = """# In the browser: load what draws the pictures.
import cs231n_lite

await cs231n_lite.ready()"""


def write(out, python=None):
    """Build JupyterLite in the folder `out`. `python` has the tools; else they are installed."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        python = python or tools(work / "tools")
        lock = json.loads(from_npm(f"pyodide@{PYODIDE}", "pyodide-lock.json", work).read_text())
        wheels = wheels_in(work / "wheels", python)
        settings = {"lockFileURL": "lock/pyodide-lock.json"}  # as seen from the folder of Lite
        site(out, python, notebooks_in(work / "contents"), settings, work)
        shutil.copytree(wheels, out / "lock")
        ours = locked(lock, wheels, DISTRIBUTION)
        (out / "lock" / "pyodide-lock.json").write_text(json.dumps(ours), "utf-8")


def tools(folder):
    """A Python that has JupyterLite, and the parts of the widgets in JupyterLab."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "install", "--quiet", *PINS, *TOOLS)
    return python


def run(*command, **options):
    subprocess.run([*map(str, command)], check=True, **options)


def from_npm(package, file, work):
    """One file of a package of npm."""
    done = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=work, check=True, capture_output=True, text=True
    )
    with tarfile.open(work / done.stdout.split()[-1]) as packed:
        target = work / Path(file).name
        target.write_bytes(packed.extractfile(f"package/{file}").read())
    return target


# ── notebooks ─────────────────────────────────────────────────────────────────────────────────


def notebooks_in(folder):
    """The notebooks of all languages, made ready for a kernel in the browser."""
    for path in [*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("notebooks/[a-z]*/*.ipynb")]:
        target = folder / path.relative_to(ROOT / "notebooks")
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(for_browser(nbformat.read(path, 4)), target)
    return folder


def for_browser(notebook):
    """First the engine is loaded. A cell that fails on purpose says so and ends well: there an
    error would end a whole Run All."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "raises-exception" in tags(cell):
            cell.source = caught(cell.source)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(READY, id="lite-ready"))
    return notebook


def caught(source):
    said = 'print(f"{type(error).__name__}: {error}")'
    return f"try:\n{textwrap.indent(source, '    ')}\nexcept Exception as error:\n    {said}"


# ── packages ──────────────────────────────────────────────────────────────────────────────────


def wheels_in(folder, python):
    """Our own wheels, and those of pure Python that Pyodide does not have."""
    folder.mkdir()
    pip = [python, "-m", "pip", "--quiet"]
    run(*pip, "wheel", "--no-deps", "-w", folder, ROOT)
    any_machine = ["--no-deps", "--only-binary=:all:", "--platform", "any", *PINS]
    run(*pip, "download", *any_machine, "-d", folder, *PURE)
    engine = from_npm(ENGINE, "dist/viz-global.js", folder.parent)
    files = {"cs231n_lite/__init__.py": BROWSER, "cs231n_lite/viz-global.js": engine}
    pack(folder / "cs231n_lite-1-py3-none-any.whl", files)
    return folder


def pack(wheel, files):
    """A wheel of these files: `{place: file}`."""
    name, version = wheel.name.split("-")[:2]
    about = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, file in files.items():
            packed.write(file, place)
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        packed.writestr(f"{about}/METADATA", head)
        packed.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr(f"{about}/RECORD", "")


def locked(lock, wheels, distribution):
    """Pyodide's lock file with our wheels beside it; all others stay where Pyodide has them."""
    for package in lock["packages"].values():
        package["file_name"] = distribution + package["file_name"]
    depends = {**PURE, "cs231n-lec4": OURS, "cs231n-lite": ["cs231n-lec4"]}
    for wheel in sorted(wheels.glob("*.whl")):
        name = re.sub("[-_.]+", "-", wheel.name.split("-")[0]).lower()
        lock["packages"][name] = entry(name, wheel, depends[name])
    return lock


def entry(name, wheel, depends):
    """What the lock file says of a wheel. `import` of a module loads the wheel by itself."""
    return {
        "name": name,
        "version": wheel.name.split("-")[1],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": [name.replace("-", "_")],
        "depends": depends,
        "unvendored_tests": False,
        "shared_library": False,
    }


# ── the site ──────────────────────────────────────────────────────────────────────────────────


def site(out, python, contents, settings, work, *flags):
    """`jupyter lite build`; `settings` are Pyodide's."""
    kernel = {KERNEL: {"loadPyodideOptions": settings}}
    config = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"litePluginSettings": kernel},
    }
    (work / "jupyter-lite.json").write_text(json.dumps(config))
    command = [python, "-m", "jupyterlite_core.app", "build", "--contents", contents]
    run(*command, "--output-dir", out, "--apps", "lab", "--no-sourcemaps", *flags, cwd=work)
