"""What every live view can do. A new view enters by one row of VIEWS."""

import ast
import math
from pathlib import Path

import ipywidgets
import pytest
import traitlets
from test_ground_truth import graph_of

import cs231n_lec4 as c
from cs231n_lec4 import GraphError, lecture
from cs231n_lec4.live.base import live_view, registry

LIVE = ipywidgets.widgets.widget._instances
HOME = Path(c.__file__).parent / "live"

# name: (how it is made, what lies beyond the possible though its kind is right)
VIEWS = {
    "explore": (lambda: c.explore(lecture.add_multiply()), {"input_x": math.inf}),
    "one gate": (
        lambda: c.explore(c.ComputationalGraph(c.Input(2.0, "x") * c.Input(3.0, "y"))),
        {"input_upstream": -math.inf},
    ),
    "arrays": (lambda: c.explore(lecture.squared_norm_of_product()), {"input_x": [1.0]}),
    "steps": (lambda: c.step_through(lecture.sigmoid_neuron()), {"input_w0": math.inf}),
    "updates": (
        lambda: c.step_through(graph_of("lec_two_layer_20_lines_tiny"), update=0.1),
        {"trail": [{"loss": 1.0, "before": {}, "grads": {}, "after": {}}]},
    ),
    "quiz": (lambda: c.quiz(lecture.add_multiply()), {"answers": {"w": 1.0}}),
    "choices": (lambda: c.quiz(lecture.branch(), choices=True), {"answers": {"a": math.inf}}),
    "ask": (
        lambda: c.ask("Which?", ["this", "that"], "A", ["It is.", "It is not."]),
        {"vote": 2},
    ),
    "jacobian": (c.explore_jacobian, {"size": 5, "x": [1.0, 2.0, 3.0], "shift": math.inf}),
    "jacobian of a gate": (
        lambda: c.explore_jacobian(lecture.squared_norm_of_product(), "x"),
        {"input_x": [1.0]},
    ),
    "net": (lambda: c.net_view(3, 4, 2), {"layers": [3, 0, 2]}),
    "activations": (c.activation_view, {"x": 6.2}),
    "training": (c.training_view, {"chosen": {"hidden": 7}}),
    "templates": (c.template_view, {"middle": "back"}),
    "units": (c.unit_view, {"unit": 999, "image": 10}),
}
IMPOSSIBLE = ["text", None, [[["x"]]], {"x": "y"}, math.nan]


@pytest.fixture(params=VIEWS)
def row(request):
    """A view, and what it must refuse beside what every view must."""
    make, beyond = VIEWS[request.param]
    view = make()
    yield view, beyond
    view.close()


def own_traits(view):
    """The traits that a browser knows, without those of every widget."""
    return [key for key in view.keys if key not in ipywidgets.DOMWidget().keys]


def state_of(view):
    return {key: getattr(view, key) for key in own_traits(view)}


def sent_by_a_browser(view, state):
    """As the kernel receives it: an exception ends in the kernel's log."""
    try:
        view.set_state(state)
    except (GraphError, traitlets.TraitError):
        return False
    return True


def test_every_view_has_a_row(no_view_stays):
    made = {type(make()).__name__ for make, _ in VIEWS.values()}
    written = {
        node.name
        for file in HOME.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith("View")
    }
    assert made == written - {"LiveView"}


def test_an_impossible_value_from_the_browser_is_not_taken_and_the_old_one_stays(row):
    view, beyond = row
    before, text = state_of(view), repr(view)
    for name in before:
        for value in [*IMPOSSIBLE, *([beyond[name]] if name in beyond else [])]:
            sent_by_a_browser(view, {name: value})
            assert state_of(view) == before, (name, value)
    assert repr(view) == text


def test_an_impossible_value_from_python_is_refused_by_a_sentence(row):
    view, beyond = row
    before = state_of(view)
    moved = [name for name in before if name.startswith(view.by_hand)]
    assert moved
    assert set(beyond) <= set(moved)
    for name in moved:
        wrong = object() if view.traits()[name].__class__ is not traitlets.Bool else "text"
        for value in [wrong, *([beyond[name]] if name in beyond else [])]:
            with pytest.raises(GraphError):
                setattr(view, name, value)
            assert state_of(view) == before, (name, value)


def test_what_belongs_together_is_refused_together(row):
    view, beyond = row
    before = state_of(view)
    good = {"words": {}, "class_mode": True}
    assert not sent_by_a_browser(view, {**good, **beyond})
    assert state_of(view) == before


def test_a_view_says_what_it_shows(row):
    view, _ = row
    assert len(repr(view)) > 10
    assert type(view).__name__ not in repr(view)


def test_a_view_is_saved_as_a_page(row, tmp_path):
    view, _ = row
    page = view.save(tmp_path / "page.html").read_text(encoding="utf-8")
    assert f'data-kind="{view.kind}"' in page
    assert view.title in page
    assert "<title>another</title>" in view.save(tmp_path / "b.html", "another").read_text()
    with pytest.raises(GraphError):
        view.save(tmp_path / "missing" / "page.html")


def test_a_closed_view_is_gone_and_may_be_closed_again(row):
    view, _ = row
    children = {id for id, widget in LIVE.items() if widget in (view, view.layout)}
    assert children
    view.close()
    view.close()
    assert not children & set(LIVE)
    assert view.comm is None


def test_a_view_shown_twice_is_one_view_beside_its_static_twin(row, monkeypatch):
    view, _ = row
    shown = []
    monkeypatch.setattr(live_view, "display", lambda data, raw: shown.append(data))
    view._ipython_display_()
    view._ipython_display_()
    first, live, second, again = shown
    assert "cs231n-static" in first["text/html"]
    assert first == second
    has_png = getattr(view.static_picture(), "png", None) is not None
    assert ("image/png" in first) == has_png
    model = "application/vnd.jupyter.widget-view+json"
    assert live[model]["model_id"] == again[model]["model_id"] == view.model_id


def test_a_view_may_stand_in_a_box(row):
    view, _ = row
    assert ipywidgets.VBox([view]).children == (view,)


@pytest.mark.parametrize("make", [make for make, _ in VIEWS.values()], ids=VIEWS)
def test_running_a_cell_again_closes_what_it_made_before(make, monkeypatch, no_view_stays):
    counts = []
    for run in range(3):
        monkeypatch.setattr(registry, "this_cell", lambda run=run: ("cell", run))
        make()
        make()  # two views of one run live side by side
        counts.append(len(LIVE))
    assert len(set(counts)) == 1


def test_words_are_taken_when_a_view_is_made():
    """Not when its class is made: another language may be spoken by then."""
    for file in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef):
                early = [part for part in node.body if isinstance(part, ast.Assign | ast.AnnAssign)]
                taken = {
                    n.id for part in early for n in ast.walk(part.value) if isinstance(n, ast.Name)
                }
                assert "words" not in taken, file


@pytest.mark.parametrize("name", ["explore", "steps", "quiz"])
def test_paper_gets_the_picture_too(name, no_view_stays):
    bundle = live_view.static_bundle(VIEWS[name][0]().static_picture(), "text", "note")
    assert bundle["image/png"]
    assert "cs231n-static" in bundle["text/html"]
