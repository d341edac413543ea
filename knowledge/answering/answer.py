"""A keyless answer: well chosen sentences, each quoted from a stored passage, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.about import completed
from knowledge.answering.agreement import differs, publishers_saying
from knowledge.answering.candidates import Candidate, as_said, candidates_in
from knowledge.answering.chosen import MOST_CLAIMS, chosen
from knowledge.answering.elaborated import asks_how, elaborated
from knowledge.answering.headlines import headlines
from knowledge.answering.internal import is_internal
from knowledge.answering.nearness import nearness
from knowledge.answering.over_time import asks_over_time, over_time
from knowledge.answering.roles import asks_before, asks_who_now, gone_since
from knowledge.answering.scored import scored
from knowledge.answering.text_tables import cells_for
from knowledge.answering.time_told import in_period, of_an_earlier_time, of_other_months
from knowledge.answering.updates import update_of
from knowledge.documents import Passage, day_of
from knowledge.reports.row_told import Row
from knowledge.reports.rows import rows_for
from knowledge.searching.news_window import news_window, without_window, year_meant
from knowledge.searching.question import Question, read_question
from knowledge.searching.relevance import Weights, bearing, stems
from knowledge.searching.search import search
from knowledge.searching.understand import LATEST, understand
from knowledge.store import Store

# So many times more passages are looked through where only those of certain days count.
WITHIN = 5
# What a sentence must score, and the share of the question it must say, to be told where it gives no reason for it.
SAID_IT, SAID_ALL = 1.4, 0.99


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
    claim. `disagree` where claims give different figures for the same thing: then the newest comes first.
    `unexplained` where a reason is asked for and the claim only tells what happened. `latest` where the claims are the
    latest on a subject, each of its own text, newest first; `note` says what they are where they are not what was
    asked for. `covers` is the share of the question's weight, 0 to 1, that the first claim says with its title."""

    sentences: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    disagree: bool = False
    unexplained: bool = False
    note: str = ""
    latest: bool = False
    covers: float = 1.0


def answer(store: Store, question: str, today: date, k: int = 8) -> Answer | None:
    """None where nothing stored bears on the question. Reads the best `k` passages that were published by `today`;
    among those that speak of the same thing the newest comes first where the question asks how things are now."""
    if latest := _latest(store, question, today):
        return latest
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
    kept = bearing(asked, passages, nearness(store, passages, asked, weights, vector), weights)
    if cells := cells_for(
        asked, passages, [at for at in range(len(passages)) if is_internal(passages[at]) or at in kept]
    ):
        in_table = [Claim(one.text, one.passage, one.quote, (passages[one.passage].publisher,)) for one in cells]
        return _numbered(in_table, passages)
    joined = asked.asks if asked.asks in ("who", "yes or no") else ""
    candidates = [
        one
        for one in candidates_in(passages, kept, joined, asked.terms)
        if in_period(one.text, passages[one.passage], question)
    ]
    if asked.asks == "amount":
        candidates = [one for one in candidates if not of_other_months(one.text, question)]
    ranked = scored(candidates, passages, asked, weights, vector, store, year_meant(question, today))
    series = over_time(ranked, passages, asked) if asks_over_time(asked) else []
    told = chosen(ranked, passages, asked, bool(LATEST.search(question)) or asks_who_now(asked))
    told = series if len(series) > 1 else told
    unexplained = not told and asked.asks == "reason"
    if unexplained:
        asked = replace(asked, asks="what")
        ranked = [one for one in scored(candidates, passages, asked, weights, vector, store) if one.score >= SAID_IT]
        told = [one for one in ranked[:1] if weights.coverage(one.said) >= SAID_ALL]
    disagree = len(series) < 2 and any(
        differs(one.text, other.text) for at, one in enumerate(told) for other in told[:at]
    )
    if disagree:
        told = sorted(told, key=lambda one: day_of(passages[one.passage]), reverse=True)
    if told and len(series) < 2 and not of_an_earlier_time(question):
        every = candidates_in(passages, range(len(passages)))
        if asked.asks == "who" and not asks_before(asked) and (gone := gone_since(told[0], every, passages, asked)):
            told = gone
        elif newer := update_of(told[0], every, passages, asked):
            told = [newer, *(one for one in told if one.text != newer.text)][: MOST_CLAIMS[asked.asks]]
    if told and asks_how(asked):
        first = elaborated(told[0], passages)
        beside = [one for one in told[1:] if one.passage == first.passage and one.text not in first.text]
        told = [first, *(one for one in beside if told[0].text not in one.text)]
    claims = [Claim(_as_told(one), one.passage, one.text, publishers_saying(one, ranked, passages)) for one in told]
    if not claims:
        return None
    home = passages[told[0].passage]
    said = told[0].said | stems(home.title, home.publisher, home.company)
    covers = weights.coverage(said | completed(asked, said, home))
    return replace(_numbered(claims, passages, disagree), unexplained=unexplained, covers=covers)


def _latest(store: Store, question: str, today: date) -> Answer | None:
    """What is new of a subject; where nothing was told in the days asked for, what was told before."""
    window = news_window(question, today)
    found, note = headlines(store, question, today, window), ""
    if not found and window and (found := headlines(store, question, window.start, None)):
        note = f"Nothing in the indexed texts from {window.start.isoformat()} on; the latest before that:"
    if not found:
        return None
    claims = [
        Claim(_as_told(one), at, one.text, tuple(name for name in (home.publisher, *home.also) if name))
        for at, (one, home) in enumerate(found)
    ]
    return replace(_numbered(claims, [home for _, home in found]), note=note, latest=True)


def _as_told(one: Candidate) -> str:
    return f"{one.lead}: {as_said(one.text)}" if one.lead else as_said(one.text)


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


def _numbered(claims: Sequence[Claim], passages: Sequence[Passage], disagree: bool = False) -> Answer:
    """Only the cited passages, numbered in the order in which they are cited."""
    cited = list(dict.fromkeys(claim.passage_index for claim in claims))
    places = {old: new for new, old in enumerate(cited)}
    return Answer(
        tuple(replace(claim, passage_index=places[claim.passage_index]) for claim in claims),
        tuple(passages[at] for at in cited),
        disagree,
    )
