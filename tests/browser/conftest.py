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
def open_notebook(request, browser, lab_server):
    """`open_notebook(cells_or_path, ...)` → a `lab.Notebook`, run to its end.

    `cells_or_path`: a list of sources and nbformat cells, or a file (a copy of it is opened).
    `theme` "light" or "dark"; `trusted` whether the copy is signed; `viewport` (width, height);
    `run=False` leaves the cells alone; `settings` {plugin: {key: value}} for JupyterLab;
    `csp` a Content-Security-Policy for JupyterLab's page.
    At the end of the test `requests` must be empty.
    """
    opened = []

    def open_(cells, **options):
        opened.append(lab.open_notebook(lab_server, browser, cells, **options))
        return opened[-1]

    yield open_
    _close(opened, request.node)
    lab_server.stop_kernels()


@pytest.fixture
def open_page(request, browser):
    """`open_page(path, viewport=..., phone=False)` → a `lab.Page` of a file on this disk."""
    opened = []

    def open_(path, *, viewport=lab.LAPTOP, phone=False):
        address = Path(path).resolve().as_uri()
        context = lab.new_context(browser, viewport, phone)
        opened.append(lab.Page(context.new_page(), home=address))
        opened[-1].page.goto(address)
        return opened[-1]

    yield open_
    _close(opened, request.node)


def _close(pages, test):
    failed = getattr(test, "failed", False)
    for number, page in enumerate(pages):
        if failed:
            page.screenshot(f"failed-{test.name}-{number}")
        page.close()
    outside = [url for page in pages for url in page.requests]
    assert not outside, f"these requests left the machine: {outside}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.failed = True
    return report
