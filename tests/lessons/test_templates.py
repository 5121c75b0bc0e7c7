"""Templates built and learnt, the two views of notebook 10, and the scenes of the lecture."""

import base64
import io
import json
import re
import weakref

import numpy as np
import pytest
from exercises import answer_to
from lecture_links import unlinked
from node import module, run
from notebook_tools import NOTEBOOKS, read
from PIL import Image
from traitlets import TraitError

from cs231n_lec4 import (
    GraphError,
    MultiplyGate,
    ReluGate,
    explore,
    lecture,
    scene,
    template_view,
    templates,
    training_view,
    unit_view,
    words,
)
from cs231n_lec4.lessons.data import CLASSES, HORSE, animals
from cs231n_lec4.pictures.sprites import grey_sprite, signed_sprite

BOOK = read(NOTEBOOKS / "10_templates.ipynb")
LECTURE = read(NOTEBOOKS / "lecture.ipynb")


pytestmark = pytest.mark.usefixtures("no_view_stays")


def answered(cell):
    """What a cell of notebook 10 says when a prediction stands in it."""
    return "\n".join(answer_to("what I think", f"10 {cell}"))


@pytest.fixture(scope="module")
def small_nets():
    """Two untrained nets with 4 hidden units: enough to look at the view."""
    return templates.untrained_animals(4, seed=1), templates.untrained_animals(4, seed=2)


# ── templates ────────────────────────────────────────────────────────────────────────────────────


def test_the_single_template_is_the_mean_horse_and_has_length_one():
    row = templates.single_template()
    assert np.linalg.norm(row) == pytest.approx(1)
    away = templates.mean_horse() - animals().images.mean(axis=0)
    assert np.corrcoef(row, away.ravel())[0, 1] == pytest.approx(1)


def test_the_two_middles_are_half_of_each_and_the_real_fronts():
    half = (templates.mean_horse("left") + templates.mean_horse("right")) / 2
    assert templates.horse_between(0) == pytest.approx(half)
    assert templates.horse_between(0, "front") == pytest.approx(templates.mean_horse("front"))
    for place in (-1, 1):
        assert templates.horse_between(place, "front") == pytest.approx(
            templates.horse_between(place)
        )


def test_a_training_keeps_no_net_but_the_last(monkeypatch):
    class Step:
        net = "a net"

    alive, most = weakref.WeakSet(), 0

    def steps(*_, **__):
        nonlocal most
        for _ in range(50):
            step = Step()
            alive.add(step)
            yield step
            del step
            most = max(most, len(alive))

    monkeypatch.setattr(templates, "train", steps)
    assert templates.trained.__wrapped__(32, 0) == "a net"
    assert 1 <= most <= 2


def test_real_horses_from_the_front_agree_with_neither_template():
    net = templates.horse_net()
    h = np.array([net.forward(image)[0] for image in templates.horses("front")])
    assert h.max() < 0.5
    assert net.forward(templates.horse_between(0))[0].min() > 2


def test_ranking_is_one_half_for_guessing_and_one_for_a_perfect_score():
    is_horse = (animals().labels == HORSE).astype(float)
    assert templates.ranking(is_horse) == 1
    assert templates.ranking(-is_horse) == 0
    assert templates.ranking(np.zeros(len(is_horse))) == 0.5


def test_two_built_templates_rank_horses_no_better_than_one():
    net, one = templates.horse_net(), templates.single_template()
    two = np.array([net.forward(image)[1] for image in animals().images])
    single = templates.as_rows(animals().images) @ one
    assert templates.ranking(two) == pytest.approx(templates.ranking(single), abs=0.01)


def test_the_largest_share_is_that_of_the_most_frequent_class(small_nets):
    net = small_nets[0]
    most = [max(templates.favourite_counts(net, unit).values()) / 25 for unit in range(4)]
    assert templates.largest_share(net) == pytest.approx(np.mean(most))


def test_one_sided_is_the_share_of_favourite_horses_that_face_the_same_way(small_nets):
    net = small_nets[0]
    shares = templates.one_sided(net)
    h = templates.hidden_scores(net, templates.horses())
    for unit in range(4):
        best = templates.horses()[np.argsort(-h[:, unit], kind="stable")[:25]]
        sides = [templates.facing(image) for image in best]
        assert shares[unit] == max(sides.count("left"), sides.count("right")) / 25
        assert templates.favourite_horse(net, unit) == pytest.approx(best.mean(axis=0))


def test_an_untrained_net_is_no_less_one_sided_than_a_trained_one():
    text = answered("wish")
    best, mean = zip(
        *[map(int, row) for row in re.findall(r"(\d+)%, .* (\d+)%", text)], strict=True
    )
    assert best[1] >= best[0]
    assert mean[1] >= mean[0]


