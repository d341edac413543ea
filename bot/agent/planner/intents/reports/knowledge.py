"""Questions that news, reports and filings answer, and those that nothing answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import is_workload, own
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.of_the_world import says_of_what


def _weigh_knowledge(r: Reading) -> float | None:
    if own(r) >= 0.45 or (is_workload(r) and not r.has("news")):
        return None
    if r.has("spend", "cost") and not r.has("company", "others", "news") and not says_of_what(r):
        return None
    score = 0.15 * r.has("news") + 0.15 * r.has("company") - 0.3 * own(r)
    return score - 0.15 * bool(r.models) - 0.1 * bool(r.accelerators)


def _knowledge(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return (Planned("search_knowledge", {"question": r.original}),)


def _weigh_about(r: Reading) -> float | None:
    busy = r.models or r.accelerators or r.amounts or r.values or r.periods
    return 0.15 * r.has("help") if not busy else None


def _about(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return (Planned("about_outlay"),)


def _weigh_none(r: Reading) -> float | None:
    busy = r.models or r.accelerators or r.money or is_workload(r) or own(r) >= 0.3
    return None if busy else -0.05


def _none(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    """Not ours to answer by its kind; the knowledge base may still hold it, and says so when it does not."""
    return _knowledge(r, base)


INTENTS = (
    Intent("knowledge", _weigh_knowledge, _knowledge),
    Intent("about_outlay", _weigh_about, _about),
    Intent("none", _weigh_none, _none),
)
