"""Fixtures for tests in a real browser. One server and one browser serve the whole folder.

The folder is a package and these two are of package scope: while Playwright is alive its event
loop counts as running, and `asyncio.run` in any later test of the same session would fail.
"""

import os
from pathlib import Path

import pytest

from . import lab
from .server import LabServer, ServerFailed

NO_BROWSER = "The browser tests need Chromium: install the package `chromium` (or Google Chrome)."
NO_DRIVER = "The browser tests need Playwright: install the extra `test` of this package."


def _missing(reason):
    """A browser may be missing on a student's machine, never in continuous integration."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def browser():
    """Chromium, started once; nothing it opens can reach the network."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing(NO_DRIVER)
    if lab.browser_program() is None:
        _missing(NO_BROWSER)
    with sync_playwright() as playwright:
        chromium = lab.launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def lab_server(tmp_path_factory):
    """A JupyterLab server with folders of its own; it and its kernels end with the tests."""
    try:
        server = LabServer(tmp_path_factory.mktemp("lab"))
    except ServerFailed as failure:
        pytest.fail(str(failure), pytrace=False)
    yield server
    server.stop()


@pytest.fixture
def pages(request, browser):
    """Makes pages, closes them at the end; a failed test leaves their screenshots behind."""
    made = []

    def page(**options):
        made.append(lab.new_page(browser, **options))
        return made[-1]

    yield page
    for number, left in enumerate(made):
        if getattr(request.node, "failed", False):
            lab.screenshot(left, f"failed-{request.node.name}-{number}")
        left.context.close()


@pytest.fixture
def opened():
    """The views of this test; at its end none may have asked for anything outside."""
    views = []
    yield views
    outside = [url for view in views for url in view.requests]
    assert not outside, f"these requests left the machine: {outside}"


@pytest.fixture
def open_notebook(pages, opened, lab_server):
    """`open_notebook(cells_or_path, ...)` → a `lab.Notebook`, run to its end.

    `cells_or_path`: a list of sources and nbformat cells, or a file (a copy of it is opened).
    `theme` "light" or "dark"; `trusted` whether the copy is signed; `viewport` (width, height);
    `run=False` leaves the cells alone; `settings` {plugin: {key: value}} for JupyterLab;
    `csp` or `csp_report_only` a Content-Security-Policy for JupyterLab's page.
    """

    def open_(cells, *, viewport=lab.LAPTOP, **options):
        page = pages(viewport=viewport)
        opened.append(lab.open_notebook(lab_server, page, cells, **options))
        return opened[-1]

    yield open_
    lab_server.stop_kernels()


@pytest.fixture
def open_page(pages, opened):
    """`open_page(path, viewport=..., phone=False, csp=None)` → a `lab.Page` of a saved file."""

    def open_(path, *, viewport=lab.LAPTOP, phone=False, csp=None):
        opened.append(lab.open_page(pages(viewport=viewport, phone=phone), path, csp))
        return opened[-1]

    return open_


@pytest.fixture
def open_view(pages, opened, tmp_path):
    """`open_view(view, motion=True, viewport=...)` → the view, in a saved page of its own."""

    def open_(view, **options):
        page = pages(**{"motion": True, **options})
        opened.append(lab.open_page(page, view.save(tmp_path / "page.html")))
        live = page.locator(".cs231n-live").first
        live.console_errors = opened[-1].console_errors
        return live

    return open_


# Browser tests are slow. Of these files only the named tests belong to the normal run; the others, and
# whatever is tried again in the dark theme, belong to `run.py long`.
IN_THE_NORMAL_RUN = {
    "test_arrays.py": {
        "test_backward_and_a_walk_show_at_each_step_what_is_known_then",
        "test_in_a_folded_picture_no_sentence_lacks_its_number_and_no_old_entry_stays",
        "test_in_a_hall_the_help_has_room",
    },
    "test_harness.py": {
        "test_a_request_to_the_outside_is_recorded",
        "test_a_page_from_disk_tells_its_errors",
        "test_axe_sees_a_picture_without_words",
    },
    "test_korean.py": {"test_a_quiz_a_nudge_and_a_walk_speak_korean"},
    "test_notebook_00.py": {"test_the_controls_move_by_key_and_by_mouse"},
    "test_notebook_01.py": {
        "test_the_four_gradients_are_answered_by_keys_alone",
        "test_the_walk_goes_by_mouse_and_by_keys",
        "test_a_nudge_says_what_the_gradient_promised",
    },
    "test_flow.py": {
        "test_a_press_sends_a_bead_and_the_numbers_come_with_its_arrival",
        "test_a_reader_who_asked_for_less_motion_sees_the_end_at_once",
        "test_backward_of_arrays_hides_what_has_not_come_yet",
    },
    "test_grab.py": {"test_a_drag_moves_the_number_and_every_wire_says_what_changes"},
    "test_notebook_02_03.py": {
        "test_a_fold_hides_four_gates_and_moves_no_number_outside",
        "test_the_branch_asks_for_each_share_and_one_path_alone_is_told",
    },
    "test_notebook_04_05.py": {
        "test_a_one_appears_on_the_diagonal_as_an_entry_passes_zero",
        "test_any_entry_of_the_matrix_moves_its_own_row_of_q",
    },
    "test_notebook_06_to_12.py": {"test_every_slider_of_its_first_view_moves"},
    "test_template_view.py": {
        "test_a_horse_turns_by_key_and_a_unit_is_followed_by_arrow_key",
    },
    "test_lecture.py": {"test_no_key_reaches_the_notebook_from_a_scene"},
    "test_deck.py": {
        "test_every_scene_fits_its_window_before_and_after_a_wrong_vote",
        "test_arrow_keys_step_wherever_the_focus_is_but_on_a_slider",
        "test_a_finger_goes_through_the_scenes_but_not_from_a_slider",
        "test_hands_are_counted_by_keys_and_their_bars_wait_for_the_answer",
        "test_notes_and_minutes_come_and_go_by_a_key",
    },
    "test_net_view.py": {"test_a_net_is_chosen_by_mouse_keys_and_boxes_and_counted"},
    "test_training.py": {
        "test_start_trains_and_stop_stops",
        "test_a_saved_page_trains_stops_and_begins_again",
        "test_the_point_follows_slider_keys_box_and_hand",
    },
    "test_your_graph.py": {
        "test_a_link_asks_on_a_phone_and_a_wrong_answer_is_explained",
        "test_a_typed_formula_is_drawn_moves_and_stands_in_the_address",
        "test_a_walk_begins_at_the_step_of_its_address_and_the_address_follows",
        "test_back_and_forward_go_from_formula_to_formula",
        "test_the_same_svg_is_tidied_and_bent_as_in_python",
        "test_some_hostile_addresses_are_answered_and_nothing_runs",
    },
    "test_quiz.py": {
        "test_a_wrong_answer_gets_three_lines_and_a_right_one_a_sign",
        "test_before_an_answer_the_page_holds_none",
        "test_new_numbers_need_no_kernel",
        "test_the_keyboard_alone_solves_it",
        "test_a_vote_in_a_hall_goes_by_keys",
        "test_a_saved_quiz_works_from_disk",
    },
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker("browser")
        wanted = IN_THE_NORMAL_RUN.get(item.path.name)
        name = getattr(item, "originalname", item.name)
        if "dark" in item.name or (wanted is not None and name not in wanted):
            item.add_marker("long")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.failed = True
    return report
