"""One tool call of another assistant: who calls, what they may see, what they get. Knows no transport."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import mcp_types as types
from pydantic import Field, ValidationError

from bot.agent.ask import Agent
from bot.agent.toolbox.catalogue import all_tools
from bot.agent.toolbox.tool import Arguments
from bot.agent.turn import Turn
from bot.mcp.shown import of_call, of_reply, refused
from bot.reply import Question, Step
from tools.errors import BadInput, ToolError, Unknown

log = logging.getLogger("outlay.mcp")

ASK = "ask"
ASKED = (
    "A whole question in plain words, answered as Outlay answers people: checked figures with unit, period, price date "
    "and how fresh the data is, assumptions and cited sources. Use it when no single tool fits."
)
READS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class Ask(Arguments):
    question: str
    thread: str | None = Field(
        default=None, max_length=200, description="A name for the conversation; its earlier questions then count."
    )


@dataclass(frozen=True, slots=True)
class Caller:
    """`asker` None is the operator, who sees all; `channel` is the most that may be shown, None for no such limit."""

    asker: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """`today` gives the day that counts. The agent keeps the audit log. Safe to call from several threads."""

    agent: Agent
    today: Callable[[], date]

    def call(self, name: str, args: dict[str, Any], caller: Caller) -> types.CallToolResult:
        """The tool's result, or one sentence marked as an error. Never raises."""
        question = Question("", self.today(), caller.asker, caller.channel)
        try:
            return self._ask(args, caller) if name == ASK else self._run(name, args, question)
        except ToolError as error:
            failed = error
        except Exception:
            log.exception("The tool %s failed.", name)
            failed = ToolError(f"The tool {name} failed on Outlay's side; it has been logged.")
        if name != ASK:
            self.agent.audit(question, failed.status)
        return refused(failed)

    def _run(self, name: str, args: dict[str, Any], question: Question) -> types.CallToolResult:
        tool = next((tool for tool in all_tools() if tool.name == name), None)
        if tool is None:
            raise _no_tool(name)
        turn = Turn(question, self.agent.audience_of(question.asker, question.channel))
        tool.call(self.agent.services, turn, args)
        made = turn.calls[-1]
        status = made.error.status if made.error else "answered"
        self.agent.audit(question, status, [Step(made.tool, made.args, made.seconds)], turn.audience)
        return of_call(made)

    def _ask(self, args: dict[str, Any], caller: Caller) -> types.CallToolResult:
        try:
            wanted = Ask.model_validate(args)
        except ValidationError as error:
            first = error.errors()[0]
            raise BadInput(f"{ASK}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
        # A conversation belongs to who holds it: another person's is another one, though it has the same name.
        thread = f"mcp|{caller.asker}|{caller.channel}|{wanted.thread}" if wanted.thread else None
        reply = self.agent.ask(Question(wanted.question, self.today(), caller.asker, caller.channel, thread))
        return of_reply(reply)


@cache
def listed() -> tuple[types.Tool, ...]:
    """Every tool as the protocol describes one."""
    described: list[tuple[str, str, type[Arguments]]] = [(ASK, ASKED, Ask)]
    described += [(tool.name, tool.description, tool.arguments) for tool in all_tools()]
    return tuple(
        types.Tool(name=name, description=description, input_schema=arguments.model_json_schema(), annotations=READS)
        for name, description, arguments in described
    )


def _no_tool(name: str) -> Unknown:
    from rapidfuzz import process

    known = [tool.name for tool in listed()]
    nearest = [found[0] for found in process.extract(name[:100], known, limit=3)]
    return Unknown(f"There is no tool {name[:100]!r}. Nearest: {', '.join(nearest)}.", nearest)
