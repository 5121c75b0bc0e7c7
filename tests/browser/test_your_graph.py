"""The formula page, from disk: an address asks, moves, walks; whatever stands in it, nothing runs."""

import random
import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from formulas import good, hostile

from classroom import site
from cs231n_lec4 import parse
from cs231n_lec4.live.graphs.graph_view import prepared_drawing
from cs231n_lec4.pictures import svg
from cs231n_lec4.pictures.process import lay_out
from cs231n_lec4.pictures.straight import runs_through_something

pytestmark = pytest.mark.browser

NEURON = "f=" + quote("1/(1+exp(-(w0*x0 + w1*x1 + w2)))") + "&n=w0:2,x0:-1,w1:-3,x1:-2,w2:-3"
DONE = "() => !document.querySelector('.formula-view').ariaBusy"
TEXTS = """() => [...document.querySelectorAll('.formula-view svg .wire')].map((wire) =>
  [...wire.querySelectorAll('text')].map((text) => text.textContent))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site.main([str(folder), site.FORMULA])
    return folder


@pytest.fixture
def visit(folder, pages):
    """`visit(address)` → the page at this address; it asks for nothing outside and says no error."""
    troubles = []

    def visit_(address="", place=site.FORMULA, **options):
        page = pages(**options)
        page.on(
            "request",
            lambda r: r.url.startswith(("file:", "data:", "about:")) or troubles.append(r.url),
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: is_ours(said) and troubles.append(said.text))
        return go(page, folder, address, place)

    yield visit_
    assert troubles == [], troubles


def is_ours(said):
    """axe asks for style sheets, which no page from disk may."""
    return said.type == "error" and ".css" not in said.text + said.location["url"]


def go(page, folder, address, place=site.FORMULA):
    page.goto("about:blank")
    page.goto((folder / f"{place}.html").as_uri() + (f"#{address}" if address else ""))
    page.wait_for_function(DONE)
    return page


def said(page):
    return page.inner_text(".formula-said").strip()


# ── what it does ──


def test_a_link_asks_on_a_phone_and_a_wrong_answer_is_explained(visit):
    page = visit(NEURON + "&v=quiz&a=w0", phone=True)
    assert page.inner_text(".formula-question") == "What is the gradient of f with respect to w0?"
    boxes = page.locator(".formula-view .cell input")
    assert boxes.count() == 1
    seen = "(part) => { const { top, bottom } = part.getBoundingClientRect(); return top > -1 && bottom <= innerHeight; }"
    for part in (".formula-question", ".formula-view svg"):
        assert page.eval_on_selector(part, seen), part
    boxes.fill("0.39")
    boxes.press("Enter")
    assert "the other input" in page.inner_text(".quiz-said")
    boxes.fill("-0.20")
    boxes.press("Enter")
    assert page.inner_text(".quiz-said").startswith("✓")


def test_a_typed_formula_is_drawn_moves_and_stands_in_the_address(visit):
    page = visit()
    page.fill(".formula-box", "a*b + a")
    page.press(".formula-box", "Enter")
    page.wait_for_function(DONE)
    before = page.evaluate(TEXTS)
    page.fill(".slider-row >> nth=0 >> input[type=text]", "7")
    page.press(".slider-row >> nth=0 >> input[type=text]", "Enter")
    page.wait_for_function("location.hash.includes('a:7')")
    after = page.evaluate(TEXTS)
    assert ["7.00", "0.00"] in after
    assert after != before
    assert page.input_value(".formula-link") == page.url
    again = visit(page.url.partition("#")[2])
    assert again.evaluate(TEXTS) == after


def test_back_and_forward_go_from_formula_to_formula(visit):
    page = visit()
    first = page.evaluate(TEXTS)
    page.click("text=x*x + x")
    page.wait_for_function("document.querySelector('.formula-box').value === 'x*x + x'")
    page.wait_for_function(DONE)
    page.click("[data-view=walk]")
    page.wait_for_function("location.hash.includes('v=walk')")
    page.go_back()
    page.wait_for_function("!location.hash.includes('v=walk')")
    page.go_back()
    page.wait_for_function("document.querySelector('.formula-box').value === '(x + y) * z'")
    page.wait_for_function(DONE)
    assert page.evaluate(TEXTS) == first
    page.go_forward()
    page.wait_for_function("document.querySelector('.formula-box').value === 'x*x + x'")


def test_a_walk_begins_at_the_step_of_its_address_and_the_address_follows(visit):
    page = visit(NEURON + "&v=walk&p=10")
    assert page.inner_text(".step-count") == "Step 10 of 17"
    page.click(".step-bar button >> nth=2")
    page.wait_for_function("location.hash.includes('p=11')")
    assert page.inner_text(".step-count") == "Step 11 of 17"


def test_backward_sends_the_gradient_through_one_gate_a_press(visit):
    page = visit()
    page.click(".backward button >> nth=0")
    assert page.evaluate(TEXTS)[-1] == ["−12.00", "1.00"]
    assert page.evaluate(TEXTS)[0] == ["−2.00", ""]


def test_a_link_is_copied(visit):
    page = visit(NEURON)
    page.click(".formula-copy")
    page.wait_for_selector("text=Copied.")
    assert page.evaluate("getSelection().toString()") == page.input_value(".formula-link")


def test_a_refused_formula_says_what_to_write_and_keeps_the_text(visit):
    page = visit("f=2x%2B1&n=x:3")
    assert said(page) == "A times sign is missing: 2x+1\nWrite 2*x+1."
    assert page.input_value(".formula-box") == "2x+1"
    assert page.get_attribute(".formula-box", "aria-invalid") == "true"
    page.fill(".formula-box", "2*x+1")
    page.press(".formula-box", "Enter")
    page.wait_for_function(DONE)
    assert said(page) == ""
    assert page.evaluate(TEXTS)[0] == ["3.00", "2.00"]


def test_the_korean_page_speaks_korean_and_leads_to_the_same_place_in_english(visit):
    page = visit(NEURON + "&v=quiz&a=w0", place=f"ko/{site.FORMULA}")
    assert page.inner_text(".formula-question") == "w0에 대한 f의 기울기는 얼마일까요?"
    page.click("a[hreflang=en]")
    page.wait_for_function(DONE)
    assert page.inner_text(".formula-question") == "What is the gradient of f with respect to w0?"


# ── the picture is Python's ──

PARTS = """() => [...document.querySelectorAll('.formula-view .graph > g:not(.beads), .graph > text')].map(
  (part) => [part.getAttribute('class'), [...part.querySelectorAll('line, ellipse, path:not(.band), polygon, text')].map(
    (shape) => [shape.localName, shape.localName === 'text' ? shape.textContent.trim() : shape.getAttribute('class')])])"""
FORMULAS = ["x*x + 2*max(y, 3*4) + exp(x)**2", "1/0*x", *good(30)[-9:]]
CROSSED = ["x*y + (x + y)*(x - y) + x/y + max(x, y)*exp(y)", "x*(y + x*(z + x*y))*z + y*(x + z)"]
NUMBERS = {"x": 1.5, "y": -2.0, "z": 3.0}


def used(text):
    return {name: x for name, x in NUMBERS.items() if re.search(rf"\b{name}\b", text)}


def shown_of(text):
    """The graph of the page: an output without a name is called f."""
    return parse(f"f = {text}", **used(text))


def parts_of(root):
    """What PARTS finds, in a picture of Python's."""
    named = [part for part in root.find(svg.tag("g")) if part.get("class") != "background"]
    shapes = {svg.tag(name) for name in ("line", "ellipse", "path", "polygon", "text")}
    return [
        [
            part.get("class"),
            [kind_of(shape) for shape in part.iter() if shape.tag in shapes and shape is not part],
        ]
        for part in named
    ]


