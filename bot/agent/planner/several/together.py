"""Two answers at once: added up, compared, and which of them is the largest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.threads.changes import OF_AN_ANSWER, again
from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.threads.relative_periods import base_period
from bot.agent.toolbox.arguments import as_text
from bot.agent.toolbox.scoped import FILTERS
from tools.period import Period

SUM = re.compile(
    r"(?:what(?:['’]?s|\s+is|\s+about|\s+are)?\s+|how\s+much\s+(?:is|are)\s+|and\s+)*"
    r"(?:(?:the\s+)?(?:both|all|the two|them|these|those|they|that)(?:\s+(?:of\s+them|two|three))?\s+)*"
    r"(?:together|combined|in\s+(?:total|sum|all)|altogether|summed(?:\s+up)?|added(?:\s+up|\s+together)?)"
    r"|(?:and\s+)?(?:the\s+)?(?:sum|total)(?:\s+of\s+(?:both|the\s+two|all|these|those|them|all\s+three))"
    r"|(?:add|sum)\s+(?:them|both|these|those|the\s+two|it)(?:\s+(?:up|together))?|(?:and\s+)?both(?:\s+of\s+them)?",
    re.IGNORECASE,
)
APART = re.compile(
    r"(?:what(?:['’]?s|\s+is)?\s+)?(?:the\s+)?(?:diff(?:erence)?|gap|delta)(?:\s+(?:between\s+)?(?:the\s+two|them|these|those|both))?"
    r"|how\s+(?:far|much)\s+(?:are\s+(?:they|the\s+two)\s+apart|apart\s+are\s+(?:they|the\s+two)|(?:more|less|higher|lower|cheaper|dearer)\b.*)",
    re.IGNORECASE,
)
COMPARE = re.compile(
    r"(?:(?:now\s+)?compare|contrast)(?:\s+(?:the\s+)?(?:two|both|them|these|those|that|it|three|(?:two|last\s+two)\s+(?:\w+)))?(?:\s+(?:side\s+by\s+side|to\s+each\s+other|with\s+each\s+other))?"
    r"|(?:put\s+them\s+)?side\s+by\s+side|how\s+do\s+(?:they|the\s+two|these|those)\s+compare|(?:which|who|what)(?:\s+one)?(?:\s+of\s+(?:the\s+two|them|these|those))?\s+(?:is|was)\s+(?:the\s+)?(?:bigger|larger|higher|smaller|lower|cheaper|more|less)(?:\s+\w+)?",
    re.IGNORECASE,
)
MOST = re.compile(
    r"(?:and\s+|so\s+)*(?:(?:which|who|what)(?:\s+one)?\s*(?:of\s+(?:those|these|them|the\s+\w+))?\s*(?:['’]s|is|was|are|has|costs?|spen(?:ds?|t))?\s*)?(?:the\s+)?"
    r"(?:(?P<most>biggest|largest|highest|top|most(?:\s+expensive)?|priciest|costliest|max(?:imum)?)|(?P<least>smallest|lowest|least(?:\s+expensive)?|cheapest|min(?:imum)?))"
    r"(?:\s+(?:one|of\s+(?:those|these|them|all)|spender|cost|by\s+far|there|here))*",
    re.IGNORECASE,
)
SWAP = re.compile(
    r"(?:(?:and\s+)?(?:the\s+)?other\s+way\s+(?:a?round|about)|(?:and\s+)?vice\s+versa|swap(?:ped)?(?:\s+(?:them|it|the\s+two|that))?|(?:in\s+)?reverse(?:d)?(?:\s+(?:it|that|order))?|switch\s+(?:them|it)\s+(?:a?round)|(?:and\s+)?the\s+(?:reverse|opposite)|turn(?:ed)?\s+(?:it|that)\s+a?round)",
    re.IGNORECASE,
)
TWO = "Which two answers do you mean?"


def of_two(said: str, before: Sequence[Turn]) -> list[Planned] | None:
    """The calls that take two earlier answers together, None where `said` asks nothing of the kind."""
    if SWAP.fullmatch(said):
        return _swapped(before)
    calls = answers(before)
    if (most := MOST.fullmatch(said)) is not None:
        alone = len(calls) == 1 and calls[0].tool == "spend_total"
        return _most(_last_two(before) if alone else calls, least=most["least"] is not None)
    asked = next((p for p in (SUM, APART, COMPARE) if p.fullmatch(said)), None)
    if asked is None:
        return None
    pair = list(calls) if len(calls) > 1 else _last_two(before)
    if len(pair) < 2:
        return [Planned("ask_back", {"question": TWO})] if not calls or asked is not SUM else None
    return _summed(pair) if asked is SUM else _compared(pair, apart=asked is APART)


def answers(before: Sequence[Turn]) -> list[Earlier]:
    """What the latest turn that gave an answer rests on."""
    found = answered(before)
    return found[-1] if found else []


def answered(before: Sequence[Turn]) -> list[list[Earlier]]:
    """The calls of each turn that gave an answer, one that only repeats the turn before left out."""
    found: list[list[Earlier]] = []
    for turn in before:
        calls = [call for call in turn if call.tool not in OF_AN_ANSWER and not call.failed]
        if calls and (not found or [(c.tool, c.args) for c in found[-1]] != [(c.tool, c.args) for c in calls]):
            found.append(calls)
    return found


def taken_back(before: Sequence[Turn], *, first: bool) -> list[Planned]:
    """The answer before the latest one, or the first one, again."""
    found = answered(before)
    if len(found) < 2:
        return [
            Planned("ask_back", {"question": "There is no earlier answer to go back to. What would you like to know?"})
        ]
    return again(found[0] if first else found[-2])


def _last_two(before: Sequence[Turn]) -> list[Earlier]:
    found = [turn for turn in answered(before) if len(turn) == 1]
    return [turn[0] for turn in found[-2:]]


def _differing(calls: Sequence[Earlier]) -> str | None:
    """The one argument in which calls of one tool differ."""
    keys = {key for call in calls for key in call.args}
    apart = [key for key in keys if any(call.args.get(key) != calls[0].args.get(key) for call in calls)]
    same = all(call.tool == calls[0].tool for call in calls)
    return apart[0] if same and len(apart) == 1 else None


def _merged(calls: Sequence[Earlier], key: str) -> Args | None:
    """The arguments with the values of every call for `key`; None where one has none there."""
    values: list[Any] = []
    for call in calls:
        held = call.args.get(key)
        if not held:
            return None
        values += [held] if isinstance(held, str) else list(held)
    return {**calls[0].args, key: tuple(dict.fromkeys(values))}


def _dimension(key: str, args: Args) -> str | None:
    if key in FILTERS:
        return key
    names = {str(tag).partition("=")[0] for tag in args.get("tags", ())}
    return f"tag:{names.pop()}" if key == "tags" and len(names) == 1 else None


def _summed(calls: Sequence[Earlier]) -> list[Planned]:
    key = _differing(calls)
    if key is None:
        return [
            Planned(
                "ask_back", {"question": "Those two may overlap, so I don't add them up. What should the sum be of?"}
            )
        ]
    if calls[0].tool == "spend_total":
        spans = [base_period(call.args) for call in calls]
        if key == "period" and all(spans):
            told = sorted((span for span in spans if span), key=lambda span: span.start)
            if all(one.end == following.start for one, following in pairwise(told)):
                whole = as_text(Period(told[0].start, told[-1].end))
                return [Planned("spend_total", {**calls[0].args, "period": whole})]
        merged = _merged(calls, key)
        if merged and _dimension(key, merged):
            return [Planned("spend_total", merged)]
    if key in {"cost", "without", "charge_kind"}:
        return [
            Planned("ask_back", {"question": "Those two overlap, so I don't add them up. What should the sum be of?"})
        ]
    return [*again(calls, quiet=True), Planned("combined_amounts", {"how": "sum"}, after=True)]


def _compared(calls: Sequence[Earlier], *, apart: bool) -> list[Planned]:
    key = _differing(calls)
    if key is not None and calls[0].tool == "spend_total":
        spans = sorted((span for call in calls if (span := base_period(call.args))), key=lambda span: span.start)
        if key == "period" and len(spans) == len(calls) == 2:
            args = {**calls[0].args, "period": as_text(spans[1]), "against": as_text(spans[0])}
            return [Planned("spend_change", args)]
        merged = _merged(calls, key)
        if merged and (dimension := _dimension(key, merged)):
            return [Planned("spend_by", {**merged, "by": (dimension,), **({"difference": True} if apart else {})})]
    if key == "model" and calls[0].tool == "price_usage":
        args = {name: value for name, value in calls[0].args.items() if name not in {"model", "price_change", "saving"}}
        return [Planned("compare_models", {**args, "models": tuple(str(call.args["model"]) for call in calls)})]
    return [*again(calls, quiet=True), Planned("combined_amounts", {"how": "difference"}, after=True)]


def _most(calls: Sequence[Earlier], *, least: bool) -> list[Planned] | None:
    """The largest, or the smallest, of what the answer listed."""
    if len(calls) > 1 and calls[0].tool == "spend_total" and (key := _differing(calls)):
        merged = _merged(calls, key)
        if merged and (dimension := _dimension(key, merged)):
            return [
                Planned("spend_by", {**merged, "by": (dimension,), **({"smallest": True} if least else {"top": 1})})
            ]
        return None
    if len(calls) != 1:
        return None
    call = calls[0]
    if call.tool == "spend_by":
        kept = {name: value for name, value in call.args.items() if name not in {"top", "smallest", "difference"}}
        return [Planned("spend_by", {**kept, **({"smallest": True} if least else {"top": 1})})]
    if call.tool == "spend_series" and "by" not in call.args:
        kept = {name: value for name, value in call.args.items() if name not in {"cumulative", "growth"}}
        return [Planned("spend_extreme", {**kept, **({"least": True} if least else {})})]
    if call.tool in {"compare_models", "cheapest_models"} and least:
        return again([call])
    return None


def _swapped(before: Sequence[Turn]) -> list[Planned]:
    calls = answers(before)
    if len(calls) == 1:
        args = calls[0].args
        period = base_period(args)
        if calls[0].tool == "spend_change" and period is not None:
            against = args.get("against") or as_text(period.previous())
            return [Planned("spend_change", {**args, "period": against, "against": as_text(period)})]
        if calls[0].tool == "what_if" and "to_model" in args and len(args.get("model", ())) == 1:
            return [Planned("what_if", {**args, "model": (args["to_model"],), "to_model": args["model"][0]})]
    return [Planned("ask_back", {"question": "What should be the other way round?"})]
