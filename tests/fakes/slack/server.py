"""The fake Slack itself: start it, point the app at `api_url`, act as people, assert on what was posted."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack.delivery import Deliverer
from tests.fakes.slack.people import People
from tests.fakes.slack.values import Delivery, Posted
from tests.fakes.slack.web_api import WebApi

EVERYWHERE = "*"


class FakeSlack(People):
    """`async with FakeSlack() as slack`. Without `app_url` the app connects by Socket Mode; with it (the app's
    /slack/events address) events go there by signed HTTP."""

    def __init__(self, app_url: str | None = None, clock: Callable[[], float] = time.time) -> None:
        super().__init__(clock)
        self.deliverer = Deliverer(self)
        self.deliverer.app_url = app_url
        self.deliverer.on_done = self.collect_ack
        self.web = WebApi(self, self.deliverer.ticket)
        self._runner: web.AppRunner | None = None
        self._taken: list[Posted] = []

    async def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/api/{method}", self.web.handle)
        app.router.add_get("/link/", self.deliverer.socket)
        app.router.add_post("/upload/v1/{id}", self.web.upload)
        app.router.add_post("/response/{id}", self.web.respond)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def close(self) -> None:
        await self.deliverer.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL, or a client's base_url, is set to."""
        return f"{self.url}/api/"

    @property
    def environment(self) -> dict[str, str]:
        """Variables for an app process that is to talk to this Slack."""
        tokens = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_SIGNING_SECRET": self.signing_secret}
        socket = {"SLACK_APP_TOKEN": self.app_token} if self.app_url is None else {}
        return {"SLACK_API_URL": self.api_url, **tokens, **socket}

    @property
    def app_url(self) -> str | None:
        return self.deliverer.app_url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.deliverer.app_url = url

    @property
    def deliveries(self) -> list[Delivery]:
        return self.deliverer.deliveries

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        self.web.rate_limit(method, times, retry_after)

    def fail(self, method: str, error: str, times: int = 1, **extra: Any) -> None:
        self.web.fail(method, error, times, **extra)

    def revoke(self) -> None:
        """The app was removed: every call is answered `token_revoked` from here on."""
        self.web.fail(EVERYWHERE, "token_revoked", times=10_000)

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of this method that was answered well."""
        return [dict(call.arguments) for call in self.calls if call.method == method and call.ok]

    async def wait_until(self, holds: Callable[[], Any], timeout: float = 5.0, what: str = "") -> Any:
        """The first true value of `holds()`; raises TimeoutError that says what was posted and refused so far."""
        end = time.monotonic() + timeout
        while not (value := holds()):
            if time.monotonic() > end:
                raise TimeoutError(f"{what or 'it'} did not happen in {timeout} s. {self._so_far()}")
            await asyncio.sleep(0.01)
        return value

    async def wait_for_app(self, timeout: float = 10.0) -> None:
        """Until the app has connected by Socket Mode, or its HTTP address answers the url_verification challenge."""
        if self.app_url is None:
            await self.wait_until(lambda: self.deliverer.sockets, timeout, "a Socket Mode connection")
            return
        end = time.monotonic() + timeout
        while True:
            try:
                if await self.verify_url():
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise TimeoutError(f"{self.app_url} did not answer the challenge in {timeout} s")
            await asyncio.sleep(0.05)

    async def wait_for_reply(
        self, channel: str | None = None, thread_ts: str | None = None, timeout: float = 5.0
    ) -> Posted:
        """The next message of the app there, each handed out once; a stream counts when it is finished."""

        def next_one() -> Posted | None:
            for posted in self.posted:
                here = channel in (None, posted.channel) and thread_ts in (None, posted.thread_ts)
                if here and not any(posted is taken for taken in self._taken):
                    self._taken.append(posted)
                    return posted
            return None

        found: Posted = await self.wait_until(next_one, timeout, "a reply")
        return found

    async def quiet(self, seconds: float = 0.3, timeout: float = 10.0) -> None:
        """Until every delivery is over and the app has called nothing for that long: then nothing more is to come."""
        await self.wait_until(lambda: all(d.done for d in self.deliveries), timeout, "the end of the deliveries")
        began = self.clock()
        await self.wait_until(
            lambda: self.clock() - max(began, self.web.last_call) >= seconds, timeout, "a quiet moment"
        )

    async def verify_url(self) -> bool:
        """Does the app answer the url_verification challenge?"""
        body = json.dumps({"type": "url_verification", "token": "t", "challenge": "c0ffee"})
        status, text, _ = await self.deliverer.post(body, {"Content-Type": "application/json"})
        return status == 200 and "c0ffee" in text

    async def post_event(self, sent: Delivery, secret: str | None = None, at: float | None = None) -> int:
        """One more try at an event by HTTP, signed with another `secret` or at another time; the app's status."""
        body = json.dumps(sent.payload)
        status, _, _ = await self.deliverer.post(body, {"Content-Type": "application/json"}, secret, at)
        return status

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        await self.deliverer.disconnect(reason)

    def _so_far(self) -> str:
        last = [f"{p.channel}/{p.thread_ts}: {p.text[:80]!r}" for p in self.posted[-3:]]
        why = [f"{r.method}: {r.error} {'; '.join(r.messages)}" for r in self.refused[-3:]]
        return f"Posted: {last or 'nothing'}. Refused: {why or 'nothing'}. Connections: {len(self.deliverer.sockets)}."