def kind_of(shape):
    name = shape.tag.rpartition("}")[2]
    return [name, (shape.text or "").strip() if name == "text" else shape.get("class")]


@pytest.mark.parametrize("text", [*FORMULAS, *CROSSED])
def test_a_picture_has_the_parts_of_a_picture_of_draw(visit, text):
    listed = ",".join(f"{name}:{x}" for name, x in used(text).items())
    page = visit(f"f={quote(text)}&n={listed}")
    drawing = prepared_drawing(shown_of(text), digits=2, room=6)
    ours, theirs = page.evaluate(PARTS), parts_of(drawing._laid_out[1])
    assert in_short(ours) == in_short(theirs)


def in_short(parts):
    """A live view has room for six characters of a number, a still picture for eight."""
    return re.sub(r"'−?[\d.]+e−?\d+'", "'1e9'", str(parts))


TIDY = """(texts) => texts.map((text) => {
  const svg = layout_js.tidied(text);
  const listed = (part) => [part.localName, Object.fromEntries([...part.attributes].map(({ name, value }) => [name, value])),
    [...part.children].map(listed)];
  return [listed(svg), layout_js.runsThroughSomething(svg)];
})"""


def listed(part):
    """A tree as TIDY lists it."""
    return [part.tag.rpartition("}")[2], dict(part.attrib), list(map(listed, part))]


