"""The notebooks as plain pages in which every view lives: `run.py site [FOLDER] [NOTEBOOK …]`.

The pages open from disk, on a phone and without a network. A notebook runs once while its page is
made; from then on the browser computes, as in a page that `view.save` wrote.
"""

import html
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from cs231n_lec4 import words as package_words
from cs231n_lec4.live.base import bundle
from cs231n_lec4.live.base.page import script_of, with_words_apart
from cs231n_lec4.pictures import code as pictured_code
from cs231n_lec4.pictures.images import ON_DARK
from cs231n_lec4.pictures.lecture_map import LectureMap

from . import formula_page, lite, markdown
from .exercises import tags

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
START = "00_start_here.ipynb"  # it has the question index
DECK = "lecture.html"  # in place of the page of that notebook
FORMULA = "your_graph"  # the page of a formula that anyone types
LANGUAGES = {"en": ROOT / "notebooks", "ko": ROOT / "notebooks" / "ko"}

# Words of code that have no colour of their own need no mark.
COLOURED = "|".join(re.findall(r"\w+", " ".join(pictured_code.COLOURS)))
COLOURLESS = re.compile(rf'<span class="(?!(?:{COLOURED})")\w{{1,2}}">([^<]*)</span>')

# A view shows itself as a place in a page, with all that it needs to live there. What waits for a
# prediction is shown: the page folds it.
HOOK = """
import cs231n_lec4 as _package
from IPython.display import display as _display
from cs231n_lec4.live.base.live_view import LiveView as _View
from cs231n_lec4.live.base.page import place as _place
_known = {}  # views of one graph follow each other, as in JupyterLab
_View._ipython_display_ = lambda view: _display({"text/html": _place(view, _known)}, raw=True)
_package.predicted = lambda prediction: True
"""
STYLE = '<link rel="stylesheet" href="{up}live.css">'
SCRIPTS = '<script defer src="words.js"></script>\n<script defer src="{up}live.js"></script>\n'
PAGE = f"""<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}</title>
{STYLE}
<link rel="stylesheet" href="{{up}}site.css">
</head>
<body class="cs231n-page site">
<a class="skip" href="#main">{{skip}}</a>
<nav aria-label="{{label}}">{{links}}</nav>
<main id="main">
{{body}}
</main>
{SCRIPTS}{{more}}</body>
</html>
"""
WORDS = {
    "en": {
        "skip": "To the text",
        "label": "Notebooks",
        "home": "Lecture 4",
        "title": "Backpropagation and neural networks",
        "about": "Lecture 4 of CS231n, alive. Drag a number, and every gradient follows.",
        FORMULA: "A formula of your own, as a graph that moves and asks",
        "begin": "Begin here",
        "predict": "Predict first. Then open what the cell says.",
        "exercise": "An exercise. In JupyterLab you write here, and the next cell checks it.",
        "change": "Change this formula",
        "edit": "Run and edit this notebook in the browser",
        "language": "한국어",
    },
    "ko": {
        "skip": "본문으로",
        "label": "노트북",
        "home": "4강",
        "title": "역전파와 신경망",
        "about": "CS231n 4강을 움직여 보는 노트북이에요. 숫자를 끌면 모든 기울기가 따라 움직여요.",
        FORMULA: "내가 쓴 식이 움직이고 묻는 그래프로",
        "begin": "여기서 시작하세요",
        "predict": "먼저 예상해 보세요. 그다음 열면 셀의 답이 나와요.",
        "exercise": "연습 문제예요. JupyterLab에서는 여기에 답을 쓰고, 다음 셀이 확인해 줘요.",
        "change": "이 식 바꿔 보기",
        "edit": "이 노트북을 브라우저에서 실행하고 고쳐 보기",
        "language": "English",
    },
}


