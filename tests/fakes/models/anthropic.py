"""The Anthropic messages wire format: what is refused, and an answer whole or as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.models.openai import pieces
from tests.fakes.models.refusal import Refused, object_schema, tool_name
from tests.fakes.models.script import Turn, Usage

PATH = "/v1/messages"
ERRORS = {
    400: "invalid_request_error",
    401: "authentication_error",
    404: "not_found_error",
    429: "rate_limit_error",
    529: "overloaded_error",
}


def check(body: Mapping[str, Any], headers: Mapping[str, str], key: str) -> None:
    """Raises Refused as Anthropic refuses: headers, shape, and tool results that do not fit their calls.

    The key comes as x-api-key, or as a bearer token, as version 2 of the SDK sends it."""
    if headers.get("x-api-key") != key and headers.get("Authorization") != f"Bearer {key}":
        raise Refused(401, "invalid x-api-key")
    if not headers.get("anthropic-version"):
        raise Refused(400, "anthropic-version: header is required")
    for name in ("model", "messages", "max_tokens"):
        if body.get(name) in (None, "", []):
            raise Refused(400, f"{name}: Field required")
    for number, tool in enumerate(body.get("tools") or []):
        tool_name(tool.get("name"), f"tools.{number}.custom")
        if "type" not in tool or tool["type"] == "custom":
            object_schema(tool.get("input_schema"), f"tools.{number}.custom.input_schema")
    _messages(body["messages"])


def _messages(messages: list[dict[str, Any]]) -> None:
    if messages[0].get("role") != "user":
        raise Refused(400, 'messages: first message must use the "user" role')
    asked: list[str] = []
    for number, message in enumerate(messages):
        role, content = message.get("role"), message.get("content")
        if role not in ("user", "assistant"):
            raise Refused(400, f'messages: Unexpected role "{role}". Use the top-level `system` parameter.')
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content or []
        if not parts and number < len(messages) - 1:
            raise Refused(400, f"messages.{number}: all messages must have non-empty content")
        if any(part.get("type") == "text" and not part["text"].strip() for part in parts):
            raise Refused(400, f"messages.{number}: text content blocks must be non-empty")
        answered = [part["tool_use_id"] for part in parts if part.get("type") == "tool_result"]
        if unknown := [id for id in answered if id not in asked]:
            raise Refused(400, f"messages.{number}: unexpected `tool_use_id` found in `tool_result`: {unknown[0]}")
        _all_answered(asked, answered, number)
        asked = [part["id"] for part in parts if part.get("type") == "tool_use"] if role == "assistant" else []
    _all_answered(asked, [], len(messages))


def _all_answered(asked: list[str], answered: list[str], number: int) -> None:
    if missing := [id for id in asked if id not in answered]:
        raise Refused(400, f"messages.{number}: `tool_use` ids without `tool_result` right after: {', '.join(missing)}")


def error(status: int, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": ERRORS.get(status, "api_error"), "message": message}}


def whole(turn: Turn, number: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that are no JSON object cannot be sent whole: Refused 500 says to stream them."""
    content: list[dict[str, Any]] = [{"type": "text", "text": turn.text}] if turn.text else []
    for place, call in enumerate(turn.calls):
        content.append({"type": "tool_use", "id": _id(number, place), "name": call.name, "input": _object(call.raw)})
    return {**_head(number, body), "content": content, "stop_reason": _stop(turn), "usage": usage(turn.usage)}


def events(turn: Turn, number: int, body: Mapping[str, Any], piece: int) -> Iterator[str]:
    """Server-sent events, text and arguments in pieces of `piece` characters."""
    opened = {**_head(number, body), "content": [], "usage": {**usage(turn.usage), "output_tokens": 1}}
    yield sse("message_start", message=opened)
    yield sse("ping")
    blocks: list[tuple[dict[str, Any], str, str, str]] = []
    if turn.text:
        blocks.append(({"type": "text", "text": ""}, "text_delta", "text", turn.text))
    for place, call in enumerate(turn.calls):
        begun = {"type": "tool_use", "id": _id(number, place), "name": call.name, "input": {}}
        blocks.append((begun, "input_json_delta", "partial_json", call.raw))
    for index, (begun, kind, field, text) in enumerate(blocks):
        yield sse("content_block_start", index=index, content_block=begun)
        for part in pieces(text, piece):
            yield sse("content_block_delta", index=index, delta={"type": kind, field: part})
        yield sse("content_block_stop", index=index)
    ended = {"stop_reason": _stop(turn), "stop_sequence": None}
    yield sse("message_delta", delta=ended, usage=usage(turn.usage))
    yield sse("message_stop")


def usage(used: Usage) -> dict[str, Any]:
    """Anthropic's input_tokens leave out what came from the cache."""
    cache = {"cache_creation_input_tokens": 0, "cache_read_input_tokens": used.cached}
    return {"input_tokens": used.input, **cache, "output_tokens": used.output}


def broken(message: str) -> str:
    return sse("error", error={"type": "overloaded_error", "message": message})


def sse(kind: str, **data: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n"


def _head(number: int, body: Mapping[str, Any]) -> dict[str, Any]:
    head = {"id": f"msg_{number:06d}", "type": "message", "role": "assistant", "model": body["model"]}
    return {**head, "stop_reason": None, "stop_sequence": None}


def _object(raw: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise Refused(500, "script: Anthropic sends malformed arguments only in a stream")
    return value


def _id(number: int, place: int) -> str:
    return f"toolu_{number:06d}_{place}"


def _stop(turn: Turn) -> str:
    if turn.refused:
        return "refusal"
    if turn.cut:
        return "max_tokens"
    return "tool_use" if turn.calls else "end_turn"
