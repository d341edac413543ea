"""Getting a message into Slack: the richest form that is taken, never twice, with retries where it may help."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.render import Message

log = logging.getLogger("outlay.slack")

REFUSED_FORM = frozenset(
    {
        *("invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long", "msg_too_long"),
        *("too_many_attachments", "invalid_arguments", "invalid_metadata_format", "invalid_metadata_schema"),
        *("metadata_too_large", "block_mismatch"),
    }
)
UNDECIDED = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
EVENT = "outlay_post"
LOOK_BACK = 200


class NotPosted(Exception):
    """The message is not in Slack, or nobody can tell (`doubtful`). `error` is Slack's own word or the error's name."""

    def __init__(self, error: str, doubtful: bool) -> None:
        super().__init__(f"The message could not be posted ({error}).")
        self.error, self.doubtful = error, doubtful


class ResendOnlyUnsent(AsyncConnectionErrorRetryHandler):
    """After a broken connection a call is repeated only if it never went out, or if repeating it changes nothing:
    a repeated chat.postMessage would be a second message."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if not await super()._can_retry_async(state=state, request=request, response=response, error=error):
            return False
        return isinstance(error, ClientConnectorError) or "/chat." not in request.url


def retry_handlers() -> list[AsyncRetryHandler]:
    return [ResendOnlyUnsent(), AsyncRateLimitErrorRetryHandler(max_retry_count=3)]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message in Slack. `form` is the one that was taken; None where an earlier try had already arrived."""

    ts: str
    form: Message | None


@dataclass(frozen=True, slots=True)
class Poster:
    """`pauses` are the seconds before each further try at a post that failed for a passing reason."""

    client: AsyncWebClient
    pauses: Sequence[float] = (1.0, 3.0, 9.0)

    async def post(
        self,
        forms: Sequence[Message],
        channel: str,
        key: str,
        thread_ts: str = "",
        *,
        since: str = "",
        doubtful: bool = False,
    ) -> Sent:
        """Post the first of `forms` that Slack takes. `key` marks the message: with `doubtful`, or
        after a try with no clear end, the messages after the ts `since` are searched for that mark first and nothing
        is posted twice.

        Raises NotPosted.
        """
        error = ""
        for pause in (0.0, *self.pauses):
            await asyncio.sleep(pause)
            try:
                if doubtful:
                    if ts := await self.find(channel, key, thread_ts, since):
                        return Sent(ts, None)
                    doubtful = False
                return await self._first_taken(forms, channel, key, thread_ts)
            except SlackApiError as refused:
                error = error_of(refused)
                if undecided(refused):
                    doubtful = True
                elif error != "ratelimited":
                    raise NotPosted(error, doubtful) from None
            except (ClientError, TimeoutError, OSError, SlackClientError) as broken:
                error = type(broken).__name__
                doubtful = doubtful or not isinstance(broken, ClientConnectorError)
        raise NotPosted(error, doubtful)

    async def find(self, channel: str, key: str, thread_ts: str = "", since: str = "") -> str | None:
        """The ts of our message that carries `key`: among the last 200 of the channel, or the first 200 of the thread
        after `since`."""
        if thread_ts:
            answer = await self.client.conversations_replies(
                channel=channel, ts=thread_ts, oldest=since or None, limit=LOOK_BACK, include_all_metadata=True
            )
        else:
            answer = await self.client.conversations_history(
                channel=channel, limit=LOOK_BACK, include_all_metadata=True
            )
        messages: list[Mapping[str, Any]] = answer.get("messages") or []
        return next((str(message["ts"]) for message in messages if _carries(message, key)), None)

    async def is_shared(self, channel: str) -> bool | None:
        """Whether another company reads the channel, or is invited to; None where Slack does not say."""
        try:
            found = (await self.client.conversations_info(channel=channel))["channel"]
        except SlackApiError as error:
            log.warning("Slack does not say whether %s is shared: %s", channel, error_of(error))
            return None
        return bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))

    async def _first_taken(self, forms: Sequence[Message], channel: str, key: str, thread_ts: str) -> Sent:
        for place, form in enumerate(forms):
            try:
                answer = await self.client.chat_postMessage(
                    channel=channel,
                    text=form.text,
                    blocks=marked(form.blocks, key) or None,
                    thread_ts=thread_ts or None,
                    metadata=metadata(key),
                    unfurl_links=False,
                    unfurl_media=False,
                )
                return Sent(str(answer["ts"]), form)
            except SlackApiError as refused:
                if error_of(refused) not in REFUSED_FORM or place == len(forms) - 1:
                    raise
                log.warning("Slack refused a message as %s; sending a simpler one.", error_of(refused))
        raise ValueError("There is nothing to post.")


def metadata(key: str) -> dict[str, Any]:
    """The mark by which a message is known again."""
    return {"event_type": EVENT, "event_payload": {"key": key}}


def marked(blocks: Sequence[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    """The first block carries the mark too: history shows it where metadata is not given out."""
    return [{**block, **({} if place else {"block_id": _mark(key)})} for place, block in enumerate(blocks)]


def _mark(key: str) -> str:
    return f"outlay {key}"[:255]


def _carries(message: Mapping[str, Any], key: str) -> bool:
    mark = message.get("metadata") or {}
    if mark.get("event_type") == EVENT and mark.get("event_payload", {}).get("key") == key:
        return True
    return any(block.get("block_id") == _mark(key) for block in message.get("blocks") or ())


def error_of(refused: SlackApiError) -> str:
    """Slack's own word, or the HTTP status."""
    answer = getattr(refused.response, "data", refused.response)
    if isinstance(answer, Mapping) and answer.get("error"):
        return str(answer["error"])
    return f"http {getattr(refused.response, 'status_code', getattr(refused.response, 'status', 'error'))}"


def undecided(refused: SlackApiError) -> bool:
    """Whether the call may have been done all the same, and may be tried again."""
    error = error_of(refused)
    return error in UNDECIDED or error.startswith("http")