def test_no_net_is_trained_twice():
    net = templates.train_animals(0, seed=3)
    assert templates.train_animals(seed=3, hidden=0) is net
    assert templates.accuracies(0, 4)[3] == templates.held_out_accuracy(net)


def test_mean_and_spread_are_those_of_the_seeds():
    assert templates.mean_and_spread([0.8, 0.9, 1.0]) == "90% ± 10%"


@pytest.mark.long
def test_over_ten_seeds_two_layers_are_better_and_favourites_agree_more_than_before_training():
    linear, two = templates.accuracies(0), templates.accuracies(32)
    assert max(linear) < min(two)
    for seed in range(10):
        nets = templates.train_animals(seed=seed), templates.untrained_animals(seed=seed)
        after, before = map(templates.largest_share, nets)
        assert after > before + 0.1


# ── sprites ──────────────────────────────────────────────────────────────────────────────────────


def pixels(uri):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(uri.split(",")[1]))).convert("RGB"))


def test_a_sheet_holds_each_image_in_its_tile():
    images = animals().images[:7]
    sheet = pixels(grey_sprite(images, 3))
    assert sheet.shape == (84, 84, 3)
    for k, image in enumerate(images):
        row, column = divmod(k, 3)
        tile = sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28, 0]
        assert np.abs(tile / 255 - (1 - image)).max() < 0.2
    assert (sheet[56:, 28:] == 255).all()


def test_a_template_is_white_at_zero_blue_above_and_orange_below():
    row = np.zeros((1, 28, 28))
    row[0, 0, 0], row[0, 0, 1] = 2.0, -2.0
    sheet = pixels(signed_sprite(row, 1))
    assert sheet[5, 5].min() >= 254
    assert sheet[0, 0, 2] > sheet[0, 0, 0]
    assert sheet[0, 1, 0] > sheet[0, 1, 2]


# ── the horse that turns ─────────────────────────────────────────────────────────────────────────

SCORES = """
const { stops, places } = JSON.parse(await input());
console.log(JSON.stringify(places.map(([place, middle]) => scoresAt(place, middle, stops))));
"""


def test_the_browser_computes_the_scores_that_python_computes():
    view = template_view()
    places = [[place, middle] for middle in ("half", "front") for place in (-1, -0.35, 0, 0.8, 1)]
    found = run(module("template_view") + SCORES, {"stops": view.stops, "places": places})
    for (place, middle), scores in zip(places, found, strict=True):
        view.move(place, middle)
        assert scores["h"] == pytest.approx(view.h.tolist(), abs=1e-3)
        assert scores["score"] == pytest.approx(view.score, abs=1e-3)
        assert scores["single"] == pytest.approx(view.single, abs=1e-3)


def test_the_horse_moves_in_steps_and_only_where_its_slider_goes():
    view = template_view()
    view.move(0.333)
    assert view.place == pytest.approx(0.35)
    view.move(-7)
    assert view.place == -1
    with pytest.raises(GraphError, match="half, front"):
        view.move(middle="back")


def test_a_browser_moves_the_horse_and_nothing_else():
    view = template_view()
    view.set_state({"place": 0.5, "words": {}, "stops": {}})
    assert view.place == 0.5
    assert view.words
    assert view.stops


# ── a unit that is followed ──────────────────────────────────────────────────────────────────────

COUNTS = """
const given = JSON.parse(await input());
console.log(JSON.stringify(given.places.map((p) => countsOf(p, given.labels, given.classes))));
"""


def test_the_browser_counts_the_favourites_that_python_counts(small_nets):
    view = unit_view(*small_nets)
    given = {
        "places": view.nets[0]["favourites"],
        "labels": view.pictures["labels"],
        "classes": list(CLASSES),
    }
    found = run(module("unit_view") + COUNTS, given)
    for unit, counts in enumerate(found):
        assert dict(map(tuple, counts)) == templates.favourite_counts(small_nets[0], unit)
        assert counts[0][1] == max(count for _, count in counts)


VERDICT = """
const { nets, labels, words } = JSON.parse(await input());
console.log(JSON.stringify(verdict(0, nets, labels, words)));
"""


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ((25, 14), "more"),
        ((21, 14), "more"),
        ((16, 15), "little"),
        ((19, 13), "little"),
        ((13, 13), "nothing"),
        ((13, 20), "nothing"),
    ],
)
def test_a_small_difference_to_the_untrained_unit_is_not_called_one(counts, kind):
    labels = [0] * 25 + [1] * 25  # the first n favourites are cows, the others horses
    nets = [{"favourites": [[*range(n), *range(25, 50 - n)]]} for n in counts]
    kinds = {name: name for name in ("more", "little", "nothing")}
    given = {"nets": nets, "labels": labels, "words": {**kinds, "classes": ["cow", "horse"]}}
    assert run(module("unit_view") + VERDICT, given) == kind


