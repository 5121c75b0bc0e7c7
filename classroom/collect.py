"""Judge the submissions of a class: `run.py collect FOLDER [--numbers FILE] [--out FOLDER]`.

From each notebook in FOLDER only what a student wrote is taken: the exercise cells, and cells that
the student added. They are put into a fresh copy of the teacher's notebook and run in a process of
their own (`judge.py`). A process that hangs or dies is started again without the cell that it
stopped at, so one exercise cannot spoil another. The answers of the class go into `answers.csv`
and `answers.html`.

Students' code runs with your rights. The process is no wall: for people you do not know, call this
in a container.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from .exercises import exercises, source, tags
from .page import page

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 30  # for one cell; the slowest of ours takes 8
START_SECONDS = 120  # until the first cell begins: a busy machine imports slowly
NOT_ANSWERED, NOT_READ = "–", "?"


class Answer(NamedTuple):
    """What one student wrote in one exercise, and what its check said."""

    file: str
    notebook: str
    exercise: str
    mark: str
    reason: str
    text: str
    source: str


def main(words):
    """Judge every notebook below a folder."""
    options = parsed(words)
    numbers = json.loads(options.numbers.read_text("utf-8")) if options.numbers else {}
    answers = collect(options.folder, numbers, options.seconds)
    options.out.mkdir(parents=True, exist_ok=True)
    write_csv(answers, options.out / "answers.csv")
    (options.out / "answers.html").write_text(page(answers), "utf-8")
    print(f"{len(answers)} answers: {options.out}/answers.csv and answers.html")


def parsed(words):
    reader = argparse.ArgumentParser(prog="run.py collect", description=__doc__.partition("\n")[0])
    reader.add_argument("folder", type=folder_that_exists)
    reader.add_argument("--numbers", type=Path, help="JSON: {notebook: {check id: other code}}")
    reader.add_argument("--out", type=Path, default=Path("answers"))
    reader.add_argument("--seconds", type=float, default=SECONDS, help="for one cell")
    return reader.parse_args(words)


def folder_that_exists(word):
    if not Path(word).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {word}")
    return Path(word)


def collect(folder, numbers, seconds=SECONDS):
    """The answers of all submissions, each file judged by itself."""
    teachers = {path.stem: read(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
    files = sorted(p for p in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)

    def one(path):
        return submission(path, path.relative_to(folder).as_posix(), teachers, numbers, seconds)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [answer for answers in pool.map(one, files) for answer in answers]


def read(path):
    """A notebook as plain JSON: what does not fit the format may still hold an answer."""
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"] = [dict(cell) for cell in notebook["cells"]]
    return notebook


# ── one submission ────────────────────────────────────────────────────────────────────────────


def submission(path, file, teachers, numbers, seconds):
    """The answers in one file; one row that says why, if it cannot be read."""
    try:
        theirs = read(path)
        name = which(theirs, path.stem, teachers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [unread(file, f"This is no notebook: {type(error).__name__}.")]
    if name is None:
        return [unread(file, "This is none of our notebooks.")]
    teacher, others = teachers[name], numbers.get(name, {})
    written = answers_in(theirs, teacher)
    said = judged(cells_to_run(theirs, teacher, written, others), seconds)
    return [
        answer(file, name, cell, written.get(cell["id"]), said.get(check["id"]))
        for cell, check, _ in exercises(teacher)
        if check is not None
    ]


def unread(file, text):
    return Answer(file, "", "", NOT_READ, "", text, "")


def which(theirs, stem, teachers):
    """The teacher's notebook that shares the most cells; without ids, the one of that name."""
    ids = {cell.get("id") for cell in theirs["cells"]}
    texts = {source(cell) for cell in theirs["cells"]}

    def shared(name):
        cells = teachers[name]["cells"]
        by_text = sum(source(cell) in texts for cell in cells)
        return by_text + sum(cell["id"] in ids for cell in cells) + (stem.startswith(name))

    best = max(teachers, key=shared)
    return best if shared(best) else None


def answers_in(theirs, teacher):
    """{exercise id: code}: by id, else by the order of the tags. A copy that was changed wins."""
    original = {cell["id"]: source(cell) for cell, _, _ in exercises(teacher)}
    found = {}
    for cell in theirs["cells"]:
        name, code = cell.get("id"), source(cell)
        if cell.get("cell_type") == "code" and code != original.get(name, code):
            found[name] = code
    tagged = [source(cell) for cell in theirs["cells"] if "exercise" in tags(cell)]
    if not found and len(tagged) == len(original):
        pairs = zip(original.items(), tagged, strict=True)
        found = {name: code for (name, before), code in pairs if code != before}
    return found


