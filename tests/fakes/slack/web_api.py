"""The Web API over HTTP: who may call, what was sent, which method answers; and the faults that a test asks for."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from tests.fakes.slack import files, messages, reading, streams, surfaces
from tests.fakes.slack.refusal import RateLimited, Refused
from tests.fakes.slack.state import State
from tests.fakes.slack.values import Call, Refusal

Method = Callable[[State, Mapping[str, Any]], dict[str, Any]]
METHODS: dict[str, Method] = {
    **messages.METHODS,
    **streams.METHODS,
    **surfaces.METHODS,
    **reading.METHODS,
    **files.METHODS,
}
OPEN_SOCKET = "apps.connections.open"
FORM_ONLY = frozenset({*reading.METHODS, "files.getUploadURLExternal"} - {"auth.test", "conversations.open"})
JSON_IN_FORMS = ("chunks", "metadata")
SCOPES = {
    "chat.": "chat:write",
    "reactions.": "reactions:write",
    "files.": "files:write",
    "assistant.": "assistant:write",
    "agents.": "chat:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "usergroups.": "usergroups:read",
    "conversations.open": "im:write",
}


class WebApi:
    """`latency` is seconds before every answer. `rate_limit`, `fail`, `break_with` and `lose_answer` hold for the next
    `times` calls of a method; `*` stands for every method."""

    def __init__(self, slack: State, open_socket: Callable[[], str]) -> None:
        self._slack, self._open_socket = slack, open_socket
        self.latency = 0.0
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self.last_call = 0.0

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        self._faults[method] += [Fault(RateLimited(retry_after))] * times

    def fail(self, method: str, error: str, times: int = 1, **extra: Any) -> None:
        self._faults[method] += [Fault(Refused(error, **extra))] * times

    def break_with(self, method: str, status: int = 500, times: int = 1) -> None:
        """An HTTP status in place of an answer, nothing done."""
        self._faults[method] += [Fault(status=status)] * times

    def lose_answer(self, method: str, times: int = 1) -> None:
        """The call is done, and the connection closes before its answer."""
        self._faults[method] += [Fault(lost=True)] * times

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.last_call = self._slack.clock()
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self._next_fault(method)
        if fault.status is not None:
            self._record(method, {}, f"http {fault.status}")
            return web.Response(status=fault.status, text="upstream connect error")
        arguments: dict[str, Any] = {}
        try:
            arguments = await _arguments(request)
            token = _token(request, arguments)
            if fault.error is not None:
                raise fault.error
            answer = self._answer(method, token, _usable(method, request, arguments))
        except RateLimited as limited:
            self._record(method, arguments, "ratelimited")
            headers = {"Retry-After": str(limited.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        except Refused as refused:
            self._record(method, arguments, refused.error, refused.messages)
            return web.json_response(refused.body())
        self._record(method, arguments, None)
        if fault.lost and request.transport is not None:
            request.transport.abort()
        return web.json_response({"ok": True, **answer})

    def _answer(self, method: str, token: str | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
        slack = self._slack
        if method not in METHODS and method != OPEN_SOCKET:
            raise Refused("unknown_method", req_method=method)
        if not token:
            raise Refused("not_authed")
        if token not in (slack.bot_token, slack.app_token):
            raise Refused("invalid_auth")
        if (token == slack.app_token) != (method == OPEN_SOCKET):
            raise Refused("not_allowed_token_type")
        if method == OPEN_SOCKET:
            return {"url": self._open_socket()}
        needed = next((scope for start, scope in SCOPES.items() if method.startswith(start)), None)
        if slack.scopes is not None and needed and needed not in slack.scopes:
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(slack.scopes)))
        return METHODS[method](slack, arguments)

    def _next_fault(self, method: str) -> Fault:
        for name in (method, "*"):
            if self._faults[name]:
                return self._faults[name].pop(0)
        return Fault()

    def _record(self, method: str, arguments: Mapping[str, Any], error: str | None, why: tuple[str, ...] = ()) -> None:
        kept = {name: value for name, value in arguments.items() if name != "token"}
        self._slack.calls.append(Call(method, kept, error is None, error, self._slack.clock()))
        if error is not None:
            self._slack.refused.append(Refusal(method, error, why, kept))

    async def respond(self, request: web.Request) -> web.Response:
        """POST to a response_url."""
        arguments: dict[str, Any] = {}
        try:
            arguments = await _arguments(request)
            messages.respond(self._slack, request.match_info["id"], arguments)
        except Refused as refused:
            self._record("response_url", arguments, refused.error, refused.messages)
            return web.json_response(refused.body(), status=404 if refused.error.endswith("_url") else 200)
        return web.json_response({"ok": True})

    async def upload(self, request: web.Request) -> web.Response:
        if request.content_type == "multipart/form-data":
            form = await request.post()
            part = next(value for value in form.values() if isinstance(value, web.FileField))
            content = part.file.read()
        else:
            content = await request.read()
        try:
            files.receive(self._slack, request.match_info["id"], content)
        except Refused as refused:
            self._record("upload", {}, refused.error)
            return web.Response(status=400, text=refused.error)
        return web.Response(text=f"OK - {len(content)}")


class Fault:
    def __init__(self, error: Exception | None = None, status: int | None = None, lost: bool = False) -> None:
        self.error, self.status, self.lost = error, status, lost


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Query, form and JSON arguments together, those sent as None or as empty left in; raises as Slack does."""
    given: dict[str, Any] = dict(request.query)
    if request.method != "POST":
        return given
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except json.JSONDecodeError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        return {**given, **body}
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given.update({name: value for name, value in (await request.post()).items() if isinstance(value, str)})
        for name in JSON_IN_FORMS:
            if isinstance(given.get(name), str):
                given[name] = json.loads(given[name])
        return given
    if await request.read():
        raise Refused("invalid_post_type")
    return given


def _usable(method: str, request: web.Request, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The looking methods take no JSON body: what came in one is not seen."""
    if method in FORM_ONLY and request.content_type == "application/json":
        return dict(request.query)
    return arguments


def _token(request: web.Request, arguments: Mapping[str, Any]) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" and token else arguments.get("token")
