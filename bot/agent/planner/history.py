"""What was asked before in the same thread: the last turn's calls, and the options it offered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


@dataclass(frozen=True, slots=True)
class Earlier:
    """One call of the turn before: its arguments, and the options when it ended in a question back."""

    tool: str
    args: dict[str, Any]
    options: tuple[str, ...] = ()
    asked_back: bool = False
    failed: bool = False


def last_turn(messages: Sequence[BaseMessage]) -> list[Earlier]:
    """The calls of the latest turn that made any, oldest first; empty in a new conversation. A turn that only asked
    back is taken together with the one before, of which it may be the change that was not understood.

    `messages` end with the human message that is being answered.
    """
    from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

    results: dict[str, str] = {}
    calls: list[Earlier] = []
    for message in reversed(messages[:-1]):
        if isinstance(message, ToolMessage):
            results[message.tool_call_id] = str(message.content)
        elif isinstance(message, AIMessage) and message.tool_calls:
            calls[:0] = [
                _earlier(call["name"], call["args"], results.get(call["id"] or "")) for call in message.tool_calls
            ]
        elif isinstance(message, HumanMessage) and any(not _empty(call) for call in calls):
            break
    return calls


def _empty(call: Earlier) -> bool:
    """Whether a call found nothing that a follow-up could change."""
    return call.tool == "ask_back" or (call.tool == "search_knowledge" and call.failed)


def _earlier(tool: str, args: dict[str, Any], content: str | None) -> Earlier:
    try:
        body = json.loads(content) if content else {}
    except json.JSONDecodeError:
        body = {}
    options = body.get("options") if isinstance(body, dict) else None
    status = body.get("status") if isinstance(body, dict) else None
    return Earlier(tool, args, tuple(options or ()), status == "clarify", status is not None)


def chosen_option(reply: str, options: Sequence[str]) -> str | None:
    """The one option that `reply` picks: by its text, a part of it, or its place ("the second one")."""
    said = " ".join(reply.casefold().strip(" .!").split())
    if not said or not options:
        return None
    exact = [option for option in options if option.casefold() == said]
    if exact:
        return exact[0]
    for place, words in enumerate((("first", "1"), ("second", "2"), ("third", "3"), ("fourth", "4"), ("fifth", "5"))):
        if said in {words[0], f"the {words[0]}", f"the {words[0]} one", f"{words[0]} one", words[1]} and place < len(
            options
        ):
            return options[place]
    inside = [option for option in options if said in option.casefold()]
    return inside[0] if len(inside) == 1 else None
