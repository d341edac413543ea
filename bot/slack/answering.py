"""From a question in Slack to its one answer: claimed, asked in order, posted, finished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.agent.progress import Event
from bot.slack import sentences
from bot.slack.delivering import Delivering
from bot.slack.incoming import Incoming
from bot.slack.post import Poster
from bot.slack.replying import Replying, said
from bot.slack.status import Status, Surface
from bot.slack.stream import PATIENCE, Stream
from bot.slack.turns import Turns
from bot.state.store import Claim, State

log = logging.getLogger("outlay.slack")

TRIES = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """`parallel` questions are worked on at once. A claim that is not renewed for `lease` belongs to nobody.
    `answer_seconds` is how long an answer may take; one that takes less than `patience` seconds is posted at once, and
    before that no step is streamed."""

    parallel: int = 4
    lease: timedelta = timedelta(seconds=60)
    answer_seconds: float = 240.0
    patience: float = PATIENCE


class Answering:
    """Several questions at once, each in the order of its conversation."""

    def __init__(
        self,
        replying: Replying,
        state: State,
        poster: Poster,
        now: Callable[[], datetime],
        limits: Limits,
        exports: bool = False,
    ) -> None:
        self.replying, self.state, self.poster, self.now, self.limits = replying, state, poster, now, limits
        self.delivering = Delivering(poster, state, now, exports)
        self.surface = Surface(poster.client)
        self._places = asyncio.Semaphore(limits.parallel)
        self._turns = Turns()
        self._running: dict[str, _Running] = {}
        self._background: set[asyncio.Task[Any]] = set()

    async def take(self, incoming: Incoming, names: Sequence[str] = ()) -> None:
        """Claim the question and start on it; nothing when it is answered or being answered. `names` are other names
        that Slack gives to the same thing. When this returns, the question survives a crash."""
        claim = await asyncio.to_thread(
            self.state.claim, incoming.key, self.now(), self.limits.lease, payload=incoming.to_json(), names=names
        )
        if claim is not None:
            self._start(incoming, claim)

    async def recover(self) -> None:
        """Take up the questions that nobody is working on any more."""
        for claim in await asyncio.to_thread(self.state.unfinished, self.now(), self.limits.lease):
            self._start(Incoming.from_json(claim.payload), claim)

    def stop(self, conversation: str) -> None:
        """Somebody pressed Stop: what runs in this conversation is given up for good, and says so. An answer that is
        on its way into Slack arrives."""
        for running in list(self._running.values()):
            if running.incoming.conversation == conversation and not running.delivering:
                running.stopped = True
                running.task.cancel()

    async def close(self) -> None:
        """Give back what is not answered; another process, or the next start, takes it up."""
        tasks = [*(running.task for running in self._running.values()), *self._background]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def in_background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task

    def _start(self, incoming: Incoming, claim: Claim) -> None:
        ahead = len(self._running) - self.limits.parallel
        running = _Running(incoming)
        self._running[claim.key] = running
        running.task = asyncio.get_running_loop().create_task(self._hold(running, claim))
        running.task.add_done_callback(lambda _: self._running.pop(claim.key, None))
        if ahead >= self.limits.parallel and incoming.ts:
            self.in_background(self.delivering.tell_alone(incoming, sentences.queued(ahead)))

    async def _hold(self, running: _Running, claim: Claim) -> None:
        renewing = self.in_background(self._renew(claim))
        incoming = running.incoming
        try:
            async with (
                self._turns.turn(incoming.conversation, incoming.ts or f"{self.now().timestamp():.6f}"),
                self._places,
            ):
                done = await self._answer(running, claim)
            if done is not None:
                await asyncio.to_thread(self.state.finish if done else self.state.release, claim.key)
        except asyncio.CancelledError:
            if not running.stopped:
                self.state.release(claim.key)
                raise
            self.state.finish(claim.key)
            self.in_background(self._say_stopped(running, claim))
        except Exception:
            last = claim.attempt > TRIES
            log.exception("Question %s was not answered; it is %s.", claim.key, "given up" if last else "tried again")
            (self.state.finish if last else self.state.release)(claim.key)
        finally:
            renewing.cancel()

    async def _answer(self, running: _Running, claim: Claim) -> bool | None:
        """Whether the question is done with; False when it is to be tried again, None when another process has it."""
        incoming = running.incoming
        log.debug("Question %s: %s", claim.key, incoming.text)
        status, stream = Status(self.surface, incoming), await self._stream(incoming, claim)

        def heard(event: Event) -> None:
            stream.heard(event)
            status.heard(event)

        try:
            refused = await self.replying.refusal(incoming.user, incoming.shared)
            if refused is not None and not incoming.addressed:
                return True
            today = await self.replying.today(incoming.user)
            if refused is not None:
                reply = said(incoming, *refused)
            elif claim.attempt > TRIES:
                reply = said(incoming, "failed", sentences.INTERRUPTED)
            else:
                self.in_background(status.run())
                running.streaming = self.in_background(stream.run())
                if not incoming.direct and incoming.root:
                    await asyncio.to_thread(self.state.thread_joined, incoming.channel, incoming.root, self.now())
                reply = await self.replying.reply(incoming, today, claim.key, heard, stream.give_up)
                stream.close()
                await running.streaming
            running.delivering = True
            if not await asyncio.to_thread(self.state.renew, claim, self.now()):
                return None
            return await self.delivering.deliver(incoming, claim, reply, stream, today, retries=claim.attempt <= TRIES)
        except asyncio.CancelledError:
            stream.give_up()
            raise
        finally:
            stream.close()
            status.end()

    async def _say_stopped(self, running: _Running, claim: Claim) -> None:
        if running.streaming is not None:
            await running.streaming
        ts = await asyncio.to_thread(self.state.stream_of, claim.key)
        await self.delivering.stopped(running.incoming, claim.key, ts)

    async def _stream(self, incoming: Incoming, claim: Claim) -> Stream:
        async def opened(ts: str) -> None:
            await asyncio.to_thread(self.state.stream_opened, claim.key, ts, self.now())

        before = await asyncio.to_thread(self.state.stream_of, claim.key) if claim.attempt > 1 else ""
        team = incoming.team or str(self.replying.ours.get("team_id", ""))
        return Stream(self.surface, incoming, team, opened, patience=self.limits.patience, ts=before)

    async def _renew(self, claim: Claim) -> None:
        while True:
            await asyncio.sleep(self.limits.lease.total_seconds() / 3)
            await asyncio.to_thread(self.state.renew, claim, self.now())


class _Running:
    """A question that is being worked on. `delivering` says that its answer is on its way into Slack."""

    task: asyncio.Task[None]

    def __init__(self, incoming: Incoming) -> None:
        self.incoming, self.stopped, self.delivering = incoming, False, False
        self.streaming: asyncio.Task[None] | None = None
