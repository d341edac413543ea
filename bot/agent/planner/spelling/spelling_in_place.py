"""Misspelt words that can be of one kind only where they stand: a month before a year, a unit of time after a number, a
question word before its verb."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz.distance import DamerauLevenshtein

from bot.agent.planner.spelling.spelling_targets import MONTHS, ONES, numbers
from bot.agent.planner.words.lexicon import stem

Change = tuple[str, str]
TENS_AND_ONES = re.compile(r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty-)([a-z]{3,6})\b", re.IGNORECASE)
WHICH_TIME = ("last", "this", "past", "previous", "current")
SLIPS_OF_LAST = frozenset(("lat", "las", "lst"))
BEFORE_A_TIME = re.compile(
    rf"(?<![\w-])[a-z]{{3,9}}(?=\s+(?:days?|weeks?|months?|quarters?|years?|{'|'.join(sorted(MONTHS))})\b)",
    re.IGNORECASE,
)
# Before a year or a day only a month is meant, before a power of ten or "percent" only a number, after a number or
# "per" only a unit, before a verb at the start only a question word.
MONTH = re.compile(
    r"(?<![\w.@/-])(?P<word>[a-z]{3,10})(?=\s+(?:of\s+)?20\d\d\b|\s+\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:,|to|until|till|through|and)\b|\s*[-?]|$))",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(?<![\w.@/-])(?P<word>[a-z]{3,10})(?=\s+(?:hundred|thousand|million|billion|trillion|percent|per\s+cent)\b)",
    re.IGNORECASE,
)
UNIT = re.compile(
    rf"(?<![\w.])(?:\d[\d,.]*|an?|per|each|every|gpus?|{'|'.join(sorted(numbers()))})\s+(?P<word>[a-z]{{3,8}})(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(?:^\W*|[,:;.]\s+|\b(?:so|ok|pls|please|check|tell\s+me|know)\s+)(?P<word>wh?[a-z]{1,4})"
    r"(?=\s+(?:did|do|does|is|was|were|are|would|will|share|percentage|has|have)\b)",
    re.IGNORECASE,
)
UNITS = frozenset(
    "hour hours day days week weeks month months quarter quarters year years bit bits".split()  # noqa: SIM905
)
QUESTION_WORDS = frozenset(("what", "when", "where", "which", "who", "why"))


def put_right_before(text: str, english: Collection[str], known: Collection[str]) -> tuple[str, list[Change]]:
    """`text` with the words put right that are neither English nor `known` and are one slip from one word, but for its
    forms, of the only kind that can stand there; and the changes (as written, as read)."""
    changes: list[Change] = []
    for pattern, meant in ((MONTH, MONTHS), (NUMBER, numbers()), (UNIT, UNITS), (ASKS, QUESTION_WORDS)):

        def fix(match: re.Match[str], meant: Collection[str] = meant) -> str:
            word = match["word"].lower()
            near = sorted(one for one in meant if DamerauLevenshtein.distance(word, one) == 1)
            if word in english or word in known or word in meant or len({stem(one) for one in near}) != 1:
                return match[0]
            right = next((one for one in near if one.endswith("s") == word.endswith("s")), near[0])
            changes.append((match["word"], right))
            first, end = (place - match.start() for place in match.span("word"))
            return match[0][:first] + right + match[0][end:]

        text = pattern.sub(fix, text)
    return text, changes


def put_right_after(text: str, english: Collection[str]) -> tuple[str, list[Change]]:
    """`lat month` as `last month`, `forty-fiev` as `forty-five`: once the words around have been put right."""
    changes: list[Change] = []

    def which(match: re.Match[str]) -> str:
        word = match[0].lower()
        near = [
            right for right in WHICH_TIME if word not in WHICH_TIME and DamerauLevenshtein.distance(word, right) == 1
        ]
        if len(near) != 1 or (word in english and word not in SLIPS_OF_LAST):
            return match[0]
        changes.append((match[0], near[0]))
        return near[0]

    def ones(match: re.Match[str]) -> str:
        word = match[2].lower()
        near = [one for one in ONES if word not in english and DamerauLevenshtein.distance(word, one) == 1]
        if len(near) != 1:
            return match[0]
        changes.append((match[2], near[0]))
        return match[1] + near[0]

    text = BEFORE_A_TIME.sub(which, text)
    return TENS_AND_ONES.sub(ones, text), changes
