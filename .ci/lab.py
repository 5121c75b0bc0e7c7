"""Does `run.py lab` answer? Start it without a browser, ask for its first page, and end it.

    python .ci/lab.py

Exit code 0 and one sentence if it does. From a fresh clone this installs everything first.
"""

import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOKEN = secrets.token_hex(16)
PATIENCE = 600  # seconds; the first start installs everything
FIRST = "00_start_here.ipynb"
PAGES = ("/api/status", f"/lab/tree/{FIRST}", f"/api/contents/{FIRST}", f"/api/contents/ko/{FIRST}")


def main():
    port = free_port()
    flags = ["--no-browser", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    lab = subprocess.Popen([sys.executable, str(ROOT / "run.py"), "lab", *flags])
    try:
        answers = wait_for(lab, f"http://localhost:{port}")
    finally:
        lab.kill()  # it has ended already, unless it never answered
    if not answers:
        sys.exit("JupyterLab did not answer; what it said is above.")
    print("JupyterLab answers, and has the first notebook.")


def wait_for(lab, address):
    """Whether every page answers before patience or the program ends; then the server is ended."""
    deadline = time.monotonic() + PATIENCE
    while lab.poll() is None and time.monotonic() < deadline:
        if all(ask(address + page) for page in PAGES):
            ask(f"{address}/api/shutdown", "POST")
            lab.wait(timeout=60)
            return True
        time.sleep(1)
    return False


def ask(address, method="GET"):
    """Whether the server answers that all is well."""
    request = urllib.request.Request(address, method=method)
    request.add_header("Authorization", f"token {TOKEN}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status == 200
    except OSError:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
