"""Which two periods a question sets against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.agent.slots.bounded import Joined
from bot.agent.slots.calendar_parts import Part, Today
from bot.agent.slots.lexing import Span, flatten
from bot.agent.slots.periods import PeriodMention, joined, mention
from bot.agent.slots.relative_parts import GRAINS, holding, shifted
from tools.period import Period, months_after

_CHANGE = re.compile(
    r"\b(?:chang(?:e|es|ed|ing)|differ\w*|r[io]se[ns]?|rising|increas\w+|decreas\w+|drop(?:s|ped|ping)?|f[ae]ll(?:s|ing|en)?"
    r"|gr[eo]w(?:s|th|n|ing)?|went\s+(?:up|down)|go(?:ne)?\s+(?:up|down)|up(?!\s+(?:to|until|till)\b)|(?<!break\s)(?<!breaks\s)(?<!breaking\s)(?<!broken\s)(?<!broke\s)(?<!drill\s)(?<!split\s)down(?!\s+(?:by|per)\b)|jump\w*|mov(?:e|es|ed|ing|ement)|dr[io]ve[ns]?|drivers?"
    r"|explain\w*|why|delta|swing|shift\w*|compar\w+|spik\w+|climb\w*|evol\w+|trend\w*|develop(?:ed|s)?|higher|lower|more(?!\s+or\s+less)|(?<!more\sor\s)less)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:chang(?:e|es|ed|ing)|differ\w*|r[io]se[ns]?|increas\w+|decreas\w+|drop(?:s|ped)?|f[ae]ll(?:s|en)?|gr[eo]w(?:s|th|n)?"
    r"|went\s+(?:up|down)|up\s+or\s+down|shr[aiu]nk\w*|higher\s+or\s+lower|jump\w*|mov(?:e|es|ed|ement)|dr[io]ve[ns]?|drivers?|explain\w*|why|spik\w+|climb\w*)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?:against|vs|versus|compar\w+\s+(?:to|with|against)|relative\s+to|comparison\s+(?:to|with)|than|over|from|v)\b",
    re.IGNORECASE,
)
# `Q3 vs Q4` tells of the way from the earlier to the later, as `Q4 vs Q3` does; "against" has its baseline behind it.
_EITHER_WAY = re.compile(r"^\s*(?:vs\.?|versus|v)\s+(?:\w+\s+)?$", re.IGNORECASE)
_COMPARE = re.compile(r"\b(?:compar\w+|difference|differ\w*|change\w*|delta)\b", re.IGNORECASE)
_BARE_JOIN = re.compile(
    r"(?:'s)?(?:\s+\w+){0,3}\s+(?:to|with|and|&)\s+(?:(?:that|those)\s+of\s+)?(?:in\s+|for\s+|the\s+)?", re.IGNORECASE
)
_BEFORE_ONE = re.compile(
    r"\b(?:against|vs\.?|versus|compar\w+\s+(?:it\s+|this\s+|that\s+|them\s+)?(?:to|with|against)|relative\s+to|than|(?P<from>from))"
    r"\s+(?:(?:that|those|it)\s+(?:of|in|was\s+in)\s+)?(?:in\s+|during\s+|for\s+|our\s+|the\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\b(?:(?P<unit>day|week|month|quarter|year)[\s-]+(?:over|on|to)[\s-]+(?P=unit)(?!\w)|(?P<short>dod|wow|mom|qoq|yoy))\b",
    re.IGNORECASE,
)
LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
_SHORT = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}


def comparison(
    text: str,
    today: date,
    *,
    data_through: date | None = None,
    fiscal_start_month: int = 1,
    masked: Sequence[Span] = (),
) -> tuple[PeriodMention, PeriodMention | None] | None:
    """`(current, baseline)` of a question about change; None when it compares no periods. Never raises.

    "October against September", "more in October than in September", "compare October with September" put the first
    against the second; "from September to October" and "between Q2 and Q3", told of a change, the later against the
    earlier (`periods` reads the same words as one range). "month over month", "year on year" set the period named, or
    the last complete one, against the one before or a year before. "vs last month" alone has the period that follows.
    "what changed last week" has a current and no baseline. A side that the text does not name has an empty `text`.
    """
    flat = flatten(text)
    found = joined(flat, Today(today, data_through, fiscal_start_month), masked)
    pair = _ranged(flat, found) or _paired(flat, found) or _stepped(flat, found, today) or _against(flat, found, today)
    if pair is None:
        if not found or not _TELLS.search(flat):
            return None
        return mention(text, found[0].part, today, found[0].open_start), None
    current, baseline = (mention(text, part, today) for part in pair)
    return current, baseline


def _ranged(flat: str, found: list[Joined]) -> tuple[Part, Part] | None:
    for item in found:
        if item.ends and item.ends[0].grain not in ("day", "span") and _CHANGE.search(flat):
            first, last = item.ends
            return last, first
    return None


def _paired(flat: str, found: list[Joined]) -> tuple[Part, Part] | None:
    for one, other in pairwise(found):
        between = flat[one.part.end : other.part.start]
        if len(between) > 70:
            continue
        if _PAIR.search(between):
            apart = one.part.period.end <= other.part.period.start
            return (other.part, one.part) if apart and _EITHER_WAY.search(between) else (one.part, other.part)
        if _COMPARE.search(flat, max(0, one.part.start - 60), one.part.start) and _BARE_JOIN.fullmatch(between):
            joined = re.search(r" (?:and|&) ", between) is not None
            later_second = joined and one.part.period.start < other.part.period.start
            return (other.part, one.part) if later_second else (one.part, other.part)
        if other.part.relation and _CHANGE.search(flat):
            return one.part, other.part
    return None


def _stepped(flat: str, found: list[Joined], today: date) -> tuple[Part, Part] | None:
    if not (match := _STEPS.search(flat)):
        return None
    unit = (match["unit"] or _SHORT[match["short"][0].lower()]).lower()
    yearly = unit == "year"
    if found:
        current = found[0].part
        if not yearly and current.period.days > LONGEST[unit]:
            return None  # several steps: a series
    else:
        grain = "month" if yearly else unit
        start = holding(grain, today).start
        period = holding(grain, shifted(start, grain, -1))
        current = Part(match.start(), match.start(), period, GRAINS[grain])
    period = current.period.year_before() if yearly else current.period.previous()
    return current, Part(match.start(), match.end(), period, current.grain)


def _against(flat: str, found: list[Joined], today: date) -> tuple[Part, Part] | None:
    """One period is named, and a word before it says that it is the baseline."""
    if not found:
        return None
    base = found[-1].part
    marker = _BEFORE_ONE.search(flat, 0, base.start)
    if not marker or (marker["from"] and not _CHANGE.search(flat)):
        return None
    if len(found) > 1:
        return found[0].part, base
    if base.relation == "year":
        ahead = Period(months_after(base.period.start, 12), months_after(base.period.end, 12))
    else:
        ahead = _following(base.period, base.grain, today)
    return replace(base, start=base.start, end=base.start, period=ahead, relation=None, others=()), base


def _following(base: Period, grain: str, today: date) -> Period:
    """The last complete period of the same kind, or the running one where that is the baseline itself."""
    if grain in ("day", "week", "month", "quarter", "year"):
        start = holding(grain, today).start
        last = holding(grain, shifted(start, grain, -1))
        return last if last.start > base.start else holding(grain, today)
    months = base.whole_months
    return (
        Period(base.end, months_after(base.end, months))
        if months
        else Period(base.end, base.end + (base.end - base.start))
    )


def stepped_by(text: str, longest: int) -> tuple[str, int, int] | None:
    """The unit of `month over month` and its like, and where it stands, where a period named is `longest` days long and
    holds several such steps; None else."""
    match = _STEPS.search(flatten(text))
    if match is None:
        return None
    unit = (match["unit"] or _SHORT[match["short"][0].lower()]).lower()
    return (unit, *match.span()) if unit != "year" and longest > LONGEST[unit] else None
