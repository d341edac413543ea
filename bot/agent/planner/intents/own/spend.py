"""Questions about one's own spend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own import spend_findings, spend_shares, spend_spans
from bot.agent.planner.intents.own.own_spend import about_spend
from bot.agent.planner.intents.own.paired import paired
from bot.agent.planner.intents.own.portion import portion
from bot.agent.planner.intents.own.spend_scope import ai_and_the_rest, filters, spans
from bot.agent.planner.intents.own.spend_words import (
    AHEAD_OF_NEXT,
    ASKS_WHICH,
    DIFFERENCE,
    FASTEST,
    GROWTH_RATE,
    HOW_MUCH_MORE,
    IS_IT,
    IS_THE_MOST,
    MOVERS,
    RANK,
    RANKS,
    SINCE,
    SINGLE_MOST,
    TREND,
    WHICH_WAY,
    WHO_MOST,
    WHY,
)
from bot.agent.planner.intents.own.split import TIME, dimensions, grain, least, step, with_period
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.groupings import kinds_named
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period


def _weigh_total(r: Reading) -> float | None:
    score = about_spend(r)
    if score is None:
        return None
    if r.periods and all(mention.is_future for mention in r.periods) and r.has("whatif", "scenario"):
        return None
    if portion(r):
        return score + 0.9
    if paired(r):
        return score + 0.4
    other = bool(r.groupings or (r.compared and r.compared[1]) or dimensions(r)) or r.has("untagged", "anomaly")
    return score + (-0.3 if other else 0.1)


def _total(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if part := portion(r):
        args["portion"] = plain(part.value)
    if pairs := paired(r):
        periods = [as_text(mention.period) for mention in r.periods]
        return tuple(Planned("spend_total", {**args, name: (value,), "period": periods[i]}) for name, value, i in pairs)
    if ai_and_the_rest(r):
        both = ({**{key: value for key, value in args.items() if key != "without"}, "ai_only": True}, args)
        return tuple(Planned("spend_total", with_period(one, period)) for period in spans(r, base) for one in both)
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
    is_it = IS_IT.search(r.text) is not None and (SINGLE_MOST.search(r.text) or IS_THE_MOST.search(r.text)) is not None
    if ASKS_WHICH.search(r.text) or is_it:
        args = {key: value for key, value in args.items() if key not in named}
        if tags := [t for t in args.pop("tags", ()) if f"tag:{t.partition('=')[0]}" not in named]:
            args["tags"] = tuple(tags)
    if HOW_MUCH_MORE.search(r.text):
        args["difference"] = True
    if least(r):
        args["smallest"] = True
    single = SINGLE_MOST.search(r.text) or WHO_MOST.search(r.text)
    top = r.top or (1 if (single or is_it) and not least(r) else base.get("top"))
    if top == 1 and AHEAD_OF_NEXT.search(r.text):
        args["top"], args["difference"] = 1, True
    elif rank := RANK.search(r.text):
        args["rank"] = RANKS[str(rank[str(rank.lastgroup)]).lower()]
    elif top:
        args["top"] = top
    return tuple(Planned("spend_by", with_period(args, period)) for period in spans(r, base))


def _weigh_series(r: Reading) -> float | None:
    score = about_spend(r)
    if score is not None and _grows(r):
        return score + 0.8
    if score is None or not (step(r) or r.has("trend")):
        return None
    rising = SINCE.search(r.text) is not None
    told = step(r) or rising or TREND.search(r.text)
    return score + (0.3 if told else 0.05) - (0.4 if r.compared and r.compared[1] else 0.0)


def _grows(r: Reading) -> bool:
    """Whether it is asked at what rate one thing grows, step by step, and not which of several, nor between two."""
    two = r.compared is not None and r.compared[1] is not None
    return GROWTH_RATE.search(r.text) is not None and not (dimensions(r) or two or r.money or r.percents)


def _series(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    named = dimensions(r)
    if len(named) > 1 and (span := step(r)):
        args["by"] = (span, *named)
        return tuple(Planned("spend_by", with_period(args, period)) for period in spans(r, base))
    args["grain"] = step(r) or base.get("grain") or "month"
    if _grows(r):
        return tuple(Planned("spend_series", with_period({**args, "growth": True}, one)) for one in spans(r, base))
    if named:
        args["by"] = named[0]
    return tuple(Planned("spend_series", with_period(args, period)) for period in spans(r, base))


def moved_most(r: Reading) -> str | None:
    """Which way, where it is asked who or what moved most: `who grew most?`."""
    direction = next((name for name, pattern in MOVERS if pattern.search(r.text)), None)
    return direction if WHO_MOST.search(r.text) or _moving(r, direction) else None


def _moving(r: Reading, direction: str | None) -> list[str]:
    """What it is asked of, which of them moved: the dimensions split by; of `the fastest-growing team`, the word."""
    named = [g.dimension for g in r.groupings if g.dimension not in TIME]
    if named or direction not in dict(FASTEST):
        return named
    return [kind.dimension for kind in kinds_named(r.text, r.tag_keys)][:1]


def _weigh_change(r: Reading) -> float | None:
    score = about_spend(r)
    moved = moved_most(r)
    if score is not None and (moved in dict(FASTEST) or (moved and not r.groupings)):
        return score + 0.6
    against = r.compared is not None and r.compared[1] is not None
    if len({mention.period for mention in r.periods}) > 2:
        return None  # one period is set against one other; of several, each is told
    if score is None or not (against or r.has("change")) or (dimensions(r) and not against and not r.has("change")):
        return None
    between = not against and len(dimensions(r)) == 1 and not r.groupings
    explained = 0.35 if against or (score >= 0.3 and WHY.search(r.text)) else 0.0
    return score + explained - (0.4 if between else 0.0) - 0.5 * (bool(r.percents) and r.has("scenario"))


def _two_apart(r: Reading) -> list[Period]:
    """The earlier and the later of two periods whose difference is asked for; none otherwise."""
    named = sorted({mention.period for mention in r.periods}, key=lambda period: period.start)
    return named if len(named) == 2 and DIFFERENCE.search(r.text) and named[0].end <= named[1].start else []


def _change(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if not r.periods:
        args |= {key: base[key] for key in ("against", "by") if key in base}
    if r.compared is not None:
        later, earlier = r.compared
        args["period"] = as_text(later.period)
        if earlier is not None:
            args["against"] = as_text(earlier.period)
    elif two := _two_apart(r):
        args["against"], args["period"] = map(as_text, two)
    elif spoken := spans(r, base)[0]:
        args["period"] = spoken
    elif WHICH_WAY.search(r.text):
        args["period"] = as_text(Period.last_month(r.today))
    direction = moved_most(r)
    by = _moving(r, direction) or (["team"] if direction else [])
    if by:
        args["by"] = by[0]
        if direction:
            args["mover"] = direction
    return (Planned("spend_change", args),)


INTENTS = (
    Intent("spend_total", _weigh_total, _total),
    Intent("spend_by", _weigh_by, _by),
    Intent("spend_series", _weigh_series, _series),
    *spend_spans.INTENTS,
    Intent("spend_change", _weigh_change, _change),
    *spend_shares.INTENTS,
    *spend_findings.INTENTS,
)
