"""In which month a company's fiscal year starts, where the question says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.agent.planner.spelling.spelling_targets import MONTHS
from bot.agent.slots.calendar_words import MONTH, month_number
from bot.agent.slots.lexing import Span
from bot.agent.slots.periods import PeriodMention, periods

FULL_NAMES = "|".join(sorted(MONTHS))
STARTS = re.compile(
    rf"\b(?:(?:our|the|its)\s+)?(?:fiscal|financial|business)\s+years?\s+(?:\w+\s+){{0,2}}?(?:starts?|begins?|started|runs?|run\s+from)"
    rf"\s+(?:from\s+|in\s+|on\s+|with\s+)?(?:the\s+)?(?:1(?:st)?\s+(?:of\s+)?)?(?P<month>{MONTH})(?:\s+1(?:st)?)?\b"
    rf"(?:\s+(?:to|through|until|till|-)\s+(?:{FULL_NAMES}))?",
    re.IGNORECASE,
)


def start_month(text: str) -> int | None:
    """The month that the text says the fiscal year starts in."""
    told = STARTS.search(text)
    return month_number(told["month"]) if told else None


def year_told(text: str) -> list[Span]:
    """Where the text says when the fiscal year starts."""
    return [told.span() for told in STARTS.finditer(text)]


def spoken_periods(
    text: str, today: date, data_through: date | None, masked: Sequence[Span]
) -> tuple[PeriodMention, ...]:
    """The periods that a question names, fiscal ones from the month that it says its years start in."""
    apart = [*masked, *year_told(text)]
    month = start_month(text) or 1
    return tuple(periods(text, today, data_through=data_through, fiscal_start_month=month, masked=apart))
