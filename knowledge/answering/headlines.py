"""What is new of somebody or something: the latest few texts that speak of it, newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.agreement import figures, repeats
from knowledge.answering.candidates import Candidate, candidates_in
from knowledge.documents import Passage, day_of
from knowledge.searching.news_window import Window
from knowledge.searching.question import Question, read_question
from knowledge.searching.relevance import says, stems
from knowledge.searching.search import search
from knowledge.store import Store

MOST = 4
LOOKED_THROUGH = 40
SUBJECT = r"(?P<what>[^?.!,;:]{2,60}?)"
TIME = (
    r"(?:\s+(?:in|since|during|from|this|last|past|over|within|for|lately|recently|so far|right now|now|today|"
    r"these days|at the moment)\b[^?,]{0,40})?"
)
OPEN = r"^\W*(?:(?:hey|hi|hello|ok|so|and|please|outlay|quick one)\b\W*)*"
ON = r"(?:on|about|at|with|from|of|regarding|concerning|around|for|in|to)"
SOME = (
    r"(?:(?:any|some|more|the|there|you|we|heard|seen|got|have|show|give|tell|me|us|latest|newest|recent|new|good|bad|big|"
    r"further|other|what|whats|what['’]s|is|are|of|search|find|summari[sz]e|all)\s+){0,6}?"
)
MOST_WORDS = 16
NEWS_OF = tuple(
    re.compile(rf"(?i){OPEN}{words}{TIME}\W*$")
    for words in (
        rf"(?:(?:is|are|was|were|has|have|do|did|can|could)\s+)?{SOME}(?:news|headlines|stories|articles|"
        rf"updates?|developments?)\s+{ON}\s+{SUBJECT}",
        rf"what(?:['’]?s|\s+is|\s+are|\s+has)?\s+(?:(?:been|there)\s+)?(?:the\s+)?(?:new|latest|newest|happening|"
        rf"going on|happened|recent)\s+{ON}\s+{SUBJECT}",
        rf"(?:is\s+there\s+)?(?:anything|something)\s+(?:new|recent|happening|interesting|going on)\s+{ON}\s+{SUBJECT}",
        rf"what\s+(?:do\s+(?:we|you)\s+(?:know|have)|have\s+(?:we|you)(?:\s+got)?|can\s+you\s+tell\s+me|is\s+known)\s+"
        rf"(?:on|about)\s+{SUBJECT}",
        rf"(?:tell\s+me\s+about|the\s+latest\s+(?:on|about|from))\s+{SUBJECT}",
        rf"(?:(?:any|latest|recent|the)\s+)*{SUBJECT}\s+news",
    )
)
# What is asked of prices and spend is no news.
OF_FIGURES = re.compile(r"(?i)\b(?:prices?|costs?|spend\w*|bills?|budget\w*|our|my|we|us)\b")


def subject_of(text: str) -> str:
    """What news are asked of, empty where the question asks something else."""
    if len(text.split()) > MOST_WORDS:
        return ""
    found = next((found for one in NEWS_OF if (found := one.search(text))), None)
    return re.sub(r"(?i)^(?:the|a|an|our)\s+", "", found["what"]).strip() if found else ""


def headlines(store: Store, text: str, today: date, window: Window | None) -> list[tuple[Candidate, Passage]]:
    """A sentence of each of up to four texts on the subject, published by `today` and in the window, newest first."""
    subject = subject_of(text)
    about = read_question(f"About {subject}") if subject else None
    if about is None or not about.terms:
        return []
    found = search(store, subject, LOOKED_THROUGH)
    passages = [one for one in found if (one.published_on or date.min) <= today and not one.period]
    if window:
        passages = [one for one in passages if window.holds(one.published_on)]
    told: list[tuple[Candidate, Passage]] = []
    seen: set[str] = set()
    for at in sorted(range(len(passages)), key=lambda at: day_of(passages[at]), reverse=True):
        one = passages[at]
        if one.article_id in seen or not (sentence := _on(about, passages, at)):
            continue
        if any(_says_the_same(sentence, other) for other, _ in told):
            continue
        seen.add(one.article_id)
        told.append((sentence, one))
    return told[:MOST]


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    return repeats(one.said, other.said) and figures(one.text) == figures(other.text)


def _on(about: Question, passages: Sequence[Passage], at: int) -> Candidate | None:
    """The first sentence of a text on the subject that names it, or opens a text whose title does."""
    titled = stems(passages[at].title)
    inside = candidates_in(passages, [at])
    naming = next((one for one in inside if all(says(one.said, term) for term in about.terms)), None)
    if naming is not None and naming.place and not all(says(titled, term) for term in about.terms):
        return replace(naming, lead=passages[at].title)
    if naming is None and all(says(titled, term) for term in about.terms):
        return inside[0] if inside else None
    return naming
