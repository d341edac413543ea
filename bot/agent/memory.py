"""Conversations in a LangGraph checkpointer, written once a turn: a turn that fails leaves nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.agent.turn import Spent
from bot.state.checkpoints import Checkpoints
from bot.state.threads import Threads
from tools.ledger.audience import Audience
from tools.money import plain

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage
    from langgraph.checkpoint.base import BaseCheckpointSaver

MOST_TURNS = 20
SPENT = "outlay_spent"


@dataclass
class Conversations:
    """Memory is kept by thread and by what the asker may see: nobody inherits a figure, a name or a summary from a
    wider view. `known` remembers which there are and when they were last used, at the aware datetime of `now`."""

    checkpoints: Checkpoints
    known: Threads
    now: Callable[[], datetime]

    def thread(self, name: str, audience: Audience) -> Thread:
        view = "all" if audience.teams is None else json.dumps([sorted(audience.teams), audience.totals])
        return Thread(self, name, f"{name}|{view}")

    def forget(self, name: str) -> int:
        """Erase every view of a thread, and the calls that its answers rested on; how many views there were."""
        return self._erase(self.known.conversations(thread=name), name)

    def forget_unused(self, unused: timedelta) -> int:
        """Erase what nobody has used for so long; how many conversations that were."""
        return self._erase(self.known.conversations(before=self.now() - unused))

    def _erase(self, keys: list[str], thread: str | None = None) -> int:
        if keys:
            self.checkpoints.erase(keys)
        if keys or thread is not None:
            self.known.conversations_forgotten(keys, thread)
        return len(keys)

    @cached_property
    def graph(self) -> Any:
        from langgraph.graph import END, START, MessagesState, StateGraph

        saver: BaseCheckpointSaver[Any] = self.checkpoints.saver
        graph: Any = StateGraph(MessagesState)
        graph.add_node("turn", lambda state: {})
        graph.add_edge(START, "turn")
        graph.add_edge("turn", END)
        return graph.compile(checkpointer=saver)


def in_memory(now: Callable[[], datetime]) -> Conversations:
    """Conversations that end with the process."""
    from langgraph.checkpoint.memory import InMemorySaver

    from bot.state.store import State

    saver = InMemorySaver()

    def erase(keys: Sequence[str]) -> None:
        for key in keys:
            saver.delete_thread(key)

    return Conversations(Checkpoints(saver, lambda key: None, erase), State(":memory:"), now)


@dataclass(frozen=True)
class Thread:
    """`key` names the conversation and the view it was held with; what another key holds is never read."""

    kept_in: Conversations
    name: str
    key: str

    def recall(self) -> list[AnyMessage]:
        """The messages of the last turns, oldest first, from a human message on; empty for a new conversation."""
        return _last(self.kept_in.graph.get_state(self._config).values.get("messages", []), MOST_TURNS)

    def remember(self, messages: Sequence[AnyMessage], spent: Spent) -> None:
        """Add one whole turn: the question, the calls with their results, and the answer as it was shown, which is the
        last message. Turns beyond the last ones are dropped."""
        from langchain_core.messages import RemoveMessage
        from langgraph.graph.message import REMOVE_ALL_MESSAGES

        shown = messages[-1].model_copy(update={"response_metadata": {SPENT: _written(spent)}})
        kept = _last(self.recall(), MOST_TURNS - 1)
        update = [RemoveMessage(REMOVE_ALL_MESSAGES), *kept, *messages[:-1], shown]
        self.kept_in.graph.update_state(self._config, {"messages": update}, as_node="turn")
        self.kept_in.checkpoints.keep_latest(self.key)
        self.kept_in.known.conversation_used(self.key, self.name, self.kept_in.now())

    def forget(self) -> None:
        """Erase the conversation, in every view that it was held with."""
        self.kept_in.forget(self.name)

    @property
    def _config(self) -> Any:
        return {"configurable": {"thread_id": self.key}}


def last_spent(messages: Sequence[AnyMessage]) -> Spent | None:
    """What the last answer of a conversation cost; None where there is none."""
    if not messages:
        return None
    written = messages[-1].response_metadata.get(SPENT)
    if written is None:
        return None
    cost = written["cost"]
    return Spent(**{**written, "cost": None if cost is None else Decimal(cost)})


def _written(spent: Spent) -> dict[str, Any]:
    return {**asdict(spent), "cost": None if spent.cost is None else plain(spent.cost)}


def _last(messages: Sequence[AnyMessage], turns: int) -> list[AnyMessage]:
    from langchain_core.messages import HumanMessage

    starts = [i for i, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return list(messages[starts[-turns:][0] :]) if starts and turns else []
