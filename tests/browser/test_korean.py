"""The Korean edition in a real JupyterLab: it speaks Korean, and nothing is cut off."""

import nbformat
import pytest
from notebook_tools import paths
from playwright.sync_api import expect

from .views import button, type_into

KOREAN = paths("ko")
# Buttons and labels that are wider than their place, and pages wider than the notebook.
CUT = """() => [...document.querySelectorAll(".cs231n-live button, .cs231n-live label")]
  .filter((part) => part.offsetParent && part.scrollWidth > part.clientWidth + 1)
  .map((part) => part.textContent)"""

# Where the lines of what is read in cells may break: not inside a word.
BREAKS = """() => [...new Set([...document.querySelectorAll(".jp-RenderedMarkdown p, .jp-OutputArea pre")]
  .map((part) => getComputedStyle(part).wordBreak))]"""


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.stem)
def test_no_korean_button_is_cut(open_notebook, path):
    notebook = open_notebook(path, run=False)
    notebook.run_all(allow_errors=True)
    assert notebook.page.evaluate(CUT) == []
    assert notebook.page.evaluate(BREAKS) == ["keep-all"]
    notebook.page.set_viewport_size({"width": 560, "height": 900})
    notebook.page.wait_for_timeout(500)
    assert notebook.page.evaluate(CUT) == []


def test_a_quiz_a_held_number_and_a_walk_speak_korean(open_notebook):
    path = next(path for path in KOREAN if path.stem.startswith("01"))
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
    notebook = open_notebook(path, run=False)
    notebook.run_all(allow_errors=True)

    def live(name):
        return notebook.cell(ids.index(name)).locator(".cs231n-live")

    expect(live("nudge")).to_have_attribute("lang", "ko")
    live("nudge").get_by_role("spinbutton").first.press("ArrowRight")
    expect(live("nudge")).to_contain_text("x가 +0.1만큼 변해요. x에 대한 f의 기울기는 −4니까")
    button(live("steps"), "다음").click()
    expect(live("steps")).to_contain_text("+ 게이트가 q를 계산해요.")
    type_into(live("backward-quiz"), "q에 대한 f의 기울기", "3")
    expect(live("backward-quiz")).to_contain_text("✗ 3은 q에 대한 f의 기울기가 아니에요.")
