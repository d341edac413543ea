"""Everybody's prices as prices: `if every provider raised prices 5%` splits nothing by provider."""

from __future__ import annotations

import re

KINDS = r"(?:ai\s+|llm\s+|model\s+|api\s+|cloud\s+)?(?:providers?|vendors?|suppliers?|models?|labs?)"
ALL = r"(?:every(?:\s+single)?|each(?:\s+of)?|all(?:\s+of)?)\s+(?:(?:the|our)\s+)?"
MOVES = (
    r"(?:put|puts|rais\w+|hik\w+|cut|cuts|increas\w+|lower\w*|drop\w*|slash\w*|doubl\w+|tripl\w+|halv\w+"
    r"|charg\w+|bec[ao]me|got|get|gets|go|goes|went|were\s+to|was\s+to)\b"
)
SUBJECT = re.compile(
    rf"\b(?P<if>if|suppos\w+|assuming|imagine|say|should|had|when)\s+{ALL}{KINDS}\s+(?=(?:all\s+|would\s+)?{MOVES})",
    re.I,
)
OWNER = re.compile(rf"\b{ALL}{KINDS}(?:['’]s?)?\s+(?=(?:list\s+)?(?:prices?|rates?)\b)", re.IGNORECASE)
WHERE = re.compile(
    r"(?P<said>\b(?:prices?|rates?)\b[^,;?]{0,40}?(?:%|percent|double|doubled|triple|tripled|halved)[^,;?]{0,20}?)"
    rf"\s+(?:across|at|for|from|with|of|by)\s+{ALL}{KINDS}\b",
    re.IGNORECASE,
)


# What a discount is given for: `15% off for a year's commitment`.
IN_RETURN = re.compile(
    r"\s*\b(?:for|with|against|in\s+(?:exchange|return)\s+for|if\s+we\s+(?:sign|commit\s+to))\s+(?:an?\s+)?(?:\d+|one|two|three)?"
    r"[\s-]*(?:years?|months?)['’]?s?[\s-]+(?:commit\w*|contract|deal|term|agreement)\b",
    re.IGNORECASE,
)
OFF = re.compile(r"(?:%|percent)\s+(?:off|discount|rebate|cheaper)\b|\bdiscount\s+of\b", re.IGNORECASE)


def without_what_for(text: str) -> str:
    """A discount without what is signed for it, where no use of a commitment is told."""
    one = len(re.findall(r"%|\bpercent\b", text)) == 1
    return IN_RETURN.sub(" ", text) if one and OFF.search(text) and "utili" not in text.lower() else text


SUMMED = re.compile(r"\b(?:totals?|sum|combined|overall|altogether|together|in\s+all|total\w*)\b", re.IGNORECASE)
SPLIT = re.compile(
    r"\b(?:by|per|each|split|break\w*|rank\w*|list|compare|vs\.?|versus|table|shares?|highest|largest|most|top|which)\b",
    re.IGNORECASE,
)
ACROSS = re.compile(
    r"\b(?:across|over|for|of|from)\s+(?:all|every|each)\s+(?:of\s+)?(?:the\s+|our\s+)?"
    r"(?:(?P<teams>teams?|departments?|squads?|groups?)|providers?|vendors?|models?|services?|accounts?|regions?)\b",
    re.IGNORECASE,
)


def added_up(text: str) -> str:
    """`total spend across all teams` as that of the whole company: a sum, and no split."""
    if not SUMMED.search(text) or SPLIT.search(text):
        return text
    return ACROSS.sub(lambda found: "for the whole company" if found["teams"] else " ", text)


def everybody_alike(text: str) -> str:
    """`if every provider raised prices 5%` as `if all raised prices 5%`: nothing is split there."""
    text = SUBJECT.sub(r"\g<if> all ", text)
    return (
        WHERE.sub(r"\g<said>", OWNER.sub("all ", text))
        if re.search(r"%|percent|doubl|tripl|halv", text, re.I)
        else text
    )
