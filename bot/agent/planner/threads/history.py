"""What was asked before in the same thread: each turn's calls with what they gave, and the options it offered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# Turns that say nothing a follow-up could change.
SMALL_TALK = frozenset({"small_talk", "about_outlay"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """One call of a turn before: its arguments, and the options when it ended in a question back. `value` and
    `unit` are those of its headline figure, `labels` what its figures are called; `asked` is what the person wrote."""

    tool: str
    args: dict[str, Any]
    options: tuple[str, ...] = ()
    asked_back: bool = False
    failed: bool = False
    value: str = ""
    unit: str = ""
    asked: str = ""
    labels: tuple[str, ...] = ()


Turn = tuple[Earlier, ...]


def turns(messages: Sequence[BaseMessage]) -> list[Turn]:
    """The calls of every turn before, oldest first, small talk left out. `messages` end with the human message that is
    being answered."""
    from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

    results = {m.tool_call_id: str(m.content) for m in messages if isinstance(m, ToolMessage)}
    found: list[list[Earlier]] = []
    asked = ""
    for message in messages[:-1]:
        if isinstance(message, HumanMessage):
            found.append([])
            asked = str(message.content)
        elif isinstance(message, AIMessage) and found:
            found[-1] += [
                _earlier(call["name"], call["args"], results.get(call["id"] or ""), asked)
                for call in message.tool_calls
            ]
    return [tuple(calls) for calls in found if any(call.tool not in SMALL_TALK for call in calls)]


def last_turn(before: Sequence[Turn]) -> list[Earlier]:
    """The calls that a follow-up may change: those of the latest turn that made any. A turn that only asked back is
    taken together with the one before, of which it may be the change that was not understood."""
    calls: list[Earlier] = []
    for turn in reversed(before):
        calls[:0] = turn
        if any(not _empty(call) for call in turn):
            break
    return calls


def _empty(call: Earlier) -> bool:
    """Whether a call found nothing that a follow-up could change."""
    return call.tool in {"ask_back", *SMALL_TALK} or (call.tool == "search_knowledge" and call.failed)


def _earlier(tool: str, args: dict[str, Any], content: str | None, asked: str) -> Earlier:
    try:
        body = json.loads(content) if content else {}
    except json.JSONDecodeError:
        body = {}
    body = body if isinstance(body, dict) else {}
    status = body.get("status")
    figures = body.get("figures") or [{}]
    return Earlier(
        tool,
        args,
        tuple(body.get("options") or ()),
        status == "clarify",
        status is not None,
        str(figures[0].get("value", "")),
        str(figures[0].get("unit", "")),
        asked,
        tuple(str(figure.get("label", "")) for figure in figures),
    )
