"""One step, three places: its line of code, its gate and its row of the formula light together."""

from playwright.sync_api import expect

from cs231n_lec4 import lecture, step_through

from .views import button

POINTED = """view => [
  [...view.querySelectorAll(".listing .pointed")].map(line => line.textContent),
  [...view.querySelectorAll(".gate.pointed")].map(gate => gate.textContent.trim()),
  [...view.querySelectorAll(".formula .pointed")].map(row => row.textContent.slice(0, 4)),
]"""


def at(open_view, graph, place, **options):
    view = open_view(step_through(graph), motion=False, **options)
    for _ in range(place):
        button(view, "Next").click()
    return view


def lit_lines(view):
    return view.locator(".listing .lit").all_text_contents()


def test_every_step_lights_its_lines(open_view):
    view, seen = at(open_view, lecture.branch(), 0), []
    assert lit_lines(view) == []
    for _ in range(8):
        button(view, "Next").click()
        seen.append(lit_lines(view))
    assert seen == [
        ["c = a + b"],
        ["d = b + 1.0"],
        ["e = c * d"],
        ["de = 1.0"],
        ["dc = d * de", "dd = c * de"],
        ["db = dd"],
        ["da = dc", "db += dc"],
        ["db = dd", "db += dc"],
    ]


def test_a_movement_lights_the_lines_that_it_runs_through(open_view):
    view = open_view(step_through(lecture.add_multiply()))
    button(view, "Next").click()
    expect(view.locator(".bead")).not_to_have_count(0)
    assert lit_lines(view) == ["q = x + y"]
    assert view.console_errors == []


def test_a_line_lights_its_gate_and_its_row(open_view):
    view = at(open_view, lecture.add_multiply(), 4)
    view.locator(".listing code", has_text="dz =").hover()
    lines, gates, rows = view.evaluate(POINTED)
    assert (lines, gates, rows) == (["dz = q * df"], ["×"], ["∂f∂z"])
    view.locator(".step-title").hover()
    assert view.evaluate(POINTED) == [[], [], []]


def test_a_gate_lights_its_lines_and_its_rows(open_view):
    view = at(open_view, lecture.add_multiply(), 5)
    view.locator(".gate", has_text="+").hover()
    lines, gates, rows = view.evaluate(POINTED)
    assert (lines, gates) == (["q = x + y", "dx = dq", "dy = dq"], ["+"])
    assert rows == ["∂f∂x", "∂f∂y"]
    view.locator(".gate", has_text="×").hover()
    assert view.evaluate(POINTED) == [["f = q * z", "dq = z * df", "dz = q * df"], ["×"], []]


def test_a_row_of_the_formula_lights_its_line_and_its_gate(open_view):
    view = at(open_view, lecture.add_multiply(), 4)
    view.locator(".formula mtr").first.locator("mtd").last.hover()
    assert view.evaluate(POINTED) == [["dq = z * df"], ["×"], ["∂f∂q"]]


def test_the_lines_are_reached_by_keys(open_view):
    view = at(open_view, lecture.add_multiply(), 4)
    view.locator(".listing").focus()
    for _ in range(5):
        view.page.keyboard.press("ArrowDown")
    assert view.evaluate(POINTED) == [["dz = q * df"], ["×"], ["∂f∂z"]]
    view.page.keyboard.press("ArrowUp")
    assert view.evaluate(POINTED)[0] == ["dq = z * df"]
    view.page.keyboard.press("ArrowRight")
    expect(view.locator(".step-count")).to_have_text("Step 5 of 5")


def test_upstream_and_local_have_their_colours_in_code_and_formula(open_view):
    view = at(open_view, lecture.add_multiply(), 4)
    colours = """(view, kind) => [".listing", ".formula"].map(place =>
      getComputedStyle(view.querySelector(`${place} .is-${kind}`)).color)"""
    upstream = view.evaluate(colours, "upstream")
    local = view.evaluate(colours, "local")
    assert len(set(upstream)) == len(set(local)) == 1
    assert upstream != local


def test_arrays_light_their_lines_too(open_view):
    view = at(open_view, lecture.tiny_two_layer(), 1)
    assert lit_lines(view) == ["a = x @ w1"]
    view.locator(".formula .code-row").hover()
    assert view.evaluate(POINTED)[:2] == [["a = x @ w1"], ["@"]]


def test_a_lit_line_is_in_sight_in_a_narrow_window(open_view):
    view = at(open_view, lecture.sigmoid_neuron(), 15, viewport=(560, 900))
    inside = """view => [...view.querySelectorAll(".listing .lit")].every(line => {
      const [a, b] = [line, line.parentElement].map(part => part.getBoundingClientRect());
      return a.top >= b.top && a.bottom <= b.bottom;
    })"""
    assert lit_lines(view)
    assert view.evaluate(inside)
    assert view.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_gate_that_gets_the_focus_by_keys_lights_its_lines_and_its_rows(open_view):
    """One stop of Tab for all gates; up and down go from one to the next, left and right step."""
    view = at(open_view, lecture.add_multiply(), 4)
    first = view.locator(".gate[tabindex='0']")
    assert first.count() == 1
    first.focus()
    assert view.evaluate(POINTED)[:2] == [["q = x + y", "dx = dq", "dy = dq"], ["+"]]
    view.page.keyboard.press("ArrowDown")
    focused = "() => document.activeElement.getAttribute('aria-label')"
    assert view.page.evaluate(focused).startswith("Gate × computes f")
    shown = [["f = q * z", "dq = z * df", "dz = q * df"], ["×"], ["∂f∂q", "∂f∂z"]]
    assert view.evaluate(POINTED) == shown
    view.page.keyboard.press("ArrowDown")  # there is no other gate
    assert view.evaluate(POINTED) == shown
    view.page.keyboard.press("ArrowUp")
    view.page.keyboard.press("ArrowRight")  # the step of this gate: its formula comes, and is lit
    assert view.evaluate(POINTED)[1:] == [["+"], ["∂f∂x", "∂f∂y"]]
    assert view.locator(".gate[tabindex='0']").evaluate("e => e === document.activeElement")
    view.page.evaluate("() => document.activeElement.blur()")
    assert view.evaluate(POINTED) == [[], [], []]
    assert view.console_errors == []
