"""One path for a question: agent, tools, grounding, reply. Mention, message, command, thread and terminal share it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.agent import compose
from bot.agent.models import BUILTIN, cost_of, load_model
from bot.agent.toolbox.catalogue import all_tools
from bot.agent.toolbox.tool import as_langchain
from bot.agent.turn import Progress, Turn
from bot.reply import Question, Reply
from bot.services import Services
from tools.ledger.audience import Audience

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langgraph.checkpoint.base import BaseCheckpointSaver

log = logging.getLogger(__name__)

MOST_STEPS = 16
LONGEST_QUESTION = 8_000


@dataclass
class Agent:
    """Answers questions over `services`. `audience_of(asker, channel)` says whose spend a question may see.

    `model` is None for the built-in planner or `provider:name`. `memory` keeps threads; None forgets each question.
    Safe to call from several threads.
    """

    services: Services
    audience_of: Callable[[str | None, str | None], Audience]
    model: str | None = None
    model_url: str | None = None
    model_timeout: float = 60.0
    memory: Callable[[], BaseCheckpointSaver[Any]] | None = None

    @cached_property
    def _chat_model(self) -> BaseChatModel | None:
        return load_model(self.model, self.model_url, self.model_timeout) if self.model else None

    def ask(self, question: Question, progress: Progress | None = None) -> Reply:
        """The checked reply. Never raises for what a question may hold; a failure becomes a reply that says so."""
        started = time.perf_counter()
        turn = Turn(question, self.audience_of(question.asker, question.channel), progress)
        text, model = "", self.model or BUILTIN
        cost: Decimal | None = Decimal(0)
        notes: list[str] = []
        if refused := _unusable(question.text):
            reply = compose.refusal(turn, refused)
        else:
            try:
                if self._chat_model is not None:
                    try:
                        text, cost = self._converse(turn, self._chat_model)
                    except Exception as error:  # any provider's failure: the planner answers instead, and says so
                        log.warning("The model %s failed: %s", self.model, type(error).__name__)
                        notes.append(f"The model {self.model} did not answer; the built-in planner did.")
                        turn, text, model = Turn(question, turn.audience, progress), "", BUILTIN
                if not text:
                    text = self._plan(turn)
                reply = compose.reply(turn, text, tuple(notes))
            except Exception:
                log.exception("A question could not be answered.")
                reply = compose.failure(turn)
        return compose.stamped(reply, model, cost, time.perf_counter() - started)

    def _plan(self, turn: Turn) -> str:
        from bot.agent.planner.chat_model import Planner
        from bot.agent.planner.context import context_of

        planner = Planner(turn, lambda: context_of(self.services, turn))
        text, _ = self._run(turn, planner, [turn.question.text])
        return text

    def _converse(self, turn: Turn, model: BaseChatModel) -> tuple[str, Decimal | None]:
        """The model's text, after one retry that names each figure without an origin."""
        text, messages = self._run(turn, model, [turn.question.text])
        if complaint := compose.complaint(turn, text):
            retried, more = self._run(turn, model, [turn.question.text, text, complaint], remember=False)
            text, messages = retried or text, messages + more
        return text, cost_of(messages, self.model or "")

    def _run(self, turn: Turn, model: BaseChatModel, texts: list[str], remember: bool = True) -> tuple[str, list[Any]]:
        from langchain.agents import create_agent
        from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
        from langchain_core.messages import AIMessage, HumanMessage

        thread = self._thread(turn) if remember else None
        limits: list[Any] = [
            ModelCallLimitMiddleware(run_limit=MOST_STEPS, exit_behavior="end"),
            ToolCallLimitMiddleware(run_limit=2 * MOST_STEPS, exit_behavior="continue"),
        ]
        agent: Any = create_agent(
            model,
            [as_langchain(tool, self.services, turn) for tool in all_tools()],
            system_prompt=system_prompt(turn.question),
            middleware=limits,
            checkpointer=self.memory() if thread and self.memory else None,
        )
        spoken = [HumanMessage(text) if i % 2 == 0 else AIMessage(text) for i, text in enumerate(texts)]
        config: Any = {"recursion_limit": 6 * MOST_STEPS, "configurable": {"thread_id": thread or "once"}}
        state = agent.invoke({"messages": spoken}, config)
        messages = state["messages"]
        last_human = max(i for i, message in enumerate(messages) if isinstance(message, HumanMessage))
        fresh = messages[last_human + 1 :]
        final = fresh[-1] if fresh and isinstance(fresh[-1], AIMessage) else None
        return (str(final.text) if final is not None else ""), fresh

    def _thread(self, turn: Turn) -> str | None:
        """Memory is kept by thread and by what the asker may see: nobody inherits figures from a wider view."""
        if self.memory is None or turn.question.thread is None:
            return None
        audience = turn.audience
        view = "all" if audience.teams is None else ",".join(sorted(audience.teams)) + f"|{audience.totals}"
        return f"{turn.question.thread}|{view}"


def system_prompt(question: Question) -> str:
    """The prompt file with the day that `today` means."""
    text = files("bot.agent").joinpath("prompt.md").read_text("utf-8")
    return f"{text}\nToday is {question.today.isoformat()}."


def _unusable(text: str) -> str | None:
    if not text.strip():
        return "Please ask a question."
    if len(text) > LONGEST_QUESTION:
        return f"That is {len(text):,} characters; please ask in at most {LONGEST_QUESTION:,}."
    return None
