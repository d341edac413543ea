"""Turning a stream into the finished answer: the same message as a posted one, whatever has become of the stream."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.markup import cut
from bot.slack.post import REFUSED_FORM, NotPosted, Poster, error_of, marked, metadata, undecided
from bot.slack.render import Message
from bot.slack.stream import ENDED

log = logging.getLogger("outlay.slack")

UPDATE_TEXT = 3_900
STREAMING = "streaming_state_conflict"
REFUSED_HERE = REFUSED_FORM | {"invalid_chunks", "no_text", STREAMING}


async def finish(
    poster: Poster,
    channel: str,
    ts: str,
    forms: Sequence[Message],
    key: str,
    steps: Sequence[Mapping[str, Any]] = (),
) -> Message:
    """Make the message `ts`, a stream or what is left of one, the first of `forms` that Slack takes, and return that
    form. `steps` are chunks that the stream has not shown yet. Doing it twice does no harm.

    Raises NotPosted: then the message does not hold the answer.
    """
    error = ""
    for pause in (0.0, *poster.pauses):
        await asyncio.sleep(pause)
        try:
            return await _finished(poster.client, channel, ts, forms, key, steps)
        except SlackApiError as refused:
            error = error_of(refused)
            if error != "ratelimited" and not undecided(refused):
                break
        except (ClientError, TimeoutError, OSError, SlackClientError) as broken:
            error = type(broken).__name__
    raise NotPosted(error, doubtful=False)


async def _finished(
    client: AsyncWebClient,
    channel: str,
    ts: str,
    forms: Sequence[Message],
    key: str,
    steps: Sequence[Mapping[str, Any]],
) -> Message:
    """The richest form goes in when the stream is stopped; where that is refused, or the stream is over, the message is
    changed."""
    for form in forms:
        if (body := _as_stream(form, steps)) is None:
            break
        try:
            await client.chat_stopStream(channel=channel, ts=ts, metadata=metadata(key), **body)
            return form
        except SlackApiError as refused:
            if error_of(refused) == ENDED:
                return await _changed(client, channel, ts, forms, key)
            if error_of(refused) not in REFUSED_HERE:
                raise
            log.warning("Slack refused to end a stream with blocks (%s); sending a simpler form.", error_of(refused))
    await _stopped(client, channel, ts, steps)
    return await _changed(client, channel, ts, forms, key)


def _as_stream(form: Message, steps: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The form's text as streamed text and its other blocks as closing blocks; None where it has no such text."""
    if not form.blocks or form.blocks[0]["type"] != "markdown":
        return None
    chunks = [*steps, {"type": "markdown_text", "text": form.blocks[0]["text"]}]
    return {"chunks": chunks, **({"blocks": form.blocks[1:]} if form.blocks[1:] else {})}


async def _stopped(client: AsyncWebClient, channel: str, ts: str, steps: Sequence[Mapping[str, Any]]) -> None:
    try:
        await client.chat_stopStream(channel=channel, ts=ts, chunks=[dict(step) for step in steps] or None)
    except SlackApiError as refused:
        if error_of(refused) not in {ENDED, *REFUSED_HERE}:
            raise


async def _changed(client: AsyncWebClient, channel: str, ts: str, forms: Sequence[Message], key: str) -> Message:
    for place, form in enumerate(forms):
        try:
            await client.chat_update(
                channel=channel,
                ts=ts,
                text=cut(form.text, UPDATE_TEXT),
                blocks=marked(form.blocks, key),
                metadata=metadata(key),
            )
            return form
        except SlackApiError as refused:
            if error_of(refused) not in REFUSED_FORM or place == len(forms) - 1:
                raise
            log.warning("Slack refused a message as %s; sending a simpler one.", error_of(refused))
    raise ValueError("There is nothing to show.")
