"""Names that a question says are counted in: `the team's cost including SharePoint` is no less than the team's cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.names.ledger_names import Value

COUNTED_IN = re.compile(
    r"\b(?:including|inclusive\s+of|incl\.?|counting)\s+(?:(?:the|its|their|our|all|any|of)\s+)*$", re.IGNORECASE
)
KINDS = frozenset({"charge_kind", "part_of_week", "day_of_week", "ai"})


def without_included(text: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """The values without those that are only said to be counted in what another, of another kind, names before."""
    kept = []
    for value in values:
        inside = value.dimension not in KINDS and COUNTED_IN.search(text[: value.start]) is not None
        named = any(o.end <= value.start and o.dimension not in {value.dimension, *KINDS} for o in values)
        if not (inside and named):
            kept.append(value)
    return tuple(kept)
