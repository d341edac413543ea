"""From a question in Slack to its one answer: claimed, asked in order, posted, finished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.reply import Question, Reply
from bot.slack import sentences
from bot.slack.in_thread import in_thread
from bot.slack.incoming import Incoming
from bot.slack.people import People
from bot.slack.post import NotPosted, Poster
from bot.slack.render import renderings
from bot.slack.respond import respond
from bot.slack.status import Status, Surface
from bot.slack.turns import Turns
from bot.slack.upload import upload
from bot.state.store import Claim, State
from tools.errors import NeedsChoice, ToolError

log = logging.getLogger("outlay.slack")

Ask = Callable[[Question, Callable[[str], None] | None], Reply]
TRIES = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """`parallel` questions are worked on at once. A claim that is not renewed for `lease` belongs to nobody.
    `answer_seconds` is how long an answer may take."""

    parallel: int = 4
    lease: timedelta = timedelta(seconds=60)
    answer_seconds: float = 240.0


class Answering:
    """`ask` runs in threads, several at once, and keeps the audit log. `ours` is what auth.test said of this app."""

    def __init__(
        self,
        ask: Ask,
        state: State,
        poster: Poster,
        people: People,
        ours: dict[str, Any],
        now: Callable[[], datetime],
        *,
        zone: tzinfo = UTC,
        allow_guests: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self.ask, self.state, self.poster, self.people, self.ours, self.now = ask, state, poster, people, ours, now
        self.zone, self.allow_guests = zone, allow_guests
        self.limits = limits or Limits()
        self.surface = Surface(poster.client)
        self._places = asyncio.Semaphore(self.limits.parallel)
        self._turns = Turns()
        self._running: dict[str, tuple[str, asyncio.Task[None]]] = {}
        self._stopped: set[str] = set()
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
        """The asker pressed Stop: what runs in this conversation is given up for good."""
        for key, (where, task) in list(self._running.items()):
            if where == conversation:
                self._stopped.add(key)
                task.cancel()

    async def close(self) -> None:
        """Give back what is not answered; another process, or the next start, takes it up."""
        tasks = [*(task for _, task in self._running.values()), *self._background]
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
        task = asyncio.get_running_loop().create_task(self._hold(incoming, claim))
        self._running[claim.key] = (incoming.conversation, task)
        task.add_done_callback(lambda _: self._running.pop(claim.key, None))
        if ahead >= self.limits.parallel and incoming.ts:
            self.in_background(self._tell_alone(incoming, sentences.queued(ahead)))

    async def _hold(self, incoming: Incoming, claim: Claim) -> None:
        renewing = self.in_background(self._renew(claim))
        try:
            async with (
                self._turns.turn(incoming.conversation, incoming.ts or f"{self.now().timestamp():.6f}"),
                self._places,
            ):
                await self._answer(incoming, claim)
        except asyncio.CancelledError:
            if claim.key not in self._stopped:
                self.state.release(claim.key)
                raise
            self._stopped.discard(claim.key)
            self.state.finish(claim.key)
        except Exception:
            last = claim.attempt > TRIES
            log.exception("Question %s was not answered; it is %s.", claim.key, "given up" if last else "tried again")
            (self.state.finish if last else self.state.release)(claim.key)
        finally:
            renewing.cancel()

    async def _answer(self, incoming: Incoming, claim: Claim) -> None:
        log.debug("Question %s: %s", claim.key, incoming.text)
        status = Status(self.surface, incoming)
        try:
            reply = await self._refusal(incoming)
            if reply is not None and not incoming.addressed:
                await asyncio.to_thread(self.state.finish, claim.key)
                return
            if reply is None:
                self.in_background(status.run())
                if not incoming.direct and incoming.root:
                    await asyncio.to_thread(self.state.thread_joined, incoming.channel, incoming.root, self.now())
                reply = await self._reply(incoming, claim, status)
            await self._deliver(incoming, claim, reply)
        finally:
            status.end()

    async def _refusal(self, incoming: Incoming) -> Reply | None:
        """Why this person is not answered here; None when they are."""
        if self.allow_guests:
            return None
        if incoming.shared:
            return _said(incoming, "denied", sentences.SHARED_CHANNEL)
        try:
            person = await self.people.person(incoming.user, self.ours)
        except SlackApiError as error:
            log.error("users.info failed for %s: %s", incoming.user, error.response.get("error"))
            return _said(incoming, "denied", sentences.UNKNOWN_PERSON)
        return None if person.colleague else _said(incoming, "denied", sentences.GUEST)

    async def _reply(self, incoming: Incoming, claim: Claim, status: Status) -> Reply:
        if claim.attempt > TRIES:
            return _said(incoming, "failed", sentences.INTERRUPTED)
        if not incoming.text:
            return _said(incoming, "answered", sentences.HELP)
        channel = None if incoming.direct else incoming.channel
        question = Question(
            incoming.text, await self._today(incoming), incoming.user, channel, thread=incoming.conversation
        )
        try:
            async with asyncio.timeout(self.limits.answer_seconds):
                reply = await in_thread(lambda: self.ask(question, status.step))
        except TimeoutError:
            log.error("Question %s took longer than %s s.", claim.key, self.limits.answer_seconds)
            reply = _said(incoming, "failed", sentences.TOO_LONG)
        except ToolError as error:
            options = error.options if isinstance(error, NeedsChoice) else ()
            reply = replace(_said(incoming, error.status, str(error)), options=options)
        except Exception:
            log.exception("Question %s failed.", claim.key)
            reply = _said(incoming, "failed", sentences.failed(claim.key))
        return reply

    async def _deliver(self, incoming: Incoming, claim: Claim, reply: Reply) -> None:
        if not await asyncio.to_thread(self.state.renew, claim, self.now()):
            return
        key = claim.key if reply.steps or reply.figures else ""
        forms = renderings(reply, key, incoming.conversation)
        try:
            if incoming.respond_to:
                await respond(incoming.respond_to, forms)
            else:
                await self.poster.post(
                    forms, incoming.channel, claim.key, incoming.root, since=incoming.ts, doubtful=claim.doubtful
                )
        except NotPosted as failure:
            log.error("The answer to %s was not posted: %s.", claim.key, failure.error)
            if failure.doubtful and claim.attempt <= TRIES:
                await asyncio.to_thread(self.state.release, claim.key)
                return
            if not incoming.direct:
                await self._tell_directly(incoming, sentences.not_posted(failure.error))
        await asyncio.to_thread(self.state.finish, claim.key)
        if reply.charts and not incoming.respond_to:
            await upload(self.poster.client, reply.charts, incoming.channel, incoming.root)

    async def _today(self, incoming: Incoming) -> Any:
        try:
            person = await self.people.person(incoming.user, self.ours)
            return person.today(self.now(), self.zone)
        except (SlackClientError, ClientError, TimeoutError, OSError):
            return self.now().astimezone(self.zone).date()

    async def _tell_directly(self, incoming: Incoming, sentence: str) -> None:
        with suppress(SlackClientError, ClientError, TimeoutError, OSError):
            await self.poster.client.chat_postMessage(channel=incoming.user, text=sentence)

    async def _tell_alone(self, incoming: Incoming, sentence: str) -> None:
        with suppress(SlackClientError, ClientError, TimeoutError, OSError):
            thread = incoming.root if incoming.root != incoming.ts else None
            await self.poster.client.chat_postEphemeral(
                channel=incoming.channel, user=incoming.user, text=sentence, thread_ts=thread
            )

    async def _renew(self, claim: Claim) -> None:
        while True:
            await asyncio.sleep(self.limits.lease.total_seconds() / 3)
            await asyncio.to_thread(self.state.renew, claim, self.now())


def _said(incoming: Incoming, status: Any, sentence: str) -> Reply:
    return Reply(status=status, question=incoming.text, text=sentence)
