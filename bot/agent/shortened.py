"""What of a conversation is sent to a chat model: the last turn whole, those before it as a line each, while it fits.

A line says what was asked, how it was understood and the beginning of the answer, which holds the headline figure. What
the tools returned in those turns is left out: a figure of then has to be asked for again to be shown now.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage

TOKENS = 6_000
CHARACTERS_A_TOKEN = 4
LONGEST_ASKED = 300
LONGEST_ANSWER = 400
LONGEST_ARGUMENTS = 300

OPENING = "Earlier in this conversation, oldest first. For reference only: ask the tools again for any figure."


def shortened(messages: Sequence[AnyMessage], tokens: int = TOKENS) -> list[AnyMessage]:
    """The messages of earlier turns, oldest first, in at most about `tokens` tokens at four characters each."""
    from langchain_core.messages import HumanMessage

    turns = _turns(messages)
    if not turns:
        return []
    room = tokens * CHARACTERS_A_TOKEN
    whole = turns.pop() if sum(_size(message) for message in turns[-1]) <= room // 2 else []
    room -= sum(_size(message) for message in whole) + len(OPENING)
    lines: list[str] = []
    for turn in reversed(turns):
        line = _line(turn)
        if len(line) > room:
            break
        room -= len(line)
        lines.insert(0, line)
    if not lines:
        return list(whole)
    left_out = len(turns) - len(lines)
    told = [OPENING, *([f"({left_out} questions before these are left out.)"] if left_out else []), *lines]
    return [HumanMessage("\n".join(told)), *whole]


def _turns(messages: Sequence[AnyMessage]) -> list[list[AnyMessage]]:
    from langchain_core.messages import HumanMessage

    turns: list[list[AnyMessage]] = []
    for message in messages:
        if isinstance(message, HumanMessage):
            turns.append([message])
        elif turns:
            turns[-1].append(message)
    return turns


def _line(turn: Sequence[AnyMessage]) -> str:
    from langchain_core.messages import AIMessage

    calls = [call for message in turn if isinstance(message, AIMessage) for call in message.tool_calls]
    understood = "; ".join(f"{call['name']} {json.dumps(call['args'], ensure_ascii=False)}" for call in calls)
    told = {"asked": _cut(turn[0].text, LONGEST_ASKED), "answered": _cut(turn[-1].text, LONGEST_ANSWER)}
    if understood:
        told["understood"] = _cut(understood, LONGEST_ARGUMENTS)
    return json.dumps(told, ensure_ascii=False)


def _cut(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else f"{one_line[: longest - 3]}..."


def _size(message: AnyMessage) -> int:
    calls = getattr(message, "tool_calls", None)
    return len(str(message.content)) + (len(json.dumps(calls, default=str)) if calls else 0)
