"""Questions about Outlay itself: what its own chat model costs, and that a conversation be forgotten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading

# Outlay is meant, not the company: by its name, or as "you" with what is its own.
OUTLAY = re.compile(
    r"\boutlay(?:['’]s)?\b|\b(?:asking|running|using|run|use) you\b"
    r"|\b(?:have|had|did|do|does|are|were) you (?:cost|used?)\b"
    r"|\byou(?:r|rs)?(?:\s+own)?(?:\s+\w+)?\s+(?:answers?|repl(?:y|ies)|responses?|bill|model|llm|usage|tokens|cost)\b",
    re.IGNORECASE,
)
ANSWER = re.compile(r"\b(?:answer(?:ing|s)?|repl(?:y|ies|ying)|response)\b", re.IGNORECASE)
ANSWERED = re.compile(
    r"\banswering\b|\b(?:that|last|this|your|the)(?:\s+\w+)?\s+(?:answers?|repl(?:y|ies)|response)\b", re.IGNORECASE
)
COSTS = re.compile(r"\b(?:cost\w*|spen[dt]\w*|bill|price|expensive|pay|paid|charged?|used?|tokens?)\b", re.IGNORECASE)
FORGET = re.compile(r"\b(?:forget|eras\w+|delet\w+|wip\w+|clear|reset)\b", re.IGNORECASE)
CONVERSATION = re.compile(
    r"\b(?:conversation|thread|chat|histor\w+|memory|everything|all of (?:this|that|it)|what (?:i|we) (?:\w+)|messages?"
    r"|discussion|my questions?)\b",
    re.IGNORECASE,
)


def _weigh_cost(r: Reading) -> float | None:
    if not COSTS.search(r.text) or r.models or r.accelerators or r.amounts or r.values:
        return None
    if OUTLAY.search(r.text):
        return 1.0
    return 0.7 if ANSWERED.search(r.text) else None


def _cost(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    if ANSWER.search(r.text) and not r.periods:
        return (Planned("own_model_cost", {"of": "last answer"}),)
    args: Args = {"period": r.periods[0].text} if r.periods else {}
    return (Planned("own_model_cost", args),)


def _weigh_forget(r: Reading) -> float | None:
    busy = r.models or r.accelerators or r.amounts or r.values or r.periods or r.has("spend")
    if busy or not FORGET.search(r.text) or not CONVERSATION.search(r.text):
        return None
    return 0.4


def _forget(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return (Planned("forget_conversation"),)


INTENTS = (
    Intent("own_model_cost", _weigh_cost, _cost),
    Intent("forget_conversation", _weigh_forget, _forget),
)