def test_the_same_svg_is_tidied_and_bent_as_in_python(visit):
    texts = [*FORMULAS, *CROSSED]
    drawn = [prepared_drawing(shown_of(t), digits=2, room=6)._straight for t in texts]
    laid = [lay_out(dot, "svg").decode() for dot in drawn]
    trees = [svg.tidied(one) for one in laid]
    bent = [runs_through_something(tree) for tree in trees]
    assert {True, False} == set(bent)
    found = visit().evaluate(TIDY, laid)
    assert [crosses for _, crosses in found] == bent
    for (ours, _), tree in zip(found, trees, strict=True):
        assert rounded(ours) == rounded(listed(with_looks(tree)))


def with_looks(tree):
    """A tree in which each text has its own font again; `tidied` lets the page say the usual one."""
    [page] = [group for group in tree.iter(svg.tag("g")) if group.get("class") == "graph"]
    for look in ("font-family", "font-size", "text-anchor"):
        usual = page.attrib.pop(look, None)
        for text in page.iter(svg.tag("text")) if usual else ():
            text.attrib.setdefault(look, usual)
    return tree


def rounded(part):
    """Sizes are set by the views, and numbers may end in zeros."""
    name, facts, inner = part
    odd = (
        "xmlns",
        "xmlns:xlink",
        "width",
        "height",
        "xml:space",
        "{http://www.w3.org/XML/1998/namespace}space",
    )
    kept = {key: value for key, value in facts.items() if key not in odd}
    numbers = {
        key: round(float(v), 2) if re.fullmatch(r"-?[\d.]+", v) else v for key, v in kept.items()
    }
    return [name, numbers, list(map(rounded, inner))]


LAID = """async (dot) => {
  const graphviz = await WasmGraphviz.load();
  const waysOf = (svg) => [...svg.querySelectorAll('.edge path:not(.band)')].map((path) => path.getAttribute('d'));
  const [straight, bent] = ['line', 'polyline'].map((kind) =>
    layout_js.tidied(graphviz.dot(dot.replace('splines=line', `splines=${kind}`), 'svg')));
  return [layout_js.runsThroughSomething(straight), waysOf(straight), waysOf(bent), waysOf(document.querySelector('.formula-view'))];
}"""


@pytest.mark.parametrize("text", ["x*y + z", CROSSED[1]])
def test_lines_that_would_cross_something_are_bent(visit, text):
    listed = ",".join(f"{name}:{x}" for name, x in used(text).items())
    dot = prepared_drawing(shown_of(text), digits=2, room=6)._straight
    page = visit(f"f={quote(text)}&n={listed}")
    crosses, straight, bent, shown = page.evaluate(LAID, dot)
    assert crosses is (text == CROSSED[1])
    assert straight != bent
    assert shown == (bent if crosses else straight)


# ── whatever stands in the address ──

SHAPES = """f|f=|f=x|f=x&n=x|n=x:1|f=x&n=x:NaN|f=x&n=x:1e999|f=x&n=x:Infinity|f=x&n=x:|f=x&n=:1|f=x&n=x:1:2|f=x&n=x:1,x:2|f=x&n=y:2
|f=x&n=__proto__:1|f=__proto__*x&n=__proto__:2,x:1|f=constructor*toString&n=constructor:1,toString:2|f=hasOwnProperty(x)&n=x:1
|f=x&f=y|f=x&v=none|f=x&v=__proto__|f=x&v=constructor|f=x&p=-1&v=walk|f=x%2By&p=99999&v=walk|f=x%2By&p=1e9&v=walk|f=x%2By&v=walk&p=9999
|f=x%2By&v=quiz&a=w99|f=x%2By&v=quiz&a=__proto__|f=x%2By&v=quiz&a=%3Cimg%20src%3Dx%20onerror%3Dhurt%28%29%3E|f=x&__proto__=1|f=x&constructor=1|f=%E0%A4|f=%|f=%u0041
|f=%00|f=x%00y|f=x%0Ay|f=%EF%BF%BD|f=%ED%A0%80|f=x&n=x:%E0%A4|f=x&n=%3Cscript%3Ehurt()%3C/script%3E:1|javascript:hurt()|f=javascript:hurt()|f=data:text/html,hurt
|f=<script>hurt()</script>|f=%3Csvg%20onload%3Dhurt()%3E|f=%26lt%3Bscript%26gt%3B|f=%3Cimg src=x onerror=hurt()>|<svg/onload=hurt()>=1|f=x&n=<svg/onload=hurt()>:1
|f=x&v=quiz&a=<svg/onload=hurt()>|f=x&n=x:<svg/onload=hurt()>|f=x&p=<svg/onload=hurt()>|f="onfocus=hurt() autofocus|f='-hurt()-'|f=${hurt()}|f={{hurt()}}|f=`${hurt()}`
|f=x&n=x:1;hurt()|f=hurt()|f=hurt(x)&n=x:1|f=x%E2%80%AE%2By|f=x%E2%80%8By|f=x%CC%81%CC%81%CC%81*y|f=%F0%9F%98%80*x|f=%EF%BD%98|f=x==y|f=x?y|&&&&|====|f=x&&n=x:1|%66=x""".replace(
    "\n", ""
).split("|")


