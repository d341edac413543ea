"""A conversation's messages in a LangGraph checkpointer, written once a turn: a turn that fails leaves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage
    from langgraph.checkpoint.base import BaseCheckpointSaver

MOST_TURNS = 20


@dataclass
class Thread:
    """`key` names the conversation and the view it was held with; what another key holds is never read."""

    saver: BaseCheckpointSaver[Any]
    key: str

    def recall(self) -> list[AnyMessage]:
        """The messages of the last turns, oldest first, from a human message on; empty for a new conversation."""
        from langchain_core.messages import HumanMessage

        messages = self._graph.get_state(self._config).values.get("messages", [])
        starts = [i for i, message in enumerate(messages) if isinstance(message, HumanMessage)]
        return messages[starts[-MOST_TURNS:][0] :] if starts else []

    def remember(self, messages: Sequence[AnyMessage]) -> None:
        """Add one whole turn: the question, the calls with their results, and the answer as it was shown."""
        self._graph.update_state(self._config, {"messages": list(messages)}, as_node="turn")

    @property
    def _config(self) -> Any:
        return {"configurable": {"thread_id": self.key}}

    @cached_property
    def _graph(self) -> Any:
        from langgraph.graph import END, START, MessagesState, StateGraph

        graph: Any = StateGraph(MessagesState)
        graph.add_node("turn", lambda state: {})
        graph.add_edge(START, "turn")
        graph.add_edge("turn", END)
        return graph.compile(checkpointer=self.saver)
