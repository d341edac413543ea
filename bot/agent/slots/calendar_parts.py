"""Days, weeks, months, quarters, halves and years named in a text, before they are joined into ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.agent.slots.calendar_words import DAY, MONTH, TO, YEAR, month_number
from bot.agent.slots.month_words import VERB_AFTER, is_month
from tools.period import Period, months_after

Grain = Literal["day", "week", "month", "quarter", "half", "year", "span"]
InYear = Callable[[int], Period]


@dataclass(frozen=True, slots=True)
class Part:
    """One named stretch at `start` to `end` of the text. `in_year` makes it for another year, where the text gives
    none; `others` are further readings of the same words, the likeliest being `period`; `is_date` False marks words
    that look like a date and are none ("31 November")."""

    start: int
    end: int
    period: Period
    grain: Grain
    in_year: InYear | None = None
    others: tuple[Period, ...] = ()
    rolling: bool = False
    relation: str | None = None
    is_date: bool = True


@dataclass(frozen=True, slots=True)
class Today:
    """The asker's date, the last day with data, and the month in which the fiscal year starts (1 is the calendar year;
    a fiscal year is named by the calendar year in which it ends)."""

    day: date
    data_through: date | None = None
    fiscal_start_month: int = 1


_YEAR = (
    rf"(?:,?\s+(?:of\s+|in\s+)?(?P<year>{YEAR})(?![\w%]|[.,]\d)"
    rf"|\s?[-,']\s?'?(?P<short>[2-4]\d)(?![\w%:/-]|[.,]\d|\s+(?:of\s+)?(?:{MONTH})\b)"
    r"|,?\s+(?:of\s+|in\s+)?(?:the\s+)?(?P<rel>last|this|next|previous|prior)\s+year\b"
    r"|\s+(?P<ago>(?:a|one)\s+year\s+(?:ago|earlier)|the\s+year\s+before)\b)?"
)
_FY = r"(?:,?\s+(?:of\s+)?(?P<fy>FY\s?|fiscal\s+(?:year\s+)?)'?(?P<fyear>20\d\d|\d\d)\b)?"
_ALONE = re.compile(rf"(?<!\w)(?P<month>{MONTH})(?!\s+\d{{1,2}}(?:st|nd|rd|th)\b){_YEAR}", re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"(?<![\w.])(?<![A-Za-z]-)(?:(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DAY})(?:{TO}(?P<last>{DAY})(?!\s+{MONTH}))?"
    rf"|(?P<day2>{DAY})(?:(?:{TO}|\s+and\s+)(?P<last2>{DAY}))?\s+(?:of\s+)?(?P<month2>{MONTH}))"
    rf"(?![\w%]|[.,]\d|\s?[kMB]\b){_YEAR}",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w./-])(20[0-4]\d|19[89]\d)[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?(?![\w-])(?!/\d)")
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/.])(\d{1,2})\2(20[0-4]\d|\d\d(?!\d))(?!\w)(?![./-]\d)")
_QUARTER = re.compile(
    rf"(?<![\w-])(?:(?P<before>{YEAR})[\s-]?)?(?:fiscal\s+)?(?:Q(?P<n>[1-4])|(?P<word>first|second|third|fourth|1st|2nd"
    rf"|3rd|4th)[\s-]+quarter|(?P<n2>[1-4])Q(?P<q2>\d\d)?)(?!\w)(?:{_FY}){_YEAR}",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"(?<![\w-])(?:(?P<before>{YEAR})[\s-]?)?(?:H(?P<n>[12])(?!\w)|(?P<word>first|second|1st|2nd)[\s-]+half"
    rf"(?=\s+(?:of\s+)?(?:the\s+year\b|{YEAR}|(?:last|this)\s+year)))(?:\s+of\s+the\s+year\b(?!\s+before))?{_FY}{_YEAR}",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"(?<![\w-])(?:FY\s?|fiscal(?:\s+year)?\s+)'?(20\d\d|\d\d)\b(?!\s?Q)", re.IGNORECASE)
_WEEK = re.compile(
    rf"(?<![\w-])(?:(?P<before>{YEAR})-?W(?P<n1>\d\d)|(?:calendar\s+)?week\s+(?P<n2>\d{{1,2}})|[CK]W\s?(?P<n3>\d{{1,2}}))(?!\w){_YEAR}",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    rf"(?P<cue>\b(?:in|for|during|of|since|until|till|from|to|through|year|between|and|vs\.?|versus|against|than|calendar|all"
    rf"|whole|by|over|full|before|after|with)\s+|^\s*|[,;(:-]\s*)(?<![\w$€£.])(?P<year>{YEAR})"
    rf"(?![\w%]|[.,]\d|[-/]\d(?!\d{{3}}))(?!\s?(?:%|[$€£]|[kmbt]\b|[mb]n\b|million|billion|thousand|percent|tokens?|requests?"
    rf"|calls|users|seats|[kmgt]?wh?\b|gpus?|hours?|days?|cards|chips|nodes|input|output|prompt|in\s+\d|out\b|in\s*[/,&+]|[HABL]\d\d|usd|eur|dollars|euros))",
    re.IGNORECASE,
)
# A year that stands before what was spent or at the end: "our 2025 spend", "delivery 2025".
_YEAR_OF = re.compile(
    r"(?<![\w$€£.,-])(?<!\$ )(?P<year>20[12]\d)(?=\s*[?.!]?\s*$"
    r"|\s+(?:(?:ai|gpu|cloud|llm|model|api|total|overall|whole|full|\w+'s)\s+)*"
    r"(?:spend\w*|spent|costs?|bills?|billing|budgets?|invoices?|totals?|usage|expens\w+|charges?|outlays?|burn|numbers?"
    r"|figures?|average|data|credits?|tax(?:es)?|refunds?|savings?|total|to\s+date|so\s+far)\b)",
    re.IGNORECASE,
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def calendar_parts(flat: str, now: Today) -> Iterator[Part]:
    """Every named day, week, month, quarter, half and year; they may overlap one another (the longest is meant)."""
    for match in _MONTH_DAY.finditer(flat):
        name = match["month"] or match["month2"]
        if name == "may" and VERB_AFTER.match(flat, match.end()):
            continue
        if (year := _short_year(match, now)) is not None and not _ON.search(flat, 0, match.start()):
            whole = Period.month(year, month_number(name))
            if _IN.search(flat, 0, match.start()):
                yield Part(*match.span(), whole, "month")
            else:
                yield from (replace(part, others=(whole,)) for part in _of(match, _days(match), now, "day"))
            continue
        yield from _of(match, _days(match), now, "span" if match["last"] or match["last2"] else "day")
    for match in _ALONE.finditer(flat):
        if is_month(flat, match):
            month = month_number(match["month"])
            yield from _of(match, lambda year, month=month: Period.month(year, month), now, "month")  # type: ignore[misc]
    yield from _written(flat)
    for match in _QUARTER.finditer(flat):
        number = int(match["n"] or match["n2"] or _NUMBERS[match["word"].lower()])
        yield from _of(match, _fiscal(match, now, 3 * number - 2, 3), now, "quarter")
    for match in _HALF.finditer(flat):
        number = int(match["n"] or _NUMBERS[match["word"].lower()])
        yield from _of(match, _fiscal(match, now, 6 * number - 5, 6), now, "half")
    for match in _FISCAL.finditer(flat):
        yield Part(*match.span(), _from_month(_full(match[1]), 1, 12, now.fiscal_start_month), "year")
    for match in _WEEK.finditer(flat):
        week = int(match["n1"] or match["n2"] or match["n3"])
        yield from _of(match, lambda year, week=week: iso_week(date.fromisocalendar(year, week, 1)), now, "week")  # type: ignore[misc]
    for match in (*_BARE_YEAR.finditer(flat), *_YEAR_OF.finditer(flat)):
        yield Part(*match.span("year"), Period.year(int(match["year"])), "year")


_IN = re.compile(r"\b(?:in|during|of|throughout|all of)\s+$", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|the|day|dated?|since|until|till|from|to|by|through|week of)\s+$", re.IGNORECASE)


def _short_year(match: re.Match[str], now: Today) -> int | None:
    """The year that two figures after a month may be, this one or the two before: `Jan 26`."""
    if not match["month"] or match["last"] or match["year"] or not match["day"].isdigit() or len(match["day"]) < 2:
        return None
    if any(match[name] for name in ("short", "rel", "ago")):
        return None
    year = 2000 + int(match["day"])
    return year if now.day.year - 2 <= year <= now.day.year else None


def iso_week(day: date) -> Period:
    """The Monday to Sunday that holds `day`."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(7))


