"""What Outlay reaches Slack with: the settings, and the clients made of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.post import retry_handlers
from tools.errors import BadInput


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """With `app_token` events come by Socket Mode, else by HTTP on `host:port`, signed with `signing_secret`."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: int = 3000
    allow_guests: bool = False
    zone: tzinfo = UTC


def build_client(settings: SlackSettings) -> AsyncWebClient:
    return AsyncWebClient(
        token=settings.bot_token,
        base_url=settings.api_url,
        retry_handlers=retry_handlers(),
        logger=sdk_log(),
    )


def sync_client(settings: SlackSettings) -> WebClient:
    """For the threads in which questions are answered; it waits out one 429."""
    retries: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=1)]
    return WebClient(settings.bot_token, settings.api_url, timeout=10, retry_handlers=retries, logger=sdk_log())


def check(settings: SlackSettings) -> None:
    """Raises BadInput naming what is missing and where to get it."""
    if not settings.bot_token:
        raise BadInput("SLACK_BOT_TOKEN is not set. Slack shows it under OAuth & Permissions of your app (xoxb-...).")
    if not settings.app_token and not settings.signing_secret:
        raise BadInput(
            "Set SLACK_APP_TOKEN (Basic Information, App-Level Tokens, scope connections:write) for Socket Mode, "
            "or SLACK_SIGNING_SECRET (Basic Information) for HTTP."
        )


async def introduced(client: AsyncWebClient) -> dict[str, Any]:
    """What Slack says of the app whose token this is; BadInput when it says nothing."""
    try:
        return dict((await client.auth_test()).data)  # type: ignore[arg-type]
    except SlackApiError as error:
        why = error.response.get("error")
        raise BadInput(f"Slack refuses SLACK_BOT_TOKEN ({why}). Reinstall the app and copy the token again.") from None
    except (ClientError, TimeoutError, OSError) as error:
        raise BadInput(f"Slack cannot be reached at {client.base_url} ({type(error).__name__}).") from None


def sdk_log() -> logging.Logger:
    """The SDK's own debug log would hold tickets and message texts."""
    logger = logging.getLogger("outlay.slack.sdk")
    if logger.getEffectiveLevel() < logging.INFO:
        logger.setLevel(logging.INFO)
    return logger
