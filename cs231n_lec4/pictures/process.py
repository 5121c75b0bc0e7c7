"""DOT → SVG or PNG: the only room that runs Graphviz, and it does so in a child process.

The child is our worker on `pygraphviz` (its wheels bring Graphviz along), else the `dot` program. A
crash, a warning or an endless layout over there reaches neither the kernel nor a cell.
"""

import atexit
import importlib.util
import io
import json
import re
import shutil
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import PIL.Image

from ..guidance.errors import GraphError

DPI = 192  # twice the 96 of CSS: sharp on a projector
SECONDS = 20  # a layout that takes longer is given up: b"" instead of a picture
MOST_LINES = 400  # up to here it is looked whether a line runs through something
WORKER = Path(__file__).with_name("_layout_worker.py")
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console
NAMESPACE = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", NAMESPACE)


def lay_out(dot, format):
    """The picture of a DOT text: "svg" as tidied text, "png" as bytes with two pixels a CSS pixel.

    The last 128 pictures are kept. Raises GraphError where no engine is installed or none succeeds.
    """
    engines = (has_pygraphviz(), shutil.which("dot"))
    picture = kept_picture(dot, format, engines)
    if not picture:
        raise GraphError("layout_failed" if any(engines) else "no_layout_engine")
    return picture


@lru_cache(maxsize=128)
def kept_picture(dot, format, engines):
    """The picture by the first engine that answers. A failure is kept too, until engines change."""
    picture = worker.draw(dot, format)
    if picture is None:
        picture = run_dot(dot, format)
    if not picture:
        return picture
    return tidy(picture) if format == "svg" else with_few_colours(picture)


