"""What a question about companies' reports looks for inside them, in the words in which reports print it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.cells import split_row
from knowledge.documents import Chunk
from knowledge.lexical import words, words_of_label
from knowledge.measures import TITLES, Measure, Statement, measures_in, needed_for, statement_in
from knowledge.qualifiers import qualifiers
from knowledge.understand import Understanding

# So many of a measure's labels are looked for.
LABELS = 3
# What a chunk gains for a row of a measure that is asked for, or only needed to work one out; for standing in the
# statement that prints it; and for all the words that narrow it.
ROW, ROW_NEEDED, STATEMENT, NARROWED = 0.14, 0.08, 0.1, 0.12
LEAST_FIT = 0.75
PERIOD = re.compile(r"(?i)\b(?:in|for|of)? ?(?:FY|fiscal(?: year)?|Q[1-4])[ '’]?(?:\d{4}|\d\d)?\b|\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class Sought:
    """`wording` is the question without company and period, followed by the labels of its measures; `narrower` are the
    stems that narrow them."""

    wording: str
    asked: tuple[Measure, ...]
    needed: tuple[Measure, ...]
    narrower: tuple[str, ...]


def sought_in(query: str, said: Understanding, names: Collection[str]) -> Sought | None:
    """None where the question is not one about a company's report."""
    if not said.companies:
        return None
    asked = measures_in(query)
    if not (asked or said.quarters or said.wants_report or said.latest or said.over_time):
        return None
    own = {word for name in names for word in words(name)}
    needed = needed_for(asked)
    bare = _bare(query, names)
    labels = [label for measure in needed for label in measure.labels[:LABELS]]
    titles = [TITLES[statement] for statement in _statements(needed)]
    clause = query
    named = [match.group() for one in asked for match in one.asked.finditer(clause)]
    wording = " ".join(dict.fromkeys([bare, *labels, *titles]))
    return Sought(wording, tuple(asked), tuple(needed), qualifiers(clause, named, own))


def gain(chunk: Chunk, sought: Sought) -> float:
    """What a chunk of a fitting report gains over what its words and its meaning say."""
    statement = statement_in(chunk.header.rsplit(" | ", 1)[-1])
    labels = [words_of_label(row[0]) for line in chunk.text.split("\n") if (row := split_row(line))]
    best = 0.0
    for measure in sought.needed:
        if not any(_fits(label, measure) for label in labels):
            continue
        own = ROW if measure in sought.asked else ROW_NEEDED
        best = max(best, own + STATEMENT * (statement != "any" and measure.statement in ("any", statement)))
    if sought.narrower:
        said = frozenset(words(chunk.text))
        share = sum(one in said for one in sought.narrower) / len(sought.narrower)
        best += NARROWED * share
    return best


def _fits(label: frozenset[str], measure: Measure) -> bool:
    for one in measure.labels:
        other = words_of_label(one)
        if other and (other == label or 2 * len(label & other) >= LEAST_FIT * (len(label) + len(other))):
            return True
    return False


def _statements(needed: Sequence[Measure]) -> list[Statement]:
    return list(dict.fromkeys(measure.statement for measure in needed if measure.statement != "any"))


def _bare(query: str, names: Collection[str]) -> str:
    for name in sorted((name for name in names if len(name) > 2), key=len, reverse=True):
        query = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?:['’]s?)?(?!\w)", " ", query)
    return " ".join(
        re.sub(
            r"(?i)\b(?:in|for|of)? ?(?:FY|fiscal(?: year)?|Q[1-4])[ '’]?(?:\d{4}|\d\d)?\b|\b20\d\d\b", " ", query
        ).split()
    )
