"""What every live view is: kept by its cell, shown beside a static twin, saved as a page, closed.

A view adds its traits, the beginnings of the names that a hand may move, and what stands still in
its place where no kernel runs.
"""

import asyncio
import html

import anywidget
import traitlets
from IPython.display import display

from ... import words
from ...guidance.errors import GraphError
from . import bundle, registry
from .arrivals import Arrivals
from .page import save_page


class Refused(GraphError, traitlets.TraitError):
    """What a trait cannot be. traitlets knows it as its own, and puts the old value back."""


def validate(*names):
    """Like `traitlets.validate`, for a check of the value alone that may raise GraphError."""

    def as_validator(check):
        @traitlets.validate(*names)
        def checked(self, proposal):
            return refusing(check, self, proposal["value"])

        return checked

    return as_validator


def refusing(check, *given):
    """What `check` answers. Its GraphError becomes one that traitlets understands."""
    try:
        return check(*given)
    except Refused:
        raise
    except GraphError as error:
        raise Refused(error.code, **error.facts) from None


class LiveView(anywidget.AnyWidget):
    """The base of every view. Raises GraphError when a trait is set to what it cannot be.

    - `kind` is the renderer that a saved page calls.
    - `by_hand`: a browser may change the traits whose names begin so, and no others.
    """

    kind = ""
    by_hand = ()
    _css = bundle.style()

    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)  # of these words, for screen readers and fonts
    class_mode = traitlets.Bool().tag(sync=True)

    def __init__(self, **state):
        self._arrivals = Arrivals()
        self._loop = running_loop()
        super().__init__(language=words.LANGUAGE, **state)
        registry.keep(self.kind, self)

    # ── what it may be ──

    def __setattr__(self, name, value):
        try:
            super().__setattr__(name, value)
        except Refused:
            raise
        except traitlets.TraitError:
            raise Refused("trait_value", name=name, given=f"{value!r:.60}") from None

    def set_state(self, sync_data):
        """What a browser sends: only what a hand can move, and nothing outdated, is taken."""
        moved = [key for key in sync_data if key.startswith(self.by_hand)] if self.by_hand else []
        newest = filter(self._arrivals.is_newest, moved)
        super().set_state({key: sync_data[key] for key in newest})

    def _handle_msg(self, msg):
        self._arrivals.handle(msg, super()._handle_msg)

    def kin(self):
        """What is one number in several views: `{name: what it is}`, the traits being `input_…`."""
        return {}

    # ── where it is shown ──

    @property
    def title(self):
        """What a page is called that holds this view alone."""
        return self.words["view"]

    def save(self, path, title=None):
        """Write the view to one HTML file that needs no kernel and no network. Returns the path.

        Raises GraphError where the folder is not there.
        """
        return save_page(path, [self], title or self.title)

    def page_state(self):
        """What a saved page gets beside the traits."""
        return {}

    def static_picture(self):
        """What stands still in the place of the view; None where text says it all."""

    def static_text(self):
        """What stands in a saved notebook beside the static picture."""
        return repr(self)

    def _ipython_display_(self):
        """Two outputs: a static one that every viewer shows, and the live one, which hides it."""
        note = self.words.get("static", words.VIEW_STATIC)
        display(static_bundle(self.static_picture(), self.static_text(), note), raw=True)
        display({**self._repr_mimebundle_()[0], "text/plain": ""}, raw=True)

    def close(self):
        """End the view: nothing of it stays in the kernel."""
        registry.forget(self)
        self.unobserve_all()
        self.layout.close()
        super().close()


# Without a kernel Jupyter writes "model not found" in the place of the view: it is not shown.
ONLY_THE_STATIC_ONE = (
    "<style>.jp-OutputArea-child:has(.cs231n-static) + "
    ".jp-OutputArea-child:not(:has(.cs231n-live)) { display: none }</style>"
)

# On paper nobody can run a cell.
NOT_ON_PAPER = "<style>@media print { .cs231n-hint { display: none } }</style>"

# A saved notebook has lost the views: below a question in words the pictures follow, and show.
AND_THE_NEXT_ONE = (
    "<style>.jp-OutputArea-child:has(.cs231n-static) + "
    ".jp-OutputArea-child:has(.cs231n-static) { display: table !important }</style>"
)


def static_bundle(picture, text, note):
    """The picture as every viewer shows it, without a kernel and without trust; else the text.

    The picture's PNG comes along: paper has no other.
    """
    shown = {} if picture is None else picture._repr_mimebundle_()
    if picture is None:
        inside = f"{AND_THE_NEXT_ONE}<pre>{html.escape(text)}</pre>"
    elif "text/html" in shown:
        hint = f'{NOT_ON_PAPER}<p class="cs231n-hint">{html.escape(note)}</p>'
        inside = f"{shown['text/html']}{hint}"
    else:  # no engine for pictures: the text says so
        return {**shown, "text/plain": text}
    whole = f'<div class="cs231n-static">{ONLY_THE_STATIC_ONE}{inside}</div>'
    return {**shown, "text/plain": text, "text/html": whole}


def running_loop():
    """The kernel's event loop, where there is one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
