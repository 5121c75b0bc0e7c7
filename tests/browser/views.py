"""What a test of a notebook does with a live view: find it, read it, move its controls."""

import re

from playwright.sync_api import expect

from cs231n_lec4 import draw

from . import lab

NUMBERS_IN_PICTURE = """svg => [...svg.querySelectorAll("g.wire")].map(wire =>
  [".value", ".gradient"].map(kind => wire.querySelector(kind).textContent.trim()))"""


def button(view, name):
    return view.get_by_role("button", name=name, exact=True)


def slider(view, name):
    return view.get_by_role("slider", name=name, exact=True)


def number(view, name):
    """The number on the wire of an input, which can be taken."""
    return view.get_by_role("spinbutton", name=f"{name}, on its wire", exact=True)


def blank(view, label):
    return view.get_by_role("textbox", name=label, exact=True)


def gradient_of(name, output="f"):
    return f"the gradient of {output} with respect to {name}"


def entry_text(name, value, gradient):
    """What is said of one entry of an array, whatever its gradient is made of."""
    return re.compile(f"^{re.escape(name)}: value {value}[,.] .*gradient .*{gradient}$")


def numbers_of(view):
    """[value, gradient] of each wire of the picture, as they are read there."""
    return view.locator(".drawing svg").first.evaluate(NUMBERS_IN_PICTURE)


def numbers_in(graph, upstream=1.0, **options):
    """The same, as the package draws them."""
    graph.forward()
    graph.backward(upstream)
    sketch = draw(graph, digits=2, **options).sketch
    return [[lines[0] for lines in sketch.texts(wire)] for wire in sketch.wires]


def picture_shows(notebook, view, graph, **options):
    """Wait until the picture shows the numbers of `graph`."""
    wanted = numbers_in(graph, **options)
    for _ in range(40):
        if (found := numbers_of(view)) == wanted:
            return
        notebook.page.wait_for_timeout(50)
    assert found == wanted


def type_into(view, label, text):
    """Write into a box and press Enter."""
    blank(view, label).fill(text)
    blank(view, label).press("Enter")


def unfold(view):
    """Open the sliders of a view that has many, by key."""
    for fold in view.locator("details:not([open]) > summary").all():
        fold.press("Enter")


def move_every_slider(notebook, view):
    """Each slider by a key, by the mouse and by its box; each time its number is another one."""
    unfold(view)
    for handle in view.get_by_role("slider").all():
        name, seen = handle.get_attribute("aria-label"), [handle.input_value()]
        handle.press("ArrowRight")
        seen.append(handle.input_value())
        lab.drag_slider(notebook.page, handle, 0.8)
        seen.append(handle.input_value())
        typed, number = ("3/2", "1.5") if "0.5" in seen else ("1/2", "0.5")
        type_into(view, f"value of {name}", typed)
        expect(handle).to_have_value(number)
        assert len({*seen, number}) == 4, (name, seen)
