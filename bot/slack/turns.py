"""One question of a conversation at a time, the earliest written first."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count


class Turns:
    """Conversations do not wait for each other."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[str, int, asyncio.Future[None]]]] = {}
        self._numbers = count()

    @asynccontextmanager
    async def turn(self, conversation: str, ts: str) -> AsyncIterator[None]:
        """Entered when nobody is inside `turn(conversation, ...)` and nobody who waits has an earlier `ts`."""
        if conversation in self._waiting:
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting[conversation], (ts, next(self._numbers), mine))
            try:
                await mine
            except asyncio.CancelledError:
                if mine.done() and not mine.cancelled():
                    self._next(conversation)
                raise
        else:
            self._waiting[conversation] = []
        try:
            yield
        finally:
            self._next(conversation)

    def _next(self, conversation: str) -> None:
        line = self._waiting[conversation]
        while line:
            _, _, waiting = heapq.heappop(line)
            if not waiting.done():
                waiting.set_result(None)
                return
        del self._waiting[conversation]
