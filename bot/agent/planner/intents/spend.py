"""Questions about one's own spend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents import spend_findings
from bot.agent.planner.intents.models_named import model_filters
from bot.agent.planner.intents.own_spend import AI, GPUS, INSTANCE, about_spend, filters, spans
from bot.agent.planner.intents.paired import paired
from bot.agent.planner.intents.spend_words import (
    A_DAY,
    ASKS_WHICH,
    BURN_RATE,
    EXTREME,
    HOW_MUCH_MORE,
    IN_A_WHOLE,
    MEAN,
    MEAN_OF,
    MOVERS,
    OWNS_SPEND,
    RANK,
    RANKS,
    SHARE_OF,
    SHARE_WITHIN,
    SINCE,
    SINGLE_MOST,
    TREND,
    WHO_MOST,
    WHY,
)
from bot.agent.planner.intents.split import TIME, dimensions, grain, least, with_period
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.arguments import as_text


def _weigh_total(r: Reading) -> float | None:
    score = about_spend(r)
    if score is None:
        return None
    if r.periods and all(mention.is_future for mention in r.periods) and r.has("whatif", "scenario"):
        return None
    if paired(r):
        return score + 0.4
    other = bool(r.groupings or (r.compared and r.compared[1]) or dimensions(r)) or r.has("untagged", "anomaly")
    return score + (-0.3 if other else 0.1)


def _total(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if pairs := paired(r):
        periods = [as_text(mention.period) for mention in r.periods]
        return tuple(Planned("spend_total", {**args, name: (value,), "period": periods[i]}) for name, value, i in pairs)
    return tuple(Planned("spend_total", with_period(args, period)) for period in spans(r, base))


def _weigh_by(r: Reading) -> float | None:
    score = about_spend(r)
    if score is None or not (dimensions(r) or r.top):
        return None
    return score + (0.25 if dimensions(r) else 0.0) - (0.4 if (r.compared and r.compared[1]) or grain(r) else 0.0)


def _by(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    named = dimensions(r) or tuple(base.get("by") or ())
    args["by"] = (named,) if isinstance(named, str) else named
    if ASKS_WHICH.search(r.text):
        args = {key: value for key, value in args.items() if key not in named}
    if HOW_MUCH_MORE.search(r.text):
        args["difference"] = True
    if least(r):
        args["smallest"] = True
    single = SINGLE_MOST.search(r.text) or WHO_MOST.search(r.text)
    top = r.top or (1 if single and not least(r) else base.get("top"))
    if rank := RANK.search(r.text):
        args["rank"] = RANKS[rank["rank"].lower()]
    elif top:
        args["top"] = top
    return tuple(Planned("spend_by", with_period(args, period)) for period in spans(r, base))


def _weigh_series(r: Reading) -> float | None:
    score = about_spend(r)
    if score is None or not (grain(r) or r.has("trend")):
        return None
    rising = SINCE.search(r.text) is not None
    told = grain(r) or rising or TREND.search(r.text)
    return score + (0.3 if told else 0.05) - (0.4 if r.compared and r.compared[1] else 0.0)


def _series(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    named = dimensions(r)
    if len(named) > 1 and (span := grain(r)):
        args["by"] = (span, *named)
        return tuple(Planned("spend_by", with_period(args, period)) for period in spans(r, base))
    args["grain"] = grain(r) or base.get("grain") or "month"
    if named:
        args["by"] = named[0]
    return tuple(Planned("spend_series", with_period(args, period)) for period in spans(r, base))


def _weigh_extreme(r: Reading) -> float | None:
    score = about_spend(r)
    return score + 0.7 if score is not None and EXTREME.search(r.text) else None


def _extreme(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = EXTREME.search(r.text)
    long = any(p.period.days > 62 for p in r.periods) or not r.periods
    span = next((name for name in (found["one"], found["other"], found["with"]) if name), None) if found else None
    span = span.lower() if span else "month" if long else "day"
    args = {**filters(r, base), "grain": span}
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
    rate = ("week" if "week" in said[0][-5:] else "day") if said else None
    if burn := BURN_RATE.search(r.text):
        rate = (
            burn["span"]
            or burn["hyphen"]
            or {"daily": "day", "weekly": "week", "monthly": "month"}[burn["adverb"].lower()]
        )
    args = {
        **filters(r, base),
        "grain": grain(r) or (mean_of["span"].lower() if mean_of else None) or rate or base.get("grain") or "month",
    }
    return tuple(Planned("spend_average", with_period(args, period)) for period in spans(r, base))


def moved_most(r: Reading) -> str | None:
    """Which way, where it is asked who or what moved most: `who grew most?`."""
    if not (WHO_MOST.search(r.text) or any(g.dimension not in TIME for g in r.groupings)):
        return None
    return next((name for name, pattern in MOVERS if pattern.search(r.text)), None)


def _weigh_change(r: Reading) -> float | None:
    score = about_spend(r)
    if score is not None and not r.groupings and moved_most(r):
        return score + 0.6
    against = r.compared is not None and r.compared[1] is not None
    if score is None or not (against or r.has("change")) or (dimensions(r) and not against and not r.has("change")):
        return None
    between = not against and len(dimensions(r)) == 1 and not r.groupings
    explained = 0.35 if against or (score >= 0.3 and WHY.search(r.text)) else 0.0
    return score + explained - (0.4 if between else 0.0) - 0.5 * (bool(r.percents) and r.has("scenario"))


def _change(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if not r.periods:
        args |= {key: base[key] for key in ("against", "by") if key in base}
    if r.compared is not None:
        later, earlier = r.compared
        args["period"] = as_text(later.period)
        if earlier is not None:
            args["against"] = as_text(earlier.period)
    elif spoken := spans(r, base)[0]:
        args["period"] = spoken
    direction = moved_most(r)
    by = [g.dimension for g in r.groupings if g.dimension not in TIME] or (["team"] if direction else [])
    if by:
        args["by"] = by[0]
        if direction:
            args["mover"] = direction
    return (Planned("spend_change", args),)


def _weigh_share(r: Reading) -> float | None:
    score = about_spend(r)
    told = r.has("ours") or r.periods or any(not v.excluded for v in r.values)
    if score is None or not told or not r.has("share") or r.groupings or r.percents or r.has("untagged", "change"):
        return None
    return score + 0.35 if _parts(r) or _chip_at(r) is not None else None


def _parts(r: Reading) -> tuple[str, ...]:
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
    known = ("model", "service", "provider", "team", "sub_account", "region")
    parts = (*(d for d in known if r.of(d) or (d == "model" and model_filters(r)[0])), *tags)
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
    args["of"] = _parts(r) or (() if args.get("accelerator") else tuple(base.get("of") or ()))
    if args["of"] == ("ai",):
        args["ai_only"] = True
    return tuple(Planned("spend_share", with_period(args, period)) for period in spans(r, base))


INTENTS = (
    Intent("spend_total", _weigh_total, _total),
    Intent("spend_by", _weigh_by, _by),
    Intent("spend_series", _weigh_series, _series),
    Intent("spend_extreme", _weigh_extreme, _extreme),
    Intent("spend_average", _weigh_average, _average),
    Intent("spend_change", _weigh_change, _change),
    Intent("spend_share", _weigh_share, _share),
    *spend_findings.INTENTS,
)
