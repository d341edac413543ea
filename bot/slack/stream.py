"""The message of a question while it is worked on: steps as they begin and end, streamed into the thread.

Only steps are streamed while the work goes on. The text comes with the finished reply, once it is checked.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.agent.progress import Ended, Event, Said, Started, Stopped
from bot.slack.incoming import Incoming
from bot.slack.post import error_of
from bot.slack.status import Surface, either

log = logging.getLogger("outlay.slack")

PATIENCE = 1.0
EVERY = 1.0
MOST_TASKS = 20
CALL_SECONDS = 10
START = "chat.startStream"
ENDED = "message_not_in_streaming_state"
PLAN = "Working it out"


@dataclass(slots=True)
class Task:
    """One line of what is being done. Several steps with the same words share a line."""

    id: str
    title: str
    running: int = 0
    failed: bool = False

    def chunk(self) -> dict[str, Any]:
        state = "in_progress" if self.running else "error" if self.failed else "complete"
        return {"type": "task_update", "id": self.id, "title": self.title, "status": state}


class Stream:
    """One question's stream. `heard` may be called from any thread. `run` is a task of its own; it opens a message only
    when the question takes longer than `patience` seconds, and tells `opened` its ts. `team` is whom `incoming` was
    sent in."""

    def __init__(
        self,
        surface: Surface,
        incoming: Incoming,
        team: str,
        opened: Callable[[str], Awaitable[object]],
        *,
        patience: float = PATIENCE,
        ts: str = "",
    ) -> None:
        self.ts = ts
        self._surface, self._incoming, self._team, self._opened = surface, incoming, team, opened
        client = surface.client
        self._client = AsyncWebClient(client.token, client.base_url, timeout=CALL_SECONDS, retry_handlers=[])
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._changed, self._over = asyncio.Event(), asyncio.Event()
        self._given_up = threading.Event()
        self._tasks: dict[str, Task] = {}
        self._steps: dict[str, Task] = {}
        self._unsent: dict[str, Task] = {}

    def heard(self, event: Event) -> None:
        """A listener for `ask`; after `give_up` it raises Stopped, which ends the work."""
        if self._given_up.is_set():
            raise Stopped
        if not isinstance(event, Said):
            self._loop.call_soon_threadsafe(self._note, event)

    def give_up(self) -> None:
        """Nobody waits for the answer any more."""
        self._given_up.set()
        self._over.set()
        self._changed.set()

    async def run(self) -> None:
        if not self._offered():
            return
        await either(self._over, self._patience)
        while not self._over.is_set():
            if self._unsent:
                if not await self._send():
                    return
                await either(self._over, EVERY)
            else:
                self._changed.clear()
                await self._changed.wait()

    def close(self) -> list[dict[str, Any]]:
        """Stream no more; the chunks that were not sent and the end of each step that has none."""
        self._over.set()
        self._changed.set()
        for task in self._tasks.values():
            if task.running:
                task.running = 0
                self._unsent[task.title] = task
        return [task.chunk() for task in self._unsent.values()]

    def _offered(self) -> bool:
        asked = self._incoming
        return bool(asked.root) and not asked.respond_to and START not in self._surface.missing

    def _note(self, event: Event) -> None:
        if isinstance(event, Started):
            task = self._tasks.get(event.doing)
            if task is None:
                if len(self._tasks) == MOST_TASKS:
                    return
                task = self._tasks[event.doing] = Task(f"task-{len(self._tasks) + 1}", event.doing[:150])
            task.running += 1
            self._steps[event.id] = task
        elif isinstance(event, Ended) and (ended := self._steps.pop(event.id, None)):
            task = ended
            task.running = max(0, task.running - 1)
            task.failed = not event.fine
        else:
            return
        self._unsent[task.title] = task
        self._changed.set()

    async def _send(self) -> bool:
        """Send what has changed; False when nothing more is to be sent. What Slack asks to wait for stays unsent."""
        sending, self._unsent = self._unsent, {}
        chunks = [task.chunk() for task in sending.values()]
        try:
            if self.ts:
                await self._client.chat_appendStream(channel=self._incoming.channel, ts=self.ts, chunks=chunks)
            else:
                await self._start([{"type": "plan_update", "title": PLAN}, *chunks])
            return True
        except SlackApiError as refused:
            self._unsent = {**sending, **self._unsent}
            if (error := error_of(refused)) == "ratelimited":
                await either(self._over, float(refused.response.headers.get("Retry-After", 1)))
                return True
            if not self.ts:
                self._surface.refused(START, error)
            log.debug("The steps of %s are not shown: %s", self._incoming.key, error)
        except (SlackClientError, ClientError, TimeoutError, OSError) as broken:
            self._unsent = {**sending, **self._unsent}
            log.debug("The steps of %s are not shown: %s", self._incoming.key, type(broken).__name__)
        return False

    async def _start(self, chunks: list[dict[str, Any]]) -> None:
        asked = self._incoming
        whom = {} if asked.direct else {"recipient_user_id": asked.user, "recipient_team_id": self._team}
        answer = await self._client.chat_startStream(
            channel=asked.channel, thread_ts=asked.root, task_display_mode="plan", chunks=chunks, **whom
        )
        self.ts = str(answer["ts"])
        await self._opened(self.ts)
