"""A figure that a later text names as the old one: "it now expects $2.9 billion rather than $3.6 billion"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.candidates import Candidate
from knowledge.documents import Passage, day_of
from knowledge.searching.question import Question
from knowledge.searching.relevance import says, stems

AMOUNT = re.compile(
    r"(?i)(?P<sign>[$€£¥])?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|percent|million|billion|trillion|bn|gigawatts?|"
    r"megawatts?|GW|MW|an hour|weeks?|months?|years?|hours?)?"
)
# What sets an old figure against a new one.
AGAINST = re.compile(
    r"(?i)\b(?:rather than|instead of|not|up from|down from|from|against|earlier|before|previous(?:ly)?|had|was|than|"
    r"originally|first|lower(?:ed|s)?|rais(?:ed|es)|narrow(?:ed|s)|trimm?(?:ed|s)?|cut|revis\w+|slip\w*|delay\w*|below)\b"
)


def amounts_of(text: str) -> frozenset[tuple[str, str, str]]:
    """The figures that have a sign or a unit, each as sign, number and unit."""
    return frozenset(
        (found["sign"] or "", found["number"].replace(",", ""), (found["unit"] or "").lower().rstrip("s"))
        for found in AMOUNT.finditer(text)
        if found["sign"] or found["unit"]
    )


def update_of(
    told: Candidate, candidates: Sequence[Candidate], passages: Sequence[Passage], asked: Question
) -> Candidate | None:
    """The newest candidate of a later text on those named that tells another figure of the same kind beside the one
    that `told` gives, None where there is none."""
    old, home = amounts_of(told.text), passages[told.passage]
    later = [
        one
        for one in candidates
        if day_of(passages[one.passage]) > day_of(home)
        and passages[one.passage].article_id != home.article_id
        and _names(one, passages[one.passage], asked)
        and _restates(one.text, old)
    ]
    return max(later, key=lambda one: (day_of(passages[one.passage]), -len(one.text)), default=None)


def _restates(text: str, old: frozenset[tuple[str, str, str]]) -> bool:
    here = amounts_of(text)
    kinds = {(sign, unit) for sign, _, unit in here & old}
    return bool(AGAINST.search(text)) and any((sign, unit) in kinds for sign, _, unit in here - old)


def _names(one: Candidate, home: Passage, asked: Question) -> bool:
    return bool(asked.names) and all(says(one.said | stems(home.title, home.company), name) for name in asked.names)
