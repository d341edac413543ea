"""The amount of the answer before said another way: a day, a year, in thousands, as a share, after a rise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.agent.planner.intents.supposed import scenario
from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.changes import SUMMED, again
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.threads.relative_periods import base_period
from bot.agent.planner.understanding import Context
from bot.agent.toolbox.scoped import FILTERS

SPAN = r"(?P<{}>hour|day|week|month|quarter|year)"
ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
A_SPAN = re.compile(
    rf"\b(?:that|it|this)\b(?:['’]s|\s+is|\s+be|\s+come\s+to|\s+work\s+out\s+to|\s+amount\s+to|\s+make)?\s*(?:\w+\s+){{0,3}}?(?:a|an|per|each|every)\s+{SPAN.format('after')}\b"
    rf"|^(?:so\s+)?(?:per|a|each)\s+{SPAN.format('first')}\s+(?:that|it|this)(?:['’]s|\s+is|\s+makes)?\b|^(?:so\s+)?(?:that|it|this)(?:['’]s|\s+is)?\s+(?:\w+\s+)?per\s+{SPAN.format('per')}\b"
    r"|\b(?P<year>annuali[sz]ed?|(?:on\s+)?an?\s+(?:annual|yearly)\s+basis|per annum|p\.\s?a\.)"
    r"|\bthat\s+(?:as\s+an?\s+)?(?P<adverb>hourly|daily|weekly|monthly|quarterly)\b",
    re.IGNORECASE,
)
SCALE = re.compile(
    r"(?:(?:show|say|give|put|express|what(?:['’]?s|\s+is))\s+(?:me\s+)?(?:it|that|this)\s+)?(?:in|as)\s+(?:us\s+|\$\s*|usd\s+|dollar\s+)?(?P<scale>thousands?|k|millions?|mio|mn?)(?:\s+(?:of\s+)?(?:dollars?|usd|euros?))?",
    re.IGNORECASE,
)
SHARE = re.compile(
    r"\b(?:percent(?:age)?|per\s?cent|%|share|fraction|proportion|part|portion)\b.*\b(?:the\s+total|total|all|everything|the\s+whole|overall|entire|our\s+spend)\b"
    r"|%\s*of\s+(?:the\s+)?(?:total|all|everything|whole)",
    re.IGNORECASE,
)
BACK = re.compile(r"\b(?:that|it|this)\b|^(?:as|in)\b|^(?:and\s+)?what\s+(?:share|percent|part)", re.IGNORECASE)
MOVES = re.compile(
    r"\b(?:ris\w*|rose|fall\w*|fell|drop\w*|increas\w*|decreas\w*|gr[eo]w\w*|more|less|higher|lower|up|down|cheaper|dearer|cut|hik\w*|climb\w*|jump\w*|go\s+up|go\s+down)\b",
    re.IGNORECASE,
)
LENGTHS: dict[str, Args] = {
    "day": {"over_days": "1"},
    "week": {"over_days": "7"},
    "month": {"over_months": "1"},
    "quarter": {"over_months": "3"},
    "year": {"over_months": "12"},
}
GRAINED = frozenset({"spend_average"})
OF_SPEND = frozenset({"spend_total", "spend_by", "spend_series", "what_if"})
BUDGETED = frozenset({"spend_total", "spend_change", "spend_by", "forecast"})
TO_BUDGET = re.compile(
    r"\b(?:over|under|within|above|below|against|vs\.?|versus|compared?\s+(?:to|with)|on|to|in|for|exceed\w*"
    r"|left\s+(?:of|in))\s+(?:the\s+|its\s+|their\s+|our\s+|that\s+)?(?:\w+\s+)?budgets?\b"
    r"|\bwhat(?:['’]?s|\s+is|\s+was)\s+(?:the|its|their)\s+budget\b",
    re.IGNORECASE,
)
LEFT = re.compile(
    r"(?:and\s+)?(?:so\s+)?(?:by\s+)?how\s+(?:much|far)(?:\s+(?:is|are|was|do|does|have|has|that|it|they|we|there|still"
    r"|money|over|under|left|remains?|remaining|headroom|budget|got|in|the|of))*",
    re.IGNORECASE,
)
OF_PERCENT = "The answer before is a percentage. Which amount do you mean?"
HOW_LONG = "Over how long is that amount? Say for example: it is per month."


def otherwise(said: str, r: Reading, calls: Sequence[Earlier], context: Context) -> list[Planned] | None:
    """The calls that say the answer's amount another way; None where nothing of the kind is asked."""
    if calls and calls[-1].tool == "budget_status" and LEFT.fullmatch(said):
        return again(calls)
    if not calls or r.models or r.values or r.unread:
        return None
    if scale := SCALE.fullmatch(said):
        to = "millions" if scale["scale"].lower().startswith("m") else "thousands"
        return _restated(calls, {"to": to}, lambda call: {})
    if SHARE.search(said) and BACK.search(said) and _in_its_period(r, calls[-1]):
        return _share(calls)
    if standing := _of_budget(said, r, calls):
        return standing
    if (found := A_SPAN.search(said)) is not None and not r.periods and len(said.split()) <= 12:
        if calls[-1].tool == "price_usage" and (calls[-1].args.get("every") or re.search(r"\bif\b|\bevery\b", said)):
            return None
        span = (
            found["after"] or found["first"] or found["per"] or ADVERBS.get((found["adverb"] or "").lower()) or "year"
        )
        return _restated(calls, {"to": span.lower()}, lambda call: _length(call, context))
    if len(calls) == 1 and calls[0].tool in SUMMED and len(r.percents) == 1 and MOVES.search(said) and not r.periods:
        filled = scenario.INTENTS[0].fill(r, {"amount": "0"})[0]
        moved = {key: value for key, value in filled.args.items() if key != "amount"}
        if moved and not asks_back(settled(r, (filled,))):
            return [*again(calls), Planned("bill_after_change", moved, amount_from="amount")]
    return None


