"""Several questions in one message of which only the first says when: the others are about that time too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.plan import Planned

OVER_A_TIME = frozenset(
    {"spend_total", "spend_by", "spend_share", "spend_average", "spend_extreme", "untagged_share", "spend_discounts"}
)
ALL_TIME = re.compile(
    r"\b(?:ever|overall|all[\s-]time|so far|to date|always|in general|historically|since|lifetime|altogether)\b", re.I
)


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
