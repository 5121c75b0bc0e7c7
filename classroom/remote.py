"""A Jupyter server asked from outside, as a browser does: for files, and to run cells."""

import json
import time
import urllib.error
import urllib.request
import uuid

PATIENCE = 300  # seconds


class Server:
    """A server at `address` (host, port and path), which `token` opens."""

    def __init__(self, address, token):
        self.address, self.token = address, token

    def ask(self, path, method="GET", data=None):
        """The JSON that an address of the server answers with."""
        head = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"http://{self.address}{path}", body, head, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text.strip() else None

    def run(self, cells, notebook="x.ipynb"):
        """Run code in a new kernel, in the folder of `notebook`: the errors of each cell."""
        import websocket  # comes with jupyter_server

        kernel = self.ask("/api/kernels", "POST", {"path": notebook})["id"]
        head = [f"Authorization: token {self.token}", f"Origin: http://{self.address}"]
        address = f"ws://{self.address}/api/kernels/{kernel}/channels"
        line = websocket.create_connection(address, timeout=PATIENCE, header=head)
        return [errors_of(line, code) for code in cells]


def errors_of(line, code):
    """Execute one cell; the names of the errors that it raised."""
    name = uuid.uuid4().hex
    line.send(json.dumps(request(name, code)))
    errors = []
    while True:
        message = message_of(line.recv())
        if message["parent_header"].get("msg_id") == name:
            if message["msg_type"] == "error":
                errors.append(message["content"]["ename"])
            if message["content"].get("execution_state") == "idle":
                return errors


def message_of(raw):
    """The JSON of a message. One with buffers begins with the number of its parts, and where each
    begins; the JSON is the first."""
    if isinstance(raw, str):
        return json.loads(raw)
    count = int.from_bytes(raw[:4], "big")
    places = [int.from_bytes(raw[4 * k + 4 : 4 * k + 8], "big") for k in range(count)]
    return json.loads(raw[places[0] : [*places, len(raw)][1]])


def request(name, code):
    """The message of Jupyter's protocol that asks to run `code`."""
    header = {"msg_id": name, "msg_type": "execute_request", "username": "", "session": "s"}
    settings = {"silent": False, "store_history": True, "stop_on_error": False}
    content = {"code": code, "allow_stdin": False, "user_expressions": {}, **settings}
    parts = {"parent_header": {}, "metadata": {}, "buffers": [], "channel": "shell"}
    return {"header": {**header, "version": "5.3"}, "content": content, **parts}


def wait_until(answer, patience=PATIENCE):
    """Ask again and again until the answer is true."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if answer():
                return
        except (urllib.error.URLError, ConnectionError, KeyError, TypeError):
            pass
        time.sleep(0.2)
    raise TimeoutError("the server did not answer")