def main(words):
    """Write the whole site, or the pages of the notebooks that are named; with `--lite` also
    JupyterLite, in `lite/`."""
    has_lite = "--lite" in words
    words = [word for word in words if word != "--lite"]
    out = Path(words[0] if words else ROOT / "site")
    out.mkdir(parents=True, exist_ok=True)
    (out / "live.js").write_text(bundle.script("page"), "utf-8")
    (out / "live.css").write_text(bundle.style(), "utf-8")
    (out / "site.css").write_text(site_style(), "utf-8")
    formula_page.write_scripts(out)
    if has_lite:
        lite.write((out / "lite").resolve())
    spoken = package_words.LANGUAGE
    try:
        for language, folder in LANGUAGES.items():
            if folder.is_dir():
                write_language(out, language, folder, words[1:])
    finally:
        package_words.speak(spoken)
    print(f"The site is in {out}: {size(out) / 2**20:.1f} MB. Open {out / 'index.html'}.")


def site_style():
    """The style of the text, the colours of code, and pictures on a dark page."""
    looks = "".join(f".cs231n-{look} {{ filter: {way} }}" for look, way in ON_DARK.items())
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {looks} }}"
    return "\n".join([(HERE / "site.css").read_text("utf-8"), pictured_code.STYLE, dark])


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def write_language(out, language, folder, names):
    """The pages of one language, and its front page; English stands at the top."""
    place = out if language == "en" else out / language
    place.mkdir(exist_ok=True)
    package_words.speak(language)
    paths = sorted(folder.glob("*.ipynb"))
    titles = {path.stem: title_of(nbformat.read(path, 4)) for path in paths}
    said = said_before(place / "words.js") if names else {}
    with tempfile.TemporaryDirectory() as workshop:  # notebooks look for each other, and may write
        copies = [Path(shutil.copy(path, workshop)) for path in paths]
        for path in copies:
            if not names or path.stem in names:
                print(f"{language} {path.stem}", flush=True)
                body = with_words_apart(page_body(executed(path, language), language), said)
                write_page(place, body, path.stem, titles, language)
        for deck in Path(workshop).glob("*.html"):  # the notebook `lecture` writes its own page
            text = deck_page(deck.read_text("utf-8"), up_from(language), said)
            (place / DECK).write_text(text, "utf-8")
        write_page(place, front(workshop, language), "index", titles, language)
        write_page(place, formula_page.body(language), FORMULA, titles, language)
        (place / "words.js").write_text(script_of(said), "utf-8")


def said_before(file):
    """The words that pages on disk still name, where only some are written anew."""
    return words_in(file.read_text("utf-8") if file.exists() else "")


def words_in(text):
    """What `script_of` wrote, read again."""
    return dict(re.findall(r'^"(\w+)": (.*?),?$', text, re.MULTILINE))


def deck_page(text, up, said):
    """A saved deck with the style and the scripts that all pages of the site share."""
    head, _, rest = text.partition("<style>")
    body, _, script = rest.partition("</style>")[2].partition('<script type="module">')
    said |= words_in(script.partition("\n};\n")[0])
    shared = [part.format(up=up) for part in (STYLE, SCRIPTS)]
    return f"{head}{shared[0]}{body}{shared[1]}</body>\n</html>\n"


def up_from(language):
    """The way from a page of this language to what all languages share."""
    return "" if language == "en" else "../"


def write_page(place, body, name, titles, language):
    up = up_from(language)
    if name in titles and (place / up / "lite").is_dir():
        notebook = f"{'' if language == 'en' else language + '/'}{name}.ipynb"
        edit = f'<a href="{up}lite/lab/index.html?path={notebook}">{WORDS[language]["edit"]}</a>'
        body = f"<p>{edit}</p>{body}"
    (place / f"{name}.html").write_text(page(body, name, titles, language), "utf-8")


def title_of(notebook):
    """The first heading."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.search(r"^# (.+)$", text, re.MULTILINE)[1]


def executed(path, language):
    """The notebook with the outputs of a run in which every view became a place."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(HOOK))
    environment = {"OPENBLAS_NUM_THREADS": "1", **os.environ, "CS231N_LANGUAGE": language}
    settings = {"resources": {"metadata": {"path": str(path.parent)}}, "store_widget_state": False}
    NotebookClient(notebook, timeout=600, kernel_name="python3", **settings).execute(
        env=environment
    )
    del notebook.cells[0]
    return notebook


# ── a page ────────────────────────────────────────────────────────────────────────────────────


