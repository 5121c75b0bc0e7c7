"""A question of notebook 00, clicked in JupyterLab, opens the notebook at the cell that answers."""

from notebook_tools import NOTEBOOKS

from . import lab

FIRST, THERE = "00_start_here.ipynb", "12_to_pytorch_and_the_assignment.ipynb"
AS_A_READER_HAS_IT = {"@jupyterlab/notebook-extension:tracker": {}}  # cells are made when needed
IS_NEAR = """text => [...document.querySelectorAll("p")].some(
    p => p.textContent.startsWith(text) && Math.abs(p.getBoundingClientRect().top) < innerHeight
)"""


def test_a_question_leads_to_its_cell(browser, lab_server):
    page = lab.new_page(browser)
    given = {"run": False, "settings": AS_A_READER_HAS_IT}
    notebook = lab.open_notebook(lab_server, page, NOTEBOOKS / FIRST, **given)
    folder = notebook.path.rpartition("/")[0]
    lab_server.write(lab.as_notebook(NOTEBOOKS / THERE), f"{folder}/{THERE}")
    questions = page.locator("summary", has_text="Questions, and the cell")
    questions.scroll_into_view_if_needed()
    questions.click()
    page.get_by_role("link", name="sigmoid with cross-entropy").click()
    page.wait_for_function(IS_NEAR, arg="σ′ has not been forgotten", timeout=20_000)
    page.context.close()
    lab_server.stop_kernels()