def _restated(calls: Sequence[Earlier], args: Args, length: Callable[[Earlier], Args | None]) -> list[Planned]:
    found: list[Planned] = []
    for call in calls:
        if call.tool in {"restated_amount", "combined_amounts"}:
            continue
        spread = length(call)
        if call.unit == "%":
            return [Planned("ask_back", {"question": OF_PERCENT})]
        if spread is None:
            return [Planned("ask_back", {"question": HOW_LONG})]
        found += [*again([call]), Planned("restated_amount", {**args, **spread}, amount_from="amount")]
    return found


def _length(call: Earlier, context: Context) -> Args | None:
    """Over how long the headline of a call was charged, None where that is not known."""
    if call.tool in GRAINED:
        return LENGTHS.get(str(call.args.get("grain", "month")))
    if " per " in call.unit and call.unit.lower().endswith("hour"):
        return {}
    if call.tool == "forecast":
        period = base_period(call.args)
        months = period.whole_months if period else 1
        return {"over_months": str(months)} if months else {"over_days": str(period.days if period else 0)}
    if call.tool not in OF_SPEND:
        return None
    period = base_period(call.args)
    if period is None:
        return None
    if context.data_through is not None and context.data_through < period.last_day:
        days = (context.data_through + timedelta(1) - period.start).days
        return {"over_days": str(days)} if days > 0 else None
    if period.whole_months:
        return {"over_months": str(period.whole_months), "over_days": str(period.days)}
    return {"over_days": str(period.days)}


def _of_budget(said: str, r: Reading, calls: Sequence[Earlier]) -> list[Planned] | None:
    """How the budget stands of what the answer before was for."""
    told = len(calls) == 1 and calls[0].tool in BUDGETED and not r.periods
    if not told or not TO_BUDGET.search(said) or len(said.split()) > 10:
        return None
    kept = {key: value for key, value in calls[0].args.items() if key in {*FILTERS, "tags", "period"}}
    return [Planned("budget_status", kept)]


def _in_its_period(r: Reading, call: Earlier) -> bool:
    """Whether a message names no period, or the very one that the call is for."""
    period = base_period(call.args)
    return all(period is not None and mention.period == period for mention in r.periods)


def _share(calls: Sequence[Earlier]) -> list[Planned] | None:
    """What share of all spend in the same time the answer's is."""
    if len(calls) != 1 or calls[0].tool not in {"spend_total", "spend_share", "spend_change"}:
        return None
    args = {name: value for name, value in calls[0].args.items() if name not in {"against", "by", "mover"}}
    of = [name for name in FILTERS if args.get(name)]
    of += list(dict.fromkeys(f"tag:{str(tag).partition('=')[0]}" for tag in args.get("tags", ())))
    if not of:
        return [Planned("ask_back", {"question": "That is all the spend there is; which part of it do you mean?"})]
    kept = {name: value for name, value in args.items() if name != "of"}
    return [Planned("spend_share", {**kept, "of": tuple(of)})]
