"""From what somebody asked in Slack to the reply: who is not answered here, the question with its date, the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Protocol

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.agent.progress import Listener
from bot.reply import Question, Reply
from bot.slack import sentences
from bot.slack.in_thread import in_thread
from bot.slack.incoming import Incoming
from bot.slack.people import People
from tools.errors import NeedsChoice, Status, ToolError

log = logging.getLogger("outlay.slack")


class Ask(Protocol):
    """Synchronous, safe from several threads, and over soon after `listener` has raised Stopped."""

    def __call__(self, question: Question, *, listener: Listener | None = None) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Replying:
    """`ask` runs in threads. `ours` is what auth.test said of this app. `seconds` is how long an answer may take.
    `caution` says of an asker what Slack did not tell about them, so that they may see less than they should; it is
    empty when all is well."""

    ask: Ask
    people: People
    ours: dict[str, Any]
    now: Callable[[], datetime]
    zone: tzinfo = UTC
    allow_guests: bool = False
    seconds: float = 240.0
    caution: Callable[[str], str] = lambda user: ""

    async def refusal(self, user: str, shared: bool = False) -> tuple[Status, str] | None:
        """Why this person is not answered in this channel; None when they are. Somebody whose account is deactivated is
        answered nowhere."""
        if shared and not self.allow_guests:
            return "denied", sentences.SHARED_CHANNEL
        try:
            person = await self.people.person(user, self.ours)
        except SlackApiError as error:
            if self.allow_guests:
                return None
            log.error("users.info failed for %s: %s", user, error.response.get("error"))
            return "denied", sentences.UNKNOWN_PERSON
        if person.gone:
            return "denied", sentences.GONE
        return None if person.colleague or self.allow_guests else ("denied", sentences.GUEST)

    async def reply(
        self, incoming: Incoming, today: date, reference: str, listener: Listener, stop: Callable[[], None]
    ) -> Reply:
        """The answer, or why there is none. `stop` is called when it takes too long. A cancelled call goes on in its
        thread until its listener ends it."""
        if not incoming.text:
            return said(incoming, "answered", sentences.HELP)
        channel = None if incoming.direct else incoming.channel
        question = Question(incoming.text, today, incoming.user, channel, thread=incoming.conversation)
        try:
            async with asyncio.timeout(self.seconds):
                reply = await in_thread(lambda: self.ask(question, listener=listener))
        except TimeoutError:
            stop()
            log.error("Question %s took longer than %s s.", reference, self.seconds)
            return said(incoming, "failed", sentences.TOO_LONG)
        except ToolError as error:
            options = error.options if isinstance(error, NeedsChoice) else ()
            reply = replace(said(incoming, error.status, str(error)), options=options)
        except Exception:
            log.exception("Question %s failed.", reference)
            return said(incoming, "failed", sentences.failed(reference))
        caution = self.caution(incoming.user)
        return replace(reply, warnings=(*reply.warnings, caution)) if caution else reply

    async def today(self, user: str) -> date:
        """The date where this person is, or where the company is."""
        try:
            person = await self.people.person(user, self.ours)
            return person.today(self.now(), self.zone)
        except (SlackClientError, ClientError, TimeoutError, OSError):
            return self.now().astimezone(self.zone).date()


def said(incoming: Incoming, status: Status, sentence: str) -> Reply:
    return Reply(status=status, question=incoming.text, text=sentence)
