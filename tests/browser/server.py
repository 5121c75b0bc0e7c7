"""One JupyterLab server of our own: own folders, a token, no news, nothing left when it stops."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
    "MPLCONFIGDIR": "matplotlib",
}


class ServerFailed(Exception):
    """The server did not come up; the message ends with its log."""


class LabServer:
    """A JupyterLab server over the folder `home / "root"`. Times are in seconds."""

    module, app, document = "jupyterlab", "LabApp", "doc/tree"
    news = ("--LabApp.news_url=None",)
    base = ""  # "/user/alice": a server behind a hub

    def __init__(self, home, patience=60):
        self.home = Path(home)
        self.root = self.home / "root"
        self.root.mkdir(parents=True)
        self.token = secrets.token_hex(16)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}{self.base}"
        self.log = self.home / "server.log"
        self._process = self._start()
        self._wait(patience)

    def _start(self):
        command = [sys.executable, "-m", self.module, *self._options()]
        folders = {name: str(self.home / folder) for name, folder in FOLDERS.items()}
        with self.log.open("w") as log:
            return subprocess.Popen(
                command,
                cwd=self.root,
                env={**os.environ, **folders},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _options(self):
        options = [
            "--no-browser",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.root}",
            f"--IdentityProvider.token={self.token}",
            *self.news,
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            f"--{self.app}.expose_app_in_browser=True",
            f"--ServerApp.base_url={self.base}/",
        ]
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        return options + ["--ServerApp.allow_root=True"] * as_root

    def _wait(self, patience):
        deadline = time.monotonic() + patience
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise ServerFailed(f"JupyterLab did not start. Its log:\n{self.log.read_text()}")
            time.sleep(0.1)

    def _answers(self):
        try:
            return "version" in self.ask("GET", "/api")
        except OSError:
            return False

    def ask(self, method, path):
        """Call the server's REST interface; the answer as Python data, None when it is empty."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def stop_kernels(self):
        for kernel in self.ask("GET", "/api/kernels"):
            with contextlib.suppress(urllib.error.HTTPError):  # It may be gone by now.
                self.ask("DELETE", f"/api/kernels/{kernel['id']}")

    def stop(self):
        """End the server; its kernels end with it, and the call waits for that."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def settings(self, settings):
        """Make `{plugin: {key: value}}` the whole of JupyterLab's user settings."""
        folder = self.home / FOLDERS["JUPYTERLAB_SETTINGS_DIR"]
        for old in folder.rglob("*.jupyterlab-settings"):
            old.unlink()
        for plugin, values in settings.items():
            package, name = plugin.split(":")
            file = folder / package / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))

    def write(self, notebook, path, *, trusted=True):
        """Store a notebook under the root, with or without the signature that makes it trusted."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, file)
        if trusted:
            NotebookNotary(data_dir=str(self.home / FOLDERS["JUPYTER_DATA_DIR"])).sign(notebook)

    def address(self, path):
        """The page that shows one document and nothing of an earlier session."""
        return f"{self.url}/{self.document}/{path}?token={self.token}&reset"


class HubServer(LabServer):
    """JupyterLab as it stands behind a hub: below an address with a student's name."""

    base = "/user/a%40b"


class NotebookServer(LabServer):
    """Notebook 7, the page of one document."""

    module, app, document = "notebook", "JupyterNotebookApp", "notebooks"
    news = ()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
