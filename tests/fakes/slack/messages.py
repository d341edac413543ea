"""chat.* for whole messages, and response_url."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import blocks as block_kit
from tests.fakes.slack import limits
from tests.fakes.slack.refusal import RateLimited, Refused, required
from tests.fakes.slack.state import State, message_event
from tests.fakes.slack.values import Posted
from tests.fakes.slack.workspace import BOT, BOT_USER, Channel

Arguments = Mapping[str, Any]


def post(slack: State, arguments: Arguments) -> dict[str, Any]:
    (target,) = required(arguments, "channel")
    channel = slack.workspace.writable(target)
    text, shown = content(slack, arguments, limits.MESSAGE_TEXT)
    thread_ts = arguments.get("thread_ts") or None
    if thread_ts and thread_ts not in channel.messages:
        raise Refused("thread_not_found")
    if not slack.may_post_now(channel):
        raise RateLimited(1)
    more = {"blocks": shown} if shown else {}
    message = slack.write_as_app(channel, text, thread_ts, **more)
    slack.posted.append(posted(channel, message, "chat.postMessage", arguments))
    return {"channel": channel.id, "ts": message["ts"], "message": dict(message)}


def update(slack: State, arguments: Arguments) -> dict[str, Any]:
    """Blocks that are left out stay as they were; an empty list removes them."""
    target, ts = required(arguments, "channel", "ts")
    channel = slack.workspace.channel(target)
    message = slack.workspace.message(channel, ts)
    if message.get("bot_id") != BOT:
        raise Refused("cant_update_message")
    stream = slack.streams.get(ts)
    if stream is not None and stream.open(slack.clock(), slack.stream_seconds):
        raise Refused("streaming_state_conflict")
    text, shown = content(slack, arguments, limits.UPDATE_TEXT)
    before = dict(message)
    message |= {"text": text or message["text"], "edited": {"user": BOT_USER, "ts": slack.workspace.ts()}}
    if arguments.get("blocks") is not None:
        message["blocks"] = shown
    changed = posted(channel, message, "chat.update", arguments)
    slack.updated.append(changed)
    if stream is not None and stream.state == "expired":
        stream.state = "stopped"
        slack.posted.append(changed)
    slack.changed(channel, before, message)
    return {"channel": channel.id, "ts": ts, "text": message["text"], "message": dict(message)}


def delete(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, ts = required(arguments, "channel", "ts")
    channel = slack.workspace.channel(target)
    message = slack.workspace.message(channel, ts)
    if message.get("bot_id") != BOT:
        raise Refused("cant_delete_message")
    del channel.messages[ts]
    slack.deleted.append((channel.id, ts))
    if slack.echo:
        event = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": ts}
        event |= {"previous_message": message, "ts": slack.workspace.ts()}
        slack.emit(message_event(event, channel))
    return {"channel": channel.id, "ts": ts}


def post_ephemeral(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, user = required(arguments, "channel", "user")
    channel = slack.workspace.writable(target)
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    text, shown = content(slack, arguments, limits.MESSAGE_TEXT)
    ts = slack.workspace.ts()
    message = {"ts": ts, "text": text, "blocks": shown, "thread_ts": arguments.get("thread_ts") or None}
    slack.posted.append(posted(channel, message, "chat.postEphemeral", arguments, ephemeral_to=user))
    return {"message_ts": ts}


def permalink(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, ts = required(arguments, "channel", "message_ts")
    channel = slack.workspace.channel(target)
    slack.workspace.message(channel, ts)
    return {"channel": channel.id, "permalink": f"{slack.url}/archives/{channel.id}/p{ts.replace('.', '')}"}


def respond(slack: State, id: str, arguments: Arguments) -> None:
    """A POST to a response_url; raises `used_url` after five uses and `expired_url` after thirty minutes."""
    found = slack.response_urls.get(id)
    if found is None:
        raise Refused("invalid_url")
    if slack.clock() - found.made_at > limits.RESPONSE_URL_SECONDS:
        raise Refused("expired_url")
    if found.uses >= limits.RESPONSE_URL_USES:
        raise Refused("used_url")
    if arguments.get("delete_original"):
        found.uses += 1
        return
    text, shown = content(slack, arguments, limits.MESSAGE_TEXT)
    found.uses += 1
    public = arguments.get("response_type") == "in_channel"
    message = {"ts": slack.workspace.ts(), "text": text, "blocks": shown, "thread_ts": arguments.get("thread_ts")}
    channel = slack.workspace.channels[found.channel]
    to = None if public else found.user
    slack.posted.append(posted(channel, message, "response_url", arguments, ephemeral_to=to))


def content(slack: State, arguments: Arguments, most: int) -> tuple[str, list[dict[str, Any]]]:
    """Text and blocks of a message to be shown; raises what Slack answers when they are missing or too large."""
    text, markdown = arguments.get("text") or "", arguments.get("markdown_text") or ""
    given = arguments.get("blocks")
    if markdown and (text or given):
        raise Refused("markdown_text_conflict")
    if len(markdown) > limits.MARKDOWN_TEXT or len(text) > most:
        raise Refused("msg_too_long")
    shown = block_kit.message_blocks(given, slack.refuse_blocks) if given else []
    attached = _attachments(slack, arguments.get("attachments"))
    if not (text.strip() or markdown.strip() or shown or attached):
        raise Refused("no_text")
    return text or markdown, shown


def _attachments(slack: State, value: Any) -> list[Any]:
    value = json.loads(value) if isinstance(value, str) and value else value or []
    if not isinstance(value, list):
        raise Refused("invalid_attachments")
    if len(value) > limits.ATTACHMENTS:
        raise Refused("too_many_attachments")
    for number, one in enumerate(value):
        if "blocks" in one:
            block_kit.message_blocks(one["blocks"], slack.refuse_blocks, f"/attachments/{number}/blocks")
    return value


def posted(
    channel: Channel, message: Mapping[str, Any], method: str, arguments: Arguments, ephemeral_to: str | None = None
) -> Posted:
    return Posted(
        channel=channel.id,
        ts=message["ts"],
        text=message["text"],
        blocks=tuple(message.get("blocks") or ()),
        thread_ts=message.get("thread_ts"),
        user=BOT_USER,
        method=method,
        ephemeral_to=ephemeral_to,
        arguments=dict(arguments),
    )


METHODS = {
    "chat.postMessage": post,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": permalink,
}
