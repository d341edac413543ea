"""Something said about the answer before: why, where it comes from, as a chart or file; more of what the news said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.intents.own import split
from bot.agent.planner.intents.own.spend_scope import SCOPE
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.together import answers
from bot.agent.planner.threads.changes import OF_AN_ANSWER, again
from bot.agent.planner.threads.follow_words import FOLLOWS
from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.threads.relative_periods import base_period
from bot.agent.planner.understanding import unsure

REPEATS = frozenset({"origin", "assumptions", "taxes", "credits", "chart", "csv", "table", "short", "plain"})
TELLS = re.compile(
    r"\b(?:before|after|that|then|he|she|they|it|his|her|their|him|them|there|this|those|these)\b", re.IGNORECASE
)
AND_SOMEBODY = re.compile(
    r"^\W*(?:and|what about|how about|same for|also)\s+(?:for\s+|at\s+|of\s+"
    r"|with\s+)?(?:the\s+)?(?P<name>[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){0,2})\W*$"
)
PROPER = re.compile(r"(?<=[a-z,] )[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*")
DAYS_DRAWN_DAILY = 62


def why(before: Sequence[Turn]) -> list[Planned]:
    """The drivers of spend; how anything else is made up; why there was no answer."""
    latest = [call for call in before[-1] if call.tool not in OF_AN_ANSWER or call.failed]
    if latest and all(call.failed for call in latest):
        return [Planned(call.tool, call.args) for call in latest]
    calls = answers(before)
    spent = [call for call in calls if call.tool.startswith("spend") and call.tool != "spend_anomalies"]
    if spent and base_period(spent[-1].args):
        kept = {name: value for name, value in spent[-1].args.items() if name in {*SCOPE, "against"}}
        by = spent[-1].args.get("by")
        first = by if isinstance(by, str) or not by else by[0]
        if first and first not in split.TIME:
            kept["by"] = first
        return [Planned("spend_change", kept)]
    return [*again(calls), _working("origin")]


def about(act: str, calls: Sequence[Earlier]) -> list[Planned]:
    if act in {"taxes", "credits"}:
        kinds = [
            Planned("spend_total", {**call.args, "charge_kind": (act,)})
            for call in calls
            if call.tool == "spend_total" and not call.args.get("charge_kind") and not call.args.get("without")
        ]
        return [*again(calls), *kinds, _working(act)]
    if act in {"origin", "assumptions"}:
        return [*again(calls), _working(act)]
    if act == "chart":
        return [*_drawn(calls), Planned("show_again", {"form": "chart"}, after=True)]
    return [*again(calls, quiet=act in {"short", "plain"}), Planned("show_again", {"form": act}, after=True)]


def _working(about: str) -> Planned:
    return Planned("show_working", {} if about == "origin" else {"about": about}, after=True)


def _drawn(calls: Sequence[Earlier]) -> list[Planned]:
    """The calls with a sum of spend spread over its days or months, as one figure can't be drawn."""
    found: list[Planned] = []
    for planned in again(calls):
        period = base_period(planned.args)
        if planned.tool == "spend_total":
            grain = "day" if period is not None and period.days <= DAYS_DRAWN_DAILY else "month"
            planned = Planned("spend_series", {**planned.args, "grain": grain})
        found.append(planned)
    return found


def of_news(
    segment: str, r: Reading, best: tuple[float, Intent] | None, before: Sequence[Turn]
) -> list[Planned] | None:
    """A short question on what the news answer before said, together with the question that it answered."""
    calls = answers(before)
    if not calls or calls[-1].tool != "search_knowledge" or len(segment.split()) > 10 or r.has("ours"):
        return None
    asked = str(calls[-1].args.get("question", ""))
    if (somebody := AND_SOMEBODY.match(segment)) and (names := PROPER.findall(asked)):
        return [Planned("search_knowledge", {"question": asked.replace(names[-1], somebody["name"])})]
    refers = TELLS.search(segment) is not None or FOLLOWS.match(segment) is not None or len(segment.split()) <= 3
    if not refers or not (unsure(best) or TELLS.search(segment)) or r.models or r.values:
        return None
    return [Planned("search_knowledge", {"question": f"{asked.rstrip('?. ')}, {segment}"})]
