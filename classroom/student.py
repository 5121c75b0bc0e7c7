"""Write the student's edition: the notebooks without the solutions. `run.py student [FOLDER]`."""

import json
import shutil
import sys
from pathlib import Path

from .exercises import without_solutions

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"


def write(folder):
    """Write every file of notebooks/ into `folder`. Cell ids stay, so answers can be collected."""
    for path in sorted(NOTEBOOKS.rglob("*")):
        if path.is_file() and ".ipynb_checkpoints" not in path.parts:
            copy = folder / path.relative_to(NOTEBOOKS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".ipynb":
                notebook = without_solutions(json.loads(path.read_text("utf-8")))
                copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
            else:
                shutil.copyfile(path, copy)


def main(words):
    """A folder that holds something is left alone: it may be somebody's work."""
    folder = Path(words[0] if words else ROOT / "student-notebooks")
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty. Name another folder, or empty it.")
    write(folder)
    print(f"The student's edition is in {folder}.")


if __name__ == "__main__":
    main(sys.argv[1:])
