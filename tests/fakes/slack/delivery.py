"""Handing events to the app, over a websocket or signed HTTP, until it acks or three redeliveries are used up."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.fakes.slack import envelopes, limits
from tests.fakes.slack.state import State
from tests.fakes.slack.values import Attempt, Delivery
from tests.fakes.slack.workspace import APP

SOCKET_KINDS = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}


class Deliverer:
    """`app_url` set: signed HTTP to that address; None: Socket Mode. `ack_seconds` is how long an ack may take,
    `redeliveries` the seconds before each redelivery of an event; commands and interactions are sent once."""

    def __init__(self, slack: State) -> None:
        self._slack = slack
        self.app_url: str | None = None
        self.ack_seconds = limits.ACK_SECONDS
        self.redeliveries: tuple[float, ...] = limits.REDELIVERIES
        self.deliveries: list[Delivery] = []
        self.sockets: list[web.WebSocketResponse] = []
        self.on_done: Callable[[Delivery], None] = lambda delivery: None
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, kind: str, payload: Mapping[str, Any]) -> Delivery:
        """Start handing this over, in the background."""
        delivery = Delivery(kind, payload)
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._run(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def _run(self, delivery: Delivery) -> None:
        waits = self.redeliveries if delivery.kind == "event" else ()
        reason = ""
        for number, wait in enumerate((0.0, *waits)):
            if wait:
                await asyncio.sleep(wait)
            reason, stop = await self._attempt(delivery, number, reason)
            if delivery.acked or stop:
                break
        delivery.done = True
        self.on_done(delivery)

    async def _attempt(self, delivery: Delivery, number: int, reason: str) -> tuple[str, bool]:
        """Why it failed, if it did, and whether the app asked for no redelivery."""
        began = time.monotonic()
        if self.app_url is None:
            acked, status, answer, reason = await self._over_socket(delivery, number, reason)
            stop = False
        else:
            acked, status, answer, reason, stop = await self._over_http(delivery, number, reason)
        delivery.attempts.append(Attempt(number, acked, time.monotonic() - began, status, answer))
        return reason, stop

    async def _over_socket(self, delivery: Delivery, number: int, reason: str) -> tuple[bool, int | None, Any, str]:
        envelope_id = f"env-{next(self._numbers):06d}"
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "payload": delivery.payload,
            "type": SOCKET_KINDS[delivery.kind],
            "accepts_response_payload": delivery.kind != "event",
        }
        if delivery.kind == "event":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        acked = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = acked
        try:
            async with asyncio.timeout(self.ack_seconds):
                while not self.sockets:
                    await asyncio.sleep(0.01)
                await self.sockets[next(self._numbers) % len(self.sockets)].send_json(envelope)
                return True, None, await acked, ""
        except (TimeoutError, ConnectionError):
            return False, None, None, "timeout"
        finally:
            del self._waiting[envelope_id]

    async def _over_http(self, delivery: Delivery, number: int, reason: str) -> tuple[bool, int | None, Any, str, bool]:
        body, content_type = _encoded(delivery)
        headers = {"Content-Type": content_type}
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        try:
            async with asyncio.timeout(self.ack_seconds):
                status, text, got = await self.post(body, headers)
        except TimeoutError:
            return False, None, None, "http_timeout", False
        except aiohttp.ClientError:
            return False, None, None, "connection_failed", False
        answer = json.loads(text) if text.startswith("{") else text
        return status == 200, status, answer, "http_error", "X-Slack-No-Retry" in got

    async def post(
        self, body: str, headers: Mapping[str, str], secret: str | None = None, at: float | None = None
    ) -> tuple[int, str, Mapping[str, str]]:
        """One signed request to the app: its status, text and headers. `secret` and `at` sign it wrongly or late."""
        assert self.app_url is not None, "set slack.app_url first"
        timestamp = int(self._slack.clock() if at is None else at)
        signed = envelopes.signature(secret or self._slack.signing_secret, timestamp, body)
        own = {"X-Slack-Signature": signed, "X-Slack-Request-Timestamp": str(timestamp), "User-Agent": "Slackbot 1.0"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.app_url, data=body.encode(), headers={**headers, **own}) as answer,
        ):
            return answer.status, await answer.text(), answer.headers

    def ticket(self) -> str:
        """A websocket address, good for one connection."""
        ticket = f"t{next(self._numbers):06d}"
        self._tickets.add(ticket)
        return f"{self._slack.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP}"

    async def socket(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(request.query["ticket"])
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        if len(self.sockets) >= limits.SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        info = {"connection_info": {"app_id": APP}, "num_connections": len(self.sockets) + 1}
        await socket.send_json({"type": "hello", **info, "debug_info": {"approximate_connection_time": 18060}})
        self.sockets.append(socket)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acked(message.data)
        finally:
            self.sockets.remove(socket)
        return socket

    def _acked(self, text: str) -> None:
        try:
            ack = json.loads(text)
        except json.JSONDecodeError:
            return
        waiting = self._waiting.get(str(ack.get("envelope_id"))) if isinstance(ack, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(ack.get("payload"))

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to reconnect, then close it, as Slack does about once an hour."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            await socket.close()

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self.sockets):
            await socket.close()


def _encoded(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind == "event":
        return json.dumps(delivery.payload), "application/json"
    form = delivery.payload if delivery.kind == "command" else {"payload": json.dumps(delivery.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"
