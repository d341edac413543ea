"""`How does that compare to September?`: the spend of the answer before, set against another time or another name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.agent.planner.left_over.accounted import settled
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.threads.relative_periods import base_period, in_place_of_relative
from bot.agent.planner.understanding import Context, understood
from bot.agent.toolbox.arguments import as_text

BACK = r"(?:that|this|it|those|these|they)"
TO = r"(?:to|with|against|from|vs\.?|versus|next\s+to|beside)"
COMPARES = re.compile(
    rf"^\W*(?:(?:and|so|but)\s+)?(?:"
    rf"how\s+(?:does|did|do|would|is|was)\s+{BACK}\s+(?:compared?|compares|stack\s+up|look|measure\s+up|differ)\s+{TO}"
    rf"|(?:what\s+(?:is|was)\s+|what['’]?s\s+)?{BACK}\s+(?:{TO}|(?:as\s+)?compared\s+{TO}|in\s+comparison\s+{TO})"
    rf"|(?:please\s+)?compare\s+{BACK}\s+{TO}|(?:as\s+)?compared\s+{TO}"
    r")\s+(?P<other>.+)$",
    re.IGNORECASE | re.DOTALL,
)
YEAR_BEFORE = re.compile(
    r"(?:(?:exactly\s+)?the\s+)?same\s+(?:\w+\s+){0,2}?(?:(?:of|in|from|as)\s+)?(?:last|the\s+previous|the\s+prior)\s+year",
    re.I,
)
SUMS = frozenset({"spend_total", "spend_change"})
OF_TIME = frozenset({"period", "against", "by", "mover", "grain"})


def compared_before(segment: str, calls: Sequence[Earlier], context: Context) -> list[Planned] | None:
    """The change of the spend told before against the time named now, or that spend and the one of another name of its
    kind with their difference; None where nothing of the sort is asked."""
    said = COMPARES.match(segment)
    sums = [call for call in calls if call.tool in SUMS]
    if said is None or len(sums) != 1 or len(calls) != 1:
        return None
    args = dict(sums[0].args)
    base = base_period(args)
    if base is None:
        return None
    kept = {key: value for key, value in args.items() if key not in OF_TIME}
    other = said["other"].strip(" ?.!")
    if YEAR_BEFORE.fullmatch(other):
        against = as_text(base.year_before())
        return [Planned("spend_change", {**kept, "period": as_text(base), "against": against})]
    r = understood(in_place_of_relative(other, args) or other, context)
    if r.models or r.amounts or r.groupings or r.unread or len(r.periods) > 1:
        return None
    if r.periods and not r.values:
        planned = Planned("spend_change", {**kept, "period": as_text(base), "against": as_text(r.periods[0].period)})
        return settled(r, [planned])
    return settled(r, [both]) if (both := _both(r, kept, as_text(base))) else None


def _both(r: Reading, kept: dict[str, Any], period: str) -> Planned | None:
    """The spend of the name before and of the one named now, where they are of one kind."""
    kinds = {value.dimension for value in r.values if not value.excluded}
    if r.periods or len(kinds) != 1 or r.left_out():
        return None
    kind = kinds.pop()
    held = kept.get(kind)
    if not held or len(held) != 1:
        return None
    names = tuple(dict.fromkeys((*held, *r.of(kind))))
    return Planned("spend_by", {**kept, kind: names, "by": (kind,), "period": period, "difference": True})
