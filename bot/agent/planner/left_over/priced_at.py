"""At whom the models of a call on prices are priced, and which words such a call takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.agent.planner.left_over.vocabulary import vocabulary
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.lexicon import stem
from tools.prices.vocabulary import provider_id


def hosts_of(r: Reading, calls: Sequence[Planned], *, priced: bool) -> set[str]:
    """The providers, by id, at which the calls price the models that are named."""
    if any(call.tool == "what_if" for call in calls):
        return {m.provider for m in r.models if m.provider}
    if not priced:
        return set()
    hosts = {m.ref.provider for m in r.models if m.ref}
    hosts |= {host for call in calls for _, on, host in [str(call.args.get("model")).rpartition(" on ")] if on}
    named = [said for call in calls for said in several(call.args.get("providers"))]
    return hosts | {found for said in named if (found := provider_id(said))}


def hosted(name: str, hosts: set[str]) -> bool:
    """Whether a provider or service is one that the models are priced at: Amazon Bedrock for the models on AWS."""
    words = " ".join(name.casefold().split())
    return any(provider_id(part) in hosts for part in (words, *words.split()) if part)


def words_of_prices(calls: Sequence[Planned]) -> frozenset[str]:
    """Stems of the words that calls on prices take, which are no names."""
    taken = frozenset[str]().union(*(vocabulary(call.tool, tuple(sorted(call.args))) for call in calls))
    return taken | {stem(word) for call in calls for word in str(call.args.get("component", "")).split("_")}


def several(value: Any) -> tuple[str, ...]:
    """One value or many as many."""
    return (value,) if isinstance(value, str) else tuple(value or ())
