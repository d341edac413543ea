"""The Export CSV button: the tables of an answer made again for the one who clicks, in the channel they click in."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackClientError

from bot.agent.again import TablesAgain
from bot.reply import Question, Reply
from bot.slack import sentences
from bot.slack.answering import Answering
from bot.slack.buttons import EXPORT_ACTION
from bot.slack.in_thread import in_thread
from bot.slack.post import NotPosted
from bot.slack.render import renderings
from bot.slack.respond import respond
from bot.slack.upload import upload_tables
from tools.errors import ToolError

log = logging.getLogger("outlay.slack")

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Click:
    """Who asks for which answer's tables, and where. `hidden`: only the clicker saw the answer, so the file goes to
    their direct messages."""

    key: str
    user: str
    channel: str
    thread_ts: str
    hidden: bool
    respond_to: str = field(compare=False)

    @property
    def direct(self) -> bool:
        return self.channel.startswith("D")


def read_click(body: Body, action: Body) -> Click | None:
    container = body.get("container", {})
    channel = str(body.get("channel", {}).get("id") or container.get("channel_id") or "")
    ts = str(container.get("message_ts") or "")
    key = str(action.get("value") or "")
    if not channel or not ts or not key:
        return None
    hidden = bool(container.get("is_ephemeral"))
    thread = str(container.get("thread_ts") or ts)
    return Click(key, str(body["user"]["id"]), channel, thread, hidden, str(body.get("response_url") or ""))


@dataclass(frozen=True, slots=True)
class Exporting:
    answering: Answering
    again: TablesAgain
    _running: set[Click] = field(default_factory=set)

    def listen(self, app: AsyncApp) -> None:
        @app.action(EXPORT_ACTION)
        async def clicked(ack: Any, body: Body, action: Body) -> None:
            await ack()
            click = read_click(body, action)
            if click is not None and click not in self._running:
                self._running.add(click)
                task = self.answering.in_background(self.export(click))
                task.add_done_callback(lambda _: self._running.discard(click))

    async def export(self, click: Click) -> None:
        """Upload the tables into the thread, or tell the clicker why not."""
        try:
            said = await self._tried(click)
        except ToolError as error:
            said = str(error)
        except (NotPosted, SlackClientError, ClientError, TimeoutError, OSError) as error:
            log.error("The tables of %s were not exported: %s", click.key, error)
            said = sentences.NOT_EXPORTED
        except Exception:
            log.exception("The tables of %s were not exported.", click.key)
            said = sentences.NOT_EXPORTED
        if said and click.respond_to:
            try:
                await respond(click.respond_to, renderings(Reply("unknown", "", said)))
            except NotPosted as failure:
                log.error("Why %s was not exported could not be told: %s.", click.key, failure.error)

    async def _tried(self, click: Click) -> str:
        replying, poster = self.answering.replying, self.answering.poster
        shared = not click.direct and await poster.is_shared(click.channel) is not False
        if refused := await replying.refusal(click.user, shared):
            return refused[1]
        worked = await asyncio.to_thread(self.answering.state.worked, click.key)
        if worked is None:
            return sentences.TOO_OLD
        question = Question("", worked.today, click.user, None if click.direct else click.channel)
        tables = await in_thread(lambda: self.again(question, worked.calls))
        channel, thread = click.channel, click.thread_ts
        if click.hidden:
            opened = await poster.client.conversations_open(users=click.user)
            channel, thread = str(opened["channel"]["id"]), ""
        await upload_tables(poster.client, tables, channel, thread or None)
        return sentences.SENT_TO_YOU if click.hidden else ""