def test_h_is_that_of_the_chosen_held_out_image(small_nets):
    view = unit_view(*small_nets, unit=2)
    view.move(3, "horse")
    image = animals().held_out_images[animals().held_out_labels == HORSE][:1]
    wanted = [templates.hidden_scores(net, image)[0, 3] for net in small_nets]
    assert view.h == pytest.approx(wanted, abs=1e-3)


def test_a_unit_or_an_image_that_is_not_there_is_refused(small_nets):
    view = unit_view(*small_nets)
    for wrong in ({"unit": 4}, {"unit": -1}, {"image": 10}):
        with pytest.raises(GraphError, match="whole number from 0 to"):
            view.move(**wrong)
    with pytest.raises((TraitError, ValueError)):
        view.move(image="unicorn")


def test_a_browser_chooses_and_changes_nothing_else(small_nets):
    view = unit_view(*small_nets)
    view.set_state({"unit": 1, "nets": [], "pictures": {}})
    assert view.unit == 1
    assert len(view.nets) == 2


def test_what_is_sent_to_the_browser_is_small():
    nets = templates.untrained_animals(seed=0), templates.untrained_animals(seed=1)
    view = unit_view(*nets)
    assert len(json.dumps([view.pictures, view.nets])) < 300_000
    horse = template_view()
    assert len(json.dumps([horse.stops, horse.rows])) < 20_000


@pytest.mark.parametrize("table", ["TEMPLATES", "UNITS"])
def test_every_sentence_of_the_views_is_there(table):
    source = (
        NOTEBOOKS.parent / "cs231n_lec4/live/js/views" / f"{table[:-1].lower()}_view.js"
    ).read_text()
    asked = set(re.findall(r"\bwords\.(\w+)", source)) - {"classes", "fronts"}
    assert asked <= set(getattr(words, table))


# ── the notebook ─────────────────────────────────────────────────────────────────────────────────


