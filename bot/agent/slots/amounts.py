"""Amounts in a question: how much, of what, per what, and for which role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.agent.slots.amount import Amount, Bound
from bot.agent.slots.lexing import Span, flatten
from bot.agent.slots.neighbours import by_neighbour, shared_units, slashed
from bot.agent.slots.numerals import Numeral, scan
from bot.agent.slots.roles import (
    PLAIN_ROLES,
    TIME_ROLES,
    TOKEN_ROLES,
    WEAK,
    Kind,
    clause_after,
    clause_before,
    is_joining,
    role_after,
    role_before,
)
from bot.agent.slots.units import PER, UNIT_AFTER, rate, unit_of
from tools.money import Money

__all__ = ["Amount", "amounts"]

_RANGE = re.compile(r"\s*(?:-|\bto\b|\bup\s+to\b)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|roughly\s+)?[$€£]?$", re.IGNORECASE)
_TRAINED = re.compile(
    r"\b(?:(?:pre-?|fine-?\s?)?(?:train|tun)(?:ed|ing|e|s)?|serv(?:e|es|ed|ing)|self-?host(?:ed|ing|s)?"
    r"|host(?:ed|ing|s)?|deploy(?:ed|ing|s)?|run(?:s|ning)?|inference|lora|qlora|distil(?:l|ling)?)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|with|over|using)\s+(?:about\s+|roughly\s+|another\s+)?$", re.IGNORECASE)
_BACK_AFTER = re.compile(r"\s+(?:(?:comes?|came|coming|flows?)\s+)?back\b", re.IGNORECASE)
_BACK_BEFORE = re.compile(r"\bback\s+(?:about\s+|roughly\s+)?$", re.IGNORECASE)
_OF_TOKENS = re.compile(r"\b(?:tokens?|prompts?|requests?|calls?|inputs?|outputs?|gpt|claude|gemini)\b", re.IGNORECASE)
_LOOSE = re.compile(r"\b(?:of|in|out|the|our|own)\b", re.IGNORECASE)
_ATTRIBUTIVE = re.compile(r"\b(?:a|an)\s+$", re.IGNORECASE)
_ADVERB = re.compile(r"\s?(?:daily|weekly|monthly|quarterly|yearly|annually)", re.IGNORECASE)
# "from 4M to 7M in 3 years": no tokens that went in.
_IN_A_TIME = re.compile(
    r"\s+in\s+\d+\s*(?:years?|yrs?|months?|mos?|weeks?|days?|quarters?|hours?|hrs?)\b",
    re.IGNORECASE,
)
_A_SECOND = re.compile(r"\s?(?:rps|qps)\b", re.IGNORECASE)
# "500.000 tokens": nobody writes a thousandth of what is only counted whole.
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_WHOLE = frozenset({"token", "request", "conversation", "ticket", "document", "image", "page", "user", "seat", "GPU"})
_NEXT_WORD = re.compile(r"\s?[a-z]+", re.IGNORECASE)
# "3k in / 1k out requests": so many tokens in each of them.
_ASKED = {"request", "conversation", "document", "ticket"}
_ONE_SIDE = re.compile(r"[\s-]?(?:tokens?[\s-])?(?:in|out|input|output|prompt|completion)(?=[\s-])", re.IGNORECASE)
_SPANS = frozenset({"hour", "minute", "second", "day", "week", "month", "quarter", "year"})
_LOOSE_UNITS = _SPANS | {"x", "W", "Wh", "kWh", "MWh", "GWh", "GB", "TB"}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mm": 6, "million": 6, "b": 9, "billion": 9, "hundred": 2}


def amounts(text: str, masked: Sequence[Span] = ()) -> list[Amount]:
    """Every number of `text` in order, none overlapping another or `masked`.

    Digits in names (gpt-4o, H100, p5.48xlarge), dates, versions and addresses are left out; `masked` holds what the
    caller has read already (models, accelerators, periods). Never raises.
    """
    flat = flatten(text)
    numerals = [item for item in scan(flat, masked) if isinstance(item, Numeral)]
    found: list[Amount] = []
    covered = told = 0
    for numeral, bound, following in _ranges(flat, numerals):
        if numeral.start >= covered:
            amount = _amount(text, flat, numeral, bound, told, following)
            found.append(amount)
            told = amount.phrase_end
            covered = told if amount.per_count != 1 else amount.end
    return slashed(flat, by_neighbour(flat, shared_units(found)))


def _ranges(flat: str, numerals: list[Numeral]) -> list[tuple[Numeral, Bound | None, int]]:
    """Each number, which end of a range it is, and where the next number starts; a low end takes what only the high end
    shows: scale, currency and percent sign."""
    items: list[tuple[Numeral, Bound | None, int]] = []
    high = False
    for i, numeral in enumerate(numerals):
        after = numerals[i + 1] if i + 1 < len(numerals) else None
        low = not high and after is not None and _joined(flat, numeral, after)
        if low and after is not None:
            numeral = _like(numeral, after)
        bound: Bound | None = "high" if high else "low" if low else None
        if high and numeral.currency is None and not numeral.percent:
            numeral = replace(numeral, currency=numerals[i - 1].currency)
        items.append((numeral, bound, after.start if after else len(flat)))
        high = low
    return items


def _joined(flat: str, low: Numeral, high: Numeral) -> bool:
    between = flat[low.end : high.start]
    if len(between) > 12 or high.signed:
        return False
    if _AND.fullmatch(between):
        return _BETWEEN.search(flat, max(0, low.start - 30), low.start) is not None
    return _RANGE.fullmatch(between) is not None


def _like(low: Numeral, high: Numeral) -> Numeral:
    currency = low.currency or (None if low.percent else high.currency)
    percent = low.percent or (high.percent and currency is None and not low.scaled)
    if high.scaled and not low.scaled and high.mantissa and 0 < low.mantissa < 50 * high.mantissa:
        factor = high.value / high.mantissa
        return replace(low, value=low.value * factor, quantum=low.quantum * factor, currency=currency, scaled=True)
    return replace(low, currency=currency, percent=percent)


def _amount(text: str, flat: str, n: Numeral, bound: Bound | None, covered: int, following: int) -> Amount:
    kind: Kind = "money" if n.currency else "percent" if n.percent else "number"
    unit, end = _unit(flat, n) if kind == "number" else (n.currency or "%", n.end)
    per, per_count, what, end = (None, Decimal(1), "", end) if kind == "percent" else _rate(flat, end, kind == "money")
    role, role_end = _role(flat, n, kind, unit, covered, following)
    if per == "token" and (named := role_after(what, "number")):
        role = named[0]
    if kind == "money" and role is None and per in ("kWh", "MWh"):
        role = "electricity"
    if role == "output" and unit is None and _comes_back(flat, n) and not _OF_TOKENS.search(flat):
        role = None
    if unit == "request" and role in TOKEN_ROLES:
        role = None  # "20,000 answers": counted, not written in tokens
    if kind == "number" and unit is None:
        unit = _implied(flat, n, role)
    if unit == "model" and n.value >= 10**6:
        unit = "parameter"
    if unit == "request" and _A_SECOND.match(flat, n.end):
        per = "second"
    if unit in _WHOLE and _DOTTED.fullmatch(flat, n.start, n.end):
        n = replace(n, value=n.value * 1000, quantum=Decimal(1))
    return Amount(
        n.start,
        n.end,
        text[n.start : n.end],
        n.value,
        n.quantum,
        unit,
        role,
        Money(n.value, n.currency) if n.currency else None,
        n.percent,
        n.points,
        "factor" if unit == "x" else kind,
        per,
        per_count,
        bound,
        max(end, role_end),
        n.signed,
        n.scaled,
        n.worded,
    )


def _unit(flat: str, n: Numeral) -> tuple[str | None, int]:
    if n.folds:
        return "x", n.end
    found = UNIT_AFTER.match(flat, n.end)
    if not found:
        return None, n.end
    if _ADVERB.fullmatch(flat, n.end, found.end()):
        return None, n.end
    unit = unit_of(found)
    if unit in _ASKED and (side := _ONE_SIDE.match(flat, n.end)):
        return "token", side.end()
    if unit in _LOOSE_UNITS and _LOOSE.search(found["adjectives"] or ""):
        return None, n.end
    return unit, found.end()


def _rate(flat: str, start: int, counted: bool) -> tuple[str | None, Decimal, str, int]:
    """`(canonical rate, how many of it, its words, where it ends)`; only money is `counted` by "1M" of something."""
    found = PER.match(flat, start)
    per = rate(found) if found else None
    numbered = found is not None and found["count"] and (found["every"] or "").lower() in {"/", "each"}
    if not found or per is None or (numbered and not counted):
        return None, Decimal(1), "", start
    count = Decimal((found["count"] or "1").replace(",", "")).scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    what, end = found["what"] or "", found.end()
    if per == "token" and re.match(r"m(?:illion)?\s?tok", what, re.IGNORECASE):
        count *= 10**6
    again = PER.match(flat, end)
    if again and (second := rate(again)) and again["count"] is None:
        both = "GPU hour" if {per, second} == {"hour", "GPU"} else f"{per} {second}"
        return both, count, what, again.end()
    return per, count, what, end


def _role(flat: str, n: Numeral, kind: Kind, unit: str | None, covered: int, following: int) -> tuple[str | None, int]:
    after = role_after(clause_after(flat, n.end, following), kind)
    if after and after[0] == "input" and _IN_A_TIME.match(flat, n.end):
        after = None
    before = role_before(clause_before(flat, n.start, covered), kind)
    if kind == "number":
        sized = unit in {"token", "word"} or (unit is None and (n.scaled or abs(n.value) >= 100))
        if before and before[2] and _fits(before[0], unit, sized):
            return before[0], n.end
        if after and after[0] != "horizon" and _fits(after[0], unit, sized) and (sized or after[1] < 24):
            return after[0], n.end + after[1]
        worth = role_before(clause_before(flat, n.start, covered), "money") if unit is None else None
        return (worth[0] if worth and worth[2] and abs(n.value) >= 100 else None), n.end
    if kind == "money" and after and is_joining(flat[n.end + after[1] : following]) and following < len(flat):
        after = None
    if kind == "percent" and after is None and before is None:
        after = role_after(clause_after(flat, n.end, len(flat)), kind)
    if after and _ATTRIBUTIVE.search(flat, max(0, n.start - 8), n.start) and after[1] < 30:
        return after[0], n.end + after[1]
    if kind == "percent" and (named := _right_after(flat, n.end, following)):
        return named
    joined = before is not None and before[2]
    if before and joined and not (before[0] in WEAK and after and after[0] not in WEAK):
        return before[0], n.end
    if after:
        return after[0], n.end + after[1]
    return (before[0] if before else None), n.end


def _right_after(flat: str, end: int, following: int) -> tuple[str, int] | None:
    """The role that the word right after a percent says: `37% discount` whatever stands before it."""
    word = _NEXT_WORD.match(clause_after(flat, end, following))
    named = role_after(word[0], "percent") if word else None
    return (named[0], end + named[1]) if named and named[0] not in WEAK else None


def _fits(role: str, unit: str | None, sized: bool) -> bool:
    if role in PLAIN_ROLES:
        return unit is None
    return sized if role in TOKEN_ROLES else unit in _SPANS if role in TIME_ROLES else True


def _comes_back(flat: str, n: Numeral) -> bool:
    """Whether money comes back, rather than tokens: only the words beside the number say so."""
    return _BACK_AFTER.match(flat, n.end) is not None or _BACK_BEFORE.search(flat, 0, n.start) is not None


def _implied(flat: str, n: Numeral, role: str | None) -> str | None:
    if role in TOKEN_ROLES:
        return "token"
    if role == "active" and n.value >= 10**6:
        return "parameter"
    if not n.scaled or n.value < 10**6 or not _TRAINED.search(flat, max(0, n.start - 60), n.start):
        return None
    return "token" if _ON.search(flat, max(0, n.start - 24), n.start) else "parameter"
