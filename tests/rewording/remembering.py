"""A memory of conversations for the rewordings that are follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.agent.memory import Conversations
from bot.state.checkpoints import open_checkpoints
from bot.state.store import State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@contextmanager
def memory_in(folder: Path) -> Iterator[Conversations]:
    """Conversations kept in two files of `folder`, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    state = State(folder / "state.sqlite")
    try:
        with open_checkpoints(folder / "threads.sqlite") as checkpoints:
            yield Conversations(checkpoints, state, lambda: NOW)
    finally:
        state.close()
