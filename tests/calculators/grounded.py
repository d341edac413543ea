"""What each Result owes its reader: every number of the summary is among its figures, table or assumptions."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tools.results import Result

SCALES = {"million": 6, "billion": 9, "trillion": 12}
NUMBER = re.compile(
    r"(?<![\w.-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e\d+)?(?![\w-])(?: (million|billion|trillion))?"
)
DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def ungrounded(result: Result) -> list[str]:
    """The numbers and dates of the summary that stand nowhere else in the result, rounding allowed."""
    known = [figure.value for figure in result.figures]
    known += [cell for row in (result.table.rows if result.table else ()) for cell in row if isinstance(cell, Decimal)]
    known += [Decimal(c) for row in (result.table.rows if result.table else ()) for c in row if isinstance(c, int)]
    words = [*result.assumptions, *(figure.label for figure in result.figures)]
    words += [str(cell) for row in (result.table.rows if result.table else ()) for cell in row]
    words += [result.table.title, *result.table.columns] if result.table else []
    known += [number for text in words for number, _ in numbers(text)]
    dates = {figure.as_of for figure in result.figures} | {d for text in words for d in dates_in(text)}
    missing = [str(day) for day in dates_in(result.summary) if day not in dates]
    return missing + [
        said for number, said in numbers(result.summary) if not any(_rounds_to(exact, number, said) for exact in known)
    ]


def numbers(text: str) -> list[tuple[Decimal, str]]:
    return [
        (Decimal(match[0].split(" ")[0].replace(",", "")).scaleb(SCALES.get(match[1] or "", 0)), match[0])
        for match in NUMBER.finditer(DATE.sub("", text))
    ]


def dates_in(text: str) -> list[date]:
    return [date.fromisoformat(found) for found in DATE.findall(text)]


def _rounds_to(exact: Decimal, shown: Decimal, said: str) -> bool:
    digits = said.split(" ")[0].split("e")[0].replace(",", "")
    places = len(digits.partition(".")[2])
    scale = SCALES.get(said.split(" ")[1], 0) if " " in said else 0
    if "e" in said:
        scale = int(said.split("e")[1])
    step = Decimal(1).scaleb(scale - places)
    return abs(abs(exact) - abs(shown)) <= step / 2
