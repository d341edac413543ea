"""Whether two sentences or passages say the same, say more, or give different figures for the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.answering.sentences import sentences
from knowledge.documents import Passage
from knowledge.searching.relevance import stems

if TYPE_CHECKING:
    from knowledge.answering.candidates import Candidate

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
DATED = re.compile(
    r"(?i)\b(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?: \d{1,2},?)?(?: (?:19|20)\d\d)?\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b"
)
MONTH = re.compile(r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b")
NUMBERED = re.compile(r"\b[A-Za-z]+[-]?\d\w*")
# Who says it, and what it was before.
ASIDE = re.compile(r"(?i),? (?:according to|up from|down from|compared with|against|from) [^,.;]*(?:\.\d[^,.;]*)*")
# The share of the shorter one's words above which the other repeats it, and the share of the words of both (Dice's
# coefficient) above which they speak of one thing.
REPEATED = 0.6
SAME_THING = 0.75


def repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= REPEATED * min(len(one), len(other))


def figures(text: str) -> frozenset[str]:
    """The numbers that measure something: no dates, no names with digits such as H100."""
    bare = NUMBERED.sub(" ", DATED.sub(" ", text))
    return frozenset(found.replace(",", "") for found in FIGURE.findall(bare))


def differs(one: str, other: str) -> bool:
    """Whether a sentence of each gives figures, none shared, in nearly the same words about the same years."""
    return any(_differ(first, second) for first in sentences(one) for second in sentences(other))


def _differ(one: str, other: str) -> bool:
    one, other = ASIDE.sub("", one), ASIDE.sub("", other)
    first, second = figures(one), figures(other)
    if not first or not second or first & second or _years(one) != _years(other) or _other_months(one, other):
        return False
    said, told = _words(one), _words(other)
    return 2 * len(said & told) >= SAME_THING * max(1, len(said) + len(told))


def publishers_saying(one: Candidate, others: Sequence[Candidate], passages: Sequence[Passage]) -> tuple[str, ...]:
    """The publisher of `one`, then of each other sentence that repeats its words with the same figures."""
    same = [
        other
        for other in others
        if repeats(one.said, other.said) and figures(one.text) and figures(one.text) == figures(other.text)
    ]
    own = passages[one.passage]
    found = [own.publisher, *own.also, *(name for other in same for name in _publishers(passages[other.passage]))]
    return tuple(name for name in dict.fromkeys(found) if name)


def _publishers(passage: Passage) -> tuple[str, ...]:
    return (passage.publisher, *passage.also)


def _years(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b(?:19|20)\d\d\b", text))


def _other_months(one: str, other: str) -> bool:
    """Whether each is about another month: readings of two months do not contradict each other."""
    first, second = (frozenset(MONTH.findall(text)) for text in (one, other))
    return bool(first and second and not first & second)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in stems(DATED.sub(" ", text)) if not FIGURE.fullmatch(word))
