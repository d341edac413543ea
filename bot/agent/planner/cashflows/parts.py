"""A percent that is saved of an amount told beside it: `cuts our 20,000 a month bill by 35%`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.slots.amounts import Amount

SAVED = (
    r"(?:sav(?:e|es|ed|ing)|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|trim(?:s|med|ming)?|lower(?:s|ed|ing)?|shav(?:e"
    r"|es|ed|ing)|slash(?:es|ed|ing)?"
    r"|knock(?:s|ed|ing)?|tak(?:e|es|ing)|shrink(?:s|ing)?)"
)
WHOLE = r"(?:a|an|our|the|its|their|this|that)"
BEFORE = re.compile(rf"\b{SAVED}(?:\s+(?:us|about|around|roughly|an?\s+estimated))*\s*$", re.IGNORECASE)
OF_IT = re.compile(
    rf"\s*(?:off|of|from)\s+(?:of\s+)?(?:{WHOLE}\s+)?(?:(?!\d)[a-z]+\s+){{0,3}}?(?:of\s+)?[$€£]?", re.IGNORECASE
)
CUT_BEFORE = re.compile(rf"\b{SAVED}\s+(?:{WHOLE}\s+)?(?:(?!\d)[a-z]+\s+){{0,4}}?(?:of\s+)?[$€£]?$", re.IGNORECASE)
BY = re.compile(r"\s*(?:(?!\d)[a-z]+\s+){0,3}?by\s+(?:about\s+|around\s+|roughly\s+)?", re.IGNORECASE)
CUT_IT = re.compile(
    rf"[^\d]*\b{SAVED}\s+(?:(?:that|it|this|those|them)|(?:the|our|this|that)\s+(?:bill|costs?|spend\w*|amount"
    rf"|sum))\s+by\s+(?:about\s+|around\s+)?",
    re.IGNORECASE | re.DOTALL,
)
LESS_OF_IT = re.compile(rf"[^\d]*\b{SAVED}\s+(?:us\s+)?(?:about\s+)?$", re.IGNORECASE | re.DOTALL)
INCOME = re.compile(
    r"\b(?:sav|free|bring|brought|earn|return|yield|gain|benefit|revenue|generat|get|receiv)\w*\s+(?:(?!\d)\w+\s+){0,2}?[$€£]?$",
    re.IGNORECASE,
)
OF_THAT = re.compile(r"\s*(?:of|off|from)\s+(?:that|it|this)\b", re.IGNORECASE)


def parts_told(text: str, amounts: Sequence[Amount], sums: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """Each percent that is saved, with the amount that it is a part of; none of them twice."""
    found: list[tuple[Amount, Amount]] = []
    for percent in (a for a in amounts if a.kind == "percent" and 0 < a.value <= 100 and a.bound is None):
        free = [a for a in sums if all(a is not base for _, base in found)]
        before = [a for a in free if a.end <= percent.start]
        after = [a for a in free if a.start >= percent.end]
        base = None
        if after and BEFORE.search(text[: percent.start]) and OF_IT.fullmatch(text[percent.end : after[0].start]):
            base = after[0]
        elif before:
            last = before[-1]
            if INCOME.search(text[: last.start]):
                continue  # a part of what is saved is no cost saved
            between = text[max(last.end, last.phrase_end) : percent.start]
            if (
                (CUT_BEFORE.search(text[: last.start]) and BY.fullmatch(between))
                or CUT_IT.fullmatch(between)
                or (LESS_OF_IT.fullmatch(between) and OF_THAT.match(text, percent.end))
            ):
                base = last
        if base is not None:
            found.append((percent, base))
    return found
