"""The data sets are the same for the same seed, balanced, and what their docstrings say."""

import numpy as np
import pytest

from cs231n_lec4.guidance.errors import GraphError
from cs231n_lec4.lessons import data


@pytest.mark.parametrize("name", data.DATA_SETS)
def test_the_same_seed_gives_the_same_points(name):
    points, labels = data.data_set(name, seed=4)
    again, labels_again = data.data_set(name, seed=4)
    other, _ = data.data_set(name, seed=5)
    assert (points == again).all()
    assert (labels == labels_again).all()
    assert (points != other).any()
    assert points.shape == (len(labels), 2)


def test_spirals_have_equal_arms_from_the_middle_outwards():
    points, labels = data.spirals()
    assert np.bincount(labels).tolist() == [100, 100, 100]
    assert np.hypot(*points[99]) == pytest.approx(1)
    assert np.hypot(*points[100]) == 0


def test_circles_lie_inside_each_other():
    points, labels = data.circles()
    radius = np.hypot(*points.T)
    assert radius[labels == 0].max() < radius[labels == 1].min()
    assert np.bincount(labels).tolist() == [100, 100]


def test_xor_is_one_where_one_coordinate_is_positive():
    points, labels = data.xor()
    assert ((points > 0).sum(axis=1) == 1).astype(int).tolist() == labels.tolist()
    assert np.abs(points).min() >= 0.08


def test_an_unknown_data_set_is_refused():
    with pytest.raises(GraphError, match="circles, spirals, xor"):
        data.data_set("moons")


def test_animals_are_split_into_3200_and_800():
    animals = data.animals()
    assert animals.images.shape == (3200, 28, 28)
    assert animals.held_out_images.shape == (800, 28, 28)
    together = np.concatenate([animals.labels, animals.held_out_labels])
    assert np.bincount(together).tolist() == [400] * 10
    assert animals.images.min() == 0
    assert animals.images.max() == 1


def test_no_animal_is_in_both_parts_or_twice_in_one():
    animals = data.animals()
    seen = [image.tobytes() for part in (animals.images, animals.held_out_images) for image in part]
    assert len(set(seen)) == len(seen) == 4000


def test_the_animals_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        data.animals().images[0] = 1


def test_the_licence_travels_with_the_animals():
    notice = (data.files("cs231n_lec4") / "lessons" / "animals" / "LICENSE-animals.txt").read_text()
    assert "Copyright (c) 2025 SinaSR-6" in notice
    assert "Permission is hereby granted" in notice
