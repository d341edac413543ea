"""A named part of the calendar with the words around it that bound it: since, until, after, so far, the week of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.agent.slots.calendar_parts import Part, iso_week
from bot.agent.slots.portions import portion
from tools.period import Period

_SO_FAR = re.compile(r"\bso\s+far\s+(?:in|for|during)\s+$", re.IGNORECASE)
_SINCE = re.compile(
    r"\bsince\s+(?:(?:the|our|its|their)\s+)?(?:(?:start|beginning|end)\s+of\s+"
    r"|(?!(?:start|beginning|end)\b)(?:[a-z-]+\s+){1,3}(?:on|in|of|at|from)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\bafter\s+(?:the\s+)?$|\bfrom\s+$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|(?<!burn\s)(?<!burns\s)(?<!burned\s)(?<!burnt\s)(?<!burning\s)(?<!went\s)(?<!gone\s)(?<!ran\s)"
    r"through|thru|up\s+to|up\s+until|by\s+the\s+end\s+of)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
# `blew through last quarter` says when, not until when.
_SPENT_ALL = re.compile(
    r"\b(?:bl[oe]w\w*|burn\w*|w[eo]nt|go(?:es|ne|ing)?|g[eo]t(?:ting)?|r[au]n\w*|chew\w*|rip\w*|t[eo]ar\w*|tore|rac\w+|power\w*"
    r"|churn\w*|plow\w*|plough\w*|work\w*)\s+(?:(?:all|right|straight)\s+)?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\bbefore\s+(?:the\s+)?$", re.IGNORECASE)
_WEEK_OF = re.compile(
    r"\b(?:the\s+)?week\s+(?:of|starting|beginning|commencing|ending|from|with)\s+(?:on\s+)?(?:the\s+)?$", re.I
)
_TO_DATE = re.compile(
    r"\s+(?:to|until|till)\s+(?:date|now|today)\b|\s+so\s+far\b|\s+(?:onwards?|and\s+on)\b|\s+on(?=\s*(?:[,.;?!]|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts of one mention: what it means as one period, and the two ends where it is a range of two named parts."""

    part: Part
    ends: tuple[Part, Part] | None = None
    open_start: bool = False


def bounded(flat: str, part: Part, today: date) -> Joined:
    """A part with what bounds it (since, until, to date); other readings of a date in figures are bounded so, too."""
    found = _bounded(flat, part, today)
    if part.grain != "day" or not part.others or found.part.period == part.period:
        return found
    others = tuple(_bounded(flat, replace(part, period=other, others=()), today).part.period for other in part.others)
    return replace(found, part=replace(found.part, others=others))


def _bounded(flat: str, part: Part, today: date) -> Joined:
    ahead = part.start
    if part.grain == "day" and (opening := _WEEK_OF.search(flat, 0, ahead)):
        part = replace(part, start=opening.start(), period=iso_week(part.period.start), grain="week", in_year=None)
        ahead = part.start
    if part.grain in ("month", "quarter", "year") and (taken := portion(flat, part.start, part.period)):
        return Joined(replace(part, start=taken[0], period=taken[1], grain="span", in_year=None))
    now = today + timedelta(1)
    if (opening := _SO_FAR.search(flat, 0, ahead)) and part.period.start <= today < part.period.end:
        return Joined(replace(part, start=opening.start(), period=Period(part.period.start, now), grain="span"))
    if (closing := _TO_DATE.match(flat, part.end)) and part.period.start <= today:
        past = (
            (part.period,) if part.grain == "year" and part.period.end <= now and "date" in closing[0].lower() else ()
        )
        return Joined(
            replace(part, end=closing.end(), period=Period(part.period.start, now), grain="span", others=past)
        )
    if opening := _SINCE.search(flat, 0, ahead):
        begins = part.period.end if re.search(r"\bend\s", opening[0]) else part.period.start
        if begins <= today:
            return Joined(replace(part, start=opening.start(), period=Period(begins, now), grain="span", rolling=False))
    if (
        (opening := _AFTER.search(flat, 0, ahead))
        and opening[0].lower().startswith("after")
        and part.period.end <= today
    ):
        return Joined(replace(part, start=opening.start(), period=Period(part.period.end, now), grain="span"))
    until, before = _UNTIL.search(flat, 0, ahead), _BEFORE.search(flat, 0, ahead)
    if until and until[0].lower().startswith("thr") and _SPENT_ALL.search(flat, 0, until.start()):
        return Joined(part)
    if opening := until or before:
        ends = part.period.end if until else part.period.start
        first = (ends - timedelta(1)).replace(month=1, day=1)
        return Joined(replace(part, start=opening.start(), period=Period(first, ends), grain="span"), open_start=True)
    return Joined(part)
