"""The quiz as a student meets it: boxes on the picture, reasons, hints, new numbers, a vote."""

import pytest
from playwright.sync_api import expect

from cs231n_lec4 import lecture, quiz, words
from cs231n_lec4.lessons.graphs import add_multiply

from . import lab
from .views import blank, button, gradient_of, numbers_of, type_into

QUIZ = "from cs231n_lec4 import explore, lecture, quiz\nview = quiz(lecture.add_multiply()){}\nview"


def opened_quiz(open_notebook, options="", **more):
    source = QUIZ.format("").replace("add_multiply()", f"add_multiply(){options}")
    notebook = open_notebook([source], **more)
    return notebook, view_in(notebook.page)


def view_in(page):
    view = page.locator(".cs231n-live")
    expect(view).to_be_visible()
    return view


def said(view):
    return view.locator(".quiz-said p")


def solve(view):
    """Answer (x + y) z from the numbers that the picture shows."""
    z = numbers_of(view)[3][0]
    q = numbers_of(view)[2][0]
    for name, answer in (("q", z), ("x", z), ("y", z), ("z", q)):
        type_into(view, gradient_of(name), answer)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_wrong_answer_gets_three_lines_and_a_right_one_a_sign(open_notebook, theme):
    notebook, view = opened_quiz(open_notebook, theme=theme)
    type_into(view, gradient_of("x"), "1")
    expect(said(view)).to_have_count(3)
    expect(said(view).nth(1)).to_contain_text("local gradient alone")
    expect(said(view).nth(2)).to_contain_text("f changes by −0.04")
    expect(blank(view, gradient_of("x"))).to_have_attribute("aria-invalid", "true")
    type_into(view, gradient_of("x"), "−4")
    expect(said(view).first).to_have_text("✓ −4 is right: the gradient of f with respect to x.")
    expect(view.locator(".mark", has_text="✓")).to_be_visible()
    expect(blank(view, gradient_of("x"))).to_be_hidden()
    expect(blank(view, gradient_of("z"))).to_be_focused()
    assert numbers_of(view)[0] == ["−2.00", "−4.00"]
    expect(view.locator(".quiz-count")).to_have_text("1 of 4 right")
    notebook.screenshot(f"quiz-{theme}")
    assert lab.axe(notebook.page, ".cs231n-live") == []
    assert notebook.console_errors == []


def test_before_an_answer_the_page_holds_none(open_notebook):
    notebook, view = opened_quiz(open_notebook)
    assert [gradient for _, gradient in numbers_of(view)] == ["", "", "", "", "1.00"]
    outputs = str(notebook.save().cells[0].outputs)
    assert "−4.00   ?" in outputs
    assert "3.00    ?" in outputs


def test_a_hint_comes_after_two_misses_and_the_number_after_three(open_notebook):
    _, view = opened_quiz(open_notebook)
    for miss, answer in enumerate(("7", "8", "9"), 1):
        type_into(view, gradient_of("q"), answer)
        expect(button(view, "Hint")).to_be_enabled(enabled=miss >= 2)
        expect(button(view, "Reveal")).to_be_enabled(enabled=miss >= 3)
    button(view, "Hint").click()
    expect(said(view).nth(1)).to_contain_text("is −4.00")
    blank(view, gradient_of("q")).focus()
    button(view, "Reveal").click()
    expect(said(view).first).to_contain_text("The number is −4.00")
    expect(view.locator(".quiz-count")).to_have_text("0 of 4 right")
    assert numbers_of(view)[2] == ["3.00", "−4.00"]


@pytest.mark.parametrize("place", range(4))
def test_hint_and_reveal_are_reached_by_tab_from_every_blank(open_notebook, place):
    """On the way lie other blanks; to pass them changes nothing, nor does the same number again."""
    notebook, view = opened_quiz(open_notebook)
    label = view.get_by_role("textbox").nth(place).get_attribute("aria-label")
    first = blank(view, label)
    keys = notebook.page.keyboard
    for miss, number in enumerate(("11", "12", "12", "13"), 1):
        first.focus()
        keys.press("ControlOrMeta+a")
        keys.type(number)
        keys.press("Enter")
        expect(button(view, "Reveal")).to_be_enabled(enabled=miss == 4)
    for name in ("Hint", "Reveal"):
        first.focus()
        for _ in range(12):
            if button(view, name).evaluate("it => it === document.activeElement"):
                break
            keys.press("Tab")
        expect(button(view, name)).to_be_focused()
        expect(button(view, name)).to_have_attribute("title", label)
        keys.press("Enter")
    expect(said(view).first).to_contain_text(label)
    expect(first).to_be_hidden()


