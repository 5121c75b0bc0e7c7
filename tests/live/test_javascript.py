"""The JavaScript: types, no sentence in it, nothing that could run a string, and what is loaded."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import node
import pytest

from cs231n_lec4.live.base import bundle

FILES = sorted(bundle.LIVE.glob("js/*/*.js"))
SETTINGS = Path(__file__).parents[1] / "js" / "tsconfig.json"
IMPORTED = re.compile(r'from "[./a-z]*/(\w+)\.js"')
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')
COMMENT = re.compile(r"^\s*(//|\*|/\*).*$|\s//\s.*$", re.MULTILINE)
LISTS = {
    "picture.js",
    "training.js",
    "activation_view.js",
}  # names of shapes and attributes, in one string each
FORBIDDEN = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
    "setTimeout(\"", "fetch(", "XMLHttpRequest", "WebSocket", "import(", "http:", "https:",
)  # fmt: skip
ALLOWED = tuple(
    f"http://www.w3.org/{kind}" for kind in ("1999/xhtml", "2000/svg", "1998/Math/MathML")
)
WIDGETS = [
    "view",
    "page",
    "training",
    "activation_view",
    "jacobian_view",
    "net_view",
    "template_view",
    "unit_view",
    "ask",
    "browser_check",
]


def problems(text):
    """Everything of the forbidden list in a text of JavaScript."""
    for name in ALLOWED:
        text = text.replace(name, "")
    return [word for word in FORBIDDEN if word in text]


def sentences(text):
    """String literals that could be read to a person: a letter, a space, a letter."""
    found = []
    for literal in STRING.findall(COMMENT.sub("", text)):
        plain = re.sub(r"\$\{[^}]*\}", "0", literal[1:-1])
        if re.search(r"[A-Za-z]{2,}[,.!?]? [A-Za-z]", plain) and not is_code(plain):
            found.append(literal)
    return found


def is_code(text):
    """A list of class names, of attributes or of fonts, a selector, a translation of a shape."""
    return bool(
        re.fullmatch(
            r"[-a-z0-9 ]+|[-a-z0-9.,#: \[\]=>*]+|.*(monospace|sans-serif).*|(?:[\w-]+ )+", text
        )
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_string_can_become_code_or_markup(file):
    assert problems(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_sentence_stands_in_the_javascript(file):
    if file.name not in LISTS:
        assert sentences(file.read_text(encoding="utf-8")) == []


def test_the_two_looks_find_what_is_planted():
    assert problems('el.innerHTML = "<b>"') == ["innerHTML"]
    assert sentences('const a = "Reset to the slide";') == ['"Reset to the slide"']
    assert sentences("const a = `Step ${k} of many steps here`;")
    assert sentences('// Reset to the slide\nconst a = "only-heard";') == []


# ── types ──


def test_the_javascript_has_no_type_problem():
    assert node.type_problems(SETTINGS) == ""


WRONG = """
import { element } from "./page_parts.js";
import { mountView } from "./mount_view.js";
element("select", {}).vale;
mountView({ el: document.body }, "kind", [], () => ({ parts: [], show() {} }));
mountView({ el: document.body, model: /** @type {any} */ (null) }, "kind", [], () => ({ parts: [] }));
"""


def test_the_type_check_finds_what_is_planted(tmp_path):
    shutil.copytree(bundle.LIVE / "js", tmp_path / "js")
    (tmp_path / "js" / "core" / "wrong.js").write_text(WRONG)
    settings = json.loads(SETTINGS.read_text()) | {"include": ["js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    found = node.type_problems(tmp_path / "tsconfig.json")
    assert "'vale'" in found
    assert "'model'" in found
    assert "'show'" in found


@pytest.mark.parametrize("name", WIDGETS)
def test_a_bundle_parses(name, tmp_path):
    program = shutil.which("node")
    if program is None:
        pytest.skip("needs node")
    file = tmp_path / "bundle.mjs"
    file.write_text(bundle.script(name), encoding="utf-8")
    done = subprocess.run([program, "--check", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nothing_is_imported_that_is_not_there_and_nothing_left_over():
    names = {file.stem for file in FILES}
    imported = {n for file in FILES for n in IMPORTED.findall(file.read_text(encoding="utf-8"))}
    assert imported <= names
    assert names == imported | set(WIDGETS)


# ── colours ──────────────────────────────────────────────────────────────────────────────────────


def brightness(colour):
    """Relative luminance (WCAG 2) of "#rrggbb"."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((brightness(one), brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colours():
    """(selector, variable, colour) of the style sheet."""
    rules = re.findall(
        r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", bundle.style(), flags=re.S)
    )
    for selector, body in rules:
        for name, colour in re.findall(r"--(value|gradient): (#[0-9a-f]{6})", body):
            yield " ".join(selector.split()), name, colour


def is_dark(selector):
    return 'light="false"' in selector or ".cs231n-page .cs231n-live" in selector


def test_every_number_has_enough_contrast_on_its_ground():
    found = list(colours())
    assert len(found) >= 10
    low = [
        row for row in found if contrast(row[2], "#111111" if is_dark(row[0]) else "#ffffff") < 4.5
    ]
    assert low == []


def test_numbers_in_a_hall_have_strong_contrast():
    for selector, _, colour in colours():
        if "for-class" in selector:
            assert contrast(colour, "#111111" if is_dark(selector) else "#ffffff") >= 7


def test_a_saved_page_carries_at_most_250_kilobytes_of_script_and_no_comment():
    script = bundle.script("page")
    assert len(script.encode()) <= 250_000
    assert not re.search(r"^\s*(//|/\*\*? [A-Z])", script, re.MULTILINE)
    assert "http://www.w3.org/2000/svg" in script  # what looks like a comment inside a text stays


def test_every_export_is_used():
    texts = {file.stem: file.read_text() for file in FILES}
    used = "\n".join(
        line for text in texts.values() for line in re.findall(r"^import .*?;", text, re.S | re.M)
    )
    tested = "\n".join(p.read_text() for p in Path(__file__).parents[1].rglob("*.py"))
    exports = {(s, n) for s, text in texts.items() for n in bundle.EXPORT.findall(text)}
    unused = {(s, n) for s, n in exports if not re.search(rf"\b{n}\b", used + tested)}
    assert unused == set()
