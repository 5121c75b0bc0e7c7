"""The project's commands. Nothing is needed but Python 3.10 or newer.

    python3 run.py lab         open the notebooks in JupyterLab (your copies, in my-notebooks/);
                               with EDITION=ko in the environment, the Korean ones
    python3 run.py test        run every test; words after `test` go to pytest
    python3 run.py notebooks   run all notebooks and save them with their outputs
    python3 run.py long        the runs that take minutes
    python3 run.py matrix      the tests with every Python here, newest and oldest packages
    python3 run.py bench       measure the package against its peers
    python3 run.py site        write the notebooks as pages that live without Python, into a folder
                               (with --lite also JupyterLite, in its folder lite/)
    python3 run.py student     for teachers: write the notebooks without solutions, into a folder
    python3 run.py collect     for teachers: judge the notebooks of a class that lie in a folder

Each command first makes .venv and installs into it. It installs again by itself when
pyproject.toml, constraints.txt, the Python or the folder is another one. Windows: `py run.py lab`.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / {"nt": "Scripts/python.exe"}.get(os.name, "bin/python")
STAMP = VENV / "installed-for"
NOTEBOOKS = ROOT / "notebooks"
MY_NOTEBOOKS = ROOT / "my-notebooks"
RECORD = ".copied.json"  # what each copy in my-notebooks/ was made from
FIRST_NOTEBOOK = "00_start_here.ipynb"
OLDEST_PYTHON = (3, 10)

# Every notebook runs, and must say what it was saved with. The README has this command by itself.
NBVAL = [
    *["-m", "pytest", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"],
    *["--nbval-sanitize-with=tests/nbval_sanitize.cfg", "notebooks"],
]

# Long runs, in order. Each row is the arguments of one Python process.
LONG_RUNS = [
    ["-m", "pytest", "-m", "long", "--hypothesis-profile=long", "--timeout=1800"],
]


def main(words):
    """Run the command named by the first word and return the exit code."""
    commands = [lab, test, notebooks, long, matrix, bench, site, student, collect]
    commands = {command.__name__: command for command in commands}
    if not words or words[0] not in commands:
        print(__doc__)
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    os.chdir(ROOT)
    # Matrices here are small: two threads would wait for each other, on a busy machine very long.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    set_up()
    return commands[words[0]](words[1:])


# ── set-up ────────────────────────────────────────────────────────────────────────────────────


def set_up():
    """Make .venv hold exactly what this checkout asks for. Does nothing when it does already."""
    check_python()
    if stamp() == wanted_stamp() and works():
        return
    print("Setting up .venv. This is done once and takes about a minute ...", flush=True)
    check_venv_modules()
    if not works():
        sentence = "Python could not make .venv; its own message is above."
        call("-m", "venv", "--clear", VENV, python=sys.executable, failing=sentence)
    STAMP.write_text("an installation that was not finished")
    install()
    silence_news()
    warm_fonts()
    STAMP.write_text(wanted_stamp())


def check_python():
    if sys.version_info < OLDEST_PYTHON:
        here = ".".join(map(str, sys.version_info[:3]))
        stop(f"Python 3.10 or newer is needed; this is {here} ({sys.executable}).")


def check_venv_modules():
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            stop(
                f"This Python has no {module} module; "
                "on Debian or Ubuntu `sudo apt install python3-venv` brings it."
            )


def works():
    """Whether .venv answers, and with this very Python."""
    ask = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True).stdout
    except OSError:
        return False
    return answer.strip() == sys.version


def stamp():
    """What .venv was installed for, or None where nobody can tell."""
    try:
        return STAMP.read_text()
    except (OSError, ValueError):
        return None


def wanted_stamp():
    """What .venv depends on, as one hash. The folder is in it: an editable install points there."""
    parts = [sys.version.encode(), str(ROOT).encode()]
    for name in ("pyproject.toml", "constraints.txt"):
        try:
            parts.append((ROOT / name).read_bytes())
        except OSError as error:
            stop(f"{name} cannot be read ({error.strerror}); is this the whole repository?")
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install(*packages):
    """Install these into .venv, in the pinned versions; without names, what the project needs."""
    call(
        *["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
        *["-c", "constraints.txt", *(packages or ["-e", ".[lab,test]"])],
        failing="pip could not install the packages; its own message is above.",
    )


def silence_news():
    """JupyterLab neither asks about news nor looks for updates: nothing leaves the machine."""
    folder = VENV / "share" / "jupyter" / "lab" / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "overrides.json").write_text(
        '{"@jupyterlab/apputils-extension:notification":'
        ' {"fetchNews": "false", "checkForUpdates": false}}\n'
    )


def warm_fonts():
    """matplotlib scans the fonts once and says so on stderr: let that happen here."""
    subprocess.run([str(PYTHON), "-c", "import matplotlib.pyplot"], capture_output=True)


# ── the commands ──────────────────────────────────────────────────────────────────────────────


def lab(flags):
    """Open JupyterLab on the student's own copies. Flags go to JupyterLab."""
    copy_notebooks(NOTEBOOKS, MY_NOTEBOOKS)
    os.chdir(MY_NOTEBOOKS)
    page = f"--LabApp.default_url=/lab/tree/{first_page()}"
    command = [str(PYTHON), "-m", "jupyterlab", page, *root_flag(), *flags]
    if os.name == "nt":
        return wait(subprocess.Popen(command))
    return os.execv(command[0], command)  # JupyterLab takes this process over, Ctrl-C included


def first_page():
    """Where JupyterLab opens: `EDITION=ko` in the environment, or after `make lab`, is Korean."""
    page = Path(os.environ.get("EDITION", ""), FIRST_NOTEBOOK)
    if not (NOTEBOOKS / page).is_file():
        stop(f"There is no edition {page.parent}; EDITION=ko is the Korean one.")
    return page.as_posix()


