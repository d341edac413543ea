"""The days on which news was published that a question asks for: "in May", "since March", "last week"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.searching.lexical import stem
from knowledge.searching.question import Question

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(),  # noqa: SIM905
        start=1,
    )
}
# Questions after what was told, whose answer need not say the month: it was published in it.
AFTER_NEWS = re.compile(
    r"(?i)\b(?:news|new|latest|happen\w*|announc\w*|report\w*|reveal\w*|publish\w*|sa(?:y|id)|headlines?|heard?|"
    r"developments?|updates?)\b|\bwhat did .+ do\b"
)
TOLD = frozenset(map(stem, ("announce", "reveal", "publish", "development", "headline", "update")))
IN_MONTH = re.compile(rf"\b(?i:(in|during|since)) ({'|'.join(map(str.title, MONTHS))})\b(?: (20\d\d))?")
UNTIL_NEWS = re.compile(
    rf"(?i)\bbefore (?:the |last |this )*({'|'.join(MONTHS)})['’]?s?(?: (20\d\d))?"
    r"(?: (?:update|change|cut|rise|raise|revision|news|announcement|report))?\b"
)
LATELY = re.compile(r"(?i)\b(this|last|past) (week|month)\b")
RELATIVE_YEAR = re.compile(r"(?i)\b(next|coming|this|last) year\b")
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2, "few": 3}
DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
OVER_LAST = re.compile(
    rf"(?i)\b(?:last|past) (?P<many>\d{{1,3}}|{'|'.join(COUNTS)}) (?P<unit>day|week|month|quarter|year)s\b"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Days inclusive at both ends. `words` are the stems that name it, which a text need not say."""

    start: date
    end: date
    words: frozenset[str] = frozenset()

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def news_window(question: str, today: date) -> Window | None:
    """None where the question is not after news of certain days. A month without a year is its latest one that has
    begun; last week is the seven days before this week's Monday and the days since."""
    if found := UNTIL_NEWS.search(question):
        month = MONTHS[found.group(1).lower()]
        year = int(found.group(2) or (today.year if month <= today.month else today.year - 1))
        return Window(date.min, date(year, month, 1) - timedelta(days=1), stems_of_words(found.group()))
    if not AFTER_NEWS.search(question):
        return None
    if found := IN_MONTH.search(question):
        month = MONTHS[found.group(2).lower()]
        year = int(found.group(3) or (today.year if month <= today.month else today.year - 1))
        start = date(year, month, 1)
        end = today if found.group(1).lower() == "since" else _month_end(start)
        return Window(start, min(end, today), frozenset({stem(found.group(2).lower()), found.group(3) or ""} - {""}))
    if found := OVER_LAST.search(question):
        many = COUNTS.get(found["many"].lower()) or int(found["many"])
        return Window(today - timedelta(days=many * DAYS[found["unit"].lower()]), today, stems_of_words(found.group()))
    if found := LATELY.search(question):
        which, unit = found.group(1).lower(), found.group(2).lower()
        if unit == "week":
            monday = today - timedelta(days=today.weekday())
            return Window(monday if which == "this" else monday - timedelta(days=7), today)
        first = today.replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        return Window(first, today) if which == "this" else Window(before, first - timedelta(days=1))
    return None


def year_meant(question: str, today: date) -> str:
    """`2027` for "next year" asked in 2026; empty where no year is meant so."""
    found = RELATIVE_YEAR.search(question)
    return str(today.year + {"next": 1, "coming": 1, "this": 0, "last": -1}[found[1].lower()]) if found else ""


def stems_of_words(text: str) -> frozenset[str]:
    return frozenset(map(stem, re.findall(r"\w+", text.lower())))


def without_window(asked: Question, window: Window) -> Question:
    """What is asked of the texts that were published in the window."""
    unsaid = window.words | TOLD
    return replace(
        asked,
        terms=tuple(term for term in asked.terms if term not in unsaid),
        names=tuple(name for name in asked.names if name not in unsaid),
    )


def _month_end(start: date) -> date:
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return following - timedelta(days=1)
