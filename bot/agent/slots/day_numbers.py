"""Days named by their number alone: `on the 5th`, `the 5th of last month`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.agent.slots.calendar_parts import Part
from bot.agent.slots.calendar_words import MONTH
from tools.period import Period, months_after

_NUMBERED = re.compile(
    rf"\b(?P<cue>(?:on|since|from|until|till|by|for)\s+)?the\s+(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b"
    rf"(?!\s+(?:of\s+)?(?:{MONTH}|quarter|percentile|week|month|year)\b)"
    r"(?:\s+of\s+(?P<month>last|this|the\s+(?:last|previous|current))\s+month\b)?",
    re.IGNORECASE,
)


def numbered_days(flat: str, today: date) -> Iterator[Part]:
    """The latest day with that number that is not after today, or the one of the month that is named; none where that
    month has no such day, and none for a number that nothing says is a day's."""
    for match in _NUMBERED.finditer(flat):
        named = (match["month"] or "").lower()
        if not (named or match["cue"]):
            continue
        first = today.replace(day=1)
        if named and ("last" in named or "previous" in named):
            months = [months_after(first, -1)]
        else:
            months = [first] if named else [first, months_after(first, -1)]
        for month in months:
            day = month + timedelta(int(match["day"]) - 1)
            if day.month == month.month and (named or day <= today):
                start = match.start() + len(match["cue"] or "")
                yield Part(start, match.end(), Period(day, day + timedelta(1)), "day")
                break
