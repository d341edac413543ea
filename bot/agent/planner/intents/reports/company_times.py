"""Which fiscal periods a question on companies' books names."""

from __future__ import annotations

import re

from bot.agent.planner.intents.reports.quarters_ended import ended_spans, quarter_ended
from bot.agent.planner.plan import Args

YEARS = re.compile(r"\byears?\b|\bannual(?:ly)?\b|\byearly\b", re.IGNORECASE)
FISCAL = re.compile(r"\b(?:fy|fiscal(?: years?)?|financial years?)\s*'?(?P<year>20\d{2}|\d{2})\b", re.IGNORECASE)
CALENDAR = re.compile(
    r"\b(?:calendar(?: years?)?|cy)\s*'?(?P<year>20\d{2}|\d{2})\b|\b(?P<after>20\d{2})\s*\(?calendar\b", re.IGNORECASE
)
PLAIN_YEAR = re.compile(r"(?<![\w.,$€£-])(20[0-3]\d)(?![\w%]|[.,]\d)")
RANGE = re.compile(r"\s*(?:-|–|to|through|until|till|and)\s*(?:fy|fiscal(?: year)?)?\s*$", re.IGNORECASE)
QUARTER = re.compile(
    r"\bq(?P<quarter>[1-4])(?=\b|fy)|\b(?P<other>[1-4])q\d{0,2}\b"
    r"|\b(?P<word>first|second|third|fourth|1st|2nd|3rd|4th) (?:fiscal )?quarter\b",
    re.IGNORECASE,
)
BEFORE_IT = re.compile(
    r"\b(?:vs\.?|versus|against|than|compared\b.{0,9}|and)\s+(?:the\s+)?(?:\w+\s+)?(?:before|previous|prior|preceding)\b",
    re.IGNORECASE,
)
WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
LAST = re.compile(
    rf"\b(?:last|past|latest|recent|previous|prior)\s+(?P<count>\d+|{'|'.join(NUMBERS)})\s+"
    r"(?:reported\s+|full\s+|complete\s+)?(?P<fiscal>fiscal\s+)?(?P<unit>quarters?|years?|qs?\b|fys?\b)",
    re.IGNORECASE,
)
LATEST = re.compile(
    r"\b(?:last|latest|newest|most recent|previous|this|current)\s+(?:reported\s+|full\s+|complete\s+)?(?:fiscal\s+)?"
    r"(?P<unit>quarter|year)\b",
    re.IGNORECASE,
)


TIMES = frozenset({"fiscal_year", "fiscal_years", "calendar_year", "year", "quarter", "last", "by", "ended"})


def times_asked(text: str) -> Args:
    """Which periods are asked for; empty where none is named."""
    if ended := quarter_ended(text):
        return {"ended": ended}
    args: Args = {}
    quarter = QUARTER.search(text)
    if quarter:
        number = quarter["quarter"] or quarter["other"]
        args["quarter"] = int(number) if number else WORDS[quarter["word"].lower()]
    if calendar := CALENDAR.search(text):
        return {"calendar_year": _full(calendar["year"] or calendar["after"])}
    years = _years(text, FISCAL) or _years(text, PLAIN_YEAR)
    fiscal = FISCAL.search(text) is not None
    if len(years) > 1:
        args["fiscal_years"] = years
    elif years:
        args["fiscal_year" if fiscal or "quarter" in args else "year"] = years[0]
    elif last := LAST.search(text):
        args["last"] = NUMBERS.get(last["count"].lower()) or int(last["count"])
        args["by"] = "year" if last["unit"][0] in "yYfF" else "quarter"
    elif (latest := LATEST.search(text)) and "quarter" not in args:
        args |= {"last": 2 if BEFORE_IT.search(text) else 1, "by": latest["unit"].lower()}
    elif YEARS.search(text) and not re.search(r"\bquarter", text, re.IGNORECASE):
        args["by"] = "year"
    if years and "quarter" not in args:
        args["by"] = "quarter" if re.search(r"\bquarter", text, re.IGNORECASE) else "year"
    return args


def _years(text: str, pattern: re.Pattern[str]) -> tuple[int, ...]:
    """The years that a pattern finds, with those between two joined by `to`."""
    found: list[int] = []
    for match in PLAIN_YEAR.finditer(text) if pattern is PLAIN_YEAR else _fiscal(text):
        year = _full(match[0] if pattern is PLAIN_YEAR else match["year"])
        start = match.start()
        joined = RANGE.search(text[max(0, start - 24) : start])
        spans = joined and ("and" not in joined[0].lower() or re.search(r"\bbetween\b", text, re.IGNORECASE))
        if found and spans and found[-1] < year:
            found += range(found[-1] + 1, year)
        found.append(year)
    return tuple(dict.fromkeys(found))


def _fiscal(text: str) -> list[re.Match[str]]:
    """Fiscal years, and the plain years that go on after the first: `fiscal 2023 to 2025`."""
    first = FISCAL.search(text)
    if first is None:
        return []
    more = re.compile(
        r"(?:(?<![\w.,$€£])|(?<=fy)|(?<=fy\s))(?P<year>20\d{2}|(?<=fy)\d{2}|(?<=fy\s)\d{2})(?!\w|%)", re.IGNORECASE
    )
    return [first, *more.finditer(text, first.end())]


def _full(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def read_spans(text: str) -> list[tuple[int, int]]:
    """What in a question tells its periods."""
    patterns = (FISCAL, CALENDAR, QUARTER, LAST, LATEST, BEFORE_IT, YEARS)
    return [*ended_spans(text), *(found.span() for pattern in patterns for found in pattern.finditer(text))]