def prose(notebook):
    """The Markdown of the core, without folded text and formulas."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    folded = re.compile(r"<details>.*?</details>|\$\$.*?\$\$", re.DOTALL)
    return folded.sub("", "\n".join(cells))


def printed(notebook, name):
    cell = next(cell for cell in notebook.cells if cell.id == name)
    return "".join(output.get("text", "") for output in cell.outputs)


def test_the_core_has_at_most_1100_words_and_five_ideas():
    assert len(prose(BOOK).split()) <= 1100
    headings = re.findall(r"(?m)^## (?!Exercise|To remember)(.*)$", prose(BOOK))
    assert len(headings) <= 5


@pytest.mark.long
def test_what_the_prose_says_of_ten_seeds_is_what_the_cell_printed():
    pairs = [
        tuple(map(int, p))
        for p in re.findall(r"after +(\d+), before +(\d+)", answered("unit-seeds"))
    ]
    assert len(pairs) == 10
    assert any(after == 0 for after, _ in pairs)
    assert any(before > after > 0 for after, before in pairs)
    after, before = re.findall(r"(\d+)% ±", answered("unit-seeds"))
    assert int(after) > int(before) + 10


@pytest.mark.long
def test_accuracies_are_told_with_mean_and_spread_over_ten_seeds():
    lines = re.findall(r"(\d+)% ± (\d+)%, over 10 seeds", answered("trained"))
    (one, spread_one), (two, spread_two) = [tuple(map(int, line)) for line in lines]
    assert one + 2 * spread_one < two - 2 * spread_two


# ── the lecture ──────────────────────────────────────────────────────────────────────────────────


def test_there_are_thirteen_scenes_and_an_exit_question_within_75_minutes():
    titles = [texts["title"] for texts in words.HALL.values()]
    minutes = [int(re.match(r"(\d+)' · ", title)[1]) for title in titles]
    assert len(titles) == 14
    assert minutes == sorted(set(minutes))
    assert minutes[-1] < 75
    assert all(re.search(r"\(slides? \d+", title) for title in titles[:-1])


def test_each_title_of_the_notebook_is_followed_by_one_cell_that_makes_its_scene():
    cells = LECTURE.cells
    for name, texts in words.HALL.items():
        place = next(
            k for k, cell in enumerate(cells) if unlinked(cell.source) == f"## {texts['title']}"
        )
        assert f'scene("{name}"' in cells[place + 1].source
        assert cells[place + 2].cell_type == "markdown"


def test_every_scene_asks_something_with_four_answers_and_a_reason_for_each():
    for name in words.HALL:
        if name == "first":  # its view is a quiz, which asks
            continue
        question = scene(name).question
        assert len(question.options) == len(question.because) == 4, name
        assert len(set(question.options)) == 4, name


def test_the_speaker_has_one_to_three_short_sentences_for_each_scene():
    for name, texts in words.HALL.items():
        sentences = re.split(r"(?<=[.?]) ", texts["notes"])
        assert 1 <= len(sentences) <= 3, name
        assert all(len(sentence.split()) <= 20 for sentence in sentences), name


def test_the_numbers_of_the_questions_are_those_of_their_pictures():
    hinge = lecture.svm_small(2, 2, 0.5)
    assert (hinge["s0"].value, hinge["s1"].value) == (4.0, 1.0)
    hinge.backward()
    assert hinge["s1"].grad == 0 == float(right_of("loss"))
    neuron = lecture.folded_neuron()
    neuron.backward()
    [sigmoid] = [n for n in neuron.nodes if getattr(n, "symbol", "") == "σ"]
    assert f"{sigmoid.inputs[0].grad:.2f}" == right_of("fold")
    gate = MultiplyGate()
    gate.forward(3.0, 4.0)
    gate.forward(5.0, 6.0)
    assert gate.backward(1.0)[0] == float(right_of("broken"))
    relu = ReluGate()
    relu.forward(np.array([1.0, -2.0, 3.0, -1.0]))
    [handed] = relu.backward(np.array([4.0, -1.0, 5.0, 9.0]))
    assert f"({', '.join(f'{v + 0:g}' for v in handed)})" == right_of("jacobian")
    graph = lecture.one_weight()
    step = graph.backward()["w"]
    assert (graph.output.value, step) == (4.0, 8.0)
    assert graph.forward(w=1.5 - step) == float(right_of("training"))


def right_of(name):
    """The right answer of a scene."""
    texts = words.HALL[name]
    return texts["answers"]["ABCD".index(texts["right"])][0]


def test_no_answer_stands_in_a_saved_scene():
    for cell in LECTURE.cells:
        if cell.cell_type == "code":
            shown = json.dumps(cell.outputs)
            answers = [pair for t in words.HALL.values() for pair in t.get("answers", [])]
            assert not any(reason in shown for _, reason in answers)


def test_the_right_letters_are_not_all_one():
    letters = [texts["right"] for texts in words.HALL.values() if "right" in texts]
    assert max(letters.count(letter) for letter in letters) <= len(letters) / 3


def test_the_numbers_of_the_exit_question_are_those_of_the_graph():
    texts = words.HALL["exit"]
    a, b = map(int, re.search(r"a = (\d+), b = (\d+)", texts["question"]).groups())
    graph = lecture.branch(float(a), float(b))
    assert float(right_of("exit")) == graph.backward()["b"]
    assert f"{graph.output.value:g}" in [option for option, _ in texts["answers"]]


def test_a_scene_is_what_a_saved_page_takes():
    view = explore(lecture.add_multiply())
    one = scene("gate", view, object(), veil=True)
    assert list(one) == [words.HALL["gate"]["title"], one.question, view]
    assert one.notes == words.HALL["gate"]["notes"]
    assert one.question.look == {"layout": "beside", "veil": True, "then": False}
    later = explore(lecture.add_multiply())
    two = scene("gate", view, then=later)
    assert list(two)[-2:] == [view, later]
    trains = training_view()  # in the browser too
    assert list(scene("gate", view, then=trains))[-1] is trains
    trains.close()
    with pytest.raises(GraphError, match="loss, first, gate"):
        scene("nothing")


# ── odd but plausible input ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda net: templates.favourites(net, 8), "not_that_many"),
        (lambda net: templates.favourites(net, -1), "not_that_many"),
        (lambda net: templates.favourite_horse(net, 8), "not_that_many"),
        (lambda net: templates.favourites(templates.untrained_animals(0), 0), "no_hidden_layer"),
        (lambda net: templates.units_for(templates.untrained_animals(0)), "no_hidden_layer"),
        (lambda net: templates.mean_horse("up"), "unknown_choice"),
        (lambda net: templates.horse_between(0, "none"), "unknown_middle"),
        (lambda net: unit_view(net, net).move(image="unicorn"), "unknown_animal"),
        (lambda net: unit_view(net, net).move(unit="3"), "trait_value"),
        (lambda net: unit_view(net, net).move(unit=2.5), "trait_value"),
        (lambda net: template_view().move(place="left"), "value_is_text"),
        (lambda net: template_view().move(place=float("nan")), "point_outside"),
    ],
)
def test_a_question_without_an_answer_says_why(ask, code):
    with pytest.raises(GraphError) as refused:
        ask(templates.untrained_animals(8))
    assert refused.value.code == code