def with_few_colours(png):
    """The same PNG with at most 256 colours: a third of the size, and no difference to be seen."""
    small = io.BytesIO()
    picture = PIL.Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(256, dither=PIL.Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def has_pygraphviz():
    """Asked without importing it: its C code stays out of this process."""
    return importlib.util.find_spec("pygraphviz") is not None


def run_dot(dot, format):
    """The picture by the `dot` program, or None where it is missing or fails."""
    program = shutil.which("dot")
    if program is None:
        return None
    command = [program, f"-T{format}", *([f"-Gdpi={DPI}"] if format == "png" else [])]
    try:
        done = subprocess.run(
            command, input=dot.encode(), capture_output=True, timeout=SECONDS,
            creationflags=NO_WINDOW, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return b""
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


# ── the worker on pygraphviz ─────────────────────────────────────────────────────────────────────


class Worker:
    """One child process, started when first needed and again when it died. Threads take turns."""

    def __init__(self):
        self.process = None
        self.turn = threading.Lock()

    def draw(self, dot, format):
        """The picture, or None where the worker cannot make it."""
        if not has_pygraphviz():
            return None
        request = json.dumps({"dot": dot, "format": format, "dpi": DPI}).encode()
        with self.turn:
            answer, died = self._ask(request)
            return self._ask(request)[0] if died else answer

    def _ask(self, request):
        """The answer to a request (None: it failed), and whether the worker died of itself."""
        alarm = None
        try:
            process = self._running()
            alarm = threading.Timer(SECONDS, process.kill)
            alarm.start()
            return _exchange(process, request), False
        except (OSError, struct.error):
            self.end()
            gave_up = alarm is not None and not alarm.is_alive()
            return (b"", False) if gave_up else (None, True)
        except BaseException:  # an interrupt in the middle would leave half an answer in the pipe
            self.end()
            raise
        finally:
            if alarm:
                alarm.cancel()

    def _running(self):
        if self.process is None:
            # In a session of its own it gets no interrupt meant for a cell. It ends with its stdin.
            self.process = subprocess.Popen(
                [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, creationflags=NO_WINDOW, start_new_session=True,
            )  # fmt: skip
        return self.process

    def end(self):
        """End the child process, if there is one."""
        process, self.process = self.process, None
        if process:
            process.kill()
            process.wait()
            process.stdout.close()
            _close_quietly(process.stdin)


def _exchange(process, request):
    """Send one request, read its answer. struct.error or OSError where the worker has died."""
    process.stdin.write(struct.pack(">I", len(request)) + request)
    process.stdin.flush()
    failed, size = struct.unpack(">BI", process.stdout.read(5))
    (answer,) = struct.unpack(f"{size}s", process.stdout.read(size))
    return None if failed else answer


def _close_quietly(pipe):
    with suppress(OSError):  # the rest of a request that nobody will read
        pipe.close()


worker = Worker()
atexit.register(worker.end)


# ── straight lines where they fit ────────────────────────────────────────────────────────────────


@lru_cache(maxsize=128)
def without_crossings(dot):
    """The DOT text, with bent lines if a straight one would run through a number or a gate.

    A graph of very many lines is not laid out twice: that takes seconds.
    """
    if dot.count("->") > MOST_LINES:
        return dot
    try:
        blocked = runs_through_something(lay_out(dot, "svg"))
    except GraphError:
        return dot
    return dot.replace("splines=line", "splines=polyline") if blocked else dot


def runs_through_something(svg):
    """Does a line between two boxes pass through a third?"""
    groups = list(ElementTree.fromstring(svg).find(_tag("g")))
    lines = [_ends(group) for group in groups if group.get("class") == "edge"]
    boxes = [_inside(group) for group in groups if _kinds(group) & {"wire", "gate"}]
    return bool(lines and boxes and crossings(np.array(lines), np.array(boxes)).any())


def crossings(lines, boxes):
    """Which line (row) passes through the inside of which box (column)? Both are two corners each.

    A point start + t · (end − start) is inside where every coordinate is: t lies in two intervals.
    """
    start, way = lines[:, None, 0], lines[:, None, 1] - lines[:, None, 0]
    low, high = boxes[:, 0], boxes[:, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.sort(np.stack([(low - start) / way, (high - start) / way]), axis=0)
    inside = (low < start) & (start < high)  # for a line that runs along an axis
    enter = np.where(way == 0, np.where(inside, 0.0, np.inf), t[0]).max(axis=2)
    leave = np.where(way == 0, np.where(inside, 1.0, -np.inf), t[1]).min(axis=2)
    return np.maximum(enter, 0.0) < np.minimum(leave, 1.0)


def _ends(group):
    """The first and the last point of an edge."""
    numbers = re.findall(r"[-\d.]+", group.find(_tag("path")).get("d"))
    x = [float(number) for number in numbers]
    return [x[:2], x[-2:]]


def _inside(group):
    """A rectangle well inside a gate or the cells of a wire, as its two corners."""
    gate = group.find(_tag("ellipse"))
    if gate is not None:
        x, y, wide, high = (float(gate.get(key)) for key in ("cx", "cy", "rx", "ry"))
        return [[x - wide * 0.6, y - high * 0.6], [x + wide * 0.6, y + high * 0.6]]
    rule, texts = group.find(_tag("line")), group.findall(_tag("text"))
    y, high = float(rule.get("y1")), 5 * len(texts)
    return [[float(rule.get("x1")) + 2, y - high], [float(rule.get("x2")) - 2, y + high]]


# ── the same SVG from every engine ───────────────────────────────────────────────────────────────


def tidy(svg):
    """Graphviz's SVG in the form that views and tests rely on, whichever version wrote it.

    A group of class `wire` holds a `<line>`, its value texts, then its gradient texts, centred. The
    name of a wire moves to a group of its own. Graphviz's comments and titles are dropped.
    """
    root = ElementTree.fromstring(svg)
    _set_size(root)
    for parent in list(root.iter()):
        for title in parent.findall(_tag("title")):
            parent.remove(title)
    for text in root.iter(_tag("text")):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    page = root.find(_tag("g"))
    page.find(_tag("polygon")).attrib.update({"class": "background", "stroke": "none"})
    for group in list(page):
        if "wire" in _kinds(group):
            _tidy_wire(page, group)
        if "gate" in _kinds(group):
            _centre_symbol(group)
    return ElementTree.tostring(root, encoding="unicode")


def add_words(svg, label, titles):
    """The SVG with words for screen readers: `label` for the whole, `titles` = {id: sentence}."""
    root = ElementTree.fromstring(svg)
    root.attrib.update({"role": "img", "aria-label": label})
    for group in root.iter(_tag("g")):
        if group.get("id") in titles:
            title = ElementTree.Element(_tag("title"))
            title.text = titles[group.get("id")]
            group.insert(0, title)
    return ElementTree.tostring(root, encoding="unicode")


def _tag(name):
    return f"{{{NAMESPACE}}}{name}"


def _kinds(group):
    return set(group.get("class", "").split())


def _centre_symbol(group):
    middle = group.find(_tag("ellipse")).get("cx")
    for text in group.findall(_tag("text")):
        text.attrib.update({"text-anchor": "middle", "x": middle})


def _set_size(root):
    """Width and height in CSS pixels; Graphviz writes points."""
    _, _, width, height = (float(number) for number in root.get("viewBox").split())
    root.set("width", f"{width * 4 / 3:.0f}")
    root.set("height", f"{height * 4 / 3:.0f}")


def _tidy_wire(page, group):
    """One wire: a line, then texts that say by their class what they are."""
    line = _rule(group)
    middle = f"{(float(line.get('x1')) + float(line.get('x2'))) / 2:g}"
    texts = group.findall(_tag("text"))
    for text in texts:
        text.attrib.update({"text-anchor": "middle", "x": middle})
    if "named" in _kinds(group):
        _move_name(page, group, texts.pop(0))
    for i, text in enumerate(texts):
        text.set("class", "value" if i < len(texts) / 2 else "gradient")


def _rule(group):
    """Replace the border that Graphviz drew between the two cells by a `<line>`."""
    border = next(shape for shape in group if shape.tag in (_tag("polyline"), _tag("polygon")))
    points = [point.split(",") for point in border.get("points").split()]
    xs, y = [float(x) for x, _ in points], points[0][1]
    line = ElementTree.Element(_tag("line"), {"class": "rule", "stroke": border.get("stroke")})
    line.attrib.update({"x1": f"{min(xs):g}", "x2": f"{max(xs):g}", "y1": y, "y2": y})
    for style in ("stroke-width", "stroke-dasharray"):
        if border.get(style):
            line.set(style, border.get(style))
    group.remove(border)
    group.insert(0, line)
    return line


def _move_name(page, group, text):
    """`w3` keeps only numbers; its name stands in `n3`."""
    group.remove(text)
    attributes = {"id": group.get("id").replace("w", "n"), "class": "name"}
    name = ElementTree.Element(_tag("g"), attributes)
    name.append(text)
    page.insert(list(page).index(group) + 1, name)
