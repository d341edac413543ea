"""What two prices of one thing are apart, over all that is counted: `a bot takes $0.85 a ticket, a human $7.20`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.agent.planner.quantities.dimensions import IN_ONE, TIMES, Quantity
from bot.agent.planner.quantities.nouns import canonical

FROM_TO = re.compile(r"\bfrom\s+(?:about\s+|our\s+)?$", re.IGNORECASE)
TO = re.compile(r"\s*(?:to|->|→|-)\s*(?:about\s+)?", re.IGNORECASE)
OPTIONS = frozenset(("vendor", "option", "provid", "offer", "tool", "plan", "supplier", "quot", "model", "way"))
FLOWS = re.compile(
    r"\b(?:sav(?:e|es|ed|ings?)|benefits?|profits?|revenues?|bring\w*|earn\w*|invest\w*|put(?:ting)?|return\w*"
    r"|yield\w*|gain\w*|up\s?-?front|one-?off|once)"
    r"(?:\s+(?:us|in|of|about|is|at))*\s*[$€£]?$",
    re.IGNORECASE,
)
OR_ELSE = re.compile(
    r"\b(?:instead|vs|versus|against|rather|other|another|alternative|competitor|or|than|while|whereas|but)\b",
    re.IGNORECASE,
)
OPTIONS_TOLD = 2
APART = re.compile(
    r"\bsav(?:e|es|ed|ing|ings)\b|\bdifference\b|\bcheaper\b|\bdearer\b|\bhow\s+much\s+(?:more|less)\b|\bgap\b"
    r"|\bextra\b|\bdelta\b"
    r"|\bmore\s+expensive\b|\bmargin\b|\bprofits?\b|\bis\s+left\b|\bcost\s+(?:more|less)\b|\bnet\b",
    re.IGNORECASE,
)


def apart(text: str, quantities: Sequence[Quantity]) -> list[Quantity] | None:
    """The amounts with the difference of their two prices in place of them; None where there are not two of one kind.
    A price without a unit takes that of the other."""
    quantities = [q for q in quantities if not (q.value == OPTIONS_TOLD and set(q.dims) & OPTIONS)]
    prices = [q for q in quantities if q.kind == "money"]
    if len(prices) == 1 and APART.search(text):
        return _counts_apart(text, quantities)
    if len(prices) != 2 or APART.search(text) is None:
        return None
    first, second = prices = _of_the_counted(text, prices, quantities)
    if first.currency != second.currency:
        return None
    if first.dims != second.dims:
        poorer, richer = sorted(prices, key=lambda q: len(q.dims))
        if not (set(poorer.dims) <= set(richer.dims) or _other_time(first, second)):
            return None
        if set(poorer.dims) < set(richer.dims):
            if ({*richer.dims} - {*poorer.dims}) & {*TIMES} and not _alternatives(text, prices):
                return None  # what is paid once and what comes each month are no two prices of one thing
            rates = {unit for q in quantities if q.kind == "count" for unit in q.of_one()}
            if rates & (set(richer.dims) - set(poorer.dims)):
                return None
            first, second = (replace(q, dims=richer.dims) for q in (first, second))
        else:
            first, second = _same_time(first, second)
    high, low = sorted((first, second), key=lambda q: -q.value)
    if high.value == low.value:
        return None
    merged = Quantity(
        high.value - low.value, f"({high.written} - {low.written})", "money", high.dims, first.start, first.end,
        first.each or second.each,
    )  # fmt: skip
    return [merged, *(q for q in quantities if q.kind != "money")]


def _alternatives(text: str, prices: Sequence[Quantity]) -> bool:
    """Whether two amounts are told as two prices of one thing, neither of them as what is saved, earned or invested."""
    flows = any(FLOWS.search(text[: price.start]) for price in prices)
    return not flows and OR_ELSE.search(text[prices[0].end :]) is not None


def _of_the_counted(text: str, prices: list[Quantity], quantities: Sequence[Quantity]) -> list[Quantity]:
    """The prices of one of two things, both as of the one that is counted: a chat and a phone call, of 12,000 calls."""
    each = [q.of_one() for q in prices]
    things = [u for q in quantities if q.kind == "count" for u, p in q.dims.items() if p > 0 and u not in TIMES]
    if not any(each) and len(things) == 1 and all(len(q.dims) == 1 for q in prices) and _one_said(text, things[0]):
        return [replace(q, dims={**q.dims, things[0]: -1}) for q in prices]
    counted = {unit for q in quantities if q.kind == "count" for unit, power in q.dims.items() if power > 0}
    if any(len(units) != 1 for units in each) or each[0] == each[1] or sum(units[0] in counted for units in each) != 1:
        return prices
    unit = next(units[0] for units in each if units[0] in counted)
    return [
        replace(q, dims={unit if name == own[0] else name: p for name, p in q.dims.items()})
        for q, own in zip(prices, each, strict=True)
    ]


def _one_said(text: str, unit: str) -> bool:
    """Whether one of them is spoken of: `a call handled by staff costs ...`."""
    found = re.finditer(r"\b(?:an?|one|each|every|per)\s+(?:[a-z-]+\s+)?([a-z-]+)\b", text, re.IGNORECASE)
    return any(canonical(word) == unit for match in found for word in match[0].split()[1:])


def _counts_apart(text: str, quantities: Sequence[Quantity]) -> list[Quantity] | None:
    """The amounts with the difference of two counts of one thing in their place: `from 200 to 260 seats`."""
    counts = [q for q in quantities if q.kind == "count"]
    pair = next(
        (
            (a, b)
            for a, b in pairwise(counts)
            if FROM_TO.search(text[: a.start]) and TO.fullmatch(text[a.end : b.start])
        ),
        None,
    )
    if pair is None or pair[0].value == pair[1].value or (pair[0].dims and pair[0].dims != pair[1].dims):
        return None
    high, low = sorted(pair, key=lambda q: -q.value)
    merged = replace(pair[1], value=high.value - low.value, written=f"({high.written} - {low.written})")
    return [merged, *(q for q in quantities if q not in pair)]


def _other_time(first: Quantity, second: Quantity) -> bool:
    """Whether two prices differ in nothing but the time they are for: $25 a month and $240 a year."""
    rest = [{unit: p for unit, p in q.dims.items() if unit not in TIMES} for q in (first, second)]
    return rest[0] == rest[1] and (first.span, second.span) != (None, None) and None not in (first.span, second.span)


def _same_time(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Both prices for the longer of their times."""
    for small, large in ((first, second), (second, first)):
        many = IN_ONE.get((str(small.span), str(large.span)))
        if many is not None:
            from tools.calculators.arithmetic import calculate

            raised = replace(
                small,
                value=calculate(f"{small.written} * {many}").figures[0].value,
                written=f"{small.written} * {many}",
                dims=large.dims,
            )
            return (raised, second) if small is first else (first, raised)
    return first, second
