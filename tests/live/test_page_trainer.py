"""Training in a saved page: the browser's steps are those of the kernel."""

import json

import numpy as np
import pytest
from node import module, run

from cs231n_lec4 import training_view
from cs231n_lec4.lessons.trainer import Trainer
from cs231n_lec4.live.training_numbers import shown_of
from cs231n_lec4.live.training_page import lesson_of
from cs231n_lec4.pictures.plots import training_words

TRAIN = """
const { lesson, chosen, scene, words, stops } = JSON.parse(await input());
const training = trainingOf({ ...lesson, regularisation: chosen.regularisation });
const told = stops.map((stop) => {
  while (training.record.step < stop && oneStep(training, chosen));
  const net = Object.fromEntries(training.names.map((n) => [n, listsOf(training.record.net[n])]));
  const shown = shownOf(training, scene, words, false);
  return { net, loss: training.record.loss, shown: { ...shown, answers: [...shown.answers] } };
});
training.reset(chosen.regularisation);
told.push(training.record.loss, oneStep(training, { ...chosen, rate: 1e6 }), frameNow());
function frameNow() {
  return shownOf(training, scene, words, false).frame;
}
console.log(JSON.stringify(told));
"""
NETS = [
    {"data": "circles"},
    {"data": "spirals", "hidden": 20},
    {"data": "xor", "activation": "tanh", "layers": 3, "hidden": 4},
    {"data": "circles", "layers": 1, "regularisation": 0.0},
    {"data": "xor", "activation": "leaky_relu", "rate": 0.3},
]


@pytest.mark.parametrize("settings", NETS, ids=str)
def test_a_saved_page_trains_like_the_kernel(settings):
    view, trainer = training_view(**settings), Trainer(**settings)
    view.trainer.step()  # a page may be saved in the middle of a training
    trainer.step()
    job = {
        "lesson": json.loads(json.dumps(view.page_state()["lesson"], allow_nan=False)),
        "chosen": {**view.chosen, "regularisation": trainer.settings["regularisation"]},
        "scene": view.scene,
        "words": view.words,
        "stops": [50, 400],
    }
    early, late, first, isWell, frame = run(module("arrays", "page_trainer") + TRAIN, job)
    go_to(trainer, 50)
    for k, layer in enumerate(trainer.record.net, start=1):
        np.testing.assert_allclose(early["net"][f"W{k}"], layer.W, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(early["net"][f"b{k}"], layer.b, rtol=1e-6, atol=1e-9)
    same_picture(early["shown"], trainer)
    go_to(trainer, 400)
    assert f"{late['loss']:.1e}" == f"{trainer.record.loss:.1e}"
    trainer.reset()
    trainer.settings["rate"] = 1e6
    assert first == pytest.approx(trainer.record.loss, rel=1e-12)
    assert isWell is trainer.step()
    expected = shown_of(trainer, False)["frame"]["losses"]
    np.testing.assert_allclose(frame["losses"], expected, rtol=1e-6)
    view.close()


def go_to(trainer, step):
    while trainer.record.step < step:
        trainer.step()


def same_picture(shown, trainer):
    """The words, the curve, the lines, the lengths, and the map to one shade."""
    expected = shown_of(trainer, False)
    assert shown["status"] == expected["status"]
    assert shown["alt"] == training_words(trainer)
    for name in ("losses", "lines", "weights", "grads"):
        np.testing.assert_allclose(
            shown["frame"][name], expected["frame"][name], rtol=1e-6, atol=6e-4
        )
    answers = np.frombuffer(expected["answers"], np.uint8).astype(int)
    assert np.abs(answers - shown["answers"]).max() <= 1


def test_what_only_python_can_compute_is_not_trained_in_a_page():
    trainer = Trainer()
    trainer.settings["activation"] = "gelu"
    assert lesson_of(trainer) is None
