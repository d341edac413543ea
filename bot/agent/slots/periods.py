"""Periods that a text names, as spans of days. Today is an argument; the clock is never read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.agent.slots.bounded import Joined, bounded
from bot.agent.slots.calendar_parts import Grain, Part, Today, calendar_parts
from bot.agent.slots.day_numbers import numbered_days
from bot.agent.slots.lexing import Span, flatten, touches
from bot.agent.slots.relative_parts import relative_parts
from bot.agent.slots.short_dates import begun, other_spans, read_alike, short_dates
from tools.period import Period

_TO = re.compile(
    r"\s*,?\s*(?:->|-|\.\.\.?|→|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\bup\s+to\b)\s*"
    r"(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|since)\s+(?:the\s+)?(?:(?:start|beginning)\s+of\s+(?:the\s+)?)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_COMPARE = re.compile(r"\bcompar\w+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named at `start` (inclusive) to `end` (exclusive) of the text; `text` is that part of it.

    `grain` is what was named (a `month`, a `day`, ...), `span` for several or part of one. `is_rolling`: "last N ...".
    `partial`: holds today or later days, so its data cannot be complete; `is_future`: starts after today.
    `others` are further readings of the same words (11/12/2026); `comparison` has the other reading of "from September
    to October". `open_start`: only the end was given ("until 10 November") and `period` starts with that year.
    """

    start: int
    end: int
    text: str
    period: Period
    grain: Grain
    is_rolling: bool = False
    partial: bool = False
    is_future: bool = False
    others: tuple[Period, ...] = ()
    open_start: bool = False

    @property
    def ambiguous(self) -> bool:
        return bool(self.others)


def periods(
    text: str,
    today: date,
    *,
    data_through: date | None = None,
    fiscal_start_month: int = 1,
    masked: Sequence[Span] = (),
) -> list[PeriodMention]:
    """Every period that `text` names, in order, none overlapping another or `masked`. Never raises.

    A name without a year is the latest that has begun by today ("October", "Q3", "3 Nov"). "last 3 months" are the last
    three complete calendar months, "last 30 days" the thirty that end yesterday, "last 3 months of data" end with
    `data_through`. Weeks are ISO weeks. Periods to date include today. `fiscal_start_month` is for FY and fiscal names
    only: a fiscal year is named by the calendar year in which it ends.
    """
    flat = flatten(text)
    found = joined(flat, Today(today, data_through, fiscal_start_month), masked)
    return [mention(text, item.part, today, item.open_start) for item in found]


def mention(text: str, part: Part, today: date, open_start: bool = False) -> PeriodMention:
    return PeriodMention(
        part.start,
        part.end,
        text[part.start : part.end],
        part.period,
        part.grain,
        part.rolling,
        part.period.end > today,
        part.period.start > today,
        part.others,
        open_start,
    )


def joined(flat: str, now: Today, masked: Sequence[Span] = ()) -> list[Joined]:
    """The parts of flattened text in order, ranges joined, "since" and "until" applied, relations resolved."""
    chosen = _related([part for part in named_parts(flat, now, masked) if part.is_date])
    items: list[Joined] = []
    i = 0
    while i < len(chosen):
        pair = _range(flat, chosen[i], chosen[i + 1]) if i + 1 < len(chosen) else None
        if pair:
            items.append(replace(pair, part=begun(pair.part, now.day)))
            i += 2
        else:
            items.append(bounded(flat, chosen[i], now.day))
            i += 1
    outer = [item for item in items if not any(_inside(item.part, other.part) for other in items)]
    return _once(outer, flat)


def _once(items: Sequence[Joined], flat: str) -> list[Joined]:
    """The items in which one of two beside each other that begin alike and of which one is longer is the shorter one:
    `Feb MTD`, `this month (so far)`."""
    kept: list[Joined] = []
    for item in items:
        before = kept[-1].part if kept else None
        one = item.part
        if before is None or before.period.start != one.period.start or flat[before.end : one.start].strip(" ,("):
            kept.append(item)
            continue
        narrow = min(before, one, key=lambda part: part.period.end)
        kept[-1] = replace(item, part=replace(narrow, start=before.start, end=one.end))
    return kept


def _inside(part: Part, other: Part) -> bool:
    """Whether `other` stands around `part`: "the last 3 days" in "the last 3 days of May"."""
    return part is not other and other.start <= part.start and part.end <= other.end


def named_parts(flat: str, now: Today, masked: Sequence[Span] = ()) -> list[Part]:
    """The days, months, rolling spans, ... that flattened text names, in order, before ranges are joined."""
    parts = (*calendar_parts(flat, now), *_safe(relative_parts(flat, now)), *_safe(numbered_days(flat, now.day)))
    parts = (*parts, *short_dates(flat, now.day))
    return _longest([part for part in parts if not touches(part.start, part.end, masked)])


def _safe(parts: Iterable[Part]) -> list[Part]:
    """Dates before year 1 or after 9999 ("last 3000 years") name nothing."""
    kept: list[Part] = []
    try:
        kept.extend(parts)
    except (ValueError, OverflowError):
        return kept
    return kept


def _longest(parts: list[Part]) -> list[Part]:
    taken: list[Part] = []
    for part in sorted(parts, key=lambda p: (p.start - p.end, p.start)):
        if not touches(part.start, part.end, ((p.start, p.end) for p in taken)):
            taken.append(part)
    return sorted(taken, key=lambda p: p.start)


def _related(parts: list[Part]) -> list[Part]:
    """ "the month before" and "the same month last year" refer to the period named last, where there is one."""
    resolved: list[Part] = []
    for part in parts:
        if part.relation and resolved:
            named = resolved[-1]
            period = named.period.previous() if part.relation == "before" else named.period.year_before()
            part = replace(part, period=period, grain=named.grain)
        resolved.append(part)
    return resolved


def _range(flat: str, first: Part, last: Part) -> Joined | None:
    between = flat[first.end : last.start]
    start = first.start
    if opening := (_FROM.search(flat, 0, start) or _BETWEEN.search(flat, 0, start)):
        start = opening.start()
    if opening is None and _COMPARE.search(flat, max(0, start - 40), start):
        return None
    is_between = opening is not None and opening[0].lower().startswith("between")
    if not (_TO.fullmatch(between) or (is_between and _AND.fullmatch(between))) or first.rolling or last.rolling:
        return None
    if first.in_year:
        year = last.period.last_day.year
        try:
            candidates = [first.in_year(year), first.in_year(year - 1)]
        except (ValueError, OverflowError):
            return None
        first = replace(first, period=next((c for c in candidates if c.start <= last.period.start), first.period))
    if last.in_year and not first.in_year and last.period.end <= first.period.start:
        try:
            later = [last.in_year(first.period.start.year), last.in_year(first.period.start.year + 1)]
        except (ValueError, OverflowError):
            return None
        last = replace(last, period=next(c for c in [*later, last.period] if c.start >= first.period.start))
    first, last = read_alike(flat, first, last)
    others = other_spans(first, last)
    if last.period.end <= first.period.start and not others:
        return None
    ahead = last.period.end > first.period.start
    whole = Period(first.period.start, last.period.end) if ahead else others[0]
    return Joined(Part(start, last.end, whole, "span", others=others if ahead else ()), (first, last))
