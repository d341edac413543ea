"""A question put to the chat model: what it says, after one retry that names each figure without an origin."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.agent import compose
from bot.agent.failover import Failover, ModelFault
from bot.agent.meter import CapReached
from bot.agent.shortened import shortened
from bot.agent.turn import Spent, Turn
from tools.errors import ToolError

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage

    from bot.agent.ask import Agent
    from bot.agent.loop import Spoken

log = logging.getLogger(__name__)


@dataclass
class Conversation:
    """`spoken` is asked once; `spent` and `notes` then say what it cost and what a person should know of it."""

    agent: Agent
    turn: Turn
    earlier: list[AnyMessage]
    _failover: Failover | None = None
    _notes: list[str] = field(default_factory=list)

    @property
    def spent(self) -> Spent:
        from bot.agent.ask import NOTHING_SPENT

        return self._failover.spent if self._failover else NOTHING_SPENT

    @property
    def notes(self) -> tuple[str, ...]:
        return (*(self._failover.notes if self._failover else ()), *self._notes)

    def spoken(self) -> Spoken | None:
        """None where no model gave an answer; a note then says why."""
        assert self.agent.talker is not None
        try:
            models = self.agent.chat_models
            meter = self.agent.meter() if self.agent.meter else None
        except ToolError as error:
            self._notes.append(
                f"The model {self.agent.talker.model} cannot be used ({error}); the built-in planner answered."
            )
            return None
        self._failover = Failover(
            models,
            self.turn,
            self.agent.talker.timeout,
            self.agent.talker.seconds,
            meter,
        )
        self.turn.by_model = True
        self.turn.earlier = tuple(str(message.text) for message in self.earlier if message.type in ("human", "ai"))
        try:
            found = self._talk(self._failover)
            if found.text:
                return found
            why = "gave no answer"
        except CapReached as reached:
            self._notes.append(f"{reached}; the built-in planner answered.")
            return None
        except ModelFault as fault:
            why = str(fault)
        except Exception as error:  # any provider's failure: the planner answers instead, and says so
            log.warning("The model %s failed: %s", self._failover.name, type(error).__name__)
            why = "did not come to an answer"
        self._notes.append(f"The model {self._failover.name} {why}; the built-in planner answered.")
        return None

    def _talk(self, failover: Failover) -> Spoken:
        from langchain_core.messages import HumanMessage

        from bot.agent.loop import Spoken

        loop = self.agent.loop
        asked: list[AnyMessage] = [*shortened(self.earlier), HumanMessage(self.turn.question.text)]
        first = loop.run(self.turn, asked, failover)
        complaint = compose.complaint(self.turn, first.text)
        if not first.text or complaint is None:
            return first
        try:
            again = loop.run(self.turn, [*asked, *first.made, HumanMessage(complaint)], failover)
        except (ModelFault, CapReached) as failure:
            log.info("The model did not correct itself: %s", failure)
            return first
        return Spoken(again.text or first.text, [*first.calls, *again.calls], [*first.made, *again.made], again.notes)
