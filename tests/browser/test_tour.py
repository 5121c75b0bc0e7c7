"""A tour of all views in JupyterLab, wide and narrow, light and dark: each stays in its column.

Its screenshots, `tour-…` in test-artefacts/, are there to be looked at.
"""

import pytest
from notebook_tools import NOTEBOOKS
from playwright.sync_api import expect

from . import lab

pytestmark = pytest.mark.long

SETUP = """from cs231n_lec4 import *
from cs231n_lec4 import lecture
neuron, tiny = lecture.sigmoid_neuron(), lecture.tiny_two_layer()
hall = {"class_mode": True}"""
VIEWS = {
    "explore": 'explore(neuron, fold={"σ": lecture.SIGMOID_GATES})',
    "gate": 'explore(parse("x * y", x=3, y=-4))',
    "arrays": "explore(lecture.squared_norm_of_product())",
    "steps": "step_through(lecture.sigmoid_neuron())",
    "updates": 'step_through(tiny, update=0.1, parameters=["w1", "w2"])',
    "quiz": "quiz(lecture.branch())",
    "choices": "quiz(lecture.branch(), choices=True)",
    "ask": 'ask("Which?", ["this one", "the other one"], "A", ["It is.", "It is not."])',
    "jacobian": "explore_jacobian()",
    "net": "net_view(3, 4, 4, 2, shown=True)",
    "activations": "activation_view()",
    "training": "training_view()",
    "templates": "template_view()",
    "units": "unit_view()",
    "hall-explore": "explore(lecture.sigmoid_neuron(), **hall)",
    "hall-steps": "step_through(lecture.sigmoid_neuron(), **hall)",
    "hall-scene": 'scene("gate", explore(parse("x * y", x=3, y=-4), upstream=2.0, **hall))',
    "hall-jacobian": "explore_jacobian(**hall)",
    "hall-activations": "activation_view(**hall)",
    "hall-training": "training_view(**hall)",
}
# What reaches over the right edge of the column, and is not in a place that scrolls; boxes, menus
# and buttons that cut their text; sliders too short for a hand.
BEYOND = """(view) => {
  const edge = view.parentElement.getBoundingClientRect().right + 1;
  const hides = (part) => getComputedStyle(part).overflowX !== "visible";
  const isFree = (part) => part === view || (!hides(part) && isFree(part.parentElement));
  const isCut = (part) => part.scrollWidth > part.clientWidth + 1
    && part.matches("input[type=text], button");
  const isShort = (part) => part.matches("[type=range]") && part.clientWidth < 40;
  return [...view.querySelectorAll("*:not(svg *, math *, .only-heard)")]
    .filter((part) => part.checkVisibility())
    .filter((part) => isCut(part) || isShort(part)
      || (part.getBoundingClientRect().right > edge && isFree(part.parentElement)))
    .map((part) => part.outerHTML.slice(0, 90));
}"""


@pytest.fixture(scope="module")
def tour(browser, lab_server):
    page = lab.new_page(browser)
    notebook = lab.open_notebook(lab_server, page, [SETUP, *VIEWS.values()])
    for name in ("explore", "steps"):
        busy(view_of(notebook, name))
    yield notebook
    page.context.close()
    lab_server.stop_kernels()
    assert notebook.console_errors == []


def view_of(notebook, name):
    return notebook.cell(1 + list(VIEWS).index(name)).locator(".cs231n-live").last


def busy(view):
    """As much as the view can show: the last step, a nudge."""
    for name in ("Last step", "Nudge"):
        for found in view.get_by_role("button", name=name, exact=True).all():
            found.click()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 560, 400])
def test_every_view_stays_in_its_column(tour, width, theme):
    tour.page.set_viewport_size({"width": width, "height": 900})
    tour.set_theme(theme)
    beyond = {}
    for name in VIEWS:
        view = view_of(tour, name)
        view.scroll_into_view_if_needed()
        expect(view).to_be_visible()
        tour.page.wait_for_timeout(100)
        beyond[name] = view.evaluate(BEYOND)
        view.screenshot(path=lab.ARTEFACTS / f"tour-{name}-{width}-{theme}.png")
    assert {name: parts for name, parts in beyond.items() if parts} == {}
    found = lab.axe(tour.page, ".cs231n-live")
    assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []


# ── by keys alone ────────────────────────────────────────────────────────────────────────────────

# The stops of Tab in a view, in the order of the page; of radio buttons the chosen one is a stop.
STOPS = """(view) => [...view.querySelectorAll("a, button, input, select, summary, [tabindex='0']")]
  .filter((it) => it.checkVisibility() && !it.disabled)
  .filter((it) => it.type !== "radio" || it.checked)
  .map((it) => it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent)"""
FOCUS = """(view) => {
  const it = document.activeElement;
  if (!view.contains(it) || it === view) return null;
  const rings = [it, it.closest("label")].filter(Boolean).map((part) => getComputedStyle(part));
  const isSeen = rings.some((ring) => ring.outlineStyle !== "none" && ring.outlineWidth !== "0px");
  return [it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent, isSeen];
}"""
BY_KEYS = ["01_computational_graphs", "03_gate_patterns", "05_matrix_gradients"]
BY_KEYS += ["09_training_a_two_layer_net"]


def tab_through(notebook, view):
    """The stops of the view, by Tab from its beginning until it is left, then back to its last."""
    view.focus()
    met = []
    while len(met) < 150:
        notebook.page.keyboard.press("Tab")
        now = view.evaluate(FOCUS)
        if now is None:
            break
        met.append(now)
    assert len(met) < 150, "Tab does not leave the view"
    back = None
    for _ in range(6):  # JupyterLab has stops of its own behind a cell
        notebook.page.keyboard.press("Shift+Tab")
        back = back or view.evaluate(FOCUS)
    assert not met or back == met[-1]
    return met


def check_by_keys(notebook, view):
    met = tab_through(notebook, view)
    assert [name for name, _ in met] == view.evaluate(STOPS)
    assert [name for name, is_seen in met if not is_seen] == []


@pytest.mark.parametrize("name", VIEWS)
def test_tab_reaches_every_control_of_a_view_and_leaves_it(tour, name):
    tour.page.set_viewport_size({"width": 1280, "height": 900})
    check_by_keys(tour, view_of(tour, name))


@pytest.mark.parametrize("name", BY_KEYS)
def test_a_notebook_is_gone_through_by_keys_alone(open_notebook, name):
    notebook = open_notebook(NOTEBOOKS / f"{name}.ipynb")
    views = notebook.page.locator(".cs231n-live")
    assert views.count() > 1
    for view in views.all():
        check_by_keys(notebook, view)
        move_by_keys(notebook, view)
    assert notebook.console_errors == []


def move_by_keys(notebook, view):
    """Sliders, buttons and menus do by arrow key, Enter and Space what a hand does."""
    keys = notebook.page.keyboard
    for handle in view.get_by_role("slider").all():
        if handle.is_visible():
            before = handle.input_value()
            handle.focus()
            keys.press("ArrowLeft" if before == handle.get_attribute("max") else "ArrowRight")
            assert handle.input_value() != before
    for button in view.get_by_role("button").all():
        for key in ("Enter", "Space"):
            heard = button.evaluate_handle(
                "b => { const h = []; "
                "b.addEventListener('click', () => h.push(1), { once: true }); return h; }"
            )
            if button.is_visible() and button.is_enabled():
                button.focus()
                keys.press(key)
                assert heard.evaluate("h => h.length") == 1, button.inner_text()
