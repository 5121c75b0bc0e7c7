"""Korean particles follow the last sound, in Python and in the browser alike."""

import re

import pytest
from node import module, run

from cs231n_lec4 import (
    ComputationalGraph,
    GraphError,
    Input,
    ReluGate,
    flat_code,
    hinge_loss,
    jacobian,
    jacobian_size,
    language,
    relu,
    templates,
    unit_view,
    words,
)
from cs231n_lec4.lessons.data import CLASSES
from cs231n_lec4.live.training_numbers import options_of
from cs231n_lec4.pictures.sketch import gate_label
from cs231n_lec4.steps.formulas import filled
from cs231n_lec4.words.particles import PARTICLES, WRITTEN, with_particles

FORMS = {  # what comes before: the sentence with five particles
    **dict.fromkeys(["x", "q", "w2", "-4", "−12.5", "9", "사과", "2.4", "dz"], "는 가 를 와 로"),
    **dict.fromkeys(["σ", "+", "∞", "W.T", "[3, 5]", "게이트", "loss", "data"], "는 가 를 와 로"),
    **dict.fromkeys(["SigmoidGate", "backward", "weight", "layer", "True"], "는 가 를 와 로"),
    **dict.fromkeys(["64 MiB", "1.2 TiB", "16 KiB", "3 GiB"], "는 가 를 와 로"),
    **dict.fromkeys(["web", "matplotlib", "np.clip"], "은 이 을 과 으로"),
    **dict.fromkeys(["m", "n", "w0", "0.20", "b3", "16", "값", "-0.30", "10"], "은 이 을 과 으로"),
    **dict.fromkeys(["(2, 3)", "'m'", "“n”", "sum", "name", "None"], "은 이 을 과 으로"),
    **dict.fromkeys(
        ["output", "step", "string", "NoneType", "norm", "y³", "10⁵", "x²", "2⁻¹"],
        "은 이 을 과 으로",
    ),
    **dict.fromkeys(["w1", "v7", "8", "-0.81", "l", "r", "dr", "귤"], "은 이 을 과 로"),
    **dict.fromkeys(["label", "tuple", "x[0, 1]", "max(1.7)", "W11"], "은 이 을 과 로"),
}
FIVE = ["은(는)", "이(가)", "을(를)", "과(와)", "(으)로"]
TEXTS = [before + particle for before in FORMS for particle in PARTICLES]


@pytest.mark.parametrize("before", FORMS)
def test_a_particle_follows_the_last_sound(before):
    said = [with_particles(before + particle) for particle in FIVE]
    assert said == [before + form for form in FORMS[before].split()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("형상은 (2,)(이)에요", "형상은 (2,)예요"),
        ("형상은 (3,)(이)에요", "형상은 (3,)이에요"),
        ("(4, 1)(이)어야 해요", "(4, 1)이어야 해요"),
        ("(7, 5)(이)어야 해요", "(7, 5)여야 해요"),
        ("'x'(이)라는 이름", "'x'라는 이름"),
        ("'m'(이)라는 이름", "'m'이라는 이름"),
        ("m은(는) n을(를) x(으)로", "m은 n을 x로"),
    ],
)
def test_a_sentence_with_several(text, said):
    assert with_particles(text) == said


def test_the_browser_says_the_same():
    script = "console.log(JSON.stringify(JSON.parse(await input()).map(withParticles)));"
    assert run(module("particles") + script, TEXTS) == list(map(with_particles, TEXTS))


def test_the_browser_chooses_when_a_sentence_is_filled():
    script = "console.log(JSON.stringify(fill(...JSON.parse(await input()))));"
    given = ["{name}은(는) {value} 그대로예요", {"name": "m", "value": 3}]
    assert run(module("page_parts") + script, given) == "m은 3 그대로예요"


def test_a_step_with_holes_chooses_too():
    parts = [{"text": "m"}, "을(를) 지나서: 값은 ", {"text": "3"}, "(이)에요."]
    script = "const given = JSON.parse(await input());\n"
    script += "console.log(JSON.stringify(fillerOf(() => null, {}).sentence(given)));"
    assert run(module("formula") + script, parts) == "m을 지나서: 값은 3이에요."
    assert filled(parts, look=None) == "m을 지나서: 값은 3이에요."


@pytest.fixture
def korean():
    language("ko")
    yield
    language("en")


def sentences(table):
    """All texts of a table."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list | tuple):
        for part in table.values() if isinstance(table, dict) else table:
            yield from sentences(part)


def test_no_korean_sentence_writes_one_form_after_what_is_filled_in(korean):
    """`{name}은` would be wrong for every second name. `{inputs}가` ends in a counter, always."""
    names = r"(?!inputs\}가|expected\}가|count\}를)\w+(![rs])?"
    alone = re.compile(rf"\{{{names}\}}(은|는|이|가|을|를|과|와|으로|로)(?![\w(])")
    found = [text for text in sentences(words.spoken) if alone.search(text)]
    assert found == []


def test_a_size_in_memory_is_korean_too(korean):
    assert jacobian_size(4, 4) == "128바이트"
    with pytest.raises(GraphError, match=r"1\.2 TiB를 차지해요"):
        jacobian(ReluGate(), [1.0] * 409_600)


def test_what_code_calls_in_english_has_a_korean_name_where_it_is_shown(korean):
    assert gate_label(hinge_loss(Input([0.5, 1.0], "s"), 0))[0] == "힌지 손실"
    assert "    # 순전파\n" in flat_code(ComputationalGraph(relu(Input(1.0, "x"))))
    assert options_of("data", "xor")[0] == ["원판과 고리", "circles"]
    assert templates.class_names()[CLASSES.index("zebra")] == "얼룩말"
    assert templates.favourite_counts(templates.untrained_animals(), 0).keys() <= set(CLASSES)
    assert repr(unit_view(*[templates.untrained_animals()] * 2)).startswith(
        "은닉 유닛 0, 이미지 곰"
    )


def test_a_sentence_chooses_its_particles_whoever_formats_it(korean):
    chosen = words.ERRORS["name_is_not_a_name"].format(name="2m")
    assert chosen.startswith("'2m'은 이름으로")
    assert not WRITTEN.search(chosen)
