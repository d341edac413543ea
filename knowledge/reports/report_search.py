"""What a question about companies' reports looks for inside them, in the words in which reports print it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.answering.qualifiers import qualifiers
from knowledge.documents import Chunk
from knowledge.reports.cells import split_row
from knowledge.reports.measures import TITLES, Measure, Statement, measures_in, needed_for, statement_in
from knowledge.searching.lexical import LexicalIndex, words, words_of_label
from knowledge.searching.understand import Understanding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    named = [match.group() for one in asked for match in one.asked.finditer(query)]
    wording = " ".join(dict.fromkeys([bare, *labels, *titles]))
    return Sought(wording, tuple(asked), tuple(needed), qualifiers(query, named, own))


def gains(chunks: Mapping[int, Chunk], sought: Sought, lexical: LexicalIndex) -> dict[int, float]:
    """What chunks of fitting reports, under their rows of the lexical index, gain over what their words and their
    meaning say. Only those that hold enough words of a label are read for its row."""
    import numpy as np

    rows = np.array(list(chunks), dtype=np.int64)
    found = np.zeros(len(rows))
    for measure in sought.needed:
        own = ROW if measure in sought.asked else ROW_NEEDED
        for at in np.flatnonzero(_may_print(measure, rows, lexical)):
            chunk = chunks[int(rows[at])]
            if any(_fits(label, measure) for label in _labels(chunk.text)):
                statement = statement_in(chunk.header.rsplit(" | ", 1)[-1])
                fits = statement != "any" and measure.statement in ("any", statement)
                found[at] = max(found[at], own + STATEMENT * fits)
    for stem in sought.narrower:
        found += NARROWED / len(sought.narrower) * lexical.holds(stem, rows)
    return dict(zip(chunks, found.tolist(), strict=True))


def _may_print(measure: Measure, rows: NDArray[np.int64], lexical: LexicalIndex) -> NDArray[np.bool_]:
    """Where a row could bear one of the measure's labels: Dice's coefficient of LEAST_FIT needs this share of it."""
    import numpy as np

    known: dict[str, NDArray[np.bool_]] = {}
    may = np.zeros(len(rows), dtype=bool)
    for label in map(words_of_label, measure.labels):
        held = [known[stem] if stem in known else known.setdefault(stem, lexical.holds(stem, rows)) for stem in label]
        if held:
            may |= np.sum(held, axis=0) >= LEAST_FIT / (2 - LEAST_FIT) * len(label)
    return may


@lru_cache(maxsize=5_000)
def _labels(text: str) -> tuple[frozenset[str], ...]:
    return tuple(words_of_label(row[0]) for line in text.split("\n") if (row := split_row(line)))


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
    return " ".join(PERIOD.sub(" ", query).split())
