"""Hostile labels on gates, folds and pages: shown as letters, never run, never fetched, never a
crash."""

import pytest
from hostile import BY_HAND, MARK, labels

from cs231n_lec4 import ComputationalGraph, Gate, Input, explore, step_through
from cs231n_lec4.live.base.page import save_page
from cs231n_lec4.pictures.dot import safe_label

RAN = "() => window.__ran || 0"
FOUND = """() => {
  const all = [...document.querySelectorAll(".cs231n-live *")];
  const count = (chosen) => all.filter((element) => element.matches(chosen)).length;
  const handles = ({ attributes }) => [...attributes].some(({ name }) => /^on/i.test(name));
  return {
    script: count("script, iframe, foreignObject"),
    handlers: all.filter(handles).length,
    links: count("a, [href]"),
    views: count(".drawing svg"),
  };
}"""
CELL = """
import warnings
from cs231n_lec4 import *
from cs231n_lec4.live import GraphView
LABELS = {labels!r}

def view_of(k):
    class HostileGate(Gate):
        symbol = LABELS[k]
        def forward(self, x):
            return x * 2.0
        def backward(self, dy):
            return dy * 2.0
    graph = ComputationalGraph((HostileGate(Input(1.0, "x")) + 1.0).named("f"))
    make = explore if k % 2 else step_through
    return make(graph, fold={{LABELS[k]: ["v1", "f"]}})
"""
SHOW = "for k in range({start}, min(len(LABELS), {start} + {many})): display(view_of(k))"
MANY = 20  # JupyterLab shows 50 outputs of a cell, and a view has two


def view_of(label, k=0):
    """A view with the label as a gate's symbol and as the name of a fold."""

    class HostileGate(Gate):
        symbol = label

        def forward(self, x):
            return x * 2.0

        def backward(self, dy):
            return dy * 2.0

    graph = ComputationalGraph((HostileGate(Input(1.0, "x")) + 1.0).named("f"))
    return (explore if k % 2 else step_through)(graph, fold={label: ["v1", "f"]})


def touch_everything(page):
    """Every button is clicked, everything is hovered and focused."""
    page.evaluate("""() => {
      for (const e of document.querySelectorAll(".cs231n-live *")) {
        for (const kind of ["mouseover", "mouseenter", "pointermove", "focus"]) 
          e.dispatchEvent(new Event(kind));
        e.focus?.();
      }
      for (const button of document.querySelectorAll(".cs231n-live button, .cs231n-live .folded"))
        button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }""")
    page.wait_for_timeout(300)


def nothing_happened(view, count):
    touch_everything(view.page)
    assert view.page.evaluate(RAN) == 0
    assert view.page.evaluate(FOUND) == {"script": 0, "handlers": 0, "links": 0, "views": count}
    assert view.requests == []


def in_lab(open_notebook, chosen):
    shows = [SHOW.format(start=k, many=MANY) for k in range(0, len(chosen), MANY)]
    notebook = open_notebook([CELL.format(labels=chosen), *shows])
    all_there(notebook, len(chosen))
    nothing_happened(notebook, len(chosen))


def all_there(view, count):
    shown = "count => document.querySelectorAll('.cs231n-live .drawing svg').length === count"
    view.page.wait_for_function(shown, arg=count, timeout=120_000)


def in_page(open_page, tmp_path, chosen):
    views = [(label, view_of(label, k)) for k, label in enumerate(chosen)]
    page = open_page(save_page(tmp_path / "page.html", views, title=" ".join(chosen)[:5000]))
    all_there(page, len(chosen))
    nothing_happened(page, len(chosen))
    assert page.console_errors == []


def test_there_are_500_different_labels():
    assert len(set(labels(500))) == 500
    assert set(BY_HAND) <= set(labels(500))


def test_hostile_labels_in_jupyterlab(open_notebook):
    in_lab(open_notebook, labels(20))


def test_hostile_labels_in_a_saved_page(open_page, tmp_path):
    in_page(open_page, tmp_path, labels(40))


def test_the_trap_catches_a_label_that_runs(open_page, tmp_path):
    """The control: the same label, put into a page without care, does run and is seen."""
    label = f"<img src=x onerror={MARK}>"
    file = save_page(tmp_path / "page.html", [("", view_of(label))], title="t")
    file.write_text(file.read_text().replace("<main>", f"<main>{label}"))
    page = open_page(file)
    page.page.wait_for_function("() => window.__ran > 0")
    careless = save_page(tmp_path / "two.html", [("", view_of(label))], title="t")
    text = careless.read_text().replace(
        "button.textContent = fill(number", "button.innerHTML = fill(number"
    )
    assert "innerHTML" in text
    careless.write_text(text)
    second = open_page(careless)
    second.page.wait_for_function("() => window.__ran > 0")
    page.requests.clear()
    second.requests.clear()


def test_a_label_is_shown_as_its_letters(open_page, tmp_path):
    page = open_page(
        save_page(tmp_path / "page.html", [("", view_of("<b>&amp;</b>"))], title="<i>t</i>")
    )
    assert safe_label("<b>&amp;</b>") in page.page.locator("svg").first.text_content()
    assert page.page.title() == "<i>t</i>"
    assert page.page.locator("h1").text_content() == "<i>t</i>"


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 500, 50))
def test_500_hostile_labels_in_jupyterlab(open_notebook, start):
    in_lab(open_notebook, labels(500)[start : start + 50])


@pytest.mark.long
def test_500_hostile_labels_in_a_saved_page(open_page, tmp_path):
    in_page(open_page, tmp_path, labels(500))
