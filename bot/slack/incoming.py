"""What somebody asks in Slack, read out of the payloads that Slack sends. Pure: payload in, value out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ENTITY = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
WRITTEN_BY_PEOPLE = (None, "file_share", "thread_broadcast")

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One question. `key` names it for ever: `channel:ts` of a message, so that the same message arriving as two
    events is one question. `root` is the ts of the thread that the answer goes to. `respond_to` is a response_url:
    then only the asker sees the answer. `shared` says that people of other companies read the channel; `addressed`
    that Outlay was spoken to by name, by command, or in a direct message. `team` is the workspace of the asker, empty
    where Slack did not say."""

    key: str
    channel: str
    user: str
    text: str
    ts: str
    root: str
    conversation: str
    direct: bool = False
    respond_to: str = ""
    shared: bool = False
    addressed: bool = True
    team: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Incoming:
        return cls(**json.loads(text))


def mention(body: Payload, bot_user: str) -> Incoming | None:
    """An `app_mention`; None for one that a bot or an edit made."""
    event = body.get("event", {})
    if not _by_a_person(event, bot_user) or "edited" in event:
        return None
    return _from_message(body, event, bot_user)


def direct_message(body: Payload, bot_user: str) -> Incoming | None:
    """A `message` that somebody wrote to Outlay itself."""
    event = body.get("event", {})
    if event.get("channel_type") != "im" or not _by_a_person(event, bot_user):
        return None
    return _from_message(body, event, bot_user)


def follow_up(body: Payload, bot_user: str) -> Incoming | None:
    """A `message` in a thread outside direct messages, which counts only where Outlay is in that thread.

    One that begins by addressing somebody else is not for Outlay.
    """
    event = body.get("event", {})
    thread, text = event.get("thread_ts"), str(event.get("text") or "")
    if event.get("channel_type") == "im" or not thread or thread == event.get("ts"):
        return None
    to_somebody_else = re.match(r"\s*<@", text) and f"<@{bot_user}" not in text
    if not _by_a_person(event, bot_user) or to_somebody_else:
        return None
    return _from_message(body, event, bot_user)


def command(body: Payload) -> Incoming:
    """A slash command; the answer goes to the asker alone, by its response_url."""
    channel, trigger = str(body["channel_id"]), str(body.get("trigger_id", ""))
    return Incoming(
        key=f"command:{trigger}",
        channel=channel,
        user=str(body["user_id"]),
        text=spoken(str(body.get("text") or ""), ""),
        ts="",
        root="",
        conversation=f"{channel}:command:{trigger}",
        direct=body.get("channel_name") == "directmessage",
        respond_to=str(body.get("response_url") or ""),
    )


def chosen_option(body: Payload, action: Payload) -> Incoming | None:
    """A click on an answer that Outlay offered: asked as the next message of that conversation.

    The same option of one message counts once, whoever clicks it first.
    """
    container = body.get("container", {})
    channel = str(body.get("channel", {}).get("id") or container.get("channel_id") or "")
    message_ts = str(container.get("message_ts") or "")
    try:
        value = json.loads(action["value"])
        option, conversation = str(value["option"]), str(value["thread"])
    except (KeyError, TypeError, ValueError):
        return None
    if not channel or not message_ts or not option:
        return None
    hidden = bool(container.get("is_ephemeral"))
    return Incoming(
        key=f"option:{channel}:{message_ts}:{action.get('action_id')}",
        channel=channel,
        user=str(body["user"]["id"]),
        text=option,
        ts="",
        root=str(container.get("thread_ts") or message_ts),
        conversation=conversation,
        direct=channel.startswith("D"),
        respond_to=str(body.get("response_url") or "") if hidden else "",
        team=str(body["user"].get("team_id") or ""),
    )


def spoken(text: str, bot_user: str) -> str:
    """What the person wrote: Outlay's mention taken out, Slack's `<...>` and `&...;` undone."""

    def undone(match: re.Match[str]) -> str:
        kind, target, label = match[1], match[2], match[3] or ""
        if kind == "@":
            return "" if target == bot_user else f"@{label or target}"
        if kind == "#":
            return f"#{label or target}"
        if kind == "!":
            return label or f"@{target}"
        return label or target.removeprefix("mailto:").removeprefix("tel:")

    plain = html.unescape(ENTITY.sub(undone, text).replace("\u00a0", " "))
    plain = re.sub(r"[ \t]+", " ", plain).strip()
    return re.sub(r"^[,:]\s*", "", plain)


def shortened(text: str, most: int = 150) -> str:
    """`text` on one line, for an echo of the question."""
    line = html.escape(" ".join(text.split()), quote=False)
    return line if len(line) <= most else line[: most - 1] + "…"


def _by_a_person(event: Payload, bot_user: str) -> bool:
    return bool(
        event.get("user")
        and event["user"] != bot_user
        and not event.get("bot_id")
        and not event.get("hidden")
        and event.get("subtype") in WRITTEN_BY_PEOPLE
    )


def _from_message(body: Payload, event: Payload, bot_user: str) -> Incoming:
    channel, ts = str(event["channel"]), str(event["ts"])
    root = str(event.get("thread_ts") or ts)
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    return Incoming(
        key=f"{channel}:{ts}",
        channel=channel,
        user=str(event["user"]),
        text=spoken(str(event.get("text") or ""), bot_user),
        ts=ts,
        root=root,
        conversation=f"{channel}:{root}",
        direct=direct,
        shared=bool(body.get("is_ext_shared_channel")),
        addressed=direct or event.get("type") == "app_mention" or f"<@{bot_user}" in str(event.get("text")),
        team=str(event.get("user_team") or event.get("team") or ""),
    )
