"""The page of a formula that anyone types, without Python.

`js/` puts together what `formula_facts.py` gives, as `parse`, `draw`, `step_through` and `quiz` do
in Python; tests/classroom/test_formula_page.py holds the two equal.
"""

import ast
import html
import json
import re
from pathlib import Path
from urllib.parse import quote

from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.lessons import formula
from cs231n_lec4.live.base import bundle

from .formula_facts import facts

HERE = Path(__file__).resolve().parent
WORDS = {
    "en": {
        "title": "Your own formula",
        "about": "Type a formula. It becomes a graph: move its numbers, walk through its two "
        "passes, or ask somebody for its gradients. Nothing leaves this page.",
        "formula": "Formula",
        "draw": "Draw",
        "examples": "Formulas to begin with",
        "views": "What to do with the graph",
        "move": "Move",
        "walk": "Walk through",
        "quiz": "Quiz",
        "ask": "Ask only for the gradient with respect to",
        "question": "What is the gradient of {of} with respect to {names}?",
        "share": "The address holds the formula, its numbers and what you see. Send it to a "
        "friend.",
        "link": "Address of what you see",
        "copy": "Copy link",
        "copied": "Copied.",
        "may": "What a formula may have",
        "allowed": "Numbers, names, brackets, + − * / ** and these functions: {functions}. "
        "Every name is one number.",
        "damaged": "A part of this address cannot be read: {part}. The page begins anew.",
        "no_picture": "The picture could not be drawn. Load the page again.",
        "engine": "The pictures are laid out by Graphviz (EPL-2.0) as WebAssembly, in the package "
        "@hpcc-js/wasm-graphviz (Apache-2.0): {size} MB, loaded by this page alone.",
    },
    "ko": {
        "title": "나만의 식",
        "about": "식을 쓰면 그래프가 돼요. 숫자를 움직이고, 두 패스를 따라가고, "
        "다른 사람에게 기울기를 물어보세요. 이 페이지 밖으로 나가는 것은 없어요.",
        "formula": "식",
        "draw": "그리기",
        "examples": "시작하기 좋은 식",
        "views": "그래프로 할 일",
        "move": "움직이기",
        "walk": "따라가기",
        "quiz": "퀴즈",
        "ask": "다음에 대한 기울기만 묻기",
        "question": "{names}에 대한 {of}의 기울기는 얼마일까요?",
        "share": "식과 숫자, 지금 보이는 것이 주소에 들어 있어요. 주소를 친구에게 보내 보세요.",
        "link": "지금 보이는 것의 주소",
        "copy": "링크 복사",
        "copied": "복사했어요.",
        "may": "식에 쓸 수 있는 것",
        "allowed": "숫자, 이름, 괄호, + − * / **, 그리고 다음 함수를 쓸 수 있어요: {functions}. "
        "이름 하나는 숫자 하나예요.",
        "damaged": "이 주소에 읽을 수 없는 부분이 있어요: {part}. 처음 상태로 시작해요.",
        "no_picture": "그림을 그리지 못했어요. 페이지를 다시 불러오세요.",
        "engine": "그림의 배치는 WebAssembly로 된 Graphviz(EPL-2.0)가 해요. "
        "@hpcc-js/wasm-graphviz 패키지(Apache-2.0)에 들어 있고 크기는 {size} MB예요. "
        "이 페이지만 불러와요.",
    },
}