def test_what_is_no_number_is_told_and_costs_no_try(open_notebook):
    _, view = opened_quiz(open_notebook)
    for _ in range(3):
        type_into(view, gradient_of("q"), "four")
    expect(said(view)).to_have_text(["“four” is not a number. Write for example -4, 0.5 or 1/2."])
    expect(button(view, "Hint")).to_be_disabled()


def test_the_check_button_judges_every_box_that_is_filled(open_notebook):
    _, view = opened_quiz(open_notebook)
    blank(view, gradient_of("q")).fill("-4")
    blank(view, gradient_of("x")).fill("1")
    button(view, "Check").click()
    expect(view.locator(".quiz-count")).to_have_text("1 of 4 right")
    expect(said(view).first).to_have_text("✗ 1 is not the gradient of f with respect to x.")


def test_python_reads_the_answers_and_can_give_them(open_notebook):
    notebook, view = opened_quiz(open_notebook)
    type_into(view, gradient_of("x"), "-4")
    notebook.wait_for_cell("view.answers['x'], view.solved", "(-4, False)")
    notebook.run_cell("view.answer(z=3, q=-4)")
    expect(view.locator(".quiz-count")).to_have_text("3 of 4 right")
    type_into(view, gradient_of("y"), "-4")
    notebook.wait_for_cell("view.solved", "True")
    notebook.run_cell("view.move(z=2.0)")
    expect(view.locator(".quiz-count")).to_have_text("0 of 4 right")
    notebook.wait_for_cell("set(view.answers.values())", "{None}")


def test_new_numbers_need_no_kernel(open_notebook):
    notebook, view = opened_quiz(open_notebook)
    notebook.shutdown_kernel()
    before = [value for value, _ in numbers_of(view)]
    for _ in range(3):
        button(view, "New numbers").click()
        assert [value for value, _ in numbers_of(view)] != before
        expect(view.locator(".quiz-count")).to_have_text("0 of 4 right")
        solve(view)
        expect(view.locator(".quiz-count")).to_have_text("4 of 4 right")
        before = [value for value, _ in numbers_of(view)]
    button(view, "First numbers").click()
    assert [value for value, _ in numbers_of(view)] == ["−2.00", "5.00", "3.00", "−4.00", "−12.00"]


def test_the_keyboard_alone_solves_it(open_notebook):
    notebook, view = opened_quiz(open_notebook)
    blank(view, gradient_of("z")).focus()
    for answer in ("3", "-4", "-4", "-4"):
        notebook.page.keyboard.type(answer)
        notebook.page.keyboard.press("Enter")
    expect(view.locator(".quiz-count")).to_have_text("4 of 4 right")
    expect(button(view, "New numbers")).to_be_focused()
    notebook.page.keyboard.press("Enter")
    expect(view.locator(".quiz-count")).to_have_text("0 of 4 right")
    expect(blank(view, gradient_of("z"))).to_be_focused()


@pytest.mark.parametrize("width", [1280, 700])
def test_a_box_lies_under_its_wire_and_scales_with_the_picture(open_notebook, width):
    source = "from cs231n_lec4 import lecture, quiz\nquiz(lecture.sigmoid_neuron())"
    notebook = open_notebook([source], viewport=(width, 720))
    view = view_in(notebook.page)
    rules = view.locator(".drawing svg .wire .rule").all()
    for name, rule in (("w0", rules[0]), ("x0", rules[1])):
        box, line = blank(view, gradient_of(name)).bounding_box(), rule.bounding_box()
        assert box["x"] == pytest.approx(line["x"], abs=2)
        assert box["width"] == pytest.approx(line["width"], abs=3)
        assert 0 <= box["y"] - line["y"] <= 4


def test_a_vote_in_a_hall_goes_by_keys(open_notebook):
    notebook, view = opened_quiz(open_notebook, ", choices=True")
    view.focus()
    options = view.locator(".option")
    right = next(k for k in range(4) if options.nth(k).inner_text().endswith(" 3.00"))
    wrong = next(k for k in range(4) if k != right)
    notebook.page.keyboard.press("abcd"[wrong])
    expect(said(view)).to_contain_text(["Talk to your neighbour"])
    notebook.page.keyboard.press(str(right + 1))
    expect(said(view)).to_contain_text([f"Second vote: {'ABCD'[right]}"])
    assert numbers_of(view)[3] == ["−4.00", "?"]
    button(view, "Reveal").press("Enter")
    expect(options.nth(right)).to_contain_text("✓")
    assert numbers_of(view)[3] == ["−4.00", "3.00"]
    notebook.wait_for_cell("view.answers['z']", "3")
    button(view, "Next question").press("Enter")
    expect(view.locator(".quiz-question")).to_have_text(
        "2 of 4. What is the gradient of f with respect to q?"
    )
    assert len(notebook.save().cells) == 1
    notebook.screenshot("quiz-hall")
    assert lab.axe(notebook.page, ".cs231n-live") == []


