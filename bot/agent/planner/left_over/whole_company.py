"""Whether a sum of the whole company is asked for, rather than what the asker may see of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.plan import Planned

COMPANY = re.compile(
    r"\b(?:the\s+|our\s+)?(?:whole|entire|full)\s+(?:company|organi[sz]ation|org|business|firm)\b"
    r"|\b(?:company|organi[sz]ation|org|firm|enterprise)[\s-]?wide\b"
    r"|\b(?:for|of|across|over)\s+(?:the|our)\s+(?:company|organi[sz]ation|org|firm)\b"
    r"|\b(?:all|every)\s+(?:of\s+)?(?:the\s+|our\s+)?(?:teams?|departments?|squads?)\b",
    re.IGNORECASE,
)
SUMS = frozenset({"spend_total", "forecast", "spend_run_rate", "spend_average", "spend_if", "budget_status"})


def of_the_company(text: str, calls: Sequence[Planned]) -> list[Planned]:
    """The calls; those for one sum say that it is to be the whole company's where the question does."""
    if not COMPANY.search(text):
        return list(calls)
    return [
        replace(call, args={**call.args, "whole_company": True})
        if call.tool in SUMS and not {"by", "team"} & call.args.keys()
        else call
        for call in calls
    ]
