"""The day, week or month with the most or the least spend, and what one of them costs on average."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import about_spend
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.own.spend_words import A_DAY, BURN_RATE, EXTREME, MEAN, MEAN_OF, RANKED_SPANS
from bot.agent.planner.intents.own.split import grain, least, with_period
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.number_words import read_words

FEW = 5


def _weigh_extreme(r: Reading) -> float | None:
    score = about_spend(r)
    asked = EXTREME.search(r.text) or RANKED_SPANS.search(r.text)
    return score + 0.7 if score is not None and asked else None


def _extreme(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = EXTREME.search(r.text)
    long = any(p.period.days > 62 for p in r.periods) or not r.periods
    said = (found["one"], found["other"], found["with"], found["often"]) if found else ()
    span = next((name.lower() for name in said if name), "month" if long else "day")
    span = {"daily": "day", "weekly": "week", "monthly": "month"}.get(span, span)
    args = {**filters(r, base), "grain": span}
    if several := RANKED_SPANS.search(r.text):
        args["grain"] = next(several[name].lower() for name in ("one", "two", "three", "any") if several[name])
        args["top"] = _count(several)
    if least(r):
        args["least"] = True
    return tuple(Planned("spend_extreme", with_period(args, period)) for period in spans(r, base))


def _weigh_average(r: Reading) -> float | None:
    score = about_spend(r)
    return (
        score + 0.6
        if score is not None and (MEAN.search(r.text) or A_DAY.search(r.text) or BURN_RATE.search(r.text))
        else None
    )


def _average(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    mean_of = MEAN_OF.search(r.text)
    said = A_DAY.search(r.text)
    rate = next((span for span in ("week", "month") if said[0].lower().endswith(span)), "day") if said else None
    if burn := BURN_RATE.search(r.text):
        rate = (
            burn["span"]
            or burn["hyphen"]
            or {"daily": "day", "weekly": "week", "monthly": "month"}[(burn["adverb"] or burn["bare"]).lower()]
        )
    args = {
        **filters(r, base),
        "grain": grain(r) or (mean_of["span"].lower() if mean_of else None) or rate or base.get("grain") or "month",
    }
    return tuple(Planned("spend_average", with_period(args, period)) for period in spans(r, base))


def _count(found: re.Match[str]) -> int:
    """How many spans are asked for; a few where no number is told."""
    said = found["n1"] or found["n2"] or found["n3"]
    if not said:
        return FEW
    read = None if said.isdigit() else read_words(said)
    return int(read[0]) if read else int(said)


INTENTS = (
    Intent("spend_extreme", _weigh_extreme, _extreme),
    Intent("spend_average", _weigh_average, _average),
)
