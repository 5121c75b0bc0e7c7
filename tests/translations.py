"""What a translated notebook shares with the English one of the same name, and what it lost.

    python tests/translations.py notebooks/ko/01_computational_graphs.ipynb

says that this translation follows the English text as it is now: each Markdown cell keeps a hash
of the English text it translates, in its metadata. Cells that are new in English are copied, in
their place and without a hash, so that `tests/notebooks/test_translations.py` names them.
With `--links` no hash changes: links lead to the translation of a notebook where there is one.
"""

import ast
import hashlib
import re
import sys
from pathlib import Path

import nbformat
from lecture_links import LINKED, unlinked
from notebook_tools import read, tags

PYTHON_BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
HANGUL = re.compile("[가-힣]")
CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|<[^>]*>", re.DOTALL)
NOTEBOOK_LINK = re.compile(r"\]\((\.\./)?(\w+\.ipynb)([^)]*)\)(\(아직 영어예요\))?")
ENGLISH_SENTENCE = re.compile(r"\b[A-Za-z']+(?:,? [a-z']+){3,}")


def english_of(path):
    """The English notebook that the one at `path` translates."""
    path = Path(path).resolve()
    return path.parent.parent / path.name


def fingerprint(cell):
    """A hash of a cell's text; links, which are set by a command, do not count."""
    return hashlib.sha256(unlinked(cell.source).strip().encode()).hexdigest()[:12]


def outdated(translated, english):
    """The ids of Markdown cells whose English text is another one than was translated."""
    now = {cell.id: fingerprint(cell) for cell in english.cells if cell.cell_type == "markdown"}
    then = {c.id: c.metadata.get("english") for c in translated.cells if c.cell_type == "markdown"}
    return [name for name in {**now, **then} if now.get(name) != then.get(name)]


def lost(translated, english):
    """One sentence for each cell that does not say what its English cell says."""
    for ours, theirs in zip(translated.cells, english.cells, strict=True):
        if tags(ours) != tags(theirs):
            yield f"{ours.id}: other tags"
        if ours.cell_type == "code" and not same_code(ours.source, theirs.source):
            yield f"{ours.id}: other code"
        if blocks(ours) != blocks(theirs):
            yield f"{ours.id}: another Python block"
        if places(ours) != places(theirs):
            yield f"{ours.id}: other slides or minutes"
        if notebooks(ours) != notebooks(theirs):
            yield f"{ours.id}: links to other notebooks"


def blocks(cell):
    """The Python blocks of a Markdown cell."""
    return PYTHON_BLOCK.findall(cell.source) if cell.cell_type == "markdown" else []


def places(cell):
    """Where in the lecture a Markdown cell leads."""
    return sorted(re.findall(r"\]\((http[^)]*)\)", cell.source))


def notebooks(cell):
    """Which notebooks, and which cells of them, a Markdown cell links, in either language."""
    return [link[1:3] for link in NOTEBOOK_LINK.findall(cell.source)]


def near(text, folder):
    """The text with links to the notebooks of `folder`; what is not there stands one folder up."""

    def link(found):
        _, file, cell, remark = found.groups(default="")
        there = (folder / file).exists()
        return f"]({file}{cell})" if there else f"](../{file}{cell}){remark}"

    return NOTEBOOK_LINK.sub(link, text)


def same_code(translated, english):
    """Whether two cells are one program, but for the language call and for texts in Korean."""
    ours, theirs = statements(translated), statements(english)
    return len(ours) == len(theirs) and all(map(same, ours, theirs))


def statements(code):
    """The statements of a cell, without language("ko") and its import."""
    tree = ast.parse(code)
    for part in ast.walk(tree):
        if isinstance(part, ast.ImportFrom):
            part.names = [name for name in part.names if name.name != "language"]
    call = 'language("ko")'
    return [part for part in tree.body if ast.unparse(part).replace("'", '"') != call]


def same(ours, theirs):
    """Whether two trees are equal, where a text in Korean equals any text with the same holes."""
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, ast.JoinedStr) or isinstance(getattr(ours, "value", None), str):
        return ast.dump(ours) == ast.dump(theirs) or (
            bool(HANGUL.search(ast.unparse(ours))) and holes(ours) == holes(theirs)
        )
    mine, other = (list(ast.iter_child_nodes(tree)) for tree in (ours, theirs))
    own = own_facts(ours) == own_facts(theirs)
    return own and len(mine) == len(other) and all(map(same, mine, other))


def own_facts(tree):
    """What a tree says itself: names, numbers; neither where it stands nor what is inside."""
    return {key: v for key, v in ast.iter_fields(tree) if not isinstance(v, ast.AST | list)}


def holes(text):
    """What an f-string fills in."""
    return sorted(ast.dump(p) for p in ast.walk(text) if isinstance(p, ast.FormattedValue))


def english_left(text):
    """The runs of four or more English words in a text, outside code, formulas and links.

    Words with a comma after each are a list of names, such as the nodes of a graph; so are letters.
    """
    runs = ENGLISH_SENTENCE.findall(CODE.sub(" ", LINKED.sub(r"\1", text)))
    return [run for run in runs if re.search(r"[^,] ", run) and re.search("[a-z]{2}", run)]


# ── following the English text ────────────────────────────────────────────────────────────────


def follow(path):
    """Bring a translation into the order of the English notebook, and keep the hashes of now."""
    translated, english = read(path), read(english_of(path))
    known = {cell.id: cell for cell in translated.cells}
    note(list(known.values()), english.cells)
    translated.cells = [known.get(cell.id, cell) for cell in english.cells]
    nbformat.write(translated, path)


def note(translated, english):
    """Keep in each Markdown cell which English text it translates."""
    now = {cell.id: fingerprint(cell) for cell in english}
    for cell in translated:
        if cell.cell_type == "markdown" and cell.id in now:
            cell.metadata["english"] = now[cell.id]


def relink(path):
    """Let every link lead to a translation, where there is one."""
    translated = read(path)
    for cell in translated.cells:
        if cell.cell_type == "markdown":
            cell.source = near(cell.source, Path(path).parent)
    nbformat.write(translated, path)


if __name__ == "__main__":
    work = relink if "--links" in sys.argv else follow
    for name in sys.argv[1:]:
        if name != "--links":
            work(name)
