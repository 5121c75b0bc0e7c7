"""The two losses: known numbers, rows and vectors, stability, labels."""

import numpy as np
import pytest

import cs231n_lec4 as c
from cs231n_lec4 import ComputationalGraph, GraphError, Input, hinge_loss, softmax_loss

SCORES = [[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]]  # cat, car, frog of lecture 3
LABELS = [0, 1, 2]


def test_the_lectures_three_pictures_have_the_hinge_loss_of_the_slide():
    assert hinge_loss(np.array(SCORES), LABELS) == pytest.approx((2.9 + 0.0 + 12.9) / 3, rel=1e-12)


def test_the_cat_has_the_softmax_loss_of_the_slide():
    assert softmax_loss(np.array(SCORES[0]), 0) == pytest.approx(-np.log(0.13), rel=1e-2)
    p = np.exp(SCORES[0]) / np.exp(SCORES[0]).sum()
    assert softmax_loss(np.array(SCORES[0]), 0) == pytest.approx(-np.log(p[0]), rel=1e-12)


@pytest.mark.parametrize("loss", [softmax_loss, hinge_loss])
def test_the_loss_is_the_mean_over_rows_and_a_vector_is_one_row(loss):
    rows = [loss(np.array(row), label) for row, label in zip(SCORES, LABELS, strict=True)]
    assert loss(np.array(SCORES), LABELS) == pytest.approx(np.mean(rows), rel=1e-14)
    graph = ComputationalGraph(loss(Input(SCORES, "s"), LABELS))
    grads = graph.backward()["s"]
    for k, (row, label) in enumerate(zip(SCORES, LABELS, strict=True)):
        alone = ComputationalGraph(loss(Input(row, "s"), label)).backward()["s"]
        assert alone.shape == (3,)
        assert np.allclose(grads[k], alone / 3, rtol=1e-14)


def test_softmax_does_not_overflow():
    graph = ComputationalGraph(softmax_loss(Input([1e4, -1e4, 0.0], "s"), 1))
    assert graph.forward() == 2e4
    assert graph.backward()["s"].tolist() == [1.0, -1.0, 0.0]


def test_a_class_exactly_at_the_margin_sends_nothing():
    graph = ComputationalGraph(hinge_loss(Input([1.0, 2.0, 0.0], "s"), 1))
    assert graph.forward() == 0.0
    assert not graph.backward()["s"].any()


def test_the_margin_is_a_setting():
    assert hinge_loss(np.array([13.0, -7.0, 11.0]), 0, margin=10.0) == 8.0
    assert c.HingeLossGate(Input([13.0, -7.0, 11.0], "s"), labels=0, margin=10.0).value == 8.0


def test_by_hand_the_gates_work_like_all_others():
    gate = c.SoftmaxLossGate(labels=[1])
    assert gate.forward(np.zeros((1, 2))) == pytest.approx(np.log(2.0), rel=1e-15)
    assert gate.backward(2.0)[0].tolist() == [[1.0, -1.0]]


@pytest.mark.parametrize("loss", [softmax_loss, hinge_loss])
@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ([0, 1, 3], "label_out_of_range"),
        ([0, -1, 2], "label_out_of_range"),
        ([0, 1], "labels_shape"),
        (np.eye(3), "labels_shape"),
        (0, "labels_shape"),
        ([0.5, 1, 2], "labels_are_whole"),
        (["cat", "car", "frog"], "labels_are_whole"),
    ],
)
def test_labels_are_checked(loss, labels, code):
    with pytest.raises(GraphError) as caught:
        loss(Input(SCORES, "s"), labels)
    assert caught.value.code == code
    assert len(str(caught.value).splitlines()) <= 4


def test_a_label_out_of_range_is_told_the_range():
    with pytest.raises(GraphError, match="Label 10, but there are 10 classes: 0 … 9"):
        softmax_loss(Input(np.zeros((1, 10)), "s"), [10])


def test_scores_have_at_most_two_axes():
    with pytest.raises(GraphError) as caught:
        softmax_loss(Input(np.zeros((2, 2, 2)), "s"), [0, 1])
    assert caught.value.code == "scores_shape"


def test_whole_numbers_of_any_kind_are_labels_and_are_copied():
    labels = np.array([0.0, 1.0, 2.0])
    s = Input(SCORES, "s")
    graph = ComputationalGraph(softmax_loss(s, labels))
    before = graph.forward()
    assert before == softmax_loss(s, np.array(LABELS, np.uint8)).value


@pytest.mark.parametrize("kind", [c.SoftmaxLossGate, c.HingeLossGate])
def test_by_hand_the_gradient_of_a_vector_is_a_vector(kind):
    gate = kind(labels=1)
    gate.forward(np.array([1.0, 2.5, 2.0]))
    assert gate.backward(1.0)[0].shape == (3,)


@pytest.mark.parametrize("kind", [c.SoftmaxLossGate, c.HingeLossGate])
def test_a_loss_without_labels_says_how_many_it_needs(kind):
    with pytest.raises(GraphError, match=r"need shape \(2,\)") as caught:
        kind(Input(np.zeros((2, 3)), "s"))
    assert caught.value.code == "labels_shape"
