"""Runs the package's JavaScript in node: its pure functions are tested without a browser."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cs231n_lec4.live.base import bundle

INPUT = """
const input = async () => {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts).toString();
};
"""


def module(*names):
    """Modules of `cs231n_lec4/live` with everything that they import, all of it within reach."""
    inner = list(dict.fromkeys(file for name in names for file in bundle.in_order(name)[:-1]))
    below = [bundle.function_of(file) for file in inner]
    within_reach = [f"Object.assign(globalThis, {file}_js);" for file in inner]
    own = [bundle.local(bundle.source(name)) for name in names if name not in inner]
    return "\n".join([*below, *within_reach, *own, ""])


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


# ── the type checker ─────────────────────────────────────────────────────────────────────────────

TYPESCRIPT = "5.9.3"  # the only place that names its version
CHECKER = Path(sys.prefix) / f"typescript-{TYPESCRIPT}"  # beside what pip installed


def type_checker():
    """The path of tsc. npm brings it once; where that cannot be, the test is skipped, in CI not."""
    tsc = CHECKER / "node_modules" / "typescript" / "bin" / "tsc"
    if not tsc.exists() and (problem := fetch_type_checker()):
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop(f"the type check needs typescript {TYPESCRIPT}: {problem}")
    return tsc


def fetch_type_checker():
    """Install it, or say why not."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "install the packages `nodejs` and `npm`"
    CHECKER.mkdir(exist_ok=True)
    (CHECKER / "package.json").write_text('{"private": true}')
    asked = [npm, "install", "--no-save", "--no-package-lock", f"typescript@{TYPESCRIPT}"]
    done = subprocess.run(asked, cwd=CHECKER, capture_output=True, text=True, timeout=120)
    return done.stderr[-300:] if done.returncode else None


def type_problems(settings):
    """What tsc says with these settings; nothing where all is well."""
    asked = [shutil.which("node"), type_checker(), "--project", settings]
    return subprocess.run(asked, capture_output=True, text=True, timeout=200).stdout
