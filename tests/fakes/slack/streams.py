"""chat.startStream, appendStream, stopStream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import blocks as block_kit
from tests.fakes.slack import limits
from tests.fakes.slack.messages import Arguments, posted
from tests.fakes.slack.refusal import RateLimited, Refused, required
from tests.fakes.slack.state import State, Stream
from tests.fakes.slack.surfaces import session_status

NEEDED = {"markdown_text": ("text",), "task_update": ("id", "title", "status"), "plan_update": ("title",)}
TASK_STATES = ("pending", "in_progress", "complete", "error")


def start(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, thread_ts = required(arguments, "channel", "thread_ts")
    channel = slack.workspace.writable(target)
    recipient, team = arguments.get("recipient_user_id"), arguments.get("recipient_team_id")
    if channel.kind != "im":
        if not team:
            raise Refused("missing_recipient_team_id")
        if not recipient:
            raise Refused("missing_recipient_user_id")
    if recipient and recipient not in slack.workspace.users:
        raise Refused("user_not_found")
    if arguments.get("task_display_mode", "timeline") not in ("timeline", "plan"):
        raise Refused("invalid_arguments", ["task_display_mode must be one of: timeline, plan"])
    if thread_ts not in channel.messages:
        raise Refused("thread_not_found")
    chunks = _chunks(slack, arguments)
    if not slack.may_post_now(channel):
        raise RateLimited(1)
    message = slack.write_as_app(channel, "", thread_ts, streaming_state="in_progress")
    stream = Stream(message, channel, recipient, slack.clock())
    _add(stream, chunks)
    slack.streams[stream.ts] = stream
    return {"channel": channel.id, "ts": stream.ts}


def append(slack: State, arguments: Arguments) -> dict[str, Any]:
    stream = _open_stream(slack, arguments)
    if not arguments.get("markdown_text") and not arguments.get("chunks"):
        raise Refused("no_text")
    _add(stream, _chunks(slack, arguments, stream))
    return {"channel": stream.channel.id, "ts": stream.ts}


def stop(slack: State, arguments: Arguments) -> dict[str, Any]:
    """The message as finished: a markdown block with the streamed text, the streamed blocks, then `blocks`."""
    stream = _open_stream(slack, arguments)
    chunks = _chunks(slack, arguments, stream)
    last = arguments.get("blocks")
    closing = block_kit.message_blocks(last, slack.refuse_blocks) if last else []
    if status := arguments.get("session_status"):
        session_status(slack, "chat.stopStream", stream.channel, stream.thread_ts, status, None)
    _add(stream, chunks)
    if not (stream.text.strip() or stream.blocks or stream.tasks or closing):
        raise Refused("no_text")
    finish(slack, stream, closing, "chat.stopStream", arguments)
    return {"channel": stream.channel.id, "ts": stream.ts, "message": dict(stream.message)}


def finish(slack: State, stream: Stream, closing: list[dict[str, Any]], method: str, arguments: Arguments) -> None:
    before = dict(stream.message)
    written = [{"type": "markdown", "text": stream.text}] if stream.text else []
    shown = [*written, *stream.blocks, *closing]
    stream.message |= {"text": stream.text, "blocks": shown, "streaming_state": "completed"}
    stream.state = "stopped"
    slack.posted.append(posted(stream.channel, stream.message, method, arguments))
    slack.changed(stream.channel, before, stream.message)


def _open_stream(slack: State, arguments: Arguments) -> Stream:
    target, ts = required(arguments, "channel", "ts")
    channel = slack.workspace.channel(target)
    slack.workspace.message(channel, ts)
    stream = slack.streams.get(ts)
    if stream is None or not stream.open(slack.clock(), slack.stream_seconds):
        raise Refused("message_not_in_streaming_state")
    return stream


def _chunks(slack: State, arguments: Arguments, stream: Stream | None = None) -> list[Mapping[str, Any]]:
    """The chunks of a call, checked, `markdown_text` as one of them; nothing is changed yet."""
    markdown = arguments.get("markdown_text") or ""
    if len(markdown) > limits.MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    chunks = arguments.get("chunks") or []
    if not isinstance(chunks, list):
        raise Refused("invalid_chunks", ["must be an array [json-pointer:/chunks]"])
    for number, chunk in enumerate(chunks):
        _check(slack, chunk, f"/chunks/{number}")
    if markdown:
        chunks = [{"type": "markdown_text", "text": markdown}, *chunks]
    so_far = len(stream.text) + block_kit.size(stream.blocks) if stream else 0
    if so_far + sum(_size(chunk) for chunk in chunks) > limits.MESSAGE_SIZE:
        raise Refused("msg_too_long")
    return chunks


def _check(slack: State, chunk: Any, pointer: str) -> None:
    kind = chunk.get("type") if isinstance(chunk, Mapping) else None
    if kind == "blocks":
        block_kit.message_blocks(chunk.get("blocks"), slack.refuse_blocks, f"{pointer}/blocks")
        return
    if kind not in NEEDED:
        raise Refused("invalid_chunks", [f"unsupported type: {kind} [json-pointer:{pointer}/type]"])
    missing = [name for name in NEEDED[kind] if not chunk.get(name)]
    if missing:
        raise Refused("invalid_chunks", [f"missing required field: {n} [json-pointer:{pointer}]" for n in missing])
    if kind == "task_update" and chunk["status"] not in TASK_STATES:
        raise Refused("invalid_chunks", [f"must be one of: {', '.join(TASK_STATES)} [json-pointer:{pointer}/status]"])
    if kind == "markdown_text" and len(chunk["text"]) > limits.MARKDOWN_TEXT:
        raise Refused("msg_too_long")


def _size(chunk: Mapping[str, Any]) -> int:
    return block_kit.size(chunk["blocks"]) if chunk["type"] == "blocks" else len(chunk.get("text", ""))


def _add(stream: Stream, chunks: list[Mapping[str, Any]]) -> None:
    for chunk in chunks:
        if chunk["type"] == "markdown_text":
            stream.text += chunk["text"]
        elif chunk["type"] == "task_update":
            stream.tasks[chunk["id"]] = dict(chunk)
        elif chunk["type"] == "plan_update":
            stream.plan = chunk["title"]
        else:
            stream.blocks += chunk["blocks"]
    stream.message["text"] = stream.text


METHODS = {"chat.startStream": start, "chat.appendStream": append, "chat.stopStream": stop}
