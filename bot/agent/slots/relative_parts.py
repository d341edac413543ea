"""Stretches named from today: last month, year to date, the last 30 days, two weeks ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.agent.slots.calendar_parts import Grain, Part, Today, iso_week
from bot.agent.slots.calendar_words import MONTH, month_number
from bot.agent.slots.number_words import read_words
from tools.period import Period, months_after

_UNIT = r"(?P<unit>day|week|month|quarter|year)"
_COUNT = (
    r"(?P<count>\d{1,4}|an?\s+couple\s+of|couple\s+of|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen"
    r"|fifteen|eighteen|twenty(?:[\s-]four)?|thirty|sixty|ninety)"
)
_FULL = r"(?:(?:full|complete|completed|calendar|whole|business|entire)\s+)?"
_TO_DATE = re.compile(
    rf"\b(?:(?:this\s+)?{_UNIT}[\s-]to[\s-]date|(?P<short>[wmqy]td)|so\s+far\s+this\s+(?P<unit2>week|month|quarter|year)"
    r"|(?:this|the|current)\s+(?P<unit3>week|month|quarter|year)\s+(?:so\s+far|until\s+now|up\s+to\s+now|until\s+today))\b",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:this|(?:the\s+)?current)\s+(?P<unit>week|month|quarter|year)\b(?!\s+(?:so\s+far|to\s+date))", re.I
)
_NEXT = re.compile(rf"\b(?:next|(?:the\s+)?(?:coming|upcoming|following))\s+(?:{_COUNT}\s+)?{_FULL}{_UNIT}s?\b", re.I)
_LAST = re.compile(
    r"\b(?:the\s+)?(?:(?P<past>over\s+the\s+(?:past|last)|past)|last|previous|prior|preceding|latest|most\s+recent)\s+"
    rf"{_FULL}{_UNIT}(?!s|\s+but\b|\s+before\b)\b",
    re.IGNORECASE,
)
_LAST_FEW = re.compile(
    rf"\b(?:the\s+)?(?:last|past|previous|prior|preceding|trailing|latest|recent|most\s+recent)\s+{_COUNT}[\s-]?{_FULL}"
    r"(?:(?P<unit>day|week|month|quarter|year)s?|(?P<short>[dwmy])\b)(?P<data>\s+(?:of\s+(?:the\s+|our\s+)?data|in\s+the\s+data"
    r"|with\s+data))?\b",
    re.IGNORECASE,
)
_SHORTHAND = re.compile(r"(?<![\w-])(?:L|T)(?P<count>\d{1,2})(?P<short>[DWM])\b")
_AGO = re.compile(
    rf"\b(?P<count>\d{{1,3}}|an?|one|{_COUNT[len('(?P<count>') : -1]})\s+{_UNIT}s?\s+ago\b", re.IGNORECASE
)
_BEFORE_LAST = re.compile(rf"\b(?:the\s+)?{_UNIT}\s+before\s+last\b", re.IGNORECASE)
_WEEK_OF = re.compile(
    r"\bweek\s+(?:of|starting|beginning|commencing|ending|from)\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE
)
_NAMED_DAY = re.compile(
    r"\b(?:(?P<before>(?:the\s+)?day\s+before\s+yesterday)|(?P<name>today|yesterday|tomorrow)|(?P<night>tonight))\b",
    re.I,
)
_WEEKEND = re.compile(r"\b(?:last|past|previous|this)\s+weekend\b|\bover\s+the\s+weekend\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?P<cue>last|on|since|this\s+past|past|until|from)\s+(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_WHICH_MONTH = re.compile(
    rf"\b(?P<which>last|this|next|previous|this\s+past)\s+(?P<month>{MONTH})(?!\s+\d)", re.IGNORECASE
)
_FORTNIGHT = re.compile(r"\b(?:last|past)\s+fortnight\b", re.IGNORECASE)
_RELATION = re.compile(
    r"\b(?:(?P<same>(?:the\s+)?same\s+(?:month|quarter|week|period|time|day|days|span)\s+(?:of\s+|in\s+|the\s+)?(?:last\s+year"
    r"|a\s+year\s+(?:ago|earlier|before)|(?:the\s+)?previous\s+year|one\s+year\s+(?:ago|earlier)))"
    r"|(?P<year>a\s+year\s+(?:earlier|before|prior)|the\s+year\s+(?:before|prior|earlier)(?!\s+last))"
    r"|(?P<before>the\s+(?:\d{1,3}\s+)?(?:day|week|month|quarter|period|one)s?\s+(?:before|prior|earlier)(?!\s+(?:last|that\s+last|yesterday))"
    r"(?:\s+(?:that|it))?|the\s+(?:previous|prior|preceding)\s+period|(?:same|equal)\s+(?:period|span)\s+before))\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LETTER = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
GRAINS: dict[str, Grain] = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}


def relative_parts(flat: str, now: Today) -> Iterator[Part]:
    """Every stretch named from today, in no order; they may overlap one another (the longest is meant).

    "last N days" are the N complete days that end yesterday; weeks, months, quarters and years likewise the last N
    complete ones; "of data" ends them with the last day that has data. A part with a `relation` ("the month before")
    has the period that it means when nothing else is named.
    """
    today, data = now.day, now.data_through
    for match in _TO_DATE.finditer(flat):
        unit = match["unit"] or match["unit2"] or match["unit3"] or _LETTER[match["short"][0].lower()]
        yield Part(*match.span(), Period(holding(unit, today).start, today + timedelta(1)), "span")
    for match in _THIS.finditer(flat):
        yield Part(*match.span(), holding(match["unit"], today), GRAINS[match["unit"].lower()])
    for match in _NEXT.finditer(flat):
        if (count := _count(match["count"])) and count <= 600:
            start = holding(match["unit"], today).end
            yield Part(*match.span(), Period(start, shifted(start, match["unit"], count)), _grain(match["unit"], count))
    for match in _LAST.finditer(flat):
        earlier = re.search(r"\b(?:previous|prior|preceding)\b", match[0], re.IGNORECASE)
        period = _last(match["unit"].lower(), match["past"] is not None, today)
        yield Part(*match.span(), period, _grain(match["unit"], 1), relation="before" if earlier else None)
    for match in [*_LAST_FEW.finditer(flat), *_SHORTHAND.finditer(flat)]:
        unit = match.groupdict().get("unit") or _LETTER[match["short"].lower()]
        of_data = match.groupdict().get("data")
        if not (count := _count(match["count"])) or count > 3000:
            continue
        end = holding(unit, today).start
        if of_data and data is not None:
            end = data + timedelta(1)
        yield Part(*match.span(), Period(shifted(end, unit, -count), end), "span", rolling=True)
    for match in _AGO.finditer(flat):
        if count := _count(match["count"]):
            yield Part(
                *match.span(), holding(match["unit"], shifted(today, match["unit"], -count)), _grain(match["unit"], 1)
            )
    for match in _BEFORE_LAST.finditer(flat):
        yield Part(*match.span(), holding(match["unit"], shifted(today, match["unit"], -2)), _grain(match["unit"], 1))
    yield from _days(flat, today)
    for match in _RELATION.finditer(flat):
        last = Period.last_month(today)
        relation = "before" if match["before"] else "year"
        unit = re.search(r"day|week|month|quarter", match[0], re.IGNORECASE)
        base = holding(unit[0], shifted(today, unit[0], -1)) if unit else last
        base = holding("month", today) if match["same"] and unit and unit[0].lower() == "month" else base
        yield Part(
            *match.span(),
            base.previous() if relation == "before" else base.year_before(),
            _grain(unit[0] if unit else "month", 1),
            relation=relation,
        )


def holding(unit: str, day: date) -> Period:
    """The calendar day, ISO week, month, quarter or year that holds `day`."""
    match unit.lower():
        case "day":
            return Period(day, day + timedelta(1))
        case "week":
            return iso_week(day)
        case "month":
            return Period.month(day.year, day.month)
        case "quarter":
            return Period.quarter(day.year, (day.month + 2) // 3)
        case _:
            return Period.year(day.year)


def shifted(day: date, unit: str, count: int) -> date:
    """`day` moved by `count` units; a month's end stays within the shorter month."""
    if (days := {"day": 1, "week": 7}.get(unit.lower())) is not None:
        return day + timedelta(days * count)
    return months_after(day, {"month": 1, "quarter": 3}.get(unit.lower(), 12) * count)


