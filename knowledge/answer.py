"""A keyless answer: well chosen sentences, each quoted from a stored passage, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from knowledge.about import is_about
from knowledge.agreement import differs, publishers_saying, repeats
from knowledge.candidates import Candidate, as_said, candidates_in
from knowledge.cues import cue, gives_amount, gives_kind, names_nobody_else
from knowledge.documents import Passage
from knowledge.news_window import news_window, without_window
from knowledge.question import Question, read_question
from knowledge.relevance import Weights, bearing, says, stems
from knowledge.row_told import Row
from knowledge.rows import rows_for
from knowledge.search import search
from knowledge.store import Store
from knowledge.time_told import in_period
from knowledge.understand import LATEST, understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Embedding a sentence takes 5 to 15 ms: only so many, of so many words, are compared by meaning: those with most words
# of the question.
MOST_COMPARED = 6
MOST_WORDS_COMPARED = 170
MOST_SENTENCES = 3
MOST_CLAIMS = {"who": 2, "when": 2, "where": 2, "amount": 2, "reason": 3, "way": 3, "yes or no": 3, "what": 3}
LEAST_SCORE = 0.5
# A sentence less alike than this must say something of what is asked beside the names.
LEAST_MEANT = 0.6
# A further sentence must be so nearly as good as the best one, and one that is to lead in its place so nearly.
NEARLY = 0.72
NEARLY_TO_LEAD = 0.8
# For a sentence that says the names asked for itself, not only under its title.
NAMES_ITSELF = 0.12
LEAD_WITH_IT = ("amount", "when", "who")
AT_ONE_TIME = timedelta(days=31)
# So many times more passages are looked through where only those of certain days count.
WITHIN = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """`quote` stands word for word in the text of the passage `passages[passage_index]`; `text` says the same on its
    own: a quote on one line, or a table's row with its label, unit and period. `publishers` are those found to say the
    same, the quoted one first. `figure` is the row of a table that the claim tells."""

    text: str
    passage_index: int
    quote: str
    publishers: tuple[str, ...] = ()
    figure: Row | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One to four claims, at most three sentences of prose, and the passages they rest on, each cited by at least one
    claim. `disagree` where claims give different figures for the same thing: then the newest comes first."""

    sentences: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    disagree: bool = False


def answer(store: Store, question: str, today: date, k: int = 8) -> Answer | None:
    """None where nothing stored bears on the question. Reads the best `k` passages that were published by `today`;
    among those that speak of the same thing the newest comes first where the question asks how things are now."""
    asked, passages = _asked_of(store, question, today, k)
    if not passages or not asked.terms:
        return None
    rows = rows_for(store, question, read_question(question))
    if rows:
        claims = [Claim(row.text, at, row.quote, (row.passage.publisher,), row) for at, row in enumerate(rows)]
        return _numbered(claims, [row.passage for row in rows])
    vector = store.vectors_of([question])[0]
    asked = _within_reports(asked, question, store)
    weights = Weights.of(asked, store.snapshot().lexical)
    kept = bearing(asked, passages, _cosines(store, passages, vector), weights)
    candidates = [one for one in candidates_in(passages, kept) if in_period(one.text, passages[one.passage], question)]
    scored = _scored(candidates, passages, asked, weights, vector, store)
    wants_newest = bool(LATEST.search(question))
    chosen = _chosen(scored, passages, asked, wants_newest)
    disagree = any(differs(one.text, other.text) for at, one in enumerate(chosen) for other in chosen[:at])
    if disagree:
        chosen = sorted(chosen, key=lambda one: _day(passages[one.passage]), reverse=True)
    claims = [
        Claim(as_said(one.text), one.passage, one.text, publishers_saying(one, scored, passages)) for one in chosen
    ]
    return _numbered(claims, passages, disagree) if claims else None


def _asked_of(store: Store, question: str, today: date, k: int) -> tuple[Question, list[Passage]]:
    """The question and the best passages of those published by `today`, or in the days whose news are asked for."""
    asked = read_question(question)
    if window := news_window(question, today):
        found = search(store, question, WITHIN * k, window.start)
        if within := [one for one in found if window.holds(one.published_on)][:k]:
            return without_window(asked, window), within
    return asked, [one for one in search(store, question, k) if one.published_on is None or one.published_on <= today]


def _within_reports(asked: Question, question: str, store: Store) -> Question:
    """A question about a company's report names its period in ways that the text does not repeat."""
    said = understand(question, store.snapshot().heads)
    if not said.articles:
        return asked
    period = re.compile(r"(?:fy|q[1-4]|20\d\d|fiscal|quarter\w*|10-?[kq]s?|\d+)")
    return replace(
        asked,
        terms=tuple(term for term in asked.terms if not period.fullmatch(term)),
        names=tuple(name for name in asked.names if not period.fullmatch(name)),
        numbered=(),
    )


