"""The formula page: its JavaScript takes, refuses, draws, steps and asks as the package does."""

import json
import random
import re

import pytest
from formulas import good, hostile
from node import run
from test_javascript import problems, sentences

from classroom import formula_page
from classroom.formula_facts import facts
from cs231n_lec4 import GraphError, language, parse, quiz
from cs231n_lec4.flat import browser_program
from cs231n_lec4.flat.program import evaluate, run_program
from cs231n_lec4.live.base import bundle
from cs231n_lec4.live.base.sliders import controls_of
from cs231n_lec4.live.graphs.graph_view import prepared_drawing
from cs231n_lec4.steps.moments import shown_from, steps_of

USED = ("page_parts", "format", "program", "numbers", "judge", "wires")  # of live.js
BELOW = dict.fromkeys(file for name in USED for file in bundle.in_order(name))
LIVE = "\n".join(map(bundle.function_of, BELOW))
PURE = [name for name in formula_page.FILES if name not in ("layout", "your_graph")]
NUMBERS = {"x": 1.3, "y": -0.7, "z": 2.1}


@pytest.fixture(autouse=True)
def english_again():
    yield
    language("en")


def in_browser(script, **given):
    """What the page's JavaScript makes of it: `facts` and `given` are there."""
    given["facts"] = {**facts(), "language": "en"}
    start = "const { facts, ...given } = JSON.parse(await input());"
    return run(f"{LIVE}\n{formula_page.script(PURE)}\n{start}\n{script}", given)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────

READ = """
const parse = building_js.parserOf(facts);
const told = given.jobs.map(([text, numbers]) => {
  try {
    const { names, nodes } = parse(text, new Map(numbers));
    return [names, nodes.map(({ value }) => String(value))];
  } catch (problem) {
    return [problem.code ?? String(problem), problem.message];
  }
});
console.log(JSON.stringify(told));
"""


def by_python(text, numbers):
    """What `parse` says: the nodes, or the code and the sentence of its refusal."""
    try:
        graph = parse(text, **numbers)
        return [graph.name_of(node) for node in graph.nodes], [node.value for node in graph.nodes]
    except GraphError as error:
        return error.code, str(error)


ODD = """f(x, y=2)|sum(x, axis=0)|mean(x, axis=-1)|sum(x, axis=())|sum(x, axis=1)|mean(x, axis=(0, 1))|sum(x, axis=(0,))
|sum(x, axis=+1)|sum(x, axis=1.0)|sum(x, axis=y)|exp(x, axis=0)|sum(x, axis=0, axis=1)|sum(x, axis=0, y)|sum(axis=0)
|x.T|x.T.T|x.T(y)|x .T|x. T|2 .T + x|x.Ty|(x).T|x.real|1.e5 .T|x@y|2@x|1e5_0*x|1e5__0*x|1e5j*x|012*x|00*x|0.5.5*x|1..T
|x, y|x,|(x,)|(x, y)|(*x,)|(*x)|*x, y|f(*x, y)|max(x, *y)|max(**x)|max(**x, y)|max(x, y, z)|max((x+y), .5, z)|exp()
|exp(x)(y)|x(y)|w0x0|xy|xz*y|x y z|2x|2(x)|(x)2|x²|x⁻¹|x^2|e^x|e^(x+y)|e^-x|x^2y|q^2|x^y + "a|e|e*x|exp|exp x|exp 2|max
|x if y|x = y|f(x) = x^2|x == y|x != 1|!x|x -- y|x ** -y|-x ** 2|--x|+x|+-+x|1/0*x|x/0|0**0*x|1e308*10*x|1e309*x|-0.0*x
|x*-1|x+-3|x - -3|2-x|2/x|2**x|(-2)**x|x**2|x**0.5|x**-2|x**1|x**0|x**(1-1)|(1/2)*x|1/(2*3)*x|max(x, 0)|max(0, x)|max(2, 3)*x
|1/x|1./x|(1+0)/x|reciprocal(x)|1/2/x|σ(x)|α*x|가*x|x가|٣*x|٣x|x٣|ｘ|ﬁ*x|x·y|x∗y|x–y|_*x|__proto__*x|constructor*x|toString+x
|hasOwnProperty(x)|constructor(x)|__proto__(x)|valueOf|x\u0301*y|\u0301x|x\u200dy|\x85x|\ufeffx|x\u3000+ y|x + y|3|2+3|...|...*x|x...|..|x..y
|softmax(x)|squared_norm(x)|elu(x) + leaky_relu(y)|transpose(x)|print x|lambda|x.T2|x.e5|5.x|5 x|x 5|x.5|1.5.x
|f = x*y|f=x|v1 = (x+y)*x|c1 = x+2|x = x*y|x = x|if = x*y|class=x|²=x*y| = x|f = g = x|f = x = y|가 = x*2|f = 3|f =|1 = x
|f == x|f != x|f := x|f : x = y|f(x) = x|__proto__ = x*y|constructor = x + y|f + y = x|f, g = x|ﬁ = x*y|x y = x""".replace(
    "\n", ""
).split("|")