def copy_notebooks(source, target):
    """Copy what `target` lacks. A file that is there stays as it is: it may hold answers.

    Where the course has changed since, the new file is laid beside the old one, and named. What
    each copy was made from is written down in `target`.
    """
    target.mkdir(exist_ok=True)
    copied_from = read_record(target / RECORD)
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        name = path.relative_to(source)
        if ".ipynb_checkpoints" in path.parts:
            continue
        copy, now = target / name, what_it_says(path)
        if not copy.exists() or now != (copied_from.get(name.as_posix()) or version_of(copy, path)):
            lay(path, copy)
        copied_from[name.as_posix()] = now
    (target / RECORD).write_text(json.dumps(copied_from, indent=1), encoding="utf-8")


def lay(path, copy):
    """Copy `path` to `copy`, or beside it where something is there already."""
    place, number = copy, 1
    while place.exists():
        mark = " (new)" if number == 1 else f" (new {number})"
        place, number = copy.with_name(f"{copy.stem}{mark}{copy.suffix}"), number + 1
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)
    if place != copy:
        print(f"{copy.name} has changed. Yours is as you left it; the new one is {place.name}.")


def read_record(path):
    """{file: what its copy was made from}; nothing where nobody wrote it down."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def what_it_says(path, types=("markdown", "code", "raw")):
    """A hash of what a notebook's cells say, whatever came out when they ran; or of the file."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        said = [[c["cell_type"], "".join(c["source"])] for c in cells if c["cell_type"] in types]
        content = json.dumps(said).encode()
    except (ValueError, KeyError, TypeError):
        content = path.read_bytes()
    return hashlib.sha256(content).hexdigest()


def version_of(copy, path):
    """A copy that nobody wrote down is of this version if its text is; code holds answers."""
    is_same = what_it_says(copy, ["markdown"]) == what_it_says(path, ["markdown"])
    return what_it_says(path) if is_same else None


def root_flag():
    """JupyterLab refuses to run as root, as in a container, unless it is told to."""
    return ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def wait(process):
    """Wait through Ctrl-C: JupyterLab hears it too, and asks before it stops."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def test(flags):
    """Every test; with flags, only pytest over tests/ with these flags."""
    if flags:
        return run_all({"pytest": ["-m", "pytest", *flags]})
    warm_fonts()
    # Browser tests wait a lot, so they run beside the others; their report comes last.
    browser = Beside("browser", ["-m", "pytest", "tests/browser"])
    code = run_all(
        {
            "ruff": ["-m", "ruff", "check", "."],
            "tests": ["-m", "pytest", "--ignore=tests/browser"],
            "notebooks": NBVAL,
        }
    )
    return max(code, browser.finish())


def notebooks(names):
    """Run notebooks (all, or those named) and save them with their outputs."""
    there = [*NOTEBOOKS.glob("*.ipynb"), *NOTEBOOKS.glob("[a-z]*/*.ipynb")]
    paths = names or sorted(map(str, there))
    warm_fonts()
    return run_all({"notebooks": ["tests/notebook_tools.py", *paths]})


def long(flags):
    """The runs that take minutes. Flags go to each of them."""
    return run_all({" ".join(run): [*run, *flags] for run in LONG_RUNS})


def matrix(flags):
    """Every Python that is found, with the newest and the oldest packages; uv installs them."""
    install("uv")
    return run_python(["tests/matrix.py", *flags])


def bench(flags):
    """The package against its peers."""
    script = ROOT / "bench" / "run.py"
    if not script.exists():
        stop("There is no bench/run.py in this checkout, so there is nothing to measure.")
    return run_all({"bench": [str(script), *flags]})


def site(words):
    """Plain pages with every view alive: `run.py site FOLDER`; notebooks may be named after it."""
    return run_python(["-m", "classroom.site", *words])


def student(words):
    """The student's edition: `run.py student FOLDER`."""
    return run_python(["-m", "classroom.student", *words])


def collect(words):
    """The answers of a class: `run.py collect FOLDER`; `--help` says the rest."""
    return run_python(["-m", "classroom.collect", *words])


# ── running other programs ────────────────────────────────────────────────────────────────────


def run_all(runs):
    """Run each named list of arguments with .venv's Python; say at the end which failed."""
    failed = []
    for name, arguments in runs.items():
        print(f"\n== {name} ==", flush=True)
        if run_python(arguments) != 0:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll passed: " + ", ".join(runs) + ".")
    return 1 if failed else 0


def run_python(arguments, **options):
    """Run .venv's Python with these arguments and return its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.call([str(PYTHON), *arguments], env=environment, **options)


class Beside:
    """A program that runs beside others. What it prints is kept until `finish`."""

    def __init__(self, name, arguments):
        self.name, self.arguments, self.code = name, arguments, 1
        self.printed = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        self.code = run_python(self.arguments, stdout=self.printed, stderr=self.printed)

    def finish(self):
        """Wait, print what was printed, and return 0 or 1."""
        self.thread.join()
        self.printed.seek(0)
        print(f"\n== {self.name} ==\n{self.printed.read()}", flush=True)
        self.printed.close()
        print(f"Failed: {self.name}." if self.code else f"Passed: {self.name}.")
        return 1 if self.code else 0


def call(*arguments, python=PYTHON, failing):
    """Run one step of the set-up, or stop with the sentence `failing`."""
    if subprocess.call([str(python), *map(str, arguments)]) != 0:
        stop(failing)


def stop(sentence):
    """End with one sentence on stderr and exit code 1."""
    sys.exit(sentence)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
