"""The cash flows that a question tells: each amount of money paid or received, once or each period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.agent.planner.cashflows.parts import parts_told
from bot.agent.planner.cashflows.words import (
    A_YEAR,
    ADVERBS,
    BACK_AFTER,
    CLAUSE,
    CUE,
    JOINING,
    LEFT_AFTER,
    LEFT_BEFORE,
    LONG,
    LONG_AFTER,
    PAID_AFTER,
    PER_AFTER,
    PER_BEFORE,
)
from bot.agent.slots.amounts import Amount

Way = Literal["in", "out", "left", ""]
Gain = Literal["", "net", "verb", "word"]
SMALLEST = 100
EACH_TIME = re.compile(r"\s*(?:/|\b(?:an?|per|each|every)\b)\s*(?:year|quarter|month|week)\b", re.IGNORECASE)
TIMES = frozenset(A_YEAR)
GOES_ON = re.compile(
    r"[\s,]*(?:once|one-?off|one-?time|up\s?-?front|now|today|initially|first|down)?[\s,]*(?:and|plus|\+"
    r"|&)\s+(?:another\s+|a\s+further\s+|about\s+)*[$€£]?",
    re.IGNORECASE,
)
LASTS = re.compile(
    r"\s*(?:back\s+)?(?:for|in|over)\s+(?:each|every)\s+(?:one\s+)?of\s+(?:the\s+)?(?:next\s+|following\s+)?"
    r"|\s*(?:back\s+)?for\s+(?:the\s+)?(?:next\s+|following\s+)?",
    re.IGNORECASE,
)
OF_EACH = re.compile(r"\s*(?:[a-z]+\s+){0,3}?(?:of\s+)?(?:about\s+)?[$€£]?", re.IGNORECASE)
NET = re.compile(r"\b(?:gains?|gaining|profits?|net)\b(?:\s+(?:us|of|about|is|a|by|in))*[\s:=(]*[$€£]?$", re.IGNORECASE)
# `spending 40,000 and gaining 58,000`: as a verb; `cost 20k, gain 9k`: as either.
GAINED = re.compile(
    r"(?:\bgaining|\bgained|\b(?:we|you|i|they|it|and|to|will|would|could|that|which|then)\s+gains?)"
    r"(?:\s+(?:us|back|about|around|roughly|some))*[\s:=(]*[$€£]?$",
    re.IGNORECASE,
)
GAIN = re.compile(r"(?<!net )\bgains?[\s:=(]*[$€£]?$", re.IGNORECASE)
NET_AFTER = re.compile(r"\s*(?:(?:of|in)\s+)?(?:net\b|gain\b|profit\b|in\s+gains\b)", re.IGNORECASE)
OF_THEM = re.compile(r"\s+(?:worth\s+)?of\s", re.IGNORECASE)
LABELS = re.compile(
    r"\b(?:option|offer|project|vendor|plan|proposal|case|scenario|quote|variant|alternative|tool)\s+$", re.I
)
AT_A_START = re.compile(r"(?:^|[:;,.(]\s*)$")


@dataclass(frozen=True, slots=True)
class Flow:
    """`value` is positive. `way` is `left` for what is got back at the end, empty where nothing says. `every` is the
    period it comes in, None once. `gain` says whether it is what is left beyond what was paid (`net`), or is said to be
    gained (`verb`) or a gain (`word`), which may mean either."""

    amount: Amount
    value: Decimal
    way: Way
    every: str | None
    gain: Gain = ""

    @property
    def currency(self) -> str | None:
        return self.amount.unit if self.amount.kind == "money" else None


@dataclass(frozen=True, slots=True)
class Length:
    """A time that is told: how many of a span."""

    amount: Amount
    count: Decimal
    span: str

    def months(self) -> Decimal:
        return self.count * 12 / A_YEAR[self.span]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a text tells: no amount of it is left over."""

    flows: tuple[Flow, ...]
    lengths: tuple[Length, ...]
    percents: tuple[Amount, ...]
    bare: tuple[Amount, ...]


def told(text: str, amounts: Sequence[Amount]) -> Told | None:
    """The flows, times and percents of a text; None where an amount is of another kind."""
    flows: list[Flow] = []
    lengths: list[Length] = []
    percents: list[Amount] = []
    bare: list[Amount] = []
    amounts = [a for a in amounts if not LABELS.search(text[: a.start])]
    sums = [a for a in amounts if _is_sum(a, text)]
    parts = parts_told(text, amounts, sums)
    for amount in amounts:
        if amount.bound is not None:
            return None
        if any(amount is base for _, base in parts):
            continue
        if base := next((base for part, base in parts if part is amount), None):
            before, after = around(text, base, amounts)
            flows.append(Flow(base, base.value * amount.value / 100, "in", _every(base, before, after)))
            continue
        if amount.kind == "percent":
            percents.append(amount)
        elif amount in sums:
            flows.append(_flow(text, amount, amounts, flows[-1:]))
        elif amount.kind == "number" and amount.unit in TIMES and amount.per is None and amount.value > 0:
            if not (
                LONG.search(text[: amount.start]) or LONG_AFTER.match(text, amount.phrase_end) or _apart(text, amount)
            ):
                return None
            lengths.append(Length(amount, amount.value, str(amount.unit)))
        elif is_count(amount):
            bare.append(amount)
        else:
            return None
    return Told(tuple(flows), tuple(lengths), tuple(percents), tuple(bare))