def cells_to_run(theirs, teacher, written, others):
    """The teacher's code cells with the student's answers, and the cells a student added."""
    added = added_cells(theirs, teacher)
    cells = []
    for cell in teacher["cells"]:
        name = cell["id"]
        if cell["cell_type"] == "code":
            code = written.get(name, others.get(name, source(cell)))
            cells.append(to_run(name, code, "check" in tags(cell), name in written))
        for i, code in enumerate(added.get(name, [])):
            cells.append(to_run(f"{name} +{i + 1}", code, False, True))
    return cells


def to_run(name, code, is_check, is_theirs):
    return {"id": name, "source": code, "is_check": is_check, "is_theirs": is_theirs}


def added_cells(theirs, teacher):
    """{id of the cell before: code of the cells that the student added after it}."""
    known = {cell["id"] for cell in teacher["cells"]}
    texts = {source(cell) for cell in teacher["cells"]}
    added, before = {}, None
    for cell in theirs["cells"]:
        if cell.get("id") in known:
            before = cell["id"]
        elif before and cell.get("cell_type") == "code" and source(cell) not in texts:
            added.setdefault(before, []).append(source(cell))
    return added


def answer(file, notebook, cell, code, said):
    """One row of the result."""
    facts = (file, notebook, cell["id"])
    if code is None:
        return Answer(*facts, NOT_ANSWERED, "not_answered", "", "")
    if said is None:
        return Answer(*facts, "✗", "not_run", "An earlier cell ended Python.", code)
    return Answer(*facts, said["mark"], said["reason"] or "", said["text"], code)


# ── the process ───────────────────────────────────────────────────────────────────────────────


def judged(cells, seconds):
    """{check id: what it said}. Without a cell that hangs or ends Python, all begins anew."""
    lost, said = {}, {}
    while True:
        rest = [cell for cell in cells if cell["id"] not in lost]
        said, stopped_at, why = one_process(rest, seconds)
        if stopped_at is None:
            return {**said, **checks_of_lost(cells, lost)}
        lost[stopped_at] = why


def checks_of_lost(cells, lost):
    """The check after a lost answer says why the answer was lost."""
    found, why = {}, None
    for cell in cells:
        why = lost.get(cell["id"], why if cell["is_check"] else None)
        if why and cell["is_check"]:
            reason, text = why
            found[cell["id"]] = {"mark": "✗", "reason": reason, "text": text}
    return found


def one_process(cells, seconds):
    """(what the checks said, the cell it stopped at or None, why) of one child process."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        record.touch()
        child = start(cells, record, folder)
        reason = watch(child, record, seconds)
        lines = list(map(json.loads, record.read_text("utf-8").splitlines()))
    said = {line["end"]: line for line in lines if "mark" in line}
    begun = next((line["begin"] for line in lines[::-1][:1] if "begin" in line), None)
    if begun is None and (reason or child.returncode):
        raise RuntimeError(f"classroom/judge.py ended with {child.returncode} before any cell.")
    return said, begun, reason or ("ended_python", "Python ended while this cell ran.")


def start(cells, record, folder):
    child = subprocess.Popen(
        [sys.executable, "-m", "classroom.judge", str(record)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
    )
    child.stdin.write(json.dumps(cells).encode())
    child.stdin.close()
    return child


def environment(folder):
    """One thread, no screen, and a home of its own: an answer leaves nothing behind."""
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MPLBACKEND": "agg", "HOME": folder}
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "IPYTHONDIR": folder, **ours}


def watch(child, record, seconds):
    """Wait for the child. Why it was ended, if one cell took too long; else None."""
    length, since = 0, time.monotonic()
    while child.poll() is None:
        time.sleep(0.05)
        if (now := record.stat().st_size) != length:
            length, since = now, time.monotonic()
        elif time.monotonic() - since > (seconds if length else max(seconds, START_SECONDS)):
            child.kill()
            child.wait()
            return "too_long", f"This cell ran for more than {seconds:g} seconds."
    return None


def write_csv(answers, path):
    """One row for each answer."""
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow(Answer._fields)
        out.writerows([safe(text) for text in answer] for answer in answers)


def safe(text):
    """A spreadsheet would compute what begins with = + - @; a quote before it stops that."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


if __name__ == "__main__":
    main(sys.argv[1:])
