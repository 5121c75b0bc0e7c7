"""What a browser test holds in its hands: a notebook in JupyterLab, a page, what they did."""

import itertools
import json
import os
import shutil
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

HERE = Path(__file__).parent
ARTEFACTS = HERE.parents[1] / "test-artefacts"
LAPTOP = (1280, 720)
PHONE = (390, 844)
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    # Every cell is in the page, also those below the fold.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
WIDGET_STATE = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
_number = itertools.count(1)


# ── The browser ────────────────────────────────────────────────────────────────────────


def browser_program():
    """The path of an installed Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launch(playwright):
    """Start Chromium so that no name but 127.0.0.1 can be reached, whatever a page asks for."""
    flags = [
        "--disable-dev-shm-usage",
        "--no-proxy-server",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=browser_program(), args=flags + ["--no-sandbox"] * as_root
    )


def new_page(browser, viewport=LAPTOP, phone=False, touch=False, motion=False):
    """A page in a fresh browser profile; `phone=True` gives touch and a phone's pixel density.

    Without `motion` its reader has asked for less of it, so that every press is done at once.
    """
    width, height = PHONE if phone else viewport
    size = {"width": width, "height": height}
    extra = {"is_mobile": True, "device_scale_factor": 3} if phone else {}
    extra["reduced_motion"] = "no-preference" if motion else "reduce"
    context = browser.new_context(viewport=size, has_touch=phone or touch, **extra)
    context.set_default_timeout(15_000)
    return context.new_page()


class Recorder:
    """Lists what a page asked from outside, and what it complained about.

    `requests` holds every address that is neither on this machine's server (`home`, a start of
    addresses) nor carried by the page itself; `console_errors` the console's errors and uncaught
    exceptions.
    """

    def __init__(self, page, home):
        self.requests, self.console_errors = [], []
        self._home = home
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def _asked(self, url):
        carried = urlsplit(url).scheme in ("data", "blob", "about")
        if not carried and not url.startswith(self._home):
            self.requests.append(url)

    def _said(self, message):
        if message.type == "error":
            self.console_errors.append(message.text)


def screenshot(page, name):
    ARTEFACTS.mkdir(exist_ok=True)
    path = ARTEFACTS / f"{name}.png"
    page.screenshot(path=path)
    return path


class Page:
    """A page in the browser and its record; tests mostly use `.page`, Playwright's own object."""

    def __init__(self, page, home):
        self.page = page
        record = Recorder(page, home)
        self.requests, self.console_errors = record.requests, record.console_errors

    def screenshot(self, name):
        """Keep a picture of the window in `test-artefacts/`; returns its path."""
        return screenshot(self.page, name)

    def violations(self):
        """What a Content-Security-Policy objected to: a list of [directive, source file]."""
        return self.page.evaluate("() => lab.violations")


# ── A notebook in JupyterLab ───────────────────────────────────────────────────────────


class Notebook(Page):
    """An open notebook: its page, and its kernel as the student's next cell would meet it."""

    def __init__(self, page, server, path):
        super().__init__(page, home=(server.url, server.url.replace("http", "ws")))
        self.server, self.path = server, path

    def open(self):
        """Load the page and wait for the kernel's own promise to be ready."""
        self.page.add_init_script(path=HERE / "lab.js")
        self.page.goto(self.server.address(self.path))
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Wait until there is a kernel that answers; after `kill_kernel` it is a new, empty one."""
        self._call("ready", seconds=60)
        self._pid = self._kernel_pid()

    def _call(self, name, *arguments, seconds=60):
        """Await `lab.name(...)` of lab.js in the page."""
        work = f"lab.within({seconds}, '{name}', lab.{name}(...values))"
        return self.page.evaluate(f"(values) => {work}", list(arguments))

    def _kernel_pid(self):
        return int(self.run_cell("import os; print(os.getpid())"))

    def run_all(self, *, allow_errors=False, seconds=120):
        """Run every cell and wait until the last is done; returns the errors, cell by cell."""
        return self._checked(self._call("runAll", seconds=seconds), allow_errors)

    def run_at(self, index, *, allow_errors=False):
        """Run (again) the cell with this index and wait for it."""
        return self._checked(self._call("runAt", index), allow_errors)

    def add_cell(self, source, *, allow_errors=False):
        """Put a new code cell under the last one and run it; returns its index."""
        index = self._call("append", source)
        self.run_at(index, allow_errors=allow_errors)
        return index

    def _checked(self, errors, allowed):
        assert allowed or not errors, "\n".join(errors)
        return errors

    def run_cell(self, source, seconds=60):
        """What this code prints and returns in the notebook's kernel, as text.

        An exception in the code is raised here. The code leaves no cell in the notebook.
        """
        return self._call("execute", source, seconds=seconds).strip()

    def wait_for_cell(self, source, expected, seconds=10):
        """Ask again until the kernel answers `expected`: a slider's message takes its time."""
        deadline = time.monotonic() + seconds
        while (answer := self.run_cell(source)) != expected:
            assert time.monotonic() < deadline, f"{source}: {answer}, not {expected}"
            self.page.wait_for_timeout(50)

    def cell(self, index):
        """The cell with this index, as a Playwright locator."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def restart_kernel(self):
        """Restart the kernel as the menu does, without its question; nothing runs again."""
        self._call("restart")
        self.wait_for_kernel()

    def shutdown_kernel(self):
        """End the kernel for good, as *Shut Down Kernel* does."""
        self._call("shutdown")

    def kill_kernel(self):
        """End the kernel's process at once (SIGKILL), also in the middle of a computation.

        The server notices within some seconds and starts an empty kernel in its place; JupyterLab
        then shows a dialog, which this method waits for and closes, as a student would.
        """
        os.kill(self._pid, signal.SIGKILL)
        dialog = self.page.locator(".jp-Dialog")
        dialog.wait_for(timeout=30_000)
        dialog.get_by_role("button", name="Ok").click()
        dialog.wait_for(state="detached")

    def kernel_status(self):
        """JupyterLab's word for the kernel: `idle`, `busy`, `unknown`, …"""
        return self.page.evaluate("() => lab.status()")

    def save(self):
        """Save as Ctrl-S does; returns the stored notebook."""
        self._call("save")
        return nbformat.read(self.server.root / self.path, as_version=4)

    def set_theme(self, theme):
        """Change between "light" and "dark" while the notebook is open."""
        self._call("theme", THEMES[theme])
        wait_for_theme(self.page, theme)


