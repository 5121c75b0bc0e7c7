"""Korean particles after a name or a number that a sentence was filled with.

A Korean particle has two forms; the last sound before it decides. A sentence of `ko/` writes both,
as Korean forms do: `{name}은(는) 없어요`. Once it is filled, one of them stays: x는, m은, 3은.
`live/js/core/particles.js` holds the same rules line for line; the tests run both.
"""

import re

# As it is written: (after a consonant, after a vowel).
PARTICLES = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)에요": ("이에요", "예요"),
    "(이)어야": ("이어야", "여야"),
    "(이)": ("이", ""),
}
WRITTEN = re.compile("|".join(map(re.escape, PARTICLES)))
SILENT = "[\\s'\"’”`)\\]}>.,:;…|]+$"  # is not read aloud
HANGUL = re.compile("[가-힣]$")
# What ends in ㄹ, or in another consonant, when a Korean reads it: 1, 7, 8, l, r; 0, 3, 6, m, n; and
# as words of English are written in Korean: table, norm, name, string, step, output. MiB has none.
RIEUL = re.compile("[178l]$|le$|(^|[^aeiou])r$", re.IGNORECASE)
CONSONANT = re.compile(
    "[036mnε⁰¹²³⁴-⁹]$|[mn]e$|ng$|(?![kmgt]ib$)(^|[^aeiou])[aeiou][bckpt]$|(out|type)$",
    re.IGNORECASE,
)


def with_particles(text):
    """The text with one form of each particle."""
    return WRITTEN.sub(lambda found: form(found[0], text[: found.start()]), text)


def form(particle, before):
    """The form of a particle after a text."""
    final = final_consonant(before)
    after_consonant = final and not (particle == "(으)로" and final == "ㄹ")
    return PARTICLES[particle][0 if after_consonant else 1]


def final_consonant(text):
    """The last sound of a text as a Korean reads it: "ㄹ", "ㄱ" for any other consonant, or ""."""
    heard = re.sub(SILENT, "", text)
    if HANGUL.search(heard):
        kind = (ord(heard[-1]) - ord("가")) % 28  # syllables are listed by their final consonant
        return "ㄹ" if kind == 8 else "ㄱ" if kind else ""
    return "ㄹ" if RIEUL.search(heard) else "ㄱ" if CONSONANT.search(heard) else ""
