"""Where a tag's key stands beside a value of it, or is said to be lacking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.names.ledger_names import Value
from bot.agent.slots.groupings import GroupBy
from bot.agent.slots.lexing import Span

LACKS = re.compile(
    r"\b(?:without|no|missing|lacks?|lacking|untagged (?:for|by|with)"
    r"|not (?:tagged|labell?ed|assigned|allocated|attributed) (?:with|to|for|by))\s+"
    r"(?:an?\s+|the\s+|any\s+)?(?:tag\s+)?$",
    re.IGNORECASE,
)
KIND_AFTER = re.compile(
    r"\s+(?:stage|phase|environment|env|tier|workstream|stream|workload|initiative)s?\b(?!['’]s)", re.IGNORECASE
)
BETWEEN = re.compile(r"[\s:=\"']*(?:(?:tagged|labell?ed|called|named)\s+(?:as\s+|with\s+)?)?[\"']*", re.IGNORECASE)


def beside_values(text: str, values: Sequence[Value], tags: Sequence[GroupBy]) -> list[Span]:
    """Where a tag's key stands beside a value of it (`dev stage`), or after `without` and its like."""
    beside = []
    for tag in tags:
        near = any(
            v.dimension == tag.dimension and BETWEEN.fullmatch(text[min(v.end, tag.end) : max(v.start, tag.start)])
            for v in values
        )
        if near or LACKS.search(text[: tag.start]):
            beside.append((tag.start, tag.end))
    tagged = [v for v in values if v.dimension.startswith("tag:")]
    beside += [found.span() for v in tagged if (found := KIND_AFTER.match(text, v.end))]
    beside += [found.span() for _, end in list(beside) if (found := KIND_AFTER.match(text, end))]
    return beside
