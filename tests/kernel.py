"""A real kernel for tests of the live room: cells run in it, and messages come as from a
browser."""

import contextlib
import json
import time

import ipykernel
import pytest
from jupyter_client.manager import start_new_kernel


class Kernel:
    """`run` a cell; `update` a widget as its browser half would, on the main shell or on a
    subshell."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def run(self, code, cell="cell"):
        """What the code prints, read as JSON where it is JSON. An exception in it is raised
        here."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        message = self.client.session.msg(
            "execute_request", {**content, "user_expressions": {}}, metadata={"cellId": cell}
        )
        self.client.shell_channel.send(message)
        printed, reply = [], None
        while True:
            found = self.client.get_iopub_msg(timeout=60)
            if found["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if found["msg_type"] == "stream":
                printed.append(found["content"]["text"])
            if found["msg_type"] == "error":
                reply = found["content"]
            if found["content"].get("execution_state") == "idle":
                break
        assert reply is None, reply
        return "".join(printed).strip()

    def read(self, expression):
        """The value of an expression in the kernel."""
        return json.loads(self.run(f"import json; print(json.dumps({expression}))", cell="reader"))

    def subshell(self):
        """The id of a new subshell. ipykernel 6, which Python 3.10 has, knows none."""
        if int(ipykernel.__version__.partition(".")[0]) < 7:
            pytest.skip("subshells need ipykernel 7")
        message = self.client.session.msg("create_subshell_request", {})
        self.client.control_channel.send(message)
        while True:
            reply = self.client.get_control_msg(timeout=20)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]["subshell_id"]

    def update(self, comm, state, subshell=None, data=None):
        """One message of a browser to a widget."""
        data = data or {"method": "update", "state": state, "buffer_paths": []}
        message = self.client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        if subshell:
            message["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(message)

    def wait_for(self, expression, expected, seconds=20):
        """Ask until the kernel answers so."""
        deadline = time.monotonic() + seconds
        while (found := self.read(expression)) != expected:
            assert time.monotonic() < deadline, (expression, found, expected)

    def drain(self):
        """Forget what the kernel has published so far."""
        with contextlib.suppress(Exception):
            while True:
                self.client.get_iopub_msg(timeout=0.05)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
