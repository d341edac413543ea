"""How months, days and years are written. Knows spelling only; what a date means is in `periods`."""

from __future__ import annotations

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:(?<![a-z]{5})\.(?=\s?\d))?"
)
ORDINAL = r"(?:st|nd|rd|th)"
DAY = rf"(?:3[01]|[12]\d|0?[1-9]){ORDINAL}?"
YEAR = r"(?:19[89]\d|20[0-4]\d)"
TO = r"\s*(?:-|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\bup to\b)\s*"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_QUANTITY = (
    r"(?!\s?(?:%|[kmbt]\b|bn\b|million|billion|trillion|thousand|percent|tokens?|requests?|calls|users|seats|gpus?|hours?"
    r"|days?|months?|chips|cards|nodes|images|pages|teams?|models?|projects|[$€£]|[HABLV]\d|dollars|euros|USD|EUR|GBP))"
)

DATE = re.compile(
    rf"(?<![\w.,$€£-])(?:"
    rf"{YEAR}[-/](?:0[1-9]|1[0-2])(?:[-/](?:0[1-9]|[12]\d|3[01]))?(?![\w-])"
    rf"|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})(?!\w)"
    rf"|\d{{1,2}}\.\d{{1,2}}\.{YEAR}(?!\w)"
    rf"|{DAY}(?:{TO}{DAY})?\s+(?:of\s+)?(?!may\b|mar\b){MONTH}(?:,?\s+{YEAR}\b|\s?'\d\d\b)?"
    rf"|{DAY}(?:{TO}{DAY})?\s+(?:of\s+)?(?-i:May|Mar)\b(?:,?\s+{YEAR}\b|\s?'\d\d\b)?"
    rf"|{MONTH}\s+{DAY}(?:{TO}{DAY})?(?![\w%]|[.,]\d){_QUANTITY}(?:,?\s+{YEAR}\b)?"
    rf"|{MONTH},?(?:\s+|-){YEAR}(?![\w%]|[.,]\d){_QUANTITY}|{MONTH}\s?'\d\d\b"
    rf"|(?:FY\s?|fiscal(?:\s+year)?\s+)(?:{YEAR}|\d\d)\b"
    rf"|(?:week|CW|KW)\s?\d{{1,2}}\b"
    rf"|20[0-3]\d\s?-\s?20[0-3]\d(?![\w%]|[.,]\d|-\d){_QUANTITY}"
    rf"|20(?:0[1-9]|[1-3]\d)(?![\w%]|[.,]\d|-\w){_QUANTITY}"
    rf")",
    re.IGNORECASE,
)
"""A date, a month with its year, a year alone (2001 to 2039), or a week number, as text. A year before a unit
("2025 tokens") is no date."""


def month_number(name: str) -> int:
    """1 to 12 for any spelling that `MONTH` matches."""
    return _MONTHS.index(name[:3].lower()) + 1