def addresses():
    """More than 300 addresses that nobody should have made."""
    long = [
        "f=" + "x" * 5000,
        "f=x&n=" + ",".join(f"x{k}:1" for k in range(900)),
        "f=" + "(" * 180 + "x",
    ]
    many = [
        "f=" + "%2B".join(["x"] * 60),
        "f=" + "-" * 60 + "x",
        "f=" + "exp(" * 32 + "x" + ")" * 32,
    ]
    typed = [f"f={quote(text, errors='surrogatepass')}" for text in hostile()]
    return [*SHAPES, *long, *many, *typed]


HURT = """() => { globalThis.hurt = () => (document.body.dataset.hurt = 'yes');
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) globalThis[name] = globalThis.hurt; }"""
WHOLE = """() => [document.body.dataset.hurt ?? 'no', document.querySelectorAll('script').length <= 6,
  [...document.querySelectorAll('.your-graph *')].every((part) => part.getAttributeNames().every((name) => !name.startsWith('on'))),
  document.querySelectorAll('.your-graph img, .your-graph iframe, .your-graph a[href^=javascript]').length,
  Boolean(document.querySelector('.formula-view svg'))]"""


def check_hostile(page, folder, chosen):
    """Each is answered with a sentence or a picture; nothing of it runs; the page goes on working."""
    page.add_init_script(f"({HURT})()")
    answers = []
    for address in chosen:
        go(page, folder, address)
        hurt, few, plain, foreign, picture = page.evaluate(WHOLE)
        assert (hurt, few, plain, foreign) == ("no", True, True, 0), address
        assert picture or said(page), address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        answers.append(bool(said(page)))
    page.click(".formula-examples a >> nth=3")
    page.wait_for_function("document.querySelector('.formula-box').value === 'x*x + x'")
    page.wait_for_selector(".formula-view svg")
    return answers


def test_some_hostile_addresses_are_answered_and_nothing_runs(visit, folder):
    chosen = [*SHAPES[::3], *random.Random(5).sample(addresses(), 15)]
    answers = check_hostile(visit(), folder, chosen)
    assert sum(answers) > 25


@pytest.mark.long
def test_every_hostile_address_is_answered_and_nothing_runs(visit, folder):
    answers = check_hostile(visit(phone=True), folder, addresses())
    print(f"{len(answers)} addresses, {sum(answers)} answered with a sentence, the others drawn")
    assert len(answers) > 300


# ── for everybody ──


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("view", ["move", "walk", "quiz"])
def test_nothing_is_wider_than_the_window_and_axe_is_content(visit, view, width):
    page = visit(f"{NEURON}&v={view}", viewport=(width, 800))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []


def test_a_dark_page_is_open_to_all_and_so_is_a_refusal(visit):
    for address in (NEURON, "f=2x"):
        page = visit(address)
        page.emulate_media(color_scheme="dark")
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []


def test_the_keyboard_alone_types_draws_and_changes_the_view(visit):
    page = visit()
    page.focus(".formula-box")
    page.keyboard.press("Control+A")
    page.keyboard.type("u*v")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.includes('f=u')")
    page.focus("[data-view=quiz]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".formula-view .quiz")
    page.focus(".formula-keys input")
    page.keyboard.press("Space")
    page.wait_for_function("location.hash.includes('a=')")
    assert page.evaluate("document.activeElement.closest('.formula-keys') !== null")
