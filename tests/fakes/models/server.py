"""A model server on 127.0.0.1 that follows a script and speaks OpenAI's and Anthropic's wire formats."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from types import ModuleType, TracebackType
from typing import Any, Literal, Self

from aiohttp import web

from tests.fakes.models import anthropic, openai
from tests.fakes.models.refusal import Refused
from tests.fakes.models.script import Break, Drop, Fail, Hang, Received, Scripted, Step, Turn

KEY = "sk-fake"
Api = Literal["openai", "anthropic"]
WIRES: dict[Api, ModuleType] = {"openai": openai, "anthropic": anthropic}


class ScriptedModel:
    """`with ScriptedModel([...]) as model` runs in a thread, for callers that block; `async with` in this loop.

    Each request that the real provider would take uses up one step of the script; a step may be a function of the
    request. A request beyond the script is answered 400 and counted in `overrun`. `pause` is seconds between the
    events of a stream, `piece` the characters in each."""

    def __init__(self, script: Sequence[Scripted], key: str = KEY, piece: int = 7, pause: float = 0.0) -> None:
        self.key, self.piece, self.pause = key, piece, pause
        self.requests: list[Received] = []
        self.refused: list[tuple[int, str]] = []
        self.overrun = 0
        self.broken_off = 0
        self.url = ""
        self._script = list(script)
        self._runner: web.AppRunner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def follow(self, script: Sequence[Scripted]) -> None:
        """Begin with another script, as if nothing had been asked before."""
        self._script = list(script)
        self.requests.clear()
        self.refused.clear()
        self.overrun = self.broken_off = 0

    @property
    def openai_url(self) -> str:
        """What OPENAI_BASE_URL, or ChatOpenAI's base_url, is set to."""
        return f"{self.url}/v1"

    @property
    def anthropic_url(self) -> str:
        """What ANTHROPIC_BASE_URL, or ChatAnthropic's base_url, is set to."""
        return self.url

    @property
    def left(self) -> int:
        """Steps of the script not used yet."""
        return len(self._script)

    async def start(self) -> None:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post(openai.PATH, self._openai)
        app.router.add_post(anthropic.PATH, self._anthropic)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.start(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop is not None
        assert self._thread is not None
        asyncio.run_coroutine_threadsafe(self.close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _openai(self, request: web.Request) -> web.StreamResponse:
        return await self._handle("openai", request)

    async def _anthropic(self, request: web.Request) -> web.StreamResponse:
        return await self._handle("anthropic", request)

    async def _handle(self, api: Api, request: web.Request) -> web.StreamResponse:
        wire = WIRES[api]
        try:
            try:
                body = json.loads(await request.text())
            except json.JSONDecodeError:
                raise Refused(400, "We could not parse the JSON body of your request.") from None
            wire.check(body, request.headers, self.key)
            asked = Received(api, body, dict(request.headers))
            self.requests.append(asked)
            return await self._follow(wire, self._next(asked), asked, request)
        except Refused as refused:
            self.refused.append((refused.status, refused.message))
            return web.json_response(wire.error(refused.status, refused.message), status=refused.status)

    def _next(self, asked: Received) -> Step:
        if not self._script:
            self.overrun += 1
            raise Refused(400, f"The script is over; request {len(self.requests)} asked: {asked.asked[:80]!r}")
        step = self._script.pop(0)
        return step if isinstance(step, Turn | Fail | Hang | Drop | Break) else step(asked)

    async def _follow(self, wire: ModuleType, step: Step, asked: Received, request: web.Request) -> web.StreamResponse:
        if isinstance(step, Fail):
            headers = {} if step.retry_after is None else {"retry-after": f"{step.retry_after:g}"}
            return web.json_response(wire.error(step.status, step.message), status=step.status, headers=headers)
        if isinstance(step, Hang):
            await asyncio.sleep(step.seconds)
            step = step.turn
        turn = step if isinstance(step, Turn) else step.turn
        if asked.stream:
            return await self._stream(wire, step, turn, asked, request)
        if isinstance(step, Drop) and request.transport is not None:
            request.transport.abort()
        if isinstance(step, Break):
            return web.json_response(wire.error(500, step.message), status=500)
        return web.json_response(wire.whole(turn, len(self.requests), asked.body))

    async def _stream(
        self, wire: ModuleType, step: Step, turn: Turn, asked: Received, request: web.Request
    ) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await answer.prepare(request)
        sent: Any = wire.events(turn, len(self.requests), asked.body, self.piece)
        try:
            for count, event in enumerate(sent):
                if isinstance(step, Drop | Break) and count == step.events:
                    if isinstance(step, Break):
                        await answer.write(wire.broken(step.message).encode())
                    elif request.transport is not None:
                        request.transport.abort()
                    return answer
                await answer.write(event.encode())
                if self.pause:
                    await asyncio.sleep(self.pause)
            if isinstance(step, Drop) and request.transport is not None:
                request.transport.abort()
            await answer.write_eof()
        except (ConnectionError, asyncio.CancelledError):
            self.broken_off += 1
            raise
        return answer
