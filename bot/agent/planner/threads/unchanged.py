"""A follow-up that changes nothing in the call before has not been understood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.agent.planner.plan import Planned
from bot.agent.planner.threads.history import Earlier

SMALL = re.compile(
    r"\b(?:and|but|or|ok(?:ay)?|so|now|then|what|how|about|if|we|i|it|that|this|is|was|be|would|do|did|make|same|please|pls"
    r"|instead|again|just|only|show|me|the|for|in|on|at|a|an|to|use|too|as|well|actually|sorry|no|rather|with|of|by)\b",
    re.IGNORECASE,
)
ASKED = "I could not place “{}” as a change of the answer before. What should be different?"
WHAT = "What should change in the answer before?"


def same_calls(calls: Sequence[Planned], before: Sequence[Earlier]) -> bool:
    """Whether the calls are those of before, argument by argument."""
    return _written((call.tool, call.args) for call in calls) == _written((call.tool, call.args) for call in before)


def not_placed(text: str) -> Planned:
    """A question back that names the words that no part of the call before takes."""
    said = " ".join(SMALL.sub(" ", text).split()).strip(" .,!?;:-")
    return Planned("ask_back", {"question": ASKED.format(said) if said and len(said) <= 60 else WHAT})


def _written(calls: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    return [json.dumps(call, sort_keys=True, default=str) for call in calls]
