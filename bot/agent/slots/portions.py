"""Parts of a named stretch: the first half of May, the last ten days of June, the second week of last month."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.agent.slots.number_words import read_words
from tools.period import Period, months_after

_COUNT = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty"
_PORTION = re.compile(
    rf"\b(?:the\s+)?(?P<which>first|1st|second|2nd|last|latter|final|opening)\s+"
    rf"(?:(?P<half>half)|(?:(?P<count>{_COUNT})\s+)?(?P<unit>day|week|month)s?)\s+(?:of|in)\s+(?:the\s+month\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_MONTHS_TO = re.compile(
    rf"\b(?:the\s+)?(?:(?:last|past|previous)\s+)?(?P<count>{_COUNT})\s+months\s+(?:to|ending(?:\s+(?:in|with))?|up\s+to|through|until)\s+"
    r"(?:the\s+end\s+of\s+)?$",
    re.IGNORECASE,
)
_FROM_END = frozenset({"last", "latter", "final"})


def portion(flat: str, end: int, whole: Period) -> tuple[int, Period] | None:
    """As `_portion`; None for days before year 1 or after 9999."""
    try:
        return _portion(flat, end, whole)
    except (ValueError, OverflowError):
        return None


def _portion(flat: str, end: int, whole: Period) -> tuple[int, Period] | None:
    """Where the words before `end` of flattened text begin that take a part of `whole`, and that part; None where no
    such words stand there. A month's first half is its days 1 to 15,
    of February 1 to 14 (15 in a leap year); its weeks are counted from its first day, in
    sevens, the last week being its last seven days. Halves of anything but a month or a year are not read, nor is a
    second one of anything but halves and weeks."""
    if whole.whole_months == 1 and (until := _MONTHS_TO.search(flat, 0, end)):
        return until.start(), Period(months_after(whole.end, -_number(until["count"])), whole.end)
    found = _PORTION.search(flat, 0, end)
    if found is None:
        return None
    part = _half(found["which"].lower(), whole) if found["half"] else _counted(found, whole)
    return None if part is None else (found.start(), part)


def _half(which: str, whole: Period) -> Period | None:
    middle = {
        1: whole.start + timedelta(min(15, (whole.days + 1) // 2)),
        12: months_after(whole.start, 6),
    }.get(whole.whole_months or 0)
    if middle is None:
        return None
    return Period(whole.start, middle) if which in ("first", "1st", "opening") else Period(middle, whole.end)


def _number(words: str | None) -> int:
    """1 where nothing is written."""
    if words is None or words.isdigit():
        return int(words or 1)
    read = read_words(words)
    return int(read[0]) if read else 0


def _counted(found: re.Match[str], whole: Period) -> Period | None:
    which, unit = found["which"].lower(), found["unit"].lower()
    count = _number(found["count"])
    second = which in ("second", "2nd")
    if not count or (second and (count > 1 or unit != "week")):
        return None
    if unit == "month":
        if not whole.whole_months or count > whole.whole_months:
            return None
        if which in _FROM_END:
            return Period(months_after(whole.end, -count), whole.end)
        return Period(whole.start, months_after(whole.start, count))
    days = timedelta(count * (7 if unit == "week" else 1))
    first = whole.start + days if second else whole.end - days if which in _FROM_END else whole.start
    return Period(first, first + days) if whole.start <= first and first + days <= whole.end else None
