"""Days as documents write them."""

from __future__ import annotations

import re
from datetime import date, datetime

MONTH_DAY = re.compile(r"([A-Z][a-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
DAY_MONTH = re.compile(r"(\d{1,2})\s+([A-Z][a-z]+)\.?\s+(\d{4})")


def day_from(value: object) -> date | None:
    """The day in an ISO date or time, an RFC 2822 date, `October 29, 2023` or `29 Oct 2023`; None where there is
    none. A time's day is the day in its own zone."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if iso := re.match(r"(\d{4}-\d{2}-\d{2})(?!\d)", text):
        return _parsed(iso.group(1), "%Y-%m-%d")
    if found := MONTH_DAY.search(text):
        return _month_name(f"{found.group(2)} {found.group(1)} {found.group(3)}")
    if found := DAY_MONTH.search(text):
        return _month_name(found.group(0).replace(".", ""))
    return None


def _month_name(text: str) -> date | None:
    return _parsed(text.title(), "%d %B %Y") or _parsed(text.title(), "%d %b %Y")


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007
    except ValueError:
        return None
