"""How well a sentence answers a question: by meaning, by its words, by the kind of thing it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from knowledge.answering.about import completed, is_about
from knowledge.answering.candidates import DANGLING, Candidate
from knowledge.answering.cues import (
    ASKS_MONEY,
    COSTS,
    HOW_LONG,
    MONEY,
    cue,
    gives_amount,
    gives_kind,
    names_nobody_else,
)
from knowledge.answering.opposites import is_of_the_other
from knowledge.answering.roles import told_of_change
from knowledge.answering.sentences import sentences
from knowledge.answering.time_told import of_another_month
from knowledge.documents import Passage
from knowledge.searching.question import Question
from knowledge.searching.relevance import Weights, says, stems
from knowledge.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Embedding a sentence takes 5 to 15 ms: only so many, of so many words, are compared by meaning: those with most words
# of the question.
MOST_COMPARED = 6
MOST_WORDS_COMPARED = 170
# A sentence less alike than this says something else, whatever words it shares.
LEAST_ALIKE = 0.15
# Unless it says so much of what is asked, and leaves the name to its title.
SAYS_IT = 0.8
# A sentence less alike than this must say something of what is asked beside the names.
LEAST_MEANT = 0.6
# Of a question of more terms than this, the share that a sentence with an amount must say itself, names left out.
FEW, LEAST_SAID = 4, 0.3
# What it must say to be taken together with its title.
HALF = 0.45
# For a sentence that says the names asked for itself, not only under its title.
NAMES_ITSELF = 0.12
OF_THE_YEAR = 0.25
OUTSIDE = re.compile(r"(?i)\b(?:outside|except|other than|not (?:on|in|part of)|without|unless)\b")
OF_ANOTHER_MONTH = 0.3
# Off where a sentence tells another part of the measure asked for, and where the first of two is beside the point.
BESIDE, IDLE = 0.5, 0.3


def scored(
    candidates: list[Candidate],
    passages: Sequence[Passage],
    asked: Question,
    weights: Weights,
    vector: NDArray[np.float32],
    store: Store,
    year: str = "",
) -> list[Candidate]:
    """The candidates that speak of what is asked, best first; those of the `year` that a "next year" means lead."""
    about = [one for one in candidates if _speaks(one, passages[one.passage], asked, weights)]
    likely = sorted(
        about,
        key=lambda one: (
            weights.coverage(one.said | completed(asked, one.said, passages[one.passage]))
            + 0.3 * cue(one.text, asked)
            - 0.02 * one.passage
        ),
        reverse=True,
    )[:MOST_COMPARED]
    lengths = accumulate(len(one.text.split()) for one in likely)
    likely = [one for one, length in zip(likely, lengths, strict=True) if length <= MOST_WORDS_COMPARED]
    if not likely:
        return []
    named = [_under_its_title(one, passages[one.passage], asked, weights) for one in likely]
    cosines = store.vectors_of(named) @ vector
    newest = max((one.published_on for one in passages if one.published_on), default=None)
    found = []
    narrowed = narrowing(asked, likely)
    for one, cosine in zip(likely, cosines, strict=True):
        home = passages[one.passage]
        own = one.said | stems(home.publisher)
        itself = bool(asked.names) and all(says(own, name) for name in asked.names)
        titled = itself or asked.asks == "reason" or HOW_LONG.search(asked.text)
        told = one.said | stems(home.title) if titled else one.said
        rest = weights.of_rest(asked.names, told)
        if (cosine < LEAST_ALIKE and rest < SAYS_IT) or (cosine < LEAST_MEANT and not rest):
            continue
        if cosine < LEAST_MEANT and asked.asks == "amount" and len(asked.terms) > FEW and rest < LEAST_SAID:
            continue
        said = one.said | completed(asked, one.said, home)
        around = weights.coverage(said | stems(home.title, home.company, home.publisher))
        score = float(cosine) + 0.4 * weights.coverage(said) + 0.35 * around + 0.25 * cue(one.text, asked)
        score += NAMES_ITSELF * all(says(said, name) for name in asked.names) - 0.03 * one.passage
        score += told_of_change(one.text, asked)
        score += OF_THE_YEAR * bool(year and year in one.text)
        score -= BESIDE * (OUTSIDE.search(one.text) is not None and OUTSIDE.search(asked.text) is None) * 0.5
        score -= OF_ANOTHER_MONTH * of_another_month(one.text, asked.text)
        score -= BESIDE * (not narrowed <= one.said) + IDLE * _opens_idly(one, asked)
        if newest and home.published_on:
            score -= 0.05 * min((newest - home.published_on).days / 365, 2.0)
        found.append(replace(one, score=score))
    return sorted(found, key=lambda one: -one.score)


def _under_its_title(one: Candidate, home: Passage, asked: Question, weights: Weights) -> str:
    """A sentence as it is compared by meaning: with its title where it says what is asked and leaves the name to it."""
    missing = [term for term in asked.terms if not says(one.said, term)]
    titled = stems(home.title)
    alone = not missing or not any(says(titled, term) for term in missing) or home.period
    return one.text if alone or weights.of_rest(asked.names, one.said) < HALF else f"{home.title}: {one.text}"


def narrowing(asked: Question, candidates: Sequence[Candidate]) -> frozenset[str]:
    """The words that tell which part of a measure is asked for, where a candidate says them beside it: `data center` of
    "data-center revenue"."""
    if asked.asks != "amount":
        return frozenset()
    chains = {other: one for one, other in asked.pairs if one not in asked.names}
    thing = asked.focus[-1] if asked.focus else next((other for other in chains if other not in chains.values()), "")
    words, at = set(), thing
    while (at := chains.get(at, "")) and at not in words:
        words.add(at)
    return frozenset(words) if any(words <= one.said and says(one.said, thing) for one in candidates) else frozenset()


def _opens_idly(one: Candidate, asked: Question) -> bool:
    """Whether the first of its sentences says nothing of what is asked, and is there only for an "it" that follows."""
    rest = [term for term in asked.terms if term not in asked.names]
    if len(one.parts) < 2 or not rest or any(says(one.parts[0], term) for term in rest):
        return False
    return not all(says(one.parts[0], name) for name in asked.names) or not asked.names


def _speaks(one: Candidate, home: Passage, asked: Question, weights: Weights) -> bool:
    """Whether one of its sentences is about what is asked, and gives the amount asked for itself."""
    priced = COSTS.search(asked.text) and MONEY.search(one.text) and ASKS_MONEY.search(one.text)
    if asked.asks == "amount" and not (asked.focus or set(asked.terms) - set(asked.names) or priced):
        return False  # nothing is said of what is to be measured
    alone = names_nobody_else(one.text, asked)
    parts = zip(sentences(one.text), one.parts, strict=True)
    return (
        not is_of_the_other(one.text, asked.text)
        and gives_kind(one.text, one.said, asked)
        and any(
            gives_amount(part, asked)
            and is_about(asked, part, said, home, weights, alone, one.said if DANGLING.match(part) else said)
            for part, said in parts
        )
    )
