"""The class's answers on one page: each exercise, how many found it, and why the others did not."""

from collections import Counter, defaultdict
from html import escape

from cs231n_lec4 import words

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color-scheme: light dark; }
.bar { display: flex; height: 1.5rem; border-radius: .3rem; overflow: hidden; }
.bar span { min-width: 1.6rem; padding: 0 .3rem; color: #fff; white-space: nowrap; }
.right { background: #1b6e3c; } .kink { background: #7a5b00; } .wrong { background: #a5321c; }
.none { background: #5f6368; }
pre { overflow-x: auto; padding: .5rem; border-left: 3px solid #8886; }
td, th { padding: .1rem .8rem .1rem 0; text-align: left; vertical-align: top; }
"""
KINDS = {"✓": "right", "△": "kink", "✗": "wrong", "–": "none", "?": "none"}
WITHOUT_REASON = "No known mistake fits."
ENDINGS = {
    "too_long": "The cell did not end in time.",
    "ended_python": "The cell ended Python.",
    "not_run": "An earlier cell ended Python.",
}
EXAMPLES = 5  # of the answers behind one reason


def page(answers):
    """The page as HTML. All that students wrote is escaped."""
    groups = defaultdict(list)
    for answer in answers:
        groups[answer.notebook, answer.exercise].append(answer)
    body = "\n".join(section(*key, group) for key, group in sorted(groups.items()))
    head = f'<meta charset="utf-8"><title>Answers of the class</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}<h1>Answers of the class</h1>{body}</html>\n'


def section(notebook, exercise, answers):
    """One exercise: a bar, then the reasons, the most frequent first."""
    if not notebook:
        return f"<h2>Not read</h2><ul>{''.join(map(unread, answers))}</ul>"
    reasons = defaultdict(list)
    for answer in answers:
        if answer.mark in ("✗", "△"):
            reasons[answer.reason].append(answer)
    ranked = sorted(reasons.items(), key=lambda item: -len(item[1]))
    rows = "".join(reason_row(reason, group) for reason, group in ranked)
    return f"<h2>{escape(notebook)} · {escape(exercise)}</h2>{bar(answers)}{rows}"


def unread(answer):
    return f"<li>{escape(answer.file)}: {escape(answer.text)}</li>"


def bar(answers):
    """How many have ✓, △, ✗, and – for no answer."""
    counts = Counter(answer.mark for answer in answers)
    parts = [
        f'<span class="{KINDS[mark]}" style="flex:{counts[mark]}">{mark} {counts[mark]}</span>'
        for mark in KINDS
        if counts[mark]
    ]
    return f'<div class="bar">{"".join(parts)}</div>'


def reason_row(reason, answers):
    """A reason, how often, and some of the answers behind it."""
    codes = Counter(answer.source for answer in answers).most_common(EXAMPLES)
    examples = "".join(f"<p>× {count}</p><pre>{escape(code)}</pre>" for code, count in codes)
    text = f"<pre>{escape(answers[0].text)}</pre>"
    head = f"<b>{len(answers)}</b> {escape(sentence_of(reason))}"
    return f"<details><summary>{head}</summary>{text}{examples}</details>"


def sentence_of(reason):
    """The sentence that the students read, or how the cell ended."""
    if reason in ENDINGS:
        return ENDINGS[reason]
    known = [words.REASONS[code] for code in reason.split(" or ") if code in words.REASONS]
    return " / ".join(known) or reason or WITHOUT_REASON