def is_count(a: Amount) -> bool:
    """Whether an amount may say how many: a small whole number of nothing."""
    whole = a.value == a.value.to_integral_value() and 0 < a.value < 100
    return a.kind == "number" and a.unit is None and not a.scaled and whole


def _is_sum(a: Amount, text: str) -> bool:
    if a.kind == "money":
        return a.per is None or a.per in TIMES
    if a.kind != "number" or (a.per is not None and a.per not in TIMES) or (a.worded and a.value < 1000):
        return False
    if a.unit in {"GPU", "node"} and a.scaled:
        return OF_THEM.match(text, a.end) is not None
    counted = a.unit is None or (a.unit == "token" and "token" not in text.lower())
    return counted and (abs(a.value) >= SMALLEST or a.scaled or EACH_TIME.match(text, a.end) is not None)


def _apart(text: str, a: Amount) -> bool:
    """Whether a time stands as a value of its own: `a 3-year project`, `Lease: 36 months at ...`."""
    return re.match(r"\s?-", text[a.end :]) is not None or AT_A_START.search(text[: a.start]) is not None


def _flow(text: str, amount: Amount, amounts: Sequence[Amount], last: Sequence[Flow]) -> Flow:
    before, after = around(text, amount, amounts)
    way = _way(amount, before, after)
    if way == "" and last and last[0].way and _goes_on(text, last[0].amount, amount):
        way = last[0].way
    every = _every(amount, before, after) or _lasting(text, amount, amounts, way)
    return Flow(amount, abs(amount.value), way, every, _gain(text[: amount.start], before, after))


def _gain(head: str, before: str, after: str) -> Gain:
    if NET_AFTER.match(after):
        return "net"
    if NET.search(before) is None:
        return ""
    return "verb" if GAINED.search(head) else "word" if GAIN.search(head) else "net"


def _goes_on(text: str, one: Amount, other: Amount) -> bool:
    """Whether an amount is of one kind with that before it: `64,000 once plus 1,000 a month`."""
    return GOES_ON.fullmatch(text[max(one.end, one.phrase_end) : other.start]) is not None


def _lasting(text: str, amount: Amount, amounts: Sequence[Amount], way: Way) -> str | None:
    """The period of what comes `for four years`, `in each of five years`, of `five annual returns of` so much."""
    if way != "out" or amount.per:
        for time in amounts:
            if (
                time.unit in TIMES
                and time.kind == "number"
                and LASTS.fullmatch(text[amount.end : max(time.start, amount.end)])
            ):
                return str(time.unit)
    counts = [a for a in amounts if a.per in TIMES and is_count(a) and a.end <= amount.start]
    of = (a.per for a in counts if OF_EACH.fullmatch(text[max(a.end, a.phrase_end) : amount.start]))
    return next(of, None)


def spoken_for(text: str, flow: Flow, amounts: Sequence[Amount]) -> list[tuple[int, int]]:
    """The words beside an amount that say what it is, and so ask for nothing: `3,200 net benefit every month`."""
    before, after = around(text, flow.amount, amounts)
    spans = []
    if found := BACK_AFTER.match(after):
        spans.append((flow.amount.end, flow.amount.end + found.end()))
    cues = [m for m in CUE.finditer(before) if JOINING.fullmatch(before, m.end())]
    if cues and cues[0]["in"]:
        spans.append((flow.amount.start - len(before) + cues[0].start(), flow.amount.start))
    return spans


def around(text: str, amount: Amount, amounts: Sequence[Amount]) -> tuple[str, str]:
    """The words of the clause before an amount and after it, as far as the next amounts."""
    end = amount.end
    start = max((max(a.end, a.phrase_end) for a in amounts if a.end <= amount.start), default=0)
    stop = min((a.start for a in amounts if a.start >= end), default=len(text))
    before = text[min(start, amount.start) : amount.start]
    if breaks := list(CLAUSE.finditer(before)):
        before = before[breaks[-1].end() :]
    after = text[end:stop]
    if breaks := list(CLAUSE.finditer(after)):
        after = after[: breaks[0].start()]
    return before, after


def _way(amount: Amount, before: str, after: str) -> Way:
    if LEFT_BEFORE.search(before) or LEFT_AFTER.match(after):
        return "left"
    if amount.value < 0:
        return "out"
    cues = list(CUE.finditer(before))
    governs = bool(cues) and JOINING.fullmatch(before, cues[-1].end()) is not None
    last: Way = ("out" if cues[-1]["out"] else "in") if cues else ""
    weak = bool(cues) and cues[-1][0].lower() in {"for", "makes", "make", "gives", "give", "takes", "take", "worth"}
    if governs and not weak:
        return last
    if BACK_AFTER.match(after):
        return "in"
    if PAID_AFTER.match(after):
        return "out"
    if governs:
        return "" if cues[-1][0].lower() == "for" and amount.per else last  # `100k now for 30k a year`
    if cues and not weak and len(before) - cues[-1].end() <= 30:
        return last
    return ""


def _every(amount: Amount, before: str, after: str) -> str | None:
    if amount.per is not None:
        return amount.per
    if (found := PER_AFTER.match(after)) or (found := PER_BEFORE.search(before)):
        span = (found["span"] or "").lower()
        return span or ADVERBS.get(found["adverb"].lower(), "year")
    return None
