"""The process in which Graphviz runs. Its parent is `process.py`; it ends when the parent does.

A request is a length (4 bytes) and a JSON text, the answer one byte (0: well, 1: failed), a length
and the picture or the reason. The file runs by its path, so it imports nothing of this package.
"""

import json
import os
import signal
import struct
import sys


def main():
    """Answer requests until the parent closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is meant for the student's cell
    requests, answers = sys.stdin.buffer, _private_stdout()
    sys.path.pop(0)  # the folder of this file: its modules must not stand in front of others
    while head := requests.read(4):
        body = requests.read(*struct.unpack(">I", head))
        status, answer = _answer(**json.loads(body))
        answers.write(struct.pack(">BI", status, len(answer)) + answer)
        answers.flush()


def _answer(dot, format, dpi):
    try:
        import pygraphviz  # here, so that a broken installation is told too

        graph = pygraphviz.AGraph(string=dot)
        if format == "png":
            graph.graph_attr["dpi"] = str(dpi)
        return 0, graph.draw(format=format, prog="dot")
    except Exception as problem:
        return 1, f"{type(problem).__name__}: {problem}".encode()


def _private_stdout():
    """What C code prints must not mix with the answers: it goes where the warnings go."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main()
