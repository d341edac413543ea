"""Questions about what own spend saves, lacks, or shows that is unusual."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.agent.planner.intents.own.own_spend import about_spend
from bot.agent.planner.intents.own.spend_scope import filters, spans, untagged_left_out
from bot.agent.planner.intents.own.spend_words import (
    AGAINST_LIST,
    PART_SAVED,
    SAVED,
    SAVES,
    SHOULD_KNOW,
)
from bot.agent.planner.intents.own.split import dimensions, with_period
from bot.agent.planner.names.tag_places import LACKS
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.arguments import as_text
from tools.period import Period

HEADS_UP = re.compile(
    r"\b(?:anything|something|what|things?)\b[^?]{0,30}\b(?:should|must|need(?:\s+to)?|ought\s+to)\s+(?:(?:i|we|one"
    r")\s+)?(?:to\s+)?(?:know|be\s+aware|worry|look\s+(?:at|into))\b"
    r"|\b(?:any|are\s+there)\s+(?:(?:cost|spend|spending|bill|open|new)\s+)?(?:alerts?|red\s+flags?|warnings?"
    r"|surprises)\b|\bheads[\s-]up\b|\banything\s+(?:worth\s+(?:knowing|flagging|a\s+look)|alarming|to\s+flag"
    r"|on\s+fire)\b",
    re.IGNORECASE,
)


# `before discounts` is at list; it asks for no saving.
BEFORE = r"(?<!before )(?<!before any )(?<!before the )(?<!before our )"
BELOW_LIST = re.compile(
    rf"\b(?:cheaper|below|under|off|lower|less|{BEFORE}discount\w*|how\s+(?:much|far)|percent\w*)\b|%", re.IGNORECASE
)


def _weigh_discounts(r: Reading) -> float | None:
    score = about_spend(r)
    saved = SAVES.search(r.text) and (r.has("list_cost", "credit") or AGAINST_LIST.search(r.text))
    if AGAINST_LIST.search(r.text) and BELOW_LIST.search(r.text) and not (r.percents or r.money):
        ours = r.has("ours", "spend") or (r.periods and (r.values or r.models))
        if ours and not r.has("forecast", "whatif", "scenario"):
            return max(score or 0.0, 0.3) + 1.2
    discounts = re.search(rf"{BEFORE}\bdiscounts?\b", r.text, re.IGNORECASE)
    if discounts and SAVES.search(r.text) and r.has("ours") and not r.percents and not r.money:
        return max(score or 0.0, 0.3) + 0.4
    if score is None or not (saved or discounts or SAVED.search(r.text)):
        return None
    return score + 0.4


def _discounts(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key not in {"cost", "charge_kind"}}
    if part := next((name for name, pattern in PART_SAVED if pattern.search(r.text)), None):
        args["part"] = part
    return tuple(Planned("spend_discounts", with_period(args, period)) for period in spans(r, base))


def _weigh_untagged(r: Reading) -> float | None:
    if untagged_left_out(r.text):
        return None
    lacking = any(LACKS.search(r.text[: g.start]) for g in r.tags_named)
    asked = (r.has("untagged") or lacking) and not (r.models and r.has("whatif", "scenario", "price"))
    return (
        0.4 + 0.3 * lacking + 1.0 * bool(asked and both_sides(r)) + 0.4 * bool(r.models and r.has("spend"))
        if asked
        else None
    )


def _untagged(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key != "team"}
    tag = next((g for g in r.tags_named if LACKS.search(r.text[: g.start])), None)
    if tag is not None:
        args["tag"] = tag.dimension.removeprefix("tag:")
    if WITH_WHOM.search(r.text):
        args["by"] = "provider"
    elif by := [d for d in dimensions(r) if d != "team" and (tag is None or d != tag.dimension)]:
        args["by"] = by[0]
    if two := both_sides(r):
        return tuple(Planned("untagged_share", {**args, "period": period}) for period in two)
    return tuple(Planned("untagged_share", with_period(args, period)) for period in spans(r, base))


WITH_WHOM = re.compile(r"\bwith\s+(?:whom|which\s+(?:provider|vendor)s?)\b|\bwho\s+with\b", re.IGNORECASE)


def both_sides(r: Reading) -> tuple[str, ...]:
    """The earlier and the later of two periods set against each other; none otherwise."""
    if r.compared is None or r.compared[1] is None:
        return ()
    return tuple(as_text(side.period) for side in reversed(r.compared) if side is not None)


def _weigh_anomalies(r: Reading) -> float | None:
    if _should_know(r):
        return 0.8
    return 0.3 + 0.3 * (about_spend(r) or 0) if r.has("anomaly") else None


def _anomalies(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = Planned("spend_anomalies", with_period(filters(r, base), spans(r, base)[0]))
    if not _should_know(r):
        return (found,)
    if not r.periods:  # the last complete week, and the month for what stands out
        monday = r.today - timedelta(r.today.weekday())
        week = as_text(Period(monday - timedelta(7), monday))
        return (found, Planned("spend_change", {**found.args, "period": week}))
    return (found, Planned("spend_change", found.args))


def _should_know(r: Reading) -> bool:
    """`What changed last week that I should know?`: what stands out in a time gone by, and the change."""
    past = len(r.periods) == 1 and r.periods[0].period.start <= r.today
    if not r.periods and not r.amounts and HEADS_UP.search(r.text):
        return not r.has("company", "others", "price", "headline", "train", "serve") and not r.models
    return past and SHOULD_KNOW.search(r.text) is not None and not (r.has("company", "others") or r.models)


THROUGH_WHEN = re.compile(
    r"\b(?:through|until|till|up\s+to|to)\s+(?:which|what)\s+(?:day|date)\b[^?]*\b(?:data|imported|bills?|billing|invoices)\b"
    r"|\bwhen\s+do(?:es)?\s+(?:the|our)\s+(?:\w+\s+)?data\s+(?:end|stop|reach)|\b(?:last|latest)\s+day\s+(?:with|of)\s+(?:\w+\s+)?data\b"
    r"|\bhow\s+(?:far|recent|current|fresh|up[\s-]to[\s-]date)\b[^?]*\b(?:data|imports?)\b",
    re.IGNORECASE,
)


def _weigh_freshness(r: Reading) -> float | None:
    if THROUGH_WHEN.search(r.text):
        return 1.6
    return 0.2 if r.has("freshness") else None


def _freshness(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return (Planned("data_freshness"),)


INTENTS = (
    Intent("discounts", _weigh_discounts, _discounts),
    Intent("untagged", _weigh_untagged, _untagged),
    Intent("anomalies", _weigh_anomalies, _anomalies),
    Intent("freshness", _weigh_freshness, _freshness),
)
