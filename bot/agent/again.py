"""The tables of an answer made again from its calls, for whoever asks for them now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.agent.compose import status_of
from bot.agent.turn import Turn
from bot.reply import Question, Step
from tools.errors import ToolError, Unknown
from tools.results import Table

if TYPE_CHECKING:
    from bot.agent.ask import Agent

TablesAgain = Callable[[Question, Sequence[tuple[str, Mapping[str, Any]]]], tuple[Table, ...]]


def tables_again(agent: Agent, question: Question, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[Table, ...]:
    """The tables that the calls give the asker of `question` in its channel, on its `today`: no more than they may see,
    whoever asked first. Written to the audit log like any question.

    Raises the ToolError of a call that is refused or has nothing, and Unknown when there is no table.
    """
    from bot.agent.toolbox.catalogue import all_tools

    try:
        turn = Turn(question, agent.audience_of(question.asker, question.channel))
    except ToolError as error:
        agent.audit(question, error.status)
        raise
    tools = {tool.name: tool for tool in all_tools()}
    for name, args in calls:
        if name in tools:
            tools[name].call(agent.services, turn, dict(args))
    steps = [Step(call.tool, call.args, call.seconds) for call in turn.calls]
    agent.audit(question, status_of(turn.calls), steps, turn.audience)
    results = [call.output.result for call in turn.calls if call.output is not None]
    tables = tuple(dict.fromkeys(result.table for result in results if result.table is not None))
    if not tables:
        refused = (call.error for call in turn.calls if call.error is not None)
        raise next(refused, Unknown("There is no table to export."))
    return tables