def random_texts(count, seed=7):
    """Pieces of formulas in any order: most are refused, and each in a way of its own."""
    rng = random.Random(seed)
    pieces = ["x", "y", "z", "2", "0.5", ".5", "1e3", "+", "-", "*", "/", "**", "^", "(", ")", ",",
              " ", "exp", "max", "sum", "axis=0", ".T", ".", "=", "e", "w", "²", "@", "<", "if", "가"]  # fmt: skip
    return ["".join(rng.choices(pieces, k=rng.randint(1, 9))) for _ in range(count)]


def with_odd_letters(count, seed=8):
    """A good formula in which one letter is another one."""
    rng = random.Random(seed)
    for text in rng.choices(good(), k=count):
        at = rng.randrange(len(text))
        letter = chr(rng.choice([rng.randrange(32, 1424), rng.randrange(0x2000, 0x2300), 0x1F600]))
        yield text[:at] + letter + text[at + 1 :]


def all_texts():
    """More than 2,000 formulas with their numbers: good, bad and hostile."""
    names = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "α", "가", "_"]
    wide = {**NUMBERS, **dict.fromkeys(names, 2.0), "w0": 1.0, "x0": 3.0}
    plain = [*good(), *hostile(), *ODD, *random_texts(900), *with_odd_letters(300)]
    texts = [text for text in plain if "\ud800" not in text]
    for text in texts:
        used = {n: v for n, v in wide.items() if re.search(rf"(?<!\w){n}(?!\w)", text)}
        for numbers in (used, NUMBERS, {}):
            yield text, numbers


@pytest.mark.parametrize("spoken", ["en", "ko"])
def test_every_formula_is_read_or_refused_as_parse_does(spoken):
    language(spoken)
    jobs = list(all_texts())
    told = in_browser(READ, jobs=[[text, list(numbers.items())] for text, numbers in jobs])
    taken = 0
    for (text, numbers), (first, second) in zip(jobs, told, strict=True):
        expected, more = by_python(text, numbers)
        assert first == expected, (text, numbers, second)
        if isinstance(first, str):
            assert second == more, text
        else:
            taken += 1
            assert [float(x) for x in second] == pytest.approx(more, nan_ok=True), text
    assert len(jobs) > 2000
    assert taken > 250


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────

