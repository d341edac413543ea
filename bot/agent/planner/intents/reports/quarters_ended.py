"""A company's quarter told by the month in which it ends: "the June 2026 quarter", "three months to June"."""

from __future__ import annotations

import re

NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
YEAR = r"(?P<year>20\d\d)"
PATTERNS = (
    re.compile(rf"\b{MONTH}(?:\s+{YEAR})?\s+quarter\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:quarter|three\s+months|3\s+months)\s+(?:that\s+)?(?:ended|ending|to|through|until)\s+(?:in\s+|on\s+)?"
        rf"(?:\d{{1,2}}\s+)?{MONTH}(?:\s+\d{{1,2}}\b,?)?(?:\s+{YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:(?:at|by|as\s+of|for)\s+)?(?:the\s+)?(?:end|close)\s+of\s+{MONTH}(?:\s+{YEAR})\b"
        rf"|\bas\s+(?:of|at)\s+(?:\d{{1,2}}\s+)?{MONTH.replace('month', 'month2')}(?:\s+\d{{1,2}}\b,?)?"
        rf"\s+{YEAR.replace('year', 'year2')}",
        re.IGNORECASE,
    ),
    # Months as the reading before writes them.
    re.compile(r"\b(?P<iso>20\d\d-\d\d)\s+quarter\b|\bquarter\s+(?:ended|ending|to|through)\s+(?P<iso2>20\d\d-\d\d)\b"),
)
CALENDAR = re.compile(
    r"\b(?:calendar\s+q(?P<quarter>[1-4])|q(?P<other>[1-4])\s+(?:of\s+)?calendar)\s*(?:of\s+|year\s+)*(?P<year>20\d\d)\b"
    r"|\bq(?P<third>[1-4])\s+cy\s?(?P<short>20\d\d)\b",
    re.IGNORECASE,
)


def quarter_ended(text: str) -> str | None:
    """As `2026-06`, or `06` without a year; None where no quarter is told so."""
    for pattern in PATTERNS:
        if found := pattern.search(text):
            said = found.groupdict()
            if iso := said.get("iso") or said.get("iso2"):
                return str(iso)
            month, year = said.get("month") or said["month2"], said.get("year") or said.get("year2")
            number = next(n for n, name in enumerate(NAMES, 1) if name.startswith(month.lower()[:3]))
            return f"{year}-{number:02d}" if year else f"{number:02d}"
    if found := CALENDAR.search(text):
        quarter = int(found["quarter"] or found["other"] or found["third"])
        return f"{found['year'] or found['short']}-{3 * quarter:02d}"
    return None


def ended_spans(text: str) -> list[tuple[int, int]]:
    """Where in the text a quarter is told so."""
    return [found.span() for pattern in (*PATTERNS, CALENDAR) for found in pattern.finditer(text)]
