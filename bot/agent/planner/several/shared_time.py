"""Several questions in one message of which only the first says when, or of what: the others are about that too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.agent.planner.plan import Planned
from bot.agent.toolbox.scoped import FILTERS

OVER_A_TIME = frozenset(
    {"spend_total", "spend_by", "spend_share", "spend_average", "spend_extreme", "untagged_share", "spend_discounts"}
)
ALL_TIME = re.compile(
    r"\b(?:ever|overall|all[\s-]time|so far|to date|always|in general|historically|since|lifetime|altogether)\b", re.I
)


SCOPE = (*FILTERS, "tags", "without", "ai_only", "currency", "accelerator")
# `how much of that`, `which part of it`: a part of what has just been told.
OF_IT = re.compile(
    r"\b(?:of|in|from|within|behind)\s+(?:it|that|this|them|those|these|which)\b(?!\s+(?:month|week|quarter|year|day|\w+ly))"
    r"(?:\s+(?:bill|amount|sum|total|spend|cost|figure))?|\bthereof\b"
    r"|\b(?:did|does|has|have)\s+(?:it|they|that\s+team)\s+(?:spend|spent|cost|pay|paid|use|burn)\b",
    re.IGNORECASE,
)


def of_the_same(calls: Sequence[Planned], before: Sequence[Planned], segment: str) -> list[Planned]:
    """`calls`, those on the ledger that name nothing of their own kept to what was told before them in the message,
    where the segment asks for a part `of it`."""
    told = [call.args for call in before if call.tool in OVER_A_TIME or call.tool == "spend_change"]
    if len(told) != 1 or not OF_IT.search(segment):
        return list(calls)
    scope = {key: value for key, value in told[0].items() if key in SCOPE}
    return [
        replace(call, args={**_agreeing(scope, call.args), **call.args})
        if call.tool in OVER_A_TIME and not any(key in call.args for key in scope)
        else call
        for call in calls
    ]


def _agreeing(scope: dict[str, Any], args: Mapping[str, Any]) -> dict[str, Any]:
    """The scope without AI spend alone, where what is none is asked for."""
    return {k: v for k, v in scope.items() if k != "ai_only" or "ai=yes" not in args.get("without", ())}


def in_the_same_time(calls: Sequence[Planned], before: Sequence[Planned], segment: str) -> list[Planned]:
    """`calls`, those without a period with the one of the questions before them in the message, where these have one
    and no more. What is asked of all time keeps to that."""
    told = {str(call.args["period"]) for call in before if call.args.get("period") and "against" not in call.args}
    timeless = {call.tool for call in before if call.tool in OVER_A_TIME and not call.args.get("period")}
    if len(told) != 1 or timeless or ALL_TIME.search(segment):
        return list(calls)
    period = told.pop()
    return [
        replace(call, args={**call.args, "period": period})
        if call.tool in OVER_A_TIME and not call.args.get("period")
        else call
        for call in calls
    ]
