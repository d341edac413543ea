"""What a question on own spend splits its figures by."""

from __future__ import annotations

import re

from bot.agent.planner.intents.own.models_named import model_filters
from bot.agent.planner.intents.own.spend_scope import sold_by_either
from bot.agent.planner.intents.own.spend_words import (
    LEAST,
    RANK,
    SPENDERS,
    TOGETHER,
    WHO_MOST,
    WHO_SPENDS,
)
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading
from bot.agent.slots.groupings import kinds_named

GRAINS = ("day", "week", "month")
LONGEST_QUARTER = 92
# Side by side, and not as one.
APART = re.compile(
    r"\b(?:split|break\w*|compar\w+|vs\.?|versus|against|between|each|separately|apart|differ\w+|or|which)\b", re.I
)
WHO = re.compile(r"\bwho\b", re.IGNORECASE)
TIME = frozenset({*GRAINS, "hour", "quarter", "year"})
COMPARABLE = (
    *("team", "provider", "service", "sub_account", "region", "service_category"),
    *("part_of_week", "day_of_week", "pricing_category", "commitment_type"),
)


def dimensions(r: Reading) -> tuple[str, ...]:
    """What the question groups by, time aside; two named values of one dimension are compared by it."""
    if found := tuple(dict.fromkeys(g.dimension for g in r.groupings if g.dimension not in TIME)):
        return found
    if RANK.search(r.text) and (kinds := kinds_named(r.text, r.tag_keys)):
        return (kinds[0].dimension,)
    who = WHO_MOST.search(r.text) or WHO_SPENDS.search(r.text) or (WHO.search(r.text) and RANK.search(r.text))
    if who or SPENDERS.search(r.text):
        return ("team",)
    if TOGETHER.search(r.text):
        return ()
    if sold_by_either(r) and APART.search(r.text):
        return ("provider",)
    tags = dict.fromkeys(v.dimension for v in r.values if v.dimension.startswith("tag:"))
    several = [d for d in (*COMPARABLE, *tags) if len(r.of(d)) > 1 and _apart(r, d)]
    if len(r.of("charge_kind")) > 1 and not {"refunds", "corrections"} & set(r.of("charge_kind")):
        several.append("charge_category")
    if len(model_filters(r)[0]) > 1:
        several.append("model")
    return tuple(several[:1])


def _apart(r: Reading, dimension: str) -> bool:
    """Whether the values are named apart: one `lambda` may be AWS Lambda in one bill and AWSLambda in another."""
    return len({(v.start, v.end) for v in r.values if v.dimension == dimension and not v.excluded}) > 1


def least(r: Reading) -> bool:
    """Whether the smallest is asked for, not the largest."""
    return LEAST.search(r.text) is not None


def grain(r: Reading) -> str | None:
    return next((g.dimension for g in r.groupings if g.dimension in GRAINS), None)


def step(r: Reading) -> str | None:
    """The span of time that a series goes by: a quarter, too, where a period holds several."""
    long = any(mention.period.days > LONGEST_QUARTER for mention in r.periods) or not r.periods
    quarterly = long and any(g.dimension == "quarter" for g in r.groupings)
    return grain(r) or ("quarter" if quarterly else None)


def with_period(args: Args, period: str | None) -> Args:
    return {**args, "period": period} if period else args
