"""Showing that a question is being worked on: the session's status, else a line under the thread, else a reaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.agent.progress import Event, Started
from bot.slack.incoming import Incoming

log = logging.getLogger("outlay.slack")

THINKING = "is thinking..."
STEP_SECONDS = 1.0
NOT_OFFERED = ("unknown_method", "missing_scope", "not_allowed_token_type", "method_deprecated", "access_denied")


@dataclass
class Surface:
    """Which of Slack's ways this workspace offers, found out by trying."""

    client: AsyncWebClient
    missing: set[str] = field(default_factory=set)

    async def does(self, name: str, call: Awaitable[object]) -> bool:
        """Whether the call went through; it fails quietly, and one that is not offered is not tried again."""
        if name in self.missing:
            call.close() if asyncio.iscoroutine(call) else None
            return False
        try:
            await call
            return True
        except SlackClientError as error:
            self.refused(name, str(error))
            log.debug("%s: %s", name, error)
        except (ClientError, TimeoutError, OSError) as error:
            log.debug("%s: %s", name, type(error).__name__)
        return False

    def refused(self, name: str, error: str) -> None:
        """Remember a way that this workspace does not offer; other errors say nothing of the next try."""
        if any(word in error for word in NOT_OFFERED):
            self.missing.add(name)


class Status:
    """The status of one question. `run` is its own task, so that it never delays the answer; `heard` may be called
    from any thread."""

    def __init__(self, surface: Surface, incoming: Incoming) -> None:
        self._surface, self._incoming = surface, incoming
        self._loop = asyncio.get_running_loop()
        self._changed, self._over = asyncio.Event(), asyncio.Event()
        self._sentence = ""

    def heard(self, event: Event) -> None:
        """A listener for `ask`: the step that began last is shown."""
        if isinstance(event, Started):
            self._loop.call_soon_threadsafe(self._show, event.doing)

    def end(self) -> None:
        self._over.set()
        self._changed.set()

    async def run(self) -> None:
        if not self._incoming.root or self._incoming.respond_to:
            return
        session = await self._session("processing")
        line = await self._line(THINKING)
        eyes = not session and not line and await self._reaction("add")
        while not self._over.is_set():
            await self._changed.wait()
            self._changed.clear()
            if line and self._sentence and not self._over.is_set():
                await self._line(self._sentence)
                await either(self._over, STEP_SECONDS)
        if session:
            await self._session("active")
        if line:
            await self._line("")
        if eyes:
            await self._reaction("remove")

    def _show(self, sentence: str) -> None:
        self._sentence = sentence[:140]
        self._changed.set()

    async def _session(self, status: str) -> bool:
        call = self._surface.client.agents_sessions_setStatus(
            channel_id=self._incoming.channel,
            thread_ts=self._incoming.root,
            status=status,
            title=self._incoming.text[:200] or None,
            initiator_user_id=self._incoming.user,
        )
        return await self._surface.does("agents.sessions.setStatus", call)

    async def _line(self, status: str) -> bool:
        call = self._surface.client.assistant_threads_setStatus(
            channel_id=self._incoming.channel, thread_ts=self._incoming.root, status=status
        )
        return await self._surface.does("assistant.threads.setStatus", call)

    async def _reaction(self, what: str) -> bool:
        if not self._incoming.ts:
            return False
        client, where = self._surface.client, {"channel": self._incoming.channel, "timestamp": self._incoming.ts}
        call = client.reactions_add if what == "add" else client.reactions_remove
        return await self._surface.does(f"reactions.{what}", call(name="eyes", **where))


async def either(event: asyncio.Event, seconds: float) -> None:
    """Until the event, or for so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