CONSTANTS = """x*-1|x + -3|-3 - x|x - 3|3 - x|2/x|x/2|x/-2|2**x|(-2)**x|x**2|x**0.5|x**-2|x**1|x**0|(x*y)**(3-1)|max(x, 0)
|max(-1, x)|max(2, 3)*x + 4/2|1/0*x|x*(0-2)|0*x - 0.0|x*x|max(x, x)|x/x|x**x|x*1e9 + y*1e-9|x**1e9|x**2**3|(x + 1/3)*123456.789
|sum(x, axis=0) + mean(y)|softmax(x)*y|x.T|squared_norm(x - y)|elu(x)*leaky_relu(y)*relu(z)|tanh(log(exp(x)))|sigmoid(x)
|f = x*y + x|매출 = x*y|a_name_of_an_output_that_goes_on_and_on_and_on = x + y|x = x|f = x
|a_very_long_name_of_an_input_that_goes_on_and_on*x|가나*x|1/(1+exp(-(x*y + z*x + y)))""".replace(
    "\n", ""
).split("|")


def graphs(count=250):
    """Formulas of every kind with their numbers: the lecture's, random ones, with constants."""
    texts = [*CONSTANTS, *good(count)]
    wide = {**NUMBERS, "가나": 2.0, "a_very_long_name_of_an_input_that_goes_on_and_on": -1.0}
    for text in texts:
        used = {n: v for n, v in wide.items() if re.search(rf"(?<!\w){n}(?!\w)", text)}
        if used:
            yield text, used


DRAW = """
const parse = building_js.parserOf(facts);
console.log(JSON.stringify(given.jobs.map(([text, numbers]) => {
  const drawn = states_js.drawnOf(parse(text, new Map(numbers)), facts);
  const { dot, program, sketch, inputs } = drawn;
  const look = program_js.compileProgram(program)(inputs);
  const all = [program.values, program.grads, Object.values(program.shares).flat()];
  const controls = Object.entries(inputs).map(([name, x]) => states_js.controlOf(name, x));
  const numbered = all.map((trees) => trees.map((tree) => tree && String(look(tree))));
  const chain = moments_js.chainOf(drawn);
  const steps = moments_js.stepsOf(drawn, chain, facts.words);
  const shown = moments_js.shownFrom(drawn, chain, steps);
  const { quiz } = states_js.stateOf("quiz", drawn, "", facts);
  const { settings } = states_js.stateOf("move", drawn, "", facts);
  return { dot, wires: sketch.wires, numbers: numbered, controls, steps, shown, quiz, settings };
})));
"""


@pytest.fixture(scope="module")
def drawn():
    """[(text, numbers, what the page draws of it)]"""
    jobs = list(graphs())
    told = in_browser(DRAW, jobs=[[text, list(numbers.items())] for text, numbers in jobs])
    return [(text, numbers, one) for (text, numbers), one in zip(jobs, told, strict=True)]


def test_a_picture_is_written_as_draw_writes_it(drawn):
    for text, numbers, told in drawn:
        drawing = prepared_drawing(parse(text, **numbers), digits=2, room=6)
        assert told["dot"] == drawing._straight, text
        assert told["wires"] == drawing.wires, text


def test_the_numbers_are_those_of_the_browser_program(drawn):
    for text, numbers, told in drawn:
        graph = parse(text, **numbers)
        program = browser_program(graph)
        found = run_program(program, numbers)
        shares = [name for names in program["shares"].values() for name in names]
        for ours, trees in zip(
            told["numbers"], (program["values"], program["grads"], shares), strict=True
        ):
            theirs = [None if tree is None else evaluate(tree, found) for tree in trees]
            assert [x and float(x) for x in ours] == [
                x if x is None else pytest.approx(x, rel=1e-12, nan_ok=True) for x in theirs
            ], text


def test_a_slider_has_the_range_of_explore(drawn):
    for text, numbers, told in drawn:
        in_order = {name: numbers[name] for name in parse(text, **numbers).inputs}
        assert told["controls"] == controls_of(in_order, {}, {})


# ── steps ────────────────────────────────────────────────────────────────────────────────────────


def test_the_steps_are_those_of_step_through(drawn):
    for text, numbers, told in drawn:
        graph = parse(text, **numbers)
        program = browser_program(graph)
        if "axis" in text:
            continue
        steps = steps_of(graph, program)
        assert told["steps"] == json.loads(json.dumps(steps)), text
        assert told["shown"] == shown_from(graph, program, told["wires"], steps), text


