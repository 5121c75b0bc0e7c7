"""The two views of notebook 10 in a real browser: the horse that turns, and the hidden units."""

import pytest
from playwright.sync_api import expect

from . import lab
from .views import slider

HORSE = "from cs231n_lec4 import template_view\nhorse = template_view()\nhorse"
UNITS = """
from cs231n_lec4 import templates, unit_view
nets = [templates.untrained_animals(8, seed=seed) for seed in (0, 1)]
units = unit_view(*nets)
units
"""
NEXT = "1 + 1"


def scores(view):
    return view.locator("td.value").all_inner_texts()


def test_a_horse_turns_by_key_and_a_unit_is_followed_by_arrow_key(open_notebook):
    notebook = open_notebook([HORSE, UNITS, NEXT])
    horse = notebook.page.locator(".template-view")
    assert scores(horse) == ["5.23", "0.00", "5.23", "2.94"]
    slider(horse, "where the horse faces").press("End")
    expect(horse.locator(".template-picture")).to_have_attribute(
        "aria-label", "Picture of a horse. It faces right."
    )
    assert scores(horse) == ["0.00", "5.19", "5.19", "3.37"]
    notebook.wait_for_cell("print(horse.place)", "1.0")
    units = notebook.page.locator(".unit-view")
    units.get_by_role("radio", name="hidden unit 0").focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(units.locator("figcaption", has_text="row 1 of W1")).to_have_count(2)
    assert units.locator(".unit-favourites figcaption").count() == 50
    notebook.wait_for_cell("print(units.unit)", "1")
    assert notebook.console_errors == []


def test_the_middle_is_chosen_and_real_horses_from_the_front_score_nothing(open_notebook):
    notebook = open_notebook([HORSE, NEXT])
    view = notebook.page.locator(".template-view")
    notebook.run_cell("horse.move(0)")
    expect(view.locator(".template-said")).to_contain_text("h = (2.18, 2.16), W2 h = 4.34")
    expect(view.locator(".template-said")).to_contain_text("W2 W1 is a single template, too")
    view.get_by_role("radio", name="mean of 35 real horses from the front").check()
    assert scores(view) == ["0.00", "0.00", "0.00", "−2.36"]
    expect(view.locator(".template-cut").first).to_contain_text("before max(0, ·): −2.15")
    notebook.wait_for_cell("print(horse.middle)", "front")


def test_the_views_go_on_without_a_kernel(open_notebook):
    notebook = open_notebook([HORSE, UNITS, NEXT])
    notebook.shutdown_kernel()
    horse = notebook.page.locator(".template-view")
    slider(horse, "where the horse faces").press("End")
    expect(horse.locator("td.value").first).to_have_text("0.00")
    units = notebook.page.locator(".unit-view")
    units.get_by_role("radio", name="hidden unit 5").check()
    expect(units.locator("figcaption", has_text="row 5 of W1")).to_have_count(2)


def test_a_click_chooses_a_unit_and_python_moves_it_back(open_notebook):
    notebook = open_notebook([UNITS, NEXT])
    view = notebook.page.locator(".unit-view")
    view.locator("fieldset").nth(1).locator("label").nth(6).click()
    expect(view.locator(".unit-said")).to_contain_text("Unit 6:")
    notebook.wait_for_cell("print(units.unit)", "6")
    notebook.run_cell("units.move(2, 'zebra')")
    expect(view.locator(".unit-said")).to_contain_text("Unit 2:")
    expect(view.get_by_role("radio", name="zebra")).to_be_checked()
    h = notebook.run_cell("print(f'{units.h[0]:.2f}')")
    expect(view.locator(".unit-h").first).to_contain_text(f"= {h}")


def test_running_the_cells_again_leaves_one_view_of_each(open_notebook):
    notebook = open_notebook([HORSE, UNITS, NEXT])
    count = "from ipywidgets.widgets.widget import _instances; print(len(_instances))"
    before = notebook.run_cell(count)
    for index in (0, 1, 0, 1):
        notebook.run_at(index)
    assert notebook.run_cell(count) == before
    assert notebook.page.locator(".template-view").count() == 1
    assert notebook.page.locator(".unit-view").count() == 1


def test_a_picture_stands_there_until_the_cell_runs(open_notebook):
    notebook = open_notebook([HORSE, UNITS, NEXT])
    static = notebook.page.locator(".cs231n-static")
    assert static.count() == 2
    assert not static.first.is_visible()
    for image in static.locator("img").all():
        assert "small images" in image.get_attribute("alt")


def test_both_views_live_in_a_saved_page(open_page, tmp_path):
    from cs231n_lec4 import save_page, template_view, templates, unit_view

    nets = [templates.untrained_animals(8, seed=seed) for seed in (0, 1)]
    page = open_page(save_page(tmp_path / "page.html", [template_view(), unit_view(*nets)], "x"))
    slider(page.page.locator(".template-view"), "where the horse faces").press("End")
    expect(page.page.locator(".template-view td.value").first).to_have_text("0.00")
    page.page.get_by_role("radio", name="hidden unit 3").check()
    expect(page.page.locator("figcaption", has_text="row 3 of W1")).to_have_count(2)
    assert page.console_errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_views_have_no_accessibility_violations(open_notebook, theme):
    notebook = open_notebook([HORSE, UNITS, NEXT], theme=theme)
    for name in (".template-view", ".unit-view"):
        found = lab.axe(notebook.page, name)
        assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []
    notebook.page.locator(".template-view").scroll_into_view_if_needed()
    notebook.screenshot(f"templates-{theme}")
    assert notebook.console_errors == []
