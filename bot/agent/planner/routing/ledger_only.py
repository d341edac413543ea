"""What only questions on the ledger may leave out: a cost, a year, a tag, what is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.intents.own.cost_kinds import costs_named
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches


def left_out(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """The parts of a question on the ledger that these calls leave out."""
    return _costs(r, calls) + _years(r) + _lacking(r, calls) + _not_compared(r, calls) + _of_somebody(r)


BESIDE_ANOTHER = re.compile(
    r"(?<!\w)(?:vs\.?|versus|compared\s+(?:to|with)|in\s+comparison\s+(?:to|with))(?!\w)", re.IGNORECASE
)


def _not_compared(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """What says that something is set against the answer, where one sum alone is told, or a change against no time
    that was named: the other side was not read."""
    if len(calls) != 1 or calls[0].tool not in {"spend_total", "spend_average", "spend_change"}:
        return []
    if "against" in calls[0].args or "cost" in calls[0].args:
        return []
    return [found[0] for found in BESIDE_ANOTHER.finditer(r.text) if not touches(*found.span(), r.taken)]


def _of_somebody(r: Reading) -> list[str]:
    """Kinds of charges of somebody who is left out: without the credit of one provider, the others' are counted."""
    gone = [v for v in r.values if v.excluded]
    kinds = [v for v in r.values if v.dimension == "charge_kind" and not v.excluded]
    return [r.text[g.start : k.end] for g in gone for k in kinds if not r.text[g.end : k.start].strip(" '’s")]


def _costs(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """The kinds of cost set against each other that no call tells of."""
    if any(call.tool == "spend_discounts" for call in calls):
        return []
    told = {str(call.args.get("cost", "effective")) for call in calls}
    return [kind for kind in costs_named(r) if kind not in told]


EARLIER = re.compile(
    r"\b(?:that|it|those|these)\b(?=\s+(?:compare|look|stack|measure|against|vs|versus|differ|change))", re.I
)


def _lacking(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """Tags whose lack is asked for, where another tag's is told; what is compared, where only a pronoun names it."""
    tags = {str(call.args.get("tag", "team")) for call in calls if call.tool == "untagged_share"}
    named = {g.dimension.removeprefix("tag:") for g in r.tags_named}
    missed = (
        sorted(named - tags - {str(call.args.get("by", "")).removeprefix("tag:") for call in calls}) if tags else []
    )
    if r.compared is not None and not r.compared[0].text and (said := EARLIER.search(r.text)):
        missed.append(said[0])
    return missed


SET_AGAINST = re.compile(
    r"\b(?:compar\w+\s+(?:with|to|against)|versus|vs\.?|against|relative\s+to|next\s+to|than)\s+(?:the\s+|team\s+|our\s+)*$",
    re.I,
)


def one_sided(r: Reading) -> list[str]:
    """Names that something is set against, where no other of their kind is named and no other time: with the one name
    on both sides, or names of two kinds, nothing is compared."""
    if r.compared and r.compared[1] and r.compared[1].text:
        return []
    named = [(v.start, r.text[v.start : v.end], len(r.of(v.dimension))) for v in r.values if not v.excluded]
    named += [(m.start, m.text, len(r.models)) for m in r.models]
    return [said for start, said, count in named if count < 2 and SET_AGAINST.search(r.text[:start])]


YEAR_WRITTEN = re.compile(r"(?<![\w$€£.,-])(?:19[89]|20[0-4])\d(?![\w%]|[.,]\d)")


def _years(r: Reading) -> list[str]:
    """Years in figures that nothing has read: without them the time asked about is another."""
    return [match[0] for match in YEAR_WRITTEN.finditer(r.text) if not touches(*match.span(), r.taken)]
