"""The amounts that a question tells, each with its units: `40 seats`, `$19 per seat and month`, `25 minutes a day`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.agent.planner.quantities.dimensions import TIMES, Each, Quantity
from bot.agent.planner.quantities.nouns import PEOPLE, canonical, counted
from bot.agent.planner.quantities.rates import ADVERBS, put, rates
from bot.agent.planner.quantities.shares import share
from bot.agent.planner.quantities.subjects import HEADING, subject, with_them, without_strangers
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

EACH_AFTER = re.compile(
    r"\s*,?\s*(?:each\b(?!\s+(?:day|week|month|year|hour)\b)|apiece\b|a\s+(?:piece|pop|head)\b|ea\b)", re.I
)
EACH_BEFORE = re.compile(
    r"\b(?:each|apiece|every\s+one)(?:\s+(?:of\s+(?:them|whom|which)|[a-z]+ing|[a-z]+s?))?\s+(?:about\s+|around\s+|~)?[$€£]?\s?$",
    re.IGNORECASE,
)
AT = re.compile(
    r"(?:\b(?:at|@|times|paying|paid)|[@x×*])\s*(?:about|around|roughly|only|just|an?\s+average\s+of)?\s*[$€£]?$", re.I
)
EACH_OF = re.compile(r"\b(?:each|every\s+one)\s+of\s+(?:our\s+|the\s+|these\s+|those\s+)?$", re.IGNORECASE)
# `1,100 staff a $12 assistant`: each of them is given one.
GIVEN_EACH = re.compile(rf"\d[\d,.]*k?\s+(?:[a-z-]+\s+){{0,2}}?{PEOPLE.pattern}\s+an?\s+$", re.IGNORECASE)
# `50 people save 3 hours a week`: so much each.
THEY_SAVE = re.compile(
    rf"(?:\d[\d,.]*k?\s+(?:[a-z-]+\s+){{0,2}}?|^|[,.;]\s*|\bour\s+|\bif\s+){PEOPLE.pattern}\s+(?:(?:who|that|can|could|will|would|now|currently)\s+)*"
    r"(?:save|spend|waste|lose|work|need)s?\s+(?:about\s+|around\s+|roughly\s+)?$",
    re.IGNORECASE,
)
FOR_THEM = re.compile(
    r"\b(?:for|across|times|x|over)\s+(?:all\s+|our\s+|the\s+|about\s+|some\s+)*$|[x×*@]\s*$", re.IGNORECASE
)
OF_THEM = re.compile(r"\s+(?:of|such)\s+(?:them|those|these)\b", re.IGNORECASE)
MULTIPLIED = re.compile(r"(?:[x×*]|\btimes)\s*$", re.IGNORECASE)
# `$0.50 per million`, where tokens are spoken of.
A_MILLION = re.compile(
    r"\s*(?:/|\b(?:per|a|each)\b)\s*(?:1\s?)?(?:m|mm|million)\b(?!\s+(?!a\b|per\b|each\b)[a-z]+s?\b)", re.IGNORECASE
)
OFTEN_BEFORE = re.compile(
    r"\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annual)\s+(?:[a-z-]+\s+){1,3}?(?:of|is|are|was|at|:|=)?\s*(?:about\s+)?[$€£]?$",
    re.IGNORECASE,
)


def told(r: Reading) -> list[Quantity] | None:
    """Every amount of the question with its units, in order; None where the words beside one do not say what it is."""
    amounts = [a for a in r.amounts if not (a.worded and a.value == 1) and not _inside_rate(r, a)]
    chips = [m for m in r.accelerators if m.count]
    machines = bool(chips) or any(a.unit == "GPU" for a in amounts)
    found: list[Quantity] = []
    for amount in amounts:
        if amount.kind == "percent":
            one = share(r.text, amount)
        elif amount.kind == "factor" or amount.value <= 0 or (amount.bound and not _moves(r.text, amount)):
            one = None
        else:
            one = _quantity(r.text, amount, found, machines)
        if one is None:
            return None
        found.append(one)
    found += [Quantity(Decimal(m.count or 1), str(m.count), "count", {"GPU": 1}, m.start, m.end) for m in chips]
    return with_them(without_strangers(r.text, sorted(found, key=lambda q: q.start)))


def _inside_rate(r: Reading, amount: Amount) -> bool:
    """Whether a number only says how many a rate is for: the 1,000 of `per 1,000 pages`."""
    found = re.search(r"(?:/|\bper|\bevery|\bfor\s+(?:each|every))\s*$", r.text[: amount.start], re.IGNORECASE)
    return found is not None and any(a is not amount and a.end <= found.start() for a in r.amounts)


def _quantity(text: str, amount: Amount, before: Sequence[Quantity], machines: bool) -> Quantity | None:
    money = amount.kind == "money"
    dims: dict[str, int] = {}
    at = amount.end
    scale = Decimal(1)
    if money:
        dims[str(amount.unit)] = 1
        at = _after_currency(text, at)
        if millions := A_MILLION.match(text, at) if re.search(r"\btokens?\b", text, re.IGNORECASE) else None:
            scale, at = Decimal(10**6), millions.end()
            dims["token"] = -1
    elif (thing := counted(text, at)) is not None:
        at = thing[1]
        put(dims, thing[0], 1, machines)
    elif OF_THEM.match(text, at):
        dims["them"] = 1
    elif amount.unit is not None and amount.unit not in {"token", "x"}:
        put(dims, canonical(amount.unit), 1, machines)
    by, at = rates(text, at, dims, machines)
    scale *= by
    of = ""
    after = EACH_AFTER.match(text, at)
    if after:
        more, at = rates(text, after.end(), dims, machines)
        scale *= more
    head = text[: amount.start]
    start = amount.start
    if money and not any(unit in TIMES for unit in dims) and (often := OFTEN_BEFORE.search(head)):
        dims[ADVERBS.get(often["adverb"].lower(), "year")] = -1
        start = often.start()
    if (one := subject(text, amount.start, money, before)) and one[0] not in dims:
        put(dims, one[0], -1, machines)
        start = min(start, one[1])
        of = one[0]
    if money and HEADING.search(head) and len(dims) == 1 and not re.match(r"\s+[a-z]", text[at:], re.IGNORECASE):
        return None  # `cost per seat: $40, 120 seats`: the price of one, or of all of them?
    if not money and dims and all(power < 0 for power in dims.values()) and not MULTIPLIED.search(head):
        if (done := _of_the_verb(head, before)) is None:
            return None  # `brings 1,500 a month`: of what is not said, and money is never a number of times
        dims[done] = 1
    if not money and not dims and amount.bound == "low":
        return Quantity(amount.value, plain(amount.value), "count", {}, start, at)
    if not money and not dims:
        return _factor(text, amount, before)
    each: Each = "each" if after or EACH_BEFORE.search(head) else "at" if money and AT.search(head) else ""
    if money and GIVEN_EACH.search(head):
        each = "each"
    if not money and (EACH_OF.search(head) or THEY_SAVE.search(head) or ("person" in dims and FOR_THEM.search(head))):
        each = "each"
    written = plain(amount.value) if scale == 1 else f"{plain(amount.value)} / {plain(scale)}"
    dims = {unit: power for unit, power in dims.items() if power}
    return Quantity(amount.value / scale, written, "money" if money else "count", dims, start, at, each, of)


def _of_the_verb(head: str, before: Sequence[Quantity]) -> str | None:
    """What is counted where only the verb says it: `0.05 per answer, and we answer 400,000 a month`."""
    verb = re.search(r"([A-Za-z]+)\s+(?:about\s+|around\s+|some\s+)?$", head)
    unit = canonical(verb[1]) if verb else None
    return unit if unit and any(unit in q.of_one() for q in before) else None


def _after_currency(text: str, at: int) -> int:
    found = re.compile(r"\s*(?:usd|eur|gbp|dollars?|euros?|cents?|bucks)\b", re.IGNORECASE).match(text, at)
    return found.end() if found else at


def _moves(text: str, amount: Amount) -> bool:
    """Whether the two ends of a range are told as before and after: `from $3.10 to $2.45`, `from 200 to 260 seats`."""
    return re.search(r"\bfrom\b", text[: amount.start], re.IGNORECASE) is not None


def _factor(text: str, amount: Amount, before: Sequence[Quantity]) -> Quantity | None:
    """A bare number that the rest is multiplied by: the 12 of `60 x $39/month x 12` counts months."""
    if not MULTIPLIED.search(text[: amount.start]):
        return None
    span = next((q.span for q in before if q.span), None)
    whole = {"month": (12,), "week": (52, 50, 48), "day": (30, 31, 365), "hour": (24, 730, 8760)}.get(span or "", ())
    dims = {span: 1} if span and amount.value in whole else {}
    return Quantity(amount.value, plain(amount.value), "count", dims, amount.start, amount.end)
