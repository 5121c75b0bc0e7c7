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


def new_context(browser, viewport=LAPTOP, phone=False):
    """A fresh browser profile; `phone=True` gives touch and a phone's pixel density."""
    width, height = PHONE if phone else viewport
    size = {"width": width, "height": height}
    extra = {"is_mobile": True, "has_touch": True, "device_scale_factor": 3} if phone else {}
    context = browser.new_context(viewport=size, **extra)
    context.set_default_timeout(15_000)
    return context


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


class Page:
    """A page in the browser and its record; tests mostly use `.page`, Playwright's own object."""

    def __init__(self, page, home):
        self.page = page
        self._record = Recorder(page, home)
        self.requests = self._record.requests
        self.console_errors = self._record.console_errors

    def screenshot(self, name):
        """Keep a picture of the window in `test-artefacts/`; returns its path."""
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def close(self):
        self.page.context.close()


# ── A notebook in JupyterLab ───────────────────────────────────────────────────────────

class Notebook(Page):
    """An open notebook: its page, and its kernel as the student's next cell would meet it."""

    def __init__(self, page, server, path):
        super().__init__(page, home=(server.url, server.url.replace("http", "ws")))
        self.server, self.path = server, path
        page.add_init_script(path=HERE / "lab.js")
        page.goto(server.address(path))
        page.wait_for_function("() => window.jupyterapp", timeout=60_000)
        self._call("ready", seconds=20)
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
        self._pid = self._kernel_pid()

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


def open_notebook(server, browser, cells, *, theme="light", trusted=True, viewport=LAPTOP,
                  run=True, settings=None, csp=None):
    """Open a copy of a notebook in a fresh browser profile; see the fixture of this name."""
    path = f"{next(_number)}/notebook.ipynb"
    server.write(as_notebook(cells), path, trusted=trusted)
    themes = {"@jupyterlab/apputils-extension:themes": {"theme": THEMES[theme]}}
    server.settings({**SETTINGS, **themes, **(settings or {})})
    page = new_context(browser, viewport).new_page()
    if csp:
        forbid(page, csp, "**/doc/tree/**")
    notebook = Notebook(page, server, path)
    wait_for_theme(page, theme)
    if run:
        notebook.run_all()
    return notebook


# ── Questions to a page ────────────────────────────────────────────────────────────────

def forbid(page, policy, pattern):
    """Serve the documents that match `pattern` with this Content-Security-Policy."""
    def serve(route):
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)
    page.route(pattern, serve)


def axe(page, selector):
    """The accessibility violations inside one element, as axe-core reports them (a list)."""
    from axe_playwright_python.sync_playwright import Axe

    assert page.locator(selector).count(), f"axe: nothing in the page matches {selector}"
    return Axe().run(page, context=selector).response["violations"]


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
    at = slider.evaluate("(el) => (el.value - el.min) / (el.max - el.min)")
    box = slider.bounding_box()
    x, y = _thumb(box, at), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(_thumb(box, fraction), y, steps=steps)
    page.mouse.up()


def _thumb(box, fraction, thumb=16):
    # Chromium's thumb is 16 px wide and stays inside the track.
    return box["x"] + thumb / 2 + fraction * (box["width"] - thumb)
