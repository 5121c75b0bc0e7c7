"""Views as one HTML file: the same JavaScript, no kernel, no network. Opens from disk and on a
phone."""

import hashlib
import html
import json
import re
from pathlib import Path

from ... import words
from ...guidance.errors import GraphError, in_a_folder
from . import bundle

PAGE = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
SCENE = """<section class="scene">
{heading}<div class="stage">
{places}</div>
{notes}</section>
"""
PLACE = """<div class="cs231n-place" data-kind="{kind}"><script
type="application/json">{state}</script></div>
"""
STATE = re.compile(r'(<script\ntype="application/json">)(.*?)(</script>)')
NOT_STATE = ("layout", "comm", "keys", "tabbable", "tooltip", "log")


def save_page(path, views, title, deck=False):
    """Write views to one page (not in the lecture). Returns the path.

    `views` is a list of views, of (heading, view, …), or of scenes. Raises GraphError for what is
    no live view, and where there is no such folder. `deck=True` is for a hall: one scene at a time,
    as large as the window. Page Down and Page Up, or n and p, go through them, and so do buttons
    and a swipe.
    """
    scenes, known, said = checked_scenes(views), {}, {}
    page = PAGE.format(
        language=words.LANGUAGE,
        title=as_text(title),
        deck=f' deck" data-words="{html.escape(json.dumps(words.DECK))}' if deck else "",
        style=bundle.style(),
        places=with_words_apart("".join(scene(known, *one) for one in scenes), said),
        words=script_of(said),
        script=bundle.script("page").replace("</", "<\\/"),
    )
    path = in_a_folder(path)
    path.write_text(page, encoding="utf-8")
    return path


def checked_scenes(views):
    """For each scene its notes, its heading, and its views. What is no live view is refused."""
    if not isinstance(views, list):
        raise GraphError("page_of_what", kind=type(views).__name__)
    scenes = [parts_of(one) for one in views]
    for view in (view for _, _, *below in scenes for view in below):
        if not hasattr(view, "kind"):
            raise GraphError("page_of_what", kind=type(view).__name__)
    return scenes


def parts_of(one):
    """A view stands alone; a tuple has a heading; what `scene` makes has notes too."""
    notes = getattr(one, "notes", "")
    return (notes, *one) if notes or isinstance(one, tuple) else ("", "", one)


def as_text(words):
    """Text from people, as it may stand in a page; what no file can hold becomes a "?"."""
    return html.escape(str(words)).encode("utf-8", "replace").decode()


def scene(known, notes, heading, *views):
    """A heading with the views below it, and what only the speaker reads."""
    above = f"<h2>{as_text(heading)}</h2>\n" if heading else ""
    below = f'<p class="notes">{as_text(notes)}</p>' if notes else ""
    places = "".join(place(view, known) for view in views)
    return SCENE.format(heading=above, places=places, notes=below)


def place(view, known):
    """The state of one view; its JavaScript is that of the whole page. `known` numbers its kin."""
    state = {key: getattr(view, key) for key in view.keys if not key.startswith("_")}
    state = {key: value for key, value in state.items() if key not in NOT_STATE}
    kin = view.kin().items()
    state["kin"] = {f"input_{name}": known.setdefault(what, len(known)) for name, what in kin}
    state |= view.page_state()
    return PLACE.format(kind=view.kind, state=as_json(state))


def as_json(state):
    """State as text that may stand in a page: bytes become numbers, and no tag ends or begins.

    A comment in a script would keep its end from being seen.
    """
    text = json.dumps(state, default=list, ensure_ascii=False, separators=(",", ":"))
    text = text.encode("utf-8", "replace").decode()
    return text.replace("</", "<\\/").replace("<!", "\\u003c!")


def with_words_apart(shown, said):
    """Places that name their sentences. Those are kept in `said`, once for all views of a kind."""

    def apart(found):
        state = json.loads(found[2])
        words = as_json(state["words"])
        state["words"] = hashlib.sha256(words.encode()).hexdigest()[:8]
        said[state["words"]] = words
        return found[1] + as_json(state) + found[3]

    return STATE.sub(apart, shown)


def script_of(said):
    """JavaScript that knows what `with_words_apart` has kept."""
    rows = ",\n".join(f'"{name}": {words}' for name, words in sorted(said.items()))
    return f"globalThis.cs231nWords = {{\n{rows}\n}};\n"