def test_a_wrong_vote_gets_its_reason_when_revealed(open_notebook):
    notebook, view = opened_quiz(open_notebook, ", choices=True")
    options = view.locator(".option")
    wrong = next(k for k in range(4) if options.nth(k).inner_text().endswith(" −3.00"))
    options.nth(wrong).click()
    button(view, "Reveal").click()
    expect(options.nth(wrong)).to_contain_text("✗")
    expect(said(view).nth(1)).to_contain_text("Only the sign is wrong")
    assert notebook.console_errors == []


def test_a_saved_quiz_works_from_disk(open_page, tmp_path):
    file = quiz(add_multiply()).save(tmp_path / "quiz.html")
    page = open_page(file)
    view = view_in(page.page)
    solve(view)
    expect(view.locator(".quiz-count")).to_have_text("4 of 4 right")
    assert page.console_errors == []


def test_entries_of_a_matrix_are_asked_and_told_from_the_known_mistakes(open_view):
    graph = lecture.squared_norm_of_product()
    asked = quiz(graph, digits=3, entries=["W[1, 0]", "W[0, 1]", "x[0]"])
    view = open_view(asked)
    gradients = view.locator("g.wire").first.locator(".gradient")
    assert "".join(gradients.all_text_contents()).count("?") == 2
    for label, answer, code in [
        ("W[1, 0]", "0.176", "transposed"),
        ("W[1, 0]", "0.2", "forgot_upstream"),
        ("W[1, 0]", "0.52", "forgot_local"),
        ("x[0]", "0.044", "one_term_of_a_sum"),
        ("x[0]", "0.304", "transposed"),
    ]:
        type_into(view, gradient_of(label), answer)
        expect(view.locator(".quiz-said")).to_contain_text(words.REASONS[code])
        expect(view.locator(".quiz-said")).to_contain_text(f"A nudge: {label} changes by +0.01")
    button(view, "Hint").click()
    expect(view.locator(".quiz-said")).to_contain_text("x[0] reaches q[0], q[1].")
    for label, answer in [("W[1, 0]", "0.104"), ("W[0, 1]", "0.176"), ("x[0]", "-.112")]:
        type_into(view, gradient_of(label), answer)
    expect(view.locator(".quiz-count")).to_have_text("3 of 3 right")
    assert "?" not in "".join(gradients.all_text_contents())
    button(view, "New numbers").click()
    expect(view.locator(".quiz-count")).to_have_text("0 of 3 right")
    assert view.console_errors == []


@pytest.mark.parametrize("viewport", [(1280, 760), (560, 900)])
@pytest.mark.parametrize("options", [{}, {"shapes": True}])
def test_boxes_lie_in_the_picture_also_above_many_sliders(open_view, options, viewport):
    """Where a picture is as high as leaves room for the sliders, its boxes shrink with it."""
    view = open_view(quiz(lecture.tiny_two_layer(), **options), viewport=viewport)
    sheet, svg = (view.locator(part).bounding_box() for part in (".sheet", ".sheet svg"))
    assert sheet == pytest.approx(svg, abs=1)


def test_shapes_are_asked_axis_by_axis_by_keys_and_in_a_hall(open_view):
    view = open_view(quiz(lecture.tiny_two_layer(), shapes=True))
    type_into(view, "a.shape[0]", "3")
    expect(view.locator(".quiz-said")).to_contain_text(words.REASONS["summed_axis"])
    for name in ("a", "h", "y_pred", "v1"):
        for axis in (0, 1):
            type_into(view, f"{name}.shape[{axis}]", "2")
    expect(view.locator(".quiz-count")).to_have_text("8 of 8 right")
    assert numbers_of(view)[3] == ["2 × 2", ""]
    button(view, "New numbers").click()
    expect(view.locator(".quiz-count")).to_have_text("0 of 8 right")
    assert view.console_errors == []
    hall = open_view(quiz(lecture.matrix_product(), shapes=True, choices=True, class_mode=True))
    expect(hall.locator(".quiz-question")).to_contain_text("What is Y.shape[0]?")
    assert {"A", "B", "C", "D"} == {text[0] for text in hall.locator(".option").all_inner_texts()}
    faces = " ".join(hall.locator(".option").all_inner_texts())
    assert all(f" {size}" in faces for size in (2, 3, 4))
    assert "." not in faces
