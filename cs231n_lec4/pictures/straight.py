"""Does a straight line run through a number or a gate?"""

import re

import numpy as np

from .svg import kinds, tag


def runs_through_something(tree):
    """Does a line between two boxes pass through a third? `tree`: a tidied picture."""
    groups = list(tree.find(tag("g")))
    lines = [_ends(group) for group in groups if group.get("class") == "edge"]
    boxes = [_inside(group) for group in groups if kinds(group) & {"wire", "gate"}]
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
    numbers = re.findall(r"[-\d.]+", group.find(tag("path")).get("d"))
    x = [float(number) for number in numbers]
    return [x[:2], x[-2:]]


def _inside(group):
    """A rectangle well inside a gate or the cells of a wire, as its two corners."""
    gate = group.find(tag("ellipse"))
    if gate is not None:
        x, y, wide, high = (float(gate.get(key)) for key in ("cx", "cy", "rx", "ry"))
        return [[x - wide * 0.6, y - high * 0.6], [x + wide * 0.6, y + high * 0.6]]
    rule, texts = group.find(tag("line")), group.findall(tag("text"))
    y, high = float(rule.get("y1")), 5 * len(texts)
    return [[float(rule.get("x1")) + 2, y - high], [float(rule.get("x2")) - 2, y + high]]
