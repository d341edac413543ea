"""A follow-up in the words of a question of its own, where it says them by what was answered before."""

from __future__ import annotations

import re

from bot.agent.planner.threads.bare_amounts import with_chips, with_hours_price
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.threads.model_variants import in_place_of_variant
from bot.agent.planner.threads.relative_periods import in_place_of_relative
from bot.agent.planner.understanding import Context

A_SPAN = re.compile(
    r"\b(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+(?:only\s+|just\s+|for\s+|really\s+)*(?:one|a|1|each|every|per)\s+(?P<span>hour|day|week|month)"
    r"(?:['’]s)?(?:\s+(?:worth|of|traffic|volume|usage|load|alone))*\b(?=\W+\w)",
    re.IGNORECASE,
)
SPREAD = re.compile(
    r"^\W*(?:(?:and|now|ok|can|could|you|please|show|see|give|list|get|let|split|break|me|us|it|that|by|over|into|out|down)\W+)*"
    r"the\s+(?:single\s+|individual\s+)?(?P<grain>day|week|month)(?:s|ly\s+\w+)\W*$",
    re.IGNORECASE,
)
DAY_BY_DAY = re.compile(r"\b(?P<grain>day|week|month)[\s-]+(?:by|for|after)[\s-]+(?P=grain)\b", re.IGNORECASE)


def restated(text: str, call: Earlier, context: Context) -> str:
    """`text` with its periods, models, prices and spans that only the call before explains written out; itself where
    it has none."""
    said = in_place_of_relative(text, call.args) or text
    said = in_place_of_variant(said, call.args, context.catalogue, context.names.words) or said
    said = with_chips(with_hours_price(said, [call]), [call])
    if call.tool in {"price_usage", "compare_models", "cheapest_models"}:
        said = A_SPAN.sub(lambda found: f"per {found['span']}", said)
    if call.tool.startswith(("spend_", "token_usage")):
        said = SPREAD.sub(lambda found: f"per {found['grain']}", said)
        said = DAY_BY_DAY.sub(lambda found: f"per {found['grain']}", said)
    return said
