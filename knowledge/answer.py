"""A keyless answer: well chosen sentences, each quoted from a stored passage, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from knowledge.cues import cue
from knowledge.documents import Passage
from knowledge.question import Question, read_question
from knowledge.relevance import Weights, bearing, says, stems
from knowledge.rows import rows_for
from knowledge.search import search
from knowledge.sentences import sentences
from knowledge.store import Store
from knowledge.understand import LATEST, understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DANGLING = re.compile(
    r"(?i)^[\"“'(]*(?:it|its|this|that|these|those|they|their|them|he|she|his|her|such|both|another|but|and|also|however|"
    r"moreover|thus|therefore|then|since then|even so|as a result|in addition|additionally|instead|so|there|similarly|"
    r"the (?:former|latter|company|two|same|figures?|move|deal|report|increase|decrease|other)|"
    r"at (?:that|this|the same) \w+|for (?:that|this) \w+|by (?:then|comparison)|further(?:more)?|otherwise)\b"
)
BOILERPLATE = re.compile(
    r"(?i)\b(?:subscribe|newsletter|cookies?|sign up|all rights reserved|click here|read more|share this|terms of use|"
    r"table of contents|forward-looking statements|incorporated by reference|refer to (?:the |part|note|item)|"
    r"see (?:accompanying|note|item|part) |i have reviewed this|as used herein|should be read in conjunction|"
    r"for (?:further|additional|more) information)\b|https?://|^\s*(?:note|item|part)\s+[\dIV]+[A-Z]?\.?"
)
MOST_COMPARED = 24
MOST = {"who": 2, "when": 2, "where": 2, "amount": 2, "reason": 4, "way": 4, "yes or no": 3, "what": 3}


@dataclass(frozen=True, slots=True)
class Claim:
    """`quote` stands word for word in the text of the passage `passages[passage_index]`; `text` says the same on its
    own: a quote on one line, or a table's row with its label, unit and period."""

    text: str
    passage_index: int
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One to four claims in reading order, and the passages they rest on, each cited by at least one claim."""

    sentences: tuple[Claim, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    text: str
    passage: int
    place: int
    said: frozenset[str]
    parts: tuple[frozenset[str], ...]
    score: float = 0.0


def answer(store: Store, question: str, today: date, k: int = 8) -> Answer | None:
    """None where nothing stored bears on the question. Reads the best `k` passages that were published by `today`;
    among those that speak of the same thing the newest comes first where the question asks how things are now."""
    asked = read_question(question)
    passages = [one for one in search(store, question, k) if one.published_on is None or one.published_on <= today]
    if not passages or not asked.terms:
        return None
    rows = rows_for(store, question, asked)
    if rows:
        return _numbered([Claim(row.text, at, row.quote) for at, row in enumerate(rows)], [row.passage for row in rows])
    vector = store.embedder.embed([question])[0]
    asked = _within_reports(asked, question, store)
    weights = Weights.of(asked, store.snapshot().lexical)
    kept = bearing(asked, passages, _cosines(store, passages, vector), weights)
    if not kept:
        return None
    candidates = _candidates(passages, kept)
    scored = _scored(candidates, passages, asked, weights, vector, store, bool(LATEST.search(question)))
    chosen = _chosen(scored, asked, weights)
    if not chosen:
        return None
    return _numbered([Claim(_on_one_line(one.text), one.passage, one.text) for one in chosen], passages)


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


def _candidates(passages: Sequence[Passage], kept: Sequence[int]) -> list[Candidate]:
    """The sentences worth saying; one that leans on the sentence before it is joined with it, or left out."""
    found: list[Candidate] = []
    for at in kept:
        text, before = passages[at].text, ""
        for line in text.split("\n"):
            for sentence in sentences(line):
                whole = sentence
                if DANGLING.match(sentence):
                    whole = f"{before} {sentence}" if before and f"{before} {sentence}" in text else ""
                before = whole if len(whole) < 400 else ""
                if whole and _is_worth_saying(whole):
                    found.append(Candidate(whole, at, len(found), stems(whole), tuple(map(stems, sentences(whole)))))
    return found


def _is_worth_saying(sentence: str) -> bool:
    letters = sum(map(str.isalpha, sentence))
    return (
        len(sentence.split()) >= 5
        and len(sentence) <= 700
        and letters >= 0.6 * len(sentence.replace(" ", ""))
        and not sentence.endswith(("?", ":", ";", ","))
        and not sentence[:1].islower()
        and not BOILERPLATE.search(sentence)
        and not sentence.isupper()
    )


def _scored(
    candidates: list[Candidate],
    passages: Sequence[Passage],
    asked: Question,
    weights: Weights,
    vector: NDArray[np.float32],
    store: Store,
    wants_newest: bool,
) -> list[Candidate]:
    if not candidates:
        return []
    # Embedding takes most of the time: only the sentences with most of the question's words are compared.
    candidates = sorted(
        candidates,
        key=lambda one: weights.coverage(one.said) + 0.3 * cue(one.text, asked) - 0.02 * one.passage,
        reverse=True,
    )[:MOST_COMPARED]
    cosines = store.embedder.embed([one.text for one in candidates]) @ vector
    newest = max((one.published_on for one in passages if one.published_on), default=None)
    scored = []
    for one, cosine in zip(candidates, cosines, strict=True):
        home = passages[one.passage]
        with_title = one.said | stems(home.title, home.company)
        if not any(_is_about(asked, part, home, weights) for part in one.parts):
            continue
        around = weights.coverage(with_title)
        score = float(cosine) + 0.4 * weights.coverage(one.said) + 0.35 * around + 0.25 * cue(one.text, asked)
        score -= 0.03 * one.passage
        if newest and home.published_on:
            age = (newest - home.published_on).days / 365
            score -= (0.3 if wants_newest else 0.05) * min(age, 2.0)
        scored.append(replace(one, score=score))
    return sorted(scored, key=lambda one: -one.score)


def _is_about(asked: Question, said: frozenset[str], home: Passage, weights: Weights) -> bool:
    """Whether one sentence under its title speaks of those named; one that answers "who" says itself what they do."""
    with_title = said | stems(home.title, home.company)
    if len(asked.names) <= 3 and not all(says(with_title, name) for name in asked.names):
        return False
    return asked.asks != "who" or len(asked.terms) > 6 or weights.of_rest(asked.names, said) >= 0.3


def _chosen(scored: Sequence[Candidate], asked: Question, weights: Weights) -> list[Candidate]:
    """The best sentence, then those nearly as good that say something more; sentences of one passage in its order."""
    if not scored or scored[0].score < 0.5:
        return []
    chosen = [scored[0]]
    for one in scored[1:]:
        if len(chosen) == MOST[asked.asks] or one.score < 0.72 * scored[0].score:
            break
        if all(_says_more(one, other) for other in chosen):
            chosen.append(one)
    first_place = {one.passage: at for at, one in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (first_place[one.passage], one.place))


def _says_more(one: Candidate, other: Candidate) -> bool:
    if one.passage == other.passage and (one.text in other.text or other.text in one.text):
        return False
    shared = len(one.said & other.said)
    return shared < 0.6 * min(len(one.said), len(other.said))


def _numbered(claims: Sequence[Claim], passages: Sequence[Passage]) -> Answer:
    """Only the cited passages, numbered in the order in which they are cited."""
    cited = list(dict.fromkeys(claim.passage_index for claim in claims))
    places = {old: new for new, old in enumerate(cited)}
    return Answer(
        tuple(replace(claim, passage_index=places[claim.passage_index]) for claim in claims),
        tuple(passages[at] for at in cited),
    )


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", text)).strip()
