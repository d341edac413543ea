"""Questions on what share of own spend something is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.models_named import model_filters
from bot.agent.planner.intents.own.own_spend import about_spend
from bot.agent.planner.intents.own.spend_scope import AI, GPUS, filters, spans
from bot.agent.planner.intents.own.spend_words import IN_A_WHOLE, OWNS_SPEND, SHARE_OF, SHARE_WITHIN
from bot.agent.planner.intents.own.split import with_period
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.machines import INSTANCE


def _weigh_share(r: Reading) -> float | None:
    score = about_spend(r)
    told = r.has("ours") or r.periods or any(not v.excluded for v in r.values)
    if score is None or not told or not r.has("share") or r.groupings or r.percents or r.has("untagged", "change"):
        return None
    if "ai=yes" in r.left_out():
        return None  # what is no AI spend is told as a sum
    return score + 0.35 if part_named(r) or _chip_at(r) is not None else None


# `What of the AWS bill is AI`: the AI part of what is named.
PART_IS_AI = re.compile(
    r"\b(?:is|was|are|were|goes|went|going|comes?|came|counts?|classed|due|attributable)\s+(?:to\s+|as\s+|from\s+|for\s+|on\s+)?"
    r"(?:actually\s+|really\s+|just\s+|only\s+)?(?:gen-?)?ai\b(?!\s+(?:teams?|providers?|vendors?))",
    re.IGNORECASE,
)


def part_named(r: Reading) -> tuple[str, ...]:
    """The dimensions whose named values are the part that a share is asked of: those of `X's share of`, else of what
    is named last where several are."""
    if owner := SHARE_OF.search(r.text):
        for value in r.values:
            if value.start <= owner.start() <= value.end + 2 and ":" not in r.text[value.end : owner.end()]:
                return (value.dimension,)
    if within := SHARE_WITHIN.search(r.text):
        start = within.end()
        named_there = [v.dimension for v in r.values if v.start == start and IN_A_WHOLE.match(r.text, v.end)]
        named_there += ["model" for m in r.models if m.start == start and IN_A_WHOLE.match(r.text, m.end)]
        if named_there:
            return (named_there[0],)
    named = sorted((v for v in r.values if not v.excluded), key=lambda v: v.start)
    if (chip := _chip_at(r)) is not None and named:
        part = [v for v in named if not OWNS_SPEND.match(r.text, v.end)]
        return (part[-1].dimension,) if part and part[-1].start > chip else ()
    dimensions_named = dict.fromkeys(v.dimension for v in named)
    if len(dimensions_named) > 1 and not r.models:
        return (list(dimensions_named)[-1],)
    tags = tuple(d for d in dimensions_named if d.startswith("tag:"))
    known = ("model", "service", "provider", "team", "sub_account", "region", "part_of_week", "day_of_week")
    parts = (*(d for d in known if r.of(d) or (d == "model" and model_filters(r)[0])), *tags)
    if _chip_at(r) is not None and not named:
        return ()
    if PART_IS_AI.search(r.text):
        return ("ai",)
    if AI.search(r.text) or re.search(r"\bai\b", r.text, re.IGNORECASE):
        return ("ai",) if not parts else parts[:1]
    return parts[:1]


def _chip_at(r: Reading) -> int | None:
    """Where an accelerator or an instance of some is named."""
    if r.accelerators:
        return r.accelerators[0].start
    named = INSTANCE.search(r.text) or GPUS.search(r.text)
    return named.start() if named else None


def _share(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    args["of"] = part_named(r) or (() if args.get("accelerator") else tuple(base.get("of") or ()))
    if args["of"] == ("ai",):
        args["ai_only"] = True
    return tuple(Planned("spend_share", with_period(args, period)) for period in spans(r, base))


INTENTS = (Intent("spend_share", _weigh_share, _share),)
