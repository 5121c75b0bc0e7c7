"""Labels that somebody might try: each would do something if one careless step took it for code."""

import itertools
import random

MARK = "__ran=1"  # short: a picture cuts labels at 40 characters
HTML = [
    f"<script>{MARK}</script>", f"<img src=x onerror='{MARK}'>", f"<svg onload='{MARK}'/>",
    f"<svg><script>{MARK}</script></svg>", f"</text><script>{MARK}</script>", f"\"><script>{MARK}</script>",
    f"'><img src=x onerror={MARK}>", f"<iframe srcdoc='<script>parent.{MARK}</script>'>",
    f"<a href='javascript:{MARK}'>x</a>", f"<details open ontoggle='{MARK}'>", f"</script><script>{MARK}</script>",
    "<style>@import 'http://127.0.0.2/x.css'</style>", "<link rel=stylesheet href=http://127.0.0.2/x>",
    f"<math><mtext><script>{MARK}</script></mtext></math>", "<!--", "-->", "]]>", "<![CDATA[", "<?xml version='1.0'?>",
    f"<foreignObject><body onload='{MARK}'></foreignObject>", "<base href=http://127.0.0.2/>",
]  # fmt: skip
ENTITIES = [
    "&lt;script&gt;", "&amp;", "&#60;script&#62;", "&nbsp", "&unknown;", "&#0;", "&#x1F600;", "&quot;", "&", "&&", "&#",
    "&#99999999;",
]  # fmt: skip
DOT = [
    '"', '\\"', "\\N", "\\G", "\\l\\r\\n", "\\", "\\\\", "<b>bold</b>", "<>", "|{a|b}", "a:b:c", "a -> b", "]; x [URL=\"javascript:1\"",
    '"]; node [URL="javascript:' + MARK + '"]; "', "<TABLE><TR><TD HREF='javascript:1'>x</TD></TR></TABLE>",
    "digraph { a }", "%s%n", "\\E\\T\\H", "<<b>>", "URL=x", "<BR/>", "<IMG SRC='/etc/passwd'/>",
]  # fmt: skip
CONTROL = ["".join(map(chr, range(32))), "\x00", "a\x00b", "\x1b[31m", "\u202eright", "\u2066\u2069", "\ufeff", "\ud800", "\u2028", "\x7f",
           "\n\n\n", "\t", " ", "", "\x85"]  # fmt: skip
SCRIPTS = [
    "시그모이드",
    "손실 함수 🙂",
    "👩‍👩‍👧‍👦",
    "é" + "\u0301" * 60,
    "العربية",
    "中文" * 30,
    "ﷺ",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A",
    "🏳️‍🌈" * 20,
]
PLACES = ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.2/x", "https://example.org/a.png", "javascript:" + MARK, "../../x",
          "C:\\Windows", "data:text/html,<script>" + MARK + "</script>", "//127.0.0.2/x", "~", "$HOME", "`id`", "$(id)"]  # fmt: skip
CODE = ["{name}", "{0}", "{{", "}}", "%d", "${" + MARK + "}", "`${" + MARK + "}`", "__proto__", "constructor", "toString", "\"+" + MARK + "+\"",
        "'-" + MARK + "-'", "NaN", "null", "undefined", "0", "-1"]  # fmt: skip
LONG = ["x" * 20_000, "<" * 20_000, "&" * 5_000, "\\" * 20_000, "가" * 20_000, "a b " * 5_000]
BY_HAND = HTML + ENTITIES + DOT + CONTROL + SCRIPTS + PLACES + CODE + LONG


def labels(count):
    """So many different labels: those above, then two of them joined, always the same ones."""
    rng = random.Random(4)
    pairs = ("".join(rng.sample(BY_HAND, 2)) for _ in itertools.count())
    found = dict.fromkeys(BY_HAND)
    while len(found) < count:
        found[next(pairs)] = None
    chosen = list(found)
    if count < len(BY_HAND):
        step = len(BY_HAND) / (count - 1)
        chosen = ["\ud800", *(BY_HAND[int(k * step)] for k in range(count - 1))]
    return chosen[:count]
