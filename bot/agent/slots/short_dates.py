"""Dates in figures without a year (`from 14/6 to 20/6`, `on 6/14`), and ranges of dates in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.agent.slots.calendar_parts import Part
from tools.period import Period

# Two numbers that a slash parts are a date only where such words stand before them: elsewhere they may be a fraction.
_SHORT = re.compile(
    r"(?P<cue>\b(?:on|from|since|until|till|through|thru|between|dated|starting|ending|week\s+of|w/c|as\s+of)\s+)"
    r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?![\w/%]|[.,]\d)(?!\s*(?:of|percent|input|output|tokens?|split|in/out)\b)"
    r"(?:(?P<to>\s*(?:-|–|to|through|thru|until|till|and|up\s+to)\s*)(?P<one2>\d{1,2})/(?P<other2>\d{1,2})(?![\w/%]|[.,]\d))?",
    re.IGNORECASE,
)
# Beside another one a date needs no such word: `7/1-7/15`.
_BARE_RANGE = re.compile(
    r"(?<![\w/.,:$-])(?P<one>\d{1,2})/(?P<other>\d{1,2})(?P<to>\s*(?:-|–|to|through|thru|until|till)\s*)"
    r"(?P<one2>\d{1,2})/(?P<other2>\d{1,2})(?![\w/%]|[.,]\d)(?!\s*(?:of|percent|input|output|tokens?|split|in/out)\b)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<other>\d{1,2})(?:(?P=mark)\d{2,4})?")
LAST_MONTH = 12


def short_dates(flat: str, today: date) -> Iterator[Part]:
    """The latest days not after today that the figures may mean, month first, the other reading kept; nothing for
    figures that are no day of a year."""
    for match in (*_SHORT.finditer(flat), *_BARE_RANGE.finditer(flat)):
        for one, other in (("one", "other"), ("one2", "other2")):
            if match[one] is None:
                continue
            orders = ((int(match[one]), int(match[other])), (int(match[other]), int(match[one])))
            found = [day for month, number in orders if (day := _latest(month, number, today)) is not None]
            if found:
                days = [Period(day, day + timedelta(1)) for day in dict.fromkeys(found)]
                yield Part(match.start(one), match.end(other), days[0], "day", others=tuple(days[1:]))


def _latest(month: int, number: int, today: date) -> date | None:
    for year in (today.year, today.year - 1):
        try:
            day = date(year, month, number)
        except ValueError:
            return None
        if day <= today:
            return day
    return None


def read_alike(flat: str, first: Part, last: Part) -> tuple[Part, Part]:
    """Two dates in figures of one range, each in the order of day and month that the other leaves it."""
    if bool(first.others) == bool(last.others):
        return first, last
    sure, open_ = (last, first) if first.others else (first, last)
    told, unsure = (_FIGURES.fullmatch(flat[part.start : part.end]) for part in (sure, open_))
    if told is None or unsure is None:
        return first, last
    day_first = int(told["one"]) > LAST_MONTH
    number = int(unsure["one"] if day_first else unsure["other"])
    reading = next((p for p in (open_.period, *open_.others) if p.start.day == number), open_.period)
    fixed = replace(open_, period=reading, others=())
    return (fixed, last) if open_ is first else (first, fixed)


def other_spans(first: Part, last: Part) -> tuple[Period, ...]:
    """What a range of two dates may mean besides, where both may be read the other way."""
    both = zip(first.others, last.others, strict=False)
    return tuple(Period(one.start, other.end) for one, other in both if one.start < other.end)


def begun(part: Part, today: date) -> Part:
    """The part without the readings that end after today, where another does not."""
    past = [period for period in (part.period, *part.others) if period.last_day <= today]
    return replace(part, period=past[0], others=tuple(past[1:])) if part.others and past else part
