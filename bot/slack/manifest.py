"""The app manifest to paste into api.slack.com/apps, so that nobody clicks scopes together by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.slack.home import prompts
from bot.slack.sentences import CAN_DO
from tools.errors import BadInput

EVENTS_PATH = "/slack/events"
SCOPES = (
    *("app_mentions:read", "assistant:write", "chat:write", "commands", "files:write", "reactions:write"),
    *("channels:history", "groups:history", "im:history", "mpim:history", "im:write", "users:read"),
    *("channels:read", "groups:read", "usergroups:read"),
)
EVENTS = (
    *("app_mention", "message.channels", "message.groups", "message.im", "message.mpim"),
    *("app_home_opened", "agent_session_stopped"),
)


def manifest(name: str = "Outlay", address: str | None = None) -> dict[str, Any]:
    """For Socket Mode; with `address`, the public https address of `outlay serve`, for HTTP events.

    Raises BadInput for an address that Slack would not take.
    """
    url = None
    if address is not None:
        if not address.startswith("https://"):
            raise BadInput(f"Slack sends events to https addresses only, not to {address!r}.")
        url = address.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH
    receiver = {"request_url": url} if url else {}
    command = {
        "command": "/outlay",
        "description": "Ask what AI costs; only you see the answer",
        "usage_hint": "what did we spend last month?",
        "should_escape": True,
    }
    return {
        "display_information": {
            "name": name,
            "description": "Answers questions on what AI costs",
            "background_color": "#1f3a5f",
        },
        "features": {
            "agent_view": {"agent_description": CAN_DO[:300], "suggested_prompts": prompts()},
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "slash_commands": [{**command, **({"url": url} if url else {})}],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**receiver, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **receiver},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def write_manifest(path: Path, name: str = "Outlay", address: str | None = None) -> None:
    path.write_text(json.dumps(manifest(name, address), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
