"""An amount of ours, past or to come, beside one that is told: above it, below it, and by how much."""

from __future__ import annotations

import re

from bot.agent.planner.derived.clauses import NUMBER, Derivation, value, without
from tools.money import plain

TARGET = (
    r"(?:(?:a|an|the|our|its|their)\s+)?(?:(?P<what>plan(?:ned)?|target|limit|cap|threshold|goal|quote|estimate"
    r"|forecast|budget)\s*(?:of|at|was|is|:)?\s*)?"
)
AFTER_TARGET = r"(?:\s+(?:we\s+(?:had\s+)?planned|planned|budgeted|target|plan|limit|cap|goal|threshold|mark))?"
AGAINST = re.compile(
    r"[\s,]*\b(?:(?:how\s+(?:far|much)\s+)?(?:is\s+|was\s+|were\s+)?(?:above|below|over|under|more\s+than"
    r"|less\s+than|higher\s+than|lower\s+than|off|beyond|past|within)"
    r"|compared\s+(?:to|with)|versus|vs\.?|against|exceed(?:ed|s)?|top(?:ped)?|pass(?:ed)?|hit|reach(?:ed)?|break"
    r"|cross(?:ed)?)\s+"
    rf"{TARGET}{NUMBER}{AFTER_TARGET}",
    re.IGNORECASE,
)
VERBS = re.compile(
    r"\b(?:go|going|end(?:ing)?\s+up|stay|staying|come\s+in|be|land|run|get|still)\s*(?:,|$)",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|['’]ll|going\s+to|gonna|on\s+(?:track|course)|likely|expect\w*|head(?:ed|ing)"
    r"|projected|forecast\w*|end\s+up)\b",
    re.IGNORECASE,
)


def against(text: str) -> Derivation | None:
    """`is July above 40k`, `will we go over 14k this month`: an amount, past or to come, beside one told."""
    found = AGAINST.search(text)
    n = value(found["n"]) if found else None
    if found is None or n is None or n < 100 or re.fullmatch(r"20\d\d", found["n"].strip()):
        return None
    before = re.sub(r"\b(?:by\s+)?how\s+(?:far|much)\W*$", "", text[: found.start()])
    after = re.sub(r"^\W*(?:and\s+)?by\s+how\s+much\b|^\W*(?:is|was|were|did)\b", "", text[found.end() :], flags=re.I)
    asks = r"^\W*(?:is|was|were|did|are|have|has|does|do|will|would)\b(?:\s+we\b)?"
    rest = VERBS.sub("", re.sub(asks, "", before, flags=re.I))
    rest = without(f"{rest} {after}")
    if AHEAD.search(text):
        rest = f"forecast {AHEAD.sub(' ', rest)}"
    what = {"what": f"the {found['what'].lower()}"} if found["what"] else {}
    return Derivation(rest, {"how": "against", "by": plain(n), **what})
