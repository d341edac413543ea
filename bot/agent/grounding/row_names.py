"""The names of rows as they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.agent.slots.lexing import flatten
from tools.results import Result

_AGAINST = re.compile(
    r"\b(?:than|versus|vs\.?|against|unlike|without|excluding|except|besides?|ahead\s+of|behind|over|after|before"
    r"|below|above|compared\s+(?:to|with)|relative\s+to|from|through|since|until|instead\s+of|as\s+of)"
    r"\s+(?:in\s+|the\s+|that\s+of\s+)*[*_`(]*$",
    re.IGNORECASE,
)


def folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    spelled = [
        r"[\W_]{1,2}".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True) if name
    ]
    if not spelled:
        return None
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(spelled)})(?![\w-])", re.IGNORECASE)


def is_against(flat: str, at: int, since: int) -> bool:
    return _AGAINST.search(flat, max(since, at - 32), at) is not None


def headings(results: Sequence[Result]) -> set[str]:
    columns = (name for result in results if result.table is not None for name in result.table.columns)
    return {folded(flatten(name)) for name in columns if re.search(r"\d", name) and re.search(r"[A-Za-z]", name)}