def forbid(page, policy, pattern, report_only=False):
    """Serve the documents that match `pattern` with this Content-Security-Policy.

    With `report_only` nothing is refused, but `Page.violations()` lists what would have been.
    """
    # A document we serve ourselves counts as one from the internet, whose scripts may not talk
    # to this machine's server unless allowed.
    page.context.grant_permissions(["local-network-access"])
    name = "content-security-policy" + "-report-only" * report_only

    def serve(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, name: policy})

    page.route(pattern, serve)


def wait_for_theme(page, theme):
    light = json.dumps(str(theme == "light").lower())
    page.wait_for_function(f"() => document.body.dataset.jpThemeLight === {light}")


def as_notebook(cells):
    """A notebook from a path, or from a list of sources (code) and ready-made cells."""
    if isinstance(cells, (str, Path)):
        return nbformat.read(cells, as_version=4)
    made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=made, metadata={"kernelspec": kernel})


def open_notebook(
    server,
    page,
    cells,
    *,
    theme="light",
    trusted=True,
    run=True,
    settings=None,
    csp=None,
    csp_report_only=None,
):
    """Open a copy of a notebook in this page; see the fixture of this name."""
    path = f"{next(_number)}/notebook.ipynb"
    server.write(as_notebook(cells), path, trusted=trusted)
    themes = {"@jupyterlab/apputils-extension:themes": {"theme": THEMES[theme]}}
    server.settings({**SETTINGS, **themes, **(settings or {})})
    if csp or csp_report_only:
        forbid(page, csp or csp_report_only, "**/doc/tree/**", report_only=not csp)
    notebook = Notebook(page, server, path)
    notebook.open()
    wait_for_theme(page, theme)
    if run:
        notebook.run_all()
    return notebook


def open_page(page, path, csp=None):
    """Open an HTML file from disk, or with a `csp` the same text as if a server had sent it."""
    address = "https://saved.invalid/" if csp else Path(path).resolve().as_uri()
    if csp:
        headers = {"content-security-policy": csp, "content-type": "text/html; charset=utf-8"}
        page.route(address, lambda route: route.fulfill(path=path, headers=headers))
    view = Page(page, home=address)
    page.goto(address)
    return view


# ── Questions to a page ────────────────────────────────────────────────────────────────


def axe(page, selector):
    """The accessibility violations inside one element, as axe-core reports them (a list).

    Rules about a whole page (`region`, landmarks) are left out: JupyterLab decides those.
    """
    from axe_playwright_python.sync_playwright import Axe

    assert page.locator(selector).count(), f"axe: nothing in the page matches {selector}"
    options = {"resultTypes": ["violations"], "rules": {"region": {"enabled": False}}}
    return Axe().run(page, context=selector, options=options).response["violations"]


def drag(page, handle, dx, dy=0, steps=10):
    """Press the mouse on the middle of an element, move it (pixels), let go."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=steps)
    page.mouse.up()


def drag_slider(page, slider, fraction, steps=10):
    """Drag a range input's thumb from where it is to `fraction` (0 to 1) of its way."""
    slider.scroll_into_view_if_needed()
    page.mouse.move(*thumb(slider))
    page.mouse.down()
    page.mouse.move(*thumb(slider, fraction), steps=steps)
    page.mouse.up()


def thumb(slider, fraction=None, width=16):
    """The middle (x, y) of a range input's thumb, now or at `fraction` of its way, in pixels."""
    if fraction is None:
        fraction = slider.evaluate("(el) => (el.value - el.min) / (el.max - el.min)")
    box = slider.bounding_box()
    # Chromium's thumb is 16 px wide and stays inside the track.
    across = width / 2 + fraction * (box["width"] - width)
    return box["x"] + across, box["y"] + box["height"] / 2