def page(body, name, titles, language):
    """A whole page: where one is, where one can go, the text."""
    words = WORDS[language]
    title = titles.get(name) or words.get(name, words["title"])
    up = up_from(language)
    more = f'<script defer src="{up}{FORMULA}.js"></script>\n' if name == FORMULA else ""
    facts = {"language": language, "title": html.escape(title), "body": body, "up": up}
    facts |= {"skip": words["skip"], "label": words["label"], "more": more}
    return PAGE.format(**facts, links=links(name, titles, language))


def links(name, titles, language):
    """Home, the page before, the page after, the other language."""
    words, names = WORDS[language], list(titles)
    at = names.index(name) if name in names else -1  # the front page stands before the first
    near = names[max(at - 1, 0) : max(at, 0)] + names[at + 1 : at + 2]
    found = [("index", words["home"]), *((n, titles[n]) for n in near)]
    shown = [f'<a href="{stem}.html">{html.escape(title)}</a>' for stem, title in found]
    return " ".join(shown) + other_language(name, language)


def other_language(name, language):
    """The same page in the other language, where there is one."""
    [other] = set(LANGUAGES) - {language}
    notebook = "00_start_here" if name in ("index", FORMULA) else name
    if not (LANGUAGES[other] / f"{notebook}.ipynb").exists():
        return ""
    place = f"ko/{name}.html" if other == "ko" else f"../{name}.html"
    return f' <a lang="{other}" hreflang="{other}" href="{place}">{WORDS[language]["language"]}</a>'


def front(folder, language):
    """The front page: what this is, where to begin, the lecture as a map, and questions."""
    words = WORDS[language]
    first = nbformat.read(Path(folder, START), 4)
    begin = f'{words["begin"]}: <a href="{Path(START).stem}.html">{title_of(first)}</a>'
    more = [words["about"], begin, f'<a href="{FORMULA}.html">{words[FORMULA]}</a>']
    listed = "".join(f"<p>{text}</p>" for text in more)
    [asked] = [cell for cell in first.cells if cell.id == "questions"]
    questions = markdown.as_html(asked.source).replace("<details>", "<details open>")
    shown = markdown.to_pages(LectureMap(folder).html)
    return f"<h1>{words['title']}</h1>{listed}{shown}{questions}"


def page_body(notebook, language):
    """The cells, one below the other."""
    body = "\n".join(part for cell in notebook.cells for part in parts(cell, language))
    return COLOURLESS.sub(r"\1", body)


def parts(cell, language):
    """A cell as HTML: text, or code with what came out. Some speak of JupyterLab alone."""
    if "jupyter-only" in tags(cell):
        return
    if cell.cell_type == "markdown":
        yield f'<section id="{cell.id}">{markdown.as_html(cell.source)}</section>'
    elif cell.cell_type == "code":
        shown = pictured_code.highlighted(cell.source)
        if "exercise" in tags(cell):
            shown = f'<p class="exercise">{WORDS[language]["exercise"]}</p>{shown}'
        typed = "".join(formula_page.links(cell.source, WORDS[language]["change"]))
        yield f'<div class="code" id="{cell.id}">{shown}{typed}</div>'
        if out := "".join(map(output, cell.outputs)):
            out = f'<div class="out">{out}</div>'
            waits = re.search(r"\bpredicted\(", cell.source)
            yield folded(WORDS[language]["predict"], out) if waits else out


def folded(title, text):
    return f"<details><summary>{title}</summary>{text}</details>"


def output(one):
    """One output as HTML."""
    if one.output_type == "stream":
        return text_of(one.text) if one.name == "stdout" else ""
    if one.output_type == "error":
        return text_of(f"{one.ename.rpartition('.')[2]}: {one.evalue}", "fails")
    if "text/html" in one.data:
        return markdown.to_pages(one.data["text/html"])
    if "image/png" in one.data:
        alt = html.escape(one.data.get("text/plain", ""))
        return f'<img alt="{alt}" src="data:image/png;base64,{one.data["image/png"].strip()}">'
    return text_of(one.data.get("text/plain", ""))


def text_of(text, kind="text"):
    return f'<pre class="{kind}">{html.escape(text.rstrip())}</pre>' if text.strip() else ""


if __name__ == "__main__":
    main(sys.argv[1:])
