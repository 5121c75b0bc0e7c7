"""Runs the package's JavaScript in node: its pure functions are tested without a browser."""

import json
import shutil
import subprocess

import pytest

from cs231n_lec4.live.base import bundle

INPUT = """
const input = async () => {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts).toString();
};
"""


def module(name):
    """A module of `cs231n_lec4/live` with everything that it imports, all of it within reach."""
    inner = bundle.in_order(name)[:-1]
    within_reach = "\n".join(f"Object.assign(globalThis, {file}_js);" for file in inner)
    return f"{bundle.script(name)}\n{within_reach}\n"


def run(script, given):
    """What the script prints, read as JSON; `await input()` is `given` as JSON."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("these tests need node: install the package `nodejs`")
    asked = [program, "--input-type=module", "-e", INPUT + script]
    text = json.dumps(given)
    done = subprocess.run(asked, input=text, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
