"""A second question that the answer to the first tells in any case: `and how much was it?`, `at what price?`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.plan import Planned

HOW_MUCH = re.compile(
    r"\W*(?:and\s+)?how\s+(?:much|large|big|high)(?:\s+(?:was|is|did|does|do)\s+(?:it|that|they|this))?"
    r"(?:\s+(?:costs?|cost\s+us|spen[dt]|come\s+to|in\s+total))?\W*"
    r"|\W*(?:and\s+)?(?:what|how\s+much)\s+(?:has|have|did|does|was|is)\s+(?:it|that|they|this)(?:\s+(?:cost|been|spent|come\s+to))?"
    r"(?:\s+us)?(?:\s+(?:since(?:\s+then)?|in\s+total|so\s+far|overall|to\s+date))*\W*",
    re.IGNORECASE,
)
# What is told of each credit in any case: `how big was it`, `when did it land`.
OF_IT = re.compile(
    r"\W*(?:and\s+)?(?:when|how\s+(?:big|large|much|high|many)|what\s+for|for\s+what|what\s+(?:was|were|is|are)|who|why|from\s+whom"
    r"|which\s+(?:day|date|provider))\b(?:\s+(?:it|they|that|this|them|those|one|ones|was|were|is|are|did|do|does|have|has|been"
    r"|land\w*|arrive\w*|come|came|get|got|give\w*|gave|grant\w*|issue\w*|book\w*|us|to|in|for|we|each|of|the|from|by"
    r"|amounts?|size|reason))*\W*",
    re.IGNORECASE,
)
BY_HOW_MUCH = re.compile(
    r"\W*(?:and\s+)?(?:by\s+)?how\s+much(?:\s+(?:more|less|higher|lower|dearer|cheaper|was\s+it|is\s+it|is\s+that))*\W*",
    re.I,
)
HOURS_OF_IT = re.compile(
    r"\W*(?:and\s+)?(?:for\s+)?(?:how\s+many\s+(?:gpu\s+|machine\s+)?hours|(?:at\s+)?what\s+(?:price|rate|cost)(?:\s+(?:per|an)\s+hour)?"
    r"|(?:what|how\s+much)\s+did\s+(?:one|each|an\s+hour|a\s+single\s+one|every\s+one)(?:\s+of\s+(?:them|those|it))?\s+cost(?:\s+us)?)"
    r"(?:\s+(?:did|do|have|has|was|were|we|it|that|they|is|used?|run|ran|bill\w*|in\s+(?:all|total)))*\W*",
    re.IGNORECASE,
)
TELL_THE_AMOUNT = frozenset({"spend_by", "spend_extreme", "spend_first_charge"})


def told_already(segment: str, calls: Sequence[Planned]) -> bool:
    """Whether only the amount of what has just been looked up is asked for, which is told in any case."""
    if calls and calls[-1].tool == "spend_credits" and OF_IT.fullmatch(segment):
        return True
    if calls and calls[-1].tool == "machine_hours" and HOURS_OF_IT.fullmatch(segment):
        return True
    if calls and calls[-1].tool == "spend_change" and BY_HOW_MUCH.fullmatch(segment):
        return True
    return bool(calls) and HOW_MUCH.fullmatch(segment) is not None and calls[-1].tool in TELL_THE_AMOUNT
