"""A font with Hangul for plots: matplotlib's own has none.

Korean systems bring one (Malgun Gothic, Apple SD Gothic Neo); on Debian it is `fonts-nanum`.
Browsers and Graphviz find theirs by themselves.
"""

import functools
import re
import warnings
from contextlib import contextmanager

from matplotlib.font_manager import findSystemFonts, fontManager, get_font_names
from matplotlib.text import Text

HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏가-힣]")
FONTS = ("Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic", "Noto Sans CJK KR", "Noto Sans KR")
FILES = re.compile(r"[/\\](malgun|AppleSDGothicNeo|NanumGothic|NotoSans(CJK|KR)[\w-]*)\.\w+$", re.I)


@contextmanager
def with_hangul(figure):
    """Draw a figure's Korean texts in a font that has them; without one as boxes, in silence."""
    for text in figure.findobj(Text):
        if HANGUL.search(text.get_text()):
            text.set_fontfamily(["DejaVu Sans", *hangul_fonts()])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")
        yield


@functools.cache
def hangul_fonts():
    """The names of the installed fonts with Hangul, also of those installed a moment ago."""
    if not set(FONTS) & set(get_font_names()):
        for path in filter(FILES.search, findSystemFonts()):
            fontManager.addfont(path)
    return [name for name in FONTS if name in get_font_names()]
