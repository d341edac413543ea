"""What Slack sends to an app: event callbacks, slash commands, interactions, and their signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack.state import State
from tests.fakes.slack.workspace import APP, BOT_USER, TEAM, Channel, User

VERIFICATION_TOKEN = "fake-verification-token"
MESSAGE_SUBSCRIPTIONS = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_numbers = itertools.count(1)


def subscription(event: Mapping[str, Any]) -> str:
    """The name under which an app subscribes to this event."""
    if event["type"] == "message":
        return MESSAGE_SUBSCRIPTIONS[event["channel_type"]]
    return str(event["type"])


def callback(slack: State, event: Mapping[str, Any]) -> dict[str, Any]:
    item = event.get("item")
    where = item["channel"] if isinstance(item, Mapping) else event.get("channel")
    channel = slack.workspace.channels.get(str(where))
    context = json.dumps({"et": event["type"], "tid": TEAM, "aid": APP, "cid": where})
    grant = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": dict(event),
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers):09d}",
        "event_time": int(slack.clock()),
        "authorizations": [{**grant, "is_enterprise_install": False}],
        "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
        "event_context": f"4-{base64.urlsafe_b64encode(context.encode()).decode()}",
    }


def command(slack: State, channel: Channel, user: User, name: str, text: str) -> dict[str, str]:
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": user.team,
        "team_domain": "home",
        "channel_id": channel.id,
        "channel_name": channel.name if channel.kind != "im" else "directmessage",
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": slack.response_url(channel.id, user.id),
        "trigger_id": slack.trigger(),
    }


def interaction(slack: State, kind: str, user: User, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "trigger_id": slack.trigger(),
        "team": {"id": TEAM, "domain": "home"},
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def press(element: Mapping[str, Any], block: Mapping[str, Any], value: str | None, ts: str) -> dict[str, Any]:
    """The action of using an element; `value` chooses among options or feedback, a button sends its own."""
    action = {"action_id": element["action_id"], "block_id": block.get("block_id", "b1"), "action_ts": ts}
    action["type"] = element["type"]
    if element["type"] == "button":
        return action | {"text": element["text"], "value": element.get("value", "")}
    if element["type"] == "feedback_buttons":
        sides = [element["positive_button"], element["negative_button"]]
        return action | next({"text": s["text"], "value": s["value"]} for s in sides if value in (None, s["value"]))
    if "options" in element:
        option = next(o for o in element["options"] if value in (None, o["value"]))
        return action | {"selected_option": option}
    return action | {"value": value}


def signature(secret: str, timestamp: int, body: str) -> str:
    """v0 of Slack's request signing: HMAC-SHA256 of `v0:timestamp:body`."""
    base = f"v0:{timestamp}:{body}"
    return "v0=" + hmac.new(secret.encode(), base.encode(), hashlib.sha256).hexdigest()