FILES = (
    *("reading", "building", "flat", "sketch", "dot", "rows", "moments", "blanks", "states"),
    *("layout", "address", "your_graph"),
)
GRAPHVIZ = HERE / "graphviz" / "wasm-graphviz-1.29.2.js"
CREDIT = "/* Graphviz 16.1 (EPL-2.0), by @hpcc-js/wasm-graphviz 1.29.2 (Apache-2.0). */"
EXAMPLES = {  # the lecture's, with its numbers
    "(x + y) * z": "x:-2,y:5,z:-4",
    "1/(1+exp(-(w0*x0 + w1*x1 + w2)))": "w0:2,x0:-1,w1:-3,x1:-2,w2:-3",
    "2*(x*y + max(z, w))": "x:3,y:-4,z:2,w:-1",
    "x*x + x": "x:3",
}
VIEWS = ("move", "walk", "quiz")
BODY = """<link rel="preload" as="script" href="{up}graphviz.js" fetchpriority="low">
<div class="your-graph">
<h1>{title}</h1>
<p>{about}</p>
<form class="formula-form"><label>{formula}
<input class="formula-box" value="{start}" autocomplete="off" autocapitalize="off"
 spellcheck="false" aria-describedby="formula-said"></label><button>{draw}</button></form>
<p class="formula-said" id="formula-said" role="status"></p>
<ul class="formula-examples" aria-label="{examples}">{listed}</ul>
<div class="formula-views" role="group" aria-label="{views}">{buttons}</div>
<p class="formula-question" role="status"></p>
<div class="formula-view" aria-busy="true"></div>
<fieldset class="formula-ask" hidden><legend>{ask}</legend>
<div class="formula-keys"></div></fieldset>
<p>{share}</p>
<div class="formula-share"><input class="formula-link" readonly aria-label="{link}">
<button type="button" class="formula-copy">{copy}</button>
<span class="formula-copied" role="status"></span></div>
<details><summary>{may}</summary><p>{allowed}</p></details>
<p><small>{engine}</small></p>
<script class="facts" type="application/json">{facts}</script>
</div>"""


def body(language):
    """The page of one language, without what all pages have."""
    own = WORDS[language]
    up = "" if language == "en" else "../"
    addresses = {f: f"#f={quote(f)}&n={numbers}" for f, numbers in EXAMPLES.items()}
    start, address = next(iter(addresses.items()))
    known = {**facts(), "page": own, "language": language, "start": address}
    known["graphviz"] = f"{up}graphviz.js"
    shown = {key: html.escape(text) for key, text in own.items()}
    shown |= {"allowed": shown["allowed"].format(functions=", ".join(formula.FUNCTIONS))}
    shown |= {"engine": shown["engine"].format(size=f"{GRAPHVIZ.stat().st_size / 2**20:.1f}")}
    buttons = [f'<button type="button" data-view="{v}">{shown[v]}</button>' for v in VIEWS]
    listed = [f'<li><a href="{a}">{html.escape(f)}</a></li>' for f, a in addresses.items()]
    parts = {"buttons": " ".join(buttons), "listed": "".join(listed), "facts": as_script(known)}
    return BODY.format(**shown, start=html.escape(start), **parts, up=up)


def links(source, words):
    """A link to this page for each formula of single numbers that a cell lets a reader move."""
    calls = [part for part in ast.walk(ast.parse(source)) if isinstance(part, ast.Call)]
    named = {getattr(call.func, "id", "") for call in calls}
    for call in calls if "explore" in named else ():
        if getattr(call.func, "id", "") == "parse":
            try:
                text = ast.literal_eval(call.args[0])
                numbers = {k.arg: float(ast.literal_eval(k.value)) for k in call.keywords}
                formula.parse(text, **numbers)
            except (ValueError, TypeError, GraphError):
                continue  # no formula, or one that fails on purpose, or of arrays
            listed = ",".join(f"{name}:{number:.12g}" for name, number in numbers.items())
            address = f"your_graph.html#f={quote(text, safe='')}&n={listed}"
            yield f'<p><a href="{html.escape(address)}">{words}</a></p>'


def write_scripts(folder):
    """What the pages of all languages load: its JavaScript, and the engine."""
    (folder / "your_graph.js").write_text(script(), "utf-8")
    (folder / "graphviz.js").write_text(engine(), "utf-8")


def engine():
    """Graphviz as a script that pages from disk can load, too: they can load no module."""
    text = GRAPHVIZ.read_text("utf-8").partition("//# sourceMappingURL")[0]
    module, _, exported = text.rpartition("export{")
    name = re.search(r"(\w+) as Graphviz\b", exported)[1]
    return f"{CREDIT}\n(() => {{{module}\nglobalThis.WasmGraphviz = {name};}})();\n"


def script(files=FILES):
    """The files of `js/`, each a function that returns what it exports, as in `bundle.py`. They
    stand below live.js, and use what that has."""
    return "\n".join(map(function_of, files))


def function_of(name):
    """One file."""
    text = bundle.local((HERE / "js" / f"{name}.js").read_text("utf-8"))
    exports = ", ".join(bundle.EXPORT.findall(text))
    inner = bundle.EXPORT.sub("", text)
    return f"const {name}_js = (() => {{\n{inner}\nreturn {{ {exports} }};\n}})();"


def as_script(known):
    """Facts as JSON inside a page: no tag can begin in it."""
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
