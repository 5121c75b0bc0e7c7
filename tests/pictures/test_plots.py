"""Plots: drawn on what they are given, the same bytes each time, and told in words."""

import io
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image as Pillow

from cs231n_lec4.lessons import boundary, data, networks
from cs231n_lec4.lessons.activations import EVERY_ACTIVATION
from cs231n_lec4.lessons.trainer import Trainer
from cs231n_lec4.pictures import plots

POINTS, LABELS = data.circles()
NET = networks.make_net(2, 5, 2)
FACTS = {
    plots.loss_curve: ([0.9, 0.5, 0.3], np.log(2)),
    plots.decision_boundary: (NET, POINTS, LABELS),
    plots.layer_sizes_plot: ([1.2, 0.8], [0.01, 0.02]),
    plots.activation_plot: ("tanh", -1.0),
    plots.heat_map: (np.diag([1.0, 0.0, 1.0, 0.0]),),
    plots.image_grid: (data.animals().images[:3], ["a", "b", "c"]),
    plots.seed_plot: ({"linear": [0.78, 0.79], "two layers": [0.86, 0.87]},),
    plots.downhill_picture: (),
}


@pytest.mark.parametrize("draw_on", FACTS, ids=lambda f: f.__name__)
def test_a_plot_is_a_png_with_words_beside_it(draw_on):
    plot = plots.Plot(draw_on, *FACTS[draw_on])
    shown = plot._repr_mimebundle_()
    assert shown["text/plain"] == plot.alt
    assert len(plot.alt) > 20
    assert "{" not in plot.alt
    assert shown["text/html"].startswith('<img alt="')
    pixels = np.asarray(Pillow.open(io.BytesIO(plot.png)).convert("RGB"))
    assert (pixels[[0, -1]] == 255).all(), "the edge is white in light and dark themes"
    assert (pixels != 255).any()


@pytest.mark.parametrize("draw_on", FACTS, ids=lambda f: f.__name__)
def test_the_same_facts_give_the_same_bytes(draw_on):
    assert plots.Plot(draw_on, *FACTS[draw_on]).png == plots.Plot(draw_on, *FACTS[draw_on]).png


def test_pyplot_is_never_loaded_by_this_package():
    import subprocess

    code = (
        "import sys, numpy as np\n"
        "from cs231n_lec4.pictures import plots\n"
        "plots.Plot(plots.loss_curve, [1.0, 0.5])\n"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_plot_draws_on_the_axes_it_is_given():
    first, second = Figure().subplots(1, 2)
    plots.activation_plot(first, "relu", 1.0)
    assert first.lines
    assert not second.lines


@pytest.mark.parametrize("name", EVERY_ACTIVATION)
def test_the_words_of_an_activation_tell_value_and_slope(name):
    alt = plots.activation_plot(Figure().subplots(), name, 2.0)
    kind = EVERY_ACTIVATION[name]
    assert plots.short(kind.value(2.0)) in alt
    assert plots.short(kind.slope(2.0)) in alt


def test_the_words_of_a_curve_tell_where_it_begins_and_ends():
    alt = plots.loss_curve(
        Figure().subplots(), {"H": [24600.0, 4.35], "N in place of H": [25900.0, 46.1]}
    )
    assert "H: from 24600 to 4.35." in alt
    assert "N in place of H: from 25900 to 46.1." in alt


def test_a_template_shows_below_zero_in_another_colour_than_above():
    image = np.zeros((4, 4))
    image[0], image[3] = 1, -1
    plot = plots.Plot(plots.image_grid, [image], width=2, height=2)
    pixels = np.asarray(Pillow.open(io.BytesIO(plot.png)).convert("RGB")).astype(int)
    blue, orange = pixels[..., 2] - pixels[..., 0] > 100, pixels[..., 0] - pixels[..., 2] > 100
    assert blue.sum() > 1000
    assert orange.sum() > 1000


@pytest.mark.parametrize(
    ("count", "columns", "width", "height"), [(5, 5, 6.0, 1.5), (9, 9, 9.0, 1.6), (7, 4, 5.0, 3.4)]
)
def test_titles_over_images_meet_neither_each_other_nor_an_image(count, columns, width, height):
    figure = Figure(figsize=(width, height), layout="constrained")
    ax = figure.subplots()
    titles = ["between left and the middle"] * count
    plots.image_grid(ax, [np.ones((28, 28))] * count, titles, columns)
    figure.draw_without_rendering()
    cells = ax.child_axes
    parts = [part for cell in cells for part in (cell, cell.title)]
    places = [part.get_window_extent().padded(-0.5) for part in parts]  # to touch is no overlap
    for k, one in enumerate(places):
        assert not [other for other in places[:k] if one.overlaps(other)]


def test_the_numbers_of_a_small_matrix_are_written_into_it():
    ax = Figure().subplots()
    plots.heat_map(ax, [[1.0, -2.5]])
    assert [text.get_text() for text in ax.texts] == ["1", "−2.5"]
    large = Figure().subplots()
    plots.heat_map(large, np.eye(30))
    assert not large.texts


def test_a_matrix_with_names_has_them_on_its_sides_in_its_words_and_a_colour_key():
    figure = Figure()
    ax = figure.subplots()
    names = (["cat", "cow"], [13, 2, 7])
    alt = plots.heat_map(ax, [[1.0, 2.0, 3.0], [0.0, -1.0, 2.0]], names=names, key="weight")
    assert [text.get_text() for text in ax.get_yticklabels()] == ["cat", "cow"]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["13", "2", "7"]
    assert figure.axes[1].get_ylabel() == "weight"
    assert alt.endswith("Rows from above: cat, cow. Columns from the left: 13, 2, 7.")


def test_a_unit_line_passes_where_the_sum_is_0():
    lines = boundary.unit_lines(NET, 1.0)
    assert lines.shape == (5, 2, 2)
    for k, ends in enumerate(lines):
        for end in ends:
            assert end @ NET[0].W[:, k] + NET[0].b[k] == pytest.approx(0, abs=1e-9)
    assert len(boundary.unit_lines(networks.make_net(2, 3), 1.0)) == 0


def test_the_map_of_answers_has_the_colour_of_the_winning_class():
    sure = (networks.Layer(np.array([[9.0, -9.0], [0.0, 0.0]]), np.zeros(2)),)
    colours = plots.answers(sure, 1.0, count=9)
    assert colours.shape == (9, 9, 3)
    assert colours[4, 8, 2] > colours[4, 8, 0]  # x1 > 0: class 0, blue
    assert colours[4, 0, 0] > colours[4, 0, 2]  # x1 < 0: class 1, orange


def test_a_training_has_a_static_picture_of_its_present_step():
    trainer = Trainer()
    first = plots.training_picture(trainer)
    for _ in range(50):
        trainer.step()
    later = plots.training_picture(trainer)
    assert first.png != later.png
    assert later.alt.startswith("Training, step 50.")
    assert "ln 2 = 0.693" in later.alt


def test_a_training_that_explodes_shows_it_in_its_static_picture():
    trainer = Trainer(rate=100.0)
    while trainer.step():
        pass
    picture = plots.training_picture(trainer)
    trainer.diverged = False  # as if the last step had never been tried
    assert picture.png != plots.training_picture(trainer).png
