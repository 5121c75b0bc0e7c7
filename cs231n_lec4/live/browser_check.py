"""A line that only a working browser can write: the last item of `check_setup()`."""

import anywidget
import traitlets

from .. import words
from .base import bundle

STYLE = """
.cs231n-check p {
  font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px);
  line-height: var(--jp-code-line-height, 1.3); margin: 0; padding-left: 4px;
}
.jp-OutputArea-child:has(.cs231n-static):has(+ .jp-OutputArea-child .cs231n-live) { display: none; }
"""


class BrowserCheck(anywidget.AnyWidget):
    """Asks from the browser, answers from Python: both ways of a live view are tried once."""

    _esm = bundle.script("browser_check")
    _css = STYLE

    words = traitlets.Dict().tag(sync=True)
    question = traitlets.Int(0).tag(sync=True)
    answer = traitlets.Int(0).tag(sync=True)

    def __init__(self):
        super().__init__(words=words.SETUP)

    @traitlets.observe("question")
    def _answer(self, change):
        self.answer = change["new"]
