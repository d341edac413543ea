"""The built-in planner as a LangChain chat model: it answers with tool calls, then with their summaries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from bot.agent.planner.plan import Planned
from bot.agent.planner.planner import Context, carried, plan
from bot.agent.planner.threads.history import turns
from bot.agent.turn import Call, Turn
from tools.money import plain

FIRST = frozenset({"derived_amount", "combined_amounts"})


class Planner(BaseChatModel):
    """Makes the calls of one turn; `context` is built when the first question is read. Not shared between turns."""

    _turn: Turn = PrivateAttr()
    _context: Callable[[], Context] = PrivateAttr()
    _planned: list[Planned] | None = PrivateAttr(default=None)

    def __init__(self, turn: Turn, context: Callable[[], Context], **options: Any) -> None:
        super().__init__(**options)
        self._turn = turn
        self._context = context

    @property
    def _llm_type(self) -> str:
        return "outlay-planner"

    def bind_tools(self, tools: Sequence[Any], **options: Any) -> Runnable[Any, AIMessage]:
        """Itself: the planner knows the toolbox."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._next(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        message = self._next(messages)
        if message.tool_calls:
            chunks = [
                tool_call_chunk(name=c["name"], args=json.dumps(c["args"]), id=c["id"], index=i)
                for i, c in enumerate(message.tool_calls)
            ]
            yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=chunks))
            return
        for paragraph in str(message.content).splitlines(keepends=True):
            yield ChatGenerationChunk(message=AIMessageChunk(content=paragraph))

    def _next(self, messages: list[BaseMessage]) -> AIMessage:
        asked = max(i for i, message in enumerate(messages) if isinstance(message, HumanMessage))
        made = [call for message in messages[asked + 1 :] for call in getattr(message, "tool_calls", None) or ()]
        if self._planned is None:
            self._planned = plan(str(messages[asked].content), self._context(), turns(messages[: asked + 1]))
        done = [
            self._turn.calls[message.artifact]
            for message in messages[asked + 1 :]
            if isinstance(message, ToolMessage) and isinstance(message.artifact, int)
        ]
        if ready := _ready(self._planned, len(made), done):
            return AIMessage(
                content="",
                tool_calls=[{"name": c.tool, "args": c.args, "id": f"call_{uuid4().hex}"} for c in ready],
            )
        return AIMessage(content="\n\n".join(dict.fromkeys(said(call) for call in _told(self._planned, done))))


def said(call: Call) -> str:
    """What a call has to say to a person: its summary, or why it could not answer."""
    return str(call.error) if call.output is None else call.output.result.summary


def _told(planned: Sequence[Planned], done: Sequence[Call]) -> list[Call]:
    """The calls whose summary is said: those that are not quiet, where one of them came to an answer; of quiet ones
    only why they could not answer."""
    told = [call for plan, call in zip(planned, done, strict=False) if not plan.quiet]
    told.sort(
        key=lambda call: call.tool not in FIRST or call.output is None
    )  # what was asked for, before what it is of
    failed = [call for plan, call in zip(planned, done, strict=False) if plan.quiet and call.output is None]
    return [*failed, *(call for call in told if not failed or call.output is not None)] or list(done)


def _ready(planned: list[Planned], made: int, done: Sequence[Call]) -> list[Planned]:
    """The calls that can be made now: the rest up to one that waits for an amount still to come. A call whose amount
    did not come is left out, as the failure before it says why."""
    ready: list[Planned] = []
    for call in planned[made:]:
        if call.after and (ready or len(done) < made):
            break
        if call.amount_from is None:
            ready.append(call)
            continue
        if ready or not done:
            break
        output = done[-1].output
        if output is None or not output.result.figures:
            continue
        headline = output.result.figures[0]
        ready.append(carried(call, plain(headline.value), headline.unit))
        break
    return ready
