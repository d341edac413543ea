"""Argument types that several tools share, and how their text becomes values."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.agent.slots.amounts import amounts
from bot.agent.slots.periods import periods
from bot.agent.turn import Turn
from tools.errors import NeedsChoice, Unknown
from tools.period import Period

ISO_SPAN = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)")


def _number(value: Any) -> Any:
    """`70B`, `15 trillion`, `1,500` and plain numbers; a share such as `60%` becomes 60."""
    if isinstance(value, str):
        found = amounts(value)
        if len(found) == 1:
            return found[0].value
    return str(value) if isinstance(value, float) else value


Number = Annotated[Decimal, BeforeValidator(_number), Field(description="A number: 1500, 500k, 3M, 1.2bn, 15T.")]
Percent = Annotated[Decimal, BeforeValidator(_number), Field(description="In percent: 60 means 60%.")]
PeriodText = Annotated[
    str,
    Field(
        max_length=300,
        description="As people say it: last month, October 2026, Q3 2026, last 30 days, 2026-10-01 to 2026-10-31.",
    ),
]


def as_text(period: Period) -> str:
    """The form that `read_period` reads back exactly: both days inclusive."""
    return f"{period.start} to {period.last_day}"


def read_period(text: str | None, turn: Turn, data_through: date | None) -> Period | None:
    """The one period in `text`; None stays None. Unknown when there is none, NeedsChoice when there are several."""
    if text is None:
        return None
    if exact := ISO_SPAN.fullmatch(text.strip()):
        first, last = (date.fromisoformat(day) for day in exact.groups())
        if last < first:
            raise Unknown(f"{text!r} ends before it starts.")
        return Period(first, last + timedelta(1))
    found = periods(text, turn.question.today, data_through=data_through)
    if not found:
        raise Unknown(f"{text!r} is not a period I understand; try last month, Q3 2026 or 10 to 20 March 2026.")
    if len(found) > 1:
        raise NeedsChoice(f"Which period do you mean in {text!r}?", [mention.text for mention in found])
    return found[0].period
