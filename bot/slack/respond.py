"""Answers for the asker alone, by the response_url of a command or a click."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aiohttp import ClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.post import REFUSED_FORM, NotPosted
from bot.slack.render import Message


async def respond(url: str, forms: Sequence[Message]) -> Message:
    """Send the first of `forms` that Slack takes, and return it. Raises NotPosted."""
    client = AsyncWebhookClient(url, retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)])
    error = ""
    for form in forms:
        try:
            answer = await client.send(
                text=form.text,
                blocks=form.blocks or None,
                response_type="ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (ClientError, TimeoutError, OSError) as broken:
            raise NotPosted(type(broken).__name__, doubtful=False) from None
        error = _refusal(answer.status_code, answer.body)
        if not error:
            return form
        if error not in REFUSED_FORM:
            break
    raise NotPosted(error, doubtful=False)


def _refusal(status: int, body: str) -> str:
    if body.startswith("{"):
        answer = json.loads(body)
        if answer.get("ok") is False:
            return str(answer.get("error", "unknown_error"))
        return "" if status == 200 else f"http {status}"
    if status == 200:
        return ""
    return body if body.replace("_", "").isalpha() else f"http {status}"
