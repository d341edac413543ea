"""Figures of several reports or readings: "in the last two quarters", "how has it changed since August"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.candidates import Candidate
from knowledge.answering.cues import DAY, cue
from knowledge.documents import Passage, day_of
from knowledge.searching.question import Question
from knowledge.searching.relevance import says
from knowledge.searching.understand import quarters_in

COUNT = {"two": 2, "both": 2, "couple of": 2, "three": 3, "four": 4, "few": 4, "several": 4}
SEVERAL = re.compile(
    r"(?i)\b(?:last|past|previous|latest|most recent|recent)\s+(?P<many>two|three|four|couple of|few|several|\d)\s+"
    r"(?:\w+\s+)?(?:quarters|months|reports|readings|years|periods|updates|editions|results)\b|"
    r"\b(?:by|per|each|every|for each)\s+(?:quarter|month|reading|report|year)\b|\b(?:quarter by quarter|over time|"
    r"how (?:has|have|did) .{3,80} (?:chang|mov|develop|evolv)\w*|trend)\b"
)
TIMES = frozenset(("quarter", "month", "year", "read", "report", "period", "time"))
MOST = 4
# A reading of another date must score nearly as well as the best.
NEARLY = 0.75


def asks_over_time(asked: Question) -> bool:
    return SEVERAL.search(asked.text) is not None or len(quarters_in(asked.text)[0]) > 1


def over_time(ranked: Sequence[Candidate], passages: Sequence[Passage], asked: Question) -> list[Candidate]:
    """The best sentence of each text that tells the same measure, newest first; at most as many as are asked for."""
    if not ranked:
        return []
    first = ranked[0]
    lasting = [term for term in asked.terms if term not in {*asked.names, *TIMES} and not term.isdigit()]
    of_it = [term for term in lasting if says(first.said, term)]
    by_text: dict[str, Candidate] = {}
    for one in ranked:
        home = passages[one.passage]
        if one.score < NEARLY * first.score or cue(one.text, asked) < cue(first.text, asked):
            continue
        if all(says(one.said, term) for term in of_it) and passages[first.passage].publisher == home.publisher:
            by_text.setdefault(home.article_id, one)
    found = SEVERAL.search(asked.text)
    many = ((found and found["many"]) or "").lower()
    most = COUNT.get(many) or (int(many) if many.isdigit() else MOST)
    told = sorted(by_text.values(), key=lambda one: day_of(passages[one.passage]), reverse=True)
    return [_said_of_what(one, passages[one.passage]) for one in told[: min(most, MOST)]]


def _said_of_what(one: Candidate, home: Passage) -> Candidate:
    """With its title where the sentence names no time of its own."""
    return one if DAY.search(one.text) else replace(one, lead=home.title)
