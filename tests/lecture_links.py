"""Where the lecture lies, and how a mark in a notebook, such as *Slide 12*, becomes a link there.

    python tests/notebook_tools.py --links

sets the links of all notebooks and runs nothing; `make notebooks` sets them too.
"""

import re

DECK = "http://cs231n.stanford.edu/slides/2017/cs231n_2017_lecture4.pdf"
NOTES = "https://cs231n.github.io/optimization-2/"
VIDEO = "https://www.youtube.com/watch?v=d14TUNcbn1k"
PAGES, MINUTES = range(1, 101), range(74)  # what the deck and the video have

NUMBERS = r"\d+(?:–\d+)?분?"  # Korean: 슬라이드 12, 영상 6분
WORD = r"(?:[Ss]lides?|(?:[Vv]ideo )?[Mm]inutes?|슬라이드|영상)"
MARK = re.compile(rf"\b{WORD} {NUMBERS}(?:(?:, | and |과 |와 ){NUMBERS})*")
LINKED = re.compile(rf"\[((?:{WORD} )?{NUMBERS})\]\([^()\s]*\)")
# Nothing is linked inside code, formulas and links.
KEPT = r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|\[[^\]]*\]\([^)]*\)"
PIECE = re.compile(rf"(?s:{KEPT})|{MARK.pattern}")


def page(number):
    """The address of a page of the deck."""
    return f"{DECK}#page={number}"


def minute(number):
    """The address of a minute of the video."""
    return f"{VIDEO}&t={60 * number}s"


def unlinked(text):
    """A Markdown text with its marks as plain words: [Slide 12](…) is Slide 12 again."""
    return LINKED.sub(r"\1", text)


def linked(text):
    """A Markdown text with every mark a link to its first page or minute. Again changes nothing."""
    return PIECE.sub(_with_links, unlinked(text))


def _with_links(found):
    if not MARK.fullmatch(found[0]):
        return found[0]
    address = page if re.search("lide|슬라이드", found[0]) else minute
    return re.sub(rf"(?:{WORD} )?({NUMBERS})", lambda part: _link(part, address), found[0])


def _link(part, address):
    first = int(re.match(r"\d+", part[1])[0])
    return f"[{part[0]}]({address(first)})"
