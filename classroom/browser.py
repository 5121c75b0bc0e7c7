"""What a kernel in the browser (Pyodide) lacks: an engine for pictures, and names for cells.

`lite.py` packs this file as the module `cs231n_lite`, with the engine beside it: Graphviz as
WebAssembly, which runs in the kernel's own worker.
"""

from pathlib import Path

import js
from IPython import get_ipython
from pyodide.ffi import JsException, to_js

from cs231n_lec4.pictures import process

ENGINE = Path(__file__).with_name("viz-global.js")


async def ready():
    """Load the engine; from then on pictures are drawn. A notebook begins with it."""
    js.eval(ENGINE.read_text("utf-8"))
    process.SVG_ENGINES["wasm"] = drawing_by(await js.globalThis.Viz.instance())
    shell = get_ipython()
    shell.get_parent = lambda: running_cell(shell)


def drawing_by(viz):
    """The engine, as `process.py` calls it."""
    options = to_js({"format": "svg"}, dict_converter=js.Object.fromEntries)

    def draw(dot, format, dpi):
        try:
            return viz.renderString(dot, options).encode()
        except JsException as problem:
            raise process.EngineFailed(str(problem)) from None

    return draw


def running_cell(shell):
    """This kernel is told no cell's id: its text tells one cell from another."""
    content = {"code": shell.history_manager.input_hist_raw[-1]}
    return {"content": content, "header": {"msg_id": shell.execution_count}}