def _last(unit: str, past: bool, today: date) -> Period:
    if past and unit == "week":
        return Period.last_days(7, today)
    if past and unit == "year":
        end = today.replace(day=1)
        return Period(months_after(end, -12), end)
    return holding(unit, shifted(holding(unit, today).start, unit, -1))


def _days(flat: str, today: date) -> Iterator[Part]:
    for match in _NAMED_DAY.finditer(flat):
        back = 2 if match["before"] else {"yesterday": 1, "tomorrow": -1}.get((match["name"] or "").lower(), 0)
        yield Part(*match.span(), holding("day", today - timedelta(back)), "day")
    for match in _WEEKEND.finditer(flat):
        monday = iso_week(today).start
        yield Part(*match.span(), Period(monday - timedelta(2), monday), "span")
    for match in _FORTNIGHT.finditer(flat):
        yield Part(*match.span(), Period.last_days(14, today), "span", rolling=True)
    for match in _WEEKDAY.finditer(flat):
        back = (today.weekday() - _WEEKDAYS.index(match["day"].lower())) % 7 or 7
        span = match.span() if match["cue"].lower() in ("last", "past", "this past") else match.span("day")
        yield Part(*span, holding("day", today - timedelta(back)), "day")
    for match in _WHICH_MONTH.finditer(flat):
        month, which = month_number(match["month"]), match["which"].lower()
        latest = Period.month(today.year if month <= today.month else today.year - 1, month)
        if match["month"].lower() == "may" and match["month"].islower() and which == "this":
            continue
        if which == "next":
            period = Period.month(today.year if month > today.month else today.year + 1, month)
            yield Part(*match.span(), period, "month")
        elif which == "this":
            yield Part(*match.span(), Period.month(today.year, month), "month")
        else:
            done = latest if latest.end <= today else latest.year_before()
            others = (done.year_before(),) if done.start.year == today.year else ()
            yield Part(*match.span(), done, "month", others=others)


def _grain(unit: str, count: int) -> Grain:
    return GRAINS[unit.lower()] if count == 1 else "span"


def _count(words: str | None) -> int:
    """1 where no count is written; 0 for a count that cannot be read."""
    if not words or words.lower() in ("a", "an", "one"):
        return 1
    if words.isdigit():
        return int(words)
    if "couple" in words.lower():
        return 2
    read = read_words(words)
    return int(read[0]) if read else 0
