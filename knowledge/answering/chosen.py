"""Which of the sentences that answer a question are told, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from knowledge.answering.agreement import DATED, differs, figures, repeats
from knowledge.answering.candidates import Candidate
from knowledge.answering.cues import cue
from knowledge.answering.focus import is_theme
from knowledge.documents import Passage, day_of
from knowledge.searching.question import Question
from knowledge.searching.relevance import says, stems

MOST_SENTENCES = 3
MOST_CLAIMS = {"who": 2, "when": 2, "where": 2, "amount": 2, "reason": 3, "way": 3, "yes or no": 3, "what": 3}
LEAST_SCORE = 0.5
# A further sentence must be so nearly as good as the best one, and one that is to lead in its place so nearly.
NEARLY = 0.72
NEARLY_TO_LEAD = 0.8
# Of the same text, on what it was asked to say about.
OF_THEME = 0.6
# Where the newest is wanted.
NEWER_TO_LEAD = 0.68
LEAD_WITH_IT = ("amount", "when", "who")
AT_ONE_TIME = timedelta(days=31)


def chosen(
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
        told = [one for one in scored if one.score >= NEWER_TO_LEAD * first.score]
        asked_after = [term for term in asked.terms if term not in asked.names and says(first.said, term)]
        told = [
            one
            for one in told
            if cue(one.text, asked) >= cue(first.text, asked) and all(says(one.said, term) for term in asked_after)
        ]
        first = max(told, key=lambda one: (day_of(passages[one.passage]), one.score))
    elif asked.asks != "yes or no" and not DATED.search(asked.text):
        first = _newer_edition(first, scored, passages)
    chosen, length = [first], len(first.parts)
    has_cue = cue(first.text, asked) > 0
    theme = asked.terms[-1:] if is_theme(asked.text) else ()
    named = [name for name in asked.names if says(first.said, name)]
    told_of_it = [term for term in asked.terms if term not in asked.names and says(first.said, term)]
    for one in scored:
        of_theme = one.passage == first.passage and theme and all(says(one.said, term) for term in theme)
        if len(chosen) == MOST_CLAIMS[asked.asks] or one.score < (OF_THEME if of_theme else NEARLY) * scored[0].score:
            break
        if length + len(one.parts) > MOST_SENTENCES or (has_cue and not cue(one.text, asked)):
            continue
        title = stems(passages[one.passage].title) if one.passage == first.passage else frozenset()
        if not all(says(one.said | title, name) for name in named):
            continue
        if wants_newest and _is_older(one, first, passages):
            continue
        if asked.asks in LEAD_WITH_IT and not all(says(one.said | title, term) for term in told_of_it):
            continue
        if all(_says_more(one, other, passages) for other in chosen):
            chosen.append(one)
            length += len(one.parts)
    if asked.asks in LEAD_WITH_IT:
        return chosen
    first_place = {one.passage: at for at, one in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (first_place[one.passage], one.place))


def _newer_edition(first: Candidate, scored: Sequence[Candidate], passages: Sequence[Passage]) -> Candidate:
    """The same statement of the same publisher in its newest text, where nothing asks for an earlier one."""
    home = passages[first.passage]
    same = [
        one
        for one in scored
        if passages[one.passage].publisher == home.publisher
        and one.score >= NEARLY_TO_LEAD * first.score
        and (one is first or (repeats(one.said, first.said) and figures(one.text)))
    ]
    return max(same, key=lambda one: (day_of(passages[one.passage]), one.score))


def _is_older(one: Candidate, first: Candidate, passages: Sequence[Passage]) -> bool:
    """One that gives another figure for the same thing within weeks is no older answer but a contradicting one."""
    between = day_of(passages[first.passage]) - day_of(passages[one.passage])
    return between > timedelta() and not (between <= AT_ONE_TIME and differs(one.text, first.text))


def _says_more(one: Candidate, other: Candidate, passages: Sequence[Passage]) -> bool:
    if one.passage == other.passage and (one.text in other.text or other.text in one.text):
        return False
    if passages[one.passage].article_id != passages[other.passage].article_id and differs(one.text, other.text):
        return True
    return not repeats(one.said, other.said)
