"""Getting a reply to the one who asked: into the message that was streamed, into the thread, or for their eyes only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.reply import Reply
from bot.slack import sentences
from bot.slack.finish import finish
from bot.slack.incoming import Incoming
from bot.slack.post import NotPosted, Poster
from bot.slack.render import Message, renderings
from bot.slack.respond import respond
from bot.slack.stream import Stream
from bot.slack.upload import upload, upload_tables
from bot.state.store import Claim, State

log = logging.getLogger("outlay.slack")

SHOWN_AGAIN = "show_again"


@dataclass(frozen=True, slots=True)
class Delivering:
    """`exports` says that tables can be made again for the Export button."""

    poster: Poster
    state: State
    now: Callable[[], datetime]
    exports: bool = False

    async def deliver(
        self, incoming: Incoming, claim: Claim, reply: Reply, stream: Stream, today: date, *, retries: bool = True
    ) -> bool:
        """Show the reply once; False when it may have to be tried again, which `retries` allows. What cannot be shown
        is explained to the asker. `today` is the date that the reply was worked out for."""
        key = claim.key if reply.steps or reply.figures else ""
        form_asked = "" if incoming.respond_to else asked_form(reply)
        seen = replace(reply, tables=()) if form_asked in ("csv", "chart") else reply
        seen = replace(seen, charts=()) if form_asked == "csv" else seen
        exports = bool(key and reply.tables and reply.steps and self.exports)
        if exports:
            await asyncio.to_thread(self._keep, claim.key, reply, today, incoming.conversation)
        forms = renderings(seen, key, incoming.conversation, exports=exports)
        try:
            form = await self._shown(incoming, claim, forms, stream)
        except NotPosted as failure:
            log.error("The answer to %s was not posted: %s.", claim.key, failure.error)
            if failure.doubtful and retries:
                return False
            if not incoming.direct:
                await self._tell_directly(incoming, sentences.not_posted(failure.error))
            return True
        if form is not None and not incoming.respond_to:
            drawn = [chart for chart in seen.charts if chart not in form.charts]
            await upload(self.poster.client, drawn, incoming.channel, incoming.root)
            if form_asked == "csv":
                await self._upload_tables(incoming, reply)
        return True

    async def stopped(self, incoming: Incoming, key: str, ts: str) -> None:
        """Say that the work was stopped, in the message that was streamed where there is one."""
        if incoming.respond_to:
            return
        forms = renderings(Reply("unknown", incoming.text, sentences.STOPPED))
        try:
            if ts:
                await finish(self.poster, incoming.channel, ts, forms, key)
            else:
                await self.poster.post(forms, incoming.channel, key, incoming.root)
        except NotPosted as failure:
            log.error("That %s was stopped was not posted: %s.", key, failure.error)

    async def tell_alone(self, incoming: Incoming, sentence: str) -> None:
        with suppress(SlackClientError, ClientError, TimeoutError, OSError):
            thread = incoming.root if incoming.root != incoming.ts else None
            await self.poster.client.chat_postEphemeral(
                channel=incoming.channel, user=incoming.user, text=sentence, thread_ts=thread
            )

    async def _shown(
        self, incoming: Incoming, claim: Claim, forms: Sequence[Message], stream: Stream
    ) -> Message | None:
        if incoming.respond_to:
            return await respond(incoming.respond_to, forms)
        steps = stream.close()
        if stream.ts:
            try:
                return await finish(self.poster, incoming.channel, stream.ts, forms, claim.key, steps)
            except NotPosted as failure:
                log.warning("The stream of %s could not be finished (%s); posting anew.", claim.key, failure.error)
                await self._taken_back(incoming.channel, stream.ts)
        posted = await self.poster.post(
            forms, incoming.channel, claim.key, incoming.root, since=incoming.ts, doubtful=claim.doubtful
        )
        return posted.form

    def _keep(self, key: str, reply: Reply, today: date, thread: str) -> None:
        calls = [(step.tool, dict(step.args)) for step in reply.steps]
        self.state.keep_worked(key, today, calls, self.now(), thread)

    async def _upload_tables(self, incoming: Incoming, reply: Reply) -> None:
        try:
            await upload_tables(self.poster.client, reply.tables, incoming.channel, incoming.root)
        except Exception as error:
            log.error("The tables for %s were not uploaded: %s", incoming.key, error)
            await self.tell_alone(incoming, sentences.NOT_EXPORTED)

    async def _taken_back(self, channel: str, ts: str) -> None:
        with suppress(SlackClientError, ClientError, TimeoutError, OSError):
            await self.poster.client.chat_delete(channel=channel, ts=ts)

    async def _tell_directly(self, incoming: Incoming, sentence: str) -> None:
        with suppress(SlackClientError, ClientError, TimeoutError, OSError):
            await self.poster.client.chat_postMessage(channel=incoming.user, text=sentence)


def asked_form(reply: Reply) -> str:
    """In which form an earlier answer was asked for again, such as csv or chart; empty where it was not."""
    return next((str(step.args.get("form", "")) for step in reply.steps if step.tool == SHOWN_AGAIN), "")