# ── the quiz ─────────────────────────────────────────────────────────────────────────────────────


def test_the_quiz_asks_and_knows_the_mistakes_as_quiz_does(drawn):
    for text, numbers, told in drawn:
        graph = parse(text, **numbers)
        if "axis" in text or not any(node.inputs for node in graph.nodes):
            continue
        assert told["quiz"] == json.loads(json.dumps(quiz(graph).quiz)), text


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def test_a_cell_that_explores_a_formula_leads_to_its_page():
    [link] = formula_page.links('explore(parse("x * exp(-y)", x=1, y=-0.5))', "Go")
    assert link == (
        '<p><a href="your_graph.html#f=x%20%2A%20exp%28-y%29&amp;n=x:1,y:-0.5">Go</a></p>'
    )
    for other in ('parse("x", x=1)', 'explore(parse("2x", x=1))', 'explore(parse("x@x", x=[1]))'):
        assert list(formula_page.links(other, "Go")) == []


ADDRESS = """
console.log(JSON.stringify(given.states.map(({ numbers, ...state }) => {
  const back = address_js.stateFrom(address_js.addressOf({ ...state, numbers: new Map(numbers) }));
  return { ...back.state, numbers: [...back.state.numbers] };
})));
"""


def test_a_state_comes_back_from_its_address():
    rng = random.Random(3)
    states = [
        {
            "formula": rng.choice([*good(), "한글 * α", "a & b = c # %", "'()*!~"]),
            "numbers": [[name, rng.choice([0, -2, 0.1 + 0.2, 1 / 3, 1e-9, -999999.5, 5e5])]
                        for name in rng.sample(["x", "w0", "__proto__", "가", "constructor"], 3)],
            **rng.choice([
                {"view": "move", "place": 0, "ask": []},
                {"view": "walk", "place": rng.randint(0, 40), "ask": []},
                {"view": "quiz", "place": 0, "ask": rng.sample(["x", "w0_1", "v1", "toString"], 2)},
            ]),
        }
        for _ in range(300)
    ]  # fmt: skip
    assert in_browser(ADDRESS, states=states) == states


DAMAGED = """f|n=x:1|f=x&n=x|f=x&n=x:NaN|f=x&n=x:1e999|f=x&n=x:Infinity|f=x&n=x:|f=x&n=:1|f=x&n=x:1:2|f=x&n=x:1,x:2
|f=x&f=y|f=x&v=none|f=x&v=__proto__|f=x&p=-1|f=x&p=1e9|f=x&a=%3Cb%3E|f=x&__proto__=1|f=x&constructor=1|f=%E0%A4|f=%
|f=x&n=x:%E0%A4|f=x&&n=x:1|f=x==y|%66=x""".replace("\n", "").split("|")


def test_a_damaged_address_is_no_state():
    script = "console.log(JSON.stringify(given.all.map((hash) => address_js.stateFrom(hash))));"
    told = in_browser(script, all=[*DAMAGED, "f=" + "x" * 5000, "f=x&n=x:1/2,y:-.5e3"])
    assert [hash for hash, one in zip(DAMAGED, told, strict=False) if "state" in one] == []
    assert "damaged" in told[-2]
    assert "state" in told[-1]


def test_its_javascript_holds_no_sentence_and_runs_no_text():
    for file in sorted(formula_page.HERE.glob("js/*.js")):
        text = file.read_text("utf-8")
        assert (problems(text), sentences(text)) == ([], []), file.name
    assert {file.stem for file in formula_page.HERE.glob("js/*.js")} == set(formula_page.FILES)


def test_both_languages_say_the_same_things():
    english, korean = formula_page.WORDS.values()
    assert {key: set(re.findall(r"{\w+}", text)) for key, text in english.items()} == {
        key: set(re.findall(r"{\w+}", text)) for key, text in korean.items()
    }
