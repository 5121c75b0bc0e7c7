"""The lecture as a map: which notebook answers which question, and what comes after what.

The map is a list of links. Where a page may bring its own style, the list is drawn as a map; where
it may not (a notebook that nobody ran yet), the plain list remains.
"""

import html
from pathlib import Path
from typing import NamedTuple

from .. import words
from ..words.console import Printed

STYLE = """
.cs231n-map { font-family: var(--jp-ui-font-family, system-ui, sans-serif); max-width: 900px; }
.cs231n-map p { font-weight: 600; margin: 12px 0 4px; }
.cs231n-map ul:not(.list-inline) {
  display: flex; flex-wrap: wrap; gap: 8px 32px; list-style: none; margin: 0; padding: 0;
}
.cs231n-map li {
  border: 1px solid var(--jp-border-color1, #bdbdbd); border-radius: 6px; box-sizing: border-box;
  font-size: 13px; line-height: 1.35; margin: 0; padding: 8px 10px; position: relative;
  width: 270px;
}
.cs231n-map li + li::before {
  color: var(--jp-content-font-color2, #555); content: "→"; font-size: 20px;
  left: -27px; position: absolute; top: 8px;
}
.cs231n-map b { font-size: 14px; }
.cs231n-map em { font-style: normal; }
.cs231n-map small { color: var(--jp-content-font-color2, #555); }
.cs231n-map svg { display: block; height: 34px; margin-bottom: 4px; width: 73px; }
.cs231n-map path {
  fill: none; stroke: var(--jp-content-font-color1, #1a1a1a);
  stroke-linejoin: round; stroke-width: 1.4;
}
"""


class Stop(NamedTuple):
    """A notebook, with the slides and the minutes of the video that it covers. Its title and its
    question are words: `words.MAP`."""

    file: str
    slides: str
    minutes: str
    source: str  # what of this package to read afterwards
    sketch: str  # the path of a small line drawing, 60 wide and 28 high


START = Stop("00_start_here", "1–11", "0–6", "", "")  # the map stands in it
PARTS = {
    "numbers": [
        Stop("01_computational_graphs", "8, 12–29", "3–18", "engine/gates.py",
             "M2 5H18L29 13M2 23H18L29 16M39 14H58M29 14a5 5 0 1 0 10 0a5 5 0 1 0-10 0"),
        Stop("02_sigmoid_neuron", "30–45", "18–31", "engine/graph.py",
             "M2 25H16C30 25 30 3 44 3H58"),
        Stop("03_gate_patterns", "46–51", "31–37", "engine/gates.py",
             "M2 14H20M20 14L36 5H58M20 14L36 23H58M17 14a3 3 0 1 0 6 0a3 3 0 1 0-6 0"),
    ],
    "matrices": [
        Stop("04_jacobians", "52–57", "37–41", "lessons/jacobians.py",
             "M18 2H42V26H18ZM20 4H25V9H29V14H34V19H39V24"),
        Stop("05_matrix_gradients", "58–74", "41–48", "engine/arrays.py",
             "M4 4H28V24H4ZM4 14H28M16 4V24M38 4H50V24H38ZM38 14H50"),
    ],
    "code": [
        Stop("06_forward_backward_api", "75–81", "48–54", "engine/gate.py, flat/code.py",
             "M8 8H40L35 4M40 8L35 12M52 20H20L25 16M20 20L25 24"),
        Stop("07_losses_as_graphs", "5–8, 80", "1–5, 53", "engine/arrays.py, checking/",
             "M4 3L32 24H56M4 24H32"),
    ],
    "networks": [
        Stop("08_neural_networks", "83–98", "55–73", "lessons/networks.py",
             "M8 6L30 3L52 14L30 25L8 22L30 3M8 6L30 25M8 6L30 14L52 14M8 22L30 14"),
        Stop("09_training_a_two_layer_net", "88–89", "64", "lessons/networks.py",
             "M4 2V25H58M6 4C12 22 24 22 56 23"),
        Stop("10_templates", "86", "57–63", "lessons/data.py",
             "M4 4H20V24H4ZM24 4H40V24H24ZM44 4H58V24H44ZM7 18L12 10L17 18M27 10L32 18L37 10"),
    ],
    "after": [
        Stop("11_your_own_engine", "7, 75–77", "3, 48–51", "engine/values.py",
             "M4 14H16M44 14H56M16 5H44V23H16ZM22 14h.1M30 14h.1M38 14h.1"),
        Stop("12_to_pytorch_and_the_assignment", "75–79", "48–51", "engine/arrays.py",
             "M4 6H24V22H4ZM36 6H56V22H36ZM26 11H34L31 8M34 17H26L29 20"),
    ],
    "whole": [Stop("lecture", "1–100", "0–73", "", "M6 3H54V21H6ZM30 21V26M22 26H38")],
}  # fmt: skip
STOPS = [START, *(stop for stops in PARTS.values() for stop in stops)]


class LectureMap(Printed):
    """The map as HTML, and as text for whoever cannot see it."""

    def __init__(self, folder="."):
        self.folder = Path(folder)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.html}

    def __repr__(self):
        rows = [(part, stop) for part, stops in PARTS.items() for stop in stops]
        return "\n".join(f"{words.MAP['parts'][part]}: {described(stop)}" for part, stop in rows)

    @property
    def html(self):
        parts = "".join(self._part(part, stops) for part, stops in PARTS.items())
        label = html.escape(words.MAP["label"])
        return f'<style>{STYLE}</style><nav class="cs231n-map" aria-label="{label}">{parts}</nav>'

    def _part(self, part, stops):
        items = "".join(f"<li>{self._stop(stop)}</li>" for stop in stops)
        return f"<p>{html.escape(words.MAP['parts'][part])}</p><ul>{items}</ul>"

    def _stop(self, stop):
        """A link, or plain text where there is no such notebook. What is not translated yet stands
        one folder up, in English."""
        title, question = words.MAP["stops"][stop.file]
        inside = f"{sketch(stop)}<b>{html.escape(title)}</b>"
        places = [f"{stop.file}.ipynb", f"../{stop.file}.ipynb"]
        for place in [place for place in places if (self.folder / place).exists()][:1]:
            inside = f'<a href="{place}">{inside}</a>'
        where = html.escape(words.MAP["where"].format(slides=stop.slides, minutes=stop.minutes))
        return f"{inside}<br><em>{html.escape(question)}</em><br><small>{where}</small>"


def lecture_map():
    """The notebooks that follow, in the order of the lecture, as links (slides 1-100)."""
    return LectureMap()


def described(stop):
    """One line of the text version."""
    title, question = words.MAP["stops"][stop.file]
    where = words.MAP["where"].format(slides=stop.slides, minutes=stop.minutes)
    return f"{title} ({where}). {question}"


def sketch(stop):
    """The small drawing. It says nothing that the title does not say."""
    return f'<svg viewBox="0 0 60 28" aria-hidden="true"><path d="{stop.sketch}"/></svg>'
