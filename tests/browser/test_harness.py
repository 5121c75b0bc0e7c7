"""The harness is proved on tiny notebooks: what it claims to see must be there, and be missed."""

import pytest
from nbformat.v4 import new_code_cell, new_output
from playwright.sync_api import expect

from . import lab
from .server import LabServer, ServerFailed

SLIDER = '''
import anywidget, traitlets

class Slider(anywidget.AnyWidget):
    value = traitlets.Int(5).tag(sync=True)
    _esm = """
    export default { render({ model, el }) {
      el.innerHTML = '<input type="range" min="0" max="10" aria-label="x"><p role="status"></p>';
      const [slider, text] = el.children;
      const show = () => { slider.value = model.get("value"); text.textContent = slider.value; };
      slider.dataset.lmSuppressShortcuts = "true";
      slider.addEventListener("input", () => {
        model.set("value", Number(slider.value));
        model.save_changes();
      });
      model.on("change:value", show);
      show();
    } };
    """

slider = Slider()
slider
'''
STRICT = "script-src 'self' 'unsafe-inline' blob:"
NO_MODULES = "script-src 'self' 'unsafe-inline' 'unsafe-eval'"


def text_of(page):
    return page.locator(".jp-OutputArea-output p[role=status]")


def stored_picture():
    """A cell that holds the output of an earlier run, with a script a stranger might add."""
    html = "<b id='kept'>kept</b><script>document.body.dataset.ran = 'yes'</script>"
    data = {"text/html": html, "text/plain": "kept"}
    return new_code_cell(
        "1 / 0", outputs=[new_output("display_data", data=data)], execution_count=1
    )


def test_a_key_and_a_drag_reach_the_page_and_the_kernel(open_notebook):
    notebook = open_notebook([SLIDER])
    page = notebook.page
    slider, text = page.get_by_role("slider", name="x"), text_of(page)
    slider.press("ArrowRight")
    expect(text).to_have_text("6")
    notebook.wait_for_cell("slider.value", "6")
    lab.drag_slider(page, slider, 0.2)
    expect(text).to_have_text("2")
    notebook.wait_for_cell("slider.value", "2")
    notebook.run_cell("slider.value = 9")
    expect(text).to_have_text("9")
    assert notebook.console_errors == []
    assert notebook.screenshot("harness-light").stat().st_size > 1000


def test_a_restart_forgets_and_a_run_brings_back(open_notebook):
    notebook = open_notebook(["a = 1", "a += 1\na"])
    assert notebook.run_cell("a") == "2"
    notebook.run_at(1)
    assert notebook.run_cell("print('a is', a)") == "a is 3"
    notebook.restart_kernel()
    with pytest.raises(Exception, match="NameError"):
        notebook.run_cell("a")
    notebook.run_all()
    assert notebook.run_cell("a") == "2"
    assert notebook.add_cell("a = 7") == 2
    assert [cell.source for cell in notebook.save().cells][2] == "a = 7"


def test_a_failing_cell_is_told_and_a_tagged_one_is_not(open_notebook):
    meant = new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    notebook = open_notebook([meant, "b = 2"])
    assert notebook.run_cell("b") == "2"
    with pytest.raises(AssertionError, match="cell 2: KeyError: 'c'"):
        notebook.add_cell("{}['c']")
    assert len(notebook.run_all(allow_errors=True)) == 1


def test_a_killed_kernel_is_gone_even_while_it_computes(open_notebook):
    notebook = open_notebook([SLIDER])
    page = notebook.page
    before = notebook.run_cell("import os; os.getpid()")
    page.evaluate("() => { lab.execute('while True: pass') }")
    page.wait_for_function("() => lab.status() === 'busy'")
    notebook.kill_kernel()
    page.get_by_role("slider", name="x").press("ArrowRight")
    expect(page.get_by_role("slider", name="x")).to_have_value("6")
    notebook.wait_for_kernel()
    assert notebook.run_cell("import os; os.getpid()") != before
    notebook.shutdown_kernel()
    assert notebook.server.ask("GET", "/api/kernels") == []


@pytest.mark.parametrize("trusted", [True, False])
def test_a_stored_output_runs_its_script_only_if_trusted(open_notebook, trusted):
    notebook = open_notebook([stored_picture()], trusted=trusted, run=False)
    expect(notebook.page.locator(".jp-OutputArea #kept, .jp-OutputArea b")).to_have_text("kept")
    ran = notebook.page.evaluate("() => document.body.dataset.ran ?? 'no'")
    assert ran == ("yes" if trusted else "no")


