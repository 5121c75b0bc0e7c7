"""A real JupyterHub: hub, proxy and three students, who each run a whole notebook through it.

It needs `pip install .[hub]` and the proxy (`npm install configurable-http-proxy`), found on PATH
or named by HUB_PROXY. What was measured is printed: `pytest -m long -s tests/classroom/test_hub.py`.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from notebook_tools import NOTEBOOKS, ROOT, code_cells, read, tags

from classroom.remote import Server, wait_until

pytest.importorskip("jupyterhub", reason="the hub needs: pip install .[hub]")

PROXY = os.environ.get("HUB_PROXY") or shutil.which("configurable-http-proxy")
USERS = ["alice", "bob", "a@b"]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not PROXY, reason="the hub needs: npm install configurable-http-proxy"),
]


class Hub(Server):
    """A hub that runs, and what can be asked of it."""

    def __init__(self, folder):
        ports = {name: str(free_port()) for name in ("HUB_PORT", "HUB_INNER_PORT", "HUB_API_PORT")}
        super().__init__(f"127.0.0.1:{ports['HUB_PORT']}", secrets.token_hex(16))
        self.homes = folder / "homes"
        self.homes.mkdir()
        settings = {
            "HUB_TOKEN": self.token,
            "HUB_HOMES": str(self.homes),
            "HUB_PROXY": PROXY,
            "HUB_CONFIG": str(ROOT / "classroom" / "hub" / "jupyterhub_config.py"),
        }
        config = Path(__file__).with_name("hub_config.py")
        self.log = open(folder / "log", "wb")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(config)],
            cwd=folder,
            env={**os.environ, **ports, **settings},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        wait_until(lambda: self.ask("/hub/api/")["version"])

    def spawn(self, user):
        """Start a student's server; seconds until it is there."""
        begin = time.monotonic()
        if not any(known["name"] == user for known in self.ask("/hub/api/users")):
            self.ask(f"/hub/api/users/{quote(user)}", "POST")
        wait_until(lambda: not self.ask(f"/hub/api/users/{quote(user)}")["servers"])
        self.ask(f"/hub/api/users/{quote(user)}/server", "POST", {})
        wait_until(lambda: self.ask(f"/hub/api/users/{quote(user)}")["servers"][""]["ready"])
        return time.monotonic() - begin

    def run(self, user, cells):
        """Run code cells in a new kernel of a student; the errors of each cell."""
        return Server(f"{self.address}/user/{user}", self.token).run(cells, "cs231n_lec4/x.ipynb")

    def stop(self):
        for child in psutil.Process(self.process.pid).children(recursive=True):
            child.kill()
        self.process.kill()
        self.log.close()


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    running = None
    folder = tmp_path_factory.mktemp("hub")
    try:
        running = Hub(folder)
        yield running
    except TimeoutError:
        print((folder / "log").read_text()[-3000:])
        raise
    finally:
        if running:
            running.stop()


def memory_of(pid):
    """Proportional share of memory, in MB, of a process and all that it started."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(one.memory_full_info().pss for one in family) / 2**20


@pytest.mark.parametrize("user", USERS)
def test_each_student_runs_a_whole_notebook(hub, user):
    seconds = hub.spawn(user)
    home = hub.homes / user / "cs231n_lec4"
    assert {p.name for p in NOTEBOOKS.glob("*.ipynb")} <= {p.name for p in home.glob("*.ipynb")}
    shown = hub.ask(f"/user/{user}/api/contents/cs231n_lec4/01_computational_graphs.ipynb")
    assert shown["type"] == "notebook"
    cells = code_cells(read(home / "01_computational_graphs.ipynb"))
    begin = time.monotonic()
    errors = hub.run(user, [cell.source for cell in cells])
    for cell, found in zip(cells, errors, strict=True):
        assert bool(found) == ("raises-exception" in tags(cell)), (cell.id, found)
    ran = time.monotonic() - begin
    [server] = [p for p in psutil.Process(hub.process.pid).children() if str(home.parent) == cwd(p)]
    memory = memory_of(server.pid)
    print(f"\n{user}: server after {seconds:.1f} s, notebook in {ran:.1f} s, {memory:.0f} MB (PSS)")
    assert memory < 400


def cwd(process):
    try:
        return process.cwd()
    except psutil.Error:
        return ""


def test_every_kernel_has_one_blas_thread(hub):
    code = "import os; assert os.environ['OPENBLAS_NUM_THREADS'] == '1'"
    assert hub.run(USERS[0], [code]) == [[]]


def test_an_answer_outlives_a_restart_of_the_server(hub):
    answer = hub.homes / USERS[1] / "cs231n_lec4" / "00_start_here.ipynb"
    answer.write_text("an answer", "utf-8")
    hub.ask(f"/hub/api/users/{USERS[1]}/server", "DELETE")
    hub.spawn(USERS[1])
    assert answer.read_text("utf-8") == "an answer"
