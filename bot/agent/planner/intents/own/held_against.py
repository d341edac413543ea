"""Own spend held against an amount: `did we spend more than 9k`, `was search under 500 in May`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.own.spend_shares import part_named
from bot.agent.planner.intents.own.split import dimensions, step, with_period
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.slots.groupings import kinds_named
from tools.money import plain

ABOVE = re.compile(
    r"\b(?:more\s+than|(?<!year\s)(?<!month\s)over|above|exceed(?:s|ed|ing)?|greater\s+than|higher\s+than|north\s+of|upwards?\s+of"
    r"|at\s+least|beyond|topped|past)\s*$|>=?\s*$",
    re.IGNORECASE,
)
BELOW = re.compile(
    r"\b(?:less\s+than|under|below|fewer\s+than|lower\s+than|south\s+of|at\s+most|up\s+to|cheaper\s+than)\s*$|<=?\s*$",
    re.IGNORECASE,
)
# Asked so that yes or no answers it; how far above it is, is the difference of two amounts.
WHETHER = re.compile(
    r"\b(?:did|have|has|had|was|were|is|are|do|does)\s+(?:n['’]t\s+|not\s+)?(?:we|our|us|the|it|they|my|all|total|everything"
    r"|spend\w*|[\w'’.&-]+(?:\s+[\w'’.&-]+){0,3}\s+(?:spen[dt]|cost|pay|paid|bills?|use[ds]?|exceed|stay|come|go|hit|over|under"
    r"|above|below|more|less)\b)|\bwhether\b|\bif\s+we\b",
    re.IGNORECASE,
)


SHARE = re.compile(r"\s*(?:%|percent|per\s+cent)?\s+of\b", re.IGNORECASE)
ASKS_IF = re.compile(
    r"\b(?:check|confirm|verify|see|know|wonder\w*|tell\s+(?:me|us)|find\s+out|ask\w*|say|sure)\s+(?:for\s+me\s+)?if\b",
    re.I,
)
LEAST_OWN = 0.2


def limit(r: Reading) -> tuple[str, Amount] | None:
    """`above` or `below`, and the amount that own spend, or a group of it, is held against."""
    for amount in r.amounts:
        plain_number = amount.kind == "number" and amount.unit is None and amount.per is None
        if amount.kind not in {"money", "percent"} and not plain_number:
            continue
        before = r.text[: amount.start].rstrip("$€£ ")
        for way, words in (("above", ABOVE), ("below", BELOW)):
            if words.search(before):
                return way, amount
    return None


OF_THEM = re.compile(
    r"\b(?:any|no|every|each|which|what|how\s+many)\s+(?:single\s+|one\s+|of\s+our\s+)*$", re.IGNORECASE
)
A_SPAN = re.compile(
    r"\b(?:any|no|every|each|single|one|which|how\s+many)\s+(?:single\s+|one\s+)?(?P<span>day|week|month|quarter)s?\b"
    r"(?!\s+(?:ago|before|earlier|or\b))",
    re.IGNORECASE,
)


def of_one_each(r: Reading) -> bool:
    """Whether each team, model or month is held against the amount, not their sum: `did any team spend over 5k`."""
    kinds = kinds_named(r.text, r.tag_keys)
    return A_SPAN.search(r.text) is not None or any(OF_THEM.search(r.text[: kind.start]) for kind in kinds)


def _whether(text: str) -> bool:
    return WHETHER.search(text) is not None and re.search(r"\bhow\s+(?:far|much)\b", text, re.IGNORECASE) is None


def _imagined(r: Reading) -> bool:
    """Whether something is supposed, and `if` does not only stand for whether: `check if we spent over 9k`."""
    return r.has("scenario") or (r.has("whatif") and ASKS_IF.search(r.text) is None)


def _weigh(r: Reading) -> float | None:
    found = limit(r)
    if found is None or found[1].kind == "percent" or len(r.amounts) != 1 or not _whether(r.text):
        return None
    if of_one_each(r) or dimensions(r) or step(r) or r.groupings or (r.compared and r.compared[1]) or not r.periods:
        return None
    comparable = found[1].kind != "money" or found[1].unit in r.currencies
    told = all(p.period.start <= r.today for p in r.periods)
    if not (comparable and told) or _imagined(r) or r.has("budget", "forecast", "price"):
        return None
    asked = own(r)
    return asked + 1.3 if asked >= LEAST_OWN else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = limit(r)
    assert found is not None
    way, amount = found
    args = {**filters(r, base), way: plain(amount.value)}
    if amount.unit in r.currencies and len(r.currencies) > 1:
        args["currency"] = (amount.unit,)
    return tuple(Planned("spend_total", with_period(args, period)) for period in spans(r, base))


def _weigh_share(r: Reading) -> float | None:
    """Whether a share is more than so many percent: `is gpt-4o over 10% of the OpenAI bill`."""
    found = limit(r)
    if found is None or found[1].kind != "percent" or len(r.amounts) != 1 or not _whether(r.text) or r.groupings:
        return None
    if not SHARE.match(r.text, found[1].phrase_end) or _imagined(r) or not part_named(r):
        return None
    return own(r) + 1.3 if own(r) >= LEAST_OWN and (r.periods or r.has("ours")) else None


def _fill_share(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = limit(r)
    assert found is not None
    args = {**filters(r, base), "of": part_named(r), f"{found[0]}_share": plain(found[1].value)}
    return tuple(Planned("spend_share", with_period(args, period)) for period in spans(r, base))


INTENTS = (
    Intent("total_held_against", _weigh, _fill),
    Intent("share_held_against", _weigh_share, _fill_share),
)