def test_the_dark_theme_is_dark_and_does_not_leak(open_notebook):
    behind = "() => getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor"
    dark = open_notebook([], theme="dark")
    assert dark.page.evaluate(behind) == "rgb(17, 17, 17)"
    dark.set_theme("light")
    assert dark.page.evaluate(behind) == "rgb(255, 255, 255)"
    dark.set_theme("dark")
    assert open_notebook([]).page.evaluate(behind) == "rgb(255, 255, 255)"


def test_a_policy_without_blobs_refuses_the_widgets_module(open_notebook):
    notebook = open_notebook([SLIDER], csp=NO_MODULES)
    notebook.page.wait_for_function("() => lab.violations.length > 0")
    [[directive, source]] = notebook.violations()
    assert directive == "script-src-elem"
    assert "/anywidget/" in source
    expect(notebook.page.get_by_role("slider", name="x")).to_have_count(0)
    assert "Failed to fetch dynamically imported module" in " ".join(notebook.console_errors)


def test_eval_in_a_widget_is_told_while_jupyterlab_itself_may(open_notebook):
    notebook = open_notebook([SLIDER], csp_report_only=STRICT)
    expect(text_of(notebook.page)).to_have_text("5")
    sources = {source for _, source in notebook.violations()}
    assert len(sources) == 1
    assert "/static/lab/" in sources.pop()
    notebook.add_cell(SLIDER.replace("show();", "show(); new Function('1');", 1))
    expect(text_of(notebook.page)).to_have_text(["5", "5"])
    assert ["script-src", "blob"] in notebook.violations()


def test_a_saved_page_under_a_strict_policy_may_not_eval(open_page, tmp_path):
    file = saved(tmp_path, script="document.body.dataset.got = eval('7')")
    assert open_page(file).page.evaluate("() => document.body.dataset.got") == "7"
    strict = open_page(file, csp=STRICT)
    assert strict.page.evaluate("() => document.body.dataset.got ?? 'nothing'") == "nothing"
    assert "unsafe-eval" in " ".join(strict.console_errors)


PAGE = """<!doctype html><html lang="en"><title>page</title><body><h1>page</h1>
<main><p>text</p><img src="{source}" {alt}></main><script>{script}</script></body></html>"""


def saved(tmp_path, source="data:,", alt='alt="a picture"', script=""):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(source=source, alt=alt, script=script))
    return file


def test_a_request_to_the_outside_is_recorded(open_page, tmp_path):
    view = open_page(saved(tmp_path))
    view.page.route("https://example.org/*", lambda route: route.fulfill(body="nothing"))
    view.page.evaluate("() => fetch('https://example.org/planted', {mode: 'no-cors'})")
    assert view.requests == ["https://example.org/planted"]
    view.requests.clear()


def test_a_request_that_nobody_routes_gets_no_answer(open_page, tmp_path):
    view = open_page(saved(tmp_path))
    script = "(url) => fetch(url, {mode: 'no-cors'}).then(() => 'answered', () => 'refused')"
    assert view.page.evaluate(script, "https://example.org/") == "refused"
    assert view.page.evaluate(script, "http://192.0.2.1/") == "refused"
    view.requests.clear()


def test_a_page_from_disk_tells_its_errors(open_page, tmp_path):
    view = open_page(saved(tmp_path, script="missing()"))
    assert "missing is not defined" in " ".join(view.console_errors)
    assert view.requests == []


def test_a_phone_has_touch_and_a_small_window(open_page, tmp_path):
    phone = open_page(saved(tmp_path), phone=True).page
    assert phone.evaluate("() => [navigator.maxTouchPoints > 0, screen.width]") == [True, 390]


def test_axe_sees_a_picture_without_words(open_page, tmp_path):
    found = lab.axe(open_page(saved(tmp_path, alt="")).page, "body")
    assert [violation["id"] for violation in found] == ["image-alt"]
    assert lab.axe(open_page(saved(tmp_path)).page, "body") == []
    with pytest.raises(AssertionError, match="nothing in the page"):
        lab.axe(open_page(saved(tmp_path)).page, "#absent")


def test_a_server_that_fails_shows_its_log(tmp_path, monkeypatch):
    monkeypatch.setattr(LabServer, "_options", lambda self: ["--ServerApp.port=no-number"])
    with pytest.raises(ServerFailed, match="no-number"):
        LabServer(tmp_path / "lab")
