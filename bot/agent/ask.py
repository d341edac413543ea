"""One path for a question: agent, tools, grounding, reply. Mention, message, command, thread and terminal share it."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.agent import compose
from bot.agent.memory import Thread
from bot.agent.models import BUILTIN, cost_of, load_model
from bot.agent.toolbox.catalogue import all_tools
from bot.agent.toolbox.tool import as_langchain
from bot.agent.turn import Progress, Turn
from bot.reply import Question, Reply
from bot.services import Services
from tools.errors import ToolError
from tools.ledger.audience import Audience

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, AnyMessage
    from langgraph.checkpoint.base import BaseCheckpointSaver

log = logging.getLogger(__name__)

MOST_STEPS = 16
LONGEST_QUESTION = 8_000
REFUSED = frozenset({"refusal", "content_filter"})
CUT = frozenset({"length", "max_tokens"})


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
    def chat_model(self) -> BaseChatModel | None:
        """The client of `model`, None for the built-in planner; BadInput says why it cannot be used."""
        return load_model(self.model, self.model_url, self.model_timeout) if self.model else None

    def ask(self, question: Question, progress: Progress | None = None) -> Reply:
        """The checked reply. Never raises for what a question may hold; a failure becomes a reply that says so."""
        started = time.perf_counter()
        turn = Turn(question, self.audience_of(question.asker, question.channel), progress)
        if refused := _unusable(question.text):
            reply = compose.refusal(turn, refused)
        else:
            try:
                reply = self._answer(turn)
            except Exception:
                log.exception("A question could not be answered.")
                reply = compose.failure(turn)
        return replace(reply, seconds=time.perf_counter() - started)

    def _answer(self, turn: Turn) -> Reply:
        """By the chat model where there is one; by the planner where there is none or it gives no answer."""
        cost: Decimal | None = Decimal(0)
        notes: tuple[str, ...] = ()
        if self.model is not None:
            try:
                spoken = self._converse(turn)
                cost = cost_of(spoken.made, self.model)
                if spoken.text:
                    return self._replied(turn, spoken, self.model, cost)
                why = "gave no answer"
            except ToolError as error:
                why, cost = f"cannot be used ({error})", Decimal(0)
            except Exception as error:  # any provider's failure: the planner answers instead, and says so
                log.warning("The model %s failed: %s", self.model, type(error).__name__)
                why, cost = "did not answer", None  # what the calls before the failure cost is not known
            notes = (f"The model {self.model} {why}; the built-in planner did.",)
            turn = Turn(turn.question, turn.audience, turn.progress)
        return self._replied(turn, self._plan(turn), BUILTIN, cost, notes)

    def _replied(
        self, turn: Turn, spoken: Spoken, model: str, cost: Decimal | None, notes: tuple[str, ...] = ()
    ) -> Reply:
        """The checked reply; the thread remembers what was shown, not what was taken out."""
        from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

        asked = [m.artifact for m in spoken.calls if isinstance(m, ToolMessage) and isinstance(m.artifact, int)]
        turn.calls[:] = [turn.calls[i] for i in dict.fromkeys(asked)]  # as asked, not as threads came back
        reply = compose.reply(turn, spoken.text, (*notes, *spoken.notes))
        if thread := self._thread(turn):
            shown = AIMessage(reply.text)
            thread.remember([HumanMessage(turn.question.text), *spoken.calls, shown])
        return replace(reply, model=model, cost_usd=cost)

    def _plan(self, turn: Turn) -> Spoken:
        from bot.agent.planner.chat_model import Planner
        from bot.agent.planner.context import context_of

        return self._run(turn, Planner(turn, lambda: context_of(self.services, turn)), self._asked(turn))

    def _converse(self, turn: Turn) -> Spoken:
        """What the model says, after one retry that names each figure without an origin."""
        from langchain_core.messages import HumanMessage

        if self.chat_model is None:
            raise ValueError("There is no chat model to converse with.")
        asked = self._asked(turn)
        first = self._run(turn, self.chat_model, asked)
        complaint = compose.complaint(turn, first.text)
        if not first.text or complaint is None:
            return first
        again = self._run(turn, self.chat_model, [*asked, *first.made, HumanMessage(complaint)])
        return Spoken(again.text or first.text, [*first.calls, *again.calls], [*first.made, *again.made], again.notes)

    def _asked(self, turn: Turn) -> list[AnyMessage]:
        from langchain_core.messages import HumanMessage

        thread = self._thread(turn)
        return [*(thread.recall() if thread else ()), HumanMessage(turn.question.text)]

    def _run(self, turn: Turn, model: BaseChatModel, messages: Sequence[AnyMessage]) -> Spoken:
        """What the agent adds to `messages`, which end with a human one."""
        from langchain.agents import create_agent
        from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
        from langchain_core.messages import AIMessage

        limits: list[Any] = [
            ModelCallLimitMiddleware(run_limit=MOST_STEPS, exit_behavior="error"),
            ToolCallLimitMiddleware(run_limit=2 * MOST_STEPS, exit_behavior="continue"),
        ]
        agent: Any = create_agent(
            model,
            [as_langchain(tool, self.services, turn) for tool in all_tools()],
            system_prompt=system_prompt(turn.question),
            middleware=limits,
        )
        state = agent.invoke({"messages": list(messages)}, {"recursion_limit": 6 * MOST_STEPS})
        made = state["messages"][len(messages) :]
        final = made[-1] if made and isinstance(made[-1], AIMessage) else None
        return Spoken.of(made, final)

    def _thread(self, turn: Turn) -> Thread | None:
        """Memory is kept by thread and by what the asker may see: nobody inherits figures from a wider view."""
        if self.memory is None or turn.question.thread is None:
            return None
        audience = turn.audience
        view = "all" if audience.teams is None else json.dumps([sorted(audience.teams), audience.totals])
        return Thread(self.memory(), f"{turn.question.thread}|{view}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a model said: its last text, the calls with their results before it, and every message that it cost."""

    text: str
    calls: list[AnyMessage]
    made: list[AnyMessage]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, made: list[AnyMessage], final: AIMessage | None) -> Spoken:
        """A refusal counts as no text; a text that met the model's limit says so."""
        if final is None:
            return cls("", made, made)
        why = str(final.response_metadata.get("finish_reason") or final.response_metadata.get("stop_reason"))
        refused = why in REFUSED or bool(final.additional_kwargs.get("refusal"))
        notes = ("The answer was cut short by the model's limit on length.",) if why in CUT else ()
        return cls("" if refused else str(final.text), made[:-1], made, notes)


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
