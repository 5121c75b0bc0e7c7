"""Read, run and clean notebooks; as a script, run the named ones and save them.

With `--links` nothing runs: slide and minute marks become links, in all notebooks or the named.
Both ways the READMEs get their tables of notebooks.
"""

import importlib
import os
import re
import runpy
import sys
from pathlib import Path

import nbformat
from lecture_links import linked
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # as a script, only tests/ is there

from classroom.exercises import exercises, solution, tags  # noqa: E402, F401 (for tests)
from cs231n_lec4.pictures import lecture_map  # noqa: E402

# Kernels take it over: on a busy machine two threads would wait for each other, very long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

NOTEBOOKS = ROOT / "notebooks"
MISSING = runpy.run_path(str(ROOT / "conftest.py"))["missing"]  # the same that nbval leaves out
LANGUAGE = {"name": "python", "file_extension": ".py"}  # nbconvert --to script needs both
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KEPT = ("tags", "english")  # of a cell's metadata; `english` is explained in translations.py
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")


def paths(edition="."):
    """The notebooks of an edition, in their order: the English one, or that in `notebooks/ko`."""
    return sorted((NOTEBOOKS / edition).glob("*.ipynb"))


def every_path():
    """The notebooks of all editions."""
    return paths() + sorted(NOTEBOOKS.glob("[a-z]*/*.ipynb"))


def name_of(path):
    """`01_computational_graphs.ipynb`, `ko/01_computational_graphs.ipynb`."""
    return path.relative_to(NOTEBOOKS).as_posix()


def read(path):
    """The notebook at `path`."""
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    """The code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_of(outputs):
    """All text a reader sees in outputs, HTML included, pictures left out."""
    parts = []
    for output in outputs:
        parts.append(output.get("text", ""))
        parts += output.get("traceback", [])
        parts += [str(output.get("evalue", ""))]
        parts += [v for k, v in output.get("data", {}).items() if k.startswith("text/")]
    return re.sub(r"data:image/[a-z+]+;base64,[^\"')]*", "", "\n".join(parts))


# ── running ───────────────────────────────────────────────────────────────────────────────────


def run(notebook, folder, timeout=600, **options):
    """Run all cells in a fresh kernel whose working directory is `folder`, in place."""
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
        **options,
    )
    client.execute()
    return notebook


# ── exercises ─────────────────────────────────────────────────────────────────────────────────


def solve(notebook):
    """Paste each folded solution over its exercise, in place."""
    for exercise, _, answer in exercises(notebook):
        exercise.source = solution(answer.source).rstrip("\n")
    return notebook


# ── cleaning ──────────────────────────────────────────────────────────────────────────────────


def clean(notebook, prefix):
    """Keep what a reader needs and what stays the same from run to run, in place."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": LANGUAGE,
        }
    )
    name_cells(notebook, prefix)
    link_marks(notebook)
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)}
        cell.metadata = nbformat.from_dict(kept)
    for cell in code_cells(notebook):
        cell.outputs = [cleaned(o) for o in cell.outputs if WIDGET_VIEW not in o.get("data", {})]
    return notebook


def link_marks(notebook):
    """Make slide and minute marks in Markdown cells links to the lecture, in place."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = linked(cell.source)
    return notebook


def cleaned(output):
    """An output without metadata, and with paths that start at the repository."""
    if "metadata" in output:
        output.metadata = nbformat.from_dict({})
    if "traceback" in output:
        output.traceback = [without_machine(line) for line in output.traceback]
    return output


def without_machine(text):
    """Text with this checkout's folder and the place of installed packages cut off its paths."""
    text = re.sub(r"[^\s\"']*[/\\]site-packages[/\\]", "", text)
    home = str(ROOT).replace(str(Path.home()), "~", 1)
    return text.replace(str(ROOT) + os.sep, "").replace(home + os.sep, "")


def name_cells(notebook, prefix):
    """Give each cell with a random id the next free number; ids once given never change."""
    taken = {cell.id for cell in notebook.cells}
    number = 0
    for cell in notebook.cells:
        if RANDOM_ID.fullmatch(cell.id):
            number = next(n for n in range(number + 1, 9999) if f"{prefix}-{n:02}" not in taken)
            cell.id = f"{prefix}-{number:02}"


def keep_left_out(notebook, saved, missing=MISSING):
    """A cell whose optional package is not here keeps what it was saved with, in place."""
    for cell, before in zip(notebook.cells, saved.cells, strict=True):
        if missing(cell):
            cell.outputs, cell.execution_count = before.outputs, before.execution_count
    return notebook


def store(path):
    """Run the notebook at `path` and save it, cleaned, with its outputs."""
    notebook = keep_left_out(run(read(path), path.parent), read(path))
    prefix = re.match(r"\d+|[a-z]+", path.stem)[0]
    nbformat.write(clean(notebook, prefix), path)


# ── the list of notebooks ─────────────────────────────────────────────────────────────────────

READMES = {"README.md": ("en", "notebooks"), "README.ko.md": ("ko", "notebooks/ko")}
ROWS = re.compile(r"(?:^\|[^|\n]*\| \[`.*\n)+", re.MULTILINE)


def table(code, folder):
    """A row for each notebook: slides, link, question and, in English, what to read afterwards."""
    stops = importlib.import_module(f"cs231n_lec4.words.{code}.lessons").MAP["stops"]
    rows = ""
    for stop in lecture_map.STOPS:
        file = f"{stop.file}.ipynb"
        place = folder if (ROOT / folder / file).exists() else "notebooks"  # not translated yet
        link = f"[`{stop.file}`]({place}/{file})"
        source = ", ".join(f"`{part}`" for part in stop.source.split(", ") if part)
        cells = [stop.slides, link, stops[stop.file][1], *([source] if code == "en" else [])]
        rows += "".join(f"| {cell} " if cell else "| " for cell in cells) + "|\n"
    return rows


def with_table(name):
    """The text of a README with the table as it should be."""
    return ROWS.sub(lambda _: table(*READMES[name]), (ROOT / name).read_text(encoding="utf-8"))


def main(words):
    """Store each named notebook; with `--links` only link their marks (of all, if none is named)."""
    for name in READMES:
        (ROOT / name).write_text(with_table(name), encoding="utf-8")
    names = [word for word in words if word != "--links"]
    if names != words:
        for path in map(Path, names or every_path()):
            nbformat.write(link_marks(read(path)), path)
        return
    for name in names:
        print(name, flush=True)  # each takes some seconds
        store(Path(name).resolve())


if __name__ == "__main__":
    main(sys.argv[1:])
