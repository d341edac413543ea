"""The calls of a question on an amount of ours that something is to be done with: the amount first, then that."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.agent.planner.derived import beside, conversions, moves, parts
from bot.agent.planner.derived.clauses import Derivation
from bot.agent.planner.plan import Planned
from bot.agent.planner.threads.relative_periods import base_period
from bot.agent.toolbox.arguments import as_text
from tools.period import Period

# What the amount may come from: one call whose headline is money of one scope.
BASES = frozenset({"spend_total", "forecast"})
SURE = (*parts.READERS[:4], *conversions.READERS, moves.growth, moves.plus, moves.like)
ONLY_IF_UNREAD = (parts.divided, beside.against, moves.stepped)
COURTESY = re.compile(r"\b(?:for me|please|pls|thanks|ok|so)\b", re.IGNORECASE)
OURS = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
SHORT = 4
NOUNS = re.compile(r"\b(?:costs?|spend|spending|bill|total|amount|our|the|number|figure)\b", re.IGNORECASE)
PREPOSITION = re.compile(r"(?:in|for|on|during|last|this|over)\b", re.IGNORECASE)

Plan = Callable[[str], list[Planned]]


def derived(text: str, plan: Plan, today: date, *, unread: bool = False) -> list[Planned] | None:
    """The calls, or None where `text` asks for no such thing. `unread`: no other kind of question accounts for it."""
    for read in ONLY_IF_UNREAD if unread else SURE:
        found = read(text)
        if found is None:
            continue
        if found.tool == "ask_back":
            return [Planned("ask_back", found.args)]
        for asked in _asked(found, text):
            base = plan(asked)
            if len(base) == 1 and (ready := _based(base[0], found, today)):
                return ready
    return None


def _asked(found: Derivation, text: str) -> list[str]:
    """How the amount is asked for: as the rest of the question says; a few words alone as what was spent there; ours
    of last month where nothing is left but that it is ours."""
    rest = COURTESY.sub(" ", found.rest).strip(" ,")
    if not re.search(r"[A-Za-z]{2}", rest):
        return ["what did we spend last month"] if found.monthly and OURS.search(text) else []
    if len(rest.split()) > SHORT:
        return [rest]
    named = NOUNS.sub(" ", rest).strip(" ,")
    bare = [f"what did we spend {'' if PREPOSITION.match(named) else 'on '}{named}"] if re.search(r"\w", named) else []
    return [rest, *bare]


def _based(call: Planned, found: Derivation, today: date) -> list[Planned] | None:
    if call.tool not in BASES or call.amount_from or call.args.get("by"):
        return None
    args = dict(found.args)
    if call.tool == "spend_total" and found.monthly:
        if "period" not in call.args:
            call = replace(call, args={**call.args, "period": as_text(Period.last_month(today))})
        held = _months(call)
        if held is None:
            return None
        if args.get("how") == "grown":
            args |= {"held_months": str(held)} if held != 1 else {}
        elif args.get("how") == "multiplied":
            args["by"] = str(Decimal(12) / held)
        elif args.get("how") == "bought":
            args["by"] = str(Decimal(args["by"]) * held)
    elif found.monthly and call.tool != "spend_total" and args.get("how") not in {"changed"}:
        return None
    if call.tool == "forecast" and args.get("how") == "grown":
        return None
    return [call, Planned(found.tool, args, amount_from=found.amount_from)]


def _months(call: Planned) -> int | None:
    """How many whole months the call's period holds."""
    period = base_period(call.args)
    return period.whole_months if period is not None and period.whole_months else None


__all__: Sequence[str] = ("derived",)
