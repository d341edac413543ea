"""Figures over the groups of a split of own spend: their mean, how many there are, which cost more than an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.held_against import A_SPAN, limit, of_one_each
from bot.agent.planner.intents.own.own_spend import about_spend, own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.own.spend_words import MEAN
from bot.agent.planner.intents.own.split import TIME, grain, with_period
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.groupings import kinds_named
from tools.money import plain

HOW_MANY = re.compile(
    r"\b(?:how\s+many|(?:number|count)\s+of)\s+(?:(?:different|distinct|of|our|the|active)\s+)*$", re.I
)
MEAN_ONE = re.compile(
    r"\b(?:average|avg|mean|typical|one|a|an|each)\s+$",
    re.IGNORECASE,
)
ANY = re.compile(r"\b(?:any|no|every|single|each|which|one)\s+(?:single\s+|one\s+)?$", re.IGNORECASE).search


def _dimension(r: Reading) -> str | None:
    """The one dimension, time aside, that the question asks for groups of."""
    found = list(dict.fromkeys(g.dimension for g in r.groupings if g.dimension not in TIME))
    if not found:
        named = kinds_named(r.text, r.tag_keys)
        found = [k.dimension for k in named if HOW_MANY.search(r.text[: k.start])]
        found = found or [k.dimension for k in named if r.text[k.start : k.end].endswith("s") or ANY(r.text[: k.start])]
    return found[0] if len(found) == 1 else None


def _mean_of(r: Reading) -> str | None:
    """The dimension whose groups' mean is asked for: `per team on average`, `what the average team spends`."""
    if not MEAN.search(r.text) or r.top:
        return None
    found = list(dict.fromkeys(g.dimension for g in r.groupings if g.dimension not in TIME))
    if not found:
        named = [(k, MEAN_ONE.search(r.text[: k.start])) for k in kinds_named(r.text, r.tag_keys)]
        found = [k.dimension for k, one in named if one and not r.text[k.start : k.end].endswith("s")]
    return found[0] if len(found) == 1 else None


def _span(r: Reading) -> str | None:
    """The span of time whose every one is held against a limit: `above 3k in any month`."""
    found = A_SPAN.search(r.text)
    return grain(r) or (found["span"].lower() if found else None)


def _weigh_mean(r: Reading) -> float | None:
    score = about_spend(r)
    return None if score is None or _mean_of(r) is None or r.has("price") else score + 1.1


def _mean(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    by = _mean_of(r) or str(base.get("by"))
    args = filters(r, base)
    spoken = spans(r, base)
    if span := grain(r):
        return tuple(Planned("spend_average", with_period({**args, "grain": span, "by": by}, one)) for one in spoken)
    return tuple(Planned("spend_by", with_period({**args, "by": (by,), "mean": True}, one)) for one in spoken)


def _weigh_beyond(r: Reading) -> float | None:
    if limit(r) is None or (_dimension(r) is None and _span(r) is None):
        return None
    past = bool(r.periods) and all(p.period.start <= r.today for p in r.periods)
    asked = own(r) + 0.2 * past
    if (
        of_one_each(r)
        and asked >= 0.1
        and not r.has("price", "company", "others", "train", "serve", "whatif", "scenario")
    ):
        return asked + 1.4
    return asked + 1.0 if asked >= 0.2 and not r.has("whatif", "scenario") else None


def _beyond(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = limit(r)
    assert found is not None
    way, amount = found
    by = _dimension(r) or _span(r) or "team"
    key = f"{way}_share" if amount.kind == "percent" else way
    args = {**filters(r, base), "by": (by,), key: plain(amount.value)}
    if amount.unit in r.currencies and len(r.currencies) > 1:
        args["currency"] = (amount.unit,)
    return tuple(Planned("spend_by", with_period(args, period)) for period in spans(r, base))


def _weigh_count(r: Reading) -> float | None:
    named = [k for k in kinds_named(r.text, r.tag_keys) if HOW_MANY.search(r.text[: k.start])]
    if len(named) != 1 or r.money or not (r.has("ours", "spend") or r.values):
        return None
    return 1.2 if r.has("ours") or r.periods else 0.8


def _count(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {**filters(r, base), "by": (_dimension(r),), "count": True}
    return tuple(Planned("spend_by", with_period(args, period)) for period in spans(r, base))


INTENTS = (
    Intent("mean_of_groups", _weigh_mean, _mean),
    Intent("groups_beyond", _weigh_beyond, _beyond),
    Intent("groups_counted", _weigh_count, _count),
)
