"""JupyterLite beside the site: what is made for it. That it runs needs a Pyodide with NumPy."""

import zipfile

from notebook_tools import NOTEBOOKS, read, tags

from classroom import lite, site
from cs231n_lec4 import draw, lecture
from cs231n_lec4.pictures import process


def test_a_lock_file_has_our_wheels_beside_it_and_all_else_where_it_was(tmp_path):
    file = tmp_path / "text"
    file.write_text("x = 1")
    lite.pack(tmp_path / "cs231n_lite-1-py3-none-any.whl", {"cs231n_lite/__init__.py": file})
    lock = {"packages": {"numpy": {"file_name": "numpy-9.whl"}}}
    found = lite.locked(lock, tmp_path, "far/")["packages"]
    assert found["numpy"]["file_name"] == "far/numpy-9.whl"
    ours = found["cs231n-lite"]
    assert (ours["file_name"], ours["imports"]) == (
        "cs231n_lite-1-py3-none-any.whl",
        ["cs231n_lite"],
    )
    assert ours["depends"] == ["cs231n-lec4"]
    names = zipfile.ZipFile(tmp_path / ours["file_name"]).namelist()
    assert "cs231n_lite-1.dist-info/METADATA" in names


def test_a_cell_that_fails_on_purpose_ends_well_and_the_engine_comes_first():
    before = read(NOTEBOOKS / "01_computational_graphs.ipynb")
    failing = [cell.id for cell in before.cells if "raises-exception" in tags(cell)]
    made = lite.for_browser(before)
    assert "cs231n_lite.ready()" in made.cells[0].source
    [source] = [cell.source for cell in made.cells if cell.id in failing]
    exec(source, {"MultiplyGate": lambda: 1 / 0})  # prints the error
    assert not any(cell.get("outputs") for cell in made.cells)


def test_an_engine_without_a_child_process_draws_and_pictures_are_svg(monkeypatch):
    asked = []

    def engine(dot, format, dpi):
        asked.append(format)
        return svg

    graph = lecture.add_multiply(7.25, 1.5)
    svg = process.lay_out(draw(graph)._straight, "svg")
    process.lay_out.cache_clear()
    monkeypatch.setitem(process.SVG_ENGINES, "wasm", engine)
    shown = draw(graph)._repr_mimebundle_()
    assert 'src="data:image/svg+xml;base64,' in shown["text/html"]
    assert "image/png" not in shown
    assert set(asked) == {"svg"}


def test_a_page_leads_to_its_notebook_where_there_is_a_lite(tmp_path):
    link = 'href="../lite/lab/index.html?path=ko/one.ipynb"'
    (tmp_path / "ko").mkdir()
    for is_there in (False, True):
        site.write_page(tmp_path / "ko", "", "one", {"one": "One"}, "ko")
        assert (link in (tmp_path / "ko" / "one.html").read_text("utf-8")) == is_there
        (tmp_path / "lite").mkdir(exist_ok=True)
