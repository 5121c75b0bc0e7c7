"""An SVG of Graphviz as a tree: the same whatever version wrote it, and with its words.

tree = tidied(lay_out(dot, "svg"))
add_words(tree, label, titles)
text_of(tree)
"""

from collections import Counter
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", NAMESPACE)


def tidied(svg):
    """The tree of Graphviz's SVG, in the form that views and tests rely on.

    A group of class `wire` holds a `<line>`, its value texts, then its gradient texts, centred. The
    name of a wire moves to a group of its own. Graphviz's comments and titles are dropped.
    """
    root = ElementTree.fromstring(svg)
    _set_size(root)
    for parent in list(root.iter()):
        for title in parent.findall(tag("title")):
            parent.remove(title)
    for text in root.iter(tag("text")):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    page = root.find(tag("g"))
    page.find(tag("polygon")).attrib.update({"class": "background", "stroke": "none"})
    for group in list(page):
        if "wire" in kinds(group):
            _tidy_wire(page, group)
        if "gate" in kinds(group):
            _centre_symbol(group)
    for look in ("font-family", "font-size", "text-anchor"):
        _say_once(page, list(root.iter(tag("text"))), look)
    return root


def add_words(root, label, titles):
    """Words for screen readers: `label` for the whole, `titles` = {id: sentence}."""
    root.attrib.update({"role": "img", "aria-label": label})
    for group in root.iter(tag("g")):
        if group.get("id") in titles:
            title = ElementTree.Element(tag("title"))
            title.text = titles[group.get("id")]
            group.insert(0, title)


def text_of(root):
    """The tree as text."""
    return ElementTree.tostring(root, encoding="unicode")


def size_of(root):
    """Width and height in pixels of CSS."""
    return int(root.get("width")), int(root.get("height"))


def tag(name):
    """The name of an element as ElementTree writes it."""
    return f"{{{NAMESPACE}}}{name}"


def kinds(group):
    """The classes of a group."""
    return set(group.get("class", "").split())


def _centre_symbol(group):
    middle = group.find(tag("ellipse")).get("cx")
    for text in group.findall(tag("text")):
        text.attrib.update({"text-anchor": "middle", "x": middle})


def _say_once(page, texts, look):
    """What most texts look like is said by the page; the others keep their own."""
    looks = Counter(text.get(look) for text in texts)
    if texts and None not in looks:
        [(most, _)] = looks.most_common(1)
        page.set(look, most)
        for text in texts:
            if text.get(look) == most:
                del text.attrib[look]


def _set_size(root):
    """Width and height in CSS pixels; Graphviz writes points."""
    _, _, width, height = (float(number) for number in root.get("viewBox").split())
    root.set("width", f"{width * 4 / 3:.0f}")
    root.set("height", f"{height * 4 / 3:.0f}")


def _tidy_wire(page, group):
    """One wire: a line, then texts that say by their class what they are."""
    line = _rule(group)
    middle = f"{(float(line.get('x1')) + float(line.get('x2'))) / 2:g}"
    texts = group.findall(tag("text"))
    for text in texts:
        text.attrib.update({"text-anchor": "middle", "x": middle})
    if "named" in kinds(group):
        _move_name(page, group, texts.pop(0))
    for i, text in enumerate(texts):
        text.set("class", "value" if i < len(texts) / 2 else "gradient")


def _rule(group):
    """Replace the border that Graphviz drew between the two cells by a `<line>`."""
    border = next(shape for shape in group if shape.tag in (tag("polyline"), tag("polygon")))
    points = [point.split(",") for point in border.get("points").split()]
    xs, y = [float(x) for x, _ in points], points[0][1]
    line = ElementTree.Element(tag("line"), {"class": "rule", "stroke": border.get("stroke")})
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
    name = ElementTree.Element(tag("g"), attributes)
    name.append(text)
    page.insert(list(page).index(group) + 1, name)