def _cosines(store: Store, passages: Sequence[Passage], vector: NDArray[np.float32]) -> list[float]:
    """By the stored vectors; a passage that is gone meanwhile counts as unlike."""
    numbers = store.registry.numbers_of([one.id for one in passages])
    found, vectors = store.registry.vectors(list(numbers.values()))
    by_number = dict(zip(found, (vectors @ vector).tolist() if found else [], strict=True))
    return [by_number.get(numbers.get(one.id, -1), 0.0) for one in passages]


def _scored(
    candidates: list[Candidate],
    passages: Sequence[Passage],
    asked: Question,
    weights: Weights,
    vector: NDArray[np.float32],
    store: Store,
) -> list[Candidate]:
    """The candidates that speak of what is asked, best first."""
    about = [
        one
        for one in candidates
        if any(
            is_about(asked, part, passages[one.passage], weights, names_nobody_else(one.text, asked))
            for part in one.parts
        )
        and gives_amount(one.text, asked)
        and gives_kind(one.text, one.said, asked)
    ]
    likely = sorted(
        about,
        key=lambda one: weights.coverage(one.said) + 0.3 * cue(one.text, asked) - 0.02 * one.passage,
        reverse=True,
    )[:MOST_COMPARED]
    lengths = accumulate(len(one.text.split()) for one in likely)
    likely = [one for one, length in zip(likely, lengths, strict=True) if length <= MOST_WORDS_COMPARED]
    if not likely:
        return []
    cosines = store.vectors_of([one.text for one in likely]) @ vector
    newest = max((one.published_on for one in passages if one.published_on), default=None)
    scored = []
    for one, cosine in zip(likely, cosines, strict=True):
        home = passages[one.passage]
        told = one.said | stems(home.title) if asked.asks == "reason" else one.said
        if cosine < LEAST_MEANT and not weights.of_rest(asked.names, told):
            continue
        around = weights.coverage(one.said | stems(home.title, home.company))
        score = float(cosine) + 0.4 * weights.coverage(one.said) + 0.35 * around + 0.25 * cue(one.text, asked)
        score += NAMES_ITSELF * all(says(one.said, name) for name in asked.names) - 0.03 * one.passage
        if newest and home.published_on:
            score -= 0.05 * min((newest - home.published_on).days / 365, 2.0)
        scored.append(replace(one, score=score))
    return sorted(scored, key=lambda one: -one.score)


def _chosen(
    scored: Sequence[Candidate], passages: Sequence[Passage], asked: Question, wants_newest: bool
) -> list[Candidate]:
    """The best sentence, then those nearly as good that name the same and say more. Where the newest is wanted, the
    newest of the good ones leads and nothing older follows it."""
    if not scored or scored[0].score < LEAST_SCORE:
        return []
    first = scored[0]
    good = [one for one in scored if one.score >= NEARLY_TO_LEAD * first.score]
    if asked.asks in ("reason", "way", *LEAD_WITH_IT) and (
        telling := [one for one in good if cue(one.text, asked) > 0.5]
    ):
        good, first = telling, telling[0]
    if wants_newest:
        first = max(good, key=lambda one: (_day(passages[one.passage]), one.score))
    chosen, length = [first], len(first.parts)
    has_cue = cue(first.text, asked) > 0
    named = [name for name in asked.names if says(first.said, name)]
    for one in scored:
        if len(chosen) == MOST_CLAIMS[asked.asks] or one.score < NEARLY * scored[0].score:
            break
        if length + len(one.parts) > MOST_SENTENCES or (has_cue and not cue(one.text, asked)):
            continue
        title = stems(passages[one.passage].title) if one.passage == first.passage else frozenset()
        if not all(says(one.said | title, name) for name in named):
            continue
        if wants_newest and _is_older(one, first, passages):
            continue
        if all(_says_more(one, other, passages) for other in chosen):
            chosen.append(one)
            length += len(one.parts)
    if asked.asks in LEAD_WITH_IT:
        return chosen
    first_place = {one.passage: at for at, one in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (first_place[one.passage], one.place))


def _is_older(one: Candidate, first: Candidate, passages: Sequence[Passage]) -> bool:
    """One that gives another figure for the same thing within weeks is no older answer but a contradicting one."""
    between = _day(passages[first.passage]) - _day(passages[one.passage])
    return between > timedelta() and not (between <= AT_ONE_TIME and differs(one.text, first.text))


def _says_more(one: Candidate, other: Candidate, passages: Sequence[Passage]) -> bool:
    if one.passage == other.passage and (one.text in other.text or other.text in one.text):
        return False
    if passages[one.passage].article_id != passages[other.passage].article_id and differs(one.text, other.text):
        return True
    return not repeats(one.said, other.said)


def _day(passage: Passage) -> date:
    return passage.published_on or date.min


def _numbered(claims: Sequence[Claim], passages: Sequence[Passage], disagree: bool = False) -> Answer:
    """Only the cited passages, numbered in the order in which they are cited."""
    cited = list(dict.fromkeys(claim.passage_index for claim in claims))
    places = {old: new for new, old in enumerate(cited)}
    return Answer(
        tuple(replace(claim, passage_index=places[claim.passage_index]) for claim in claims),
        tuple(passages[at] for at in cited),
        disagree,
    )