def _of(match: re.Match[str], in_year: InYear, now: Today, grain: Grain) -> Iterator[Part]:
    groups = match.groupdict()
    written = (
        groups.get("year") or groups.get("before") or groups.get("short") or groups.get("q2") or groups.get("fyear")
    )
    start, end = match.span()
    year = _full(written) if written else None
    if rel := groups.get("rel"):
        year = now.day.year + {"this": 0, "next": 1}.get(rel.lower(), -1)
    try:
        if year is not None:
            yield Part(start, end, in_year(year), grain)
            return
        part = Part(start, end, _latest(in_year, now.day), grain, in_year)
        if groups.get("ago"):
            part = replace(part, period=in_year(part.period.start.year - 1), in_year=None)
        yield part
    except (ValueError, OverflowError):
        yield Part(start, end, _one(now.day), grain, is_date=False)


def _latest(in_year: InYear, today: date) -> Period:
    """The latest that has begun by today, which of a fiscal year may be in the one named after next year; a 29 February
    is looked for in earlier years."""
    for year in range(today.year + 1, today.year - 9, -1):
        try:
            period = in_year(year)
        except ValueError:
            continue
        if period.start <= today:
            return period
    raise ValueError("no such day")


def _days(match: re.Match[str]) -> InYear:
    month = month_number(match["month"] or match["month2"])
    first = _number(match["day"] or match["day2"])
    last = _number(match["last"] or match["last2"] or str(first))
    return lambda year: Period(date(year, month, first), date(year, month, last) + timedelta(1))


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _fiscal(match: re.Match[str], now: Today, month: int, months: int) -> InYear:
    fiscal = match["fy"] is not None or "fiscal" in match[0].lower()
    start = now.fiscal_start_month if fiscal else 1
    return lambda year: _from_month(year, month, months, start)


