"""Whether a sentence speaks of the other one of two: the large model where the small one is asked about."""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.searching.lexical import stem
from knowledge.searching.question import OF_BOOKS

SIDES = (
    frozenset(("small", "smaller", "smallest", "mini", "tiny")),
    frozenset(("mid-size", "midsize", "medium")),
    frozenset(("large", "larger", "largest", "big", "bigger", "biggest", "flagship")),
    frozenset(("input",)),
    frozenset(("output",)),
    frozenset(("old", "older", "former", "previous")),
    frozenset(("new", "newer")),
    frozenset(("used", "second-hand", "secondhand")),
    frozenset(("spot",)),
    frozenset(("reserved",)),
    frozenset(("on-demand",)),
    frozenset(("gross",)),
    frozenset(("net",)),
    frozenset(("north", "northern")),
    frozenset(("south", "southern")),
)
AXES = ((0, 1, 2), (3, 4), (5, 6, 7), (8, 9, 10), (11, 12), (13, 14))


# Accelerators and machines are told apart by their codes: H100, B200, MI300X.
CODED = re.compile(r"(?<![\w-])(?!(?:fy|cy|q)\d)[a-z]{1,2}\d{2,3}[a-z]{0,2}(?![\w-])", re.IGNORECASE)


# A line of the accounts of a time that is over, and what is only expected of it.
REPORTED = re.compile(
    r"(?i)\b(?:last|latest|previous|most recent)\s+(?:\w+\s+)?(?:quarters?|years?)\b|\b(?:was|were|did)\b|\bquarter\b"
)
AHEAD = re.compile(r"(?i)\b(?:guidance|forecast\w*|expects?|expected|plans?|outlook|targets?|aims?)\b")


def is_of_the_other(sentence: str, question: str) -> bool:
    """True where both speak of the same kind of thing, and the sentence only of another of its kinds."""
    wanted, found = ({code.lower().removesuffix("s") for code in CODED.findall(text)} for text in (question, sentence))
    if wanted and found and not wanted & found:
        return True
    if OF_BOOKS.search(question) and REPORTED.search(question) and AHEAD.search(sentence):
        return not AHEAD.search(question) and not re.search(r"(?i)\b(?:was|were|came to|reported)\b", sentence)
    asked, told = _kinds(question), _kinds(sentence)
    for axis, _, thing in asked:
        wanted = {side for its, side, of in asked if (its, of) == (axis, thing)}
        found = {side for its, side, of in told if (its, of) == (axis, thing)}
        if found and not wanted & found:
            return True
    return False


def _kinds(text: str) -> set[tuple[int, int, str]]:
    """Axis, side and thing: (0, 0, "model") for "small models"."""
    words = re.findall(r"[a-z][a-z-]*", text.lower())
    found = set()
    for word, following in pairwise(words):
        for axis, sides in enumerate(AXES):
            found |= {(axis, side, stem(following)) for side in sides if word in SIDES[side]}
    return found
