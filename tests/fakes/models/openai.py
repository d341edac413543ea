"""The OpenAI chat completions wire format: what is refused, and an answer whole or as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.models.refusal import Refused, object_schema, tool_name
from tests.fakes.models.script import Call, Turn, Usage

PATH = "/v1/chat/completions"
ROLES = ("system", "developer", "user", "assistant", "tool")
TOOLS = 128
ERRORS = {400: "invalid_request_error", 401: "invalid_request_error", 404: "invalid_request_error"}
CODES = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded"}


def check(body: Mapping[str, Any], headers: Mapping[str, str], key: str) -> None:
    """Raises Refused as OpenAI refuses: the key, the shape, and tool messages that do not fit their calls."""
    if headers.get("Authorization") != f"Bearer {key}":
        raise Refused(401, "Incorrect API key provided.")
    if not isinstance(body.get("model"), str):
        raise Refused(400, "you must provide a model parameter")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Refused(400, "Missing required parameter: 'messages'.")
    tools = body.get("tools")
    if tools is not None and not 1 <= len(tools) <= TOOLS:
        raise Refused(400, f"Invalid 'tools': expected between 1 and {TOOLS}.")
    for number, tool in enumerate(tools or []):
        tool_name(tool.get("function", {}).get("name"), f"tools[{number}].function")
        object_schema(tool["function"].get("parameters", {"type": "object"}), f"tools[{number}].function.parameters")
    _messages(messages)


def _messages(messages: list[dict[str, Any]]) -> None:
    open_calls: list[str] = []
    for number, message in enumerate(messages):
        role = message.get("role")
        if role not in ROLES:
            raise Refused(400, f"Invalid value: '{role}' at messages[{number}].role.")
        if role == "tool":
            if message.get("tool_call_id") not in open_calls:
                raise Refused(
                    400, "messages with role 'tool' must be a response to a preceding message with 'tool_calls'."
                )
            open_calls.remove(message["tool_call_id"])
            continue
        if open_calls:
            break
        made = message.get("tool_calls") or []
        if role == "assistant" and message.get("content") is None and not made and not message.get("refusal"):
            raise Refused(400, f"Invalid value for 'content': expected a string, got null. messages[{number}]")
        open_calls = [call["id"] for call in made]
    if open_calls:
        raise Refused(
            400,
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
            f"'tool_call_id'. The following tool_call_ids did not have response messages: {', '.join(open_calls)}",
        )


def error(status: int, message: str) -> dict[str, Any]:
    kind = ERRORS.get(status, "rate_limit_error" if status == 429 else "server_error")
    return {"error": {"message": message, "type": kind, "param": None, "code": CODES.get(status)}}


def whole(turn: Turn, number: int, body: Mapping[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": turn.text or None, "refusal": None}
    if turn.refused:
        message |= {"content": None, "refusal": turn.text}
    if turn.calls:
        message["tool_calls"] = [
            {"id": _id(number, n), "type": "function", "function": {"name": call.name, "arguments": call.raw}}
            for n, call in enumerate(turn.calls)
        ]
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(turn)}
    return {**_head("chat.completion", number, body), "choices": [choice], "usage": usage(turn.usage)}


def events(turn: Turn, number: int, body: Mapping[str, Any], piece: int) -> Iterator[str]:
    """Server-sent events, text and arguments in pieces of `piece` characters; usage only where it was asked for."""
    head = _head("chat.completion.chunk", number, body)

    def chunk(delta: Mapping[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return sse({**head, "choices": [choice]})

    yield chunk({"role": "assistant", "content": "" if not turn.refused else None, "refusal": None})
    field = "refusal" if turn.refused else "content"
    for part in pieces(turn.text, piece):
        yield chunk({field: part})
    for place, call in enumerate(turn.calls):
        yield chunk({"tool_calls": [_begun(place, call, number)]})
        for part in pieces(call.raw, piece):
            yield chunk({"tool_calls": [{"index": place, "function": {"arguments": part}}]})
    yield chunk({}, _finish(turn))
    if (body.get("stream_options") or {}).get("include_usage"):
        yield sse({**head, "choices": [], "usage": usage(turn.usage)})
    yield "data: [DONE]\n\n"


def usage(used: Usage) -> dict[str, Any]:
    """OpenAI's prompt_tokens include what came from the cache."""
    prompt = used.input + used.cached
    return {
        "prompt_tokens": prompt,
        "completion_tokens": used.output,
        "total_tokens": prompt + used.output,
        "prompt_tokens_details": {"cached_tokens": used.cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def broken(message: str) -> str:
    return sse(error(500, message))


def sse(data: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(data)}\n\n"


def pieces(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def _head(kind: str, number: int, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": f"chatcmpl-{number:06d}", "object": kind, "created": 1_790_000_000, "model": body["model"]}


def _begun(place: int, call: Call, number: int) -> dict[str, Any]:
    function = {"name": call.name, "arguments": ""}
    return {"index": place, "id": _id(number, place), "type": "function", "function": function}


def _id(number: int, place: int) -> str:
    return f"call_{number:06d}_{place}"


def _finish(turn: Turn) -> str:
    if turn.cut:
        return "length"
    return "tool_calls" if turn.calls else "stop"