def _from_month(year: int, month: int, months: int, fiscal_start: int) -> Period:
    first = date(year if fiscal_start == 1 else year - 1, fiscal_start, 1)
    start = months_after(first, month - 1)
    return Period(start, months_after(start, months))


def _written(flat: str) -> Iterator[Part]:
    """Dates in figures: 2026-11-21, 2026-11, 11/21/2026, 21.11.2026. Where both numbers could be the month, a slash is
    read month first, a dot day first, and the other reading is kept."""
    for match in _ISO.finditer(flat):
        year, month, day = match.groups()
        try:
            start = date(int(year), int(month), int(day or 1))
        except ValueError:
            continue
        yield Part(
            *match.span(), _one(start) if day else Period.month(start.year, start.month), "day" if day else "month"
        )
    for match in _NUMERIC.finditer(flat):
        one, other, year = int(match[1]), int(match[3]), _full(match[4])
        orders = ((one, other), (other, one)) if match[2] == "/" else ((other, one), (one, other))
        readings = []
        for month, day in orders:
            try:
                readings.append(_one(date(year, month, day)))
            except ValueError:
                continue
        if readings:
            others = tuple(reading for reading in readings[1:] if reading != readings[0])
            yield Part(*match.span(), readings[0], "day", others=others)


def _one(day: date) -> Period:
    return Period(day, day + timedelta(1))
